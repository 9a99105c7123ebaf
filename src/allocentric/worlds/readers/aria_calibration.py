"""Where the cameras sit on a pair of Aria glasses, and their lenses, by the calibration in the recording.

The RGB camera is calibrated at its sensor's 2880 x 2880 pixels; its pictures of 1408 x 1408 are the middle
2816 x 2816 of these at half the size. Pictures are stored lying on their side: `upright` turns a camera
with its picture a quarter clockwise.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import from_aria
from allocentric.geometry.cameras import Fisheye, cropped, scaled
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.scene.json_text import decode
from allocentric.worlds.readers.posed import UNIT_WITHIN

HEAD_BYTES: Final = 1 << 20  # the calibration stands in the tags at the beginning of the file
# Of each camera: the pixels that it is calibrated for, how many are cut off each side, the picture's share.
SENSORS: Final = {"camera-rgb": (2880, 2880, 32, 0.5), "camera-slam-left": (640, 480, 0, 1.0)}
_TAG: Final = b"calib_json"
_MODEL: Final = "FisheyeRadTanThinPrism"


@dataclass(frozen=True, eq=False, slots=True)
class OnDevice:
    """A camera of the glasses: its place on the device; its lens, of stored pictures, where it is told."""

    device_from_camera: Pose
    stored: Fisheye | None


class _Lens(Struct):
    Name: str
    Params: list[float]


class _Place(Struct):
    Translation: tuple[float, float, float]
    UnitQuaternion: tuple[float, tuple[float, float, float]]  # scalar, then x, y, z

    def __post_init__(self) -> None:
        scalar, vector = self.UnitQuaternion
        if not abs(math.hypot(scalar, *vector) - 1) <= UNIT_WITHIN:
            raise ValueError("this is no unit quaternion")


class _Camera(Struct):
    Label: str
    T_Device_Camera: _Place
    Projection: _Lens | None = None


class _Calibration(Struct):
    CameraCalibrations: list[_Camera]


def camera_on_device(vrs: Path, label: str) -> OnDevice | None:
    """The camera called `label`, one of `SENSORS`; None where the file does not tell.

    Raises BadInput for a lens whose numbers make no camera.
    """
    for camera in _cameras(vrs):
        if camera.Label == label:
            scalar, vector = camera.T_Device_Camera.UnitQuaternion
            rotation = rotation_from_quaternion(scalar, *vector)
            place = Pose(rotation, np.array(camera.T_Device_Camera.Translation))
            return OnDevice(place, _lens(camera, str(vrs)))
    return None


def _cameras(vrs: Path) -> list[_Camera]:
    try:
        with vrs.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return []
    start = head.find(_TAG) + len(_TAG)
    if start < len(_TAG) or start + 4 > len(head):
        return []
    (length,) = struct.unpack_from("<I", head, start)
    try:
        told = decode(head[start + 4 : start + 4 + length], _Calibration, where=str(vrs))
    except BadInput:
        return []
    return told.CameraCalibrations


def _lens(camera: _Camera, where: str) -> Fisheye | None:
    if camera.Projection is None or camera.Projection.Name != _MODEL:
        return None
    width, height, border, share = SENSORS[camera.Label]
    try:
        whole = from_aria(camera.Projection.Params, size_px=(width, height))
    except ValueError as error:
        raise BadInput(
            f"the lens of {camera.Label} is none: {error}", where=where, mend="get the recording again"
        ) from None
    shown = cropped(
        whole,
        left_px=border,
        top_px=border,
        width_px=width - 2 * border,
        height_px=height - 2 * border,
    )
    return scaled(shown, share)


def upright(stored: Fisheye) -> Fisheye:
    """The camera of a picture turned a quarter clockwise: its right is the stored up, its down the right.

    >>> turned = upright(Fisheye(640, 480, 240.0, 241.0, 310.0, 230.0))
    >>> turned.width_px, turned.height_px, turned.fx_px, turned.cx_px, turned.cy_px
    (480, 640, 241.0, 250.0, 310.0)
    """
    q, r = stored.tangential
    s1, s2, s3, s4 = stored.thin_prism
    return replace(
        stored,
        width_px=stored.height_px,
        height_px=stored.width_px,
        fx_px=stored.fy_px,
        fy_px=stored.fx_px,
        cx_px=stored.height_px - stored.cy_px,
        cy_px=stored.cx_px,
        tangential=(-r, q),
        thin_prism=(-s3, -s4, s1, s2),
    )
