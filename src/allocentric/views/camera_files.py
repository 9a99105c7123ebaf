"""Cameras of views as other tools read them: transforms.json, and COLMAP's text model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import to_colmap
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.json_text import encode

OPENCV_FROM_OPENGL: Final = np.diag([1.0, -1.0, -1.0])
OPENCV_FROM_OPENGL.flags.writeable = False
METRES_PER_COUNT: Final = 0.001


@dataclass(frozen=True, eq=False, slots=True)
class Shot:
    """A picture on disk: its camera, where it was, and its files by what they hold."""

    id: str
    camera: Camera
    world_from_camera: Pose
    files: Mapping[str, str]


def transforms_json(shots: Sequence[Shot], *, metric: bool = True) -> bytes:
    """The text of a transforms.json: OpenGL camera-to-world matrices, metres, z up, depth in millimetres.

    What is not `metric` has neither depth nor metres a unit, which leaves its unit unknown. One camera stands
    at the top, several with their frames. Raises BadInput for a lens that the format does
    not have.
    """
    lenses = [_lens(each.camera, each.id) for each in shots]
    shared = lenses[0] if len(set(map(repr, lenses))) == 1 else {}
    frames = [
        {
            **each.files,
            "transform_matrix": _matrix(each.world_from_camera),
            "view": each.id,
            **({} if shared else lens),
        }
        for each, lens in zip(shots, lenses)
    ]
    world = {"metres_per_unit": 1.0, "depth_unit_scale_factor": METRES_PER_COUNT} if metric else {}
    return encode({**shared, **world, "gravity_aligned": True, "frames": frames})


def colmap_text(shots: Sequence[Shot]) -> dict[str, bytes]:
    """The files of COLMAP's text model by name: cameras, pictures from the world, and no points.

    A picture is called by its file within the folder of the pictures. Raises BadInput for a camera that
    COLMAP does not have, such as a panorama.
    """
    numbers = {camera: row for row, camera in enumerate(dict.fromkeys(each.camera for each in shots), 1)}
    cameras = ["# CAMERA_ID, MODEL, WIDTH, HEIGHT, PARAMS[]"]
    for camera, number in numbers.items():
        model, values = to_colmap(camera, where=f"camera {number}")
        told = " ".join(repr(float(each)) for each in values)
        cameras.append(f"{number} {model} {camera.width_px} {camera.height_px} {told}")
    images = ["# IMAGE_ID, QW, QX, QY, QZ, TX, TY, TZ, CAMERA_ID, NAME", "# POINTS2D[] as (X, Y, POINT3D_ID)"]
    for number, shot in enumerate(shots, 1):
        camera_from_world = shot.world_from_camera.inverse()
        turn = quaternion_of(camera_from_world.rotation)
        told = " ".join(map(repr, [*turn, *camera_from_world.translation_m.tolist()]))
        name = shot.files["file_path"].partition("/")[2]
        images += [f"{number} {told} {numbers[shot.camera]} {name}", ""]
    points = ["# POINT3D_ID, X, Y, Z, R, G, B, ERROR, TRACK[] as (IMAGE_ID, POINT2D_IDX)"]
    texts = {"cameras.txt": cameras, "images.txt": images, "points3D.txt": points}
    return {name: ("\n".join(lines) + "\n").encode() for name, lines in texts.items()}


def quaternion_of(rotation: Float[np.ndarray, "3 3"]) -> tuple[float, float, float, float]:
    """The unit quaternion of a rotation, scalar first and not below 0.

    >>> quaternion_of(np.eye(3))
    (1.0, 0.0, 0.0, 0.0)
    """
    (xx, xy, xz), (yx, yy, yz), (zx, zy, zz) = np.asarray(rotation, dtype=float).tolist()
    # The quaternion is this symmetric matrix's eigenvector of the greatest eigenvalue, whatever the angle.
    matrix = np.array(
        [
            [xx + yy + zz, zy - yz, xz - zx, yx - xy],
            [zy - yz, xx - yy - zz, xy + yx, xz + zx],
            [xz - zx, xy + yx, yy - xx - zz, yz + zy],
            [yx - xy, xz + zx, yz + zy, zz - xx - yy],
        ]
    )
    found = np.linalg.eigh(matrix)[1][:, -1]
    w, x, y, z = (found * (-1.0 if found[0] < 0 else 1.0) + 0.0).tolist()
    return w, x, y, z


def _matrix(world_from_camera: Pose) -> list[list[float]]:
    """Camera-to-world with OpenGL's axes: x right, y up, z back."""
    matrix = np.eye(4)
    matrix[:3, :3] = world_from_camera.rotation @ OPENCV_FROM_OPENGL
    matrix[:3, 3] = world_from_camera.translation_m
    rows: list[list[float]] = (matrix + 0.0).tolist()
    return rows


def _lens(camera: Camera, view: str) -> dict[str, Any]:
    """The camera in the words of the format; its pixels count from the corner, as ours."""
    size = {"w": camera.width_px, "h": camera.height_px}
    match camera:
        case Panorama(width, height):
            middle = {"fl_x": height, "fl_y": height, "cx": width / 2, "cy": height / 2}
            return {"camera_model": "EQUIRECTANGULAR", **size, **middle}
        case Pinhole():
            model, bends = _pinhole(camera)
        case Fisheye():
            model, bends = _fisheye(camera)
    if bends is None:
        what = "transforms.json has no lens with so many distortion coefficients"
        raise BadInput(what, where=f"view {view!r}", mend="leave the distortion out, or use a simpler lens")
    focal = {"fl_x": camera.fx_px, "fl_y": camera.fy_px, "cx": camera.cx_px, "cy": camera.cy_px}
    return {"camera_model": model, **size, **focal, **bends}


def _pinhole(camera: Pinhole) -> tuple[str, dict[str, float] | None]:
    if camera.distortion is None:
        return "PINHOLE", {}
    k1, k2, p1, p2, k3, *rest = camera.distortion.coefficients
    return "OPENCV", None if any(rest) else {"k1": k1, "k2": k2, "k3": k3, "p1": p1, "p2": p2}


def _fisheye(camera: Fisheye) -> tuple[str, dict[str, float] | None]:
    k1, k2, k3, k4, *rest = (*camera.radial, *[0.0] * 4)
    plain = camera.aside is None and not any(rest)
    return "OPENCV_FISHEYE", {"k1": k1, "k2": k2, "k3": k3, "k4": k4} if plain else None
