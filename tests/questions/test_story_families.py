"""Questions about made stories: fair, readable, and some of them without an answer."""

import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.checker import faults_of
from allocentric.questions.families.story import FAMILIES
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
