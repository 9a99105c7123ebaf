"""StepGame's files: numbered sentences, then a question, its label and a number, with tabs between.

Each way between two agents is one step of a grid along the axes that it names, and none along the other: on a
page, x right and y up. The scale is unknown. Agents that no sentence joins are unconnected.
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

_QUESTION: Final = re.compile(r"What is the relation of the agent (\S{1,40}) to the agent (\S{1,40})\?")
_LINE: Final = re.compile(r"(\d{1,3}) (.*)")


@dataclass(frozen=True, slots=True)
class StepGameRecord:
    """One story of StepGame as released: its sentences, whose relation to whom is asked, the label."""

    number: int
    sentences: tuple[str, ...]
    agent: str
    to: str
    label: str

    def scene(self, id: str = "") -> Scene:
        """The scene of the story, each way one step of a grid."""
        return read_story("\n".join(self.sentences), id=id or str(self.number), grid=True)

    @property
    def program(self) -> str:
        """The question in the language."""
        return f'direction(the("{self.agent}"), world(at=the("{self.to}")), sectors="nine")'


def stepgame_records(text: str, *, where: str = "stepgame") -> Iterator[StepGameRecord]:
    """The records of a file, in order, numbered from 0. Raises BadInput with the line that is none of it."""
    mend = "give a file of StepGame: numbered sentences, then question, label and a number with tabs between"
    sentences, number = list[str](), 0
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        at = f"{where}, line {line_number}"
        found = _LINE.fullmatch(line.strip())
        if found is None or int(found[1]) != len(sentences) + 1:
            raise BadInput(
                f"this is no line {len(sentences) + 1} of a story: {line[:60]!r}", where=at, mend=mend
            )
        if "\t" not in found[2]:
            sentences.append(found[2])
            continue
        question, label, *_ = found[2].split("\t")
        asked = _QUESTION.fullmatch(question.strip())
        if asked is None:
            raise BadInput(f"this is no question of StepGame: {question[:60]!r}", where=at, mend=mend)
        yield StepGameRecord(number, tuple(sentences), asked[1], asked[2], label.strip())
        sentences, number = [], number + 1
    if sentences:
        raise BadInput("the last story has no question", where=where, mend=mend)


_CLAIM: Final = re.compile(rb"(?m)^\d{1,3} What is the relation of the agent \S+ to the agent \S+\?\t")
_HEAD_BYTES: Final = 1 << 16


def _scenes(peek: Peek) -> Scenes:
    records = stepgame_records(peek.data.decode(errors="replace"), where=str(peek.path))
    return {str(each.number): each.scene for each in records}


def is_stepgame(data: bytes) -> bool:
    """True for the bytes of such a file, told by a question of it."""
    return _CLAIM.search(data[:_HEAD_BYTES]) is not None


def _claims(peek: Peek) -> bool:
    return is_stepgame(peek.data)


READER: Final = Reader("stepgame", (".txt",), _claims, _scenes)
