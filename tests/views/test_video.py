"""Films: what went in comes out, at its time; what makes none is named."""

import pathlib
import sys
from typing import Final

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.views.paths import orbit
from allocentric.views.render import render
from allocentric.views.video import Frame, check_rate, check_video, film_of, read_video, write_video
from allocentric.worlds.makers import make

pytest.importorskip("av")

FLAT: Final = make("flat", 7)
CAMERA: Final = Pinhole(161, 119, 140.0, 140.0, 80.5, 59.5)
SHOWN: Final = [render(FLAT, view, finer=2).colour for view in orbit(FLAT, FLAT.row("sofa"), CAMERA, count=9)]
TIMES_S: Final = [0.0, 0.04, 0.08, 0.2, 0.5, 0.6, 0.61, 0.9, 2.0]
FILM: Final = [Frame(time_s, colour) for time_s, colour in zip(TIMES_S, SHOWN)]


def quality_db(one: np.ndarray, other: np.ndarray) -> float:
    """The peak signal to noise ratio of two pictures."""
    error = np.mean((one.astype(float) - other) ** 2)
    return float(10 * np.log10(255**2 / error))


@pytest.mark.parametrize(("suffix", "within_s"), [(".mp4", 1e-5), (".webm", 5.1e-4)])
def test_a_film_comes_back_picture_by_picture_at_its_times(
    suffix: str, within_s: float, tmp_path: pathlib.Path
) -> None:
    path = tmp_path / f"film{suffix}"
    assert write_video(path, iter(FILM)) == len(FILM)
    back = list(read_video(path))
    assert len(back) == len(FILM)
    np.testing.assert_allclose([each.time_s for each in back], TIMES_S, rtol=0, atol=within_s)
    for got, want in zip(back, SHOWN):
        assert got.colour.shape == (120, 162, 3)  # made even
        assert quality_db(got.colour[:119, :161], want) > 34
        assert np.abs(got.colour[:119, :161].mean((0, 1)) - want.mean((0, 1))).max() < 1  # nor darker
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_plain_colours_come_back_to_a_number_or_two(tmp_path: pathlib.Path) -> None:
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0), (120, 60, 200)]
    frames = [
        Frame(float(second), np.full((32, 48, 3), each, np.uint8)) for second, each in enumerate(colours)
    ]
    write_video(tmp_path / "a.mp4", frames)
    for each, want in zip(read_video(tmp_path / "a.mp4"), colours, strict=True):
        assert np.abs(each.colour.astype(int) - want).max() <= 3


def test_a_film_of_picture_files_has_so_many_a_second(tmp_path: pathlib.Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(4)]
    for path, colour in zip(paths, SHOWN):
        Image.fromarray(colour).save(path)
    assert film_of(paths, tmp_path / "a.mp4", rate_hz=8) == 4
    assert [each.time_s for each in read_video(tmp_path / "a.mp4")] == pytest.approx([0, 0.125, 0.25, 0.375])


def test_the_same_pictures_make_the_same_film(tmp_path: pathlib.Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        write_video(tmp_path / name, FILM)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@pytest.mark.parametrize(
    ("name", "frames", "says"),
    [
        ("a.avi", FILM, "no film is written to .avi"),
        ("a", FILM, "a name without suffix"),
        ("a.mp4", [], "a film of no picture"),
        ("a.mp4", [FILM[0], Frame(1.0, SHOWN[0][:50])], "pictures 0 and 1 are 161 x 119 and 161 x 50"),
        ("a.mp4", [FILM[1], FILM[0]], "picture 1 is at 0 s, after one at 0.04 s"),
        ("a.mp4", [FILM[1], FILM[1]], "picture 1 is at"),
        ("a.mp4", [Frame(-1.0, SHOWN[0])], "picture 0 is at -1 s"),
        ("a.mp4", [Frame(float("nan"), SHOWN[0])], "picture 0 is at nan"),
        ("gone/a.mp4", FILM, "cannot be written"),
    ],
)
def test_what_makes_no_film_is_named_and_nothing_is_written(
    name: str, frames: list[Frame], says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says):
        write_video(tmp_path / name, frames)
    assert not list(tmp_path.iterdir())


def test_what_is_no_film_is_named(tmp_path: pathlib.Path) -> None:
    (tmp_path / "text.mp4").write_text("no film at all")
    write_video(tmp_path / "torn.mp4", FILM)
    data = (tmp_path / "torn.mp4").read_bytes()
    (tmp_path / "torn.mp4").write_bytes(data[: len(data) // 2])
    for name, says in (
        ("text.mp4", "cannot be read"),
        ("torn.mp4", "cannot be read"),
        ("gone.mp4", "no such"),
    ):
        with pytest.raises(BadInput, match=says):
            list(read_video(tmp_path / name))


def test_a_picture_file_that_is_none_is_named(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.png").write_text("")
    with pytest.raises(BadInput, match="this picture cannot be read"):
        film_of([tmp_path / "a.png"], tmp_path / "a.mp4")


@pytest.mark.parametrize("rate_hz", [0.0, -1.0, 1e6, float("nan")])
def test_a_rate_that_no_film_has_is_refused(rate_hz: float) -> None:
    with pytest.raises(BadInput, match="pictures a second"):
        check_rate(rate_hz)


def test_without_the_extra_the_error_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    for need in (
        check_video,
        lambda: write_video(tmp_path / "a.mp4", FILM),
        lambda: list(read_video("a.mp4")),
    ):
        with pytest.raises(BadInput, match="PyAV, which is not installed") as caught:
            need()
        assert "allocentric[video]" in caught.value.mend
