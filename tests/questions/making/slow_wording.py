"""The clear twin of `making.wording`: one question after the other, a model for each fold of scenes."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median, quantiles
from typing import Final

from allocentric.questions.making.wording import DIGITS, FOLDS, LEAST, LOOSEST, fold_of, offered, said
from allocentric.questions.question import Question

_WORD: Final = re.compile(r"\w+")


def learners(asked: Sequence[Question], captions: Mapping[str, Sequence[str]]) -> tuple[SlowWording, ...]:
    """A model for each fold of scenes, learnt from the questions of the other folds."""
    models = tuple(SlowWording(captions) for _ in range(FOLDS))
    for each in asked:
        own = fold_of(each)
        for fold, model in enumerate(models):
            if fold != own:
                model.add(each, said(each))
    return models


class SlowWording:
    """Learns which answer goes with which words, and with which things a caption names; then answers.

    Options are weighed by naive Bayes over their own words and pairs with those of the question; a number is
    told by the medians that its words had, the narrower the heavier.
    """

    def __init__(self, captions: Mapping[str, Sequence[str]]) -> None:
        self._captions = captions
        self._right, self._offered = Counter[str](), Counter[str]()
        self._numbers = defaultdict[str, list[float]](list)
        self._said = Counter[str]()

    def add(self, question: Question, truth: str | float) -> None:
        """Learn from one question and its answer."""
        if isinstance(truth, float):
            for each in self._features(question):
                self._numbers[each].append(truth)
            return
        self._said[truth] += 1
        for option in offered(question):
            for each in self._of_option(question, option):
                self._offered[each] += 1
                self._right[each] += option == truth

    def answer(self, question: Question) -> str | float | None:
        """The likeliest answer; None where nothing was learnt."""
        return self._number(question) if self._numbers else self.surest(question)[0]

    def surest(self, question: Question) -> tuple[str | None, float]:
        """The likeliest of the answers offered, and by how much it is ahead of the next (log odds)."""
        options = offered(question)
        if not options:
            return (self._said.most_common(1)[0][0] if self._said else None), 0.0
        weighed = sorted(((self._weight(question, each), each) for each in options), reverse=True)
        return weighed[0][1], round(weighed[0][0] - weighed[1][0], DIGITS) if len(weighed) > 1 else 0.0

    def _weight(self, question: Question, option: str) -> float:
        share = 1 / max(len(question.expected.options), 2)
        prior = math.log(share / (1 - share))
        odds = sum(
            math.log((self._right[each] + share) / (self._offered[each] - self._right[each] + 1 - share))
            - prior
            for each in self._of_option(question, option)
            if self._offered[each] >= LEAST
        )
        return round(odds, DIGITS)

    def _number(self, question: Question) -> float:
        weighed = list[tuple[float, float]]()
        for each in self._features(question):
            held = self._numbers.get(each, ())
            if len(held) >= LEAST:
                low, _, high = quantiles(held, n=4)
                weighed.append((1 / (high - low + LOOSEST), median(held)))
        if not weighed:
            return round(median(value for held in self._numbers.values() for value in held), DIGITS)
        told = sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed)
        return round(told, DIGITS)

    def _features(self, question: Question) -> Iterator[str]:
        words = _words(question.words)
        yield from words
        yield from (f"{one} {other}" for one, other in pairwise(words))
        yield from (f"has {each}" for each in self._captions.get(question.scene, ()))

    def _of_option(self, question: Question, option: str) -> Iterator[str]:
        yield f"= {option}"
        for word in dict.fromkeys(self._features(question)):
            yield f"{word} = {option}"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
