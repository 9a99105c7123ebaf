"""The words of SpartQA-Human's stories and questions: shapes, ways, how far, edges; and misspellings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from allocentric.worlds.readers.stories.statements import Apart, NotRead, Way

_SIZES: Final = {"midsize": "medium", "mid": "medium", "big": "large", "huge": "large", "little": "small"}
_SIZE: Final = "small|medium|large|midsize|big|huge|little"
_COLOUR: Final = "blue|black|yellow|red|green|white"
_GENERAL: Final = "thing|object|shape"
_SHAPE: Final = f"square|circle|triangle|rectangle|oval|{_GENERAL}"
NOUN: Final = rf"(?:(?:{_SIZE})(?: sized)? )?(?:(?:{_COLOUR}) )?(?:{_SHAPE})s?"
"""A shape by its size, colour and shape: six named groups would be too many, `parts_of` takes it apart."""
_ONE: Final = "(?:(?:to|on) the )?(?:left|right)(?: side)?(?: of)?|above|below|under|over"
_TOUCHING: Final = "touching the (?:left|right|top|bottom)(?: side| corner)? of"
WAYS: Final = rf"(?:(?:near|far)(?: and)?(?: to)? )?(?:{_ONE})(?: and (?:{_ONE}))?|{_TOUCHING}"
CLOSE: Final = r"(?:near|far)(?: to| from)?(?: of)?|touching"
"""Near, far or touching, and nothing said of which way."""
BLOCK: Final = r"(?:the )?(?:block )?([A-C])"
_EDGES: Final = "(?:left|right|top|bottom)(?:(?: edge)? and (?:left|right|top|bottom))?"
EDGE: Final = (
    rf"touch(?:ing|es) the ({_EDGES})"
    r"(?: edge(?: of (?:it\b|(?:the|this|a) block\b(?: (?-i:[A-C])\b)?|(?:block )?(?-i:[A-C])\b))?"
    r"| of (?:it\b|(?:the|this|a) block\b(?: (?-i:[A-C])\b)?|(?:block )?(?-i:[A-C])\b))"
)
_PART: Final = {
    "left": Way(right=-1),
    "right": Way(right=1),
    **dict.fromkeys(("above", "over", "top"), Way(up=1)),
    **dict.fromkeys(("below", "under", "bottom"), Way(up=-1)),
}
_APART: Final[dict[str, Apart]] = {"near": "near", "far": "far", "touching": "touching"}
_SPELLING: Final = {
    "ot": "to",
    "tp": "to",
    "hte": "the",
    "fo": "of",
    "nad": "and",
    "nearand": "near and",
    "smal": "small",
    "ablue": "a blue",
    "amedium": "a medium",
    "od": "of",
    "yelow": "yellow",
    "yllow": "yellow",
}
"""Where more letters than one are wrong, or the word is short."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KNOWN: Final = _listed(
    """small medium large midsize little blue black yellow green white square circle triangle rectangle
    squares circles triangles rectangles things objects shapes oval thing object shape left right above below
    touching bottom edge block blocks inside there which what other another relation between where does have
    near both three called sized that with from than them this then each side corner under over behind number
    doesn't first second touch touches these they other regarding exist exists means meant"""
)
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?", re.I)
_LEAST: Final = 4  # letters of a word that is mended by one letter


@lru_cache(4096)
def spelled(text: str) -> str:
    """The text with words that are one letter off put right: left out, doubled, exchanged or wrong.

    >>> spelled("the meidum yelow circe")
    'the medium yellow circle'
    """
    return " ".join(_WORD.sub(lambda word: _mended(word[0]), text).split())


@lru_cache(4096)
def _mended(word: str) -> str:
    small = word.lower()
    if small in _SPELLING:
        return _SPELLING[small]
    if small in _KNOWN or len(small) < _LEAST:
        return word
    near = [each for each in _KNOWN if len(each) >= _LEAST and _one_off(small, each)]
    return near[0] if len(near) == 1 else word


def _one_off(word: str, other: str) -> bool:
    """True where one letter left out, put in, changed, or two exchanged make one word the other."""
    if abs(len(word) - len(other)) > 1:
        return False
    start = next((row for row in range(min(len(word), len(other))) if word[row] != other[row]), None)
    if start is None:
        return len(word) != len(other)
    rest, left = word[start:], other[start:]
    changed = rest[1:] == left[1:]
    exchanged = rest[:2] == left[:2][::-1] and rest[2:] == left[2:]
    return changed or exchanged or rest[1:] == left or rest == left[1:]


def way_of(words: str) -> Way:
    """The way of "near and to the left of". Raises NotRead where it denies itself."""
    way = Way()
    for part in re.findall(r"left|right|above|over|below|under|top|bottom", words.lower()):
        joined = way.joined(_PART[part])
        if joined is None:
            raise NotRead("its ways deny each other")
        way = joined
    return way


def apart_of(words: str) -> Apart:
    """How far it is said to be; empty where it is not said.

    >>> apart_of("far and to the left of")
    'far'
    """
    found = re.search(r"near|far|touching", words.lower())
    return _APART[found[0]] if found else ""


def parts_of(noun: str) -> tuple[str, str, str]:
    """Size, colour and shape of a noun; empty where it does not say."""
    words = noun.lower().split()
    size = next((_SIZES.get(each, each) for each in words if re.fullmatch(_SIZE, each)), "")
    colour = next((each for each in words if re.fullmatch(_COLOUR, each)), "")
    shape = words[-1].removesuffix("s")
    return size, colour, "" if re.fullmatch(_GENERAL, shape) else shape
