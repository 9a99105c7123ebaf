"""Random scenes of which much is not known, and exact scenes drawn from within their bounds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Final, Literal

import numpy as np
import shapely
from shapely.affinity import affine_transform

from allocentric.geometry.cameras import Panorama, Pinhole
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import FULL_CIRCLE, ONE, Arc, Interval
from allocentric.scene.scene import (
    Complete,
    Difference,
    Footprint,
    Measure,
    Scene,
    Shape,
    Stated,
    Thing,
    View,
    scene_of,
)

Random = np.random.Generator
AXES: Final[tuple[Literal[0, 1, 2], ...]] = (0, 1, 2)
LABELS: Final = ("sofa", "table", "door", "chair", "chair", "cup", "cup", "lamp")
NAMES: Final = ("sofa", "table", "door", "chair 1", "chair 2", "cup 1", "cup 2", "lamp")
LENS: Final = Pinhole(24, 18, 14.0, 14.0, 12.0, 9.0)
AROUND: Final = Panorama(32, 16)
SLACKS: Final = (0.0, 0.01, 0.1, 0.5, 2.0)


def turned(axis: np.ndarray, angle_rad: float) -> np.ndarray:
    """The rotation by an angle about an axis."""
    x, y, z = axis / np.linalg.norm(axis)
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn: np.ndarray = np.eye(3) + math.sin(angle_rad) * skew + (1 - math.cos(angle_rad)) * skew @ skew
    return turn


def any_rotation(random: Random) -> np.ndarray:
    """A rotation, every one as likely."""
    return turned(random.normal(size=3), random.uniform(0, math.pi))


def loose_scene(random: Random) -> Scene:
    """A furnished room with slack of every sort; which sorts is drawn too."""
    sorts = {each: random.random() < 0.35 for each in ("differences", "scale", "tilt", "shapes", "far")}
    count = int(random.integers(4, len(LABELS) + 1))
    busy = random.random()  # how many of the facts have slack
    things = [_thing(random, row, busy) for row in range(count)]
    if sorts["shapes"]:
        things[0] = _shaped(things[0], random, tilted=sorts["tilt"])
    things = _stacked(things, random)
    shared: dict[str, Any] = {
        "views": (
            View("a", Pose(any_rotation(random), random.normal(size=3)), camera=LENS),
            View("b", Pose(_level_camera(random), random.normal(size=3)), camera=AROUND),
        ),
        "complete": _complete(random),
        "north": (FULL_CIRCLE, Arc(random.uniform(-9, 9), float(random.choice([0.0, 0.02, 0.6, 2.5]))))[
            int(random.random() < 0.8)
        ],
    }
    if sorts["differences"]:
        shared["differences"] = _differences(things, random)
    if sorts["scale"]:
        middle, half = random.uniform(0.4, 2.5), float(random.choice([0.0, 0.05, 0.3]))
        shared["scale"] = (
            Interval(middle - half, middle + half),
            Interval(0.0, math.inf, open_low=True),
            Interval(0.5, math.inf),
            Interval(0.0, 2.0, open_low=True),
        )[random.choice([0, 0, 0, 1, 2, 3])]
    if sorts["tilt"]:
        shared["tilt_rad"] = float(random.choice([0.001, 0.02, 0.2]))
    else:
        things.append(_room(random))
        shared["floor"] = shapely.box(-6.0, -6.0, 6.0, 6.0)
    if random.random() < 0.3:
        row = int(random.integers(count))
        low = random.uniform(0, 2)
        measure: Measure = "area" if random.random() < 0.5 else "volume"
        shared["stated"] = (Stated(row, measure, Interval(low, low + float(random.choice([0.0, 1.0])))),)
    return scene_of("loose", things, **shared)


def drawn_scene(scene: Scene, random: Random, *, corner: bool) -> Scene:
    """An exact, metric scene within the bounds of `scene`; with `corner` at ends of them, else anywhere.

    The rows of `scene` come first; where its list is open, things that it does not list may follow.
    """
    draw = _ends if corner else inner
    centers = centers_within(scene, random, draw)
    low = np.maximum(0.0, scene.sizes - scene.size_slacks)
    high = np.where(np.isinf(scene.size_slacks), 0.0, scene.sizes + scene.size_slacks)
    far = np.abs(random.normal(0, 2, size=low.shape)) if random.random() < 0.7 else np.zeros(low.shape)
    sizes = np.where(np.isinf(scene.size_slacks), far, low + (high - low) * (draw(random, low.shape) + 1) / 2)
    yaws = np.minimum(scene.yaw_slacks_rad, math.pi) * draw(random, len(scene))
    scale = _scale(scene.scale, random, draw)
    lean = turned(_level(random), scene.tilt_rad * abs(float(draw(random, 1)[0])))
    turns = np.array([rotation_about_up(yaw) for yaw in yaws]).reshape(-1, 3, 3)
    shapes = tuple(
        moved_shape(shape, lean @ turn, before, after, lean, scale)
        for shape, turn, before, after in zip(scene.shapes, turns, scene.centers, centers, strict=True)
    )
    north = scene.north
    if not north.full:
        north = Arc(north.middle_rad + north.half_rad * float(draw(random, 1)[0]))
    drawn = replace(
        scene,
        centers=scale * centers @ lean.T,
        sizes=scale * sizes,
        rotations=lean @ turns @ scene.rotations,
        shapes=shapes,
        center_slacks=np.zeros_like(scene.center_slacks),
        size_slacks=np.zeros_like(scene.size_slacks),
        yaw_slacks_rad=np.zeros(len(scene)),
        differences=(),
        views=tuple(_seen_from(each, lean, scale) for each in scene.views),
        stated=tuple(
            replace(each, bound=Interval.of(_within(each.bound, random, draw))) for each in scene.stated
        ),
        floor=None if scene.floor is None else affine_transform(scene.floor, [scale, 0, 0, scale, 0, 0]),
        scale=ONE,
        north=north,
        tilt_rad=0.0,
        complete=Complete(),
    )
    return _with_unlisted(scene, drawn, random)


def inner(random: Random, shape: Any) -> np.ndarray:
    values: np.ndarray = random.uniform(-1, 1, size=shape)
    return values


def _ends(random: Random, shape: Any) -> np.ndarray:
    values: np.ndarray = random.choice([-1.0, -1.0, 1.0, 1.0, 0.0], size=shape)
    return values


def _level(random: Random) -> np.ndarray:
    return rotation_about_up(random.uniform(0, 2 * math.pi))[:, 0]


def _level_camera(random: Random) -> np.ndarray:
    """`world_from_camera` of an upright camera."""
    yaw: np.ndarray = rotation_about_up(random.uniform(0, 2 * math.pi))
    return np.stack([-yaw[:, 1], -yaw[:, 2], yaw[:, 0]], axis=1)


def _thing(random: Random, row: int, busy: float) -> Thing:
    def slack(*choices: float) -> float:
        return float(random.choice(choices)) if random.random() < busy else 0.0

    pose = random.random()
    rotation = any_rotation(random) if pose < 0.15 else rotation_about_up(random.uniform(-4, 4))
    if pose > 0.7:
        rotation = rotation_about_up(float(random.integers(4)) * math.pi / 2)
    elif pose > 0.62:  # it lies on its side
        rotation = rotation @ np.array([[0.0, 0, 1], [1, 0, 0], [0, 1, 0]])
    center_slack = [slack(*SLACKS) for _ in range(3)]
    if random.random() < 0.4:
        center_slack = [slack(*SLACKS)] * 3
    if random.random() < 0.1 * busy:
        center_slack = [math.inf] * 3 if random.random() < 0.5 else [math.inf, 0.1, 0.0]
    size_slack = [slack(0.01, 0.1, 1.0) if random.random() < 0.5 else 0.0 for _ in range(3)]
    if random.random() < 0.06 * busy:
        size_slack = [math.inf] * 3 if random.random() < 0.5 else [math.inf, 0.0, 0.0]
    front = np.eye(3)[int(random.integers(3))] * random.choice([-1.0, 1.0])
    if random.random() < 0.7:
        front = rotation_about_up(random.choice([0.0, 0.5, math.pi / 2, 3.0]))[:, 0]
    return Thing(
        label=LABELS[row],
        name=NAMES[row],
        center=random.normal(size=3) * [2.5, 2.5, 0.7] + [0, 0, 1.0],
        size=np.abs(random.normal(size=3)) * random.choice([0.0, 0.3, 1.0, 2.0], p=[0.05, 0.35, 0.4, 0.2]),
        rotation=rotation,
        front=front if random.random() < 0.85 else None,
        center_slack=center_slack,
        slack_axes=any_rotation(random) if random.random() < 0.2 else None,
        size_slack=size_slack,
        yaw_slack_rad=slack(0.01, 0.1, 0.7, 4.0) if random.random() < 0.5 else 0.0,
    )


def _stacked(things: list[Thing], random: Random) -> list[Thing]:
    """Some of the things put on, in or under the first ones."""
    made = list(things)
    for row in range(2, len(things)):
        if random.random() > 0.5:
            continue
        host, thing = made[int(random.integers(2))], made[row]
        host_half, half = (
            float((np.abs(each.world_from_thing()[2]) * np.asarray(each.size)).sum() / 2)
            for each in (host, thing)
        )
        up = random.choice([host_half + half, 0.0, -host_half + half]) + random.choice([0, 0.02, -0.03])
        aside = random.normal(size=2) * 0.3 * np.asarray(host.size)[:2]
        made[row] = replace(thing, center=np.asarray(host.center, float) + np.array([*aside, up]))
    return made


def _shaped(thing: Thing, random: Random, *, tilted: bool) -> Thing:
    """The thing with a shape of its own: a mesh of two boxes, or (where the world is upright) a region."""
    center = np.asarray(thing.center, float)
    axes = thing.world_from_thing()
    exact = replace(thing, size_slack=0.0)
    if tilted or random.random() < 0.6:
        first = box_mesh(np.array([1.0, 0.6, 0.4]))
        second = box_mesh(np.array([0.2, 0.3, 1.5])).moved(np.eye(3), np.array([0.3, 0.1, 0.8]))
        both = Mesh(
            np.concatenate([first.vertices_m, second.vertices_m]),
            np.concatenate([first.faces, second.faces + len(first.vertices_m)]),
        )
        return replace(exact, size=(1.0, 0.6, 1.8), shape=both.moved(axes, center))
    corner = shapely.Polygon([(-1, -1), (2, -1), (2, 0.5), (0.3, 0.5), (0.3, 2), (-1, 2)])
    x, y, z = center
    region = Footprint(affine_transform(corner, [1, 0, 0, 1, x, y]), float(z) - 0.1, float(z) + 0.7)
    return replace(
        exact, rotation=np.eye(3), size=(3.0, 3.0, 0.8), center=center + np.array([0, 0, 0.3]), shape=region
    )


def _room(random: Random) -> Thing:
    wide, deep = random.uniform(3, 8, size=2)
    outline = shapely.box(-wide / 2, -deep / 2, wide / 2, deep / 2)
    return Thing(
        label="room",
        name="room",
        kind="region",
        center=(0, 0, 1.25),
        size=(wide, deep, 2.5),
        shape=Footprint(outline, 0, 2.5),
    )


def _complete(random: Random) -> Complete | None:
    choices = (
        Complete(),
        Complete(frozenset({"chair"})),
        None,
        Complete(region=shapely.box(-2, -2, 2, 2)),
    )
    return choices[random.choice([0, 0, 0, 0, 1, 2, 3])]


def _differences(things: list[Thing], random: Random) -> tuple[Difference, ...]:
    """Pairwise bounds around some place that each thing may have: the middles need not keep them."""
    slack = np.array([np.broadcast_to(each.center_slack, 3) for each in things])
    hidden = np.array([each.center for each in things], float)
    hidden += random.uniform(-1, 1, size=slack.shape) * np.where(np.isinf(slack), 5.0, slack)
    found = []
    for _ in range(int(random.integers(1, 6))):
        first, second = (int(each) for each in random.choice(len(things), size=2, replace=False))
        if things[first].slack_axes is not None or things[second].slack_axes is not None:
            continue
        axis = AXES[int(random.integers(3))]
        apart = float(hidden[second, axis] - hidden[first, axis])
        low = apart - float(random.choice([0.0, 0.05, 1.0]))
        high = apart + float(random.choice([0.0, 0.05, 1.0, math.inf]))
        strict = random.random() < 0.3 and low < apart < high
        found.append(Difference(first, second, axis, Interval(low, high, bool(strict), bool(strict))))
    return tuple(found)


def centers_within(scene: Scene, random: Random, draw: Any) -> np.ndarray:
    """Centres within the own bounds, and within the pairwise ones."""
    slack = np.where(np.isinf(scene.center_slacks), 5.0, scene.center_slacks)
    axes = scene.slack_axes
    own: np.ndarray = scene.centers + np.einsum("nij,nj->ni", axes, slack * draw(random, slack.shape))
    if not scene.differences:
        return own
    tied = {row for each in scene.differences for row in (each.first, each.second)}
    for axis in range(3):
        low, high = scene.centers[:, axis] - slack[:, axis], scene.centers[:, axis] + slack[:, axis]
        ways = _closed(scene, axis, low, high)
        at: dict[int, float] = {len(scene): 0.0}
        for row in random.permutation(sorted(tied)).tolist():
            least = max(value - ways[row, other] for other, value in at.items())
            most = min(value + ways[other, row] for other, value in at.items())
            share = (float(draw(random, 1)[0]) * (1 - 1e-6) + 1) / 2  # a strict end is left out
            at[row] = least + (most - least) * share
            own[row, axis] = at[row]
    return own


def _closed(scene: Scene, axis: int, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The greatest difference of each pair (from, to), the last row being the origin: shortest paths."""
    count = len(scene)
    ways = np.full((count + 1, count + 1), np.inf)
    np.fill_diagonal(ways, 0.0)
    ways[count, :count], ways[:count, count] = high, -low
    for each in scene.differences:
        if each.axis == axis:
            ways[each.first, each.second] = min(ways[each.first, each.second], each.bound.high)
            ways[each.second, each.first] = min(ways[each.second, each.first], -each.bound.low)
    for middle in range(count + 1):
        ways = np.minimum(ways, ways[:, middle, None] + ways[None, middle, :])
    return ways


