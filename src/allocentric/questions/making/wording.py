"""A model that reads nothing but words: which answers went with which of them in other scenes."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC
from allocentric.questions.question import Question

FOLDS: Final = 5
LEAST: Final = 3  # times that a word has been seen before it is believed
LOOSEST: Final = 1e-3
DIGITS: Final = 6  # nothing is decided by less: sums differ in their last bits from machine to machine
_WORD: Final = re.compile(r"\w+")
_ALONE: Final = ""  # the feature of an option by itself, of whatever question
Captions = Mapping[str, Sequence[str]]
Counts = Int[np.ndarray, "row fold"]


@dataclass(frozen=True, eq=False, slots=True)
class Wording:
    """What was learnt from questions: for each fold of scenes, from the questions of the other folds.

    Options are weighed by naive Bayes over their own words and pairs with those of the question; a number is
    told by the medians that its words had, the narrower the heavier.
    """

    captions: Captions  # which things a caption of each scene names
    features: dict[str, int]
    options: dict[str, int]
    keys: Int[np.ndarray, " row"]  # of an option with a feature, sorted
    right: Counts  # how often an option was right, and offered, with a feature: in other folds
    offered: Counts
    weights: Float[np.ndarray, "fold feature"]  # of what a feature says about a number
    middles: Float[np.ndarray, "fold feature"]
    median: tuple[float | None, ...]  # of all numbers of other folds; None where there are none
    frequent: tuple[str | None, ...]  # the most frequent answer in words, in other folds

    def answers(self, asked: Sequence[Question]) -> list[str | float | None]:
        """The likeliest answer to each question; None where nothing was learnt."""
        words = [answer for answer, _ in self.surest(asked)]
        if all(each is None for each in self.median):
            return list(words)
        numbers = self._numbers(asked)
        return [
            word if self.median[fold_of(each)] is None else number
            for each, word, number in zip(asked, words, numbers)
        ]

    def surest(self, asked: Sequence[Question]) -> list[tuple[str | None, float]]:
        """The likeliest answer of those that each question offers, and its lead on the next (log odds)."""
        pairs = _paired(asked, self.captions, features=self.features, options=self.options)
        weighed = iter(self._weighed(pairs).tolist())
        found = list[tuple[str | None, float]]()
        for each in asked:
            ranked = sorted(((next(weighed), option) for option in offered(each)), reverse=True)
            lead = round(ranked[0][0] - ranked[1][0], DIGITS) if len(ranked) > 1 else 0.0
            found.append((ranked[0][1] if ranked else self.frequent[fold_of(each)], lead))
        return found

    def _weighed(self, pairs: _Pairs) -> Float[np.ndarray, " pair"]:
        """The log odds of each option that is offered."""
        if not len(self.keys) or not len(pairs.keys):
            return np.zeros(len(pairs.shares))
        row = np.minimum(np.searchsorted(self.keys, pairs.keys), len(self.keys) - 1)
        fold = pairs.folds[pairs.of]
        offered, right = self.offered[row, fold], self.right[row, fold]
        known = (self.keys[row] == pairs.keys) & (offered >= LEAST)
        of, right, wrong = pairs.of[known], right[known], (offered - right)[known]
        share = pairs.shares[of]
        odds = np.log((right + share) / (wrong + 1 - share)) - np.log(share / (1 - share))
        summed = np.bincount(of, odds, len(pairs.shares)).astype(float)  # of none at all it is whole numbers
        return np.round(summed, DIGITS)

    def _numbers(self, asked: Sequence[Question]) -> list[float | None]:
        of, held = _flat([_features(each, self.captions, self.features) for each in asked])
        folds = [fold_of(each) for each in asked]
        fold = np.array(folds, dtype=np.int64)[of]
        weight, middle = self.weights[fold, held], self.middles[fold, held]
        above, below = (np.bincount(of, each, len(asked)) for each in (weight * middle, weight))
        told = np.round(above / np.where(below > 0, below, 1), DIGITS).tolist()
        return [told[row] if below[row] > 0 else self.median[fold] for row, fold in enumerate(folds)]


@dataclass(frozen=True, eq=False, slots=True)
class _Pairs:
    """Options of questions, each with every feature of its question: a key for each, and whose it is."""

    folds: Int[np.ndarray, " pair"]
    shares: Float[np.ndarray, " pair"]  # of one option among those offered
    right: Bool[np.ndarray, " pair"]
    of: Int[np.ndarray, " key"]  # the pair
    keys: Int[np.ndarray, " key"]


def learn(asked: Sequence[Question], captions: Captions) -> Wording:
    """What the words of these questions, and the captions of their scenes, tell of their answers."""
    features, options = {_ALONE: 0}, dict[str, int]()
    pairs = _paired(asked, captions, features=features, options=options, learning=True)
    keys, row = np.unique(pairs.keys, return_inverse=True)
    cell = row.reshape(-1) * FOLDS + pairs.folds[pairs.of]
    numbers = _learn_numbers(asked, captions, features)
    return Wording(
        captions,
        features,
        options,
        keys,
        _elsewhere(cell[pairs.right[pairs.of]], len(keys)),
        _elsewhere(cell, len(keys)),
        *numbers,
        _frequent(asked),
    )


def said(question: Question) -> str | float:
    """An answer as it can be given to another question: a number, or the text of the option."""
    if question.expected.kind in NUMERIC and isinstance(question.truth, float):
        return question.truth
    options, letters = question.expected.options, question.expected.letters
    if options and isinstance(question.truth, str) and question.truth in letters:
        return options[letters.index(question.truth)]
    return CANNOT_TELL.value if question.truth is CANNOT_TELL else str(question.truth)


def offered(question: Question) -> tuple[str, ...]:
    """The answers that a question leaves to choose from; empty where it leaves all."""
    yes_no = ("True", "False") if question.expected.kind == "yes_no" else ()
    return question.expected.options or yes_no


def fold_of(question: Question) -> int:
    """The fold that a question is in with all others of its scene: the same on any machine."""
    return zlib.crc32(question.scene.encode()) % FOLDS


def _paired(
    asked: Sequence[Question],
    captions: Captions,
    *,
    features: dict[str, int],
    options: dict[str, int],
    learning: bool = False,
) -> _Pairs:
    """Each option with each feature of its question; what is new gets a number where it is learnt."""
    held, folds, shares, right = list[list[int]](), list[int](), list[float](), list[bool]()
    named = list[int]()
    for each in asked:
        answers, truth = offered(each), said(each)
        ids = [0, *dict.fromkeys(_features(each, captions, features, learning=learning))] if answers else []
        for option in answers:
            named.append(options.setdefault(option, len(options)) if learning else options.get(option, -1))
            held.append(ids)
            folds.append(fold_of(each))
            shares.append(1 / max(len(each.expected.options), 2))
            right.append(option == truth)
    of, flat = _flat(held)
    keys = (np.array(named, dtype=np.int64)[of] << 32) + flat
    return _Pairs(
        np.array(folds, dtype=np.int64),
        np.array(shares, dtype=np.float64),
        np.array(right, dtype=np.bool_),
        of,
        keys,
    )


def _flat(held: Sequence[Sequence[int]]) -> tuple[Int[np.ndarray, " flat"], Int[np.ndarray, " flat"]]:
    """Lists of numbers one after the other, and which list each stands in."""
    flat = np.fromiter(chain.from_iterable(held), dtype=np.int64)
    return np.repeat(np.arange(len(held)), [len(each) for each in held]), flat


def _features(
    question: Question, captions: Captions, ids: dict[str, int], *, learning: bool = False
) -> list[int]:
    """The numbers of its words, its pairs of words, and what the caption of its scene names."""
    words = _WORD.findall(question.words.lower())
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    has = (f"has {each}" for each in captions.get(question.scene, ()))
    if learning:
        return [ids.setdefault(each, len(ids)) for each in chain(words, pairs, has)]
    return [ids[each] for each in chain(words, pairs, has) if each in ids]


def _elsewhere(cells: Int[np.ndarray, " found"], rows: int) -> Counts:
    """How often each row was found in all other folds than each."""
    counts = np.bincount(cells, minlength=rows * FOLDS).reshape(rows, FOLDS)
    elsewhere: Counts = counts.sum(axis=1, keepdims=True) - counts
    return elsewhere


def _frequent(asked: Iterable[Question]) -> tuple[str | None, ...]:
    """The most frequent answer in words of all other folds than each."""
    counts = tuple(Counter[str]() for _ in range(FOLDS))
    for each in asked:
        if isinstance(told := said(each), str):
            for fold in range(FOLDS):
                if fold != fold_of(each):
                    counts[fold][told] += 1
    return tuple(each.most_common(1)[0][0] if each else None for each in counts)


def _learn_numbers(
    asked: Sequence[Question], captions: Captions, ids: dict[str, int]
) -> tuple[Float[np.ndarray, "fold feature"], Float[np.ndarray, "fold feature"], tuple[float | None, ...]]:
    """What each feature says about a number and how firmly, from all other folds than each; their medians."""
    numbers = [(each, truth) for each in asked if isinstance(truth := said(each), float)]
    of, feature = _flat([_features(each, captions, ids, learning=True) for each, _ in numbers])
    value = np.array([truth for _, truth in numbers], dtype=np.float64)[of]
    fold = np.array([fold_of(each) for each, _ in numbers], dtype=np.int64)[of]
    order = np.lexsort((value, feature))
    feature, value, fold = feature[order], value[order], fold[order]
    weights, middles = np.zeros((FOLDS, len(ids))), np.zeros((FOLDS, len(ids)))
    medians = list[float | None]()
    for row in range(FOLDS):
        elsewhere = fold != row
        there = value[elsewhere]
        medians.append(round(float(np.median(there)), DIGITS) if len(there) else None)
        known, first, count = np.unique(feature[elsewhere], return_index=True, return_counts=True)
        known, first, count = (each[count >= LEAST] for each in (known, first, count))
        low, middle, high = (_quartile(there, first, count, which=which) for which in (1, 2, 3))
        weights[row, known], middles[row, known] = 1 / (high - low + LOOSEST), middle
    return weights, middles, tuple(medians)


def _quartile(
    values: Float[np.ndarray, " value"],
    first: Int[np.ndarray, " run"],
    count: Int[np.ndarray, " run"],
    *,
    which: int,
) -> Float[np.ndarray, " run"]:
    """A quartile of each run of sorted values, as `statistics.quantiles` tells it."""
    place = np.clip(which * (count + 1) // 4, 1, count - 1)
    past = which * (count + 1) - place * 4
    low, high = values[first + place - 1], values[first + place]
    told: Float[np.ndarray, " run"] = (low * (4 - past) + high * past) / 4
    return told
