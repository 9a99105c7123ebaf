"""The page of shapes and ways: its maker's promises, and the truth of its questions by a second solver."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import shapely

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.mixes import MIXES
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.questions.twins import twins_of
from allocentric.scene.scene import Footprint, Scene
from allocentric.worlds.makers import make

SEEDS = range(12)


def ways(scene: Scene) -> list[shapely.LineString]:
    return [each.polygon for each in scene.shapes if isinstance(each, Footprint)]


def asked(scene: Scene, name: str) -> list[Question]:
    return [each for each in questions_of(scene, family(name), seed=5) if isinstance(each, Question)]


def right(question: Question) -> str:
    return question.expected.options[question.expected.letters.index(str(question.truth))]


@pytest.mark.parametrize("seed", SEEDS)
def test_shapes_stand_apart_on_whole_coordinates_and_ways_cross_nothing(seed: int) -> None:
    scene = make("dots", seed)
    spots = [tuple(at) for label, at in zip(scene.labels, scene.centers[:, :2].tolist()) if label != "way"]
    assert all(each == (round(each[0]), round(each[1])) for each in spots)
    assert all(math.dist(a, b) >= 2 for a, b in itertools.combinations(spots, 2))
    assert not any(a.crosses(b) for a, b in itertools.combinations(ways(scene), 2))
    for way in ways(scene):
        ends = {tuple(each) for each in way.coords}
        assert all(way.distance(shapely.Point(each)) > 0.5 for each in spots if each not in ends)
    assert shapely.line_merge(shapely.union_all(ways(scene))).is_valid
    assert len({tuple(each) for way in ways(scene) for each in way.coords}) == len(spots)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shortest_way_is_as_long_as_relaxing_every_way_over_and_over_finds_it(seed: int) -> None:
    scene = make("dots", seed)
    at = {label: tuple(place) for label, place in zip(scene.labels, scene.centers[:, :2].tolist())}
    for question in asked(scene, "page_path")[:6]:
        stops = right(question).split(", ")
        length = sum(math.dist(at[a], at[b]) for a, b in itertools.pairwise(stops))
        away = {spot: math.inf for label, spot in at.items() if label != "way"} | {at[stops[0]]: 0.0}
        for _ in at:
            for way in ways(scene):
                a, b = (tuple(each) for each in way.coords)
                away[a] = min(away[a], away[b] + way.length)
                away[b] = min(away[b], away[a] + way.length)
        assert length == pytest.approx(away[at[stops[-1]]], abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS[:4])
def test_a_tour_is_the_shortest_of_all_orders(seed: int) -> None:
    scene = make("dots", seed)
    at = {label: tuple(place) for label, place in zip(scene.labels, scene.centers[:, :2].tolist())}
    for question in asked(scene, "shortest_tour")[:4]:
        stops = right(question).split(", ")
        start = question.program.split('start=the("')[1].split('"')[0]

        def length(order: tuple[str, ...], start: str = start) -> float:
            return sum(math.dist(at[a], at[b]) for a, b in itertools.pairwise((start, *order)))

        assert length(tuple(stops)) == pytest.approx(min(map(length, itertools.permutations(stops))))


def test_a_place_is_where_the_scene_has_it_and_a_distance_is_a_bare_number() -> None:
    scene = make("dots", 2)
    for question in asked(scene, "page_location"):
        name = question.program.split('the("')[1].split('"')[0]
        x, y = scene.centers[scene.labels.index(name), :2]
        assert right(question) == f"({x:g}, {y:g})"
    for question in asked(scene, "page_distance")[:5]:
        a, b = (scene.labels.index(each) for each in question.program.split('"')[1:4:2])
        assert question.truth == pytest.approx(np.linalg.norm(scene.centers[a] - scene.centers[b]), abs=1e-6)
        assert question.expected.unit is None
        assert not question.says.endswith("m")


@pytest.mark.parametrize("name", ["page_distance", "page_location", "page_path"])
def test_a_place_that_is_not_known_leaves_a_page_untold(name: str) -> None:
    scene = make("dots", 2)
    twins = {each.twin: each for each in twins_of(scene, asked(scene, name)[0], seed=1)}
    assert (twins["withheld"].truth, twins["withheld"].reason) == (CANNOT_TELL, "not_placed")
    assert name == "page_path" or twins["kept"].answerable


def test_a_mirror_moves_a_thing_off_the_coordinates_that_are_offered() -> None:
    scene = make("dots", 3)
    twins = {
        each.twin for question in asked(scene, "page_location") for each in twins_of(scene, question, seed=1)
    }
    assert "mirrored" not in twins
    assert "withheld" in twins


def test_every_type_of_sparkle_can_be_asked_of_a_page() -> None:
    scene = make("dots", 4)
    assert [lacking(scene, family(each.family).needs) for each in MIXES["sparkle"]] == [None] * 5
    assert all(asked(scene, each.family) for each in MIXES["sparkle"])
