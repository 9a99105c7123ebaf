"""Points, overlaps and frame choice from posed depth: rates, and how often they are right, in one run.

    python -m benchmarks.visibility [--json]

Truth follows from closed formulas, in cluttered rooms of 24 boxes and 8 balls; the points are spread over all
surfaces, undersides and backs included. Beside the fast functions run their slow twins, and the two simple
rules in use: the depth of the pixel that a point falls on, with no tolerance and with one of 0.1 %. Rates are
per CPU second on one core; "apart" leaves out points hidden by less than three sigma.
"""

import argparse
import json
import os
import pathlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core
sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))  # the slow twins live with the tests

import numpy as np
from tests.geometry.slow_depth import slow_verdict
from tests.geometry.slow_views import depth_picture, gap_before_m, look, noisy, room, surface_points
from tests.geometry.test_coverage import plain_greedy

from allocentric.geometry.cameras import from_depth, project
from allocentric.geometry.coverage import choose_frames, seen_voxels
from allocentric.geometry.depth_visibility import (
    EXACT,
    KINECT,
    DepthNoise,
    PreparedDepth,
    prepare_depth,
    visible_points,
)
from allocentric.geometry.overlap import overlaps
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.seeds import stream

VGA = Pinhole(640, 480, fx_px=520, fy_px=520, cx_px=320, cy_px=240)
ROOMS, VIEWS, POINTS, FEW, FRAMES = 8, 5, 100_000, 2_000, 300
NOISES = {"exact": EXACT, "in whole millimetres": DepthNoise(quantum_m=0.001), "Kinect": KINECT}


@dataclass(frozen=True, eq=False)
class View:
    """An exact picture, points on the surfaces of its room, and how far each lies behind what hides it."""

    pose: Pose
    depth_m: np.ndarray
    points_m: np.ndarray
    gap_m: np.ndarray

    def shown(self, noise: DepthNoise, number: int) -> PreparedDepth:
        """What a sensor with this noise makes of it."""
        measured_m = noisy(self.depth_m, noise, stream(0, "noise", number))
        return prepare_depth(measured_m, VGA, self.pose, noise=noise)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """CPU seconds of the best of some runs."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def drawn(number: int) -> View:
    place, rng = room("benchmark", number), stream(0, "benchmark", number)
    pose, points_m = look(place, rng), surface_points(place, POINTS, rng)
    return View(pose, depth_picture(place, VGA, pose), points_m, gap_before_m(place, points_m, pose))


def by_pixel(points_m: np.ndarray, depth_m: np.ndarray, pose: Pose, *, tolerance: float) -> np.ndarray:
    """The simple rule: not behind the depth of the pixel that the point falls on."""
    in_camera = pose.inverse().apply(points_m)
    pixels, shown = project(VGA, in_camera)
    column, row = pixels[shown].astype(int).T
    shown[shown] = in_camera[shown, 2] <= depth_m[row, column] * (1 + tolerance)
    return shown


def share(part: np.ndarray, of: np.ndarray) -> float:
    return float((part & of).sum() / of.sum())


def right_points(views: list[View], noise: DepthNoise) -> dict[str, float]:
    """Recall and precision of what is decided, of the guess, and of the simple rules."""
    frames = [view.shown(noise, number) for number, view in enumerate(views)]
    told = [visible_points(view.points_m, frame) for view, frame in zip(views, frames)]
    visible, undecided, hidden, outside, likely = (
        np.concatenate([getattr(each, name) for each in told])
        for name in ("visible", "undecided", "hidden", "outside", "likely")
    )
    gap_m = np.concatenate([view.gap_m for view in views])
    z_m = np.concatenate([view.pose.inverse().apply(view.points_m)[:, 2] for view in views])
    seen, close = (gap_m == 0) & ~outside, (gap_m > 0) & (gap_m <= 3 * noise.sigma_m(z_m))
    row = {
        "recall": share(visible, seen & (visible | hidden)),
        "precision": share(seen, visible),
        "precision_apart": share(seen, visible & ~close),
        "undecided": share(undecided, ~outside),
        "guess_recall": share(likely, seen),
        "guess_precision": share(seen, likely),
    }
    for name, tolerance in (("pixel", 0.0), ("pixel_0.1%", 0.001)):
        rule = np.concatenate(
            [
                by_pixel(view.points_m, frame.depth_m, view.pose, tolerance=tolerance)
                for view, frame in zip(views, frames)
            ]
        )
        row |= {f"{name}_recall": share(rule, seen), f"{name}_precision": share(seen, rule)}
    return row


def rates(view: View) -> dict[str, float]:
    """Points a second, all of them in the picture; and the slow twin's."""
    frame = view.shown(KINECT, 0)
    many_m = surface_points(room("benchmark", 0), 3_000_000, stream(0, "many"))
    inside_m = many_m[~visible_points(many_m, frame).outside]
    fast = len(inside_m) / seconds(lambda: visible_points(inside_m, frame))
    few_m, depth_m = inside_m[:FEW], frame.depth_m.astype(float)
    slow_s = seconds(lambda: [slow_verdict(one, depth_m, VGA, view.pose, noise=KINECT) for one in few_m], 1)
    rule = len(inside_m) / seconds(lambda: by_pixel(inside_m, depth_m, view.pose, tolerance=0.0))
    prepare_s = seconds(lambda: prepare_depth(depth_m, VGA, view.pose, noise=KINECT))
    return {
        "points_per_cpu_s": fast,
        "points_per_cpu_s_with_preparing_each_100k": 1e5 / (prepare_s + 1e5 / fast),
        "prepare_ms": 1e3 * prepare_s,
        "slow_per_cpu_s": FEW / slow_s,
        "times_as_fast": fast / (FEW / slow_s),
        "times_as_fast_as_pixel_rule": fast / rule,
    }


