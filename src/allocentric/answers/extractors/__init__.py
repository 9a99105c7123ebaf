"""Ways to read an answer from a reply: one file each, listed here."""

from typing import Final

from allocentric.answers.extractors import strict
from allocentric.answers.extractors.extractor import Extractor
from allocentric.errors import UnknownName

EXTRACTORS: Final = (strict.EXTRACTOR,)


def extractor(name: str) -> Extractor:
    """The extractor of that name; raises UnknownName with the near miss.

    >>> extractor("strict").version
    1
    """
    found = next((each for each in EXTRACTORS if each.name == name), None)
    if found is None:
        raise UnknownName(
            "extractor", name, [each.name for each in EXTRACTORS], where="allocentric.answers.extractors"
        )
    return found
