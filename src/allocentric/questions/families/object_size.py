"""How large one thing is: along its longest edge, how high, how wide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.things import unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured

LEAST_M: Final = 0.05  # what is smaller is a matter of the scan, not of the thing


def _asks(scene: Scene, random: np.random.Generator, *, along: str) -> Iterator[Ask]:
    rows = unique(scene)
    for place in random.permutation(len(rows)):
        name = scene.labels[rows[int(place)]]
        yield Ask(f'extent(the("{name}"), along="{along}")', {"thing": name})


def _fair(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= LEAST_M else "smaller than 5 cm"  # type: ignore[arg-type]


def _family(
    name: str,
    code: str,
    along: str,
    *,
    about: str,
    templates: tuple[str, ...],
    chinese: tuple[str, ...] = (),
) -> Family:
    return Family(
        name=name,
        code=code,
        about=about,
        kind="length",
        unit="cm",
        templates=templates,
        chinese=chinese,
        asks=partial(_asks, along=along),
        fair=_fair,
        needs=("things", "scale"),
    )


FAMILIES: Final = (
    _family(
        "object_size",
        "A5",
        "longest",
        about="how long the longest edge of a thing is",
        templates=(
            "What is the length of the longest dimension (length, width, or height) of the {thing}, "
            "measured in centimeters?",
            "How long is the longest side of the {thing}, in centimetres?",
            "What is the longest dimension of the {thing} in centimetres?",
        ),
        chinese=(
            "{thing}的最大尺寸（长、宽或高）是多少厘米？",
            "{thing}最长的一边有多少厘米？",
            "以厘米计，{thing}最长的一边有多长？",
        ),
    ),
    _family(
        "object_height",
        "A6",
        "height",
        about="how high a thing is",
        templates=(
            "How tall is the {thing}, in centimetres?",
            "What is the height of the {thing} in centimetres?",
            "How many centimetres tall is the {thing}?",
        ),
    ),
    _family(
        "object_width",
        "A6",
        "width",
        about="how wide a thing is",
        templates=(
            "How wide is the {thing}, in centimetres?",
            "What is the width of the {thing} in centimetres?",
            "How many centimetres wide is the {thing}?",
        ),
    ),
)
