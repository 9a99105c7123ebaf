"""Which way is up, where the floor is, how much of it is free: from surfaces that were seen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from jaxtyping import Bool, Float
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import KINECT, DepthNoise
from allocentric.geometry.frames import UP
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.perception.frames import Frame
from allocentric.perception.lifting import points_of
from allocentric.perception.moving import moved
from allocentric.perception.smoothing import smoothed
from allocentric.scene.scene import Scene, View
from allocentric.views.surfaces import meter_of

GATES_RAD: Final = tuple(math.radians(each) for each in (30, 20, 10, 5, 5, 5))
AGREES_RAD: Final = math.radians(10)
BIN_M: Final = 0.02
FAIR: Final = 0.25  # of the largest level's area: what is lower and has less is no floor
FLOOR_BAND_M: Final = 0.05  # off the floor's height, and still floor
HEADROOM_M: Final = 1.9
CELL_M: Final = 0.05
GAP_M: Final = 0.03  # between parts of the floor: closed; what is as narrow is cut off
FAN_PX: Final = 2.0  # of the picture, in one direction of a fan
HOLE_M2: Final = 0.05  # of the floor, not looked through, and all around it: closed
FINE_M: Final = 0.01
STRIDE: Final = 4  # every so-manieth pixel, right and down

Vectors = Float[np.ndarray, "surfel 3"]
Numbers = Float[np.ndarray, " surfel"]
Flags = Bool[np.ndarray, " surfel"]


@dataclass(frozen=True, eq=False, slots=True)
class Surfels:
    """Small pieces of surface: where, which way they face (unit, either side; NaN unknown), how large."""

    points_m: Vectors
    normals: Vectors
    areas_m2: Numbers


@dataclass(frozen=True, eq=False, slots=True)
class Ground:
    """Up as a unit vector of the world it was found in, and how high the floor lies along it.

    `lean_rad` is how far up may be off: how far floors alone and walls alone disagree, and no less than a
    tenth of a degree. `share` is that of all surface that is level or upright to ten degrees: near 1 in a
    room, near 0 in a wood. `floor_m2` is how large the surface at the floor's height is.
    """

    up: Float[np.ndarray, "3"]
    height_m: float
    lean_rad: float
    share: float
    floor_m2: float


def surfels_of_mesh(mesh: Mesh) -> Surfels:
    """The triangles of a mesh; those without area left out."""
    corners_m = mesh.corners_m()
    cross = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    twice_m2 = np.linalg.norm(cross, axis=1)
    real = twice_m2 > 0
    return Surfels(corners_m[real].mean(axis=1), cross[real] / twice_m2[real, None], twice_m2[real] / 2)


def surfels_of_frames(frames: Iterable[Frame], *, noise: DepthNoise = KINECT) -> Surfels:
    """Pieces of what frames measured, every fourth pixel; what many frames saw counts as often.

    `noise` is what may be left over a plane: better too much than too little.
    """
    points, normals, areas = [np.zeros((0, 3))], [np.zeros((0, 3))], [np.zeros(0)]
    for frame in frames:
        smooth = smoothed(frame, np.where(frame.depth_m > 0, 1, 0), noise=noise)
        lattice = np.s_[STRIDE // 2 :: STRIDE, STRIDE // 2 :: STRIDE]
        depth_m, normal = smooth.depth_m[lattice], smooth.normals[lattice]
        measured = depth_m > 0
        in_camera = points_of(frame, smooth.depth_m)[lattice]
        facing = (
            -np.einsum("hwi,hwi->hw", in_camera, normal)[measured]
            / np.linalg.norm(in_camera, axis=-1)[measured]
        )
        side_m = STRIDE * depth_m[measured] / min(frame.camera.fx_px, frame.camera.fy_px)
        points.append(frame.world_from_camera.apply(in_camera[measured]))
        normals.append(normal[measured] @ frame.world_from_camera.rotation.T)
        areas.append(side_m**2 / np.clip(np.nan_to_num(facing, nan=1.0), 0.2, 1.0))
    return Surfels(np.concatenate(points), np.concatenate(normals), np.concatenate(areas))


def find_ground(surfels: Surfels, near_up: Float[np.ndarray, "3"] = UP) -> Ground:
    """Up and the floor, from what is level and what is upright.

    Up is looked for within 30 degrees of `near_up`. The floor is the lowest level with a fair share of the
    largest one's area. Raises BadInput where nothing is level.
    """
    known = ~np.isnan(surfels.normals[:, 0])
    normals, areas = surfels.normals[known], surfels.areas_m2[known]
    up = np.asarray(near_up, dtype=float) / np.linalg.norm(near_up)
    for gate_rad in GATES_RAD:
        up = _refined(normals, areas, up, gate_rad=gate_rad)
    along = np.abs(normals @ up)
    level, upright = along > math.cos(AGREES_RAD), along < math.sin(AGREES_RAD)
    if not level.any():
        what = "nothing that was seen is level: there is no floor"
        raise BadInput(what, where="find_ground", mend="give views that see the floor")
    height_m, floor_m2 = _floor(surfels.points_m[known][level] @ up, areas[level])
    apart = [_alone(normals, areas, up, part=part) for part in (level, upright)]
    lean_rad = max(math.radians(0.1), *(math.acos(min(1.0, float(each @ up))) for each in apart))
    share = float(areas[level | upright].sum() / areas.sum())
    return Ground(up, height_m, lean_rad, share, floor_m2)


def floor_along(surfels: Surfels, up: Float[np.ndarray, "3"]) -> float:
    """How high the floor lies where up is known; raises BadInput where nothing is level."""
    level = np.abs(surfels.normals @ up) > math.cos(AGREES_RAD)  # false where it is not known
    if not level.any():
        what = "nothing that was seen is level: there is no floor"
        raise BadInput(what, where="floor_along", mend="give views that see the floor")
    return _floor(surfels.points_m[level] @ up, surfels.areas_m2[level])[0]


def levelled(scene: Scene, ground: Ground) -> Scene:
    """The scene turned so that z is up, its floor at z = 0; how far it may lean is bounded.

    `ground` is in metres, in the world of the scene. Raises BadInput as `moved` does, and where a unit's
    length is not known.
    """
    turn, foot = _turn_to_up(ground.up), np.array([0.0, 0.0, ground.height_m / meter_of(scene)])
    upright = moved(scene, Pose(turn, -foot), change="levelled by its floor")
    return replace(upright, tilt_rad=ground.lean_rad)


def camera_up(views: Sequence[View]) -> Float[np.ndarray, "3"]:
    """Where the pictures' own up points on average, as a unit vector: a first guess of up."""
    mean = np.mean([-view.world_from_camera.rotation[:, 1] for view in views], axis=0)
    made: Float[np.ndarray, "3"] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return made


