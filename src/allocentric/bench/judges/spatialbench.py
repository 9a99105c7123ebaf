"""SpatialBench's own cleaning of replies and its rules for letters and numbers, quirks included."""

from __future__ import annotations

import re
from typing import Final

from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_spatialbench
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.sample import Sample

_BOX: Final = re.compile(r"<\|begin_of_box\|>(.*?)<\|end_of_box\|>", re.DOTALL)
_NUMBER: Final = re.compile(r"\b(\d+(?:\.\d+)?)\b")
_SIGNS: Final = re.compile(r"[^A-Za-z0-9]")
_LONGEST: Final = 200_000


def letter(reply: str, sample: Sample) -> float | None:
    """The letter that the reply ends with, also within a word, else begins with, else whose text it ends on.

    An empty reply leaves the mean.
    """
    text = reply[:_LONGEST].strip()
    if not text:
        return None
    boxed = _BOX.search(text)
    found = boxed[1].strip() if boxed else _letter(text, sample.prompt.expected.options)
    return float(found.lower() == str(sample.truth).lower())


def number(reply: str, sample: Sample) -> float | None:
    """The last number without its sign, by strict thresholds; an empty reply leaves the mean."""
    text = reply[:_LONGEST].strip()
    if not text:
        return None
    boxed = _BOX.search(text)
    numbers = _NUMBER.findall(text)
    found = boxed[1].strip() if boxed else numbers[-1] if numbers else ""
    right = str(sample.fields[RELEASED])
    try:
        return mean_relative_accuracy_spatialbench(float(found), float(right))
    except (ValueError, OverflowError):
        return float(found.lower() == right.lower())


def _letter(text: str, options: tuple[str, ...]) -> str:
    plain = _SIGNS.sub("", text).upper()
    for end in (plain[-1:], plain[:1]):
        if end in ("A", "B", "C", "D"):
            return end
    last = next(line for line in reversed(text.split("\n")) if line.strip())
    for row, option in enumerate(options[:4]):
        if re.search(rf"\b{re.escape(option.strip('. '))}\b", last, re.IGNORECASE):
            return "ABCD"[row]
    return text.rstrip(".").strip()
