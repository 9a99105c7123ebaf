"""What the rules call by name: functions from what fills the slots of a pattern to program text.

Slots hold program text, or a key: `m` a measure ("height"), `c` a comparative ("height >"),
`s` a superlative ("height most") or a side, `o` a comparison, `l` a stated quantity ("length: 2").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from allocentric.query.amounts import (
    ALSO,
    HOMES,
    against,
    by,
    candidate,
    chosen,
    compared,
    gap,
    grouped,
    holds,
    is_room,
    kind,
    kind_of,
    kinds,
    limit,
    measured,
    name_in,
    restricted,
)
from allocentric.query.grammar import Meaning, Slots, Unclear, Value
from allocentric.query.observer import (
    GEOMETRY,
    MEMBER,
    OBSERVER,
    STATED,
    aside,
    beside,
    compass,
    lies_at,
    northward,
    related,
    seen_from,
    which_side,
)
from allocentric.query.phrases import MEASURES
from allocentric.query.rooms import ROOM_MEANINGS
from allocentric.scene.labels import head
from allocentric.words import singular

_FALLING: Final = "an order is told from the least to the greatest: read it from its end"
_WHOSE: Final = "it does not say whose left, right, front or back is meant"
_EMPTY: Final = "empty may be said of what is in it or of what is on it"
_HOLLOW: Final = """drawer, box, cabinet, refrigerator, wardrobe, basket, bag, bottle, bucket, container, jar,
cup, mug, bowl, suitcase, trash can, laundry basket, washer, dishwasher, oven, crate, chest"""
_FLAT: Final = """table, desk, shelf, chair, sofa, bed, counter, stool, bench, windowsill, floor, nightstand,
coffee table, dining table, end table, kitchen counter"""


# Sets.


def within_set(slots: Slots) -> str:
    """A kind with its conditions."""
    return restricted(slots["k"], slots["m"])


def within_all(slots: Slots) -> str:
    """All things with conditions."""
    return restricted("all()", slots["m"])


def without(slots: Slots) -> str:
    """A set without those of a kind."""
    return f"{grouped(slots['s'])} - {slots['x']}"


def every(slots: Slots) -> str:
    """That none is left of a set when those that fit are taken away."""
    fit = within_set(slots)
    return f"not exists({slots['k']} - {grouped(fit.removeprefix(slots['k'] + ' & '))})"


def inside_of(slots: Slots) -> str | None:
    """Those of a kind in a thing; of the whole scene there is another reading."""
    return None if name_in(slots["a"]) in HOMES else f"{slots['k']} & inside({slots['a']})"


def inside_room(slots: Slots) -> str | None:
    """Those of a kind in a room; what else has things has them as its parts, or on it."""
    return inside_of(slots) if is_room(name_in(slots["a"]) or "") else None


# Conditions.


def than_thing(slots: Slots) -> str:
    """Larger, taller, ... than a thing."""
    key, sign = slots["c"].split(" ")
    return _beside(key, sign, slots["b"])


def _beside(key: str, sign: str, thing: str, *, factor: str = "") -> str:
    """A measure of the member against that of a thing: beside a room the bigness of a room."""
    other = measured(key, thing)
    return f"? {measured('area' if other.startswith('area') else key, MEMBER)} {sign} {factor}{other}"


def than_stated(slots: Slots) -> str | None:
    """Larger, taller, ... than is stated."""
    key, _, sign = slots["c"].partition(" ")
    key = "area" if key == "size" and slots["l"].startswith("area: ") else key  # bigger than 10 m²
    stated = limit(slots["l"], MEASURES[key].kind)
    return stated and f"? {measured(key, MEMBER)} {slots.get('o', sign)} {stated}"


def than_itself(slots: Slots) -> str:
    """Longer than it is wide."""
    key, sign = slots["c"].split(" ")
    return f"? {measured(key, MEMBER)} {sign} {measured(slots['d'], MEMBER)}"


def less(slots: Slots) -> str:
    """ "not as tall as": less tall."""
    return _beside(slots["c"], "<", slots["b"])


def no_more(slots: Slots) -> str:
    """ "no taller than": at most as tall."""
    return than_thing(slots).replace(" > ", " <= ").replace(" < ", " >= ")


def times(slots: Slots) -> str:
    """At least (twice, ...) as tall as another."""
    return _beside(slots["c"], slots["o"], slots["b"], factor=f"{slots['f']} * " if "f" in slots else "")


def negated(slots: Slots) -> str:
    """A condition that does not hold."""
    condition = slots["m"]
    return f"- {condition[2:]}" if condition[0] == "&" else f"? not {condition[2:]}"


def either_set(slots: Slots) -> str | None:
    """In one set or in another."""
    one, other = slots["m"], slots["n"]
    return f"& {one[2:]} | {other[2:]}" if one[0] == other[0] == "&" else None


def neither(slots: Slots) -> str | None:
    """In none of two sets."""
    one, other = slots["m"], slots["n"]
    return f"- {one[2:]}{ALSO}- {other[2:]}" if one[0] == other[0] == "&" else None


def of_named(slots: Slots) -> str | None:
    """The measure of a thing that is named before it: "bed height"; "floor area" is a measure alone."""
    return None if slots["n"] in ("floor", "ground") else measured(slots["m"], f'the("{slots["n"]}")')


def is_empty(slots: Slots) -> Value:
    """Nothing in it, or nothing on it."""
    sort = head(name_in(slots["a"]) or "")
    inner, upper = f"not exists(inside({slots['a']}))", f"not exists(on({slots['a']}))"
    if sort in re.split(r",\s+", _HOLLOW):
        return inner
    return upper if sort in re.split(r",\s+", _FLAT) else Unclear(_EMPTY, (inner, upper))


# Quantities.


def of(slots: Slots) -> str:
    """The measure of a thing."""
    return measured(slots["m"], slots["a"])


def total(slots: Slots) -> str:
    """The measures of a set together."""
    return f"total({slots['s']}, by={by(slots['m'], slots['s'])})"


def difference(slots: Slots) -> str:
    """How much taller, narrower, ... one thing is than another."""
    key, sign = slots["c"].split(" ")
    more, less = measured(key, slots["a"]), measured(key, slots["b"])
    return f"{more} - {less}" if sign == ">" else f"{less} - {more}"


def nearer_by(slots: Slots) -> str:
    """How much nearer to a place, or farther from it, one thing is than another."""
    one, other = gap(slots["a"], slots["c"]), gap(slots["b"], slots["c"])
    return f"{other} - {one}" if slots["s"] == "<" else f"{one} - {other}"


def nearer_of_two(slots: Slots) -> str:
    """How much nearer a thing is to one place than to another."""
    one, other = gap(slots["a"], slots["b"]), gap(slots["a"], slots["c"])
    return f"{other} - {one}" if slots["s"] == "<" else f"{one} - {other}"


def several_of(why: str, *keys: str) -> Meaning:
    """A question that may ask for any of several measures of a thing."""
    return lambda slots: Unclear(why, tuple(measured(key, slots["a"]) for key in keys))


def size_of(slots: Slots) -> Value | None:
    """The size of a room is its area; of another thing it may be several."""
    size = measured("size", slots["a"])
    open_to = several_of("a size may be a length, a volume or an area", "longest", "size", "area")
    return size if size.startswith("area") else open_to(slots)


def binned(slots: Slots) -> str | None:
    """The class of a quantity between stated edges."""
    edges = [limit(each, kind_of(slots["q"]) or "") for each in slots["e"].split("\n")]
    return f"bin({slots['q']}, edges=[{', '.join(each or '' for each in edges)}])" if all(edges) else None


def beside_by(slots: Slots) -> Value:
    """How far a thing lies to one side of another: of a view, in its frame."""
    if slots["b"].startswith("view("):
        return aside(slots["a"], f"camera({slots['b']})", slots["s"])
    return Unclear(_WHOSE, (aside(slots["a"], f"of({slots['b']})", slots["s"]),))


def walks_compared(slots: Slots) -> str:
    """Whether one walk is shorter than another, from the same place where none is named."""
    other = f"walk({slots.get('c', slots['a'])}, {slots['d']})"
    return f"length(walk({slots['a']}, {slots['b']})) {slots['x']} length({other})"


# Choices and orders.


def as_superlative(slots: Slots) -> str:
    """ "taller" among two is "tallest"."""
    key, sign = slots["s"].split(" ")
    return f"{key} {'most' if sign == '>' else 'least'}"


def most_option(slots: Slots) -> str | None:
    """Of the options, where they name things."""
    named = re.sub(r'"([^"]*)"', r'the("\1")', slots["o"])
    return chosen(f"[{named}]", slots["s"]) if named else None


def most_of_all(slots: Slots) -> str | None:
    """Of everything, where no options are offered."""
    return None if slots["o"] else chosen("all()", slots["s"])


def nearest_option(slots: Slots) -> str | None:
    """Of the options, where they name things."""
    named = ", ".join(candidate(each) for each in re.findall(r'"([^"]*)"', slots["o"]))
    return f"{slots['s']}([{named}], to={slots['p']}{GEOMETRY})" if named else None


def nearest_of_all(slots: Slots) -> str | None:
    """Of everything, where no options are offered."""
    return None if slots["o"] else f"{slots['s']}(all(), to={slots['p']}{GEOMETRY})"


def ranked(slots: Slots) -> Value | None:
    """ "from shortest to tallest": both ends say what is measured."""
    (first, end), (last, other_end) = slots["s"].split(" "), slots.get("t", slots["s"]).split(" ")
    keys = {first, last} - ({"short"} if first != last else set())
    if len(keys) > 1 or ("t" in slots and end == other_end):
        return None
    return in_order(slots["i"], keys.pop(), end)


def ranked_by(slots: Slots) -> Value:
    """By a measure; "shortest first" and its like say from which end."""
    return in_order(slots["i"], slots["m"], slots.get("s", "least").rpartition(" ")[2])


def in_order(candidates: str, key: str, first: str) -> Value:
    """Candidates in the order of a measure, from the `least` or from the `most`."""
    measure = by(key, candidates)
    if first == "most" and key == "up":  # the other way along the axis
        return f"order({candidates}, by={measure.replace('up', 'down')})"
    program = f"order({candidates}, by={measure})"
    return program if first == "least" else Unclear(_FALLING, (program,))


# Frames.


def turned_by(slots: Slots) -> str | None:
    """A turn by a stated angle to one side."""
    angle = limit(slots["l"], "angle")
    return angle and f"turned({OBSERVER}, {angle.replace('(', '(-') if slots['s'] == 'right' else angle})"


def moved(forward: str, left: str = "") -> Meaning:
    """A step of a stated length; `forward` and `left` are what stands before it."""

    def made(slots: Slots) -> str | None:
        stated = limit(slots["l"], "length")
        sign = {"left": "", "right": "-"}.get(slots.get("s", ""), "")
        along = f"forward={forward}{stated}" if not left else f"forward=0, left={sign}{stated}"
        return stated and f"moved({OBSERVER}, {along})"

    return made


def _called(*functions: Callable[[Slots], Value | None]) -> Mapping[str, Meaning]:
    return {each.__name__: each for each in functions}


MEANINGS: Final[dict[str, Meaning]] = {
    **ROOM_MEANINGS,
    **_called(within_set, within_all, without, every, inside_of, inside_room),
    **_called(
        than_thing, than_stated, than_itself, less, no_more, times, negated, either_set, neither, is_empty
    ),
    **_called(
        of, of_named, total, difference, nearer_by, nearer_of_two, size_of, binned, beside_by, walks_compared
    ),
    **_called(as_superlative, most_option, most_of_all, nearest_option, nearest_of_all),
    **_called(ranked, ranked_by, turned_by),
    # Things and sets.
    "kind": lambda slots: None if " of the " in slots["n"] else kind(slots["n"]),
    "kinds": lambda slots: kinds(slots["n"]),
    "stated": lambda slots: kinds(slots["n"]) and kind(f"{STATED}{slots['m']} {singular(slots['n'])}"),
    "candidate": lambda slots: candidate(slots["n"]),
    "chosen": lambda slots: chosen(slots["k"], slots["s"]),
    "holds": lambda slots: holds(slots["a"], slots["m"]),
    "holds_both": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['a'], slots['n'])}",
    "each_holds": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['b'], slots['m'])}",
    "one_holds": lambda slots: f"{holds(slots['a'], slots['m'])} or {holds(slots['b'], slots['m'])}",
    "holds_and_holds": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['x'], slots['n'])}",
    # Quantities.
    "home_area": lambda slots: 'area(all("room"))' if name_in(slots["a"]) in HOMES else None,
    "area_of": lambda slots: measured("area", slots["a"]),
    "volume_of": lambda slots: measured("volume", slots["a"]),
    "difference_in": lambda slots: f"{measured(slots['m'], slots['a'])} - {measured(slots['m'], slots['b'])}",
    "difference_itself": lambda slots: f"{_in(slots, 'a')} - {measured(slots['d'], slots['a'])}",
    "sum_of": lambda slots: f"{measured(slots['m'], slots['a'])} + {measured(slots['m'], slots['b'])}",
    "ratio": lambda slots: f"{_in(slots, 'a')} / {_in(slots, 'b')}",
    "space_of": several_of("space may be floor area or volume", "area", "volume"),
    "dimensions_of": several_of("it asks for several measures", "longest", "width", "depth", "height"),
    "minus": lambda slots: against(slots["q"], "-", slots["r"]),
    "plus": lambda slots: against(slots["q"], "+", slots["r"]),
    "walked_compared": lambda slots: (
        f"length(walk({slots['a']}, {slots['b']})) {slots.get('o', '<')} {slots['l']}"
    ),
    "gap_compared": lambda slots: f"{gap(slots['a'], slots['b'])} {slots['o']} {slots['l']}",
    "against": lambda slots: against(slots["q"], slots["o"], slots["r"]),
    "compared": lambda slots: compared(slots["q"], slots.get("o", ">"), slots["l"]),
    "against_that": lambda slots: (
        f"{measured(slots['m'], slots['a'])} {slots['o']} {measured(slots['m'], slots['b'])}"
    ),
    "within_all_without": lambda slots: without({"s": within_all(slots), "x": slots["x"]}),
    "above_floor": lambda slots: than_stated({**slots, "c": "up"}),
    "off_axis": lambda slots: than_stated({"o": "<", **slots, "c": "aside"}),
    # Choices.
    "most_listed": lambda slots: chosen(f"[{slots['l']}]", slots["s"]),
    "more_listed": lambda slots: chosen(f"[{slots['l']}]", as_superlative(slots)),
    "more_of_two": lambda slots: chosen(f"[{slots['a']}, {slots['b']}]", as_superlative(slots)),
    "ranked_down": lambda slots: in_order(slots["i"], slots["m"], "most"),
    # Directions.
    "is_compass": lambda slots: f"? {compass(MEMBER, slots['b'], slots['c'])}",
    "is_side": lambda slots: f"? {lies_at(MEMBER, slots['s'])}",
    "all_at": lambda slots: restricted("all()", f"? {lies_at(MEMBER, slots['s'])}"),
    "is_beside": lambda slots: f"? {beside(MEMBER, slots['b'], slots['s'])}",
    "is_own_side": lambda slots: "? " + lies_at(MEMBER, slots["s"], f"of({slots['b']})"),
    "lies_at": lambda slots: lies_at(slots["a"], slots["s"]),
    "whole_lies_at": lambda slots: lies_at(slots["a"], slots["s"]).replace('") ==', '", geometry="box") =='),
    "which_side": lambda slots: which_side(slots["a"], slots["c"]),
    "lies_at_from": lambda slots: seen_from(slots["x"], lies_at(slots["a"], slots["s"])),
    "lies_beside_from": lambda slots: seen_from(slots["x"], related(slots["a"], slots["b"], slots["s"])),
    "which_side_from": lambda slots: seen_from(slots["x"], which_side(slots["a"], slots["c"]) or ""),
    "seen_from": lambda slots: seen_from(slots["f"], slots["q"]),
    "seen_after": lambda slots: _seen_by(slots, slots["w"]),
    "seen_after_both": lambda slots: _seen_by(slots, slots["x"].replace(OBSERVER, slots["w"])),
    "aside": lambda slots: aside(slots["a"], OBSERVER, slots["s"]),
    "compass": lambda slots: compass(slots["a"], slots["b"], slots["c"]),
    "northward": lambda slots: northward(slots["a"], slots["b"], slots["c"]),
    # Frames.
    "facing_from": lambda slots: slots["f"].replace("◊", slots["a"]),
    "then": lambda slots: slots["w"].replace(OBSERVER, slots["f"]),
    "then_then": lambda slots: slots["x"].replace(OBSERVER, slots["w"].replace(OBSERVER, slots["f"])),
    "moved_on": moved(""),
    "moved_back": moved("-"),
    "moved_aside": moved("", "0"),
}
"""Every function that the rules call, by its name."""


def _seen_by(slots: Slots, frame: str) -> str:
    return f"visible_in({slots['a']}, {frame})".replace(OBSERVER, f"camera({slots['v']})")


def _in(slots: Slots, slot: str) -> str:
    return measured(slots["c"].split(" ")[0], slots[slot])
