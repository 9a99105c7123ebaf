"""From posed depth pictures and what was detected in them to a scene with bounds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Int, UInt16
from msgspec import Struct
from PIL import Image
from shapely.geometry import MultiPolygon, Polygon

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes, footprints
from allocentric.geometry.depth_visibility import EXACT, KINECT, DepthNoise
from allocentric.geometry.frames import UP, rotation_about_up
from allocentric.jobs import read_bytes
from allocentric.perception.boxes import bounded_thing, heading
from allocentric.perception.doubles import surely_apart
from allocentric.perception.ends import look_past, seen_ends
from allocentric.perception.frames import Frame, deep_views, frame_of
from allocentric.perception.ground import (
    Ground,
    camera_up,
    find_ground,
    floor_along,
    levelled,
    outline,
    surfels_of_frames,
    swept,
)
from allocentric.perception.lifting import Detection, Segments, lift, numbers_on
from allocentric.perception.merging import Seen, merge
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Sighting, Thing, View, scene_of

Detect = Callable[[View, Frame], Segments]
"""What is seen in a view, pixel by pixel."""
Watch = Callable[[Iterator[str]], Iterable[str]]

FEWEST_PIXELS: Final = 30  # of a thing in all its views together
GROUND_VIEWS: Final = 40  # that the ground is looked for in
STANDS_M: Final = 0.1
SIGMAS: Final = 3.0
TYPICAL_M: Final = 2.0  # depth at which the noise of two sensors is compared


@dataclass(frozen=True, eq=False, slots=True)
class Recovery:
    """A scene made of posed depth, and what was found on the way.

    `detections` are masks lifted; `dropped` are things left out, as too few pixels showed them; `doubles` are
    those left out that may be parts of things that are there. `ground` is
    in the world of the views as they came: its lean from z is how far their world is off the vertical, and
    where the scene did not say which way is up, it was turned by it.
    """

    scene: Scene
    ground: Ground
    views: int
    detections: int
    dropped: int
    doubles: int


def scene_from_depth(
    scene: Scene, detect: Detect | None, *, noise: DepthNoise = EXACT, watch: Watch = iter
) -> Recovery:
    """The scene of things that posed depth pictures show, each with bounds on its place, size and heading.

    `scene` has views with camera and depth, its scale known; things that it has are not looked at. Where it
    does not know which way is up, it is turned so that its floor is level, at z = 0. `detect` gives the
    segments of a view; without it nothing is looked for, and there are no things. `watch` is handed the ids
    of the views as they are done: all of them twice, once where there are no things.
    What a thing's bounds hold is what was seen of it, and what may be hidden (`ends`); its floor is below all
    that was looked through. The scene is complete nowhere: nothing is said of things not seen.
    Raises BadInput where no view has depth, nothing that was seen is level, or nothing is detected.
    """
    scene, views, ground, floor_m = _upright(scene, noise)
    lifting = _Lifting(detect or (lambda _, frame: nothing_in(frame)), noise)
    for _ in watch(map(lifting.add, views)):
        pass
    found = merge(lifting.detections)
    seen = [each for each in found if sum(part.pixels for part in each.detections) >= FEWEST_PIXELS]
    if detect is not None and not seen:
        what = f"in {len(views)} views with depth nothing was detected"
        mend = "give masks or boxes of things with measured depth"
        raise BadInput(what, where=f"scene {scene.id!r}", mend=mend)
    kept, things = list[Seen](), list[Thing]()
    if seen:
        lowest_m = floor_m - SIGMAS * noise.shared_m
        kept, things = _bounded(seen, lifting.frames(views, watch), noise=noise, floor_m=lowest_m)
    recovered = scene_of(
        scene.id,
        things,
        views=views,
        sightings=tuple(_sightings(kept)),
        floor=outline([*lifting.swept, *_standing(things, floor_m)]),
        north=scene.north,
        tilt_rad=scene.tilt_rad,
        source=replace(scene.source, notes=(*scene.source.notes, *_told(lifting, seen, kept))),
    )
    counts = len(lifting.detections), len(found) - len(seen), len(seen) - len(kept)
    return Recovery(recovered, ground, len(views), *counts)


def _told(lifting: _Lifting, seen: Sequence[Seen], kept: Sequence[Seen]) -> Iterator[str]:
    if not kept:
        return
    yield f"{len(lifting.detections)} detections in posed depth merged into {len(kept)} things"
    if len(kept) < len(seen):
        yield f"left out: {len(seen) - len(kept)} parts that may belong to things that are listed"
    yield "bounds: what was seen of each thing, and what may be hidden of it"


def _upright(scene: Scene, noise: DepthNoise) -> tuple[Scene, tuple[View, ...], Ground, float]:
    """The scene with z up, its views with depth in metres, the ground as it was found, where the floor is.

    The floor's height is the least that it may be, where the world may lean.
    """
    views = deep_views(scene)
    some = [views[row] for row in np.unique(np.linspace(0, len(views) - 1, GROUND_VIEWS).astype(int))]
    known = scene.tilt_rad == 0
    rough = max(noise, KINECT, key=lambda each: float(each.sigma_m(np.full(1, TYPICAL_M))[0]))
    surfels = surfels_of_frames(map(frame_of, some), noise=rough)
    ground = find_ground(surfels, UP if known else camera_up(views))
    if known:
        return scene, views, ground, floor_along(surfels, UP)
    bare = scene_of(scene.id, (), views=views, north=scene.north, source=scene.source)
    turned = levelled(bare, ground)
    reach_m = float(np.linalg.norm(surfels.points_m - surfels.points_m.mean(axis=0), axis=1).max())
    return turned, turned.views, ground, -ground.lean_rad * reach_m


class _Lifting:
    """What is lifted from the views, one after the other; their masks are kept packed for a second look."""

    def __init__(self, detect: Detect, noise: DepthNoise) -> None:
        self._detect, self._noise = detect, noise
        self._packed = dict[str, bytes]()
        self.detections = list[Detection]()
        self.swept = list[MultiPolygon]()

    def add(self, view: View) -> str:
        """Lift what a view shows; gives its id."""
        frame = frame_of(view)
        segments = self._detect(view, frame)
        self._packed[view.id] = zlib.compress(numbers_on(frame, segments).astype(np.uint16).tobytes(), 1)
        self.detections += lift(frame, segments, noise=self._noise)
        self.swept.append(swept(frame))
        return view.id

    def frames(
        self, views: Sequence[View], watch: Watch
    ) -> Iterator[tuple[Frame, Int[np.ndarray, "height width"]]]:
        """The frames once more, with the numbers of their segments."""
        by_id = {view.id: view for view in views}
        for id in watch(iter(by_id)):
            frame = frame_of(by_id[id])
            numbers = np.frombuffer(zlib.decompress(self._packed[id]), dtype=np.uint16)
            yield frame, numbers.reshape(frame.depth_m.shape).astype(int)


def _bounded(
    seen: Sequence[Seen],
    frames: Iterator[tuple[Frame, Int[np.ndarray, "height width"]]],
    *,
    noise: DepthNoise,
    floor_m: float,
) -> tuple[list[Seen], list[Thing]]:
    """Those that are surely several things, and each with its bounds."""
    turned = [heading(each) for each in seen]
    ends = seen_ends(seen, np.array([rotation_about_up(each.yaw_rad) for each in turned]))
    ends = look_past(ends, seen, frames, noise=noise)
    rows = surely_apart(
        seen,
        np.array([each.direction for each in ends]).reshape(-1, 6, 3),
        np.array([each.most_m for each in ends]).reshape(-1, 6),
        slacks_rad=np.array([each.slack_rad for each in turned]),
    )
    points_m = np.concatenate([each.points_m() for each in seen])
    world_m = points_m.min(axis=0), points_m.max(axis=0)
    things = [
        bounded_thing(seen[row], ends[6 * row : 6 * row + 6], turned[row], world_m=world_m, floor_m=floor_m)
        for row in rows
    ]
    return [seen[row] for row in rows], things


def _standing(things: Sequence[Thing], floor_m: float) -> Iterator[Polygon]:
    """What things that stand on the floor surely cover of it; walls do not stand on it."""
    for thing in things:
        sure_m = np.asarray(thing.size) - np.asarray(thing.size_slack)
        low_m = float(thing.center[2] - thing.size[2] / 2)
        if thing.kind == "object" and low_m < floor_m + STANDS_M and (sure_m[:2] > 0).all():
            box = Boxes(np.array([thing.center]), sure_m[None], thing.world_from_thing()[None])
            yield Polygon(footprints(box)[0])


class _Name(Struct):
    name: str
    label: str


def nothing_in(frame: Frame) -> Segments:
    """No thing at all, in a picture of that size."""
    return Segments(np.zeros(frame.depth_m.shape, dtype=np.int64), (), ())


def rendered_instances(things: str | Path) -> Detect:
    """Exact masks, as `allo render` writes them: `instances/` beside the views' `images/`.

    `things` is the things.json that names them. Raises BadInput where it or a picture cannot be read.
    """
    where = str(things)
    labels = {
        int(number): each.label
        for number, each in decode(read_bytes(things), dict[str, _Name], where=where).items()
    }

    def detect(view: View, _: Frame) -> Segments:
        if view.image is None:
            raise BadInput(f"view {view.id!r} has no picture", where=where, mend="give views with pictures")
        image = Path(view.image)
        written = _picture(image.parents[1] / "instances" / image.name)
        known, numbers = np.unique(written, return_inverse=True)
        known, offset = (known[1:], 0) if known[0] == 0 else (known, 1)
        missing = set(known.tolist()) - set(labels)
        if missing:
            raise BadInput(
                f"thing {min(missing)} has no name", where=where, mend="render all views of one scene"
            )
        named = tuple(labels[each] for each in known.tolist())
        return Segments(numbers.reshape(written.shape) + offset, named, (1.0,) * len(named))

    return detect


def _picture(path: Path) -> UInt16[np.ndarray, "height width"]:
    try:
        with Image.open(path) as image:
            return np.asarray(image).astype(np.uint16)
    except (OSError, ValueError, SyntaxError) as error:
        reason = getattr(error, "strerror", None) or "it is no picture"
        raise BadInput(
            f"the masks cannot be read: {reason.lower()}", where=str(path), mend="render them again"
        ) from None


def _sightings(seen: Sequence[Seen]) -> Iterator[Sighting]:
    for row, thing in enumerate(seen):
        for each in thing.detections:
            yield Sighting(row, each.view, box_px=each.box_px, range=each.range_m)
