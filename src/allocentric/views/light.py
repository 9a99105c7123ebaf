"""Light: a sun, the sky and lamps on surfaces of their own colours or muted ones, with the shadows cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from allocentric.geometry.paint import light_on, linear_light
from allocentric.geometry.raycast import Hits, RayCaster
from allocentric.scene.scene import Scene
from allocentric.views.colours import paint_of
from allocentric.views.plan_things import OPENINGS
from allocentric.views.surfaces import SceneCaster

OFF: Final = 2e-5  # how far off a surface a shadow's ray starts, as a share of the scene's radius
GROUND: Final = (206, 192, 170)  # the floor, where no thing is the floor
FIXED: Final = {
    "wall": (232, 228, 220),
    "ceiling": (240, 238, 233),
    "floor": GROUND,
    **{label: paint.fill[:3] for label, paint in OPENINGS.items()},
}
ZENITH: Final = (168, 196, 226)
HORIZON: Final = (236, 240, 243)
SKY: Final = 0.8  # share of the sky's light that falls on an upright surface
SKY_WAY: Final = (0.06, 0.12, 0.2)  # more comes from above, and from two sides, so that corners stay clear
STEPS: Final = 4095  # of the table that brings light to numbers of a picture

Linear = Float[np.ndarray, "ray 3"]
Amounts = Float[np.ndarray, " point"]


@dataclass(frozen=True, slots=True)
class Lamp:
    """A small lamp at a place of the world: of strength 1 at the distance `reach`, less by the square beyond.

    In scene units.
    """

    at: tuple[float, float, float]
    reach: float = 1.0


@dataclass(frozen=True, slots=True)
class Light:
    """What shines on a scene: a sun that stands in the direction `sun`, the sky from all sides, lamps.

    A white surface square to a light of strength 1 comes out white. Without `shadows`, light goes through
    everything.
    """

    sun: tuple[float, float, float] = (0.42, -0.31, 0.85)
    sun_strength: float = 0.55
    sky_strength: float = 0.6
    lamps: tuple[Lamp, ...] = ()
    shadows: bool = True


DAYLIGHT: Final = Light()


def thing_colours(scene: Scene) -> UInt8[np.ndarray, "row 3"]:
    """The colour of each thing by its label, muted; the last is the floor's, and of whatever is no thing."""
    colours = [FIXED.get(each, paint_of(each, "plain").fill[:3]) for each in scene.labels]
    return np.array([*colours, GROUND], dtype=np.uint8)


def plain_light(
    held: SceneCaster, hits: Hits, colours: UInt8[np.ndarray, "row 3"], *, rows: Int[np.ndarray, " ray"]
) -> Linear:
    """What each surface hit gives back of white light: its own paint where it has some, else its colour."""
    plain: Linear = linear_light(colours)[rows]
    painted = np.array([*(mesh.paint is not None for mesh in held.meshes), False])[hits.instance]
    if painted.any():
        faces, weights = hits.faces(), hits.barycentric()
        order = np.flatnonzero(painted)
        order = order[np.argsort(hits.instance[order], kind="stable")]
        for part in np.split(order, np.flatnonzero(np.diff(hits.instance[order])) + 1):
            paint = held.meshes[int(hits.instance[part[0]])].paint
            assert paint is not None
            plain[part] = light_on(paint, faces[part], weights[part])
    return plain


def lit(caster: RayCaster, hits: Hits, plain: Linear, *, light: Light | None) -> Linear:
    """The red, green and blue light that comes along each ray, 1 for white; the sky where it met nothing.

    `plain` is what each surface gives back of white light. Without `light` every surface shows that.
    """
    seen = np.isfinite(hits.range_m)
    shown = _sky(hits.rays.directions)
    shown[seen] = plain[seen]
    if light is not None and seen.any():
        shown[seen] *= _falling(caster, hits, seen, light=light)[:, None]
    return shown


def picture_numbers(light: Float[np.ndarray, "*n 3"]) -> UInt8[np.ndarray, "*n 3"]:
    """Light as the numbers of a picture (sRGB); what is brighter than white is white."""
    steps = (np.clip(light, 0.0, 1.0) * STEPS + 0.5).astype(np.intp)
    numbers: UInt8[np.ndarray, "*n 3"] = _TABLE[steps]
    return numbers


def _falling(caster: RayCaster, hits: Hits, seen: Bool[np.ndarray, " ray"], *, light: Light) -> Amounts:
    """The light that falls on each point hit."""
    points_m, normals = hits.points_m()[seen], hits.normals()[seen]
    off_m = points_m + OFF * caster.triangles.radius_m * normals
    falling: Amounts = light.sky_strength * (SKY + normals @ np.array(SKY_WAY))
    sun = np.array(light.sun) / np.linalg.norm(light.sun)
    share = normals @ sun
    bright = np.flatnonzero(share > 0)
    if light.shadows:
        bright = bright[~caster.occluded(off_m[bright], sun[None], np.inf)]
    falling[bright] += light.sun_strength * share[bright]
    for lamp in light.lamps:
        to_lamp_m = np.array(lamp.at) - off_m
        apart_m = np.linalg.norm(to_lamp_m, axis=1)
        share = (normals * to_lamp_m).sum(axis=1) / np.where(apart_m > 0, apart_m, np.inf)
        bright = np.flatnonzero(share > 0)
        if light.shadows:
            bright = bright[~caster.occluded(off_m[bright], to_lamp_m[bright], apart_m[bright])]
        falling[bright] += share[bright] * (lamp.reach / apart_m[bright]) ** 2
    return falling


def _sky(directions: Float[np.ndarray, "ray 3"]) -> Linear:
    """The sky along each ray: pale at the horizon and below."""
    share = np.clip(directions[:, 2:], 0.0, 1.0) ** 0.6
    horizon, zenith = linear_light(np.array([HORIZON, ZENITH], dtype=np.uint8))
    sky: Linear = horizon + share * (zenith - horizon)
    return sky


def _table() -> UInt8[np.ndarray, " step"]:
    share = np.arange(STEPS + 1) / STEPS
    numbers = np.where(share <= 0.0031308, 12.92 * share, 1.055 * share ** (1 / 2.4) - 0.055)
    table: UInt8[np.ndarray, " step"] = np.round(255 * numbers).astype(np.uint8)
    table.flags.writeable = False
    return table


_TABLE: Final = _table()
