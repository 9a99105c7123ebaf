"""The first letter that one of eight patterns finds, as lmms-eval reads 3DSRBench."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import letter
from allocentric.answers.kinds import Expected, Reading

_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^([A-D])[.\s)]",
        r"^([A-D])$",
        r"[Aa]nswer[:\s]+([A-D])",
        r"[TtMm](?:he|y) answer is[:\s]+([A-D])",
        r"\(([A-D])\)",
        r"([A-D])\.",
        r"\b([A-D])\b",
    )
)


def read(reply: str, expected: Expected) -> Reading:
    """The letter A to D of the first pattern that is met: at the head, after "answer", in brackets, anywhere.

    >>> read("A chair is nearer, so the answer is B", Expected("choice")).value
    'A'
    """
    text = reply.strip()
    for pattern in _PATTERNS:
        if mark := pattern.search(text):
            return letter(mark[1], expected)
    return letter(None, expected)


EXTRACTOR: Final = Extractor(
    name="option_first",
    version=1,
    about='a letter A to D at the head, behind "answer", in brackets, before a full stop, or anywhere alone',
    source="3DSRBench in lmms-eval, lmms_eval/tasks/3dsrbench/utils.py, extract_answer",
    read=read,
)
