"""Programs and free text: the fenced block, or all that is said, without the marks around it."""

from __future__ import annotations

import re
from typing import Final

from allocentric.answers.strict_outcome import Outcome, missing
from allocentric.answers.strict_text import without_latex

_FENCE: Final = re.compile(r"```[ \t]*([A-Za-z]{0,12})[ \t]*\n?")
_LABEL: Final = re.compile(
    r"[\s*_#]*(?:final answer|answer|program|query|result)[*_]*\s?[:=][\s*_]*", re.IGNORECASE
)


def program_in(text: str) -> Outcome:
    """The program in a text: that of its fenced blocks, which must agree, else all of it."""
    marks = list(_FENCE.finditer(text))
    fenced = [
        (text[first.end() : second.start()].strip(), first.end(), second.start())
        for first, second in zip(marks[::2], marks[1::2], strict=False)
    ]
    fenced = [each for each in fenced if each[0]]
    if fenced:
        body, start, end = fenced[-1]
        return (body, None, start, end) if len({each[0] for each in fenced}) == 1 else missing("disagree")
    if len(marks) == 1:
        return missing("cut_off")
    return _rest(text)


def writing_in(text: str) -> Outcome:
    """All that a text says, without a label before it and marks around it."""
    if "\\" in text or "$" in text:
        text = without_latex(text)
    return _rest(text)


def _rest(text: str) -> Outcome:
    label = _LABEL.match(text)
    start = label.end() if label else 0
    body = text[start:].strip().strip("*`").strip()
    return (body, None, start, len(text)) if body else missing("empty")
