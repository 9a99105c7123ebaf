"""In which direction one sets out from a place of a map to another: by the compass, and in degrees."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from allocentric.geometry import globe
from allocentric.geometry.sectors import RINGS
from allocentric.questions.families.geo_things import pairs, spoken, the
from allocentric.questions.families.reasons import NEAR_A_SECTOR
from allocentric.questions.family import Ask, Family
from allocentric.scene.scene import Scene
from allocentric.scene.truth import TOLERANCE

EIGHT: Final = RINGS["compass8"].labels
MOST_DRAWN: Final = 3_000


def _sectors(scene: Scene, random: np.random.Generator) -> Iterator[Ask | str]:
    names = spoken(scene)
    for at, to in pairs(scene, random, MOST_DRAWN):
        if (scene.centers[at, :2] == scene.centers[to, :2]).all():
            yield "in the same place"
            continue
        azimuth = globe.azimuth_deg(tuple(scene.centers[at, :2]), tuple(scene.centers[to, :2]))
        if RINGS["compass8"].gap_rad(-math.radians(azimuth)) < TOLERANCE["rad"]:
            yield NEAR_A_SECTOR
            continue
        program = f'direction({the(scene, to)}, north(at={the(scene, at)}), sectors="compass8")'
        yield Ask(program, {"at": names[at], "to": names[to]}, options=EIGHT)


def _azimuths(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    names = spoken(scene)
    for at, to in pairs(scene, random, MOST_DRAWN):
        program = f'bearing({the(scene, to)}, north(at={the(scene, at)}), turning="right")'
        yield Ask(program, {"at": names[at], "to": names[to]})


FAMILIES: Final = (
    Family(
        name="geo_direction",
        code="J3",
        about="in which of eight directions one sets out from the centre of one thing of a map to another's",
        kind="choice",
        templates=(
            "In which compass direction is {to} from {at}?",
            "What is the compass direction from {at} to {to}?",
        ),
        asks=_sectors,
        needs=("things", "globe"),
        frame="map",
    ),
    Family(
        name="geo_azimuth",
        code="J3",
        about="the azimuth, clockwise from north, from the centre of one thing of a map to another's",
        kind="angle",
        templates=(
            "What is the azimuth of {to} from {at} in degrees?",
            "In degrees, what is the bearing of {to} from {at} clockwise from north?",
        ),
        asks=_azimuths,
        needs=("things", "globe"),
        unit="deg",
        frame="map",
    ),
)
