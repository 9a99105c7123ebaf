"""Mirrors in pictures: one exact bounce, by ray casting."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from allocentric.geometry.raycast import EngineName, Hits
from allocentric.geometry.rays import Rays
from allocentric.scene.scene import Scene, View
from allocentric.views.light import DAYLIGHT, OFF, Light, lit, picture_numbers, plain_light, thing_colours
from allocentric.views.render import Picture, SightLines, render, sight_lines
from allocentric.views.surfaces import SceneCaster, scene_caster

REFLECTANCE: Final = 0.9  # of a mirror: the rest of what it shows is its own surface
LABEL: Final = "mirror"


@dataclass(frozen=True, eq=False, slots=True)
class Glance:
    """What the rays of a view met, and where that was a mirror, what they met after one bounce.

    `mirror` are the rays that bounced, in the order of `bounce`.
    """

    lines: SightLines
    hits: Hits
    rows: Int[np.ndarray, " ray"]
    mirror: Int[np.ndarray, " bounced"]
    bounce: Hits
    bounce_rows: Int[np.ndarray, " bounced"]


def mirror_rows(scene: Scene, mirrors: Sequence[str] | None = None) -> tuple[int, ...]:
    """The things of these names; without names, those whose label has the word mirror in it.

    Raises UnknownName for a name that is not there.
    """
    if mirrors is not None:
        return tuple(scene.row(name) for name in mirrors)
    return tuple(row for row, label in enumerate(scene.labels) if LABEL in label.lower().split())


def render_mirrored(
    scene: Scene,
    view: View | str,
    *,
    mirrors: Sequence[str] | None = None,
    engine: EngineName = "auto",
    light: Light | None = DAYLIGHT,
    finer: int = 1,
    reflectance: float = REFLECTANCE,
) -> Picture:
    """The picture that `render` gives, in whose mirrors the scene is seen, a mirror within them plain.

    Every face of a mirror reflects; `reflectance` is the share of the light from where the ray goes on, the
    rest is the mirror's own surface. Depth and instances are those of the mirror.
    """
    picture = render(scene, view, engine=engine, light=light, finer=finer)
    rows = mirror_rows(scene, mirrors)
    if not rows:
        return picture
    held, colours = scene_caster(scene, engine=engine), thing_colours(scene)
    looks = list(glances(scene, picture.view, rows, engine=engine, finer=finer))
    seen = np.any([_bounces(each) for each in looks], axis=0)  # only there does the picture change
    total = np.zeros((int(seen.sum()), 3))
    for glance in looks:
        here = glance.lines.spread(np.arange(len(glance.rows)), -1)[seen]  # -1: the lens shows nothing there
        ray = here[here >= 0]
        shown = _shine(held, _part(glance.hits, ray), rows=glance.rows[ray], colours=colours, light=light)
        beyond = _shine(held, glance.bounce, rows=glance.bounce_rows, colours=colours, light=light)
        at = np.searchsorted(ray, glance.mirror)  # rays run row by row, as the pixels do
        shown[at] += reflectance * (beyond - shown[at])
        total[here >= 0] += shown
    colour = picture.colour.copy()
    colour[seen] = picture_numbers(total / finer**2)
    return replace(picture, colour=colour)


def glances(
    scene: Scene, view: View, mirrors: Sequence[int], *, engine: EngineName = "auto", finer: int = 1
) -> Iterator[Glance]:
    """What the middles of the `finer` x `finer` parts of each pixel see, directly and in these mirrors."""
    held = scene_caster(scene, engine=engine)
    offs_px = ((np.arange(finer) + 0.5) / finer - 0.5).tolist()
    for right_px, down_px in itertools.product(offs_px, repeat=2):
        lines = sight_lines(view, right_px=right_px, down_px=down_px)
        hits = held.caster.cast_rays(lines.rays)
        rows = held.rows_hit(hits)
        mirror = np.flatnonzero(np.isin(rows, np.array([*mirrors], dtype=rows.dtype)))
        bounce = held.caster.cast_rays(_bounced(hits, mirror, off=OFF * held.caster.triangles.radius_m))
        yield Glance(lines, hits, rows, mirror, bounce, held.rows_hit(bounce))


def _bounces(glance: Glance) -> Bool[np.ndarray, "height width"]:
    """The pixels whose ray bounced."""
    flags = np.zeros(len(glance.rows), dtype=bool)
    flags[glance.mirror] = True
    image: Bool[np.ndarray, "height width"] = glance.lines.spread(flags, False)
    return image


def _part(hits: Hits, which: Int[np.ndarray, " part"]) -> Hits:
    """The hits of some of the rays, all of which start at one place."""
    rays = Rays(hits.rays.origins_m, hits.rays.directions[which])
    return replace(
        hits,
        rays=rays,
        range_m=hits.range_m[which],
        instance=hits.instance[which],
        triangle=hits.triangle[which],
    )


def _bounced(hits: Hits, which: Int[np.ndarray, " bounced"], *, off: float) -> Rays:
    """These rays after their hits: as much away from the surface as they came towards it."""
    normals, directions = hits.normals()[which], hits.rays.directions[which]
    away = directions - 2 * (directions * normals).sum(axis=1, keepdims=True) * normals
    return Rays(hits.points_m()[which] + off * normals, away)


def _shine(
    held: SceneCaster,
    hits: Hits,
    *,
    rows: Int[np.ndarray, " ray"],
    colours: UInt8[np.ndarray, "row 3"],
    light: Light | None,
) -> Float[np.ndarray, "ray 3"]:
    plain = plain_light(held, hits, colours, rows=rows)
    return lit(held.caster, hits, plain, light=light).clip(max=1.0)
