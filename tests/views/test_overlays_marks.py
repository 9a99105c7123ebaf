"""Numbers stand deepest inside their things, never on each other, and say which thing is which."""

import itertools
import json
import pathlib
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Bool, Int
from scipy import ndimage

from allocentric.errors import BadInput, UnknownName
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.views.export import write_views
from allocentric.views.overlays_export import write_marked
from allocentric.views.overlays_marks import Mark, depth_inside, marked, marks_of
from allocentric.views.paths import orbit
from allocentric.views.picture_files import read_colour
from allocentric.views.render import render
from allocentric.worlds.makers import make
from tests.views.looking import WIDE, level

FLAT: Final = make("flat", 7)


def overlap(first: Mark, second: Mark) -> bool:
    """Whether two plates share a pixel."""
    a, b = first.box_px, second.box_px
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@given(st.integers(0, 10**6), st.integers(1, 24), st.integers(1, 24), st.floats(0.3, 0.99))
@settings(max_examples=60)
def test_the_depth_inside_is_the_distance_to_the_nearest_pixel_outside(
    seed: int, height: int, width: int, share: float
) -> None:
    mask = np.random.default_rng(seed).random((height, width)) < share
    padded = np.pad(mask, 1)
    slow = ndimage.distance_transform_edt(padded)[1:-1, 1:-1] ** 2
    assert np.array_equal(depth_inside(mask), np.rint(slow).astype(int))


def blocks(*boxes: tuple[int, int, int, int]) -> Int[np.ndarray, "100 160"]:
    """An instance picture of rectangles: left, top, right, bottom."""
    instance = np.full((100, 160), -1)
    for row, (left, top, right, bottom) in enumerate(boxes):
        instance[top:bottom, left:right] = row
    return instance


def test_a_number_stands_in_the_middle_of_a_square_and_in_the_thick_end_of_a_drop() -> None:
    (square,) = marks_of(blocks((20, 30, 61, 71)), [0])
    assert square.at_px == (40.5, 50.5)
    shape = blocks((20, 45, 100, 50))
    shape[30:65, 100:135] = 0
    (drop,) = marks_of(shape, [0])
    assert drop.at_px == (117.5, 47.5)


def test_numbers_run_from_left_to_right_whatever_the_rows() -> None:
    instance = blocks((100, 10, 140, 50), (10, 10, 50, 50), (55, 55, 95, 95))
    assert [mark.row for mark in marks_of(instance, [0, 1, 2])] == [1, 2, 0]
    assert [mark.number for mark in marks_of(instance, [0, 1, 2])] == [1, 2, 3]


def test_things_too_small_or_not_asked_for_get_no_mark() -> None:
    instance = blocks((10, 10, 50, 50), (100, 10, 104, 14))
    assert [mark.row for mark in marks_of(instance, [0, 1])] == [0]
    assert [mark.row for mark in marks_of(instance, [1], least_px=16)] == [1]
    assert marks_of(instance, []) == ()


@pytest.mark.parametrize("place", range(8))
def test_no_two_numbers_overlap_in_a_crowded_view_and_each_points_into_its_thing(place: int) -> None:
    view = orbit(FLAT, FLAT.row("coffee table"), WIDE, count=8)[place]
    instance = render(FLAT, view).instance
    rows = [row for row, kind in enumerate(FLAT.kinds) if kind == "object"]
    marks = marks_of(instance, rows, least_px=4)
    assert len(marks) == sum((instance == row).sum() >= 4 for row in rows) > 5
    assert not any(itertools.starmap(overlap, itertools.combinations(marks, 2)))
    for mark in marks:
        x, y = mark.at_px
        inside = depth_inside(instance == mark.row)
        assert inside[int(y), int(x)] == inside.max()
        left, top, right, bottom = mark.box_px
        assert 0 <= left < right <= 160
        assert 0 <= top < bottom <= 120


def test_more_numbers_than_fit_are_told() -> None:
    instance = np.arange(100 * 160).reshape(100, 160) // 8
    with pytest.raises(BadInput, match="no room"):
        marks_of(instance, range(2000), least_px=1)


def cubes() -> Scene:
    """Three cubes side by side, the left one first in the world and last in the scene, and a wall."""
    spots = {"right": -1.2, "middle": 0.0, "left": 1.2}
    things = [
        Thing(label="cube", name=name, center=(4, y, 0), size=(0.8, 0.8, 0.8)) for name, y in spots.items()
    ]
    return scene_of("s", [*things, Thing(label="wall", kind="structure", center=(6, 0, 0), size=(0.1, 9, 9))])


def test_a_mark_says_which_thing_it_is_and_walls_have_none() -> None:
    scene = cubes()
    picture = render(scene, level(camera=WIDE))
    done = marked(scene, picture.colour, picture.instance)
    assert [scene.names[done.row(number)] for number in (1, 2, 3)] == ["left", "middle", "right"]
    with pytest.raises(UnknownName, match="no mark is named '4'"):
        done.row(4)
    untouched: Bool[np.ndarray, "h w"] = (done.colour == picture.colour).all(axis=2)
    assert untouched[:, :3].all()
    for mark in done.marks:
        left, top, right, bottom = (round(each) for each in mark.box_px)
        grey = done.colour[top:bottom, left:right].mean(axis=2)
        assert grey.max() > 200 > 70 > grey.min()  # white on dark, whatever is below


def test_pictures_of_another_size_are_told() -> None:
    scene = cubes()
    with pytest.raises(BadInput, match="the picture is"):
        marked(scene, np.zeros((5, 5, 3), np.uint8), np.zeros((4, 5), np.int64))


def test_marked_pictures_and_their_key_are_written_beside_the_plain_ones(tmp_path: pathlib.Path) -> None:
    scene, views = cubes(), [level(camera=WIDE)]
    write_views(scene, views, tmp_path)
    assert write_marked(scene, views, tmp_path) == 3
    told = json.loads((tmp_path / "marks.json").read_text())["level"]
    assert {number: each["name"] for number, each in told.items()} == {
        "1": "left",
        "2": "middle",
        "3": "right",
    }
    assert told["1"]["row"] == scene.row("left") + 1
    assert read_colour(tmp_path / "marked" / "level.png").shape == (120, 160, 3)
    with pytest.raises(BadInput, match="no picture of view"):
        write_marked(scene, views, tmp_path / "elsewhere")
