"""How the parts of a sentence become program text, and what is left open when one is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from allocentric.query.grammar import Meaning, Slots, Unclear, Value
from allocentric.query.phrases import COMPASS, MEASURES, ROOMS
from allocentric.scene.labels import head
from allocentric.words import singular

# What a program text holds until the whole sentence is read.
OBSERVER: Final = "§"  # the frame from which directions are told
THERE: Final = "⌖"  # the place of that observer
AHEAD: Final = "‡"  # what the observer faces
SHORT: Final = "‽"  # which extent "short" is of
MEMBER: Final = "τ"  # the thing that a condition is on
IT: Final = "◈"  # the thing that was named before
ROUND: Final = "↻"  # which way one turns
GEOMETRY: Final = "¤"  # where `geometry=` may be named

_HOMES: Final = frozenset(["room", "apartment", "flat", "house", "home", "place", "space"])
_RINGS: Final = {
    "left_right": {"left", "right"},
    "left_right_back": {"left", "right", "back"},
    "quadrants": {"front-left", "front-right", "back-left", "back-right"},
    "four": {"front", "back", "left", "right"},
    "eight": {"front", "back", "left", "right", "front-left", "front-right", "back-left", "back-right"},
    "axes": {"front", "back", "left", "right", "up", "down"},
    "compass4": {"north", "east", "south", "west"},
    "compass8": set(COMPASS),
}
_AXES: Final = {"front": "forward", "back": "backward"}
_AXIS: Final = {"left": "right", "right": "right", "in front": "forward", "behind": "forward"}
_OFFSET: Final = {"front": "forward", "back": "backward", "in front": "forward", "behind": "backward"}
_SIDE: Final = {"in front": "front", "behind": "back"}
_TOWARDS: Final = {"north": "forward", "south": "backward", "east": "right", "west": "left"}


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
    if name is None or not (is_room(name) or name in _HOMES):
        return MEASURES[key].of(thing)
    if key in ("size", "area"):
        return 'area(all("room"))' if name.removeprefix("whole ") in _HOMES else f"area({thing})"
    return MEASURES[key].of(thing)


def by(key: str, candidates: str) -> str:
    """The program of a measure as a function, for candidates of one sort."""
    names = re.findall(r'"([^"]*)"', candidates)
    return "area" if key == "size" and names and all(map(is_room, names)) else MEASURES[key].by


def chosen(candidates: str, superlative: str) -> str:
    """`most` or `least` of candidates, by what a superlative means: `height most`."""
    key, _, word = superlative.partition(" ")
    return f"{word}({candidates}, by={by(key, candidates)})"


def kind(slots: Slots) -> str:
    """All of a kind."""
    return f'all("{singular(slots["n"])}")'


def candidate(slots: Slots) -> str:
    """A category counts by its nearest member; a numbered thing is itself."""
    named = slots["n"]
    return f'the("{named}")' if named[-1].isdigit() or len(named) == 1 else kind(slots)


def restricted(slots: Slots) -> str:
    """A set with its conditions: sets are intersected and taken away, then the members are tested."""
    base, conditions = slots["k"], slots["m"].split("\n")
    sets, taken, tests = ([each[2:] for each in conditions if each[0] == sign] for sign in "&-?")
    parts = sets if base == "all()" and sets else [base, *sets]
    members = parts[0] if len(parts) == 1 else " & ".join(f"({p})" if " | " in p else p for p in parts)
    if taken:
        members = " - ".join([_grouped(members), *taken])
    return f"{{t for t in {members} if {' and '.join(tests)}}}".replace(MEMBER, "t") if tests else members


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
}


def kind_of(program: str) -> str | None:
    """What a program measures: a length, an area, a volume, an angle or a number; None: nothing with a unit."""
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


def sectors_for(labels: Iterable[str]) -> str | None:
    """The sector set in which these labels are the choice; None where there is none."""
    met = set(labels)
    return next((sectors for sectors, ring in _RINGS.items() if met <= ring), None)


def which_side(thing: str, labels: str) -> str | None:
    """Which of several sectors of the observer's a thing lies in."""
    sectors = sectors_for(labels.split("|"))
    return f'direction({thing}, {OBSERVER}, sectors="{sectors}")' if sectors else None


