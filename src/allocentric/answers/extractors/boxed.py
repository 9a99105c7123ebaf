r"""What stands in the last \boxed{...}, as STARE reads it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import taken
from allocentric.answers.kinds import Expected, Reading

_TEXT: Final = re.compile(r"\\text\{([^\n}]{0,999})\}")
_BRACES: Final = re.compile(r"\\boxed\{|[{}]")
_FLAGS: Final = ("final answer is", "correct answer is", "answer should be", "answer is", "answer:")


def read(reply: str, expected: Expected) -> Reading:
    r"""A letter at the head, a bare number, the last box, else what follows "answer is" to its full stop.

    >>> read(r"so \boxed{\text{B}}", Expected("choice")).value
    'B'
    >>> read("The answer is 3.5", Expected("length")).value
    3.0
    """
    text = reply.strip()
    if text.upper() in tuple("ABCDEFGH") or (text[:1] in tuple("ABCDEFGH") and text[1:2] in (":", ".")):
        return taken(text[0], expected)
    try:
        float(text)
    except ValueError:
        return taken(_boxed(text) if "boxed{" in text else _flagged(text), expected)
    return taken(text, expected)


def _boxed(text: str) -> str | None:
    content, start, depth = None, -1, 0
    for mark in _BRACES.finditer(text):
        if start < 0:
            start, depth = (mark.end() if len(mark[0]) > 1 else -1), 0
        elif mark[0] != "}":
            depth += 1
        elif depth:
            depth -= 1
        else:
            content, start = text[start : mark.start()], -1
    if content is None:
        return _flagged(text)
    inner = _TEXT.findall(content)
    return (inner[-1] if inner else content).strip()


def _flagged(text: str) -> str | None:
    low = text.lower()
    for flag in _FLAGS:
        if flag in low:
            return low.split(flag)[-1].strip().split("\n")[0].split(".")[0]
    return None


EXTRACTOR: Final = Extractor(
    name="boxed",
    version=1,
    about='a letter at the head, a bare number, the last box, else behind "answer is" up to a full stop',
    source="STARE, in lmms-eval, lmms_eval/tasks/stare/utils.py, fast_extract_answer",
    read=read,
)
