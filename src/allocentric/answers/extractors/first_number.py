"""The first number of a reply, as SpatialLadder reads it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import number
from allocentric.answers.kinds import Expected, Reading

_WORDS: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty"""
_VALUES: Final = {word: float(value) for value, word in enumerate(_WORDS.split())} | {"a": 1.0, "an": 1.0}
_NAMES: Final = "|".join(sorted(_VALUES, key=len, reverse=True))
_FIRST: Final = re.compile(rf"-?\d+(?:\.\d+)?|\b(?:{_NAMES})\b", re.IGNORECASE)


def read(reply: str, expected: Expected) -> Reading:
    """The first numeral or number word, the articles "a" and "an" being 1.

    >>> read("There is a row of 5 chairs", Expected("count")).value
    1.0
    """
    mark = _FIRST.search(reply)
    if mark is None:
        return number(None, expected)
    word = mark[0].lower()
    return number(_VALUES[word] if word in _VALUES else float(mark[0]), expected)


EXTRACTOR: Final = Extractor(
    name="first_number",
    version=1,
    about="the first numeral or number word up to twenty; an article counts as 1",
    source="SpatialLadder, by its description (its file was not to be had); lmms-eval's VSI-Bench is alike",
    read=read,
)
