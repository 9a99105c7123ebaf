"""SpatialText: relations in scenes told in words (Chinese); some cannot be told from the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.layouts import without_letters
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULE: Final = Rule(
    kind="choices",
    ask='{question}\n{options}\nEnd with a line "Answer:" and the letters, with commas between.',
    reader="after_label",
)


class _Question(msgspec.Struct):
    question_type: str
    question: str
    answer: str
    candidate_answers: list[str]


class _Scene(msgspec.Struct):
    id: str | int
    description: str
    questions: list[_Question]


class _Seen(msgspec.Struct):
    """A question of the set that people wrote."""

    id: str | int
    description: str
    question: str
    answer: str
    options: dict[str, str]
    tag: str = "human"


def read_scenes(path: Path) -> Iterator[Sample]:
    """The questions of one file, generated or written by people; raises BadInput with file, row and field."""
    for row in rows(path):
        if "questions" in row.values:
            scene = typed(row, _Scene)
            for number, each in enumerate(scene.questions, 1):
                id = f"{path.stem}/{scene.id}-{number}"
                words = f"{scene.description}\n{each.question}"
                options = without_letters(each.candidate_answers)
                yield _sample(row, id, words, options=options, answer=each.answer, type=each.question_type)
        else:
            one = typed(row, _Seen)
            options = tuple(one.options[name] for name in sorted(one.options))
            words = f"{one.description}\n{one.question}"
            yield _sample(row, str(one.id), words, options=options, answer=one.answer, type=one.tag)


def _sample(row: Row, id: str, words: str, *, options: tuple[str, ...], answer: str, type: str) -> Sample:
    expected = Expected("choices", options)
    letters = tuple(sorted(re.findall("[A-Z]", answer)))
    if not letters or not set(letters) <= set(expected.letters):
        raise row.wrong("answer", f"{answer[:40]!r} is not made of the letters {', '.join(expected.letters)}")
    return Sample(
        prompt=prompt(id, RULE.ask, words, expected=expected, pictures=()),
        truth=letters,
        type=type,
        scene=f"{row.path.stem}/{row.number}",
        fields={RELEASED: answer},
    )


BENCHMARK: Final = told(
    Release(
        name="spatialtext",
        title="SpatialText",
        source="github.com/moon0222/SpatialText",
        licence="not stated",
        files=("data_*.json", "lsun_*.json", "*.json"),
        published={"DeepSeek-V3.2 (human set)": 0.8062},
        notes="the letters are compared as a set",
    ),
    read_scenes,
    RULE,
)
