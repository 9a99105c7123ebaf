"""Closest distance of oriented boxes: the fast solver against a slow bounded least squares, in one run.

    python benchmarks/box_distance.py [--json]

Pairs per CPU second on one core, of boxes of 5 cm to 1.5 m in a room; the largest difference of the two
solvers in metres; and what one call costs for a room of 30 boxes.
"""

import argparse
import json
import os
import pathlib
import sys
import time
from collections.abc import Callable

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))  # the slow solver lives with the tests

import numpy as np
from tests.geometry.slow_boxes import any_turn, any_yaw, hard_pairs, room_boxes, slow_gaps_m

from allocentric.geometry.box_distance import closest_points, gap_matrix_m, gap_row_m, gaps_m
from allocentric.geometry.boxes import Boxes
from allocentric.seeds import stream

PAIRS, SLOW_PAIRS, RUNS = 200_000, 4_000, 3


def mixes() -> dict[str, tuple[Boxes, Boxes]]:
    rng = stream(0, "benchmark")
    turned = [room_boxes(rng, any_turn(rng, PAIRS)) for _ in range(2)]
    upright = [room_boxes(rng, any_yaw(rng, PAIRS)) for _ in range(2)]
    crowded = [room_boxes(rng, any_turn(rng, PAIRS), room_m=0.8) for _ in range(2)]
    return {
        "turned any way": (turned[0], turned[1]),
        "upright": (upright[0], upright[1]),
        "upright and turned": (upright[0], turned[1]),
        "crowded, most overlap": (crowded[0], crowded[1]),
        "hard (flat, thin, near-parallel)": hard_pairs(rng, PAIRS),
    }


def seconds(work: Callable[[], object], times: int = RUNS) -> float:
    """CPU seconds of the best of some runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def measured(first: Boxes, second: Boxes) -> dict[str, float]:
    few = slice(0, SLOW_PAIRS)
    some = first.take(few), second.take(few)
    fast_rate = PAIRS / seconds(lambda: gaps_m(first, second))
    slow_rate = SLOW_PAIRS / seconds(lambda: slow_gaps_m(*some), 1)
    return {
        "gaps_per_cpu_s": fast_rate,
        "closest_points_per_cpu_s": PAIRS / seconds(lambda: closest_points(first, second)),
        "slow_per_cpu_s": slow_rate,
        "times_as_fast": fast_rate / slow_rate,
        "largest_difference_m": float(np.abs(gaps_m(*some) - slow_gaps_m(*some)).max()),
        "share_without_gap": float((gaps_m(*some) == 0).mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    rows = {name: measured(*pair) for name, pair in mixes().items()}
    room = room_boxes(stream(0, "room"), any_turn(stream(0, "turns"), 30))
    calls_s = {
        "gap_matrix_m of 30": seconds(lambda: gap_matrix_m(room), 50),
        "gap_row_m of 30": seconds(lambda: gap_row_m(room, 0), 50),
    }
    if as_json:
        print(json.dumps({"mixes": rows, "single_calls_s": calls_s}, indent=1))
        return
    heads = f"{'gaps':>10} {'points':>10} {'slow':>7} {'ratio':>6}  difference  no gap"
    print(f"{'pairs per CPU second':34} {heads}")
    for name, row in rows.items():
        rates = f"{row['gaps_per_cpu_s']:>10,.0f} {row['closest_points_per_cpu_s']:>10,.0f}"
        slow = f"{row['slow_per_cpu_s']:>7,.0f} {row['times_as_fast']:>6.0f}"
        print(
            f"{name:34} {rates} {slow}  {row['largest_difference_m']:.1e} m  {row['share_without_gap']:6.0%}"
        )
    for name, spent_s in calls_s.items():
        print(f"{name:34} {1e3 * spent_s:>10.2f} ms a call")


if __name__ == "__main__":
    main()
