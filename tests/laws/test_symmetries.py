"""What must not matter does not: where the world lies, how large its unit is, what its things are called."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import numpy as np
import pytest

from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import Arc, wrap
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish
from allocentric.query.parse import parse
from allocentric.scene.file import from_json, to_json
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.scene.truth import Angle, Label, Measured, Undetermined
from allocentric.seeds import stream

SEEDS: Final = range(60)
NAMES: Final = ("a", "b", "c", "d", "e", "f")
OTHER_NAMES: Final = ("vase", "stool", "radio", "carpet", "heater", "piano")
PLAIN: Final = 1e-6  # an answer that is less clear than this is left to rounding

STAND: Final = 'standing(at=the("b"), facing=the("c"))'
OF: Final = 'of(the("d"))'
FRAMES: Final = (STAND, OF, f'moved({OF}, forward=extent(the("e"), along="height"))', 'north(at=the("e"))')
SECTORS: Final = (
    "left_right",
    "left_right_back",
    "quadrants",
    "four",
    "eight",
    "axes",
    "compass4",
    "compass8",
)
AXES: Final = ("forward", "backward", "left", "right", "up", "down")

LENGTHS: Final = (
    'distance(the("a"), the("b"))',
    'distance(the("a"), the("f"))',
    'distance(the("c"), all("d") | all("e"))',
    'distance(the("a"), the("c"), geometry="centre")',
    'distance(the("d"), the("b"), geometry="floor")',
    *(f'extent(the("e"), along="{each}")' for each in ("longest", "shortest", "height", "width", "depth")),
    'area(the("a"))',
    "area(all())",
    'volume(the("b"))',
    "total(all(), by=volume)",
    *(f'offset(the("a"), {STAND}, axis="{each}")' for each in ("forward", "backward", "up", "down")),
    f'offset(the("a"), {OF}, axis="forward")',
)
SIDEWAYS: Final = tuple(
    f'offset(the("a"), {frame}, axis="{axis}")' for frame in (STAND, OF) for axis in ("left", "right")
)
LABELS: Final = (
    *(
        f'direction(the("{place}"), {frame}, sectors="{each}"{how})'
        for frame in FRAMES
        for each in SECTORS
        for place, how in (("a", ""), ("f", ', geometry="box"'))
    ),
    *(f'relation(the("a"), the("f"), {frame}, axis="{each}")' for frame in FRAMES for each in AXES),
)
ANGLES: Final = (
    *(f'bearing(the("a"), {frame})' for frame in FRAMES),
    *(f'bearing(the("e"), {frame}, turning="{side}")' for frame in (STAND, OF) for side in ("left", "right")),
)
SIZES_OF_ANGLES: Final = (
    *(f'off_axis(the("a"), {frame})' for frame in FRAMES),
    f"turn({STAND}, {OF})",
)
TRUTHS: Final = (
    'facing(the("a"), the("b"))',
    'facing(the("d"), the("f"), within=deg(80))',
    'between(the("a"), the("b"), the("c"))',
    'between(the("d"), the("e"), the("f"), within=deg(100))',
    'inside(the("a"), the("b"))',
    'inside(the("f"), the("a"))',
    'distance(the("a"), the("b")) < distance(the("c"), the("d"))',
    'volume(the("a")) > volume(the("b")) or not area(the("e")) < area(the("f"))',
    'exists({t for t in all() - all("a") if facing(t, the("a"))})',
)
CONTACTS: Final = (  # their snap is in metres
    *(f'{word}(the("f"), the("a"))' for word in ("on", "touching")),
    'under(the("a"), the("f"))',
    'touching(the("b"), the("c"))',
    'on(the("d"), the("e"), snap=cm(40))',
)
CHOICES: Final = (
    'nearest(all() - all("a"), to=the("a"))',
    'farthest([the("a"), the("b"), the("c")], to=the("d"), geometry="floor")',
    "most(all(), by=volume)",
    'least(all(), by=extent(along="longest"))',
    'order(all() - all("b"), by=distance(to=the("b"), geometry="centre"))',
    'order(all() - all("b"), by=distance(to=the("b")))',
    "order(all(), by=area)",
    'count({t for t in all() - all("c") if facing(t, the("c"))})',
    '{t for t in all() - all("b") if facing(t, the("b"))}',
    'turns([the("a"), the("b"), the("c"), the("d")], facing=the("b"))',
)
BATTERY: Final = (
    *LENGTHS,
    *SIDEWAYS,
    *LABELS,
    *ANGLES,
    *SIZES_OF_ANGLES,
    *TRUTHS,
    *CONTACTS,
    *CHOICES,
)

ROUND: Final = {"front": "back", "left": "right", "forward": "backward", "in front": "behind"}
ROUND_THE_SKY: Final = {"north": "south", "east": "west"}
MIRRORED: Final = {"left": "right", "east": "west"}


def random_scene(seed: int) -> Scene:
    """Six boxes, all that there is; in half of the scenes the last stands on the first."""
    random = stream(seed, "symmetries")
    things = list[Thing]()
    for name in NAMES:
        center, size = random.uniform((-4, -4, 0), (4, 4, 2)), random.uniform(0.1, 1.0, 3)
        if name == "f" and seed % 2:
            base = things[0]
            center = np.add(base.center, (0.2, -0.1, (base.size[2] + size[2]) / 2))
        way = random.uniform(-math.pi, math.pi)
        front = (math.cos(way), math.sin(way), 0.0)
        yaw_rad = float(random.uniform(-math.pi, math.pi))
        things.append(Thing(label=name, center=center, size=size, yaw_rad=yaw_rad, front=front))
    north = Arc(float(random.uniform(-math.pi, math.pi)))
    return scene_of(f"boxes {seed}", things, north=north, complete=Complete())


def answer(scene: Scene, program: str) -> Measured | Undetermined:
    """The answer to a program in a scene, without its proof."""
    bound, _ = evaluate(checked(program), scene)
    return finish(scene, bound)


@cache
def checked(program: str) -> Any:
    return check(parse(program))


def lengths_in(program: str) -> int:
    """How often a length stands in what a program gives: 2 for an area."""
    dimension = checked(program).answer.type.dimension
    return 0 if dimension is None else int(dimension.length)


def plain(result: Measured | Undetermined) -> bool:
    return result.margin is None or result.margin.clear >= PLAIN if isinstance(result, Measured) else True


def swapped(labels: Sequence[str], pairs: Mapping[str, str]) -> set[str]:
    """Each label with its words exchanged for their opposites: `back-left` for `front-right`."""
    both = {**pairs, **{second: first for first, second in pairs.items()}}
    pattern = re.compile("|".join(sorted(both, key=len, reverse=True)))
    return {pattern.sub(lambda found: both[found[0]], each) for each in labels}


def differ(
    first: Measured | Undetermined,
    second: Measured | Undetermined,
    times: float = 1.0,
    *,
    within: float = 1e-9,
    clear: float = PLAIN,
) -> str | None:
    """Why two answers are not one, the second's number being `times` the first's; None where they are."""
    for each in (first, second):
        if isinstance(each, Measured) and each.margin is not None and each.margin.clear < clear:
            return None
    if isinstance(first, Measured) and isinstance(second, Measured):
        one, other = first.value, second.value
        if isinstance(one, float) and isinstance(other, float):
            apart = abs(wrap(one - other)) if isinstance(first.possible, Angle) else abs(one * times - other)
            return None if apart <= within * max(1.0, abs(other)) else f"{one} x {times}, {other}"
        return None if one == other else f"{one}, {other}"
    if isinstance(first, Undetermined) and isinstance(second, Undetermined):
        if isinstance(first.possible, Label) and isinstance(second.possible, Label):
            same = set(first.possible.possible) == set(second.possible.possible)
            return None if same and first.reason == second.reason else f"{first.possible}, {second.possible}"
        return None if first.reason == second.reason else f"{first.reason}, {second.reason}"
    return f"{first}, {second}"


def changed(
    programs: Sequence[str],
    scene: Scene,
    other: Scene,
    *,
    scale: float = 1.0,
    within: float = 1e-9,
    clear: float = PLAIN,
    respelled: Callable[[str], str] = str,
) -> list[str]:
    """The programs whose answers change from one scene to the other, with what they change to."""
    found = list[str]()
    for text in some(programs, scene):
        first, second = answer(scene, text), answer(other, respelled(text))
        why = differ(first, second, scale ** lengths_in(text), within=within, clear=clear)
        found += [] if why is None else [f"{scene.id}: {text}: {why}"]
    return found


def some(programs: Sequence[str], scene: Scene) -> Sequence[str]:
    """A twelfth of these, another one for each of twelve scenes that follow each other."""
    return programs[int(scene.id.split()[-1]) % 12 :: 12]


def labels_swapped(first: Measured | Undetermined, second: Measured | Undetermined, pairs: Any) -> bool:
    if isinstance(first.possible, Label) and isinstance(second.possible, Label):
        return swapped(first.possible.possible, pairs) == set(second.possible.possible)
    return type(first.possible) is type(second.possible)


def carried(scene: Scene, yaw_rad: float, by: Sequence[float]) -> Scene:
    """The whole world turned about the vertical, then carried away."""
    rotation = rotation_about_up(yaw_rad)
    return replace(
        scene,
        centers=scene.centers @ rotation.T + np.asarray(by),
        rotations=rotation @ scene.rotations,
        north=scene.north + Arc(yaw_rad),
    )


def mirrored(scene: Scene) -> Scene:
    """The scene in a mirror: what was left of the world's x axis is right of it."""
    flip = np.diag([1.0, -1.0, 1.0])
    return replace(
        scene,
        centers=scene.centers @ flip,
        rotations=flip @ scene.rotations @ flip,
        fronts=scene.fronts @ flip,
        north=-scene.north,
    )


