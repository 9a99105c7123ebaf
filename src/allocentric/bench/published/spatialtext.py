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
from allocentric.bench.judges.letters import to_the_letter
from allocentric.bench.layouts import without_letters
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULE: Final = Rule(
    kind="choices",
    ask='{question}\n{options}\nEnd with a line "Answer:" and the letters, with commas between.',
    reader="after_label",
    judge=to_the_letter,
)


class _Question(msgspec.Struct):
    question: str
    answer: str
    candidate_answers: list[str] = []
    options: list[str] | dict[str, str] = []
    question_type: str = ""
    tag: str = ""


class _Scene(msgspec.Struct):
    id: str | int | None = None
    description: str = ""
    scene_description: str = ""
    questions: list[_Question] = []


def read_scenes(path: Path) -> Iterator[Sample]:
    """The questions of one file, generated or written by people; raises BadInput with file, row and field."""
    for row in rows(path):
        scene = typed(row, _Scene)
        told = scene.description or scene.scene_description
        if not told or not scene.questions:
            raise row.wrong("questions" if told else "description", "it is not there")
        for number, each in enumerate(scene.questions, 1):
            id = f"{path.stem}/{row.number if scene.id is None else scene.id}-{number}"
            offered = each.candidate_answers or each.options
            listed = [offered[name] for name in sorted(offered)] if isinstance(offered, dict) else offered
            options = without_letters(listed)
            type = each.question_type or each.tag or "human"
            yield _sample(row, id, f"{told}\n{each.question}", options=options, answer=each.answer, type=type)


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
        checked="code",
        scorer="moon0222/SpatialText ce0d73d, evaluate.py",
        files=("data_*.json", "lsun_*.json", "*.json"),
        published={"DeepSeek-V3.2 (human set)": 0.8062},
        notes="letters are compared as written officially, so that their order counts; as a set soundly",
    ),
    read_scenes,
    RULE,
)
