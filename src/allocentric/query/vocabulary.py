"""Every word of the language, in the order of the manual. To add one: write its function, add one line.

The functions live in `oracle`; names, types, defaults and help are drawn from their signatures
and docstrings.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from allocentric.errors import UnknownName
from allocentric.oracle import (
    arrangement,
    cases,
    choice,
    contact,
    direction,
    distance,
    figures,
    form,
    frames,
    names,
    papers,
    picture_cell,
    picture_relation,
    quantity,
    relation,
    routes,
    routes_tour,
    shapes,
    times,
    topology,
    visibility,
    visibility_first,
    ways,
)
from allocentric.oracle.places import Frame
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import (
    ANGLE,
    AREA,
    LENGTH,
    NUMBER,
    TIME,
    VOLUME,
    Angle,
    Body,
    Dimension,
    ImageBox,
    Label,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
    Unknown,
)

Kind = Literal[
    "thing",
    "things",
    "view",
    "frame",
    "quantity",
    "angle",
    "truth",
    "label",
    "path",
    "order",
    "turns",
    "point",
    "image box",
    "text",
    "number",
    "measure",
    "candidates",
    "places",
    "quantities",
    "coordinates",
    "cases",
]
"""What a value is: from `candidates` on lists, but for `measure`, a function of its subject."""

_KINDS: Final[dict[Any, Kind]] = {
    Body: "thing",
    Pick: "thing",
    Things: "things",
    View: "view",
    Frame: "frame",
    Quantity: "quantity",
    Angle: "angle",
    Truth: "truth",
    Label: "label",
    Path: "path",
    Order: "order",
    Turns: "turns",
    Point: "point",
    ImageBox: "image box",
    str: "text",
    int: "number",
    tuple[Things | View, ...]: "candidates",
    choice.Measure: "measure",
    Sequence[Body | View | Frame]: "places",
    Sequence[Quantity]: "quantities",
    shapes.Coordinates: "coordinates",
    tuple[cases.Case, ...]: "cases",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a word: what it may be, and what it is when left out."""

    name: str
    kinds: frozenset[Kind]
    choices: tuple[str, ...]  # the words allowed, where it is one of a few
    required: bool
    dimension: Dimension | None  # of a quantity; None: any


