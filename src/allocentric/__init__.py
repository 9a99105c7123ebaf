"""Ask a scene, get an answer with its proof.

>>> import allocentric as allo
>>> room = allo.scene_of("room", [allo.Thing(label="sofa"), allo.Thing(label="tv", center=(3, 4, 0))])
>>> allo.ask(room, 'distance(the("sofa"), the("tv"))').value
5.0
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocentric.errors import AllocentricError, BadInput, UnknownName
    from allocentric.oracle.known import known_from
    from allocentric.oracle.next_view import NextView, best_next_view, next_views
    from allocentric.query.answer import Answer
    from allocentric.query.ask import ask
    from allocentric.query.batch import Asked, Failure, ask_all
    from allocentric.query.cards import cards, program_of
    from allocentric.scene.derive import at_time, forget, learn
    from allocentric.scene.scene import Scene, Thing, View, scene_of
    from allocentric.scene.truth import Measured, Undetermined
    from allocentric.views.plan import Plan, draw_plan
    from allocentric.worlds.makers import make
    from allocentric.worlds.overview import Overview, overview
    from allocentric.worlds.read import read, read_all, scene_ids
    from allocentric.worlds.write import write

__all__ = [
    "AllocentricError",
    "Answer",
    "Asked",
    "BadInput",
    "Failure",
    "Measured",
    "NextView",
    "Overview",
    "Plan",
    "Scene",
    "Thing",
    "Undetermined",
    "UnknownName",
    "View",
    "ask",
    "ask_all",
    "at_time",
    "best_next_view",
    "cards",
    "draw_plan",
    "forget",
    "known_from",
    "learn",
    "make",
    "next_views",
    "overview",
    "program_of",
    "read",
    "read_all",
    "scene_ids",
    "scene_of",
    "write",
]

_HOME = {
    "errors": ("AllocentricError", "BadInput", "UnknownName"),
    "oracle.known": ("known_from",),
    "oracle.next_view": ("NextView", "best_next_view", "next_views"),
    "query.answer": ("Answer",),
    "query.ask": ("ask",),
    "query.batch": ("Asked", "Failure", "ask_all"),
    "query.cards": ("cards", "program_of"),
    "scene.derive": ("at_time", "forget", "learn"),
    "scene.scene": ("Scene", "Thing", "View", "scene_of"),
    "scene.truth": ("Measured", "Undetermined"),
    "views.plan": ("Plan", "draw_plan"),
    "worlds.makers": ("make",),
    "worlds.overview": ("Overview", "overview"),
    "worlds.read": ("read", "read_all", "scene_ids"),
    "worlds.write": ("write",),
}


def __getattr__(name: str) -> Any:
    """What is asked for by name, from the module where it lives: nothing is imported before."""
    for module, names in _HOME.items():
        if name in names:
            found = getattr(import_module(f"allocentric.{module}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module 'allocentric' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
