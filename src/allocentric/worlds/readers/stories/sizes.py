"""Stories of sizes: what is bigger than what, what fits inside what; and their scene, a scale.

On the page that such a story becomes, up is bigger: each thing stands above those that are smaller than it.
Nothing is said of where the things are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from allocentric.errors import BadInput
from allocentric.scene.scene import Scene, Source
from allocentric.worlds.readers.stories.build import scene_from
from allocentric.worlds.readers.stories.statements import Bigger, Lies, NotRead, Statement, Way

SIZES: Final = "story of sizes"
"""The format that the source of such a scene names."""

_NAME: Final = r"(?:the |an? )?(\w[\w -]{0,60}?)"
_FORMS: Final = tuple(
    (re.compile(f"{_NAME} {form} {_NAME}", re.IGNORECASE), sign)
    for form, sign in (
        ("is (?:bigger|larger) than", 1),
        ("is smaller than", -1),
        ("fits (?:inside|into|in|within)(?: of)?", -1),
    )
)


_MARKED: Final = re.compile(r"\b(?:than|fits)\b", re.IGNORECASE)


def read_size(sentence: str) -> Bigger | None:
    """What a sentence says of two sizes; None where it says something else. Raises NotRead.

    >>> read_size("The cup fits inside the box")
    Bigger(thing='box', than='cup', sentence=0)
    """
    if _MARKED.search(sentence) is None:
        return None
    for form, sign in _FORMS:
        found = form.fullmatch(sentence)
        if found is not None:
            first, second = found.groups()
            if first.lower() == second.lower():
                raise NotRead(f"{first!r} is not bigger or smaller than itself")
            return Bigger(first, second) if sign > 0 else Bigger(second, first)
    return None


def scene_of_sizes(id: str, statements: Sequence[Statement], *, where: str) -> Scene:
    """The scale that statements about sizes make. Raises BadInput where some are about something else."""
    other = next((each for each in statements if not isinstance(each, Bigger)), None)
    if other is not None:
        raise BadInput(
            "the story tells of sizes, and of something else",
            where=f"{where}, sentence {other.sentence}",
            mend="tell of sizes in a story of their own",
        )
    above = [
        Lies(each.thing, each.than, Way(up=1), each.sentence)
        for each in statements
        if isinstance(each, Bigger)
    ]
    notes = ("up is bigger; nothing is said of where things are",)
    return scene_from(id, above, source=Source(SIZES, where, notes))
