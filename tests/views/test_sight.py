"""What a view sees of each thing: counted by hand, cut off at the border, the same whatever the engine."""

import math
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
import shapely

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.raycast import EngineName
from allocentric.geometry.raycast_embree import HAS_EMBREE
from allocentric.intervals import Interval
from allocentric.scene.scene import Footprint, Scene, Thing, derived, scene_of
from allocentric.views.render import render
from allocentric.views.sight import SIGHTS_KEPT, sight
from allocentric.views.surfaces import NO_THING
from allocentric.worlds.makers import make
from tests.views.looking import HUNDRED, WIDE, down, level

ENGINES: Final[tuple[EngineName, ...]] = ("embree", "float64") if HAS_EMBREE else ("float64",)
BENT: Final = Pinhole(100, 80, 90.0, 90.0, 50.0, 40.0, Distortion(k1=-0.1))
CAMERAS: Final[tuple[Camera, ...]] = (
    HUNDRED,
    WIDE,
    BENT,
    Panorama(120, 60),
    Fisheye(100, 80, 30.0, 30.0, 50.0, 40.0),
)
FISHEYE: Final = Fisheye(100, 80, 80.0, 80.0, 50.0, 40.0, radial=(0.02, -0.01))


def plate(label: str, x: float, y: float, width: float, height: float = 1.0, z: float = 0.0) -> Thing:
    """An upright plate square to the world's x axis, as thin as a sheet."""
    return Thing(label=label, center=(x, y, z), size=(0.0, width, height))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_plate_half_behind_another_has_the_counts_that_a_hand_finds(engine: EngineName) -> None:
    # 100 px a radian's tangent: at 2 m a metre is 50 px, at 4 m it is 25 px.
    scene = scene_of("s", [plate("far", 4, 0, 2, 2), plate("near", 2, 0.5, 1, 2)])
    seen = sight(scene, level(), engine=engine)
    assert seen.alone_px.tolist() == [50 * 50, 50 * 100]
    assert seen.visible_px.tolist() == [25 * 50, 50 * 100]  # the near one covers all left of the middle
    assert seen.whole_px.tolist() == [50 * 50, 50 * 100]
    assert seen.boxes_px.tolist() == [[50, 25, 75, 75], [0, 0, 50, 100]]
    assert seen.hidden_by(0) == ((1, 25 * 50),)
    assert seen.hidden_by(1) == ()
    assert seen.picture[50, 60] == 0
    assert seen.picture[50, 40] == 1
    assert seen.picture[5, 60] == NO_THING


def test_what_the_border_cuts_off_is_counted_beyond_it() -> None:
    # At 2 m a metre is 50 px: from y = 0.5 to 1.5 m, columns 25 down to -25, rows 25 to 75.
    seen = sight(scene_of("s", [plate("cut", 2, 1.0, 1)]), level())
    assert seen.visible_px[0] == seen.alone_px[0] == 25 * 50
    assert seen.whole_px[0] == 50 * 50
    assert seen.boxes_px[0].tolist() == [0, 25, 25, 75]


def test_what_lies_beside_the_picture_is_whole_beyond_it_and_what_is_behind_is_nowhere() -> None:
    seen = sight(scene_of("s", [plate("beside", 2, 3, 1), plate("behind", -2, 0, 1)]), level())
    assert seen.visible_px.tolist() == seen.alone_px.tolist() == [0, 0]
    assert seen.whole_px.tolist() == [50 * 50, 0]
    assert np.isnan(seen.boxes_px).all()


def test_a_picture_is_widened_to_80_degrees_where_a_thing_goes_on_for_ever() -> None:
    wall = Thing(label="wall", center=(0, 3, 0), size=(200, 0, 2))
    seen = sight(scene_of("s", [wall]), level())
    radius_px = 100 * math.tan(math.radians(80))
    area = radius_px**2 * math.atan(1 / 3)  # it fills the wedge between its top and its foot, 1 m in 3 m
    assert seen.whole_px[0] == pytest.approx(area, rel=0.02)


def test_what_is_wholly_hidden_says_by_what_the_most_first() -> None:
    things = [
        plate("cup", 4, 0, 0.96, 0.96),  # columns 38 to 62
        plate("right", 3, -1.0, 2, 2),  # from column 50 on
        plate("left", 2, 0.24, 0.72, 2),  # columns 20 to 56
    ]
    seen = sight(scene_of("s", things), level())
    assert seen.visible_px[0] == 0
    assert seen.alone_px[0] == 24 * 24
    assert seen.hidden_by(0) == ((2, 18 * 24), (1, 6 * 24))
    assert np.isnan(seen.boxes_px[0]).all()


def test_regions_and_the_floor_hide_nothing_and_walls_do() -> None:
    square = shapely.box(-5, -5, 5, 5)
    room = Thing(label="room", kind="region", size=(10, 10, 3), shape=Footprint(square, 0.0, 3.0))
    cup = Thing(label="cup", center=(3, 0, -0.4), size=(0.2, 0.2, 0.2))  # below the floor's outline
    wall = Thing(label="wall", kind="structure", center=(2, 0, 1.0), size=(0.1, 10, 3))
    below = sight(scene_of("s", [room, cup], floor=square), level((0, 0, 0.5)))
    assert below.visible_px[0] == below.alone_px[0] == below.whole_px[0] == 0
    assert below.visible_px[1] == below.alone_px[1] > 0
    behind = sight(scene_of("s", [cup, wall], floor=square), level((0, 0, 0.5)))
    assert behind.visible_px[0] == 0
    assert behind.hidden_by(0) == ((1, int(behind.alone_px[0])),)


