"""Tours: the shortest order in which to visit places, and when it is not decided."""

import itertools

import numpy as np
import pytest

from allocentric.oracle.routes_tour import two_best
from allocentric.seeds import stream
from tests.oracle.told import cube, place, reason, value

ROW = place(cube("door", 0, 0), cube("a", 6, 0), cube("b", 2, 0), cube("c", 4, 0))
VISIT = 'tour([the("a"), the("b"), the("c")], start=the("door"))'


def test_things_in_a_row_are_visited_one_after_the_other() -> None:
    assert value(ROW, VISIT) == ("b", "c", "a")


def test_the_nearest_first_is_not_the_shortest_tour() -> None:
    # From 0: to 1 first and then to -1.2 and 4 is 1 + 2.2 + 5.2; to -1.2 first is 1.2 + 2.2 + 3.
    line = place(cube("door", 0, 0), cube("near", 0, 1), cube("back", 0, -1.2), cube("far", 0, 4))
    centres = 'tour([the("near"), the("back"), the("far")], start=the("door"), geometry="centre")'
    assert value(line, centres) == ("back", "near", "far")


def test_a_set_is_visited_but_for_the_start() -> None:
    assert value(ROW, 'tour(all(), start=the("door"))') == ("b", "c", "a")


def test_two_tours_of_one_length_are_undetermined() -> None:
    both = place(cube("door", 0, 0), cube("a", 3, 0), cube("b", -3, 0))
    assert reason(both, 'tour([the("a"), the("b")], start=the("door"))') == "overlap"


def test_a_kind_of_which_there_are_several_is_no_stop() -> None:
    chairs = place(cube("door", 0, 0), cube("chair", 3, 0), cube("chair", -3, 0), cube("bed", 5, 5))
    assert reason(chairs, 'tour([all("chair"), the("bed")], start=the("door"))') == "ambiguous"


def test_more_stops_than_are_searched_are_undetermined() -> None:
    many = place(*(cube(f"box {each}", 3 * each, 0) for each in range(12)))
    assert reason(many, 'tour(all(), start=the("box 0"))') == "not_measured"


@pytest.mark.parametrize("seed", range(40))
def test_the_two_best_are_those_of_all_permutations(seed: int) -> None:
    random = stream(seed, "tours")
    count = int(random.integers(2, 8))
    legs = np.abs(random.normal(size=(count, count)))
    legs = legs + legs.T

    def length(way: tuple[int, ...]) -> float:
        return float(sum(legs[here, there] for here, there in itertools.pairwise((0, *way))))

    every = sorted(itertools.permutations(range(1, count)), key=length)
    found = two_best(legs.tolist())
    assert [length(way) for way in found] == pytest.approx([length(way) for way in every[:2]])
    assert found[0] == every[0]
