"""The first character of a reply that is a letter A to J, as SpatialUncertain reads it."""

from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import letter
from allocentric.answers.kinds import Expected, Reading

_LETTERS: Final = frozenset("ABCDEFGHIJ")


def read(reply: str, expected: Expected) -> Reading:
    """The first A to J in any word, of either case.

    >>> read("B) right", Expected("choice")).value, read("Surely D", Expected("choice")).value
    ('B', 'E')
    """
    return letter(next((each for each in reply.strip().upper() if each in _LETTERS), None), expected)


EXTRACTOR: Final = Extractor(
    name="any_letter",
    version=1,
    about="the first character of any word that is a letter A to J, of either case",
    source="SpatialUncertain, zhangyuejoslin/SpatialUncertain_code, eval_gpt5.py, normalize_letter",
    read=read,
)
