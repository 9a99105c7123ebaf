"""A scene at a glance: what is in it, what was detected, what is unknown, what looks wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from allocentric.geometry import globe
from allocentric.scene.scene import Footprint, Scene
from allocentric.words import a_list, plural, say_angle, say_number
from allocentric.worlds.amiss import amiss

MOST_NAMED: Final = 6
DEGREES: Final = "degree"  # the unit of longitudes and latitudes

Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ThingFacts:
    """One thing: full sizes along its own axes and its centre, in scene units; None where unknown."""

    name: str
    label: str
    kind: str
    size: Three | None
    center: Three | None
    yaw_rad: float
    front: Three | None
    slack: float  # the widest of its place, in scene units; infinite where it is not placed


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """One region: its floor area, stated or measured, in square metres; None where unknown."""

    name: str
    area_m2: float | None
    stated: bool


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """The views: how many, the first of their ids, and from when to when."""

    count: int
    first: tuple[str, ...]
    times_s: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A scene at a glance."""

    id: str
    format: str
    path: str
    unit: str
    north: str
    things: tuple[ThingFacts, ...]  # by label, regions left out
    rooms: tuple[RoomFacts, ...]
    views: ViewFacts
    moving: tuple[str, ...]
    detected: tuple[str, ...]
    unknown: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def labels(self) -> dict[str, int]:
        """How many things there are of each label, in the order of the alphabet."""
        return dict(sorted(Counter(each.label for each in self.things).items()))

    def to_json(self) -> dict[str, Any]:
        """The overview as one JSON object; null for what is unknown."""
        things = [
            {**asdict(each), "slack": each.slack if math.isfinite(each.slack) else None}
            for each in self.things
        ]
        return {**asdict(self), "things": things, "labels": self.labels}


def overview(scene: Scene) -> Overview:
    """What `scene` holds, what was declared or detected when it was read, what is unknown, what looks wrong.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> found = overview(scene_of("den", [Thing(label="sofa", size=(2, 1, 0.8)), Thing(label="tv")]))
    >>> found.labels, found.unknown[0]
    ({'sofa': 1, 'tv': 1}, 'no front of 2 of 2 things: their own left and right, and what they face')
    """
    order = sorted(range(len(scene)), key=lambda row: (scene.labels[row], row))
    listed = [row for row in order if scene.kinds[row] != "region"]
    return Overview(
        id=scene.id,
        format=scene.source.format,
        path=scene.source.path,
        unit=_unit(scene),
        north=_north(scene),
        things=tuple(_thing(scene, row) for row in listed),
        rooms=tuple(_room(scene, row) for row in order if scene.kinds[row] == "region"),
        views=_views(scene),
        moving=tuple(scene.names[each.row] for each in scene.tracks),
        detected=scene.source.notes,
        unknown=tuple(_unknown(scene, listed)),
        wrong=(*scene.source.warnings, *amiss(scene)),
    )


def _thing(scene: Scene, row: int) -> ThingFacts:
    slack = float(scene.center_slacks[row].max())
    sized = np.isfinite(scene.size_slacks[row]).all()
    return ThingFacts(
        name=scene.names[row],
        label=scene.labels[row],
        kind=scene.kinds[row],
        size=_three(scene.sizes[row]) if sized else None,
        center=_three(scene.centers[row]) if math.isfinite(slack) else None,
        yaw_rad=math.atan2(scene.rotations[row, 1, 0], scene.rotations[row, 0, 0]),
        front=None if np.isnan(scene.fronts[row, 0]) else _three(scene.fronts[row]),
        slack=slack,
    )


def _three(values: np.ndarray) -> Three:
    x, y, z = (float(each) for each in values)
    return x, y, z


def _room(scene: Scene, row: int) -> RoomFacts:
    shape = scene.shapes[row]
    for each in scene.stated:
        if each.row == row and each.measure == "area":
            return RoomFacts(scene.names[row], each.bound.middle, stated=True)
    if isinstance(shape, Footprint) and scene.scale.exact:
        flat = float(shape.polygon.area) * scene.scale.low**2
        area_m2 = globe.area_m2(shape.polygon) if scene.space == "globe" else flat
        return RoomFacts(scene.names[row], area_m2, stated=False)
    return RoomFacts(scene.names[row], None, stated=False)


def _views(scene: Scene) -> ViewFacts:
    times = [each.time_s for each in scene.views if each.time_s is not None]
    first = tuple(each.id for each in scene.views[:MOST_NAMED])
    return ViewFacts(len(scene.views), first, (min(times), max(times)) if times else None)


def _unit(scene: Scene) -> str:
    if scene.space == "globe":
        return DEGREES
    if scene.metric:
        return "metre"
    if scene.scale.exact:
        return f"scene unit of {say_number(scene.scale.low)} m"
    if not math.isfinite(scene.scale.high):
        return "scene unit, of unknown length"
    return f"scene unit, of {say_number(scene.scale.low)} to {say_number(scene.scale.high)} m"


def _north(scene: Scene) -> str:
    if scene.north.full:
        return "unknown"
    doubt = "" if scene.north.exact else f", ± {say_angle(scene.north.half_rad)}"
    return f"{say_angle(scene.north.middle_rad)} counterclockwise of x{doubt}"


def _unknown(scene: Scene, listed: list[int]) -> Iterator[str]:
    """Each thing that is not known, and what therefore cannot be told."""
    objects = [row for row in listed if scene.kinds[row] == "object"]
    frontless = [row for row in objects if np.isnan(scene.fronts[row, 0])]
    if frontless and scene.space != "globe":
        yield (
            f"no front of {len(frontless)} of {_many(len(objects), 'thing')}: "
            "their own left and right, and what they face"
        )
    if scene.north.full:
        yield "no north: directions of the compass"
    if not scene.scale.exact:
        yield "no exact scale: lengths in metres are bounds at best"
    yield from _incomplete(scene)
    if scene.floor is None and scene.space != "globe":
        yield "no outline of the walkable floor: routes"
    lost = [scene.names[row] for row in listed if np.isinf(scene.center_slacks[row]).any()]
    if lost:
        yield f"no place of {_some(lost)}"
    loose = [row for row in listed if 0 < scene.center_slacks[row].max() < math.inf]
    if loose:
        yield f"no exact place of {_many(len(loose), 'thing')}: answers are bounds"
    sizeless = [scene.names[row] for row in listed if np.isinf(scene.size_slacks[row]).any()]
    if sizeless:
        yield f"no size of {_some(sizeless)}"
    if scene.tilt_rad:
        yield f"no exact vertical: it may lean by {say_angle(scene.tilt_rad)}"


def _incomplete(scene: Scene) -> Iterator[str]:
    complete = scene.complete
    if complete is None:
        yield "nothing says that the list of things is complete: how many there are, and that there is none"
    elif complete.labels is not None:
        said = _some(sorted(complete.labels))
        yield f"the list is said to be complete only of {said}: how many there are of all else"
    elif complete.region is not None:
        yield "the list is said to be complete only in a part of the floor: how many there are elsewhere"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun if count == 1 else plural(noun)}"


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return a_list(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
