"""The paint of meshes that trimesh read: base colour and texture, or colours of vertices or faces.

glTF's factors and vertex colours are light; numbers of pictures, and colours in PLY, are sRGB. Alpha is left
out, and so is all else that a material has: roughness, normal maps, light of its own.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int, UInt8

from allocentric.geometry.paint import WHITE, Paint, linear_light, plain_paint

Pictures = dict[int, UInt8[np.ndarray, "_ _ 3"]]
"""Pictures as arrays, by the identity of what was read: materials that share one share its array."""

MOST: Final = 255


def paint_of(surface: Any, pictures: Pictures, *, is_light: bool) -> Paint | None:
    """The paint of a Trimesh; None where the file says nothing of its colours.

    `is_light` tells whether its plain colours are light (glTF), or sRGB (PLY).
    """
    visual, faces = surface.visual, np.asarray(surface.faces, np.int64)
    match visual.kind:
        case "texture":
            return _material_paint(visual, faces, pictures, is_light=is_light)
        case "vertex":
            return plain_paint(_light(visual.vertex_colors, is_light)[faces], len(faces))
        case "face":
            return plain_paint(_light(visual.face_colors, is_light)[:, None], len(faces))
        case _:
            return None


def picture_of(image: Any) -> UInt8[np.ndarray, "_ _ 3"]:
    """A picture that pillow opened, as numbers; raises OSError where it cannot be decoded."""
    numbers: UInt8[np.ndarray, "_ _ 3"] = np.array(image.convert("RGB"), dtype=np.uint8)
    numbers.flags.writeable = False
    return numbers


def _material_paint(
    visual: Any, faces: Int[np.ndarray, "face 3"], pictures: Pictures, *, is_light: bool
) -> Paint:
    material = visual.material
    factor, image = getattr(material, "baseColorFactor", None), getattr(material, "baseColorTexture", None)
    if not hasattr(material, "baseColorTexture"):  # one of OBJ's or PLY's
        factor, image = getattr(material, "diffuse", None), getattr(material, "image", None)
    colours = WHITE
    if factor is not None and (image is None or is_light):
        colours = colours * _light(np.asarray(factor)[None], is_light)[:, None]
    own = visual.vertex_attributes.get("color")
    if own is not None and len(own) > faces.max():
        colours = colours * _light(np.asarray(own), is_light)[faces]
    if image is None or visual.uv is None:
        return plain_paint(colours, len(faces))
    if id(image) not in pictures:
        pictures[id(image)] = picture_of(image)
    places = np.asarray(visual.uv, dtype=np.float64)[faces]
    return Paint(colours, np.zeros(len(faces), dtype=np.int64), places, (pictures[id(image)],))


def _light(colours: Any, is_light: bool) -> Float[np.ndarray, "n 3"]:
    """Colours, as whole numbers up to the most of their type or as shares of 1, as light."""
    given = np.asarray(colours)[:, :3]
    if given.dtype.kind == "f":
        shares = given.astype(np.float64).clip(0, 1)
        return shares if is_light else linear_light(np.round(shares * MOST).astype(np.uint8))
    shares = given / np.iinfo(given.dtype).max
    return shares if is_light else linear_light(np.round(shares * MOST).astype(np.uint8))
