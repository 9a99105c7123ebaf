"""Numbers to judge a scan by: how well the surface fits the depths, how much of the floor was seen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float
from PIL import Image
from shapely.geometry import Polygon

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.raycast import caster
from allocentric.perception.frames import directions, frame_of
from allocentric.perception.fusion import FARTHEST_M
from allocentric.perception.ground import Ground, free_floor, seen_floor, surfels_of_mesh
from allocentric.scene.scene import Thing, View, scene_of
from allocentric.views.light import DAYLIGHT
from allocentric.views.paths import looking_at
from allocentric.views.render import render
from allocentric.words import say_area, say_length

LOOKED_AT: Final = 24  # views whose depth is compared with the surface
LATTICE_PX: Final = 40  # pixels across a picture that are compared
PICTURE_PX: Final = (900, 640)
AWAY: Final = np.array([-0.55, -0.8, 1.1])  # from where a doll's house is looked at


@dataclass(frozen=True, slots=True)
class Check:
    """One number that was measured, with its unit, and what it says."""

    name: str
    value: float
    unit: str
    says: str


def surface_check(mesh: Mesh, views: Sequence[View]) -> tuple[Check, ...]:
    """How far measured depths are from the fused surface, and how many pixels meet it at all."""
    rows = np.unique(np.linspace(0, len(views) - 1, LOOKED_AT).astype(int))
    rays = caster([mesh])
    off_m, measured = list[Float[np.ndarray, " pixel"]](), 0
    for view in (views[row] for row in rows):
        frame = frame_of(view)
        step = max(1, frame.camera.width_px // LATTICE_PX)
        lattice = np.s_[step // 2 :: step, step // 2 :: step]
        depth_m = frame.depth_m[lattice].astype(float)
        known = depth_m > 0
        turned = directions(frame.camera)[lattice][known] @ frame.world_from_camera.rotation.T
        if not len(turned):
            continue
        hits = rays.cast(frame.world_from_camera.translation_m[None], turned)
        ahead_m = hits.range_m / np.linalg.norm(turned, axis=1)
        met = np.isfinite(ahead_m)
        off_m.append(np.abs(ahead_m[met] - depth_m[known][met]))
        measured += int(known.sum())
    off = np.concatenate([*off_m, []])
    if not len(off):
        return ()
    median_m, ninth_m = (float(each) for each in np.quantile(off, (0.5, 0.9)))
    says = f"the fused surface is {say_length(round(median_m, 5))} off the measured depths (median of"
    says += f" {len(off)} pixels in {len(rows)} views), nine in ten within {say_length(round(ninth_m, 5))}"
    share = len(off) / measured
    return (
        Check("surface to depth, median", median_m, "m", says),
        Check(
            "pixels that meet the surface",
            share,
            "share",
            f"{100 * share:.1f} % of the measured pixels meet the fused surface; what is farther than"
            f" {FARTHEST_M:g} m, or was seen but once, is not in it",
        ),
    )


def floor_checks(mesh: Mesh, ground: Ground, floor: Polygon | None) -> tuple[Check, ...]:
    """How much of the floor within the outline was seen, and how much is free; z is up."""
    surfels = surfels_of_mesh(mesh)
    seen, free = seen_floor(surfels, ground), free_floor(surfels, ground)
    made = [
        Check(
            "floor seen",
            float(seen.area),
            "m2",
            f"{say_area(float(seen.area))} of the floor itself were seen",
        ),
        Check(
            "floor free",
            float(free.area),
            "m2",
            f"{say_area(float(free.area))} of it have nothing over them up to a walker's height",
        ),
    ]
    if floor is not None and floor.area > 0:
        share = float(seen.intersection(floor).area / floor.area)
        made.append(
            Check(
                "share of the outline seen",
                share,
                "share",
                f"{100 * share:.0f} % of the {say_area(float(floor.area))} within the outline; the rest"
                " is under things, or was only looked over",
            )
        )
    return tuple(made)


def ground_checks(ground: Ground) -> tuple[Check, ...]:
    """How level and upright what was seen is."""
    return (
        Check(
            "level or upright surface",
            ground.share,
            "share",
            f"{100 * ground.share:.0f} % of the surface seen is level or upright to 10° (a room: near 100 %)",
        ),
        Check(
            "up, by floors against walls",
            float(np.degrees(ground.lean_rad)),
            "deg",
            f"up by level surfaces and up by upright ones agree to {np.degrees(ground.lean_rad):.2f}°",
        ),
    )


def house_picture(mesh: Mesh) -> bytes | None:
    """A PNG of a surface from above and aside, without what faces away: one looks into the rooms."""
    corners_m = mesh.corners_m()
    normals = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    shown = mesh.faces[normals @ AWAY > 0]
    if not len(shown):
        return None
    open_mesh = Mesh(mesh.vertices_m, shown)
    low, high = corners_m.min(axis=(0, 1)), corners_m.max(axis=(0, 1))
    middle, reach_m = (low + high) / 2, float(np.linalg.norm(high - low))
    width, height = PICTURE_PX
    at = middle + AWAY / np.linalg.norm(AWAY) * reach_m * 1.5
    pose = looking_at(at.tolist(), middle.tolist())
    x, y, z = pose.inverse().apply(mesh.vertices_m[np.unique(shown)]).T
    focal_px = 0.48 / float(max(np.abs(x / z).max() / width, np.abs(y / z).max() / height))  # all of it fits
    view = View("house", pose, camera=Pinhole(width, height, focal_px, focal_px, width / 2, height / 2))
    scene = scene_of("house", [Thing(label="wall", kind="structure", shape=open_mesh)])
    file = io.BytesIO()
    Image.fromarray(render(scene, view, light=DAYLIGHT, finer=2).colour).save(file, format="PNG")
    return file.getvalue()
