"""Knowing more never widens what is possible; forgetting a fact never narrows it."""

from functools import cache

import pytest

from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.scene.derive import Property, forget
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Bound, Unknown
from allocentric.seeds import stream
from tests.laws.loose_scenes import Random, loose_scene
from tests.laws.narrower_scenes import narrower_scene
from tests.laws.possible import decided_by_rounding, may_meet, why_not_within
from tests.laws.programs import Writer, battery
from tests.quickly import quickly

SCENES = 12
CHAINS = 3
OWNED: tuple[Property, ...] = ("place", "size", "heading", "front")
SHARED: tuple[Property, ...] = ("complete", "north", "scale")


@cache
def loose(seed: int) -> Scene:
    return loose_scene(stream(seed, "loose scene to narrow"))


@cache
def programs(seed: int) -> tuple[tuple[str, CheckedProgram], ...]:
    scene = loose(seed)
    writer = Writer(
        stream(seed, "programs to narrow"),
        scene.names,
        sorted(set(scene.labels)),
        [each.id for each in scene.views],
        walks=scene.floor is not None,
    )
    texts = [*battery(writer), *(writer.answer(2) for _ in range(10))]
    return tuple((text, check(parse(text))) for text in texts)


def widened(narrow: Bound, narrow_scene: Scene, wide: Bound, wide_scene: Scene) -> str | None:
    """Why `narrow` may be what `wide` says cannot be, or is less decided than it."""
    if decided_by_rounding(narrow) or decided_by_rounding(wide):
        return None
    if isinstance(narrow, Unknown) and not isinstance(wide, Unknown):
        if narrow.reason == "never_seen" or (
            narrow.reason in ("overlap", "not_placed") and not wide_scene.metric
        ):
            return None  # 5 cm is too near to tell a direction, and how much that is hangs on the scale
        known = settled(wide_scene, wide) is not None
        return f"undetermined, {narrow.reason}, where it was {wide}" if known else None
    why = why_not_within(narrow, narrow_scene, wide, wide_scene)
    too_near = not wide_scene.metric and may_meet(narrow, narrow_scene, wide, wide_scene)
    return None if why is None or too_near else why


@cache
def known(seed: int) -> tuple[Bound, ...]:
    """What is possible in the scene itself, program by program."""
    return tuple(evaluate(program, loose(seed))[0] for _, program in programs(seed))


@pytest.mark.parametrize("seed", range(SCENES))
def test_knowing_more_never_widens_what_is_possible(seed: int) -> None:
    random = stream(seed, "narrower")
    with quickly():
        for _ in range(CHAINS):
            narrow = narrower_scene(loose(seed), random)
            for (text, program), wide in zip(programs(seed), known(seed)):
                why = widened(evaluate(program, narrow)[0], narrow, wide, loose(seed))
                assert why is None, f"{text}: {why}"


@pytest.mark.parametrize("seed", range(SCENES))
def test_forgetting_a_fact_never_narrows_what_is_possible(seed: int) -> None:
    random = stream(seed, "forgotten")
    with quickly():
        for _ in range(CHAINS):
            row, property = fact(loose(seed), random)
            # The width of a thing without a front is, by definition, that of its longer side.
            but = ("width", "depth") if property == "front" else ("nothing",)
            wide = forget(loose(seed), row, property)
            for (text, program), narrow in zip(programs(seed), known(seed)):
                why = widened(narrow, loose(seed), evaluate(program, wide)[0], wide)
                assert why is None or any(word in text for word in but), f"{text}: {why}"


def fact(scene: Scene, random: Random) -> tuple[int | None, Property]:
    """A fact to forget; not the size of what has a shape of its own, which need not hold its centre."""
    if random.random() < 0.3:
        return None, SHARED[int(random.integers(len(SHARED)))]
    row = int(random.choice([row for row, shape in enumerate(scene.shapes) if shape is None]))
    return row, OWNED[int(random.integers(len(OWNED)))]


@pytest.mark.parametrize("seed", range(4))
def test_forgetting_fact_after_fact_ends_with_nothing_known(seed: int) -> None:
    scene = loose(seed)
    for row in range(len(scene)):
        for property in ("place", "size", "heading", "front", "area", "volume"):
            scene = forget(scene, row, property)
    a, b = scene.names[0], scene.names[1]
    for text in (
        f'distance(the("{a}"), the("{b}")) < 1',
        f'direction(the("{a}"), world(at=the("{b}")), sectors="four")',
        f'nearest([the("{a}"), the("{b}")], to=the("{scene.names[2]}"))',
        f'on(the("{a}"), the("{b}"))',
        f'facing(the("{a}"), the("{b}"))',
    ):
        bound, _ = evaluate(check(parse(text)), scene)
        assert settled(scene, bound) is None, text
