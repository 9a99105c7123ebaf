"""What two or three looks at a small room tell, worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.meshes import box_mesh, joined
from allocentric.geometry.panorama import Panorama
from allocentric.geometry.pinhole import Pinhole
from allocentric.oracle.known import known_from
from allocentric.oracle.known_space import seen_from, space_of, within
from allocentric.oracle.next_view import best_next_view, next_views
from allocentric.query.ask import ask
from allocentric.query.check import check
from allocentric.query.parse import parse
from allocentric.query.proof import settling_views
from allocentric.scene.file import from_json, to_json
from allocentric.scene.scene import Complete, Footprint, Scene, Thing, View, scene_of
from allocentric.scene.truth import Undetermined
from allocentric.views.paths import looking, looking_at
from allocentric.worlds.makers import make
from tests.oracle.told import reason, told, value

EYE = Pinhole(320, 240, 240, 240, 160, 120)


def two_rooms(*more: Thing) -> Scene:
    """Two rooms of 4 m by 4 m side by side, a wall with a gap between; a box with a ball behind it."""

    def room(name: str, west: float) -> Thing:
        outline = Footprint(shapely.box(west, 0, west + 4, 4), 0, 2.5)
        return Thing(label=name, kind="region", center=(west + 2, 2, 1.25), size=(4, 4, 2.5), shape=outline)

    things = [
        room("kitchen", 0),
        room("bedroom", 4.1),
        Thing(label="wall", kind="structure", center=(4.05, 1.8, 1.25), size=(0.1, 3.6, 2.5)),
        Thing(label="crate", center=(2, 2, 0.4), size=(0.8, 0.8, 0.8)),
        Thing(label="ball", center=(2, 2.8, 0.1), size=(0.2, 0.2, 0.2)),
        Thing(label="cup", center=(2.1, 2.1, 0.85), size=(0.1, 0.1, 0.1)),
        Thing(label="bed", center=(6.5, 2, 0.3), size=(1.4, 2, 0.6)),
        *more,
    ]
    views = (
        View("south", looking_at((2, 0.1, 1), (2, 2, 0.6)), camera=EYE),
        View("north", looking_at((2, 3.9, 1), (2, 2, 0.6)), camera=EYE),
        View("west", looking_at((0.1, 2, 1.6), (2, 2, 0.6)), camera=EYE),
        View("away", looking((2, 0.1, 1), yaw_rad=-math.pi / 2), camera=EYE),
        *(
            View(f"around {row}", looking(at, yaw_rad=0.0), camera=Panorama(512, 256))
            for row, at in enumerate([(x, y, z) for x in (0.3, 3.7) for y in (0.3, 3.3) for z in (0.5, 2.2)])
        ),
        View("bedside", looking((4.5, 3.5, 1.6), yaw_rad=0.0), camera=Panorama(512, 256)),
    )
    floor = shapely.union_all(
        [shapely.box(0, 0, 4, 4), shapely.box(4.1, 0, 8.1, 4), shapely.box(4, 3.6, 4.1, 4)]
    )
    return scene_of("rooms", things, views=views, floor=floor, complete=Complete())


ROOMS = two_rooms()
KITCHEN = [each.id for each in ROOMS.views if each.id.startswith("around")]


def test_what_is_seen_is_known_as_it_is_and_what_is_behind_it_is_hidden() -> None:
    seen = known_from(ROOMS, ["south"])
    assert value(seen, 'extent(the("crate"), along="height")') == pytest.approx(0.8)
    asked = ask(seen, 'distance(the("crate"), the("ball"))')
    assert reason(seen, 'distance(the("crate"), the("ball"))') == "hidden"
    assert "'ball' is hidden by 'crate' in view 'south'" in str(asked)
    assert "look from view 'north' too" in str(asked)


def test_what_no_picture_shows_was_never_seen() -> None:
    seen = known_from(ROOMS, ["south", "away"])
    assert reason(seen, 'extent(the("bed"), along="height")') == "never_seen"
    assert "outside the field of view" in str(told(known_from(ROOMS, ["away"]), 'volume(the("crate"))'))


def test_what_was_not_seen_is_in_no_set_and_a_set_is_open() -> None:
    seen = known_from(ROOMS, ["south"])
    assert reason(seen, 'count(all("ball"))') == "not_complete"
    assert ask(seen, 'count(all("crate"))').to_json()["answer"] == {
        "kind": "count",
        "value": None,
        "unit": None,
        "low": 1,
        "high": None,
    }
    assert "ball" not in ask(seen, "all()").to_json()["answer"]["possible"]
    assert value(seen, 'exists(all("crate"))') is True
    nearest = told(seen, 'nearest(all("ball"), to=the("crate"))')
    assert isinstance(nearest, Undetermined)
    assert nearest.detail == "no ball is known, and there may be some"


def test_a_name_that_the_whole_scene_lacks_is_an_error_with_the_near_miss() -> None:
    seen = known_from(ROOMS, ["south"])
    with pytest.raises(UnknownName, match="crate"):
        told(seen, 'volume(the("crat"))')
    with pytest.raises(UnknownName):
        told(seen, 'volume(the("lamp"))')
    with pytest.raises(UnknownName, match="south"):
        known_from(ROOMS, ["soth"])


def test_the_one_of_a_name_is_the_one_of_the_whole_scene() -> None:
    rooms = two_rooms(Thing(label="crate", center=(6.5, 3.7, 0.1), size=(0.2, 0.2, 0.2)))
    assert reason(known_from(rooms, ["south"]), 'volume(the("crate"))') == "ambiguous"


def test_where_all_was_looked_at_what_was_not_seen_is_not() -> None:
    seen = known_from(ROOMS, KITCHEN)
    assert seen.complete is not None
    assert seen.complete.region is not None
    assert reason(seen, 'volume(the("bed"))') in ("hidden", "never_seen")
    assert value(seen, 'inside(the("bed"), the("kitchen"))') is False
    assert value(seen, 'count({t for t in all("bed") if inside(t, the("kitchen"))})') == 0
    assert value(seen, 'count({t for t in all("cup") if inside(t, the("kitchen"))})') == 1
    assert value(seen, 'count(on(the("crate")))') == 1
    assert reason(seen, 'count(all("cup"))') == "not_complete"
    assert reason(seen, 'count({t for t in all("cup") if inside(t, the("bedroom"))})') is not None


def test_what_was_not_seen_is_at_least_as_far_as_where_all_was_looked_at_ends() -> None:
    seen = known_from(ROOMS, KITCHEN)
    low = ask(seen, 'distance(the("bed"), the("cup"))').to_json()["answer"]["low"]
    assert 1.5 < low <= value(ROOMS, 'distance(the("bed"), the("cup"))')
    assert value(seen, 'distance(the("bed"), the("cup")) > 1') is True
    assert value(seen, 'touching(the("bed"), the("crate"))') is False


def test_no_place_of_a_thing_that_is_withheld_is_ever_said_to_be_complete() -> None:
    pin = Thing(label="pin", center=(1, 1, 0.01), size=(0.001, 0.001, 0.02))  # too small for any picture
    seen = known_from(two_rooms(pin), KITCHEN)
    assert seen.complete is not None
    assert seen.complete.region is not None
    assert not seen.complete.region.intersects(shapely.Point(1, 1))
    assert reason(seen, 'count({t for t in all("pin") if inside(t, the("kitchen"))})') is not None


def test_depth_bounds_a_thing_by_its_seen_faces_and_by_the_space_around_it() -> None:
    seen = known_from(ROOMS, ["south"], "depth")
    row = seen.row("crate")
    crate = ask(seen, 'extent(the("crate"), along="height")').to_json()["answer"]
    assert crate["low"] > 0.7
    assert crate["high"] == pytest.approx(0.8, abs=1e-3)  # from the floor to the top that is seen
    slack = np.abs(seen.slack_axes[row] @ np.diag(seen.center_slacks[row])).sum(axis=1)
    assert slack[1] > 0.01  # how far its back reaches, is not seen
    around = known_from(ROOMS, KITCHEN, "depth")
    assert (around.center_slacks[row] < 0.03).all()
    assert (np.abs(around.centers[row] - ROOMS.centers[row]) < 0.03).all()


def test_pictures_from_two_places_bound_a_place_and_one_does_not() -> None:
    one, two = known_from(ROOMS, ["west"], "picture"), known_from(ROOMS, ["west", "north"], "picture")
    row = ROOMS.row("cup")
    assert np.isinf(one.center_slacks[row]).all()
    assert reason(one, 'distance(the("cup"), view("west"))') == "not_placed"
    assert (two.center_slacks[row] < 0.2).all()
    assert (np.abs(two.centers[row] - ROOMS.centers[row]) <= two.center_slacks[row]).all()
    assert two.complete is None
    boxes = {each.view: each.box_px for each in two.sightings if each.row == row}
    assert set(boxes) == {"west", "north"}
    assert boxes["west"] is not None


def test_a_mesh_keeps_its_shape_and_has_its_place_within_bounds() -> None:
    legs = box_mesh(np.array([0.1, 0.1, 0.7]))
    top = box_mesh(np.array([1.0, 1.0, 0.05])).moved(np.eye(3), np.array([0, 0, 0.325]))
    table = joined([legs, top]).moved(np.eye(3), np.array([1.0, 3.0, 0.35]))
    rooms = two_rooms(Thing(label="table", center=(1, 3, 0.35), size=(1, 1, 0.7), shape=table))
    seen = known_from(rooms, KITCHEN, "depth")
    row = seen.row("table")
    assert seen.shapes[row] is not None
    truth, bound = (ask(each, 'distance(the("table"), the("crate"))') for each in (rooms, seen))
    low, high = (bound.to_json()["answer"][end] for end in ("low", "high"))
    assert low - 1e-9 <= truth.value <= high + 1e-9


def test_views_add_up_one_by_one_or_at_once() -> None:
    at_once = known_from(ROOMS, ["south", "north"])
    step = known_from(known_from(ROOMS, ["south"]), ["north"])
    assert step.knowledge == at_once.knowledge
    assert step.parent is ROOMS
    assert (step.center_slacks == at_once.center_slacks).all()


def test_what_is_known_is_kept_in_a_file() -> None:
    seen = known_from(ROOMS, ["south"], "depth")
    back = from_json(to_json(seen))
    assert back.knowledge == seen.knowledge
    for text in ('volume(the("crate"))', 'volume(the("ball"))', 'count(on(the("crate")))'):
        assert told(back, text) == told(seen, text)


def test_the_best_next_view_shows_the_most_space_that_was_not_seen() -> None:
    seen = known_from(ROOMS, KITCHEN)
    ranked = next_views(seen, ["south", "bedside"])
    assert [each.view.id for each in ranked] == ["bedside", "south"]
    assert ranked[0].things == ("bed",)
    assert 20 < ranked[0].space < 4 * 4.1 * 2.6
    assert best_next_view(seen).view.id == "bedside"
    assert best_next_view(ROOMS, ["away", "bedside"]).view.id == "bedside"
    with pytest.raises(BadInput, match="no other view"):
        best_next_view(known_from(ROOMS, ROOMS.views))


def test_the_views_that_settle_are_found_by_trying() -> None:
    seen = known_from(ROOMS, ["south"])
    program = check(parse('distance(the("crate"), the("ball"))'))
    found = settling_views(program, seen, ["away", "north", "bedside", "around 2"])
    assert set(found) == {"north", "around 2"}
    assert settling_views(program, known_from(ROOMS, ["south", "north"])) == ()
    assert settling_views(program, ROOMS) == ()


def test_a_remedy_names_the_view_that_was_found_by_trying() -> None:
    answer = ask(known_from(ROOMS, ["south"]), "How far is the crate from the bed?")
    remedy = answer.to_json()["undetermined"]["remedy"]
    assert remedy == "look from view 'bedside' too"


def test_only_space_can_be_looked_at_and_an_id_stands_for_one_view() -> None:
    with pytest.raises(BadInput, match="page"):
        known_from(replace(ROOMS, space="page"), [])
    with pytest.raises(BadInput, match="another view"):
        known_from(ROOMS, [replace(ROOMS.view("south"), camera=Panorama(64, 32), size_px=None)])


@pytest.mark.parametrize("seed", [0, 1])
def test_the_voxels_that_a_view_sees_are_those_with_nothing_before_them(seed: int) -> None:
    """The slow twin: from the eye to each middle, box by box, in plain arithmetic."""
    flat = make("flat", seed)
    assert flat.floor is not None
    at = flat.floor.representative_point()
    view = View("here", looking((at.x, at.y, 1.5), yaw_rad=1.0, pitch_rad=-0.3), camera=EYE)
    space, fast = space_of(flat), seen_from(flat, view)
    random = np.random.default_rng(seed)
    some = random.choice(len(space.middles), size=400, replace=False)
    for place in some.tolist():
        point = space.middles[place]
        expected, close = slow_seen(flat, view, point)
        if not close:
            assert fast.reshape(-1)[place] == expected, point


def slow_seen(scene: Scene, view: View, point: np.ndarray) -> tuple[bool, bool]:
    """Whether a view sees a point, and whether that is too close to call."""
    eye, turn = view.world_from_camera.translation_m, view.world_from_camera.rotation
    x, y, z = turn.T @ (point - eye)
    if z <= 0:
        return False, False
    u, v = EYE.fx_px * x / z + EYE.cx_px, EYE.fy_px * y / z + EYE.cy_px
    if not (0 <= u < EYE.width_px and 0 <= v < EYE.height_px):
        return False, False
    close, seen = False, True
    for row, kind in enumerate(scene.kinds):
        if kind == "region":
            continue
        start, end = ((each - scene.centers[row]) @ scene.rotations[row] for each in (eye, point))
        depth = _share_within(start, end, scene.sizes[row] / 2)
        close |= abs(depth) < 1e-4
        seen &= depth <= 0
    return bool(seen), bool(close)


def _share_within(start: np.ndarray, end: np.ndarray, half: np.ndarray) -> float:
    """How long, as a share of the way from start to end, it is in a box; below 0 by how much it misses."""
    first, last = 0.0, 1.0
    for axis in range(3):
        way = end[axis] - start[axis]
        if abs(way) < 1e-12:
            if abs(start[axis]) > half[axis]:
                return -1.0
            continue
        ends = sorted(((-half[axis] - start[axis]) / way, (half[axis] - start[axis]) / way))
        first, last = max(first, ends[0]), min(last, ends[1])
    return float(last - first)


def test_voxels_are_within_a_thing_where_their_middle_is() -> None:
    rooms, space = ROOMS, space_of(ROOMS)
    rows = [ROOMS.row("crate"), ROOMS.row("bed")]
    solids = {row: (-rooms.sizes[row] / 2, rooms.sizes[row] / 2) for row in rows}
    expected = np.zeros(len(space.middles), dtype=bool)
    for row in rows:
        expected |= (np.abs(space.middles - rooms.centers[row]) <= rooms.sizes[row] / 2).all(axis=1)
    assert (within(rooms, solids).reshape(-1) == expected).all()
    assert expected.sum() > 300
