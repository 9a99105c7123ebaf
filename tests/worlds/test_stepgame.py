"""StepGame's development files come out right from their sentences alone."""

from collections.abc import Iterator

import pytest

from allocentric.errors import BadInput
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.worlds.readers.stories.stepgame import StepGameRecord, stepgame_records
from tests.quickly import quickly
from tests.real_data import folder

STORIES = 6636


def records() -> Iterator[StepGameRecord]:
    for path in sorted(folder("stepgame").glob("*/*.txt")):
        yield from stepgame_records(path.read_text(), where=path.name)


def right(record: StepGameRecord) -> bool:
    scene = record.scene()
    return settled(scene, evaluate(check(parse(record.program)), scene)[0]) == record.label


def test_one_in_sixty_stories_is_right() -> None:
    sample = list(records())[::60]
    assert len(sample) == 111
    assert [each for each in sample if not right(each)] == []


@pytest.mark.slow
def test_all_stories_are_right() -> None:
    with quickly():
        made = [right(each) for each in records()]
    assert (sum(made), len(made)) == (STORIES, STORIES)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1 A is above B.\n3 C is above B.\n", "line 2"),
        ("1 A is above B.\n2 Who is it?\tleft\t1\n", "line 2"),
        ("1 A is above B.\n", "f"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(text: str, line: str) -> None:
    with pytest.raises(BadInput) as refused:
        list(stepgame_records(text, where="f"))
    assert str(refused.value.where).endswith(line)
