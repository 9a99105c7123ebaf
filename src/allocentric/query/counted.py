"""How many of a kind a sentence says there are: held against the scene that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from allocentric.query.amounts import kinds
from allocentric.query.grammar import Sentence, Unclear, Value
from allocentric.query.nouns import name
from allocentric.query.observer import STATED
from allocentric.query.phrases import CLASSES
from allocentric.words import plural, say_number, singular

Members = Callable[[str], Sequence[str]]
"""The names of the things of a kind in the scene that is asked about."""

_KIND: Final = re.compile(rf'all\("{STATED}(\d+) (?!of \d)([^"]+)"\)')
_ONE: Final = re.compile(rf'the\("{STATED}(\d) of (\d+) ([^"]+)"\)')


def paired(sentence: Sentence) -> list[Sentence]:
    """The sentence with "the two sinks" and "both sinks" said as one and the other, as they may be read."""
    tokens = sentence.tokens
    made = list[Sentence]()
    for at in range(len(tokens)):
        before, start = _two(tokens, at)
        for end, named in name(sentence, start) if before else ():
            if kinds(named):
                pair = [f'"{STATED}{place} of 2 {singular(named)}"' for place in (1, 2)]
                said = (*tokens[:at], pair[0], "and", pair[1], *tokens[end:])
                typed = (*sentence.typed[:at], pair[0], "and", pair[1], *sentence.typed[end:])
                made.append(Sentence(said, typed, sentence.options, sentence.unit))
    return made


def _two(tokens: Sequence[str], at: int) -> tuple[bool, int]:
    """Whether words that mean two of a kind begin here, and where the kind begins."""
    if tokens[at] == "both":
        after = at + 1 + (tokens[at + 1 : at + 2] == ("of",))
        return True, after + (tuple(tokens[after : after + 1])[:1] in {(each,) for each in CLASSES["DET"]})
    return tokens[at] in CLASSES["DET"] and tuple(tokens[at + 1 : at + 2]) == ("two",), at + 2


def counted(program: str, members: Members | None) -> Value:
    """The program where there are as many of each kind as it says; else what does not fit.

    Without a scene a kind is taken as told, but which two "the two chairs" are stays open.

    >>> counted('distance(the("⧉1 of 2 sink"), the("⧉2 of 2 sink"))', lambda kind: ["sink 1", "sink 2"])
    'distance(the("sink 1"), the("sink 2"))'
    """
    stated = {kind: int(several) for several, kind in _KIND.findall(program)}
    pairs = {kind: int(several) for _, several, kind in _ONE.findall(program)}
    if pairs and members is None:
        return Unclear("which ones are meant hangs on the scene: name them")
    for kind, several in (stated | pairs).items():
        there = len(members(kind)) if members else several
        if there != several:
            named = f"{say_number(there)} {kind if there == 1 else plural(kind)}"
            return Unclear(f"there {'is' if there == 1 else 'are'} {named}, not {several}")
    program = _KIND.sub(r'all("\2")', program)
    names = {kind: members(kind) for kind in pairs} if members else {}
    program = _ONE.sub(lambda found: f'the("{names[found[3]][int(found[1]) - 1]}")', program)
    return Unclear("it does not say which of several is meant") if STATED in program else program
