"""Frames: which ones, in order, listed, and the files themselves wherever there are files."""

import asyncio
import json
import pathlib

import numpy as np
import pytest
from PIL import Image

from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Picture, Prompt
from allocentric.bench.frames import FILE, Cutter, Frames, cut, evenly, mirrored_file, read_given
from allocentric.bench.frames_coverage import covering
from allocentric.errors import BadInput
from allocentric.scene.scene import View
from allocentric.views.export import write_views
from allocentric.views.paths import looking
from allocentric.views.video import Frame, write_video


def picture(path: pathlib.Path, shade: int) -> pathlib.Path:
    pixels = np.full((16, 24, 3), shade, dtype=np.uint8)
    pixels[:, :4] = 255 - shade
    Image.fromarray(pixels).save(path)
    return path


def folder(path: pathlib.Path, count: int = 12) -> pathlib.Path:
    path.mkdir()
    for number in range(count):
        picture(path / f"frame{number}.png", 10 * number)
    (path / "notes.txt").write_text("no picture")
    return path


def film(path: pathlib.Path, count: int = 9) -> pathlib.Path:
    shades = [np.full((32, 32, 3), 25 * number, dtype=np.uint8) for number in range(count)]
    write_video(path, (Frame(number / 4, each) for number, each in enumerate(shades)))
    return path


def put(prompt: Prompt, cutter: Cutter) -> Prompt:
    return asyncio.run(cutter.put(prompt))


@pytest.mark.parametrize(
    ("of", "count", "numbers"),
    [(10, 1, [0]), (10, 2, [0, 9]), (101, 5, [0, 25, 50, 75, 100]), (3, 32, [0, 1, 2]), (1, 1, [0])],
)
def test_frames_are_spread_evenly_with_both_ends(of: int, count: int, numbers: list[int]) -> None:
    assert evenly(of, count) == numbers


def test_frames_of_a_folder_are_its_own_files_in_the_order_of_their_numbers(tmp_path: pathlib.Path) -> None:
    shown = cut(str(folder(tmp_path / "a")), Frames(count=3), tmp_path / "kept")
    assert [pathlib.Path(each).name for each in shown.files] == ["frame0.png", "frame5.png", "frame11.png"]
    assert (shown.numbers, shown.of, shown.way) == ([0, 5, 11], 12, "uniform")
    assert not (tmp_path / "kept").exists()


def test_frames_of_a_film_are_kept_with_their_times_and_cut_once(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("av")
    path, kept = film(tmp_path / "a.mp4"), tmp_path / "kept"
    shown = cut(str(path), Frames(count=3), kept)
    assert (shown.numbers, shown.times_s, shown.of) == ([0, 4, 8], [0.0, 1.0, 2.0], 9)
    for number, each in zip(shown.numbers, shown.files):
        with Image.open(each) as image:
            assert abs(float(np.asarray(image).mean()) - 25 * number) < 6
    before = {each: pathlib.Path(each).stat().st_mtime_ns for each in shown.files}
    more = cut(str(path), Frames(count=5), kept)
    assert set(shown.files) < set(more.files)
    assert {each: pathlib.Path(each).stat().st_mtime_ns for each in shown.files} == before


def test_frames_that_are_given_are_shown_as_given(tmp_path: pathlib.Path) -> None:
    source = folder(tmp_path / "a")
    (tmp_path / "lists.json").write_text('{"a": [7, 2, 2]}')
    frames = Frames(way="given", given=read_given(tmp_path / "lists.json"))
    assert cut(str(source), frames, tmp_path).numbers == [7, 2, 2]
    for given, why in (({}, "no frames are given"), ({"a": (12,)}, "it has frames 0 to 11")):
        with pytest.raises(BadInput, match=why):
            cut(str(source), Frames(way="given", given=given), tmp_path)


def test_films_and_folders_become_frames_where_they_stand_and_are_listed_once(tmp_path: pathlib.Path) -> None:
    source, single = folder(tmp_path / "a"), picture(tmp_path / "single.png", 5)
    parts = ("First:", Picture(str(source)), "then:", Picture(str(single)), "Where?")
    prompt = Prompt("1", parts, Expected("text"))
    cutter = Cutter(Frames(count=2), tmp_path / "kept", tmp_path / FILE)
    made = put(prompt, cutter)
    names = [part if isinstance(part, str) else pathlib.Path(part.path).name for part in made.parts]
    assert names == ["First:", "frame0.png", "frame11.png", "then:", "single.png", "Where?"]
    put(prompt, cutter)
    (line,) = (tmp_path / FILE).read_text().splitlines()
    assert json.loads(line)["numbers"] == [0, 11]
    words = Prompt("2", ("Where?",), Expected("text"))
    assert put(words, cutter) is words


def test_frames_that_see_the_most_are_chosen_and_say_how_much(tmp_path: pathlib.Path) -> None:
    import allocentric as allo
    from allocentric.geometry.pinhole import Pinhole

    room = allo.make("flat", seed=3)
    camera = Pinhole(48, 36, fx_px=30, fy_px=30, cx_px=24, cy_px=18)
    low, high = room.centers.min(axis=0), room.centers.max(axis=0)
    middle = (low + high) / 2
    yaws = [0.0, 0.01, 0.02, 1.6, 3.1, 3.12]  # three look the same way, two another
    views = [
        View(f"v{number}", looking((float(middle[0]), float(middle[1]), 1.5), yaw_rad=yaw), camera=camera)
        for number, yaw in enumerate(yaws)
    ]
    write_views(room, views, tmp_path / "room", light=None, finer=1)
    shown = cut(str(tmp_path / "room"), Frames(count=3, way="coverage"), tmp_path, covering=covering)
    groups = sorted(min(each, 3) if each in (0, 1, 2) else each for each in shown.numbers)
    assert len([each for each in groups if each < 3]) == 1
    assert 3 in groups
    assert len([each for each in groups if each > 3]) == 1
    assert shown.numbers == sorted(shown.numbers)
    assert shown.voxels_seen is not None
    assert 1 - 1 / np.e < shown.voxels_seen <= 1.0


def test_what_cannot_be_shown_is_refused_by_name(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.mp4").write_bytes(b"no film")
    for name, frames, why in (
        ("empty", Frames(), "no picture in the folder"),
        ("none.mp4", Frames(), "the film is missing"),
        ("no.mp4", Frames(way="coverage"), "says nothing of where it was taken"),
    ):
        with pytest.raises(BadInput, match=why):
            cut(str(tmp_path / name), frames, tmp_path / "kept")
    with pytest.raises(BadInput, match="0 frames"):
        Frames(count=0)


def test_a_mirrored_picture_is_mirrored_to_the_pixel_and_made_once(tmp_path: pathlib.Path) -> None:
    path = picture(tmp_path / "a.png", 40)
    made = mirrored_file(str(path), tmp_path / "kept")
    with Image.open(path) as before, Image.open(made) as after:
        assert np.array_equal(np.asarray(before)[:, ::-1], np.asarray(after))
    stamp = pathlib.Path(made).stat().st_mtime_ns
    assert mirrored_file(str(path), tmp_path / "kept") == made
    assert pathlib.Path(made).stat().st_mtime_ns == stamp
    (tmp_path / "b.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match="no picture that can be sent"):
        mirrored_file(str(tmp_path / "b.png"), tmp_path / "kept")
    (tmp_path / "c.png").write_bytes(b"\x89PNG and no more")
    with pytest.raises(BadInput, match="cannot be read"):
        mirrored_file(str(tmp_path / "c.png"), tmp_path / "kept")
