"""Directions as program text: what an observer asks, from where it is asked, and what is left open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from allocentric.geometry.sectors import NINE, RINGS
from allocentric.query.grammar import Unclear, Value

# What a program text holds until the whole sentence is read.
OBSERVER: Final = "§"  # the frame from which directions are told
UPRIGHT: Final = "⇑"  # the frame in which one thing is above another: the world's, or a camera's
THERE: Final = "⌖"  # the place of that observer
AHEAD: Final = "‡"  # what the observer faces
SHORT: Final = "‽"  # which extent "short" is of
NEAR: Final = "◌"  # within how far "near" is
STATED: Final = "⧉"  # before how many of a kind there are said to be: `all("⧉4 window")`
MEMBER: Final = "τ"  # the thing that a condition is on
IT: Final = "◈"  # the thing that was named before
ROUND: Final = "↻"  # which way one turns
GEOMETRY: Final = "¤"  # where `geometry=` may be named


_CHOSEN_FIRST: Final = (
    *("left_right", "left_right_back", "quadrants", "four", "eight", "axes"),
    *("compass4", "compass8", "nine"),
)
_LABELS: Final = {name: frozenset(ring.labels) for name, ring in RINGS.items()} | {
    "axes": frozenset(["front", "back", "left", "right", "up", "down"]),
    "nine": frozenset(NINE.values()),
}
_FORWARD: Final = f'{OBSERVER}, axis="forward")'
_AXIS: Final = {"left": "right", "right": "right", "in front": "forward", "behind": "forward"}
_OFFSET: Final = {"front": "forward", "back": "backward", "in front": "forward", "behind": "backward"}
_SIDE: Final = {"in front": "front", "behind": "back"}
_TOWARDS: Final = {"north": "forward", "south": "backward", "east": "right", "west": "left"}


def sectors_for(labels: Iterable[str]) -> str | None:
    """The sector set in which these labels are the choice; None where there is none."""
    met = frozenset(labels)
    return next((sectors for sectors in _CHOSEN_FIRST if met <= _LABELS[sectors]), None)


def which_side(thing: str, labels: str) -> str | None:
    """Which of several sectors of the observer's a thing lies in."""
    sectors = sectors_for(labels.split("|"))
    return f'direction({thing}, {OBSERVER}, sectors="{sectors}")' if sectors else None


def lies_at(thing: str, side: str, frame: str = OBSERVER) -> str:
    """That a thing lies in one sector of a frame."""
    sectors = "four" if side == "back" else sectors_for([side])
    return f'direction({thing}, {frame}, sectors="{sectors}") == "{side}"'


def stood_at(among: str, facing: str, seen: str, *, side: str) -> str:
    """At which of some things one stands who faces one thing and has another at one side."""
    return f"{{t for t in {among} if {lies_at(seen, side, f'standing(at=t, facing={facing})')}}}"


def related(thing: str, other: str, side: str) -> str:
    """That a thing lies on one side of another, in the observer's frame."""
    return f'relation({thing}, {other}, {OBSERVER}, axis="{_AXIS[side]}") == "{side}"'


def beside(thing: str, other: str, side: str) -> str:
    """That a thing lies on one side of another: of a view, in its frame."""
    if other.startswith("view("):
        return lies_at(thing, _SIDE.get(side, side), f"camera({other})")
    return related(thing, other, side)


def aside(thing: str, frame: str, side: str) -> str:
    """How far a thing lies to one side of a frame."""
    return f'offset({thing}, {frame}, axis="{_OFFSET.get(side, side)}")'


def compass(thing: str, of: str, points: str) -> str:
    """In which direction of the compass a thing lies from another; of one point: whether."""
    met = points.split("|")
    program = f'direction({thing}, north(at={of}), sectors="{sectors_for(met)}")'
    return program if len(met) > 1 else f'{program} == "{met[0]}"'


def northward(thing: str, of: str, point: str) -> str | None:
    """How far a thing lies to the north (east, ...) of another."""
    return f'offset({thing}, north(at={of}), axis="{_TOWARDS[point]}")' if point in _TOWARDS else None


