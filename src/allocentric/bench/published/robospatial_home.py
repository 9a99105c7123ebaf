"""RoboSpatial-Home: where there is room, what fits, how things lie; points and yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.points import robospatial
from allocentric.bench.prompts import BARE, prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULES: Final = {
    "yes_no": Rule(kind="yes_no", ask=BARE, judge=robospatial),
    "points": Rule(kind="points", ask=BARE, judge=robospatial, metric="first_inside"),
}


class _Record(msgspec.Struct):
    category: str
    question: str
    answer: str
    img: str | dict[str, str | None] | None = None


def read_answers(path: Path) -> Iterator[Sample]:
    """The questions of one file; outlines and points are fractions of width and height, x first.

    Raises BadInput with file, row and field.
    """
    for row in rows(path):
        yield _sample(row, typed(row, _Record))


def _sample(row: Row, held: _Record) -> Sample:
    said = held.answer.strip().lower()
    outline = () if said in ("yes", "no") else _outline(row, held.answer)
    kind = "points" if outline else "yes_no"
    place = held.img.get("path") if isinstance(held.img, dict) else held.img
    pictures = (str(row.path.parent / place),) if place else ()
    expected = Expected(RULES[kind].kind)
    return Sample(
        prompt=prompt(
            f"{row.path.stem}-{row.number}", BARE, held.question, expected=expected, pictures=pictures
        ),
        truth=outline or said == "yes",
        type=held.category,
        fields={RELEASED: held.answer, "rule": kind, "outline": outline},
    )


def _outline(row: Row, text: str) -> tuple[tuple[float, float], ...]:
    try:
        held = msgspec.json.decode(text.replace("(", "[").replace(")", "]"), type=list[tuple[float, float]])
    except msgspec.DecodeError:
        raise row.wrong("answer", f"{text[:40]!r} is neither yes, no, nor an outline") from None
    if len(held) < 3:
        raise row.wrong("answer", "an outline has three corners at least")
    return tuple(held)


BENCHMARK: Final = told(
    Release(
        name="robospatial_home",
        title="RoboSpatial-Home",
        source="github.com/chanhee-luke/RoboSpatial-Eval; data: chanhee-luke/RoboSpatial-Home",
        licence="Apache-2.0",
        checked="code",
        scorer="chanhee-luke/RoboSpatial-Eval 3af8ceb, evaluation.py",
        files=("annotations*.json", "*.json", "*.jsonl", "*.parquet"),
        notes="only the first pair of a reply is looked at; yes and no by how the reply begins",
    ),
    read_answers,
    RULES,
)
