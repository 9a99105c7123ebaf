"""Whoever answers without looking: by chance, or with what is most often right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from allocentric.agents.replies import CANNOT, reply_of
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.seeds import stream

DIRECTIONS: Final = ("front", "left", "back", "right")
SPAN: Final = {"count": (1, 10), "length": (0.2, 8.0), "area": (4.0, 60.0), "volume": (0.1, 50.0)}
"""From where to where chance draws a number of a kind, in base units, each order of magnitude alike."""


@dataclass(frozen=True, slots=True)
class Random:
    """An option, a yes or no, an order or a number by chance; the same for the same prompt and seed."""

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        """A reply that chance alone has chosen; a failure for kinds of answer that chance cannot write."""
        reply = by_chance(prompt, seed)
        if reply is None:
            why = f"chance writes no {prompt.expected.kind}"
            return Attempt(sample=prompt.id, state="failed", error=why, model="random")
        return Attempt(sample=prompt.id, state="answered", reply=reply, model="random")


@dataclass(frozen=True, slots=True)
class Blind:
    """The reply that is most often right for such a prompt, whatever is shown.

    `prior` holds a reply for each group of prompts, `group` the group of each prompt's id: both are fitted on
    the truths of the samples themselves, so that this is the most that a blind answer can reach. Options and
    numbers for which nothing was fitted are answered with the first option, or a usual number.
    """

    prior: Mapping[str, str] = field(default_factory=dict)
    group: Mapping[str, str] = field(default_factory=dict)

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:  # noqa: ARG002 (no draws)
        """The reply of the prompt's group."""
        fitted = self.prior.get(self.group.get(prompt.id, ""))
        reply = usual(prompt.expected) if fitted is None else fitted
        return Attempt(sample=prompt.id, state="answered", reply=reply, model="blind")


def by_chance(prompt: Prompt, seed: int) -> str | None:
    """A reply drawn for a prompt; None for kinds of answer that no chance can write.

    >>> by_chance(Prompt("1", ("?",), Expected("choice", ("left", "right"))), 7) in ("A", "B")
    True
    """
    expected, draws = prompt.expected, stream(seed, "random", prompt.id)
    if expected.kind == "choices":
        kept = [letter for letter in expected.letters if draws.random() < 0.5]
        return ", ".join(kept or expected.letters[:1])
    if expected.options:
        return expected.letters[int(draws.integers(len(expected.options)))]
    if expected.kind == "yes_no":
        return ("no", "yes")[int(draws.integers(2))]
    if expected.kind == "direction":
        return DIRECTIONS[int(draws.integers(len(DIRECTIONS)))]
    if expected.kind == "order" and expected.names:
        return ", ".join(expected.names[row] for row in draws.permutation(len(expected.names)))
    if expected.kind == "count":
        low, high = SPAN["count"]
        return str(int(draws.integers(int(low), int(high) + 1)))
    if expected.kind == "angle":
        return reply_of(float(draws.uniform(-math.pi, math.pi)), expected)
    if expected.kind in ("number", "length", "area", "volume", "time", "speed"):
        low, high = SPAN.get(expected.kind, (0.1, 100.0))
        return reply_of(math.exp(float(draws.uniform(math.log(low), math.log(high)))), expected)
    return _a_place(prompt, seed)


def _a_place(prompt: Prompt, seed: int) -> str | None:
    """A point or a box anywhere in a picture whose size is declared."""
    convention, draws = prompt.expected.convention, stream(seed, "random", "place", prompt.id)
    if prompt.expected.kind not in ("point", "box") or not convention.width_px or not convention.height_px:
        return None
    sides = (convention.width_px, convention.height_px)
    first = tuple(float(draws.uniform(0, side)) for side in sides)
    if prompt.expected.kind == "point":
        return reply_of(first, prompt.expected)
    second = tuple(float(draws.uniform(0, side)) for side in sides)
    low, high = (tuple(choose(pair) for pair in zip(first, second)) for choose in (min, max))
    return reply_of((*low, *high), prompt.expected)


def usual(expected: Expected) -> str:
    """A reply without a reason: the first option, "no", the middle of the numbers that are common.

    >>> usual(Expected("choice", ("left", "right"))), usual(Expected("length", unit="m"))
    ('A', '1.2649110640673518')
    """
    if expected.options:
        return expected.letters[0]
    if expected.kind == "yes_no":
        return "no"
    if expected.kind == "count":
        return "2"
    if expected.kind == "angle":
        return "0"
    if expected.kind in ("number", "length", "area", "volume", "time", "speed"):
        low, high = SPAN.get(expected.kind, (0.1, 100.0))
        return reply_of(math.sqrt(low * high), expected)
    return ", ".join(expected.names) if expected.names else CANNOT
