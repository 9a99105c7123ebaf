"""Space that was looked at: voxels from the floor to the top of what is listed, and which are accounted for.

A voxel is seen from a view where its middle is in the picture and nothing stands before it. It is accounted
for where it is seen, or lies within a thing that is known. A column of which every voxel is accounted for
holds nothing but what is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.cameras import project
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.rays import Rays
from allocentric.oracle.solids import corners, footprint, span_up
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Body
from allocentric.views.render import camera_of
from allocentric.views.sight import alone_caster
from allocentric.views.surfaces import floor_height, scene_caster

VOXEL_M: Final = 0.1
MOST_VOXELS: Final = 1 << 20
"""Of a place so large that it would have more voxels, they are larger."""

OFF_THE_FLOOR: Final = 1e-9

Voxels = Bool[np.ndarray, "column level"]
Extent = tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]]
"""The least and the greatest coordinates of a box along a thing's own axes, seen from its middle."""


@dataclass(frozen=True, eq=False, slots=True)
class Space:
    """The voxels of a scene, column by column: x and y of their middles, heights from the floor up."""

    columns: Float[np.ndarray, "column 2"]
    heights: Float[np.ndarray, " level"]
    edge: float
    outline: BaseGeometry

    @property
    def middles(self) -> Float[np.ndarray, "voxel 3"]:
        """The middle of each voxel, the levels of a column one after the other."""
        levels = len(self.heights)
        across = np.repeat(self.columns, levels, axis=0)
        return np.column_stack([across, np.tile(self.heights, len(self.columns))])

    @property
    def volume(self) -> float:
        """How much space a voxel is."""
        return float(self.edge**3)


def space_of(scene: Scene) -> Space:
    """The voxels of a scene, made once: over its floor and its rooms, else over all that stands there."""
    return scene.cached("space", lambda: _space(scene))


def seen_from(scene: Scene, view: View) -> Voxels:
    """The voxels that a view sees; made once a scene and view."""
    held: dict[int, tuple[View, Voxels]] = scene.cached("voxels seen", dict)
    if id(view) not in held:
        held[id(view)] = (view, _seen_from(scene, view))
    return held[id(view)][1]


def within(scene: Scene, solids: Mapping[int, Extent]) -> Voxels:
    """Which voxels have their middle in one of these things, as far as each is known."""
    space = space_of(scene)
    held = np.zeros((len(space.columns), len(space.heights)), dtype=bool)
    for row, (low, high) in solids.items():
        center, axes = scene.centers[row], scene.rotations[row]
        middle, reach = center + axes @ (low + high) / 2, np.abs(axes) @ (high - low) / 2
        columns = np.flatnonzero((np.abs(space.columns - middle[:2]) <= reach[:2]).all(axis=1))
        levels = np.flatnonzero(np.abs(space.heights - middle[2]) <= reach[2])
        places = np.stack(np.meshgrid(columns, levels, indexing="ij"), axis=-1).reshape(-1, 2)
        points = np.column_stack([space.columns[places[:, 0]], space.heights[places[:, 1]]])
        own = (points - center) @ axes
        inside = ((own >= low) & (own <= high)).all(axis=1)
        if isinstance(scene.shapes[row], Mesh):
            inside[inside] = _in_mesh(scene, row, points[inside])
        held[tuple(places[inside].T)] = True
    return held


def region_of(space: Space, accounted: Voxels) -> Polygon | MultiPolygon:
    """The floor, to a voxel, under which columns all voxels are accounted for."""
    x, y = space.columns[accounted.all(axis=1)].T
    half = 1.5 * space.edge  # its own half and a voxel more: a column that a wall cuts has none
    cells = shapely.box(x - half, y - half, x + half, y + half)
    return polygonal(shapely.union_all(cells).intersection(space.outline))


