"""Every family holds before the public checker, on made scenes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

import pytest

from allocentric.questions.checker import faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.family import Family
from allocentric.questions.needs import lacking
from allocentric.scene.scene import Scene
from allocentric.worlds import makers
from tests.quickly import quickly

MAKERS = ("flat", "dots", "tray", "yard", "country")


@lru_cache(1_000)
def made(maker: str, seed: int) -> Scene:
    """A made scene without cameras: families on views have tests of their own."""
    scene = makers.make(maker, seed)
    return replace(scene, views=tuple(each for each in scene.views if each.camera is None))


def scenes_for(family: Family, seed: int) -> Iterator[Scene]:
    """The scenes of a seed that have what a family needs, of every maker."""
    for maker in (*MAKERS, *(each.name for each in makers.PUZZLES)):
        scene = made(maker, seed)
        if lacking(scene, family.needs) is None:
            yield scene


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_the_public_checker_finds_no_fault(family: Family) -> None:
    """Shapes and types are executed on the first scene, and not on the others."""
    assert list(faults_of(family, islice(scenes_for(family, 0), 1), each=3)) == []
    with quickly():
        assert list(faults_of(family, (*scenes_for(family, 1), *islice(scenes_for(family, 2), 1)))) == []
