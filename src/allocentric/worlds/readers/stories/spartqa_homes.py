"""What a sentence of a SpartQA story says of its blocks: which there are, how they lie, which is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from allocentric.worlds.readers.stories.spartqa_words import BLOCK, way_of
from allocentric.worlds.readers.stories.statements import Lies, NotRead, Statement, There

_ONE: Final = "(?:to the )?(?:left of|right of)|above|below"
_CALLED: Final = rf"((?:{BLOCK}|, | and |, and )+)"
_BLOCKS: Final = re.compile(
    rf"(?:there (?:is|are)|we have) (?:a|two|three)(?: another)? blocks?(?: called| named)?,? {_CALLED}", re.I
)
_SUBJECT: Final = re.compile(rf"{BLOCK},? (?=(?:also )?is )", re.I)
_AND_BLOCK: Final = re.compile(rf",? and (?={BLOCK},? is )", re.I)
_LIES: Final = re.compile(rf"({_ONE}) (?:the )?(?:blocks? )?([A-C](?:(?:,|,? and) (?:block )?[A-C])*)", re.I)
_AND_IS: Final = re.compile(r",? and (?:also )?(?:is )?(?:also )?(?=to the|above|below|left|right)", re.I)
_IN: Final = re.compile(rf"(?:in|inside) {BLOCK},?(?: which is ({_ONE}) {BLOCK},)? (.*)", re.I)
_ANOTHER: Final = re.compile(
    rf"there is an?(?:other)? block called {BLOCK}(?:,?(?: which is)? ({_ONE}) {BLOCK})?", re.I
)
_THERE_IS_BLOCK: Final = re.compile(
    rf"({_ONE}) {BLOCK},? there is (?:another )?block (?:called )?([A-C])", re.I
)
_HAS: Final = re.compile(rf"(?:{BLOCK}|its?) (?:has|contains) (.*)", re.I)


@dataclass(frozen=True, slots=True)
class Homes:
    """What is said of blocks; the block that is at hand from here on; the rest, which is about shapes."""

    said: tuple[Statement, ...]
    home: str
    rest: str = ""


def read_homes(sentence: str, home: str) -> Homes:
    """What a sentence says of blocks. Raises NotRead where it denies itself or no block is at hand.

    >>> read_homes("Block B is to the right of A", "").said
    (Lies(thing='block B', to='block A', way=Way(right=1, up=None, front=None), sentence=0, apart=''),)
    """
    if listed := _BLOCKS.fullmatch(sentence):
        names = [_block(each) for each in re.findall(r"\b[A-C]\b", listed[1])]
        return Homes(tuple(_there(each) for each in names), names[0] if len(names) == 1 else home)
    if another := _ANOTHER.fullmatch(sentence):
        name, words, to = another.groups()
        lies = (_lies(name, words, to),) if words else ()
        return Homes((_there(_block(name)), *lies), _block(name))
    if beside := _THERE_IS_BLOCK.fullmatch(sentence):
        words, to, name = beside.groups()
        return Homes((_there(_block(name)), _lies(name, words, to)), _block(name))
    if _SUBJECT.match(sentence):
        return Homes(tuple(_order(sentence)), home)
    said: tuple[Statement, ...] = ()
    if inner := _IN.fullmatch(sentence):
        home, sentence = _block(inner[1]), inner[4]
        said = (_there(home), *((_lies(inner[1], inner[2], inner[3]),) if inner[2] else ()))
    elif has := _HAS.fullmatch(sentence):
        home, sentence = _block(has[1]) if has[1] else home, f"there is {has[2]}"
        said = (_there(home),) if home else ()
    if not home:
        raise NotRead("it names no block")
    return Homes(said, home, sentence)


def _order(sentence: str) -> Iterator[Lies]:
    """How blocks lie to each other: "A is above B and C and to the left of B, and B is above C"."""
    for clause in _AND_BLOCK.split(sentence)[:: _AND_BLOCK.groups + 1]:
        subject = _SUBJECT.match(clause)
        if subject is None:
            raise NotRead("it is not clear which block is meant")
        rest = re.sub(r"^(?:also )?is (?:also )?", "", clause[subject.end() :], flags=re.I)
        for part in _AND_IS.split(rest):
            found = _LIES.fullmatch(part)
            if found is None:
                raise NotRead("it is not clear how the blocks lie")
            for to in re.findall(r"\b[A-C]\b", found[2]):
                yield _lies(subject[1], found[1], to)


def _lies(name: str, words: str, to: str) -> Lies:
    return Lies(_block(name), _block(to), way_of(words))


def _there(block: str) -> There:
    return There(block, "block", region=True)


def _block(letter: str) -> str:
    return f"block {letter.upper()}"
