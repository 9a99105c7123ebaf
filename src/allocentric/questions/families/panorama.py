"""Where things are all round a panorama: an angle, a box on the sphere, a side after a turn."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.answers.kinds import Value
from allocentric.questions.families.actions import TURNS
from allocentric.questions.families.pictures import (
    asked_of,
    called,
    drawn,
    looked_at,
    moment,
    panorama_views,
    well_seen,
)
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured
from allocentric.words import UNITS

FOUR: Final = ("front", "left", "back", "right")
WIDEST_RAD: Final = math.radians(120)
WIDEST_WALL_RAD: Final = math.radians(60)  # a wall that goes farther round is on no one side


def _of_one(
    scene: Scene, random: np.random.Generator, *, program: str, options: tuple[str, ...] = ()
) -> Iterator[Ask]:
    for view, (row,) in drawn(scene, random, 1, views=panorama_views(scene), of=_shown):
        name = scene.labels[row]
        turn = tuple(TURNS)[int(random.integers(len(TURNS)))]
        text = program.format(thing=f'the("{name}")', view=asked_of(view), turn=turn)
        slots = {"thing": name, "v": called(view), "turn": TURNS[turn]}
        yield Ask(text, slots, options, views=(view.id,), changes=moment(scene, view))


def _shown(scene: Scene, view: View) -> tuple[int, ...]:
    """The things that a panorama shows well; in a room of which nothing else is told, its narrow walls."""
    if "object" in scene.kinds:
        return well_seen(scene, view)
    seen, counts = looked_at(scene, view), Counter(scene.labels)
    across_px = seen.sight.boxes_px[:, 2] - seen.sight.boxes_px[:, 0]
    narrow = across_px / seen.sight.picture.shape[1] * math.tau <= WIDEST_WALL_RAD
    walls = (row for row, kind in enumerate(scene.kinds) if kind == "structure" and narrow[row])
    return tuple(row for row in walls if counts[scene.labels[row]] == 1 and seen.knows(row))


def _upright_enough(scene: Scene, ask: Ask, found: Measured) -> str | None:
    """A thing that goes most of the way round has no box to speak of."""
    _, _, width, height = bounds_of(found)
    return "wider than 120 degrees" if max(width, height) > WIDEST_RAD else None


def bounds_of(found: Measured) -> tuple[float, float, float, float]:
    """A box on the sphere by its middle and its extents: yaw, pitch, width and height, in radians.

    The yaw is left of straight ahead, in (-pi, pi]: a box over the seam has its middle on one of its sides.
    """
    left, top, right, bottom = (float(each) for each in found.value)  # type: ignore[union-attr, arg-type]
    yaw = -math.remainder(-(left + right) / 2, math.tau)
    return (math.pi if yaw == -math.pi else yaw), (top + bottom) / 2, left - right, top - bottom


def _as_spherical(scene: Scene, ask: Ask, found: Measured) -> Value:
    """In whole hundredths of a degree, held in radians: as it is written, it is read."""
    degree = UNITS["deg"].factor
    yaw, pitch, width, height = (round(each / degree, 2) * degree for each in bounds_of(found))
    return (yaw, pitch, width, height)


FAMILIES: Final = (
    Family(
        name="sphere_direction",
        code="I3",
        about="at which angle a thing is in a panorama, left positive from its middle, to half a turn",
        kind="angle",
        unit="deg",
        templates=(
            "At what bearing is the {thing} from picture {v}, in degrees?",
            "At which angle is the {thing}, seen from picture {v}, in degrees?",
            "From the camera of picture {v}, at what angle is the {thing}, in degrees?",
        ),
        asks=partial(_of_one, program="bearing({thing}, camera({view}))"),
        needs=("surfaces", "panoramas"),
        frame="camera",
        shown="panorama",
    ),
    Family(
        name="bfov_grounding",
        code="I4",
        about="the box on the sphere about what is seen of a thing: yaw, pitch, width and height",
        kind="spherical_box",
        unit="deg",
        templates=(
            "Where is the bounding box of the {thing} in picture {v}?",
            "What is the bounding box of the {thing} in picture {v}?",
            "Where is the box around the {thing} in picture {v}?",
        ),
        asks=partial(_of_one, program="box_in({thing}, {view})"),
        fair=_upright_enough,
        tell=_as_spherical,
        needs=("surfaces", "panoramas"),
        frame="camera",
        shown="panorama",
    ),
    Family(
        name="sphere_relation",
        code="I5",
        about="on which side a thing of a panorama is after its camera has turned",
        kind="choice",
        templates=(
            "From picture {v}, if I turn {turn}, is the {thing} in front, behind, left or right?",
            "Seen from picture {v}, after turning {turn}, is the {thing} to my left, right, front or back?",
            "From picture {v}, after turning {turn}, is the {thing} in front, behind, left or right?",
        ),
        asks=partial(
            _of_one,
            program='direction({thing}, turned(camera({view}), deg({turn})), sectors="four")',
            options=FOUR,
        ),
        needs=("surfaces", "panoramas"),
        frame="camera",
        shown="panorama",
    ),
)
