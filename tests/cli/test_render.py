"""`allo render` writes what it says, tells what it did, and refuses the rest in three lines."""

import json
import pathlib
import shlex
from typing import Final

import pytest
from PIL import Image

from allocentric.cli.main import run
from allocentric.scene.file import save
from allocentric.scene.scene import Scene, View, derived
from allocentric.views.paths import looking
from allocentric.worlds.makers import make
from tests.views.looking import WIDE

FLAT: Final = make("flat", 7)
OWN: Final = tuple(View(f"own {x}", looking((x, 5, 1.6), yaw_rad=2.0), camera=WIDE) for x in (2.0, 2.5))


@pytest.fixture
def room(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A flat with two views of its own, saved as flat.json in the folder where we are."""
    monkeypatch.chdir(tmp_path)
    scene = derived(FLAT, "with views", views=OWN)
    save(scene, "flat.json")
    save(FLAT, "blind.json")
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


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("flat.json --views fly --out out", "no kind of views is named 'fly'"),
        ("flat.json --views orbit --out out", "no kind of views is named 'orbit'"),
        ("flat.json --views walk:sofa --out out", "did you mean 'walk'"),
        ("flat.json --views orbit:sofaa --out out", "did you mean 'sofa'"),
        ("flat.json --views orbit:kitchen --out out", "no surface in a known place"),
        ("flat.json --views walk --size 12 --out out", "'12' is no size"),
        ("flat.json --views walk --size 0x5 --out out", "is no size"),
        ("flat.json --views walk --size 99999x5 --out out", "up to 8192"),
        ("flat.json --views walk --fov 200 --out out", "200 degrees"),
        ("flat.json --views walk --count 0 --out out", "--count 1 or more"),
        ("blind.json --views scene --out out", "there is no view to write"),
        ("flat.json --views scene --out flat.json", "this folder cannot be made"),
        ("none.json --views scene --out out", "none.json"),
        ("flat.json --views walk", "--out"),
    ],
)
def test_what_is_typed_wrongly_is_told_in_three_lines_and_nothing_is_written(
    room: Scene, capsys: pytest.CaptureFixture[str], typed: str, says: str
) -> None:
    assert run(["render", *shlex.split(typed)]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert (len(said.err.splitlines()), said.out) == (3, "")
    assert not pathlib.Path("out").exists()
