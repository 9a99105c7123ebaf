"""Detections merged into things: never two of one view, whatever order they come in."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.intervals import Interval
from allocentric.perception.lifting import Detection
from allocentric.perception.merging import merge, surface_shares

SIDE = np.linspace(0, 0.3, 11)


def detection(
    view: str, number: int, *, label: str = "cup", at: tuple[float, float] = (0, 0), part: float = 1.0
) -> Detection:
    """A level square of 0.3 m, or the left part of it."""
    x, y = np.meshgrid(SIDE[SIDE <= 0.3 * part + 1e-9], SIDE)
    points = np.column_stack([x.ravel() + at[0], y.ravel() + at[1], np.zeros(x.size)])
    count = len(points)
    return Detection(
        view=view,
        number=number,
        label=label,
        score=1.0,
        eye_m=np.array([0.0, 0, 2]),
        points_m=points,
        sigmas_m=np.zeros(count),
        steps_m=np.full(count, 0.01),
        normals=np.tile([0.0, 0, 1], (count, 1)),
        areas_m2=np.full(count, 1e-4),
        stride=3,
        pixels=count,
        box_px=(0.0, 0.0, 10.0, 10.0),
        range_m=Interval(1.9, 2.1),
    )


drawn = st.lists(
    st.builds(
        lambda view, label, x, y, part: (f"view {view}", label, (x, y), part),
        st.integers(0, 3),
        st.sampled_from(["cup", "mug", "plate"]),
        st.floats(0, 0.6),
        st.floats(0, 0.3),
        st.sampled_from([0.3, 0.6, 1.0]),
    ),
    min_size=1,
    max_size=14,
)


@given(drawn, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_two_that_one_view_shows_are_never_joined_and_no_order_matters(
    rows: list[tuple[str, str, tuple[float, float], float]], shuffled: random.Random
) -> None:
    held = [
        detection(view, number, label=label, at=at, part=part)
        for number, (view, label, at, part) in enumerate(rows, 1)
    ]
    things = merge(held)
    for thing in things:
        assert len(set(thing.views)) == len(thing.views)
    kept = sorted(each.number for thing in things for each in thing.detections)
    assert kept == list(range(1, len(held) + 1)), "each detection is of one thing"
    shuffled.shuffle(held)
    again = merge(held)
    names = [[(each.view, each.number) for each in thing.detections] for thing in things]
    assert [[(each.view, each.number) for each in thing.detections] for thing in again] == names


def test_a_thing_seen_whole_and_in_part_is_one_and_another_beside_it_is_another() -> None:
    things = merge(
        [
            detection("a", 1),
            detection("b", 1, part=0.4),
            detection("c", 2),
            detection("a", 2, at=(0.5, 0)),
            detection("c", 1, at=(0.5, 0)),
        ]
    )
    assert [thing.views for thing in things] == [("a", "b", "c"), ("a", "c")]


def test_of_one_view_both_stay_though_they_lie_on_one_another() -> None:
    assert len(merge([detection("a", 1), detection("a", 2)])) == 2


def test_the_likelier_partner_is_joined_where_only_one_can_be() -> None:
    things = merge([detection("a", 1), detection("a", 2, at=(0.2, 0)), detection("b", 1, at=(0.19, 0))])
    assert [[each.number for each in thing.detections] for thing in things] == [[1], [2, 1]]


def test_synonyms_are_one_kind_and_a_label_is_what_most_pixels_say() -> None:
    (one,) = merge([detection("a", 1, label="sofa"), detection("b", 1, label="couch", part=0.3)])
    assert one.label == "sofa"
    (confused,) = merge(
        [detection("a", 1, label="sofa"), detection("b", 1, label="bed"), detection("c", 1, label="sofa")]
    )
    assert confused.label == "sofa"


def test_of_another_label_most_of_both_surfaces_must_be_shared() -> None:
    apart = merge([detection("a", 1, label="bed"), detection("b", 1, label="pillow", part=0.3)])
    assert [thing.label for thing in apart] == ["bed", "pillow"]


def test_shares_count_the_cells_of_one_that_lie_on_the_other() -> None:
    shares = surface_shares([detection("a", 1), detection("b", 1, part=0.3), detection("c", 1, at=(2, 0))])
    assert shares[1, 0] == 1
    assert 0.3 < shares[0, 1] < 0.7
    assert shares[0, 2] == shares[2, 0] == 0
