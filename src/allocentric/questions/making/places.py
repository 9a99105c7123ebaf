"""Where the scenes of a set come from: files, or makers and seeds; with views to walk through them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.scene.scene import Scene, View
from allocentric.views.paths import panoramas, walk_through
from allocentric.worlds import makers
from allocentric.worlds.read import read, scene_ids, split_address

CAMERA: Final = Pinhole(640, 480, 554.0, 554.0, 320.0, 240.0)
SECONDS_A_VIEW: Final = 1.0
_WORLDS: Final = re.compile(r"([a-z_]+):([0-9]{1,9})")
_VIEWS: Final = re.compile(r"(walk|panorama|scene)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Made:
    """A scene of a maker, from a seed."""

    maker: str
    seed: int

    @property
    def name(self) -> str:
        """How the set speaks of it."""
        return f"{self.maker}-{self.seed}"


@dataclass(frozen=True, slots=True)
class InFile:
    """A scene of a file: its address, as for `read`, and its id."""

    address: str
    name: str


Place = Made | InFile


@dataclass(frozen=True, slots=True)
class Looks:
    """Which views each scene is seen in: along a walk through it, around in each room, or its own."""

    kind: Literal["walk", "panorama", "scene"]
    count: int | None = None


def places_in(addresses: Sequence[str], worlds: Sequence[str], *, seed: int) -> tuple[Place, ...]:
    """Every scene of these files and folders, then the worlds, such as "flats:500", from the seed on.

    A broken file among others is a place too: whoever comes to it says why it is skipped. Raises BadInput
    where a file is missing, none can be read, there is none, or two scenes have one name.
    """
    found: list[Place] = [each for address in addresses for each in _in_file(address)]
    if found and not worlds and all(_is_broken(each) for each in found):
        scene_at(found[0])  # says why
    found += [each for world in worlds for each in _made(world, seed)]
    if not found:
        mend = "give a file of scenes, or --worlds flats:10"
        raise BadInput("there are no scenes", where="the scenes", mend=mend)
    _check_names(found)
    return tuple(found)


def scene_at(place: Place, looks: Looks | None = None) -> Scene:
    """The scene of a place, called by its name there, with its views; raises BadInput where it is broken."""
    scene = makers.make(place.maker, place.seed) if isinstance(place, Made) else read(place.address)
    scene = scene if scene.id == place.name else replace(scene, id=place.name)
    return scene if looks is None or looks.kind == "scene" else replace(scene, views=_seen(scene, looks))


def read_looks(text: str) -> Looks:
    """What `--views` says: "walk:32", "panorama", "scene"; raises BadInput.

    >>> read_looks("walk:32")
    Looks(kind='walk', count=32)
    """
    found = _VIEWS.fullmatch(text)
    if found is None or found[2] == "0":
        raise BadInput(
            "these are no views", where=f"--views {text!r}", mend="write walk:32, panorama:8 or scene"
        )
    return Looks(found[1], int(found[2]) if found[2] else None)  # type: ignore[arg-type]


def _in_file(address: str) -> Iterable[Place]:
    path, id = split_address(address)
    if id is not None:
        return (InFile(address, id),)
    if path.is_dir() and (files := sorted(path.glob("*.json"))) and not _is_scene(path):
        return tuple(each for file in files for each in _in_file(str(file)))
    if path.is_dir() and not _is_scene(path):
        mend = "name a folder of .json files, or one in a layout that allo show can read"
        raise BadInput("there are no scenes in this folder", where=address, mend=mend)
    try:
        return tuple(InFile(f"{address}#{each}", each) for each in scene_ids(path))
    except BadInput:
        if not path.is_file():
            raise
        return (InFile(address, address),)


def _is_broken(place: Place) -> bool:
    """Whether a file could not even tell which scenes it holds."""
    return isinstance(place, InFile) and place.name == place.address


def _is_scene(path: Path) -> bool:
    """Whether a folder is itself in a layout that can be read."""
    try:
        return bool(scene_ids(path))
    except BadInput:
        return False


def _made(world: str, seed: int) -> Iterable[Place]:
    found = _WORLDS.fullmatch(world)
    if found is None or int(found[2]) == 0:
        raise BadInput(
            "these are no worlds", where=f"--worlds {world!r}", mend="write flats:500, a maker and a number"
        )
    known = [each.name for each in makers.MAKERS]
    name = found[1] if found[1] in known else found[1].removesuffix("s")
    makers.maker(name)  # an unknown one is named with its near miss
    return tuple(Made(name, seed + number) for number in range(int(found[2])))


def _check_names(places: Sequence[Place]) -> None:
    seen = dict[str, Place]()
    for each in places:
        other = seen.setdefault(each.name, each)
        if other is not each:
            what = f"two scenes are called {each.name!r}"
            where = ", ".join(one.address if isinstance(one, InFile) else "a maker" for one in (other, each))
            raise BadInput(what, where=where, mend="give one of them another id, or leave it out")


def _seen(scene: Scene, looks: Looks) -> tuple[View, ...]:
    """The views, evenly spread from the first to the last, a second apart."""
    made = panoramas(scene) if looks.kind == "panorama" else walk_through(scene, CAMERA)
    count = len(made) if looks.count is None else min(looks.count, len(made))
    chosen = [made[round(row * (len(made) - 1) / max(count - 1, 1))] for row in range(count)]
    return tuple(replace(each, time_s=row * SECONDS_A_VIEW) for row, each in enumerate(chosen))
