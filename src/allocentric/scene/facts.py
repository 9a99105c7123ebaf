"""The facts that a scene is made of beside its things: views, shapes, tracks, bounds, what is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from jaxtyping import Float
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval

Kind = Literal["object", "structure", "region"]
Space = Literal["solid", "page", "globe"]
Measure = Literal["area", "volume", "length"]

UNIT_POWER: Final[dict[Measure, int]] = {"length": 1, "area": 2, "volume": 3}


Ground: TypeAlias = Polygon | MultiPolygon | LineString | MultiLineString | Point | MultiPoint
"""What a thing covers on the ground: areas with holes, lines, points, one or several of a kind."""


@dataclass(frozen=True, eq=False, slots=True)
class Footprint:
    """What lies on the ground, from `low` to `high`: an area (holes allowed), a line, a point, or several.

    Scene units, world frame; on a globe longitude and latitude in degrees, heights in metres.
    """

    polygon: Ground
    low: float = 0.0
    high: float = 0.0


Shape = Mesh | Footprint
"""What a thing is when it is more than its box. A mesh's vertices are in the world frame."""


@dataclass(frozen=True, eq=False, slots=True)
class Track:
    """Where one thing is in time: seconds (rising), centres and rotations, as in `Scene`."""

    row: int
    times_s: Float[np.ndarray, " time"]
    centers: Float[np.ndarray, "time 3"]
    rotations: Float[np.ndarray, "time 3 3"]


@dataclass(frozen=True, slots=True)
class DepthImage:
    """Depth by reference, a picture of one channel of counts, 0 where nothing was measured.

    `kind` is what it is along: the view's z axis, or each pixel's ray. Without a `camera` it is the view's.
    """

    path: str
    metres_per_count: float
    kind: Literal["z", "range"] = "z"
    camera: Camera | None = None

    def __post_init__(self) -> None:
        if not 0 < self.metres_per_count < np.inf:
            what = f"a count of depth is {self.metres_per_count} m"
            raise BadInput(what, where=self.path, mend="state metres above 0")


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """Where a camera was, looking along its z axis, x right and y down; picture by reference.

    `size_px` is the width and height of the picture, the camera's where that is known. Raises BadInput where
    a size is given that is not the camera's.
    """

    id: str
    world_from_camera: Pose
    time_s: float | None = None
    image: str | None = None
    size_px: tuple[int, int] | None = None
    camera: Camera | None = None
    depth: DepthImage | None = None

    def __post_init__(self) -> None:
        if self.camera is None:
            return
        width, height = self.size_px or (self.camera.width_px, self.camera.height_px)
        if (width, height) != (self.camera.width_px, self.camera.height_px):
            of_camera = f"{self.camera.width_px} x {self.camera.height_px}"
            what = f"the picture is {width} x {height} pixels, its camera's {of_camera}"
            raise BadInput(what, where=f"view {self.id!r}", mend="scale the camera to the picture")
        object.__setattr__(self, "size_px", (width, height))


@dataclass(frozen=True, slots=True)
class Difference:
    """A pairwise bound: how much farther along a world axis `second` lies than `first` (centres)."""

    first: int
    second: int
    axis: Literal[0, 1, 2]
    bound: Interval


@dataclass(frozen=True, slots=True)
class Stated:
    """A measure that is stated without geometry: the room's area is 31 square metres."""

    row: int
    measure: Measure
    bound: Interval  # metres, square metres, cubic metres


@dataclass(frozen=True, slots=True)
class Sighting:
    """A thing seen, whether or not it is placed: which view, where in it, how much of it, how far.

    `mark` is what is written on the picture at the thing: a number, a letter.
    """

    row: int
    view: str
    box_px: tuple[float, float, float, float] | None = None  # left, top, right, bottom
    share: float | None = None
    range: Interval | None = None  # scene units, along the ray
    mark: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Complete:
    """Where the list of things is complete: these labels (None: all), this region (None: everywhere).

    A thing that is not listed has no part over the region, however small.
    """

    labels: frozenset[str] | None = None
    region: Polygon | MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a scene came from, what was declared or detected on the way, what looks wrong."""

    format: str = "made"
    path: str = ""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


Sensing = Literal["placed", "depth", "picture"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A thing that can be named and of which nothing is known, and why; it is a member of no set.

    Its row says nothing but its name: place, size and heading are unknown.
    """

    row: int
    reason: Literal["never_seen", "hidden"]
    detail: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a scene is known from: the views that were looked at, with what sense, what they did not tell."""

    views: tuple[str, ...]
    sensing: Sensing
    withheld: tuple[Withheld, ...] = ()
