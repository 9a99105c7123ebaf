"""How one camera is to another: where it is, how it moved and turned, and where what it saw is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np

from allocentric.questions.families.camera_relation import around, level_enough
from allocentric.questions.families.pictures import (
    apart_m,
    asked_of,
    called,
    drawn_pairs,
    seen_at_all,
    still,
    well_seen,
)
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.5
MOVED_M: Final = 1.0
TURNED_RAD: Final = math.radians(8)
FOUR: Final = ("front", "left", "back", "right")
FOUR_WAYS: Final = ("forward", "left", "backward", "right")
SHIFTS: Final = {
    "forward": "ahead of",
    "right": "to the right of",
    "left": "to the left of",
    "backward": "behind",
}


def _of_two(
    scene: Scene,
    random: np.random.Generator,
    *,
    program: str,
    options: tuple[str, ...] = (),
    least_m: float = 0.0,
) -> Iterator[Ask | str]:
    """Both cameras, where they are at least so far apart."""
    for one, other in drawn_pairs(scene, random):
        if apart_m(scene, one, other) * scene.scale.low < least_m:
            yield f"cameras {closer_than(least_m)}"
            continue
        text = program.format(one=asked_of(one), other=asked_of(other))
        slots = {"v": called(one), "w": called(other)}
        yield Ask(text, slots, options, views=(one.id, other.id))


def _of_thing(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing that the second picture shows well, and the first not at all."""
    for one, other in drawn_pairs(scene, random):
        rows = [row for row in still(scene, well_seen(scene, other)) if not seen_at_all(scene, one, row)]
        if not rows:
            yield "nothing that only the second picture shows"
            continue
        name = scene.labels[rows[int(random.integers(len(rows)))]]
        program = f'direction(the("{name}"), camera({asked_of(one)}), sectors="eight")'
        yield Ask(program, {"thing": name, "v": called(one)}, views=(one.id, other.id))


