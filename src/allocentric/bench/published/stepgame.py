"""StepGame: how two agents lie to each other, after one to ten steps of a story."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row
from allocentric.bench.sample import Sample

LABELS: Final = (
    "left", "right", "above", "below", "upper-left", "upper-right", "lower-left", "lower-right", "overlap",
)  # fmt: skip
RULE: Final = Rule(kind="choice", ask="{question}\n{options}\nAnswer with the letter of the relation.")


def read_stories(path: Path) -> Iterator[Sample]:
    """The stories of one file, numbered from 1; a question stands in the line that has tabs.

    Raises BadInput with file, row and field.
    """
    story = list[str]()
    found = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = Row({}, path, number)
        place, _, words = line.strip().partition(" ")
        if not place.isdigit():
            raise row.wrong("sentence", f"{line[:40]!r} has no number before it")
        if place == "1":
            story = []
        if "\t" not in words:
            story.append(words)
            continue
        question, label, *_ = words.split("\t")
        if label not in LABELS:
            raise row.wrong("label", f"{label!r} is no relation", mend=f"use one of {', '.join(LABELS)}")
        found += 1
        yield _sample(path, found, " ".join([*story, question.strip()]), label=label)


def _sample(path: Path, number: int, words: str, *, label: str) -> Sample:
    expected = Expected("choice", LABELS)
    group = f"{path.parent.name}/{path.stem}"
    return Sample(
        prompt=prompt(f"{group}-{number}", RULE.ask, words, expected=expected, pictures=()),
        truth=expected.letters[LABELS.index(label)],
        type=f"{path.parent.name} {path.stem.split('_')[0].removeprefix('qa')}",
        condition=path.parent.name,
        fields={RELEASED: label, "group": path.parent.name},
    )


BENCHMARK: Final = told(
    Release(
        name="stepgame",
        title="StepGame, cleaned release",
        source="github.com/Fangjun-Li/SpatialLM-StepGame; first release github.com/ZhengxiangShi/StepGame",
        licence="MIT (first release); not stated (cleaned)",
        checked="paper",
        files=("*/qa*_*.txt", "qa*_*.txt"),
        notes="scored by class in the first paper: the strict reader stands in; what the cleaned "
        "release's own experiments with language models read was not compared",
    ),
    read_stories,
    RULE,
    official="mean_of_types",
)