@dataclass(frozen=True, slots=True)
class Word:
    """A function of the vocabulary.

    `dimension` is that of the quantity it gives (None: that of its measure); `reads` are the
    properties of its things that the answer hangs on, `of_centres` where only centres matter.
    """

    name: str
    call: Callable[..., Any]
    parameters: tuple[Parameter, ...]
    gives: Kind
    dimension: Dimension | None
    reads: tuple[str, ...]

    @property
    def says(self) -> str:
        """What one gets, in a line."""
        return (inspect.getdoc(self.call) or "").partition("\n")[0]

    def parameter(self, name: str) -> Parameter:
        """The parameter called `name`; raises UnknownName with the near miss."""
        for each in self.parameters:
            if each.name == name:
                return each
        known = [each.name for each in self.parameters]
        raise UnknownName(f"argument of {self.name}", name, known, where=f"program, {self.name}(...)")


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one kind, a chapter of the manual."""

    name: str
    says: str
    words: tuple[Word, ...]


_SOLID: Final = ("place", "size", "heading")
_CENTRE: Final = ("place",)


def _word(
    call: Callable[..., Any],
    dimension: Dimension | None = None,
    reads: tuple[str, ...] = (),
    **of: Dimension,
) -> Word:
    """The word that a function is; `of` gives the dimensions of its quantities."""
    hints = get_type_hints(call, include_extras=True)
    gives = [_KINDS[each] for each in _members(hints["return"]) if each is not Unknown]
    parameters = []
    for name, each in inspect.signature(call).parameters.items():
        if hints[name] is Scene:
            continue
        choices = tuple(str(word) for part in _members(hints[name]) for word in _choices(part))
        kinds = frozenset(_KINDS[part] for part in _members(hints[name]) if part in _KINDS)
        kinds = frozenset({"text"}) if choices else kinds
        required = each.default is inspect.Parameter.empty
        parameters.append(Parameter(name, kinds, choices, required, of.get(name)))
    return Word(call.__name__, call, tuple(parameters), gives[0], dimension, reads)


def _members(hint: Any) -> tuple[Any, ...]:
    if hint in _KINDS:
        return (hint,)
    if isinstance(hint, types.UnionType) or get_origin(hint) is typing.Union:
        return tuple(part for each in get_args(hint) for part in _members(each) if part is not types.NoneType)
    return (hint,)


def _choices(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) is Literal else ()


GROUPS: Final = (
    Group(
        "names",
        "What is meant.",
        (
            _word(names.the),
            _word(names.all),
            _word(names.view),
            _word(shapes.marked),
            _word(shapes.shape),
        ),
    ),
    Group(
        "frames",
        "From where, and which way, a direction is told. x is forward, y left, z up.",
        (
            _word(frames.world, reads=_CENTRE),
            _word(frames.north, reads=_CENTRE),
            _word(frames.camera),
            _word(frames.of, reads=("place", "heading", "front")),
            _word(frames.standing, reads=_CENTRE),
            _word(frames.turned, angle=ANGLE),
            _word(frames.moved, forward=LENGTH, left=LENGTH, up=LENGTH),
        ),
    ),
    Group(
        "quantities",
        "How many, how large.",
        (
            _word(quantity.count, NUMBER),
            _word(quantity.exists),
            _word(quantity.total),
            _word(quantity.extent, LENGTH, ("size", "heading")),
            _word(quantity.area, AREA, ("size", "area")),
            _word(quantity.volume, VOLUME, ("size", "volume")),
            _word(quantity.length, LENGTH, ("place", "size")),
            _word(form.proportion, NUMBER, ("size",)),
            _word(form.tilt, ANGLE, ("heading",)),
            _word(quantity.bin),
        ),
    ),
    Group(
        "distance",
        "How far.",
        (_word(distance.distance, LENGTH, _SOLID), _word(distance.offset, LENGTH, _CENTRE)),
    ),
    Group(
        "choice",
        "Which one, and in which order. A category among the candidates counts by its nearest member.",
        (
            _word(choice.nearest, reads=_SOLID),
            _word(choice.farthest, reads=_SOLID),
            _word(choice.least),
            _word(choice.most),
            _word(choice.order),
            _word(cases.which),
        ),
    ),
    Group(
        "direction",
        "Which way. Angles are left positive.",
        (
            _word(direction.direction, reads=_CENTRE),
            _word(direction.bearing, ANGLE, _CENTRE),
            _word(direction.off_axis, ANGLE, _CENTRE),
            _word(relation.relation, reads=_SOLID, same_within=LENGTH),
            _word(direction.turn, ANGLE),
            _word(direction.turn_side),
            _word(direction.facing, reads=("place", "heading", "front"), within=ANGLE),
            _word(direction.between, reads=_CENTRE, within=ANGLE),
            _word(arrangement.winding, reads=_CENTRE),
        ),
    ),
    Group(
        "contact",
        "What touches, carries, covers or holds what.",
        (
            _word(contact.on, reads=_SOLID, snap=LENGTH),
            _word(contact.under, reads=_SOLID, snap=LENGTH),
            _word(contact.inside, reads=_SOLID),
            _word(contact.touching, reads=_SOLID, snap=LENGTH),
            _word(arrangement.in_corner, reads=_SOLID, within=LENGTH),
            _word(topology.topology, reads=_SOLID, snap=LENGTH),
        ),
    ),
    Group(
        "views and time",
        "What a picture shows, and when. A view sees with its camera; so does a frame that comes from one.",
        (
            _word(visibility.visible_in, reads=_SOLID),
            _word(visibility.visible_share, NUMBER, _SOLID),
            _word(visibility.cut_off, NUMBER, _SOLID),
            _word(visibility.hidden_by, reads=_SOLID),
            _word(visibility.box_in, reads=_SOLID),
            _word(visibility.pixel_in, reads=_CENTRE),
            _word(picture_cell.cell_in, reads=_CENTRE),
            _word(picture_relation.relation_in, reads=_SOLID),
            _word(visibility_first.first_seen, reads=_SOLID),
            _word(times.at, reads=_CENTRE, time=TIME),
            _word(times.speed, times.SPEED, _CENTRE, time=TIME),
        ),
    ),
    Group(
        "routes",
        "How to get there.",
        (
            _word(routes.walk, reads=_SOLID, clearance=LENGTH),
            _word(routes.turns, reads=_CENTRE),
            _word(routes_tour.tour, reads=_SOLID),
            _word(ways.route, reads=_SOLID),
        ),
    ),
    Group(
        "figures",
        "What is turned, folded, unfolded or cut in the mind.",
        (
            _word(figures.congruent, reads=_SOLID),
            _word(figures.section, reads=_SOLID),
            _word(papers.unfolded, reads=_SOLID),
            _word(papers.opposite),
            _word(papers.meeting),
        ),
    ),
)
"""The whole vocabulary, by group."""

UNITS: Final[dict[str, tuple[float, Dimension]]] = {
    "deg": (0.017453292519943295, ANGLE),
    "cm": (0.01, LENGTH),
    "mm": (0.001, LENGTH),
}
"""Numbers in other units: `deg(90)`, `cm(40)`."""


@cache
def words() -> dict[str, Word]:
    """Every word by its name."""
    return {each.name: each for group in GROUPS for each in group.words}


def word(name: str, *, where: str = "program") -> Word:
    """The word called `name`; raises UnknownName with the near miss."""
    known = words()
    if name not in known:
        raise UnknownName("function", name, [*known, *UNITS], where=where)
    return known[name]
