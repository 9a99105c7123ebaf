"""What "all yellow circles in B" means in a question about a SpartQA story: which shapes, one or all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from allocentric.questions.records.spartqa_programs import Held, all_of, any_of
from allocentric.worlds.readers.stories.spartqa import Shapes
from allocentric.worlds.readers.stories.spartqa_words import BLOCK, NOUN
from allocentric.worlds.readers.stories.statements import NotRead

_PLACE: Final = rf"(?: (?:in|inside|of) {BLOCK},?)?"
PHRASE: Final = (
    rf"(?:(?:(?:all|any|both)(?: of)?(?: the)?|the|an?|another) )?(?:other )?{NOUN}"
    r"(?: (?:in|inside|of) (?:the )?(?:block )?[A-C]\b,?)?"
)
"""A phrase for one or several shapes, which `meant` takes apart."""
_PHRASE: Final = re.compile(
    rf"(?:(all|any|both)(?: of)?(?: the)?|(the|an?|another))?(?: ?(other))? ?({NOUN}){_PLACE}", re.I
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The shapes that a phrase may mean, and whether what is said has to hold for all of them, or for one."""

    names: tuple[str, ...]
    number: Literal["all", "any"]


def meant(phrase: str, shapes: Shapes, *, besides: Meant | None = None) -> Meant:
    """What a phrase means; `besides`: what the other phrase of the sentence means, which "other" excludes.

    "the" of one means exactly one, of several all of them. Raises NotRead where that does not fit.
    """
    found = _PHRASE.fullmatch(phrase.strip(" ,"))
    if found is None:
        raise NotRead(f"{phrase!r} names no shape")
    every, article, other, noun, place = found.groups()
    names = shapes.fitting(noun, place and f"block {place.upper()}")
    plural, one = noun.lower().endswith("s"), besides is not None and len(besides.names) == 1
    if besides is not None and (other or (article or "").lower() == "another" or (one and len(names) > 1)):
        names = [each for each in names if each not in besides.names]
    if not names:
        raise NotRead(f"there is no {noun!r}")
    if every is None and (article is None or article.lower() == "the") and not plural and len(names) > 1:
        raise NotRead(f"{len(names)} shapes are {noun!r}")
    if every is not None and every.lower() == "both" and len(names) != 2:
        raise NotRead(f"{len(names)} shapes are {noun!r}")
    some = (every or article or "the").lower() in ("any", "a", "an", "another")
    return Meant(tuple(names), "any" if some else "all")


def both_meant(first: str, second: str, shapes: Shapes) -> tuple[Meant, Meant]:
    """What two phrases of a sentence mean. Raises NotRead where a block after the second may be of both."""
    one = meant(first, shapes)
    two = meant(second, shapes, besides=one)
    place = _PHRASE.fullmatch(second.strip(" ,"))
    alone = _PHRASE.fullmatch(first.strip(" ,"))
    if place and alone and place[5] and not alone[5] and len(one.names) > 1:
        within = {each for each in one.names if shapes.homes[each] == f"block {place[5].upper()}"}
        if within and within != set(one.names):
            raise NotRead(f"'in {place[5].upper()}' may be said of {first!r} too")
    return one, two


def pairs_of(first: Meant, second: Meant) -> list[tuple[str, str]]:
    """Each of the first with each of the second. Raises NotRead where both are one shape."""
    pairs = [(one, two) for one in first.names for two in second.names if one != two]
    if not pairs:
        raise NotRead("it names one shape, and nothing else")
    return pairs


def over(pairs: Sequence[tuple[str, str]], held: Sequence[Held], *, first: Meant, second: Meant) -> Held:
    """All or one of the first, each with all or one of the second; `held` is of the pairs."""
    of_one: dict[str, list[Held]] = {}
    for (one, _), so in zip(pairs, held, strict=True):
        of_one.setdefault(one, []).append(so)
    inner, outer = (all_of if each.number == "all" else any_of for each in (second, first))
    return outer([inner(each) for each in of_one.values()])
