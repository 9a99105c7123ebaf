"""What is drawn on pictures: boxes, lines and polygons, in pixels or projected from the world, and masks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, UInt8
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.boxes import SIGNS
from allocentric.geometry.cameras import project
from allocentric.scene.scene import Scene, View
from allocentric.views.colours import INK, WHITE
from allocentric.views.ink import FINER, Area, Box, Colour, Item, Line, Pixel, Text, plate
from allocentric.views.plan_png import drawn
from allocentric.views.render import camera_of

STRAIGHT: Final = 48  # pieces that a line is drawn in, as a lens may bend it
DASH: Final = 5.0  # pixels, of hidden edges
OPACITY: Final = 0.4
WORDS: Final = 13.0  # the size of a box's words, in pixels
EDGES: Final = tuple(
    (first, second)
    for first, second in itertools.combinations(range(8), 2)
    if (SIGNS[first] != SIGNS[second]).sum() == 1
)
"""The twelve edges of a box, as pairs of its corners in the order of `SIGNS`."""


def overlaid(
    picture: UInt8[np.ndarray, "height width 3"], items: Sequence[Item]
) -> UInt8[np.ndarray, "height width 3"]:
    """The picture with these items drawn over it, smooth at their edges; all other pixels stay bit for bit.

    >>> black = np.zeros((9, 9, 3), dtype=np.uint8)
    >>> overlaid(black, [Line(((0, 4.5), (9, 4.5)), (255, 0, 0, 255), 2)])[[0, 4, 8], 4, 0].tolist()
    [0, 255, 0]
    """
    larger = np.repeat(np.repeat(picture, FINER, axis=0), FINER, axis=1)
    return np.array(drawn(Image.fromarray(larger), items))


def box_2d(box_px: Box, colour: Colour, *, text: str = "", width: float = 2.0) -> tuple[Item, ...]:
    """The items of a box in the picture: left, top, right, bottom; its words at its upper left corner."""
    left, top, right, bottom = box_px
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return (Area((corners,), None, colour, width), *words_at((left, top), text, colour))


def box_3d(
    scene: Scene, row: int, view: View, *, colour: Colour, text: str = "", width: float = 2.0
) -> tuple[Item, ...]:
    """The items of a thing's box seen in a view, the edges behind it dashed; nothing where it is not seen.

    An edge is behind where both of its faces look away from the camera: from within the box, all are.
    """
    half, rotation, center = scene.sizes[row] / 2, scene.rotations[row], scene.centers[row]
    corners = (SIGNS * half) @ rotation.T + center
    eye = (view.world_from_camera.translation_m - center) @ rotation
    before, behind = list[Line](), list[Line]()
    for first, second in EDGES:
        # The two faces of an edge are on the axes along which its corners agree.
        sides = [axis for axis in range(3) if SIGNS[first, axis] == SIGNS[second, axis]]
        shown = any(SIGNS[first, axis] * eye[axis] > half[axis] for axis in sides)
        kept, dash = (before, 0.0) if shown else (behind, DASH)
        kept += line_3d(
            view, corners[[first, second]], colour, width=width if shown else width / 2, dash=dash
        )
    highest = min((point for line in (*behind, *before) for point in line.points), key=_down, default=None)
    return (*behind, *before, *(() if highest is None else words_at(highest, text, colour)))


def line_3d(
    view: View, points: Float[np.ndarray, "point 3"], colour: Colour, *, width: float = 2.0, dash: float = 0.0
) -> tuple[Line, ...]:
    """The items of a line through points of the world, in scene units, as the view's lens shows it.

    Parts behind the camera, beyond the lens's reach or outside of the picture are left out; over a panorama's
    seam the line is broken. Nothing of the scene hides it.
    """
    pieces = []
    for run in pixels_along(view, points):
        pieces.append(Line(tuple((float(x), float(y)) for x, y in run), colour, width, dash))
    return tuple(pieces)


def pixels_along(view: View, points: Float[np.ndarray, "point 3"]) -> list[Float[np.ndarray, "pixel 2"]]:
    """A line through points of the world as runs of pixels, each unbroken and in the picture."""
    camera = camera_of(view)
    shares = np.linspace(0, 1, STRAIGHT + 1)[:, None]
    legs = [start + shares * (end - start) for start, end in itertools.pairwise(points)]
    if not legs:
        raise BadInput("a line of one point", where=f"view {view.id!r}", mend="give two points or more")
    pixels, shown = project(camera, view.world_from_camera.inverse().apply(np.concatenate(legs)))
    steps = np.abs(np.diff(pixels[:, 0]))
    torn = np.append(False, ~(steps < camera.width_px / 2)) | ~shown | np.append(False, ~shown[:-1])
    runs = np.split(pixels, np.flatnonzero(torn))
    inside = np.split(shown, np.flatnonzero(torn))
    return [run[held] for run, held in zip(runs, inside) if held.sum() > 1]


def masked(
    picture: UInt8[np.ndarray, "height width 3"],
    mask: Bool[np.ndarray, "height width"],
    colour: Colour,
    *,
    opacity: float = OPACITY,
) -> UInt8[np.ndarray, "height width 3"]:
    """The picture with a mask's pixels tinted and its rim in full colour; all others stay bit for bit."""
    if not 0 <= opacity <= 1:
        raise BadInput(f"an opacity of {opacity}", where="masked", mend="give a share from 0 to 1")
    tinted = picture.copy()
    ink = np.array(colour[:3], dtype=float)
    tinted[mask] = np.round((1 - opacity) * picture[mask] + opacity * ink).astype(np.uint8)
    tinted[rim(mask)] = colour[:3]
    return tinted


def rim(mask: Bool[np.ndarray, "height width"]) -> Bool[np.ndarray, "height width"]:
    """The mask's pixels of which a neighbour, beside or above, is not of it; the picture's border is none."""
    around = np.pad(mask, 1, mode="edge")
    inner = around[:-2, 1:-1] & around[2:, 1:-1] & around[1:-1, :-2] & around[1:-1, 2:]
    edge: Bool[np.ndarray, "height width"] = mask & ~inner
    return edge


def words_at(at: Pixel, text: str, colour: Colour) -> tuple[Item, ...]:
    """The items of words on a dark plate edged in the colour, so that any ground leaves them readable.

    `at` is where the plate's lower left corner stands; none where there are no words.
    """
    if not text:
        return ()
    left, top, right, bottom = Text((0.0, 0.0), text, WORDS, WHITE).box
    middle = (at[0] + (right - left) / 2 + 4, max(at[1], bottom - top + 2) - (bottom - top) / 2 - 1)
    words = Text(middle, text, WORDS, WHITE)
    left, top, right, bottom = words.box
    return plate((left - 4, top, right + 4, bottom), INK, colour), words


def _down(point: Pixel) -> float:
    return point[1]
