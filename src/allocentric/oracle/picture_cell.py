"""In which part of a picture something is: one of nine cells, three rows of three."""

from __future__ import annotations

from typing import Final

from allocentric.intervals import Interval
from allocentric.oracle.places import Frame, Place
from allocentric.oracle.shots import shot
from allocentric.oracle.visibility import pixel_in
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Label, Unknown, margin

ROWS: Final = ("top", "middle", "bottom")
COLUMNS: Final = ("left", "centre", "right")


def cell_in(scene: Scene, place: Place, view: View | Frame) -> Label | Unknown:
    """The cell, of three rows of three, in which the centre of a place is in a picture: "top left".

    Hidden or not: `top`, `middle` or `bottom`, then `left`, `centre` or `right`. A panorama has no cells.
    """
    taken, at = shot(scene, view), pixel_in(scene, place, view)
    if isinstance(at, Unknown):
        return at
    if isinstance(taken, Unknown) or taken.view.camera is None or at.unit == "rad":
        what = "a panorama goes all the way round: it has no cells"
        return Unknown("no_frame", what, "ask of a picture with a border")
    camera = taken.view.camera
    (rows, down), (columns, across) = (
        _met(bound, size / 3, names)
        for bound, size, names in ((at.y, camera.height_px, ROWS), (at.x, camera.width_px, COLUMNS))
    )
    cells = tuple(f"{row} {column}" for row in rows for column in columns)
    if len(cells) > 1:
        return Label(cells, doubt=at.doubt)
    return Label(cells, margin(min(down, across), "px", "to the next cell"))


def _met(bound: Interval, width: float, names: tuple[str, ...]) -> tuple[tuple[str, ...], float]:
    """The thirds that a bound reaches, and how far it is from the next border."""
    borders = (width, 2 * width)
    met = [
        name
        for name, low, high in zip(names, (float("-inf"), *borders), (*borders, float("inf")))
        if bound.low < high and bound.high >= low
    ]
    return tuple(met), min(abs(end - each) for each in borders for end in (bound.low, bound.high))