def share_of_floor(space: Space, accounted: Voxels, outline: BaseGeometry) -> float:
    """How much of the floor within an outline is accounted for, 0 to 1."""
    here = shapely.contains_xy(outline, space.columns)
    return float(accounted[here, 0].mean()) if here.any() else 0.0


def polygonal(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """What of a shape has an area: one polygon, or several."""
    parts = [each for each in shapely.get_parts(shape) if isinstance(each, Polygon) and each.area > 0]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def place_of(scene: Scene) -> Float[np.ndarray, "2 3"]:
    """The least and the greatest coordinates of the world that any thing's box or shape reaches."""
    reach = [scene.centers[row] + corners(scene, Body(row), "high") for row in _bounded(scene)]
    points = np.concatenate([*reach, np.zeros((0 if reach else 1, 3))])
    return np.stack([points.min(axis=0), points.max(axis=0)])


def _space(scene: Scene) -> Space:
    unit_m = scene.scale.low if scene.scale.exact else 1.0
    outline = _outline(scene)
    low_z = floor_height(scene)
    high_z = max((span_up(scene, row)[1] for row in _bounded(scene)), default=low_z)
    left, front, right, back = outline.bounds if not outline.is_empty else (0.0,) * 4
    tall = max(high_z - low_z, VOXEL_M / unit_m)
    edge = max(VOXEL_M / unit_m, float(outline.area * tall / MOST_VOXELS) ** (1 / 3))
    x, y = (np.arange(low + edge / 2, high, edge) for low, high in ((left, right), (front, back)))
    columns = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    columns = columns[shapely.contains_xy(outline, columns)]
    heights = low_z + OFF_THE_FLOOR + edge * (np.arange(max(1, round(tall / edge))) + 0.5)
    return Space(columns, heights, edge, outline)


def _outline(scene: Scene) -> BaseGeometry:
    """The ground that one may look at: the floor and the rooms, else the rectangle around all things."""
    grounds = [footprint(scene, Body(row)) for row in _bounded(scene) if scene.kinds[row] == "region"]
    grounds += [] if scene.floor is None else [scene.floor]
    if grounds:
        return shapely.union_all(grounds)
    stands = shapely.union_all([footprint(scene, Body(row)) for row in _bounded(scene)])
    return shapely.box(*stands.bounds) if not stands.is_empty else Polygon()


def _bounded(scene: Scene) -> Sequence[int]:
    finite = np.isfinite(scene.center_slacks).all(axis=1) & np.isfinite(scene.size_slacks).all(axis=1)
    rows: list[int] = np.flatnonzero(finite).tolist()
    return rows


def _seen_from(scene: Scene, view: View) -> Voxels:
    space, pose = space_of(scene), view.world_from_camera
    middles = space.middles
    _, shown = project(camera_of(view), pose.inverse().apply(middles))
    places = np.flatnonzero(shown)
    ways = middles[places] - pose.translation_m
    ranges = np.linalg.norm(ways, axis=1)
    at_all = ranges > 0
    rays = Rays(pose.translation_m[None], ways[at_all])
    seen = np.zeros(len(middles), dtype=bool)
    seen[places[at_all]] = ~scene_caster(scene).caster.rays_occluded(rays, ranges[at_all])
    seen[places[~at_all]] = True
    seen.flags.writeable = False
    return seen.reshape(len(space.columns), len(space.heights))


def _in_mesh(scene: Scene, row: int, points: Float[np.ndarray, "point 3"]) -> Bool[np.ndarray, " point"]:
    """Whether points lie within a mesh: up and down, its surface is met from behind."""
    inside = np.ones(len(points), dtype=bool)
    own, mesh = alone_caster(scene, row), scene.shapes[row]
    assert isinstance(mesh, Mesh)
    corners = mesh.vertices_m[mesh.faces]
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    for way in (np.array([[0.0, 0.0, 1.0]]), np.array([[0.0, 0.0, -1.0]])):
        faces = own.cast(points, way).faces()
        inside &= (faces >= 0) & (outward[faces] @ way[0] > 0)
    return inside
