"""SpatialText's files: scenes of blocks and shapes, described in Chinese, with questions of four types.

The scale is unknown; on a page x is right and y is up. A record's `description` is read as a story. Its
`coordinate`s are what the release made it from: along each of the axes (right, up, front) things stand in
that order, but nothing is known across a breakpoint, which is a coordinate b with low <= b < high.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct, field

from allocentric.errors import BadInput
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.stories.build import scene_from
from allocentric.worlds.readers.stories.statements import Lies, Statement, There, Way, Within
from allocentric.worlds.readers.stories.story import read_story

MOST_THINGS: Final = 200


class _Object(Struct):
    name: str
    coordinate: tuple[float, ...]
    block: int


class _Told(Struct):
    breakpoints_x: tuple[float, ...] = ()
    breakpoints_y: tuple[float, ...] = ()
    breakpoints_z: tuple[float, ...] = ()


class _Scene(Struct):
    objects: tuple[_Object, ...]
    desc: _Told = field(default_factory=_Told)


class SpatialTextQuestion(Struct):
    """A question as released: FR (full relation), YN (yes or no), CO (which of two), FB (which block)."""

    question_type: str
    question: str
    answer: str
    candidate_answers: tuple[str, ...]


class SpatialTextRecord(Struct):
    """One scene of SpatialText as released."""

    id: str
    scene: _Scene
    questions: tuple[SpatialTextQuestion, ...]
    description: str = ""

    def story(self) -> Scene:
        """The scene that the description bounds, word by word. Raises BadInput as `read_story` does."""
        return read_story(self.description, id=self.id, where=self.id)

    def ordered(self, breakpoints: Sequence[Sequence[float]] | None = None) -> Scene:
        """The scene that the coordinates and breakpoints (by axis: right, up, front) bound: order alone."""
        told = self.scene.desc
        broken = breakpoints or (told.breakpoints_x, told.breakpoints_y, told.breakpoints_z)
        if len(self.scene.objects) > MOST_THINGS:
            what = f"{len(self.scene.objects)} things, more than {MOST_THINGS}"
            raise BadInput(what, where=self.id, mend="give scenes of the release")
        statements: list[Statement] = []
        for each in self.scene.objects:
            block = f"区块{each.block}"
            statements += [There(block, "block", region=True), There(each.name), Within(each.name, block)]
        for axis in range(min(len(each.coordinate) for each in self.scene.objects)):
            statements += _in_order(self.scene.objects, axis, broken[axis])
        return scene_from(self.id, statements, source=Source("spatialtext", self.id))


def spatialtext_records(data: bytes, *, where: str = "spatialtext") -> list[SpatialTextRecord]:
    """The records of a file. Raises BadInput where it is none of the release's."""
    return decode(data, list[SpatialTextRecord], where=where)


def _in_order(objects: Sequence[_Object], axis: int, broken: Sequence[float]) -> list[Lies]:
    """That each thing lies beyond the one before it, unless a breakpoint parts the two."""
    way = (Way(right=1), Way(up=1), Way(front=1))[axis]
    level = (Way(right=0), Way(up=0), Way(front=0))[axis]
    found = []
    rising = sorted(objects, key=lambda each: each.coordinate[axis])
    for low, high in pairwise(rising):
        here, there = low.coordinate[axis], high.coordinate[axis]
        if not any(here <= each < there for each in broken):
            found.append(Lies(high.name, low.name, way if there > here else level))
    return found


def _scenes(peek: Peek) -> Scenes:
    return {each.id: each.story for each in spatialtext_records(peek.data, where=str(peek.path))}


def _claims(peek: Peek) -> bool:
    return {"id", "scene", "questions", "description"} <= peek.inner


READER: Final = Reader("spatialtext", (".json",), _claims, _scenes)
