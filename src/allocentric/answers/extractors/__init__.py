"""Ways to read an answer from a reply: one file each, listed here."""

from typing import Final

from allocentric.answers.extractors import (
    after_label,
    answer_tag,
    any_letter,
    boxed,
    brace,
    delimited_json,
    first_number,
    first_token,
    last_lettered,
    last_number,
    option_first,
    option_ladder,
    strict,
)
from allocentric.answers.extractors.extractor import Extractor
from allocentric.errors import UnknownName

EXTRACTORS: Final = (
    strict.EXTRACTOR,
    first_token.EXTRACTOR,
    answer_tag.EXTRACTOR,
    first_number.EXTRACTOR,
    last_number.EXTRACTOR,
    option_ladder.EXTRACTOR,
    option_first.EXTRACTOR,
    brace.EXTRACTOR,
    last_lettered.EXTRACTOR,
    after_label.EXTRACTOR,
    delimited_json.EXTRACTOR,
    boxed.EXTRACTOR,
    any_letter.EXTRACTOR,
)


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
