import pathlib
from typing import Any

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.pictures import depth_camera, depth_m, depth_size_px, picture_size_px
from allocentric.scene.scene import DepthImage, View

CAMERA = Pinhole(40, 30, 20.0, 20.0, 20.0, 15.0)
COUNTS = np.arange(40 * 30, dtype=np.uint16).reshape(30, 40)


def saved(path: pathlib.Path, values: Any) -> pathlib.Path:
    Image.fromarray(values).save(path)
    return path


def noise() -> Any:
    return np.random.default_rng(0).integers(0, 255, (30, 40, 3), dtype=np.uint8)


def seen(path: pathlib.Path, **depth: Any) -> View:
    image = DepthImage(str(path), **{"metres_per_count": 0.001} | depth)
    return View("a", Pose(np.eye(3), np.zeros(3)), camera=CAMERA, depth=image)


@pytest.mark.parametrize("end", ["png", "jpg", "ppm", "webp", "tif"])
def test_a_picture_tells_its_size_and_a_part_of_it_is_refused(end: str, tmp_path: pathlib.Path) -> None:
    path = saved(tmp_path / f"a.{end}", noise())
    assert picture_size_px(path) == (40, 30)
    data = path.read_bytes()
    path.write_bytes(data[: 9 * len(data) // 10])
    with pytest.raises(BadInput, match="the picture cannot be read") as caught:
        picture_size_px(path)
    assert caught.value.where == str(path)


def test_bytes_after_the_end_of_a_photograph_do_no_harm(tmp_path: pathlib.Path) -> None:
    path = saved(tmp_path / "a.jpg", noise())
    path.write_bytes(path.read_bytes() + b"\0" * 100)
    assert picture_size_px(path) == (40, 30)


def test_what_is_no_picture_or_is_not_there_is_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.png").write_text("a chair by the window")
    with pytest.raises(BadInput, match="cannot identify image file"):
        picture_size_px(tmp_path / "a.png")
    with pytest.raises(BadInput, match="the picture is missing"):
        picture_size_px(tmp_path / "b.png")
    with pytest.raises(BadInput, match="is a directory"):
        picture_size_px(tmp_path)


@pytest.mark.parametrize("packed", [0, 6])
@pytest.mark.parametrize("size", [(30, 40), (480, 640)])
def test_a_depth_image_of_nothing_is_refused_however_it_is_packed(
    size: tuple[int, int], packed: int, tmp_path: pathlib.Path
) -> None:
    Image.fromarray(np.zeros(size, np.uint16)).save(tmp_path / "a.png", compress_level=packed)
    with pytest.raises(BadInput, match="every depth in it is 0"):
        depth_size_px(tmp_path / "a.png")
    values = np.zeros(size, np.uint16)
    values[-1, -1] = 7
    Image.fromarray(values).save(tmp_path / "a.png", compress_level=packed)
    assert depth_size_px(tmp_path / "a.png") == size[::-1]


def test_depth_is_metres_along_the_axis_and_nothing_where_nothing_was_measured(
    tmp_path: pathlib.Path,
) -> None:
    depth = depth_m(seen(saved(tmp_path / "a.png", COUNTS)))
    assert np.isnan(depth[0, 0])
    assert depth[29, 39] == pytest.approx(1.199)
    assert depth_camera(seen(tmp_path / "a.png")) == CAMERA


def test_depth_along_the_rays_is_less_along_the_axis(tmp_path: pathlib.Path) -> None:
    path = saved(tmp_path / "a.png", np.full((30, 40), 1000, np.uint16))
    depth = depth_m(seen(path, kind="range"))
    offset = np.array([39.5 - 20, 29.5 - 15]) / 20
    assert depth[29, 39] == pytest.approx(1 / np.sqrt(1 + (offset**2).sum()), abs=1e-12)


def test_a_depth_image_of_another_size_is_refused_unless_it_has_its_own_camera(
    tmp_path: pathlib.Path,
) -> None:
    path = saved(tmp_path / "a.png", COUNTS[:15, :20])
    with pytest.raises(BadInput, match="the depth image is 20 x 15 pixels, its camera 40 x 30"):
        depth_m(seen(path))
    assert depth_m(seen(path, camera=Panorama(20, 15))).shape == (15, 20)


def test_a_photograph_is_no_depth_image(tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match="one channel of numbers, this one is RGB"):
        depth_m(seen(saved(tmp_path / "a.png", noise())))


def test_a_view_without_depth_or_camera_has_none() -> None:
    pose = Pose(np.eye(3), np.zeros(3))
    with pytest.raises(BadInput, match="view 'a' has no depth image"):
        depth_m(View("a", pose, camera=CAMERA))
    with pytest.raises(BadInput, match="view 'a' has no camera"):
        depth_m(View("a", pose, depth=DepthImage("7.png", 0.001)))


def test_a_count_of_nothing_is_refused() -> None:
    for scale in (0.0, -0.001, np.inf, np.nan):
        with pytest.raises(BadInput, match="a count of depth is"):
            DepthImage("7.png", scale)