def lies_at(thing: str, side: str) -> str:
    """That a thing lies in one sector of the observer's."""
    sectors = sectors_for([side])
    sectors = "four" if side == "back" else sectors
    label = _AXES.get(side, side) if sectors == "axes" else side
    return f'direction({thing}, {OBSERVER}, sectors="{sectors}") == "{label}"'


def related(thing: str, other: str, side: str) -> str:
    """That a thing lies on one side of another, in the observer's frame."""
    return f'relation({thing}, {other}, {OBSERVER}, axis="{_AXIS[side]}") == "{side}"'


def beside(thing: str, other: str, side: str) -> str:
    """That a thing lies on one side of another: of a view, in its frame."""
    if other.startswith("view("):
        return lies_at(thing, _SIDE.get(side, side)).replace(OBSERVER, f"camera({other})")
    return related(thing, other, side)


def aside(thing: str, frame: str, side: str) -> str:
    """How far a thing lies to one side of a frame."""
    return f'offset({thing}, {frame}, axis="{_OFFSET.get(side, side)}")'


def compass(thing: str, of: str, points: str) -> str:
    """In which direction of the compass a thing lies from another; of one point: whether."""
    met = points.split("|")
    program = f'direction({thing}, north(at={of}), sectors="{sectors_for(met)}")'
    return program if len(met) > 1 else f'{program} == "{met[0]}"'


def northward(thing: str, of: str, point: str) -> str | None:
    """How far a thing lies to the north (east, ...) of another."""
    return f'offset({thing}, north(at={of}), axis="{_TOWARDS[point]}")' if point in _TOWARDS else None


def seen_from(frame: str, question: str) -> Value | None:
    """A question for an observer, asked of a frame; None where the question asks for no observer."""
    own = re.fullmatch(r"of\((.+)\)", frame)
    if own is not None and own[1] != IT:
        question = question.replace(IT, own[1])
    asked = _RELATION.search(question)
    if IT in frame:
        if asked is None:
            return None
        frame = frame.replace(IT, asked["other"])
    if OBSERVER not in question and THERE not in question:
        return question if frame.startswith("of(") and frame in question else None
    if asked and asked["axis"] in ("right", "forward") and asked["other"] in _named_by(frame):
        question = question.replace(asked[0], _as_direction(asked, OBSERVER))
    if AHEAD in frame and THERE not in question:
        return _without_heading(frame, question)
    if ROUND in question:
        turned = re.fullmatch(r"turned\((.+), deg\((-?)90\)\)", frame)
        if turned is not None:
            return question.replace(ROUND, "right" if turned[2] else "left").replace(OBSERVER, turned[1])
    if THERE in question:
        camera = re.fullmatch(r"camera\((view\([^)]*\))\)", frame)
        if camera is None:
            return (
                None
                if AHEAD in frame
                else Unclear("a distance is measured from a thing or a view, not from an observer")
            )
        question = question.replace(THERE, camera[1])
    return question.replace(OBSERVER, frame)


_RELATION: Final = re.compile(
    r'relation\((?P<thing>[^,]+), (?P<other>[^,]+), §, axis="(?P<axis>\w+)"\)( == "(?P<side>[^"]+)")?'
)


def _named_by(frame: str) -> list[str]:
    """The things beside which left and right are those of the frame itself: what is faced, where one is."""
    if not frame.startswith(("standing(", "of(")):
        return []
    return re.findall(r'(?:facing|at|of)[=(](the\("[^"]*"\))', frame)


