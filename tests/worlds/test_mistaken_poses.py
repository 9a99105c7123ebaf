"""The mistakes that people make with poses and depths are told, format by format, by what the data say."""

import pathlib

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.worlds.read import read
from tests.worlds import posed_layouts as layouts
from tests.worlds import scannetpp_layout, spoiling
from tests.worlds.spoiling import ALL, DEEP, MATRICES, Layout, called

TO_CAMERA = {*spoiling.FLAT, layouts.arkitscenes, scannetpp_layout.scannetpp}
"""Layouts whose poses are world-to-camera: inverted, they look camera-to-world."""


@pytest.mark.parametrize("layout", ALL, ids=called)
def test_inverse_poses_are_refused_and_named(
    layout: Layout, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiling.inverted(monkeypatch, layout)
    scene = layout(tmp_path)
    with pytest.raises(BadInput) as caught:
        read(scene)
    direction = "camera-to-world" if layout in TO_CAMERA else "world-to-camera"
    assert f"poses look {direction}" in caught.value.what
    assert " as read" in caught.value.what


@pytest.mark.parametrize("layout", DEEP, ids=called)
def test_a_wrong_depth_scale_is_refused_and_named(
    layout: Layout, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millimetres where the format has 5000 counts a metre, and the other way round."""
    fine = layout in (layouts.tum, layouts.icl)
    spoiling.counted(monkeypatch, 0.2 if fine else 5)
    scene = layout(tmp_path)
    with pytest.raises(
        BadInput, match=rf"depths look 5 times too {'small' if fine else 'large'}: median .* as read"
    ):
        read(scene)


@pytest.mark.parametrize("layout", DEEP, ids=called)
def test_poses_in_millimetres_are_refused_and_named(
    layout: Layout, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiling.times(monkeypatch, 1000)
    scene = layout(tmp_path)
    with pytest.raises(BadInput) as caught:
        read(scene)
    if layout is scannetpp_layout.scannetpp:  # whose models have points, too, in metres
        assert "most points are in no picture that saw them" in caught.value.what
    else:
        assert "depths look 1000 times too small" in caught.value.what


@pytest.mark.parametrize("layout", MATRICES, ids=called)
@pytest.mark.parametrize(
    ("matrix", "says"),
    [
        (np.diag([2.0, 2, 2, 1]), "is not rigid: it is scaled by 2"),
        (np.diag([-1.0, 1, 1, 1]), "is mirrored"),
        (np.eye(4) + np.eye(4, k=1) * [[0.2], [0], [0], [0]], "is not rigid: its axes are skewed"),
    ],
    ids=["scaled", "mirrored", "skewed"],
)
def test_a_matrix_that_is_no_pose_is_refused_by_its_picture(
    matrix: np.ndarray, says: str, layout: Layout, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiling.turned(monkeypatch, matrix)
    scene = layout(tmp_path)
    with pytest.raises(BadInput, match=f"the pose of '.*' {says}"):
        read(scene)


@pytest.mark.parametrize("layout", DEEP, ids=called)
def test_another_cameras_axes_are_refused_and_named(
    layout: Layout, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiling.turned(monkeypatch, np.diag([1.0, -1, -1, 1]))
    scene = layout(tmp_path)
    with pytest.raises(BadInput) as caught:
        read(scene)
    if layout is scannetpp_layout.scannetpp:
        assert "most points are in no picture that saw them" in caught.value.what
    else:
        assert "the camera axes look like " in caught.value.what
