"""Twins of a question: what cannot be told, a mirror image, the opposite, other letters, other names.

Two answers that have to differ, or have to agree, say more than either: whoever answers from habit gives the
same one to both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.errors import AllocentricError
from allocentric.query.saying import say_value
from allocentric.questions.change import Change, Forgotten, Known, Mirrored, Renamed
from allocentric.questions.generate import CLEAR, rounded
from allocentric.questions.question import Question, Twin
from allocentric.questions.truth import computed
from allocentric.scene.derive import Property
from allocentric.scene.labels import rows_called, rows_labelled
from allocentric.scene.puzzles import puzzle_in
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Undetermined
from allocentric.seeds import stream

MOST_VIEWS: Final = 8  # single views that are tried for one that does not show what the answer needs
_BY_ITSELF: Final = ("area(", "length(", "total(")
_NAMED: Final = re.compile(r'\b(the|all)\("([^"]+)"\)')
_OPPOSITE: Final = (
    ("nearest(", "farthest(", "closest to", "farthest from"),
    ("most(", "least(", "largest", "smallest"),
    ("most(", "least(", "tallest", "shortest"),
)


def twins_of(scene: Scene, question: Question, *, seed: int) -> Iterator[Question]:
    """Every twin that can be made of a question about a scene, each held to the same margin.

    `withheld`: what the answer hangs on is hidden, or the scale or north is not known, and the truth is that
    it cannot be told, and why. `kept`: the same is withheld, and it can be told all the same. The words of
    both are those of the question. `mirrored`: the scene in a mirror. `polarity`: the opposite is asked.
    `options`: the options in another order. `renamed`: the same places under exchanged names.
    """
    random = stream(seed, "twins", question.id)
    yield from _withheld(scene, question, random)
    yield from _mirrored(scene, question)
    yield from _opposite(scene, question)
    yield from _rotated(question)
    yield from _renamed(scene, question, random)


def _withheld(scene: Scene, question: Question, random: np.random.Generator) -> Iterator[Question]:
    """The first way in which the answer is withheld, and the first in which it is not, of those tried."""
    wanted: set[Twin] = {"withheld", "kept"}
    for change in _ways_to_withhold(scene, question, random):
        twin = _asked_again(scene, question, (*question.changes, change))
        if twin is None:
            continue
        kind: Twin = "kept" if twin.answerable else "withheld"
        if kind in wanted:
            wanted.remove(kind)
            yield replace(twin, twin=kind, condition="occluded" if isinstance(change, Known) else "ambiguous")
        if not wanted:
            return


def _ways_to_withhold(scene: Scene, question: Question, random: np.random.Generator) -> Iterator[Change]:
    if puzzle_in(scene) is not None:  # of which all is told, or drawn
        return
    if scene.space != "solid" and not scene.differences:
        yield from _drawn_over(scene, question, random)
        return
    yield Forgotten(None, "scale")
    if "north(" in question.program:
        yield Forgotten(None, "north")
    if "of(" in question.program:
        yield from (Forgotten(name, "front") for _, name in _NAMED.findall(question.program))
    seen = [each for each in scene.views if each.camera is not None]
    for row in random.permutation(len(seen))[:MOST_VIEWS]:
        yield Known((seen[int(row)].id,))
    for row in random.permutation(len(seen))[:1]:
        yield Known((seen[int(row)].id,), "picture")


def _drawn_over(scene: Scene, question: Question, random: np.random.Generator) -> Iterator[Change]:
    """Of a map or a page, whose coordinates tell its scale and north: what is asked of, and what is not.

    Of a thing that is measured by itself, its size; else its place.
    """
    found = (
        rows_labelled(scene, name) if word == "all" else rows_called(scene, name)
        for word, name in _NAMED.findall(question.program)
    )
    rows = list(dict.fromkeys(row for each in found for row in each))
    property: Property = "size" if question.program.startswith(_BY_ITSELF) else "place"
    ways = [Forgotten(scene.names[row], property) for row in rows]
    ways += [Forgotten(None, "complete")] if "all(" in question.program else []
    yield from (ways[int(each)] for each in random.permutation(len(ways))[:MOST_VIEWS])
    others = [row for row in range(len(scene)) if row not in rows]
    for each in random.permutation(len(others))[:1]:
        yield Forgotten(scene.names[others[int(each)]], property)


def _mirrored(scene: Scene, question: Question) -> Iterator[Question]:
    twin = _asked_again(scene, question, (*question.changes, Mirrored()))
    if twin is not None and twin.answerable:
        yield replace(twin, twin="mirrored", condition="flipped")


def _opposite(scene: Scene, question: Question) -> Iterator[Question]:
    for word, opposite, says, instead in _OPPOSITE:
        for here, there, said, other in ((word, opposite, says, instead), (opposite, word, instead, says)):
            if question.program.startswith(here) and said in question.words:
                program = there + question.program.removeprefix(here)
                asked = replace(question, program=program, words=question.words.replace(said, other))
                twin = _asked_again(scene, asked, question.changes)
                if twin is not None and twin.answerable:
                    yield replace(twin, twin="polarity", twin_of=question.id)


def _rotated(question: Question) -> Iterator[Question]:
    options = question.expected.options
    if question.expected.kind == "choice" and len(options) > 1 and isinstance(question.truth, str):
        expected = replace(question.expected, options=(*options[1:], options[0]))
        at = (expected.letters.index(question.truth) - 1) % len(options)
        twin = replace(question, expected=expected, truth=expected.letters[at], condition="circular")
        yield replace(twin, twin="options", twin_of=question.id)


def _renamed(scene: Scene, question: Question, random: np.random.Generator) -> Iterator[Question]:
    """The labels of the question's things go round among them, in the scene and in all that is said."""
    names = list(dict.fromkeys(name for _, name in _NAMED.findall(question.program)))
    names = [each for each in names if scene.labels.count(each) == 1]
    if len(names) < 2 or question.changes:
        return
    shift = 1 + int(random.integers(len(names) - 1))
    new = dict(zip(names, names[shift:] + names[:shift]))
    told = _teller(new)
    options = tuple(told(each) for each in question.expected.options)
    asked = replace(
        question,
        words=told(question.words),
        program=_NAMED.sub(lambda found: f'{found[1]}("{new.get(found[2], found[2])}")', question.program),
        expected=replace(question.expected, options=options),
    )
    twin = _asked_again(scene, asked, (Renamed(tuple(sorted(new.items()))),))
    if twin is not None and twin.answerable:
        yield replace(twin, twin="renamed", twin_of=question.id)


