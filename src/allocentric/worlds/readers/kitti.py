"""KITTI's object benchmark: a folder with `label_2` and `calib` (and `image_2`), one scene a frame.

Metres. Labels are in the frame of the rectified camera 0 (x right, y down, z ahead): `h w l`, the middle of
the box's BOTTOM, and `rotation_y` about the camera's y, 0 where the thing heads to the right. Our world is
that camera's frame with its axes renamed: x ahead, y left, z up, its origin at the lens, about 1.65 m above
the road; so it leans as the camera does. The view is camera 2, placed by `P2`. Boxes in the picture are
sightings. `DontCare` is no thing. Where a box falls in the picture, and its `alpha`, are checked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.camera_formats import from_opencv
from allocentric.geometry.cameras import Camera, project
from allocentric.geometry.frames import BODY_FROM_CAMERA, FORWARD, rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.jobs import read_bytes
from allocentric.scene.pictures import picture_size_px
from allocentric.scene.scene import Scene, Sighting, Source, Thing, View, scene_of
from allocentric.worlds.readers.boxes import plain_label, plausibility
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

LABELS, CALIBRATION, PICTURES = "label_2", "calib", "image_2"
WHOLE: Final = 0.05  # what is truncated by no more is seen whole
AGREES: Final = 0.5  # share of a box that at least half of the released ones have in common with ours
ALPHA_WITHIN_RAD: Final = 0.1


@dataclass(frozen=True, slots=True)
class _Label:
    """One line: sizes in metres, the middle of the bottom in the camera's frame."""

    kind: str
    truncated: float
    alpha_rad: float
    box_px: tuple[float, float, float, float]
    height: float
    width: float
    length: float
    bottom: tuple[float, float, float]
    rotation_y_rad: float


def _claims(peek: Peek) -> bool:
    return {LABELS, CALIBRATION} <= peek.entries


def _scenes(peek: Peek) -> Scenes:
    frames = sorted(each.stem for each in (peek.path / LABELS).glob("*.txt"))
    return {frame: partial(_scene, peek.path, frame) for frame in frames}


def _scene(folder: Path, frame: str) -> Scene:
    path = folder / LABELS / f"{frame}.txt"
    told = [_label(line, f"{path}, line {at}") for at, line in _lines(path) if line.split()[0] != "DontCare"]
    ignored = sum(line.startswith("DontCare") for _, line in _lines(path))
    things = [_thing(each) for each in told]
    view, notes = _view(folder, frame)
    warnings = _turned_otherwise(told)
    if view.camera is not None:
        warnings += _elsewhere(told, things, view, camera=view.camera)
    boxes = _boxes(things)
    labels = [each.label for each in things]
    warnings += plausibility(labels, boxes.centers_m, boxes.sizes_m, rotations=boxes.rotations)
    notes = [
        "rectified camera 0 with x ahead, y left, z up; its lens is the origin, about 1.65 m above the road",
        "bottom-centre boxes h w l, raised by half their height; rotation_y 0 heads right",
        *notes,
        *[f"DontCare left out: {ignored}"] * bool(ignored),
    ]
    return scene_of(
        frame,
        things,
        views=(view,),
        sightings=tuple(Sighting(row, view.id, each.box_px) for row, each in enumerate(told)),
        source=Source("kitti", str(path), tuple(notes), tuple(warnings)),
    )


