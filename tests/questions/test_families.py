"""Every family holds before the public checker, on made scenes."""

from __future__ import annotations

import pytest

from allocentric.questions.checker import faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.family import Family
from allocentric.questions.needs import lacking
from allocentric.worlds import makers

FLATS = [makers.make("flat", seed) for seed in range(3)]
PAGES = [makers.make("dots", seed) for seed in range(3)]
SCALES = [makers.make(each, seed) for each in ("tray", "yard", "country") for seed in range(2)]
PUZZLES = [each.make(seed) for each in makers.PUZZLES for seed in range(3)]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_the_public_checker_finds_no_fault(family: Family) -> None:
    scenes = [each for each in (*FLATS, *PAGES, *SCALES, *PUZZLES) if lacking(each, family.needs) is None]
    assert list(faults_of(family, scenes)) == []
