"""What strict skips for speed holds nothing: the shortcut and the long way find the same."""

import pathlib
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from allocentric.answers import strict_amounts, strict_text
from allocentric.answers.strict_amounts import amounts
from allocentric.answers.strict_text import cue_blocks, plain
from allocentric.answers.suite import samples_of, suite

HERE = pathlib.Path(__file__).parent
REPLIES = [
    plain(each.reply)
    for each in (
        *suite(),
        *(each for name in ("fresh", "long", "plain") for each in samples_of(HERE / f"{name}_replies.jsonl")),
    )
]
PIECES = (
    *("final ", "selected ", "answer", "option", "choice", " is", ":", "\n", "  ", "B", "(B)", "correct "),
    *(
        "12",
        "3.5",
        ".5",
        "-",
        "+ 4",
        "1,200",
        "½",
        "7/8",
        "m",
        " cm",
        "x",
        "\t",
        "the ",
        "A. left",
        "respuesta",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def check(text: str) -> None:
    low = text.lower()
    short = cue_blocks(text, low), amounts(text, low, "length")
    with (
        patch.object(strict_text, "_near_first_noun", lambda _: 0),
        patch.object(strict_amounts, "_begins", lambda _: 0),
        patch.object(strict_amounts, "_plainly", lambda _, __: None),
    ):
        assert (cue_blocks(text, low), amounts(text, low, "length")) == short


def test_in_no_reply_of_the_sets_is_anything_passed_over() -> None:
    for text in REPLIES:
        check(text)


@given(TEXTS)
def test_in_no_text_of_cues_and_numbers_is_anything_passed_over(text: str) -> None:
    check(text)
