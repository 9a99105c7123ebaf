"""Statements about pages mean what people mean by them, and left needs no observer there."""

import math

import pytest

from allocentric.errors import BadInput
from allocentric.query.ask import Open, Read, ask, read
from allocentric.query.grammar_pages import read_page
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.worlds.read import read as read_scene
from allocentric.worlds.readers.nlvr import NlvrItem, nlvr_scene
from allocentric.worlds.readers.stories.story import read_story
from tests.real_data import folder

COLOURS = {"y": "Yellow", "k": "Black", "b": "#0099ff"}


def towers(*blocks: str) -> Scene:
    """Towers of blocks by their first letters, the lowest first: k is black."""
    boxes = [
        [NlvrItem("square", COLOURS[each], 20, 40, 80 - 21 * row) for row, each in enumerate(tower)]
        for tower in blocks
    ]
    return nlvr_scene(boxes, id="towers")


def scattered(*items: tuple[str, str, int, int]) -> Scene:
    """One box with items: shape, colour, and the place of the upper left corner; each 10 wide."""
    return nlvr_scene([[NlvrItem(shape, COLOURS[c], 10, x, y) for shape, c, x, y in items], [], []], id="box")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("There is a tower with exactly 2 blocks, yellow at the base", None),
        ("There is a tower with four blocks.", False),
        ("There is exactly one tower with a black block at the top.", True),
        ("There are 3 towers with a yellow block at the base", True),
        ("There is a tower with a yellow block over a black block", False),
        ("There is a tower with a blue block over a yellow block", True),
        ("There is a black block on a blue block.", True),
        ("There is a black block on a yellow block.", False),
        ("There are 3 blue blocks", False),
        ("There are at least 2 blue blocks", True),
        ("All 3 towers have at least 1 blue block", False),
        ("There is a tower with only blue and yellow blocks", True),
        ("There is a blue block as the base of a tower with at least two blocks.", False),
        ("There is a yellow block as the top of a tower with exactly one block.", True),
        ("The tower with three blocks has a black block at the top", True),
        ("There is no yellow block above a blue block.", None),
        ("There is no yellow block as the base of a tower.", False),
    ],
)
def test_towers_are_judged(statement: str, holds: bool | None) -> None:
    scene = towers("ybk", "yb", "y")
    if holds is None:
        assert read_page(statement) == ()
    else:
        assert ask(scene, statement).text == ("yes" if holds else "no")


@pytest.mark.parametrize(
    ("statement", "holds"),
    [
        ("There is a black item touching the wall", True),
        ("There is a circle touching the edge", False),
        ("There is a triangle touching a corner", True),
        ("There is exactly one square not touching any edge", True),
        ("There is a box with a yellow circle and two black items", True),
        ("There is a box with 4 items and a yellow one on top", True),
        ("There is a box with items of only one color", False),
        ("There is a black triangle touching the right wall of a box", True),
        ("There is a black triangle touching the left wall of a box", False),
        ("All black items are in the same box", True),
        ("There is a box with only black items", False),
    ],
)
def test_scattered_items_are_judged(statement: str, holds: bool) -> None:
    items = ("circle", "y", 30, 5), ("square", "k", 30, 40), ("triangle", "k", 90, 90), ("square", "b", 0, 60)
    assert ask(scattered(*items), statement).text == ("yes" if holds else "no")


def test_what_the_item_adds_up_to_is_a_page() -> None:
    scene = towers("y", "", "")
    assert scene.space == "page"
    row = scene.row("yellow square")
    assert tuple(scene.centers[row]) == (50, 10, 0)  # y runs up


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What is the relation of the agent M to the agent A?", "upper-left"),
        ("Where is M relative to A?", "upper-left"),
        ("Is M left of A?", "yes"),
        ("Is T below A?", "no"),
        ("Is M above and to the left of A?", "yes"),
        ("Is M left or right of A?", "left"),
        ("Is the red square on top of the ball?", "yes"),
    ],
)
def test_questions_about_a_story(question: str, text: str) -> None:
    scene = read_story(
        "K is above A. M is left of K. T is above M. The red square is above the ball.", grid=True
    )
    assert ask(scene, question).text == text


def test_left_in_a_room_still_needs_an_observer() -> None:
    room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    assert isinstance(read("Is the sofa left of the tv?", scene=room), Open)
    page = scene_of("page", room.things(), space="page")
    assert isinstance(read("Is the sofa left of the tv?", scene=page), Read)


@pytest.mark.parametrize("text", ["There is a " + "box with a " * 90, "⟦⟧" * 40, '"); the("x', "box " * 74])
def test_what_is_not_of_the_grammar_is_refused_soon(text: str) -> None:
    assert read_page(text) == ()
    with pytest.raises(BadInput):
        ask(towers("y"), text)


def test_up_on_a_page_is_y_and_north_is_up() -> None:
    page = scene_of(
        "page", [Thing(label="k"), Thing(label="m", center=(0, 2, 0))], space="page", scale=towers("y").scale
    )
    assert ask(page, 'relation(the("m"), the("k"), world(), axis="up")').text == "above"
    assert ask(page, 'offset(the("m"), world(at=the("k")), axis="up")').result.value == 2.0  # type: ignore[union-attr]
    assert math.isclose(towers("y").north.middle_rad, math.pi / 2)


def test_a_real_page_is_asked_by_its_address() -> None:
    path = folder("nlvr_structured") / "dev.json"
    assert ask(read_scene(f"{path}#3125-1"), "There is a tower with four blocks.").text == "yes"
