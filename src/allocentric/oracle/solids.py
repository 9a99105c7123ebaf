"""The solid and the footprint of each thing, made once a scene: boxes, meshes, regions."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.geometry.boxes import Boxes
from allocentric.geometry.meshes import Mesh, MeshTree, box_mesh, build_tree
from allocentric.geometry.prisms import prism_mesh
from allocentric.intervals import Interval
from allocentric.oracle.places import Anchor, Spot, point_of, upright_yaw
from allocentric.scene.placement import size_of
from allocentric.scene.scene import Footprint, Scene
from allocentric.scene.truth import Body

_CORNERS: Final = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])


def boxes(scene: Scene) -> Boxes:
    """Every thing's box, in the middle of its bounds."""
    return scene.cached("boxes", lambda: Boxes(scene.centers, scene.sizes, scene.rotations))


def box_of(scene: Scene, anchor: Anchor) -> Boxes:
    """One thing's box, or a point as a box without size."""
    if isinstance(anchor, Body):
        return boxes(scene).take(np.array([anchor.row]))
    return Boxes(np.array([point_of(scene, anchor)]), np.zeros((1, 3)), np.eye(3)[None])


def is_shaped(scene: Scene, anchor: Anchor) -> bool:
    """True where a thing is more than its box."""
    return isinstance(anchor, Body) and scene.shapes[anchor.row] is not None


def is_prism(scene: Scene, anchor: Anchor) -> bool:
    """True for what is its footprint raised straight up: a region, an upright box, a point."""
    if isinstance(anchor, Spot):
        return True
    shape = scene.shapes[anchor.row]
    return isinstance(shape, Footprint) or (shape is None and upright_yaw(scene, anchor.row) is not None)


def tree_of(scene: Scene, anchor: Anchor) -> MeshTree:
    """The surface of a thing (or of a point) as a tree, in the middle of its bounds."""
    if isinstance(anchor, Spot):
        return build_tree(box_mesh(np.zeros(3)).moved(np.eye(3), np.array(point_of(scene, anchor))))
    row = anchor.row

    def made() -> MeshTree:
        match scene.shapes[row]:
            case Footprint() as region:
                return build_tree(prism_mesh(region.polygon, region.low, region.high))
            case Mesh() as mesh:
                return build_tree(mesh)
            case None:
                box = box_mesh(scene.sizes[row])
                return build_tree(box.moved(scene.rotations[row], scene.centers[row]))

    return scene.cached(f"tree {row}", made)


def footprint(scene: Scene, anchor: Anchor) -> BaseGeometry:
    """What a thing covers, seen from above, in the middle of its bounds."""
    if isinstance(anchor, Spot):
        return Point(anchor.x.middle, anchor.y.middle)
    row = anchor.row
    return scene.cached(f"footprint {row}", lambda: _footprint(scene, row))


def _footprint(scene: Scene, row: int) -> BaseGeometry:
    match scene.shapes[row]:
        case Footprint() as region:
            return region.polygon
        case Mesh() as mesh:
            triangles = shapely.polygons(mesh.vertices_m[mesh.faces][:, :, :2])
            return shapely.union_all(triangles[shapely.area(triangles) > 0])
        case None:
            corners = scene.centers[row] + (_CORNERS * scene.sizes[row]) @ scene.rotations[row].T
            return MultiPoint(corners[:, :2]).convex_hull


def span_up(scene: Scene, row: int) -> tuple[float, float]:
    """The lowest and highest point of a thing, in the middle of its bounds."""
    spans: list[tuple[float, float]] = scene.cached("spans up", lambda: _spans_up(scene))
    return spans[row]


def _spans_up(scene: Scene) -> list[tuple[float, float]]:
    half = (np.abs(scene.rotations[:, 2, :]) * scene.sizes).sum(axis=1) / 2
    spans = list(
        zip((scene.centers[:, 2] - half).tolist(), (scene.centers[:, 2] + half).tolist(), strict=True)
    )
    for row, shape in enumerate(scene.shapes):
        if isinstance(shape, Footprint):
            spans[row] = (shape.low, shape.high)
        elif isinstance(shape, Mesh):
            spans[row] = (float(shape.vertices_m[:, 2].min()), float(shape.vertices_m[:, 2].max()))
    return spans


def corners(scene: Scene, anchor: Anchor, ends: Literal["low", "high"]) -> Float[np.ndarray, "corner 3"]:
    """Corners of the hull, seen from the centre along the world's axes, at the least or greatest sizes.

    All at infinity where a size is not bounded.
    """
    if isinstance(anchor, Spot):
        return np.zeros((1, 3))
    center = scene.centers[anchor.row]
    found: Float[np.ndarray, "corner 3"]
    match scene.shapes[anchor.row]:
        case Footprint() as region:
            whole = isinstance(region.polygon, Polygon)
            ground = shapely.get_coordinates(region.polygon.exterior if whole else region.polygon)
            found = np.concatenate(
                [np.c_[ground, np.full(len(ground), z)] for z in (region.low, region.high)]
            )
            found = found - center
        case Mesh() as mesh:
            found = mesh.vertices_m - center
        case None:
            sizes = np.array([getattr(each, ends) for each in size_of(scene, anchor.row)])
            if not np.isfinite(sizes).all():
                return np.full((8, 3), np.inf)
            found = (_CORNERS * sizes) @ scene.rotations[anchor.row].T
    return found


def reach_along(scene: Scene, anchor: Anchor, along: Float[np.ndarray, "3"]) -> Interval:
    """How far a thing reaches from its centre along a direction of the world, at any of its sizes."""
    if isinstance(anchor, Spot):
        return Interval(0.0, 0.0)
    if scene.shapes[anchor.row] is not None:
        return Interval.of(float((corners(scene, anchor, "low") @ along).max()))
    reach = Interval(0.0, 0.0)
    for size, share in zip(
        size_of(scene, anchor.row), np.abs(along @ scene.rotations[anchor.row]).tolist(), strict=True
    ):
        reach = reach + size * Interval.of(share / 2 if share > 1e-12 else 0.0)
    return reach
