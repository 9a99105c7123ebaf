"""The explicit metric world, as a value that never changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar

import numpy as np
from jaxtyping import Float, Int
from shapely.geometry import Polygon

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import FULL_CIRCLE, ONE, Arc, Interval
from allocentric.scene.facts import (
    UNIT_POWER,
    Complete,
    DepthImage,
    Difference,
    Footprint,
    Ground,
    Kind,
    Knowledge,
    Measure,
    Sensing,
    Shape,
    Sighting,
    Source,
    Space,
    Stated,
    Track,
    View,
    Withheld,
)

__all__ = [
    "UNIT_POWER",
    "Complete",
    "DepthImage",
    "Difference",
    "Footprint",
    "Ground",
    "Kind",
    "Knowledge",
    "Measure",
    "Scene",
    "Sensing",
    "Shape",
    "Sighting",
    "Source",
    "Space",
    "Stated",
    "Thing",
    "Track",
    "View",
    "Withheld",
    "check",
    "derived",
    "name_things",
    "scene_of",
]

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Thing:
    """One thing to put in a scene, or one row read from it. Scene units, world frame, z up.

    `size` is full extents along the thing's own axes, the columns of `rotation`
    (`world_from_thing`). `front` is a unit direction in those own axes. Slacks are the half
    widths of what is not known: of the centre along the columns of `slack_axes`
    (default: the world's axes), of each size, of the heading about the vertical.
    An infinite `center_slack` is a thing whose place is unknown.
    """

    label: str
    center: Sequence[float] | Float[np.ndarray, "3"] = (0.0, 0.0, 0.0)
    size: Sequence[float] | Float[np.ndarray, "3"] = (0.0, 0.0, 0.0)
    rotation: Float[np.ndarray, "3 3"] | None = None
    yaw_rad: float = 0.0  # used where no rotation is given
    name: str | None = None
    kind: Kind = "object"
    front: Sequence[float] | Float[np.ndarray, "3"] | None = None
    shape: Shape | None = None
    center_slack: float | Sequence[float] | Float[np.ndarray, "3"] = 0.0
    slack_axes: Float[np.ndarray, "3 3"] | None = None
    size_slack: float | Sequence[float] | Float[np.ndarray, "3"] = 0.0
    yaw_slack_rad: float = 0.0

    def world_from_thing(self) -> Float[np.ndarray, "3 3"]:
        """The rotation, made from the yaw where none was given."""
        return rotation_about_up(self.yaw_rad) if self.rotation is None else np.asarray(self.rotation, float)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Scene:
    """Things with geometry in one world: right-handed, z up, scene units (metres where `scale` is 1).

    A value: it never changes, and a derived scene names its `parent`. Make one with
    `scene_of`; a row of `centers`, `sizes`, ... is a thing, called `names[row]`.
    Raises BadInput where a number is not finite, axes are skewed or mirrored, a size is
    below 0 or a name stands twice.
    """

    id: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    kinds: tuple[Kind, ...]
    centers: Float[np.ndarray, "thing 3"]
    sizes: Float[np.ndarray, "thing 3"]
    rotations: Float[np.ndarray, "thing 3 3"]
    fronts: Float[np.ndarray, "thing 3"]  # own axes; NaN where no front is known
    center_slacks: Float[np.ndarray, "thing 3"]
    slack_axes: Float[np.ndarray, "thing 3 3"]
    size_slacks: Float[np.ndarray, "thing 3"]
    yaw_slacks_rad: Float[np.ndarray, " thing"]
    shapes: tuple[Shape | None, ...]
    tracks: tuple[Track, ...] = ()
    views: tuple[View, ...] = ()
    differences: tuple[Difference, ...] = ()
    stated: tuple[Stated, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    floor: Polygon | None = None  # the walkable outline, furniture not taken out
    scale: Interval = ONE  # metres per scene unit
    north: Arc = FULL_CIRCLE  # direction of north on the floor, left of the world's x axis
    tilt_rad: float = 0.0  # how far the world's z axis may lean from the vertical
    space: Space = "solid"
    complete: Complete | None = None  # None: nowhere
    knowledge: Knowledge | None = None  # None: the scene as it is, not as it was seen
    source: Source = field(default_factory=Source)
    parent: Scene | None = None
    change: str = ""  # what was done to the parent
    _memo: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, np.ndarray):
                array = np.array(value, dtype=float)
                array.flags.writeable = False
                object.__setattr__(self, each.name, array)
        check(self)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def root(self) -> Scene:
        """The asker's scene: the first one in the line of parents, where names are looked up."""
        scene = self
        while scene.parent is not None:
            scene = scene.parent
        return scene

    @property
    def exact_rows(self) -> tuple[bool, ...]:
        """Whether place, size and heading of each thing are points; none are where gravity is in doubt."""
        rows: tuple[bool, ...] = self.cached("exact rows", lambda: _exact_rows(self))
        return rows

    @property
    def exact(self) -> bool:
        """True where the place, size and heading of every thing are points, in scene units."""
        return self.cached("exact", lambda: all(self.exact_rows))

    @property
    def metric(self) -> bool:
        """True where a scene unit is exactly one metre."""
        return self.scale == ONE

    def row(self, name: str) -> int:
        """The row of the thing called `name`; raises UnknownName with the near miss."""
        rows = self.cached("rows", lambda: {each: row for row, each in enumerate(self.names)})
        if name not in rows:
            raise UnknownName("thing", name, self.names, where=f"scene {self.id!r}")
        return rows[name]

    def view(self, id: str) -> View:
        """The view called `id`; raises UnknownName with the near miss."""
        views = self.cached("views", lambda: {each.id: each for each in self.views})
        if id not in views:
            raise UnknownName("view", id, list(views), where=f"scene {self.id!r}")
        return views[id]

    def things(self) -> tuple[Thing, ...]:
        """Every row as a `Thing`: `scene_of(scene.id, scene.things())` has the same things."""
        return tuple(
            Thing(
                label=self.labels[row],
                name=self.names[row],
                kind=self.kinds[row],
                center=self.centers[row],
                size=self.sizes[row],
                rotation=self.rotations[row],
                front=None if np.isnan(self.fronts[row, 0]) else self.fronts[row],
                shape=self.shapes[row],
                center_slack=self.center_slacks[row],
                slack_axes=self.slack_axes[row],
                size_slack=self.size_slacks[row],
                yaw_slack_rad=float(self.yaw_slacks_rad[row]),
            )
            for row in range(len(self))
        )

    def cached(self, key: str, make: Callable[[], Made]) -> Made:
        """What `make` gives, made once: for what follows from a scene that never changes."""
        if key not in self._memo:
            self._memo[key] = make()
        made: Made = self._memo[key]
        return made


def scene_of(id: str, things: Iterable[Thing], **shared: Any) -> Scene:
    """A scene of these things; `shared` are fields of `Scene` (views, floor, scale, ...).

    A thing without a name is called by its label, numbered in order where the label repeats.

    >>> scene_of("room", [Thing(label="chair"), Thing(label="tv"), Thing(label="chair")]).names
    ('chair 1', 'tv', 'chair 2')
    """
    held = list(things)

    def stack(rows: list[Any], *shape: int) -> Float[np.ndarray, "thing ..."]:
        return np.array(rows, dtype=float).reshape(len(held), *shape)

    def each_axis(value: Any) -> Float[np.ndarray, "3"]:
        return np.broadcast_to(np.asarray(value, float), (3,))

    return Scene(
        id=id,
        names=name_things([(each.name, each.label) for each in held]),
        labels=tuple(each.label for each in held),
        kinds=tuple(each.kind for each in held),
        centers=stack([each.center for each in held], 3),
        sizes=stack([each.size for each in held], 3),
        rotations=stack([each.world_from_thing() for each in held], 3, 3),
        fronts=stack([np.full(3, np.nan) if each.front is None else each.front for each in held], 3),
        center_slacks=stack([each_axis(each.center_slack) for each in held], 3),
        slack_axes=stack([np.eye(3) if each.slack_axes is None else each.slack_axes for each in held], 3, 3),
        size_slacks=stack([each_axis(each.size_slack) for each in held], 3),
        yaw_slacks_rad=stack([each.yaw_slack_rad for each in held]),
        shapes=tuple(each.shape for each in held),
        **shared,
    )


def name_things(named: Sequence[tuple[str | None, str]]) -> tuple[str, ...]:
    """A stable name for each (given name or None, label): given ones stay, repeated labels are numbered."""
    repeats = Counter(label for name, label in named if name is None)
    taken = {name for name, _ in named if name is not None}
    numbers = Counter[str]()
    names = list[str]()
    for name, label in named:
        if name is None and (repeats[label] > 1 or label in taken):
            numbers[label] += 1
            while f"{label} {numbers[label]}" in taken:
                numbers[label] += 1
            name = f"{label} {numbers[label]}"
        names.append(label if name is None else name)
    return tuple(names)


def derived(parent: Scene, change: str, **changed: Any) -> Scene:
    """`parent` with these fields changed, naming its parent and the change."""
    return replace(parent, parent=parent, change=change, **changed)


def check(scene: Scene) -> None:
    """Hold a scene to the rules that its docstring states; raises BadInput."""
    where = f"scene {scene.id!r}"
    twice = [name for name, count in Counter(scene.names).items() if count > 1]
    if twice:
        raise BadInput(f"two things are called {twice[0]!r}", where=where, mend="give each its own name")
    for problem, rows, mend in _problems(scene):
        if len(rows):
            name = scene.names[int(rows[0])]
            raise BadInput(f"{name!r} {problem}", where=where, mend=mend)
    views = [each.id for each in scene.views]
    if len(set(views)) < len(views):
        raise BadInput("two views have one id", where=where, mend="give each view its own id")
    if not scene.scale.low >= 0 or scene.scale.high <= 0:
        raise BadInput("scale is not above 0", where=where, mend="state metres per scene unit")
    for stated in scene.stated:
        if stated.bound.low < 0:
            what = f"{scene.names[stated.row]!r} is stated to have a {stated.measure} below 0"
            raise BadInput(what, where=where, mend="state a measure that is not below 0")


def _problems(scene: Scene) -> list[tuple[str, Int[np.ndarray, " bad"], str]]:
    """What may be wrong with a thing, the rows where it is, and how to mend it."""

    def where_not(good: Any) -> Int[np.ndarray, " bad"]:
        return np.flatnonzero(~good)

    finite = np.isfinite(scene.centers).all(1) & np.isfinite(scene.sizes).all(1)
    gram = scene.rotations @ scene.rotations.transpose(0, 2, 1)
    orthonormal = (np.abs(gram - np.eye(3)) <= 1e-6).all((1, 2))  # NaN fails
    right_handed = ~orthonormal | (
        np.linalg.det(np.where(orthonormal[:, None, None], scene.rotations, 0)) > 0
    )
    front_length = np.linalg.norm(scene.fronts, axis=1)
    slack = np.concatenate([scene.center_slacks, scene.size_slacks, scene.yaw_slacks_rad[:, None]], axis=1)
    return [
        ("has a place or size that is not a finite number", where_not(finite), "state finite metres"),
        ("has a size below 0", where_not((scene.sizes >= 0).all(1)), "sizes are full extents, never below 0"),
        ("has skewed axes", where_not(orthonormal), "its three axes must be orthonormal"),
        ("has left-handed axes", where_not(right_handed), "turn one axis round"),
        (
            "has a front that is not a unit direction",
            where_not(np.isnan(front_length) | (np.abs(front_length - 1) < 1e-6)),
            "state the front as a unit direction in the thing's own axes",
        ),
        ("has a slack below 0", where_not((slack >= 0).all(1)), "slacks are half widths, never below 0"),
    ]


def _exact_rows(scene: Scene) -> tuple[bool, ...]:
    if scene.tilt_rad:
        return (False,) * len(scene)
    loose = scene.center_slacks.any(1) | scene.size_slacks.any(1) | (scene.yaw_slacks_rad != 0)
    return tuple((~loose).tolist())
