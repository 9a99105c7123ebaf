"""Questions per CPU second, beside a twin that answers on the bounded path, in one run.

    python benchmarks/questions.py [--json] [--scans ADDRESS]

The questions are those of VSI-Bench's mix that geometry decides, each with its margin, options and evidence,
of furnished flats made from seeds and, with --scans, of scans in VSI-Bench's layout. The twin makes the same
questions of scenes that are told that nothing of them is exact. Every run starts with scenes that remember
nothing.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core

from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.mixes import kinds
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.worlds.makers import maker
from allocentric.worlds.read import read_all

FLATS, SCANS, RUNS, EACH = 12, 30, 3, 100
HUMAN = frozenset({"route_plan", "appearance_order"})  # of the mix, what needs pictures or a person


def fresh(scene: Scene) -> Scene:
    """The same scene, with nothing remembered."""
    return replace(scene)


def slow(scene: Scene) -> Scene:
    """The same scene, told that nothing of it is exact: every answer takes the bounded path."""
    made = replace(scene)
    made.cached("exact rows", lambda: (False,) * len(made))
    made.cached("exact", lambda: False)
    return made


def made_of(scene: Scene, name: str, each: int) -> int:
    """How many questions of a family are made of a scene, up to so many."""
    asked = family(name)
    if lacking(scene, asked.needs) is not None:
        return 0
    return sum(
        1 for _ in islice((q for q in questions_of(scene, asked, seed=1) if isinstance(q, Question)), each)
    )


def rate(
    scenes: Sequence[Scene], names: Sequence[str], *, each: int = EACH, made: Callable[[Scene], Scene] = fresh
) -> float:
    """Questions per CPU second, the best of some runs."""
    best = 0.0
    for _ in range(RUNS):
        held = [made(scene) for scene in scenes]
        start, count = time.process_time(), 0
        for scene in held:
            count += sum(made_of(scene, name, each) for name in names)
        best = max(best, count / (time.process_time() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--scans", help="a file of scans in the layout of VSI-Bench")
    told = parser.parse_args()
    names = [each.family for each in kinds("vsi") if each.family not in HUMAN]
    flats = [maker("flat").make(seed) for seed in range(FLATS)]
    found = {"flats, the whole mix": rate(flats, names)}
    found |= {f"flats, {name}": rate(flats, [name]) for name in names}
    if told.scans:
        scans = list(islice(read_all(told.scans), SCANS))
        found["scans, the whole mix"] = rate(scans, names)
    found["bounded twin, the whole mix"] = rate(flats[:2], names, each=4, made=slow)
    found["ratio to the bounded twin"] = found["flats, the whole mix"] / found["bounded twin, the whole mix"]
    if told.json:
        print(json.dumps(found))
        return
    for name, number in found.items():
        print(f"{name:40s} {number:12,.0f}" + ("" if "ratio" in name else "  questions per CPU second"))


if __name__ == "__main__":
    main()
