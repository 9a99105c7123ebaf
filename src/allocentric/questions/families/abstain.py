"""What a picture does not decide: what is hidden, what one eye cannot judge, and which picture would tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from allocentric.oracle.known import known_from
from allocentric.oracle.known_looks import LEAST_PX
from allocentric.query.check import check
from allocentric.query.parse import parse
from allocentric.query.proof import settling_views
from allocentric.questions.change import Known
from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.pictures import (
    asked_of,
    called,
    drawn,
    lens_views,
    looked_at,
    unseen,
    well_seen,
)
from allocentric.questions.families.reasons import NOTHING_BESIDE, THINGS_MOVE
from allocentric.questions.family import Ask, Family
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene, View
from allocentric.scene.truth import Label, Measured, Undetermined, Unknown, margin

LEFT_RIGHT: Final = ("left", "right")
OPTIONS: Final = 4
NOT_CLEAR: Final = "the whole scene does not tell it clearly"
MOST_VIEWS: Final = 6  # of a scene, from which questions of one kind are asked


def hidden(scene: Scene, view: View) -> tuple[int, ...]:
    """The things that would be seen in a picture, were they alone, and of which it shows no pixel."""
    seen = looked_at(scene, view).sight
    return tuple(row for row in unseen(scene, view) if len(seen.alone(row)) >= LEAST_PX)


def _beside(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Where something hidden is beside something seen, and the same of two things that are both seen."""
    if scene.tracks:
        yield THINGS_MOVE
        return
    views = _few(scene, random)

    def asked(shown: bool) -> Iterator[Ask | str]:
        for view, (row,) in drawn(scene, random, 1, views=views, of=well_seen if shown else hidden):
            others = [each for each in well_seen(scene, view) if each != row]
            if not others:
                yield NOTHING_BESIDE
                continue
            ask = _relation(scene, view, row, other=others[int(random.integers(len(others)))])
            yield ask if not shown or _clear(scene, ask) else NOT_CLEAR

    yield from in_turn(random, asked(True), asked(False))


def _few(scene: Scene, random: np.random.Generator) -> list[View]:
    """Some of the views: what each alone tells of a scene takes a while to find."""
    views = lens_views(scene)
    return [views[int(each)] for each in random.permutation(len(views))[:MOST_VIEWS]]


def _clear(scene: Scene, ask: Ask) -> bool:
    """Whether the whole scene decides it clearly, as one of the options."""
    found = settled(scene, ask.program, evidence=False)
    if isinstance(found, Undetermined) or found.value not in ask.options:
        return False
    return found.margin is None or found.margin.clear >= 1


def _relation(scene: Scene, view: View, row: int, *, other: int) -> Ask:
    a, b = scene.labels[row], scene.labels[other]
    program = f'relation(the("{a}"), the("{b}"), camera({asked_of(view)}), axis="right")'
    slots = {"a": a, "b": b, "v": called(view)}
    return Ask(program, slots, LEFT_RIGHT, views=(view.id,), changes=(Known((view.id,)),))


