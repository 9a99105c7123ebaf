"""Stories of blocks and shapes that are named by size, colour and shape are read whole, or refused."""

import pytest

from allocentric.errors import BadInput
from allocentric.query.ask import ask
from allocentric.questions.records.spartqa_programs import Lying, at_edge
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from allocentric.worlds.readers.stories.spartqa import Shapes, read_spartqa
from allocentric.worlds.readers.stories.spartqa_words import apart_of, parts_of, spelled, way_of
from allocentric.worlds.readers.stories.statements import NotRead, Way
from tests.real_data import folder

STORY = (
    "There are two blocks called A and B. A is to the left of B. In A, there is a small blue square far "
    "above a big blue circle. The square is near and to the right of a medium black triangle and is touching "
    "the right edge of A. In B, there is a small blue square touching the top of a large green oval."
)
SQUARE, CIRCLE = "small blue square of block A", "large blue circle of block A"
TRIANGLE, OTHER = "medium black triangle of block A", "small blue square of block B"
OVAL = "large green oval of block B"


@pytest.fixture(scope="module")
def story() -> tuple[Scene, Shapes]:
    return read_spartqa(STORY)


def said(story: tuple[Scene, Shapes], thing: str, words: str, to: str) -> str:
    scene, shapes = story
    return ask(scene, Lying.of(words).program(thing, to, shapes), proof=False).text


def test_shapes_are_told_apart_by_their_blocks(story: tuple[Scene, Shapes]) -> None:
    shapes = story[1]
    assert shapes.fitting("small blue thing", None) == [SQUARE, OTHER]
    assert shapes.fitting("large thing", "block A") == [CIRCLE]
    assert said(story, TRIANGLE, "to the left of", OTHER) == "yes"
    assert said(story, CIRCLE, "below", SQUARE) == "yes"
    assert said(story, CIRCLE, "to the right of", TRIANGLE).startswith("cannot")


@pytest.mark.parametrize(
    ("thing", "words", "to", "is_so"),
    [
        (SQUARE, "far above", CIRCLE, "yes"),
        (CIRCLE, "near", SQUARE, "no"),
        (TRIANGLE, "near and to the left of", SQUARE, "yes"),
        (TRIANGLE, "far from", SQUARE, "no"),
        (TRIANGLE, "above", CIRCLE, "yes"),  # far below the square, which is near the triangle
        (OVAL, "touching", OTHER, "yes"),
        (OVAL, "far from", TRIANGLE, "yes"),  # blocks apart, in a story that speaks of far
        (CIRCLE, "touching", SQUARE, "no"),
    ],
)
def test_near_far_and_touching_follow_from_what_is_stated(
    story: tuple[Scene, Shapes], thing: str, words: str, to: str, is_so: str
) -> None:
    assert said(story, thing, words, to) == is_so


def test_what_touches_an_edge_is_there_and_not_at_the_opposite_one(story: tuple[Scene, Shapes]) -> None:
    scene, shapes = story
    right, left = (at_edge(SQUARE, Way(right=sign), shapes) for sign in (1, -1))
    assert (ask(scene, right).text, ask(scene, left).text) == ("yes", "no")


def test_near_says_nothing_of_which_way_and_a_way_nothing_of_how_far() -> None:
    assert (apart_of("near and above"), way_of("near and above")) == ("near", Way(up=1))
    assert apart_of("to the left of") == ""
    with pytest.raises(NotRead):
        way_of("left of and right of")


def test_words_that_are_one_letter_off_are_put_right_and_others_are_left() -> None:
    assert (
        spelled("the meidum bleu sqare nad ot the lefft of it")
        == "the medium blue square and to the left of it"
    )
    assert spelled("that zebra with them") == "that zebra with them"
    assert parts_of("big things") == ("large", "", "")


def test_the_of_a_shape_that_is_new_is_one_where_the_sentence_joins_it_to_another() -> None:
    shapes = read_spartqa(
        "There is a block called A. In A, there is a red oval. The oval is above the square."
    )[1]
    assert list(shapes.kinds) == ["red oval of block A", "square of block A"]


def test_lists_of_shapes_ways_of_several_blocks_and_chains_are_read() -> None:
    scene, shapes = read_spartqa(
        "We have three blocks A, B, and C. "
        "Block B is to the right of block A and C and also is above block C. "
        "Block A has a big red oval touching the top edge of the block and a small red square. "
        "Below the square there is a green oval which is to the left of a green square. "
        "It has a white oval to the right of the green oval and above the green square. "
        "In B, there is a white square."
    )
    here = "of block A"
    lies = [
        (f"green oval {here}", "below", f"small red square {here}"),
        (f"green oval {here}", "left of", f"green square {here}"),
        (f"white oval {here}", "right of", f"green oval {here}"),
        (f"white oval {here}", "above", f"green square {here}"),
        ("white square of block B", "right of", f"white oval {here}"),
    ]
    assert {ask(scene, Lying.of(words).program(one, to, shapes)).text for one, words, to in lies} == {"yes"}
    assert ask(scene, at_edge(f"large red oval {here}", Way(up=1), shapes)).text == "yes"
    assert ask(scene, 'relation(the("block B"), the("block C"), world(), axis="up") == "above"').text == "yes"


def test_a_story_that_speaks_of_neither_near_nor_far_answers_nothing_of_them() -> None:
    shapes = read_spartqa("There is a block called A. In A, there is a red oval above a white square.")[1]
    with pytest.raises(NotRead, match="near or far"):
        Lying.of("far from").program("red oval of block A", "white square of block A", shapes)


@pytest.mark.parametrize(
    "sentence",
    [
        "The red oval is above the square",
        "In A, there is a nice square",
        "In A, there are many squares",
        "It is blue",
        "In A, there is a red oval. There is a small red oval above a square",  # the same one?
        "In A, there is a red oval. There is a red oval is above a square",
        "In A, there is a red oval above the red oval",
        "In A, there is a red oval above a square and a circle",  # above both?
        "In A, there is a red oval above a square which is above a circle and touching the left edge",
        "A is above it",
        "In A, there is a red oval to the right of it",
    ],
)
def test_what_is_not_understood_is_refused_with_its_sentence(sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_spartqa(f"There is a block called A. {sentence}.", id="s")
    assert refused.value.where == f"s, sentence {2 + sentence.count('. ')}"


def test_a_story_of_the_file_is_a_scene_by_its_number() -> None:
    scene = read(f"{folder('spartqa_human') / 'human_train.json'}#3")
    assert scene.id == "3"
    assert (
        ask(scene, "Is the large black triangle of block A above the large yellow circle of block A?").text
        == "yes"
    )
