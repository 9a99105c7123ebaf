"""Whose release a file of questions about stories is, told by its content; and its questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from allocentric.errors import BadInput
from allocentric.questions.records.babi import babi_questions
from allocentric.questions.records.nlvr import nlvr_statements
from allocentric.questions.records.spartqa import spartqa_questions
from allocentric.questions.records.spatialtext import spatialtext_questions
from allocentric.questions.records.stepgame import stepgame_questions
from allocentric.questions.records.told import Refused, Told
from allocentric.worlds.readers.nlvr import is_nlvr
from allocentric.worlds.readers.stories.babi import is_babi
from allocentric.worlds.readers.stories.spartqa_file import is_spartqa
from allocentric.worlds.readers.stories.stepgame import is_stepgame


def released_questions(data: bytes, path: Path) -> Iterator[Told | Refused] | None:
    """The questions of a release that tells its scenes itself; None for a file of any other kind.

    StepGame, bAbI, SpartQA, SpatialText and NLVR. Raises BadInput with the place of what is none of it.
    """
    where = str(path)
    if b'"questions"' in data and b'"block_count"' in data:
        return spatialtext_questions(data, where=where)
    if is_spartqa(data):
        return spartqa_questions(data, where=where)
    if is_nlvr(data):
        return nlvr_statements(data, where=where)
    if is_stepgame(data):
        return stepgame_questions(_text(data, where), where=where)
    if is_babi(data):
        return babi_questions(_text(data, where), where=where)
    return None


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("the text is not UTF-8", where=where, mend="save it as UTF-8") from None
