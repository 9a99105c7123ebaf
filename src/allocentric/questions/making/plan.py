"""What a set is to be: which scenes, which kinds in which shares, how many, from which seed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from allocentric.questions.generate import CLEAR
from allocentric.questions.making.places import InFile, Looks, Made, Place
from allocentric.questions.question import Language
from allocentric.scene.json_text import encode
from allocentric.worlds.read import split_address

VERSION: Final = "2"  # of how sets are made: another one is another set


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of question in a set: what it is called there, its family, its share.

    `numbers`: it is asked of several things of a label too, each with its number, which pictures show.
    """

    type: str
    family: str
    weight: float = 1.0
    numbers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A set before it is made: the same plan, the same set."""

    places: tuple[Place, ...]
    wanted: tuple[Wanted, ...]
    count: int
    seed: int = 0
    clear: float = CLEAR
    looks: Looks | None = None
    language: Language = "en"
    twins: bool = False  # every twin of each question follows it
    reasoning: tuple[str, ...] = ()  # forms that each question carries
    pictures: str | None = None  # the folder for pictures of what the views see; None: none are made

    def fingerprint(self) -> str:
        """What the set hangs on; a file of scenes by its size and date."""
        held = (
            VERSION,
            self.wanted,
            self.count,
            self.seed,
            self.clear,
            self.looks,
            self.language,
            self.twins,
            self.reasoning,
        )
        return hashlib.sha256(encode([held, [_dated(each) for each in self.places]])).hexdigest()


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of work: so many questions of one scene, the first `skip` of which are there already."""

    place: int
    skip: int
    count: int


def _dated(place: Place) -> list[object]:
    match place:
        case Made(maker, seed):
            return [maker, seed]
        case InFile(address):
            path = split_address(address)[0]
            found = path.stat() if path.exists() else None
            return [address, found and found.st_size, found and found.st_mtime_ns]
