"""bAbI's questions in the released layout come to the answers that follow, or are refused."""

import pathlib

import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.audit.audit import audit
from allocentric.questions.records.babi import babi_questions
from allocentric.questions.records.told import Parity, Refused, Told, computed, parity, said

# Sentences and questions in the forms of the public templates, written for these tests; answers by hand.
TASKS = {
    "1": """1 Julie went to the attic.
2 Bill journeyed to the porch.
3 Where is Julie? \tattic\t1
4 Julie went back to the porch.
5 Where is Julie? \tporch\t4
""",
    "2": """1 Julie got the lamp there.
2 Bill went to the cellar.
3 Julie moved to the attic.
4 Where is the lamp? \tattic\t1 3
5 Julie left the lamp there.
6 Julie travelled to the porch.
7 Where is the lamp? \tattic\t3 5
""",
    "3": """1 Bill went to the cellar.
2 Bill grabbed the lamp.
3 Bill journeyed to the attic.
4 Bill discarded the lamp.
5 Julie went to the attic.
6 Julie took the lamp there.
7 Julie moved to the porch.
8 Where was the lamp before the porch? \tattic\t3 7
9 Where was the lamp before the attic? \tcellar\t2 3
""",
    "4": """1 The cellar is west of the attic.
2 The porch is west of the cellar.
3 What is west of the attic?\tcellar\t1
4 What is the cellar west of?\tattic\t1
5 What is the attic east of?\tcellar\t1
1 The cellar is north of the attic.
2 The porch is south of the attic.
3 What is the attic north of?\tporch\t2
4 What is north of the attic?\tcellar\t1
""",
    "6": """1 Bill went to the attic.
2 Is Bill in the attic?\tyes\t1
3 Bill went to the porch.
4 Is Bill in the attic?\tno\t3
""",
    "12": """1 Bill and Julie went to the attic.
2 Where is Julie? \tattic\t1
3 Julie and Kim journeyed back to the porch.
4 Where is Bill? \tattic\t1
5 Where is Kim? \tporch\t3
""",
    "17": """1 The red disc is below the green disc.
2 The star is to the right of the green disc.
3 Is the star above the red disc?\tyes\t1 2
4 Is the red disc to the right of the star?\tno\t1 2
5 Is the star to the right of the red disc?\tyes\t1 2
6 Is the green disc below the star?\tno\t2
""",
    "18": """1 The tin fits inside the basket.
2 The crate is bigger than the basket.
3 The tin is bigger than the marble.
4 Is the crate bigger than the tin?\tyes\t2 1
5 Does the crate fit in the marble?\tno\t2 1 3
6 Does the marble fit in the basket?\tyes\t3 1
""",
    "19": """1 The porch is north of the cellar.
2 The attic is east of the porch.
3 The den is south of the cellar.
4 How do you go from the cellar to the attic?\tn,e\t1 2
5 How do you go from the attic to the den?\tw,s,s\t2 1 3
""",
}


@pytest.mark.parametrize("task", TASKS)
def test_every_question_of_a_task_comes_to_its_answer(task: str) -> None:
    count = TASKS[task].count("?")
    kind = "1" if task == "12" else task  # one question, after a sentence about two
    assert parity(babi_questions(TASKS[task])) == {f"babi {kind}": Parity(count, count, count, count)}


@pytest.mark.parametrize(
    ("task", "answer", "other"),
    [("4", "cellar", "porch"), ("17", "yes", "no"), ("19", "n,e", "e,n"), ("2", "attic", "cellar")],
)
def test_the_released_answer_is_not_read(task: str, answer: str, other: str) -> None:
    changed = TASKS[task].replace(f"\t{answer}\t", f"\t{other}\t", 1)
    told = next(iter(babi_questions(changed)))
    assert isinstance(told, Told)
    assert said(computed(told, told.scene()), told.expected) == answer


def test_the_last_arrival_counts_for_where_it_was_before() -> None:
    story = "1 Bill got the cup.\n" + "".join(
        f"{row} Bill went to the {place}.\n"
        for row, place in enumerate(("den", "attic", "porch", "attic"), start=2)
    )
    (told,) = babi_questions(f"{story}6 Where was the cup before the attic?\tporch\t1")
    assert isinstance(told, Told)
    assert computed(told, told.scene()) == told.released


RING = (
    "1 The porch is north of the den.\n2 The attic is east of the porch.\n3 The hall is east of the den.\n"
    "4 The attic is north of the hall.\n"
)


def first(story: str) -> Told | Refused:
    return next(iter(babi_questions(story, where="f")))


def test_two_ways_as_short_leave_open_how_to_go() -> None:
    told = first(f"{RING}5 How do you go from the den to the attic?\tn,e\t1 2\n")
    assert isinstance(told, Told)
    assert computed(told, told.scene()) is CANNOT_TELL


def test_a_longer_way_beside_a_short_one_leaves_nothing_open() -> None:
    told = first(f"{RING}5 How do you go from the den to the hall?\te\t3\n")
    assert isinstance(told, Told)
    assert computed(told, told.scene()) == "e"


@pytest.mark.parametrize(
    ("story", "place"),
    [
        ("1 Bill gave the cup to Ann.\n2 Where is the cup?\tattic\t1\n", "f, line 2: 0-2, sentence 1"),
        ("1 Bill went to the attic.\n2 What is Bill carrying?\tnothing\n", "f, line 2"),
        ("1 Bill went to the attic.\n2 Where is Bill?\tmoon\t1\n", "f, line 2"),
        ("1 Bill went to the attic.\n2 Is Bill in the attic?\tperhaps\t1\n", "f, line 2"),
        (
            "1 Bill is either in the attic or the porch.\n2 Is Bill in the attic?\tmaybe\t1\n",
            "f, line 2: 0-2, sentence 1",
        ),
        ("1 Ann got the cup.\n2 Where was the cup before the attic?\tden\t1\n", "f, line 2"),
        ("1 The den is north of the hall.\n2 How do you go from the den to the moon?\tn\t1\n", "f, line 2"),
    ],
)
def test_what_is_of_no_such_task_is_refused_with_its_line_and_a_mend(story: str, place: str) -> None:
    refused = first(story)
    assert isinstance(refused, Refused)
    assert refused.why.where.startswith(place)
    assert refused.why.mend


def test_a_file_is_audited_and_what_is_wrong_or_not_read_is_listed(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "qa19_test.txt"
    path.write_text(
        TASKS["19"].replace("\tn,e\t", "\te,n\t")
        + "1 Bill went to the den.\n2 What is Bill carrying?\tnothing\n"
    )
    found = audit(path)
    assert [(each.fault, each.id) for each in found.findings] == [("wrong truth", "0-4")]
    assert found.findings[0].says == "the set says e,n, the scene n,e"
    assert found.asked.total() == 2
    assert next(iter(found.unasked)).startswith("not read: this question is of no task")