def _sizes(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Which of two things is larger, from bearings alone; and on which side of it one is, which they tell."""
    if scene.tracks:
        yield THINGS_MOVE
        return
    views = _few(scene, random)

    def larger() -> Iterator[Ask]:
        for view, (one, other) in drawn(scene, random, 2, views=views):
            a, b = scene.labels[one], scene.labels[other]
            program = f'most([the("{a}"), the("{b}")], by=volume)'
            known = (Known((view.id,), "picture"),)
            form = int(random.integers(3))
            slots = {"a": a, "b": b, "v": called(view)}
            yield Ask(program, slots, (a, b), views=(view.id,), changes=known, form=form)

    def aside() -> Iterator[Ask | str]:
        for view, (one, other) in drawn(scene, random, 2):
            a, b = scene.labels[one], scene.labels[other]
            program = f'relation_in(the("{a}"), the("{b}"), {asked_of(view)}, axis="right")'
            form = 3 + int(random.integers(3))
            slots = {"a": a, "b": b, "v": called(view)}
            ask = Ask(program, slots, LEFT_RIGHT, views=(view.id,), form=form)
            yield ask if _clear(scene, ask) else NOT_CLEAR

    yield from in_turn(random, larger(), aside())


def _next_views(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """What one picture does not show, one other does, and three others do not."""
    if scene.tracks:
        yield THINGS_MOVE
        return
    views = lens_views(scene)
    for view, (row,) in drawn(scene, random, 1, views=_few(scene, random), of=unseen):
        others = [each for each in views if each.id != view.id]
        show = [each for each in others if row in well_seen(scene, each)]
        hide = [each for each in others if row in unseen(scene, each)]
        beside = [each for each in well_seen(scene, view) if each != row]
        if not beside:
            yield NOTHING_BESIDE
            continue
        if not show or len(hide) < OPTIONS - 1:
            yield f"not shown by another picture, or hidden in fewer than {OPTIONS - 1}"
            continue
        chosen = [show[int(random.integers(len(show)))], *_some(hide, random)]
        a, b = scene.labels[row], scene.labels[beside[int(random.integers(len(beside)))]]
        program = f'relation(the("{a}"), the("{b}"), camera({asked_of(view)}), axis="right")'
        slots = {"a": a, "b": b, "v": called(view)}
        options = tuple(f"picture {each.id}" for each in chosen)
        yield Ask(program, slots, options, views=(view.id, *(each.id for each in chosen)))


def _some(views: Sequence[View], random: np.random.Generator) -> list[View]:
    return [views[int(each)] for each in random.permutation(len(views))[: OPTIONS - 1]]


def _which_settles(scene: Scene, ask: Ask) -> Measured | Undetermined:
    """The one picture with which the program would be settled, found by looking from each.

    No program says so: the language speaks of a scene, not of what is known of it.
    """
    view, *others = ask.views
    known, program = known_from(scene, [view]), check(parse(ask.program))
    alone = settled(known, ask.program, evidence=False)
    others = _likely(scene, ask.program, view=view, others=others)
    settling = settling_views(program, known, others) if isinstance(alone, Undetermined) else ()
    if len(settling) != 1:
        several = Unknown("ambiguous", f"{len(settling)} pictures settle it", "offer one that does")
        return Undetermined(several.reason, several.detail, several.remedy, several)
    label = Label((f"picture {settling[0]}",), margin(1.0, "count", "pictures that settle it"))
    facts = settled(known_from(scene, [view, settling[0]]), ask.program).evidence
    return Measured(label.possible[0], label, label.margin, facts)


def _likely(scene: Scene, program: str, *, view: str, others: Sequence[str]) -> list[str]:
    """Those of other pictures that show well what one leaves open: with no other is it settled."""
    if scene.knowledge is not None:
        return list(others)
    asked = {scene.labels.index(each) for each in program.split('"')[1:4:2]}
    missing = asked - set(well_seen(scene, scene.view(view)))
    return [each for each in others if missing <= set(well_seen(scene, scene.view(each)))]


FAMILIES: Final = (
    Family(
        name="abstain_occluded",
        code="G3",
        about="on which side of a thing another is, which one picture shows, or hides",
        kind="choice",
        templates=(
            "From the camera of picture {v}, is the {a} to the left or to the right of the {b}?",
            "Seen from picture {v}, is the {a} to the left or to the right of the {b}?",
            "From the viewpoint of picture {v}, on which side of the {b} is the {a}, left or right?",
        ),
        asks=_beside,
        abstains=("hidden", "never_seen"),
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="abstain_perspective",
        code="G4",
        about="what one picture tells of its things: the sides on which they are, and not how large they are",
        kind="choice",
        templates=(
            "Which is bigger, the {a} or the {b}?",
            "Which is larger, the {a} or the {b}?",
            "Which of the {a} and the {b} is the bigger?",
            "In the 2D image of picture {v}, is the {a} to the left or to the right of the {b}?",
            "Going by pixels alone in picture {v}, is the {a} to the left or to the right of the {b}?",
            "On which side of the {b} is the {a} in the 2D image of picture {v}, left or right?",
        ),
        asks=_sizes,
        abstains=("not_placed", "not_measured"),
        withheld="ambiguous",
        needs=("things", "views"),
        frame="camera",
        shown="picture",
    ),
    Family(
        name="next_best_view",
        code="G6",
        about="which of several more pictures tells what one leaves open",
        kind="choice",
        templates=(
            "Picture {v} does not show on which side of the {b} the {a} is. Which other one tells it?",
            "Picture {v} leaves open on which side of the {b} the {a} is. Which picture settles it?",
            "On which side of the {b}, seen from picture {v}, is the {a}? Which picture is needed to say?",
        ),
        asks=_next_views,
        decide=_which_settles,
        needs=("things", "views"),
        frame="camera",
        shown="views",
    ),
)
