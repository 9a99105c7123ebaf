"""Questions about made stories: fair, readable, and some of them without an answer."""

import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.checker import faults_of
from allocentric.questions.families import existence, object_count
from allocentric.questions.families.story import FAMILIES
from allocentric.questions.families.things import counted
from allocentric.questions.family import Family
from allocentric.questions.generate import questions_of
from allocentric.questions.needs import lacking
from allocentric.questions.question import Question
from allocentric.questions.settle import settled, truth_of
from allocentric.scene.scene import Scene
from allocentric.worlds import makers
from allocentric.worlds.readers.stories.story import read_story
from allocentric.worlds.writers.story import story_text
from tests.quickly import quickly

STORIES = [makers.make(maker, seed) for maker in ("grid_story", "block_story") for seed in range(3)]


def asked(family: Family, scene: Scene) -> list[Question]:
    return [each for each in questions_of(scene, family, seed=1) if isinstance(each, Question)]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_the_public_checker_finds_no_fault(family: Family) -> None:
    scenes = [each for each in STORIES if lacking(each, family.needs) is None]
    with quickly():
        assert list(faults_of(family, scenes, each=4)) == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
def test_some_questions_are_left_open_and_more_are_not(family: Family) -> None:
    scenes = [each for each in STORIES if lacking(each, family.needs) is None]
    with quickly():
        made = [question for scene in scenes for question in asked(family, scene)]
    withheld = [each for each in made if each.truth is CANNOT_TELL]
    assert 0 < len(withheld) < 0.6 * len(made)
    assert {each.reason for each in withheld} <= {"unconnected", "not_placed"}


def test_whoever_reads_the_words_alone_comes_to_the_same_truth() -> None:
    with quickly():
        for family in FAMILIES:
            for scene in (each for each in STORIES[::2] if lacking(each, family.needs) is None):
                told = read_story(story_text(scene), grid=scene.id.startswith("grid"))
                for question in asked(family, scene)[:5]:
                    assert truth_of(question.expected, settled(told, question.program)) == question.truth


def test_objects_in_general_are_no_kind_that_is_asked_about() -> None:
    for scene in (STORIES[0], STORIES[3]):
        assert set(counted(scene)) == set()
        with quickly():
            words = [
                each.words
                for family in (object_count.FAMILY, existence.FAMILY)
                for each in asked(family, scene)
            ]
        assert not any("object" in each for each in words)


def test_in_which_block_or_room_one_is_is_not_asked_where_the_name_tells() -> None:
    blocks = read_story("In block A, there is a red oval of block A. In block B, there is a cup.", skip=True)
    rooms = read_story("Mary went to the hall. John went to the attic.")
    membership = next(each for each in FAMILIES if each.name == "membership")
    with quickly():
        said = {
            each.words.removeprefix("Which ").removeprefix("In which ") for each in asked(membership, rooms)
        }
        named = [each.words for each in asked(membership, blocks)]
    assert said <= {"room is Mary?", "room is John?", "room is Mary in?", "room is John in?"}
    assert said
    assert all("cup" in each for each in named)
    assert named


def test_nothing_is_asked_of_where_things_are_in_a_story_of_sizes_or_of_rooms_alone() -> None:
    sizes = read_story("The cup fits inside the box. The chest is bigger than the box.")
    rooms = read_story("Mary went to the hall. John went to the attic.")
    fit = [each for each in FAMILIES if lacking(sizes, each.needs) is None]
    assert len(fit) > 3
    assert {family.name for family in fit for _ in asked(family, sizes)} == set()
    compare = next(each for each in FAMILIES if each.name == "story_compare")
    assert asked(compare, rooms) == []


def test_agents_are_letters_and_other_things_go_by_their_names() -> None:
    places = read_story("The hall is north of the attic. The den is east of the hall.", grid=True)
    multi_hop = next(each for each in FAMILIES if each.name == "multi_hop")
    with quickly():
        words = {each.words for each in asked(multi_hop, places)}
        assert "What is the relation of the agent" in " ".join(
            each.words for each in asked(multi_hop, STORIES[0])
        )
    assert words
    assert not any("agent" in each for each in words)
