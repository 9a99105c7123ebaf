"""The families of questions: one file each, listed here."""

from typing import Final

from allocentric.errors import UnknownName
from allocentric.questions.families import (
    abs_distance_surface,
    anchored_direction,
    object_count,
    rel_distance,
)
from allocentric.questions.family import Family

FAMILIES: Final[tuple[Family, ...]] = (
    object_count.FAMILY,
    abs_distance_surface.FAMILY,
    *rel_distance.FAMILIES,
    *anchored_direction.FAMILIES,
)


def family(name: str) -> Family:
    """The family called `name`; raises UnknownName with the near miss.

    >>> family("object_count").code
    'A1'
    """
    found = [each for each in FAMILIES if each.name == name]
    if not found:
        known = [each.name for each in FAMILIES]
        raise UnknownName("kind of question", name, known, where="allocentric.questions.families")
    return found[0]