def test_a_panorama_sees_all_round_and_its_box_goes_on_over_the_seam() -> None:
    # 120 columns: 3 degrees each. At 2 m a plate of 2 tan 15 deg half width spans 30 degrees.
    width = 4 * math.tan(math.radians(15))
    behind, ahead = plate("behind", -2, 0, width, 0.5), plate("ahead", 2, 0, width, 0.5)
    seen = sight(scene_of("s", [behind, ahead]), level(camera=Panorama(120, 60)))
    assert seen.boxes_px[1, [0, 2]].tolist() == [55, 65]
    assert seen.boxes_px[0, [0, 2]].tolist() == [115, 125]
    assert seen.whole_px.tolist() == seen.alone_px.tolist()
    assert seen.visible_px[0] == seen.visible_px[1] > 0


def test_what_is_all_round_a_panorama_has_a_box_from_seam_to_seam() -> None:
    sheet = Thing(label="floor", center=(0, 0, -1), size=(50, 50, 0))
    seen = sight(scene_of("s", [sheet]), level(camera=Panorama(120, 60)))
    assert seen.boxes_px[0, [0, 2]].tolist() == [0, 120]
    assert seen.boxes_px[0, 3] == 60


@pytest.mark.parametrize("camera", CAMERAS, ids=["hundred", "wide", "bent", "panorama", "fisheye"])
def test_counts_add_up_and_agree_with_one_picture_a_thing(camera: Camera) -> None:
    random = np.random.default_rng(5)
    things = [
        Thing(label="box", center=(*random.uniform(-4, 4, 2), random.uniform(-1, 1)), size=(0.8, 0.5, 0.6))
        for _ in range(30)
    ]
    scene, view = scene_of("s", things), level(yaw_deg=20, camera=camera)
    seen = sight(scene, view, engine="float64")
    for row, thing in enumerate(things):
        alone = render(scene_of("one", [thing]), view, engine="float64").instance == 0
        assert seen.alone_px[row] == alone.sum()
        assert seen.visible_px[row] == (seen.picture == row).sum()
        nearest = seen.picture[alone & (seen.picture != row)]
        assert dict(seen.hidden_by(row)) == {
            other: (nearest == other).sum() for other in set(nearest.tolist())
        }
    assert (seen.visible_px <= seen.alone_px).all()
    assert (seen.alone_px <= seen.whole_px).all()


@pytest.mark.parametrize("camera", [HUNDRED, BENT, FISHEYE], ids=["hundred", "bent", "fisheye"])
def test_beyond_the_border_is_what_a_larger_picture_of_the_same_lens_shows(camera: Pinhole | Fisheye) -> None:
    random = np.random.default_rng(6)
    centers = np.column_stack(
        [random.uniform(2, 4, 20), random.uniform(-2, 2, 20), random.uniform(-2, 2, 20)]
    )
    scene = scene_of("s", [Thing(label="box", center=each, size=(0.5, 0.5, 0.5)) for each in centers])
    larger = replace(
        camera,
        width_px=camera.width_px + 600,
        height_px=camera.height_px + 600,
        cx_px=camera.cx_px + 300,
        cy_px=camera.cy_px + 300,
    )
    small, large = sight(scene, level(camera=camera)), sight(scene, level(camera=larger))
    assert (small.alone_px < small.whole_px).any()
    assert small.whole_px.tolist() == large.alone_px.tolist()


def test_a_scene_of_unknown_scale_is_seen_all_the_same() -> None:
    things = [plate("far", 4, 0, 2, 2), plate("near", 2, 0.5, 1, 2)]
    metric, free = scene_of("s", things), scene_of("s", things, scale=Interval(0.0, math.inf))
    assert sight(metric, level()).visible_px.tolist() == sight(free, level()).visible_px.tolist()


def test_the_picture_is_that_of_the_things_in_a_made_flat() -> None:
    scene = make("flat", 3)
    at = scene.centers[scene.kinds.index("region")]
    view = level((float(at[0]), float(at[1]), 1.5), camera=WIDE)
    assert np.array_equal(sight(scene, view).picture, render(scene, view).instance)


def test_a_sight_is_made_once_and_a_scene_keeps_the_latest() -> None:
    scene, first = scene_of("s", [plate("far", 4, 0, 2, 2)]), level()
    seen = sight(scene, first)
    assert sight(scene, first) is seen
    for yaw_deg in range(SIGHTS_KEPT):
        sight(scene, level(yaw_deg=yaw_deg))
    assert sight(scene, first) is not seen


def test_what_has_no_place_or_size_is_not_seen_and_an_empty_scene_shows_nothing() -> None:
    lost = Thing(label="cup", center=(3, 0, 0), size=(1, 1, 1), center_slack=np.inf)
    seen = sight(scene_of("s", [lost]), level())
    assert seen.visible_px[0] == seen.alone_px[0] == seen.whole_px[0] == 0
    assert (sight(scene_of("none", []), level()).picture == NO_THING).all()


def test_a_view_without_a_camera_and_a_globe_are_named() -> None:
    scene = scene_of("s", [plate("far", 4, 0, 2, 2)])
    with pytest.raises(BadInput, match="no camera is known"):
        sight(scene, replace(level(), camera=None, size_px=None))
    with pytest.raises(BadInput, match="globe"):
        sight(derived(scene, "as a globe", space="globe"), level())


def test_a_view_from_above_sees_what_stands_on_the_floor_in_full() -> None:
    square = shapely.box(-2, -2, 2, 2)
    rug = Thing(label="rug", size=(2, 2, 0))  # in the very plane of the floor's outline
    scene: Scene = scene_of("s", [rug], floor=square)
    assert sight(scene, down((0, 0, 4))).visible_px[0] == 50 * 50
