"""`allo degrade` writes what it says, and refuses the rest in three lines."""

import pathlib
import shlex

import numpy as np
import pytest
from PIL import Image

from allocentric.cli.main import run
from allocentric.views.degradations.degrade import DEPTH_AWARE, KINDS, degrade
from allocentric.views.picture_files import read_colour, write_colour
from tests.views.degradations.seen import pictures

COLOUR = pictures()[0].colour[::4, ::4].copy()


@pytest.fixture(autouse=True)
def _here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a picture, its depth, and a depth with a hole."""
    monkeypatch.chdir(tmp_path)
    write_colour("a.png", COLOUR)
    counts = np.full(COLOUR.shape[:2], 2500, dtype=np.uint16)
    Image.fromarray(counts).save("depth.png")
    counts[0, 0] = 0
    Image.fromarray(counts).save("hole.png")
    Image.fromarray(counts[1:]).save("less.png")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    deep = " --depth hole.png --fov 60 --far" if kind in DEPTH_AWARE else ""
    assert run(shlex.split(f"degrade a.png b.png --kind {kind} --severity 4{deep}")) == 0
    assert capsys.readouterr().out == f"b.png: {kind.replace('_', ' ')} of severity 4\n"
    assert read_colour("b.png").shape == COLOUR.shape
    assert not np.array_equal(read_colour("b.png"), COLOUR)


def test_what_is_written_is_what_the_function_gives() -> None:
    assert run(shlex.split("degrade a.png b.png --kind water_drops --severity 2 --seed 5")) == 0
    assert np.array_equal(read_colour("b.png"), degrade(COLOUR, "water_drops", 2, seed=5))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("a.png b.png --kind fog --severity 1", "no degradation is named 'fog'"),
        ("a.png b.png --kind jpeg --severity 9", "a severity of 9"),
        ("a.png b.png --kind jpeg --severity 1.5", "'1.5' is no whole number"),
        ("a.png b.jpg --kind jpeg --severity 1", "'.jpg' tells no kind of file"),
        ("none.png b.png --kind jpeg --severity 1", "none.png"),
        ("a.png b.png --kind haze --severity 1", "no --depth is given"),
        ("a.png b.png --kind haze --severity 1 --depth depth.png", "no --fov is given"),
        ("a.png b.png --kind haze --severity 1 --depth depth.png --fov 190", "190 degrees"),
        ("a.png b.png --kind haze --severity 1 --depth hole.png --fov 60", "of the pixels have no depth"),
        ("a.png b.png --kind haze --severity 1 --depth less.png --fov 60", "depth image is"),
        ("a.png b.png --kind haze --severity 1 --depth a.png --fov 60", "one channel"),
        ("a.png b.png --kind jpeg --severity 1 --depth depth.png", "does not follow from depth"),
    ],
)
def test_what_is_typed_wrongly_is_told_in_three_lines_and_nothing_is_written(
    typed: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["degrade", *shlex.split(typed)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert (len(said.err.splitlines()), said.out) == (3, "")
    assert not pathlib.Path("b.png").exists()
