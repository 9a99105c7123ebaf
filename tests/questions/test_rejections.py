"""What is passed over is counted: each candidate is asked, or gives the reason why it is not."""

from __future__ import annotations

import ast
import pathlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

import pytest
from shapely import box

from allocentric.questions.families import FAMILIES, family
from allocentric.questions.family import Ask, Family, Rejection
from allocentric.questions.generate import questions_of
from allocentric.questions.making.candidates import HARDLY_SEEN, SHARED, no_candidates
from allocentric.questions.making.card import by_reason
from allocentric.questions.making.places import Made
from allocentric.questions.making.plan import Plan, Unit, Wanted
from allocentric.questions.making.unit import make_piece
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.scene.facts import Complete
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.seeds import stream
from tests.questions.small_room import camera
from tests.quickly import quickly

FOLDER: Final = pathlib.Path(sys.modules["allocentric.questions.families"].__path__[0])
GENERATES: Final = ("Ask", "| str")  # what the annotation of a generator of candidates speaks of
ONE_BY_ONE: Final = {"scaled_height", "scaled_width", "scaled_count"}  # draw no tuples
HALVED: Final = {"abs_distance_surface", "between"}  # of each draw the other way round is the same candidate


def uncounted(source: str) -> list[str]:
    """The filters of generators of candidates that leave one out without a word, by their lines.

    A `continue` has to follow a `yield`; an `if` that ends a loop and yields or keeps has to have an `else`.
    """
    found = list[str]()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            gives = ast.unparse(function.returns) if function.returns else ""
            loops = _loops(function) if any(each in gives for each in GENERATES) else ()
            found += [f"line {line}: {why}" for loop in loops for line, why in _silent(loop)]
    return found


def _loops(function: ast.FunctionDef) -> Iterator[ast.For | ast.While]:
    """The loops of a function, those of functions within it aside."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if not isinstance(node, ast.FunctionDef):
            pending += ast.iter_child_nodes(node)
            if isinstance(node, (ast.For, ast.While)):
                yield node


def _silent(loop: ast.For | ast.While) -> Iterator[tuple[int, str]]:
    last = loop.body[-1]
    if isinstance(last, ast.If) and not last.orelse and _gives(last.body):
        yield last.lineno, "what does not pass this test is not counted"
    for node in ast.walk(loop):
        for block in (getattr(node, part, []) for part in ("body", "orelse")):
            for before, each in zip([None, *block], block) if isinstance(block, list) else ():
                if isinstance(each, ast.Continue) and not (before and _gives([before])):
                    yield each.lineno, "this leaves out a candidate without a reason"


def _gives(block: list[Any]) -> bool:
    """Whether statements yield something, or keep it for later."""
    inner = [each for statement in block for each in ast.walk(statement)]
    kept = (each.func.attr for each in inner if isinstance(each, ast.Call) and hasattr(each.func, "attr"))
    return any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in inner) or "append" in kept


LOOP: Final = """
def _asks(scene: Scene) -> Iterator[Ask | str]:
    for row in rows:
"""
SILENT: Final = (
    "        if near(row):\n            continue\n        yield Ask(row)\n",
    "        if far(row):\n            yield Ask(row)\n",
    "        if far(row):\n            held.append(Ask(row))\n",
)
TELLING: Final = (
    "        if near(row):\n            yield 'too near'\n            continue\n        yield Ask(row)\n",
    "        if far(row):\n            yield Ask(row)\n        else:\n            yield 'too near'\n",
)


@pytest.mark.parametrize("source", SILENT)
def test_a_filter_that_says_nothing_is_found(source: str) -> None:
    assert len(uncounted(LOOP + source)) == 1


@pytest.mark.parametrize("source", TELLING)
def test_a_filter_that_gives_its_reason_is_none(source: str) -> None:
    assert uncounted(LOOP + source) == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda each: each.stem)
def test_every_filter_of_a_family_gives_its_reason(path: pathlib.Path) -> None:
    assert uncounted(path.read_text()) == []


def drawn_by(wanted: Family, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[Ask | str]]:
    """How many tuples of things a family draws of a scene, and what it gives for them."""
    counts = Counter[str]()

    def counting(draw: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def counted(*given: Any, **named: Any) -> Iterator[Any]:
            for each in draw(*given, **named):
                counts["drawn"] += 1
                yield each

        return counted

    for name, module in list(sys.modules.items()):
        if name.startswith("allocentric.questions.families.") and hasattr(module, "first"):
            monkeypatch.setattr(module, "first", counting(module.first))
    given = list(wanted.asks(scene, stream(1, "drawn", wanted.name)))
    return counts["drawn"], given


def of_things() -> Iterator[Family]:
    """The families that draw their candidates from the tuples of a scene's things."""
    for each in FAMILIES:
        draws = getattr(each.asks, "func", each.asks)
        tuples = hasattr(sys.modules[draws.__module__], "first") and each.name not in ONE_BY_ONE
        if tuples and lacking(room(), each.needs) is None:
            yield each


