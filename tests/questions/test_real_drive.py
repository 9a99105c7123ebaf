"""A real frame of a drive is asked what its file decides, and told what it lacks for the rest."""

from __future__ import annotations

from functools import cache

import pytest

from allocentric.errors import BadInput
from allocentric.questions.checker import faults
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.mixes import kinds
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from tests.real_data import folder

DECIDED = {
    "abs_distance_centre",  # by the boxes in space
    "camera_centre_distance",  # by where the camera stands
    "side_facing_camera",
    "image_left_right",  # by the boxes in the picture
    "box_2d",
}
OF_THREE = {"closest_to_camera"}  # which the picture does not show
BY_SIGHT = {
    "depth_value",
    "point_2d",
    "front_behind_depth",
    "lateral_offset",
    "depth_range",
    "camera_facing",
}  # by which way the camera looks


@cache
def drive() -> Scene:
    return read(folder("t4_driving_sample") / "t4dataset")


def made(name: str) -> dict[str, Question]:
    found = questions_of(drive(), family(name), seed=3, numbers=True)
    return {each.program: each for each in found if isinstance(each, Question)}


def test_each_type_of_the_driving_benchmarks_is_decided_or_refused() -> None:
    assert {each.family for each in kinds("surds,drivemllm")} <= DECIDED | BY_SIGHT | OF_THREE


@pytest.mark.parametrize("name", sorted(DECIDED))
def test_what_the_file_decides_is_asked_without_fault(name: str) -> None:
    asked = made(name)
    assert asked
    for each in asked.values():
        assert not list(faults(drive(), each, family(name)))


@pytest.mark.parametrize("name", sorted(BY_SIGHT))
def test_a_camera_that_is_calibrated_along_no_line_of_sight_is_named(name: str) -> None:
    """The file has both cameras upright in the vehicle's own axes: which way they look is open."""
    missing = "needs views with a camera: of CAM_FRONT@0 and CAM_BACK@0 none is known"
    with pytest.raises(BadInput, match=missing):
        made(name)


def test_truths_are_those_of_the_files_own_numbers() -> None:
    """The car at (10, 5, 1), the pedestrian at (5, -2, 0.9), the front camera at (1.5, 0, 1.8).

    In its picture the pedestrian's box ends at pixel 80, and the car's begins at 100.
    """
    view, car, pedestrian = 'view("CAM_FRONT@0")', 'the("car")', 'the("pedestrian")'
    apart = made("abs_distance_centre")
    (between,) = apart.values()
    assert between.truth == pytest.approx((5**2 + 7**2 + 0.1**2) ** 0.5, abs=1e-6)
    away = made("camera_centre_distance")[f'distance({car}, {view}, geometry="centre")']
    assert away.truth == pytest.approx((8.5**2 + 5**2 + 0.8**2) ** 0.5, abs=1e-6)
    assert made("box_2d")[f"box_in({car}, {view})"].truth == (100, 100, 200, 150)
    side = made("image_left_right")[f'relation_in({pedestrian}, {car}, {view}, axis="right")']
    assert side.expected.options["AB".index(str(side.truth))] == "left"
    assert side.margin is not None
    assert side.margin.gap == 20
    turned = made("side_facing_camera")[f'direction({view}, of({car}), sectors="four")']
    assert turned.says == "back", "the camera is 8.5 m behind the car, which faces along x, and 5 m aside"


def test_what_stands_in_for_the_vehicle_is_none_of_the_things_that_are_asked_about() -> None:
    """Its place is that of its frame, at the rear axle: the centre of the vehicle is not told."""
    assert not [each for each in made("abs_distance_centre") if "ego" in each]
