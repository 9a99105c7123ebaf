"""Whether there is a thing of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.questions.families.measures import in_turn
from allocentric.questions.families.things import counted
from allocentric.questions.family import Ask, Family
from allocentric.scene.labels import rows_labelled
from allocentric.scene.scene import Scene
from allocentric.words import plural

_KINDS: Final = """armchair basket bathtub bed bench book bookshelf bowl box cabinet chair clock counter cup
curtain desk dishwasher dresser fridge keyboard kettle lamp laptop microwave mirror monitor nightstand oven
picture pillow plant plate printer rug shelf sink sofa stool stove suitcase table television toaster toilet
towel vase wardrobe"""
"""Kinds that a room may well have, and may well lack."""


def _asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    """Kinds that are there and kinds that are not, in turn."""
    here = sorted(counted(scene))
    away = [each for each in _KINDS.split() if not rows_labelled(scene, each)]

    def asked(kinds: list[str]) -> Iterator[Ask]:
        for row in random.permutation(len(kinds)):
            kind = kinds[int(row)]
            article = "an" if kind[0] in "aeiou" else "a"
            yield Ask(f'exists(all("{kind}"))', {"thing": f"{article} {kind}", "things": plural(kind)})

    return in_turn(random, asked(here), asked(away))


FAMILY = Family(
    name="existence",
    code="A4",
    about="whether there is a thing of a kind",
    kind="yes_no",
    templates=(
        "Is there {thing} in this room?",
        "Is there {thing} here?",
        "Are there any {things} in this room?",
        "Does this room have {thing}?",
    ),
    asks=_asks,
    needs=("things", "complete"),
)
