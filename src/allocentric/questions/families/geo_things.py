"""What a question may speak of on a map: things by their names, kinds, points, shapes by their corners."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import shapely

from allocentric.query.grammar import Sentence
from allocentric.query.nouns import name as name_leaf
from allocentric.scene.scene import Footprint, Scene
from allocentric.words import say_number

MOST_CORNERS = 12  # a shape with more is not told by its corners
DECIMALS = 6  # of a degree: a tenth of a metre


def spoken(scene: Scene) -> dict[int, str]:
    """How each thing of a map is called in a question, by its row: of those whose name is theirs alone."""

    def made() -> dict[int, str]:
        names = Counter(each.casefold() for each in (*scene.names, *set(scene.labels)))
        return {
            row: said
            for row, name in enumerate(scene.names)
            if names[name.casefold()] == 1 and (said := said_name(name)) is not None
        }

    return scene.cached("spoken names", made)


def said_name(name: str) -> str | None:
    """The name as it stands in a question: in quotes where it would not be read as one; None for no name."""
    if not re.fullmatch(r"\w[\w .,()/&-]*", name) or "  " in name:
        return None
    words = tuple(name.lower().split())
    if re.fullmatch(r"[\w -]+", name) and any(
        end == len(words) and said == " ".join(words) for end, said in name_leaf(Sentence(words, words), 0)
    ):
        return name
    return f'"{name}"'


def the(scene: Scene, row: int) -> str:
    """The program text of a thing, as its question is read: in small letters."""
    return f'the("{scene.names[row].lower()}")'


def drawn(scene: Scene, row: int) -> tuple[str, str] | None:
    """A thing by its corners: program text, and words; None where it has holes, parts or many corners."""
    shape = scene.shapes[row]
    if not isinstance(shape, Footprint) or shape.polygon.geom_type.startswith("Multi"):
        return None
    ground = shape.polygon
    if ground.geom_type == "Polygon" and len(ground.interiors):
        return None
    corners = np.round(shapely.get_coordinates(ground), DECIMALS)
    if len(corners) > MOST_CORNERS + 1 or (np.abs(corners) > (180, 90)).any():
        return None
    made = shapely.Polygon(corners) if ground.geom_type == "Polygon" else ground
    if not made.is_valid:
        return None
    program = f"shape([{', '.join(f'[{_text(x)}, {_text(y)}]' for x, y in corners.tolist())}], world())"
    listed = [f"({_text(x)}, {_text(y)})" for x, y in corners.tolist()]
    match ground.geom_type:
        case "Point":
            return program, f"the point {listed[0]}"
        case "LineString":
            return program, f"the line through {', '.join(listed)}"
        case _:
            return program, f"the area with the corners {', '.join(listed[:-1])}"


def point_near(scene: Scene, row: int, random: np.random.Generator, *, spread: float) -> tuple[str, str]:
    """A point about the centre of a thing, by up to `spread` degrees: program text, and words."""
    at = scene.centers[row, :2] + random.uniform(-spread, spread, 2)
    x, y = np.clip(np.round(at, 3), (-180, -85), (180, 85)).tolist()
    return f"shape([[{_text(x)}, {_text(y)}]], world())", f"the point ({_text(x)}, {_text(y)})"


def pairs(scene: Scene, random: np.random.Generator, most: int) -> Iterator[tuple[int, int]]:
    """Pairs of things that can be named, in random order: half of them near each other."""
    rows = list(spoken(scene))
    if len(rows) < 2:
        return
    centres = scene.centers[rows, :2]
    met = set[tuple[int, int]]()
    for _ in range(most):
        one = int(random.integers(len(rows)))
        if random.random() < 0.5:
            near = np.argsort(np.linalg.norm(centres - centres[one], axis=1))[1:7]
            other = int(near[int(random.integers(len(near)))])
        else:
            other = int(random.integers(len(rows)))
        if one != other and (one, other) not in met:
            met.add((one, other))
            yield rows[one], rows[other]


def _text(value: float) -> str:
    return say_number(value, 12)
