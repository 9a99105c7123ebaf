"""Answers of the oracle per CPU second, beside the slow, bounded path on the same questions, in one run.

    python benchmarks/oracle_answers.py [--json]

The questions are of the kinds of VSI-Bench (count, size, distance, direction, nearest), programs already
checked, on furnished flats made from seeds. Every run starts with scenes that remember nothing. `bare` is
the bound alone, `with proof` has margin, evidence and steps; one call a scene, and one call a question.
"""

import argparse
import itertools
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy reads it: CPU seconds are those of one core

from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.parse import parse
from allocentric.scene.scene import Scene
from allocentric.worlds.makers import maker

SCENES, RUNS, MOST_QUESTIONS = 12, 3, 400


def questions(scene: Scene) -> list[CheckedProgram]:
    """The first questions of every kind about the things of a scene."""
    names = [name for name, kind in zip(scene.names, scene.kinds, strict=True) if kind == "object"]
    labels = sorted(set(scene.labels))
    texts = [f'count(all("{label}"))' for label in labels]
    texts += [f'extent(the("{name}"), along="longest")' for name in names]
    texts += [f'distance(the("{a}"), the("{b}"))' for a, b in itertools.combinations(names, 2)][:150]
    for at, facing, to in list(itertools.permutations(names[:12], 3))[:150]:
        frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
        texts.append(f'direction(the("{to}"), {frame}, sectors="quadrants")')
    for name in names:
        options = ", ".join(f'all("{label}")' for label in labels[:4])
        texts.append(f'nearest([{options}], to=the("{name}"))')
    return [check(parse(text)) for text in texts[:MOST_QUESTIONS]]


def fresh(scene: Scene) -> Scene:
    """The same scene, with nothing remembered."""
    return replace(scene)


def slow(scene: Scene) -> Scene:
    """The same scene, told that nothing of it is exact: every answer takes the bounded path."""
    made = replace(scene)
    made.cached("exact rows", lambda: (False,) * len(made))
    made.cached("exact", lambda: False)
    return made


def rate(
    asked: list[tuple[Scene, list[CheckedProgram]]],
    *,
    proof: bool,
    single: bool = False,
    made: Callable[[Scene], Scene] = fresh,
) -> float:
    """Answers per CPU second; `single` forgets the scene before each question."""
    best = 0.0
    for _ in range(RUNS):
        scenes = [(made(scene), programs) for scene, programs in asked]
        start, count = time.process_time(), 0
        for scene, programs in scenes:
            for program in programs:
                here = fresh(scene) if single else scene
                bound, run = evaluate(program, here, proof=proof)
                finish(here, bound, run.cells)
                count += 1
        best = max(best, count / (time.process_time() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    scenes = [maker("flat").make(seed) for seed in range(SCENES)]
    asked = [(scene, questions(scene)) for scene in scenes]
    few: list[tuple[Scene, list[CheckedProgram]]] = [(s, programs[::40]) for s, programs in asked[:2]]
    measures: dict[str, Callable[[], float]] = {
        "bare, one call a scene": lambda: rate(asked, proof=False),
        "with proof, one call a scene": lambda: rate(asked, proof=True),
        "bare, one call a question": lambda: rate([(s, p[::10]) for s, p in asked], proof=False, single=True),
        "bounded twin, one call a scene": lambda: rate(few, proof=False, made=slow),
    }
    found = {name: work() for name, work in measures.items()}
    found["ratio of bare to the bounded twin"] = (
        found["bare, one call a scene"] / found["bounded twin, one call a scene"]
    )
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    things = sum(len(scene) for scene in scenes) / len(scenes)
    print(f"{sum(len(p) for _, p in asked)} questions, {len(scenes)} flats of {things:.0f} things on average")
    for name, number in found.items():
        print(f"{name:36s} {number:12,.0f}" + ("" if "ratio" in name else "  answers per CPU second"))


if __name__ == "__main__":
    main()
