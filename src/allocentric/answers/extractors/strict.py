"""Our own reading, which refuses what a careful person would not decide."""

from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.strict import read_strictly

EXTRACTOR: Final = Extractor(
    name="strict",
    version=1,
    about="the last answer, in every kind; refuses what a careful person would not decide",
    source="ours",
    read=read_strictly,
)
