import io

import numpy as np
import pytest
from PIL import Image

from allocentric.geometry.polycubes import chiral, mirrored, same, shown
from allocentric.scene.puzzles import Cut, Net, Rotation, Stack, puzzle_in
from allocentric.scene.scene import Thing, scene_of
from allocentric.views.puzzles import PAINTS, draw_puzzle
from allocentric.worlds.makers import PUZZLES, make

SEEDS = range(8)


@pytest.mark.parametrize("maker", PUZZLES, ids=lambda each: each.name)
def test_each_puzzle_has_a_drawing_with_words_and_ink(maker) -> None:  # type: ignore[no-untyped-def]
    drawing = draw_puzzle(maker.make(1))
    assert drawing is not None
    image = np.asarray(Image.open(io.BytesIO(drawing.png())))
    assert image.shape[:2] == (drawing.height, drawing.width)
    assert 0.02 < (image < 250).any(axis=2).mean() < 0.8
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    assert (border == 255).all()  # nothing is cut off


def test_a_scene_that_is_no_puzzle_has_no_drawing() -> None:
    assert draw_puzzle(make("empty", 1)) is None
    assert puzzle_in(scene_of("room", [Thing(label="target")])) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_of_the_figures_one_is_the_target_one_its_mirror_and_none_looks_as_it_does(seed: int) -> None:
    puzzle = puzzle_in(make("rotation", seed))
    assert isinstance(puzzle, Rotation)
    figures = list(puzzle.options.values())
    assert chiral(puzzle.target)
    assert [same(each, puzzle.target) for each in figures].index(True) == seed % 4
    assert sum(same(each, puzzle.target) for each in figures) == 1
    assert sum(same(each, mirrored(puzzle.target)) for each in figures) == 1
    assert all(min(shown(each).values()) >= 2 for each in (puzzle.target, *figures))
    assert all(each != puzzle.target and len(each) == len(puzzle.target) for each in figures)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_stack_has_columns_whose_tops_are_seen_and_hides_at_least_one_cube(seed: int) -> None:
    puzzle = puzzle_in(make("stack", seed))
    assert isinstance(puzzle, Stack)
    shows = shown(puzzle.cubes)
    assert min(shows.values()) == 0
    for x, y, z in puzzle.cubes:
        assert z == 0 or (x, y, z - 1) in puzzle.cubes
        assert shows[x, y, z] or (x, y, z + 1) in puzzle.cubes


def test_every_colour_of_a_net_can_be_drawn_and_each_cube_shows_three_of_them() -> None:
    puzzle = puzzle_in(make("net", 3))
    assert isinstance(puzzle, Net)
    assert set(puzzle.coloured.values()) == set(PAINTS)
    assert all(len(set(each)) == 3 for each in puzzle.options.values())


def test_cuts_of_each_number_of_sides_come_in_turn() -> None:
    from allocentric.geometry.sections import section

    found = [puzzle_in(make("cut", seed)) for seed in range(4)]
    assert [len(section(each.corners, each.plane)) for each in found if isinstance(each, Cut)] == [3, 4, 5, 6]
