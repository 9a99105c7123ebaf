"""The words of spatial sentences: which way each leads, and which only join."""

from __future__ import annotations

from typing import Final

from allocentric.worlds.readers.stories.statements import Way

LEFT, RIGHT = Way(right=-1), Way(right=1)
ABOVE, BELOW = Way(up=1), Way(up=-1)
IN_FRONT, BEHIND = Way(front=1), Way(front=-1)
SAME: Final = Way(0, 0, 0)


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(*rows: tuple[Way, str]) -> dict[str, Way]:
    return {form: way for way, forms in rows for form in forms.split(", ")}


WAYS: Final = _table(
    (LEFT, "left, leftward, leftwards, lefthand, left-hand, west, leftmost"),
    (RIGHT, "right, rightward, rightwards, righthand, right-hand, east"),
    (ABOVE, "above, over, top, upper, up, atop, upward, upwards, north, higher, on top of"),
    (BELOW, "below, under, bottom, lower, down, beneath, underneath, downward, downwards, south"),
    (IN_FRONT, "in front of, ahead of"),
    (BEHIND, "behind, in back of"),
    (Way(-1, 1), "northwest, north-west, nw"),
    (Way(1, 1), "northeast, north-east, ne"),
    (Way(-1, -1), "southwest, south-west, sw"),
    (Way(1, -1), "southeast, south-east, se"),
    (ABOVE, "front"),  # of a corner: on a page what is in front is farther up
)
"""Words that lead somewhere; two that join lead both ways."""

CLOCK: Final = {
    12: ABOVE,
    **dict.fromkeys((1, 2), Way(1, 1)),
    3: RIGHT,
    **dict.fromkeys((4, 5), Way(1, -1)),
    6: BELOW,
    **dict.fromkeys((7, 8), Way(-1, -1)),
    9: LEFT,
    **dict.fromkeys((10, 11), Way(-1, 1)),
}
"""Where the hour of a clock face lies from its middle."""

PHRASES: Final = {
    "over there": "there",
    "right there": "there",
    "side by side": "aligned",
    "next to each other": "aligned",
    "next to one another": "aligned",
    "in front of": "in_front_of",
    "ahead of": "in_front_of",
    "in back of": "behind",
    "on top of": "top",
    "off center": "",
    "off centre": "",
    "lower position": "below",
    "clock face": "clock",
    "same place": "same_place",
    "same spot": "same_place",
    "same position": "same_place",
    "same location": "same_place",
    "same horizontal plane": "horizontal",
    "same horizontal line": "horizontal",
    "same horizontal level": "horizontal",
    "same height": "horizontal",
    "same level": "horizontal",
    "same row": "horizontal",
    "horizontal plane": "horizontal",
    "horizontal line": "horizontal",
    "same vertical plane": "vertical",
    "same vertical line": "vertical",
    "same column": "vertical",
    "vertical plane": "vertical",
    "vertical line": "vertical",
    "small gap between them": "",
    "45 degree angle": "diagonal",
    "45 degrees": "diagonal",
    "45 degree": "diagonal",
    "with a small gap": "",
}
"""Several words that are one, tried in this order."""

LEVEL: Final = {
    "horizontal": Way(up=0),
    "horizontally": Way(up=0),
    "vertical": Way(right=0),
    "vertically": Way(right=0),
}
"""Along which line two things lie: what it denies."""

FILLERS: Final = _listed(
    """to of at in on as from relative relation compared the a an side position direction corner hand degree
    angle directly slightly diagonally diagonal exactly approximately about just immediately both too also
    positioned placed located situated sitting sits sit lies lie lying stands standing stand found presents
    present put set resting seen is are was were be can towards toward part area it's there's respect
    each other straight clearly center centre middle between them same where we you see have has side's way
    face
    """
)
"""Words that may stand anywhere and change nothing."""

JOINS: Final = {"and": "a", "but": "a", ",": "", "with": "w", "while": "a", "whereas": "a", ";": "a"}
MARKERS: Final = {"there": "t", "aligned": "t", "parallel": "t", "it": "i", "if": "f", "clock": "k"}
NOUNS: Final = _listed("object objects agent agents labeled labelled called named item items")
"""Words before a name that are no part of it."""

ARTICLES: Final = frozenset(("the", "a", "an", "another"))

REFUSED: Final = _listed(
    """not no never neither nor or either maybe perhaps possibly probably almost nearly unless except without
    unlike hardly isn't aren't wasn't cannot can't may might could would should than less farther further
    closer nearer all every any some none most few many which who whose what when how why before after then
    """
)
"""Words of which this grammar makes nothing: a sentence that has one is refused, never read without it."""
