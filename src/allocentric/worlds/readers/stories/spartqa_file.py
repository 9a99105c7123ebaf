"""SpartQA-Human's file: stories of blocks and shapes, each with its questions.

On a page x is right and y is up; the scale in metres is unknown, a block is one unit wide. Along the axes
that a sentence names the order of two shapes is known; of near, far or touching, the side of a border.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec import Raw, Struct

from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.stories.spartqa import read_spartqa


class SpartqaQuestion(Struct):
    """A question as released: YN (yes or no), FR (which relations), FB (which blocks), CO (which of two)."""

    q_id: int
    q_type: str
    question: str
    answer: Raw
    candidate_answers: Raw = Raw(b'""')


class SpartqaStory(Struct):
    """A story as released, in one text or several, with its questions."""

    story: tuple[str, ...]
    questions: tuple[SpartqaQuestion, ...]

    @property
    def text(self) -> str:
        """The whole story."""
        return " ".join(self.story)


class _File(Struct):
    data: tuple[SpartqaStory, ...]


def spartqa_stories(data: bytes, *, where: str = "spartqa") -> tuple[SpartqaStory, ...]:
    """The stories of a file. Raises BadInput where it is none of the release's."""
    return decode(data, _File, where=where).data


def is_spartqa(data: bytes) -> bool:
    """True for the bytes of such a file, told by the names of its fields."""
    head = data[:_HEAD_BYTES]
    return all(each in head for each in (b'"story"', b'"q_type"', b'"candidate_answers"'))


_HEAD_BYTES: Final = 1 << 14


def _scenes(peek: Peek) -> Scenes:
    stories = spartqa_stories(peek.data, where=str(peek.path))
    return {str(row): partial(_scene, each, str(row)) for row, each in enumerate(stories)}


def _scene(story: SpartqaStory, id: str) -> Scene:
    return read_spartqa(story.text, id=id)[0]


def _claims(peek: Peek) -> bool:
    return is_spartqa(peek.data)


READER: Final = Reader("spartqa", (".json",), _claims, _scenes)
