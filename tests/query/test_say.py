"""Programs told in English."""

import re

import pytest

from allocentric.query.english import Reading, read_english
from allocentric.query.say import say
from allocentric.query.say_words import first_form
from allocentric.query.vocabulary import words
from tests.query.test_english import PROGRAMS


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ('distance(the("sofa"), the("tv"))', "the distance between the sofa and the tv"),
        ('distance(the("bed"), all("lamp"))', "the distance between the bed and the nearest lamp"),
        ('count(all("cup") & on(the("table")))', "the number of cups on the table"),
        ('exists(all("lamp"))', "whether there is a lamp"),
        ('extent(the("bed"), along="longest") > 2', "whether the length of the bed is more than 2 m"),
        (
            'nearest([all("lamp"), all("desk")], to=the("bed"))',
            "which of the lamp and the desk is nearest to the bed",
        ),
        ('most(all("chair"), by=extent(along="height"))', "the tallest chair"),
        (
            'direction(the("tv"), standing(at=the("bed"), facing=the("rug")), sectors="four") == "left"',
            "whether the tv is on the left, from the bed facing the rug",
        ),
        ('t = the("table"); count(on(t))', "the number of things on the table"),
        ('length(walk(the("bed"), the("door")))', "the length of the way from the bed to the door"),
        ('not exists(all("chair") - facing(the("tv")))', "whether every chair is facing the tv"),
    ],
)
def test_a_program_is_told_as_a_person_would(program: str, said: str) -> None:
    assert say(program) == said


def test_what_is_said_of_a_program_reads_back_as_that_program_and_never_as_another() -> None:
    back = {program: read_english(say(program)) for program in PROGRAMS}
    read = {p: reading.program for p, reading in back.items() if isinstance(reading, Reading)}
    assert {p: other for p, other in read.items() if other != p} == {}
    assert len(read) / len(PROGRAMS) > 0.85, [p for p in PROGRAMS if p not in read][:20]


def test_every_word_of_the_vocabulary_is_said_without_its_spelling() -> None:
    examples = {word: next((p for p in PROGRAMS if word in re.split(r"\W+", p)), None) for word in words()}
    spelled = {
        word: say(program)
        for word, program in examples.items()
        if program is not None and re.search(r"\w\(|_", say(program))
    }
    assert spelled == {}
    assert [word for word, program in examples.items() if program is None] == []


def test_a_form_is_said_by_its_first_words() -> None:
    assert first_form("( to/on/at )? MY left ( hand )? ( side )?") == "the left"
    assert first_form("farthest/furthest ( away )? from") == "farthest from"
