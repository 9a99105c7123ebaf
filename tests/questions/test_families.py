"""Every family holds before the public checker, on 100 random scenes; `random_scenes` puts more to it."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
from functools import cache

import pytest

from allocentric.questions.checker import faults_of
from allocentric.questions.family import Family
from tests.questions.drawn import drawn, fitting
from tests.questions.random_scenes import ELSEWHERE, ON_PICTURES
from tests.quickly import quickly

HERE = pathlib.Path(__file__).resolve().parents[2]
BLOCK = 25
BLOCKS = range(0, 100, BLOCK)

scenes_of = cache(drawn)


@pytest.mark.parametrize("family", ELSEWHERE, ids=lambda each: each.name)
def test_the_public_checker_finds_no_fault(family: Family) -> None:
    """Shapes and types are executed on the first scene, and not on the other."""
    assert fitting(scenes_of(0), family)
    assert list(faults_of(family, fitting(scenes_of(0), family), each=1)) == []
    with quickly():
        assert list(faults_of(family, fitting(scenes_of(1), family))) == []


@pytest.mark.parametrize("first", BLOCKS)
def test_no_random_scene_shows_a_fault(first: int) -> None:
    assert put_to_the_checker(first) == [(seed, len(ELSEWHERE), []) for seed in range(first, first + BLOCK)]


@pytest.mark.parametrize("first", BLOCKS)
def test_no_random_pictures_show_a_fault(first: int) -> None:
    found = put_to_the_checker(first, "--pictures")
    assert [(seed, wrong) for seed, _, wrong in found] == [(seed, []) for seed in range(first, first + BLOCK)]
    assert all(families >= len(ON_PICTURES) - 3 for _, families, _ in found)  # three need sixteen pictures


def put_to_the_checker(first: int, *options: str) -> list[tuple[int, int, list[str]]]:
    """What `random_scenes` says of a block of seeds, in a process that executes no types."""
    command = [
        sys.executable,
        "-m",
        "tests.questions.random_scenes",
        str(first),
        str(first + BLOCK),
        *options,
    ]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
    lines = [json.loads(each) for each in done.stdout.splitlines()]
    return [(each["seed"], each["families"], each["wrong"]) for each in lines]
