import pytest

from allocentric.intervals import Arc, Interval, Members
from allocentric.query.options import choose, lettered
from allocentric.scene.truth import (
    LENGTH,
    NEVER,
    SURELY,
    Angle,
    Bound,
    Choice,
    Label,
    Measured,
    Order,
    Pick,
    Quantity,
    Things,
    Truth,
    Turns,
)


def measured(value: object, bound: Bound) -> Measured:
    return Measured(value, bound, None, ())  # type: ignore[arg-type]


def test_options_keep_their_letters_or_get_them_in_order() -> None:
    assert lettered(["A. left", "(b) right", "C: back"]) == [("A", "left"), ("B", "right"), ("C", "back")]
    assert lettered(["left", "right"]) == [("A", "left"), ("B", "right")]
    assert lettered(["a desk", "B. bed"]) == [("A", "a desk"), ("B", "B. bed")]


@pytest.mark.parametrize(
    ("result", "options", "letter"),
    [
        (measured("front-left", Label(("front-left",))), ["A. back-left", "B. front-left"], "B"),
        (measured("front-left", Label(("front-left",))), ["A. back left", "B. Front Left"], "B"),
        (measured("left", Label(("left",))), ["to the right", "to the left"], "B"),
        (measured(True, Truth(SURELY)), ["No", "Yes"], "B"),
        (measured(False, Truth(NEVER)), ["A. yes", "B. no"], "B"),
        (measured("couch", Pick((Choice("couch", (0,)),))), ["A. sofa", "B. tv"], "A"),
        (measured(2.94, Quantity(Interval.of(2.94), LENGTH)), ["A. 1.5", "B. 3.0", "C. 4"], "B"),
        (measured(2.94, Quantity(Interval.of(2.94), LENGTH)), ["150 cm", "290 cm"], "B"),
        (measured(0.5, Angle(Arc(0.5))), ["A. 30 degrees", "B. 90 degrees"], "A"),
        (
            measured(("left", "back"), Turns((("left",), ("back",)))),
            ["A. Turn Back, Turn Left", "B. Turn Left, Turn Back"],
            "B",
        ),
        (
            measured(("bed", "tv"), Order(("bed", "tv"), frozenset({(0, 1)}))),
            ["A. tv, bed", "B. bed, tv"],
            "B",
        ),
        (measured(("cup",), Things(Members.of([0]))), ["A. cup", "B. cup and book"], "A"),
    ],
)
def test_the_right_option_is_told_by_its_letter(result: Measured, options: list[str], letter: str) -> None:
    assert choose(result, options) == letter


@pytest.mark.parametrize(
    ("result", "options"),
    [
        (measured("left", Label(("left",))), ["A. right", "B. back"]),
        (measured("left", Label(("left",))), ["A. left", "B. left"]),
        (measured(2.0, Quantity(Interval.of(2.0), LENGTH)), ["A. 1", "B. 3"]),
        (measured(2.0, Quantity(Interval.of(2.0), LENGTH)), ["A. near", "B. 3"]),
    ],
)
def test_no_letter_is_guessed_where_none_or_two_would_do(result: Measured, options: list[str]) -> None:
    assert choose(result, options) is None
