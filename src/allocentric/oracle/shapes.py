"""Things that are meant otherwise than by name: by the mark on a picture, or by coordinates."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry import globe
from allocentric.oracle import times
from allocentric.oracle.places import Frame, offset_between, spot, unplaced
from allocentric.scene.scene import Footprint, Scene, View, derived
from allocentric.scene.truth import Body, Unknown

Corner = tuple[float, float]
Coordinates = tuple[tuple[Corner, ...], ...]
"""Rings of corners: a point, a line, or an area with its holes, as `ground` reads them."""

DRAWN: Final = "shape of coordinates"


@dataclass(frozen=True, eq=False, slots=True)
class Drawn:
    """Coordinates laid out in the world: in the middle of where they may be, and how far off that is."""

    outline: BaseGeometry
    slack_x: float = 0.0  # of the centre
    slack_y: float = 0.0
    swing_rad: float = 0.0  # about the centre, at most

    @property
    def name(self) -> str:
        """What tells it from every other shape: two that look alike may be known differently well."""
        slacks = (self.slack_x, self.slack_y, self.swing_rad)
        return f"the shape {self.outline.wkt}" + (f" within {slacks}" if any(slacks) else "")


def marked(scene: Scene, view: View, mark: str | int) -> Body:
    """The thing at which a mark, a number or a letter, is written on the picture of a view.

    Raises UnknownName, with the near miss, for a mark that is not there.
    """
    marks = {each.mark: each.row for each in scene.root.sightings if each.view == view.id and each.mark}
    if str(mark) not in marks:
        raise UnknownName("mark", str(mark), list(marks), where=f"view {view.id!r}")
    return Body(scene.row(scene.root.names[marks[str(mark)]]))


def shape(scene: Scene, coordinates: Coordinates, frame: Frame) -> Body | Unknown:
    """What lies at coordinates: metres forward and left in a frame; on a globe longitude and latitude.

    One place is a point, several are a line, an area where the last is the first; holes follow as rings of
    their own. It is a thing of the question alone, and in no set.
    """
    drawn = ground_in(scene, coordinates, frame)
    if isinstance(drawn, Unknown):
        return drawn
    return Body(scene.row(drawn.name))


def with_shape(scene: Scene, coordinates: Coordinates, frame: Frame) -> Scene:
    """The scene with one row more, in which `shape` finds what lies at these coordinates."""
    drawn = ground_in(scene, coordinates, frame)
    if isinstance(drawn, Unknown) or drawn.name in scene.names:
        return scene
    left, low, right, high = drawn.outline.bounds
    centre = globe.centre(drawn.outline) if scene.space == "globe" else _centre(drawn.outline)

    def more(values: Float[np.ndarray, "thing ..."], last: Any) -> Float[np.ndarray, "more ..."]:
        return np.concatenate([values, np.asarray(last, dtype=float)[None]])

    longer = derived(
        scene,
        "with a shape",
        names=(*scene.names, drawn.name),
        labels=(*scene.labels, DRAWN),
        kinds=(*scene.kinds, "region"),
        shapes=(*scene.shapes, Footprint(drawn.outline)),
        centers=more(scene.centers, [*centre, 0.0]),
        sizes=more(scene.sizes, [right - left, high - low, 0.0]),
        rotations=more(scene.rotations, np.eye(3)),
        fronts=more(scene.fronts, np.full(3, np.nan)),
        center_slacks=more(scene.center_slacks, [drawn.slack_x, drawn.slack_y, 0.0]),
        slack_axes=more(scene.slack_axes, np.eye(3)),
        size_slacks=more(scene.size_slacks, np.zeros(3)),
        yaw_slacks_rad=more(scene.yaw_slacks_rad, drawn.swing_rad),
    )
    times.moments(longer).update(times.moments(scene))
    return longer


def drawn_rows(scene: Scene) -> frozenset[int]:
    """The rows of the shapes that a program has drawn."""
    return scene.cached(
        "drawn", lambda: frozenset(row for row, label in enumerate(scene.labels) if label == DRAWN)
    )


def ground(coordinates: Coordinates) -> BaseGeometry:
    """A point, a line, an area; raises BadInput for corners that make none of them.

    >>> ground((((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 0.0)),)).area
    6.0
    """
    first = coordinates[0]
    if len(coordinates) == 1 and len(first) == 1:
        return shapely.Point(first[0])
    if len(coordinates) == 1 and first[0] != first[-1]:
        return shapely.LineString(first)
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in coordinates):
        what = "a ring of an area has at least three corners, and comes back to its first"
        raise BadInput(what, where="shape(...)", mend="repeat the first corner at the end")
    area = shapely.Polygon(first, coordinates[1:])
    if not area.is_valid:
        what = f"the sides of the area cross or touch: {shapely.is_valid_reason(area)}"
        raise BadInput(what, where="shape(...)", mend="name its corners in order, all the way round")
    return area


def ground_in(scene: Scene, coordinates: Coordinates, frame: Frame) -> Drawn | Unknown:
    """What coordinates in a frame mean in the world."""
    own = ground(coordinates)
    across, along, _ = offset_between(scene, spot(np.zeros(3)), frame.anchor)
    if not (across.finite and along.finite):
        return unplaced(scene, frame.anchor)
    x, y, exact = across.middle, along.middle, across.exact and along.exact
    if scene.space == "globe":
        if not exact:
            return unplaced(scene, frame.anchor)
        if (x, y, frame.heading.middle_rad) != (0.0, 0.0, 0.0):
            what = "coordinates on a globe are longitude and latitude, not of another frame"
            return Unknown("no_frame", what, "write shape(..., world())")
        west, south, east, north = own.bounds
        if south < -90 or north > 90 or west < -180 or east > 180:
            what = f"no longitude and latitude in degrees: {own.bounds}"
            raise BadInput(what, where="shape(...)", mend="write [[longitude, latitude], ...]")
        return Drawn(own)
    if scene.space == "page" and exact and (x, y) == (0.0, 0.0):
        return Drawn(own)
    if frame.heading.full or frame.rotation is not None:
        what = f"what lies at coordinates of {frame.says!r} is not known on the floor"
        return Unknown("no_frame", what, "write shape(..., world())")
    if scene.tilt_rad:
        return unplaced(scene, frame.anchor)
    if not scene.scale.exact:
        what = "coordinates are metres, and how long a unit of this scene is, is not known"
        return Unknown("no_scale", what, "state the scale")
    own = shapely.transform(own, lambda at: at / scene.scale.low)
    cosine, sine = math.cos(frame.heading.middle_rad), math.sin(frame.heading.middle_rad)
    placed = shapely.transform(own, lambda at: at @ np.array([[cosine, sine], [-sine, cosine]]) + (x, y))
    # Turning about the anchor carries the centre round it; and what is turned has its middle elsewhere.
    centre, swing_rad = _centre(placed), frame.heading.half_rad
    radius = float(np.linalg.norm(shapely.get_coordinates(placed) - centre, axis=1).max())
    sway = swing_rad * (math.dist(centre, (x, y)) + radius)
    return Drawn(
        placed,
        (across.high - across.low) / 2 + sway,
        (along.high - along.low) / 2 + sway,
        swing_rad,
    )


def _centre(outline: BaseGeometry) -> Corner:
    """The middle of a shape on a plane: of an area that of its bounds, as of what a reader puts there."""
    if shapely.get_dimensions(outline) == 2:
        left, low, right, high = outline.bounds
        return (left + right) / 2, (low + high) / 2
    return outline.centroid.x, outline.centroid.y
