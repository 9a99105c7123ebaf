"""Released questions about stories: the answers computed are the released ones, which nothing else reads."""

import pathlib
from dataclasses import astuple, replace
from itertools import islice

import msgspec
import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.audit.audit import audit
from allocentric.questions.records.nlvr import nlvr_statements
from allocentric.questions.records.released import released_questions
from allocentric.questions.records.spartqa import spartqa_questions
from allocentric.questions.records.spatialtext import Reading, spatialtext_questions
from allocentric.questions.records.stepgame import stepgame_questions
from allocentric.questions.records.told import Parity, Told, computed, parity
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.spatialtext import SpatialTextRecord
from tests.quickly import quickly
from tests.real_data import folder

ALL_RIGHT = {
    kind: Parity(questions=100, read=100, decided=100, same=100) for kind in ("FR", "YN", "CO", "FB")
}


def spatialtext() -> bytes:
    return (folder("spatialtext") / "data_2D.json").read_bytes()


@pytest.mark.parametrize("reading", [SpatialTextRecord.story, SpatialTextRecord.ordered])
def test_all_of_spatialtext_is_right_from_its_words_and_from_its_coordinates(reading: Reading) -> None:
    with quickly():
        assert parity(spatialtext_questions(spatialtext(), reading=reading)) == ALL_RIGHT


def test_some_of_spatialtext_is_right() -> None:
    few = parity(islice(spatialtext_questions(spatialtext()), 0, None, 29))
    assert sum(each.same for each in few.values()) == sum(each.questions for each in few.values()) == 14


def test_a_breakpoint_changes_some_answers_and_no_other() -> None:
    def broken(record: SpatialTextRecord) -> Scene:
        middle = sorted(each.coordinate[0] for each in record.scene.objects)[1]
        return record.ordered(((middle,), (), ()))

    with quickly():
        changed = {
            told.id: told.type
            for told in spatialtext_questions(spatialtext(), reading=broken)
            if computed(told, told.scene()) != told.released
        }
    assert 0 < len(changed) < 400
    assert "FB" not in changed.values()  # a block is stated


def test_the_released_answer_is_not_read() -> None:
    for told in islice(spatialtext_questions(spatialtext()), 0, None, 40):
        assert computed(replace(told, released="Z"), told.scene()) == told.released


def test_stepgame_questions_come_to_their_labels() -> None:
    text = (folder("stepgame") / "noise" / "qa5_valid.txt").read_text()
    assert parity(islice(stepgame_questions(text), 40)) == {"stepgame": Parity(40, 40, 40, 40)}


def test_some_of_nlvr_is_judged_as_people_did() -> None:
    data = b"\n".join((folder("nlvr_structured") / "dev.json").read_bytes().splitlines()[::61])
    with quickly():
        found = parity(nlvr_statements(data))["nlvr"]
    assert found.questions == 17
    assert found.same == found.decided == found.read >= 13


@pytest.mark.slow
def test_of_all_of_nlvr_one_judged_statement_differs_and_its_voters_did_too() -> None:
    with quickly():
        told = list(nlvr_statements((folder("nlvr_structured") / "dev.json").read_bytes()))
        read = [each for each in told if isinstance(each, Told)]
        assert (len(told), len(read)) == (989, 850)
        assert [each.id for each in read if computed(each, each.scene()) != each.released] == ["1845-3"]


def few(release: str, name: str, lines: int | None = None) -> bytes:
    data = (folder(release) / name).read_bytes()
    return b"".join(data.splitlines(keepends=True)[:lines])


@pytest.mark.parametrize(
    ("release", "name", "lines", "type_"),
    [
        ("stepgame", "clean/qa1_valid.txt", 4, "stepgame"),
        ("nlvr_structured", "dev.json", 3, "nlvr"),
        ("spatialtext", "data_2D.json", None, "FR"),
        ("spartqa_human", "human_train.json", None, "YN"),
    ],
)
def test_a_release_is_told_by_its_content(release: str, name: str, lines: int | None, type_: str) -> None:
    questions = released_questions(few(release, name, lines), pathlib.Path("told.json"))
    assert questions is not None
    assert next(iter(questions)).type == type_


def test_any_other_file_is_of_no_release() -> None:
    for data in (b"", b"{}", b"1 Ann went home.\n", b'{"question": "Where?", "answer": "here"}'):
        assert released_questions(data, pathlib.Path("f")) is None


def test_a_released_file_is_audited_from_its_stories(tmp_path: pathlib.Path) -> None:
    told = tmp_path / "qa1_valid.txt"
    told.write_bytes(few("stepgame", "clean/qa1_valid.txt", 4).replace(b"\tright\t", b"\tabove\t"))
    found = audit(told)
    assert found.asked == found.questions == {"stepgame": 2}
    assert {each.fault for each in found.findings} == {"wrong truth"}


def row_of_the_page(name: str) -> tuple[int, ...]:
    page = (pathlib.Path(__file__).parents[2] / "docs" / "stories.md").read_text()
    row = next(line for line in page.splitlines() if line.startswith(f"| {name}"))
    return tuple(int(each) for each in row.strip("| ").split("|")[1:])


def test_of_two_stories_of_spartqa_two_answers_differ_and_what_is_open_is_said_to_be() -> None:
    whole = msgspec.json.decode((folder("spartqa_human") / "human_train.json").read_bytes())
    two = msgspec.json.encode({"data": [whole["data"][row] for row in (3, 17)]})
    with quickly():
        read = {each.id: each for each in spartqa_questions(two) if isinstance(each, Told)}
        came = {id: computed(each, each.scene()) for id, each in read.items()}
    assert [id for id, each in read.items() if came[id] != each.released] == ["0-16", "1-8"]
    assert len(read) > 25
    assert came["1-3"] is CANNOT_TELL  # "below": only the way across is stated


@pytest.mark.slow
def test_the_page_says_how_much_of_spartqa_is_read_and_as_released() -> None:
    data = (folder("spartqa_human") / "human_train.json").read_bytes()
    with quickly():
        found = parity(spartqa_questions(data))
    rows = {"YN": "yes or no", "FR": "which relations", "FB": "which blocks", "CO": "which of two"}
    for kind, name in rows.items():
        assert astuple(found.pop(kind)) == row_of_the_page(f"SpartQA-Human, {name}")
    assert not found


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("StepGame", (6636,) * 4),
        ("SpatialText 2D, from its words", (400,) * 4),
        ("NLVR", (989, 850, 850, 849)),
        ("SpartQA-Human, yes or no", (162, 82, 82, 70)),
        ("SpartQA-Human, which relations", (149, 74, 74, 67)),
        ("SpartQA-Human, which blocks", (154, 92, 89, 88)),
        ("SpartQA-Human, which of two", (151, 66, 58, 44)),
    ],
)
def test_the_page_says_what_the_slow_tests_find(name: str, counts: tuple[int, ...]) -> None:
    assert row_of_the_page(name) == counts
