"""Where things are: a pixel, a box about what is seen, a cell of the picture, a place in a camera's frame."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.oracle.picture_cell import COLUMNS, ROWS
from allocentric.questions.change import changed
from allocentric.questions.families.matching import middle_px, to_hundredths
from allocentric.questions.families.pictures import (
    apart_m,
    asked_of,
    called,
    drawn,
    drawn_pairs,
    lens_views,
    moment,
    pictured,
    pictured_views,
    still,
    well_seen,
)
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured
from allocentric.words import say_number

CELLS: Final = tuple(f"{row} {column}" for row in ROWS for column in COLUMNS)
LEAST_M: Final = 0.5
ABOUT_M: Final = LEAST_M / 2  # so near to what an option says, a thing is there: the others are farther off
NEAR_PX: Final = 10.0
OPTIONS: Final = 4


def _of_one(scene: Scene, random: np.random.Generator, *, word: str, middle: bool) -> Iterator[Ask | str]:
    views, shown = (lens_views(scene), well_seen) if middle else (pictured_views(scene), pictured)
    for view, (row,) in drawn(scene, random, 1, views=views, of=shown):
        if middle and middle_px(changed(scene, moment(scene, view)), view, row) is None:
            yield "its middle is not seen"
            continue
        name = scene.labels[row]
        program = f'{word}(the("{name}"), {asked_of(view)})'
        slots = {"thing": name, "v": called(view)}
        yield Ask(program, slots, views=(view.id,), changes=moment(scene, view))


def _cells(ask: Ask, found: Measured, random: np.random.Generator) -> tuple[str, ...]:
    others = [each for each in CELLS if each != found.value]
    return (str(found.value), *(others[int(each)] for each in random.permutation(len(others))[: OPTIONS - 1]))


def _conversions(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing in the axes of one camera; where it is in those of another, right among likely mistakes."""
    for one, other in drawn_pairs(scene, random):
        rows = still(scene, well_seen(scene, one))
        if not rows:
            yield "no thing that is well seen and stands still"
            continue
        if apart_m(scene, one, other) * scene.scale.low < LEAST_M:
            yield f"cameras {closer_than(LEAST_M)}"
            continue
        row = rows[int(random.integers(len(rows)))]
        at = scene.centers[row]
        here, there = (
            each.world_from_camera.rotation.T @ (at - each.world_from_camera.translation_m)
            for each in (one, other)
        )
        between = other.world_from_camera.rotation.T @ one.world_from_camera.rotation
        moved = one.world_from_camera.rotation.T @ (
            other.world_from_camera.translation_m - one.world_from_camera.translation_m
        )
        # turned but not moved, moved but not turned, and a mirror image of the truth
        wrong = (between @ here, here - moved, there * [-1, 1, 1])
        name = scene.labels[row]
        options = tuple(said_place(each) for each in (there, *wrong))
        spread = min(np.linalg.norm(there - each) for each in wrong)
        if spread < LEAST_M or len(set(options)) < OPTIONS:
            yield f"options {closer_than(LEAST_M)} to each other"
            continue
        program = f"which({{{', '.join(_there(name, other, each) for each in sorted(options))}}})"
        slots = {"place": said_place(here), "v": called(one), "w": called(other), "thing": name}
        yield Ask(program, slots, options, views=(one.id, other.id))


def _there(name: str, view: View, place: str) -> str:
    """That a thing is about where an option says that it is, along the axes of a camera."""
    right, up, ahead = place.strip("()").split(", ")
    spot = f"moved(camera({asked_of(view)}), forward={ahead}, left=-{right}, up={up})".replace("--", "")
    return f'"{place}": distance(the("{name}"), {spot}, geometry="centre") < {ABOUT_M}'


def said_place(in_camera: np.ndarray) -> str:
    """A place in the axes of a camera (x right, y down, z along the view) in words: right, up and ahead."""
    x, y, z = (0.0 + round(float(each), 2) for each in in_camera)
    return f"({say_number(x)}, {say_number(0.0 - y)}, {say_number(z)})"


FAMILIES: Final = (
    Family(
        name="point_2d",
        code="I1",
        about="at which pixel the middle of a thing is, which the picture shows there",
        kind="point",
        templates=(
            "At which pixel is the {thing} in picture {v}?",
            "What are the pixel coordinates of the {thing} in picture {v}?",
            "In which pixel is the {thing} in picture {v}?",
        ),
        asks=partial(_of_one, word="pixel_in", middle=True),
        tell=to_hundredths,
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="box_2d",
        code="I2",
        about="the least upright box about what is seen of a thing",
        kind="box",
        templates=(
            "Where is the bounding box of the {thing} in picture {v}?",
            "What is the bounding box of the {thing} in picture {v}?",
            "Where is the box around the {thing} in picture {v}?",
        ),
        asks=partial(_of_one, word="box_in", middle=False),
        needs=("things", "pictured"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="grid_cell",
        code="I6",
        about="in which cell, of three by three, of a picture the middle of a thing is",
        kind="choice",
        templates=(
            "Picture {v} is cut into 3 rows and 3 columns. In which cell is the middle of the {thing}?",
            "In a 3 x 3 grid over picture {v}, which cell holds the middle of the {thing}?",
            "Lay a 3 x 3 grid over picture {v}. In which of its cells is the middle of the {thing}?",
        ),
        asks=partial(_of_one, word="cell_in", middle=True),
        offer=_cells,
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="coordinate_conversion",
        code="I6",
        about="where a place in the axes of one camera is in those of another",
        kind="choice",
        templates=(
            "Seen from picture {v}, the middle of the {thing} is at {place}: metres right, up and ahead. "
            "Where is it in the same axes of picture {w}?",
            "In the camera frame of picture {v} (right, up, ahead, in metres) the {thing} is at {place}. "
            "Where is it in the camera frame of picture {w}?",
            "The {thing} is {place} metres right, up and ahead of the camera of picture {v}. "
            "How far right, up and ahead of the camera of picture {w} is it?",
        ),
        asks=_conversions,
        read_back=False,
        needs=("things", "pair", "scale"),
        frame="camera",
        shown="pair",
    ),
)
