"""A second reading of questions, by points sampled on boxes: numpy alone, no line of the oracle.

Things are read from a scene's own arrays. Each reading tells what it comes to and how far off it may be: of a
distance the spacing of its points, of a direction nothing. Who agrees with it has not taken centres
for surfaces, left for right, or rows for columns.
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from allocentric.questions.question import Question
from allocentric.scene.scene import Scene

SPACING_M = 0.05
MOST_ACROSS = 10  # points along one edge of a face
NAMED = re.compile(r'(?:the|all)\("([^"]+)"\)')


@dataclass(frozen=True)
class Read:
    """What a question comes to, and by how much that may be off."""

    value: Any
    slack: float = 0.0


def rows(scene: Scene, label: str) -> list[int]:
    """The things of a label."""
    return [row for row, each in enumerate(scene.labels) if each == label]


def one(scene: Scene, called: str) -> int:
    """The thing of a name, or the only one of a label."""
    if called in scene.names:
        return scene.names.index(called)
    (row,) = rows(scene, called)
    return row


def surface(scene: Scene, row: int) -> tuple[np.ndarray, float]:
    """Points on the six faces of a box, and how far any point of the faces is from one of them at most."""
    size = scene.sizes[row]
    counts = [int(np.clip(np.ceil(each / SPACING_M), 1, MOST_ACROSS)) + 1 for each in size]
    ticks = [np.linspace(-each / 2, each / 2, count) for each, count in zip(size, counts, strict=True)]
    faces = []
    for axis, side in itertools.product(range(3), (0, -1)):
        held = [ticks[other] if other != axis else ticks[other][[side]] for other in range(3)]
        faces.append(np.stack(np.meshgrid(*held, indexing="ij"), axis=-1).reshape(-1, 3))
    own = np.unique(np.concatenate(faces), axis=0)
    steps = sorted(float(each[1] - each[0]) if len(each) > 1 else 0.0 for each in ticks)
    return own @ scene.rotations[row].T + scene.centers[row], float(np.hypot(steps[1], steps[2])) / 2


def inside(scene: Scene, row: int, points: np.ndarray) -> np.ndarray:
    """Which points lie within a box."""
    own = (points - scene.centers[row]) @ scene.rotations[row]
    within: np.ndarray = (np.abs(own) <= scene.sizes[row] / 2 + 1e-9).all(axis=1)
    return within


def gap(scene: Scene, first: int, second: int) -> Read:
    """The distance of the nearest two sampled points; 0 where a point of one lies within the other."""
    (a, slack), (b, other) = surface(scene, first), surface(scene, second)
    if inside(scene, first, b).any() or inside(scene, second, a).any():
        return Read(0.0, slack + other)
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    return Read(float(np.sqrt(max(0.0, squares.min()))), slack + other)


def bearing(scene: Scene, at: int, facing: int, to: int) -> float:
    """Degrees to the left of straight ahead, by the sides of two vectors."""
    ahead = (scene.centers[facing] - scene.centers[at])[:2]
    there = (scene.centers[to] - scene.centers[at])[:2]
    left = np.array([-ahead[1], ahead[0]])
    return float(np.degrees(np.arctan2(there @ left, there @ ahead)))


def standing(scene: Scene, program: str) -> tuple[int, int, int]:
    """The thing asked for, where one stands, what one faces: in the order of a direction's program."""
    to, at, facing = (one(scene, each) for each in NAMED.findall(program)[:3])
    return to, at, facing


def _turn(program: str) -> float:
    found = re.search(r"turned\(.*deg\((-?\d+)\)\)", program)
    return float(found[1]) if found else 0.0


def _side(degrees: float, sectors: str) -> str:
    turned = (degrees + 180) % 360 - 180
    if sectors == "quadrants":
        return f"{'front' if abs(turned) < 90 else 'back'}-{'left' if turned > 0 else 'right'}"
    if sectors == "left_right_back" and abs(turned) >= 135:
        return "back"
    if sectors == "four":
        return (
            "front"
            if abs(turned) < 45
            else "back"
            if abs(turned) > 135
            else "left"
            if turned > 0
            else "right"
        )
    return "left" if turned > 0 else "right"


def _count(scene: Scene, question: Question) -> Read:
    return Read(float(sum(len(rows(scene, each)) for each in NAMED.findall(question.program))))


def _extent(scene: Scene, question: Question) -> Read:
    (label,) = NAMED.findall(question.program)
    points, _ = surface(scene, one(scene, label))
    if '"height"' in question.program:
        return Read(float(np.ptp(points[:, 2])), 1e-9)
    own = points @ scene.rotations[one(scene, label)]
    return Read(float(np.ptp(own, axis=0).max()), 1e-9)


def _distance(scene: Scene, question: Question) -> Read:
    first, second = (one(scene, each) for each in NAMED.findall(question.program))
    if '"centre"' in question.program:
        return Read(float(np.linalg.norm(scene.centers[first] - scene.centers[second])), 1e-9)
    return gap(scene, first, second)


def _direction(scene: Scene, question: Question) -> Read:
    to, at, facing = standing(scene, question.program)
    sectors = question.program.split('sectors="')[1].split('"')[0]
    return Read(_side(bearing(scene, at, facing, to) - _turn(question.program), sectors))


def _of_kind(scene: Scene, label: str, to: int) -> Read:
    return min((gap(scene, row, to) for row in rows(scene, label) if row != to), key=lambda each: each.value)


