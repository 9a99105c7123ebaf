"""Cameras: points to pixels and back, the arrays against the scalar formulas, in one run.

    python benchmarks/cameras.py [--json]

Millions a CPU second on one core, batched (a million points and pixels a call), beside the slow twin; and the
largest round trip from a pixel to its ray and back, in pixels.
"""

import argparse
import json
import math
import os
import pathlib
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))  # the slow twin lives with the tests

import numpy as np
from tests.geometry.all_cameras import CAMERAS
from tests.geometry.slow_cameras import slow_project, slow_unproject

from allocentric.geometry.cameras import Camera, Panorama, project, unproject
from allocentric.seeds import stream

COUNT, SLOW_PROJECTIONS, SLOW_RAYS, RUNS = 1_000_000, 20_000, 20, 3
SHOWN = ("pinhole", "opencv", "full opencv", "thin prism", "kannala brandt", "fisheye624", "panorama")


def seconds(work: Callable[[], object], times: int = RUNS) -> float:
    """CPU seconds of the best of some runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def measured(camera: Camera) -> dict[str, float]:
    random = stream(0, "benchmark")
    points = random.normal((0, 0, 4), 1, (COUNT, 3))
    pixels = random.uniform(0, (camera.width_px, camera.height_px), (COUNT, 2))
    few_points = [(x, y, abs(z)) for x, y, z in points[:SLOW_PROJECTIONS].tolist()]
    rate = COUNT / seconds(lambda: project(camera, points))
    slow_rate = SLOW_PROJECTIONS / seconds(lambda: [slow_project(camera, each) for each in few_points], 1)
    back_rate = COUNT / seconds(lambda: unproject(camera, pixels))
    directions = unproject(camera, pixels)
    row = {
        "project_per_cpu_s": rate,
        "project_times_as_fast": rate / slow_rate,
        "unproject_per_cpu_s": back_rate,
        "round_trip_px": float(np.nanmax(np.abs(project(camera, directions)[0] - pixels))),
    }
    if not isinstance(camera, Panorama):
        shown = pixels[~np.isnan(directions[:, 0])][:SLOW_RAYS]
        few = [(x, y) for x, y in shown.tolist()]
        slow_s = seconds(lambda: [slow_unproject(camera, each) for each in few], 1)
        row["unproject_times_as_fast"] = back_rate * slow_s / SLOW_RAYS
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    rows = {name: measured(CAMERAS[name]) for name in SHOWN}
    if parser.parse_args().json:
        print(json.dumps(rows, indent=1))
        return
    heads = f"{'project':>8} {'ratio':>7} {'unproject':>10} {'ratio':>9}  round trip"
    print(f"{'millions per CPU second':24} {heads}")
    for name, row in rows.items():
        ahead = f"{row['project_per_cpu_s'] / 1e6:>8.1f} {row['project_times_as_fast']:>7.0f}"
        back = (
            f"{row['unproject_per_cpu_s'] / 1e6:>10.2f} {row.get('unproject_times_as_fast', math.nan):>9,.0f}"
        )
        print(f"{name:24} {ahead} {back}  {row['round_trip_px']:.1e} px")


if __name__ == "__main__":
    main()
