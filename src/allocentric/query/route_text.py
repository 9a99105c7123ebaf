"""Route questions in the released wording: a start, a heading, numbered steps with turns to fill in."""

from __future__ import annotations

import re
from typing import Final

_ROUTE: Final = re.compile(
    r"""\s*you\ are\ a\ robot\ beginning\ at\ (?P<start>.+?),?\ (?:and\ )?facing\ (?P<facing>.+?)\.
    \s*you\ want\ to\ navigate\ to\ .+?\.\s*you\ will\ perform\ the\ following\ actions\s*(?:\(note.+?\))?:?
    (?P<steps>.*?)\.?\s*you\ have\ reached\ the\ final\ destination\.?\s*""",
    re.I | re.X | re.S,
)
_STEP: Final = re.compile(r"(?:^|\s)\d+\.\s+")
_FILL: Final = re.compile(r"\[?please fill in\]?", re.I)
_GO: Final = re.compile(r"go forward (?:through .+? )?until (?P<stop>.+)", re.I)
_ARTICLE: Final = re.compile(r"^(?:(?:the|a|an)\s+)+", re.I)


def read_route(text: str) -> str | None:
    """The program of a route question; None for any other text.

    Where the first step walks, one walks the way one faces: no turn is asked for at the start.
    """
    route = _ROUTE.fullmatch(" ".join(text.split()))
    if route is None:
        return None
    steps = [each.strip().rstrip(".").strip() for each in _STEP.split(route["steps"]) if each.strip()]
    walked = [_GO.fullmatch(step) for step in steps]
    turned = [_FILL.fullmatch(step) is not None for step in steps]
    alternate = all(turn != turned[place - 1] for place, turn in enumerate(turned) if place)
    if (
        not steps
        or not alternate
        or turned[-1]
        or any((not t) == (w is None) for t, w in zip(turned, walked, strict=True))
    ):
        return None
    stops = [_name(each["stop"]) for each in walked if each is not None]
    facing = _name(route["facing"]) if turned[0] else stops[0]
    if '"' in "".join(stops) + route["start"] + facing:
        return None
    listed = ", ".join(f'the("{stop}")' for stop in [_name(route["start"]), *stops])
    return f'turns([{listed}], facing=the("{facing}"))'


def _name(text: str) -> str:
    return _ARTICLE.sub("", text.strip().lower())
