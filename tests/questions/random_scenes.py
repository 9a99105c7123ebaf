"""Random scenes put to the public checker, without the types that tests execute: a line of JSON a seed.

    python -m tests.questions.random_scenes 0 10000 >> scenes.jsonl             # what needs no picture
    python -m tests.questions.random_scenes 0 10000 --pictures >> pictures.jsonl

Each line has the seed, how many families asked something, and what is wrong: a fault, or an error raised.
"""

from __future__ import annotations

import argparse
import json
from functools import cache, partial
from typing import Final

from allocentric.questions.checker import faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.families.views import ON_VIEWS
from allocentric.questions.family import Family
from tests.questions.drawn import Drawn, drawn, fitting, looked

ON_PICTURES: Final = tuple(each for each in FAMILIES if each in ON_VIEWS or "views" in each.needs)
ELSEWHERE: Final = tuple(each for each in FAMILIES if each not in ON_PICTURES)


def checked(seed: int, *, pictures: bool) -> tuple[int, list[str]]:
    """How many families have a scene of a seed that fits them, and what is wrong with them on it."""
    scenes: Drawn = (cache(partial(looked, seed)),) if pictures else drawn(seed)
    fit, wrong = 0, list[str]()
    for family in ON_PICTURES if pictures else ELSEWHERE:
        fit += bool(fitting(scenes, family))
        wrong += _faults(scenes, family, seed)
    return fit, wrong


def _faults(scenes: Drawn, family: Family, seed: int) -> list[str]:
    try:
        return list(faults_of(family, fitting(scenes, family), seed=seed, each=1))
    except Exception as error:  # it is what is looked for
        return [f"{family.name}, {seed}: {type(error).__name__}: {error}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("past", type=int)
    parser.add_argument("--pictures", action="store_true")
    told = parser.parse_args()
    for seed in range(told.first, told.past):
        fit, wrong = checked(seed, pictures=told.pictures)
        print(json.dumps({"seed": seed, "families": fit, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main()
