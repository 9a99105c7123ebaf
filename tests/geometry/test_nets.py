import numpy as np
import pytest

from allocentric.geometry.nets import folded, hexominoes, meet_so, nets, opposite, shapes

CROSS = ((0, 1), (1, 1), (2, 1), (3, 1), (1, 0), (1, 2))


def test_there_are_35_hexominoes_and_11_of_them_are_nets_of_a_cube() -> None:
    assert len(hexominoes()) == 35
    assert len(nets()) == 11


def test_no_net_has_a_block_of_four_squares_or_five_in_a_row() -> None:
    for net in nets():
        held = set(net)
        assert not any({(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)} <= held for x, y in held)
        assert not any({(x + step, y) for step in range(5)} <= held for x, y in held)


@pytest.mark.parametrize("net", nets())
def test_opposite_is_mutual_and_neighbours_on_the_net_are_neighbours_on_the_cube(net) -> None:  # type: ignore[no-untyped-def]
    for square in net:
        other = opposite(net, square)
        assert other is not None
        assert opposite(net, other) == square
        beside = {(square[0] + dx, square[1] + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))}
        assert other not in beside


@pytest.mark.parametrize("net", nets())
def test_faces_are_upright_boards_around_one_cube(net) -> None:  # type: ignore[no-untyped-def]
    laid = folded(net)
    assert laid is not None
    assert all((np.cross(each.right, each.up) == each.out).all() for each in laid.values())


def _over(square: tuple[int, int]) -> tuple[int, int]:
    return -square[0], square[1]


def test_of_the_cross_by_hand() -> None:
    """Three in a row: the outer two are opposite; above and below the same square are opposite."""
    assert opposite(CROSS, (0, 1)) == (2, 1)
    assert opposite(CROSS, (1, 0)) == (1, 2)
    assert opposite(CROSS, (1, 1)) == (3, 1)


def test_a_corner_has_its_faces_in_one_sense() -> None:
    """Around the lower left corner of the middle square: itself, the one on its left, the one below."""
    middle, left, below = (1, 1), (0, 1), (1, 0)
    assert meet_so(CROSS, (middle, left, below))
    assert meet_so(CROSS, (left, below, middle))
    assert not meet_so(CROSS, (left, middle, below))
    assert not meet_so(CROSS, (middle, (3, 1), below))


@pytest.mark.parametrize("net", nets())
def test_each_net_shows_all_24_views_of_a_cube_and_its_mirror_image_the_others(net) -> None:  # type: ignore[no-untyped-def]
    views = {(a, b, c) for a in net for b in net for c in net if meet_so(net, (a, b, c))}
    assert len(views) == 24
    flipped = [_over(each) for each in net]
    assert not [(a, b, c) for a, b, c in views if meet_so(flipped, (_over(a), _over(b), _over(c)))]


def test_a_figure_has_eight_positions() -> None:
    assert len(set(shapes(((0, 0), (1, 0), (2, 0), (2, 1))))) == 8
