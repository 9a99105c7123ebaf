"""SpartQA-Human's questions after blocks: which has one, has all, or has none, of some shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.questions.records.spartqa_nouns import PHRASE, Meant, meant, pairs_of
from allocentric.questions.records.spartqa_programs import Lying, all_of, any_of, at_edge
from allocentric.questions.records.spartqa_question import Read, answers_of, options_of, words_of
from allocentric.worlds.readers.stories.spartqa import Shapes
from allocentric.worlds.readers.stories.spartqa_file import SpartqaQuestion
from allocentric.worlds.readers.stories.spartqa_words import CLOSE, NOUN, WAYS
from allocentric.worlds.readers.stories.statements import NotRead, Way

_BLOCK_HAS: Final = (
    r"(?:what|which) (?:block|object) (?:is )?(?:(?:does )?(not|no|doesn't) |does )?(?:have|has|ahve)"
)
_INSIDE: Final = "(?: (?:inside|in)(?: of)?(?: it)?)?"
_HOLDS: Final = re.compile(rf"{_BLOCK_HAS} (no|any|an?|all(?: of)?(?: the)?) ({NOUN}){_INSIDE}", re.I)
_TOUCHES: Final = re.compile(
    rf"{_BLOCK_HAS} (?:any|an?) ({NOUN})(?: that)? touch(?:ing|es)?"
    r" (?:the|an|any) edge of (?:it|the block|a block)",
    re.I,
)
_LYING: Final = re.compile(
    rf"{_BLOCK_HAS} (?:any|an?) ({NOUN})(?: (?:that|which) is)? ({WAYS}|{CLOSE}) ({PHRASE})", re.I
)
_EDGES: Final = (Way(right=-1), Way(right=1), Way(up=1), Way(up=-1))


@dataclass(frozen=True, slots=True)
class _Asked:
    """For each block its programs; whether all of them have to hold, or one; of what is not to be so."""

    groups: list[list[str]]
    every: bool
    stated: bool  # what is open is not so: an edge is touched where that is said
    denied: bool


def blocks(question: SpartqaQuestion, shapes: Shapes, place: str) -> Read:
    """FB: every block of which it holds; the story names every shape, and every edge that one touches."""
    options = options_of(question, place)
    expected = Expected("choices", options)
    letters = dict(zip(options, expected.letters, strict=True))
    released = tuple(letters[each] for each in answers_of(question, place) if each in letters)
    asked = _asked(words_of(question), [f"block {each}" for each in options], shapes)
    ends = list(accumulate((len(each) for each in asked.groups), initial=0))

    def decide(held: tuple[bool | None, ...]) -> Value:
        given = [each is True for each in held] if asked.stated else list(held)
        gather = all_of if asked.every else any_of
        so = [gather(given[start:end]) for start, end in pairwise(ends)]
        if None in so:
            return CANNOT_TELL
        return tuple(
            letter for letter, each in zip(expected.letters, so, strict=True) if each is not asked.denied
        )

    programs = tuple(each for group in asked.groups for each in group)
    return Read(programs, decide, expected, released)


def _asked(words: str, homes: list[str], shapes: Shapes) -> _Asked:
    if found := _TOUCHES.fullmatch(words):
        things = _fitting(found[2], shapes)
        groups = [
            [f"{_inside(each, home)} and {at_edge(each, way, shapes)}" for each in things for way in _EDGES]
            for home in homes
        ]
        return _Asked(groups, every=False, stated=True, denied=found[1] is not None)
    if found := _LYING.fullmatch(words):
        lying, things = Lying.of(found[3]), _fitting(found[2], shapes)
        other = meant(found[4], shapes)
        if other.number == "all" and len(other.names) > 1:
            raise NotRead("it asks of several at once")
        pairs = pairs_of(Meant(tuple(things), "any"), other)
        groups = [
            [f"{_inside(one, home)} and {lying.program(one, two, shapes)}" for one, two in pairs]
            for home in homes
        ]
        return _Asked(groups, every=False, stated=lying.apart == "touching", denied=found[1] is not None)
    if found := _HOLDS.fullmatch(words):
        things, every = _fitting(found[3], shapes), found[2].lower().startswith("all")
        groups = [[_inside(each, home) for each in things] for home in homes]
        denied = (found[1] is not None) != (found[2].lower() == "no")
        return _Asked(groups, every=every, stated=False, denied=denied)
    raise NotRead("the question is of no form that is known")


def _fitting(noun: str, shapes: Shapes) -> list[str]:
    found = shapes.fitting(noun, None)
    if not found:
        raise NotRead(f"there is no {noun!r}")
    return found


def _inside(thing: str, home: str) -> str:
    return f'inside(the("{thing}"), the("{home}"))'
