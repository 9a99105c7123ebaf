"""Reading a reply: by name, safely whatever the reply, and in the way that was declared."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.answers.extractors import EXTRACTORS
from allocentric.answers.kinds import KINDS, AnswerKind, Convention, Expected, Reading, Reason
from allocentric.answers.read import read
from allocentric.answers.strict_choice import choice_in, prepared, quick_choice
from allocentric.answers.strict_numbers import quick_number, read_number
from allocentric.errors import BadInput, UnknownName
from tests.quickly import quickly

PICTURE = Convention("thousandths", "yx", 640, 480)
ASKED = [
    Expected(kind, options, "m" if kind == "length" else None, names, PICTURE, abstain)
    for kind in KINDS
    for options in ((), ("left", "cannot be determined", "(a) [b"))
    for names in ((), ("chair", "coffee table", "a.*b"))
    for abstain in (False, True)
]
WORDS = """<answer> </answer> \\boxed{ } { } [ ] ( ) <think> </think> ◁think▷ Answer: answer is 答案是
A B. (C) 3.5 m 1,200 3-4 1/2 half two and a to not or cm
° $ ``` " ' : , = left chair -> x1 \\text{ ^2 e5 9e999 ٣ ½ π"""
PIECES = st.sampled_from([*WORDS.split(), "\x00", "\ud800", "\n", " "])
REPLIES = st.one_of(
    st.text(), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)
)


def test_every_extractor_of_the_plan_is_there() -> None:
    plan = """strict first_token answer_tag first_number last_number option_ladder option_first brace
    last_lettered     after_label delimited_json boxed any_letter"""
    assert {each.name for each in EXTRACTORS} == set(plan.split())


def test_an_extractor_that_is_not_there_is_an_error_with_the_near_miss() -> None:
    with pytest.raises(UnknownName, match="first_token"):
        read("B", Expected("choice"), extractor="first_tokn")


def test_only_strict_reads_commas_as_configured() -> None:
    asked = Expected("length", unit="m")
    assert read("3,5 m", asked).reason == "separator"
    assert read("3,5 m", asked, decimal_comma=True).value == 3.5
    with pytest.raises(BadInput, match="strict"):
        read("3,5 m", asked, extractor="first_token", decimal_comma=True)


@settings(max_examples=60)
@given(reply=REPLIES, asked=st.sampled_from(ASKED), decimal_comma=st.booleans())
def test_any_text_gives_a_reading_whose_span_lies_within_it(
    reply: str, asked: Expected, decimal_comma: bool
) -> None:
    found = read(reply, asked, decimal_comma=decimal_comma)
    assert isinstance(found, Reading)
    assert found.reason is None or found.reason in get_args(Reason)
    assert found.span is None or 0 <= found.span[0] <= found.span[1] <= len(reply)


@settings(max_examples=1500)
@given(reply=REPLIES, asked=st.sampled_from(ASKED))
def test_no_reader_is_ever_brought_down(reply: str, asked: Expected) -> None:
    with quickly():
        for each in EXTRACTORS:
            assert isinstance(each.read(reply, asked), Reading)


MARKS = """( [ { [[ <answer> <answer \\boxed{ <think> </think> </answer> 9 1, 1. 1/ 0x (1,
= ' 'a' | $ ** 十 π"""
HOSTILE = (
    *MARKS.split(),
    *(
        "A ",
        "A, ",
        "1 ",
        "- ",
        "- 3",
        "answer is ",
        "Answer: ",
        "not ",
        "a hundred ",
        "one ",
        "x=1 ",
        "left ",
        "B. ",
    ),
    *('{"a":', "chair ", '"', "\\frac{1}{", "cannot ", "so ", "1 2,", "\ud800", "\x00", "1:23 ", " ", "\n"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_hostile_reply_is_read_too(piece: str) -> None:
    """Whatever took more than time in proportion to the reply would not come back from these."""
    reply = piece * (40_000 // len(piece))
    with quickly():
        for kind in ("choice", "length", "map", "order"):
            assert isinstance(read(reply, hostile(kind)), Reading)
        for each in EXTRACTORS:
            assert isinstance(each.read(reply, hostile("choice")), Reading)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_of_a_megabyte_is_read_in_every_kind(kind: AnswerKind) -> None:
    with quickly():
        for piece in HOSTILE:
            assert isinstance(read(piece * (1_000_000 // len(piece)), hostile(kind)), Reading)


def hostile(kind: AnswerKind) -> Expected:
    return Expected(kind, ("left", "right"), None, ("chair", "table"), PICTURE, True)


def test_a_letter_behind_a_megabyte_of_thought_is_found_with_its_place() -> None:
    thought = "<think>" + "It may be A. " * 80_000 + "</think>"
    found = read(thought + "Answer: B", Expected("choice", ("left", "right")))
    assert found.value == "B"
    assert found.span == (len(thought) + 8, len(thought) + 9)


@given(
    value=st.integers(0, 10**6),
    unit=st.sampled_from(
        ["", "m", "cm", " mm", " km", " ft", " in", " yards", " meters", " kg", " s", " m2"]
    ),
    kind=st.sampled_from(["count", "number", "length", "time", "area"]),
)
def test_the_fast_path_of_numbers_agrees_with_the_slow_one(value: int, unit: str, kind: AnswerKind) -> None:
    text, asked = f"{value / 100 if kind != 'count' else value:.12g}{unit}", Expected(kind, unit="cm")
    fast, slow = quick_number(text, asked, False), read_number(text, asked, decimal_comma=False)
    if fast is not None:
        assert slow[0] is not None
        assert fast == pytest.approx(slow[0], rel=1e-12)


@given(
    around=st.sampled_from(["{}", "({})", "**{}**", "{}.", " {}\n", "`{}`", "[{}]", "{})"]),
    row=st.integers(0, 3),
)
def test_the_fast_path_of_letters_agrees_with_the_slow_one(around: str, row: int) -> None:
    options = prepared(("north", "south", "east", "west"))
    text = around.format("ABCD"[row])
    assert quick_choice(text, options) == "ABCD"[row]
    assert choice_in(f"Option {text}", options, block=True)[0] == "ABCD"[row]


def test_what_is_denied_is_no_answer_and_a_minus_may_be_a_word() -> None:
    sides = Expected("choice", ("left", "right"))
    assert read("The chair is not on the left; it is on the right.", sides).value == "B"
    assert read("Yes, but no.", Expected("yes_no")).reason == "disagree"
    assert read("minus 30 degrees", Expected("angle", unit="rad")).value == pytest.approx(-0.5235987755982988)
