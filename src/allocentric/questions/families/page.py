"""On a page: how far apart, at which coordinates, and the shortest way along the lines that are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from allocentric.questions.families.measures import OPTIONS
from allocentric.questions.families.things import first, shuffled_tuples, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Footprint, Scene

MOST_DRAWN: Final = 500
LEAST_ROUTES: Final = 3  # between two things, so that there is something to choose from
ABOUT: Final = 0.5  # so near to coordinates a thing is at them: options are a unit apart
NOT_EXACT: Final = "things whose places are not exact"
Way = tuple[int, ...]


def _distances(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    rows = unique(scene)
    if not scene.exact or scene.differences:
        yield NOT_EXACT
        return
    for a, b in first(shuffled_tuples(len(rows), 2, random, ordered=False), MOST_DRAWN):
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        yield Ask(f'distance(the("{one}"), the("{other}"), geometry="centre")', {"a": one, "b": other})


def _locations(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Where a thing is, beside places that are wrong in one coordinate, or have them exchanged."""
    rows = unique(scene)
    if not scene.exact or scene.differences:
        yield NOT_EXACT
        return
    for drawn in random.permutation(len(rows)):
        row = rows[int(drawn)]
        x, y = scene.centers[row, :2].tolist()
        near = [(y, x), (x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1), (x + 1, y + 1), (x - 1, y - 1)]
        near = list(dict.fromkeys(each for each in near if each != (x, y) and min(each) >= 0))
        chosen = [(x, y), *(near[int(each)] for each in random.permutation(len(near))[: OPTIONS - 1])]
        name = scene.labels[row]
        options = tuple(f"({a:g}, {b:g})" for a, b in chosen)
        there = (f'"({a:g}, {b:g})": {_at(name, a, b)}' for a, b in sorted(chosen))
        yield Ask(f"which({{{', '.join(there)}}})", {"thing": name}, options)


def _at(name: str, x: float, y: float) -> str:
    return f'distance(the("{name}"), shape([[{x:g}, {y:g}]], world()), geometry="centre") < {ABOUT}'


def _paths(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """From one shape to another along the ways, where there are several routes, with stops between."""
    joined = _joined(scene)
    rows = [row for row in unique(scene) if joined.get(row)]
    ways = "; ".join(
        f"{scene.labels[here]} - {scene.labels[there]}"
        for here in joined
        for there in joined[here]
        if here < there
    )
    for a, b in first(shuffled_tuples(len(rows), 2, random), MOST_DRAWN):
        routes = _routes(joined, rows[a], rows[b])
        if len(routes) < LEAST_ROUTES:
            yield f"fewer than {LEAST_ROUTES} routes"
            continue
        if len(routes[0][1]) < 3:
            yield "no stop between"
            continue
        best, *others = (_told(scene, each) for _, each in routes[:6])
        chosen = [others[int(each)] for each in random.permutation(len(others))[: OPTIONS - 1]]
        one, other = scene.labels[rows[a]], scene.labels[rows[b]]
        program = f'route(the("{one}"), the("{other}"), lines=all("way"))'
        yield Ask(program, {"a": one, "b": other, "ways": ways}, (best, *chosen))


def _told(scene: Scene, way: Way) -> str:
    return ", ".join(scene.labels[row] for row in way)


def _joined(scene: Scene) -> dict[int, dict[int, float]]:
    """Which things are joined by a way, and how far apart they are along it."""

    def made() -> dict[int, dict[int, float]]:
        found = dict[int, dict[int, float]]()
        rows = unique(scene)
        for label, shape in zip(scene.labels, scene.shapes):
            if label != "way" or not isinstance(shape, Footprint):
                continue
            ends = shapely.get_coordinates(shape.polygon)[[0, -1]]
            a, b = (
                min(rows, key=lambda row: math.dist(scene.centers[row, :2], end)) for end in ends.tolist()
            )
            found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = float(shape.polygon.length)
        return dict(sorted(found.items()))

    return scene.cached("ways of the page", made)


def _routes(joined: dict[int, dict[int, float]], start: int, end: int) -> list[tuple[float, Way]]:
    """Every route that comes to no place twice, the shortest first: exact, for a page of a few places."""
    found = list[tuple[float, Way]]()
    open_routes: list[tuple[float, Way]] = [(0.0, (start,))]
    while open_routes:
        length, way = open_routes.pop()
        if way[-1] == end:
            found.append((length, way))
            continue
        open_routes += [
            (length + step, (*way, there)) for there, step in joined[way[-1]].items() if there not in way
        ]
    return sorted((round(length, 9), way) for length, way in found)


FAMILIES: Final = (
    Family(
        name="page_distance",
        code="B2",
        about="how far apart two things of a page are, in its units",
        kind="number",
        templates=(
            "On the page, how many units apart are the {a} and the {b}?",
            "What is the straight-line distance between the {a} and the {b}, in units of the page?",
            "How many units of the grid is it from the {a} to the {b}, in a straight line?",
        ),
        asks=_distances,
        needs=("page", "things"),
        shown="map",
        frame="map",
    ),
    Family(
        name="page_location",
        code="I6",
        about="at which coordinates of a page a thing is, x to the right and y up",
        kind="choice",
        templates=(
            "At which coordinates (x, y) is the {thing}, x to the right and y up?",
            "What are the coordinates (x, y) of the {thing} on the page?",
            "Where on the grid is the {thing}? Coordinates are (x, y) from the lower left corner.",
        ),
        asks=_locations,
        read_back=False,
        needs=("page", "things"),
        shown="map",
        frame="map",
    ),
    Family(
        name="page_path",
        code="F4",
        about="along which things the shortest way goes that keeps to the lines drawn on a page",
        kind="choice",
        templates=(
            "Straight ways join shapes: {ways}. Which is the shortest way from the {a} to the {b}?",
            "One can go only along these straight ways: {ways}. What is the shortest route from the {a} to "
            "the {b}?",
            "The ways are {ways}. Along which shapes does the shortest way from the {a} to the {b} go?",
        ),
        asks=_paths,
        read_back=False,
        needs=("page", "things"),
        shown="map",
        frame="map",
    ),
)
