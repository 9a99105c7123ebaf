"""The proof as a picture: a plan from above with what the answer hangs on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from allocentric.geometry.sectors import RINGS
from allocentric.intervals import TURN, Interval
from allocentric.oracle.gaps import closest
from allocentric.oracle.globe import gap
from allocentric.oracle.numbers import metric
from allocentric.oracle.places import Frame, anchor_of, exact_offset, point_of
from allocentric.query.evaluate import Step
from allocentric.query.finish import said
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    LENGTH,
    Body,
    Label,
    Path,
    Pick,
    Quantity,
    Things,
)
from allocentric.views.marks import Mark, Observer, Polyline, Segment, Wedge
from allocentric.views.plan import Plan, draw_plan

MOST_SEGMENTS = 6
"""How many gaps one picture shows: more cannot be read."""


def picture_of(scene: Scene, question: str, text: str, *, steps: Sequence[Step]) -> Plan:
    """The plan with the observer, the gaps, the sectors and the routes of a run."""
    marks, rows = list[Mark](), dict[int, None]()
    for step in steps:
        marks += _marks(scene, step)
        for given in (*step.arguments.values(), step.gave):
            rows.update(dict.fromkeys(_rows(given)))
    marks = _once(marks)
    return draw_plan(
        scene, marks=marks, title=question.partition("\n")[0], caption=text, highlight=list(rows)
    )


def _marks(scene: Scene, step: Step) -> list[Mark]:
    given = step.arguments
    match step.word:
        case "distance":
            return _gap(scene, given["place"], given["to"], gave=step.gave)
        case "nearest" | "farthest":
            return _candidates(scene, given["things"], given["to"])
        case "standing":
            return _observer(scene, step.gave)
        case "direction":
            return _sectors(
                scene, given["place"], given["frame"], sectors=str(given["sectors"]), gave=step.gave
            )
        case "bearing" | "off_axis" | "relation" | "offset":
            place, frame = given["place"], given["frame"]
            return [*_observer(scene, frame), *_sight(scene, frame, place)]
        case "walk":
            return _route(scene, step.gave)
        case "turns":
            stops = [each for each in _tuple(given["stops"]) if _definite(each)]
            return [Polyline([point_of(scene, anchor_of(each))[:2] for each in stops])] if stops else []
        case "between" | "facing":
            others = [given[name] for name in ("place", "first", "second") if name in given]
            return [mark for other in others for mark in _line(scene, given["thing"], other)]
        case _:
            return []


def _gap(scene: Scene, place: Any, to: Any, *, gave: Any) -> list[Mark]:
    if not isinstance(gave, Quantity) or not _definite(place, to):
        return []
    if not metric(scene, gave).bound.finite:
        return []
    start, end = closest(scene, anchor_of(place), anchor_of(to))
    return [Segment(start, end, said(metric(scene, gave)))]


def _candidates(scene: Scene, things: Any, to: Any) -> list[Mark]:
    """The gap from each candidate's nearest member."""
    if not _definite(to):
        return []
    entries = [things] if isinstance(things, Things) else list(things)
    split = isinstance(things, Things)
    groups = (
        [[row] for row in things.members.possible] if split else [list(e.members.possible) for e in entries]
    )
    marks = list[Mark]()
    for rows in groups[:MOST_SEGMENTS]:
        ends = [(*closest(scene, anchor_of(to), Body(row)), row) for row in rows]
        if ends:
            gaps = [_apart(scene, to, row, ends=(start, end)) for start, end, row in ends]
            start, end, _ = ends[gaps.index(min(gaps))]
            bound = Quantity(Interval.of(min(gaps)), LENGTH, 0 if scene.metric else 1)
            marks.append(Segment(start, end, said(metric(scene, bound)) if scene.metric else ""))
    return marks


def _apart(scene: Scene, to: Any, row: int, *, ends: tuple[Any, Any]) -> float:
    """How long a gap is that is drawn: on a globe along it."""
    if scene.space == "globe":
        return gap(scene, anchor_of(to), Body(row), centres=False).middle
    return math.dist(*ends)


def _observer(scene: Scene, frame: Any) -> list[Mark]:
    if not isinstance(frame, Frame):
        return []
    return [Observer(point_of(scene, frame.anchor)[:2], frame.heading.middle_rad, "")]


def _sight(scene: Scene, frame: Any, place: Any) -> list[Mark]:
    if not (isinstance(frame, Frame) and _definite(place)):
        return []
    return [Segment(point_of(scene, frame.anchor)[:2], point_of(scene, anchor_of(place))[:2], "")]


def _line(scene: Scene, first: Any, second: Any) -> list[Mark]:
    if not _definite(first, second):
        return []
    return [Segment(point_of(scene, anchor_of(first))[:2], point_of(scene, anchor_of(second))[:2], "")]


def _sectors(scene: Scene, place: Any, frame: Any, *, sectors: str, gave: Any) -> list[Mark]:
    """All sectors around the observer, the answer's strong, and the line to the target."""
    if not (isinstance(frame, Frame) and _definite(place) and sectors in RINGS):
        return [*_observer(scene, frame), *_sight(scene, frame, place)]
    ring, origin = RINGS[sectors], point_of(scene, frame.anchor)[:2]
    apart = exact_offset(scene, frame.anchor, anchor_of(place))
    radius = 1.15 * math.hypot(apart[0], apart[1])
    chosen = gave.possible if isinstance(gave, Label) else ()
    marks = list[Mark]()
    for number, label in enumerate(ring.labels):
        start = ring.borders_rad[number]
        end = ring.borders_rad[(number + 1) % len(ring.labels)]
        end += TURN if end <= start else 0.0
        heading = frame.heading.middle_rad
        marks.append(Wedge(origin, heading + start, heading + end, radius, label, chosen=label in chosen))
    return [*marks, *_observer(scene, frame), *_sight(scene, frame, place)]


def _route(scene: Scene, gave: Any) -> list[Mark]:
    if not isinstance(gave, Path) or len(gave.points) < 2:
        return []
    return [
        Polyline(gave.points, said(metric(scene, Quantity(gave.length, LENGTH, 0 if scene.metric else 1))))
    ]


def _tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _definite(*places: Any) -> bool:
    return all(isinstance(each, Body | View | Frame) for each in places)


def _rows(value: Any) -> tuple[int, ...]:
    match value:
        case Body(row):
            return (row,)
        case Pick():
            return value.rows
        case Things():
            return value.members.possible if len(value.members.possible) <= 12 else ()
        case tuple():
            return tuple(row for each in value for row in _rows(each))
        case Frame(anchor=Body(row)):
            return (row,)
        case _:
            return ()


def _once(marks: Sequence[Mark]) -> list[Mark]:
    return list({repr(mark): mark for mark in marks}.values())
