"""Groups on a map: how many are near a point, which is the nearest, how much all of a kind cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from allocentric.geometry import globe
from allocentric.questions.families.geo_things import point_near, said_name, spoken
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Footprint, Scene
from allocentric.words import plural, say_number

MOST_DRAWN: Final = 100
FEWEST: Final = 3  # of a kind, to be a group
OFFERED: Final = 4
LARGEST_M2: Final = 1e9  # of what is told in square metres
RADII_M: Final = (20, 50, 100, 200, 500, 1000, 2000, 5000, 20_000, 50_000, 100_000, 500_000, 1_000_000)


def _kinds(scene: Scene) -> list[str]:
    counts = Counter(scene.labels)
    return [label for label, count in counts.items() if count >= FEWEST and said_name(label) == label]


def _spread_deg(scene: Scene) -> float:
    low, high = scene.centers[:, :2].min(axis=0), scene.centers[:, :2].max(axis=0)
    return float((high - low).max()) / 10


def _counts(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    kinds, spread = _kinds(scene), _spread_deg(scene)
    width_m = max(spread * 111_000, 10.0)
    radii = [each for each in RADII_M if width_m / 4 <= each <= 8 * width_m]
    for _ in range(MOST_DRAWN if kinds and radii else 0):
        kind, limit = kinds[int(random.integers(len(kinds)))], radii[int(random.integers(len(radii)))]
        program, words = point_near(scene, int(random.integers(len(scene))), random, spread=spread)
        far = f"{say_number(limit / 1000)} km" if limit >= 1000 else f"{limit} m"
        counted = f'count({{t for t in all("{kind}") if distance(t, {program}) < {limit}}})'
        yield Ask(counted, {"kinds": plural(kind), "limit": far, "a": words})


def _nearest(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    kinds, spread = _kinds(scene), _spread_deg(scene)
    for _ in range(MOST_DRAWN if kinds else 0):
        kind = kinds[int(random.integers(len(kinds)))]
        rows = [row for row in spoken(scene) if scene.labels[row] == kind]
        if len(rows) < OFFERED:
            yield f"fewer than {OFFERED} of the kind can be named"
            continue
        program, words = point_near(scene, rows[int(random.integers(len(rows)))], random, spread=spread)
        at = shapely.get_coordinates(shapely.Point(*_coordinates(program)))[0]
        near = np.argsort(np.linalg.norm(scene.centers[rows, :2] - at, axis=1))[:OFFERED]
        options = tuple(scene.names[rows[int(each)]] for each in near)
        yield Ask(f'nearest(all("{kind}"), to={program})', {"kind": kind, "a": words}, options=options)


def _coordinates(program: str) -> tuple[float, float]:
    x, _, y = program.removeprefix("shape([[").removesuffix("]], world())").partition(", ")
    return float(x), float(y)


def _totals(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    every = _kinds(scene)
    kinds = [each for each in every if _all_areas(scene, each)]
    yield from (f"not areas of up to {LARGEST_M2:g} m2 in all" for _ in range(len(every) - len(kinds)))
    for place in random.permutation(len(kinds)):
        kind = kinds[int(place)]
        yield Ask(f'total(all("{kind}"), by=area)', {"kinds": plural(kind)})


def _all_areas(scene: Scene, kind: str) -> bool:
    shapes = [shape for shape, label in zip(scene.shapes, scene.labels) if label == kind]
    areas = [globe.area_m2(each.polygon) if isinstance(each, Footprint) else 0.0 for each in shapes]
    return min(areas) > 0 and sum(areas) < LARGEST_M2


FAMILIES: Final = (
    Family(
        name="geo_count",
        code="J4",
        about="how many things of a kind lie within a distance of a point of the map",
        kind="count",
        templates=(
            "How many {kinds} lie within {limit} of {a}?",
            "How many {kinds} are within {limit} of {a}?",
        ),
        asks=_counts,
        needs=("things", "globe", "complete"),
        frame="map",
    ),
    Family(
        name="geo_nearest",
        code="J4",
        about="which thing of a kind is nearest to a point of the map",
        kind="choice",
        templates=("Which {kind} is nearest to {a}?", "Which {kind} is closest to {a}?"),
        asks=_nearest,
        needs=("things", "globe", "complete"),
        frame="map",
    ),
    Family(
        name="geo_total_area",
        code="J4",
        about="how much all things of a kind cover together, overlaps counted for each",
        kind="area",
        templates=(
            "What is the total area of the {kinds} in square metres?",
            "In square metres, what is the sum of the areas of the {kinds}?",
        ),
        asks=_totals,
        needs=("things", "globe", "complete"),
        unit="m2",
        frame="map",
    ),
)
