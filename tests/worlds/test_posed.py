"""Posed pictures that do not fit are refused by name, and so is a convention that depth speaks against."""

import json
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.scene import DepthImage, View
from allocentric.worlds.read import read
from allocentric.worlds.readers.agreement import agreement, judge, telling_pairs
from allocentric.worlds.readers.convention import CONVENTIONS, Convention
from allocentric.worlds.readers.posed import checked_poses, rotation_from_angle_axis
from tests.worlds import posed_layouts as layouts
from tests.worlds import walk

CAMERA = Pinhole(walk.WIDTH, walk.HEIGHT, walk.FX, walk.FY, walk.CX + 0.5, walk.CY + 0.5)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The walk as a HoloLens folder, made once."""
    return layouts.hololens(tmp_path_factory.mktemp("walk"))


@pytest.fixture
def folder(made: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy of it to spoil."""
    return pathlib.Path(shutil.copytree(made, tmp_path / "walk"))


def spoil_poses(folder: pathlib.Path, change: Callable[[Any], Any]) -> None:
    rows = np.loadtxt(folder / "poses.txt").reshape(-1, 4, 4)
    layouts.write(folder / "poses.txt", [change(row) for row in rows])


# What does not fit.


def missing_picture(folder: pathlib.Path) -> None:
    (folder / "images/00006.png").unlink()


def missing_depth(folder: pathlib.Path) -> None:
    (folder / "depth/00006.png").unlink()


def missing_pose(folder: pathlib.Path) -> None:
    lines = (folder / "poses.txt").read_text().splitlines()
    (folder / "poses.txt").write_text("\n".join(lines[:-1]))


def missing_of_a_list(folder: pathlib.Path) -> None:
    (folder / "frames.txt").write_text("".join(f"{3 * row:05d}.png\n" for row in range(6)))


def small_depth(folder: pathlib.Path) -> None:
    layouts.save(folder / "depth/00006.png", walk.counts(walk.world_from_camera(2), 1000, 32, 24))


def small_picture(folder: pathlib.Path) -> None:
    layouts.save(folder / "images/00006.png", walk.picture(2, 32, 24))


def empty_depth(folder: pathlib.Path) -> None:
    layouts.save(folder / "depth/00006.png", np.zeros((48, 64), np.uint16))


def coloured_depth(folder: pathlib.Path) -> None:
    layouts.save(folder / "depth/00006.png", walk.picture(2))


def cut_off_picture(folder: pathlib.Path) -> None:
    path = folder / "images/00006.png"
    path.write_bytes(path.read_bytes()[:-40])


def cut_off_depth(folder: pathlib.Path) -> None:
    path = folder / "depth/00006.png"
    path.write_bytes(path.read_bytes()[:-40])


def no_picture(folder: pathlib.Path) -> None:
    (folder / "images/00006.png").write_text("a chair by the window")


def skewed(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: pose + np.eye(4)[[0]].T @ [[0, 0.1, 0, 0]])


def scaled(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: pose @ np.diag([2, 2, 2, 1]))


def mirrored(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: pose @ np.diag([-1, 1, 1, 1]))


def transposed(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: pose.T)


def not_finite(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: pose * [[1, 1, 1, np.nan]])


def a_word(folder: pathlib.Path) -> None:
    text = (folder / "poses.txt").read_text()
    (folder / "poses.txt").write_text(text.replace("0.0 0.0 0.0 1.0", "0.0 0.0 zero 1.0", 1))


def short_line(folder: pathlib.Path) -> None:
    text = (folder / "poses.txt").read_text()
    (folder / "poses.txt").write_text(text.replace(" 0.0 0.0 0.0 1.0", "", 1))


def camera_of_others(folder: pathlib.Path) -> None:
    layouts.write(folder / "K.txt", walk.MATRIX @ np.diag([1, 1, 1]) + [[0, 0, 900], [0, 0, 0], [0, 0, 0]])


def skewed_camera(folder: pathlib.Path) -> None:
    layouts.write(folder / "K.txt", walk.MATRIX.T)


def two_rows(folder: pathlib.Path) -> None:
    layouts.write(folder / "K.txt", walk.MATRIX[:2])


