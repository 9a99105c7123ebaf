"""Each family on views, on a case worked out by hand: a mirror image or a sign would not pass."""

from __future__ import annotations

import math
from itertools import islice

import pytest

from allocentric.answers.kinds import CANNOT_TELL, Placed, Value
from allocentric.questions.families import family
from allocentric.questions.families.pictures import within_reach
from allocentric.questions.families.views import ON_VIEWS
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene, Thing, scene_of
from tests.questions.small_room import camera, ring, small_room

# A family, what stands in the program that is meant, and its answer: of a choice the text of the option.
# The places are those of `small_room`: what is a metre right, at a depth of a metre, is 100 pixels right.
IN_THE_ROOM: tuple[tuple[str, tuple[str, ...], object], ...] = (
    ("camera_object_distance", ('"sofa"', "view(1)"), math.hypot(3.5, 0.5)),  # to an edge of its front
    ("camera_centre_distance", ('"sofa"', "view(1)"), math.hypot(4, 1)),
    ("depth_value", ('"sofa"', "view(3)"), 7.0),
    ("closest_to_camera", ('"lamp"', '"sofa"', '"table"', '"door"', "view(1)"), "lamp"),
    ("farthest_from_camera", ('"lamp"', '"sofa"', '"table"', '"door"', "view(1)"), "door"),
    ("depth_order", ('"lamp"', '"sofa"', '"bin"', "view(2)"), ("bin", "lamp", "sofa")),
    ("distance_change", ('distance(the("sofa"), view(2)) -',), 4.5 - math.hypot(3.5, 0.5)),
    ("camera_displacement", ("view(1)", "view(2)"), math.hypot(4, 4)),
    ("image_left_right", ('the("sofa"), the("lamp"), view(2)',), "right"),
    ("image_above_below", ('the("lamp"), the("table"), view(1)',), "above"),
    ("camera_frame_left_right", ('the("table"), the("sofa"), camera(view(1))',), "right"),
    ("camera_frame_above_below", ('the("sofa"), the("lamp"), camera(view(2))',), "below"),
    ("lateral_offset", ('offset(the("table"), camera(view(1)), axis="right") - offset(the("sofa")',), 3.0),
    ("depth_offset", ('offset(the("door"), camera(view(1)), axis="forward") - offset(the("sofa")',), 4.0),
    ("depth_range", ('the("sofa"), camera(view(1))', "edges=[1, 3]"), "over 3"),  # it is 4 ahead
    ("camera_facing", ('the("table")', "view(1)"), "west"),  # the camera looks along x, the table along y
    (
        "view_change_axes",
        ("turn_side(camera(view(1)), camera(view(2)))", "offset(view(2)"),
        "4 m right, 0 m up, 4 m ahead, turned 90 degrees left and 0 up",
    ),
    ("camera_orbit", ('"table"', "view(1), standing", "facing=view(2)"), math.acos(1 / math.sqrt(145))),
    ("scaled_camera_motion", ("direction(view(3), camera(view(1))",), "backward"),
    ("scaled_camera_distance", ('"sofa"', "view(1)"), math.hypot(4, 1)),
    ("front_behind_depth", ('"sofa"', '"door"', "view(1)"), "sofa"),
    ("side_facing_camera", ('"table"', "view(3)"), "left"),  # it faces left of the camera's way
    ("camera_camera_position", ("direction(view(2), camera(view(1))",), "front-right"),
    ("camera_object_position", ('"bin"', "view(1)"), "front-right"),
    ("camera_region_position", ('"kitchen"', "view(1)"), "left"),
    ("camera_elevation", ("relation(view(3), view(1)",), "higher"),
    ("camera_motion_direction", ("direction(view(3), camera(view(1))",), "backward"),
    ("camera_rotation", ("view(1)", "view(2)"), math.pi / 2),
    ("camera_turn_direction", ("turn_side(camera(view(1)), camera(view(2)))",), "left"),
    ("view_change", ("view(2), camera(view(1))", '"right"'), 4.0),
    ("position_matching", ('"table"', "view(2)"), "(130, 60)"),
    ("correspondence", ('"sofa"', "view(3)"), (65.71, 67.14)),  # 1 left and 0.5 down, 7 deep
    ("visibility_compare", ('"table"', "view(1)", "view(2)"), "view 1"),  # the second cuts it off
    ("perspective_taking", ('the("lamp"), of(the("sofa"))',), "front-left"),
    (
        "location_to_view",
        ('"lamp"', '"door"', '"bin"', 'standing(at=the("sofa"), facing=the("table"))'),
        "bin",
    ),
    ("spatial_imagination", ("view(3)", 'standing(at=the("sofa"), facing=the("bin"))'), "right"),
    (
        "mental_scene_rotation",
        ('"bin"', '"door"', '"lamp"', 'standing(at=the("table"), facing=the("sofa"))', '"right"'),
        "door, bin, lamp",
    ),
    ("rotation_what_if", ('"table"', "view(3)", "deg(-90)"), "left"),
    ("among_what_if", ('"table"', "view(2)", "forward=2"), "right"),
    ("around_what_if", ('"table"', "view(3)", "deg(-90)", "forward=2"), "left"),
    ("visible", ('"door"', "view(2)"), False),
    ("abstain_occluded", ('the("door"), the("lamp"), camera(view(2))',), CANNOT_TELL),
    ("abstain_perspective", ('the("lamp"), the("door"), view(1)',), "right"),
    (
        "cognitive_map",
        ('"sofa"', '"bin"', '"table"'),
        {"sofa": (0.0, 5.0, "west"), "bin": (0.0, 1.0, None), "table": (1.0, 2.0, "north")},
    ),
    ("point_2d", ('"lamp"', "view(1)"), (105.0, 10.0)),
    ("box_2d", ('"door"', "view(1)"), (70.0, 57.0, 77.0, 63.0)),  # of the face at 7.75: 70.3 to 76.8
    ("grid_cell", ('"table"', "view(2)"), "middle right"),
    ("coordinate_conversion", ('"lamp"', "view(2)"), "(-2, 1, 3.5)"),
    ("sphere_direction", ('"sofa"', "view(4)"), math.atan2(1, 4)),
    ("bfov_grounding", ('"door"', "view(4)"), tuple(math.radians(each) for each in (4, 0, 4, 4))),
    ("sphere_relation", ('"lamp"', "deg(90)"), "right"),
)
# In the ring, a picture shows 38.7 degrees to either side of 22.5 degrees times one less than its number.
IN_THE_RING: tuple[tuple[str, tuple[str, ...], object], ...] = (
    ("appearance_order", ('"plate"', '"vase"', '"clock"', '"chest"'), "plate, vase, clock, chest"),
    ("occlusion", ('hidden_by(the("ball"), view(1)) if t == the("screen")',), True),
    ("occluder", ('"ball"', "view(1)"), "screen"),
    ("action_to_view", ('"book"', "view(14)", "deg(90)"), True),  # 292.5 and 90 are 22.5, the book is at 27
    ("view_to_action", ('"plate"', "view(3)"), "turn right by 45 degrees"),  # from 45 to 0, the plate at -21
    ("next_best_view", ('the("clock"), the("chest"), camera(view(11))',), "picture 8"),
    ("object_count_in_picture", ("view(7)",), 1.0),
    ("object_count_in_frames_4", ("view(2)", "view(7)", "view(11)", "view(13)"), 2.0),
    ("object_count_in_frames_8", (), 2.0),  # the third is in the chest
    ("object_count_in_frames_12", (), 2.0),
    ("object_count_in_frames_16", (), 2.0),
    ("view_to_location", ('"screen"', "view(9)"), "screen"),  # 2 m away; the others are 4
)
ELSEWHERE = {"boundary_map", "unexplored_map", "single_image_direction_8"}  # below


