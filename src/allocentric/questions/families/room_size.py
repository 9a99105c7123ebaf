"""How large the floor is: of all rooms together, and of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene


def _whole(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    yield Ask('area(all("room"))')


def _one(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A room by its name, where there are several; of one, its name is not needed."""
    rooms = [row for row, kind in enumerate(scene.kinds) if kind == "region"]
    for place in random.permutation(len(rooms)) if len(rooms) > 1 else ():
        row = rooms[int(place)]
        if scene.labels.count(scene.labels[row]) > 1:
            yield "a name that several rooms share"
            continue
        yield Ask(f'area(the("{scene.labels[row]}"))', {"room": scene.labels[row]})


FAMILIES: Final = (
    Family(
        name="room_size",
        code="A8",
        about="how large the floor of all rooms is together",
        kind="area",
        unit="m2",
        templates=(
            "What is the size of this room (in square meters)? If multiple rooms are shown, estimate the "
            "size of the combined space.",
            "How many square metres does this apartment have in all?",
            "How much floor space is there, in square metres?",
        ),
        chinese=(
            "这个房间的面积是多少平方米？如果有多个房间，请估计它们的总面积。",
            "这里的地面一共有多少平方米？",
            "以平方米计，整个地面有多大？",
        ),
        asks=_whole,
        needs=("rooms",),
    ),
    Family(
        name="room_size_single",
        code="A8",
        about="how large the floor of one of several rooms is",
        kind="area",
        unit="m2",
        templates=(
            "What is the floor area of the {room} in square metres?",
            "How large is the {room}, in square metres?",
            "How many square metres does the {room} have?",
        ),
        asks=_one,
        needs=("rooms", "scale"),
    ),
)