def true_shares(number: int, frames: list[PreparedDepth]) -> tuple[np.ndarray, np.ndarray]:
    """Truth and the simple rule, on every third pixel of every third row."""
    place = room("overlap benchmark", number)
    truth, rule = np.empty((2, len(frames), len(frames)))
    for row, view in enumerate(frames):
        in_camera = from_depth(VGA, view.depth_m.astype(float))[1::3, 1::3].reshape(-1, 3)
        points_m = view.world_from_camera.apply(in_camera)
        for column, other in enumerate(frames):
            pose = other.world_from_camera
            _, shown = project(VGA, pose.inverse().apply(points_m))
            truth[row, column] = (shown & (gap_before_m(place, points_m, pose) < 1e-5)).mean()
            rule[row, column] = by_pixel(points_m, other.depth_m, pose, tolerance=0.0).mean()
    return truth, rule


def overlap_row() -> dict[str, float]:
    """Pairs a second, both ways; errors in points of 100 against all pixels and against truth."""
    off = dict[str, list[np.ndarray]](few_pixels_to_all=[], to_truth=[], pixel_rule_to_truth=[])
    every, different = list[PreparedDepth](), ~np.eye(VIEWS, dtype=bool)
    for number in range(4):
        place, rng = room("overlap benchmark", number), stream(0, "overlap benchmark", number)
        poses = [look(place, rng) for _ in range(VIEWS)]
        frames = [prepare_depth(depth_picture(place, VGA, pose), VGA, pose) for pose in poses]
        few, all_pixels = overlaps(frames).share, overlaps(frames, samples=None).share
        truth, rule = true_shares(number, frames)
        off["few_pixels_to_all"].append((few - all_pixels)[different])
        off["to_truth"].append((few - truth)[different])
        off["pixel_rule_to_truth"].append((rule - truth)[different])
        every += frames
    row = dict[str, float]()
    for name, parts in off.items():
        points = 100 * np.concatenate(parts)
        row |= {
            f"{name}_mean": float(points.mean()),
            f"{name}_90th": float(np.percentile(np.abs(points), 90)),
        }
        row[f"{name}_max"] = float(np.abs(points).max())
    pairs = len(every) * (len(every) - 1) / 2
    row["pairs_per_cpu_s"] = pairs / seconds(lambda: overlaps(every))
    row["pairs_per_cpu_s_all_pixels"] = pairs / seconds(lambda: overlaps(every, samples=None), 1)
    row["times_as_fast"] = row["pairs_per_cpu_s"] / row["pairs_per_cpu_s_all_pixels"]
    return row


def coverage_row() -> dict[str, float]:
    """Choosing 8 of 300 frames of a room: against counting every frame anew, and frames at even steps."""
    camera = Pinhole(160, 120, fx_px=130, fy_px=130, cx_px=80, cy_px=60)
    place, rng = room("coverage benchmark"), stream(0, "coverage benchmark")
    poses = [look(place, rng) for _ in range(FRAMES)]
    seen = [seen_voxels(depth_picture(place, camera, pose), camera, pose, voxel_m=0.05) for pose in poses]
    lists = [each.tolist() for each in seen]
    choice, lazy_s = choose_frames(seen, 8), seconds(lambda: choose_frames(seen, 8))
    even = np.concatenate([seen[number] for number in np.linspace(0, FRAMES - 1, 8).round().astype(int)])
    return {
        "choose_8_of_300_ms": 1e3 * lazy_s,
        "times_as_fast": seconds(lambda: plain_greedy(lists, 8), 1) / lazy_s,
        "covered": float(choice.covered[-1] / choice.seen_by_all),
        "covered_at_even_steps": len(np.unique(even)) / choice.seen_by_all,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    as_json = parser.parse_args().json
    views = [drawn(number) for number in range(ROOMS)]
    found = {f"points, {name} depth": right_points(views, noise) for name, noise in NOISES.items()}
    found |= {"points, rates": rates(views[0]), "overlap": overlap_row(), "coverage": coverage_row()}
    if as_json:
        print(json.dumps(found, indent=1))
        return
    for name, row in found.items():
        print(name)
        for key, value in row.items():
            print(f"  {key:44} {value:>14,.4f}" if abs(value) < 100 else f"  {key:44} {value:>14,.0f}")


if __name__ == "__main__":
    main()
