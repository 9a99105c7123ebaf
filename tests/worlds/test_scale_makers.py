"""The made worlds from millimetres to kilometres, and the units in which one asks about them."""

from __future__ import annotations

import math
from itertools import islice, pairwise

import numpy as np
import pytest

from allocentric.questions.families import family
from allocentric.questions.families.scaled import fitting_unit, typical_gap_m
from allocentric.questions.generate import questions_of
from allocentric.questions.mixes import MIXES
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.worlds.makers import make
from tests.quickly import quickly

SCALES = ("tray", "yard", "country")
TYPES = {each.type: each.family for each in MIXES["spacevista"]}


def asked(scene: Scene, name: str, count: int = 5) -> list[Question]:
    made = (each for each in questions_of(scene, family(name), seed=2) if isinstance(each, Question))
    return list(islice(made, count))


@pytest.mark.parametrize("name", SCALES)
def test_what_is_strewn_lies_on_the_ground_in_whole_grains_and_some_of_it_is_told_apart(name: str) -> None:
    grain_m = {"tray": 1e-4, "yard": 1e-2, "country": 1e-1}[name]
    for seed in range(10):
        scene = make(name, seed)
        assert (scene.centers[:, 2] == scene.sizes[:, 2] / 2).all()
        for held in (scene.sizes, scene.centers[:, :2]):
            assert np.abs(held / grain_m - np.rint(held / grain_m)).max() < 1e-6
        assert sum(scene.labels.count(each) == 1 for each in scene.labels) >= 3


def test_five_scales_lie_apart_by_a_factor_of_three_or_more_each() -> None:
    gaps_m = [typical_gap_m(make(each, 1)) for each in ("tray", "tabletop", "flat", "yard", "country")]
    assert all(later > 3 * earlier for earlier, later in pairwise(gaps_m))
    assert [fitting_unit(each) for each in gaps_m] == ["mm", "cm", "m", "m", "km"]


@pytest.mark.parametrize(
    ("name", "unit", "word"), [("tray", "mm", "millimetres"), ("country", "km", "kilometres")]
)
def test_lengths_are_asked_in_the_unit_that_fits_and_are_held_in_metres(
    name: str, unit: str, word: str
) -> None:
    scene = make(name, 3)
    for question in asked(scene, "scaled_distance"):
        a, b = (scene.labels.index(each) for each in question.program.split('"')[1:4:2])
        assert question.truth == pytest.approx(np.linalg.norm(scene.centers[a] - scene.centers[b]), abs=1e-6)
        assert question.expected.unit == unit
        assert word in question.words
        assert question.says.endswith(f" {unit}")


def test_vsi_keeps_its_own_units_at_every_scale() -> None:
    scene = make("tray", 3)
    assert {each.expected.unit for each in asked(scene, "object_height") + asked(scene, "object_size")} <= {
        "cm"
    }


@pytest.mark.parametrize("name", SCALES)
def test_cameras_are_level_and_look_at_the_ground_before_them(name: str) -> None:
    assert len(make(name, 4).views) == 10
    for view in make(name, 4).views:
        rotation, at = view.world_from_camera.rotation, view.world_from_camera.translation_m
        assert np.allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(rotation) == pytest.approx(1.0)
        assert rotation[2, 0] == 0.0  # its right is level
        assert rotation[2, 1] < 0  # its down is down
        assert rotation[2, 2] < 0 < at[2]


@pytest.mark.parametrize("name", SCALES)
def test_every_type_but_the_size_of_rooms_can_be_asked_where_there_are_pictures(name: str) -> None:
    missing = [each for each, of in TYPES.items() if lacking(make(name, 1), family(of).needs) is not None]
    assert missing == ["ROOM_SIZE"]
    with quickly():
        for type in TYPES.keys() - {"ROOM_SIZE"}:
            assert any(asked(make(name, seed), TYPES[type], 1) for seed in range(1, 9)), type


def test_the_north_of_a_direction_is_that_of_the_scene() -> None:
    scene = make("yard", 6)
    for question in asked(scene, "scaled_direction", 8):
        to, at = (scene.labels.index(each) for each in question.program.split('"')[1:4:2])
        x, y = (scene.centers[to] - scene.centers[at])[:2]
        clockwise = math.degrees(scene.north.middle_rad - math.atan2(y, x)) % 360
        names = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
        told = question.expected.options[question.expected.letters.index(str(question.truth))]
        assert told == names[round(clockwise / 45) % 8]


@pytest.mark.parametrize(("name", "unit"), [("tray", "mm"), ("yard", "m"), ("country", "km")])
def test_the_depth_of_a_thing_is_how_far_it_is_along_the_view(name: str, unit: str) -> None:
    scene = make(name, 1)
    for question in asked(scene, "scaled_depth", 3):
        row = scene.labels.index(question.program.split('"')[1])
        pose = scene.view(question.views[0]).world_from_camera
        ahead = float((scene.centers[row] - pose.translation_m) @ pose.rotation[:, 2])
        assert question.truth == pytest.approx(ahead, abs=1e-6)
        assert question.expected.unit == unit
