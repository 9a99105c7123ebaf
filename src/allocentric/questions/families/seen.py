"""What pictures show: whether a thing, behind what, and how many of a kind in some frames alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

import numpy as np

from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.pictures import (
    asked_of,
    called,
    drawn,
    lens_views,
    looked_at,
    moment,
    seen_at_all,
    unseen,
    well_seen,
)
from allocentric.questions.families.things import counted, unique
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Measured
from allocentric.words import a_list, plural

FRAMES: Final = (1, 4, 8, 12, 16)  # how many frames are shown
HIDDEN_SHARE: Final = 0.1  # how much of a thing another hides, at the least, to be said to hide a part of it
HIDES_LITTLE: Final = f"hides less than {HIDDEN_SHARE:.0%} of it"
MOST_HIDDEN: Final = 0.9
OPTIONS: Final = 4


def _visible(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """What is well seen, and what is not seen at all; what is hardly seen is asked about nowhere."""

    def asked(shown: bool) -> Iterator[Ask]:
        for view, (row,) in drawn(scene, random, 1, of=well_seen if shown else unseen):
            name = scene.labels[row]
            program = f'visible_in(the("{name}"), {asked_of(view)})'
            slots = {"thing": name, "v": called(view)}
            yield Ask(program, slots, views=(view.id,), changes=moment(scene, view))

    return in_turn(random, asked(True), asked(False))


def hiders_of(scene: Scene, view: View, row: int) -> dict[int, float]:
    """What hides a thing in a view, and how much of the thing's own picture each hides."""
    seen = looked_at(scene, view).sight
    whole = len(seen.alone(row))
    return {other: count / whole for other, count in seen.hidden_by(row) if other >= 0}


def _partly_hidden(scene: Scene, view: View) -> list[tuple[int, dict[int, float]]]:
    """The things of a picture that are seen well, and in part hidden by others."""

    def made() -> list[tuple[int, dict[int, float]]]:
        held = [(row, hiders_of(scene, view, row)) for row in well_seen(scene, view)]
        return [(row, hiders) for row, hiders in held if sum(hiders.values()) <= MOST_HIDDEN]

    return scene.cached(f"partly hidden in {view.id}", made)


