"""How things are proportioned, lean, lie round and stand in corners: cases by hand, and laws beside them."""

from __future__ import annotations

import math
from itertools import islice

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, box

from allocentric.geometry.frames import rotation_about_up
from allocentric.questions.checker import faults_of
from allocentric.questions.families import family
from allocentric.questions.families.winding import least_angle_rad
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.questions.settle import settled
from allocentric.scene.facts import Complete
from allocentric.scene.mirror import mirrored
from allocentric.scene.scene import Footprint, Scene, Thing, scene_of
from allocentric.scene.truth import Measured
from allocentric.worlds.makers import make
from tests.quickly import quickly

ROUND = 'winding(the("sofa"), the("bed"), the("lamp"))'
OTHER_WAY = {"clockwise": "anticlockwise", "anticlockwise": "clockwise"}
spots = st.tuples(st.floats(-5, 5), st.floats(-5, 5))


def value(scene: Scene, program: str) -> object:
    found = settled(scene, program, evidence=False)
    assert isinstance(found, Measured), found
    return found.value


@given(st.lists(st.sampled_from((0.07, 0.14, 0.29, 0.3, 0.94)), min_size=3, max_size=3), st.floats(-3, 3))
def test_proportions_are_of_the_sides_sorted_however_a_thing_is_turned(size: list[float], yaw: float) -> None:
    scene = scene_of("den", [Thing(label="sofa", size=size, yaw_rad=yaw)])
    short, middle, long = sorted(size)
    wanted = {"elongation": long / middle, "flatness": middle / short, "evenness": short / long}
    for trait, ratio in wanted.items():
        assert value(scene, f'proportion(the("sofa"), trait="{trait}")') == pytest.approx(ratio)


def three(*at: tuple[float, float]) -> Scene:
    names = ("sofa", "bed", "lamp")
    return scene_of("three", [Thing(label=each, center=(*spot, 0.0)) for each, spot in zip(names, at)])


def asked(scene: Scene, name: str, count: int = 5) -> list[Question]:
    made = (each for each in questions_of(scene, family(name), seed=2) if isinstance(each, Question))
    return list(islice(made, count))


def test_east_then_north_is_anticlockwise_seen_from_above() -> None:
    assert value(three((0, 0), (4, 0), (0, 4)), ROUND) == "anticlockwise"
    assert value(three((0, 0), (0, 4), (4, 0)), ROUND) == "clockwise"


