"""Every family on views holds before the public checker, on made flats with a walk through them."""

from __future__ import annotations

import pytest

from allocentric.questions.checker import faults_of
from allocentric.questions.families.views import ON_VIEWS
from allocentric.questions.family import Family
from allocentric.questions.needs import lacking
from tests.questions.walked import walked
from tests.quickly import quickly

# What looks from many places, or many times.
FRAMES = tuple(f"object_count_in_frames_{count}" for count in (8, 12, 16))
SLOW = ("next_best_view", "unexplored_map", *FRAMES)


@pytest.mark.parametrize(
    "family",
    [pytest.param(each, marks=[pytest.mark.slow] * (each.name in SLOW)) for each in ON_VIEWS],
    ids=lambda each: each.name,
)
def test_the_public_checker_finds_no_fault(family: Family) -> None:
    with quickly():
        assert lacking(walked(1), family.needs) is None
        assert list(faults_of(family, [walked(1)], each=4)) == []
