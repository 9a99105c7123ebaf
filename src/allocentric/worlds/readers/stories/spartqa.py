"""SpartQA-Human's stories: blocks, and shapes in them that are named by size, colour and shape.

"a small blue square" is a new thing of the block at hand, "the square" the one that fits there; "the" of a
shape that was not named yet is a new one where the sentence joins it to one that was. Near is closer than a
border, far is farther, touching closer than a second one: all a small part of a block. In a story that speaks
of near or far, blocks that lie some way from each other are far from each other. The story names every shape.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene, Source
from allocentric.worlds.readers.stories.build import reading, scene_from
from allocentric.worlds.readers.stories.spartqa_homes import read_homes
from allocentric.worlds.readers.stories.spartqa_words import (
    EDGE,
    NOUN,
    WAYS,
    apart_of,
    parts_of,
    spelled,
    way_of,
)
from allocentric.worlds.readers.stories.statements import AtEdge, Lies, NotRead, Statement, There, Within
from allocentric.worlds.readers.stories.story import sentences_of

_LISTED: Final = re.compile(rf"there (?:is|are|exists?)(?: also)? (?=an? {NOUN})", re.I)
_AND_A: Final = re.compile(rf"(?:,? and|,) (?=an? {NOUN})", re.I)
_ITEM: Final = re.compile(rf"an? ({NOUN})\b(?:,? (?:that is|which is|is|be))?(?: (.+))?", re.I)
_A: Final = re.compile(rf"(?:an?|another) ({NOUN}) (?:that is |which is )?is (.+)", re.I)
_THE: Final = re.compile(rf"(?:and )?the ({NOUN})\b(?:,? (?:that is|which is|is|be))? (.+)", re.I)
_THEN: Final = re.compile(
    rf"({WAYS}) (an?|the) ({NOUN}),? (?:there )?is an? ({NOUN})\b(?:,? (?:which|that) is (.+))?", re.I
)
_STEP: Final = re.compile(
    rf"(?P<edge>{EDGE})|(?P<way>{WAYS}) (?:(?P<article>an?|the|both) )?(?P<noun>{NOUN}|it)\b", re.I
)
_NEXT: Final = re.compile(r"(,? (?:which|that) is )|,? and (?:also )?(?:it )?(?:is )?", re.I)
_IS_THERE: Final = re.compile(
    rf"there is(?: also)? an? {NOUN} (?:is|be)\b", re.I
)  # as some sentences are put
_SPOKEN: Final = re.compile(r"\b(?:near|far)", re.I)
MOST_SHAPES: Final = 60


@dataclass(slots=True)
class Shapes:
    """The shapes of a story so far: what each is (size, colour, shape; "" where not told), and its block."""

    kinds: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    tells_far: bool = False  # whether the story speaks of near or far at all

    def fitting(self, noun: str, home: str | None) -> list[str]:
        """The names of all that a noun may mean, in a block or anywhere."""
        wanted = parts_of(noun)
        return [
            name
            for name, kind in self.kinds.items()
            if all(not want or want == have for want, have in zip(wanted, kind, strict=True))
            and home in (None, self.homes[name])
        ]

    def add(self, noun: str, home: str) -> str:
        """A new shape of a block, under a name of its own."""
        if len(self.kinds) >= MOST_SHAPES:
            raise NotRead(f"it names more than {MOST_SHAPES} shapes")
        size, colour, shape = parts_of(noun)
        plain = " ".join(each for each in (size, colour, shape or "thing") if each)
        name = f"{plain} of {home}"
        while name in self.kinds:
            name += " again"
        self.kinds[name], self.homes[name] = parts_of(noun), home
        return name

    def the(self, noun: str, home: str) -> str:
        """The one shape of a block that a noun means. Raises NotRead where there is none, or are several."""
        found = self.fitting(noun, home)
        if len(found) != 1:
            raise NotRead(f"{len(found)} shapes of {home} are {noun!r}")
        return found[0]


def read_spartqa(text: str, *, id: str = "spartqa") -> tuple[Scene, Shapes]:
    """The scene of a story, and its shapes. Raises BadInput with the sentence that is not understood."""
    shapes, said, home = Shapes(), list[Statement](), ""
    for number, sentence in enumerate(sentences_of(_parted(text), where=id), start=1):
        try:
            home = _read(spelled(sentence.strip(" ?,")), home, shapes, said=said)
        except NotRead as refusal:
            what = f"this is not understood: {sentence[:80]!r}: {refusal}"
            raise BadInput(
                what, where=f"{id}, sentence {number}", mend="say it in simpler sentences"
            ) from None
    shapes.tells_far = _SPOKEN.search(text) is not None
    if shapes.tells_far:
        blocks = {each.thing for each in said if isinstance(each, There) and each.region}
        said = [
            replace(each, apart="far") if isinstance(each, Lies) and {each.thing, each.to} <= blocks else each
            for each in said
        ]
    return scene_from(id, said, source=Source("story", id, (reading(grid=False),))), shapes


def _parted(text: str) -> str:
    """The text with a space after each full stop, and a comma for one after which no sentence begins."""
    return re.sub(r"\.\s+(?=[a-z])", ", ", re.sub(r"\.(?=[A-Z])", ". ", text))


def _read(sentence: str, home: str, shapes: Shapes, *, said: list[Statement]) -> str:
    """Adds what a sentence says; the block that the next one speaks of."""
    found = read_homes(sentence, home)
    said += found.said
    if found.rest:
        _Sentence(found.home, shapes, said).read(found.rest)
    return found.home


@dataclass(frozen=True, slots=True)
class _Step:
    """One part of a predicate: ways from a shape, or edges; `of_last`: of the shape named last, not first."""

    words: str
    article: str
    noun: str  # empty for edges
    of_last: bool


def _steps(words: str) -> list[_Step]:
    """The parts of a predicate: "above a red oval which is below the square and touching the left edge"."""
    steps, at, of_last = list[_Step](), 0, False
    while True:
        found = _STEP.match(words, at)
        if found is None:
            raise NotRead("it is of no form that is known")
        article, noun = (found["article"] or "").lower(), found["noun"] or ""
        steps.append(_Step(found["way"] or found["edge"], article, noun, of_last))
        if found.end() == len(words):
            return steps
        following = _NEXT.match(words, found.end())
        if following is None:
            raise NotRead("it is of no form that is known")
        if of_last and following[1] is None:
            raise NotRead("it is not clear of which shape the rest is said")
        at, of_last = following.end(), following[1] is not None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence about shapes of one block, which adds to what is said."""

    home: str
    shapes: Shapes
    said: list[Statement]

    def read(self, sentence: str) -> None:
        """Adds what it says. Raises NotRead."""
        if found := _THEN.fullmatch(sentence):
            to = self._named(found[2].lower(), found[3], joined=False)
            thing = self._new(found[4])
            self._lies(thing, to, found[1])
            if found[5]:
                self._say(thing, self._resolved(_steps(found[5]), joined=True))
        elif head := _LISTED.match(sentence):
            self._list(sentence, sentence[head.end() :])
        elif found := _THE.fullmatch(sentence):
            thing = self.shapes.the(found[1], self.home)
            self._say(thing, self._resolved(_steps(found[2]), joined=True))
        elif found := _A.fullmatch(sentence):
            resolved = self._resolved(_steps(found[2]), joined=False)
            self._say(self._new(found[1]), resolved)
        else:
            raise NotRead("it is of no form that is known")

    def _list(self, sentence: str, listed: str) -> None:
        """Each of the shapes that are there; of what is said of each, nothing may be of the next too."""
        items = [_ITEM.fullmatch(each) for each in _AND_A.split(listed)]
        told = [_steps(each[2]) if each and each[2] else [] for each in items]
        if any(step.noun for steps in told[:-1] for step in steps):
            raise NotRead("it is not clear where a list of shapes ends")
        last = ""
        for item, steps in zip(items, told, strict=True):
            if item is None:
                raise NotRead("it is of no form that is known")
            if _IS_THERE.match(sentence) and self.shapes.fitting(item[1], self.home):
                raise NotRead(f"it is not clear whether {item[1]!r} is a new one")
            resolved = self._resolved(steps, joined=False, it=last)
            last = self._new(item[1])
            self._say(last, resolved)

    def _resolved(
        self, steps: Sequence[_Step], *, joined: bool, it: str = ""
    ) -> list[tuple[_Step, list[str] | None]]:
        """Each step with the shapes that were there before it; None for those that it brings.

        `joined`: a shape that was known is spoken of, so that "the" of another may be a new one.
        """
        found = list[tuple[_Step, list[str] | None]]()
        for step in steps:
            if step.noun.lower() == "it":
                if not it:
                    raise NotRead("it is not clear what 'it' is")
                found.append((step, [it]))
            elif not step.noun or step.article in ("a", "an"):
                found.append((step, None))
            else:
                found.append((step, self._named(step.article, step.noun, joined=joined)))
        return found

    def _say(self, thing: str, resolved: Sequence[tuple[_Step, list[str] | None]]) -> None:
        last = thing
        for step, known in resolved:
            subject = last if step.of_last else thing
            if not step.noun:
                self.said.append(AtEdge(subject, self.home, way_of(step.words.split(" of ")[0])))
                continue
            others = known or [self._new(step.noun)]
            self._lies(subject, others, step.words)
            last = others[-1]

    def _lies(self, thing: str, others: Sequence[str], words: str) -> None:
        if thing in others:
            raise NotRead("a shape lies no way from itself")
        self.said.extend(Lies(thing, to, way_of(words), apart=apart_of(words)) for to in others)

    def _named(self, article: str, noun: str, *, joined: bool) -> list[str]:
        if article in ("a", "an"):
            return [self._new(noun)]
        found = self.shapes.fitting(noun, self.home)
        if article == "both":
            if len(found) != 2:
                raise NotRead(f"{len(found)} shapes of {self.home} are {noun!r}")
            return found
        if not found and (joined or not article):
            return [self._new(noun)]
        if not article:
            raise NotRead(f"it does not say whether {noun!r} is a new one")
        return [self.shapes.the(noun, self.home)]

    def _new(self, noun: str) -> str:
        wanted = parts_of(noun)
        for name in self.shapes.fitting(wanted[2] or "thing", self.home):
            have = self.shapes.kinds[name]
            if have != wanted and all(
                not each or each == want for each, want in zip(have, wanted, strict=True)
            ):
                raise NotRead(f"{noun!r} may be {name!r}, of which less was told")
        name = self.shapes.add(noun, self.home)
        self.said.extend((There(name), Within(name, self.home)))
        return name
