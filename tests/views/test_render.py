"""Pictures: measured by hand, never mirrored, and the same whatever engine casts the rays."""

from dataclasses import replace
from typing import Final

import numpy as np
import pytest
import shapely
from jaxtyping import Bool, Float
from scipy import ndimage

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole, from_depth, project, rays
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.raycast import EngineName
from allocentric.geometry.raycast_embree import HAS_EMBREE
from allocentric.intervals import Interval
from allocentric.scene.scene import Footprint, Scene, Thing, View, derived, scene_of
from allocentric.views.light import Lamp, Light
from allocentric.views.render import Picture, render, rows_seen, seen_along, sight_lines
from allocentric.worlds.makers import make
from tests.views.looking import HUNDRED, WIDE, down, level

ENGINES: Final[tuple[EngineName, ...]] = ("embree", "float64") if HAS_EMBREE else ("float64",)
FLAT: Final = make("flat", 7)
PANORAMA: Final = Panorama(120, 60)
CAMERAS: Final[tuple[Camera, ...]] = (HUNDRED, WIDE, PANORAMA, Fisheye(100, 80, 30.0, 30.0, 50.0, 40.0))


def cube(label: str, x: float, y: float = 0.0, z: float = 0.0, side: float = 1.0) -> Thing:
    """A cube along the axes."""
    return Thing(label=label, center=(x, y, z), size=(side, side, side))


def middle(picture: Picture, row: int) -> tuple[float, float]:
    """The mean column and row of a thing's pixels."""
    rows, columns = np.nonzero(picture.instance == row)
    return float(columns.mean()), float(rows.mean())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_metre_cube_three_metres_ahead_has_depth_2_5_and_covers_just_its_pixels(engine: EngineName) -> None:
    picture = render(scene_of("s", [cube("cube", 3)]), level(), engine=engine)
    covered = np.zeros((100, 100), dtype=bool)
    covered[30:70, 30:70] = True  # 0.5 m of 2.5 m is 20 of 100 pixels
    assert np.array_equal(picture.instance == 0, covered)
    assert picture.depth_m[50, 50] == pytest.approx(2.5, abs=1e-12)
    assert np.array_equal(np.isfinite(picture.depth_m), covered)
    assert (picture.depth_m[~covered] == np.inf).all()
    assert (picture.range_m[~covered] == np.inf).all()
    assert (picture.instance[~covered] == -1).all()
    np.testing.assert_allclose(picture.normals[covered], np.tile([-1.0, 0, 0], (1600, 1)))


def test_left_is_left_and_up_is_up() -> None:
    scene = scene_of("s", [cube("left", 5, 1.5), cube("right", 5, -1.5), cube("up", 5, 0, 1.5)])
    picture = render(scene, level())
    (left, left_row), (right, _), (up, up_row) = (middle(picture, row) for row in range(3))
    assert left < up < right
    assert up_row < left_row
    turned = render(scene, level(yaw_deg=10))  # who turns left sees all move to the right
    assert all(middle(turned, row)[0] > middle(picture, row)[0] for row in range(3))


def test_a_panorama_has_the_left_at_a_quarter_and_the_right_at_three_quarters() -> None:
    things = [cube("ahead", 3), cube("left", 0, 3), cube("right", 0, -3), cube("up", 0, 0, 3)]
    picture = render(scene_of("s", things), level(camera=PANORAMA))
    assert middle(picture, 0) == pytest.approx((59.5, 29.5))
    assert middle(picture, 1) == pytest.approx((29.5, 29.5))
    assert middle(picture, 2) == pytest.approx((89.5, 29.5))
    assert (picture.instance[0] == 3).all()
    assert picture.range_m[30, 30] == pytest.approx(2.5, abs=0.01)


def test_behind_a_panorama_depth_is_below_0() -> None:
    picture = render(scene_of("s", [cube("behind", -3)]), level(camera=PANORAMA))
    assert picture.depth_m[30, 0] == pytest.approx(-2.5)
    assert picture.range_m[30, 0] > 2.5


def test_the_nearer_of_two_hides_the_other_and_labels_are_told_by_name() -> None:
    scene = scene_of("s", [cube("wall", 9, side=6), cube("cup", 3), cube("wall", -9)])
    picture = render(scene, level())
    assert picture.labels == ("cup", "wall")
    assert picture.instance[50, 50] == 1
    assert picture.instance[20, 20] == 0
    assert picture.labels[picture.label[50, 50]] == "cup"
    assert picture.labels[picture.label[20, 20]] == "wall"


