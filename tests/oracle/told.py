"""What a program comes to on a scene, for tests that state it in a line."""

from typing import Any

from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.parse import parse
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.scene.truth import Measured, Undetermined


def told(scene: Scene, program: str) -> Measured | Undetermined:
    """The result of a program, with its proof."""
    bound, run = evaluate(check(parse(program)), scene, proof=True)
    return finish(scene, bound, run.cells)


def value(scene: Scene, program: str) -> Any:
    """The value of a program that the scene decides."""
    result = told(scene, program)
    assert isinstance(result, Measured), result
    return result.value


def reason(scene: Scene, program: str) -> str:
    """Why the scene does not decide a program."""
    result = told(scene, program)
    assert isinstance(result, Undetermined), result
    assert result.remedy
    return result.reason


def cube(label: str, x: float, y: float, z: float = 0.5, **other: Any) -> Thing:
    """A cube of one metre, or of another size."""
    return Thing(label=label, center=(x, y, z), size=other.pop("size", (1.0, 1.0, 1.0)), **other)


def place(*things: Thing, **shared: Any) -> Scene:
    """A scene of these things, complete unless something else is said."""
    return scene_of("place", things, **{"complete": Complete(), **shared})
