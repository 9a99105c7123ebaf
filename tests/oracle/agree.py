"""Two implementations of each core relation, compared on 10,000 random scenes outside the margin.

Run as `python -m tests.oracle.agree` by `test_twins.py`: in a process of its own, without run-time type
checks, which would take many times as long as the oracle.
"""

import json
from typing import Any

import numpy as np

from allocentric.geometry.boxes import Boxes
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.seeds import stream
from tests.geometry.slow_boxes import slow_gaps_m
from tests.oracle import twins

SCENES = 10_000
AWAY_M, AWAY_DEG = 0.005, 0.5
Box = tuple[np.ndarray, np.ndarray, float]


def rooms(count: int) -> list[list[Box]]:
    """Rooms of four boxes; in a third of them a box stands on, or touches, another."""
    draw = stream(0, "twins")
    found = []
    for number in range(count):
        boxes: list[Box] = [
            (draw.uniform(-2, 2, 3), draw.uniform(0.05, 1.5, 3), float(draw.uniform(-np.pi, np.pi)))
            for _ in range(4)
        ]
        if number % 3 == 0:
            center, size, yaw = boxes[0]
            on_top = center + np.array([0.2 * size[0], 0.0, (size[2] + boxes[1][1][2]) / 2])
            boxes[1] = (on_top, boxes[1][1], yaw)
        found.append(boxes)
    return found


ROOMS = rooms(SCENES)


def scene(boxes: list[Box]) -> Scene:
    things = [
        Thing(label=label, center=center, size=size, yaw_rad=yaw)
        for label, (center, size, yaw) in zip("abcd", boxes, strict=True)
    ]
    return scene_of("room", things, complete=Complete())


SCENES_MADE = list[Scene]()


def gaps_of(first: int, second: int) -> list[float]:
    """The gaps of two boxes of each room, by the least squares over every active set."""
    pair = [
        Boxes(
            np.array([boxes[row][0] for boxes in ROOMS]),
            np.array([boxes[row][1] for boxes in ROOMS]),
            np.array([twins.matrix(boxes[row][2]) for boxes in ROOMS]),
        )
        for row in (first, second)
    ]
    gaps: list[float] = slow_gaps_m(*pair).tolist()
    return gaps


def close(value: float, slow: float, within: float) -> None:
    assert abs(value - slow) <= within, f"{value} against {slow}"


def asked(program: str) -> list[Any]:
    """The value of one program in every scene; None where it is undetermined."""
    checked: CheckedProgram = check(parse(program))
    return [settled(each, evaluate(checked, each)[0]) for each in SCENES_MADE]


def the_gap_of_two_solids_is_that_of_least_squares() -> None:
    told = asked('distance(the("a"), the("c"))')
    for value, slow in zip(told, gaps_of(0, 2), strict=True):
        close(value, slow, 1e-9)


def the_distance_of_centres_is_that_of_pythagoras() -> None:
    told = asked('distance(the("a"), the("b"), geometry="centre")')
    for boxes, value in zip(ROOMS, told, strict=True):
        close(value, float(np.sqrt(((boxes[0][0] - boxes[1][0]) ** 2).sum())), 1e-12)


def every_sector_is_that_of_the_observers_own_axes() -> None:
    for sectors in twins.LABELS:
        _sector(sectors)


def _sector(sectors: str) -> None:
    told = asked(f'direction(the("c"), standing(at=the("a"), facing=the("b")), sectors="{sectors}")')
    compared = 0
    for boxes, value in zip(ROOMS, told, strict=True):
        apart = [np.linalg.norm((boxes[0][0] - boxes[other][0])[:2]) for other in (1, 2)]
        if min(apart) < 0.06:
            continue
        label, away_deg = twins.sector(boxes[0][0], boxes[1][0], boxes[2][0], sectors)
        if away_deg > AWAY_DEG:
            assert value == label
            compared += 1
    assert compared > 0.9 * SCENES


def the_nearest_is_the_one_with_the_least_gap() -> None:
    told = asked('nearest([the("b"), the("c"), the("d")], to=the("a"))')
    compared, columns = 0, [gaps_of(0, other) for other in (1, 2, 3)]
    for value, *row in zip(told, *columns, strict=True):
        gaps = sorted(zip(row, "bcd", strict=True))
        if gaps[1][0] - gaps[0][0] > AWAY_M:
            assert value == gaps[0][1]
            compared += 1
    assert compared > 0.8 * SCENES


