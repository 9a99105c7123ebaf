"""Oriented boxes about things that were seen in part: how large they are at least, and at most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.frames import rotation_about_up
from allocentric.perception.ends import End
from allocentric.perception.fusion import open3d_for
from allocentric.perception.merging import Seen
from allocentric.scene.scene import Kind, Thing

QUARTER: Final = math.pi / 2
TURNS_RAD: Final = np.linspace(0, QUARTER, 361)[:-1]
TURNS_RAD.flags.writeable = False
LEVEL: Final = 0.25  # of a normal: its face stands upright
FEWEST_UPRIGHT: Final = 20  # points on upright faces that tell a heading
AGREE: Final = 0.8  # of upright normals, that belong to faces at right angles
MODE_RAD: Final = math.radians(8)
SIGMAS: Final = 3.0
LEAST_M: Final = 0.002
LOOSE_SIGMAS: Final = 3.0  # of the points at an end: of many, some err alike
FLOOR_WITHIN_M: Final = 0.003
OUT_OF_SIGHT_M: Final = 0.5  # nothing reaches farther than this beyond all that was seen: a wall is as thick
LEAST_RAD: Final = math.radians(0.1)
STRUCTURE: Final = frozenset({"wall", "floor", "ceiling", "door", "doorway", "window"})


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a box's x axis, known up to a quarter turn, and how far off it may be."""

    yaw_rad: float
    slack_rad: float


def heading(thing: Seen) -> Heading:
    """How an upright box about a thing is turned: by its upright faces, else by the smallest rectangle.

    The slack is a quarter of a right angle and more where neither tells.
    """
    return _by_faces(thing) or _by_rectangle(thing)


def bounded_thing(
    thing: Seen,
    ends: Sequence[End],
    turned: Heading,
    *,
    world_m: tuple[Float[np.ndarray, "3"], Float[np.ndarray, "3"]],
    floor_m: float = -math.inf,
) -> Thing:
    """The upright box about a thing in the middle of what is possible, with all that is possible as slack.

    `ends` are those of `seen_ends` along the axes of `turned`. An end that nothing tells reaches up to half a
    metre beyond the world, lowest and highest corner of all that was seen, and nothing below the floor.
    """
    rotation = rotation_about_up(turned.yaw_rad)
    seen_m, most_m = (
        np.array([[each.seen_m, each.most_m] for each in ends]).reshape(2, 3, 2).transpose(2, 0, 1)
    )
    corners_m = np.array([[world_m[x][0], world_m[y][1], world_m[z][2]] for x, y, z in np.ndindex(2, 2, 2)])
    own_m = corners_m @ rotation
    farthest_m = np.stack([-own_m.min(axis=0), own_m.max(axis=0)])
    farthest_m += OUT_OF_SIGHT_M
    most_m = np.where(np.isfinite(most_m), most_m, farthest_m)
    most_m[0, 2] = min(most_m[0, 2], FLOOR_WITHIN_M - floor_m)
    # Turned a little more, an end lies farther in or out by what the box measures across it.
    across_m = np.maximum(seen_m.sum(axis=0), 0)[[1, 0]] / 2 * math.sin(min(turned.slack_rad, QUARTER / 2))
    seen_m[:, :2] -= across_m
    loose_m = LEAST_M + LOOSE_SIGMAS * np.array([each.sigma_m for each in ends]).reshape(2, 3)
    most_m = np.maximum(most_m, seen_m) + loose_m
    most_m[:, :2] += across_m
    seen_m -= loose_m
    low_m, high_m = np.stack([-most_m[0], -seen_m[0]]), np.stack([seen_m[1], most_m[1]])
    size_m = np.stack([np.maximum(high_m[0] - low_m[1], 0), np.maximum(high_m[1] - low_m[0], 0)])
    center_m = (low_m + high_m) / 2
    return Thing(
        label=thing.label,
        kind=kind_of(thing.label),
        center=rotation @ center_m.mean(axis=0),
        size=size_m.mean(axis=0),
        rotation=rotation,
        center_slack=np.abs(center_m[1] - center_m[0]) / 2,
        slack_axes=rotation,
        size_slack=(size_m[1] - size_m[0]) / 2,
        yaw_slack_rad=turned.slack_rad if turned.slack_rad < QUARTER / 2 else math.pi,
    )


