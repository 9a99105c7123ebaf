"""Where the cameras sit on a pair of Aria glasses, by the calibration in the recording's own file."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose, rotation_from_quaternion
from allocentric.scene.json_text import decode

HEAD_BYTES: Final = 1 << 20  # the calibration stands in the tags at the beginning of the file
_TAG: Final = b"calib_json"


class _Place(Struct):
    Translation: tuple[float, float, float]
    UnitQuaternion: tuple[float, tuple[float, float, float]]  # scalar, then x, y, z


class _Camera(Struct):
    Label: str
    T_Device_Camera: _Place


class _Calibration(Struct):
    CameraCalibrations: list[_Camera]


def device_from_camera(vrs: Path, label: str) -> Pose | None:
    """The pose of the camera called `label` on the device; None where the file does not tell."""
    try:
        with vrs.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None
    start = head.find(_TAG) + len(_TAG)
    if start < len(_TAG) or start + 4 > len(head):
        return None
    (length,) = struct.unpack_from("<I", head, start)
    try:
        told = decode(head[start + 4 : start + 4 + length], _Calibration, where=str(vrs))
    except BadInput:
        return None
    for camera in told.CameraCalibrations:
        if camera.Label == label:
            scalar, vector = camera.T_Device_Camera.UnitQuaternion
            rotation = rotation_from_quaternion(scalar, *vector)
            return Pose(rotation, np.array(camera.T_Device_Camera.Translation))
    return None