def above_and_below_are_told_by_corners() -> None:
    told = asked('relation(the("a"), the("c"), world(), axis="up")')
    for boxes, value in zip(ROOMS, told, strict=True):
        first, second = twins.corners(*boxes[0])[:, 2], twins.corners(*boxes[2])[:, 2]
        lift, drop = first.min() - second.max(), second.min() - first.max()
        if min(abs(lift), abs(drop)) > AWAY_M:
            assert value == ("above" if lift > 0 else "below" if drop > 0 else "overlapping")


def left_and_right_of_the_world_are_told_by_corners() -> None:
    told = asked('relation(the("a"), the("c"), world(), axis="left")')
    for boxes, value in zip(ROOMS, told, strict=True):
        first, second = twins.corners(*boxes[0])[:, 1], twins.corners(*boxes[2])[:, 1]
        left, right = first.min() - second.max(), second.min() - first.max()
        if min(abs(left), abs(right)) > AWAY_M:
            assert value == ("left" if left > 0 else "right" if right > 0 else "overlapping")


def what_rests_on_what_is_told_by_its_underside() -> None:
    told, count = asked('on(the("b"), the("a"))'), 0
    for boxes, value in zip(ROOMS, told, strict=True):
        above, edge_m = twins.over(boxes[1][0], boxes[0])
        step_m = abs(twins.corners(*boxes[1])[:, 2].min() - twins.corners(*boxes[0])[:, 2].max())
        if edge_m > AWAY_M and abs(step_m - 0.05) > AWAY_M:
            assert value == (above and step_m < 0.05)
            count += bool(value)
    assert count > 2500


def inside_is_told_in_the_axes_of_the_box() -> None:
    told = asked('inside(the("c"), the("a"))')
    for boxes, value in zip(ROOMS, told, strict=True):
        center, size, yaw = boxes[0]
        depth = (size / 2 - np.abs((boxes[2][0] - center) @ twins.matrix(yaw))).min()
        smaller = np.linalg.norm(size) - np.linalg.norm(boxes[2][1])
        if min(abs(depth), abs(smaller)) > AWAY_M:
            assert value == (depth > 0 and smaller > 0)


def touching_is_a_gap_of_at_most_the_snap() -> None:
    told = asked('touching(the("b"), the("a"))')
    for value, slow in zip(told, gaps_of(1, 0), strict=True):
        if abs(slow - 0.05) > AWAY_M:
            assert value == (slow < 0.05)


def between_is_a_bend_below_the_limit() -> None:
    told = asked('between(the("b"), the("a"), the("c"))')
    for boxes, value in zip(ROOMS, told, strict=True):
        first, second = ((boxes[row][0] - boxes[1][0])[:2] for row in (0, 2))
        if min(np.linalg.norm(first), np.linalg.norm(second)) < 0.06:
            continue
        cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
        bend_deg = 180 - np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        if abs(bend_deg - 45) > AWAY_DEG:
            assert value == (bend_deg < 45)


def extents_areas_and_volumes_are_those_of_the_corners() -> None:
    heights, areas = asked('extent(the("a"), along="height")'), asked('area(the("a"))')
    longest, volumes = asked('extent(the("a"), along="longest")'), asked('volume(the("a"))')
    for boxes, height, area, length, volume in zip(ROOMS, heights, areas, longest, volumes, strict=True):
        hull = twins.corners(*boxes[0])
        edges = [np.linalg.norm(hull[0] - hull[row]) for row in (1, 2, 4)]
        close(height, float(np.ptp(hull[:, 2])), 1e-9)
        close(length, float(max(edges)), 1e-9)
        close(area, float(edges[1] * edges[2]), 1e-9)
        close(volume, float(np.prod(edges)), 1e-9)


RELATIONS = (
    the_gap_of_two_solids_is_that_of_least_squares,
    the_distance_of_centres_is_that_of_pythagoras,
    every_sector_is_that_of_the_observers_own_axes,
    the_nearest_is_the_one_with_the_least_gap,
    above_and_below_are_told_by_corners,
    left_and_right_of_the_world_are_told_by_corners,
    what_rests_on_what_is_told_by_its_underside,
    inside_is_told_in_the_axes_of_the_box,
    touching_is_a_gap_of_at_most_the_snap,
    between_is_a_bend_below_the_limit,
    extents_areas_and_volumes_are_those_of_the_corners,
)


def main() -> None:
    """Print, of each relation, what it disagrees in; nothing where both agree."""
    SCENES_MADE.extend(scene(boxes) for boxes in ROOMS)
    found = dict[str, str]()
    for relation in RELATIONS:
        try:
            relation()
            found[relation.__name__] = ""
        except AssertionError as error:
            found[relation.__name__] = str(error) or "they differ"
    print(json.dumps({"scenes": len(ROOMS), "relations": found}))


if __name__ == "__main__":
    main()
