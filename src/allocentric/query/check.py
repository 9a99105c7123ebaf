"""From a program to a checked one: every name known, every argument of the kind and dimension asked for.

A checked program cannot fail on names of functions, kinds or dimensions, whatever the scene.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from allocentric.errors import UnknownName
from allocentric.oracle.numbers import number
from allocentric.query.checked import (
    THINGS,
    TRUTH,
    Apply,
    Checked,
    CheckedProgram,
    Drawn,
    Entries,
    Every,
    Literal,
    Opposite,
    Quoted,
    Type,
    Variable,
    Where,
)
from allocentric.query.coordinates import coordinates
from allocentric.query.operators import combined, dimension_name, refuse
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
    Program,
    Text,
    Those,
    show,
)
from allocentric.query.vocabulary import UNITS, Kind, Parameter, Word, word, words
from allocentric.scene.truth import Quantity

NAMED: Final[frozenset[Kind]] = frozenset({"candidates", "cases"})
"""The lists whose entries may be called otherwise than they are written."""


@lru_cache(maxsize=4096)
def check(program: Program) -> CheckedProgram:
    """The checked program. Raises BadInput or UnknownName: what, where in the program, how to mend it."""
    checker = _Checker({})
    assigned = list[tuple[str, Checked]]()
    for name, node in program.assigned:
        if name in words() or name in UNITS:
            refuse(f"{name!r} is a word of the language", name, "choose another name for the variable")
        value = checker.value(node)
        checker.types[name] = value.type
        assigned.append((name, value))
    answer = checker.value(program.answer)
    return CheckedProgram(tuple(assigned), answer, show(program))


class _Checker:
    """Checks nodes, knowing the types of the variables so far."""

    def __init__(self, types: dict[str, Type]) -> None:
        self.types = types

    def value(self, node: Node) -> Checked:
        """A node that stands for a value: a truth without its subject is the set for which it holds."""
        checked = self.node(node)
        if isinstance(checked, Apply) and checked.subject is not None:
            if checked.type.kind == "truth":
                return self._where(checked)
            missing = checked.word.parameter(checked.subject)
            refuse(
                f"{checked.word.name} lacks {missing.name!r}: {checked.word.name} of what?",
                show(node),
                f"write {spelling(checked.word)}",
            )
        return checked

    def node(self, node: Node) -> Checked:
        """A node as it stands."""
        match node:
            case Number(value):
                return Literal(Type("quantity"), number(value))
            case Text(value):
                return Quoted(Type("text"), value)
            case Name(id):
                return self._name(id)
            case Call():
                return self._call(node)
            case Listed():
                mend = "a list is an argument: the candidates of nearest, order, ..., the cases of which"
                refuse("a list stands alone", show(node), mend)
            case Binary():
                return combined(node, self.value(node.left), self.value(node.right))
            case Minus(operand):
                return self._minus(operand)
            case Not(operand):
                return Opposite(TRUTH, self._truth(operand))
            case Joined(joined, operands):
                return Every(TRUTH, joined, tuple(self._truth(each) for each in operands))
            case Those(variable, members, condition):
                return self._those(variable, members, condition)

    def _name(self, id: str) -> Checked:
        if id in self.types:
            return Variable(self.types[id], id)
        if id in words():
            return self._apply(Call(id), word(id))
        raise UnknownName("variable or function", id, [*self.types, *words()], where="program")

    def _call(self, node: Call) -> Checked:
        if node.function in UNITS:
            return _unit(node)
        return self._apply(node, word(node.function, where=f"program, {show(node)}"))

    def _apply(self, node: Call, called: Word) -> Apply:
        bound, subject = self._bind(node, called)
        arguments = tuple(
            (name, self._argument(called, called.parameter(name), each)) for name, each in bound
        )
        dimension, counts = called.dimension, called.name == "count"
        for name, each in arguments:
            if (
                called.gives == "quantity"
                and called.dimension is None
                and called.parameter(name).kinds == {"measure"}
            ):
                dimension, counts = each.type.dimension, each.type.counts
        _fits(called, dict(arguments), show(node))
        kind = called.gives
        if kind == "angle" and any(name == "turning" for name, _ in arguments):
            kind = "quantity"
        return Apply(Type(kind, dimension, counts), called, arguments, show(node), subject)

    def _bind(self, node: Call, called: Word) -> tuple[list[tuple[str, Node]], str | None]:
        """Arguments by name, and the parameter that is left out where exactly one required is."""
        names = [each.name for each in called.parameters]
        for name, _ in node.named:
            called.parameter(name)
        required = [each.name for each in called.parameters if each.required]
        given = {name for name, _ in node.named}
        short = len([name for name in required if name not in given]) - len(node.arguments)
        free = [name for name in names if name not in given]
        subject = None
        if short == 1:
            subject = next(name for name in required if name not in given)
            free.remove(subject)
        if short > 1 or len(node.arguments) > len(free):
            refuse(f"{called.name} takes other arguments", show(node), f"write {spelling(called)}")
        return [*zip(free, node.arguments), *node.named], subject

    def _argument(self, called: Word, wanted: Parameter, node: Node) -> Checked:
        if wanted.choices:
            return _choice(called, wanted, node)
        if "coordinates" in wanted.kinds:
            return Drawn(Type("coordinates"), coordinates(node))
        if isinstance(node, Listed):
            return self._entries(called, wanted, node)
        if "measure" in wanted.kinds:
            return self._measure(called, node)
        checked = self.node(node)
        if isinstance(checked, Apply) and checked.subject is not None:
            checked = self._where(checked) if "things" in wanted.kinds else self.value(node)
        kind = checked.type.kind
        if isinstance(checked, Literal) and "number" in wanted.kinds:
            return _numbered(checked, show(node))
        if kind not in wanted.kinds:
            what = f"{called.name}: {wanted.name!r} is a {_kinds(wanted)}, not a {kind}"
            refuse(what, show(node), _mend(wanted, kind, show(node)))
        dimension = checked.type.dimension
        if wanted.dimension is not None and dimension not in (None, wanted.dimension):
            wished, given = dimension_name(wanted.dimension), dimension_name(dimension)
            what = f"{called.name}: {wanted.name!r} is {wished}, not {given}"
            refuse(what, show(node), "give a quantity of that dimension")
        return checked

    def _entries(self, called: Word, wanted: Parameter, node: Listed) -> Entries:
        allowed: dict[Kind, tuple[Kind, ...]] = {
            "candidates": ("thing", "things", "view"),
            "places": ("thing", "view", "frame"),
            "quantities": ("quantity",),
            "cases": ("truth",),
        }
        kind = next((each for each in allowed if each in wanted.kinds), None)
        if kind is None or not node.entries:
            refuse(
                f"{called.name}: {wanted.name!r} is a {_kinds(wanted)}, not a list",
                show(node),
                spelling(called),
            )
        if node.names and kind not in NAMED:
            what = f"{called.name}: the entries of {wanted.name!r} have no names"
            refuse(what, show(node), "write [...]")
        entries = []
        for row, each in enumerate(node.entries):
            checked = self.value(each)
            if node.names and checked.type.kind == "view":
                refuse(f"{called.name}: a view is called by its id", show(each), "list it in [...]")
            if checked.type.kind not in allowed[kind]:
                what = f"{called.name}: an entry of {wanted.name!r} is a {' or '.join(allowed[kind])}"
                refuse(f"{what}, not a {checked.type.kind}", show(each), spelling(called))
            entries.append((node.names[row] if node.names else _called(each), checked))
        if called.name == "turns" and len(entries) < 2:
            refuse("a route has at least two stops", show(node), spelling(called))
        return Entries(Type(kind), tuple(entries))

    def _measure(self, called: Word, node: Node) -> Checked:
        checked = self.node(node)
        if not (isinstance(checked, Apply) and checked.subject is not None):
            refuse(
                f"{called.name}: 'by' is a function of its subject",
                show(node),
                "by=volume, or by=distance(to=...)",
            )
        if checked.type.kind not in ("quantity", "angle"):
            refuse(
                f"{called.name}: 'by' gives a quantity, not a {checked.type.kind}", show(node), "by=volume"
            )
        return checked

    def _where(self, checked: Apply) -> Where:
        """The things for which a truth holds, whose subject was left out."""
        assert checked.subject is not None
        whole = ((checked.subject, Variable(Type("thing"), "?")), *checked.arguments)
        return Where(THINGS, "?", None, Apply(TRUTH, checked.word, whole, checked.text), checked.text)

    def _truth(self, node: Node) -> Checked:
        checked = self.value(node)
        if checked.type.kind != "truth":
            refuse(f"a {checked.type.kind} is neither true nor false", show(node), "compare it: ... < 2")
        return checked

    def _minus(self, operand: Node) -> Checked:
        checked = self.value(operand)
        if isinstance(checked, Literal):
            value = checked.value
            return Literal(checked.type, Quantity(-value.bound, value.dimension, value.scaled))
        if checked.type.kind != "quantity":
            refuse(f"a {checked.type.kind} has no negative", show(operand), "negate a number")
        return Opposite(checked.type, checked)

    def _those(self, variable: str, members: Node, condition: Node) -> Where:
        if variable in words() or variable in UNITS:
            refuse(
                f"{variable!r} is a word of the language", variable, "choose another name for the variable"
            )
        held = self.value(members)
        if held.type.kind != "things":
            refuse(f"a {held.type.kind} is no set", show(members), 'write {t for t in all("chair") if ...}')
        inner = _Checker({**self.types, variable: Type("thing")})
        return Where(
            THINGS, variable, held, inner._truth(condition), show(Those(variable, members, condition))
        )


def _unit(node: Call) -> Literal:
    factor, dimension = UNITS[node.function]
    match node.arguments, node.named:
        case (Number(value),), ():
            pass
        case (Minus(Number(value)),), ():
            value = -value
        case _:
            refuse(f"{node.function} takes one number", show(node), f"write {node.function}(90)")
    return Literal(Type("quantity", dimension), number(value * factor, dimension))


def _fits(called: Word, given: dict[str, Checked], where: str) -> None:
    """Refuses a measure of one sort of subject for candidates of another."""
    by, things = given.get("by"), given.get("things")
    if not (isinstance(by, Apply) and by.subject is not None and things is not None):
        return
    kinds = by.word.parameter(by.subject).kinds
    entries = [each for _, each in things.entries] if isinstance(things, Entries) else [things]
    for each in entries:
        wanted = {"view"} if each.type.kind == "view" else {"thing", "things"}
        if not kinds & wanted:
            what = f"{called.name}: 'by' is a function of a {_kinds(by.word.parameter(by.subject))}"
            refuse(
                f"{what}, not of a {each.type.kind}", where, f"leave {by.word.name} another argument short"
            )


def _numbered(held: Literal, where: str) -> Quoted:
    """A whole number that is an id."""
    number = held.value.bound.low
    if held.type.dimension is not None or number != int(number):
        refuse(f"{where} is no id", where, "give a whole number, or a name in quotes")
    return Quoted(Type("text"), str(int(number)))


def _choice(called: Word, wanted: Parameter, node: Node) -> Quoted:
    if not isinstance(node, Text):
        refuse(
            f"{called.name}: {wanted.name!r} is a word in quotes",
            show(node),
            f'use "{wanted.choices[0]}"',
        )
    if node.value not in wanted.choices:
        raise UnknownName(wanted.name, node.value, wanted.choices, where=f"program, {called.name}")
    return Quoted(Type("text"), node.value)


def spelling(called: Word) -> str:
    """How a word is written, its optional arguments in square brackets.

    >>> spelling(word("distance"))
    'distance(place, to, [geometry])'
    """
    inside = [each.name if each.required else f"[{each.name}]" for each in called.parameters]
    return f"{called.name}({', '.join(inside)})"


def _called(node: Node) -> str:
    """What a person calls a candidate: the name in it, where it is just that."""
    match node:
        case Call(function="the" | "all", arguments=(Text(value),)):
            return value
        case _:
            return show(node)


def _kinds(wanted: Parameter) -> str:
    return " or ".join(sorted(wanted.kinds)) or "word"


def _mend(wanted: Parameter, kind: Kind, text: str) -> str:
    if kind == "text":
        return f"name a thing: the({text})"
    if wanted.kinds == {"frame"}:
        return 'say from where: standing(at=the("..."), facing=the("...")), of(the("...")), world(), ...'
    if kind == "things" and "thing" in wanted.kinds:
        return 'name one thing: the("..."), or choose one: nearest(..., to=...)'
    if kind == "thing" and "things" in wanted.kinds:
        return 'name a set: all("...")'
    return f"give a {_kinds(wanted)}"