def called(scene: Scene, names: Sequence[str]) -> Scene:
    return replace(scene, names=tuple(names), labels=tuple(names))


def respelled(program: str) -> str:
    new = dict(zip(NAMES, OTHER_NAMES, strict=True))
    return re.sub(r'"([a-f])"', lambda found: f'"{new[found[1]]}"', program)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_turns_round_has_behind_what_was_in_front_and_right_what_was_left(seed: int) -> None:
    scene = random_scene(seed)
    for frame in FRAMES[seed % 4 : seed % 4 + 1]:
        back = f"turned({frame}, deg(180))"
        for sectors in SECTORS:
            if sectors != "left_right_back":
                for place in ("a", "f"):
                    asked = (
                        f'direction(the("{place}"), {each}, sectors="{sectors}")' for each in (frame, back)
                    )
                    first, second = (answer(scene, each) for each in asked)
                    pairs = ROUND | ROUND_THE_SKY
                    assert not plain(first) or labels_swapped(first, second, pairs), (frame, sectors)
        for axis in ("forward", "left"):
            asked = (f'relation(the("a"), the("f"), {each}, axis="{axis}")' for each in (frame, back))
            first, second = (answer(scene, each) for each in asked)
            assert not plain(first) or labels_swapped(first, second, ROUND), (frame, axis)
            asked = (f'offset(the("a"), {each}, axis="{axis}")' for each in (frame, back))
            first, second = (answer(scene, each) for each in asked)
            assert differ(first, second, -1.0) is None, (frame, axis)
        ahead, behind = (answer(scene, f'off_axis(the("a"), {each})') for each in (frame, back))
        assert isinstance(ahead, Measured)
        assert isinstance(behind, Measured)
        assert ahead.value + behind.value == pytest.approx(math.pi, abs=1e-9)  # type: ignore[operator]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mirror_swaps_left_and_right_and_nothing_else(seed: int) -> None:
    scene = random_scene(seed)
    other = mirrored(scene)
    the_same = [each for each in CHOICES if not each.startswith("turns")]
    assert not changed([*LENGTHS, *SIZES_OF_ANGLES, *TRUTHS, *CONTACTS, *the_same], scene, other)
    for text in some(LABELS, scene):
        first, second = answer(scene, text), answer(other, text)
        on_its_side = 'axis="left"' not in text and 'axis="right"' not in text
        assert not plain(first) or labels_swapped(first, second, MIRRORED), text
        assert not ("relation" in text and on_its_side) or differ(first, second) is None, text
    for text in SIDEWAYS:
        assert differ(answer(scene, text), answer(other, text), -1.0) is None, text
    for frame in FRAMES:
        first, second = (answer(each, f'bearing(the("a"), {frame})') for each in (scene, other))
        assert isinstance(first, Measured)
        assert isinstance(second, Measured)
        assert wrap(first.value + second.value) == pytest.approx(0, abs=1e-9)  # type: ignore[arg-type, operator]
    turns = CHOICES[-1]
    first, second = answer(scene, turns), answer(other, turns)
    assert isinstance(first, Measured)
    assert isinstance(second, Measured)
    assert [swapped([str(each)], MIRRORED) for each in first.value] == [{each} for each in second.value]  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", SEEDS)
