"""The language itself: what is shown reads back, what is not known stays so, and no text breaks it."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.errors import AllocentricError
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.parse import parse
from allocentric.query.program import (
    Binary,
    Call,
    Joined,
    Listed,
    Minus,
    Name,
    Node,
    Not,
    Number,
    Operator,
    Program,
    Text,
    Those,
    show,
)
from allocentric.scene.scene import Complete, Scene, Thing, scene_of
from allocentric.scene.truth import EITHER, NEVER, SURELY, Truth

WORDS = ("count", "all", "the", "distance", "direction", "nearest", "of", "standing", "on", "deg", "cm")
VARIABLES = ("t", "u", "x", "table_1", "ß")
OPERATORS: tuple[Operator, ...] = ("+", "-", "*", "/", "&", "|", "<", "<=", ">", ">=", "==", "!=")
UNKNOWN = 'inside(the("lost"), the("box"))'
TRUE = "1 < 2"
FALSE = "2 < 1"

Draw = Callable[[st.SearchStrategy[Any]], Any]

names = st.sampled_from(VARIABLES)
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Number, st.floats(0, 1e12)),
    st.builds(Text, st.text(st.characters(codec="utf-8"), max_size=8)),
    st.builds(Name, st.sampled_from((*VARIABLES, *WORDS))),
)


def any_node(draw: Draw, depth: int = 3, *, sets: bool = True) -> Node:
    """Any node of the syntax tree, with at most one set in it."""

    def inner() -> Node:
        return any_node(draw, depth - 1, sets=False)

    form = draw(st.integers(0, 8)) if depth else 8
    match form:
        case 0:
            named = tuple((name, inner()) for name in ("to", "by")[: draw(st.integers(0, 2))])
            arguments = tuple(inner() for _ in range(draw(st.integers(0, 2))))
            return Call(draw(st.sampled_from(WORDS)), arguments, named)
        case 1:
            return Listed(tuple(inner() for _ in range(draw(st.integers(0, 2)))))
        case 2:
            return Binary(draw(st.sampled_from(OPERATORS)), inner(), inner())
        case 3:
            return Minus(inner())
        case 4:
            return Not(inner())
        case 5 | 6:
            operands = tuple(inner() for _ in range(draw(st.integers(2, 3))))
            return Joined("and" if form == 5 else "or", operands)
        case 7 if sets:
            return Those(draw(names), inner(), inner())
    leaf: Node = draw(leaves)
    return leaf


def any_program(draw: Draw) -> Program:
    """Any syntax tree: most of them mean nothing.

    It is put together in the test, not in a strategy: the types of what is made there are executed.
    """
    assigned = tuple((draw(names), any_node(draw)) for _ in range(draw(st.integers(0, 2))))
    return Program(assigned, any_node(draw))


VALID = (
    'distance(the("sofa"), the("tv"))',
    't = the("table"); count(on(t)) > 2',
    'nearest(all("chair") - on(the("bed")), to=the("bed"), geometry="floor")',
    '{t for t in all("a") if distance(t, the("b")) < cm(50) and not on(t, the("b"))}',
    'direction(the("a"), standing(at=the("b"), facing=the("c")), sectors="four") == "left"',
    'order([the("a"), all("b")], by=distance(to=the("c")), same_within=cm(5))',
    'bin(distance(the("a"), the("b")), [1, 2, cm(300)])',
    'turns([the("a"), the("b"), the("c")], facing=the("b"))',
    'turned(of(the("a")), deg(90) + bearing(the("b"), of(the("c"))))',
    'total({t for t in all() if volume(t) > 1}, by=volume) / area(the("a")) * 2 - 1',
)
PIECES = (
    *WORDS,
    *VARIABLES,
    *OPERATORS,
    *'()[]{}"=;,.:\\#\n\0\t ',
    "not ",
    " and ",
    " if ",
    "1e999",
    "-",
)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A program with pieces cut out, put in, or taken from another one."""
    text = draw(st.sampled_from(VALID))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        other = draw(st.sampled_from(VALID))
        from_ = draw(st.integers(0, len(other)))
        piece = draw(
            st.sampled_from(PIECES)
            | st.text(max_size=3)
            | st.just(other[from_ : from_ + draw(st.integers(0, 20))])
        )
        text = text[:start] + piece + text[end:]
    return text


