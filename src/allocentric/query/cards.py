"""Tool cards: the vocabulary as tools for a model that calls functions, and their calls as programs.

Drawn from the same signatures and docstrings as the checker and the manual.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Mapping
from typing import Any, Final, Literal, NoReturn

from allocentric.errors import BadInput
from allocentric.query.check import check, spelling
from allocentric.query.parse import parse
from allocentric.query.program import Call, Listed, Minus, Node, Number, Program, Text
from allocentric.query.vocabulary import GROUPS, UNITS, Kind, Parameter, Word, word, words
from allocentric.scene.truth import ANGLE, LENGTH, TIME, Dimension

Style = Literal["openai", "mcp"]

NO_ANSWERS: Final = frozenset({"frame", "view"})
"""What a word may give that answers nothing by itself: such words are spoken of, and are no tools."""

LISTS: Final[frozenset[Kind]] = frozenset({"candidates", "places", "quantities", "coordinates", "cases"})

_FRAMES: Final = "a program that gives a frame of reference: " + ", ".join(
    spelling(each) for group in GROUPS for each in group.words if each.gives == "frame"
)
_SAYS: Final[dict[Kind, str]] = {
    "thing": "a thing: its name (sofa, chair 2), or a program that gives one",
    "things": "a set: a label (chair), or a program that gives one",
    "candidates": "the candidates as a list, each a name or a program",
    "places": "the places in order, each a name or a program",
    "view": "a view: its id (3), or a program that gives one",
    "frame": "a program that gives a frame",
    "path": 'a program that gives a way: walk(the("bed"), the("door"))',
    "measure": 'a word of its subject: volume, extent(along="height"), distance(to=the("door"))',
    "truth": "a program that is true or false",
    "label": "a program that gives a label",
    "order": "a program that gives an order",
    "turns": "a program that gives turns",
    "point": "a program that gives a place in a picture",
    "image box": "a program that gives a box in a picture",
    "text": "a name or a label",
}
_NUMBERS: Final = frozenset[Kind]({"number"})
_CALLED: Final = re.compile(r"\s*([A-Za-z_]\w*)\s*\(")
_RAISES: Final = re.compile(r"\s*\bRaises\b.*?(?=\n\n|\Z)", re.DOTALL)


def cards(style: Style = "openai") -> list[dict[str, Any]]:
    """A tool card for each word of the language that gives an answer, as OpenAI or MCP clients read them.

    Things, sets and frames are strings that hold a name or a program; what is one of a few words is an
    enumeration; quantities are numbers in metres and radians, or programs. `program_of` turns a call of
    such a tool into the program to ask.

    >>> [each["name"] for each in cards("mcp")][:3]
    ['the', 'all', 'marked']
    """
    tools = [each for group in GROUPS for each in group.words if each.gives not in NO_ANSWERS]
    match style:
        case "openai":
            return [{"type": "function", "function": _card(each, "parameters")} for each in tools]
        case "mcp":
            return [{**_card(each, "inputSchema"), "annotations": {"readOnlyHint": True}} for each in tools]


def program_of(name: str, arguments: Mapping[str, Any]) -> str:
    """The program that a call of a tool stands for, checked: nothing in the arguments can be anything else.

    A text that calls a word is a program; any other text is a plain name, and becomes `the("...")`, or
    `all("...")` where only a set may stand. Raises UnknownName for a tool or an argument that is not there,
    BadInput for one that is missing or of the wrong kind.

    >>> program_of("distance", {"place": "sofa", "to": 'all("chair")'})
    'distance(the("sofa"), all("chair"))'
    """
    called = word(name, where="tool call")
    for given in arguments:
        called.parameter(given)
    held = {key: each for key, each in arguments.items() if each is not None}
    missing = [each.name for each in called.parameters if each.required and each.name not in held]
    if missing:
        _refuse(f"{name} lacks {missing[0]!r}", f"tool call {name}", f"give {spelling(called)}")
    nodes = [(each, _node(called, each, held[each.name])) for each in called.parameters if each.name in held]
    placed = tuple(node for each, node in nodes if each.required)
    named = tuple((each.name, node) for each, node in nodes if not each.required)
    return check(Program((), Call(name, placed, named))).text


def described(called: Word) -> str:
    """What a word gives, paragraph by paragraph, for one who writes programs.

    >>> described(word("length"))
    'How long a way is, or a thing that is a line: a river, a road.'
    """
    told = _RAISES.sub("", inspect.getdoc(called.call) or "")
    return "\n\n".join(" ".join(each.split()) for each in told.split("\n\n"))


def _card(called: Word, schema: str) -> dict[str, Any]:
    properties = {each.name: _schema(each) for each in called.parameters}
    return {
        "name": called.name,
        "description": described(called),
        schema: {
            "type": "object",
            "properties": properties,
            "required": [each.name for each in called.parameters if each.required],
            "additionalProperties": False,
        },
    }


def _schema(wanted: Parameter) -> dict[str, Any]:
    """The JSON Schema of one argument."""
    if wanted.choices:
        return {"type": "string", "enum": list(wanted.choices)}
    says = (
        _FRAMES if wanted.kinds == {"frame"} else "; or ".join(_SAYS[k] for k in _SAYS if k in wanted.kinds)
    )
    text = {"type": "string", "minLength": 1}
    number = {"type": "number"}
    if "quantities" in wanted.kinds:
        either = {"anyOf": [number, text]}
        return {
            "type": "array",
            "items": either,
            "minItems": 1,
            "description": "numbers, or programs, rising",
        }
    if "quantity" in wanted.kinds:
        return {"anyOf": [number, text], "description": _quantity(wanted.dimension)}
    if "coordinates" in wanted.kinds:
        corner = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
        says = "a point [[x, y]], a line, or an area that ends where it began; on a globe longitude, latitude"
        return {"type": "array", "items": corner, "minItems": 1, "description": says}
    if "number" in wanted.kinds:
        return {"anyOf": [{"type": "integer"}, text], "description": says}
    several = {"type": "array", "items": text, "minItems": 1}
    if wanted.kinds == {"places"}:
        return {**several, "minItems": 2 if wanted.name == "stops" else 1, "description": says}
    if "cases" in wanted.kinds:
        says = "statements by what each is called: programs that are true or false, one of them true"
        return {"type": "object", "additionalProperties": text, "minProperties": 1, "description": says}
    if "candidates" in wanted.kinds:
        return {"anyOf": [text, several], "description": says}
    return {**text, "description": says}


def _says(kinds: frozenset[Kind]) -> list[str]:
    either = {"thing", "things"} <= kinds  # a plain name is then a thing's
    return [
        'a set, as a program: all("chair")' if either and k == "things" else _SAYS[k]
        for k in _SAYS
        if k in kinds
    ]


def _quantity(dimension: Dimension | None) -> str:
    unit = {LENGTH: "in metres", ANGLE: "in radians, left positive", TIME: "in seconds"}.get(
        dimension or Dimension()
    )
    units = ", ".join(f"{each}(40)" for each, (_, measures) in UNITS.items() if measures == dimension)
    told = f"a number {unit}" if unit else "a number in base units"
    return f"{told}, or a program that gives one" + (f": {units}" if units else "")


def _node(called: Word, wanted: Parameter, given: Any) -> Node:
    """What one argument of a tool call says, as a piece of a program."""
    where = f"tool call {called.name}, {wanted.name}"
    listed, single = wanted.kinds & LISTS, wanted.kinds - LISTS
    match given:
        case list() if "coordinates" in listed and given:
            return _listed(given, where)
        case dict() if "cases" in listed and given:
            statements = (_one(frozenset[Kind](("truth",)), each, where) for each in given.values())
            return Listed(tuple(statements), tuple(map(str, given)))
        case list() if listed and given:
            entry: Kind = "quantity" if "quantities" in listed else "thing"
            return Listed(tuple(_one(frozenset((entry,)), each, where) for each in given))
        case _ if single:
            return _one(single, given, where)
        case _:
            what = "statements by what each is called" if "cases" in listed else "a list that holds something"
            _refuse(f"{given!r} cannot be {wanted.name!r}", where, f"give {what}")


def _listed(given: list[Any], where: str) -> Listed:
    """Lists within lists of numbers."""
    inner = (
        _listed(each, where) if isinstance(each, list) else _one(_NUMBERS, each, where) for each in given
    )
    return Listed(tuple(inner))


def _one(kinds: frozenset[Kind], given: Any, where: str) -> Node:
    """A number, a word in quotes, a program, or a plain name."""
    match given:
        case bool():
            pass
        case int() | float() if kinds & {"quantity", "number"} and math.isfinite(given):
            return Minus(Number(-float(given))) if given < 0 else Number(float(given))
        case str() if given.strip() and kinds & {"text"}:
            return Text(given.strip())
        case str() if given.strip():
            return _said(kinds, given.strip(), where)
    known = "a number or a program" if "quantity" in kinds else "a name or a program"
    _refuse(f"{given!r} is none of what may stand here", where, f"give {known}")


def _said(kinds: frozenset[Kind], text: str, where: str) -> Node:
    called = _CALLED.match(text)
    is_program = text[0] in "{(" or (called is not None and called[1] in {*words(), *UNITS})
    if not is_program and kinds & {"thing", "things"}:
        return Call("the" if "thing" in kinds else "all", (Text(text),))
    if not is_program and kinds == {"frame"}:
        _refuse(f"{text!r} is no frame of reference", where, f"give {_FRAMES}")
    if not is_program and "view" in kinds:
        return Call("view", (Text(text),))
    program = parse(text)
    if program.assigned:
        _refuse("an argument assigns nothing", where, "give one expression")
    return program.answer


def _refuse(what: str, where: str, mend: str) -> NoReturn:
    raise BadInput(what, where=where, mend=mend)
