"""The public suite, and three sets written apart from it: all is read as a careful person reads it."""

import pathlib

import pytest

from allocentric.answers.kinds import KINDS, Expected, Reading
from allocentric.answers.read import read
from allocentric.answers.suite import Sample, samples_of, suite
from tests.quickly import quickly

HERE = pathlib.Path(__file__).parent
SETS = {
    "suite": suite(),
    "fresh": samples_of(HERE / "fresh_replies.jsonl"),
    "long": samples_of(HERE / "long_replies.jsonl"),
    "plain": samples_of(HERE / "plain_replies.jsonl"),
}


@pytest.mark.parametrize("name", SETS)
def test_strict_reads_every_reply_as_a_careful_person_does(name: str) -> None:
    with quickly():
        found = [
            (each, read(each.reply, each.expected, decimal_comma=each.decimal_comma)) for each in SETS[name]
        ]
    amiss = [
        f"{each.id} {each.reply!r}: {reading}" for each, reading in found if not each.is_read_by(reading)
    ]
    assert amiss == []


def test_the_suite_has_more_than_five_hundred_replies_of_every_kind() -> None:
    kinds = [each.expected.kind for each in suite()]
    assert len(kinds) >= 500
    assert {kind: kinds.count(kind) for kind in KINDS if kinds.count(kind) < 5} == {}


def test_no_two_samples_of_the_suite_are_one() -> None:
    assert len({each.id for each in suite()}) == len(suite())
    assert len({(each.reply, each.expected, each.decimal_comma) for each in suite()}) == len(suite())


def test_every_sample_has_either_a_value_or_reasons() -> None:
    for samples in SETS.values():
        assert [each.id for each in samples if (each.value is None) != bool(each.reasons)] == []


def test_a_reading_of_another_value_or_for_another_reason_is_not_that_of_a_careful_person() -> None:
    asked = Expected("choice", ("left", "right"))
    answered, refused = Sample("1", "B", asked, "B", ()), Sample("2", "A or B", asked, None, ("disagree",))
    assert answered.is_read_by(Reading("B"))
    assert not answered.is_read_by(Reading("A"))
    assert not answered.is_read_by(Reading(None, "no_answer"))
    assert refused.is_read_by(Reading(None, "disagree"))
    assert not refused.is_read_by(Reading(None, "range"))
    assert not refused.is_read_by(Reading("A"))