def test_the_floor_is_seen_as_no_thing_and_regions_and_the_unplaced_are_not_seen() -> None:
    square = shapely.box(-2, -2, 2, 2)
    room = Thing(label="room", kind="region", size=(4, 4, 2), shape=Footprint(square, 0.25, 2.0))
    lost = Thing(label="cup", size=(1, 1, 1), center_slack=np.inf)
    vague = Thing(label="cup", size=(1, 1, 1), size_slack=np.inf)
    things = [room, lost, vague, cube("box", 0.5, 0.5, 0.75)]
    picture = render(scene_of("s", things, floor=square), down((0, 0, 3.25)))
    assert set(np.unique(picture.instance)) == {-1, 3}
    assert picture.depth_m[90, 10] == pytest.approx(3.0)  # the region's foot
    assert (picture.instance[90, 10], picture.label[90, 10]) == (-1, -1)
    assert picture.instance[40, 60] == 3  # x to the right, y up
    own = render(
        scene_of("s", [*things, Thing(label="floor", size=(4, 4, 0))], floor=square), down((0, 0, 3.25))
    )
    assert own.instance[90, 10] == 4


def test_a_mesh_is_seen_and_not_its_box() -> None:
    corner = Mesh(np.array([[3.0, 0, 0], [3, 1, 0], [3, 0, 1]]), np.array([[0, 1, 2]]))
    thing = Thing(label="flag", center=(3, 0.5, 0.5), size=(0, 1, 1), shape=corner)
    picture = render(scene_of("s", [thing]), level())
    assert picture.instance[40, 40] == 0
    assert picture.instance[20, 20] == -1  # within the box, outside of the triangle
    assert picture.instance[60, 60] == -1


def box_ranges_m(
    scene: Scene, origin_m: Float[np.ndarray, "3"], directions: Float[np.ndarray, "ray 3"]
) -> Float[np.ndarray, "thing ray"]:
    """How far along each ray each box begins, by its three slabs; infinite where it is missed."""
    found = []
    for center, size, rotation in zip(scene.centers, scene.sizes, scene.rotations):
        start, way = (origin_m - center) @ rotation, directions @ rotation
        with np.errstate(divide="ignore"):
            ends = np.stack([(side * size / 2 - start) / way for side in (-1, 1)])
        enter, leave = ends.min(axis=0).max(axis=1), ends.max(axis=0).min(axis=1)
        found.append(np.where((enter < leave) & (enter > 0), enter, np.inf))
    return np.array(found)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("origin_m", [(0.0, 0.0, 0.0), (448_000.0, 5_411_000.0, 120.0)], ids=["near", "UTM"])
@pytest.mark.parametrize("camera", CAMERAS, ids=lambda each: type(each).__name__)
def test_depth_is_that_of_the_boxes_to_the_last_digits(
    camera: Camera, origin_m: tuple[float, float, float], engine: EngineName
) -> None:
    random, start_m = np.random.default_rng(3), np.array(origin_m)
    things = [
        Thing(
            label="box",
            center=start_m + random.uniform(2, 6) * way / np.linalg.norm(way),
            size=random.uniform(0.2, 1.5, 3),
            rotation=rotation_about_up(random.uniform(0, 6)) @ turned(random),
        )
        for way in random.normal(size=(40, 3))
    ]
    scene, view = scene_of("s", things), level(origin_m, 20, camera=camera)
    picture = render(scene, view, engine=engine)
    directions = rays(camera)
    shown = ~np.isnan(directions[..., 0])
    in_world = directions[shown] @ view.world_from_camera.rotation.T
    truth_m = box_ranges_m(scene, start_m, in_world)
    same = picture.instance[shown] == np.where(np.isinf(truth_m.min(axis=0)), -1, truth_m.argmin(axis=0))
    assert same.mean() > 0.999  # but for rays along an edge, in single precision
    assert (picture.instance[shown] >= 0).sum() > 500
    exact_to_m = 1e-9 + 2e-15 * np.abs(start_m).max()  # corners far off are rounded to a nanometre
    met = same & (picture.instance[shown] >= 0)
    np.testing.assert_allclose(picture.range_m[shown][met], truth_m.min(axis=0)[met], rtol=0, atol=exact_to_m)
    along = truth_m.min(axis=0) * directions[shown][:, 2]
    np.testing.assert_allclose(picture.depth_m[shown][met], along[met], rtol=0, atol=exact_to_m)
    assert np.isnan(picture.depth_m[~shown]).all()
    assert not picture.colour[~shown].any()


