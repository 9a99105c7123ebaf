"""One piece of work: questions of several kinds about one scene, in turn by their shares."""

from __future__ import annotations

import zlib
from collections import Counter, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from allocentric.errors import AllocentricError
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.candidates import no_candidates
from allocentric.questions.making.film import filmed, unfilmed
from allocentric.questions.making.pictures import draw
from allocentric.questions.making.places import scene_at
from allocentric.questions.making.plan import Plan, Unit, Wanted
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.questions.reasoning.forms import reasoning_of
from allocentric.questions.records.record import to_json
from allocentric.questions.twins import twins_of
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Scene


@dataclass(frozen=True, slots=True)
class Piece:
    """What a piece of work came to: its lines, what was rejected and why, and whether the scene has more."""

    lines: tuple[bytes, ...]
    rejected: dict[str, int] = field(default_factory=dict)  # "family: reason"
    lacking: dict[str, str] = field(default_factory=dict)  # kind: the part of the scene that is missing
    more: bool = False
    labels: tuple[str, ...] = ()  # of what is in the scene: what a caption would name
    broken: str = ""  # why the scene was skipped


def make_piece(plan: Plan, unit: Unit) -> Piece:
    """The lines of one unit; a scene that cannot be read or asked is skipped, with the reason."""
    place = plan.places[unit.place]
    try:
        scene = scene_at(place, plan.looks)
        if plan.pictures is not None and unit.skip == 0:
            numbers = any(each.numbers for each in plan.wanted)
            draw(scene, Path(plan.pictures) / scene.id, views=plan.looks is not None, numbers=numbers)
        return _made(scene, plan, unit)
    except AllocentricError as error:
        return Piece((), broken=f"{error.what} ({error.where})")


def _made(scene: Scene, plan: Plan, unit: Unit) -> Piece:
    rejected, missing = Counter[str](), dict[str, str]()
    sources, there = dict[str, Iterator[Question]](), set[Hashable]()
    for each in plan.wanted:
        asked = family(each.family)
        spoken = plan.language == "en" or asked.chinese
        lacks = lacking(scene, asked.needs) if spoken else "words in Chinese"
        if lacks is None and plan.looks is not None:
            lacks = unfilmed(scene, asked)
        if lacks is None:
            turn = unit.place + zlib.crc32(asked.name.encode())
            sources[each.type] = _fair(scene, each, plan, rejected=rejected, turn=turn, there=there)
        else:
            missing[each.type] = lacks
    turns = _in_turn(sources, {each.type: each.weight for each in plan.wanted})
    deque(islice(turns, unit.skip), maxlen=0)
    rejected.clear()  # what is there already was counted there
    lines = tuple(
        encode({"type": type, **to_json(question), **_reasoning(scene, question, plan)})
        for type, question in islice(turns, unit.count)
    )
    counted = Counter(rejected)
    more = len(lines) == unit.count and next(turns, None) is not None
    counted = counted if more else rejected  # looking whether there is more is counted where it is asked
    if unit.skip == 0:
        counted += no_candidates(scene, views=plan.looks is not None)
    return Piece(lines, dict(counted), missing, more, tuple(sorted(set(scene.labels))))


def _reasoning(scene: Scene, question: Question, plan: Plan) -> dict[str, dict[str, str]]:
    """Why the answer is right, in the forms that are wanted."""
    if not plan.reasoning:
        return {}
    return {"reasoning": {form: reasoning_of(scene, question, form) for form in plan.reasoning}}


def _fair(
    scene: Scene, wanted: Wanted, plan: Plan, *, rejected: Counter[str], turn: int, there: set[Hashable]
) -> Iterator[Question]:
    """The fair questions of a kind, with twins where those are wanted; what is rejected is counted.

    What a question of another kind has asked of the scene is not asked again; `there` holds all of them.
    """
    drawn = questions_of(
        scene,
        family(wanted.family),
        seed=plan.seed,
        clear=plan.clear,
        language=plan.language,
        turn=turn,
        numbers=wanted.numbers,
    )
    for fair in drawn:
        made = filmed(scene, fair) if plan.looks is not None and isinstance(fair, Question) else fair
        if not isinstance(made, Question):
            rejected[f"{made.family}: {made.reason}"] += 1
            continue
        if (asked := _asked(made)) in there:
            rejected[f"{made.family}: asked by another kind"] += 1
            continue
        there.add(asked)
        if not plan.twins:
            yield made
        else:  # all may say that it cannot be told: else who is allowed to would know that it cannot
            asked_so = replace(made, expected=replace(made.expected, may_abstain=True))
            yield asked_so
            yield from twins_of(scene, asked_so, seed=plan.seed)


def _asked(question: Question) -> Hashable:
    """What is asked, in whatever words and unit: of what its family decides itself, the family is part."""
    asking, expected = family(question.family), question.expected
    own = asking.name if asking.decide or asking.tell else ""
    options = frozenset(expected.options)
    return own, question.program, question.changes, question.views, expected.kind, options, expected.names


def _in_turn(
    sources: dict[str, Iterator[Question]], weights: dict[str, float]
) -> Iterator[tuple[str, Question]]:
    """The next question is of the kind farthest behind its share; what has run dry is left out."""
    made = dict.fromkeys(sources, 0)
    while sources:
        type = min(sources, key=lambda each: (made[each] + 1) / weights[each])
        question = next(sources[type], None)
        if question is None:
            del sources[type]
            continue
        made[type] += 1
        yield type, question
