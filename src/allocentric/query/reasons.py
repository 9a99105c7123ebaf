"""Why a step of a program gave what it gave, in words, where its value alone does not show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from allocentric.geometry import nets
from allocentric.geometry.nets import Axis
from allocentric.geometry.polycubes import mirrored, same, turn_onto
from allocentric.oracle.figures import cut_corners, figures_of
from allocentric.oracle.papers import net_of, opened, spots_of
from allocentric.oracle.ways import both_ways
from allocentric.query.evaluate import Step
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body, Unknown
from allocentric.words import a_list, say_number

FACES: Final[dict[Axis, str]] = {
    (0, 0, 1): "top",
    (0, 0, -1): "bottom",
    (0, -1, 0): "front",
    (0, 1, 0): "back",
    (-1, 0, 0): "left",
    (1, 0, 0): "right",
}
"""The faces of a folded cube, by which way they look."""

Given = Mapping[str, Any]


def why(scene: Scene, step: Step) -> str | None:
    """What shows that a step is right, as a clause; None where its value shows itself, or is unknown."""
    told = _WHY.get(step.word)
    return None if told is None or isinstance(step.gave, Unknown) else told(scene, step.arguments)


def _turned(scene: Scene, given: Given) -> str | None:
    figures = figures_of(scene, given["things"], given["other"])
    if isinstance(figures, Unknown):
        return None
    figure, other = figures
    turn = turn_onto(figure, other)
    if turn is not None:
        axes = [_axis(tuple(row[column] for row in turn)) for column in range(3)]
        many = f"each of its {len(figure)} cubes lies on one of the other"
        return f"turned so that x, y and z point along {a_list(axes)}, {many}"
    if len(figure) != len(other):
        return f"they have {len(figure)} and {len(other)} cubes"
    if same(mirrored(figure), other):
        return "only its mirror image can be turned so that it lies like the other"
    return f"in none of 24 turns do its {len(figure)} cubes lie on those of the other"


def _axis(way: tuple[int, ...]) -> str:
    along = next(name for name, part in zip("xyz", way) if part)
    return along if sum(way) > 0 else f"-{along}"


def _unfolded(scene: Scene, given: Given) -> str | None:
    right = opened(scene, given["sheet"], given["folds"], holes=given["holes"])
    held = spots_of(scene, given["thing"])
    if isinstance(right, Unknown) or isinstance(held, Unknown):
        return None
    return f"unfolded, the sheet has holes at {_places(right)}; this one has them at {_places(sorted(held))}"


def _opposite(scene: Scene, given: Given) -> str | None:
    faces = _faces(scene, given["thing"])
    if faces is None:
        return None
    here = scene.labels[given["thing"].row]
    across = next(other for other, way in faces.items() if way == tuple(-each for each in faces[here]))
    return f"folded, {here} is {_face(faces[here])} and {across} {_face(faces[across])}"


def _meeting(scene: Scene, given: Given) -> str | None:
    three = [given[side] for side in ("left", "right", "top")]
    faces = _faces(scene, *three)
    if faces is None:
        return None
    names = [scene.labels[each.row] for each in three]
    return "folded, " + a_list([f"{each} is {_face(faces[each])}" for each in dict.fromkeys(names)])


def _faces(scene: Scene, *things: Body) -> dict[str, Axis] | None:
    """Which way each colour looks when the net of these things is folded."""
    net = net_of(scene, *things)
    laid = None if isinstance(net, Unknown) else nets.folded(net)
    return None if laid is None or isinstance(net, Unknown) else {net[at]: laid[at].out for at in laid}


def _face(way: Axis) -> str:
    return f"the {FACES[way]} face"


def _cut(scene: Scene, given: Given) -> str | None:
    found = cut_corners(scene, given["thing"], given["first"], second=given["second"], third=given["third"])
    if isinstance(found, Unknown):
        return None
    return f"its corners are {_places(found)}, in units from the lowest corner of the solid"


def _route(scene: Scene, given: Given) -> str | None:
    found = both_ways(scene, given["start"], given["goal"], lines=given["lines"])
    if isinstance(found, Unknown):
        return None
    length, _, second = found
    told = f"it is {say_number(length)} units long"
    return told if second is None else f"{told}, and the next shortest way {say_number(second)}"


def _places(places: Any) -> str:
    return a_list([f"({', '.join(_number(part) for part in each)})" for each in places])


def _number(value: float | Fraction) -> str:
    return f"{float(value):.4g}"


_WHY: Final[Mapping[str, Callable[[Scene, Given], str | None]]] = {
    "congruent": _turned,
    "unfolded": _unfolded,
    "opposite": _opposite,
    "meeting": _meeting,
    "section": _cut,
    "route": _route,
}
