"""Figures, sections, paper, nets, ways and statements: cases that a hand can check, and what is not known."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiPoint

from allocentric.errors import AllocentricError, BadInput
from allocentric.oracle.ways import both_ways
from allocentric.query.ask import ask
from allocentric.query.check import check
from allocentric.query.parse import parse
from allocentric.questions.settle import settled
from allocentric.scene.scene import Complete, Footprint, Scene, Thing, scene_of
from allocentric.scene.truth import Body, Measured, Undetermined
from allocentric.worlds.makers import make

BEND = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1))  # it has a mirror image that is another figure
MIRRORED = ((0, 0, 0), (-1, 0, 0), (-1, 1, 0), (-1, 1, 1))


def cubes(label: str, cells: tuple[tuple[int, int, int], ...], *, edge: float = 1.0) -> list[Thing]:
    return [
        Thing(
            label=label, name=f"{label} {row}", center=tuple(edge * each for each in cell), size=(edge,) * 3
        )
        for row, cell in enumerate(cells)
    ]


@lru_cache
def figures() -> Scene:
    turned = tuple((z, y, -x) for x, y, z in BEND)  # a quarter turn about y
    things = [*cubes("bend", BEND), *cubes("turned", turned), *cubes("mirrored", MIRRORED)]
    things += [*cubes("large", BEND, edge=2.0), *cubes("pair", BEND[:2]), Thing(label="ball", size=(1, 2, 1))]
    return scene_of("figures", things, complete=Complete())


def value(scene: Scene, program: str) -> Any:
    found = settled(scene, program)
    assert isinstance(found, Measured), found
    assert found.evidence
    return found.value


def unknown(scene: Scene, program: str) -> Undetermined:
    found = settled(scene, program)
    assert isinstance(found, Undetermined), found
    return found


@pytest.mark.parametrize(("other", "same"), [("turned", True), ("mirrored", False), ("pair", False)])
def test_a_figure_is_another_turned_and_not_its_mirror_image(other: str, same: bool) -> None:
    assert value(figures(), f'congruent(all("bend"), all("{other}"))') is same


def test_figures_of_cubes_of_another_size_and_what_is_no_cube_are_not_compared() -> None:
    assert unknown(figures(), 'congruent(all("bend"), all("large"))').reason == "not_measured"
    assert unknown(figures(), 'congruent(all("bend"), all("ball"))').reason == "not_measured"
    loose = replace(figures(), center_slacks=figures().center_slacks + 0.1)
    assert unknown(loose, 'congruent(all("bend"), all("turned"))').reason == "overlap"


def block(**more: Any) -> Scene:
    at = {"P": (1, 0, 0), "Q": (0, 1, 0), "R": (0, 0, 1), "S": (2, 0, 0), "T": (3, 0, 0), "U": (2, 4, 0)}
    things = [Thing(label="block", center=(2, 2, 2), size=(4, 4, 4), **more)]
    return scene_of("block", [*things, *(Thing(label=name, center=spot) for name, spot in at.items())])


def test_a_plane_cuts_a_corner_off_a_box_and_a_box_in_two() -> None:
    assert value(block(), 'section(the("block"), the("P"), the("Q"), the("R"))') == "triangle"
    upright = 'section(the("block"), the("S"), the("U"), moved(world(at=the("U")), forward=0, up=4))'
    assert value(block(), upright) == "quadrilateral"


def test_places_on_one_line_and_corners_off_the_grid_make_no_section() -> None:
    assert unknown(block(), 'section(the("block"), the("P"), the("S"), the("T"))').reason == "overlap"
    off = scene_of("off", [Thing(label="block", center=(2, 2, 2), size=(4, 4, 3.9)), *block_points()])
    assert unknown(off, 'section(the("block"), the("P"), the("Q"), the("R"))').reason == "not_measured"


def block_points() -> list[Thing]:
    return [Thing(label=each, center=at) for each, at in zip("PQR", ((1, 0, 0), (0, 1, 0), (0, 0, 1)))]


def drawn(label: str, shape: Any) -> Thing:
    left, low, right, high = shape.bounds
    middle, size = ((left + right) / 2, (low + high) / 2, 0.0), (right - left, high - low, 0.0)
    return Thing(label=label, center=middle, size=size, shape=Footprint(shape), kind="structure")


@lru_cache
def paper() -> Scene:
    things = [
        drawn("sheet", shapely.box(0, 0, 8, 8)),
        drawn("fold 1", LineString([(0, 4), (8, 4)])),
        drawn("beside", LineString([(20, 4), (28, 4)])),
        drawn("hole", MultiPoint([(7, 1)])),
        drawn("both", MultiPoint([(1, 1), (7, 1)])),
        drawn("one", MultiPoint([(7, 1)])),
    ]
    return scene_of("paper", things, space="page", complete=Complete())


def test_a_hole_through_two_layers_is_two_holes_of_the_sheet() -> None:
    for thing, right in (("both", True), ("one", False)):
        program = f'unfolded(the("{thing}"), the("sheet"), folds=[the("fold 1")], holes=the("hole"))'
        assert value(paper(), program) is right


def test_a_fold_beside_the_paper_contradicts_it_and_a_sheet_is_no_fold() -> None:
    beside = 'unfolded(the("one"), the("sheet"), folds=[the("beside")], holes=the("hole"))'
    assert unknown(paper(), beside).reason == "contradiction"
    none = 'unfolded(the("one"), the("sheet"), folds=[the("sheet")], holes=the("hole"))'
    assert unknown(paper(), none).reason == "not_measured"


@lru_cache
def cross() -> Scene:
    """A cross: red in its middle, the arms around it, and black beyond the lower arm."""
    squares = {
        "red": (1, 2),
        "blue": (0, 2),
        "green": (2, 2),
        "white": (1, 3),
        "orange": (1, 1),
        "black": (1, 0),
    }
    things = [Thing(label=each, center=(*at, 0), size=(1, 1, 0)) for each, at in squares.items()]
    return scene_of("cross", things, space="page", complete=Complete())


def test_the_faces_of_a_folded_cross() -> None:
    pairs = {"red": "black", "blue": "green", "white": "orange"}
    for one, other in pairs.items():
        assert value(cross(), f'opposite(the("{one}"))') == other
        assert value(cross(), f'opposite(the("{other}"))') == one
    # red on top, towards one the lower arm; it is left of the right arm for who looks at their corner
    assert value(cross(), 'meeting(the("orange"), the("green"), the("red"))') is True
    assert value(cross(), 'meeting(the("green"), the("orange"), the("red"))') is False
    assert value(cross(), 'meeting(the("blue"), the("green"), the("red"))') is False


def test_what_hangs_on_a_net_hangs_on_all_of_it() -> None:
    found = settled(cross(), 'opposite(the("red"))')
    assert {each.thing for each in found.evidence} == {"red", "blue", "green", "white", "orange", "black"}


def test_where_there_is_no_net_it_says_so() -> None:
    assert unknown(figures(), 'opposite(the("ball"))').reason == "never_seen"
    row = [Thing(label=each, center=(x, 0, 0), size=(1, 1, 0)) for x, each in enumerate("abcdef")]
    strip = scene_of("strip", row, space="page", complete=Complete())
    assert unknown(strip, 'opposite(the("a"))').reason == "contradiction"


def routes(scene: Scene, start: str, goal: str) -> list[float]:
    """How long every way is that comes to no place twice: by trying all of them."""
    ends = {
        row: [tuple(each) for each in shape.polygon.coords]
        for row, shape in enumerate(scene.shapes)
        if isinstance(shape, Footprint)
    }
    at = {name: tuple(scene.centers[scene.row(name), :2].tolist()) for name in (start, goal)}
    found = list[float]()
    open_: list[tuple[float, tuple[Any, ...]]] = [(0.0, (at[start],))]
    while open_:
        length, way = open_.pop()
        if way[-1] == at[goal]:
            found.append(length)
            continue
        for (a, b), here in itertools.product(ends.values(), (way[-1],)):
            there = b if a == here else a if b == here else None
            if there is not None and there not in way:
                open_.append((length + math.dist(a, b), (*way, there)))
    return sorted(found)


@pytest.mark.parametrize("seed", range(6))
def test_the_two_shortest_ways_are_those_of_all_ways_there_are(seed: int) -> None:
    scene = make("dots", seed)
    places = [row for row, label in enumerate(scene.labels) if label != "way"]
    lines = settled(scene, 'all("way")', evidence=False).possible
    for start, goal in itertools.islice(itertools.permutations(places, 2), 12):
        found = both_ways(scene, Body(start), Body(goal), lines=lines)  # type: ignore[arg-type]
        assert isinstance(found, tuple)
        slow = routes(scene, scene.names[start], scene.names[goal])
        assert [found[0], found[2]] == pytest.approx([*slow[:2], None][:2])


def test_a_way_ends_where_no_line_leads_on_and_equal_ways_have_no_order() -> None:
    corners = {"a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1), "e": (9, 9)}
    things = [Thing(label=each, center=(*at, 0)) for each, at in corners.items()]
    for number, (one, other) in enumerate(pairwise("abcda")):
        things.append(replace(drawn("way", LineString([corners[one], corners[other]])), name=f"way {number}"))
    square = scene_of("square", things, space="page", complete=Complete())
    assert value(square, 'route(the("a"), the("b"), lines=all("way"))') == ("a", "b")
    assert settled(square, 'route(the("a"), the("b"), lines=all("way"))').margin.gap == 3  # type: ignore[union-attr]
    assert unknown(square, 'route(the("a"), the("c"), lines=all("way"))').reason == "overlap"
    assert unknown(square, 'route(the("a"), the("e"), lines=all("way"))').reason == "unconnected"


def test_the_one_statement_that_is_so_is_told_and_several_or_none_are_not() -> None:
    near, far = 'distance(the("P"), the("S")) < 2', 'distance(the("P"), the("T")) < 1'
    assert value(block(), f'which({{"near": {near}, "far": {far}}})') == "near"
    both = unknown(block(), f'which({{"near": {near}, "as near": {near}}})')
    assert (both.reason, both.detail) == ("ambiguous", "several are true: near and as near")
    assert unknown(block(), f'which({{"far": {far}}})').detail == "none is true of far"


def test_a_statement_that_may_be_so_leaves_it_open_which() -> None:
    loose = replace(block(), center_slacks=block().center_slacks + np.array([0.6, 0, 0]))
    left = settled(
        loose, 'which({"near": distance(the("P"), the("S")) < 2, "far": distance(the("P"), the("T")) < 1})'
    )
    assert isinstance(left, Undetermined)
    assert left.possible.possible == ("near", "far")  # type: ignore[union-attr]


def test_a_named_list_is_spelled_as_it_is_read_and_names_stand_once() -> None:
    text = 'nearest({"one": the("P"), "two \\"x\\"": all("Q")}, to=the("R"))'
    assert check(parse(text)).text == text
    assert (
        value(block(), 'nearest({"the first": the("S"), "the other": the("U")}, to=the("T"))') == "the first"
    )
    for wrong in (
        'which({"a": 1 < 2, "a": 1 < 2})',
        "which({})",
        "which({1: 1 < 2})",
        'which({"a": the("P")})',
        'bin(1, {"a": 2})',
        'nearest({"a": view(1)}, to=the("P"))',
        '{"a": 1 < 2}',
    ):
        with pytest.raises(AllocentricError) as error:
            check(parse(wrong))
        assert isinstance(error.value, BadInput)
        assert error.value.mend


@pytest.mark.parametrize(
    ("scene", "program", "because"),
    [
        (figures, 'congruent(all("bend"), all("turned"))', "each of its 4 cubes lies on one of the other"),
        (figures, 'congruent(all("bend"), all("mirrored"))', "only its mirror image"),
        (figures, 'congruent(all("bend"), all("pair"))', "they have 4 and 2 cubes"),
        (
            paper,
            'unfolded(the("one"), the("sheet"), folds=[the("fold 1")], holes=the("hole"))',
            "(1, 1) and (7, 1)",
        ),
        (cross, 'opposite(the("red"))', "and black the "),
        (cross, 'meeting(the("orange"), the("green"), the("red"))', "folded, orange is the "),
        (block, 'section(the("block"), the("P"), the("Q"), the("R"))', "(0, 0, 1), "),
    ],
)
def test_the_proof_says_in_a_sentence_what_shows_it(scene: Any, program: str, because: str) -> None:
    told = str(ask(scene(), program).explain()).splitlines()[-1]
    assert because in told.partition(", because ")[2], told
