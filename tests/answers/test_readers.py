"""The page of readers is drawn from running them, and counts what it says."""

import pathlib

from allocentric.answers.extractors import EXTRACTORS, extractor
from allocentric.answers.kinds import Expected, Reading
from allocentric.answers.read import read
from allocentric.answers.readers import UNREAD, counts, mark_of, page
from allocentric.answers.suite import Sample, suite
from tests.quickly import quickly

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def test_the_page_in_docs_is_the_one_that_is_drawn() -> None:
    with quickly():
        drawn = page()
    written = (DOCS / "readers.md").read_text(encoding="utf-8")
    assert written == drawn, "run: python -m allocentric.answers.readers > docs/readers.md"


def test_a_reading_is_right_missed_wrong_or_invented() -> None:
    asked = Expected("count")
    five, none = Sample("1", "5", asked, 5.0, ()), Sample("2", "many", asked, None, ("no_answer",))
    assert mark_of(five, Reading(5.0)) == "right"
    assert mark_of(five, Reading(None, "no_answer")) == "missed"
    assert mark_of(five, Reading(4.0)) == "wrong"
    assert mark_of(none, Reading(4.0)) == "invented"
    assert mark_of(none, Reading(None, "range")) == "right"


def test_only_strict_reads_the_whole_suite() -> None:
    with quickly():
        right = {each.name: counts(each, suite())["right"] for each in EXTRACTORS}
    assert right["strict"] == len(suite())
    assert max(count for name, count in right.items() if name != "strict") < 0.75 * len(suite())


def test_what_the_page_says_is_not_read_is_not() -> None:
    marks = [
        mark_of(Sample("1", reply, asked, value, ()), read(reply, asked)) for asked, reply, value, _ in UNREAD
    ]
    assert "right" not in marks, "what is read by now belongs into plain_replies.jsonl"


def test_the_page_tells_of_every_extractor() -> None:
    with quickly():
        drawn = page()
    for each in EXTRACTORS:
        assert f"`{each.name}` (version {each.version})" in drawn
        assert extractor(each.name) is each
