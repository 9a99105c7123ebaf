"""bAbI's files: numbered lines, each a sentence, or a question with its answer and the lines that tell it.

A story begins at line 1; a question is about what was told before it. A way between two things is one step of
a grid, on a page with x right or east and y up or north; who moves is in the room last gone to, with all that
one has; what is bigger stands higher on a scale. The scale in metres is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.stories.story import read_story

MEND: Final = "give a file of bAbI: numbered lines, a question with its answer after a tab"
_LINE: Final = re.compile(r"(\d{1,3}) (\S.*)")
_SUPPORT: Final = re.compile(r"[\d ]*")


@dataclass(frozen=True, slots=True)
class BabiRecord:
    """One question of bAbI as released, and what was told before it, line by line.

    `line` is its number in the story; `at` that of its line in the file; `support` are the lines of the story
    that its answer is said to follow from, which nothing else reads.
    """

    story: int
    line: int
    at: int
    told: tuple[str, ...]
    question: str
    answer: str
    support: tuple[int, ...]

    @property
    def id(self) -> str:
        """Of which story, and in which of its lines: "3-5"."""
        return f"{self.story}-{self.line}"

    def scene(self, sentences: int | None = None) -> Scene:
        """The scene of the story so far, or of its first sentences. Raises BadInput as `read_story` does."""
        return read_story("\n".join(self.told[:sentences]), id=self.id, grid=True, where=self.id)


def babi_records(text: str, *, where: str = "babi") -> Iterator[BabiRecord]:
    """The questions of a file, in order; stories are numbered from 0.

    Raises BadInput with the line that is none of it.
    """
    told, story, last, asked = list[str](), -1, 0, True
    for at, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        number = int(found[1]) if found else 0
        if found is None or number not in (1, last + 1) or (number == 1 and not asked):
            what = f"this is no line {last + 1} of a story: {line[:60]!r}"
            raise BadInput(what, where=f"{where}, line {at}", mend=MEND)
        if number == 1:
            told, story = [], story + 1
        last = number
        question, *rest = (each.strip() for each in found[2].split("\t"))
        asked = bool(rest)
        if not rest:
            told.append(question)
            continue
        if not rest[0] or len(rest) > 2 or not _SUPPORT.fullmatch("".join(rest[1:])):
            what = f"this is no question with its answer and its lines: {line[:60]!r}"
            raise BadInput(what, where=f"{where}, line {at}", mend=MEND)
        support = tuple(int(each) for each in "".join(rest[1:]).split())
        yield BabiRecord(story, number, at, tuple(told), question, rest[0], support)
    if not asked:
        raise BadInput("the last story has no question", where=where, mend=MEND)


_CLAIM: Final = re.compile(rb"(?m)^\d{1,3} [A-Z][^\t\r\n]{1,200}\? ?\t[^\t\r\n]{1,60}(?:\t[\d ]+)?\r?$")
_HEAD_BYTES: Final = 1 << 16


def is_babi(data: bytes) -> bool:
    """True for the bytes of such a file, told by a numbered question with its answer after a tab."""
    return _CLAIM.search(data[:_HEAD_BYTES]) is not None


def _scenes(peek: Peek) -> Scenes:
    records = babi_records(peek.data.decode(errors="replace"), where=str(peek.path))
    return {each.id: each.scene for each in records}


def _claims(peek: Peek) -> bool:
    return is_babi(peek.data)


READER: Final = Reader("babi", (".txt",), _claims, _scenes)
