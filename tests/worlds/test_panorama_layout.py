"""Rooms from the corners of a panorama: written by hand from the release's description, and a real one."""

import json
import math
import pathlib
from typing import Any

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, project
from allocentric.scene.scene import Footprint
from allocentric.worlds.read import read
from tests.real_data import folder
from tests.worlds.layouts import put

# A room 4 by 3 units about a camera that is 1 over the floor and 0.5 under the ceiling: ahead, left.
CORNERS = [(3, 1), (3, -2), (-1, -2), (-1, 1)]


def pixels() -> list[list[float]]:
    """Ceiling and floor of each corner: columns to the right of the middle, rows down, from pixel middles."""
    found = []
    for ahead, left in CORNERS:
        column = (0.5 + math.atan2(-left, ahead) / math.tau) * 1024 - 0.5
        for up in (0.5, -1):
            row = (0.5 - math.atan2(up, math.hypot(ahead, left)) / math.pi) * 512 - 0.5
            found.append([column, row])
    return found


def layout(**changes: Any) -> dict[str, Any]:
    return {"z0": 25.0, "z1": -50.0, "uv": [[x / 1024, y / 512] for x, y in pixels()]} | changes


def test_a_room_is_as_its_corners_say_in_heights_of_the_camera(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "den.json", layout()))
    assert (scene.id, scene.source.format, scene.source.warnings) == ("den", "panorama_layout", ())
    room = scene.shapes[scene.row("room")]
    assert isinstance(room, Footprint)
    assert room.polygon.area == pytest.approx(12)
    assert room.low == 0
    assert room.high == pytest.approx(1.5)
    np.testing.assert_allclose(sorted(room.polygon.exterior.coords[:4]), sorted(CORNERS), atol=1e-9)
    assert scene.floor is not None
    assert scene.labels == ("room", *["wall"] * 4)
    np.testing.assert_allclose(scene.sizes[1], [3, 0, 1.5], atol=1e-9)
    assert not scene.scale.finite, "a picture tells no metres"
    assert scene.north.full


def test_the_same_corners_as_text_are_the_same_room(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "den.txt"
    path.write_text("".join(f"{x} {y}\n" for x, y in pixels()))
    scene, told = read(path), read(put(tmp_path / "den.json", layout()))
    np.testing.assert_allclose(scene.sizes, told.sizes, atol=1e-9)
    assert scene.source.format == "panorama_layout"


def test_the_panorama_shows_the_corners_where_the_file_has_them(tmp_path: pathlib.Path) -> None:
    (tmp_path / "label_cor").mkdir()
    (tmp_path / "img").mkdir()
    Image.new("RGB", (2048, 1024)).save(tmp_path / "img" / "den.png")
    path = put(tmp_path / "label_cor" / "den.json", layout())
    (view,) = read(path).views
    assert view.image == str(tmp_path / "img" / "den.png")
    assert view.camera == Panorama(2048, 1024)
    for at, (ahead, left) in enumerate(CORNERS):
        point = view.world_from_camera.inverse().apply(np.array([ahead, left, 0.0]))
        pixel, _ = project(view.camera, point)
        np.testing.assert_allclose(pixel / 2 - 0.5, pixels()[2 * at + 1], atol=1e-6)


def test_corners_in_another_order_are_another_room(tmp_path: pathlib.Path) -> None:
    uv = layout()["uv"]
    crossed = uv[:2] + uv[4:6] + uv[2:4] + uv[6:]
    with pytest.raises(BadInput, match="this outline is no area"):
        read(put(tmp_path / "den.json", layout(uv=crossed)))


@pytest.mark.parametrize(
    ("at", "corner", "says"),
    [
        (3, [0.1, 0.6], "corner 1 of the ceiling is not over that of the floor"),
        (5, None, "corner 2 is not on both sides of the horizon"),
        (4, [1.2, 0.4], "corner 2 lies outside of the picture"),
        (0, [0.5], "Expected `array` of length 2"),
    ],
)
def test_corners_that_are_none_are_refused_by_number(
    at: int, corner: list[float] | None, says: str, tmp_path: pathlib.Path
) -> None:
    told = layout()
    told["uv"][at] = told["uv"][at - 1] if corner is None else corner
    with pytest.raises(BadInput, match=says):
        read(put(tmp_path / "den.json", told))


def test_too_few_corners_and_impossible_heights_are_refused(tmp_path: pathlib.Path) -> None:
    for changes, says in [
        ({"uv": layout()["uv"][:5]}, "5 corners are no ceiling and floor"),
        ({"uv": []}, "0 corners are no ceiling and floor"),
        ({"z1": 50}, "the camera is not between ceiling and floor"),
    ]:
        with pytest.raises(BadInput, match=says):
            read(put(tmp_path / "den.json", layout(**changes)))
    path = tmp_path / "den.txt"
    path.write_text("\n".join(["1 2"] * 6 + ["1 2.3.4"]))
    with pytest.raises(BadInput, match=r"this is no corner: '1 2\.3\.4'"):
        read(path)


def test_an_uneven_ceiling_and_a_camera_outside_are_warned_of(tmp_path: pathlib.Path) -> None:
    uneven = layout(z0=40.0)
    assert read(put(tmp_path / "den.json", uneven)).source.warnings == (
        "the corners of the ceiling are up to 17% of the room's height off it",
    )
    columns = (400, 500, 450)
    beside = [[column / 1024, row / 512] for column in columns for row in (150, 361)]
    warnings = read(put(tmp_path / "den.json", layout(uv=beside, z0=50.0))).source.warnings
    assert warnings == ("the camera is outside of the room's outline",)


def test_a_real_layout_has_the_right_angles_that_its_release_gave_it() -> None:
    path = folder("horizonnet_demo") / "inferenced" / "demo_aligned_rgb.json"
    scene = read(path)
    assert (scene.labels.count("wall"), scene.source.warnings) == (8, ())
    yaws = np.arctan2(scene.rotations[1:, 1, 0], scene.rotations[1:, 0, 0])
    quarters = yaws / (math.pi / 2)
    # The release made all walls meet at right angles: so they do, half a pixel and all, to its own rounding.
    np.testing.assert_allclose(quarters, np.round(quarters), atol=1e-6)
    told = json.loads(path.read_text())
    assert scene.sizes[0, 2] == pytest.approx(1 + told["z0"] / -told["z1"])
    assert scene.floor is not None
    assert 1.6**2 * scene.floor.area == pytest.approx(26.7, abs=0.1), (
        "square metres at 1.6 m, its viewer's guess"
    )