def _asked(scene: Scene, name: str, parts: tuple[str, ...]) -> Question:
    """The first question of a family in whose program all these parts stand."""
    every = (each for each in islice(questions_of(scene, family(name), seed=1), 400))
    found = (
        each for each in every if isinstance(each, Question) and all(part in each.program for part in parts)
    )
    question = next(found, None)
    assert question is not None, f"{name} does not ask of {parts}"
    return question


def _told(question: Question) -> Value:
    """The truth, of a choice the text of its option."""
    asked, truth = question.expected, question.truth
    if asked.kind == "choice" and truth is not CANNOT_TELL:
        return asked.options[asked.letters.index(str(truth))]
    return truth


def _same(truth: object, meant: object) -> bool:
    if isinstance(meant, dict):
        assert isinstance(truth, tuple)
        held = {each.name: (each.x, each.y, each.facing) for each in truth if isinstance(each, Placed)}
        return held == meant
    if isinstance(meant, tuple) and meant and isinstance(meant[0], float):
        return truth == pytest.approx(meant, abs=0.006)
    return truth == (pytest.approx(meant, abs=1e-5) if type(meant) is float else meant)


@pytest.mark.parametrize(
    ("scene", "name", "parts", "meant"),
    [(small_room, *each) for each in IN_THE_ROOM] + [(ring, *each) for each in IN_THE_RING],
    ids=[each[0] for each in (*IN_THE_ROOM, *IN_THE_RING)],
)
def test_it_answers_as_one_does_by_hand(scene, name, parts, meant) -> None:  # type: ignore[no-untyped-def]
    question = _asked(scene(), name, parts)
    assert _same(_told(question), meant), (question.words, _told(question))


