"""Pictures on disk: other tools, reading by the formats' own words, see along the same rays."""

import json
import pathlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole, rays, unproject
from allocentric.geometry.distortion import Distortion
from allocentric.intervals import Interval
from allocentric.scene.scene import Scene, Thing, View, derived, scene_of
from allocentric.views.camera_files import quaternion_of
from allocentric.views.export import UNSCALED, check_sizes, depth_counts, write_views
from allocentric.views.paths import looking
from allocentric.views.render import render
from allocentric.worlds.makers import make
from allocentric.worlds.read import read
from tests.views.looking import WIDE

FLAT: Final = make("flat", 7)
BENT: Final = Pinhole(64, 48, 60.0, 62.0, 30.0, 25.0, Distortion(k1=-0.1, k2=0.02, p1=0.003, p2=-0.002))
ROUND: Final = Fisheye(64, 48, 30.0, 30.0, 32.0, 24.0, (0.02, -0.003, 0.0, 0.0))
PIXELS: Final = np.array([[10.5, 7.5], [40.0, 30.0], [60.0, 5.0], [33.0, 24.0]])


def view(id: str, camera: Camera = WIDE, *, yaw_rad: float = 2.0, x: float = 2.2) -> View:
    """A view into the living room."""
    return View(id, looking((x, 5.0, 1.6), yaw_rad=yaw_rad, pitch_rad=-0.3), camera=camera)


VIEWS: Final = (view("a"), view("b", yaw_rad=-1.0, x=2.5), view("c", BENT), view("d", ROUND))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Pictures of four views by three cameras."""
    folder = tmp_path_factory.mktemp("pictures")
    write_views(FLAT, VIEWS, folder, finer=1)
    return folder


def pixels(path: pathlib.Path) -> np.ndarray:
    """What a picture holds."""
    with Image.open(path) as image:
        return np.asarray(image).copy()


def test_colour_depth_and_instances_are_those_of_the_picture(folder: pathlib.Path) -> None:
    for each in VIEWS[:3]:
        picture = render(FLAT, each)
        np.testing.assert_array_equal(pixels(folder / f"images/{each.id}.png"), picture.colour)
        np.testing.assert_array_equal(pixels(folder / f"instances/{each.id}.png"), picture.instance + 1)
        depth = pixels(folder / f"depth/{each.id}.png")
        assert depth.dtype == np.uint16
        near = np.isfinite(picture.depth_m)
        assert np.abs(depth[near] / 1000 - picture.depth_m[near]).max() <= 0.0005 + 1e-12
        assert not depth[~near].any()
    named = json.loads((folder / "things.json").read_text())
    assert named["13"] == {"name": FLAT.names[12], "label": FLAT.labels[12]}


def test_depth_is_rounded_to_the_millimetre_and_0_where_16_bits_do_not_reach() -> None:
    lengths_m = np.array([[0.0004, 0.0006, 1.2344999, 1.2345001, 65.535, 65.536, np.inf, np.nan, -2.0]])
    assert depth_counts(lengths_m).tolist() == [[0, 1, 1234, 1235, 65535, 0, 0, 0, 0]]


def opengl_rays(frame: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Where a frame of transforms.json is, and the world's directions of `PIXELS`, by the format's words.

    Camera-to-world with x right, y up and z back; OpenCV's distortion, or its fisheye's.
    """
    matrix = np.array(frame["transform_matrix"])
    x = (PIXELS[:, 0] - frame["cx"]) / frame["fl_x"]
    y = (PIXELS[:, 1] - frame["cy"]) / frame["fl_y"]
    plane = undone(frame["camera_model"], x, y, *(frame.get(k, 0.0) for k in ("k1", "k2", "p1", "p2")))
    ways = np.stack([plane[:, 0], -plane[:, 1], -np.ones(len(plane))], axis=1) @ matrix[:3, :3].T
    return matrix[:3, 3], ways / np.linalg.norm(ways, axis=1, keepdims=True)


