"""The pictures that a set comes with: views are drawn, photographs taken over, numbers written on things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Int

from allocentric.jobs import atomic_write, read_bytes
from allocentric.questions.change import Numbered, changed
from allocentric.questions.families.pictures import moment
from allocentric.questions.question import Question
from allocentric.scene.numbered import shares_labels
from allocentric.scene.scene import Scene, View
from allocentric.views.export import stem_of, write_views
from allocentric.views.overlays_marks import marked
from allocentric.views.picture_files import read_colour, write_colour
from allocentric.views.puzzles import draw_puzzle
from allocentric.views.sight import sight
from allocentric.views.surfaces import NO_THING

IMAGES: Final = "images"
NUMBERED: Final = "numbered"
SUFFIXES: Final = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")


def draw(scene: Scene, folder: Path, *, views: bool, numbers: bool) -> None:
    """Put the pictures of a scene into its folder; of a puzzle, its drawing.

    With `views` those that have no picture are drawn, and photographs copied; with `numbers` each is there
    once more, with the numbers of the things that share a label. Raises BadInput where a photograph is none.
    """
    drawing = draw_puzzle(scene)
    if drawing is not None:
        for view in scene.views:
            path = folder / IMAGES / f"{stem_of(view.id)}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            drawing.save(path)
        return
    if not views:
        return
    blank = [each for each in scene.views if each.camera is not None and each.image is None]
    if blank:
        write_views(scene, blank, folder)
    for view in scene.views:
        if view.image is not None:
            _copy(view, folder)
    if numbers and shares_labels(scene):
        _write_numbered(scene, folder)


def picture_of(question: Question, view: str, folder: Path) -> Path | None:
    """The picture of a view that a question is shown, in the folder of its scene; None: there is none."""
    inner = folder / (NUMBERED if Numbered() in question.changes else IMAGES)
    paths = (inner / f"{stem_of(view)}{suffix}" for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


def _copy(view: View, folder: Path) -> None:
    image = Path(view.image or "")
    (folder / IMAGES).mkdir(parents=True, exist_ok=True)
    if image.suffix.lower() in SUFFIXES:
        atomic_write(folder / IMAGES / f"{stem_of(view.id)}{image.suffix.lower()}", read_bytes(image))
    else:
        write_colour(folder / IMAGES / f"{stem_of(view.id)}.png", read_colour(image))


def _write_numbered(scene: Scene, folder: Path) -> None:
    (folder / NUMBERED).mkdir(parents=True, exist_ok=True)
    for view in scene.views:
        at = changed(scene, (Numbered(), *moment(scene, view)))
        rows = [row for row, (new, old) in enumerate(zip(at.labels, scene.labels)) if new != old]
        found = (folder / IMAGES / f"{stem_of(view.id)}{suffix}" for suffix in SUFFIXES)
        path = next((each for each in found if each.is_file()), None)
        if path is None:
            continue
        colour = read_colour(path)
        instance = _instances(at, view, size_px=(colour.shape[1], colour.shape[0]))
        texts = dict(enumerate(at.labels))
        picture = marked(at, colour, instance, rows=rows, least_px=1, texts=texts)
        write_colour(folder / NUMBERED / f"{stem_of(view.id)}.png", picture.colour)


def _instances(scene: Scene, view: View, *, size_px: tuple[int, int]) -> Int[np.ndarray, "height width"]:
    """The row of the thing in each pixel: of a view without a camera, by the boxes that are stated."""
    if view.camera is not None:
        return sight(scene, view).picture
    instance = np.full((size_px[1], size_px[0]), NO_THING, dtype=np.int64)
    for row, (left, top, right, bottom) in _boxes(scene, view):
        instance[round(top) : round(bottom), round(left) : round(right)] = row
    return instance


def _boxes(scene: Scene, view: View) -> Sequence[tuple[int, tuple[float, float, float, float]]]:
    """The stated boxes of a view, the largest first, so that the small lie on top."""
    held = [(each.row, each.box_px) for each in scene.sightings if each.view == view.id and each.box_px]
    return sorted(held, key=lambda each: -(each[1][2] - each[1][0]) * (each[1][3] - each[1][1]))
