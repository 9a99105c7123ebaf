"""The paint of meshes in our scene file: its arrays as they are, each picture once, as a PNG in base64."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.paint import Paint
from allocentric.scene import schema as kept

Numbers = UInt8[np.ndarray, "_ _ 3"]
QUICK: Final = 1  # of PNG's levels: a third larger than the best, ten times as fast


def pictures_of(meshes: Iterable[Mesh]) -> dict[int, Numbers]:
    """The pictures on these meshes by identity, in the order in which the file keeps them."""
    paints = [each.paint for each in meshes if each.paint is not None]
    return {id(picture): picture for paint in paints for picture in paint.pictures}


def keep_paint(paint: Paint | None, rows: dict[int, int]) -> kept.StoredPaint | None:
    """A mesh's paint as it stands in the file; `rows` tell each picture's, by identity."""
    if paint is None:
        return None
    laid = bool(paint.pictures)
    return kept.StoredPaint(
        colours=kept.numbers(paint.colours),
        picture=kept.numbers(paint.picture) if laid else None,
        uv=kept.numbers(paint.uv) if laid else None,
        pictures=[rows[id(each)] for each in paint.pictures],
    )


def paint_of(
    stored: kept.StoredPaint | None, faces: int, pictures: Sequence[Numbers], *, where: str
) -> Paint | None:
    """The paint of a mesh of so many faces; raises BadInput or ValueError where it does not fit."""
    if stored is None:
        return None
    missing = [row for row in stored.pictures if not 0 <= row < len(pictures)]
    if missing:
        what = f"picture {missing[0]} is spoken of; there are {len(pictures)}, counted from 0"
        raise BadInput(what, where=f"{where}.pictures", mend="name a row that is there")
    picture, uv = np.full(faces, -1), np.zeros((faces, 3, 2))
    if stored.picture is not None:
        picture = kept.array_of(stored.picture, (faces,), where=f"{where}.picture", dtype=int)
    if stored.uv is not None:
        uv = kept.array_of(stored.uv, (faces, 3, 2), where=f"{where}.uv")
    colours = kept.array_of(stored.colours, (-1, -1, 3), where=f"{where}.colours")
    if colours.shape[0] not in (1, faces) or colours.shape[1] not in (1, 3):
        what = f"{colours.shape[0]} x {colours.shape[1]} colours are told for {faces} faces"
        mend = "give one for all, one for each face, or one for each of its three corners"
        raise BadInput(what, where=f"{where}.colours", mend=mend)
    return Paint(colours, picture, uv, tuple(pictures[row] for row in stored.pictures))


def keep_picture(picture: Numbers) -> str:
    """A picture as it stands in the file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, format="PNG", compress_level=QUICK)
    return base64.b64encode(file.getvalue()).decode()


def picture_of(stored: str, *, where: str) -> Numbers:
    """The picture that the file keeps; raises BadInput where it cannot be decoded."""
    try:
        with Image.open(io.BytesIO(base64.b64decode(stored, validate=True)), formats=["PNG"]) as image:
            numbers: Numbers = np.array(image.convert("RGB"), dtype=np.uint8)
    except (OSError, SyntaxError, ValueError, binascii.Error) as error:
        what = f"a picture cannot be decoded: {error}"
        raise BadInput(what, where=where, mend="write it anew, as a PNG in base64") from None
    numbers.flags.writeable = False
    return numbers
