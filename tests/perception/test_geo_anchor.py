"""A scene tied to the earth: scale, north and gravity within the bounds that the ties leave."""

import json
import math
import pathlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from shapely.geometry import box

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole, project
from allocentric.geometry.earth import EarthPoint, enu_m, from_degrees, geodetic_from_enu
from allocentric.geometry.frames import BODY_FROM_CAMERA, is_rotation, rotation_about_up
from allocentric.geometry.meshes import box_mesh
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.geometry.similarity import Similarity
from allocentric.intervals import FULL_CIRCLE, Arc, Interval
from allocentric.perception.exif_gps import gps_fix
from allocentric.perception.geo_anchor import Anchored, Tie, anchored, ties_from_control_points, ties_from_gps
from allocentric.perception.moving import moved
from allocentric.query.ask import ask
from allocentric.scene.scene import Complete, Difference, Footprint, Scene, Thing, View, scene_of
from allocentric.scene.truth import Measured
from allocentric.seeds import stream
from allocentric.worlds.read import read
from tests.real_data import folder

HOME = from_degrees(52.5, 13.4, 40.0)
UNKNOWN = Interval(0.0, math.inf, open_low=True)
TRUE = Similarity(
    3.0, rotation_from_quaternion(1, 0.2, -0.1, 0.7), np.array([10.0, -4, 2])
)  # earth from scene
CAMERA = Pinhole(640, 480, 500, 500, 320, 240)
SPREAD_M = np.array([[0.0, 0, 1], [40, 5, 2], [35, 30, 4], [-5, 28, 1], [15, 12, 9]])


def at_row(place: np.ndarray) -> EarthPoint:
    latitude_rad, longitude_rad, height_m = place.tolist()
    return EarthPoint(latitude_rad, longitude_rad, height_m)


def scene(tilt_rad: float = math.pi, **shared: object) -> Scene:
    """Two things that lie 6 m apart to the north on the earth, in the tilted world of `TRUE`."""
    at = TRUE.inverse().apply(np.array([[0.0, 0, 0], [0, 6, 0]]))
    things = [
        Thing(label="well", center=at[0], rotation=TRUE.rotation.T),
        Thing(label="tree", center=at[1], rotation=TRUE.rotation.T),
    ]
    views = [View(id, Pose(np.eye(3), np.zeros(3)), camera=CAMERA) for id in ("v", "w")]
    return scene_of(
        "place", things, **({"views": tuple(views), "scale": UNKNOWN, "tilt_rad": tilt_rad} | shared)
    )


def ties(
    offsets_m: np.ndarray = SPREAD_M, *, accuracy_m: float = 0.02, noise_m: float = 0.0, seed: int = 0
) -> list[Tie]:
    at = TRUE.inverse().apply(offsets_m)
    measured_m = offsets_m + stream(seed, "ties").normal(size=offsets_m.shape) * noise_m
    places = geodetic_from_enu(measured_m, HOME)
    return [Tie(f"g{row}", at[row], at_row(place), accuracy_m) for row, place in enumerate(places)]


def true_north_rad(held: Anchored) -> float:
    """Where true north lies in the anchored scene, by what was done to a thing whose heading is known."""
    east = held.scene.rotations[0] @ [1.0, 0, 0]
    return math.atan2(east[1], east[0]) + math.pi / 2


def true_tilt_rad(held: Anchored) -> float:
    return math.acos(min(1.0, float(held.scene.rotations[0][2, 2])))


def test_exact_ties_give_scale_north_and_gravity() -> None:
    held = anchored(scene(), ties(accuracy_m=0.001), origin=HOME)
    assert held.scene.scale.holds(3.0)
    assert held.scene.scale.high - held.scene.scale.low < 0.001
    np.testing.assert_allclose(held.scene.centers * 3.0, [[0, 0, 0], [0, 6, 0]], atol=1e-6)
    np.testing.assert_allclose(held.residuals_m, 0, atol=1e-6)
    assert held.scene.north.holds(true_north_rad(held))
    assert held.scene.north.half_rad < 1e-3
    assert true_tilt_rad(held) < held.scene.tilt_rad < 1e-3
    assert held.turned
    assert held.beyond == ()
    assert any(
        "latitude 52.5000000, longitude 13.4000000, height 40.00 m" in each
        for each in held.scene.source.notes
    )