REFUSED = [
    (missing_picture, "depth and images differ: 5 frames and 4, '00006' in one alone", "walk"),
    (missing_depth, "depth and images differ: 4 frames and 5, '00006' in one alone", "walk"),
    (missing_pose, "5 pictures and 4 poses", "walk"),
    (missing_of_a_list, r"frames\.txt and images differ: 6 frames and 5, '00015' in one alone", "walk"),
    (small_depth, "the depth image is 32 x 24 pixels, its camera 64 x 48", "depth/00006.png"),
    (small_picture, "the picture is 32 x 24 pixels, its camera 64 x 48", "images/00006.png"),
    (empty_depth, "every depth in it is 0", "depth/00006.png"),
    (coloured_depth, "one channel of numbers, this one is RGB", "depth/00006.png"),
    (cut_off_picture, "the picture cannot be read", "images/00006.png"),
    (cut_off_depth, "the picture cannot be read", "depth/00006.png"),
    (no_picture, "cannot identify image file", "images/00006.png"),
    (skewed, "the pose of '00000' is not rigid: its axes are skewed", "poses.txt"),
    (scaled, "the pose of '00000' is not rigid: it is scaled by 2", "poses.txt"),
    (mirrored, "the pose of '00000' is mirrored", "poses.txt"),
    (transposed, "does not end with the row 0 0 0 1", "poses.txt"),
    (not_finite, "has a number that is not finite", "poses.txt"),
    (a_word, "could not convert string to float: 'zero'", "poses.txt, line 1"),
    (short_line, "12 numbers where 16 belong", "poses.txt, line 1"),
    (camera_of_others, "principal point 931, 24.5 is outside of a picture of 64 x 48 pixels", "K.txt"),
    (skewed_camera, "outside of a picture", "K.txt"),
    (two_rows, "2 rows where 3 belong", "K.txt"),
]


@pytest.mark.parametrize(("spoil", "says", "where"), REFUSED, ids=[each[0].__name__ for each in REFUSED])
def test_what_does_not_fit_is_refused_by_its_name(
    spoil: Callable[[pathlib.Path], None], says: str, where: str, folder: pathlib.Path
) -> None:
    spoil(folder)
    with pytest.raises(BadInput, match=says) as caught:
        read(folder)
    assert caught.value.where.endswith(where)


def test_rounded_poses_are_made_orthonormal_and_that_is_said(folder: pathlib.Path) -> None:
    spoil_poses(folder, lambda pose: np.round(pose, 3))
    scene = read(folder)
    (said,) = scene.source.warnings
    assert said.startswith("the rotations of 5 poses are rounded, by up to 0.0005")
    turn = scene.views[0].world_from_camera.rotation
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)


def test_two_pictures_of_one_name_are_refused(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path)
    text = json.loads(path.read_text())
    text["frames"][1]["file_path"] = text["frames"][0]["file_path"]
    path.write_text(json.dumps(text))
    with pytest.raises(BadInput, match=r"two pictures are called 'images/0\.png'"):
        read(path)


def test_no_pose_at_all_makes_no_fuss() -> None:
    assert checked_poses([], np.zeros((0, 4, 4)), where="") == ((), ())


def test_an_angle_axis_is_the_rotation_that_scipy_has() -> None:
    for turn in ([0.0, 0, 0], [1e-9, 0, 0], [0.3, -1.2, 2.0], [0, np.pi, 0]):
        theirs = Rotation.from_rotvec(turn).as_matrix()
        np.testing.assert_allclose(rotation_from_angle_axis(np.array(turn)), theirs, atol=1e-12)


# Conventions.


def test_a_point_straight_ahead_lies_where_each_convention_says() -> None:
    place = Pose(np.eye(3), np.array([1.0, 2.0, 3.0]))
    ahead = {each: each.world_from_camera(place).apply(np.array([0.0, 0, 1])) for each in CONVENTIONS}
    assert ahead[Convention(True, True)].tolist() == [1, 2, 4]
    assert ahead[Convention(True, False)].tolist() == [1, 2, 2]
    assert ahead[Convention(False, True)].tolist() == [-1, -2, -2]
    assert ahead[Convention(False, False)].tolist() == [-1, -2, -4]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_what_is_written_is_read_back(convention: Convention) -> None:
    pose = Pose(Rotation.from_rotvec([0.3, -1.2, 2.0]).as_matrix(), np.array([1.0, 2.0, 3.0]))
    back = convention.world_from_camera(convention.written(pose))
    np.testing.assert_allclose(back.rotation, pose.rotation, atol=1e-12)
    np.testing.assert_allclose(back.translation_m, pose.translation_m, atol=1e-12)


# Depth carried from view to view.


@pytest.fixture(scope="module")
def views(made: pathlib.Path) -> list[View]:
    """The walk's views in its own world, read as they should be."""
    depths = sorted((made / "depth").iterdir())
    return [
        View(path.stem, Pose(pose[:3, :3], pose[:3, 3]), camera=CAMERA, depth=DepthImage(str(path), 0.001))
        for path, pose in zip(depths, walk.poses())
    ]


def misread(views: list[View], true: Convention, declared: Convention, metres_per_count: float) -> list[View]:
    """The views as whoever takes a file in one convention for one in another has them."""
    return [
        View(
            view.id,
            declared.world_from_camera(true.written(view.world_from_camera)),
            camera=view.camera,
            depth=DepthImage(view.depth.path, metres_per_count),
        )
        for view in views
        if view.depth is not None
    ]


