"""The content of the first answer tag, as SpaceDG, Video2Layout and SpatialEvo ask for it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import taken
from allocentric.answers.kinds import Expected, Reading

_TAG: Final = re.compile(r"<\s{0,9}(/?)\s{0,9}answer\b[^>]{0,200}>", re.IGNORECASE)


def read(reply: str, expected: Expected) -> Reading:
    """What stands in the first pair of answer tags; nothing without one, thoughts or not.

    >>> read("<answer> B </answer> or <answer>C</answer>", Expected("choice")).value
    'B'
    """
    start = -1
    for mark in _TAG.finditer(reply):
        if mark[1] and start >= 0:
            return taken(reply[start : mark.start()], expected)
        if not mark[1] and start < 0:
            start = mark.end()
    return taken(None, expected)


EXTRACTOR: Final = Extractor(
    name="answer_tag",
    version=1,
    about="the content of the first pair of answer tags, compared as it stands; nothing without tags",
    source="SpaceDG (whose evaluator falls back to the whole reply), Video2Layout, SpatialEvo",
    read=read,
)
