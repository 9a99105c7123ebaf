"""What a set gives away without looking at a scene: how well guessing, habits and wording alone do."""

from __future__ import annotations

import heapq
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Any, Final

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC, Value
from allocentric.answers.metrics import metric
from allocentric.errors import AllocentricError
from allocentric.questions.change import Known
from allocentric.questions.making.wording import Wording
from allocentric.questions.question import Question
from allocentric.questions.records.record import from_json
from allocentric.questions.truth import computed
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene

MOST_LOOKED: Final = 60  # questions of a type that are asked of one picture
MOST: Final = 4_000  # questions of a type that are looked at: those of the least ids
FOLDS: Final = 5
Json = dict[str, Any]
Lines = Callable[[], Iterator[bytes]]
Scenes = Callable[[str], Scene]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """How well a type of question is answered without its scene, 0 to 1 by its metric.

    `chance` is guessing (None: of a number there is no guess), `majority` the best single letter, `constant`
    the best single answer, both chosen on the questions themselves; `wording` is learnt from the words of the
    questions of other scenes, `caption` from the words and from which things are in the scene. `frame` is an
    exact answerer that saw the middle picture only, and goes by the wording where that does not tell (None:
    the scenes have no pictures).
    """

    type: str
    count: int
    metric: str
    chance: float | None
    majority: float | None
    constant: float
    wording: float
    caption: float
    frame: float | None = None

    @property
    def gain(self) -> float:
        """By how much the best of them beats guessing (for numbers: the best constant)."""
        best = max(self.constant, self.majority or 0.0, self.wording, self.caption, self.frame or 0.0)
        return best - (self.constant if self.chance is None else self.chance)


Shortcuts = tuple[Shortcut, ...]


def shortcuts_of(
    lines: Lines, captions: Mapping[str, Sequence[str]] | None = None, scenes: Scenes | None = None
) -> Shortcuts:
    """How well each type of a set is answered without looking; `captions` are the labels in each scene.

    `scenes` gives a scene by its name, where one picture of it is to be looked at. Of a type with very many
    questions some thousands are looked at (of one picture, some dozens), the same ones on any machine.
    """
    kept = sampled(lines())
    return tuple(shortcut(type, kept[type], captions or {}, scenes=scenes) for type in sorted(kept))


def shortcut(
    type: str,
    asked: Sequence[Question],
    captions: Mapping[str, Sequence[str]],
    *,
    scenes: Scenes | None = None,
) -> Shortcut:
    """How well the questions of one type are answered without looking."""
    numeric = asked[0].expected.kind in NUMERIC
    rule = "mra_vsi" if numeric else "accuracy"
    return Shortcut(
        type,
        len(asked),
        rule,
        None if numeric else _mean(chance(each) for each in asked),
        None if numeric or not asked[0].expected.options else _majority(asked),
        _constant(asked, rule),
        _learnt(asked, rule, {}),
        _learnt(asked, rule, captions),
        None if scenes is None else _one_frame(asked, rule, scenes),
    )


def said(question: Question) -> str | float:
    """An answer as it can be given to another question: a number, or the text of the option."""
    if question.expected.kind in NUMERIC and isinstance(question.truth, float):
        return question.truth
    options = question.expected.options
    if options and isinstance(question.truth, str) and question.truth in question.expected.letters:
        return options[question.expected.letters.index(question.truth)]
    return CANNOT_TELL.value if question.truth is CANNOT_TELL else str(question.truth)


def sampled(lines: Iterable[bytes]) -> dict[str, list[Question]]:
    """The questions of the least ids of each type: a sample that no order of work changes."""
    heaps = defaultdict[str, list[tuple[int, bytes]]](list)
    for line in lines:
        held = decode(line, Json, where="the set")
        heap, key = heaps[held["type"]], -int(held["id"], 16)
        (heapq.heappush if len(heap) < MOST else heapq.heappushpop)(heap, (key, line))
    return {
        type: [from_json(decode(line, Json, where="the set"), where="the set") for _, line in sorted(heap)]
        for type, heap in heaps.items()
    }


def chance(question: Question) -> float:
    """How often a guess is right."""
    kind = question.expected.kind
    return (
        1 / len(question.expected.options) if question.expected.options else 0.5 if kind == "yes_no" else 0.0
    )


def _majority(asked: Sequence[Question]) -> float:
    """The share of the most frequent letter."""
    return Counter(str(each.truth) for each in asked).most_common(1)[0][1] / len(asked)


def _constant(asked: Sequence[Question], rule: str) -> float:
    """The score of the best single answer."""
    truths = [said(each) for each in asked]
    if rule == "accuracy":
        return Counter(truths).most_common(1)[0][1] / len(asked)
    numbers = sorted({float(each) for each in truths if isinstance(each, float)})
    tried = numbers[:: max(len(numbers) // 64, 1)]
    return max(_mean(_score(each, one, rule) for each in asked) for one in tried)


def _learnt(asked: Sequence[Question], rule: str, captions: Mapping[str, Sequence[str]]) -> float:
    """The score of what is learnt from the questions of other scenes."""
    models = learners(asked, captions)
    return _mean(_score(each, models[fold_of(each)].answer(each), rule) for each in asked)


def _one_frame(asked: Sequence[Question], rule: str, scenes: Scenes) -> float:
    """The score of who knows what the middle picture of each scene shows, and else goes by the wording."""
    models = learners(asked, {})
    some = sorted(asked[:MOST_LOOKED], key=lambda each: each.scene)
    scores = list[float]()
    for name, held in groupby(some, key=lambda each: each.scene):
        scene = scenes(name)
        seen = [each.id for each in scene.views if each.camera is not None]
        look = Known((seen[len(seen) // 2],)) if seen else None
        for each in held:
            guess = _score(each, models[fold_of(each)].answer(each), rule)
            scores.append(guess if look is None else _known(scene, each, look, guess=guess))
    return _mean(scores)


def _known(scene: Scene, question: Question, look: Known, *, guess: float) -> float:
    """1 where one look decides the question, else what a guess is worth."""
    try:
        truth, _ = computed(scene, replace(question, changes=(*question.changes, look)))
    except AllocentricError:
        return guess
    return guess if truth in (None, CANNOT_TELL) else float(truth == question.truth)


def learners(asked: Sequence[Question], captions: Mapping[str, Sequence[str]]) -> tuple[Wording, ...]:
    """A model for each fold of scenes, learnt from the questions of the other folds."""
    models = tuple(Wording(captions) for _ in range(FOLDS))
    for each in asked:
        own = fold_of(each)
        for fold, model in enumerate(models):
            if fold != own:
                model.add(each, said(each))
    return models


def fold_of(question: Question) -> int:
    """The fold that a question is in with all others of its scene: the same on any machine."""
    return zlib.crc32(question.scene.encode()) % FOLDS


def _score(question: Question, given: str | float | None, rule: str) -> float:
    if given is None:
        return 0.0
    if rule == "accuracy":
        return float(given == said(question))
    truth: Value = question.truth
    return _rule(rule)(given, truth, question.expected) if truth is not CANNOT_TELL else 0.0


@cache
def _rule(name: str) -> Callable[..., float]:
    return metric(name).score


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 0.0