def _as_direction(asked: re.Match[str], frame: str) -> str:
    sectors = "left_right" if asked["axis"] == "right" else "four"
    program = f'direction({asked["thing"]}, {frame}, sectors="{sectors}")'
    return f'{program} == "{_SIDE.get(asked["side"], asked["side"])}"' if asked["side"] else program


def _without_heading(frame: str, question: str) -> Unclear:
    at = re.findall(r"standing\(at=(.+?), facing", frame)[0]
    asked = _RELATION.fullmatch(question)
    readings = list[str]()
    if asked:
        readings.append(_as_direction(asked, f"standing(at={at}, facing={asked['other']})"))
    if THERE not in question:
        readings.append(question.replace(OBSERVER, f"of({at})"))
    return Unclear("it does not say which way one faces there", tuple(readings))


def settled(program: str) -> str | Unclear:
    """The program, or what it leaves open."""
    if OBSERVER in program:
        asked = _RELATION.search(program)
        if asked is None:
            return Unclear("it does not say from where, and facing what")
        reading = program.replace(asked[0], _as_direction(asked, f"of({asked['other']})"))
        return Unclear("it does not say whose left, right, front or back is meant", (reading,))
    if IT in program:
        return Unclear("it does not say what 'it' is")
    if THERE in program or AHEAD in program:
        return Unclear("it does not say where one is, or which way one faces")
    if ROUND in program:
        readings = tuple(program.replace(ROUND, way) for way in ("left", "right"))
        return Unclear("it does not say which way one turns", readings)
    if SHORT in program:
        readings = tuple(program.replace(SHORT, along) for along in ("height", "longest"))
        return Unclear("short may be said of the height or of the length", readings)
    return program


def facing_from(slots: Slots) -> str:
    """A heading, at the place where one stands."""
    return slots["f"].replace("◊", slots["a"])


def then(slots: Slots) -> str:
    """A frame after a turn or a step."""
    return slots["w"].replace(OBSERVER, slots["f"])


def then_then(slots: Slots) -> str:
    """A frame after two turns or steps."""
    return slots["x"].replace(OBSERVER, then(slots))


def turned_left(slots: Slots) -> str | None:
    """A turn by a stated angle."""
    angle = limit(slots["l"], "angle")
    return angle and f"turned({OBSERVER}, {angle})"


def turned_right(slots: Slots) -> str | None:
    """A turn by a stated angle, to the right."""
    angle = limit(slots["l"], "angle")
    return angle and f"turned({OBSERVER}, {angle.replace('(', '(-')})"


def moved_on(slots: Slots) -> str | None:
    """A step of a stated length."""
    stated = limit(slots["l"], "length")
    return stated and f"moved({OBSERVER}, forward={stated})"


def moved_back(slots: Slots) -> str | None:
    """A step back."""
    stated = limit(slots["l"], "length")
    return stated and f"moved({OBSERVER}, forward=-{stated})"


def moved_aside(slots: Slots) -> str | None:
    """A step to one side."""
    stated = limit(slots["l"], "length")
    return stated and f"moved({OBSERVER}, forward=0, left={'-' if slots['s'] == 'right' else ''}{stated})"


# Conditions on the members of a set: "& " before a set, "? " before a truth about t.


def near(slots: Slots) -> str | None:
    """Within, or beyond, a stated distance."""
    stated = limit(slots["l"], "length")
    return stated and f"? distance({MEMBER}, {slots['b']}{GEOMETRY}) {slots['o']} {stated}"


def than_thing(slots: Slots) -> str:
    """Larger, taller, ... than a thing."""
    key, sign = slots["c"].split(" ")
    of_other = measured(key, slots["b"])
    return f"? {measured('area' if of_other.startswith('area') else key, MEMBER)} {sign} {of_other}"


def than_stated(slots: Slots) -> str | None:
    """Larger, taller, ... than is stated."""
    key, _, sign = slots["c"].partition(" ")
    stated = limit(slots["l"], MEASURES[key].kind)
    return stated and f"? {measured(key, MEMBER)} {slots.get('o', sign)} {stated}"