def test_the_anchored_scene_answers_in_metres_and_by_the_compass() -> None:
    held = anchored(scene(), ties(accuracy_m=0.001)).scene
    apart = ask(held, 'distance(the("well"), the("tree"), geometry="centre")').result
    assert isinstance(apart, Measured)
    assert apart.value == pytest.approx(6.0, abs=1e-3)
    where = ask(held, 'direction(the("tree"), north(the("well")), sectors="compass8")').result
    assert isinstance(where, Measured)
    assert where.value == "north"


def test_noise_of_the_stated_size_leaves_the_truth_within_the_bounds() -> None:
    inside = 0
    for seed in range(40):
        held = anchored(scene(), ties(accuracy_m=0.3, noise_m=0.3, seed=seed), origin=HOME)
        inside += (
            held.scene.scale.holds(3.0)
            and held.scene.north.holds(true_north_rad(held))
            and true_tilt_rad(held) <= held.scene.tilt_rad
        )
    assert inside >= 38, "three standard deviations, thrice"


def test_ties_that_miss_by_more_than_stated_are_named_and_widen_the_bounds() -> None:
    clean = anchored(scene(), ties())
    wrong = ties()
    far = wrong[2].place
    wrong[2] = Tie(
        "g2",
        wrong[2].at,
        replace(far, height_m=9.0),
        0.02,
    )
    held = anchored(scene(), wrong)
    assert "g2" in held.beyond
    assert any("'g2' is off by" in each and "2 cm" in each for each in held.scene.source.warnings)
    assert held.scene.tilt_rad > 10 * clean.scene.tilt_rad
    assert held.scene.scale.high - held.scene.scale.low > 10 * (
        clean.scene.scale.high - clean.scene.scale.low
    )


def test_a_scene_of_known_gravity_keeps_it_and_needs_two_ties() -> None:
    upright = Similarity(2.0, rotation_about_up(0.8), np.zeros(3))
    at = upright.inverse().apply(SPREAD_M[:2])
    places = geodetic_from_enu(SPREAD_M[:2], HOME)
    pair = [Tie(str(row), at[row], at_row(place), 0.01) for row, place in enumerate(places)]
    region = box(0, 0, 1, 2)
    rug = Thing(
        label="rug", center=(0.5, 1, 0), shape=Footprint(region, 0, 0.1), rotation=rotation_about_up(-0.8)
    )
    level = scene_of("flat", [rug], scale=UNKNOWN, floor=region, complete=Complete(region=region))
    held = anchored(level, pair, origin=HOME)
    assert held.scene.tilt_rad == 0
    assert not held.turned
    assert held.scene.scale.holds(2.0)
    assert held.scene.north.holds(math.pi / 2)
    assert held.scene.floor is not None
    assert held.scene.complete is not None
    assert held.scene.complete.region is not None
    assert held.scene.floor.equals_exact(held.scene.complete.region, 1e-12)
    assert held.scene.floor.area == pytest.approx(region.area)


def test_ties_nearly_on_a_line_give_the_scale_alone() -> None:
    line = np.array([[0.0, 0, 0], [30, 1, 0], [60, 0, 0], [90, -1, 1]])
    held = anchored(scene(), ties(line, accuracy_m=5.0, noise_m=2.0))
    assert held.scene.scale.holds(3.0)
    assert held.scene.scale.high < 4
    assert held.scene.north == FULL_CIRCLE
    assert held.scene.tilt_rad == math.pi
    assert not held.turned
    assert any("too nearly on a line" in each for each in held.scene.source.notes)


def test_too_few_ties_ties_on_a_line_and_a_scale_that_is_excluded_are_refused() -> None:
    with pytest.raises(BadInput, match="2 ties to the earth, 3 are needed"):
        anchored(scene(), ties(SPREAD_M[:2]))
    with pytest.raises(BadInput, match="all on one line"):
        anchored(scene(), ties(np.array([[0.0, 0, 0], [1, 1, 0], [3, 3, 0]])))
    with pytest.raises(BadInput, match=r"by the ties to the earth, 1 to 1 m by what is known"):
        anchored(scene(scale=Interval.of(1.0)), ties())
    with pytest.raises(BadInput, match=r"good to 0\.0 m"):
        ties(accuracy_m=0.0)


