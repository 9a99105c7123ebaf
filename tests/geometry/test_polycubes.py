import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.geometry.polycubes import (
    TURNS,
    Figure,
    canonical,
    chiral,
    connected,
    mirrored,
    same,
    settled,
    shown,
    turned,
)

SCREW: Figure = frozenset({(0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1)})  # the smallest chiral figure
CELLS = st.tuples(*[st.integers(-2, 2)] * 3)
FIGURES = st.frozensets(CELLS, min_size=1, max_size=6)


def test_the_turns_are_a_group_of_24_without_mirrors() -> None:
    matrices = [np.array(each) for each in TURNS]
    assert len(set(TURNS)) == 24
    assert all(round(float(np.linalg.det(each))) == 1 for each in matrices)
    products = {tuple(map(tuple, (a @ b).tolist())) for a in matrices for b in matrices}
    assert products == set(TURNS)
    assert {tuple(map(tuple, each.T.tolist())) for each in matrices} == set(TURNS)


@given(FIGURES, st.sampled_from(TURNS), CELLS)
def test_a_figure_is_the_same_wherever_it_is_turned_and_moved(figure, turn, shift) -> None:  # type: ignore[no-untyped-def]
    moved = {tuple(a + b for a, b in zip(each, shift)) for each in turned(figure, turn)}
    assert same(figure, moved)


@given(FIGURES)
def test_the_mirror_of_a_mirror_is_the_figure_and_a_figure_is_chiral_where_its_mirror_is(
    figure: Figure,
) -> None:
    assert same(mirrored(mirrored(figure)), figure)
    assert chiral(mirrored(figure)) == chiral(figure)


def test_four_cubes_in_a_screw_are_chiral_and_flat_ones_are_not() -> None:
    assert chiral(SCREW)
    assert not chiral({(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 1, 0)})
    assert canonical(SCREW) != canonical(mirrored(SCREW))


@pytest.mark.parametrize(
    ("size", "one_sided", "free"), [(1, 1, 1), (2, 1, 1), (3, 2, 2), (4, 8, 7), (5, 29, 23)]
)
def test_there_are_as_many_figures_as_are_known(size: int, one_sided: int, free: int) -> None:
    """Published counts: with mirror images apart 1, 1, 2, 8, 29; with them as one 1, 1, 2, 7, 23."""
    found = {canonical({(0, 0, 0)})}
    for _ in range(size - 1):
        found = {
            canonical({*each, (x + dx, y + dy, z + dz)})
            for each in found
            for x, y, z in each
            for dx, dy, dz in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1))
            if (x + dx, y + dy, z + dz) not in each
        }
    assert len(found) == one_sided
    assert len({min(each, canonical(mirrored(each))) for each in found}) == free


def test_cubes_that_meet_at_an_edge_do_not_hang_together() -> None:
    assert connected(SCREW)
    assert not connected({(0, 0, 0), (1, 1, 0)})


@given(FIGURES)
def test_of_a_cube_shows_what_rays_along_the_view_hit_first(figure: Figure) -> None:
    """The slow twin: from a point within each half face, up along (1, 1, 1), is there another cube?"""
    for cell, count in shown(figure).items():
        free = 0
        for axis in range(3):
            for share in ((0.25, 0.5), (0.5, 0.25)):
                at = np.array(cell, dtype=float)
                at[axis] += 1
                at[[row for row in range(3) if row != axis]] += share
                steps = np.arange(0.01, 12, 0.02)[:, None]
                hit = {tuple(each) for each in np.floor(at + steps).astype(int).tolist()}
                free += not (hit & (set(figure) - {cell}))
        assert count == free


def test_a_settled_figure_begins_at_0() -> None:
    assert settled({(4, 5, -6), (5, 5, -6)}) == {(0, 0, 0), (1, 0, 0)}
