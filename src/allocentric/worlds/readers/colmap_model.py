"""The files of a COLMAP model, text or binary, as values: cameras, images with what they see, points."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int

from allocentric.errors import BadInput
from allocentric.geometry.camera_formats import from_colmap
from allocentric.geometry.cameras import Camera
from allocentric.jobs import read_bytes
from allocentric.worlds.readers.posed import read_text

# COLMAP's models by their numbers in a binary file, with how many parameters each has.
MODELS: Final = (
    ("SIMPLE_PINHOLE", 3),
    ("PINHOLE", 4),
    ("SIMPLE_RADIAL", 4),
    ("RADIAL", 5),
    ("OPENCV", 8),
    ("OPENCV_FISHEYE", 8),
    ("FULL_OPENCV", 12),
    ("FOV", 5),
    ("SIMPLE_RADIAL_FISHEYE", 4),
    ("RADIAL_FISHEYE", 5),
    ("THIN_PRISM_FISHEYE", 12),
    ("RAD_TAN_THIN_PRISM_FISHEYE", 16),
)
NO_POINT: Final = -1
_SEEN: Final = np.dtype([("x", "<f8"), ("y", "<f8"), ("point", "<i8")])


@dataclass(frozen=True, eq=False, slots=True)
class Image:
    """One image of a model: world-to-camera quaternion and shift, its camera, how to read what it sees."""

    name: str
    camera: int
    wxyz: tuple[float, float, float, float]
    shift: tuple[float, float, float]
    seen: Callable[[], tuple[Int[np.ndarray, " point"], Float[np.ndarray, "point 2"]]]
    """Ids of the points that it sees, and their pixels."""


@dataclass(frozen=True, eq=False, slots=True)
class Model:
    """Cameras, images and points by their ids."""

    cameras: dict[int, Camera]
    images: dict[int, Image]
    points: dict[int, tuple[float, float, float]]
    rigs: bool  # the model has files of rigs and frames


def read_model(folder: Path) -> Model:
    """The model in a folder, binary where it is both; raises BadInput where a file is missing or cut off."""
    end = ".bin" if (folder / "images.bin").exists() else ".txt"
    paths = [folder / f"{name}{end}" for name in ("cameras", "images", "points3D")]
    cameras, images, points = _BINARY if end == ".bin" else _TEXT
    rigs = any((folder / f"{name}{end}").exists() for name in ("rigs", "frames"))
    held = cameras(paths[0]), images(paths[1])
    return Model(*held, points(paths[2]) if paths[2].exists() else {}, rigs)


def _once(found: dict[int, Any], id: int, value: Any, *, what: str, where: str) -> None:
    if id in found:
        raise BadInput(f"two {what} have id {id}", where=where, mend="get the model again: an id stands once")
    found[id] = value


# Text


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered lines that are no comments, empty ones among them."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.startswith("#"):
            yield number, line


def _broken(path: Path, number: int, error: Exception) -> BadInput:
    return BadInput(
        f"the line cannot be read: {error}", where=f"{path}, line {number}", mend="get the file again"
    )


def _text_cameras(path: Path) -> dict[int, Camera]:
    cameras = dict[int, Camera]()
    for number, line in _lines(path):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            id, model, width, height, *numbers = line.split()
            told = int(id), (int(width), int(height)), [float(each) for each in numbers]
        except ValueError as error:
            raise _broken(path, number, error) from None
        camera = from_colmap(model, told[2], size_px=told[1], where=where)
        _once(cameras, told[0], camera, what="cameras", where=where)
    return cameras


def _text_images(path: Path) -> dict[int, Image]:
    """Two lines an image; the second, of what it sees, may be empty and is only read when asked for."""
    images = dict[int, Image]()
    lines = list(_lines(path))
    while lines and not lines[-1][1].strip() and len(lines) % 2:
        lines.pop()  # the file ends in an empty line
    if len(lines) % 2:
        what = "it ends after the first of an image's two lines"
        raise BadInput(what, where=f"{path}, line {lines[-1][0]}", mend="get the whole file again")
    for (number, line), (second, seen) in zip(lines[::2], lines[1::2]):
        try:
            id, *pose, camera, name = line.split(maxsplit=9)
            w, x, y, z, *shift = map(float, pose)
            image = Image(
                name, int(camera), (w, x, y, z), (shift[0], shift[1], shift[2]), _later(path, second, seen)
            )
            key = int(id)
        except (ValueError, IndexError) as error:
            raise _broken(path, number, error) from None
        _once(images, key, image, what="images", where=f"{path}, line {number}")
    return images


def _later(path: Path, number: int, line: str) -> Callable[[], tuple[Any, Any]]:
    def seen() -> tuple[Int[np.ndarray, " point"], Float[np.ndarray, "point 2"]]:
        try:
            rows = np.array(line.split(), dtype=float).reshape(-1, 3)
        except ValueError as error:
            raise _broken(path, number, error) from None
        rows = rows[rows[:, 2] != NO_POINT]
        return rows[:, 2].astype(np.int64), rows[:, :2]

    return seen


def _text_points(path: Path) -> dict[int, tuple[float, float, float]]:
    points = dict[int, tuple[float, float, float]]()
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            id, x, y, z, *_ = line.split(maxsplit=8)
            key, place = int(id), (float(x), float(y), float(z))
        except ValueError as error:
            raise _broken(path, number, error) from None
        _once(points, key, place, what="points", where=f"{path}, line {number}")
    return points


# Binary


@dataclass(slots=True)
class _Bytes:
    """A binary file read from front to end; raises BadInput where it ends too early."""

    path: Path
    data: bytes
    at: int = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """The next values of a layout of `struct`, little-endian."""
        size = struct.calcsize("<" + layout)
        self.skip(size)
        return struct.unpack_from("<" + layout, self.data, self.at - size)

    def name(self) -> str:
        """The next text, up to its zero."""
        start, end = self.at, self.data.find(b"\0", self.at)
        self.skip((len(self.data) if end < 0 else end) + 1 - start)
        return self.data[start:end].decode(errors="replace")

    def skip(self, count: int) -> None:
        """Go on by so many bytes."""
        if count > len(self.data) - self.at:
            what = f"the binary file stops short, after {len(self.data)} bytes"
            raise BadInput(what, where=str(self.path), mend="get the whole file again")
        self.at += count

    def end(self) -> None:
        """Raise BadInput where bytes are left."""
        if self.at < len(self.data):
            what = f"{len(self.data) - self.at} bytes are left after all that it counts"
            raise BadInput(
                what, where=str(self.path), mend="get the file again: it is of another kind or broken"
            )


def _binary_cameras(path: Path) -> dict[int, Camera]:
    file, cameras = _Bytes(path, read_bytes(path)), dict[int, Camera]()
    for _ in range(file.take("Q")[0]):
        id, model, width, height = file.take("iiQQ")
        where = f"{path}, camera {id}"
        if not 0 <= model < len(MODELS):
            raise BadInput(f"there is no camera model {model}", where=where, mend="get the file again")
        name, count = MODELS[model]
        camera = from_colmap(name, file.take(f"{count}d"), size_px=(width, height), where=where)
        _once(cameras, id, camera, what="cameras", where=str(path))
    file.end()
    return cameras


def _binary_images(path: Path) -> dict[int, Image]:
    file, images = _Bytes(path, read_bytes(path)), dict[int, Image]()
    for _ in range(file.take("Q")[0]):
        id, w, x, y, z, *shift, camera = file.take("i7di")
        name, count, start = file.name(), file.take("Q")[0], file.at
        file.skip(count * _SEEN.itemsize)
        image = Image(
            name, camera, (w, x, y, z), (shift[0], shift[1], shift[2]), _at(file.data, start, count)
        )
        _once(images, id, image, what="images", where=str(path))
    file.end()
    return images


def _at(data: bytes, start: int, count: int) -> Callable[[], tuple[Any, Any]]:
    def seen() -> tuple[Int[np.ndarray, " point"], Float[np.ndarray, "point 2"]]:
        rows = np.frombuffer(data, _SEEN, count, start)
        rows = rows[rows["point"] != NO_POINT]
        return rows["point"].astype(np.int64), np.stack([rows["x"], rows["y"]], axis=1)

    return seen


def _binary_points(path: Path) -> dict[int, tuple[float, float, float]]:
    file, points = _Bytes(path, read_bytes(path)), dict[int, tuple[float, float, float]]()
    for _ in range(file.take("Q")[0]):
        id, x, y, z, _, _, _, _, track = file.take("Q3d3BdQ")
        file.skip(8 * track)
        _once(points, id, (x, y, z), what="points", where=str(path))
    file.end()
    return points


_TEXT: Final = (_text_cameras, _text_images, _text_points)
_BINARY: Final = (_binary_cameras, _binary_images, _binary_points)
