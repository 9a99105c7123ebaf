"""Reconstructions as npz: whichever way the poses lead, the points or the depths tell."""

import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.worlds.read import read
from tests.worlds import walk
from tests.worlds.test_posed_readers import CAMERA, matrix

POSES = np.array(walk.poses())
DEPTHS = np.array([walk.depth_m(each) for each in walk.poses()])


def points() -> np.ndarray:
    """What each pixel sees, in the world."""
    columns, rows = np.meshgrid(np.arange(walk.WIDTH), np.arange(walk.HEIGHT))
    rays = np.stack([(columns - walk.CX) / walk.FX, (rows - walk.CY) / walk.FY, np.ones_like(rows)], axis=-1)
    own = rays * DEPTHS[..., None]
    made: np.ndarray = np.einsum("vij,vhwj->vhwi", POSES[:, :3, :3], own) + POSES[:, None, None, :3, 3]
    return made


def vggt(**changes: Any) -> dict[str, Any]:
    """As VGGT's predictions: world-to-camera 3 x 4, depth with a channel, half of the points unsure."""
    sure = np.ones(DEPTHS.shape)
    sure[:, ::2] = 0.1
    made = points()
    made[:, ::2] += 5.0
    told = {
        "extrinsic": np.linalg.inv(POSES)[:, :3],
        "intrinsic": np.tile(walk.MATRIX, (len(POSES), 1, 1)),
        "depth": DEPTHS[..., None],
        "world_points": made,
        "world_points_conf": sure,
        "images": np.zeros((len(POSES), 3, walk.HEIGHT, walk.WIDTH), np.float32),
    }
    return {name: each for name, each in (told | changes).items() if each is not None}


def dust3r(**changes: Any) -> dict[str, Any]:
    """As DUSt3R's scene: camera-to-world 4 x 4 and a point map, one matrix a picture."""
    told = {"cams2world": POSES, "intrinsics": np.tile(walk.MATRIX, (len(POSES), 1, 1)), "pts3d": points()}
    return {name: each for name, each in (told | changes).items() if each is not None}


def put(folder: pathlib.Path, arrays: dict[str, Any]) -> pathlib.Path:
    np.savez(folder / "scene.npz", **arrays)
    return folder / "scene.npz"


@pytest.mark.parametrize(
    "arrays",
    [
        vggt(),
        dust3r(),
        vggt(world_points=None),
        {"extrinsic": vggt()["extrinsic"][None], "intrinsic": walk.MATRIX, "depth": DEPTHS[None]},
    ],
    ids=["vggt", "dust3r", "depth alone", "batch"],
)
def test_the_walk_is_read_and_its_convention_is_detected(
    arrays: dict[str, Any], tmp_path: pathlib.Path
) -> None:
    scene = read(put(tmp_path, arrays))
    assert (scene.id, scene.source.format, scene.source.warnings) == ("scene", "reconstruction_npz", ())
    for row in range(walk.FRAMES):
        np.testing.assert_allclose(matrix(scene, row), POSES[row], atol=1e-9)
        assert scene.views[row].camera == CAMERA
    assert "detected: " in scene.source.notes[0]
    assert scene.scale.high == np.inf
    assert scene.tilt_rad == pytest.approx(np.pi)


@pytest.mark.parametrize("flip", [False, True], ids=["OpenCV", "OpenGL"])
@pytest.mark.parametrize("kept", ["points", "depth"])
@pytest.mark.parametrize("name", ["extrinsic", "cams2world"])
def test_a_name_that_says_another_convention_than_the_points_is_overruled_and_said(
    name: str, kept: str, flip: bool, tmp_path: pathlib.Path
) -> None:
    written = POSES @ np.diag([1, -1, -1, 1]) if flip else POSES
    wrong = np.linalg.inv(written) if name == "cams2world" else written
    told = {"pts3d": points()} if kept == "points" else {"depth": DEPTHS}
    scene = read(put(tmp_path, {name: wrong, "intrinsic": walk.MATRIX, **told}))
    np.testing.assert_allclose(matrix(scene, 3), POSES[3], atol=1e-9)
    (said,) = scene.source.warnings
    assert said.startswith("the array's name says ")
    direction = "world-to-camera" if name == "cams2world" else "camera-to-world"
    assert said.endswith(f"its points {direction}, {'OpenGL' if flip else 'OpenCV'} axes")


def test_a_focal_length_alone_makes_a_camera_with_its_middle_in_the_picture(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path, dust3r(intrinsics=None, focals=np.full(len(POSES), 50.0))))
    camera = scene.views[0].camera
    assert (camera.fx_px, camera.cx_px, camera.cy_px) == (50, 32, 24)  # type: ignore[union-attr]


def test_depth_in_another_unit_than_the_points_is_named(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path, vggt(depth=1000 * DEPTHS)))
    assert scene.source.warnings == (
        "depths look 1000 times too large for the points: are they in one unit?",
    )


def test_poses_that_nothing_confirms_and_poses_that_nothing_fits_are_doubted(tmp_path: pathlib.Path) -> None:
    alone = read(put(tmp_path, vggt(world_points=None, depth=None, world_points_conf=None)))
    assert alone.source.warnings == ("no points and no depth: nothing confirms which way the poses lead",)
    noise = np.random.default_rng(1).normal(size=(*DEPTHS.shape, 3))
    (said,) = read(put(tmp_path, dust3r(pts3d=noise))).source.warnings
    assert said.startswith("no convention fits")


SPOILED = [
    (vggt(extrinsic=np.zeros((5, 2, 2))), r"the poses are of shape \(5, 2, 2\)"),
    (vggt(extrinsic=np.tile(np.diag([2.0, 2, 2, 1]), (5, 1, 1))), "is not rigid: it is scaled by 2"),
    (vggt(extrinsic=vggt()["extrinsic"][:4]), r"points is \(5, 48, 64\) for 4 poses"),
    (vggt(depth=DEPTHS[:, :20]), r"depth is \(5, 20, 64\) for 5 poses of pictures of 64 x 48 pixels"),
    (vggt(intrinsic=None), "no camera matrix for each of 5 pictures"),
    (vggt(intrinsic=np.tile(walk.MATRIX.T, (5, 1, 1))), "principal point 0, 0 is outside of a picture"),
    ({"extrinsic": POSES, "intrinsic": walk.MATRIX}, "nothing tells the size of the pictures"),
    (vggt(depth=np.array([{"a": 1}])), "Object arrays cannot be loaded"),
]


@pytest.mark.parametrize(("arrays", "says"), SPOILED, ids=[each[1][:20] for each in SPOILED])
def test_arrays_that_do_not_belong_together_are_refused(
    arrays: dict[str, Any], says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says):
        read(put(tmp_path, arrays))


def test_a_file_that_stops_short_is_refused(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path, vggt())
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(BadInput, match="the arrays cannot be read"):
        read(path)
