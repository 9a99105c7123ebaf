"""ScanNet++ in its own layout: labels, both models, and transforms.json where there is no model."""

import json
import pathlib
import shutil

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Fisheye, Pinhole
from allocentric.worlds.read import read
from tests.worlds import posed_layouts as layouts
from tests.worlds import scannetpp_layout, walk
from tests.worlds.test_posed_readers import CAMERA, matrix


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return scannetpp_layout.scannetpp(tmp_path_factory.mktemp("0a5c013435"))


@pytest.fixture
def folder(made: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(shutil.copytree(made, tmp_path / "scene"))


def test_both_cameras_views_and_the_labels_stand_in_one_world(made: pathlib.Path) -> None:
    scene = read(made)
    assert (scene.source.format, scene.source.warnings) == ("scannetpp", ())
    assert (scene.labels, scene.kinds) == (("chest", "floor"), ("object", "structure"))
    np.testing.assert_allclose(scene.centers[0], walk.CHEST.mean(0), atol=1e-5)
    size = walk.CHEST[1] - walk.CHEST[0]
    np.testing.assert_allclose(scene.sizes[0], size[[1, 0, 2]], atol=1e-5)
    np.testing.assert_allclose(scene.rotations[0][:, 0], [0, 1, 0], atol=1e-9)
    assert [each.id for each in scene.views[::5]] == ["dslr/DSC00000.JPG", "iphone/frame_000000.jpg"]
    for row in range(10):
        np.testing.assert_allclose(matrix(scene, row), walk.world_from_camera(row % 5), atol=1e-6)
        assert scene.views[row].camera == CAMERA
        assert pathlib.Path(scene.views[row].image or "").exists()
    depth = scene.views[5].depth
    assert depth is not None
    assert depth.camera == Pinhole(32, 24, 25.0, 26.0, 15.75, 12.5)
    assert (scene.metric, scene.tilt_rad) == (True, 0)
    assert scene.source.notes[0].startswith("world-to-camera detected: depth carried from frame to frame")
    assert any(each.startswith("dslr: world-to-camera detected") for each in scene.source.notes)


def test_a_box_that_does_not_hold_its_vertices_is_not_taken(folder: pathlib.Path) -> None:
    path = folder / "scans/segments_anno.json"
    told = json.loads(path.read_text())
    told["segGroups"][0]["obb"]["axesLengths"][0] = 0.1
    path.write_text(json.dumps(told))
    scene = read(folder)
    np.testing.assert_allclose(scene.rotations[0], np.eye(3))
    np.testing.assert_allclose(scene.sizes[0], walk.CHEST[1] - walk.CHEST[0], atol=1e-5)


@pytest.mark.parametrize("turned", [True, False])
def test_the_world_of_transforms_json_is_the_one_in_which_cameras_stand_in_the_mesh(
    turned: bool, folder: pathlib.Path
) -> None:
    shutil.rmtree(folder / "iphone")
    scannetpp_layout.transforms(folder, turned=turned)
    scene = read(folder)
    assert len(scene.views) == 5
    assert isinstance(scene.views[0].camera, Fisheye)
    for row in range(5):
        np.testing.assert_allclose(matrix(scene, row), walk.world_from_camera(row), atol=1e-9)
    said = "exchanged and z reversed" if turned else "as written"
    assert any(said in each for each in scene.source.notes)


def test_poses_of_another_scene_are_refused(folder: pathlib.Path) -> None:
    scannetpp_layout.transforms(folder)
    file = folder / "dslr/nerfstudio/transforms.json"
    told = json.loads(file.read_text())
    for frame in [*told["frames"], *told["test_frames"]]:
        frame["transform_matrix"][0][3] += 90
    file.write_text(json.dumps(told))
    with pytest.raises(
        BadInput, match=r"cameras of transforms\.json stand out of the mesh, turned back or not"
    ):
        read(folder)


def test_a_frame_without_depth_or_a_depth_image_of_another_shape_is_refused(folder: pathlib.Path) -> None:
    path = folder / "iphone/depth/frame_000002.png"
    layouts.save(path, walk.counts(walk.world_from_camera(2), 1000, 32, 32))
    with pytest.raises(BadInput, match="32 x 32 pixels do not show what 64 x 48 do"):
        read(folder)
    path.unlink()
    with pytest.raises(BadInput, match=r"'frame_000002\.jpg' has no depth image"):
        read(folder)


def test_labels_alone_and_pictures_alone_are_read(folder: pathlib.Path) -> None:
    for which in ("dslr", "iphone"):
        (folder / which).rename(folder.parent / which)
    assert (len(read(folder)), len(read(folder).views)) == (2, 0)
    shutil.rmtree(folder / "scans")
    (folder.parent / "dslr").rename(folder / "dslr")
    assert (len(read(folder)), len(read(folder).views)) == (0, 5)