@settings(max_examples=25, deadline=None)
@given(spots, spots, spots)
def test_a_mirror_turns_the_way_round_and_another_start_does_not(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assume(least_angle_rad(np.array([a, b, c])) > 0.02 and min(map(math.dist, (a, b, c), (b, c, a))) > 0.1)
    scene = three(a, b, c)
    way = str(value(scene, ROUND))
    assert value(mirrored(scene), ROUND) == OTHER_WAY[way]
    assert value(three(b, c, a), ROUND) == way
    assert value(three(b, a, c), ROUND) == OTHER_WAY[way]


def test_a_plan_is_a_mirror_image_where_it_goes_the_other_way_round_however_it_is_turned() -> None:
    room = three((0, 0), (4, 0), (0, 2))
    plan = "winding(shape([[{}]], world()), shape([[{}]], world()), shape([[{}]], world()))"
    for spots_, wrong in (("0, 0|0, 4|-2, 0", False), ("0, 0|0, 4|2, 0", True), ("9, 9|5, 9|9, 11", True)):
        assert value(room, f"{ROUND} != {plan.format(*spots_.split('|'))}") is wrong
    flat = make("flat", 1)
    for question in asked(flat, "mirrored_plan"):
        assert value(mirrored(flat), question.program) is not question.truth


def test_a_ladder_that_is_turned_back_by_thirty_degrees_leans_by_thirty_degrees() -> None:
    angle = math.radians(30)
    lean = np.array(
        [[math.cos(angle), 0, math.sin(angle)], [0, 1, 0], [-math.sin(angle), 0, math.cos(angle)]]
    )
    for yaw_rad in (0.0, 1.0, 2.5):
        ladder = Thing(label="ladder", size=(0.1, 0.5, 2), rotation=rotation_about_up(yaw_rad) @ lean)
        assert value(scene_of("yard", [ladder]), 'tilt(the("ladder"))') == pytest.approx(angle)


@pytest.mark.parametrize(("trait", "ratio"), [("elongation", 5.0), ("flatness", 4.0), ("evenness", 0.05)])
def test_a_plank_of_two_metres_by_forty_by_ten_centimetres(trait: str, ratio: float) -> None:
    for scale in (1.0, 0.001, 1000.0):
        plank = Thing(label="plank", size=(0.4 * scale, 2.0 * scale, 0.1 * scale))
        program = f'proportion(the("plank"), trait="{trait}")'
        assert value(scene_of("yard", [plank]), program) == pytest.approx(ratio)


def _in_corner(thing: tuple[float, float], outline: Polygon) -> object:
    things = [
        Thing(label="bin", center=(*thing, 0.2), size=(0.4, 0.4, 0.4)),
        Thing(
            label="kitchen",
            kind="region",
            center=(*outline.envelope.centroid.coords[0], 1.25),
            shape=Footprint(outline, 0.0, 2.5),
        ),
    ]
    return value(scene_of("home", things), 'in_corner(the("bin"), the("kitchen"))')


def test_a_bin_is_in_a_corner_where_both_walls_are_within_half_a_metre_of_its_edges() -> None:
    square = box(0, 0, 4, 4)
    assert _in_corner((0.5, 0.5), square) is True  # 0.3 m from both
    assert _in_corner((2.0, 0.5), square) is False  # by a wall
    assert _in_corner((-0.4, -0.4), square) is False  # on the other side of the walls
    ell = Polygon([(0, 0), (4, 0), (4, 2), (2, 2), (2, 4), (0, 4)])
    assert _in_corner((1.6, 1.6), ell) is False  # where the walls turn outwards
    assert _in_corner((1.6, 3.6), ell) is True


@pytest.mark.parametrize("name", ["object_tilt", "most_tilted"])
def test_what_leans_is_asked_about_in_the_yard_of_leaning_things(name: str) -> None:
    with quickly():
        assert asked(make("leaning", 1), name, 3)
        assert list(faults_of(family(name), [make("leaning", 1)], each=4)) == []


def test_things_that_lean_stand_on_the_ground_and_touch_what_holds_them() -> None:
    for seed in range(6):
        scene = make("leaning", seed)
        for row in np.flatnonzero(scene.rotations[:, 2, 2] < 0.999).tolist():
            corners = (
                scene.centers[row]
                + (
                    np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
                    * scene.sizes[row]
                )
                @ scene.rotations[row].T
            )
            assert corners[:, 2].min() == pytest.approx(0.0, abs=1e-9)
            held = scene.names[row - 1]  # what it leans on is put up before it
            assert value(scene, f'distance(the("{scene.names[row]}"), the("{held}"))') < 1e-6  # type: ignore[operator]


def test_twice_as_far_is_two_and_the_wider_is_told_by_the_ratio_of_widths() -> None:
    things = [
        Thing(label=label, center=(x, 0, 0), size=(width, width / 2, 0.01))
        for label, x, width in (("die", 0.0, 0.012), ("coin", 0.02, 0.024), ("key", 0.04, 0.05))
    ]
    tray = scene_of("tray", things, complete=Complete())
    ratios = {each.program: each.truth for each in asked(tray, "distance_ratio", 20)}
    far, near = (f'distance(the("die"), the("{each}"), geometry="centre")' for each in ("key", "coin"))
    assert ratios[f"{far} / {near}"] == pytest.approx(2.0)
    for question in asked(tray, "scaled_width_compare", 6):
        told = question.expected.options[question.expected.letters.index(str(question.truth))]
        widths = {each.label: each.size[0] for each in things}
        assert widths[told] == max(widths[each] for each in question.expected.options)
