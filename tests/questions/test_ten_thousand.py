"""Every family holds before the public checker on as many random scenes as one likes: 100, or 10,000."""

from __future__ import annotations

import os
from functools import partial

import pytest

from allocentric.questions.checker import faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.families.views import ON_VIEWS
from tests.questions.drawn import drawn, fitting, looked
from tests.quickly import quickly

SCENES = int(os.environ.get("ALLO_SCENES", "100"))  # of each family; all that is promised is 10000
BLOCK = 20
ELSEWHERE = tuple(each for each in FAMILIES if each not in ON_VIEWS)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SCENES, BLOCK))
def test_no_random_scene_shows_a_fault(first: int) -> None:
    with quickly():
        for seed in range(first, first + BLOCK):
            scenes = drawn(seed)
            for family in ELSEWHERE:
                assert list(faults_of(family, fitting(scenes, family), seed=seed, each=1)) == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SCENES, BLOCK))
def test_no_random_pictures_show_a_fault(first: int) -> None:
    with quickly():
        for seed in range(first, first + BLOCK):
            scenes = (partial(looked, seed),)
            for family in ON_VIEWS:
                assert list(faults_of(family, fitting(scenes, family), seed=seed, each=1)) == []
