"""The last lettered option of a reply, as ReMindView-Bench reads it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import letter
from allocentric.answers.kinds import Expected, Reading

_LETTERED: Final = re.compile(r"\b([ABCD])\s{0,99}\.\s{0,99}[^\n\r]+")
_ALONE: Final = re.compile(r"\b([ABCD])\b")


def read(reply: str, expected: Expected) -> Reading:
    """The letter of the last "X.text", A to D; else the last that stands alone.

    >>> read("B.left, since A is behind", Expected("choice")).value
    'B'
    """
    found = _LETTERED.findall(reply) or _ALONE.findall(reply)
    return letter(found[-1] if found else None, expected)


EXTRACTOR: Final = Extractor(
    name="last_lettered",
    version=1,
    about='the letter of the last "X.text" of all lines, A to D; else the last that stands alone',
    source="ReMindView-Bench, pittisl/ReMindView-Bench, evaluation/eval_qwen_vl.py, parse_prediction",
    read=read,
)
