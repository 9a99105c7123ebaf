"""Puzzles of the mind's eye: figures turned, paper folded, nets, cuts, stacks; drawn, or told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Final

import numpy as np

from allocentric.query.grammar_figures import FOLDED, TURNED, of_four
from allocentric.questions.family import Ask, Family
from allocentric.questions.needs import Need
from allocentric.questions.question import Shown
from allocentric.scene.puzzles import LETTERS, Cut, Folding, Net, Rotation, puzzle_in
from allocentric.scene.scene import Scene
from allocentric.words import a_list

POLYGONS: Final = ("triangle", "quadrilateral", "pentagon", "hexagon")
Told = Callable[[Scene], dict[str, str]]
Programs = Callable[[Scene], str]


def _once(
    program: Programs, options: tuple[str, ...], *, told: Told, drawn: bool
) -> Callable[..., Iterator[Ask]]:
    """The one question about such a scene: of its drawing, or of what is told of it."""

    def asks(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
        views = (scene.views[0].id,) if drawn else ()
        yield Ask(program(scene), told(scene), options, views=views)

    return asks


def _turned(scene: Scene) -> str:
    return TURNED


def _unfolded(scene: Scene) -> str:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Folding)
    folds = ", ".join(f'the("fold {number}")' for number in range(1, len(puzzle.folds) + 1))
    return of_four("sheet", f'unfolded(the("sheet @"), the("sheet"), folds=[{folds}], holes=the("hole"))')


def _folded(scene: Scene) -> str:
    return FOLDED


def _cut(scene: Scene) -> str:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Cut)
    return f'section(the("{puzzle.name}"), the("P"), the("Q"), the("R"))'


def _counted(scene: Scene) -> str:
    return 'count(all("cube"))'


def _opposites(scene: Scene, random: np.random.Generator) -> Iterator[Ask]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Net)
    colours = list(puzzle.coloured.values())
    for row in random.permutation(len(colours)):
        colour = colours[int(row)]
        options = tuple(each for each in colours if each != colour)
        slots = {"colour": colour, **_net_told(scene)}
        yield Ask(f'opposite(the("{colour}"))', slots, options, views=(scene.views[0].id,))


def _nothing_told(scene: Scene) -> dict[str, str]:
    return {}


def _rotation_told(scene: Scene) -> dict[str, str]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Rotation)
    told = ". ".join(f"Figure {each}: {_listed(figure)}" for each, figure in puzzle.options.items())
    return {"target": _listed(puzzle.target), "figures": told}


def _folding_told(scene: Scene) -> dict[str, str]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Folding)
    folds = [f"{_spot(one)} onto {_spot(other)}" for one, other in puzzle.folds]
    told = ". ".join(f"Sheet {each}: {_listed(spots)}" for each, spots in puzzle.options.items())
    return {"folds": ", then ".join(folds), "holes": _listed(puzzle.holes), "sheets": told}


def _net_told(scene: Scene) -> dict[str, str]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Net)
    return {"net": a_list([f"{colour} at {_spot(at)}" for at, colour in puzzle.coloured.items()])}


def _cube_told(scene: Scene) -> dict[str, str]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Net)
    cubes = [
        f"Cube {each}: {left} on the left, {right} on the right, {top} on top"
        for each, (left, right, top) in puzzle.options.items()
    ]
    return {**_net_told(scene), "cubes": ". ".join(cubes)}


def _cut_told(scene: Scene) -> dict[str, str]:
    puzzle = puzzle_in(scene)
    assert isinstance(puzzle, Cut)
    p, q, r = (_spot(each) for each in puzzle.plane)
    return {"solid": puzzle.name, "corners": _listed(puzzle.corners), "p": p, "q": q, "r": r}


def _listed(spots: Iterable[tuple[float | Fraction, ...]]) -> str:
    return ", ".join(_spot(each) for each in sorted(spots))


def _spot(at: tuple[float | Fraction, ...]) -> str:
    return "(" + ", ".join(f"{float(each):g}" for each in at) + ")"


def _family(
    name: str,
    code: str,
    about: str,
    *,
    templates: tuple[str, ...],
    need: Need,
    asks: Callable[..., Iterator[Ask]],
    shown: Shown = "picture",
    read_back: bool = False,
) -> Family:
    return Family(
        name=name,
        code=code,
        about=about,
        kind="choice",
        templates=templates,
        asks=asks,
        needs=(need,),
        shown=shown,
        read_back=read_back,
        in_order=not name.startswith("opposite"),
    )


def _named(what: str) -> tuple[str, ...]:
    return tuple(f"{what} {each}" for each in LETTERS)


FAMILIES: Final = (
    _family(
        "mental_rotation",
        "K1",
        "which of four figures of cubes is the first one, turned; one is its mirror image",
        templates=(
            "Which of the figures A to D is the target, turned? A mirror image does not count.",
            "One of the figures A to D can be turned so that it looks like the target. Which one?",
            "Which figure is the same as the target, only turned in space and not mirrored?",
        ),
        need="rotation",
        asks=_once(_turned, _named("figure"), told=_nothing_told, drawn=True),
        read_back=True,
    ),
    _family(
        "mental_rotation_told",
        "K1",
        "the same of figures told as lists of cubes",
        templates=(
            "A figure is made of unit cubes at {target}. {figures}. Which of the figures A to D is the "
            "first one, turned and moved but not mirrored?",
            "Unit cubes at {target} make a figure. {figures}. Which of these can be turned in space, without "
            "a mirror, so that it is the same figure?",
        ),
        need="rotation",
        asks=_once(_turned, _named("figure"), told=_rotation_told, drawn=False),
        shown="words",
    ),
    _family(
        "paper_folding",
        "K2",
        "where the holes are when a folded and punched sheet is unfolded",
        templates=(
            "The sheet is folded as shown, then punched through all layers. Which of the sheets A to D is "
            "it when it is unfolded?",
            "Paper is folded along the dashed creases, step by step, and holes are punched through it. "
            "Which of the sheets A to D shows it unfolded?",
            "Which of the sheets A to D does one get who folds and punches the paper as shown and then "
            "unfolds it?",
        ),
        need="folding",
        asks=_once(_unfolded, _named("sheet"), told=_nothing_told, drawn=True),
    ),
    _family(
        "paper_folding_told",
        "K2",
        "the same of a sheet and folds told by coordinates",
        templates=(
            "A square sheet reaches from (0, 0) to (8, 8). It is folded so that a point comes to lie on "
            "another: {folds}. Then it is punched through all layers at {holes}. {sheets}. Which of the "
            "sheets A to D has the holes of the unfolded sheet?",
            "Paper lies from (0, 0) to (8, 8). Fold it to bring {folds}; punch all layers at {holes}; "
            "unfold it. {sheets}. Which of the sheets A to D lists its holes?",
        ),
        need="folding",
        asks=_once(_unfolded, _named("sheet"), told=_folding_told, drawn=False),
        shown="words",
    ),
    _family(
        "cube_net",
        "K3",
        "which of four cubes, seen from a corner, a net folds into",
        templates=(
            "The net is folded into a cube, the colours outside. Which of the cubes A to D can it be?",
            "Which of the cubes A to D is made from this net, coloured side out?",
            "Which cube can be folded from the net, with its colours on the outside?",
        ),
        need="net",
        asks=_once(_folded, _named("cube"), told=_nothing_told, drawn=True),
        read_back=True,
    ),
    _family(
        "cube_net_told",
        "K3",
        "the same of a net told by the places of its squares",
        templates=(
            "The unit squares of a net, seen from the side that will be outside, x to the right and y up: "
            "{net}. Four cubes, each seen from a corner above: {cubes}. Which of them is "
            "folded from the net?",
            "A net has these squares, (x, y) with y up, its outside towards you: {net}. {cubes}. Which of "
            "the cubes A to D can be folded from it?",
        ),
        need="net",
        asks=_once(_folded, _named("cube"), told=_cube_told, drawn=False),
        shown="words",
    ),
    _family(
        "opposite_face",
        "K3",
        "which face of a cube is opposite to another when its net is folded",
        templates=(
            "The squares of a net of a cube, as (x, y), are {net}. Which face is opposite to the "
            "{colour} one when it is folded?",
            "A net of a cube has squares at these places: {net}. When it is folded, which colour is on the "
            "face opposite to the {colour} face?",
            "Which face of the cube folded from this net is opposite to the {colour} face? Its squares are "
            "{net}.",
        ),
        need="net",
        asks=_opposites,
    ),
    _family(
        "solid_section",
        "K3",
        "how many sides the cut of a solid by a plane through three points has",
        templates=(
            "The {solid} is cut by the plane through P, Q and R. What shape is the cut?",
            "What polygon does the plane through the points P, Q and R cut out of the {solid}?",
            "A saw follows the plane through P, Q and R. What is the shape of the cut face of the {solid}?",
        ),
        need="cut",
        asks=_once(_cut, POLYGONS, told=_cut_told, drawn=True),
        read_back=True,
    ),
    _family(
        "solid_section_told",
        "K3",
        "the same of a solid told by its corners",
        templates=(
            "A convex solid has the corners {corners}. It is cut by the plane through {p}, {q} and {r}. "
            "What shape is the cut?",
            "What polygon does the plane through {p}, {q} and {r} cut out of the convex solid with the "
            "corners {corners}?",
        ),
        need="cut",
        asks=_once(_cut, POLYGONS, told=_cut_told, drawn=False),
        shown="words",
    ),
    Family(
        name="cube_count",
        code="K3",
        about="of how many cubes a stack is made, hidden ones included",
        kind="count",
        templates=(
            "How many cubes is this stack made of? Every cube that cannot be seen is there only to hold up "
            "one that can.",
            "Count the cubes of the stack, hidden ones too: a cube that is not seen is there only where it "
            "holds up one that is seen.",
            "How many cubes are there in all? A hidden cube is there only if one that is seen rests on it.",
        ),
        asks=_once(_counted, (), told=_nothing_told, drawn=True),
        needs=("stack",),
        shown="picture",
    ),
)
