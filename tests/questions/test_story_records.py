"""Released questions about stories: the answers computed are the released ones, which nothing else reads."""

from dataclasses import replace
from itertools import islice

from allocentric.questions.records.spatialtext import spatialtext_questions
from allocentric.questions.records.stepgame import stepgame_questions
from allocentric.questions.records.told import Parity, computed, parity
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.spatialtext import SpatialTextRecord
from tests.real_data import folder

ALL_RIGHT = {kind: Parity(questions=100, read=100, decided=100, same=100) for kind in ("FR", "YN", "CO", "FB")}


def spatialtext() -> bytes:
    return (folder("spatialtext") / "data_2D.json").read_bytes()


def test_all_of_spatialtext_is_right_from_its_words() -> None:
    assert parity(spatialtext_questions(spatialtext())) == ALL_RIGHT


def test_all_of_spatialtext_is_right_from_its_coordinates() -> None:
    assert parity(spatialtext_questions(spatialtext(), reading=SpatialTextRecord.ordered)) == ALL_RIGHT


def test_a_breakpoint_changes_some_answers_and_no_other() -> None:
    def broken(record: SpatialTextRecord) -> Scene:
        middle = sorted(each.coordinate[0] for each in record.scene.objects)[1]
        return record.ordered(((middle,), (), ()))

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
