"""What who answers is told of how the scene is given: what was seen of it, what of it is not known."""

from __future__ import annotations

from typing import Final

from allocentric.questions.change import AtTime, Change, Forgotten, Known, Mirrored, Numbered, Renamed
from allocentric.words import a_list, say_number

_SENSED: Final = {
    "placed": ("of what it shows, place and size are known", "of what they show, place and size are known"),
    "depth": ("it has depth", "they have depth"),
    "picture": ("it is a picture alone", "they are pictures alone"),
}  # of one picture, of several
_UNKNOWN: Final = {
    "scale": "How long a unit of this scene is, is not known.",
    "north": "Where north is, is not known.",
    "complete": "There may be more things than are listed.",
    "floor": "Where one can walk is not known.",
}


def say_given(changes: tuple[Change, ...]) -> str:
    """What has to be said of a scene that is not given whole; nothing where it is.

    >>> say_given((Forgotten(None, "north"),))
    'Where north is, is not known.'
    """
    said = (_said(each) for each in changes)
    return " ".join(each for each in said if each)


def _said(change: Change) -> str:
    match change:
        case Known(views, sensing):
            listed = a_list([f"picture {each}" for each in views])
            seen, sensed = ("was", _SENSED[sensing][0]) if len(views) == 1 else ("were", _SENSED[sensing][1])
            return f"Only {listed} of this scene {seen} seen: {sensed}."
        case Forgotten(None, property):
            return _UNKNOWN[property]
        case Forgotten(thing, property):
            return f"The {property} of the {thing} is not known."
        case AtTime(time_s):
            return f"The scene is as it was at {say_number(time_s)} s."
        case Numbered():
            return "Of several things of a kind, each has its number."
        case Mirrored() | Renamed():
            return ""  # the scene is given as it then is
