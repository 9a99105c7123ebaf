"""Posed pictures that are bad in any way are refused by every command: by name, nothing being left."""

import pathlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from tests.worlds import posed_layouts as layouts
from tests.worlds import spoiling
from tests.worlds.refusal import refused
from tests.worlds.spoiling import ALL, DEEP, Layout, called

Spoiled = Callable[[Layout], tuple[pathlib.Path, pathlib.Path]]
Spoil = Callable[[pathlib.Path], str]
"""Spoils a folder, and says what must be in the complaint."""


def lose_picture(folder: pathlib.Path) -> str:
    path = spoiling.pictures(folder)[1]
    path.unlink()
    return path.stem


def break_picture(folder: pathlib.Path) -> str:
    path = spoiling.pictures(folder)[1]
    path.write_text("a chair by the window")
    return path.name


def cut_picture(folder: pathlib.Path) -> str:
    path = spoiling.pictures(folder)[1]
    path.write_bytes(path.read_bytes()[:-40])
    return path.name


def shrink_picture(folder: pathlib.Path) -> str:
    path = spoiling.pictures(folder)[1]
    Image.open(path).resize((20, 30)).save(path)
    return path.name


@pytest.mark.parametrize("layout", ALL, ids=called)
@pytest.mark.parametrize("spoil", [lose_picture, break_picture, cut_picture, shrink_picture])
def test_a_picture_that_is_missing_broken_or_of_another_size(
    spoil: Spoil,
    layout: Layout,
    spoiled: Spoiled,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, named = spoiled(layout)
    says = spoil(folder)
    if layout is layouts.redwood and spoil in (lose_picture, lose_depth):
        says = "5 poses"  # its pictures go by their order, not by their names
    refused(named, says, capsys, every=layout in (layouts.hololens, layouts.colmap_binary))


def lose_depth(folder: pathlib.Path) -> str:
    path = spoiling.depths(folder)[1]
    path.unlink()
    return path.stem


def empty_depth(folder: pathlib.Path) -> str:
    path = spoiling.depths(folder)[1]
    layouts.save(path, np.zeros_like(np.array(Image.open(path))))
    return f"every depth in it is 0  where: {path}"


def shrink_depth(folder: pathlib.Path) -> str:
    path = spoiling.depths(folder)[1]
    layouts.save(path, np.array(Image.open(path))[:20, :10])
    return path.name


def cut_depth(folder: pathlib.Path) -> str:
    path = spoiling.depths(folder)[1]
    path.write_bytes(path.read_bytes()[:-40])
    return path.name


def coloured_depth(folder: pathlib.Path) -> str:
    path = spoiling.depths(folder)[1]
    layouts.save(path, np.repeat(np.array(Image.open(path)).astype(np.uint8)[..., None], 3, axis=2))
    return path.name


@pytest.mark.parametrize("layout", DEEP, ids=called)
@pytest.mark.parametrize("spoil", [lose_depth, empty_depth, shrink_depth, cut_depth, coloured_depth])
def test_a_depth_image_that_is_missing_empty_broken_or_of_another_size(
    spoil: Spoil,
    layout: Layout,
    spoiled: Spoiled,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, named = spoiled(layout)
    says = spoil(folder)
    if layout is layouts.redwood and spoil in (lose_picture, lose_depth):
        says = "5 poses"  # its pictures go by their order, not by their names
    refused(named, says, capsys, every=layout in (layouts.hololens, layouts.colmap_binary))
