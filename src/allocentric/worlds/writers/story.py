"""A scene of pairwise bounds as a story in plain English, which reads back to the same bounds."""

from __future__ import annotations

import math
from typing import Final

from allocentric.errors import BadInput
from allocentric.intervals import Interval
from allocentric.scene.scene import Difference, Scene
from allocentric.worlds.readers.stories.build import WITHIN_BLOCK

_SAID: Final = {
    (1, 0): "{a} is to the right of {b}",
    (-1, 0): "{a} is to the left of {b}",
    (0, 1): "{a} is above {b}",
    (0, -1): "{a} is below {b}",
    (1, 1): "{a} is above and to the right of {b}",
    (-1, 1): "{a} is above and to the left of {b}",
    (1, -1): "{a} is below and to the right of {b}",
    (-1, -1): "{a} is below and to the left of {b}",
}
_LEVEL: Final = {0: "{a} is on the same vertical line as {b}", 1: "{a} is on the same horizontal line as {b}"}


def story_text(scene: Scene) -> str:
    """The story of a page of pairwise bounds, a sentence for each pair and block.

    `read_story` reads it back to the same bounds; where each way is one step of a grid, with `grid`.
    Raises BadInput for a scene that is no such page.
    """
    if scene.space != "page" or not scene.differences:
        mend = "write boxes or allocentric instead"
        raise BadInput("only a page of statements is told as a story", where=f"scene {scene.id!r}", mend=mend)
    blocks = [row for row, kind in enumerate(scene.kinds) if kind == "region"]
    pairs: dict[tuple[int, int], list[Difference]] = {}
    for each in scene.differences:
        pairs.setdefault((each.first, each.second), []).append(each)
    sentences = []
    for home in blocks:
        held = [thing for (first, thing), found in pairs.items() if first == home and _is_within(found)]
        if held:
            listed = " and ".join(f"{_article(scene.names[row])} {scene.names[row]}" for row in held)
            sentences.append(f"In {scene.names[home]} there is {listed}")
    named = {row for pair in pairs for row in pair}
    alone = [scene.names[row] for row in range(len(scene)) if row not in named]
    sentences += [f"{each if len(each) == 1 else f'the {each}'} is there" for each in alone]
    sentences += [_told(scene, pair, found) for pair, found in pairs.items() if not _is_within(found)]
    return "".join(f"{each[0].upper()}{each[1:]}.\n" for each in sentences)


def _is_within(found: list[Difference]) -> bool:
    return all(each.bound == WITHIN_BLOCK for each in found)


def _told(scene: Scene, pair: tuple[int, int], found: list[Difference]) -> str:
    signs = {each.axis: _sign(scene, each.bound) for each in found}
    a, b = (_called(scene, row) for row in (pair[1], pair[0]))
    way = signs.get(0, 0), signs.get(1, 0)
    if way == (0, 0):
        level = _LEVEL[found[0].axis] if len(found) == 1 else "{a} is at the same place as {b}"
        return level.format(a=a, b=b)
    return _SAID[way].format(a=a, b=b)


def _sign(scene: Scene, bound: Interval) -> int:
    """The sign that a bound states: one step of a grid, or strictly more."""
    if bound.exact and bound.low in (-1.0, 0.0, 1.0):
        return int(bound.low)
    if bound.low >= 0 and math.isinf(bound.high):
        return 1
    if bound.high <= 0 and math.isinf(bound.low):
        return -1
    raise BadInput(
        "a bound is no step and no order", where=f"scene {scene.id!r}", mend="write allocentric instead"
    )


def _called(scene: Scene, row: int) -> str:
    name = scene.names[row]
    return name if len(name) == 1 or scene.kinds[row] == "region" else f"the {name}"


def _article(name: str) -> str:
    return "an" if name[0].lower() in "aeiou" else "a"
