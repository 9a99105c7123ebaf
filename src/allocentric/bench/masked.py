"""Records whose truth is a picture: which pixels are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from allocentric.answers.kinds import Convention, Expected
from allocentric.bench.benchmark import RELEASED, Rule
from allocentric.bench.layouts import Layout, sample_of
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows
from allocentric.bench.sample import Sample


def read_masked(path: Path, *, layout: Layout, rule: Rule, masks: str = "") -> Iterator[Sample]:
    """The samples of one file; points are fractions of the mask's width and height, x first.

    Raises BadInput with file, row and field, also for a mask that is not there.
    """
    as_text = replace(rule, kind="text")
    for row in rows(path):
        sample = sample_of(row, layout, {"*": as_text})
        name = masks.format(row=row.number - 1) if masks else str(sample.fields[RELEASED])
        file = path.parent / name
        width_px, height_px = _size(file, row, layout.answer)
        convention = Convention("fractions", "xy", width_px, height_px)
        expected = Expected(rule.kind, convention=convention)
        words = str(row.values[layout.question])
        pictures = [each.path for each in sample.prompt.pictures]
        put = prompt(sample.id, rule.ask, words, expected=expected, pictures=pictures)
        yield replace(sample, prompt=put, truth=name, fields={**sample.fields, "mask": str(file)})


def _size(file: Path, row: Row, field: str) -> tuple[int, int]:
    try:
        with Image.open(file) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError):
        mend = "put the masks of the release beside its records"
        raise row.wrong(field, f"its mask {file.name!r} is not there to read", mend=mend) from None
