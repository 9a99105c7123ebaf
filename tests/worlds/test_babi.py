"""Stories in bAbI's layout: numbered lines, questions among them; who moves with what; sizes; ways."""

import pathlib

import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.query.ask import ask
from allocentric.worlds.read import read, scene_ids
from allocentric.worlds.readers.stories.babi import babi_records
from allocentric.worlds.readers.stories.moves import and_then, place_of
from allocentric.worlds.readers.stories.routes import ways_between
from allocentric.worlds.readers.stories.sizes import SIZES
from allocentric.worlds.readers.stories.statements import Held, Within
from allocentric.worlds.readers.stories.story import homes_of, read_story

CARRIED = """1 Ann went to the attic.
2 Ann picked up the lantern there.
3 Ann travelled to the cellar.
4 Where is the lantern?\tcellar\t2 3
5 Ann put down the lantern.
6 Bob moved to the cellar.
7 Bob took the lantern.
8 Ann journeyed to the porch.
9 Bob went back to the attic.
10 Where was the lantern before the attic?\tcellar\t3 9
1 Bob went to the porch.
2 Where is Bob?\tporch\t1
"""


def test_lines_are_numbered_anew_in_each_story_and_questions_are_about_what_was_told_before() -> None:
    first, second, third = babi_records(CARRIED)
    assert (first.id, second.id, third.id) == ("0-4", "0-10", "1-2")
    assert (len(first.told), len(second.told), third.told) == (3, 8, ("Bob went to the porch.",))
    assert (second.at, second.answer, second.support) == (10, "cellar", (3, 9))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 Ann went to the attic.\n3 Where is Ann?\tattic\t1\n", "line 2"),
        ("1 Ann went to the attic.\n1 Bob went to the attic.\n2 Where is Bob?\tattic\t1\n", "line 2"),
        ("1 Ann went to the attic.\n2 Where is Ann?\t\t1\n", "line 2"),
        ("1 Ann went to the attic.\n2 Where is Ann?\tattic\tone\n", "line 2"),
        ("Ann went to the attic.\n", "line 1"),
        ("1 Ann went to the attic.\n", "f"),
    ],
)
def test_a_line_that_is_none_of_the_layout_is_named(text: str, line: str) -> None:
    with pytest.raises(BadInput) as refused:
        list(babi_records(text, where="f"))
    assert refused.value.where.endswith(line)
    assert "numbered lines" in refused.value.mend


def test_each_question_has_the_scene_of_what_was_told_before_it(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "qa2_test.txt"
    path.write_text(CARRIED)
    assert scene_ids(path) == ("0-4", "0-10", "1-2")
    assert ask(read(f"{path}#0-4"), "Where is the lantern?").text == "cellar"
    later = read(f"{path}#0-10")
    assert (ask(later, "Where is the lantern?").text, ask(later, "Where is Ann?").text) == ("attic", "porch")


def test_what_one_has_goes_along_and_what_one_lets_go_of_stays() -> None:
    told = [record.told for record in babi_records(CARRIED)][1]
    homes = homes_of(told, "lantern")
    assert homes == (None, None, "attic", "cellar", "cellar", "cellar", "cellar", "cellar", "attic")


def test_what_changes_hands_goes_with_who_has_it_last() -> None:
    held = and_then(
        and_then([Within("Ann", "hall"), Within("Bob", "hall")], Held("cup", "Ann")), Held("cup", "Bob")
    )
    gone = and_then(and_then(held, Within("Ann", "attic", moved=True)), Within("Bob", "porch", moved=True))
    assert (place_of(gone, "cup"), place_of(gone, "Ann")) == ("porch", "attic")


@pytest.mark.parametrize(
    "told",
    [
        "Ann dropped the cup.",
        "Ann got the cup. Bob dropped the cup.",
        "Ann went to the hall. Bob got the hall.",
    ],
)
def test_nobody_lets_go_of_what_another_has_or_carries_a_place(told: str) -> None:
    with pytest.raises(BadInput, match=r"does not have|is a place"):
        read_story(told)


@pytest.mark.parametrize(
    "told", ["She went to the hall.", "Ann and he went to the hall.", "They got the cup."]
)
def test_who_a_pronoun_means_is_not_guessed(told: str) -> None:
    with pytest.raises(BadInput, match="does not say who"):
        read_story(f"Ann went to the attic. {told}")


def test_a_thing_whose_place_was_never_told_cannot_be_found() -> None:
    scene = read_story("Ann got the cup. Bob went to the hall.")
    assert ask(scene, "Where is the cup?").text.startswith("cannot")


def test_sizes_make_a_scale_and_what_is_not_stated_stays_open() -> None:
    scene = read_story(
        "The box of tea fits inside the chest. The trunk is bigger than the chest. "
        "The bag is smaller than the trunk."
    )
    assert scene.source.format == SIZES
    answers = {
        "Is the trunk bigger than the box of tea?": "yes",
        "Does the trunk fit in the box of tea?": "no",
        "Does the bag fit inside the trunk?": "yes",
        "Is the chest smaller than the trunk?": "yes",
    }
    assert {each: ask(scene, each).text for each in answers} == answers
    assert ask(scene, "Is the bag bigger than the chest?").text.startswith("cannot")


def test_a_story_of_sizes_is_asked_of_nothing_else() -> None:
    scene = read_story("The cup fits inside the box.")
    with pytest.raises(BadInput, match="of sizes, and of nothing else"):
        ask(scene, "Is the box above the cup?")


def test_sizes_that_deny_each_other_are_a_contradiction() -> None:
    scene = read_story("The cup is bigger than the box. The cup fits inside the box.")
    assert "cannot all be true" in scene.source.warnings[0]
    assert ask(scene, "Is the cup bigger than the box?").undetermined.reason == "contradiction"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "told", ["The cup is bigger than the box. The cup is above the lid.", "The cup is bigger than the cup."]
)
def test_sizes_and_places_in_one_story_are_refused(told: str) -> None:
    with pytest.raises(BadInput):
        read_story(told)


def test_a_story_of_places_says_nothing_of_sizes() -> None:
    scene = read_story("The cup is above the box.")
    assert ask(scene, "Is the cup bigger than the box?").text.startswith("cannot")


PLACES = (
    "The attic is north of the hall. The porch is east of the hall. The den is east of the attic. "
    "The den is north of the porch. The barn is west of the hall."
)


def test_ways_go_step_by_step_over_what_is_stated_to_lie_beside() -> None:
    scene = read_story(PLACES, grid=True)
    assert [leg.end for leg in ways_between(scene, "barn", "porch")[0]] == ["hall", "porch"]
    assert len(ways_between(scene, "barn", "porch")) == 1
    assert len(ways_between(scene, "hall", "den")) == 2  # round either corner
    assert ways_between(scene, "hall", "hall") == ((),)
    with pytest.raises(UnknownName):
        ways_between(scene, "hall", "moon")


def test_what_is_north_of_a_place_is_told_on_a_page_without_an_observer() -> None:
    scene = read_story(PLACES, grid=True)
    assert ask(scene, "What is west of the hall?").text == "barn"
    assert ask(scene, "What is the porch south of?").text == "attic and den"
    assert ask(scene, "Is the den north of the barn?").text == "yes"