def turned(random: np.random.Generator) -> Float[np.ndarray, "3 3"]:
    """Some rotation."""
    rotation, _ = np.linalg.qr(random.normal(size=(3, 3)))
    proper: Float[np.ndarray, "3 3"] = rotation * np.sign(np.linalg.det(rotation))
    return proper


def test_points_at_these_depths_lie_on_the_things_seen() -> None:
    view = level((2.2, 5.0, 1.6), 120, camera=WIDE)
    picture = render(FLAT, view)
    points_m = view.world_from_camera.apply(
        from_depth(WIDE, np.where(np.isinf(picture.depth_m), 0.0, picture.depth_m))
    )
    seen = np.unique(picture.instance[picture.instance >= 0])
    assert len(seen) > 8
    for row in seen.tolist():
        off_m = (points_m[picture.instance == row] - FLAT.centers[row]) @ FLAT.rotations[row]
        beyond_m = (np.abs(off_m) - FLAT.sizes[row] / 2).max(axis=1)
        np.testing.assert_allclose(beyond_m, 0, atol=1e-9)
    floor = (picture.instance == -1) & np.isfinite(picture.depth_m)
    np.testing.assert_allclose(points_m[floor][:, 2], 0, atol=1e-9)
    into = rays(WIDE) @ view.world_from_camera.rotation.T
    hit = np.isfinite(picture.depth_m)
    assert ((into * picture.normals).sum(axis=2)[hit] <= 0).all()


def silhouettes(picture: Picture) -> Bool[np.ndarray, "height width"]:
    """Pixels beside one that shows another thing, or another face."""
    ids = picture.instance.astype(float)
    edges: Bool[np.ndarray, "height width"]
    edges = ndimage.maximum_filter(ids, 3) != ndimage.minimum_filter(ids, 3)
    for axis in range(3):
        facing = np.nan_to_num(picture.normals[..., axis])
        edges |= ndimage.maximum_filter(facing, 3) - ndimage.minimum_filter(facing, 3) > 1e-6
    return edges


@pytest.mark.skipif(not HAS_EMBREE, reason="Embree is not installed")
@pytest.mark.parametrize("camera", [WIDE, PANORAMA], ids=["pinhole", "panorama"])
def test_both_engines_agree_but_on_silhouettes(camera: Camera) -> None:
    view = level((2.2, 5.0, 1.6), 200, camera=camera)
    fast, slow = (render(FLAT, view, engine=engine) for engine in ENGINES)
    inner = ~silhouettes(slow)
    assert inner.mean() > 0.7
    assert np.array_equal(fast.instance[inner], slow.instance[inner])
    np.testing.assert_allclose(fast.depth_m[inner], slow.depth_m[inner], rtol=0, atol=1e-9)
    differing = (fast.colour.astype(int) - slow.colour)[inner].any(axis=1)
    assert differing.mean() < 0.002  # a shadow's edge


def brightness(picture: Picture, scene_point_m: tuple[float, float, float]) -> float:
    """How bright the pixel is that shows a place."""
    camera, pose = picture.view.camera, picture.view.world_from_camera
    assert camera is not None
    (pixel,), (inside,) = project(camera, pose.inverse().apply(np.array([scene_point_m], dtype=float)))
    assert inside
    column, row = np.floor(pixel).astype(int)
    return float(picture.colour[row, column].mean())


POST: Final = scene_of(
    "post", [Thing(label="post", center=(0, 0, 0.5), size=(0.2, 0.2, 1.0))], floor=shapely.box(-3, -3, 3, 3)
)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_post_throws_its_shadow_away_from_the_sun_as_long_as_it_is_high(engine: EngineName) -> None:
    picture = render(POST, down((0, 0, 6)), light=Light(sun=(1.0, 0.0, 1.0)), engine=engine)
    towards = [brightness(picture, (x, 0, 0)) for x in (0.5, 1.0, 1.5)]
    away = [brightness(picture, (-x, 0, 0)) for x in (0.5, 1.0)]
    beyond = [brightness(picture, (-x, 0, 0)) for x in (1.2, 1.5)]  # 1 m high, and half as wide
    assert max(away) < 0.8 * min(*towards, *beyond)
    assert np.ptp([*towards, *beyond]) == 0
    unshaded = render(POST, down((0, 0, 6)), light=Light(sun=(1.0, 0.0, 1.0), shadows=False), engine=engine)
    assert brightness(unshaded, (-0.5, 0, 0)) == towards[0]


