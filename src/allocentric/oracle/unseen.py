"""What is known of what was not seen: where all space was looked at, it is not.

Over `complete.region` every thing is listed and known; so a thing that is withheld, and one that is not
listed at all, has no part there.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from allocentric.oracle.places import Anchor, is_exact
from allocentric.oracle.solids import footprint
from allocentric.scene.placement import lean
from allocentric.scene.scene import Knowledge, Scene, Withheld, derived
from allocentric.scene.truth import Body, Things, Unknown

ANOTHER: Final = "something that is not listed"


def none_of(things: Things | None) -> Unknown:
    """Why nothing is said of a set without members: there are none, or none is known where some may be."""
    says = "candidate" if things is None else things.says or "such thing"
    if things is not None and things.members.open:
        return Unknown("never_seen", f"no {says} is known, and there may be some", "look around further")
    return Unknown("never_seen", f"there is no {says} here", "name things that are here")


def withheld_rows(scene: Scene) -> frozenset[int]:
    """The things of which nothing is known but their names; they are members of no set."""

    def made() -> frozenset[int]:
        return frozenset(() if scene.knowledge is None else (each.row for each in scene.knowledge.withheld))

    return scene.cached("withheld", made)


def withheld(scene: Scene, anchor: Anchor) -> bool:
    """True for a thing of which nothing is known but that it is not where all was looked at."""
    return isinstance(anchor, Body) and anchor.row in withheld_rows(scene)


def elsewhere(scene: Scene, first: Anchor, second: Anchor) -> bool:
    """True where one was not seen, and nothing that was not seen is over the floor under the other."""
    return _room_around(scene, first, second) is not None


def least_gap(scene: Scene, first: Anchor, second: Anchor) -> float:
    """How far apart two are at least, seen from above: one not seen, the other amid what was looked at."""
    return _room_around(scene, first, second) or 0.0


def with_another(scene: Scene) -> Scene | None:
    """The scene with one more thing, its last: any that is not listed; None where that may be anywhere.

    All that is known of it is that it has no part over the region of which the list is complete.
    """
    if scene.complete is None or scene.complete.labels is not None or scene.complete.region is None:
        return None
    return scene.cached("with another", lambda: _with_another(scene))


def _room_around(scene: Scene, first: Anchor, second: Anchor) -> float | None:
    """How far the footprint of the one that was seen is from the border of what was looked at, if within."""
    if scene.complete is None or scene.complete.region is None or lean(scene):
        return None
    unseen = [withheld(scene, each) for each in (first, second)]
    if unseen[0] == unseen[1]:
        return None
    other = second if unseen[0] else first
    if not is_exact(scene, other):
        return None
    region, here = scene.complete.region, footprint(scene, other)
    if not shapely.covers(region, here):
        return None
    return float(here.distance(region.boundary))


def _with_another(scene: Scene) -> Scene:
    row = len(scene)

    def longer(name: str, last: object) -> np.ndarray:
        rows: np.ndarray = np.concatenate([getattr(scene, name), np.array(last, dtype=float)[None]])
        return rows

    known = scene.knowledge or Knowledge((), "placed")
    unlisted = Withheld(row, "never_seen", "something that is not listed may be meant")
    name = ANOTHER
    while name in scene.names:
        name += " yet"
    return derived(
        scene,
        "with one thing more",
        names=(*scene.names, name),
        labels=(*scene.labels, name),
        kinds=(*scene.kinds, "object"),
        shapes=(*scene.shapes, None),
        centers=longer("centers", np.zeros(3)),
        sizes=longer("sizes", np.zeros(3)),
        rotations=longer("rotations", np.eye(3)),
        fronts=longer("fronts", np.full(3, np.nan)),
        center_slacks=longer("center_slacks", np.full(3, np.inf)),
        slack_axes=longer("slack_axes", np.eye(3)),
        size_slacks=longer("size_slacks", np.full(3, np.inf)),
        yaw_slacks_rad=longer("yaw_slacks_rad", np.pi),
        knowledge=Knowledge(known.views, known.sensing, (*known.withheld, unlisted)),
    )