def read(text: str) -> None:
    """Read and check a text as a program; an error that says what is wrong is a fair answer."""
    try:
        program = parse(text)
    except AllocentricError:
        return
    assert parse(show(program)) == program
    with contextlib.suppress(AllocentricError):
        check(program)


@pytest.fixture(scope="module")
def scene() -> Scene:
    lost = Thing(label="lost", size=(0.1, 0.1, 0.1), center_slack=float("inf"))
    return scene_of("half known", [lost, Thing(label="box", size=(1, 1, 1))], complete=Complete())


def possible(scene: Scene, text: str) -> frozenset[bool]:
    bound, _ = evaluate(check(parse(text)), scene)
    return bound.possible if isinstance(bound, Truth) else EITHER


@settings(max_examples=500)
@given(st.data())
def test_every_program_that_is_shown_reads_back_as_itself(data: st.DataObject) -> None:
    program = any_program(data.draw)
    assert parse(show(program)) == program


@pytest.mark.parametrize("escape", ["\\0", "\\r", "\\t", "\\n", "\\f", "\\u2028", "\\ud800", "\\\\", "\\'"])
def test_a_name_with_any_letter_in_it_reads_back(escape: str) -> None:
    program = parse(f"the('{escape}')")
    assert parse(show(program)) == program


@settings(max_examples=300)
@given(st.data())
def test_a_program_of_any_nodes_is_checked_or_refused(data: st.DataObject) -> None:
    read(show(any_program(data.draw)))


@pytest.mark.parametrize("text", VALID)
def test_what_is_mutated_is_valid_before(text: str) -> None:
    assert check(parse(text)).text == show(parse(text))


@settings(max_examples=500)
@given(mutations())
def test_a_mutated_program_is_read_or_refused_with_a_reason(text: str) -> None:
    read(text)


@settings(max_examples=500)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    ("text", "truths"),
    [
        (UNKNOWN, EITHER),
        (f"not {UNKNOWN}", EITHER),
        (f"{FALSE} and {UNKNOWN}", NEVER),
        (f"{UNKNOWN} and {FALSE}", NEVER),
        (f"{TRUE} and {UNKNOWN}", EITHER),
        (f"{TRUE} or {UNKNOWN}", SURELY),
        (f"{UNKNOWN} or {TRUE}", SURELY),
        (f"{FALSE} or {UNKNOWN}", EITHER),
        (f"not ({FALSE} and {UNKNOWN})", SURELY),
        (f"not ({UNKNOWN} or {TRUE})", NEVER),
        (f"{UNKNOWN} and ({FALSE} or not {TRUE})", NEVER),
    ],
)
def test_what_is_not_known_leaves_open_only_what_hangs_on_it(
    scene: Scene, text: str, truths: frozenset[bool]
) -> None:
    assert possible(scene, text) == truths


@given(
    st.recursive(
        st.sampled_from((TRUE, FALSE, UNKNOWN)),
        lambda parts: st.one_of(
            parts.map(lambda each: f"not ({each})"),
            st.tuples(parts, st.sampled_from(("and", "or")), parts).map(
                lambda each: f"({each[0]}) {each[1]} ({each[2]})"
            ),
        ),
        max_leaves=6,
    )
)
def test_a_truth_in_every_case_is_a_truth_that_is_known_or_left_open(scene: Scene, text: str) -> None:
    cases = {possible(scene, text.replace(UNKNOWN, each)) for each in (TRUE, FALSE)}
    assert possible(scene, text) >= frozenset().union(*cases)
    assert possible(scene, f"not ({text})") == {not each for each in possible(scene, text)}
