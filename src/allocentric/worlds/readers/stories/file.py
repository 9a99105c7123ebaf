"""A file that is one story in plain English or Chinese: told by a sentence of it that says what lies where.

What a sentence says is an order along the axes that it names, strict and without a distance: on a page, x
right and y up; in a solid space, where something is in front or behind, as one who looks along x sees it. The
scale is unknown.
"""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.stories.statements import NotRead
from allocentric.worlds.readers.stories.story import MOST_LETTERS, read_one, read_story, sentences_of

_TRIED: Final = 12  # sentences, before a text is taken to be no story
_BYTES_A_LETTER: Final = 4


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.split(".")[0]
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    return read_story(_text(peek), id=id, where=str(peek.path))


def _text(peek: Peek) -> str:
    try:
        return peek.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("the text is not UTF-8", where=str(peek.path), mend="save it as UTF-8") from None


def _claims(peek: Peek) -> bool:
    if not peek.data or len(peek.data) > _BYTES_A_LETTER * MOST_LETTERS or b"\0" in peek.data:
        return False
    try:
        sentences = sentences_of(_text(peek))
    except BadInput:
        return False
    return any(_reads(each) for each in sentences[:_TRIED])


def _reads(sentence: str) -> bool:
    with contextlib.suppress(NotRead):
        return bool(read_one(sentence))
    return False


READER: Final = Reader("story", (".txt",), _claims, _scenes)
