"""Colours from picture files, and into them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write
from allocentric.scene.pictures import picture_size_px

SUFFIXES: Final = {".png": "PNG", ".bmp": "BMP", ".tif": "TIFF", ".tiff": "TIFF"}
"""Kinds of file that keep every number, by suffix."""
_COLOURED: Final = ("RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "YCbCr")


def read_colour(path: str | Path) -> UInt8[np.ndarray, "height width 3"]:
    """The red, green and blue of a picture; what is transparent is shown on black.

    Raises BadInput where the file is missing, is no picture, stops short, or has no colours but measures.
    """
    picture_size_px(path)  # which says what is wrong with the file
    with Image.open(path) as image:
        if image.mode not in _COLOURED:
            what = f"this is no picture of 8 bits a colour but one of {image.mode}"
            raise BadInput(what, where=str(path), mend="name the picture, not a depth image")
        if "A" in image.getbands() or "transparency" in image.info:
            shown = image.convert("RGBA")
            black = Image.new("RGBA", image.size, "black")
            return np.array(Image.alpha_composite(black, shown).convert("RGB"))
        return np.array(image.convert("RGB"))


def check_suffix(path: str | Path) -> str:
    """The kind of file that this path's suffix tells; raises BadInput for one that would lose numbers."""
    kind = SUFFIXES.get(Path(path).suffix.lower())
    if kind is None:
        what = f"{Path(path).suffix or 'no suffix'!r} tells no kind of file that keeps every number"
        raise BadInput(what, where=str(path), mend=f"end the name in {', '.join(SUFFIXES)}")
    return kind


def write_colour(path: str | Path, colour: UInt8[np.ndarray, "height width 3"]) -> None:
    """Put a picture into a file, whole or not at all, without loss; raises BadInput where that cannot be."""
    file = io.BytesIO()
    Image.fromarray(colour).save(file, check_suffix(path))
    atomic_write(path, file.getvalue())