def holds(thing: str, condition: str) -> str:
    """That a condition holds of a thing."""
    if condition[0] == "?":
        return condition[2:].replace(MEMBER, thing)
    return condition[2:].replace("(", f"({thing}, ", 1)


def negated(slots: Slots) -> str:
    """A condition that does not hold."""
    condition = slots["m"]
    return f"- {condition[2:]}" if condition[0] == "&" else f"? not {condition[2:]}"


def either_condition(slots: Slots) -> str | None:
    """One condition or another, of one sort."""
    one, other = slots["m"], slots["n"]
    if one[0] != other[0]:
        return None
    return f"& ({one[2:]} | {other[2:]})" if one[0] == "&" else None


def things_restricted(slots: Slots) -> str:
    """All things that meet conditions."""
    return restricted({**slots, "k": "all()"})


def without(slots: Slots) -> str:
    """A set without those of a kind."""
    return f"{_grouped(slots['s'])} - {slots['x']}"


def _grouped(members: str) -> str:
    return f"({members})" if re.search(r" [&|-] ", members) and not members.startswith("{") else members


def every(slots: Slots) -> str:
    """That none is left of a set when those that fit are taken away."""
    fit = restricted(slots)
    return f"not exists({slots['k']} - {_grouped(fit.removeprefix(slots['k'] + ' & '))})"


# Measures: `m` is one, `c` a comparative as "height >", `s` a superlative as "height most".


def of(slots: Slots) -> str:
    """The measure of a thing."""
    return measured(slots["m"], slots["a"])


def total(slots: Slots) -> str:
    """The measures of a set together; of a home, its floor."""
    if slots["m"] == "area" and name_in(slots["s"]) in _HOMES:
        return 'area(all("room"))'
    return f"total({slots['s']}, by={by(slots['m'], slots['s'])})"


def difference(slots: Slots) -> str:
    """How much taller, narrower, ... one thing is than another."""
    key, sign = slots["c"].split(" ")
    more, less = measured(key, slots["a"]), measured(key, slots["b"])
    return f"{more} - {less}" if sign == ">" else f"{less} - {more}"


def nearer_by(slots: Slots) -> str:
    """How much nearer to a place one thing is than another."""
    return _gap_between(*(f"distance({slots[one]}, {slots['c']}{GEOMETRY})" for one in "ab"), slots["s"])


def nearer_of_two(slots: Slots) -> str:
    """How much nearer a thing is to one place than to another."""
    return _gap_between(*(f"distance({slots['a']}, {slots[to]}{GEOMETRY})" for to in "bc"), slots["s"])


def _gap_between(one: str, other: str, sign: str) -> str:
    return f"{other} - {one}" if sign == "<" else f"{one} - {other}"


def size_of(slots: Slots) -> Value:
    """The size of a room is its area; of another thing it may be several."""
    size = measured("size", slots["a"])
    if size.startswith("area"):
        return size
    readings = (measured("longest", slots["a"]), size, measured("area", slots["a"]))
    return Unclear("a size may be a length, a volume or an area", readings)


def several_of(why: str, *keys: str) -> Meaning:
    """A question that may ask for any of several measures of a thing."""
    return lambda slots: Unclear(why, tuple(measured(key, slots["a"]) for key in keys))


def binned(slots: Slots) -> str | None:
    """The class of a quantity between stated edges."""
    edges = [limit(each, kind_of(slots["q"]) or "") for each in slots["e"].split("\n")]
    return f"bin({slots['q']}, edges=[{', '.join(e or '' for e in edges)}])" if all(edges) else None


def times(slots: Slots) -> str:
    """At least twice, ... as tall as another."""
    other = measured(slots["c"], slots["b"])
    other = f"{slots['f']} * {other}" if "f" in slots else other
    return f"? {measured(slots['c'], MEMBER)} {slots['o']} {other}"


