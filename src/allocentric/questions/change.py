"""What is done to a scene before a question is asked of it: written down, so that anybody can do it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from allocentric.errors import BadInput
from allocentric.oracle.known import known_from
from allocentric.scene.derive import Property, at_time, forget
from allocentric.scene.mirror import mirrored
from allocentric.scene.numbered import numbered
from allocentric.scene.scene import Scene, Sensing, derived


@dataclass(frozen=True, slots=True)
class Known:
    """Only what these views tell is known: see `known_from`."""

    views: tuple[str, ...]
    sensing: Sensing = "placed"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A property of a thing (None: of the whole scene) is forgotten: see `forget`."""

    thing: str | None
    property: Property


@dataclass(frozen=True, slots=True)
class AtTime:
    """The things stand where they are at this time, in seconds."""

    time_s: float


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The scene in a mirror: see `mirrored`."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """Things that are the only ones of their label take other labels, and names: old and new, in pairs."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Several things of a label are told apart by numbers, as pictures show them: see `numbered`."""


Change = Known | Forgotten | AtTime | Mirrored | Renamed | Numbered

KEPT: Final = 16  # changed scenes that a scene keeps: many questions are asked after the same changes


def changed(scene: Scene, changes: tuple[Change, ...]) -> Scene:
    """The scene that a question is asked of: `scene` after each change, in order; the latest are kept."""
    for each in changes:
        kept: OrderedDict[Change, Scene] = scene.cached("changed", OrderedDict)
        if each not in kept:
            kept[each] = _changed(scene, each)
            if len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end(each)
        scene = kept[each]
    return scene


def _changed(scene: Scene, change: Change) -> Scene:
    match change:
        case Known(views, sensing):
            return known_from(scene, views, sensing)
        case Forgotten(thing, property):
            return forget(scene, None if thing is None else scene.names.index(thing), property)
        case AtTime(time_s):
            return at_time(scene, time_s)
        case Mirrored():
            return mirrored(scene)
        case Renamed(pairs):
            return _renamed(scene, dict(pairs))
        case Numbered():
            return numbered(scene)


def _renamed(scene: Scene, new: Mapping[str, str]) -> Scene:
    """The same geometry under other labels; raises BadInput for a label that several things have."""
    for label in new:
        if scene.labels.count(label) != 1:
            what = f"{scene.labels.count(label)} things are called {label!r}"
            raise BadInput(what, where=f"scene {scene.id!r}", mend="rename what is the only one of its label")
    labels = tuple(new.get(label, label) for label in scene.labels)
    names = tuple(new.get(label, name) for label, name in zip(scene.labels, scene.names))
    return derived(scene, "under other names", labels=labels, names=names)
