"""How sure an answerer was of what it said: by the chances of its tokens, or in its own words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

Token = tuple[int, float]
"""How many characters of a reply a token holds, and the logarithm of the chance that it was given."""

ASKS: Final = 'Then write on a last line how sure you are, from 0 to 100: "Confidence: 70".'
_STATED: Final = re.compile(
    r"(?:^|\n)[ \t*_#]{0,9}confidence[ \t*_]{0,9}[:=][ \t*_]{0,9}(\d{1,3}(?:\.\d{1,4})?) ?%?[ \t*_.]{0,9}$",
    re.IGNORECASE,
)


def chance_of(tokens: Sequence[Token], start: int, end: int) -> float | None:
    """The chance that the tokens of a part of a reply were given; None where no token lies there.

    >>> round(chance_of([(4, 0.0), (2, -0.5), (1, -3.0)], 4, 6), 3)
    0.607
    """
    at, total, met = 0, 0.0, False
    for length, logarithm in tokens:
        if at < end and at + length > start and length:
            total, met = total + logarithm, True
        at += length
    return min(1.0, math.exp(total)) if met and not math.isnan(total) else None


def letter_in(reply: str, letter: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a letter stands alone in a part of a reply, the last time; the part where it does not.

    >>> letter_in("So (B) it is.", "B", (0, 13))
    (4, 5)
    """
    start, end = span
    found = list(re.finditer(rf"(?<![A-Za-z]){re.escape(letter)}(?![A-Za-z])", reply[start:end]))
    return (start + found[-1].start(), start + found[-1].end()) if found else span


def without_stated(reply: str) -> tuple[str, float | None]:
    """A reply without its last line that says how sure it is, and what that line says, from 0 to 1.

    >>> without_stated("B\\nConfidence: 85%"), without_stated("B")
    (('B', 0.85), ('B', None))
    """
    text = reply.rstrip()
    found = _STATED.search(text, max(0, len(text) - 80))
    if found is None or float(found[1]) > 100:
        return reply, None
    return text[: found.start()].rstrip(), float(found[1]) / 100
