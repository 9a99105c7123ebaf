"""Geolocation sets (IM2GPS, GWS15k and their like): where on earth a photograph was taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.points import place_in
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

NAMES: Final = {"IMG_ID": "id", "LAT": "latitude", "LON": "longitude"}
RULE: Final = Rule(
    kind="point",
    ask="{question}\nAnswer with (latitude, longitude) in degrees, south and west negative.",
    reader=place_in,
    metric="within_25_km",
    beside=("within_1_km", "within_200_km", "within_750_km", "within_2500_km"),
)


class _Photograph(msgspec.Struct):
    id: str
    latitude: float
    longitude: float


def read_photographs(path: Path) -> Iterator[Sample]:
    """The photographs of one table; raises BadInput with file, row and field."""
    for row in rows(path):
        held = typed(_renamed(row), _Photograph)
        if abs(held.latitude) > 90 or abs(held.longitude) > 180:
            raise row.wrong("latitude", "there is no such place on earth")
        yield _sample(row, held)


def _renamed(row: Row) -> Row:
    return replace(row, values={NAMES.get(name, name): value for name, value in row.values.items()})


def _sample(row: Row, held: _Photograph) -> Sample:
    truth = (held.latitude, held.longitude)
    picture = str(row.path.parent / held.id)
    question = "Where was this taken?"
    return Sample(
        prompt=prompt(held.id, RULE.ask, question, expected=Expected("point"), pictures=(picture,)),
        truth=truth,
        type="place",
        fields={RELEASED: truth},
    )


BENCHMARK: Final = told(
    Release(
        name="geolocation",
        title="Geolocation of photographs",
        source="IM2GPS3k, YFCC4k, GWS15k: tables of IMG_ID, LAT, LON",
        licence="by set",
        checked="paper",
        files=("*places*.csv", "*.csv", "*.jsonl", "*.parquet"),
        notes="the overall number is the share within 25 km; 1, 200, 750 and 2500 km stand beside",
    ),
    read_photographs,
    RULE,
)
