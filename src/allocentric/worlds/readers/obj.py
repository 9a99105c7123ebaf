"""OBJ and its MTL: the objects (groups, where it names none) as triangles, with their colours and pictures.

`Kd` and colours behind a vertex are sRGB, and so is `map_Kd`, whose options are left aside. A material
library or picture that is missing or cannot be read is told, and its faces have the plain colour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int, UInt8
from PIL import Image

from allocentric.geometry.meshes import Mesh
from allocentric.geometry.paint import NO_PICTURE, Paint, linear_light
from allocentric.worlds.readers.mesh_paint import picture_of


@dataclass(slots=True)
class _Material:
    colour: tuple[float, ...] = (1.0, 1.0, 1.0)
    picture: UInt8[np.ndarray, "_ _ 3"] | None = None


@dataclass(slots=True)
class _Object:
    """Rows of vertices and of places on pictures (-1: none) of each face's corners, and its material."""

    corners: list[list[int]] = field(default_factory=list)
    places: list[list[int]] = field(default_factory=list)
    materials: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    vertices: list[list[str]] = field(default_factory=list)
    places: list[list[str]] = field(default_factory=list)
    objects: dict[str, _Object] = field(default_factory=dict)
    materials: dict[str, _Material] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def obj_meshes(data: bytes, path: Path, *, id: str) -> tuple[dict[str, Mesh], list[str]]:
    """The meshes of an OBJ by the names of its objects, and what could not be read beside it.

    Raises ValueError or IndexError for a file that is broken.
    """
    read = _lines(data, path, id)
    spots = np.array([each[:3] for each in read.vertices], dtype=float).reshape(-1, 3)
    coloured = bool(read.vertices) and all(len(each) in (6, 7) for each in read.vertices)
    colours = np.array([each[3:6] for each in read.vertices] if coloured else np.ones((len(spots), 3)), float)
    shares = np.round(colours.clip(0, 1) * 255).astype(np.uint8)
    places = np.array([[*each, "0"][:2] for each in read.places] + [["0", "0"]], dtype=float)
    meshes = dict[str, Mesh]()
    for name, each in read.objects.items():
        if each.corners:
            corners = np.array(each.corners, dtype=np.int64)
            used, faces = _used(corners, len(spots))
            painted = coloured or any(material in read.materials for material in each.materials)
            paint = (
                _paint(each, read.materials, places, colours=linear_light(shares)[corners])
                if painted
                else None
            )
            meshes[name] = Mesh(spots[used], faces, paint)
    return meshes, read.warnings


def _lines(data: bytes, path: Path, id: str) -> _Read:
    word = "o" if re.search(rb"(?m)^o\s", data) else "g"
    read, name, material = _Read(), id, ""
    for line in data.decode(errors="replace").splitlines():
        kind, *values = line.split() or [""]
        match kind:
            case "v":
                read.vertices.append(values)
            case "vt":
                read.places.append(values)
            case "f":
                _face(read, read.objects.setdefault(name, _Object()), values, material=material)
            case "usemtl":
                material = " ".join(values)
            case "mtllib":
                _library(path.parent / " ".join(values), read)
            case _ if kind == word:
                name = " ".join(values) or id
    return read


def _face(read: _Read, to: _Object, values: Sequence[str], *, material: str) -> None:
    """A polygon as a fan of triangles."""
    numbers = [[int(part or 0) for part in each.split("/")] + [0] for each in values]
    ring = [_row(each[0], len(read.vertices)) for each in numbers]
    spread = [_row(each[1], len(read.places)) if each[1] else -1 for each in numbers]
    for at in range(1, len(ring) - 1):
        to.corners.append([ring[0], ring[at], ring[at + 1]])
        to.places.append([spread[0], spread[at], spread[at + 1]])
        to.materials.append(material)


def _row(number: int, count: int) -> int:
    """Rows count from 1, or from the last backwards."""
    return number - 1 if number > 0 else count + number


def _library(path: Path, read: _Read) -> None:
    """The materials of an MTL."""
    try:
        text = path.read_bytes().decode(errors="replace")
    except OSError:
        read.warnings.append(f"the material library {path.name} cannot be read: colours are plain")
        return
    material = _Material()
    for line in text.splitlines():
        kind, *values = line.split() or [""]
        match kind:
            case "newmtl":
                material = read.materials.setdefault(" ".join(values), _Material())
            case "Kd" if len(values) >= 3:
                material.colour = tuple(float(each) for each in values[:3])
            case "map_Kd" if values:
                picture = path.parent / values[-1].replace("\\", "/")
                try:
                    with Image.open(picture) as image:
                        material.picture = picture_of(image)
                except OSError:
                    read.warnings.append(f"the texture {picture.name} cannot be read: its colour is plain")


def _paint(
    of: _Object,
    materials: dict[str, _Material],
    places: Float[np.ndarray, "place 2"],
    *,
    colours: Float[np.ndarray, "face 3 3"],
) -> Paint:
    """What colours the faces of an object have; its places on pictures are rows, the last for none."""
    plain, names = _Material(), list(dict.fromkeys(of.materials))
    used = [materials.get(each, plain) for each in names]
    which = np.array([names.index(each) for each in of.materials])
    laid = {row: each.picture for row, each in enumerate(used) if each.picture is not None}
    # As viewers do, a material with a picture shows that alone.
    factors = np.array([(1.0, 1.0, 1.0) if row in laid else each.colour for row, each in enumerate(used)])
    factors = linear_light(np.round(factors.clip(0, 1) * 255).astype(np.uint8))
    rows = np.array(of.places, dtype=np.int64)
    number = np.array([[*laid].index(row) if row in laid else NO_PICTURE for row in range(len(used))])
    picture = np.where((rows >= 0).all(axis=1), number[which], NO_PICTURE)
    return Paint(colours * factors[which][:, None], picture, places[rows], tuple(laid.values()))


def _used(
    faces: Int[np.ndarray, "face 3"], count: int
) -> tuple[Int[np.ndarray, " used"], Int[np.ndarray, "face 3"]]:
    if faces.min() < 0 or faces.max() >= count:
        raise ValueError(f"a face names vertex {int(faces.max()) + 1} of {count}")
    used, renumbered = np.unique(faces, return_inverse=True)
    return used, renumbered.reshape(-1, 3)
