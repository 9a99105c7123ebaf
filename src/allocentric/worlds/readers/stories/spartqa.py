"""SpartQA-Human's stories: blocks, and shapes in them that are named by size, colour and shape.

"a small blue square" is a new thing of the block at hand, "the square" the one that fits there. Near and far
say nothing of which way; what touches an edge or another shape lies in its block, and no more is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene, Source
from allocentric.worlds.readers.stories.build import reading, scene_from
from allocentric.worlds.readers.stories.sentences import NotRead
from allocentric.worlds.readers.stories.statements import Lies, Statement, There, Way, Within
from allocentric.worlds.readers.stories.story import sentences_of

SIZES: Final = {"midsize": "medium", "big": "large"}
_SIZE: Final = "small|medium|large|midsize|big"
_COLOUR: Final = "blue|black|yellow|red|green|white"
_SHAPE: Final = "square|circle|triangle|rectangle|oval|thing|object|shape"
NOUN: Final = rf"(?:(?:{_SIZE}) )?(?:(?:{_COLOUR}) )?(?:{_SHAPE})"
_ONE: Final = "(?:to the )?(?:left of|right of)|above|below"
_TOUCHING: Final = "touching the (?:left|right|top|bottom)(?: side)? of"
WAYS: Final = rf"(?:(?:near|far)(?: and)? )?(?:{_ONE})(?: and (?:{_ONE}))?|{_TOUCHING}"
_THAT: Final = r"(?: that is| which is| is)?"
_EDGE: Final = r"touching the (?:left|right|top|bottom)(?: edge)?(?: of (?:the block|block \w|\w))?"
_BLOCK: Final = r"(?:block )?([A-C])"
_CALLED: Final = rf"((?:{_BLOCK}|, | and |, and )+)"
_BLOCKS: Final = re.compile(
    rf"(?:there (?:is|are)|we have) (?:a|two|three)(?: another)? blocks?(?: called| named)?,? {_CALLED}", re.I
)
_ORDER: Final = re.compile(rf"{_BLOCK} is ({_ONE}) (?:the )?{_BLOCK}", re.I)
_IN: Final = re.compile(rf"(?:in|inside) {_BLOCK},?(?: which is ({_ONE}) {_BLOCK},)? (.*)", re.I)
_ANOTHER: Final = re.compile(
    rf"there is an?(?:other)? block called {_BLOCK}(?:, which is ({_ONE}) {_BLOCK})?", re.I
)
_THERE: Final = re.compile(
    rf"there is(?: also)? an? ({NOUN})(?:{_THAT} ({WAYS}) (an?|the) ({NOUN})|{_THAT} {_EDGE})?", re.I
)
_IS: Final = re.compile(rf"the ({NOUN})(?: is| that is)? ({WAYS}) (an?|the) ({NOUN})", re.I)
_THEN: Final = re.compile(rf"({WAYS}) (an?|the) ({NOUN}) is an? ({NOUN})", re.I)
_AT_EDGE: Final = re.compile(rf"the ({NOUN}) is {_EDGE}", re.I)
_PART: Final = {
    "left": Way(right=-1),
    "right": Way(right=1),
    **dict.fromkeys(("above", "top"), Way(up=1)),
    **dict.fromkeys(("below", "bottom"), Way(up=-1)),
}
_SPELLING: Final = {"circe": "circle", "triange": "triangle", "smal": "small", "ot": "to"}
_WORD: Final = re.compile(r"[a-z]+", re.I)


def way_of(words: str) -> Way:
    """The way of "near and to the left of". Raises NotRead where it denies itself."""
    way = Way()
    for part in re.findall(r"left|right|above|below|top|bottom", words.lower()):
        joined = way.joined(_PART[part])
        if joined is None:
            raise NotRead("its ways deny each other")
        way = joined
    return way


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
        plain = " ".join(each for each in parts_of(noun) if each)
        name = f"{plain or 'thing'} of {home}"
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


def parts_of(noun: str) -> tuple[str, str, str]:
    """Size, colour and shape of a noun; empty where it does not say."""
    words = noun.lower().split()
    size = next((SIZES.get(each, each) for each in words if re.fullmatch(_SIZE, each)), "")
    colour = next((each for each in words if re.fullmatch(_COLOUR, each)), "")
    shape = words[-1] if words[-1] not in ("thing", "object", "shape") else ""
    return size, colour, shape


def read_spartqa(text: str, *, id: str = "spartqa") -> tuple[Scene, Shapes]:
    """The scene of a story, and its shapes. Raises BadInput with the sentence that is not understood."""
    shapes, statements, home = Shapes(), list[Statement](), ""
    for number, sentence in enumerate(sentences_of(text, where=id), start=1):
        try:
            plain = _WORD.sub(lambda word: _SPELLING.get(word[0], word[0]), sentence.strip(" ?,"))
            home = _read(" ".join(plain.split()), home, shapes, said=statements)
        except NotRead as refusal:
            what = f"this is not understood: {sentence[:80]!r}: {refusal}"
            raise BadInput(
                what, where=f"{id}, sentence {number}", mend="say it in simpler sentences"
            ) from None
    return scene_from(id, statements, source=Source("story", id, (reading(grid=False),))), shapes


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
    _read_shapes(sentence, home, shapes, said=said)
    return home


def _read_shapes(sentence: str, home: str, shapes: Shapes, *, said: list[Statement]) -> None:
    def named(article: str, noun: str) -> str:
        return new(noun) if article.lower() != "the" else shapes.the(noun, home)

    def new(noun: str) -> str:
        name = shapes.add(noun, home)
        said.extend((There(name), Within(name, home)))
        return name

    if found := _THERE.fullmatch(sentence):
        to = named(found[3], found[4]) if found[2] and found[3].lower() == "the" else ""
        thing = new(found[1])
        if found[2]:
            said.append(Lies(thing, to or named(found[3], found[4]), way_of(found[2])))
    elif found := _IS.fullmatch(sentence):
        thing = shapes.the(found[1], home)
        said.append(Lies(thing, named(found[3], found[4]), way_of(found[2])))
    elif found := _THEN.fullmatch(sentence):
        to = named(found[2], found[3])
        said.append(Lies(new(found[4]), to, way_of(found[1])))
    elif found := _AT_EDGE.fullmatch(sentence):
        shapes.the(found[1], home)
    else:
        raise NotRead("it is of no form that is known")


def lies(thing: str, to: str, way: Way) -> str:
    """The program that one lies that way from another."""
    parts: Sequence[tuple[str, int | None, tuple[str, str]]] = (
        ("right", way.right, ("left", "right")),
        ("up", way.up, ("below", "above")),
    )
    said = [
        f'relation(the("{thing}"), the("{to}"), world(), axis="{axis}") == "{labels[sign > 0]}"'
        for axis, sign, labels in parts
        if sign
    ]
    return " and ".join(said)