def test_a_move_carries_all_that_a_scene_holds_and_refuses_to_tilt_what_lies_flat() -> None:
    turn = Pose(rotation_from_quaternion(1, 0, 0.5, 0.3), np.array([1.0, 2, 3]))
    cube = box_mesh(np.ones(3))
    held = scene_of(
        "s", [Thing(label="cube", size=(1, 1, 1), shape=cube)], views=scene().views, north=Arc(0.1, 0.2)
    )
    new = moved(held, turn, change="moved")
    np.testing.assert_allclose(new.shapes[0].vertices_m, turn.apply(cube.vertices_m))  # type: ignore[union-attr]
    np.testing.assert_allclose(new.views[0].world_from_camera.translation_m, turn.translation_m)
    assert is_rotation(new.rotations[0])
    flat = scene_of("s", [], floor=box(0, 0, 1, 1))
    with pytest.raises(BadInput, match="cannot be tilted"):
        moved(flat, turn, change="moved")
    story = scene_of(
        "s", [Thing(label="a"), Thing(label="b")], differences=(Difference(0, 1, 0, Interval(1.0, 2.0)),)
    )
    with pytest.raises(BadInput, match="cannot be turned"):
        moved(story, turn, change="moved")


# GPS of pictures


def save_with_gps(path: pathlib.Path, tags: dict[int, object]) -> None:
    picture = Image.new("RGB", (640, 480))
    exif = picture.getexif()
    exif.get_ifd(0x8825).update(tags)
    picture.save(path, exif=exif)


def dms(degrees: float) -> tuple[IFDRational, ...]:
    """Degrees, minutes and seconds as EXIF has them, to a ten millionth of a second."""
    whole, minutes = divmod(round(abs(degrees) * 3600 * 10**7), 3600 * 10**7)
    minutes, seconds = divmod(minutes, 60 * 10**7)
    return IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 10**7)


def gps_tags(latitude: float, longitude: float, altitude: float) -> dict[int, object]:
    return {
        1: "N" if latitude >= 0 else "S",
        2: dms(latitude),
        3: "E" if longitude >= 0 else "W",
        4: dms(longitude),
        5: b"\x00" if altitude >= 0 else b"\x01",
        6: IFDRational(round(abs(altitude) * 1000), 1000),
    }


@pytest.mark.parametrize("place", [(52.51892, 13.4005, 34.0), (-33.9, -70.6, -12.5), (0.0, 0.0, 0.0)])
def test_the_fix_of_a_picture_is_read_on_every_side_of_the_earth(
    place: tuple[float, float, float], tmp_path: pathlib.Path
) -> None:
    save_with_gps(tmp_path / "a.jpg", gps_tags(*place) | {31: IFDRational(45, 10)})
    fix = gps_fix(tmp_path / "a.jpg")
    assert fix is not None
    expected = from_degrees(*place)
    np.testing.assert_allclose(fix.place.row(), expected.row(), atol=1e-12)
    assert fix.accuracy_m == 4.5


def test_a_picture_without_altitude_has_no_fix_and_a_broken_one_is_named(tmp_path: pathlib.Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "plain.png")
    assert gps_fix(tmp_path / "plain.png") is None
    tags = gps_tags(1, 2, 3)
    save_with_gps(tmp_path / "flat.jpg", {key: value for key, value in tags.items() if key < 5})
    assert gps_fix(tmp_path / "flat.jpg") is None
    save_with_gps(tmp_path / "wrong.jpg", tags | {2: dms(99.0)})
    with pytest.raises(BadInput, match="no place on the earth"):
        gps_fix(tmp_path / "wrong.jpg")
    (tmp_path / "text.jpg").write_text("no picture")
    with pytest.raises(BadInput, match="cannot be read"):
        gps_fix(tmp_path / "text.jpg")


def test_pictures_with_gps_tie_their_scene_to_the_earth(tmp_path: pathlib.Path) -> None:
    built = TRUE.inverse()
    views = list[View]()
    for row, offset_m in enumerate(SPREAD_M):
        latitude, longitude, height_m = geodetic_from_enu(offset_m, HOME).tolist()
        path = tmp_path / f"{row}.jpg"
        save_with_gps(path, gps_tags(math.degrees(latitude), math.degrees(longitude), height_m) | {31: 0.05})
        pose = built.pose(Pose(BODY_FROM_CAMERA, offset_m))
        views.append(View(path.name, pose, image=str(path), camera=CAMERA))
    Image.new("RGB", (640, 480)).save(tmp_path / "none.jpg")
    views.append(
        View("none.jpg", built.pose(Pose(BODY_FROM_CAMERA, SPREAD_M[0])), image=str(tmp_path / "none.jpg"))
    )
    held = scene_of("walk", [], views=tuple(views), scale=UNKNOWN, tilt_rad=math.pi)
    known = ties_from_gps(held)
    assert [each.name for each in known] == [f"{row}.jpg" for row in range(5)]
    assert {each.accuracy_m for each in known} == {0.05}
    placed = anchored(held, known, origin=HOME)
    there_m = [3.0 * each.world_from_camera.translation_m for each in placed.scene.views[:5]]
    np.testing.assert_allclose(there_m, SPREAD_M, atol=2e-3)
    np.testing.assert_allclose(placed.scene.views[0].world_from_camera.rotation, BODY_FROM_CAMERA, atol=1e-3)


