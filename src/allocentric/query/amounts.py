"""Things, sets and quantities as program text."""

from __future__ import annotations

import re
from typing import Final

from allocentric.query.observer import GEOMETRY, MEMBER, STATED
from allocentric.query.phrases import MEASURES, ROOMS
from allocentric.words import plural, singular

HOMES: Final = frozenset(["room", "apartment", "flat", "house", "home", "place", "space", "scene"])
"""Names of the whole that a scene shows: its area is that of all its rooms."""

ALSO: Final = "⏎"
"""Stands between the conditions on a set."""


def name_in(program: str) -> str | None:
    """The name in a program that names one thing or kind."""
    found = re.fullmatch(r'(?:the|all)\("([^"]*)"\)', program)
    return found[1] if found else None


def is_room(name: str) -> bool:
    """True for the name of a room, whose bigness is its floor area."""
    return singular(name.rpartition(" ")[2]) in ROOMS


def measured(key: str, thing: str) -> str:
    """The program of a measure for a thing, or for `t`."""
    name = name_in(thing)
    if name is None or not (is_room(name) or name in HOMES):
        return MEASURES[key].of(thing)
    if key in ("size", "area"):
        return 'area(all("room"))' if name.removeprefix("whole ") in HOMES else f"area({thing})"
    return MEASURES[key].of(thing)


def by(key: str, candidates: str) -> str:
    """The program of a measure as a function, for candidates of one sort."""
    listed = candidates.startswith("[")
    found = re.findall if listed else re.match  # of a set its kind, which comes first
    names = found(r'"([^"]*)"' if listed else r'(?:\{t for t in )?\(?all\("([^"]*)"\)', candidates) or []
    kinds = names if isinstance(names, list) else [names[1]]
    return "area" if key == "size" and kinds and all(map(is_room, kinds)) else MEASURES[key].by


def chosen(candidates: str, superlative: str) -> str:
    """`most` or `least` of candidates, by what a superlative means: `height most`."""
    key, _, word = superlative.partition(" ")
    return f"{word}({candidates}, by={by(key, candidates)})"


def kind(name: str) -> str:
    """All of a kind."""
    return f'all("{singular(name)}")'


def kinds(name: str) -> str | None:
    """All of a kind that is named as several: "the chairs" are a set, "the chair" is not."""
    return kind(name) if singular(name) != name or plural(name) == name else None


def candidate(name: str) -> str:
    """A category counts by its nearest member; a numbered thing is itself."""
    return f'the("{name}")' if name[-1].isdigit() or name.startswith(STATED) or len(name) == 1 else kind(name)


def restricted(base: str, conditions: str) -> str:
    """A set with its conditions: sets are met and taken away, then the members are tested.

    A condition is `& SET`, `- SET` or `? TRUTH`, the last about the member `τ`.
    """
    each = conditions.split(ALSO)
    sets, taken, tests = ([one[2:] for one in each if one[0] == sign] for sign in "&-?")
    parts = sets if base == "all()" and sets else [base, *sets]
    members = parts[0] if len(parts) == 1 else " & ".join(f"({p})" if " | " in p else p for p in parts)
    if taken:
        members = " - ".join([grouped(members), *map(grouped, taken)])
    tests += _others(base, tests)
    return f"{{t for t in {members} if {' and '.join(tests)}}}".replace(MEMBER, "t") if tests else members


_REACHED: Final = re.compile(
    rf"""^distance\({MEMBER},\ (the\("[^"]*"\)){GEOMETRY}?\)\ <
    |\ >\ distance\({MEMBER},\ (the\("[^"]*"\)){GEOMETRY}?\)$
    |inside\({MEMBER},\ r\)\ and\ inside\((the\("[^"]*"\)),\ r\)""",
    re.X,
)


def _others(base: str, tests: list[str]) -> list[str]:
    """That a member is another thing than those near which it lies, where it could be one of them."""
    own = name_in(base)
    near = dict.fromkeys(each for test in tests for found in _REACHED.findall(test) for each in found if each)
    itself = [each for each in near if own is None or re.sub(r" \d+$", "", name_in(each) or "") == own]
    return [f"{MEMBER} != {each}" for each in itself]


def grouped(members: str) -> str:
    """A set in brackets, where it is joined of several."""
    return f"({members})" if re.search(r" [&|-] ", members) and not members.startswith("{") else members


def holds(thing: str, condition: str) -> str:
    """That a condition holds of a thing."""
    if condition[0] == "?":
        return condition[2:].replace(MEMBER, thing)
    return condition[2:].replace("(", f"({thing}, ", 1)


def gap(thing: str, other: str) -> str:
    """The distance of two places, whose geometry may yet be named."""
    return f"distance({thing}, {other}{GEOMETRY})"


def limit(text: str, wanted: str) -> str | None:
    """The program of a stated quantity, where it is of the wanted kind."""
    given, _, program = text.partition(": ")
    return program if given == wanted else None


_KINDS: Final = {
    "distance": "length",
    "offset": "length",
    "extent": "length",
    "length": "length",
    "area": "area",
    "volume": "volume",
    "count": "number",
    "bearing": "angle",
    "off_axis": "angle",
    "turn": "angle",
    "tilt": "angle",
    "proportion": "ratio",
}


def kind_of(program: str) -> str | None:
    """What a program measures: a length, an area, a volume, an angle, a number; None: nothing with a unit."""
    if " / " in program:
        return "ratio"
    first = re.match(r"(\w+)\(", program)
    if first is not None and first[1] == "total":
        inner = re.search(r"by=(\w+)", program)
        return _KINDS.get(inner[1]) if inner else None
    return None if re.search(r" (?:[<>]=?|==|and|or|not) ", program) or not first else _KINDS.get(first[1])


def compared(program: str, sign: str, text: str) -> str | None:
    """A quantity against a stated one, where both are of one kind."""
    stated = limit(text, kind_of(program) or "")
    return None if stated is None else f"{program} {sign} {stated}"


def against(program: str, sign: str, other: str) -> str | None:
    """A quantity against another of its kind."""
    return f"{program} {sign} {other}" if kind_of(program) == kind_of(other) else None