def _nearest(scene: Scene, question: Question) -> Read:
    """The candidate, where the readings are farther apart than they may be off; else nothing is said."""
    *candidates, to = NAMED.findall(question.program)
    sign = -1.0 if question.program.startswith("farthest") else 1.0
    if '"centre"' in question.program:
        here = scene.centers[one(scene, to)]
        found = [
            (float(np.linalg.norm(scene.centers[one(scene, each)] - here)), 0.0, each) for each in candidates
        ]
    else:
        read = [(_of_kind(scene, each, one(scene, to)), each) for each in candidates]
        found = [(sign * each.value, each.slack, label) for each, label in read]
    found.sort()
    clear = found[1][0] - found[0][0] > found[0][1] + found[1][1]
    return Read(found[0][2] if clear else None)


def _less(scene: Scene, question: Question) -> Read:
    a, c, b, _ = NAMED.findall(question.program)
    first, second = gap(scene, one(scene, a), one(scene, c)), gap(scene, one(scene, b), one(scene, c))
    clear = abs(first.value - second.value) > first.slack + second.slack
    return Read(first.value < second.value if clear else None)


def _threshold(scene: Scene, question: Question) -> Read:
    found = _distance(scene, question)
    limit = float(question.program.split("<")[1])
    return Read(found.value < limit if abs(found.value - limit) > found.slack else None)


def _above(scene: Scene, question: Question) -> Read:
    first, second = (surface(scene, one(scene, each))[0][:, 2] for each in NAMED.findall(question.program))
    return Read("above" if first.min() >= second.max() - 1e-9 else "below")


def _offset(scene: Scene, question: Question) -> Read:
    to, at, facing = standing(scene, question.program)
    way = question.program.split('axis="')[1].split('"')[0]
    turned = np.radians(bearing(scene, at, facing, to))
    far = float(np.linalg.norm((scene.centers[to] - scene.centers[at])[:2]))
    ahead, left = far * float(np.cos(turned)), far * float(np.sin(turned))
    return Read({"forward": ahead, "backward": -ahead, "left": left, "right": -left}[way], 1e-6)


def _bearing(scene: Scene, question: Question) -> Read:
    to, at, facing = standing(scene, question.program)
    sign = 1 if '"left"' in question.program else -1
    return Read(float(np.radians((sign * bearing(scene, at, facing, to)) % 360)), 1e-6)


def _between(scene: Scene, question: Question) -> Read:
    thing, first, second = (one(scene, each) for each in NAMED.findall(question.program))
    return Read(abs(bearing(scene, thing, first, second)) > 135)


def _largest(scene: Scene, question: Question) -> Read:
    labels = NAMED.findall(question.program)
    if "volume" in question.program:
        sizes = [float(np.prod(scene.sizes[one(scene, each)])) for each in labels]
    else:
        sizes = [float(np.ptp(surface(scene, one(scene, each))[0][:, 2])) for each in labels]
    pick = np.argmax if question.program.startswith("most") else np.argmin
    return Read(labels[int(pick(sizes))])


def _tour(scene: Scene, question: Question) -> Read:
    *stops, start = (one(scene, each) for each in NAMED.findall(question.program))
    ways = {
        way: sum(
            float(np.linalg.norm(scene.centers[a] - scene.centers[b]))
            for a, b in itertools.pairwise((start, *way))
        )
        for way in itertools.permutations(stops)
    }
    return Read(", ".join(scene.labels[row] for row in min(ways, key=ways.__getitem__)))


READINGS: dict[str, Callable[[Scene, Question], Read]] = {
    "object_count": _count,
    "multi_category_count": _count,
    "object_size": _extent,
    "object_height": _extent,
    "abs_distance_surface": _distance,
    "abs_distance_centre": _distance,
    "distance_threshold": _threshold,
    "is_closer": _less,
    "rel_distance_closest": _nearest,
    "rel_distance_farthest": _nearest,
    "closer_to_third": _nearest,
    "closer_to_third_centre": _nearest,
    "anchored_direction_hard": _direction,
    "anchored_direction_medium": _direction,
    "anchored_direction_easy": _direction,
    "anchored_direction_hard_backward": _direction,
    "anchored_direction_easy_backward": _direction,
    "relation_after_turn": _direction,
    "axis_offset": _offset,
    "bearing": _bearing,
    "between": _between,
    "vertical_relation": _above,
    "size_compare": _largest,
    "size_compare_smallest": _largest,
    "height_compare": _largest,
    "shortest_tour": _tour,
}
"""The families that have a second reading."""


def disagreement(scene: Scene, question: Question) -> str | None:
    """What the second reading says otherwise; None where it agrees, or is too coarse to say."""
    read = READINGS[question.family](scene, question)
    if read.value is None:
        return None
    if question.expected.kind == "choice":
        right = question.expected.options[question.expected.letters.index(str(question.truth))]
        return None if right == read.value else f"{right!r}, not {read.value!r}: {question.words}"
    if isinstance(question.truth, bool):
        return (
            None if question.truth == read.value else f"{question.truth}, not {read.value}: {question.words}"
        )
    off = float(read.value) - float(question.truth)  # type: ignore[arg-type]
    # Sampled points are of the solids: they are never nearer than the solids are.
    agrees = -1e-5 <= off <= read.slack + 1e-5
    return None if agrees else f"{question.truth}, not {read.value} +- {read.slack}: {question.words}"
