"""Layouts of posed pictures, made once, to be copied and spoiled."""

import pathlib
import shutil
from collections.abc import Callable

import pytest

from tests.worlds.spoiling import ALL, Layout, called


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[pathlib.Path, pathlib.Path]]:
    """Each layout once: its folder, and what to name."""
    made = {}
    for layout in ALL:
        folder = tmp_path_factory.mktemp(called(layout))
        made[called(layout)] = (folder, layout(folder))
    return made


@pytest.fixture
def spoiled(
    originals: dict[str, tuple[pathlib.Path, pathlib.Path]], tmp_path: pathlib.Path
) -> Callable[[Layout], tuple[pathlib.Path, pathlib.Path]]:
    """A copy of a layout to spoil, and what to name."""

    def copied(layout: Layout) -> tuple[pathlib.Path, pathlib.Path]:
        folder, named = originals[called(layout)]
        shutil.copytree(folder, tmp_path / "in")
        return tmp_path / "in", tmp_path / "in" / named.relative_to(folder)

    return copied
