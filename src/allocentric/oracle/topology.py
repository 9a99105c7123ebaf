"""How two things lie to each other on the map: apart, touching, crossing, overlapping, one in the other."""

from __future__ import annotations

import math
from typing import Final

from allocentric.geometry import globe
from allocentric.geometry.topology import Topology, topology_within
from allocentric.intervals import Interval
from allocentric.oracle.gaps import footprints_within, gap
from allocentric.oracle.numbers import in_scene
from allocentric.oracle.places import is_exact, unplaced
from allocentric.oracle.solids import footprint
from allocentric.scene.scene import Scene
from allocentric.scene.truth import LENGTH, Body, Label, Margin, Quantity, Unknown, margin

TOPOLOGIES: Final[tuple[Topology, ...]] = (
    "disjoint",
    "touches",
    "crosses",
    "overlaps",
    "inside",
    "covered by",
    "contains",
    "covers",
    "equals",
)
EXACTLY: Final = Quantity(Interval.of(0.0), LENGTH)
"""The default of `snap`: shapes meet where their coordinates say so."""


def topology(scene: Scene, thing: Body, other: Body, *, snap: Quantity = EXACTLY) -> Label | Unknown:
    """How the footprint of a thing lies to another's, in one of nine words (DE-9IM).

    `disjoint`, `touches` (only borders meet), `crosses`, `overlaps`, `inside`, `covered by` (within, at the
    border), `contains`, `covers`, `equals`. What is at most `snap` apart meets, what reaches over by no more
    does not; without it what touches, covers or equals is never clear.
    """
    if thing == other:
        return Label(("equals",))
    names = f"{scene.names[thing.row]} and {scene.names[other.row]}"
    limit = in_scene(scene, snap)
    if not limit.exact:
        return Unknown("no_scale", "how far the snap reaches in this scene, is not known", "state the scale")
    if not is_exact(scene, thing, other):
        return _roughly(scene, thing, other, snap=limit.high, names=names)
    word, clear = scene.cached(
        f"topology {thing.row} {other.row} {limit.low}", lambda: _told(scene, thing, other, snap=limit.low)
    )
    return Label((word,), _margin(scene, clear, names))


def _roughly(scene: Scene, thing: Body, other: Body, *, snap: float, names: str) -> Label:
    """The word where it is clearer than all that is not known of the two could change, else any."""
    apart = gap(scene, thing, other, geometry="floor")
    if apart.low > snap:
        return Label(("disjoint",), _margin(scene, apart.low - snap, names))
    held = footprints_within(scene, thing, other) if scene.space != "globe" else None
    if held is not None:
        first, second, doubt = held
        word, clear = topology_within(first, second, snap)
        if clear > doubt:
            return Label((word,), _margin(scene, clear - doubt, names))
    return Label(TOPOLOGIES, doubt=unplaced(scene, thing, other))


def _told(scene: Scene, thing: Body, other: Body, *, snap: float) -> tuple[Topology, float]:
    first, second = footprint(scene, thing), footprint(scene, other)
    if scene.space == "globe":
        return topology_within(first, second, snap, gap=globe.gap_m, chart=globe.side_by_side)
    return topology_within(first, second, snap)


def _margin(scene: Scene, clear: float, names: str) -> Margin:
    says = f"how {names} lie to each other"
    if not math.isfinite(clear):
        clear = 1e9
    if scene.metric:
        return margin(clear, "m", says)
    return margin(1 + clear * scene.scale.low / 0.15, "ratio", says)
