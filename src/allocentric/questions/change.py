"""What is done to a scene before a question is asked of it: written down, so that anybody can do it again."""

from __future__ import annotations

from dataclasses import dataclass

from allocentric.oracle.known import known_from
from allocentric.scene.derive import Property, at_time, forget
from allocentric.scene.scene import Scene, Sensing


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


Change = Known | Forgotten | AtTime


def changed(scene: Scene, changes: tuple[Change, ...]) -> Scene:
    """The scene that a question is asked of: `scene` after each change, in order."""
    for each in changes:
        match each:
            case Known(views, sensing):
                scene = known_from(scene, views, sensing)
            case Forgotten(thing, property):
                scene = forget(scene, None if thing is None else scene.names.index(thing), property)
            case AtTime(time_s):
                scene = at_time(scene, time_s)
    return scene
