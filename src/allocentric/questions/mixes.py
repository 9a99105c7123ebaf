"""What benchmarks call kinds of questions, and the mix that each is made of."""

from __future__ import annotations

from typing import Final

from allocentric.errors import UnknownName
from allocentric.questions.families import FAMILIES
from allocentric.questions.making.plan import Wanted

MIXES: Final[dict[str, tuple[Wanted, ...]]] = {
    "vsi": (
        Wanted("object_counting", "object_count"),
        Wanted("object_abs_distance", "abs_distance_surface"),
        Wanted("object_size_estimation", "object_size"),
        Wanted("room_size_estimation", "room_size"),
        Wanted("object_rel_distance", "rel_distance_closest"),
        Wanted("object_rel_direction_easy", "anchored_direction_easy"),
        Wanted("object_rel_direction_medium", "anchored_direction_medium"),
        Wanted("object_rel_direction_hard", "anchored_direction_hard"),
    ),
}
"""What each benchmark calls its kinds, and which of ours they are."""


def kinds(text: str) -> tuple[Wanted, ...]:
    """The kinds that `--kinds` names: "all", a benchmark's mix, or names with commas between them.

    Raises UnknownName with the near miss.

    >>> [each.type for each in kinds("object_count,rel_distance_closest")]
    ['object_count', 'rel_distance_closest']
    """
    if text == "all":
        return tuple(Wanted(each.name, each.name) for each in FAMILIES)
    found = list[Wanted]()
    families = [each.name for each in FAMILIES]
    for name in (each.strip() for each in text.split(",")):
        if name not in MIXES and name not in families:
            raise UnknownName("kind of question", name, ["all", *MIXES, *families], where="--kinds")
        found += MIXES.get(name, (Wanted(name, name),))
    return tuple(dict.fromkeys(found))
