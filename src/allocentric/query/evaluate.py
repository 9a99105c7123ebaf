"""Running a checked program on a scene: bounds in, a bound out, with the facts it hangs on.

An argument that may be one of several things is tried with each of them, and what comes out is
brought together; an argument that is unknown makes the result unknown, but in `and` and `or`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from allocentric.errors import BadInput
from allocentric.intervals import Arc, Members
from allocentric.oracle import cases, contact, globe, names, shapes, times
from allocentric.oracle.places import Frame, Spot
from allocentric.oracle.unseen import with_another
from allocentric.query.checked import (
    Apply,
    Checked,
    CheckedProgram,
    Combine,
    Drawn,
    Entries,
    Every,
    Literal,
    Opposite,
    Quoted,
    Variable,
    Where,
)
from allocentric.query.combine import as_quantity, combine, opposite
from allocentric.query.evidence import Cell, cells_read, rows_of, views_of
from allocentric.query.join import joined
from allocentric.scene.placement import center_of, placement
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    EITHER,
    NEVER,
    SURELY,
    Angle,
    Body,
    Bound,
    Choice,
    Pick,
    Quantity,
    Things,
    Truth,
    Unknown,
    narrowest,
    weighed,
)

__all__ = ["Cell", "Run", "Step", "Value", "call", "evaluate", "value"]

Value = Bound | Body | Frame | View | cases.Case | str | tuple[Any, ...] | Callable[..., Any]
MOST_READINGS: Final = 256
"""How many combinations of things that may be meant are tried."""


@dataclass(frozen=True, slots=True)
class Step:
    """One word that was applied, to what, and what it gave."""

    word: str
    text: str
    arguments: dict[str, Value]
    gave: Value


@dataclass(eq=False, slots=True)
class Run:
    """One evaluation: the scene, the variables, and (with proof) what was read and done."""

    scene: Scene
    proof: bool = False
    variables: dict[str, Value] = field(default_factory=dict)
    cells: dict[Cell, None] = field(default_factory=dict)  # in order, each once
    steps: list[Step] = field(default_factory=list)
    views: dict[str, View] = field(default_factory=dict)  # whose pictures were looked at


def evaluate(program: CheckedProgram, scene: Scene, *, proof: bool = False) -> tuple[Bound, Run]:
    """What a program's answer may be in a scene, and the run that found it.

    Raises UnknownName for a name that the scene lacks and that is no known word.
    """
    run = Run(scene, proof)
    contradiction = placement(scene).contradiction if scene.differences else None
    if contradiction is not None:
        detail = f"what is stated of {contradiction} cannot all be true"
        return Unknown("contradiction", detail, f"correct one of the statements about {contradiction}"), run
    for name, node in program.assigned:
        run.variables[name] = value(run, node)
    answer = value(run, program.answer)
    if isinstance(answer, Body):
        answer = Pick((Choice(run.scene.names[answer.row], (answer.row,)),))
    if isinstance(answer, str | tuple | Frame | View | cases.Case) or callable(answer):
        what = "a frame, a view or a word is no answer"
        raise BadInput(
            what, where=f"program, {program.text}", mend="ask for a direction, a distance, a thing, ..."
        )
    if run.scene is not scene and isinstance(answer, Pick):  # of things then, the things themselves
        based, drawn = times.own_rows(run.scene), shapes.drawn_rows(run.scene)
        choices = [
            Choice(each.says, tuple(based.get(row, row) for row in each.rows if row not in drawn))
            for each in answer.choices
        ]
        answer = replace(answer, choices=tuple(choices))
    return answer, run


def value(run: Run, node: Checked) -> Value:
    """What one node gives."""
    match node:
        case Apply():
            return _measure(run, node) if node.subject is not None else _apply(run, node)
        case Literal():
            return node.value
        case Quoted() | Drawn():
            return node.value
        case Variable():
            return run.variables[node.id]
        case Entries():
            return tuple(_entry(run, node.type.kind, says, node=each) for says, each in node.entries)
        case Combine(operator="&"):
            return _common(run, node)
        case Combine():
            return combine(run.scene, node, value(run, node.left), right=value(run, node.right))
        case Opposite():
            return opposite(value(run, node.operand))
        case Every():
            return _every(run, node)
        case Where(members=members):
            return _where(run, node, names.all(run.scene) if members is None else value(run, members))


def _apply(run: Run, node: Apply) -> Value:
    given = {name: value(run, each) for name, each in node.arguments}
    if node.word.call is times.at:
        run.scene = _with_moments(run.scene, given)
    if node.word.call is shapes.shape and isinstance(given["frame"], Frame):
        run.scene = shapes.with_shape(run.scene, **given)  # type: ignore[arg-type]
    result = _single(call(run, node, given))
    if run.proof:
        told = {name: _as_told(run.scene, each) for name, each in given.items()}
        run.steps.append(Step(node.word.name, node.text, told, _as_told(run.scene, result)))
    return result


def _with_moments(scene: Scene, given: dict[str, Value]) -> Scene:
    """The scene with a row more for each thing that is asked for at another time."""
    time = given["time"]
    if not isinstance(time, Quantity):
        return scene
    for row in rows_of(given["thing"]):
        time_s = times.moment_of(scene, row, time)
        if not isinstance(time_s, Unknown):
            scene = times.with_moment(scene, row, time_s)
    return scene


def _as_told(scene: Scene, held: Value) -> Value:
    """A value for a reader of the scene as it was given: a thing then is the place where it was."""
    match held:
        case Body(row) if row in times.own_rows(scene) or row in shapes.drawn_rows(scene):
            at = Spot(*center_of(scene, row))
            return Frame(at, Arc(0.0), says=scene.names[row])
        case Frame(anchor=Body(row)) if row in times.own_rows(scene) or row in shapes.drawn_rows(scene):
            return replace(held, anchor=Spot(*center_of(scene, row)))
        case tuple() if held and not isinstance(held[0], tuple):  # coordinates are as they were
            return tuple(_as_told(scene, each) for each in held)
        case _:
            return held


def call(run: Run, node: Apply, given: dict[str, Value]) -> Any:
    """A word applied to its arguments: strictly, and to each thing that may be meant."""
    if run.scene.space == "globe" and node.word.name not in globe.TOLD:
        return globe.flat_only(node.word.name)
    several, weighty = list[str](), list[Any]()
    for name, each in given.items():
        kind = type(each)
        if kind is Body or kind is str:
            continue
        if kind is Unknown:
            return each
        if kind is tuple:
            entries = cast(tuple[Any, ...], each)
            for entry in entries:
                if type(entry) is Unknown:
                    return entry
                if type(entry) is Pick and name not in several:
                    several.append(name)
            weighty += [entry for entry in entries if _weighs(entry)]
            continue
        if kind is Pick:
            several.append(name)
        if _weighs(each):
            weighty.append(each)
    result: Any = (
        _each_reading(run, node, given, several=several) if several else node.word.call(run.scene, **given)
    )
    if run.proof:
        run.cells.update(cells_read(run.scene, node, given))
        run.views.update({each.id: each for each in views_of(node.word.name, given)})
    if weighty and not isinstance(result, View):
        return weighed(result, [each.margin for each in weighty], [each.doubt for each in weighty])
    return result


def _weighs(value: Any) -> bool:
    """True for a value that brings a margin or a doubt of its own."""
    return getattr(value, "margin", None) is not None or getattr(value, "doubt", None) is not None


def _each_reading(run: Run, node: Apply, given: dict[str, Value], *, several: list[str]) -> Value:
    """The word applied to each combination of the things that may be meant, brought together."""
    options = [_options(given[name]) for name in several]
    if math.prod(len(each) for each in options) > MOST_READINGS:
        what = f"more than {MOST_READINGS} combinations of things may be meant in {node.text}"
        return Unknown("ambiguous", what, "name the things more closely")
    picks = [each for name in several for each in _flat(given[name]) if isinstance(each, Pick)]
    open_pick = next((each for each in picks if each.open), None)
    if open_pick is not None:
        return open_pick.doubt or Unknown("not_complete", "another thing may be meant", "list all things")
    if any(not choice.rows for pick in picks for choice in pick.choices):
        return Unknown(
            "never_seen", f"there may be no such thing in {node.text}", "name things that are here"
        )
    results: list[Any] = [
        node.word.call(run.scene, **{**given, **dict(zip(several, chosen, strict=True))})
        for chosen in itertools.product(*options)
    ]
    together: Value = joined(run.scene, results)
    return together


def _flat(value: Value) -> tuple[Any, ...]:
    """The entries of a list, or the value itself."""
    return value if isinstance(value, tuple) else (value,)


def _options(value: Value) -> list[Any]:
    """Every definite value that a choice may stand for."""
    if isinstance(value, Pick):
        return [Body(row) for row in value.rows]
    entries = [_options(each) if isinstance(each, Pick) else [each] for each in cast(tuple[Any, ...], value)]
    return [tuple(each) for each in itertools.product(*entries)]


def _measure(run: Run, node: Apply) -> Callable[..., Any]:
    """The function of its subject that a word with a missing argument is."""
    assert node.subject is not None
    subject, given = node.subject, {name: value(run, each) for name, each in node.arguments}
    wanted = node.word.parameter(subject).kinds

    def measure(of: Body | Things | View) -> Any:
        held: Body | Things | View | Unknown = of
        if isinstance(of, Things) and "things" not in wanted:
            held = _only(run.scene, of)
        elif isinstance(of, Body) and "thing" not in wanted:
            held = Things(Members.of([of.row]), run.scene.names[of.row])
        result = call(run, node, {subject: held, **given})
        if isinstance(result, Angle):
            return as_quantity(result)
        return result

    return measure


def _only(scene: Scene, things: Things) -> Body | Unknown:
    """The one member of a set."""
    if things.members.exact and len(things.members.sure) == 1:
        return Body(things.members.sure[0])
    if not things.members.possible:
        return Unknown("never_seen", f"there is no {things.says} here", "name things that are here")
    if things.members.open and len(things.members.possible) == 1:
        return things.doubt or Unknown("not_complete", f"there may be more {things.says}", "list all of them")
    names = ", ".join(scene.names[row] for row in things.members.possible[:6])
    return Unknown("ambiguous", f"several things are called {things.says!r}: {names}", "name one of them")


def _entry(run: Run, kind: str, says: str, *, node: Checked) -> Value:
    """An entry of a list: a candidate as the set of what may be meant, a case with its name."""
    held = value(run, node)
    if kind == "cases" and isinstance(held, Truth):
        return cases.Case(says, held)
    if kind != "candidates" or isinstance(held, Unknown):
        return held
    if isinstance(held, View):
        return held
    if isinstance(held, Things):
        return Things(held.members, says, held.margin, held.doubt)
    if isinstance(held, Body):
        return Things(Members.of([held.row]), says)
    pick = cast(Pick, held)
    sure = pick.rows if len(pick.rows) == 1 and not pick.open else ()
    return Things(Members(sure, pick.rows, pick.open), says, pick.margin, pick.doubt)


def _single(held: Value) -> Value:
    """A choice of one thing, as that thing."""
    if isinstance(held, Pick) and len(held.rows) == 1 and not held.open and held.margin is None:
        return Body(held.rows[0])
    return held


def _every(run: Run, node: Every) -> Value:
    """`and`, `or`: one part that decides is enough, whatever is unknown of the others."""
    decides = NEVER if node.word == "and" else SURELY
    before, parts = dict(run.cells), list[tuple[Truth, dict[Cell, None]]]()
    for each in node.operands:
        run.cells = {}
        held = value(run, each)
        truth = held if isinstance(held, Truth) else Truth(EITHER, doubt=cast(Unknown, held))
        parts.append((truth, run.cells))
    result = (contact.both if node.word == "and" else contact.either)(truth for truth, _ in parts)
    deciding = [each for each in parts if each[0].possible == decides]
    if deciding:  # the clearest of them carries the answer alone
        deciding = [max(deciding, key=lambda each: each[0].margin.clear if each[0].margin else math.inf)]
    run.cells = before
    for _, cells in deciding or parts:
        run.cells.update(cells)
    return result


def _common(run: Run, node: Combine) -> Value:
    """What two sets share: a condition that stands for a set is asked of the members of the other alone."""
    left, right = node.left, node.right
    if _of_all(left) and not _of_all(right):
        left, right = right, left
    return _fitting(run, node, value(run, left), right=right)


def _fitting(run: Run, node: Combine, held: Value, *, right: Checked) -> Value:
    """The members of a set that are in another: of those that fit one condition or another, asked alone."""
    if isinstance(right, Combine) and right.operator == "|" and _some_of_all(right):
        parts = [_fitting(run, node, held, right=each) for each in (right.left, right.right)]
        return combine(run.scene, right, parts[0], right=parts[1])
    if not _of_all(right):
        return combine(run.scene, node, held, right=value(run, right))
    return _where(run, cast(Where, right), combine(run.scene, node, held, right=names.all(run.scene)))


def _of_all(node: Checked) -> bool:
    return isinstance(node, Where) and node.members is None


def _some_of_all(node: Checked) -> bool:
    if isinstance(node, Combine) and node.operator == "|":
        return _some_of_all(node.left) or _some_of_all(node.right)
    return _of_all(node)


def _where(run: Run, node: Where, held: Value) -> Value:
    """The members of a set for which the condition surely, and possibly, holds."""
    if isinstance(held, Unknown):
        return held
    if run.proof:
        run.cells[Cell(None, "complete")] = None
    things, told = cast(Things, held), len(run.steps)
    shadowed = run.variables.get(node.variable)
    sure, possible, margins, doubt = list[int](), list[int](), [things.margin], things.doubt
    for row in things.members.possible:
        run.variables[node.variable] = Body(row)
        truth = value(run, node.condition)
        if isinstance(truth, Unknown):
            truth = Truth(EITHER, doubt=truth)
        truth = cast(Truth, truth)
        margins.append(truth.margin)
        if truth.possible != NEVER:
            possible.append(row)
            doubt = doubt or truth.doubt
        if truth.possible == SURELY and row in things.members.sure:
            sure.append(row)
    if shadowed is not None:
        run.variables[node.variable] = shadowed
    members = Members(tuple(sure), tuple(possible), things.members.open and _more_may_fit(run, node))
    found = Things(members, things.says, narrowest(margins), None if members.exact else doubt)
    if run.proof:
        run.steps[told:] = [Step("those", node.text, {}, found)]  # of the set, not of each member
    return found


def _more_may_fit(run: Run, node: Where) -> bool:
    """Whether the condition may hold of a thing that is not listed: not where all things are listed."""
    scene = with_another(run.scene)
    if scene is None:
        return True
    variables = {**run.variables, node.variable: Body(len(run.scene))}
    truth = value(Run(scene, variables=variables), node.condition)
    return not isinstance(truth, Truth) or truth.possible != NEVER
