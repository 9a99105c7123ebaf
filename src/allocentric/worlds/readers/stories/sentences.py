"""One English sentence about what lies where, read whole or refused: words to a row of codes, codes to
statements.

The codes: `E` a thing, `D` a way, `a` and, `w` with, `i` it, `t` "are there", `f` if, `k` a clock face.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from allocentric.worlds.readers.stories.blocks import read_blocks
from allocentric.worlds.readers.stories.statements import Lies, NotRead, Statement, There, Way
from allocentric.worlds.readers.stories.words import (
    ARTICLES,
    CLOCK,
    FILLERS,
    JOINS,
    LEVEL,
    MARKERS,
    NOUNS,
    PHRASES,
    REFUSED,
    SAME,
    WAYS,
)

MOST_LETTERS: Final = 400
"""A longer sentence is none of this grammar."""


_PHRASE: Final = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, PHRASES), key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_HOUR: Final = re.compile(
    r"\b(?:located )?between (\d{1,2}) and (\d{1,2})\b|\b(\d{1,2}) ?o['’]? ?clock\b|\b(\d{1,2}):00"
    r"|\b(\d{1,2}) position of (?:a |the )?clock(?: face)?\b",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"[^\W\d_][\w-]*(?:['’](?!s\b)\w+)?|\d+|[,;]")
_HOME: Final = re.compile(r"\b(?:the )?(block|box|room) ([A-Z]|\d{1,3})\b", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_ONLY_STRESS: Final = (
    *("above", "over", "top", "atop"),
    "below",
    "under",
    "beneath",
    "underneath",
    "behind",
    "in_front_of",
)


@dataclass(slots=True)
class _Row:
    """A sentence as codes, with what each code stands for."""

    codes: str
    held: list[str | Way | None]
    level: Way
    diagonal: bool

    def add(self, code: str, held: str | Way | None) -> None:
        """One code more; none for a word that only joins."""
        if code:
            self.codes += code
            self.held.append(held)


@lru_cache(maxsize=65536)
def read_sentence(text: str) -> tuple[Statement, ...]:
    """What one sentence says; raises NotRead where that is not all understood.

    >>> read_sentence("K is above M and to the left of it.")[0].way
    Way(right=-1, up=1, front=None)
    """
    if len(text) > MOST_LETTERS:
        raise NotRead("the sentence is too long")
    blocks = read_blocks(text)
    if blocks is not None:
        return blocks
    row = _row(text)
    said = _said(row)
    ways = (_full(each, row) for each in said)
    found: tuple[Statement, ...] = tuple(ways)
    if found:
        return found
    raise NotRead("no way from one thing to another is named")


def _row(text: str) -> _Row:
    """The codes of a sentence; raises NotRead for a word that decides and is not known."""
    plain = _HOME.sub(lambda match: f"{match[1].lower()}_{match[2]}", _HOUR.sub(_hour, text))
    plain = _POSSESSIVE.sub("", _PHRASE.sub(lambda match: PHRASES[match[0].lower()], plain))
    tokens = [*_TOKEN.findall(plain), ""]
    row, determined, at = _Row("", [], Way(), False), False, 0
    while at < len(tokens) - 1:
        token, after = tokens[at], tokens[at + 1]
        word, at = token.lower(), at + 1
        if _is_letter(token, after):
            row.add("E", token)
        elif word == "right" and after.lower() in _ONLY_STRESS:
            continue
        elif _known(row, token):
            determined = word in ARTICLES or (determined and word in NOUNS)
            continue
        else:
            end = next(end for end in range(at, len(tokens)) if not _names(tokens[end]))
            row.add("E", _name(tokens[at - 1 : end], determined=determined))
            at = end
        determined = False
    return _merged(row)


def _known(row: _Row, token: str) -> bool:
    """Adds a word of the grammar to the row; False for one that is not of it. Raises NotRead."""
    word = token.lower()
    if word in REFUSED or word.isdigit():
        raise NotRead(f"{token!r} is not of this grammar")
    way = _way(word)
    if way is not None:
        row.add("D", way)
    elif word in ("diagonal", "diagonally"):
        row.diagonal = True
    elif word in LEVEL:
        row.level = _both(row.level, LEVEL[word])
    elif word in JOINS or word in MARKERS:
        row.add(JOINS.get(word, MARKERS.get(word, "")), None)
    else:
        return word in ARTICLES or word in FILLERS or word in NOUNS
    return True


def _hour(match: re.Match[str]) -> str:
    low, high, *one = match.groups()
    if low is not None:
        if (int(low) % 12) + 1 != int(high):
            return match[0]
        return f"hour_{'abcdefghijkl'[int(low) % 12]}"
    hour = int(next(each for each in one if each))
    return f"hour_{'abcdefghijkl'[hour % 12]}" if 1 <= hour <= 12 else match[0]


def _way(word: str) -> Way | None:
    if word.startswith("hour_"):
        return CLOCK["abcdefghijkl".index(word[-1]) or 12]
    if word in ("same_place", "overlaps", "overlapping", "overlap"):
        return SAME
    whole = WAYS.get(word.replace("_", " "))
    if whole is not None or "-" not in word:
        return whole
    parts = [WAYS.get(each) for each in word.split("-")]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    return parts[0].joined(parts[1])


def _is_letter(token: str, after: str) -> bool:
    """True for a thing that is called by one capital letter; "A" may be an article."""
    if len(token) != 1 or not token.isupper():
        return False
    return token != "A" or not after or not _names(after) or after.isupper()


def _names(word: str) -> bool:
    """True for a word that may be of a name, and of nothing else."""
    small = word.lower()
    if not small:
        return False
    if small in NOUNS:
        return True
    known = (JOINS, MARKERS, LEVEL, ARTICLES, FILLERS, REFUSED)
    plain = len(word) > 1 or not word.isupper()
    return plain and small[0].isalpha() and _way(small) is None and not any(small in each for each in known)


def _name(words: list[str], *, determined: bool) -> str:
    """A name of several words has an article before it, or capital letters; no adverb is one."""
    if len(words) > 1 and not determined and not all(each[0].isupper() for each in words):
        raise NotRead(f"{' '.join(words)!r} is not of this grammar")
    adverb = next((each for each in words if each.endswith("ly") and len(each) > 4), None)
    if adverb is not None:
        raise NotRead(f"{adverb!r} is not of this grammar")
    return " ".join(words).replace("_", " ")


def _both(first: Way, second: Way) -> Way:
    joined = first.joined(second)
    if joined is None:
        raise NotRead("it names ways that deny each other")
    return joined


def _merged(row: _Row) -> _Row:
    """Ways beside each other, and ways with "and" between them, as one."""
    codes, held = list[str](), list[str | Way | None]()
    for code, each in zip(row.codes, row.held, strict=True):
        if code == "D" and codes[-1:] == ["D"]:
            held[-1] = _both(_as_way(held[-1]), _as_way(each))
        elif code == "D" and codes[-2:] == ["D", "a"]:
            codes.pop()
            held.pop()
            held[-1] = _both(_as_way(held[-1]), _as_way(each))
        else:
            codes.append(code)
            held.append(each)
    return _Row("".join(codes), held, row.level, row.diagonal)


def _as_way(held: str | Way | None) -> Way:
    assert isinstance(held, Way)
    return held


def _said(row: _Row) -> list[Lies | There]:
    """The statements of a row of codes."""
    there = "t" in row.codes
    whole = "".join(each for each in row.codes if each != "t")
    whole = whole.rstrip("a") if row.level != Way() else whole  # "and is on the same line"
    held = [each for code, each in zip(row.codes, row.held, strict=True) if code != "t"]
    things = [str(each) for code, each in zip(whole, held) if code == "E"]
    ways = [_as_way(each) for code, each in zip(whole, held) if code == "D"]
    if re.fullmatch(r"E(?:aE)*", whole) and there:
        return [There(each) for each in things]
    if whole == "EE" and row.level != Way():
        return [Lies(things[0], things[1], Way())]
    pair = re.match(r"EaE[wa]+(?=E)", whole)
    if pair is not None and len(things) > 2:
        found = _between_two(whole[pair.end() :], things, ways)
        if found is not None:
            return found
    return [*_plainly(whole, things, ways, there=there)]


def _between_two(core: str, things: list[str], ways: list[Way]) -> list[Lies | There] | None:
    """What is said of two things that were named first; None where others are meant."""
    pair, rest = things[:2], things[2:]
    if not set(rest) <= set(pair):
        return None
    if core == "ED":
        other = pair[1] if rest[0] == pair[0] else pair[0]
        return [Lies(rest[0], other, ways[0])]
    if core == "EDED" and ways[0] == -ways[1]:
        return [Lies(rest[0], rest[1], ways[0])]
    return [*_plainly(core, rest, ways, there=False)]


def _plainly(core: str, things: list[str], ways: list[Way], *, there: bool) -> list[Lies]:
    """What a row of things and ways says; raises NotRead where it has no meaning."""
    if core in ("EDE", "EED"):
        return [Lies(things[0], things[1], ways[0])]
    if core == "DEE":
        return [Lies(things[1], things[0], ways[0])]
    if core == "EDaED" and ways[0] == -ways[1]:
        return [Lies(things[0], things[1], ways[0])]
    if core in ("EDEaD", "EDED", "EDEaDi", "EDEDi") or (
        core in ("EDEaDE", "EDEDE") and things[2] == things[1]
    ):
        return [Lies(things[0], things[1], _both(ways[0], ways[1]))]
    if re.fullmatch(r"EDE(?:aDE)+", core):
        return [Lies(things[0], to, way) for to, way in zip(things[1:], ways, strict=True)]
    if core == "fEkED" or (there and core in ("EaED", "EwED", "EaEDi", "EwEDi")):
        return [Lies(things[1], things[0], ways[0])]
    if re.fullmatch(r"EaED", core) and ways[0] == SAME:
        return [Lies(things[0], things[1], SAME)]
    found = re.fullmatch(r"(E(?:aE)*)D(E(?:aE)*)", core)
    if found is not None:
        first = found[1].count("E")
        return [Lies(one, to, ways[0]) for one in things[:first] for to in things[first:]]
    raise NotRead("what is said of its things is not of this grammar")


def _full(said: Lies | There, row: _Row) -> Statement:
    """With the line on which both lie; a thing lies no way from itself."""
    if isinstance(said, There):
        return said
    if said.thing == said.to:
        raise NotRead(f"{said.thing!r} lies no way from itself")
    way = _both(said.way, row.level)
    if row.diagonal and not (way.right and way.up):
        raise NotRead("it names an angle between two ways, and one way")
    return Lies(said.thing, said.to, way)
