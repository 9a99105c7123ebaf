"""When a thing is first seen."""

from __future__ import annotations

import math

from allocentric.intervals import Interval
from allocentric.oracle.contact import either
from allocentric.oracle.unseen import none_of
from allocentric.oracle.visibility import visible_in
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    EITHER,
    NEVER,
    NUMBER,
    SURELY,
    TIME,
    Body,
    Margin,
    Quantity,
    Things,
    Truth,
    Unknown,
    narrowest,
)


def first_seen(scene: Scene, things: Body | Things) -> Quantity | Unknown:
    """When a thing, or the first of a set, is first visible: the time of that view, in seconds.

    Where not every view has a time, the number of the view, in their order: the first is 1.
    """
    views, timed = in_order(scene)
    if isinstance(things, Things) and not things.members.possible:
        return none_of(things)
    earliest, doubt, margins = math.inf, None, list[Margin | None]()
    for number, view in enumerate(views, 1):
        when = float(number) if view.time_s is None or not timed else view.time_s
        seen = _seen(scene, things, view)
        if seen.possible != NEVER:
            earliest, doubt = min(earliest, when), doubt or seen.doubt
        if seen.possible != EITHER:
            margins.append(seen.margin)
        if seen.possible == SURELY:
            exact = earliest == when
            told = narrowest(margins) if exact else None
            bound = Interval(earliest, when)
            return Quantity(
                bound,
                TIME if timed else NUMBER,
                margin=told,
                doubt=None if exact else doubt,
                counts=not timed,
            )
    if doubt is not None:
        return doubt
    return Unknown("never_seen", f"no view shows {_says(scene, things)}", "ask of more views")


def in_order(scene: Scene) -> tuple[tuple[View, ...], bool]:
    """The views, by time where every one has a time (then True), else in their order."""
    times = [view.time_s for view in scene.views]
    if times and all(each is not None for each in times):
        return tuple(sorted(scene.views, key=lambda view: view.time_s or 0.0)), True
    return scene.views, False


def _seen(scene: Scene, things: Body | Things, view: View) -> Truth:
    """Whether a view shows the thing, or any of the set."""
    if isinstance(things, Body):
        return _told(visible_in(scene, things, view))
    parts = list[Truth]()
    for row in things.members.possible:
        each = _told(visible_in(scene, Body(row), view))
        if row not in things.members.sure and each.possible != NEVER:
            each = Truth(EITHER, doubt=things.doubt)
        parts.append(each)
    if things.members.open:
        parts.append(Truth(EITHER, doubt=things.doubt))
    return either(parts)


def _told(seen: Truth | Unknown) -> Truth:
    return Truth(EITHER, doubt=seen) if isinstance(seen, Unknown) else seen


def _says(scene: Scene, things: Body | Things) -> str:
    return repr(scene.names[things.row]) if isinstance(things, Body) else f"any {things.says}"