def _teller(new: dict[str, str]) -> Callable[[str], str]:
    """Text in which every name is exchanged at once; longer names first, so that "tv stand" is no "tv"."""
    names = sorted(new, key=len, reverse=True)
    pattern = re.compile(r"\b(" + "|".join(re.escape(each) for each in names) + r")\b")
    return lambda text: pattern.sub(lambda found: new[found[1]], text)


def _asked_again(scene: Scene, question: Question, changes: tuple[Change, ...]) -> Question | None:
    """The same program of the changed scene; None where that cannot be made, or its truth is not clear."""
    try:
        truth, found = computed(scene, replace(question, changes=changes))
    except AllocentricError:
        return None
    if truth is None or (isinstance(found, Measured) and not _is_clear(found)):
        return None
    undetermined = found if isinstance(found, Undetermined) else None
    return replace(
        question,
        truth=truth,
        says=CANNOT_TELL.value if undetermined else say_value(scene, found.possible, question.expected.unit),
        reason=undetermined.reason if undetermined else "",
        margin=None if isinstance(found, Undetermined) else rounded(found.margin),
        evidence=found.evidence,
        changes=changes,
        expected=replace(
            question.expected, may_abstain=question.expected.may_abstain or undetermined is not None
        ),
        twin_of=question.id,
    )


def _is_clear(found: Measured) -> bool:
    margin = rounded(found.margin)
    return margin is None or margin.clear >= CLEAR
