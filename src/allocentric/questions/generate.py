"""Questions of one family about one scene: asked, decided, kept where they are fair, and put into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from allocentric.answers.kinds import CANNOT_TELL, Expected
from allocentric.errors import BadInput
from allocentric.query.saying import say_value
from allocentric.questions.change import Change, Numbered, changed
from allocentric.questions.chinese import fill, in_chinese
from allocentric.questions.family import Ask, Family, Rejection
from allocentric.questions.needs import lacking
from allocentric.questions.question import Language, Question
from allocentric.questions.settle import DIGITS, settled, truth_of
from allocentric.scene.numbered import said_by_number, shares_labels
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE, Angle, Margin, Measured, Quantity, Undetermined
from allocentric.seeds import stream

CLEAR: Final = 1.0
ROUGH: Final = TOLERANCE["share"]  # of a number: what is known no better than this is not asked for
EXACT: Final = 10.0**-DIGITS


def questions_of(
    scene: Scene,
    family: Family,
    *,
    seed: int,
    clear: float = CLEAR,
    language: Language = "en",
    turn: int | None = None,
    numbers: bool = False,
) -> Iterator[Question | Rejection]:
    """Every fair question of a family about a scene, in an order that the seed tells, and what was rejected.

    A question is asked only where its margin is at least `clear` tolerances wide; yes and no, and the letters
    of options, are right in turn: beginning by chance, or (many scenes, few questions each) with `turn`. With
    `numbers`, several things of a label are told apart by numbers, and asked about: "car 7". Raises BadInput
    where the scene lacks what the family needs, or the family has no such language.

    >>> from allocentric.questions.families import family
    >>> from allocentric.worlds import makers
    >>> next(questions_of(makers.make("flat", 7), family("object_count"), seed=1)).family
    'object_count'
    """
    missing = lacking(scene, family.needs)
    if missing is not None:
        mend = "give a scene that has them, or leave the kind out"
        raise BadInput(f"{family.name} needs {missing}", where=f"scene {scene.id!r}", mend=mend)
    if language == "zh" and not family.chinese:
        raise BadInput(f"{family.name} is not asked in Chinese", where="language", mend="ask it in English")
    random = stream(seed, "questions", family.name, scene.id)
    place = int(random.integers(1 << 20)) if turn is None else turn  # of the right option
    due: bool | None = None if turn is None else turn % 2 == 0  # of yes and no, the one whose turn it is
    asked, passed = set[tuple[object, ...]](), dict[str, Rejection]()
    again = Rejection(family.name, "drawn before")
    given: tuple[Change, ...] = (Numbered(),) if numbers and shares_labels(scene) else ()
    for drawn in family.asks(changed(scene, given), random):
        if isinstance(drawn, str):
            if drawn not in passed:
                passed[drawn] = Rejection(family.name, drawn)
            yield passed[drawn]
            continue
        ask = replace(drawn, changes=(*given, *drawn.changes)) if given else drawn
        key = (ask.program, ask.changes, ask.views)
        if key in asked:
            yield again
            continue
        asked.add(key)
        made = question_of(scene, family, ask, random=random, place=place, clear=clear)
        if isinstance(made, Question) and language == "zh":
            made = _in_chinese(made, family, ask, random=random)
        if isinstance(made, Question) and isinstance(made.truth, bool):
            if due is not None and made.truth is not due:
                made = Rejection(family.name, f"{'no' if due else 'yes'}, where the other is due")
            else:
                due = not made.truth
        place += isinstance(made, Question)
        yield made


def _in_chinese(
    question: Question, family: Family, ask: Ask, *, random: np.random.Generator
) -> Question | Rejection:
    row = int(random.integers(len(family.chinese)))
    expected = in_chinese(question.expected)
    words = fill(family.chinese[row], ask.slots, question.expected.options)
    if expected is None or words is None:
        return Rejection(family.name, "a word that is not known in Chinese")
    return replace(question, words=words, expected=expected, language="zh")


def question_of(
    scene: Scene, family: Family, ask: Ask, *, random: np.random.Generator, place: int, clear: float = CLEAR
) -> Question | Rejection:
    """One question, or why it is not asked. `place` is where the right option goes, counted round."""
    asked_of = changed(scene, ask.changes)
    found = family.decide(asked_of, ask) if family.decide else settled(asked_of, ask.program)
    if isinstance(found, Undetermined):
        if found.reason not in family.abstains:
            return Rejection(family.name, f"undetermined: {found.reason}")
        return _withheld(asked_of, family, ask, found=found, random=random)
    why = _unfair(family, asked_of, ask, found=found, clear=clear)
    if why is not None:
        return Rejection(family.name, why)
    options = family.offer(ask, found, random) if family.offer else ask.options
    expected = _expected(family, ask, options)
    truth = family.tell(asked_of, ask, found) if family.tell else truth_of(expected, found)
    if truth is None or truth is CANNOT_TELL:
        return Rejection(family.name, "not one of the options")
    if family.kind == "choice" and not family.in_order:
        expected, truth = _shuffled(expected, str(truth), random, place=place)
    return Question(
        family=family.name,
        scene=scene.id,
        words=_words(asked_of, family, ask, random=random),
        program=ask.program,
        expected=expected,
        truth=truth,
        says=say_value(asked_of, found.possible, ask.unit or family.unit),
        margin=rounded(found.margin),
        evidence=found.evidence,
        frame=family.frame,
        shown=family.shown,
        views=ask.views,
        changes=ask.changes,
    )


def _withheld(
    scene: Scene, family: Family, ask: Ask, *, found: Undetermined, random: np.random.Generator
) -> Question:
    """The question whose truth is that it cannot be told from what is shown."""
    options = tuple(ask.options[int(each)] for each in random.permutation(len(ask.options)))
    return Question(
        family=family.name,
        scene=scene.id,
        words=_words(scene, family, ask, random=random),
        program=ask.program,
        expected=_expected(family, ask, options),
        truth=CANNOT_TELL,
        says=CANNOT_TELL.value,
        reason=found.reason,
        evidence=found.evidence,
        frame=family.frame,
        shown=family.shown,
        condition=family.withheld,
        views=ask.views,
        changes=ask.changes,
    )


def _expected(family: Family, ask: Ask, options: tuple[str, ...]) -> Expected:
    return Expected(
        family.kind,
        options,
        unit=ask.unit or family.unit,
        names=ask.names,
        may_abstain=bool(family.abstains),
    )


def _unfair(family: Family, scene: Scene, ask: Ask, *, found: Measured, clear: float) -> str | None:
    if found.margin is not None and round(found.margin.clear, DIGITS) < clear:
        return "within the margin"
    if _is_rough(found):
        return "known only roughly"
    return family.fair(scene, ask, found) if family.fair else None


def _is_rough(found: Measured) -> bool:
    """Whether a number may differ from the one that would be told as the truth by more than is clear."""
    match found.possible:
        case Angle(arc):
            return arc.half_rad > TOLERANCE["rad"]
        case Quantity(bound):
            return bound.high - bound.low > 2 * max(ROUGH * abs(bound.middle), EXACT)
        case _:
            return False


def _shuffled(
    expected: Expected, right: str, random: np.random.Generator, *, place: int
) -> tuple[Expected, str]:
    """The options in a random order, but for the right one, which goes to its place."""
    options = list(expected.options)
    truth = options.pop(expected.letters.index(right))
    random.shuffle(options)
    at = place % len(expected.options)
    options.insert(at, truth)
    return replace(expected, options=tuple(options)), expected.letters[at]


def _words(scene: Scene, family: Family, ask: Ask, *, random: np.random.Generator) -> str:
    row = int(random.integers(len(family.templates))) if ask.form is None else ask.form
    words = family.templates[row].format_map(ask.slots)
    return said_by_number(scene, words) if Numbered() in ask.changes else words


def rounded(margin: Margin | None) -> Margin | None:
    """A margin as it is written and judged: the same on any machine."""
    if margin is None:
        return None
    return replace(margin, gap=round(margin.gap, DIGITS), clear=round(margin.clear, DIGITS))