def seen_from(frame: str, question: str) -> Value | None:
    """A question for an observer, asked of a frame; None where the question asks for no observer."""
    own = re.fullmatch(r"of\((.+)\)", frame)
    if own is not None and own[1] != IT:
        question = question.replace(IT, own[1])
    asked = _RELATION.search(question)
    if IT in frame:  # "its own point of view"
        if asked is None:
            return None
        frame = frame.replace(IT, asked["other"])
    if UPRIGHT in question:
        return question.replace(UPRIGHT, frame if frame.startswith("camera(") else "world()")
    if OBSERVER not in question and THERE not in question:
        return question if frame.startswith("of(") and frame in question else None
    if asked and asked["axis"] in ("right", "forward") and asked["other"] in _named_by(frame):
        question = question.replace(asked[0], _as_direction(asked, OBSERVER))
    if THERE in question:
        return _measured_from(frame, question)
    if AHEAD in frame:
        return _without_heading(frame, question)
    turned = re.fullmatch(r"turned\((.+), deg\((-?)90\)\)", frame)
    if ROUND in question and turned is not None:
        return question.replace(ROUND, "right" if turned[2] else "left").replace(OBSERVER, turned[1])
    seen = _as_seen(question)
    return seen if isinstance(seen, Unclear) else seen.replace(OBSERVER, frame)


def _as_seen(question: str) -> str | Unclear:
    """To whom looks on, what is in front of another thing is the nearer one: less far forward, not more."""
    in_front, behind = (f'{_FORWARD} == "{side}"' for side in ("in front", "behind"))
    if in_front in question:
        return question.replace(in_front, behind)
    if behind in question:
        return question.replace(behind, in_front)
    why = (
        "in front of another thing is nearer to who looks, but farther ahead: ask which of the two is nearer"
    )
    return Unclear(why) if _FORWARD in question and "relation(" in question else question


def _measured_from(frame: str, question: str) -> Value | None:
    """A question that measures from the observer's place: only a camera is a place."""
    camera = re.fullmatch(r"camera\((view\([^)]*\))\)", frame)
    if camera is not None:
        return question.replace(THERE, camera[1]).replace(OBSERVER, frame)
    return None if AHEAD in frame else Unclear("one measures from a thing or a view, not from an observer")


_RELATION: Final = re.compile(
    r'relation\((?P<thing>[^,]+), (?P<other>[^,]+), §, axis="(?P<axis>\w+)"\)( == "(?P<side>[^"]+)")?'
)


def _named_by(frame: str) -> list[str]:
    """The things beside which left and right are those of the frame itself: what is faced, where one is."""
    if not frame.startswith(("standing(", "of(")):
        return []
    return re.findall(r'(?:facing|at|of)[=(](the\("[^"]*"\))', frame)


def _as_direction(asked: re.Match[str], frame: str) -> str:
    sectors = "left_right" if asked["axis"] == "right" else "four"
    program = f'direction({asked["thing"]}, {frame}, sectors="{sectors}")'
    return f'{program} == "{_SIDE.get(asked["side"], asked["side"])}"' if asked["side"] else program


def _without_heading(frame: str, question: str) -> Unclear:
    at = re.findall(r"standing\(at=(.+?), facing", frame)[0]
    asked = _RELATION.fullmatch(question)
    readings = list[str]()
    if asked:
        readings.append(_as_direction(asked, f"standing(at={at}, facing={asked['other']})"))
    if question.endswith('sectors="four")'):
        readings.append(question.replace(OBSERVER, f"north(at={at})").replace('"four"', '"compass8"'))
    readings.append(question.replace(OBSERVER, f"of({at})"))
    return Unclear("it does not say which way one faces there", tuple(readings))


def settled(program: str) -> Value:
    """The program, or what it leaves open."""
    program = program.replace(UPRIGHT, "world()").replace(
        "all() & ", ""
    )  # "things in view" is what is in view
    if OBSERVER in program:
        asked = _RELATION.search(program)
        if asked is None:
            return Unclear("it does not say from where, and facing what")
        reading = program.replace(asked[0], _as_direction(asked, f"of({asked['other']})"))
        return Unclear("it does not say whose left, right, front or back is meant", (reading,))
    if IT in program:
        return Unclear("it does not say what 'it' is")
    if THERE in program or AHEAD in program:
        return Unclear("it does not say where one is, or which way one faces")
    if ROUND in program:
        readings = tuple(program.replace(ROUND, way) for way in ("left", "right"))
        return Unclear("it does not say which way one turns", readings)
    if NEAR in program:
        return Unclear("near is no distance: say within how far", (program.replace(NEAR, "1"),))
    if SHORT in program:
        readings = tuple(program.replace(SHORT, along) for along in ("height", "longest"))
        return Unclear("short may be said of the height or of the length", readings)
    return program
