"""The same question with its thing meant by words, by its mark on the picture, and by its coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.oracle.gaps import gap
from allocentric.questions.families.geo_things import drawn, pairs, spoken, the
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body

LEAST_M: Final = 1.0
MOST_DRAWN: Final = 500


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Each pair in every way that its first can be meant: one question after the other."""
    names = spoken(scene)
    marks = {each.row: each for each in scene.sightings if each.mark and each.mark.isdigit()}
    for one, other in pairs(scene, random, MOST_DRAWN):
        corners = drawn(scene, one)
        if corners is None:
            yield "not told by a few corners"
            continue
        if gap(scene, Body(one), Body(other)).middle < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        meant: list[tuple[str, str, tuple[str, ...]]] = [(the(scene, one), names[one], ())]
        if one in marks and '"' not in marks[one].view:
            mark = marks[one]
            words = f'mark {mark.mark} in view "{mark.view}"'
            meant.append((f'marked(view("{mark.view.lower()}"), {mark.mark})', words, (mark.view,)))
        meant.append((*corners, ()))
        for program, words, views in meant:
            slots = {"a": words, "b": names[other]}
            yield Ask(f"distance({program}, {the(scene, other)})", slots, views=views)


FAMILY: Final = Family(
    name="geo_reference",
    code="J5",
    about="how far a thing of a map is from another, the first meant by name, by a mark, or by coordinates",
    kind="length",
    templates=("How far is {a} from {b} in metres?", "What is the distance between {a} and {b}, in metres?"),
    asks=_asks,
    needs=("things", "globe"),
    unit="m",
    frame="map",
)
