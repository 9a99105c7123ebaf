"""SpaceDG's evaluator: what stands in the first answer tags, else all of it, read by the kind of task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import fmean
from typing import Final

from allocentric.answers.extractors.last_number import read as last_number
from allocentric.answers.extractors.option_ladder import read as option_ladder
from allocentric.answers.kinds import Expected
from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_vlmevalkit
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.sample import Sample

_LONGEST: Final = 200_000
_TAIL: Final = 800  # characters at the end in which yes and no are looked for
_OPENED: Final = re.compile(r"<\s{0,9}answer\b[^>]{0,200}>", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</\s{0,9}answer\s{0,9}>", re.IGNORECASE)
_YES_NO: Final = re.compile(r"\b(yes|no)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[-+]?(?:\d*\.\d+|\d+)(?:[eE][-+]?\d+)?")
_PLACES: Final = re.compile(r"^[^\S\n]{0,99}\d+[.:]\s{1,99}", re.MULTILINE)  # "1. " before a line
_LIST: Final = re.compile(r"\[[-+\d.eE,\s]*\]")
_METRES: Final = re.compile(r"\s*m(?:eters)?$", re.IGNORECASE)


def letter(reply: str, sample: Sample) -> float:
    """1 where the letter that EASI's seven steps find is the truth."""
    return float(option_ladder(_core(reply), Expected("choice")).value == sample.truth)


def yes_no(reply: str, sample: Sample) -> float:
    """1 where the last yes or no of the last 800 characters is the truth."""
    found = _YES_NO.findall(_core(reply)[-_TAIL:])
    return float(bool(found) and (found[-1].lower() == "yes") == sample.truth)


def count(reply: str, sample: Sample) -> float:
    """1 where EASI's last number, rounded, is the truth; a half goes to the even number."""
    given = last_number(_core(reply), Expected("number")).value
    return float(isinstance(given, float) and round(given) == int(float(sample.fields[RELEASED])))


def metres(reply: str, sample: Sample) -> float:
    """Mean relative accuracy of EASI's last number, in metres; the absolute error at a truth of 0."""
    given = last_number(_core(reply), Expected("number")).value
    truth = float(_METRES.sub("", str(sample.fields[RELEASED]).strip()))
    return mean_relative_accuracy_vlmevalkit(given, truth) if isinstance(given, float) else 0.0


def sizes(reply: str, sample: Sample) -> float:
    """The mean over sizes: of the list in brackets if it is as long as the truth, else of the first numbers.

    Numbers that count lines are left out; too few of them score 0, surplus ones are not looked at.
    """
    text, right = _core(reply), _numbers(str(sample.fields[RELEASED]))
    start, end = text.find("["), text.rfind("]")
    listed = text[start : end + 1] if 0 <= start < end else ""
    given = _numbers(listed) if _LIST.fullmatch(listed) else []
    if len(given) != len(right):
        given = _numbers(_PLACES.sub("", text))[: len(right)]
    if not right or len(given) < len(right):
        return 0.0
    return fmean(map(mean_relative_accuracy_vlmevalkit, given, right))


def _core(reply: str) -> str:
    text = reply[:_LONGEST]
    opened = _OPENED.search(text)
    closed = _CLOSED.search(text, opened.end()) if opened else None
    return (text[opened.end() : closed.start()] if opened and closed else text).strip()


def _numbers(text: str) -> Sequence[float]:
    return [float(each) for each in _NUMBER.findall(text)]
