"""`allo render` writes what it says, tells what it did, and refuses the rest in three lines."""

import json
import math
import pathlib
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
from PIL import Image

from allocentric.cli.main import run
from allocentric.intervals import Interval
from allocentric.scene.file import save
from allocentric.scene.scene import Scene, View, derived
from allocentric.views.export import write_views
from allocentric.views.paths import looking
from allocentric.views.video import read_video
from allocentric.worlds.makers import make
from tests.views.looking import HUNDRED, WIDE

FLAT: Final = make("flat", 7)
OWN: Final = tuple(View(f"own {x}", looking((x, 5, 1.6), yaw_rad=2.0), camera=WIDE) for x in (2.0, 2.5))


@pytest.fixture
def room(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A flat with two views of its own, saved as flat.json in the folder where we are."""
    monkeypatch.chdir(tmp_path)
    scene = derived(FLAT, "with views", views=OWN)
    save(scene, "flat.json")
    save(FLAT, "blind.json")
    save(
        derived(FLAT, "two sizes", views=(OWN[0], replace(OWN[1], camera=HUNDRED, size_px=None))), "two.json"
    )
    save(derived(FLAT, "no cameras", views=tuple(replace(each, camera=None) for each in OWN)), "bare.json")
    write_views(scene, OWN, "posed", finer=1)
    return scene


@pytest.mark.parametrize(
    ("views", "count", "size"),
    [
        ("orbit:sofa --count 3 --size 64x48", 3, (64, 48)),
        ("walk --count 4 --size 64x48 --fov 90", 4, (64, 48)),
        ("walk --count 1 --size 64x48", 1, (64, 48)),
        ("panorama --size 64x32", 4, (64, 32)),
        ("scene", 2, (160, 120)),
        ("scene --count 1", 1, (160, 120)),
    ],
)
def test_pictures_and_cameras_are_written_and_counted(
    room: Scene, capsys: pytest.CaptureFixture[str], views: str, count: int, size: tuple[int, int]
) -> None:
    assert run(["render", "flat.json", "--views", *shlex.split(views), "--out", "out"]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == f"out: {count} views of flat-7"
    assert said.err == ""
    pictures = sorted(pathlib.Path("out/images").iterdir())
    assert len(pictures) == count
    with Image.open(pictures[0]) as image:
        assert (image.size, image.mode) == (size, "RGB")
    frames = json.loads(pathlib.Path("out/transforms.json").read_text())["frames"]
    assert [pathlib.Path("out", each["file_path"]) for each in frames] == pictures


def test_the_angle_of_view_is_from_the_left_to_the_right_border(room: Scene) -> None:
    assert (
        run(shlex.split("render flat.json --views orbit:sofa --count 1 --size 64x48 --fov 90 --out o")) == 0
    )
    told = json.loads(pathlib.Path("o/transforms.json").read_text())
    assert (told["fl_x"], told["fl_y"]) == pytest.approx((32.0, 32.0))


def test_the_same_command_again_makes_nothing_anew_and_says_so(
    room: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    command = shlex.split("render flat.json --views scene --out out")
    assert run(command) == run(command) == 0
    assert capsys.readouterr().out.splitlines()[1] == "out: 2 views of flat-7, 2 of them there already"


def test_a_film_is_made_of_the_pictures(room: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("av")
    assert (
        run(shlex.split("render flat.json --views walk --count 6 --size 64x48 --rate 8 --video --out o")) == 0
    )
    assert capsys.readouterr().out.splitlines() == ["o: 6 views of flat-7", "  video.mp4: 0.8 s"]
    frames = list(read_video("o/video.mp4"))
    assert [each.time_s for each in frames] == pytest.approx([number / 8 for number in range(6)])
    for frame, path in zip(frames, sorted(pathlib.Path("o/images").iterdir())):
        with Image.open(path) as image:
            assert np.abs(np.asarray(image).astype(float) - frame.colour).mean() < 6


def test_a_film_that_needs_pyav_says_so_before_anything_is_made(
    room: Scene, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    assert run(shlex.split("render flat.json --views scene --video --out o")) == 2
    assert "pip install 'allocentric[video]'" in capsys.readouterr().err
    assert not pathlib.Path("o").exists()


def test_a_hand_shakes_the_camera_by_a_few_centimetres_the_same_each_time(room: Scene) -> None:
    typed = "render flat.json --views orbit:sofa --count 8 --size 16x12"
    for out, more in (
        ("still", ""),
        ("one", "--sway 1"),
        ("again", "--sway 1"),
        ("more", "--sway 3 --seed 4"),
    ):
        assert run(shlex.split(f"{typed} --out {out} {more}")) == 0

    def places(out: str) -> np.ndarray:
        frames = json.loads(pathlib.Path(out, "transforms.json").read_text())["frames"]
        return np.array([np.array(each["transform_matrix"])[:3, 3] for each in frames])

    np.testing.assert_array_equal(places("one"), places("again"))
    off_m = np.linalg.norm(places("one") - places("still"), axis=1)
    assert 0.005 < off_m.mean() < 0.1
    assert np.linalg.norm(places("more") - places("still"), axis=1).mean() > 1.5 * off_m.mean()


def test_a_scene_of_unknown_scale_has_pictures_and_says_what_they_lack(
    room: Scene, capsys: pytest.CaptureFixture[str]
) -> None:
    save(derived(FLAT, "unscaled", scale=Interval(0.0, math.inf)), "vague.json")
    assert run(shlex.split("render vague.json --views orbit:sofa --count 1 --size 16x12 --out o")) == 0
    assert "no depth was written" in capsys.readouterr().out
    for views in ("walk", "panorama", "orbit:sofa --sway 1"):
        assert run(shlex.split(f"render vague.json --views {views} --out p")) == 2
        assert "state the scale" in capsys.readouterr().err
    assert not pathlib.Path("p").exists()


def test_marks_are_drawn_and_named(room: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(shlex.split("render flat.json --views orbit:sofa --count 2 --size 160x120 --out o --marks")) == 0
    )
    told = json.loads(pathlib.Path("o/marks.json").read_text())
    count = sum(len(each) for each in told.values())
    assert capsys.readouterr().out.splitlines()[1] == f"  marked/: {count} marks, named in marks.json"
    assert sorted(told) == ["orbit-0", "orbit-1"]
    assert all("sofa" in {mark["name"] for mark in each.values()} for each in told.values())
    assert len(list(pathlib.Path("o/marked").iterdir())) == 2


# What a user types after `allo render`; each is wrong.
TYPED: Final = (
    "flat.json --views fly --out out",
    "flat.json --views orbit --out out",
    "flat.json --views walk:sofa --out out",
    "flat.json --views orbit:sofaa --out out",
    "flat.json --views orbit:kitchen --out out",
    "flat.json --views walk --size 12 --out out",
    "flat.json --views walk --size 0x5 --out out",
    "flat.json --views walk --size 99999x5 --out out",
    "flat.json --views walk --fov 200 --out out",
    "flat.json --views walk --count 0 --out out",
    "flat.json --views walk --count 2.5 --out out",
    "flat.json --views scene --size 64x48 --out out",
    "flat.json --views panorama --fov 90 --out out",
    "blind.json --views scene --out out",
    "flat.json --views walk --sway -1 --out out",
    "flat.json --views walk --sway nan --out out",
    "flat.json --views walk --step 0 --out out",
    "flat.json --views walk --video --rate 0 --out out",
    "two.json --views scene --video --out out",
    "blind.json --views scene --video --out out",
    "flat.json --views scene --out flat.json",
    "none.json --views scene --out out",
    "flat.json --views walk",
    "bare.json --views scene --out out",
    "posed/transforms.json --views scene --out out",
    "posed/transforms.json --views walk --out out",
)


def test_what_is_typed_wrongly_is_told_in_three_lines_and_nothing_is_written(
    room: Scene, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None]
) -> None:
    told = list[str]()
    before = sorted(pathlib.Path().iterdir())
    for typed in TYPED:
        assert run(["render", *shlex.split(typed)]) == 2, typed
        said = capsys.readouterr()
        assert (len(said.err.splitlines()), said.out) == (3, ""), typed
        told.append(f"$ allo render {typed}\n{said.err}")
    assert sorted(pathlib.Path().iterdir()) == before
    golden("render_errors.txt", "\n".join(told))
