"""Defects of published generators that concern cameras: each would be caught in ours, by a case by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from allocentric.geometry.pinhole import Pinhole
from allocentric.questions.settle import settled
from allocentric.scene.scene import Complete, Scene, Thing, View, scene_of
from allocentric.scene.truth import Measured
from allocentric.views.paths import looking

CAMERA = Pinhole(160, 120, 100.0, 100.0, 80.0, 60.0)


def view(id: str, at: tuple[float, float, float], *, yaw_deg: float, pitch_deg: float = 0.0) -> View:
    pose = looking(at, yaw_rad=math.radians(yaw_deg), pitch_rad=math.radians(pitch_deg))
    return View(id, pose, camera=CAMERA)


# The long shelf's middle is 3 m off, its near end 1.5 m; the vase's middle is 2 m off, its face 1.9 m.
ROOM = scene_of(
    "room",
    [
        Thing(label="shelf", center=(3, 0, 1), size=(3, 0.4, 0.4)),
        Thing(label="vase", center=(0, 2, 1), size=(0.2, 0.2, 0.2)),
    ],
    views=(
        view("1", (0, 0, 1), yaw_deg=0),
        view("2", (2, 1, 1), yaw_deg=30, pitch_deg=-40),
        view("3", (0, 0, 1), yaw_deg=170),
        view("4", (0, 0, 1), yaw_deg=-170),
    ),
    complete=Complete(),
)


def value(program: str, scene: Scene = ROOM) -> object:
    found = settled(scene, program)
    assert isinstance(found, Measured), found
    return found.value


def turned(one: str, other: str, scene: Scene = ROOM) -> tuple[Any, Any]:
    """To which side a camera turned between two views, and by how much or how much less than half a turn."""
    found = settled(scene, f"turn_side(camera(view({one})), camera(view({other})))")
    assert isinstance(found, Measured), found
    assert found.margin is not None
    return found.value, found.margin.gap


def test_a_turn_is_about_the_vertical_of_a_world_that_is_z_up() -> None:
    """On the world's x and z a level turn is no turn, and a nod is one."""
    assert turned("1", "2") == ("left", pytest.approx(math.radians(30)))
    nodding = replace(ROOM, views=(*ROOM.views, view("5", (0, 0, 1), yaw_deg=0, pitch_deg=40)))
    assert turned("1", "5", nodding)[1] == pytest.approx(0, abs=1e-12)


def test_a_turn_over_the_seam_is_the_short_way_round() -> None:
    assert turned("3", "4") == ("left", pytest.approx(math.radians(20)))
    assert turned("4", "3") == ("right", pytest.approx(math.radians(20)))


def test_the_change_of_view_is_from_the_first_to_the_second() -> None:
    """Swapped arguments turn left into right, and ahead into behind."""
    assert (turned("1", "2")[0], turned("2", "1")[0]) == ("left", "right")
    assert value('offset(view(2), camera(view(1)), axis="forward")') == pytest.approx(2.0)
    assert value('offset(view(2), camera(view(1)), axis="left")') == pytest.approx(1.0)
    assert value('direction(view(2), camera(view(1)), sectors="axes")') == "forward"


def test_the_closest_to_the_camera_is_by_closest_points_and_not_by_centres() -> None:
    assert value('nearest([all("shelf"), all("vase")], to=view(1))') == "shelf"
    assert value('distance(the("shelf"), view(1))') == pytest.approx(1.5)
    assert value('distance(the("vase"), view(1))') == pytest.approx(1.9)


def test_a_mirror_image_swaps_left_and_right_and_nothing_else() -> None:
    other = scene_of(
        "mirrored",
        [
            Thing(label="shelf", center=(3, 0, 1), size=(3, 0.4, 0.4)),
            Thing(label="vase", center=(0, -2, 1), size=(0.2, 0.2, 0.2)),
        ],
        views=(view("1", (0, 0, 1), yaw_deg=0), view("2", (2, -1, 1), yaw_deg=-30, pitch_deg=-40)),
        complete=Complete(),
    )
    swap = {"left": "right", "right": "left", "forward": "forward"}
    for program in (
        'direction(the("vase"), camera(view(1)), sectors="four")',
        'direction(view(2), camera(view(1)), sectors="axes")',
        'relation(the("vase"), the("shelf"), camera(view(1)), axis="right")',
    ):
        assert value(program, other) == swap[str(value(program))]
    for program in (
        'distance(the("shelf"), view(2))',
        'offset(the("shelf"), camera(view(1)), axis="forward")',
        "turn(camera(view(1)), camera(view(2)))",
    ):
        assert value(program, other) == pytest.approx(value(program))
    assert (turned("1", "2")[0], turned("1", "2", other)[0]) == ("left", "right")