def _scale(bound: Interval, random: Random, draw: Any) -> float:
    if bound.finite and bound.low > 0:
        return _within(bound, random, draw)
    return float(np.clip(np.exp(random.normal(0, 1)), max(bound.low, 1e-3), bound.high))


def _within(bound: Interval, random: Random, draw: Any) -> float:
    share = (float(draw(random, 1)[0]) + 1) / 2
    return bound.low + (bound.high - bound.low) * share


def moved_shape(
    shape: Shape | None,
    turn: np.ndarray,
    before: np.ndarray,
    after: np.ndarray,
    lean: np.ndarray,
    scale: float,
) -> Shape | None:
    """A shape carried along with the centre of its thing, turned about it."""
    match shape:
        case Mesh() as mesh:
            return mesh.moved(scale * turn, scale * (lean @ after - turn @ before))
        case Footprint(polygon, low, high):
            shift = after - turn @ before
            matrix = [turn[0, 0], turn[0, 1], turn[1, 0], turn[1, 1], shift[0], shift[1]]
            up = float(after[2] - before[2])
            turned_polygon = affine_transform(polygon, [scale * each for each in matrix])
            return Footprint(turned_polygon, scale * (low + up), scale * (high + up))
        case None:
            return None


def _seen_from(view: View, lean: np.ndarray, scale: float) -> View:
    pose = view.world_from_camera
    return replace(view, world_from_camera=Pose(lean @ pose.rotation, scale * lean @ pose.translation_m))


def _with_unlisted(scene: Scene, drawn: Scene, random: Random) -> Scene:
    """Things that may be there because the list does not say that it is complete."""
    if scene.complete is not None and scene.complete.labels is None and scene.complete.region is None:
        return drawn
    known = scene.complete.labels if scene.complete is not None else frozenset[str]()
    labels = [each for each in ("chair", "cup", "lamp") if known is None or each not in known]
    region = scene.complete.region if scene.complete is not None else None
    more = []
    for number in range(int(random.integers(3))):
        center, size = random.normal(size=3) * [2.5, 2.5, 0.7] + [0, 0, 1.0], random.uniform(0, 1, 3)
        here = shapely.box(*(center - size / 2)[:2], *(center + size / 2)[:2])
        if region is not None and region.intersects(here):
            continue
        label = str(random.choice(labels))
        more.append(Thing(label=label, name=f"{label} unlisted {number}", center=center, size=size))
    listed = [replace(each, slack_axes=None) for each in drawn.things()]
    unshared = ("views", "stated", "floor", "scale", "north", "complete")
    return scene_of("drawn", [*listed, *more], **{each: getattr(drawn, each) for each in unshared})
