"""Rules for questions about stories on a page, which has one right and one up: no observer is asked for."""

from __future__ import annotations

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
    = up above
below/under/beneath/underneath
    = up below

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
    found = name(sentence, at)
    if len(found) and sentence.tokens[at] in ("agent", "object"):  # "the agent K" is K
        found = [(end, each) for end, each in found if end == at + 1]
    return [(end, " ".join(sentence.typed[at:end]).strip('"')) for end, _ in found]


MEANINGS: Final[Mapping[str, Meaning]] = {
    "lies": _lies,
    "lies_both": _lies_both,
    "which_of_two": _which_of_two,
}
"""What the rules call by name."""
