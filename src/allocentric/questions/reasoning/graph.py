"""A scene graph in words: the things that an answer hangs on, and how each pair of them lies."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from allocentric.errors import AllocentricError
from allocentric.questions.change import changed
from allocentric.questions.question import Question
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import Scene

MOST: Final = 10  # things: of more, the first
WRITTEN: Final = 0.5e-3 + 1e-9  # metres: what three decimals leave open
Json = dict[str, Any]


def graph_of(scene: Scene, question: Question) -> str:
    """Nodes with places and sizes, edges with distances of centres and heights, in metres, as JSON.

    Empty where the answer hangs on nothing that has a place.
    """
    at = changed(scene, question.changes)
    names = list(dict.fromkeys(each.thing for each in question.evidence if each.thing in at.names))[:MOST]
    if not names:
        return ""
    nodes = [_node(at, str(each)) for each in names]
    edges = [_edge(at, str(one), str(other)) for one, other in combinations(names, 2)]
    return encode({"nodes": nodes, "edges": edges}).decode()


def graph_faults(scene: Scene, text: str) -> Iterator[str]:
    """What a scene graph says that is not true of the scene, to three decimals."""
    try:
        held = decode(text.encode(), Json, where="the scene graph")
        for each in held["nodes"]:
            if not _same(each, _node(scene, each["name"])):
                yield f"{each['name']} is not as the graph says"
        for each in held["edges"]:
            if not _same(each, _edge(scene, each["from"], each["to"])):
                yield f"from {each['from']} to {each['to']} it is not as the graph says"
    except AllocentricError as error:
        yield error.what
    except (KeyError, TypeError) as error:
        yield f"this is no scene graph: it lacks {error}"


def _node(scene: Scene, name: str) -> Json:
    row = scene.row(name)
    place, size = ([round(each, 3) for each in array[row].tolist()] for array in (scene.centers, scene.sizes))
    return {"name": scene.names[row], "label": scene.labels[row], "place": place, "size": size}


def _edge(scene: Scene, one: str, other: str) -> Json:
    apart = scene.centers[scene.row(other)] - scene.centers[scene.row(one)]
    distance, higher = round(math.dist(apart, (0, 0, 0)), 3), round(float(apart[2]), 3)
    return {"from": one, "to": other, "centre_distance": distance, "higher": higher}


def _same(told: Json, true: Json) -> bool:
    """Whether an entry is the true one, numbers as far as they are written."""
    if told.keys() != true.keys():
        return False
    return all(_near(told[name], value) for name, value in true.items())


def _near(told: Any, true: Any) -> bool:
    if isinstance(true, list):
        return isinstance(told, list) and len(told) == len(true) and all(map(_near, told, true))
    if isinstance(true, float):
        return isinstance(told, int | float) and abs(told - true) <= 2 * WRITTEN
    return bool(told == true)
