"""What an answer hangs on is enough and none too much; what would settle it, settles it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

import pytest

from allocentric.intervals import Arc, Interval
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.query.proof import explain, needed_facts, remedy, settling_facts
from allocentric.scene.derive import Property, forget, knowing_only, learn
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.scene.truth import Bound, Fact, Path, Quantity
from allocentric.seeds import stream
from tests.laws.loose_scenes import drawn_scene, loose_scene
from tests.laws.possible import decided_by_rounding, why_not_within
from tests.laws.programs import Writer, battery
from tests.quickly import quickly

OWNED: tuple[Property, ...] = ("place", "size", "heading", "front", "area", "volume")
SHARED: tuple[Property, ...] = ("complete", "north", "floor")

ROOM: Scene = scene_of(
    "room",
    [
        Thing(label="sofa", center=(0, 0, 0.4), size=(1, 2, 0.8), front=(1, 0, 0)),
        Thing(label="tv", center=(4, 0, 1), size=(0.1, 1.2, 0.7)),
        Thing(label="table", center=(2, 0.5, 0.35), size=(0.8, 1, 0.7), front=(0, 1, 0)),
        Thing(label="cup", center=(2.2, 0.6, 0.75), size=(0.1, 0.1, 0.1)),
        Thing(label="chair", center=(2, 2, 0.4), size=(0.5, 0.5, 0.8)),
        Thing(label="chair", center=(2, -2, 0.4), size=(0.5, 0.5, 0.8)),
    ],
    complete=Complete(),
    north=Arc(0.3),
)


def program(text: str) -> CheckedProgram:
    return check(parse(text))


def answer(text: str, scene: Scene) -> Any:
    return settled(scene, evaluate(program(text), scene)[0])


def key(scene: Scene, fact: Fact) -> tuple[int | None, Property]:
    property = next(each for each in get_args(Property) if each == fact.property)
    return None if fact.thing is None else scene.row(fact.thing), property


def facts(text: str, scene: Scene = ROOM) -> set[tuple[str | None, str]]:
    return {(each.thing, each.property) for each in needed_facts(program(text), scene)}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ('distance(the("sofa"), the("tv"), geometry="centre")', {("sofa", "place"), ("tv", "place")}),
        ('extent(the("sofa"), along="height")', {("sofa", "size")}),
        ('extent(the("table"), along="width")', {("table", "size"), ("table", "front")}),
        ('extent(the("chair 1"), along="width")', {("chair 1", "size")}),
        ('count(all("chair"))', {(None, "complete")}),
        ('the("chair 1") == the("chair 1")', set()),
        (
            'direction(the("tv"), of(the("sofa")), sectors="four")',
            {("sofa", "place"), ("sofa", "heading"), ("sofa", "front"), ("tv", "place")},
        ),
        (
            'direction(the("tv"), north(at=the("sofa")), sectors="compass4")',
            {("sofa", "place"), ("tv", "place"), (None, "north")},
        ),
        ('offset(the("cup"), world(), axis="up")', {("cup", "place")}),
        ('exists(all("chair"))', set()),
        ('distance(the("sofa"), the("tv"), geometry="centre") < 1 and exists(all("sofa"))', "first"),
    ],
)
def test_an_answer_hangs_on_exactly_these_facts(text: str, needed: Any) -> None:
    places = {("sofa", "place"), ("tv", "place")}
    assert facts(text) == (places if needed == "first" else needed)


def test_a_false_and_hangs_on_its_false_part_alone() -> None:
    false = 'inside(the("cup"), the("sofa"))'
    true = 'on(the("cup"), the("table"))'
    assert facts(f"{false} and {true}") == facts(false)
    assert facts(f"{true} or {false}") == facts(true)
    assert facts(f"{true} and {true}") == facts(true)


def test_the_nearest_hangs_on_those_that_are_farther_too() -> None:
    told = facts('nearest([the("table"), the("tv")], to=the("sofa"))')
    assert {("sofa", "place"), ("table", "place"), ("tv", "place")} <= told
    assert ("chair 1", "place") not in told


def same(bound: Bound, scene: Scene, as_before: Bound, before: Scene) -> bool:
    """True where an answer is as it was: a number as tight, all else the same."""
    if isinstance(as_before, Quantity | Path):
        return why_not_within(bound, scene, as_before, before) is None and settled(scene, bound) is not None
    return settled(scene, bound) is not None and why_not_within(bound, scene, as_before, before) is None


def exact_room(seed: int) -> Scene:
    """An exact, complete scene of boxes."""
    random = stream(seed, "proofs")
    drawn = drawn_scene(loose_scene(random), random, corner=False)
    boxes = [each for each in drawn.things() if each.shape is None]
    return scene_of(
        "proofs", boxes, views=drawn.views, floor=drawn.floor, north=drawn.north, complete=Complete()
    )


@pytest.mark.parametrize("seed", range(7))
def test_the_needed_facts_are_enough_and_none_of_them_can_be_dropped(seed: int) -> None:
    scene, proved = exact_room(seed), 0
    views = [each.id for each in scene.views]
    writer = Writer(
        stream(seed, "proved"),
        scene.names,
        sorted(set(scene.labels)),
        views,
        walks=scene.floor is not None,
    )
    with quickly():
        for text in [*battery(writer)[seed % 3 :: 3], *(writer.answer(1) for _ in range(8))]:
            bound, _ = evaluate(program(text), scene)
            if settled(scene, bound) is None or decided_by_rounding(bound):
                continue
            needed = [key(scene, each) for each in needed_facts(program(text), scene)]
            bare = all_forgotten_but(needed, scene)
            assert same(evaluate(program(text), bare)[0], bare, bound, scene), f"{text}: {needed}"
            if "width" in text or "depth" in text:
                continue  # a thing without a front has a width too: another one
            for row, property in needed:
                without = forget(bare, row, property)
                left = evaluate(program(text), without)[0]
                assert not same(left, without, bound, scene), f"{text}: {row}, {property} is not needed"
            proved += 1
    assert proved > 15


def all_forgotten_but(kept: Sequence[tuple[int | None, Property]], scene: Scene) -> Scene:
    for row in range(len(scene)):
        for owned in OWNED:
            scene = scene if (row, owned) in kept else forget(scene, row, owned)
    for shared in SHARED:
        scene = scene if (None, shared) in kept else forget(scene, None, shared)
    return scene


@pytest.mark.parametrize("seed", range(6))
def test_to_forget_all_but_a_few_facts_is_to_forget_the_others_one_by_one(seed: int) -> None:
    scene, random = loose_scene(stream(seed, "kept")), stream(seed, "which")
    every = [(row, each) for row in range(len(scene)) for each in OWNED] + [(None, each) for each in SHARED]
    kept = [each for each in every if random.random() < 0.5]
    one_by_one, at_once = all_forgotten_but(kept, scene), knowing_only(scene, kept)
    for field in ("center_slacks", "size_slacks", "yaw_slacks_rad", "fronts"):
        assert repr(getattr(one_by_one, field)) == repr(getattr(at_once, field))
    for field in ("differences", "stated", "complete", "north", "floor", "shapes", "scale"):
        assert getattr(one_by_one, field) == getattr(at_once, field)


def test_what_is_undetermined_has_no_needed_facts_and_what_is_determined_nothing_to_settle() -> None:
    lost = forget(ROOM, ROOM.row("tv"), "place")
    near = 'distance(the("sofa"), the("tv")) < 1'
    assert needed_facts(program(near), lost) == ()
    assert settling_facts(program(near), ROOM) == ()


@pytest.mark.parametrize(
    ("text", "row", "property"),
    [
        ('distance(the("sofa"), the("tv"))', 1, "place"),
        ('direction(the("tv"), standing(at=the("sofa"), facing=the("cup")), sectors="four")', 1, "place"),
        ('volume(the("tv"))', 1, "size"),
        ('facing(the("sofa"), the("tv"))', 0, "heading"),
        ('facing(the("sofa"), the("tv"))', 0, "front"),
        ('count(all("chair"))', None, "complete"),
        ('direction(the("tv"), north(at=the("sofa")), sectors="compass4")', None, "north"),
        ('distance(the("sofa"), the("tv"))', None, "scale"),
        ('nearest(all("chair"), to=the("cup"))', None, "complete"),
    ],
)
def test_the_fact_that_was_forgotten_settles(text: str, row: int | None, property: Property) -> None:
    lost = forget(ROOM, row, property)
    if property == "heading":
        lost = replace(lost, yaw_slacks_rad=lost.yaw_slacks_rad * 0.3)
    assert answer(text, lost) is None
    settling = settling_facts(program(text), lost)
    assert (row, property) in [(each.row, each.property) for each in settling]
    assert remedy(lost, settling)
    for each in settling:
        told = next(one for one in get_args(Property) if one == each.property)
        assert answer(text, learn(lost, each.row, told)) is not None


def test_only_what_settles_alone_is_named() -> None:
    lost = forget(forget(ROOM, 0, "place"), 1, "place")
    assert settling_facts(program('distance(the("sofa"), the("tv"))'), lost) == ()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_said_to_settle_settles(seed: int) -> None:
    scene = loose_scene(stream(seed, "settling"))
    writer = Writer(
        stream(seed, "to settle"), scene.names, sorted(set(scene.labels)), ("a", "b"), walks=False
    )
    with quickly():
        for text in battery(writer)[seed % 4 :: 4]:
            for cell in settling_facts(program(text), scene):
                told = next(each for each in get_args(Property) if each == cell.property)
                known = learn(scene, cell.row, told)
                assert settled(known, evaluate(program(text), known)[0]) is not None, f"{text}: {cell}"


def test_an_explanation_tells_each_step_once_from_the_inside_out() -> None:
    text = 'distance(nearest(all("chair"), to=the("cup")), the("sofa")) < 3'
    _, run = evaluate(program(text), ROOM, proof=True)
    steps = explain(ROOM, run.steps).steps
    words = [step.split("(")[0] for step, _ in steps]
    assert words.index("all") < words.index("nearest") < words.index("distance")
    assert len({step for step, _ in steps}) == len(steps)


def test_a_number_known_within_bounds_needs_what_keeps_it_as_tight() -> None:
    rough = replace(ROOM, center_slacks=ROOM.center_slacks + 0.1)
    text = 'distance(the("sofa"), the("tv"), geometry="centre")'
    bound, _ = evaluate(program(text), rough)
    assert isinstance(bound, Quantity)
    assert bound.bound != Interval.of(math.dist((0, 0, 0.4), (4, 0, 1)))
    assert facts(text, rough) == {("sofa", "place"), ("tv", "place")}