def no_more(slots: Slots) -> str:
    """ "no taller than": not more, hence at most."""
    return than_thing(slots).replace(" > ", " <= ").replace(" < ", " >= ")


def within(slots: Slots) -> str | None:
    """Whether two things are within, or beyond, a stated distance."""
    stated = limit(slots["l"], "length")
    return stated and f"distance({slots['a']}, {slots['b']}{GEOMETRY}) {slots['o']} {stated}"


def walk_against(slots: Slots) -> str | None:
    """Whether a walk is longer than is stated."""
    stated = limit(slots["l"], "length")
    return stated and f"length(walk({slots['a']}, {slots['b']})) {slots['o']} {stated}"


def than_itself(slots: Slots) -> str:
    """Whether a thing is longer than it is wide."""
    key, sign = slots["c"].split(" ")
    return f"? {measured(key, MEMBER)} {sign} {measured(slots['d'], MEMBER)}"


def beside_by(slots: Slots) -> Value:
    """How far a thing lies to one side of another: of a view, in its frame."""
    if slots["b"].startswith("view("):
        return aside(slots["a"], f"camera({slots['b']})", slots["s"])
    reading = aside(slots["a"], f"of({slots['b']})", slots["s"])
    return Unclear("it does not say whose left, right, front or back is meant", (reading,))


def walks_compared(slots: Slots) -> str:
    """Whether one walk is shorter than another."""
    other = slots.get("c", slots["a"])
    return f"length(walk({slots['a']}, {slots['b']})) {slots['x']} length(walk({other}, {slots['d']}))"


_HOLLOW: Final = frozenset(
    """drawer box cabinet refrigerator wardrobe basket bag bottle bucket container room kitchen trash can jar cup mug
    bowl suitcase washer dishwasher oven microwave crate chest safe bathtub sink vase""".split()
) | {"trash can", "laundry basket"}
_FLAT: Final = frozenset(
    "table desk shelf chair sofa bed counter stool bench windowsill floor nightstand".split()
) | {"coffee table", "dining table", "end table", "kitchen counter"}


def is_empty(slots: Slots) -> Value:
    """Nothing in it, or nothing on it."""
    kind_of_thing = head(name_in(slots["a"]) or "")
    readings = (f"not exists(inside({slots['a']}))", f"not exists(on({slots['a']}))")
    if kind_of_thing in _HOLLOW:
        return readings[0]
    return (
        readings[1]
        if kind_of_thing in _FLAT
        else Unclear("empty may be said of what is in it or of what is on it", readings)
    )


# Choosing and ordering.


def most_option(slots: Slots) -> str:
    """Of the options, where they name things, else of everything."""
    named = re.sub(r'"([^"]*)"', r'the("\1")', slots["o"])
    return chosen(f"[{named}]" if named else "all()", slots["s"])


def nearest_option(slots: Slots) -> str:
    """Of the options, where they name things, else of everything."""
    named = ", ".join(candidate({"n": each}) for each in re.findall(r'"([^"]*)"', slots["o"]))
    return f"{slots['s']}({f'[{named}]' if named else 'all()'}, to={slots['p']}{GEOMETRY})"


def as_superlative(slots: Slots) -> str:
    """ "taller" among two is "tallest"."""
    key, sign = slots["s"].split(" ")
    return f"{key} {'most' if sign == '>' else 'least'}"


def more_listed(slots: Slots) -> str:
    """The taller, ... of a list of things."""
    return chosen(f"[{slots['l']}]", as_superlative(slots))


def ordered(slots: Slots) -> str:
    """From the nearest to the farthest."""
    return f"order({slots['i']}, by=distance(to={slots['p']}{GEOMETRY}))"


def ranked_by(slots: Slots) -> Value | None:
    """From the least to the greatest; "shortest first" and its like only confirm that."""
    program = f"order({slots['i']}, by={by(slots['m'], slots['i'])})"
    first = slots.get("s", "least").rpartition(" ")[2]
    return program if first == "least" else _falling(slots["m"], slots["i"])


