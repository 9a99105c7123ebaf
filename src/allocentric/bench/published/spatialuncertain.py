"""SpatialUncertain: the same questions with things in sight, partly hidden, fully hidden, or seen askew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import ABSTAINS, RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.layouts import without_letters
from allocentric.bench.prompts import LETTER, prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULE: Final = Rule(kind="choice", ask=LETTER, reader="option_ladder")
NO_TELLING: Final = re.compile(
    r"can(?:no|')?t be determined|cannot determine|can not|uncertain|unknown", re.IGNORECASE
)
DEEPEST: Final = 12


class _Question(msgspec.Struct):
    question_id: str | int
    question: str
    question_type: str
    answer_options: list[str]
    gt_answer: str
    scene_type: str = ""
    image: str = ""


def read_questions(path: Path) -> Iterator[Sample]:
    """The questions of one file, however deep they stand: scenes, their targets, clean and each occlusion.

    What two questions of one target share besides the condition makes them a pair. Raises BadInput with
    file, row and field.
    """
    for row in rows(path, inside="scenes"):
        yield from _found(row, row.values, ())


def _found(row: Row, held: Any, path: tuple[str, ...]) -> Iterator[Sample]:
    if len(path) > DEEPEST:
        raise row.wrong(".".join(path), "it is nested too deeply")
    if isinstance(held, Mapping):
        if "question_id" in held:
            yield _sample(Row(held, row.path, row.number, row.name), path)
        else:
            for name, each in held.items():
                yield from _found(row, each, (*path, str(name)))
    elif isinstance(held, list):
        for number, each in enumerate(held):
            yield from _found(row, each, (*path, str(number)))


def _sample(row: Row, path: tuple[str, ...]) -> Sample:
    held = typed(row, _Question)
    options = without_letters(held.answer_options)
    expected = Expected("choice", options, may_abstain=True)
    letter = held.gt_answer.strip()[:1].upper()
    if letter not in expected.letters:
        raise row.wrong("gt_answer", f"{held.gt_answer[:40]!r} is no letter of an option")
    condition = next((each for each in path if each in ("clean", "occlusions", "partial", "full")), "clean")
    target = path[path.index("targets") + 1] if "targets" in path[:-1] else ""
    abstains = [each for each, text in zip(expected.letters, options) if NO_TELLING.search(text)]
    pictures = (str(row.path.parent / held.image),) if held.image else ()
    return Sample(
        prompt=prompt(str(held.question_id), RULE.ask, held.question, expected=expected, pictures=pictures),
        truth=letter,
        type=held.question_type,
        scene=row.name or str(row.number),
        pair=f"{row.name or row.number}/{target}/{held.question_type}/{held.question}",
        condition=condition,
        fields={RELEASED: held.gt_answer, ABSTAINS: abstains[0] if abstains else None},
    )


BENCHMARK: Final = told(
    Release(
        name="spatialuncertain",
        title="SpatialUncertain",
        source="SpatialUncertain release",
        licence="not stated",
        files=("*.json", "*.jsonl"),
        notes="accuracy on all, on answered, coverage, and the drop from clean to hidden",
    ),
    read_questions,
    RULE,
    official="abstention",
)
