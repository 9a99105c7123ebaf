"""Slack of no width changes nothing: tilted boxes, meshes, regions, cameras, answered fast and by bounds."""

from dataclasses import replace

import numpy as np
import pytest

from allocentric.oracle.places import is_exact
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.parse import parse
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body, Bound, Unknown
from allocentric.seeds import stream
from tests.laws.loose_scenes import drawn_scene, loose_scene
from tests.laws.possible import decided_by_rounding, why_not_within
from tests.laws.programs import Writer, battery
from tests.quickly import quickly

NOTHING = 1e-300  # so small that no sum changes by it, yet not 0


def doubted(scene: Scene) -> Scene:
    """The same scene, its centres known to within nothing."""
    return replace(scene, center_slacks=np.full((len(scene), 3), NOTHING))


def differ(fast: Bound, fast_scene: Scene, slow: Bound, slow_scene: Scene) -> str | None:
    if decided_by_rounding(fast) or decided_by_rounding(slow):
        return None
    if isinstance(fast, Unknown) or isinstance(slow, Unknown):
        same = isinstance(fast, Unknown) and isinstance(slow, Unknown) and fast.reason == slow.reason
        return None if same else f"{fast} and {slow}"
    return why_not_within(fast, fast_scene, slow, slow_scene) or why_not_within(
        slow, slow_scene, fast, fast_scene
    )


def rounding_decides(program: CheckedProgram, scene: Scene) -> bool:
    """True where the last bit of a number decides on the way to an answer: a step on a border."""
    gave = (step.gave for step in evaluate(program, scene, proof=True)[1].steps)
    return any(getattr(each, "margin", None) is not None and decided_by_rounding(each) for each in gave)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(20))
def test_the_fast_path_and_the_bounds_say_the_same_of_an_exact_scene(seed: int) -> None:
    random = stream(seed, "no slack")
    scene = drawn_scene(loose_scene(random), random, corner=False)
    slow = doubted(scene)
    assert is_exact(scene, Body(0))
    assert not is_exact(slow, Body(0))
    views = [each.id for each in scene.views]
    writer = Writer(random, scene.names, sorted(set(scene.labels)), views, walks=False)
    with quickly():
        for text in [*battery(writer), *(writer.answer(2) for _ in range(10))]:
            program = check(parse(text))
            why = differ(evaluate(program, scene)[0], scene, evaluate(program, slow)[0], slow)
            assert why is None or rounding_decides(program, scene), f"{text}: {why}"
