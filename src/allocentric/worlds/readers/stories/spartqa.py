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
from allocentric.worlds.readers.stories.spartqa_words import (
    BLOCK,
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

_ONE: Final = "(?:to the )?(?:left of|right of)|above|below"
_THAT: Final = r"(?:,? ?(?:that is|which is|is|be) )"
_CALLED: Final = rf"((?:{BLOCK}|, | and |, and )+)"
_BLOCKS: Final = re.compile(
    rf"(?:there (?:is|are)|we have) (?:a|two|three)(?: another)? blocks?(?: called| named)?,? {_CALLED}", re.I
)
_ORDER: Final = re.compile(rf"{BLOCK},? is ({_ONE}) {BLOCK}", re.I)
_IN: Final = re.compile(rf"(?:in|inside) {BLOCK},?(?: which is ({_ONE}) {BLOCK},)? (.*)", re.I)
_ANOTHER: Final = re.compile(
    rf"there is an?(?:other)? block called {BLOCK}(?:, which is ({_ONE}) {BLOCK})?", re.I
)
_THERE: Final = re.compile(rf"there is(?: also)? an? ({NOUN})(?:{_THAT}?(.*))?", re.I)
_IS_THERE: Final = re.compile(
    rf"there is(?: also)? an? {NOUN} (?:is|be)\b", re.I
)  # as some sentences are put
_THE: Final = re.compile(rf"the ({NOUN}){_THAT}?(.+)", re.I)
_THEN: Final = re.compile(rf"({WAYS}) (an?|the) ({NOUN}) is an? ({NOUN})", re.I)
_TO: Final = re.compile(rf"({WAYS}) (?:(an?|the|both) )?({NOUN})", re.I)
_AT_EDGE: Final = re.compile(EDGE, re.I)
_AND_IS: Final = re.compile(r",? and (?:it )?is ", re.I)
_SPOKEN: Final = re.compile(r"\b(?:near|far)", re.I)
MOST_SHAPES: Final = 60


@dataclass(slots=True)
class Shapes:
    """The shapes of a story so far: what each is (size, colour, shape; "" where not told), and its block."""

    kinds: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

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
    if _SPOKEN.search(text):
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
    listed = _BLOCKS.fullmatch(sentence)
    if listed is not None:
        said += [There(f"block {each}", "block", region=True) for each in re.findall(r"\b[A-C]\b", listed[1])]
        return home
    another = _ANOTHER.fullmatch(sentence)
    if another is not None:
        said.append(There(f"block {another[1].upper()}", "block", region=True))
        if another[2]:
            said.append(
                Lies(f"block {another[1].upper()}", f"block {another[3].upper()}", way_of(another[2]))
            )
        return home
    parts = [_ORDER.fullmatch(each) for each in sentence.split(" and ")]
    if all(parts):
        said += [Lies(f"block {p[1]}", f"block {p[3]}", way_of(p[2])) for p in parts if p]
        return home
    inner = _IN.fullmatch(sentence)
    if inner is not None:
        home, sentence = f"block {inner[1].upper()}", inner[4]
        said.append(There(home, "block", region=True))
        if inner[2]:
            said.append(Lies(home, f"block {inner[3].upper()}", way_of(inner[2])))
    if not home:
        raise NotRead("it names no block")
    _Sentence(home, shapes, said).read(sentence)
    return home


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence about shapes of one block, which adds to what is said."""

    home: str
    shapes: Shapes
    said: list[Statement]

    def read(self, sentence: str) -> None:
        """Adds what it says. Raises NotRead."""
        if found := _THEN.fullmatch(sentence):
            to = self._named(found[2], found[3], joined=False)[0]
            self._lies(self._new(found[4]), [to], found[1])
        elif found := _THERE.fullmatch(sentence):
            rest = _AND_IS.split(found[2].strip()) if found[2] else []
            # "the circle" of a predicate is one that was there before
            known = [self._predicate(each, joined=False) for each in rest if "the " in each or "both" in each]
            if _IS_THERE.match(sentence) and self.shapes.fitting(found[1], self.home):
                raise NotRead(f"it is not clear whether {found[1]!r} is a new one")
            thing = self._new(found[1])
            for row, each in enumerate(rest):
                told = known[row] if len(known) == len(rest) else self._predicate(each, joined=False)
                self._say(thing, told)
        elif found := _THE.fullmatch(sentence):
            thing = self.shapes.the(found[1], self.home)
            for each in _AND_IS.split(found[2].strip()):
                self._say(thing, self._predicate(each, joined=True))
        else:
            raise NotRead("it is of no form that is known")

    def _predicate(self, words: str, *, joined: bool) -> tuple[str, list[str]]:
        """The ways of a predicate, and from what; no thing for an edge. `joined`: its subject was known."""
        if _AT_EDGE.fullmatch(words):
            return words, []
        found = _TO.fullmatch(words)
        if found is None:
            raise NotRead("it is of no form that is known")
        return found[1], self._named(found[2] or "", found[3], joined=joined)

    def _say(self, thing: str, told: tuple[str, list[str]]) -> None:
        words, others = told
        if others:
            self._lies(thing, others, words)
        else:
            edges = _AT_EDGE.fullmatch(words)
            self.said.append(AtEdge(thing, self.home, way_of(edges[1] if edges else words)))

    def _lies(self, thing: str, others: Sequence[str], words: str) -> None:
        if thing in others:
            raise NotRead("a shape lies no way from itself")
        self.said.extend(Lies(thing, to, way_of(words), apart=apart_of(words)) for to in others)

    def _named(self, article: str, noun: str, *, joined: bool) -> list[str]:
        if article.lower() in ("a", "an"):
            return [self._new(noun)]
        found = self.shapes.fitting(noun, self.home)
        if article.lower() == "both":
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
