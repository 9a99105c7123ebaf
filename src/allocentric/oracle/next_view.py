"""Where to look next: what one more view would show of what was not seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from allocentric.errors import BadInput
from allocentric.oracle.known import accounted_for, known_from, whole_of, whole_view
from allocentric.oracle.known_looks import look
from allocentric.oracle.known_space import seen_from, space_of
from allocentric.scene.scene import Scene, View


@dataclass(frozen=True, eq=False, slots=True)
class NextView:
    """What one more view would show: how much space that was not seen, and which things, by name.

    `space` is in cubic scene units; it is 0 where the sense knows no depth.
    """

    view: View
    space: float
    things: tuple[str, ...]


def best_next_view(scene: Scene, candidates: Iterable[View | str] | None = None) -> NextView:
    """The view that would show the most: of space not seen, then of things not known; of equals the first.

    `scene` is what is known from some views; a scene as it is counts as not looked at. `candidates` are
    views, or ids of the scene's views; without them all the scene's views that were not looked at. Raises
    BadInput where there is none.
    """
    ranked = next_views(scene, candidates)
    if not ranked:
        mend = "give views to choose from (`candidates`)"
        raise BadInput("there is no other view to look from", where=f"scene {scene.id!r}", mend=mend)
    return ranked[0]


def next_views(scene: Scene, candidates: Iterable[View | str] | None = None) -> tuple[NextView, ...]:
    """What each of these views would show, the best one first; see `best_next_view`."""
    known = scene if scene.knowledge is not None else known_from(scene, [])
    whole, missing = whole_of(known), ~accounted_for(known)
    found = [_shown(known, whole, each, missing=missing) for each in other_views(known, candidates)]
    return tuple(sorted(found, key=lambda each: (-each.space, -len(each.things))))


def other_views(scene: Scene, candidates: Iterable[View | str] | None = None) -> tuple[View, ...]:
    """The candidates, or all views with a camera, that were not looked at yet."""
    whole = whole_of(scene)
    looked_from = set() if scene.knowledge is None else set(scene.knowledge.views)
    if candidates is None:
        named = tuple(each for each in whole.views if each.camera is not None)
    else:
        named = tuple(whole_view(whole, each) for each in candidates)
    return tuple(each for each in named if each.id not in looked_from)


def _shown(known: Scene, whole: Scene, view: View, *, missing: np.ndarray) -> NextView:
    assert known.knowledge is not None
    seen, placed = look(whole, view), known.knowledge.sensing == "placed"
    rows = [each.row for each in known.knowledge.withheld if seen.seen[each.row]]
    things = tuple(known.names[row] for row in rows if not placed or seen.knows(row))
    space = 0.0
    if known.knowledge.sensing != "picture":
        space = float((seen_from(whole, view) & missing).sum()) * space_of(whole).volume
    return NextView(view, space, things)
