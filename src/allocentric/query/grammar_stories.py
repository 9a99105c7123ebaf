"""Rules for questions about stories on a page, which has one right and one up: no observer is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from allocentric.query.grammar import Meaning, Sentence, Slots
from allocentric.query.nouns import name

RULES: Final = r"""[SIDE]
( to the )? left ( side )? of
on the left ( side )? of
    = right left
( to the )? right ( side )? of
on the right ( side )? of
    = right right
above/over
on top of
north of
    = up above
below/under/beneath/underneath
south of
    = up below
east of
    = right right
west of
    = right left

[HALF]
( to the )? left
    = right left
( to the )? right
    = right right
above/over
    = up above
below/under
    = up below

[HOME]
block
    = block
box
    = box
room
    = room

[AGENT]
the? ( agent/object )? a:WHO
    = the("$a")

[START]
what is the ( relation/position/direction/location ) of a:AGENT to b:AGENT
what is the ( relation/position/location ) of a:AGENT ( relative | in relation | compared ) to b:AGENT
where ( is/lies ) a:AGENT ( relative | in relation | compared ) to b:AGENT
where ( is/lies ) a:AGENT ( as? seen )? from b:AGENT
( in )? ( which/what ) ( way/direction ) ( is/lies ) a:AGENT from b:AGENT
    = direction($a, world(at=$b), sectors="nine")
( is/does ) a:AGENT ( lie )? s:SIDE b:AGENT
    = @lies
( is/does ) a:AGENT ( lie )? r:HALF and s:SIDE b:AGENT
    = @lies_both
( is/does ) a:AGENT ( lie )? r:HALF or s:SIDE b:AGENT
    = @which_of_two
( what/which ) ( object/thing/agent )? ( is/lies ) s:SIDE b:AGENT
    = @those_that_lie
( what/which ) ( object/thing/agent )? is a:AGENT s:SIDE
    = @those_of_which
( in )? ( which/what ) k:HOME is a:AGENT ( in )?
( in )? ( which/what ) k:HOME does a:AGENT lie ( in )?
    = {b for b in all("$k") if inside($a, b)}
where is a:AGENT ( now )?
    = {b for b in all("room") if inside($a, b)}
is a:AGENT ( in/inside/within ) b:AGENT
    = inside($a, $b)
"""


def _lies(slots: Slots, side: str = "s") -> str:
    axis, _, label = slots[side].partition(" ")
    return f'relation({slots["a"]}, {slots["b"]}, world(), axis="{axis}") == "{label}"'


def _those_that_lie(slots: Slots) -> str:
    return f"{{t for t in all() if {_lies({**slots, 'a': 't'})}}}"


def _those_of_which(slots: Slots) -> str:
    return f"{{t for t in all() if {_lies({**slots, 'b': 't'})}}}"


def _lies_both(slots: Slots) -> str | None:
    one_axis = slots["r"].split()[0] == slots["s"].split()[0]
    return None if one_axis else f"{_lies(slots, 'r')} and {_lies(slots)}"


def _which_of_two(slots: Slots) -> str | None:
    (axis, label), (other, beside) = slots["r"].split(), slots["s"].split()
    if axis != other or label == beside:
        return None
    return f'relation({slots["a"]}, {slots["b"]}, world(), axis="{axis}")'


def who(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A name as it is typed: one capital letter, or what is a name anywhere."""
    if at < len(sentence.typed) and len(sentence.typed[at]) == 1 and sentence.typed[at].isupper():
        return [(at + 1, sentence.typed[at])]
    block = _block(sentence, at)
    if block is not None:
        return [(at + 2, block)]
    found = name(sentence, at)
    if len(found) and sentence.tokens[at] in ("agent", "object"):  # "the agent K" is K
        found = [(end, each) for end, each in found if end == at + 1]
    ends = [(end, " ".join(sentence.typed[at:end]).strip('"')) for end, _ in found]
    for end, said in tuple(ends):  # "the red square of block A"
        block = _block(sentence, end + 1) if sentence.tokens[end : end + 1] == ("of",) else None
        ends += [] if block is None else [(end + 3, f"{said} of {block}")]
    return ends


def _block(sentence: Sentence, at: int) -> str | None:
    """A block or box as it is called, by a letter or a number: "block A"."""
    if at + 1 >= len(sentence.tokens) or sentence.tokens[at] not in ("block", "box"):
        return None
    called = sentence.typed[at + 1]
    one = called.isdigit() or (len(called) == 1 and called.isupper())
    return f"{sentence.tokens[at]} {called}" if one else None


_SIZED: Final = re.compile(
    r"(?:is (?:the )?(?P<a>[\w -]{1,60}?) (?P<way>bigger|larger|smaller) than"
    r"|(?:does|will|can) (?:the )?(?P<in>[\w -]{1,60}?) fit (?:inside|into|in|within)(?: of)?)"
    r" (?:the )?(?P<b>[\w -]{1,60}?) ?\??",
    re.IGNORECASE,
)


def read_size_question(text: str) -> str | None:
    """The program of a question about two sizes, of a story of sizes, where up is bigger; else None.

    >>> read_size_question("Does the cup fit in the box?")
    'relation(the("cup"), the("box"), world(), axis="up") == "below"'
    """
    found = _SIZED.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    label = "above" if found["way"] and found["way"].lower() != "smaller" else "below"
    return (
        f'relation(the("{found["a"] or found["in"]}"), the("{found["b"]}"), world(), axis="up") == "{label}"'
    )


MEANINGS: Final[Mapping[str, Meaning]] = {
    "lies": _lies,
    "those_that_lie": _those_that_lie,
    "those_of_which": _those_of_which,
    "lies_both": _lies_both,
    "which_of_two": _which_of_two,
}
"""What the rules call by name."""
