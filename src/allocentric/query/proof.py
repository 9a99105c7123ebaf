"""Questions about a question: what its answer hangs on, what would settle it, how it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from allocentric.intervals import Interval
from allocentric.oracle.known import known_from, whole_of
from allocentric.oracle.known_looks import look
from allocentric.oracle.next_view import next_views, other_views
from allocentric.oracle.unseen import withheld_rows
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import Cell, Step, evaluate
from allocentric.query.finish import fact, in_base_units, settled
from allocentric.query.reasons import why
from allocentric.query.saying import say_value
from allocentric.scene.derive import Property, forget, knowing_only, learn
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Angle, Bound, Fact, Path, Quantity, Unknown

ROUNDING = 1e-9
"""What a number may differ by and be the same: it may be found on another way."""

MOST_TRIED = 64
"""How many facts are tried one by one; a program that reads more keeps the rest as needed."""

MOST_VIEWS_TRIED = 12
"""How many views are tried one by one."""


def needed_facts(program: CheckedProgram, scene: Scene) -> tuple[Fact, ...]:
    """A least set of facts that is enough for the answer: no single one of them can be dropped.

    Facts that were not read are unknown from the start; the others are widened to unknown one by
    one, and stay so where the answer stands. Widening is monotone, so one pass is enough.
    """
    answer, run = evaluate(program, scene, proof=True)
    if settled(scene, answer) is None:
        return ()
    needed, answer = list(run.cells), in_base_units(scene, answer)
    scene = knowing_only(scene, [(cell.row, _property(cell)) for cell in needed])
    for cell in list(reversed(run.cells))[:MOST_TRIED]:
        without = forget(scene, cell.row, _property(cell))
        if _same(in_base_units(without, evaluate(program, without)[0]), answer, scene):
            scene = without
            needed.remove(cell)
    return tuple(fact(scene, cell) for cell in needed)


def settling_facts(program: CheckedProgram, scene: Scene) -> tuple[Cell, ...]:
    """The facts any one of which, if it were known, would make an undetermined answer determined."""
    answer, run = evaluate(program, scene, proof=True)
    if settled(scene, answer) is not None:
        return ()
    settling = []
    for cell in [
        *list(run.cells)[:MOST_TRIED],
        *(Cell(None, each) for each in ("complete", "north", "scale")),
    ]:
        if cell in settling or not _is_doubtful(scene, cell):
            continue
        if settled(scene, evaluate(program, learn(scene, cell.row, _property(cell)))[0]) is not None:
            settling.append(cell)
    return tuple(settling)


def settling_views(
    program: CheckedProgram, scene: Scene, candidates: Iterable[View | str] | None = None
) -> tuple[str, ...]:
    """The views any one of which, if one looked from there too, would settle an undetermined answer.

    `scene` is known from views. `candidates` are views, or ids of its views; without them all that were not
    looked at. Those that show what the program asks for are tried first, `MOST_VIEWS_TRIED` in all.
    """
    return tuple(_settling_views(program, scene, candidates))


def way_out(program: CheckedProgram, scene: Scene) -> str | None:
    """What would settle an undetermined answer, in words, found by trying: one more view, or one fact.

    Where no single view would, the one that shows the most of what was not seen.
    """
    if scene.knowledge is not None:
        found = next(_settling_views(program, scene, None), None)
        if found is not None:
            return f"look from view {found!r} too"
        others = next_views(scene, other_views(scene)[:MOST_VIEWS_TRIED])
        if others and (others[0].space or others[0].things):
            return f"look around further, first from view {others[0].view.id!r}"
    cells = settling_facts(program, scene)
    return remedy(scene, cells) if cells else None


def _settling_views(
    program: CheckedProgram, scene: Scene, candidates: Iterable[View | str] | None
) -> Iterator[str]:
    answer, run = evaluate(program, scene, proof=True)
    if scene.knowledge is None or settled(scene, answer) is not None:
        return
    whole, unseen = whole_of(scene), withheld_rows(scene)
    wanted = sorted({cell.row for cell in run.cells if cell.row in unseen and cell.row is not None})
    views = other_views(scene, candidates)
    shows = {each.id: int(look(whole, each).seen[wanted].sum()) for each in views} if wanted else {}
    for view in sorted(views, key=lambda each: -shows.get(each.id, 0))[:MOST_VIEWS_TRIED]:
        more = known_from(scene, [view], scene.knowledge.sensing)
        if settled(more, evaluate(program, more)[0]) is not None:
            yield view.id


def remedy(scene: Scene, cells: Sequence[Cell]) -> str:
    """What to find out, in words: any one of these facts."""
    said = []
    for cell in cells[:4]:
        match cell.row, cell.property:
            case None, "complete":
                said.append("say that the list of things is complete")
            case None, shared:
                said.append(f"state the {shared}")
            case int() as row, property:
                said.append(f"measure the {property} of {scene.names[row]!r}")
    return " or ".join(said)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How an answer was found: each word applied, and what it gave, from the inside out."""

    steps: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return "\n".join(f"{text}  ->  {gave}" for text, gave in self.steps)


def explain(scene: Scene, steps: Sequence[Step]) -> Explanation:
    """The steps of a run, each once, without the plain names."""
    told = dict[str, str]()
    for step in steps:
        if step.word not in ("the", "view", "world"):
            reason = why(scene, step)
            told[step.text] = say_value(scene, step.gave) + (f", because {reason}" if reason else "")
    return Explanation(tuple(told.items()))


def _same(bound: Bound, answer: Bound, scene: Scene) -> bool:
    """True where a number is as tight as before, and all else the same."""
    match bound, answer:
        case Unknown(), _:
            return False
        case Quantity(), Quantity():
            return _as_tight(bound.bound, answer.bound)
        case Path(), Path():
            return _as_tight(bound.length, answer.length)
        case Angle(), Angle():
            return bound.arc.within(answer.arc, ROUNDING)
        case _:
            value = settled(scene, bound)
            return value is not None and value == settled(scene, answer)


def _as_tight(bound: Interval, answer: Interval) -> bool:
    return bound.within(answer, ROUNDING * max(1.0, abs(answer.middle)))


def _is_doubtful(scene: Scene, cell: Cell) -> bool:
    """True where the fact is not known exactly."""
    known = learn(scene, cell.row, _property(cell))
    arrays = ("center_slacks", "size_slacks", "yaw_slacks_rad", "fronts")
    told = any(
        not np.array_equal(getattr(known, each), getattr(scene, each), equal_nan=True) for each in arrays
    )
    return told or any(
        getattr(known, each) != getattr(scene, each) for each in ("north", "scale", "complete")
    )


def _property(cell: Cell) -> Property:
    return cell.property  # type: ignore[return-value]
