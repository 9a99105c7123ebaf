"""Several things of one label, told apart: each is called by its label and a number of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.labels import plain
from allocentric.scene.scene import Scene

_NUMBER: Final = re.compile(r"(.+?) 0*([0-9]{1,6})")


def shares_labels(scene: Scene) -> bool:
    """True where a label is that of several objects, or, in a room without any, of several walls."""
    return bool(_sharing(scene))


def numbered(scene: Scene) -> Scene:
    """The scene with each of several objects of a label called, and labelled, by it and a number: "car 7".

    In a room of which no objects are told, the walls are. A number that stands in a thing's own name ("car
    7", "car_007") stays with it, where it is its alone; the others take those that are free, in order.
    The new names are looked up in it: it has no parent. Raises BadInput for a derived scene, in which
    names are those of another.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> things = [Thing(label="car"), Thing(label="bus"), Thing(label="car", name="car_007")]
    >>> numbered(scene_of("street", things)).labels
    ('car 1', 'bus', 'car 7')
    """
    if scene.parent is not None:
        mend = "number its things first, then derive from that"
        raise BadInput("a derived scene keeps its names", where=f"scene {scene.id!r}", mend=mend)
    rows = _sharing(scene)
    own = {row: _own_number(scene, row) for row in rows}
    once = Counter((scene.labels[row], number) for row, number in own.items())
    kept = {row: number for row, number in own.items() if number and once[scene.labels[row], number] == 1}
    others = {name for row, name in enumerate(scene.names) if row not in own}
    called = {row: f"{scene.labels[row]} {number}" for row, number in kept.items()}
    free = {
        label: _free(label, others | set(called.values())) for label in {scene.labels[row] for row in rows}
    }
    called |= {row: next(free[scene.labels[row]]) for row in rows if row not in kept}
    labels = tuple(called.get(row, label) for row, label in enumerate(scene.labels))
    names = tuple(called.get(row, name) for row, name in enumerate(scene.names))
    complete = scene.complete
    if complete is not None and complete.labels is not None:
        listed = {labels[row] for row in rows if scene.labels[row] in complete.labels}
        complete = replace(complete, labels=complete.labels | listed)
    return replace(scene, labels=labels, names=names, complete=complete)


def said_by_number(scene: Scene, words: str) -> str:
    """A sentence in which what has a number goes without an article: "the car 7" is "car 7".

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> said_by_number(scene_of("street", [Thing(label="car 7")]), "The car 7 is near the bus.")
    'Car 7 is near the bus.'
    """
    called = [re.escape(label) for label in scene.labels if _NUMBER.fullmatch(label)]
    pattern = rf"\b(?:(The) ({'|'.join(called)})|the (?={'|'.join(called)}))\b"
    return (
        re.sub(pattern, lambda at: at[2][0].upper() + at[2][1:] if at[1] else "", words) if called else words
    )


def _sharing(scene: Scene) -> tuple[int, ...]:
    """The rows of the objects whose label is that of others too; in a bare room, of its walls."""
    counts, kind = Counter(scene.labels), "object" if "object" in scene.kinds else "structure"
    shared = ((row, counts[label] > 1) for row, label in enumerate(scene.labels))
    return tuple(row for row, several in shared if several and scene.kinds[row] == kind)


def _own_number(scene: Scene, row: int) -> int | None:
    """The number in a thing's own name: its label, and the number."""
    found = _NUMBER.fullmatch(plain(scene.names[row]))
    return int(found[2]) if found and found[1] == plain(scene.labels[row]) else None


def _free(label: str, taken: set[str]) -> Iterator[str]:
    return (name for number in count(1) if (name := f"{label} {number}") not in taken)
