"""A verifier of embodied tasks: conditions on a final state, eight types of them, joined by AND or OR.

A state is one JSON object: `objects`, each with `objectType`, `position` {x, y, z}, `parentReceptacles`,
`room` and its states by name (isOpen, isToggled, ..., fillLiquid); and `agent` with `position` and `room`.
"""

from __future__ import annotations

import math
from typing import Any, Final

import msgspec
import shapely

from allocentric.bench.sample import Sample

WITHIN_M: Final = {"strict": 3.0, "medium": 5.0, "loose": 10.0}
_VARIANTS: Final = ("", "Sliced", "Cracked")  # a sliced apple is an apple


class Condition(msgspec.Struct, frozen=True):
    """One condition of a task, as it stands in the release."""

    type: str
    object_type: str = ""
    receptacle_type: str = ""
    room_type: str = ""
    state: str = ""
    field: str = ""
    value: bool | str = True
    liquid: str = ""
    distance: float = 1.5
    count: int = 1
    target_polygon: tuple[tuple[float, ...], ...] = ()
    target_location: tuple[float, ...] = ()
    threshold_label: str = "medium"


class _Place(msgspec.Struct):
    x: float
    y: float
    z: float = 0.0


class _Agent(msgspec.Struct):
    position: _Place | None = None
    room: str = ""


class State(msgspec.Struct):
    """What a scene has come to."""

    objects: list[dict[str, Any]] = []
    agent: _Agent = msgspec.field(default_factory=_Agent)


def verified(reply: str, sample: Sample) -> float | None:
    """1 where the final state in a reply fulfils the task; None where the reply is no state."""
    try:
        state = msgspec.json.decode(reply.strip(), type=State)
    except (msgspec.DecodeError, RecursionError):
        return None
    held = [fulfilled(each, state) for each in sample.fields["conditions"]]
    joined = any if str(sample.fields["logic"]).upper() == "OR" else all
    return float(bool(held) and joined(held))


def fulfilled(condition: Condition, state: State) -> bool:
    """Whether a state fulfils one condition; a type that is not known is never fulfilled."""
    things = [
        each
        for each in state.objects
        if each.get("objectType") in [condition.object_type + end for end in _VARIANTS]
    ]
    rooms = [str(each.get("room", "")) for each in things]
    match condition.type:
        case "object_state":
            return any(_has_state(condition, each) for each in things)
        case "object_in_receptacle":
            inside = sum(_is_in(condition.receptacle_type, each) for each in things)
            return inside >= condition.count if _truth(condition.value) else inside == 0
        case "object_in_room":
            return condition.room_type in rooms
        case "object_not_in_room":
            return condition.room_type not in rooms
        case "agent_in_room":
            return state.agent.room == condition.room_type
        case "agent_near_object":
            return any(_apart(state, each.get("position")) <= condition.distance for each in things)
        case "polygon_area":
            return _off_area(state, condition) <= WITHIN_M.get(
                condition.threshold_label.lower(), WITHIN_M["medium"]
            )
        case "distance_to_waypoint":
            x, y, *_ = condition.target_location
            reach_m = WITHIN_M.get(condition.threshold_label.lower(), WITHIN_M["medium"])
            at = state.agent.position
            return at is not None and math.hypot(at.x - x, at.y - y) <= reach_m
    return False


def _truth(value: bool | str) -> bool:
    return value if isinstance(value, bool) else value.strip().lower() == "true"


def _has_state(condition: Condition, thing: dict[str, Any]) -> bool:
    name = condition.state or condition.field or "isOpen"
    wanted = _truth(condition.value)
    if thing.get(name) is not wanted:
        return False
    pours = bool(condition.liquid) and name == "isFilledWithLiquid" and wanted
    return not pours or str(thing.get("fillLiquid", "")).lower() == condition.liquid.lower()


def _is_in(receptacle: str, thing: dict[str, Any]) -> bool:
    parents = thing.get("parentReceptacles") or ()
    return any(str(each).partition("|")[0] == receptacle for each in parents)


def _apart(state: State, place: Any) -> float:
    """How far the agent is from a thing on the floor; y is up in these scenes."""
    at = state.agent.position
    if at is None or not isinstance(place, dict):
        return math.inf
    x, z = place.get("x"), place.get("z")
    if not isinstance(x, int | float) or not isinstance(z, int | float):
        return math.inf
    return math.hypot(at.x - x, at.z - z)


def _off_area(state: State, condition: Condition) -> float:
    """How far the agent is from an area on the ground, 0 within; x and y lie on the ground there."""
    at = state.agent.position
    if at is None or len(condition.target_polygon) < 3:
        return math.inf
    area = shapely.Polygon([corner[:2] for corner in condition.target_polygon])
    return float(area.distance(shapely.Point(at.x, at.y)))