# Control points


def test_control_points_are_placed_where_their_rays_meet(tmp_path: pathlib.Path) -> None:
    built, eyes = TRUE.inverse(), [np.array([0.0, -20, 5]), np.array([12.0, -22, 4])]
    views = tuple(
        View(f"{row}.jpg", built.pose(Pose(BODY_FROM_CAMERA @ np.eye(3), eye)), camera=CAMERA)
        for row, eye in enumerate(eyes)
    )
    facing_north = rotation_about_up(math.pi / 2) @ BODY_FROM_CAMERA
    views = tuple(
        View(v.id, built.pose(Pose(facing_north, eye)), camera=CAMERA) for v, eye in zip(views, eyes)
    )
    spots_m = np.array([[2.0, 5, 3], [8, 9, 2], [5, 20, 8], [3, 12, 6]])
    points: list[dict[str, object]] = []
    for row, spot_m in enumerate(spots_m):
        seen = []
        for view, eye in zip(views, eyes):
            pixel, visible = project(CAMERA, Pose(facing_north, eye).inverse().apply(spot_m))
            assert visible
            seen.append({"shot_id": view.id, "projection": ((pixel - [320, 240]) / 640).tolist()})
        latitude, longitude, height_m = geodetic_from_enu(spot_m, HOME).tolist()
        position = {
            "latitude": math.degrees(latitude),
            "longitude": math.degrees(longitude),
            "altitude": height_m,
        }
        points.append({"id": f"c{row}", "position": position, "observations": seen})
    points.append(
        {
            "id": "once",
            "position": points[0]["position"],
            "observations": [{"shot_id": "0.jpg", "projection": [0, 0]}],
        }
    )
    points.append({"id": "nowhere", "observations": points[0]["observations"]})
    path = tmp_path / "ground_control_points.json"
    path.write_text(json.dumps({"points": points}))
    held = scene_of("place", [], views=views, scale=UNKNOWN, tilt_rad=math.pi)
    known = ties_from_control_points(held, path, accuracy_m=0.01)
    assert [each.name for each in known] == ["c0", "c1", "c2", "c3"]
    np.testing.assert_allclose([each.at for each in known], built.apply(spots_m), atol=1e-9)
    assert anchored(held, known).scene.scale.holds(3.0)


def test_control_points_in_a_broken_file_or_seen_from_one_place_are_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "g.json"
    path.write_text('{"points": [{"id": 3}]}')
    with pytest.raises(BadInput, match="id"):
        ties_from_control_points(scene(), path)
    twice = [{"shot_id": each, "projection": [0, 0]} for each in ("v", "w")]
    position = {"latitude": 1, "longitude": 2, "altitude": 3}
    path.write_text(json.dumps({"points": [{"id": "p", "position": position, "observations": twice}]}))
    with pytest.raises(BadInput, match="'p' has no place in the scene: its rays are parallel"):
        ties_from_control_points(scene(), path)


# Real pictures


def test_the_fixes_of_real_photographs_are_where_their_reconstruction_has_them() -> None:
    berlin = folder("opensfm_berlin")
    told = json.loads((berlin / "reconstruction_example.json").read_text())[0]
    at = told["reference_lla"]
    reference = from_degrees(at["latitude"], at["longitude"], at["altitude"])
    for name, shot in told["shots"].items():
        fix = gps_fix(berlin / "images" / name)
        assert fix is not None
        offset_m = enu_m(fix.place.row(), reference)
        np.testing.assert_allclose(offset_m[:2], shot["gps_position"][:2], atol=0.02)


def test_real_photographs_tie_their_reconstruction_to_the_earth_as_their_reader_does() -> None:
    berlin = folder("opensfm_berlin")
    held = read(berlin / "reconstruction_example.json")
    known = ties_from_gps(held, accuracy_m=5.0)
    assert len(known) == len(held.views) == 3
    placed = anchored(scene_of("berlin", [], views=held.views, scale=UNKNOWN, tilt_rad=math.pi), known)
    assert placed.scene.scale.meet(held.scale) is not None
    assert placed.beyond == ()
