"""NLVR's statements about pages of boxes: true or false, judged where the statement is of the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from allocentric.answers.kinds import Expected
from allocentric.errors import BadInput
from allocentric.query.grammar_pages import read_page
from allocentric.questions.records.told import Refused, Told
from allocentric.worlds.readers.nlvr import nlvr_records

LABELS: Final = {"true": True, "false": False}


def nlvr_statements(data: bytes, *, where: str = "nlvr") -> Iterator[Told | Refused]:
    """Each statement of a file with its page, or why its sentence is not read.

    Raises BadInput for a label that is neither true nor false.
    """
    for record in nlvr_records(data, where=where):
        if record.label not in LABELS:
            what = f"{record.label!r} is neither true nor false"
            raise BadInput(what, where=f"{where}, {record.identifier}", mend="give a file of NLVR")
        programs = read_page(record.sentence)
        if len(programs) != 1:
            what = (
                "the statement has several readings" if programs else "the statement is outside the grammar"
            )
            refused = BadInput(what, where=f"{where}, {record.identifier}", mend="say it otherwise")
            yield Refused(id=record.identifier, type="nlvr", words=record.sentence, why=refused)
            continue
        yield Told(
            id=record.identifier,
            type="nlvr",
            scene=record.scene,
            words=record.sentence,
            programs=programs,
            expected=Expected("yes_no"),
            released=LABELS[record.label],
        )