def _lines(path: Path) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers; a frame without labels is an empty file."""
    if path.is_file() and not path.stat().st_size:
        return []
    text = read_bytes(path).decode(errors="replace")
    return [(at, line) for at, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _label(line: str, where: str) -> _Label:
    kind, *words = line.split()
    try:
        numbers = [float(each) for each in words]
    except ValueError as error:
        raise BadInput(str(error), where=where, mend="mend that number") from None
    if len(numbers) not in (14, 15) or not np.isfinite(numbers).all():
        what = f"a label is a word and 14 finite numbers (15 with a score), not {len(numbers)}"
        raise BadInput(what, where=where, mend="type truncated occluded alpha box h w l x y z rotation_y")
    truncated, _, alpha, left, top, right, low, height, width, length, x, y, z, turn = numbers[:14]
    if not min(height, width, length) > 0:
        what = f"{kind} is {height} x {width} x {length} m"
        raise BadInput(what, where=where, mend="give sizes above 0, or call it DontCare")
    box = (left, top, right, low)
    return _Label(kind, truncated, alpha, box, height, width, length, (x, y, z), turn)


def _thing(told: _Label) -> Thing:
    x, y, z = told.bottom
    return Thing(
        label=plain_label(told.kind),
        center=BODY_FROM_CAMERA @ np.array([x, y - told.height / 2, z]),
        size=(told.length, told.width, told.height),
        rotation=rotation_about_up(-told.rotation_y_rad - math.pi / 2),
        front=FORWARD,
    )


def _boxes(things: list[Thing]) -> Boxes:
    return Boxes(
        np.array([each.center for each in things], dtype=float).reshape(-1, 3),
        np.array([each.size for each in things], dtype=float).reshape(-1, 3),
        np.array([each.rotation for each in things], dtype=float).reshape(-1, 3, 3),
    )


def _view(folder: Path, frame: str) -> tuple[View, list[str]]:
    """Camera 2 of a frame, with its model where the picture is there to tell its size."""
    path = folder / CALIBRATION / f"{frame}.txt"
    matrix = _projection(path)
    pictures = [folder / PICTURES / f"{frame}{end}" for end in (".png", ".jpg")]
    image = next((each for each in pictures if each.is_file()), None)
    try:
        shift = np.linalg.solve(matrix[:, :3], matrix[:, 3])
        size = picture_size_px(image) if image else None
        camera = from_opencv(matrix[:, :3], size_px=size) if size else None
    except (ValueError, np.linalg.LinAlgError) as error:
        raise BadInput(
            f"P2 is no camera: {error}", where=str(path), mend="get the calibration again"
        ) from None
    world_from_camera = Pose(BODY_FROM_CAMERA, np.zeros(3)) @ Pose(np.eye(3), -shift)
    notes = [] if image else ["the picture is not there: the view's camera is unknown"]
    return View("image_2", world_from_camera, image=str(image) if image else None, camera=camera), notes


def _projection(path: Path) -> Float[np.ndarray, "3 4"]:
    """`P2` of a calibration file: twelve numbers, row by row."""
    for at, line in _lines(path):
        name, _, rest = line.partition(":")
        if name.strip() == "P2":
            try:
                numbers = np.array([float(each) for each in rest.split()]).reshape(3, 4)
                if not np.isfinite(numbers).all():
                    raise ValueError("a number is not finite")
                return numbers
            except ValueError as error:
                mend = "P2 is 12 numbers, row by row"
                raise BadInput(str(error), where=f"{path}, line {at}", mend=mend) from None
    raise BadInput("it has no line P2", where=str(path), mend="get the calibration again")


def _turned_otherwise(told: list[_Label]) -> list[str]:
    """Alpha is the heading seen from the camera: rotation_y less the direction of the thing."""
    apart = np.array(
        [
            math.remainder(
                each.alpha_rad - each.rotation_y_rad + math.atan2(each.bottom[0], each.bottom[2]), math.tau
            )
            for each in told
            if each.alpha_rad != -10  # it is not told
        ]
    )
    if not len(apart) or np.median(np.abs(apart)) <= ALPHA_WITHIN_RAD:
        return []
    degrees = math.degrees(float(np.median(np.abs(apart))))
    return [
        f"alpha and rotation_y differ by {degrees:.0f} degrees more than the place explains: which is meant?"
    ]


def _elsewhere(told: list[_Label], things: list[Thing], view: View, *, camera: Camera) -> list[str]:
    """How well boxes that are seen whole fall on the released ones of the picture."""
    whole = [row for row, each in enumerate(told) if each.truncated <= WHOLE and each.box_px[2] > 0]
    corners = _boxes([things[row] for row in whole]).corners_m()
    pixels, _ = project(camera, view.world_from_camera.inverse().apply(corners))
    seen = ~np.isnan(pixels).any((1, 2))
    if not seen.any():
        return []
    ours = np.concatenate([pixels.min(1), pixels.max(1)], axis=1)[seen]
    theirs = np.array([told[row].box_px for row in whole])[seen] + 0.5
    size = np.array([camera.width_px, camera.height_px, camera.width_px, camera.height_px])
    ours = np.clip(ours, 0, size)
    shared = np.minimum(ours[:, 2:], theirs[:, 2:]) - np.maximum(ours[:, :2], theirs[:, :2])
    both = shared.clip(0).prod(1)
    union = (ours[:, 2:] - ours[:, :2]).prod(1) + (theirs[:, 2:] - theirs[:, :2]).prod(1) - both
    share = float(np.median(both / np.where(union > 0, union, 1)))
    if share >= AGREES:
        return []
    return [
        f"boxes fall on the released ones of the picture to {share:.0%} at the median: is the frame right?"
    ]


READER: Final = Reader("kitti", (), _claims, _scenes, folder=True)