@pytest.mark.parametrize("metres_per_count", [0.001, 1.0, 1 / 5000])
@pytest.mark.parametrize("declared", CONVENTIONS, ids=str)
@pytest.mark.parametrize("true", CONVENTIONS, ids=str)
def test_every_mistaken_convention_and_scale_is_named_and_the_right_one_never(
    true: Convention, declared: Convention, metres_per_count: float, views: list[View]
) -> None:
    mistaken = misread(views, true, declared, metres_per_count)
    pairs = telling_pairs(mistaken)
    found = agreement(mistaken, pairs, declared)
    assert (found[0].convention, found[0].depth_times) == (declared, 1)
    if true == declared and metres_per_count == 0.001:
        notes, warnings = judge(found, len(pairs), where="")
        assert notes[0].startswith(
            f"{true.direction} detected: depth carried from frame to frame agrees to 0.9"
        )
        assert warnings == []
        return
    with pytest.raises(BadInput) as caught:
        judge(found, len(pairs), where="")
    what = caught.value.what
    assert (f"poses look {true.direction}" in what) == (true.to_world != declared.to_world)
    assert (f"the camera axes look like {true.axes}'s" in what) == (true.opencv != declared.opencv)
    assert ("depths look" in what) == (metres_per_count != 0.001)
    if metres_per_count != 0.001:
        times = max(metres_per_count / 0.001, 0.001 / metres_per_count)
        assert f"depths look {times:g} times too {'large' if metres_per_count > 0.001 else 'small'}" in what


def test_the_inverse_poses_of_a_folder_are_refused_with_the_numbers(folder: pathlib.Path) -> None:
    spoil_poses(folder, np.linalg.inv)
    with pytest.raises(BadInput, match=r"poses look world-to-camera: median 0\.9.* cm so against .* as read"):
        read(folder)


def test_depth_in_another_unit_is_refused_with_the_numbers(tmp_path: pathlib.Path) -> None:
    path = layouts.transforms(tmp_path, depth_unit_scale_factor=1 / 5000)
    with pytest.raises(BadInput, match="depths look 5 times too small: median") as caught:
        read(path)
    assert caught.value.mend == "mend the depth scale, or the unit of the poses"


def test_a_camera_that_stands_still_tells_nothing_of_the_convention(folder: pathlib.Path) -> None:
    for row in range(1, walk.FRAMES):
        shutil.copy(folder / "depth/00000.png", folder / f"depth/{3 * row:05d}.png")
    first = np.loadtxt(folder / "poses.txt")[0]
    spoil_poses(folder, lambda pose: first.reshape(4, 4))
    (note, *_) = read(folder).source.notes
    assert note.startswith("camera-to-world as the format declares")
    assert note.endswith("the camera hardly moves")


def test_views_that_see_nothing_in_common_confirm_nothing_and_that_is_a_warning(
    folder: pathlib.Path,
) -> None:
    for path in (folder / "depth").iterdir():  # ten pixels measured
        kept = np.array(Image.open(path))
        kept[:, 10:] = 0
        kept[1:] = 0
        layouts.save(path, kept)
    (said,) = read(folder).source.warnings
    assert said.startswith("no two depth images overlap")


def test_poses_that_fit_no_convention_are_a_warning(folder: pathlib.Path) -> None:
    random = np.random.default_rng(3)

    def drifted(pose: Any) -> Any:
        drift = np.eye(4)
        drift[:3, :3] = Rotation.from_rotvec(random.normal(0, 0.15, 3)).as_matrix()
        drift[:3, 3] = random.normal(0, 0.3, 3)
        return pose @ drift

    spoil_poses(folder, drifted)
    assert any("poses, cameras or depths are off" in each for each in read(folder).source.warnings)


def test_pairs_are_spread_over_a_long_walk_each_apart_enough_to_tell() -> None:
    depth = DepthImage("none.png", 0.001)
    views = [
        View(str(row), Pose(np.eye(3), np.array([row / 100, 0, 0])), camera=CAMERA, depth=depth)
        for row in range(1000)
    ]
    pairs = telling_pairs(views)
    assert len(pairs) == 24
    assert pairs[0] == (0, 10), "ten steps of a centimetre"
    assert pairs[-1] == (998, 999), "as far as there is"
    assert telling_pairs(views[:1]) == ()


# What looks wrong.


def test_poses_in_millimetres_and_depth_without_a_witness_are_warned_of(tmp_path: pathlib.Path) -> None:
    layouts.hololens(tmp_path)
    shutil.rmtree(tmp_path / "depth")
    larger = np.ones((4, 4))
    larger[:3, 3] = 1e4
    spoil_poses(tmp_path, lambda pose: pose * larger)
    scene = read(tmp_path)
    assert scene.source.warnings == ("the cameras are up to 4800 m apart: are the poses in metres?",)
    assert scene.source.notes[0] == "camera-to-world, OpenCV axes, as the format declares"


def test_a_world_that_lies_on_its_side_is_warned_of(tmp_path: pathlib.Path) -> None:
    layouts.scannet(tmp_path)
    tipped = np.eye(4)
    tipped[:3, :3] = Rotation.from_euler("x", 90, degrees=True).as_matrix()
    numbers = " ".join(map(str, tipped.ravel().tolist()))
    (tmp_path / "scene0001_00.txt").write_text(f"axisAlignment = {numbers}\n")
    assert any(each.endswith("is z up?") for each in read(tmp_path).source.warnings)