def test_where_the_whole_world_lies_and_how_it_is_turned_changes_nothing(seed: int) -> None:
    random = stream(seed, "symmetries", "carried")
    by = [float(each) for each in random.uniform(-20, 20, 3)]
    scene = random_scene(seed)
    assert not changed(BATTERY, scene, carried(scene, float(random.uniform(-math.pi, math.pi)), by))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_larger_world_has_larger_lengths_areas_and_volumes_and_the_same_directions(seed: int) -> None:
    scene = random_scene(seed)
    scale = float(stream(seed, "symmetries", "scaled").uniform(0.5, 4.0))
    other = replace(scene, centers=scene.centers * scale, sizes=scene.sizes * scale)
    programs = [each for each in BATTERY if each not in CONTACTS]
    assert not changed(programs, scene, other, scale=scale)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_things_are_called_changes_nothing(seed: int) -> None:
    scene = random_scene(seed)
    other = called(scene, OTHER_NAMES)
    named = [each for each in CHOICES if not each.startswith(("count", "turns"))]
    programs = [each for each in BATTERY if each not in named]
    assert not changed(programs, scene, other, respelled=respelled)
    new = dict(zip(NAMES, OTHER_NAMES, strict=True))
    for text in named:
        first, second = answer(scene, text), answer(other, respelled(text))
        assert isinstance(first, Measured), text
        assert isinstance(second, Measured), text
        before = (first.value,) if isinstance(first.value, str) else first.value
        after = (second.value,) if isinstance(second.value, str) else second.value
        assert [new[each] for each in before] == list(after), text  # type: ignore[index, union-attr, arg-type]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_scene_saved_and_read_back_gives_the_same_answers(seed: int) -> None:
    scene = random_scene(seed)
    again = from_json(to_json(scene))
    for text in some(BATTERY, scene):
        first, second = answer(scene, text), answer(again, text)
        assert type(first) is type(second), text
        if isinstance(first, Measured) and isinstance(second, Measured):
            assert first.value == second.value, text


def test_most_of_the_battery_has_an_answer() -> None:
    results = [answer(random_scene(seed), text) for seed in range(2) for text in BATTERY]
    assert sum(isinstance(each, Measured) and plain(each) for each in results) > 0.8 * len(results)