def test_35_degrees_to_the_left_is_front_left() -> None:
    globe = Thing(label="globe", center=(4, 2.8, 1), size=(0.2, 0.2, 0.2))
    room = scene_of("room of a globe", [globe], views=(camera("1", (0.0, 0.0, 1.0)),))
    assert _told(_asked(room, "single_image_direction_8", ('"globe"',))) == "front-left"


def test_boxes_of_ground_lie_to_the_right_and_ahead_of_the_camera() -> None:
    asked = islice(questions_of(small_room(), family("boundary_map"), seed=1), 400)
    held = next(each for each in asked if isinstance(each, Question) and each.views == ("1",))
    names = [part.split('"')[1] for part in held.program.split(" | ")]
    boxes = {
        "sofa": (8.5, 13.5, 9.5, 14.5),  # 1 to the left, 4 ahead, of (10, 10)
        "table": (11.5, 14.5, 12.5, 15.5),
        "lamp": (10.4, 11.9, 10.6, 12.1),
        "door": (9.25, 17.75, 9.75, 18.25),
    }
    assert held.truth == tuple(boxes[name] for name in names)


def test_a_cell_behind_every_camera_is_unexplored_and_one_before_it_is_not() -> None:
    """Camera 1 sees the floor from 1.7 m ahead of it, camera 3 from 2.5 m: half a metre behind camera 1."""
    asked = islice(questions_of(small_room(), family("unexplored_map"), seed=1), 40)
    known = dict[str, bool]()
    for each in asked:
        if isinstance(each, Question) and each.views[0] == "1":
            assert isinstance(each.truth, tuple)
            told = set(each.truth)
            known |= {
                text: letter in told for letter, text in zip(each.expected.letters, each.expected.options)
            }
    behind, before = ("(0, -2)", "(0, -3)", "(-1, -2)"), ("(0, 4)", "(0, 3)")
    assert [known[each] for each in behind if each in known]
    assert all(known[each] for each in behind if each in known)
    assert [known[each] for each in before if each in known]
    assert not any(known[each] for each in before if each in known)


def test_every_family_on_views_is_anchored() -> None:
    anchored = {each[0] for each in (*IN_THE_ROOM, *IN_THE_RING)} | ELSEWHERE
    assert anchored == {each.name for each in ON_VIEWS}


def test_what_holds_the_camera_is_not_within_its_reach() -> None:
    wearer = Thing(label="wearer", center=(0, 0, 1))
    behind = Thing(label="globe", center=(-3, 0, 1), size=(0.5, 0.5, 0.5))
    room = scene_of("room of a wearer", [wearer, behind], views=(camera("1", (0.0, 0.0, 1.0)),))
    assert [room.labels[row] for row in within_reach(room, room.view("1"))] == ["globe"]
