"""Every layout of posed pictures, and how one is written with a mistake that people make."""

import pathlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.worlds import posed_layouts as layouts
from tests.worlds import scannetpp_layout, walk

Layout = Callable[[pathlib.Path], pathlib.Path]
Change = Callable[[Any], Any]

DEEP: tuple[Layout, ...] = (
    layouts.hololens,
    layouts.redwood,
    layouts.tum,
    layouts.icl,
    layouts.transforms,
    layouts.scannet,
    layouts.arkitscenes,
    scannetpp_layout.scannetpp,
)
"""Those with depth images."""
FLAT: tuple[Layout, ...] = (layouts.opensfm, layouts.colmap_text, layouts.colmap_binary)
MATRICES: tuple[Layout, ...] = (layouts.hololens, layouts.redwood, layouts.transforms, layouts.scannet)
"""Those that write poses as matrices, which may be other than rigid."""
ALL = DEEP + FLAT


def called(layout: Layout) -> str:
    """A layout's name, for the report."""
    return layout.__name__


def posed(patch: pytest.MonkeyPatch, change: Change, back: Change) -> None:
    """From now on layouts write changed poses, of pictures and depths as they were; `back` undoes it."""
    poses, depth_m, pixels = walk.poses, walk.depth_m, walk.pixels
    patch.setattr(walk, "poses", lambda: [change(each) for each in poses()])
    patch.setattr(walk, "depth_m", lambda pose, *size: depth_m(back(pose), *size))
    patch.setattr(walk, "pixels", lambda pose, points: pixels(back(pose), points))


def inverted(patch: pytest.MonkeyPatch, layout: Layout) -> None:
    """Poses as they are written lead the other way, between the axes of the layout's own world."""
    ours: dict[Layout, Any] = {
        layouts.hololens: np.linalg.inv(layouts.Y_UP_FROM_Z_UP),
        layouts.icl: layouts.Y_DOWN_TO_Z_UP,
    }
    world = ours.get(layout, np.eye(4))

    def inverse(pose: Any) -> Any:
        return world @ np.linalg.inv(pose) @ world

    posed(patch, inverse, inverse)


def times(patch: pytest.MonkeyPatch, k: float) -> None:
    """Shifts are `k` times as long, as in another unit."""

    def scaled(by: float) -> Change:
        return lambda pose: pose * np.block([[np.ones((3, 3)), np.full((3, 1), by)], [np.ones((1, 4))]])

    posed(patch, scaled(k), scaled(1 / k))


def turned(patch: pytest.MonkeyPatch, matrix: Any) -> None:
    """Poses are multiplied by a matrix, which need not be rigid."""
    posed(patch, lambda pose: pose @ matrix, lambda pose: pose @ np.linalg.inv(matrix))


def counted(patch: pytest.MonkeyPatch, k: float) -> None:
    """Depth images count `k` times as many to the metre."""
    counts = walk.counts
    patch.setattr(walk, "counts", lambda pose, per_metre, *size: counts(pose, k * per_metre, *size))


def pictures(folder: pathlib.Path) -> list[pathlib.Path]:
    """The files of a layout's pictures, in order."""
    names = {"color", "rgb", "images", "lowres_wide", "resized_images"}
    return sorted(each for each in folder.rglob("*") if each.is_file() and each.parent.name in names)


def depths(folder: pathlib.Path) -> list[pathlib.Path]:
    """The files of a layout's depth images, in order."""
    return sorted(
        each for each in folder.rglob("*") if each.is_file() and each.parent.name in {"depth", "lowres_depth"}
    )