def undone(model: str, x: np.ndarray, y: np.ndarray, *k: float) -> np.ndarray:
    """The points of the plane z = 1 that OpenCV's formulas bend to x and y, by plain iteration."""
    k1, k2, p1, p2 = k
    u, v = x.copy(), y.copy()
    for _ in range(200):
        t = u * u + v * v
        if model == "OPENCV_FISHEYE":
            r = np.sqrt(t)
            angle = np.arctan(r)
            grown = angle * (1 + k1 * angle**2 + k2 * angle**4) / r
            u, v = x / grown, y / grown
        else:
            grown = 1 + k1 * t + k2 * t * t
            u, v = (
                (x - 2 * p1 * u * v - p2 * (t + 2 * u * u)) / grown,
                (y - p1 * (t + 2 * v * v) - 2 * p2 * u * v) / grown,
            )
    return np.stack([u, v], axis=1)


def colmap_rays(folder: pathlib.Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The same of a picture in COLMAP's text model: camera-from-world, quaternion w x y z."""
    cameras = {}
    for line in (folder / "sparse/0/cameras.txt").read_text().splitlines():
        if not line.startswith("#"):
            number, model, _, _, *params = line.split()
            cameras[number] = model, [float(each) for each in params]
    lines = [each for each in (folder / "sparse/0/images.txt").read_text().split("\n") if each[:1] != "#"]
    for line, points in zip(lines[::2], lines[1::2]):
        assert points == ""
        told = line.split()
        if told[9] == name:
            w, *xyz, tx, ty, tz = map(float, told[1:8])
            turn = Rotation.from_quat([*xyz, w]).as_matrix()
            model, (fx, fy, cx, cy, *rest) = cameras[told[8]]
            x, y = (PIXELS[:, 0] - cx) / fx, (PIXELS[:, 1] - cy) / fy
            k1, k2, p1, p2 = (*rest, 0.0, 0.0, 0.0, 0.0)[:4]
            if model == "OPENCV_FISHEYE":
                p1 = p2 = 0.0
            plane = undone(model, x, y, k1, k2, p1, p2)
            ways = np.column_stack([plane, np.ones(len(plane))]) @ turn
            return -turn.T @ [tx, ty, tz], ways / np.linalg.norm(ways, axis=1, keepdims=True)
    raise AssertionError(f"no picture is called {name}")


def test_transforms_and_colmap_tell_the_rays_that_the_pictures_were_made_with(folder: pathlib.Path) -> None:
    told = json.loads((folder / "transforms.json").read_text())
    for each, frame in zip(VIEWS, told["frames"], strict=True):
        assert each.camera is not None
        want = unproject(each.camera, PIXELS) @ each.world_from_camera.rotation.T
        for at_m, ways in (opengl_rays({**told, **frame}), colmap_rays(folder, f"{each.id}.png")):
            np.testing.assert_allclose(at_m, each.world_from_camera.translation_m, atol=1e-12)
            np.testing.assert_allclose(ways, want, atol=1e-9)
        assert (frame["file_path"], frame["view"]) == (f"images/{each.id}.png", each.id)
        assert (frame["w"], frame["h"]) == (each.camera.width_px, each.camera.height_px)
    assert (folder / "sparse/0/points3D.txt").read_text().startswith("#")
    assert len((folder / "sparse/0/points3D.txt").read_text().splitlines()) == 1


def test_the_folder_itself_is_read_by_what_tells_the_most_of_it(folder: pathlib.Path) -> None:
    told, named = read(folder), read(folder / "transforms.json")
    assert told.source.format == "transforms"
    assert told.metric
    assert told.id == folder.resolve().name
    assert [each.depth for each in told.views] == [each.depth for each in named.views]


def test_depth_on_disk_puts_each_pixel_where_its_thing_is(folder: pathlib.Path) -> None:
    told = json.loads((folder / "transforms.json").read_text())
    frame = {**told, **told["frames"][0]}
    depth_m = pixels(folder / frame["depth_file_path"]) * told["depth_unit_scale_factor"]
    things = pixels(folder / frame["instance_file_path"])
    rows, columns = np.nonzero((depth_m > 0) & (things > 0))
    across = (columns + 0.5 - frame["cx"]) / frame["fl_x"]
    down = (rows + 0.5 - frame["cy"]) / frame["fl_y"]
    in_camera = np.stack([across, -down, -np.ones(len(rows))], axis=1) * depth_m[rows, columns, None]
    matrix = np.array(frame["transform_matrix"])
    places = in_camera @ matrix[:3, :3].T + matrix[:3, 3]
    thing = things[rows, columns] - 1
    own = np.einsum("ni,nij->nj", places - FLAT.centers[thing], FLAT.rotations[thing])
    assert np.abs((np.abs(own) - FLAT.sizes[thing] / 2).max(axis=1)).max() < 0.001


def test_one_camera_for_all_stands_at_the_top(tmp_path: pathlib.Path) -> None:
    write_views(FLAT, VIEWS[:2], tmp_path, finer=1)
    told = json.loads((tmp_path / "transforms.json").read_text())
    assert (told["camera_model"], told["fl_x"], told["w"]) == ("PINHOLE", 80.0, 160)
    assert "fl_x" not in told["frames"][0]


def test_a_panorama_has_range_and_no_model_of_colmap_s(tmp_path: pathlib.Path) -> None:
    camera = Panorama(64, 32)
    done = write_views(FLAT, [view("p", camera)], tmp_path, finer=1)
    assert done.notes == ("no model of COLMAP's was written: COLMAP has no panoramas",)
    assert not (tmp_path / "sparse").exists()
    told = json.loads((tmp_path / "transforms.json").read_text())
    assert (told["camera_model"], told["frames"][0]["range_file_path"]) == ("EQUIRECTANGULAR", "range/p.png")
    range_m = render(FLAT, view("p", camera)).range_m
    near = np.isfinite(range_m)
    assert np.abs(pixels(tmp_path / "range/p.png")[near] / 1000 - range_m[near]).max() <= 0.0005 + 1e-12
    assert rays(camera).shape == (32, 64, 3)


def test_lengths_are_in_metres_whatever_the_scene_s_unit(tmp_path: pathlib.Path) -> None:
    cube = Thing(label="cube", center=(3, 0, 1), size=(1, 1, 1))
    ahead = View("v", looking((0, 0, 1), yaw_rad=0.0), camera=WIDE)
    write_views(scene_of("s", [cube], scale=Interval.of(0.5)), [ahead], tmp_path, finer=1)
    assert pixels(tmp_path / "depth/v.png")[60, 80] == 1250
    frame = json.loads((tmp_path / "transforms.json").read_text())["frames"][0]
    assert frame["transform_matrix"][2][3] == 0.5


def test_without_a_scale_cameras_are_in_scene_units_and_depth_is_left_out(tmp_path: pathlib.Path) -> None:
    vague = derived(FLAT, "unscaled", scale=Interval(0.5, 2.0))
    done = write_views(vague, VIEWS[:2], tmp_path, finer=1)
    assert done.notes == (UNSCALED,)
    told = json.loads((tmp_path / "transforms.json").read_text())
    assert not {"metres_per_unit", "depth_unit_scale_factor"} & set(told)
    assert not (tmp_path / "depth").exists()
    at = np.array(told["frames"][0]["transform_matrix"])[:3, 3]
    np.testing.assert_array_equal(at, VIEWS[0].world_from_camera.translation_m)
    np.testing.assert_array_equal(pixels(tmp_path / "instances/a.png"), render(FLAT, VIEWS[0]).instance + 1)
    back = read(tmp_path / "transforms.json")
    assert (back.scale.low, back.scale.high) == (0.0, np.inf)


@pytest.mark.parametrize("seed", range(20))
def test_a_quaternion_turns_as_its_rotation(seed: int) -> None:
    turn = Rotation.random(random_state=seed)
    if seed < 6:  # half turns, where the scalar part is 0
        turn = Rotation.from_rotvec(np.pi * np.eye(3)[seed % 3]) * Rotation.from_rotvec([0, 0, seed // 3])
    w, x, y, z = quaternion_of(turn.as_matrix())
    np.testing.assert_allclose(Rotation.from_quat([x, y, z, w]).as_matrix(), turn.as_matrix(), atol=1e-12)
    assert w >= 0


def test_who_is_stopped_goes_on_and_what_changed_is_made_anew(tmp_path: pathlib.Path) -> None:
    def first_only(ids: Iterator[str]) -> Iterable[str]:
        yield next(ids)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_views(FLAT, VIEWS[:3], tmp_path, finer=1, watch=first_only)
    assert [each.name for each in (tmp_path / "images").iterdir()] == ["a.png"]
    assert not (tmp_path / "transforms.json").exists()
    assert write_views(FLAT, VIEWS[:3], tmp_path, finer=1).made == 2
    assert write_views(FLAT, VIEWS[:3], tmp_path, finer=1).made == 0
    (tmp_path / "depth/b.png").unlink()
    assert write_views(FLAT, VIEWS[:3], tmp_path, finer=1).made == 1
    moved = (VIEWS[0], replace(VIEWS[1], world_from_camera=VIEWS[0].world_from_camera), VIEWS[2])
    assert write_views(FLAT, moved, tmp_path, finer=1).made == 1
    assert write_views(make("flat", 8), moved, tmp_path, finer=1).made == 3


def test_watch_is_handed_each_view_when_its_pictures_are_there(tmp_path: pathlib.Path) -> None:
    seen = []

    def watch(ids: Iterator[str]) -> Iterable[str]:
        for id in ids:
            seen.append((id, (tmp_path / f"images/{id}.png").exists()))
            yield id

    write_views(FLAT, VIEWS[:2], tmp_path, finer=1, watch=watch)
    assert seen == [("a", True), ("b", True)]


SCREWED: Final = Pinhole(64, 48, 60.0, 60.0, 32.0, 24.0, Distortion(k1=0.1, k4=0.1))


@pytest.mark.parametrize(
    ("scene", "views", "says"),
    [
        (FLAT, (), "no view to write"),
        (FLAT, (view("a"), replace(view("b"), camera=None)), "no camera is known"),
        (FLAT, (view("a/b"), view("a:b")), "'a/b' and 'a:b' would be one file"),
        (FLAT, (view("a"), view("A")), "would be one file"),
        (FLAT, (view("a", SCREWED),), "no lens with so many"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    scene: Scene, views: tuple[View, ...], says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says):
        write_views(scene, views, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_name_leads_out_of_no_folder(tmp_path: pathlib.Path) -> None:
    write_views(FLAT, [view("../../x"), view(".hidden")], tmp_path / "out", finer=1)
    assert {each.name for each in (tmp_path / "out/images").iterdir()} == {"_.._x.png", "hidden.png"}
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BadInput, match="this folder cannot be made"):
        write_views(FLAT, VIEWS[:1], tmp_path / "out")


def test_views_of_several_sizes_make_no_film() -> None:
    check_sizes(VIEWS[:2], where="a film")
    with pytest.raises(BadInput, match="'b' is 160 x 120 pixels, view 'd' 64 x 48"):
        check_sizes(VIEWS, where="a film")


def test_the_scene_lies_beside_its_pictures_wherever_both_are_moved(
    folder: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    moved = shutil.copytree(folder, tmp_path / "moved")
    told = read(moved / "scene.json")
    assert told.names == FLAT.names
    for each in VIEWS:
        view = told.view(each.id)
        assert view.image == str(moved / f"images/{each.id}.png")
        assert view.depth is not None
        depth_m = pixels(pathlib.Path(view.depth.path)) * view.depth.metres_per_count
        truth = render(FLAT, each)
        shown = depth_m > 0
        want = truth.depth_m if view.depth.kind == "z" else truth.range_m
        np.testing.assert_allclose(depth_m[shown], want[shown], atol=0.0006)
