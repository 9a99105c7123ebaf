"""Programs in English: what a program asks for, told with the first forms of the word table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allocentric.query.earth import LYING, say_shape
from allocentric.query.parse import parse
from allocentric.query.phrases import COMPASS, CONTACTS, MEASURES, SIDES
from allocentric.query.program import (
    Binary,
    Call,
    Joined,
    Listed,
    Minus,
    Name,
    Node,
    Not,
    Number,
    Text,
    Those,
    show,
)
from allocentric.query.say_frames import say_amount, say_length, say_seen, say_turn, say_turns
from allocentric.query.say_rooms import Had, but_itself, had, sharing
from allocentric.query.say_routes import gazing, headed, passed, stood
from allocentric.query.say_words import (
    ARITHMETIC,
    BETWEEN,
    GEOMETRIES,
    LENGTH,
    OFFERED,
    PREDICATES,
    SAID,
    SIGNS,
    WAYS,
    WHICH,
    Given,
    arguments,
    entries,
    first_form,
    is_kind,
    is_set,
    is_truth,
    measured_by,
    origin,
    put_in,
    side_seen,
)
from allocentric.words import a_list, plural, say_number


def say(program: str) -> str:
    """What a program asks for: a value as a noun phrase, a truth after "whether".

    >>> say('distance(the("sofa"), the("tv"))')
    'the distance between the sofa and the tv'
    >>> say('on(the("cup"), the("table"))')
    'whether the cup is on the table'
    """
    node = put_in(parse(program))
    return f"whether {_clause(node)}" if is_truth(node) else _noun(node)


def _clause(node: Node) -> str:
    match node:
        case Joined(joint, operands):
            return f" {joint} ".join(_clause(each) for each in operands)
        case Call("exists") if both := sharing(node):
            return f"{_noun(both[0])} and {_noun(both[1])} are in the same room"
        case Not(operand) if both := sharing(operand):
            return f"{_noun(both[0])} and {_noun(both[1])} are in different rooms"
        case Not(Call("exists", (Binary("-", things, Those(variable, _, condition)),))) if held := had(
            condition, variable
        ):
            return f"every {_one_of(things)} has {_had(held)}"
        case Not(Call("exists", (Binary("-", Call("all") as things, fitting),))):
            return f"every {_one_of(things)} is {_fitting(fitting)}"
        case Not(Call("exists", (things,))):
            return f"there is no {_one_of(things)}"
        case Not(operand):
            return f"it is not so that {_clause(operand)}"
        case Call("exists", (things,)):
            return f"there is a {_one_of(things)}"
        case Binary("==", Call("count", (things,)), Call("count", (others,))):
            return f"there are as many {_several(things)} as {_several(others)}"
        case Binary("==", Call("the") as one, Call("most" | "least" | "nearest" | "farthest") as chosen):
            return f"{_noun(one)} is {_noun(chosen)}"
        case Binary(operator, Call("count", (things,)), Binary("*", times, Call("count", (others,)))):
            many = f"{SIGNS[operator]} {_noun(times)} times as many"
            return f"there are {many} {_several(things)} as {_several(others)}"
        case Binary(operator, Call("count", (things,)), Number() as number):
            return f"there are {SIGNS[operator]} {_noun(number)} {_several(things)}"
        case Call(function, (subject, *_)) if function != "count":
            return f"{_noun(subject)} is {_predicate(node)}"
        case Binary(_, Call(function, (subject, *_)), _) if function in ("direction", "relation", "topology"):
            return f"{_noun(subject)} is {_predicate(node)}"
        case Binary(operator, left, right):
            return f"{_noun(left)} is {SIGNS[operator]} {_amount(right, like=left)}"
    return _noun(node)


def _fitting(things: Node) -> str:
    """What is said of the members of a set."""
    return _predicate(things.condition if isinstance(things, Those) else things)


def _predicate(node: Node) -> str:
    """What a truth says of its subject."""
    match node:
        case Call("exists") | Not(Call("exists")) if both := sharing(getattr(node, "operand", node)):
            return f"in {'another' if isinstance(node, Not) else 'the same'} room as {_noun(both[1])}"
        case Not(operand):
            return f"not {_predicate(operand)}"
        case Call(function) if function in PREDICATES:
            return _filled(PREDICATES[function], arguments(node))
        case Call(function) if function in CONTACTS:
            return f"{CONTACTS[function][0]} {_noun(arguments(node)['other'])}"
        case Joined(joint, operands):
            return f" {joint} ".join(_predicate(each) for each in operands)
        case Binary("|", left, right):
            return f"{_predicate(left)} or {_predicate(right)}"
        case Binary("==", Call("direction" | "relation") as call, Text(label)):
            return _placed(call, label)
        case Binary("==", Call("topology") as call, Text(label)):
            return _filled(f"{LYING[label]} {{other}}{{snap}}", arguments(call))
        case Binary(operator, Call("distance") as call, Call("distance") as other):
            nearer, beside = ("closer", "to") if operator.startswith("<") else ("farther", "from")
            to, than = _noun(arguments(call)["to"]), _noun(arguments(other)["to"])
            if arguments(call)["place"] == arguments(other)["place"]:
                return f"{nearer} {beside} {to} than {beside} {than}"
            is_to = "is" if to == than else f"is {beside} {than}"
            return f"{nearer} {beside} {to} than {_noun(arguments(other)['place'])} {is_to}"
        case Binary(operator, Call("distance") as call, limit):
            far = "within" if operator == "<" else SIGNS[operator]
            to = _noun(arguments(call)["to"])
            return f"{far} {_amount(limit, like=call)} {'of' if operator == '<' else 'from'} {to}"
        case Binary(operator, Call() as call, limit) if operator in SIGNS:
            return _compared(operator, call, limit)
    return show(node)


def _compared(operator: str, call: Call, limit: Node) -> str:
    """How a measure of the subject compares: with a stated quantity, or with that of another."""
    given = arguments(call)
    subject = next(iter(given.values()))
    found = next((each for each in MEASURES.values() if each.of(show(subject)) == show(call)), None)
    if found is None:
        return f"such that {_noun(call)} is {SIGNS[operator]} {_amount(limit, like=call)}"
    if isinstance(limit, Call) and limit.function == call.function:
        forms = found.more if operator.startswith(">") else found.less
        other = next(iter(arguments(limit).values()))
        return f"{first_form(forms[0])} than {_noun(other)}"
    said = first_form(found.adjectives[0]) if found.adjectives else f"in {first_form(found.nouns[0])}"
    return f"{SIGNS[operator]} {_amount(limit, like=call)} {said}"


def _placed(call: Call, label: str) -> str:
    """Where a direction or relation says that its subject is."""
    given = arguments(call)
    if call.function == "relation":
        return f"{side_seen(label, given)} {_noun(given['to'])}{_seen(given['frame'])}"
    if label in COMPASS:
        return f"{label} of {_noun(origin(given['frame']))}"
    whole = "entirely " if "geometry" in given else ""
    return f"{whole}{first_form(SIDES[label][0])}{_seen(given['frame'])}"


def _noun(node: Node) -> str:
    match node:
        case Text(value):
            return value
        case Name(id):
            return "it" if len(id) == 1 else id
        case Number(value):
            return say_number(value, 6)
        case Minus() | Call("cm" | "mm" | "deg", (Number(),)) | Call("deg", (Minus(Number()),)):
            return _amount(node, like=Text(""))
        case Listed(entries, names):
            told = [f", if {_clause(each)}" if is_truth(each) else "" for each in entries]
            return a_list(
                [f"{a}{b}" for a, b in zip(names or map(_noun, entries), told)], last="or" if names else "and"
            )
        case Binary(operator, left, right) if not is_set(node):
            before, between = ARITHMETIC[operator]
            return f"{before}{_noun(left)} {between} {_noun(right)}"
        case Call(function) if function in _TOLD:
            return _TOLD[function](arguments(node))
        case Call(function) if function in SAID:
            return _filled(SAID[function], arguments(node))
        case Those() if at := stood(node):
            among, side = _several(at.among, one=True), first_form(SIDES[at.side][0])
            return f"by which {among} one stands, facing {_noun(at.facing)}, with {_noun(at.seen)} {side}"
        case Those() | Binary() | Call() if is_set(node):
            return f"the {_several(node)}"
    return show(node)


def _filled(saying: str, given: Given) -> str:
    return re.sub(r"{(\w+)([*+@]?)}", _filler(given), saying)


def _filler(given: Given) -> Callable[[re.Match[str]], str]:
    """What fills the slots of a saying."""

    def fill(found: re.Match[str]) -> str:
        slot, way = found.groups()
        node = given.get(slot)
        text = node.value if isinstance(node, Text) else ""
        match slot, way:
            case _, "*" if node is not None:
                return _several(node)
            case _, "+" if node is not None:
                return f"the nearest {_one_of(node)}" if is_kind(node) else _noun(node)
            case _, "@" if node is not None:
                return _seen(node)
            case "snap", _:
                return f" to within {_amount(node, like=LENGTH)}" if node is not None else ""
            case "within", _:
                return f", within {_amount(node, LENGTH)} of two walls that meet" if node is not None else ""
            case "geometry", _:
                return GEOMETRIES.get(text, "")
            case "turning", _:
                return f"how many degrees to the {text}" if text else "at what angle"
            case "along", _:
                return first_form(MEASURES[text].nouns[0])
            case "axis", _:
                return BETWEEN.get(text, text)
            case "of", _:
                return "visible" if text == "whole" else "not hidden"
            case "by", _ if node is not None:
                return measured_by(node)
            case "edges", _ if isinstance(node, Listed):
                return a_list([_amount(each, like=given["quantity"]) for each in node.entries])
        return _noun(node) if node is not None else ""

    return fill


def _several(node: Node, one: bool = False) -> str:
    """A set as a plural without an article, or as one of its kind."""
    match node:
        case Call("all", (Text(name),)):
            return name if one else plural(name)
        case Binary("&", left, right):
            return f"{_several(left, one)} {_predicate(right)}"
        case Binary("|", left, right):
            return f"{_several(left, one)} {'or' if one else 'and'} {_several(right, one)}"
        case Binary("-", left, Call("all") as right):
            return f"{_several(left, one)} except the {_several(right)}"
        case Binary("-", left, right):
            return f"{_several(left, one)} not {_predicate(right)}"
        case Those(variable, members, Call(function, (subject, Name(id)))) if id == variable:
            how = CONTACTS.get(function, (function,))[0]
            return f"{_several(members, one)} that {_noun(subject)} is {how}"
        case Those(variable, members, condition) if held := had(condition, variable):
            return f"{_several(members, one)} that {'has' if one else 'have'} {_had(held)}"
        case Those(variable, members, condition) if but_itself(condition, variable) != condition:
            return _several(Those(variable, members, but_itself(condition, variable)), one)
        case Those(_, members, condition):
            return f"{_several(members, one)} that {'is' if one else 'are'} {_predicate(condition)}"
        case Call(function):
            things = "thing" if one else "things"
            return things if function == "all" else f"{things} {_predicate(node)}"
    return show(node)


def _had(held: Had) -> str:
    """What a room has, behind "has" or "have"."""
    return f"{held.how} {_several(held.kind, one=held.how == 'a')}"


def _one_of(node: Node) -> str:
    return _several(node, one=True)


def _amount(node: Node, like: Node) -> str:
    return say_amount(node, like, _noun)


def _seen(frame: Node) -> str:
    return say_seen(frame, _noun)


def _the(given: Given) -> str:
    named = _noun(given["name"])
    if len(named) == 1:
        return named.upper()
    return named if named[-1:].isdigit() else f"the {named}"


def _all(given: Given) -> str:
    return f"the {plural(_noun(given['name']))}" if "name" in given else "all things"


def _extreme(given: Given, most: bool) -> str:
    things, by = given["things"], given["by"]
    if isinstance(by, Call) and by.function == "visible_share" and "thing" in dict(by.named):
        shows = "shows the most of" if most else "shows the least of"
        return f"which of {_noun(things)} {shows} {_noun(dict(by.named)['thing'])}"
    if (gazer := gazing(by)) and isinstance(things, Listed) and not most:
        listed = a_list([_noun(each) for each in things.entries], last="or")
        return f"which does {_noun(gazer)} face more directly, {listed}"
    if show(by) == "first_seen" and not most:
        return f"which of {_candidates(things)} is seen first"
    if isinstance(by, Call) and show(by).startswith("offset(frame=camera(") and 'axis="forward"' in show(by):
        nearer = "farther" if most else "closer"
        return f"which of {_noun(things)} is {nearer} in depth in {_noun(dict(by.named)['frame'])}"
    superlative, noun = measured_by(by, "most" if most else "least"), measured_by(by)
    greatest = f"the {'greatest' if most else 'smallest'} {noun}"
    if isinstance(things, Listed) and show(by) == "count":
        listed = a_list([_several(each) for each in things.entries], last="or")
        return f"which there are {'more' if most else 'fewer'} of, {listed}"
    if isinstance(things, Listed):
        return f"which of {_noun(things)} {f'is the {superlative}' if superlative else f'has {greatest}'}"
    if superlative and " " not in superlative:
        return f"the {superlative} {_one_of(things)}"
    if noun:
        return f"the {_one_of(things)} with {greatest}"
    return f"which of the {_several(things)} is {superlative}"


def _nearest(given: Given, how: str) -> str:
    things, geometry = given["things"], _noun(given.get("geometry", Text("")))
    to = _noun(given["to"]) + GEOMETRIES.get(geometry, "")
    if is_kind(things):
        return f"the {_one_of(things)} {how} {to}"
    return f"which of {_candidates(things)} is {how} {to}"


def _candidates(things: Node) -> str:
    listed = [f"the {_one_of(each)}" if is_kind(each) else _noun(each) for each in entries(things)]
    return a_list(listed) if listed else f"the {_several(things)}"


def _order(given: Given) -> str:
    by, things = given["by"], _noun(given["things"])
    if isinstance(by, Call) and by.function == "distance":
        return f"the order of {things} by distance from {_noun(arguments(by)['to'])}"
    if show(by) == "first_seen":
        return f"the order of {things} by first appearance"
    if way := passed(given):
        return f"in which order I pass {things}, walking straight from {_noun(way[0])} to {_noun(way[1])}"
    return f"the order of {things} by {measured_by(by) or show(by)}"


def _offset(given: Given) -> str:
    frame, way, place = given["frame"], _noun(given["axis"]), _noun(given["place"])
    at = list(arguments(frame).values()) if isinstance(frame, Call) and frame.function == "world" else [frame]
    if way == "up" and not at:
        return f"the height of {place} above the floor"
    if way in ("up", "down") and at != [frame]:
        return f"how far {'above' if way == 'up' else 'below'} {_noun(at[0])} {place} is"
    return f"how far {WAYS.get(way, f'to the {way}')} {place} is{_seen(frame)}"


def _direction(given: Given) -> str:
    sectors, place, frame = _noun(given["sectors"]), _noun(given["place"]), given["frame"]
    if sectors in ("compass4", "compass8") and (thing := headed(given)) is not None:
        offered = f": {a_list(OFFERED[sectors], last='or')}" if sectors in OFFERED else ""
        return f"which compass direction does {_noun(thing)} face{offered}"
    if sectors == "compass8":
        return f"in which compass direction {place} is from {_noun(origin(frame))}"
    if sectors == "compass4":
        return f"whether {place} is {a_list(OFFERED[sectors], last='or')} of {_noun(origin(frame))}"
    if sectors in OFFERED:
        offered = a_list([first_form(SIDES[each][0]) for each in OFFERED[sectors]], last="or")
        return f"whether {place} is {offered}{_seen(frame)}"
    return f"{WHICH.get(sectors, 'where')} {place} is{_seen(frame)}"


def _area(given: Given) -> str:
    things = given["things"]
    if show(things) == 'all("room")':
        return "the floor area of the room"
    if is_set(things):
        return f"the area of all the {_several(things)} together"
    return f"the floor area of {_noun(things)}"


_TOLD: Final[dict[str, Callable[[Given], str]]] = {
    "the": _the,
    "all": _all,
    "area": _area,
    "offset": _offset,
    "nearest": lambda given: _nearest(given, "nearest to"),
    "farthest": lambda given: _nearest(given, "farthest from"),
    "most": lambda given: _extreme(given, most=True),
    "least": lambda given: _extreme(given, most=False),
    "order": _order,
    "direction": _direction,
    "turn": lambda given: say_turn(given, _noun),
    "turns": lambda given: say_turns(given, _noun),
    "shape": lambda given: say_shape(given["coordinates"]),
    "length": lambda given: say_length(given, _noun),
}
"""The words whose saying depends on their arguments."""
