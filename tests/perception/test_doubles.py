"""Parts that may be of one thing are not counted twice; what is surely two stays two."""

import numpy as np
import pytest

from allocentric.intervals import Interval
from allocentric.perception.doubles import may_be_one, surely_apart
from allocentric.perception.ends import DIRECTIONS
from allocentric.perception.lifting import Detection
from allocentric.perception.merging import Seen

WIDE_M = 0.6  # a plate seen from one side


def plate(view: str, low: tuple[float, float, float], *, label: str = "chest", count: int = 400) -> Seen:
    """What one view shows: points spread over an upright square that faces along x."""
    points_m = np.array(low) + np.random.default_rng(count).random((count, 3)) * [0.01, WIDE_M, WIDE_M]
    fine = np.full(count, 0.01)
    made = Detection(
        view=view,
        number=1,
        label=label,
        score=1.0,
        eye_m=np.zeros(3),
        points_m=points_m,
        sigmas_m=fine,
        steps_m=fine,
        normals=np.tile([1.0, 0, 0], (count, 1)),
        areas_m2=fine,
        stride=1,
        pixels=count,
        box_px=(0.0, 0.0, 9.0, 9.0),
        range_m=Interval(1.0, 2.0),
    )
    return Seen(label, 1.0, (made,))


def apart(things: list[Seen], reach_m: float) -> list[int]:
    """Those that are surely several, where each may reach so far beyond what is seen of it."""
    outward = np.tile(DIRECTIONS, (len(things), 1, 1))
    most_m = np.array([(each.points_m() @ DIRECTIONS.T).max(axis=0) for each in things]) + reach_m
    return surely_apart(things, outward, most_m, slacks_rad=np.zeros(len(things)))


@pytest.mark.parametrize(
    ("second", "reach_m", "kept"),
    [
        (plate("b", (0.5, 0, 0), count=300), 1.0, [0]),  # front and back of one chest, or two chests
        (plate("b", (0.5, 0, 0), count=500), 1.0, [1]),  # what more pixels show is kept
        (plate("b", (0.5, 0, 0)), 0.1, [0, 1]),  # neither reaches so far
        (plate("a", (0.5, 0, 0)), 1.0, [0, 1]),  # one view shows both
        (plate("b", (0.5, 0, 0), label="lamp"), 1.0, [0, 1]),  # called otherwise, and elsewhere
        (plate("b", (0.0, 0, 0), label="lamp", count=300), 0.1, [0]),  # called otherwise, on its surface
    ],
)
def test_parts_that_may_be_one_thing_are_counted_once(second: Seen, reach_m: float, kept: list[int]) -> None:
    assert apart([plate("a", (0, 0, 0)), second], reach_m) == kept


def test_only_what_is_called_the_same_and_never_seen_together_may_be_one() -> None:
    things = [
        plate("a", (0, 0, 0)),
        plate("b", (1, 0, 0)),
        plate("a", (2, 0, 0)),
        plate("b", (0, 0, 0), label="lamp"),
    ]
    assert may_be_one(things).tolist() == [
        [False, True, False, False],
        [True, False, True, False],
        [False, True, False, False],
        [False, False, False, False],
    ]


def test_walls_are_counted_as_they_are_seen() -> None:
    assert apart([plate("a", (0, 0, 0), label="wall"), plate("b", (0.5, 0, 0), label="wall")], 1.0) == [0, 1]
