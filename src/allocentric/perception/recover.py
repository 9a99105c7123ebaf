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

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import EXACT, DepthNoise
from allocentric.geometry.frames import rotation_about_up
from allocentric.jobs import read_bytes
from allocentric.perception.boxes import bounded_thing, heading
from allocentric.perception.ends import look_past, seen_ends
from allocentric.perception.frames import Frame, deep_views, frame_of
from allocentric.perception.lifting import Detection, Segments, lift, numbers_on
from allocentric.perception.merging import Seen, merge
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Sighting, Source, View, scene_of

Detect = Callable[[View, Frame], Segments]
"""What is seen in a view, pixel by pixel."""
Watch = Callable[[Iterator[str]], Iterable[str]]

FEWEST_PIXELS: Final = 30  # of a thing in all its views together


@dataclass(frozen=True, slots=True)
class Recovery:
    """A scene made of posed depth, and what it was made of, in numbers.

    `detections` are masks lifted; `dropped` are things left out, as too few pixels showed them.
    """

    scene: Scene
    views: int
    detections: int
    dropped: int


def scene_from_depth(
    scene: Scene, detect: Detect, *, noise: DepthNoise = EXACT, watch: Watch = iter
) -> Recovery:
    """The scene of things that posed depth pictures show, each with bounds on its place, size and heading.

    `scene` has views with camera and depth, metres or a known scale, z up (`levelled`); its things, if it has
    any, are not looked at. `detect` gives the segments of a view. `watch` is handed the ids of the views as
    they are done: all of them twice. What a thing's bounds hold is what was seen of it, and what may be
    hidden (`ends`); nothing is said of things not seen: the scene is complete nowhere.
    Raises BadInput where no view has depth, or nothing at all is detected.
    """
    views = deep_views(scene)
    packed = dict[str, bytes]()
    detections = list[Detection]()

    def lifted() -> Iterator[str]:
        for view in views:
            frame = frame_of(view)
            segments = detect(view, frame)
            numbers = numbers_on(frame, segments)
            packed[view.id] = zlib.compress(numbers.astype(np.uint16).tobytes(), 1)
            detections.extend(lift(frame, segments, noise=noise))
            yield view.id

    for _ in watch(lifted()):
        pass
    found = merge(detections)
    seen = [each for each in found if sum(part.pixels for part in each.detections) >= FEWEST_PIXELS]
    if not seen:
        what = f"in {len(views)} views with depth nothing was detected"
        raise BadInput(what, where=f"scene {scene.id!r}", mend="give masks or boxes of things with measured depth")
    turned = [heading(each) for each in seen]
    ends = seen_ends(seen, np.array([rotation_about_up(each.yaw_rad) for each in turned]))

    def frames() -> Iterator[tuple[Frame, Int[np.ndarray, "height width"]]]:
        for view in views:
            frame = frame_of(view)
            numbers = np.frombuffer(zlib.decompress(packed[view.id]), dtype=np.uint16)
            yield frame, numbers.reshape(frame.depth_m.shape).astype(int)

    ends = look_past(ends, seen, frames(), noise=noise)
    points_m = np.concatenate([each.points_m() for each in seen])
    world_m = points_m.min(axis=0), points_m.max(axis=0)
    things = [
        bounded_thing(thing, ends[6 * row : 6 * row + 6], turned[row], world_m=world_m, floor_m=0.0)
        for row, thing in enumerate(seen)
    ]
    recovered = scene_of(
        scene.id,
        things,
        views=views,
        sightings=tuple(_sightings(seen)),
        north=scene.north,
        source=_source(scene, detections, seen),
    )
    return Recovery(recovered, len(views), len(detections), len(found) - len(seen))


class _Name(Struct):
    name: str
    label: str


def rendered_instances(things: str | Path) -> Detect:
    """Exact masks, as `allo render` writes them: `instances/` beside the views' `images/`, named in things.json.

    `things` is that file. Raises BadInput where it or a picture cannot be read.
    """
    where = str(things)
    labels = {int(number): each.label for number, each in decode(read_bytes(things), dict[str, _Name], where=where).items()}

    def detect(view: View, frame: Frame) -> Segments:
        if view.image is None:
            raise BadInput(f"view {view.id!r} has no picture", where=where, mend="give views with pictures")
        image = Path(view.image)
        written = _picture(image.parents[1] / "instances" / image.name)
        known, numbers = np.unique(written, return_inverse=True)
        known, offset = (known[1:], 0) if known[0] == 0 else (known, 1)
        missing = set(known.tolist()) - set(labels)
        if missing:
            raise BadInput(f"thing {min(missing)} has no name", where=where, mend="render all views of one scene")
        named = tuple(labels[each] for each in known.tolist())
        return Segments(numbers.reshape(written.shape) + offset, named, (1.0,) * len(named))

    return detect


def _picture(path: Path) -> UInt16[np.ndarray, "height width"]:
    try:
        with Image.open(path) as image:
            return np.asarray(image).astype(np.uint16)
    except (OSError, ValueError, SyntaxError) as error:
        reason = getattr(error, "strerror", None) or "it is no picture"
        raise BadInput(f"the masks cannot be read: {reason.lower()}", where=str(path), mend="render them again") from None


def _sightings(seen: Sequence[Seen]) -> Iterator[Sighting]:
    for row, thing in enumerate(seen):
        for each in thing.detections:
            yield Sighting(row, each.view, box_px=each.box_px, range=each.range_m)


def _source(scene: Scene, detections: Sequence[Detection], seen: Sequence[Seen]) -> Source:
    notes = (
        f"{len(detections)} detections in posed depth merged into {len(seen)} things",
        "bounds: what was seen of each thing, and what may be hidden of it",
    )
    return replace(scene.source, notes=(*scene.source.notes, *notes))
