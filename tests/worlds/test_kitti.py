"""KITTI's object frames: the benchmark's first frame, copied by hand, and what may be wrong with one."""

import math
import pathlib

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.worlds.read import read, scene_ids

# The first frame of the training set.
WALKER = "Pedestrian 0.00 0 -0.20 712.40 143.00 810.73 307.92 1.89 0.48 1.20 1.84 1.47 8.41 0.01"
P2 = "P2: 707.0493 0 604.0814 45.75831 0 707.0493 180.5066 -0.3454157 0 0 1 0.004981016"
IGNORED = "DontCare -1 -1 -10 503.89 169.71 590.61 190.13 -1 -1 -1 -1000 -1000 -1000 -10"


def frame(root: pathlib.Path, *labels: str, calibration: str = P2) -> pathlib.Path:
    for name in ("label_2", "calib", "image_2"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "label_2" / "000000.txt").write_text("".join(f"{each}\n" for each in labels))
    (root / "calib" / "000000.txt").write_text(f"P0: 1 2 3\n{calibration}\nR0_rect: 1 0 0 0 1 0 0 0 1\n")
    Image.new("RGB", (1224, 370)).save(root / "image_2" / "000000.png")
    return root


def test_a_walker_stands_ahead_to_the_right_and_faces_right(tmp_path: pathlib.Path) -> None:
    root = frame(tmp_path, WALKER, IGNORED)
    assert scene_ids(root) == ("000000",)
    scene = read(root)
    assert (scene.source.format, scene.labels, scene.source.warnings) == ("kitti", ("pedestrian",), ())
    np.testing.assert_allclose(scene.centers[0], [8.41, -1.84, -1.47 + 1.89 / 2], atol=1e-12)
    np.testing.assert_allclose(scene.sizes[0], [1.2, 0.48, 1.89])  # length, width, height
    front = scene.rotations[0] @ scene.fronts[0]
    np.testing.assert_allclose(front, [-math.sin(0.01), -math.cos(0.01), 0], atol=1e-12)
    assert "DontCare left out: 1" in scene.source.notes


@pytest.mark.parametrize(
    ("turn", "ahead"),
    [(-math.pi / 2, [1, 0, 0]), (0, [0, -1, 0]), (math.pi / 2, [-1, 0, 0]), (math.pi, [0, 1, 0])],
)
def test_rotation_y_turns_right_from_right(turn: float, ahead: list[int], tmp_path: pathlib.Path) -> None:
    car = f"Car 0 0 -10 500 150 600 200 1.5 1.6 4 0 1.6 20 {turn}"
    scene = read(frame(tmp_path, car))
    np.testing.assert_allclose(scene.rotations[0] @ scene.fronts[0], ahead, atol=1e-12)


def test_the_view_is_camera_2_with_its_offset(tmp_path: pathlib.Path) -> None:
    scene = read(frame(tmp_path, WALKER))
    (view,) = scene.views
    assert (view.id, view.size_px) == ("image_2", (1224, 370))
    # Camera 2 is 6 cm to the left of camera 0: ahead, left, up.
    np.testing.assert_allclose(view.world_from_camera.translation_m, [-0.005, 0.0605, -0.0018], atol=1e-4)
    np.testing.assert_allclose(view.world_from_camera.rotation[:, 2], [1, 0, 0], atol=1e-12)
    assert scene.sightings[0].box_px == (712.40, 143.00, 810.73, 307.92)
    (tmp_path / "image_2" / "000000.png").unlink()
    scene = read(tmp_path)
    assert (scene.views[0].image, scene.views[0].camera) == (None, None)
    assert "the picture is not there: the view's camera is unknown" in scene.source.notes


def test_a_frame_without_labels_is_empty(tmp_path: pathlib.Path) -> None:
    assert len(read(frame(tmp_path))) == 0


def test_results_with_a_score_are_read(tmp_path: pathlib.Path) -> None:
    assert len(read(frame(tmp_path, f"{WALKER} 0.93"))) == 1


def test_a_box_read_in_another_frame_is_warned_of(tmp_path: pathlib.Path) -> None:
    # Centre and sizes as of the laser scanner: ahead, left, up.
    laser = "Pedestrian 0.00 0 -0.20 712.40 143.00 810.73 307.92 1.2 0.48 1.89 8.7 -1.8 -0.6 0.01"
    warnings = read(frame(tmp_path, laser)).source.warnings
    assert warnings[0].startswith("alpha and rotation_y differ by ")
    turned = WALKER.replace(" -0.20 ", " 1.37 ")
    assert read(frame(tmp_path, turned)).source.warnings == (
        "alpha and rotation_y differ by 90 degrees more than the place explains: which is meant?",
    )
    far = WALKER.replace(" 1.47 8.41 ", " 1.47 16.82 ").replace(" -0.20 ", " -0.10 ")
    (warning,) = read(frame(tmp_path, far)).source.warnings
    assert warning.startswith("boxes fall on the released ones of the picture to 0%")


@pytest.mark.parametrize(
    ("label", "says"),
    [
        (WALKER[:-5], "14 finite numbers .*not 13"),
        (WALKER.replace("8.41", "8,41"), "could not convert string to float: '8,41'"),
        (WALKER.replace("8.41", "nan"), "14 finite numbers"),
        (WALKER.replace(" 1.89 ", " -1 "), "Pedestrian is -1.0 x 0.48 x 1.2 m"),
    ],
)
def test_a_broken_label_is_refused_by_its_line(label: str, says: str, tmp_path: pathlib.Path) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        read(frame(tmp_path, WALKER, label))
    assert caught.value.where.endswith("000000.txt, line 2")


def test_a_calibration_that_is_missing_or_none_is_named(tmp_path: pathlib.Path) -> None:
    for calibration, says in [
        ("P3: 1 2", "it has no line P2"),
        ("P2: 1 2 3", "cannot reshape"),
        ("P2: 0 0 0 0 0 0 0 0 0 0 0 0", "P2 is no camera"),
    ]:
        with pytest.raises(BadInput, match=says):
            read(frame(tmp_path, WALKER, calibration=calibration))
    (tmp_path / "calib" / "000000.txt").unlink()
    with pytest.raises(BadInput, match="no such file"):
        read(tmp_path)
