"""How far, how long and how large on a map: along the ellipsoid, in metres or kilometres."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np
import shapely

from allocentric.geometry import globe
from allocentric.oracle.gaps import gap
from allocentric.questions.families.geo_things import pairs, spoken, the
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import Body

FAR_M: Final = 10_000.0  # from here on in kilometres
LARGE_M2: Final = 1e6  # from here on in square kilometres
LEAST_M: Final = 1.0
MOST_DRAWN: Final = 400
OTHER_UNIT: Final = "told in the other unit"


def _distances(scene: Scene, random: np.random.Generator, *, far: bool) -> Iterator[Ask | str]:
    names = spoken(scene)
    ends = scene.centers[:, :2] - scene.sizes[:, :2], scene.centers[:, :2] + scene.sizes[:, :2]
    if far and (ends[1].max(axis=0) - ends[0].min(axis=0)).sum() * 112_000 < FAR_M:
        return
    for one, other in pairs(scene, random, MOST_DRAWN):
        if not far and _surely_far(scene, one, other):
            yield OTHER_UNIT
            continue
        apart = gap(scene, Body(one), Body(other)).middle
        if apart < LEAST_M:
            yield closer_than(LEAST_M)
        elif (apart >= FAR_M) != far:
            yield OTHER_UNIT
        else:
            program = f"distance({the(scene, one)}, {the(scene, other)})"
            yield Ask(program, {"a": names[one], "b": names[other]})


def _surely_far(scene: Scene, one: int, other: int) -> bool:
    """Whether the bounds of two things are more than ten kilometres of latitude apart."""
    gap_deg = abs(float(scene.centers[one, 1] - scene.centers[other, 1]))
    return (gap_deg - float(scene.sizes[one, 1] + scene.sizes[other, 1])) * 110_000 > FAR_M


def _lengths(scene: Scene, random: np.random.Generator, *, far: bool) -> Iterator[Ask | str]:
    for row, shape in _shapes(scene, random, 1):
        if (globe.length_m(shape) >= FAR_M) != far:
            yield OTHER_UNIT
            continue
        yield Ask(f"length({the(scene, row)})", {"a": spoken(scene)[row]})


def _areas(scene: Scene, random: np.random.Generator, *, far: bool) -> Iterator[Ask | str]:
    for row, shape in _shapes(scene, random, 2):
        if (globe.area_m2(shape) >= LARGE_M2) != far:
            yield OTHER_UNIT
            continue
        yield Ask(f"area({the(scene, row)})", {"a": spoken(scene)[row]})


def _shapes(
    scene: Scene, random: np.random.Generator, dimension: int
) -> Iterator[tuple[int, shapely.Geometry]]:
    """The lines, or the areas, that can be named, in random order."""
    rows = list(spoken(scene))
    for place in random.permutation(len(rows)):
        shape = scene.shapes[rows[int(place)]]
        if isinstance(shape, Footprint) and shapely.get_dimensions(shape.polygon) == dimension:
            yield rows[int(place)], shape.polygon


def _family(
    name: str,
    about: str,
    kind: str,
    *,
    asks: Callable[..., Iterator[Ask | str]],
    templates: tuple[str, ...],
    units: tuple[tuple[str, str], tuple[str, str]],
) -> tuple[Family, Family]:
    """A family for what is near or small, and one for the rest, each in its unit."""
    made = []
    for far, (unit, words) in zip((False, True), units, strict=True):
        made.append(
            Family(
                name=f"{name}_{unit}" if far else name,
                code="J2",
                about=f"{about}, in {words}",
                kind="area" if kind == "area" else "length",
                templates=tuple(each.replace("UNIT", words) for each in templates),
                asks=partial(asks, far=far),
                needs=("things", "globe"),
                unit=unit,
                frame="map",
            )
        )
    return made[0], made[1]


_LENGTHS: Final = (("m", "metres"), ("km", "kilometres"))
FAMILIES: Final = (
    *_family(
        "geo_distance",
        "how far two things of a map are apart at their nearest, along the ellipsoid",
        "length",
        asks=_distances,
        templates=(
            "How far is {a} from {b} in UNIT?",
            "What is the distance between {a} and {b}, in UNIT?",
            "What is the shortest distance from {a} to {b} in UNIT?",
        ),
        units=_LENGTHS,
    ),
    *_family(
        "geo_length",
        "how long a line of a map is, along the ellipsoid",
        "length",
        asks=_lengths,
        templates=(
            "What is the length along the line of {a} in UNIT?",
            "In UNIT, what is the length along the line of {a}?",
        ),
        units=_LENGTHS,
    ),
    *_family(
        "geo_area",
        "how large an area of a map is, on the ellipsoid",
        "area",
        asks=_areas,
        templates=("What is the area of {a} in UNIT?", "What area does {a} cover, in UNIT?"),
        units=(("m2", "square metres"), ("km2", "square kilometres")),
    ),
)
