"""Scenes with every field drawn from a seed, and a comparison of two scenes bit for bit."""

import dataclasses
import math
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.intervals import Arc, Interval
from allocentric.scene.scene import (
    Complete,
    DepthImage,
    Difference,
    Footprint,
    Knowledge,
    Scene,
    Sighting,
    Source,
    Stated,
    Thing,
    Track,
    View,
    Withheld,
    derived,
    scene_of,
)
from allocentric.seeds import stream

# Numbers that lose bits, signs or themselves in a careless text.
NASTY = (0.0, -0.0, 0.1, 1 / 3, 5e-324, 2.2250738585072014e-308, 1e22, 123456789.123456789, -1e15 / 7)
WORDS = ("chair", "tv stand", 'a "b"\n', "椅子", "\u2028", "ééé", "chair 1", "")


class Draws:
    """Values of every kind that a scene has, drawn one after the other from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = stream(seed, "drawn scene")

    def chance(self) -> bool:
        return bool(self.random.random() < 0.5)

    def one(self, values: Any) -> Any:
        return values[int(self.random.integers(len(values)))]

    def number(self) -> float:
        return float(self.one(NASTY)) if self.chance() else float(self.random.normal(0, 10))

    def length(self) -> float:
        return abs(self.number())

    def slack(self) -> list[float]:
        return [self.one((0.0, math.inf, self.length())) for _ in range(3)]

    def rotation(self) -> np.ndarray:
        return rotation_from_quaternion(*self.random.normal(size=4))

    def interval(self, low: float = -math.inf) -> Interval:
        start, end = sorted(max(self.one((self.number(), math.inf, -math.inf)), low) for _ in range(2))
        return Interval(start, end, self.chance(), self.chance())

    def polygon(self) -> Polygon:
        x, y = self.random.normal(size=2)
        outline, hole = shapely.box(x, y, x + 3, y + 4), shapely.box(x + 1 / 3, y + 1 / 7, x + 1, y + 2)
        return Polygon(outline.exterior, [hole.exterior] * self.chance())

    def polygons(self) -> MultiPolygon:
        return MultiPolygon([self.polygon() for _ in range(self.one((0, 2, 3)))])

    def knowledge(self, row: int, views: tuple[View, ...]) -> Knowledge:
        withheld = Withheld(row, self.one(("never_seen", "hidden")), self.one(WORDS))
        return Knowledge(
            tuple(each.id for each in views), self.one(("placed", "depth", "picture")), (withheld,)
        )

    def thing(self, name: str, meshes: list[Mesh]) -> Thing:
        return Thing(
            label=self.one(WORDS),
            name=name,
            kind=self.one(("object", "structure", "region")),
            center=[self.number() for _ in range(3)],
            size=[self.length() for _ in range(3)],
            rotation=self.rotation(),
            front=self.one((None, self.rotation()[0])),
            shape=self.one((None, meshes[0], meshes[1], Footprint(self.polygon(), -0.0, self.number()))),
            center_slack=self.slack(),
            slack_axes=self.rotation(),
            size_slack=self.slack(),
            yaw_slack_rad=self.length(),
        )

    def track(self, row: int) -> Track:
        count = int(self.random.integers(3))
        times_s = np.sort(self.random.normal(size=count))
        return Track(
            row, times_s, self.random.normal(size=(count, 3)), self.rotation()[None].repeat(count, 0)
        )

    def view(self, id: str) -> View:
        pose = Pose(self.rotation(), self.random.normal(size=3))
        time_s, image = self.one((None, self.number())), self.one((None, "a/b.png"))
        camera = self.one((None, self.camera()))
        depth = DepthImage("a/b depth.png", abs(self.number()) + 1e-3, self.one(("z", "range")), camera)
        size = self.one((None, (640, 480)))
        return View(id, pose, time_s, image, size, camera, self.one((None, depth)))

    def camera(self) -> Camera:
        sensor = (640, 480, 500.0, 1e3 / 3, self.number(), self.number())
        coefficients = [self.coefficient() for _ in range(12)]
        lens = self.one((None, Distortion(*coefficients)))
        k, (q, r, s1, s2, s3, s4) = tuple(coefficients[:6]), coefficients[6:]
        fisheye = Fisheye(*sensor, self.one((k, (), k[:4])), (q, r), (s1, s2, s3, s4))
        camera: Camera = self.one((Pinhole(*sensor, lens), fisheye, Panorama(640, 480)))
        return camera

    def coefficient(self) -> float:
        return float(self.one((0.0, -0.0, 5e-324, self.random.normal(0, 0.1))))

    def facts(self, rows: int, views: tuple[View, ...]) -> dict[str, Any]:
        """What is said of some of the things."""

        def row() -> int:
            return int(self.random.integers(rows))

        box = (0, -0.5, 640, 1 / 3)
        return {
            "tracks": tuple(self.track(row()) for _ in range(2)),
            "differences": (Difference(row(), row(), self.one((0, 1, 2)), self.interval()),),
            "stated": (Stated(row(), self.one(("length", "area", "volume")), self.interval(0)),),
            "knowledge": self.one((None, self.knowledge(row(), views))),
            "sightings": tuple(
                Sighting(row(), view.id, self.one((None, box)), self.one((None, 0.3)), self.interval())
                for view in views
            ),
        }


def drawn_scene(seed: int) -> Scene:
    """A scene of this seed, with up to two parents; same seed, same bits."""
    draws = Draws(seed)
    meshes = [box_mesh(np.array([1 / 3, 0.2, 0.7])), box_mesh(np.array([1.0, 2.0, 3.0]))]
    things = [draws.thing(f"thing {row}", meshes) for row in range(draws.one((0, 1, 4)))]
    views = tuple(draws.view(str(id)) for id in range(draws.one((0, 2))))
    labels = draws.one((None, frozenset({"chair", "tv"})))
    scene = scene_of(
        draws.one(WORDS),
        things,
        views=views,
        floor=draws.one((None, draws.polygon(), Polygon())),
        scale=draws.one((Interval(1, 1), Interval(0, math.inf, True), Interval(0.1, 0.3))),
        north=Arc(draws.number(), draws.length()),
        tilt_rad=draws.length(),
        space=draws.one(("solid", "page", "globe")),
        complete=draws.one((None, Complete(labels, draws.one((None, draws.polygon(), draws.polygons()))))),
        source=Source("vsi_bench", draws.one(WORDS), (draws.one(WORDS),), WORDS),
        **(draws.facts(len(things), views) if things else {}),
    )
    for _ in range(draws.one((0, 1, 2))):
        scene = derived(scene, draws.one(WORDS), yaw_slacks_rad=scene.yaw_slacks_rad + draws.length())
    return scene


def differing(first: Any, second: Any, at: str = "scene") -> list[str]:
    """The paths at which two values differ in a bit, a type or a length."""
    if isinstance(first, np.ndarray):
        return (
            []
            if (first.dtype, first.shape) == (second.dtype, second.shape) and _bits(first, second)
            else [at]
        )
    if isinstance(first, float | int) and isinstance(second, float | int):  # 1 is as good as 1.0
        return [] if _bits(np.array(float(first)), np.array(float(second))) else [at]
    if type(first) is not type(second):
        return [at]
    if isinstance(first, MultiPolygon):
        return differing(tuple(first.geoms), tuple(second.geoms), at)
    if isinstance(first, Polygon):
        return differing(_rings(first), _rings(second), at)
    if dataclasses.is_dataclass(first):
        names = [each.name for each in dataclasses.fields(first) if each.name != "_memo"]
        parts = [(getattr(first, name), getattr(second, name), f"{at}.{name}") for name in names]
        return [path for a, b, where in parts for path in differing(a, b, where)]
    if isinstance(first, tuple):
        if len(first) != len(second):
            return [at]
        return [
            path for row, (a, b) in enumerate(zip(first, second)) for path in differing(a, b, f"{at}[{row}]")
        ]
    return [] if first == second else [at]


def _bits(first: np.ndarray, second: np.ndarray) -> bool:
    return first.tobytes() == second.tobytes()


def _rings(polygon: Polygon) -> tuple[np.ndarray, ...]:
    return tuple(np.array(ring.coords) for ring in (polygon.exterior, *polygon.interiors))
