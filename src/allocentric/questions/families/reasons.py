"""Why candidates are passed over, in the same words wherever it is the same rule."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from typing import Final, TypeVar

from allocentric.scene.truth import TOLERANCE
from allocentric.words import say_number

T = TypeVar("T")


def closer_than(least_m: float) -> str:
    """The reason of what is too near.

    >>> closer_than(0.3)
    'closer than 0.3 m'
    """
    return f"closer than {say_number(least_m)} m"


def farther_than(most_m: float) -> str:
    """The reason of what is too far.

    >>> farther_than(2.0)
    'farther than 2 m'
    """
    return f"farther than {say_number(most_m)} m"


def not_within(least_m: float, most_m: float) -> str:
    """The reason of what is too near or too far.

    >>> not_within(0.3, 5.0)
    'not between 0.3 and 5 m'
    """
    return f"not between {say_number(least_m)} and {say_number(most_m)} m"


def differ_by_less(least: float, unit: str = "m") -> str:
    """The reason of what is too much alike to be ranked.

    >>> differ_by_less(0.15)
    'differ by less than 0.15 m'
    """
    return f"differ by less than {say_number(least)} {unit}"


def near_a_border(within: float, unit: str = "m") -> str:
    """The reason of what lies too near to where the answer changes.

    >>> near_a_border(0.2)
    'within 0.2 m of a border'
    """
    return f"within {say_number(within)} {unit} of a border"


NEAR_A_SECTOR: Final = near_a_border(math.degrees(TOLERANCE["rad"]), "degrees")
ALIKE_IN_ANGLE: Final = differ_by_less(math.degrees(TOLERANCE["rad"]), "degrees")
NO_FRONT: Final = "has no front"
NO_HEADING: Final = "the camera looks up or down"
NOTHING_BESIDE: Final = "nothing else is well seen in the picture"
THINGS_MOVE: Final = "things move in the scene"
UNBALANCED: Final = "nothing left to balance it"


def listed(these: Iterable[T | str]) -> Generator[str, None, list[T]]:
    """What is no reason, as a list; the reasons among it are given on.

    >>> def both():
    ...     held = yield from listed([1, "too near", 2])
    ...     yield f"{len(held)} held"
    >>> list(both())
    ['too near', '2 held']
    """
    held = list[T]()
    for each in these:
        if isinstance(each, str):
            yield each
        else:
            held.append(each)
    return held