def ranked_down(slots: Slots) -> Value:
    """From the greatest to the least."""
    return _falling(slots["m"], slots["i"])


def ranked(slots: Slots) -> Value | None:
    """ "from shortest to tallest": both ends say what is measured."""
    first, last = slots["s"].split(" "), slots.get("t", slots["s"]).split(" ")
    keys = {first[0], last[0]}
    keys -= {"short"} if len(keys) > 1 else set()
    if len(keys) > 1 or ("t" in slots and first[1] == last[1]):
        return None
    (key,) = keys
    return (
        f"order({slots['i']}, by={by(key, slots['i'])})" if first[1] == "least" else _falling(key, slots["i"])
    )


def _falling(key: str, candidates: str) -> Value:
    measure = by(key, candidates)
    if key == "up":  # the other way along the axis
        return f"order({candidates}, by={measure.replace('up', 'down')})"
    return Unclear(_RISING, (f"order({candidates}, by={measure})",))


_RISING: Final = "an order is told from the least to the greatest: read it from its end"


_HELD: Final = "to hold may be to contain or to carry"


def _named(*functions: Callable[[Slots], Value | None]) -> Mapping[str, Meaning]:
    """Functions of the slots by their names."""
    return {each.__name__: each for each in functions}


MEANINGS: Final[dict[str, Meaning]] = {
    **_named(kind, candidate, restricted, things_restricted, without, every),
    **_named(facing_from, then, then_then, turned_left, turned_right, moved_on, moved_back, moved_aside),
    **_named(
        near,
        no_more,
        negated,
        either_condition,
        than_thing,
        walk_against,
        than_itself,
        beside_by,
        than_stated,
        times,
        within,
    ),
    **_named(of, total, difference, nearer_by, nearer_of_two, size_of, binned, walks_compared, is_empty),
    **_named(
        most_option, nearest_option, as_superlative, more_listed, ordered, ranked, ranked_by, ranked_down
    ),
    "chosen": lambda slots: chosen(slots["k"], slots["s"]),
    "both_conditions": lambda slots: f"{slots['m']}\n{slots['n']}",
    "is_compass": lambda slots: "? " + compass(MEMBER, slots["b"], slots["c"]),
    "is_side": lambda slots: "? " + lies_at(MEMBER, slots["s"]),
    "is_beside": lambda slots: "? " + beside(MEMBER, slots["b"], slots["s"]),
    "is_own_side": lambda slots: "? " + lies_at(MEMBER, slots["s"]).replace(OBSERVER, f"of({slots['b']})"),
    "above_floor": lambda slots: than_stated({**slots, "c": "up"}),
    "one_holds": lambda slots: f"{holds(slots['a'], slots['m'])} or {holds(slots['b'], slots['m'])}",
    "sum_of": lambda slots: " + ".join(measured(slots["m"], slots[each]) for each in "ab"),
    "off_axis": lambda slots: than_stated({"o": "<", **slots, "c": "aside"}),
    "difference_itself": lambda slots: (
        f"{measured(slots['c'].split(' ')[0], slots['a'])} - {measured(slots['d'], slots['a'])}"
    ),
    "none_restricted": lambda slots: f"not exists({restricted(slots)})",
    "restricted_twice": lambda slots: restricted({"k": slots["k"], "m": f"{slots['m']}\n{slots['n']}"}),
    "things_without": lambda slots: without({"s": things_restricted(slots), "x": slots["x"]}),
    "which_side_from": lambda slots: seen_from(slots["x"], which_side(slots["a"], slots["c"]) or ""),
    "whole_lies_at": lambda slots: lies_at(slots["a"], slots["s"]).replace('") ==', '", geometry="box") =='),
    "things_at": lambda slots: restricted({"k": "all()", "m": "? " + lies_at(MEMBER, slots["s"])}),
    "holds": lambda slots: holds(slots["a"], slots["m"]),
    "holds_both": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['a'], slots['n'])}",
    "each_holds": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['b'], slots['m'])}",
    "holds_and_holds": lambda slots: f"{holds(slots['a'], slots['m'])} and {holds(slots['x'], slots['n'])}",
    "count_restricted": lambda slots: f"count({restricted(slots)})",
    "count_inside": lambda slots: (
        None if name_in(slots["a"]) in _HOMES else f"count({slots['k']} & inside({slots['a']}))"
    ),
    "nothing": lambda slots: f"not exists({things_restricted(slots)})",
    "anything": lambda slots: f"exists({things_restricted(slots)})",
    "any_restricted": lambda slots: f"exists({restricted(slots)})",
    "mean": lambda slots: f"{total(slots)} / count({slots['s']})",
    "area_of": lambda slots: measured("area", slots["a"]),
    "volume_of": lambda slots: measured("volume", slots["a"]),
    "difference_in": lambda slots: f"{measured(slots['m'], slots['a'])} - {measured(slots['m'], slots['b'])}",
    "ratio": lambda slots: " / ".join(measured(slots["c"].split(" ")[0], slots[each]) for each in "ab"),
    "space_of": several_of("space may be floor area or volume", "area", "volume"),
    "dimensions_of": several_of(
        "it asks for several measures at once", "longest", "width", "depth", "height"
    ),
    "minus": lambda slots: against(slots["q"], "-", slots["r"]),
    "plus": lambda slots: against(slots["q"], "+", slots["r"]),
    "over": lambda slots: against(slots["q"], "/", slots["r"]),
    "against": lambda slots: against(slots["q"], slots["o"], slots["r"]),
    "compared": lambda slots: compared(slots["q"], slots.get("o", ">"), slots["l"]),
    "against_that": lambda slots: (
        f"{measured(slots['m'], slots['a'])} {slots.get('o') or slots['x']} {measured(slots['m'], slots['b'])}"
    ),
    "most_listed": lambda slots: chosen(f"[{slots['l']}]", slots["s"]),
    "more_of_two": lambda slots: more_listed({"l": f"{slots['a']}, {slots['b']}", "s": slots["s"]}),
    "ordered_down": lambda slots: Unclear(_RISING, (ordered(slots),)),
    "both": lambda slots: f"{slots['y']} and {slots['z']}",
    "either": lambda slots: f"{slots['y']} or {slots['z']}",
    "held": lambda slots: Unclear(
        _HELD, tuple(f"{each}({slots['a']}, {slots['b']})" for each in ("inside", "on"))
    ),
    "held_by": lambda slots: Unclear(_HELD, (f"inside({slots['b']})", f"on({slots['b']})")),
    "lies_at": lambda slots: lies_at(slots["a"], slots["s"]),
    "some_number": lambda slots: Unclear(
        "it may mean exactly or at least that many",
        (f"count({slots['s']}) == {slots['n']}", f"count({slots['s']}) >= {slots['n']}"),
    ),
    "any_in": lambda slots: (
        None if name_in(slots["a"]) in _HOMES else f"exists({slots['k']} & inside({slots['a']}))"
    ),
    "holding": lambda slots: f"{{t for t in {slots['k']} if {slots.get('c', 'on')}({slots['a']}, t)}}",
    "lies_at_from": lambda slots: seen_from(slots["x"], lies_at(slots["a"], slots["s"])),
    "lies_beside_from": lambda slots: seen_from(slots["x"], related(slots["a"], slots["b"], slots["s"])),
    "which_side": lambda slots: which_side(slots["a"], slots["c"]),
    "aside": lambda slots: aside(slots["a"], OBSERVER, slots["s"]),
    "compass": lambda slots: compass(slots["a"], slots["b"], slots["c"]),
    "northward": lambda slots: northward(slots["a"], slots["b"], slots["c"]),
    "seen_from": lambda slots: seen_from(slots["f"], slots["q"]),
}
"""What the rules call by name."""
