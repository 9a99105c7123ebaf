"""Real walks and rooms are asked about what their files tell, and each truth is that of their own numbers."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import cache
from itertools import islice

import numpy as np
import pytest

from allocentric.questions.checker import faults
from allocentric.questions.families import family
from allocentric.questions.families.views import ON_VIEWS
from allocentric.questions.family import Ask
from allocentric.questions.generate import question_of, questions_of
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.seeds import stream
from allocentric.worlds.read import read
from tests.real_data import folder

OF_CAMERAS = {
    "camera_displacement",
    "camera_camera_position",
    "camera_motion_direction",
    "camera_rotation",
    "camera_turn_direction",
    "view_change",
}
OF_THINGS = (
    "camera_centre_distance",
    "depth_value",
    "front_behind_depth",
    "camera_frame_left_right",
    "side_facing_camera",
)


@cache
def walk() -> Scene:
    """A walk with a headset: 25 posed frames, and no things."""
    return read(folder("hololens_rgbd"))


@cache
def flat() -> Scene:
    """The first picture of a recording in a furnished flat."""
    scene = read(folder("aria_digital_twin"))
    return replace(scene, views=scene.views[:1])


@cache
def room() -> Scene:
    """A scanned room, without pictures."""
    return read(folder("multiscan_scene") / "scene_00000_00.annotations.json")


def made(scene: Scene, name: str, *, count: int = 2, numbers: bool = False) -> list[Question]:
    found = questions_of(scene, family(name), seed=2, numbers=numbers)
    return list(islice((each for each in found if isinstance(each, Question)), count))


def sound(scene: Scene, name: str, *, numbers: bool = False) -> None:
    asked = made(scene, name, numbers=numbers)
    assert asked
    assert not [each for one in asked for each in faults(scene, one, family(name))]


@pytest.mark.parametrize("name", sorted(OF_CAMERAS))
def test_a_walk_without_things_is_asked_about_its_cameras(name: str) -> None:
    sound(walk(), name)


def test_what_asks_for_things_says_that_a_walk_has_none() -> None:
    lacks = {each.name: lacking(walk(), each.needs) for each in ON_VIEWS}
    assert {name for name, missing in lacks.items() if missing is None} >= OF_CAMERAS
    assert lacks["depth_value"] == "things"
    assert lacks["sphere_direction"] == "things, or walls"


def test_how_far_the_headset_went_is_how_far_its_poses_are_apart() -> None:
    root = folder("hololens_rgbd")
    rows = np.loadtxt(root / "poses.txt").reshape(-1, 4, 4)
    ids = [line.split(".")[0] for line in (root / "frames.txt").read_text().split()]
    places = dict(zip(ids, rows[:, :3, 3], strict=True))
    asked = made(walk(), "camera_displacement", count=10)
    assert len(asked) == 10
    for each in asked:
        here, there = (places[id] for id in each.views)
        assert each.truth == pytest.approx(np.linalg.norm(here - there), abs=1e-5)


@pytest.mark.parametrize("name", OF_THINGS)
def test_a_picture_of_a_real_flat_is_asked_about_its_things(name: str) -> None:
    sound(flat(), name)


def test_things_of_one_label_in_a_real_flat_are_asked_about_by_number() -> None:
    sound(flat(), "depth_value", numbers=True)
    alone = {each.program for each in made(flat(), "depth_value", count=200)}
    asked = {each.program for each in made(flat(), "depth_value", count=200, numbers=True)}
    assert len(asked) > 2 * len(alone)


def test_how_far_two_things_of_the_flat_are_apart_is_told_by_its_tables() -> None:
    """The middle of a box in its object's frame, carried by the object's pose."""
    root = folder("aria_digital_twin")
    uids = {
        str(row["instance_id"]): row for row in json.loads((root / "instances.json").read_text()).values()
    }

    def first_rows(name: str) -> dict[str, dict[str, float]]:
        with open(root / name, newline="") as file:
            rows = [
                {key.partition("[")[0]: value for key, value in row.items()} for row in csv.DictReader(file)
            ]
        return {row["object_uid"]: {k: float(v) for k, v in row.items()} for row in reversed(rows)}

    boxes, poses = first_rows("3d_bounding_box.csv"), first_rows("scene_objects.csv")

    def middle(label: str) -> np.ndarray:
        (uid,) = (uid for uid, row in uids.items() if row["category"] == label)
        box, pose = boxes[uid], poses[uid]
        local = np.array([(box[f"p_local_obj_{a}min"] + box[f"p_local_obj_{a}max"]) / 2 for a in "xyz"])
        real, axis = pose["q_wo_w"], np.array([pose[f"q_wo_{a}"] for a in "xyz"])
        turned = local + 2 * np.cross(axis, np.cross(axis, local) + real * local)
        placed: np.ndarray = turned + [pose[f"t_wo_{a}"] for a in "xyz"]
        return placed

    bookcase, refrigerator = middle("bookcase"), middle("refrigerator")
    program = 'distance(the("bookcase"), the("refrigerator"), geometry="centre")'
    asked = question_of(
        flat(),
        family("abs_distance_centre"),
        Ask(program, {"a": "bookcase", "b": "refrigerator"}),
        random=stream(1),
        place=0,
    )
    assert isinstance(asked, Question)
    assert asked.truth == pytest.approx(np.linalg.norm(bookcase - refrigerator), abs=1e-4)


@pytest.mark.parametrize("name", ["abs_distance_surface", "object_size", "anchored_direction_hard"])
def test_a_scanned_room_is_asked_about_without_fault(name: str) -> None:
    sound(room(), name)


def test_a_thing_that_is_the_only_one_of_its_label_is_called_by_that() -> None:
    """The release calls its one bag "bag.1"."""
    words = [each.words for each in made(room(), "abs_distance_surface", count=40)]
    assert [each for each in words if "the bag" in each]
    assert not [each for each in words if "bag 1" in each]


def test_how_far_two_things_of_the_room_are_apart_is_told_by_their_middles() -> None:
    path = folder("multiscan_scene") / "scene_00000_00.annotations.json"
    middles = {row["label"]: row["obb"]["centroid"] for row in json.loads(path.read_text())["objects"]}
    (asked,) = (
        each
        for each in made(room(), "abs_distance_centre", count=10_000)
        if '"bag"' in each.program and '"mop"' in each.program
    )
    assert asked.truth == pytest.approx(
        np.linalg.norm(np.subtract(middles["bag.1"], middles["mop.1"])), abs=1e-5
    )
