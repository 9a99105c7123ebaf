"""Words about things and numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.words import (
    UNITS,
    a_list,
    ordinal,
    plural,
    read_number,
    read_quantity,
    say_angle,
    say_area,
    say_length,
    say_number,
    say_volume,
    singular,
)

PAIRS = """chair chairs; shelf shelves; box boxes; bench benches; dish dishes; mattress mattresses; key keys;
glass glasses; stove stoves; vase vases; house houses; battery batteries; person people; tv tvs; bus buses;
lens lenses; cookie cookies; sofa sofas; knife knives; bookshelf bookshelves; potato potatoes; shoe shoes;
couch couches; canvas canvases; clothes clothes; scissors scissors"""


@pytest.mark.parametrize("pair", [each.split() for each in PAIRS.replace("table lamp", "lamp").split(";")])
def test_singular_and_plural_undo_each_other(pair: list[str]) -> None:
    one, many = pair
    assert plural(one) == many
    assert singular(one) == one
    if one != "canvas":
        assert singular(many) == one


def test_only_the_last_word_of_a_compound_changes() -> None:
    assert singular("glass coffee tables") == "glass coffee table"
    assert plural("wine glass") == "wine glasses"


def test_words_that_end_in_s_and_are_one_stay() -> None:
    assert [singular(word) for word in ("gas", "tennis", "cactus", "chess", "glass")] == [
        "gas",
        "tennis",
        "cactus",
        "chess",
        "glass",
    ]


def test_a_list_reads_as_one_phrase() -> None:
    assert a_list([]) == ""
    assert a_list(["tv", "bed", "door"], last="or") == "tv, bed or door"


def test_ordinals_end_as_spoken() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th")
    ]


def test_numbers_are_read_from_numerals_and_words() -> None:
    assert [read_number(each) for each in ("7", "0.5", ".5", "Three", "a dozen", "half a", "forty-five")] == [
        7,
        0.5,
        0.5,
        3,
        12,
        0.5,
        45,
    ]
    assert read_number("sofa") is None
    assert read_number("1e3") is None


def test_quantities_are_read_in_base_units() -> None:
    said = ("40cm", "3 feet", "two square metres", "ninety degrees", "half a metre")
    values = (0.4, 0.9144, 2.0, math.pi / 2, 0.5)
    kinds = ("length", "length", "area", "angle", "length")
    for text, value, kind in zip(said, values, kinds, strict=True):
        read = read_quantity(text)
        assert read is not None
        assert read[0] == pytest.approx(value)
        assert read[1] == kind
    assert read_quantity("ninety chairs") is None
    assert read_quantity("2") is None


def test_quantities_are_said_as_people_read_them() -> None:
    assert say_length(0.0) == "0 m"
    assert say_length(-0.25) == "-25 cm"
    assert say_length(0.9999) == "1 m"
    assert say_length(2.0, "ft") == "6.56 ft"
    assert say_area(5.0) == "5 m²"
    assert say_volume(0.5) == "0.5 m³"
    assert say_angle(math.pi) == "180°"
    assert say_angle(-0.001) == "-0.1°"
    assert say_angle(0.0) == "0°"


def test_a_unit_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="measures no length"):
        say_length(1.0, "deg")


@given(st.floats(1e-4, 1e5), st.sampled_from(sorted(n for n, u in UNITS.items() if u.kind == "length")))
def test_what_is_said_of_a_length_reads_back_to_three_digits(metres: float, unit: str) -> None:
    read = read_quantity(say_length(metres, unit))
    assert read is not None
    assert read[0] == pytest.approx(metres, rel=5.1e-3)


@given(st.floats(-1e6, 1e6))
def test_a_said_number_has_no_exponent_and_no_empty_decimals(value: float) -> None:
    said = say_number(value)
    assert "e" not in said
    assert not said.endswith(".")
    assert float(said) == pytest.approx(value, rel=5.1e-3)
