"""Theory of Space, cognitive maps: where everything is, and faces, as seen from the start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected, Placed
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed, whole
from allocentric.bench.sample import Sample

ASK: Final = (
    "{question}\nDraw the map as JSON: by name, its position [x, y], +x east and +y north of the start, "
    "and its facing (north, east, south, west) where it has a front."
)
RULE: Final = Rule(
    kind="map",
    ask=ASK,
    metric="tos_map",
    beside=("tos_map_direction", "tos_map_facing", "tos_map_position"),
)


class _Place(msgspec.Struct):
    position: tuple[float, float]
    facing: str | None = None


class _Run(msgspec.Struct):
    ground_truth: dict[str, _Place]
    id: str | int | None = None
    question: str = "Where is everything that you have seen?"


def read_maps(path: Path) -> Iterator[Sample]:
    """The true maps of one file: a run, or a list of runs; raises BadInput with file, row and field."""
    held = list(rows(path)) if path.suffix != ".json" or path.read_bytes()[:1] == b"[" else [whole(path)]
    yield from map(_sample, held)


def _sample(row: Row) -> Sample:
    run = typed(row, _Run)
    if not run.ground_truth:
        raise row.wrong("ground_truth", "the map is empty")
    truth = tuple(Placed(name, *each.position, each.facing) for name, each in run.ground_truth.items())
    id = f"{row.path.stem}-{row.number}" if run.id is None else str(run.id)
    expected = Expected("map", names=tuple(run.ground_truth))
    return Sample(
        prompt=prompt(id, RULE.ask, run.question, expected=expected, pictures=()),
        truth=truth,
        type="cognitive_map",
        fields={RELEASED: row.values["ground_truth"]},
    )


BENCHMARK: Final = told(
    Release(
        name="theory_of_space",
        title="Theory of Space, cognitive maps",
        source="github.com/mll-lab-nu/Theory-of-Space",
        licence="MIT",
        checked="run",
        scorer="mll-lab-nu/Theory-of-Space, a released log of cognitive maps with its scores",
        files=("*cogmap*.json", "*cogmap*.jsonl", "*.jsonl"),
    ),
    read_maps,
    RULE,
)
