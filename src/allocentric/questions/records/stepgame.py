"""StepGame's questions: how one agent of a story lies to another, one of nine words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from allocentric.answers.kinds import Expected
from allocentric.errors import BadInput
from allocentric.questions.records.told import Told
from allocentric.worlds.readers.stories.stepgame import stepgame_records

LABELS: Final = (
    *("left", "right", "above", "below", "upper-left", "upper-right", "lower-left", "lower-right"),
    "overlap",
)


def stepgame_questions(text: str, *, where: str = "stepgame") -> Iterator[Told]:
    """The questions of a file, each about a story of its own. Raises BadInput with the line at fault."""
    expected = Expected("choice", LABELS)
    letters = dict(zip(LABELS, expected.letters, strict=True))
    for record in stepgame_records(text, where=where):
        if record.label not in letters:
            what = f"{record.label!r} is none of {', '.join(LABELS)}"
            raise BadInput(what, where=f"{where}, story {record.number}", mend="give a file of StepGame")
        yield Told(
            id=f"{where}#{record.number}",
            type="stepgame",
            scene=record.scene,
            words=f"What is the relation of the agent {record.agent} to the agent {record.to}?",
            programs=(record.program,),
            expected=expected,
            released=letters[record.label],
        )
