"""The same thing in two pictures: where it is again, and which picture shows more of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.answers.kinds import Value
from allocentric.geometry.cameras import project
from allocentric.questions.families.pictures import asked_of, called, drawn_pairs, looked_at, still, well_seen
from allocentric.questions.families.reasons import differ_by_less
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured
from allocentric.views.sight import sight

OPTIONS: Final = 4
LEAST_PX: Final = 20.0
LEAST_SHARE: Final = 0.1
NOT_IN_BOTH: Final = "no thing whose middle both pictures show"


def shown_well(scene: Scene, view: View) -> tuple[int, ...]:
    """The objects that stand still and of which a view shows enough, whatever else is of their kind."""

    def made() -> tuple[int, ...]:
        seen = looked_at(scene, view)
        objects = [row for row, kind in enumerate(scene.kinds) if kind == "object"]
        return tuple(row for row in still(scene, objects) if seen.knows(row))

    return scene.cached(f"objects shown well in {view.id}", made)


def middle_px(scene: Scene, view: View, row: int) -> Float[np.ndarray, "2"] | None:
    """The pixel of the middle of a thing; None where the picture shows something else there, or nothing."""

    def made() -> dict[int, Float[np.ndarray, "2"]]:
        assert view.camera is not None
        pose = view.world_from_camera
        pixels, shown = project(view.camera, (scene.centers - pose.translation_m) @ pose.rotation)
        picture, found = sight(scene, view).picture, dict[int, Float[np.ndarray, "2"]]()
        for each in np.flatnonzero(shown).tolist():
            across, down = pixels[each].astype(int).tolist()
            inside = 0 <= down < picture.shape[0] and 0 <= across < picture.shape[1]
            if inside and picture[down, across] == each:
                found[each] = pixels[each]
        return found

    return scene.cached(f"middles in {view.id}", made).get(row)


def said_px(pixel: Float[np.ndarray, "2"]) -> str:
    """A pixel in words: `(312, 88)`."""
    return f"({round(float(pixel[0]))}, {round(float(pixel[1]))})"


def _matches(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """A thing at a pixel of one picture, and where it and others are in another."""
    for one, other in drawn_pairs(scene, random):
        rows, again = shown_well(scene, other), shown_well(scene, one)
        places = {row: at for row in rows if (at := middle_px(scene, other, row)) is not None}
        first = [row for row in places if row in again and middle_px(scene, one, row) is not None]
        if not first:
            yield NOT_IN_BOTH
            continue
        if len(places) < OPTIONS:
            yield f"fewer than {OPTIONS} middles in the second picture"
            continue
        right = first[int(random.integers(len(first)))]
        others = [row for row in places if row != right]
        chosen = [right, *(others[int(each)] for each in random.permutation(len(others))[: OPTIONS - 1])]
        apart = [np.linalg.norm(places[a] - places[b]) for a in chosen for b in chosen if a < b]
        if min(apart) < LEAST_PX:
            yield f"options {differ_by_less(LEAST_PX, 'px')}"
            continue
        name, here = scene.names[right], middle_px(scene, one, right)
        assert here is not None
        slots = {"pixel": said_px(here), "v": called(one), "w": called(other)}
        options = tuple(said_px(places[row]) for row in chosen)
        program = f'pixel_in(the("{name}"), {asked_of(other)})'
        yield Ask(program, slots, options, views=(one.id, other.id))


def _correspondences(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for one, other in drawn_pairs(scene, random):
        both = [row for row in shown_well(scene, one) if row in shown_well(scene, other)]
        row = both[int(random.integers(len(both)))] if both else None
        here = None if row is None else middle_px(scene, one, row)
        if row is None or here is None or middle_px(scene, other, row) is None:
            yield NOT_IN_BOTH
            continue
        program = f'pixel_in(the("{scene.names[row]}"), {asked_of(other)})'
        slots = {"pixel": said_px(here), "v": called(one), "w": called(other)}
        yield Ask(program, slots, views=(one.id, other.id))


def to_hundredths(scene: Scene, ask: Ask, found: Measured) -> Value:
    """A pixel as it is written: no more than a hundredth of one is meant."""
    x, y = (round(float(each), 2) for each in found.value)  # type: ignore[union-attr, arg-type]
    return (x, y)


def _shares_differ(scene: Scene, one: View, other: View, *, row: int) -> bool:
    """Whether two looks show shares of a thing that differ by enough to be asked about."""
    shares = [
        int(seen.visible_px[row]) / seen.whole(row)
        for seen in (looked_at(scene, each).sight for each in (one, other))
    ]
    return abs(shares[0] - shares[1]) >= LEAST_SHARE


def _compared(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    for one, other in drawn_pairs(scene, random):
        again = set(well_seen(scene, other))
        both = [
            row
            for row in still(scene, well_seen(scene, one))
            if row in again and _shares_differ(scene, one, other, row=row)
        ]
        if not both:
            yield f"shares in the two pictures {differ_by_less(100 * LEAST_SHARE, '%')}"
            continue
        name = scene.labels[both[int(random.integers(len(both)))]]
        views = f"[{asked_of(one)}, {asked_of(other)}]"
        program = f'most({views}, by=visible_share(thing=the("{name}"), of="whole"))'
        slots = {"thing": name, "v": called(one), "w": called(other)}
        yield Ask(program, slots, (f"view {one.id}", f"view {other.id}"), views=(one.id, other.id))


FAMILIES: Final = (
    Family(
        name="position_matching",
        code="E6",
        about="which pixel of a second picture shows the middle of the thing at a pixel of the first",
        kind="choice",
        templates=(
            "The pixel {pixel} of picture {v} is on a thing. Which of these pixels of picture {w} shows "
            "the middle of the same thing?",
            "At {pixel} in picture {v} there is an object. Where in picture {w} is the middle of it?",
            "Find the object at {pixel} in picture {v} again: which pixel of picture {w} is its middle?",
        ),
        asks=_matches,
        read_back=False,
        needs=("things", "pair"),
        frame="camera",
        shown="pair",
    ),
    Family(
        name="correspondence",
        code="E6",
        about="at which pixel of a second picture the middle of a thing is, by its pixel in the first",
        kind="point",
        templates=(
            "The pixel {pixel} of picture {v} shows the middle of an object. "
            "At which pixel of picture {w} is it?",
            "The middle of an object is at {pixel} in picture {v}. At which pixel of picture {w} is it?",
            "Give the pixel of picture {w} that shows the middle of the object at {pixel} in picture {v}.",
        ),
        asks=_correspondences,
        read_back=False,
        tell=to_hundredths,
        needs=("things", "pair"),
        unit="px",
        frame="camera",
        shown="pair",
    ),
    Family(
        name="visibility_compare",
        code="E7",
        about="which of two pictures shows the larger part of a thing",
        kind="choice",
        templates=(
            "Which view shows more of the {thing}, view {v} or view {w}?",
            "Of view {v} and view {w}, which shows more of the {thing}?",
            "Which of view {v} and view {w} shows the most of the {thing}?",
        ),
        asks=_compared,
        needs=("things", "pair"),
        frame="camera",
        shown="pair",
    ),
)
