import itertools

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from allocentric.views.ink import Box
from allocentric.views.labels import Label, Wanted, placed

CANVAS = (0.0, 0.0, 400.0, 300.0)
BLACK = (0, 0, 0, 255)
WHITE = (255, 255, 255, 255)

spots = st.tuples(st.floats(0, 400), st.floats(0, 300), st.floats(0, 80), st.floats(0, 60)).map(
    lambda each: (each[0], each[1], each[0] + each[2], each[1] + each[3])
)
# Words, size, spots, within, must, plated: made into labels in the test, not while drawing them.
wants = st.tuples(
    st.sampled_from(["tv", "chair 12", "washing machine"]),
    st.sampled_from([12.0, 15.0]),
    st.lists(spots, min_size=1, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
Drawn = tuple[str, float, tuple[Box, ...], bool, bool, bool]


def made(drawn: list[Drawn]) -> list[Wanted]:
    return [
        Wanted(
            text,
            size,
            BLACK,
            _middles(held) if within else (),
            held,
            must=must,
            plate=WHITE if plated else None,
        )
        for text, size, held, within, must, plated in drawn
    ]


def _middles(held: tuple[Box, ...]) -> tuple[tuple[float, float], ...]:
    return tuple(((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in held)


def put(
    *wanted: Wanted, solids: list[Box] | None = None, strokes: list[tuple[float, float]] | None = None
) -> list[Label]:
    return placed(
        wanted,
        canvas=CANVAS,
        solids=[shapely.box(*each) for each in solids or []],
        strokes=np.array(strokes or [], dtype=float).reshape(-1, 2),
    )


def want(text: str, spot: Box, *, within: bool = False, must: bool = False) -> Wanted:
    return Wanted(text, 12.0, BLACK, _middles((spot,)) if within else (), (spot,), must=must)


@given(st.lists(wants, max_size=8))
def test_labels_never_overlap_each_other_nor_leave_the_canvas(drawn: list[Drawn]) -> None:
    labels = put(*made(drawn))
    for left, top, right, bottom in (each.box for each in labels):
        assert 0 <= left < right <= 400
        assert 0 <= top < bottom <= 300
    for a, b in itertools.combinations([each.box for each in labels], 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@given(st.lists(wants, max_size=8))
def test_a_label_that_must_be_placed_is(drawn: list[Drawn]) -> None:
    wanted = made(drawn)
    held = [each.wanted for each in put(*wanted)]
    assert all(each in held for each in wanted if each.must)


def test_a_label_that_may_lie_on_its_spot_lies_in_its_middle() -> None:
    [label] = put(want("sofa", (100, 100, 200, 160), within=True))
    assert (label.text.at, label.leader) == ((150, 130), None)


def test_a_label_beside_its_spot_does_not_cover_it() -> None:
    [label] = put(want("cup", (100, 100, 110, 110)))
    left, top, right, bottom = label.box
    assert right <= 100 or left >= 110 or bottom <= 100 or top >= 110


def test_a_label_keeps_off_other_things_and_lines_where_it_can() -> None:
    spot = (200.0, 150.0, 210.0, 160.0)
    [free] = put(want("cup", spot))
    wall = free.box
    [moved] = put(want("cup", spot), solids=[wall])
    assert moved.box != free.box
    [again] = put(
        want("cup", spot), strokes=[(free.text.at[0] + step, free.text.at[1]) for step in range(-9, 9, 3)]
    )
    assert again.box != free.box


def test_a_label_pushed_far_from_its_thing_gets_a_line_to_its_middle() -> None:
    spot = (195.0, 145.0, 205.0, 155.0)
    crowd = [(x, y, x + 40, y + 18) for x in range(120, 280, 40) for y in range(105, 195, 18)]
    [label] = put(
        Wanted("cup", 12.0, BLACK, spots=(spot,), must=True, own=len(crowd) * 3), solids=[*crowd * 3, spot]
    )
    assert label.leader is not None
    assert label.leader[1] == (200.0, 150.0)


def test_where_there_is_no_room_a_label_that_need_not_stand_is_left_out() -> None:
    spot = (0.0, 0.0, 400.0, 300.0)  # all of the canvas is its thing, and it may not lie on it
    assert put(want("room", spot)) == []
    assert len(put(want("room", spot, must=True))) == 1
