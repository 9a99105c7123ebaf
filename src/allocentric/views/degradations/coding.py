"""What storing a picture small does to it: lossy coding, few pixels."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from allocentric.views.degradations.pixels import Colour


def jpeg(picture: Colour, *, quality: int) -> Colour:
    """The picture through a JPEG file of this quality (1 to 100), colour at half resolution."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality, subsampling="4:2:0")
    with Image.open(file) as image:
        return np.array(image.convert("RGB"))


def low_resolution(picture: Colour, *, factor: float) -> Colour:
    """The picture of a sensor with `factor` times as many pixels each way, below 1, shown at the old size.

    Each of its pixels is the mean of what falls on it; between them the picture is smooth.
    """
    image = Image.fromarray(picture)
    few = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    back = image.resize(few, Image.Resampling.BOX).resize(image.size, Image.Resampling.BICUBIC)
    return np.array(back)
