"""The truth of questions, held against a second, sampled reading that shares no line with the oracle."""

import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import pytest
from shapely.geometry import box

from allocentric.questions.families import FAMILIES, family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Complete, Footprint, Scene, Thing, scene_of
from allocentric.seeds import stream
from allocentric.worlds import makers
from tests.questions.second_oracle import READINGS, disagreement

SLOW_SCENES = int(os.environ.get("SECOND_ORACLE_SCENES", "10000"))


LABELS = (
    "sofa",
    "table",
    "bed",
    "lamp",
    "desk",
    "box",
    "shelf",
    "plant",
    "stool",
    "vase",
    "cup",
    "cup",
    "cup",
)


def random_scene(seed: int) -> Scene:
    """Boxes of any size and heading, on the floor and above it, that may overlap and leave the room."""
    random = stream(seed, "second oracle")
    things = [
        Thing(
            label=label,
            center=(*random.uniform(0, 6, 2), float(random.uniform(0, 2))),
            size=random.uniform(0.06, 1.6, 3),
            yaw_rad=float(random.uniform(-math.pi, math.pi)),
        )
        for label in LABELS
    ]
    room = Footprint(box(0, 0, 6, 6), 0.0, 2.5)
    things.append(Thing(label="room", kind="region", center=(3, 3, 1.25), size=(6, 6, 2.5), shape=room))
    return scene_of(f"boxes-{seed}", things, complete=Complete(), floor=box(0, 0, 6, 6))


def disagreements(scene: Scene, names: Iterable[str]) -> Iterator[str]:
    """What the second reading says otherwise of the first question of each of these families."""
    for name in names:
        made = (q for q in questions_of(scene, family(name), seed=11) if isinstance(q, Question))
        found = (disagreement(scene, question) for question in islice(made, 1))
        yield from (f"{scene.id}, {name}: {wrong}" for wrong in found if wrong is not None)


def some(seed: int) -> list[str]:
    """Four of the families, other ones for the next seed."""
    names = list(READINGS)
    return [names[(4 * seed + each) % len(names)] for each in range(4)]


def test_the_second_reading_is_of_families_that_are_there() -> None:
    assert set(READINGS) <= {each.name for each in FAMILIES}


@pytest.mark.parametrize("first", range(0, 100, 20))
def test_a_second_sampled_reading_agrees_on_a_hundred_scenes(first: int) -> None:
    seeds = range(first, first + 20)
    assert [wrong for seed in seeds for wrong in disagreements(random_scene(seed), some(seed))] == []


@pytest.mark.parametrize("name", READINGS)
def test_the_random_scenes_hold_questions_of_every_family_that_has_a_second_reading(name: str) -> None:
    made = (each for seed in range(40) for each in questions_of(random_scene(seed), family(name), seed=11))
    assert any(isinstance(each, Question) for each in made)


@pytest.mark.slow
def test_a_second_sampled_reading_agrees_on_ten_thousand_scenes() -> None:
    seeds = range(100, 100 + SLOW_SCENES)
    assert [wrong for seed in seeds for wrong in disagreements(random_scene(seed), READINGS)] == []


def test_the_second_reading_finds_centres_taken_for_surfaces() -> None:
    scene = makers.make("flat", 3)
    asked = family("abs_distance_surface")
    made = (q for q in questions_of(scene, asked, seed=1) if isinstance(q, Question))
    wrong = 0
    for question in islice(made, 10):
        centres = f'{question.program.removesuffix(")")}, geometry="centre")'
        apart = disagreement(scene, replace(question, family="abs_distance_centre", program=centres))
        wrong += apart is not None
    assert wrong >= 9


def test_the_second_reading_finds_left_taken_for_right() -> None:
    scene = makers.make("flat", 3)
    asked = family("anchored_direction_easy")
    made = list(islice((q for q in questions_of(scene, asked, seed=1) if isinstance(q, Question)), 10))
    flipped = [replace(each, truth="A" if each.truth == "B" else "B") for each in made]
    assert all(disagreement(scene, each) is None for each in made)
    assert all(disagreement(scene, each) is not None for each in flipped)
