"""Scenes drawn at random, of every sort that a family may need: as many as one likes, one of each a seed."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import islice

import numpy as np
import shapely

from allocentric.geometry import globe
from allocentric.geometry.cameras import Panorama
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.questions.family import Family
from allocentric.questions.needs import lacking
from allocentric.scene.facts import Complete
from allocentric.scene.scene import Footprint, Scene, Sighting, Thing, Track, View, scene_of
from allocentric.seeds import stream
from allocentric.views.paths import looking, looking_at
from allocentric.worlds import makers
from allocentric.worlds.readers.geo_things import NORTH

PLACES = ("tray", "yard", "country", "leaning")
FIRST = {0: "flat", 3: "tray", 5: "flat", 7: "yard", 9: "country"}  # by the last digit of the seed
Drawn = tuple[Callable[[], Scene], ...]
"""Scenes, each made when it is first called for."""

STORIES = ("grid_story", "block_story")
LENS = Pinhole(96, 72, 60.0, 60.0, 48.0, 36.0)
ONCE = ("sofa", "lamp", "table", "bin", "clock", "vase", "plant", "desk", "shelf", "stool")
SEVERAL = ("chair", "chair", "chair", "box", "box", "cup", "cup")
LEANING = ("shelf", "bin", "vase", "lamp")
TIMES_S = np.arange(5.0)
PARKS = ("Ost Park", "Hain", "St. Anne", "Aue")


def drawn(seed: int) -> Drawn:
    """The scenes of a seed, each made when it is first called for.

    Boxes come first, but a made place for every other seed; which sort of story does goes by the seed.
    """
    told = deque(STORIES)
    told.rotate(seed)
    names = ("dots", *told, *(each.name for each in makers.PUZZLES), *PLACES)
    place = FIRST.get(seed % 10)
    first = partial(_made, place, seed) if place else partial(boxes, seed)
    others = (partial(_made, each, seed) for each in names)
    return tuple(
        cache(each)
        for each in (first, partial(town, seed), partial(street, seed), *others, partial(boxes, seed))
    )


def boxes(seed: int) -> Scene:
    """What `looked` shows, in no picture."""
    return replace(looked(seed), id=f"boxes-{seed}", views=())


def _made(maker: str, seed: int) -> Scene:
    """What a maker makes, without cameras."""
    scene = makers.make(maker, seed)
    return replace(scene, views=tuple(each for each in scene.views if each.camera is None))


def fitting(scenes: Drawn, family: Family) -> list[Scene]:
    """The first of some scenes that has what a family needs, or none."""
    made = (each() for each in scenes)
    return list(islice((each for each in made if lacking(each, family.needs) is None), 1))


def looked(seed: int) -> Scene:
    """Two rooms of boxes in six pictures at three heights and one panorama, with times; north is known.

    Boxes may overlap. Each third is turned by quarters, each fourth stands on the one before it, the first
    is in a corner, and some lean.
    """
    draw = stream(seed, "looked")
    things, top = list[Thing](), (0.0, 0.0, 0.0)
    for place, label in enumerate((*ONCE, *SEVERAL)):
        x, y, low = *draw.uniform(0.3, 7.7, 2), float(draw.choice([0.0, 0.0, 1.0]))
        if place % 4 == 3:
            x, y, low = top
        if place == 0:
            x, y = 0.7, 0.7
        size = draw.uniform(0.2, 1.2, 3)
        turned = int(draw.integers(4)) * math.pi / 2 if place % 3 == 0 else draw.uniform(-math.pi, math.pi)
        middle, front = (float(x), float(y), float(low + size[2] / 2)), None if place % 5 == 4 else (1, 0, 0)
        top = (float(x), float(y), float(low + size[2]))
        rotation = rotation_about_up(turned)
        if label in LEANING:
            cosine, sine = math.cos(lean := draw.uniform(0.2, 1.2)), math.sin(lean)
            rotation = rotation @ np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
        things.append(Thing(label=label, center=middle, size=tuple(size), rotation=rotation, front=front))
    for west, label in ((0, "kitchen"), (4, "bedroom")):
        floor = Footprint(shapely.box(west, 0, west + 4, 8), 0.0, 2.5)
        things.append(
            Thing(label=label, kind="region", center=(west + 2, 4, 1.25), size=(4, 8, 2.5), shape=floor)
        )
    views = [_view(place + 1, draw) for place in range(6)]
    around = looking((4, 4, 1.6), yaw_rad=float(draw.uniform(-math.pi, math.pi)))
    views.append(View("7", around, camera=Panorama(256, 128)))
    return scene_of(
        f"looked-{seed}",
        things,
        views=tuple(views),
        complete=Complete(),
        floor=shapely.box(0, 0, 8, 8),
        north=NORTH,
    )


def _view(number: int, draw: np.random.Generator) -> View:
    """From anywhere at one of three heights, towards the middle parts of the floor."""
    at = (*draw.uniform(0.5, 7.5, 2), float(draw.choice([1.2, 1.6, 2.0])))
    pose = looking_at(at, (*draw.uniform(2, 6, 2), 0.8))
    return View(str(number), pose, camera=LENS, time_s=2.0 * number)


def town(seed: int) -> Scene:
    """Blocks of houses, parks with ponds, roads that cross them, and trees; from 20 km wide to 200."""
    draw, things = stream(seed, "town"), list[Thing]()
    wide = float(draw.uniform(1, 10)) if seed % 2 else 1.0
    west, south = draw.uniform((-100, -50), (100, 50))
    for row, park in enumerate(PARKS):
        x, y = west + wide * 0.08 * row, south + wide * 0.01 * (row % 2)
        deep, half = wide * 0.02, wide * 0.01
        things.append(_placed("park", shapely.box(x, y, x + deep, y + deep), park))
        radius = float(draw.uniform(0.2, 0.4)) * half
        things.append(_placed("pond", shapely.Point(x + half, y + half).buffer(radius, quad_segs=2)))
        things.append(_placed("meadow", shapely.box(x + deep, y, x + deep + half, y + deep)))
        rise = float(draw.uniform(0.2, 0.9)) * deep
        line = shapely.LineString([(x - half, y + rise / 3), (x + deep + 1.4 * half, y + rise)])
        things.append(_placed("road", line))
        corner = x + 1.5 * half, y + 1.5 * half
        things.append(_placed("court", shapely.box(*corner, corner[0] + half, corner[1] + half)))
    for _ in range(6):
        x, y = draw.uniform((west, south), (west + 0.3 * wide, south + 0.04 * wide))
        things.append(_placed("house", shapely.box(x, y, x + 0.0003, y + 0.0002)))
        things.append(_placed("tree", shapely.Point(x + 0.001, y)))
    marks = tuple(Sighting(row, "aerial", mark=str(row + 1)) for row in range(len(things)))
    return scene_of(
        f"town-{seed}",
        things,
        space="globe",
        north=NORTH,
        complete=Complete(),
        views=(View("aerial", Pose(np.eye(3), np.zeros(3))),),
        sightings=marks,
    )


def _placed(label: str, shape: shapely.Geometry, name: str | None = None) -> Thing:
    left, low, right, high = shape.bounds
    return Thing(
        label=label,
        name=name,
        center=(*globe.centre(shape), 0.0),
        size=(right - left, high - low, 0.0),
        shape=Footprint(shape),
    )


def street(seed: int) -> Scene:
    """Four things with fronts that drive or back along their own headings, and a tree."""
    draw = stream(seed, "street")
    things, tracks = list[Thing](), list[Track]()
    for row, label in enumerate(("car", "van", "bus", "truck")):
        yaw_rad = float(draw.uniform(-math.pi, math.pi))
        ahead = np.array([math.cos(yaw_rad), math.sin(yaw_rad), 0.0])
        start = np.array([*draw.uniform(-30, 30, 2), 1.0])
        speed_m_s = float(draw.uniform(-5, 10))
        centers = start + speed_m_s * TIMES_S[:, None] * ahead
        turned = np.stack([rotation_about_up(yaw_rad)] * len(TIMES_S))
        things.append(
            Thing(label=label, center=tuple(start), size=(4, 2, 2), yaw_rad=yaw_rad, front=(1, 0, 0))
        )
        tracks.append(Track(row, TIMES_S, centers, turned))
    things.append(Thing(label="tree", center=(5, 9, 2), size=(1, 1, 4)))
    return scene_of(f"street-{seed}", things, tracks=tuple(tracks))
