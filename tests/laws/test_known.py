"""What an observer can know holds the truth, grows with every view, and ends in the truth."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely

from allocentric.geometry.cameras import Camera
from allocentric.geometry.meshes import box_mesh, joined
from allocentric.geometry.panorama import Panorama
from allocentric.geometry.pinhole import Pinhole
from allocentric.oracle.known import known_from
from allocentric.oracle.unseen import withheld_rows
from allocentric.query.check import check
from allocentric.query.checked import CheckedProgram
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.scene.scene import Complete, Footprint, Scene, Sensing, Thing, View, scene_of
from allocentric.scene.truth import Bound
from allocentric.seeds import stream
from allocentric.views.paths import looking
from allocentric.worlds.makers import make
from tests.laws.possible import decided_by_rounding, may_meet, why_not_within
from tests.laws.programs import Writer, battery
from tests.laws.test_monotone import widened
from tests.quickly import quickly

SENSES: tuple[Sensing, ...] = ("placed", "depth", "picture")
LENSES: tuple[Camera, ...] = (Pinhole(320, 240, 200, 200, 160, 120), Panorama(256, 128))


@cache
def flat(seed: int) -> Scene:
    """Some of the things of a made flat, with views at places drawn anywhere in its rooms.

    Of every third flat the table is a mesh of two boxes.
    """
    whole, random = make("flat", seed), stream(seed, "looked at")
    rows = {row for row, kind in enumerate(whole.kinds) if kind == "region" or whole.labels[row] == "table"}
    rows |= {int(row) for row in random.choice(len(whole), size=18, replace=False)}
    things = [thing for row, thing in enumerate(whole.things()) if row in rows]
    scene = scene_of(whole.id, things, floor=whole.floor, north=whole.north, complete=whole.complete)
    if seed % 3 == 0:
        row = scene.labels.index("table")
        center, size = scene.centers[row], scene.sizes[row]
        parts = [
            box_mesh(np.array([size[0], size[1], 0.05])).moved(
                np.eye(3), np.array([0, 0, size[2] / 2 - 0.025])
            )
        ]
        parts += [box_mesh(np.array([0.1, 0.1, size[2]]))]
        table = joined(parts).moved(scene.rotations[row], center)
        scene = replace(
            scene, shapes=tuple(table if each == row else s for each, s in enumerate(scene.shapes))
        )
    assert scene.floor is not None
    west, south, east, north = scene.floor.bounds
    views = list[View]()
    while len(views) < 6:
        at = random.uniform((west, south), (east, north))
        if scene.floor.contains(shapely.Point(at)):
            yaw, pitch = random.uniform(-np.pi, np.pi), random.uniform(-0.6, 0.2)
            pose = looking((*at, float(random.uniform(0.4, 2.3))), yaw_rad=float(yaw), pitch_rad=float(pitch))
            views.append(View(f"look {len(views)}", pose, camera=LENSES[int(random.random() < 0.4)]))
    return replace(scene, views=tuple(views))


@cache
def programs(seed: int) -> tuple[tuple[str, CheckedProgram], ...]:
    scene = flat(seed)
    random = stream(seed, "asked of what is known")
    names = [
        scene.names[int(row)] for row in random.choice(len(scene), size=min(12, len(scene)), replace=False)
    ]
    regions = [name for name, kind in zip(scene.names, scene.kinds) if kind == "region"]
    labels = [*sorted({scene.labels[scene.row(each)] for each in names}), "room", "chair"]
    writer = Writer(
        random, [*names, *regions], labels, [each.id for each in scene.views], walks=seed % 4 == 0
    )
    inside = [
        f'count({{t for t in all("{label}") if inside(t, the("{room}"))}})'
        for label in labels
        for room in regions
    ]
    inside += [f'inside(the("{name}"), the("{room}"))' for name in names for room in regions]
    inside += [f'exists(all("{label}") & on(the("{name}")))' for label in labels[:4] for name in names[:4]]
    taken = random.choice(len(inside), size=40, replace=False)
    written = [*battery(writer), *(writer.answer(2) for _ in range(12))]
    texts = [*written[seed % 2 :: 2], *(inside[int(row)] for row in taken)]
    return tuple((text, check(parse(text))) for text in texts)


@cache
def truths(seed: int) -> tuple[Bound, ...]:
    return tuple(evaluate(program, flat(seed))[0] for _, program in programs(seed))


def broken(bound: Bound, known: Scene, exact: Bound, scene: Scene) -> str | None:
    """Why the truth contradicts what is known; None where it does not, or the last bit decides it."""
    if decided_by_rounding(bound) or decided_by_rounding(exact):
        return None
    why = why_not_within(exact, scene, bound, known)
    return None if why is None or may_meet(exact, scene, bound, known) else why


@pytest.mark.parametrize("seed", range(4))
def test_the_truth_lies_in_what_is_known(seed: int) -> None:
    with quickly():
        scene, random = flat(seed), stream(seed, "which views")
        for sensing in SENSES:
            known = known_from(scene, [each for each in scene.views if random.random() < 0.5], sensing)
            for (text, program), exact in zip(programs(seed), truths(seed)):
                why = broken(evaluate(program, known)[0], known, exact, scene)
                assert why is None, f"{sensing}, {text}: {why}"


@pytest.mark.parametrize(("seed", "sensing"), [(6, "placed"), (7, "depth"), (9, "picture")])
def test_one_more_view_never_widens_what_is_possible(seed: int, sensing: Sensing) -> None:
    with quickly():
        scene = flat(seed)
        wide_scene = known_from(scene, scene.views[:1], sensing)
        wide = [evaluate(program, wide_scene)[0] for _, program in programs(seed)]
        for count in (3, 6):
            known = known_from(scene, scene.views[:count], sensing)
            narrow = [evaluate(program, known)[0] for _, program in programs(seed)]
            for (text, _), less, more in zip(programs(seed), narrow, wide):
                why = widened(less, known, more, wide_scene)
                assert why is None, f"{sensing}, {count} views, {text}: {why}"
            wide_scene, wide = known, narrow


@pytest.mark.parametrize("sensing", SENSES)
def test_without_a_view_nothing_is_known(sensing: Sensing) -> None:
    scene = flat(8)
    known = known_from(scene, [], sensing)
    assert len(withheld_rows(known)) == len(scene)
    a, b = scene.names[0], scene.names[1]
    for text in (
        f'distance(the("{a}"), the("{b}")) < 1',
        f'direction(the("{a}"), world(at=the("{b}")), sectors="four")',
        f'nearest([the("{a}"), the("{b}")], to=the("{scene.names[2]}"))',
        f'extent(the("{a}"), along="height")',
        f'inside(the("{a}"), the("hall"))' if "hall" in scene.names else f'on(the("{a}"), the("{b}"))',
        f'facing(the("{a}"), the("{b}"))',
        'count(all("chair"))',
        'exists(all("chair"))',
        "count(all())",
    ):
        bound, _ = evaluate(check(parse(text)), known)
        assert settled(known, bound) is None, text


def test_the_law_finds_a_bound_that_is_too_narrow() -> None:
    """A fifth of the slack that depth leaves, somewhere else within it: many answers must be caught."""
    with quickly():
        scene, caught = flat(1), 0
        known = known_from(scene, scene.views[:4], "depth")
        moved = known.centers + 0.8 * np.einsum("nij,nj->ni", known.slack_axes, known.center_slacks)
        narrow = replace(
            known,
            centers=np.where(np.isfinite(moved), moved, known.centers),
            center_slacks=known.center_slacks / 5,
            size_slacks=known.size_slacks / 5,
        )
        for (_, program), exact in zip(programs(1), truths(1)):
            caught += broken(evaluate(program, narrow)[0], narrow, exact, scene) is not None
        assert caught >= 3


def studio() -> Scene:
    """A room with a few things, and panoramas from which all of its space is seen."""
    things = [
        Thing(
            label="room",
            name="room",
            kind="region",
            center=(2, 1.5, 1.25),
            size=(4, 3, 2.5),
            shape=Footprint(shapely.box(0, 0, 4, 3), 0, 2.5),
        ),
        Thing(label="table", center=(2, 1.5, 0.35), size=(1.2, 0.8, 0.7)),
        Thing(label="cup", center=(2.2, 1.5, 0.75), size=(0.1, 0.1, 0.1)),
        Thing(label="cup", center=(1.7, 1.6, 0.75), size=(0.1, 0.1, 0.1)),
        Thing(label="chair", center=(0.7, 2.2, 0.45), size=(0.5, 0.5, 0.9), yaw_rad=0.5, front=(1, 0, 0)),
        Thing(label="door", kind="structure", center=(4.02, 1.5, 1), size=(0.04, 0.9, 2)),
    ]
    corners = [(x, y, z) for x in (0.2, 3.8) for y in (0.2, 2.8) for z in (0.3, 2.2)]
    views = tuple(
        View(f"look {row}", looking(at, yaw_rad=0.0), camera=Panorama(512, 256))
        for row, at in enumerate(corners)
    )
    return scene_of("studio", things, floor=shapely.box(0, 0, 4, 3), views=views, complete=Complete())


def test_who_saw_all_of_it_knows_all_of_it() -> None:
    with quickly():
        scene = studio()
        known = known_from(scene, scene.views)
        assert known.knowledge is not None
        assert known.knowledge.withheld == ()
        assert known.complete is scene.complete
        writer = Writer(stream(1, "all seen"), scene.names, sorted(set(scene.labels)), ["look 1"], walks=True)
        for text in [*battery(writer), *(writer.answer(2) for _ in range(30))]:
            program = check(parse(text))
            bound, truth = evaluate(program, known)[0], evaluate(program, scene)[0]
            assert settled(known, bound) == settled(scene, truth), text
