"""A letter or a word in braces, else by phrases, as srbench reads it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import letter, taken
from allocentric.answers.kinds import Expected, Reading

_WORD: Final = "yes|no|left|right|back|front|center"
_TOKEN: Final = rf"(?:\*\*)?\b({_WORD}|[A-Z])\b(?:\*\*)?"
_JSON: Final = re.compile(r"\"answer\"\s{0,9}:\s{0,9}\"?([^\"}\s]{1,99})\"?[^{}]{0,999}\}", re.IGNORECASE)
_BEFORE: Final = r"""the answer is|i think it's|i choose|i'll go with|it's|the correct choice is|my answer is
|i believe it's|i select|the best answer is""".replace("\n", "")
_AFTER: Final = (
    "is the answer|is correct|is the correct choice|is right|is the best answer|is the right choice"
)
_CURLY: Final = re.compile(rf"\{{(?:\*\*)?({_WORD}|[A-Z])(?:\*\*)?\}}", re.IGNORECASE)
_MIXED: Final = re.compile(rf"\b([A-Z])[.:)]\s{{0,99}}(?:{_WORD})\b", re.IGNORECASE)
_PHRASES: Final = (
    re.compile(rf"(?:{_BEFORE})\s{{0,99}}{_TOKEN}", re.IGNORECASE),
    re.compile(rf"{_TOKEN}\s{{0,99}}(?:{_AFTER})", re.IGNORECASE),
)
_DIRECT: Final = re.compile(rf"{_TOKEN}[.:)]?(?:\s|\Z)", re.IGNORECASE)
_ANY: Final = re.compile(_TOKEN, re.IGNORECASE)
_PREFIX: Final = re.compile(r"Assistant|ASSISTANT|\[INST\]|assistant")


def read(reply: str, expected: Expected) -> Reading:
    """A letter or one of seven words: from JSON, braces, "C. Left", a phrase, or the first alone.

    >>> read("I think {B}", Expected("choice")).value, read("It is a chair.", Expected("choice")).value
    ('B', 'A')
    """
    found = _found(reply)
    if found is None or len(found) == 1:
        return letter(found, expected)
    if expected.kind == "choice":
        rows = [row for row, option in enumerate(expected.options) if option.strip().upper() == found.upper()]
        return letter(chr(ord("A") + rows[0]) if rows else None, expected)
    return taken(found.lower(), expected)


def _found(text: str) -> str | None:
    if '"answer"' in text.lower() and "{" in text and (mark := _JSON.search(text)):
        return mark[1]
    return token(text)


def token(text: str) -> str | None:
    """The letter or word as it stands: in braces, behind a letter, in the last phrase, the first alone.

    >>> token('{"answer": "B"}, so C. Left'), token("none")
    ('C', None)
    """
    if prefix := _PREFIX.search(text):
        text = text[prefix.start() :]
    for pattern in (_CURLY, _MIXED):
        if mark := pattern.search(text):
            return mark[1]
    marks = sorted((mark for each in _PHRASES for mark in each.finditer(text)), key=lambda mark: mark.start())
    if marks:
        return marks[-1][1]
    if mark := _DIRECT.search(text):
        return mark[1]
    rest = _ANY.findall(text)
    return rest[-1] if rest else None


EXTRACTOR: Final = Extractor(
    name="brace",
    version=1,
    about='JSON, braces, "C. Left", a phrase, then the first lone letter or word, articles too',
    source="srbench, stogiannidis/srbench, src/eval/acc.py",
    read=read,
)
