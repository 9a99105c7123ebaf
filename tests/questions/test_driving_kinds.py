"""A drive is asked about as SURDS and DriveMLLM ask: depth, pixels, sides, orientation, distance."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.poses import Pose
from allocentric.questions.change import AtTime, Numbered
from allocentric.questions.checker import faults
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.places import places_in, read_looks
from allocentric.questions.making.plan import Plan
from allocentric.questions.making.set import make_set
from allocentric.questions.mixes import MIXES, kinds
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import layout
from allocentric.scene.facts import Complete
from allocentric.scene.numbered import numbered
from allocentric.scene.scene import Scene, Thing, Track, View, scene_of
from allocentric.views.picture_files import read_colour
from allocentric.views.sight import sight
from allocentric.worlds.write import write

FRONT = Pinhole(800, 450, 600.0, 600.0, 400.0, 225.0)
AHEAD = (1.0, 0.0, 0.0)


@cache
def street() -> Scene:
    """Three frames, a second apart, from a car that drives 8 m/s along a street behind a bus."""
    things = [
        Thing(label="bus", center=(24, -1, 1.6), size=(10, 2.5, 3.2), front=AHEAD),
        Thing(label="truck", center=(20, 6, 1.5), size=(6, 2.4, 3), front=AHEAD, yaw_rad=np.pi),
        Thing(label="pedestrian", center=(12, -4, 0.9), size=(0.6, 0.6, 1.8), front=AHEAD, yaw_rad=np.pi / 2),
        Thing(label="bicycle", center=(14, 3, 0.8), size=(1.8, 0.6, 1.6), front=AHEAD),
        Thing(label="car", center=(40, 5, 0.8), size=(4, 1.8, 1.6), front=AHEAD),
        Thing(label="car", center=(48, 5, 0.8), size=(4, 1.8, 1.6), front=AHEAD),
    ]
    times_s = np.array([0.0, 2.0])
    ahead = np.array([[24.0, -1.0, 1.6], [40.0, -1.0, 1.6]])
    bus = Track(row=0, times_s=times_s, centers=ahead, rotations=np.broadcast_to(np.eye(3), (2, 3, 3)).copy())
    views = tuple(
        View(
            f"front-{at}",
            Pose(BODY_FROM_CAMERA, np.array([8.0 * at, 0.0, 1.6])),
            camera=FRONT,
            time_s=1.0 * at,
        )
        for at in range(3)
    )
    return scene_of("street", things, views=views, tracks=(bus,), complete=Complete())


def _made(kind: str, tmp_path: Path) -> dict[str, list[object]]:
    write(street(), tmp_path / "street.json")
    plan = Plan(
        places=places_in([str(tmp_path / "street.json")], [], seed=3), wanted=kinds(kind), count=40, seed=3
    )
    make_set(plan, tmp_path / "set", layout("jsonl"))
    held = dict[str, list[object]]()
    for file in sorted((tmp_path / "set").rglob("*.jsonl")):
        for line in file.read_text().splitlines():
            row = json.loads(line)
            held.setdefault(row["type"], []).append(row)
    return held


@pytest.mark.parametrize("kind", ["surds", "drivemllm"])
def test_every_type_is_asked_of_a_drive(kind: str, tmp_path: Path) -> None:
    assert set(_made(kind, tmp_path)) == {each.type for each in MIXES[kind]}


def test_the_depth_of_what_drives_ahead_is_told_at_the_time_of_the_frame() -> None:
    """The bus keeps 24 m ahead of the car of the first frame, which drives as fast."""
    asked = (each for each in questions_of(street(), family("depth_value"), seed=1))
    found = {
        each.views[0]: each.truth for each in asked if isinstance(each, Question) and '"bus"' in each.program
    }
    assert found
    assert set(found.values()) == {24.0}


def test_things_of_one_label_are_told_apart_by_numbers() -> None:
    """Car 1 is 40 m ahead of where the first frame was taken."""
    asked = questions_of(street(), family("depth_value"), seed=1, numbers=True)
    found = {each.program: each for each in asked if isinstance(each, Question) and "car" in each.program}
    first = found['offset(the("car 1"), camera(view("front-0")), axis="forward")']
    assert first.truth == 40.0
    assert first.changes == (Numbered(), AtTime(0.0))
    assert "car 1" in first.words
    assert "the car 1" not in first.words
    assert not list(faults(street(), first, family("depth_value")))


def test_kinds_that_count_have_no_use_for_numbers() -> None:
    """Without numbers nothing changes: the two cars are not asked about one by one."""
    asked = questions_of(street(), family("depth_value"), seed=1)
    assert not [each for each in asked if isinstance(each, Question) and "car" in each.program]


def test_pictures_show_the_numbers_that_questions_speak_of(tmp_path: Path) -> None:
    write(street(), tmp_path / "street.json")
    places = places_in([str(tmp_path / "street.json")], [], seed=3)
    plan = Plan(places=places, wanted=kinds("surds"), count=12, seed=3, looks=read_looks("scene"))
    make_set(plan, tmp_path / "set", layout("jsonl"), pictures=True)
    rows = [
        json.loads(line) for line in (tmp_path / "set" / "questions-00000.jsonl").read_text().splitlines()
    ]
    shown = {each for row in rows for each in row["pictures"]}
    assert shown
    assert all(each.startswith("scenes/street/numbered/") for each in shown)
    plain, marked = (
        read_colour(tmp_path / "set/scenes/street" / of / "front-0.png") for of in ("images", "numbered")
    )
    changed_px = np.argwhere((plain != marked).any(axis=2))
    seen = sight(numbered(street()), street().views[0]).picture
    assert len(changed_px)
    assert {street().labels[row] for row in seen[tuple(changed_px.T)] if row >= 0} >= {"car"}
