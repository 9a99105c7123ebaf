"""What is asked of pictures of the road: how far to one side, how far ahead, in which range, facing where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.change import changed
from allocentric.questions.families.pictures import asked_of, called, drawn, moment, well_seen
from allocentric.questions.families.reasons import closer_than
from allocentric.questions.families.things import fronted
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.words import say_number

LEAST_M: Final = 0.3
FOUR: Final = ("north", "east", "south", "west")
EDGES: Final = ((1.6, 2.6), (0.6, 1.6), (0.3, 0.65))
"""By what share of a depth the two edges of its three ranges lie: it is in the first, second, third."""


def _in_camera(scene: Scene, view: View, row: int) -> tuple[float, float]:
    """How far to the right of a camera, and how far ahead of it, the centre of a thing is, in scene units."""
    pose, there = view.world_from_camera, changed(scene, moment(scene, view))
    x, _, z = pose.rotation.T @ (there.centers[row] - pose.translation_m)
    return float(x), float(z)


def _offsets(scene: Scene, random: np.random.Generator, *, axis: str) -> Iterator[Ask | str]:
    """Two things of a picture, of which one is farther along the axis."""
    for view, rows in drawn(scene, random, 2, ordered=False):
        along = [_in_camera(scene, view, row)[axis == "forward"] for row in rows]
        if abs(along[1] - along[0]) * scene.scale.low < LEAST_M:
            yield closer_than(LEAST_M)
            continue
        less, more = (rows[int(each)] for each in np.argsort(along))
        a, b, frame = scene.labels[more], scene.labels[less], f"camera({asked_of(view)})"
        one, other = (f'offset(the("{each}"), {frame}, axis="{axis}")' for each in (a, b))
        slots = {"a": a, "b": b, "v": called(view)}
        yield Ask(f"{one} - {other}", slots, views=(view.id,), changes=moment(scene, view))


def _ranges(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Three ranges of depth: the right one is the near, the middle and the far one in turn."""
    for turn, (view, (row,)) in enumerate(drawn(scene, random, 1)):
        depth_m = _in_camera(scene, view, row)[1] * scene.scale.high
        near, far = (max(1, round(share * depth_m)) for share in EDGES[turn % 3])
        if near >= far:
            yield "ranges of less than a metre"
            continue
        edges = (say_number(near), say_number(far))
        program = f'offset(the("{scene.labels[row]}"), camera({asked_of(view)}), axis="forward")'
        yield Ask(
            f"bin({program}, edges=[{', '.join(edges)}])",
            {"thing": scene.labels[row], "v": called(view), "near": edges[0], "far": edges[1]},
            (f"up to {edges[0]}", f"{edges[0]} to {edges[1]}", f"over {edges[1]}"),
            views=(view.id,),
            changes=moment(scene, view),
        )


def _facings(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    fronts = fronted(scene)

    def shown(scene: Scene, view: View) -> list[int]:
        return [row for row in well_seen(scene, view) if row in fronts]

    for view, (row,) in drawn(scene, random, 1, of=shown):
        name = scene.labels[row]
        slots = {"thing": name, "v": called(view)}
        program = facing_by_camera(f'the("{name}")', asked_of(view))
        yield Ask(program, slots, FOUR, views=(view.id,), changes=moment(scene, view))


def facing_by_camera(thing: str, view: str) -> str:
    """The program that says which way a thing faces, where the camera of a view is taken to face north."""
    frames = f"camera({view}), of({thing})"
    aside = f"deg(45) <= turn({frames}) and turn({frames}) <= deg(135) and turn_side({frames})"
    cases = {
        "north": f"turn({frames}) < deg(45)",
        "east": f'{aside} == "right"',
        "south": f"turn({frames}) > deg(135)",
        "west": f'{aside} == "left"',
    }
    return f"which({{{', '.join(f'{chr(34)}{name}{chr(34)}: {so}' for name, so in cases.items())}}})"


def _offset(
    name: str,
    about: str,
    *,
    asks: Callable[[Scene, np.random.Generator], Iterator[Ask | str]],
    templates: tuple[str, ...],
) -> Family:
    return Family(
        name=name,
        code="B3",
        about=about,
        kind="length",
        unit="m",
        templates=templates,
        asks=asks,
        needs=("things", "views", "scale"),
        frame="camera",
        shown="picture",
    )


FAMILIES: Final = (
    _offset(
        "lateral_offset",
        "how much farther to the right one thing of a picture is than another, along the camera's own axis",
        asks=partial(_offsets, axis="right"),
        templates=(
            "How much farther to the right is the {a} than the {b} in picture {v}, in metres?",
            "How many metres farther to the right than the {b} is the {a} in picture {v}?",
            "By how much does the {a} lie farther to the right than the {b} in picture {v}, in metres?",
        ),
    ),
    _offset(
        "depth_offset",
        "how much farther ahead one thing of a picture is than another, along the line of sight",
        asks=partial(_offsets, axis="forward"),
        templates=(
            "How much farther ahead is the {a} than the {b} in picture {v}, in metres?",
            "How many metres farther ahead than the {b} is the {a} in picture {v}?",
            "By how much does the z-depth of the {a} in picture {v} exceed the z-depth of the {b} in "
            "picture {v}, in metres?",
        ),
    ),
    Family(
        name="depth_range",
        code="B5",
        about="in which of three ranges the depth of a thing of a picture lies, in metres",
        kind="choice",
        templates=(
            "In which range does the z-depth of the {thing} in picture {v} lie, with edges at {near} m and "
            "{far} m?",
            "In which range is the z-depth of the {thing} in picture {v}, with edges at {near} and {far} "
            "metres?",
            "In which of these ranges does the camera depth of the {thing} in picture {v} lie, with edges at "
            "{near} m and {far} m?",
        ),
        asks=_ranges,
        needs=("things", "views", "scale"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="camera_facing",
        code="D1",
        about="which way a thing of a picture faces, where its camera is taken to face north",
        kind="choice",
        templates=(
            "If the camera of picture {v} faces north, does the {thing} face north, east, south or west?",
            "With north ahead of the camera of picture {v}, which way does the {thing} face: north, east, "
            "south or west?",
            "Suppose the camera of picture {v} faces north. Is the {thing} facing north, east, south or "
            "west?",
        ),
        asks=_facings,
        needs=("things", "fronts", "views"),
        frame="camera",
        shown="picture",
    ),
)