def seen_floor(surfels: Surfels, ground: Ground) -> MultiPolygon:
    """The floor that was seen, in cells of five centimetres; x and y of a world with z up."""
    level = np.abs(surfels.normals @ ground.up) > math.cos(math.radians(20))
    low = np.abs(surfels.points_m @ ground.up - ground.height_m) < FLOOR_BAND_M
    return _cells(surfels.points_m[level & low])


def free_floor(surfels: Surfels, ground: Ground) -> MultiPolygon:
    """The floor that was seen and has nothing over it up to the height of a walker."""
    above_m = surfels.points_m @ ground.up - ground.height_m
    stands = (above_m > FLOOR_BAND_M) & (above_m < HEADROOM_M)
    return _polygons(seen_floor(surfels, ground).difference(_cells(surfels.points_m[stands])))


def swept(frame: Frame) -> MultiPolygon:
    """The floor below all that a frame looked through, x and y of a world with z up: no wall stands there.

    In each direction as far as the farthest point that was measured; furniture is looked over.
    """
    lattice = np.s_[1::2, 1::2]
    points_m = points_of(frame)[lattice].reshape(-1, 3)
    turned = frame.world_from_camera.rotation @ points_m[~np.isnan(points_m[:, 2])].T
    ahead = frame.world_from_camera.rotation[:2, 2]
    azimuth_rad = np.arctan2(turned[1], turned[0]) - math.atan2(ahead[1], ahead[0])
    count = max(8, int(math.tau * frame.camera.fx_px / FAN_PX))
    bins = np.floor((azimuth_rad / math.tau + 0.5) % 1 * count).astype(int) % count
    order = np.lexsort((np.hypot(turned[0], turned[1]), bins))
    last = np.append(np.diff(bins[order]) > 0, True)[: len(order)]
    filled, farthest = bins[order][last], turned[:2, order[last]].T
    eye_m = frame.world_from_camera.translation_m[:2]
    fans = list[Polygon]()
    cuts = (np.diff(filled) > 1) | (filled[1:] % (count // 4) == 0)
    for run in np.split(farthest, np.flatnonzero(cuts) + 1):
        if len(run) > 1:
            fans.append(Polygon([eye_m, *(eye_m + run)]))
    return _polygons(shapely.union_all(fans).simplify(FINE_M))


def outline(parts: Sequence[BaseGeometry]) -> Polygon | None:
    """The outline of the floor from what was swept and what stands on it, small gaps and holes closed.

    The largest part, where there are several; None where there is none.
    """
    whole = shapely.union_all([shapely.buffer(each, 0) for each in parts])
    closed = whole.buffer(GAP_M, join_style="mitre").buffer(-2 * GAP_M, join_style="mitre")
    opened = closed.buffer(GAP_M, join_style="mitre")
    found = list(_polygons(opened).geoms)
    if not found:
        return None
    largest = max(found, key=lambda part: float(part.area))
    holes = [hole for hole in largest.interiors if Polygon(hole).area > HOLE_M2]
    filled = Polygon(largest.exterior, holes)
    simple = filled.simplify(GAP_M)
    return simple if isinstance(simple, Polygon) and simple.is_valid else filled


def _refined(
    normals: Vectors, areas: Numbers, up: Float[np.ndarray, "3"], *, gate_rad: float
) -> Float[np.ndarray, "3"]:
    """Up anew: along what is about level, across what is about upright."""
    along = np.abs(normals @ up)
    level, upright = along > math.cos(gate_rad), along < math.sin(gate_rad)
    return _least(normals, areas * (upright.astype(float) - level.astype(float)), up)


def _alone(
    normals: Vectors, areas: Numbers, up: Float[np.ndarray, "3"], *, part: Flags
) -> Float[np.ndarray, "3"]:
    """Up from level surfaces alone, or from upright ones; as it was where they do not tell."""
    if not part.any():
        return up
    level = bool(np.abs(normals[part][0] @ up) > 0.5)
    if not level:
        spread = np.linalg.eigvalsh((normals[part] * areas[part, None]).T @ normals[part] / areas[part].sum())
        if spread[1] < 0.05:  # walls of one direction only
            return up
    return _least(normals[part], -areas[part] if level else areas[part], up)


def _least(normals: Vectors, weights: Numbers, up: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3"]:
    """The unit vector with the least weighted sum of squared products, on the side of `up`."""
    found: Float[np.ndarray, "3"] = np.linalg.eigh((normals * weights[:, None]).T @ normals)[1][:, 0]
    return found if float(found @ up) >= 0 else -found


def _floor(heights_m: Numbers, areas: Numbers) -> tuple[float, float]:
    """The height of the lowest level with a fair share of the largest one's area, and its area."""
    low = float(heights_m.min())
    bins = ((heights_m - low) / BIN_M).astype(int)
    sums = np.convolve(np.bincount(bins, weights=areas), np.ones(3), mode="same")
    fair = sums >= FAIR * sums.max()
    first = int(fair.argmax())
    end = first + int((~np.append(fair, False)[first:]).argmax())
    peak = first + int(sums[first:end].argmax())
    near = np.abs(heights_m - (low + (peak + 0.5) * BIN_M)) < FLOOR_BAND_M
    order = np.argsort(heights_m[near])
    total = np.cumsum(areas[near][order])
    middle = int(np.searchsorted(total, total[-1] / 2))
    return float(heights_m[near][order][middle]), float(total[-1])


def _turn_to_up(up: Float[np.ndarray, "3"]) -> Float[np.ndarray, "3 3"]:
    """The least rotation that carries a unit vector to z."""
    axis, cosine = np.cross(up, UP), float(up @ UP)
    if cosine < -1 + 1e-12:
        return np.diag([1.0, -1.0, -1.0])
    cross = np.cross(np.eye(3), axis)  # cross @ v is axis x v
    turn: Float[np.ndarray, "3 3"] = np.eye(3) + cross + cross @ cross / (1 + cosine)
    return turn


def _cells(points_m: Vectors) -> MultiPolygon:
    """The cells on the floor that points lie over, joined."""
    places = np.unique(np.floor(points_m[:, :2] / CELL_M), axis=0)
    low, high = places * CELL_M, (places + 1) * CELL_M
    return _polygons(shapely.union_all(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])))


def _polygons(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
