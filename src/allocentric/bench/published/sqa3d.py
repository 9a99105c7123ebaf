"""SQA3D: questions in a situation, in scans of rooms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, WHOLE, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.prompts import SHORT, prompt
from allocentric.bench.records import rows, typed
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput

FIRST_WORDS: Final = ("what", "is", "how", "can", "which")
RULE: Final = Rule(kind="text", ask=SHORT, reader=WHOLE)


class _Question(msgspec.Struct):
    question_id: int
    scene_id: str
    situation: str
    question: str


class _Answer(msgspec.Struct):
    answer: str


class _Annotation(msgspec.Struct):
    question_id: int
    answers: list[_Answer]
    position: dict[str, float] = {}
    rotation: dict[str, float] = {}


def read_situations(path: Path) -> Iterator[Sample]:
    """The questions of one file, with the answers of the annotations beside it.

    Raises BadInput with file, row and field, and for a question that no annotation answers.
    """
    beside = path.with_name(path.name.replace("questions", "sqa_annotations"))
    if beside == path or not beside.is_file():
        raise BadInput("its annotations are not beside it", where=str(path), mend=f"put {beside.name} there")
    answered = {}
    for row in rows(beside, inside="annotations"):
        held = typed(row, _Annotation)
        if not held.answers:
            raise row.wrong("answers", "there is no answer")
        answered[held.question_id] = held
    for row in rows(path, inside="questions"):
        asked = typed(row, _Question)
        if asked.question_id not in answered:
            raise row.wrong("question_id", f"no annotation answers question {asked.question_id}")
        yield _sample(asked, answered[asked.question_id])


def _sample(asked: _Question, held: _Annotation) -> Sample:
    words = f"{asked.situation} {asked.question}"
    first = asked.question.split(" ")[0].lower()
    answer = held.answers[0].answer
    return Sample(
        prompt=prompt(str(asked.question_id), RULE.ask, words, expected=Expected("text"), pictures=()),
        truth=answer,
        type=first if first in FIRST_WORDS else "other",
        scene=asked.scene_id,
        fields={RELEASED: answer, "position": held.position, "rotation": held.rotation},
    )


BENCHMARK: Final = told(
    Release(
        name="sqa3d",
        title="SQA3D",
        source="github.com/SilongYong/SQA3D",
        licence="CC-BY-4.0",
        checked="code",
        scorer="SilongYong/SQA3D e4e2cec, LLM/eval_sqa3d_llm.py without its leniency",
        files=("**/v1_balanced_questions_test*.json", "**/v1_balanced_questions_*.json"),
        published={"human": 0.9006, "ScanQA": 0.4658},
        notes="right is the annotated word exactly, as for the authors' classifiers; their script for "
        "language models also takes any word that is shared, and is not followed in that",
    ),
    read_situations,
    RULE,
)
