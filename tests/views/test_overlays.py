"""What is drawn lies where it is said to lie, and all other pixels stay as they were."""

from typing import Final

import numpy as np
import pytest
from jaxtyping import Bool, UInt8

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Fisheye, Panorama
from allocentric.scene.scene import Thing, scene_of
from allocentric.views.ink import Area, Line
from allocentric.views.overlays import box_2d, box_3d, line_3d, masked, overlaid, pixels_along, rim, words_at
from allocentric.views.render import render
from tests.views.looking import HUNDRED, WIDE, level

RED: Final = (255, 0, 0, 255)
NOISE: Final = np.random.default_rng(1).integers(0, 256, (100, 100, 3), dtype=np.uint8)
CUBE: Final = scene_of("s", [Thing(label="cube", center=(3, 0, 0), size=(1, 1, 1))])


def changed(after: UInt8[np.ndarray, "h w 3"], before: UInt8[np.ndarray, "h w 3"] = NOISE) -> np.ndarray:
    """Which pixels are not as they were."""
    return np.asarray((after != before).any(axis=2))


def covered(picture: Bool[np.ndarray, "h w"]) -> tuple[int, int, int, int]:
    """The first and last column and row."""
    rows, columns = np.nonzero(picture)
    return int(columns.min()), int(columns.max()), int(rows.min()), int(rows.max())


def test_a_line_changes_its_own_pixels_and_no_other() -> None:
    after = overlaid(NOISE, [Line(((10, 50), (90, 50)), RED, 2)])
    assert covered(changed(after)) == pytest.approx((9, 90, 49, 50), abs=1)  # its ends are round
    assert (after[50, 11:89] == RED[:3]).all()


def test_a_box_in_the_picture_has_its_edges_where_it_says() -> None:
    black = np.zeros((100, 100, 3), np.uint8)
    after = overlaid(black, box_2d((20, 30, 60, 80), RED))
    assert covered(changed(after, black)) == pytest.approx((19, 60, 29, 80), abs=1)
    assert not changed(after, black)[33:77, 23:57].any()


def test_a_polygon_is_filled_but_for_its_holes() -> None:
    black = np.zeros((100, 100, 3), np.uint8)
    outer, hole = ((10, 10), (90, 10), (90, 90), (10, 90)), ((40, 40), (60, 40), (60, 60), (40, 60))
    after = overlaid(black, [Area((outer, hole), RED)])
    assert after[20, 20, 0] == 255
    assert after[50, 50, 0] == after[5, 5, 0] == 0


def test_a_projected_box_frames_just_the_pixels_of_its_thing() -> None:
    """The front face of the cube covers pixels 30 to 69; the rear, behind it and smaller, is dashed."""
    black = np.zeros((100, 100, 3), np.uint8)
    items = box_3d(CUBE, 0, level(), colour=RED)
    whole, dashed = (
        [each for each in items if isinstance(each, Line) and bool(each.dash) == kind] for kind in (0, 1)
    )
    assert (len(whole), len(dashed)) == (4, 8)
    assert covered(changed(overlaid(black, whole), black)) == pytest.approx((29, 70, 29, 70), abs=1)
    seen = render(CUBE, level()).instance == 0
    assert (
        changed(overlaid(black, items), black)[~seen].sum() <= 2 * 4 * 43
    )  # outside: the outer half of the line


def test_of_a_box_seen_over_a_corner_three_edges_are_hidden_and_from_within_all() -> None:
    def dashed(at: tuple[float, float, float], yaw_deg: float) -> int:
        lines = box_3d(CUBE, 0, level(at, yaw_deg, camera=WIDE), colour=RED)
        return sum(bool(each.dash) for each in lines if isinstance(each, Line))

    assert dashed((0, -2, 1.5), 33.0) == 3
    assert dashed((2.6, 0, 0), 0.0) == sum(
        isinstance(each, Line) for each in box_3d(CUBE, 0, level((2.6, 0, 0), camera=WIDE), colour=RED)
    )


def test_a_box_behind_the_camera_is_not_drawn() -> None:
    assert box_3d(CUBE, 0, level(yaw_deg=180), colour=RED, text="cube") == ()


def test_a_straight_line_of_the_world_is_straight_in_a_pinhole_and_bent_by_a_fisheye() -> None:
    ends = np.array([[2.0, 1.5, 1.0], [2.0, -1.5, 1.0]])
    for camera, straight in ((HUNDRED, True), (Fisheye(100, 100, 40.0, 40.0, 50.0, 50.0), False)):
        (run,) = pixels_along(level(camera=camera), ends)
        assert (np.ptp(run[:, 1]) < 1e-9) == straight


def test_a_line_over_the_seam_of_a_panorama_is_broken_there() -> None:
    behind = np.array([[-3.0, 1.0, 0.0], [-3.0, -1.0, 0.0]])
    runs = pixels_along(level(camera=Panorama(200, 100)), behind)
    assert len(runs) == 2
    assert all(np.ptp(run[:, 0]) < 30 for run in runs)


def test_a_line_of_one_point_is_told() -> None:
    with pytest.raises(BadInput, match="one point"):
        line_3d(level(), np.array([[1.0, 0, 0]]), RED)


def test_a_mask_is_tinted_by_its_share_and_edged() -> None:
    mask = np.zeros((100, 100), dtype=bool)
    mask[10:20, 30:50] = True
    after = masked(NOISE, mask, RED, opacity=0.5)
    assert np.array_equal(changed(after) | mask, mask)
    assert (after[rim(mask)] == RED[:3]).all()
    assert rim(mask).sum() == 2 * (10 + 20) - 4
    inner = after[12, 35].astype(float)
    np.testing.assert_allclose(inner, (NOISE[12, 35] + np.array(RED[:3])) / 2, atol=0.5)
    with pytest.raises(BadInput, match="opacity"):
        masked(NOISE, mask, RED, opacity=2)


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_words_are_readable_on_any_ground(ground: int) -> None:
    after = overlaid(np.full((100, 100, 3), ground, np.uint8), words_at((10, 50), "cup 1", RED))
    plate = after[33:48, 16:40].reshape(-1, 3).mean(axis=1)
    assert plate.max() > 240 > 60 > plate.min()