def full_box(points_m: Float[np.ndarray, "point 3"]) -> Boxes:
    """The smallest box about points, however it leans. Needs the extra `recon`.

    Raises BadInput for points that fill no space.
    """
    o3d = open3d_for("full boxes")
    try:
        found = o3d.t.geometry.OrientedBoundingBox.create_from_points(
            o3d.core.Tensor(np.ascontiguousarray(points_m, dtype=np.float64)), robust=True
        )
    except RuntimeError:
        what = f"{len(points_m)} points fill no space"
        raise BadInput(what, where="full_box", mend="give four points or more, not all in a plane") from None
    rotation = found.rotation.numpy()
    if np.linalg.det(rotation) < 0:
        rotation = -rotation
    return Boxes(found.center.numpy()[None], found.extent.numpy()[None], rotation[None])


def kind_of(label: str) -> Kind:
    """Whether a thing of this label is part of the building.

    >>> kind_of("wall"), kind_of("cup")
    ('structure', 'object')
    """
    return "structure" if label in STRUCTURE else "object"


def _by_faces(thing: Seen) -> Heading | None:
    """The heading at which most upright normals lie along the box's axes; None where too few agree."""
    normals = np.concatenate([each.normals for each in thing.detections])
    areas = np.concatenate([each.areas_m2 for each in thing.detections])
    upright = np.abs(normals[:, 2]) < LEVEL  # false where it is not known
    if upright.sum() < FEWEST_UPRIGHT:
        return None
    angles_rad = np.arctan2(normals[upright, 1], normals[upright, 0]) % QUARTER
    weights = areas[upright]
    bins = np.histogram(angles_rad, bins=90, range=(0, QUARTER), weights=weights)[0]
    mode_rad = (float((bins + np.roll(bins, 1) + np.roll(bins, -1)).argmax()) + 0.5) / 90 * QUARTER
    off_rad = (angles_rad - mode_rad + QUARTER / 2) % QUARTER - QUARTER / 2
    close = np.abs(off_rad) < MODE_RAD
    if weights[close].sum() < AGREE * weights.sum():
        return None
    mean_rad = float(np.average(off_rad[close], weights=weights[close]))
    spread_rad = float(np.sqrt(np.average((off_rad[close] - mean_rad) ** 2, weights=weights[close])))
    slack_rad = LEAST_RAD + SIGMAS * spread_rad / math.sqrt(max(float(close.sum()) / FEWEST_UPRIGHT, 1))
    return Heading(_nearest_quarter(mode_rad + mean_rad), slack_rad)


def _by_rectangle(thing: Seen) -> Heading:
    """The heading of the smallest rectangle about all points, and of all that are hardly larger."""
    points_m = thing.points_m()
    steps_m = np.concatenate([each.steps_m for each in thing.detections])
    sigmas_m = np.concatenate([each.sigmas_m for each in thing.detections])
    loose_m = float(np.quantile(steps_m, 0.1) + SIGMAS * np.quantile(sigmas_m, 0.1))
    hull_m = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(points_m[:, :2])))
    axes = np.stack([np.cos(TURNS_RAD), np.sin(TURNS_RAD)])
    wide_m, deep_m = np.ptp(hull_m @ axes, axis=0), np.ptp(hull_m @ np.stack([-axes[1], axes[0]]), axis=0)
    best = int((wide_m * deep_m).argmin())
    as_small = wide_m * deep_m <= (wide_m[best] + loose_m) * (deep_m[best] + loose_m)
    off_rad = np.abs((TURNS_RAD[as_small] - TURNS_RAD[best] + QUARTER / 2) % QUARTER - QUARTER / 2)
    return Heading(_nearest_quarter(float(TURNS_RAD[best])), LEAST_RAD + float(off_rad.max()))


def _nearest_quarter(yaw_rad: float) -> float:
    """The same box's heading from -45 to 45 degrees."""
    return (yaw_rad + QUARTER / 2) % QUARTER - QUARTER / 2