def _of_region(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    regions = [row for row, kind in enumerate(scene.kinds) if kind == "region"]
    labels = [scene.labels[row] for row in regions]
    alone = [each for each in labels if labels.count(each) == 1]
    for one, other in drawn_pairs(scene, random):
        if not alone:
            yield "no room that is the only one of its name"
            return
        name = alone[int(random.integers(len(alone)))]
        program = f'direction(the("{name}"), camera({asked_of(one)}), sectors="four")'
        yield Ask(program, {"thing": name, "v": called(one)}, FOUR, views=(one.id, other.id))


def _outside(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """A room is in a direction only for who is not in it."""
    row = scene.row(scene.names[scene.labels.index(ask.slots["thing"])])
    at = scene.view(ask.views[0]).world_from_camera.translation_m
    inside = np.all(np.abs((at - scene.centers[row])[:2]) <= scene.sizes[row, :2] / 2 + LEAST_M)
    return "the camera is in it, or beside it" if inside else None


def _level(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if found.value in FOUR_WAYS else "moved up or down"


def _turned(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= TURNED_RAD else "turned by less than 8 degrees"  # type: ignore[arg-type]


def _shifts(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Along an axis of the first camera, the way in which the second is."""
    for one, other in drawn_pairs(scene, random):
        pose = one.world_from_camera
        x, _, z = pose.rotation.T @ (other.world_from_camera.translation_m - pose.translation_m)
        aside = ("right" if x > 0 else "left"), abs(x)
        ahead = ("forward" if z > 0 else "backward"), abs(z)
        axis, far = (aside, ahead)[int(random.integers(2))]
        if far * scene.scale.low < LEAST_M:
            yield f"cameras {closer_than(LEAST_M)}, along the axis"
            continue
        program = f'offset({asked_of(other)}, camera({asked_of(one)}), axis="{axis}")'
        slots = {"v": called(one), "w": called(other), "way": SHIFTS[axis]}
        yield Ask(program, slots, views=(one.id, other.id))


def _beside(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    return around(str(found.value), random)


def _pair(
    name: str,
    code: str,
    about: str,
    *,
    templates: tuple[str, ...],
    asks: Callable[[Scene, np.random.Generator], Iterator[Ask | str]],
    **more: Any,
) -> Family:
    of_pairs: dict[str, Any] = {
        "kind": "choice",
        "needs": ("pair", "scale"),
        "frame": "camera",
        "shown": "pair",
        **more,
    }
    return Family(name=name, code=code, about=about, templates=templates, asks=asks, **of_pairs)


FAMILIES: Final = (
    _pair(
        "camera_camera_position",
        "E1",
        "in which of eight directions the camera of a second picture is from that of a first",
        templates=(
            "From the camera of picture {v}, in which of the eight directions is the camera of picture {w}?",
            "Seen from picture {v}, in which of the eight directions is picture {w}?",
            "In which of the eight directions is picture {w}, seen from the camera of picture {v}?",
        ),
        asks=partial(_of_two, program='direction({other}, camera({one}), sectors="eight")', least_m=LEAST_M),
        fair=level_enough,
        offer=_beside,
    ),
    _pair(
        "camera_object_position",
        "E2",
        "in which of eight directions a thing is that only the other picture shows",
        templates=(
            "From the camera of picture {v}, in which of the eight directions is the {thing}?",
            "In which of the eight directions is the {thing}, seen from the camera of picture {v}?",
            "Seen from picture {v}, which of the eight directions is the {thing} in?",
        ),
        asks=_of_thing,
        fair=level_enough,
        offer=_beside,
        needs=("things", "pair", "scale"),
    ),
    _pair(
        "camera_region_position",
        "E2",
        "in which direction a room is from the camera, of which another picture is shown, too",
        templates=(
            "From the camera of picture {v}, is the {thing} in front, behind, on the left or on the right?",
            "Seen from picture {v}, is the {thing} in front, behind, on the left or on the right?",
            "From the viewpoint of picture {v}, where is the {thing}: in front, behind, left or right?",
        ),
        asks=_of_region,
        fair=_outside,
        needs=("rooms", "pair"),
    ),
    _pair(
        "camera_elevation",
        "E3",
        "whether the camera was higher or lower; as high within 15 cm is not asked",
        templates=(
            "Is the camera of picture {w} higher or lower than the camera of picture {v}?",
            "Is picture {w} higher or lower than picture {v}?",
            "Compared to the camera of picture {v}, is the camera of picture {w} higher or lower?",
        ),
        asks=partial(
            _of_two,
            program='relation({other}, {one}, world(), axis="up")',
            options=("higher", "lower"),
        ),
    ),
    _pair(
        "camera_motion_direction",
        "E4",
        "which axis of the first camera is the main one of its move; moves of more than 1 m",
        templates=(
            "In which direction did the camera move from picture {v} to picture {w}?",
            "Which way did the camera go from picture {v} to picture {w}?",
            "In which direction did the camera travel between picture {v} and picture {w}?",
        ),
        asks=partial(
            _of_two,
            program='direction({other}, camera({one}), sectors="axes")',
            options=FOUR_WAYS,
            least_m=MOVED_M,
        ),
        fair=_level,
    ),
    _pair(
        "camera_rotation",
        "E5",
        "by what angle the camera turned between two pictures, whichever way; 8 degrees and more",
        templates=(
            "By how many degrees did the camera turn from picture {v} to picture {w}?",
            "By how many degrees did the camera rotate between picture {v} and picture {w}?",
            "What is the angle between picture {v} and picture {w}, in degrees?",
        ),
        asks=partial(_of_two, program="turn(camera({one}), camera({other}))"),
        fair=_turned,
        kind="angle",
        unit="deg",
        needs=("pair",),
    ),
    _pair(
        "camera_turn_direction",
        "E5",
        "whether the camera turned to the left or to the right, about the vertical",
        templates=(
            "From picture {v} to picture {w}, did the camera turn to the left or to the right?",
            "Which way did the camera turn from picture {v} to picture {w}, left or right?",
            "Between picture {v} and picture {w}, was the camera turned left or right?",
        ),
        asks=partial(_of_two, program="turn_side(camera({one}), camera({other}))", options=("left", "right")),
        needs=("pair",),
    ),
    _pair(
        "view_change",
        "E5",
        "how far along one of its own axes the camera moved",
        templates=(
            "How far {way} picture {v} is picture {w}, in metres?",
            "How many metres {way} the camera of picture {v} is the camera of picture {w}?",
            "How far {way} the camera of picture {v} is picture {w}, in metres?",
        ),
        asks=_shifts,
        kind="length",
        unit="m",
    ),
)