def test_a_lamp_lights_what_is_near_and_throws_shadows_away_from_itself() -> None:
    light = Light(sun_strength=0.0, sky_strength=0.05, lamps=(Lamp((0.0, 2.0, 1.5), 1.2),))
    picture = render(POST, down((0, 0, 6)), light=light)
    assert brightness(picture, (0, -1, 0)) < brightness(picture, (1, -1, 0))
    assert brightness(picture, (0, 1, 0)) > brightness(picture, (0, -2.5, 0))


def test_without_light_things_have_one_colour_each_whatever_side_is_seen() -> None:
    picture = render(FLAT, level((2.2, 5.0, 1.6), 120, camera=WIDE), light=None)
    for row in np.unique(picture.instance[picture.instance >= 0]).tolist():
        assert len(np.unique(picture.colour[picture.instance == row], axis=0)) == 1


def test_finer_pictures_have_softer_edges_and_the_same_depth() -> None:
    view = level((2.2, 5.0, 1.6), 120, camera=WIDE)
    plain, fine = render(FLAT, view), render(FLAT, view, finer=2)
    np.testing.assert_array_equal(plain.depth_m, fine.depth_m)
    np.testing.assert_array_equal(plain.instance, fine.instance)
    changed = (plain.colour != fine.colour).any(axis=2)
    assert 0.01 < changed.mean() < 0.3
    still = np.abs(plain.colour.astype(int) - fine.colour)[~silhouettes(plain)].max(axis=1)
    assert (still <= 1).mean() > 0.97


def test_a_scene_of_half_metres_has_half_the_depth() -> None:
    scene = scene_of("s", [cube("cube", 3)], scale=Interval.of(0.5))
    assert render(scene, level()).depth_m[50, 50] == pytest.approx(1.25, abs=1e-12)


def test_without_a_scale_lengths_are_in_scene_units_and_metres_are_refused() -> None:
    view = level((2.2, 5.0, 1.6), 120, camera=WIDE)
    known, vague = render(FLAT, view), render(derived(FLAT, "unscaled", scale=Interval(0.0, np.inf)), view)
    for name in ("depth", "range", "instance", "colour"):
        np.testing.assert_array_equal(getattr(vague, name), getattr(known, name))
    for name in ("depth_m", "range_m"):
        with pytest.raises(BadInput, match="how long a unit"):
            getattr(vague, name)


@pytest.mark.parametrize("camera", CAMERAS, ids=lambda each: type(each).__name__)
def test_depth_and_things_alone_are_those_of_the_picture(camera: Camera) -> None:
    view = level((2.2, 5.0, 1.6), 120, camera=camera)
    picture, seen = render(FLAT, view), seen_along(FLAT, sight_lines(view))
    for name in ("depth", "range", "instance"):
        np.testing.assert_array_equal(getattr(seen, name), getattr(picture, name))
    np.testing.assert_array_equal(rows_seen(FLAT, view), picture.instance)


def test_a_scene_s_own_view_is_named_by_its_id() -> None:
    scene = scene_of("s", [cube("cube", 3)], views=(level(),))
    assert render(scene, "level").depth_m[50, 50] == pytest.approx(2.5, abs=1e-12)
    with pytest.raises(UnknownName, match="did you mean 'level'"):
        render(scene, "levle")


def test_nothing_at_all_is_a_picture_of_the_sky() -> None:
    picture = render(scene_of("s", []), level())
    assert np.isinf(picture.depth_m).all()
    assert picture.colour.any(axis=2).all()
    assert picture.colour[0].mean() < picture.colour[-1].mean()  # deeper above than at the horizon


def test_a_picture_never_changes() -> None:
    picture = render(scene_of("s", [cube("cube", 3)]), level())
    with pytest.raises(ValueError, match="read-only"):
        picture.depth_m[0, 0] = 0


@pytest.mark.parametrize(
    ("scene", "view", "says"),
    [
        (FLAT, replace(level(), camera=None), "no camera"),
        (derived(FLAT, "round", space="globe"), level(), "globe"),
    ],
    ids=["no camera", "globe"],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(scene: Scene, view: View, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        render(scene, view)


def test_a_pinhole_is_a_pinhole_of_another_size() -> None:
    small = Pinhole(50, 50, 50.0, 50.0, 25.0, 25.0)
    assert (render(scene_of("s", [cube("cube", 3)]), level(camera=small)).instance == 0).sum() == 400
