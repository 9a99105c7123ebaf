"""EarthReason-style sets: what a question implies in a picture from above, as a box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Convention, Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

RULE: Final = Rule(
    kind="box", ask="{question}\nAnswer with the box [left, top, right, bottom] in pixels.", metric="iou"
)


class _Target(msgspec.Struct):
    id: str | int
    image: str
    question: str
    bbox: tuple[float, float, float, float]
    width: int
    height: int
    category: str = "all"


def read_targets(path: Path) -> Iterator[Sample]:
    """The questions of one file; boxes are left, top, right, bottom in pixels.

    Raises BadInput with file, row and field.
    """
    for row in rows(path):
        yield _sample(row, typed(row, _Target))


def _sample(row: Row, held: _Target) -> Sample:
    left, top, right, bottom = held.bbox
    if not (0 <= left < right <= held.width and 0 <= top < bottom <= held.height):
        raise row.wrong("bbox", "the box is empty, or not in the picture")
    expected = Expected("box", convention=Convention("pixels", "xy", held.width, held.height))
    picture = str(row.path.parent / held.image)
    return Sample(
        prompt=prompt(str(held.id), RULE.ask, held.question, expected=expected, pictures=(picture,)),
        truth=held.bbox,
        type=held.category,
        scene=held.image,
        fields={RELEASED: held.bbox},
    )


BENCHMARK: Final = told(
    Release(
        name="earthreason",
        title="EarthReason-style targets",
        source="github.com/earth-insights/SegEarth-R1: masks, read as their boxes",
        licence="by set",
        checked="paper",
        files=("*.jsonl", "*.json", "*.parquet"),
        notes="the release scores masks (cIoU, gIoU); boxes are scored alike here",
    ),
    read_targets,
    RULE,
    official="cumulative_iou",
)
