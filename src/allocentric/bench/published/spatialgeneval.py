"""SpatialGenEval: ten questions on each generated picture, answered five times by a model that looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.letters import spatialgeneval
from allocentric.bench.layouts import inline_options, without_letters
from allocentric.bench.prompts import LETTER_GIVEN, prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULE: Final = Rule(kind="choice", ask=LETTER_GIVEN, judge=spatialgeneval)
BASIC: Final = 2  # of the ten questions
NONE_OF_THEM: Final = "None"


class _Prompt(msgspec.Struct):
    id: str | int
    scene: str
    prompt: str
    question_type: list[str]
    questions: list[str]
    answers: list[str]


def read_prompts(path: Path) -> Iterator[Sample]:
    """Ten samples a prompt; the picture asked about is `ID.png` beside the file.

    Raises BadInput with file, row and field.
    """
    for row in rows(path):
        held = typed(row, _Prompt)
        if not len(held.question_type) == len(held.questions) == len(held.answers):
            raise row.wrong("answers", "there are not as many answers as questions and types")
        for number in range(len(held.questions)):
            yield _sample(row, held, number)


def _sample(row: Row, held: _Prompt, number: int) -> Sample:
    asked, letter = held.questions[number], held.answers[number].strip()[:1].upper()
    options = without_letters(inline_options(asked))
    if letter not in Expected("choice", options).letters:
        raise row.wrong("answers", f"{held.answers[number]!r} is no letter of question {number + 1}")
    expected = Expected("choice", (*options[:4], NONE_OF_THEM))
    words = asked if len(options) > 4 else f"{asked}\nE. {NONE_OF_THEM}"
    picture = str(row.path.parent / f"{held.id}.png")
    return Sample(
        prompt=prompt(f"{held.id}-{number + 1}", RULE.ask, words, expected=expected, pictures=(picture,)),
        truth=letter,
        type=held.question_type[number],
        scene=str(held.id),
        fields={RELEASED: held.answers[number], "group": "basic" if number < BASIC else "spatial"},
    )


BENCHMARK: Final = told(
    Release(
        name="spatialgeneval",
        title="SpatialGenEval",
        source="SpatialGenEval release",
        licence="not stated",
        checked="port",
        scorer="a copy, Sankalp-Savarn/SpatialGenEval ff0f0ec, scripts/spatialgeneval_stage2_acc.py",
        files=("*.jsonl",),
        notes="letters are skewed (C 46 %); right is what four of five answers of the judging model choose; "
        "the share of each type is rounded to three digits before the mean",
    ),
    read_prompts,
    RULE,
    official="vote_4_of_5",
)