def _hiding(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Whether one thing hides a part of another, of a picture that shows both."""

    def asked(hides: bool) -> Iterator[Ask | str]:
        for view, (row, other) in drawn(scene, random, 2):
            share = dict(_partly_hidden(scene, view)).get(row, {}).get(other, 0.0)
            if share < HIDDEN_SHARE if hides else share > 0:
                yield HIDES_LITTLE if hides else "hides a part of it, where the other is due"
                continue
            a, b = scene.labels[row], scene.labels[other]
            members = f'hidden_by(the("{a}"), {asked_of(view)})'
            program = f'exists({{t for t in {members} if t == the("{b}")}})'
            slots = {"hidden": a, "hider": b, "v": called(view)}
            yield Ask(program, slots, views=(view.id,), changes=moment(scene, view))

    return in_turn(random, asked(True), asked(False))


def _occluders(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """The one thing that hides a part of another, among others of the picture."""
    views = lens_views(scene)
    for place in random.permutation(len(views)):
        view = views[int(place)]
        alone = set(unique(scene))
        for row, hiders in _partly_hidden(scene, view):
            if len(hiders) != 1 or not set(hiders) <= alone:
                yield "not hidden by one thing alone that is the only one of its label"
                continue
            if max(hiders.values()) < HIDDEN_SHARE:
                yield HIDES_LITTLE
                continue
            (hider,) = hiders
            others = [each for each in well_seen(scene, view) if each not in (row, hider)]
            if len(others) < OPTIONS - 2:
                yield f"fewer than {OPTIONS - 2} other things are well seen in the picture"
                continue
            rest = [others[int(each)] for each in random.permutation(len(others))[: OPTIONS - 1]]
            name = scene.labels[row]
            options = tuple(scene.labels[each] for each in (hider, *rest))
            slots = {"thing": name, "v": called(view)}
            program = f'hidden_by(the("{name}"), {asked_of(view)})'
            yield Ask(program, slots, options, views=(view.id,), changes=moment(scene, view))


def _counts(scene: Scene, random: np.random.Generator, *, frames: int) -> Iterator[Ask | str]:
    """Kinds with several things, in frames that show each of them well, or not at all."""
    views = lens_views(scene)
    if len(views) < frames or (scene.tracks and frames > 1):
        return
    labels = sorted(label for label, count in counted(scene).items() if count > 1)
    for _ in range(200):
        chosen = [views[int(each)] for each in np.sort(random.permutation(len(views))[:frames])]
        for place in random.permutation(len(labels)):
            label = labels[int(place)]
            if _countable(scene, chosen, label):
                yield _counting(scene, chosen, label)
                break
            yield "none of the kind is well seen, or one of it hardly"


def _countable(scene: Scene, views: Sequence[View], label: str) -> bool:
    """Whether some of a kind are shown, and none of it is shown so little that one may overlook it."""
    rows = [row for row, each in enumerate(scene.labels) if each == label and scene.kinds[row] == "object"]
    well = [any(looked_at(scene, view).knows(row) for view in views) for row in rows]
    little = [any(seen_at_all(scene, view, row) for view in views) for row in rows]
    return any(well) and well == little


def _counting(scene: Scene, views: Sequence[View], label: str) -> Ask:
    shown = " | ".join(f"visible_in({asked_of(view)})" for view in views)
    seen = shown if len(views) == 1 else f"({shown})"
    names = [f"picture {called(view)}" for view in views]
    slots = {"things": plural(label), "v": a_list(names, last="or"), "w": a_list(names)}
    changes = moment(scene, views[0])
    return Ask(
        f'count(all("{label}") & {seen})', slots, views=tuple(each.id for each in views), changes=changes
    )


def _any_shown(scene: Scene, ask: Ask, found: Measured) -> str | None:
    return None if float(found.value) >= 1 else "none is shown"  # type: ignore[arg-type]


def _in_frames(frames: int) -> Family:
    several = (
        "How many {things} are visible in at least one of {w}?",
        "How many {things} can be seen in any of {v}?",
        "How many {things} are visible in {w} together?",
    )
    one = (
        "How many {things} are visible in {v}?",
        "How many {things} can be seen in {v}?",
        "In {v}, how many {things} are there?",
    )
    return Family(
        name=f"object_count_in_frames_{frames}" if frames > 1 else "object_count_in_picture",
        code="A1",
        about=f"how many things of a kind {f'{frames} frames show' if frames > 1 else 'a picture shows'}",
        kind="count",
        templates=several if frames > 1 else one,
        asks=partial(_counts, frames=frames),
        fair=_any_shown,
        needs=("things", "views", "complete"),
        shown="views" if frames > 1 else "picture",
    )


FAMILIES: Final = (
    Family(
        name="visible",
        code="G1",
        about="whether a picture shows a thing: a tenth of it and more, or none of it",
        kind="yes_no",
        templates=(
            "Is the {thing} visible in picture {v}?",
            "Does picture {v} show the {thing}?",
            "Can you see the {thing} in picture {v}?",
        ),
        asks=_visible,
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="occlusion",
        code="G2",
        about="whether one thing hides a part of another in a picture",
        kind="yes_no",
        templates=(
            "Does the {hider} hide part of the {hidden} in picture {v}?",
            "In picture {v}, does the {hider} hide a part of the {hidden}?",
            "Is part of the {hidden} hidden behind the {hider} in picture {v}?",
        ),
        asks=_hiding,
        needs=("things", "views", "complete"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="occluder",
        code="G2",
        about="which thing of a picture hides a part of another",
        kind="choice",
        templates=(
            "What hides the {thing} in picture {v}?",
            "Which object hides the {thing} in picture {v}?",
            "What is the {thing} hidden by in picture {v}?",
        ),
        asks=_occluders,
        needs=("things", "views", "complete"),
        frame="camera",
        shown="picture",
    ),
    *(_in_frames(each) for each in FRAMES),
)
