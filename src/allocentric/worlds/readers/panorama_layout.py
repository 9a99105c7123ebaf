"""A room as the corners that a panorama shows of it, as HorizonNet and LayoutNet write them.

JSON: `uv`, the corners as shares of the picture's width and height (ceiling and floor in turn, in the order
of the walls), and the heights `z0` of the ceiling and `z1` of the floor over the camera in a unit of their
own. Text: the same corners in pixels of a picture of 1024 x 512. Both count from the middle of the first
pixel: half a pixel is added. The picture stands upright; its middle is straight ahead, our x, its right our
-y. The unit is the height of the camera over the floor, which a picture does not tell: the scale is unknown.
The room's outline is the floor corners', its height that of the ceiling's; the walls are structure without
thickness.
"""

from __future__ import annotations

import math
import re
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct
from shapely.geometry import Point

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, unproject
from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval
from allocentric.scene.json_text import decode
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import Footprint, Scene, Source, Thing, View, scene_of
from allocentric.worlds.readers.boxes import region
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

DRAWN: Final = Panorama(1024, 512)  # what the corners are of, whatever size the picture has
CAMERA: Final = np.array([0.0, 0.0, 1.0])
UNKNOWN_SCALE: Final = Interval(0.0, math.inf, open_low=True)
PAIRED_WITHIN_PX: Final = 1.0
LEVEL_WITHIN: Final = 0.05  # share of the room's height by which its ceiling may be uneven
_LINE: Final = re.compile(rb"\s*[\d.]+\s+[\d.]+\s*")
_FEWEST: Final = 3  # corners of a room


class _Layout(Struct):
    uv: list[tuple[float, float]]
    z0: float | None = None
    z1: float | None = None


def _claims(peek: Peek) -> bool:
    if peek.keys:
        return {"uv", "z0", "z1"} <= peek.keys
    lines = peek.data.splitlines()
    return len(lines) >= 2 * _FEWEST and all(_LINE.fullmatch(line) for line in lines)


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.rsplit(".", 1)[0]
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    where = str(peek.path)
    layout = decode(peek.data, _Layout, where=where) if peek.keys else _layout_of_text(peek)
    shares = np.array(layout.uv, dtype=float).reshape(-1, 2)
    ceiling, floor = _corners(shares * [DRAWN.width_px, DRAWN.height_px] + 0.5, where)
    heights = ceiling[:, 2]
    height = float(np.median(heights))
    if layout.z0 is not None and layout.z1 is not None:
        if not layout.z1 < 0 < layout.z0:
            what = f"z0 is {layout.z0:g} and z1 {layout.z1:g}: the camera is not between ceiling and floor"
            raise BadInput(what, where=where, mend="z0 is the ceiling over the camera, z1 the floor, below 0")
        height = 1 + layout.z0 / -layout.z1
    room = region("room", "room", floor[:, :2], low=0.0, high=height, where=where)
    warnings = list(_oddities(room, heights, height))
    view, notes = _view(peek.path)
    said = (
        "the middle of the picture is straight ahead (x), its right is -y; half a pixel added",
        "the camera is 1 unit over the floor: the scale is unknown",
        "the picture is taken to stand upright; walls have no thickness",
        *notes,
    )
    return scene_of(
        id,
        [room, *_walls(floor[:, :2], height)],
        views=(view,),
        floor=room.shape.polygon if isinstance(room.shape, Footprint) else None,
        scale=UNKNOWN_SCALE,
        source=Source("panorama_layout", where, said, tuple(warnings)),
    )


def _layout_of_text(peek: Peek) -> _Layout:
    corners = list[tuple[float, float]]()
    for at, line in enumerate(peek.data.decode(errors="replace").splitlines(), start=1):
        try:
            x, y = map(float, line.split())
        except ValueError:
            what = f"this is no corner: {line[:40]!r}"
            raise BadInput(what, where=f"{peek.path}, line {at}", mend="write x and y in pixels") from None
        corners.append((x / DRAWN.width_px, y / DRAWN.height_px))
    return _Layout(corners)


def _corners(
    pixels: Float[np.ndarray, "corner 2"], where: str
) -> tuple[Float[np.ndarray, "pair 3"], Float[np.ndarray, "pair 3"]]:
    """The corners of the ceiling and of the floor in the world, the former above the latter."""

    def refuse(bad: Any, what: str, mend: str) -> None:
        if bad.any():  # one truth value a corner
            raise BadInput(f"corner {int(bad.argmax())} {what}", where=where, mend=mend)

    if len(pixels) % 2 or len(pixels) < 2 * _FEWEST:
        what = f"{len(pixels)} corners are no ceiling and floor of three walls or more"
        raise BadInput(what, where=where, mend="name each corner of the ceiling, then the one below it")
    upper, lower = pixels[::2], pixels[1::2]
    beyond = (pixels < 0) | (pixels > [DRAWN.width_px, DRAWN.height_px])
    refuse(beyond.reshape(-1, 4).any(axis=1), "lies outside of the picture", "give shares from 0 to 1")
    aside = np.abs(upper[:, 0] - lower[:, 0]) > PAIRED_WITHIN_PX
    refuse(aside, "of the ceiling is not over that of the floor", "name ceiling and floor in turn")
    level = ~((upper[:, 1] < DRAWN.height_px / 2) & (lower[:, 1] > DRAWN.height_px / 2))
    refuse(level, "is not on both sides of the horizon", "name the ceiling first, then the floor")
    up, down = (unproject(DRAWN, each) @ BODY_FROM_CAMERA.T for each in (upper, lower))
    floor = CAMERA + down / -down[:, 2:]
    apart = np.linalg.norm(floor[:, :2], axis=1) / np.linalg.norm(up[:, :2], axis=1)
    return CAMERA + up * apart[:, None], floor


def _oddities(room: Thing, heights: Float[np.ndarray, " pair"], height: float) -> list[str]:
    warnings = list[str]()
    off = float(np.abs(heights - height).max())
    if off > LEVEL_WITHIN * height:
        warnings.append(
            f"the corners of the ceiling are up to {off / height:.0%} of the room's height off it"
        )
    if isinstance(room.shape, Footprint) and not room.shape.polygon.contains(Point(0, 0)):
        warnings.append("the camera is outside of the room's outline")
    return warnings


def _walls(corners: Float[np.ndarray, "corner 2"], height: float) -> list[Thing]:
    walls = list[Thing]()
    for start, end in zip(corners, np.roll(corners, -1, axis=0)):
        (x, y), along = (start + end) / 2, end - start
        walls.append(
            Thing(
                label="wall",
                kind="structure",
                center=(x, y, height / 2),
                size=(float(np.linalg.norm(along)), 0.0, height),
                yaw_rad=math.atan2(along[1], along[0]),
            )
        )
    return walls


def _view(path: Path) -> tuple[View, list[str]]:
    """The panorama, with its picture where that lies beside the layout or where the releases have it."""
    stem = path.name.rsplit(".", 1)[0]
    folders = (
        path.parent,
        path.parent.parent / "img",
        path.parent.parent / "preprocessed",
        path.parent.parent,
    )
    pictures = [folder / f"{stem}{end}" for folder in folders for end in (".png", ".jpg")]
    image = next((each for each in pictures if each.is_file()), None)
    pose = Pose(BODY_FROM_CAMERA, CAMERA)
    if image is None:
        return View("panorama", pose, camera=DRAWN), [f"the picture {stem}.png is not there"]
    return View("panorama", pose, image=str(image), camera=Panorama(*picture_size_px(image))), []


READER: Final = Reader("panorama_layout", (".json", ".txt"), _claims, _scenes)