def room() -> Scene:
    """Seven things, some near, some on others, with few exact ties."""
    things = [
        Thing(label="sofa", center=(0, 0, 0.4), size=(2, 0.9, 0.8), front=(1, 0, 0)),
        Thing(label="table", center=(1.5, 0.4, 0.4), size=(0.8, 1.2, 0.8), front=(0, 1, 0)),
        Thing(label="vase", center=(1.5, 0.4, 1.0), size=(0.2, 0.2, 0.4)),
        Thing(label="lamp", center=(-1.2, -0.9, 0.8), size=(0.3, 0.3, 1.6)),
        Thing(label="shelf", center=(4.5, 3, 1), size=(0.4, 1.5, 2), front=(-1, 0, 0)),
        Thing(label="chair", center=(2.6, -1.9, 0.5), size=(0.5, 0.5, 1), front=(0, 1, 0)),
        Thing(label="stool", center=(-2, 4.2, 0.3), size=(0.4, 0.4, 0.6)),
    ]
    return scene_of("room", things, complete=Complete(), floor=box(-4, -4, 6, 6))


@pytest.mark.parametrize("wanted", list(of_things()), ids=lambda each: each.name)
def test_what_is_drawn_is_asked_or_rejected(wanted: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    with quickly():
        drawn, given = drawn_by(wanted, room(), monkeypatch)
    assert drawn > 0
    assert len(given) == (drawn // 2 if wanted.name in HALVED else drawn)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [("vertical_relation", 7 * 6), ("next_to", 7 * 6), ("closer_to_third", 7 * 6 * 5), ("is_facing", 4 * 3)],
)
def test_questions_and_rejections_are_all_candidates(name: str, candidates: int) -> None:
    made = list(questions_of(room(), family(name), seed=1))
    assert len(made) == candidates
    assert any(isinstance(each, Question) for each in made)
    assert {each.family for each in made if isinstance(each, Rejection)} == {name}


def test_what_is_rejected_is_counted_once_however_the_work_is_cut() -> None:
    wanted = tuple(Wanted(each, each) for each in ("vertical_relation", "axis_offset"))
    plan = Plan(places=(Made("flat", 5),), wanted=wanted, count=40)
    whole, begun, rest = (make_piece(plan, Unit(0, *each)) for each in ((0, 40), (0, 25), (25, 15)))
    assert (*begun.lines, *rest.lines) == whole.lines
    assert Counter(begun.rejected) + Counter(rest.rejected) == Counter(whole.rejected)


def test_what_no_question_is_about_is_counted_once_a_scene() -> None:
    scene = replace(room(), labels=("sofa", "sofa", *room().labels[2:]))
    assert no_candidates(scene, views=False) == {SHARED: 2}
    assert no_candidates(room(), views=True) == {}


def test_a_picture_that_hardly_shows_a_thing_is_counted() -> None:
    """A wall hides nine tenths and more of the ball."""
    ball = Thing(label="ball", center=(4, 0, 1), size=(1, 1, 1))
    wall = Thing(label="wall", center=(3, -0.04, 1), size=(0.01, 0.8, 2))
    scene = scene_of("wall", [ball, wall], views=(camera("1", (0.0, 0.0, 1.0)),))
    assert no_candidates(scene, views=True) == {HARDLY_SEEN: 1}


def test_the_page_of_a_set_tells_the_reasons_and_their_kinds() -> None:
    rejected = {"gaze: too near": 3, "between: too near": 4, "gaze: too far": 5}
    assert by_reason(rejected) == {"too near (gaze, between)": 7, "too far (gaze)": 5}
