"""What a set gives away without looking at a scene: how well guessing, habits and wording alone do."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

import msgspec
import numpy as np
from jaxtyping import Float

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC
from allocentric.answers.metrics.relative_accuracy import VSI_BOUNDS
from allocentric.errors import AllocentricError
from allocentric.questions.change import Known
from allocentric.questions.making.wording import DIGITS, learn, offered, said
from allocentric.questions.question import Question
from allocentric.questions.records.record import from_json
from allocentric.questions.truth import computed
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene

MOST_LOOKED: Final = 60  # questions of a type that are asked of one picture
MOST: Final = 4_000  # questions of a type that are looked at: those of the least ids
MOST_TRIED: Final = 64  # numbers that are tried as the one answer to all
Json = dict[str, Any]
Lines = Callable[[], Iterator[bytes]]
Scenes = Callable[[str], Scene]


class _Named(msgspec.Struct):
    """What is read of every line; the rest of it is not built."""

    type: str
    id: str


_NAMED: Final = msgspec.json.Decoder(_Named)


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
        return round(best - (self.constant if self.chance is None else self.chance), DIGITS)


Shortcuts = tuple[Shortcut, ...]


def shortcuts_of(
    lines: Lines, captions: Mapping[str, Sequence[str]] | None = None, scenes: Scenes | None = None
) -> Shortcuts:
    """How well each type of a set is answered without looking; `captions` are the labels in each scene.

    `scenes` gives a scene by its name, where one picture of it is to be looked at. Of a type with very many
    questions some thousands are looked at (of one picture, some dozens), the same ones on any machine.
    """
    kept = sampled(lines())
    guessed = {type: _scores(kept[type], learn(kept[type], {}).answers(kept[type])) for type in sorted(kept)}
    looked = {} if scenes is None else _one_frame(kept, guessed, scenes)
    return tuple(
        _shortcut(type, kept[type], captions or {}, wording=_mean(guessed[type]), frame=looked.get(type))
        for type in guessed
    )


def sampled(lines: Iterable[bytes]) -> dict[str, list[Question]]:
    """The questions of the least ids of each type: a sample that no order of work changes."""
    heaps = defaultdict[str, list[tuple[int, bytes]]](list)
    for line in lines:
        named = _NAMED.decode(line)
        heap, key = heaps[named.type], -int(named.id, 16)
        (heapq.heappush if len(heap) < MOST else heapq.heappushpop)(heap, (key, line))
    return {
        type: [from_json(decode(line, Json, where="the set"), where="the set") for _, line in sorted(heap)]
        for type, heap in heaps.items()
    }


def chance(question: Question) -> float:
    """How often a guess is right; 0 where any number or text may be the answer."""
    return 1 / len(offered(question)) if offered(question) else 0.0


def _shortcut(
    type: str,
    asked: Sequence[Question],
    captions: Mapping[str, Sequence[str]],
    *,
    wording: float,
    frame: float | None,
) -> Shortcut:
    """How well the questions of one type are answered without looking."""
    numeric = _numeric(asked)
    return Shortcut(
        type,
        len(asked),
        "mra_vsi" if numeric else "accuracy",
        None if numeric else _mean([chance(each) for each in asked]),
        None if numeric or not asked[0].expected.options else _majority(asked),
        _constant(asked),
        wording,
        _mean(_scores(asked, learn(asked, captions).answers(asked))),
        frame,
    )


def _numeric(asked: Sequence[Question]) -> bool:
    return asked[0].expected.kind in NUMERIC


def _majority(asked: Sequence[Question]) -> float:
    """The share of the most frequent letter."""
    return round(Counter(str(each.truth) for each in asked).most_common(1)[0][1] / len(asked), DIGITS)


def _constant(asked: Sequence[Question]) -> float:
    """The score of the best single answer."""
    truths = [said(each) for each in asked]
    if not _numeric(asked):
        return round(Counter(truths).most_common(1)[0][1] / len(asked), DIGITS)
    numbers = sorted({each for each in truths if isinstance(each, float)})
    tried = numbers[:: max(len(numbers) // MOST_TRIED, 1)]
    return max((_mean(_scores(asked, [one] * len(asked))) for one in tried), default=0.0)


def _one_frame(
    kept: Mapping[str, Sequence[Question]], guessed: Mapping[str, Sequence[float]], scenes: Scenes
) -> dict[str, float]:
    """The score of who knows what the middle picture of each scene shows, and else goes by the wording.

    All questions of a scene one after the other: it is made once.
    """
    scores = defaultdict[str, list[float]](list)
    some = [
        (each.scene, type, each, guess)
        for type, asked in kept.items()
        for each, guess in list(zip(asked, guessed[type]))[:MOST_LOOKED]
    ]
    for name, held in groupby(sorted(some, key=lambda each: each[0]), key=lambda each: each[0]):
        scene = scenes(name)
        seen = [each.id for each in scene.views if each.camera is not None]
        look = Known((seen[len(seen) // 2],)) if seen else None
        for _, type, each, guess in held:
            scores[type].append(guess if look is None else _known(scene, each, look, guess=guess))
    return {type: _mean(each) for type, each in scores.items()}


def _known(scene: Scene, question: Question, look: Known, *, guess: float) -> float:
    """1 where one look decides the question, else what a guess is worth."""
    try:
        truth, _ = computed(scene, replace(question, changes=(*question.changes, look)))
    except AllocentricError:
        return guess
    return guess if truth in (None, CANNOT_TELL) else float(truth == question.truth)


def _scores(asked: Sequence[Question], given: Sequence[str | float | None]) -> list[float]:
    """What each answer is worth: of numbers the share of VSI-Bench's bounds that it keeps, else 1 or 0."""
    truths = [said(each) for each in asked]
    if not _numeric(asked):
        return [float(answer == truth) for answer, truth in zip(given, truths)]
    right, told = (
        np.array([each if isinstance(each, float) else np.nan for each in some]) for some in (truths, given)
    )
    return [float(each) for each in _kept_bounds(told, right)]


def _kept_bounds(
    given: Float[np.ndarray, " question"], truths: Float[np.ndarray, " question"]
) -> Float[np.ndarray, " question"]:
    """The metric `mra_vsi` of many numbers at once; 0 where either is none (NaN)."""
    off = np.abs(given - truths)
    relative = np.where(truths == 0, np.where(off == 0, 0, np.inf), off / np.where(truths, abs(truths), 1))
    kept: Float[np.ndarray, " question"] = np.mean(relative[:, None] <= np.array(VSI_BOUNDS), axis=1)
    return kept


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), DIGITS) if values else 0.0
