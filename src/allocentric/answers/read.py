"""Reading a reply: the text of an answerer into a value, or the reason why there is none."""

from __future__ import annotations

from allocentric.answers.extractors import extractor as named
from allocentric.answers.kinds import Expected, Reading
from allocentric.answers.strict import read_strictly
from allocentric.errors import BadInput


def read(
    reply: str, expected: Expected, extractor: str = "strict", *, decimal_comma: bool = False
) -> Reading:
    """The answer that a reply gives, as an extractor reads it; or the reason why it gives none.

    `decimal_comma` reads "3,5" as three and a half, which is refused otherwise; only `strict` can.
    Raises UnknownName for an extractor that is not there, with the near miss.

    >>> read("The two chairs are about 3.5 m apart.", Expected("length", unit="m")).value
    3.5
    >>> read("3,5 m", Expected("length", unit="m")).reason
    'separator'
    """
    if extractor == "strict":
        return read_strictly(reply, expected, decimal_comma=decimal_comma)
    if decimal_comma:
        mend = 'use extractor="strict"'
        raise BadInput(f"{extractor!r} reads commas as its harness does", where="answers.read", mend=mend)
    return named(extractor).read(reply, expected)
