"""The rooms of a scene as a walker finds them: where to stand in each, and the ways between."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.paths import free_floor, shortest_path
from allocentric.scene.scene import Footprint, Scene
from allocentric.views.plan_things import OVERHEAD, UNDERFOOT
from allocentric.views.surfaces import floor_height, meter_of, seen_rows, surface_of

STEPPED_OVER_M: Final = 0.05
HEADROOM_M: Final = 1.9
PASSED: Final = UNDERFOOT | OVERHEAD
OPENED: Final = PASSED | {"door", "doorway"}
FINE: Final = 0.01  # how exactly the middle of a room is found

Way = Float[np.ndarray, "corner 2"]
Spot = tuple[float, float]


def free_ground(scene: Scene, clearance: float) -> MultiPolygon:
    """The floor on which a walker of radius `clearance` (scene units) may stand.

    Doors are in the way, unless two rooms are then cut off from each other. Raises BadInput where the
    walkable floor is not known.
    """
    if scene.floor is None:
        what = "the walkable floor is not known"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="state the outline of the floor (`floor`)")
    shut, opened = (free_floor(scene.floor, _obstacles(scene, but), clearance) for but in (PASSED, OPENED))
    return shut if _rooms_joined(scene, shut) == _rooms_joined(scene, opened) else opened


def room_spots(scene: Scene, clearance: float) -> tuple[Spot, ...]:
    """In each room the spot that is farthest from all that stands about; x and y in the world.

    A room without a free spot is left out. Without rooms: one spot in each connected part of the floor.
    """
    free = free_ground(scene, clearance)
    rooms = _rooms(scene)
    areas = [free.intersection(each) for each in rooms] if rooms else list(free.geoms)
    spots = tuple(_widest(each) for each in areas if each.area > 0)
    if not spots:
        what = f"nobody {2 * clearance * meter_of(scene):.2g} m wide can stand on the floor"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="ask for a narrower walker (`clearance_m`)")
    return spots


def legs(scene: Scene, clearance: float) -> list[Way]:
    """The shortest ways from room to room, the next always the nearest that is left, from the first.

    Raises BadInput where no way joins two rooms. A single room is walked from its spot to its far corner.
    """
    free, spots = free_ground(scene, clearance), list(room_spots(scene, clearance))
    if len(spots) == 1:
        spots += [_farthest(free, spots[0])]
    here, ways = spots.pop(0), list[Way]()
    while spots:
        routes = [shortest_path(free, Point(here), Point(each)) for each in spots]
        lengths = [math.inf if each is None else each.length_m for each in routes]
        nearest = int(np.argmin(lengths))
        route = routes[nearest]
        if route is None:
            raise _cut_off(scene, here, spots[nearest], clearance=clearance)
        ways.append(route.points_m)
        here = spots.pop(nearest)
    return ways


def _rooms(scene: Scene) -> list[Polygon]:
    """The outlines of the rooms."""
    shaped = zip(scene.shapes, scene.kinds)
    return [shape.polygon for shape, kind in shaped if kind == "region" and isinstance(shape, Footprint)]


def _rooms_joined(scene: Scene, free: MultiPolygon) -> int:
    """How many rooms the largest part of the free floor reaches."""
    largest = max(free.geoms, key=lambda part: part.area, default=Polygon())
    return sum(largest.intersects(each) for each in _rooms(scene))


def _obstacles(scene: Scene, but: frozenset[str]) -> list[BaseGeometry]:
    """What stands on the floor, seen from above, but for things with these labels."""
    ground, unit_m = floor_height(scene), meter_of(scene)
    stands = list[BaseGeometry]()
    for row in np.flatnonzero(seen_rows(scene)).tolist():
        mesh = surface_of(scene, row)
        low, high = mesh.bounds_m()
        in_reach = low[2] < ground + HEADROOM_M / unit_m and high[2] > ground + STEPPED_OVER_M / unit_m
        if in_reach and scene.labels[row] not in but:
            stands.append(_seen_from_above(mesh, boxed=scene.shapes[row] is None))
    return stands


def _seen_from_above(mesh: Mesh, *, boxed: bool) -> BaseGeometry:
    if boxed:
        return MultiPoint(mesh.vertices_m[:, :2]).convex_hull
    triangles = shapely.polygons(mesh.corners_m()[:, :, :2])
    return shapely.union_all(triangles[shapely.area(triangles) > 0])


def _widest(area: BaseGeometry) -> Spot:
    """The middle of the widest circle in an area."""
    part = max(shapely.get_parts(area), key=lambda each: float(each.area))
    (x, y), _ = shapely.get_coordinates(shapely.maximum_inscribed_circle(part, tolerance=FINE)).tolist()
    return x, y


def _farthest(free: MultiPolygon, spot: Spot) -> Spot:
    """The corner of a spot's part of the floor that is farthest from it."""
    part = min(free.geoms, key=Point(spot).distance)
    corners = shapely.get_coordinates(part)
    x, y = corners[int(np.linalg.norm(corners - spot, axis=1).argmax())].tolist()
    return x, y


def _cut_off(scene: Scene, here: Spot, there: Spot, *, clearance: float) -> BadInput:
    ends = " and ".join(f"({x:.2f}, {y:.2f})" for x, y in (here, there))
    what = f"no way on the free floor joins {ends} for a walker {2 * clearance * meter_of(scene):.2g} m wide"
    return BadInput(what, where=f"scene {scene.id!r}", mend="ask for a narrower walker (`clearance_m`)")
