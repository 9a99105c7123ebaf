"""The auditor finds each fault that is planted, in every layout, and nothing in a set that is sound."""

from __future__ import annotations

import json
import pathlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from allocentric.errors import BadInput
from allocentric.questions.audit.audit import Audit, audit
from allocentric.questions.audit.entry import entry_of
from allocentric.questions.audit.findings import check_entry, chi_squared_tail
from allocentric.questions.audit.page import page_of
from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.making.places import places_in
from allocentric.questions.making.plan import Plan, Wanted
from allocentric.questions.making.set import make_set
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import LAYOUTS, layout
from allocentric.scene.file import save
from allocentric.scene.scene import Complete, Thing, scene_of
from allocentric.worlds import makers
from tests import real_data
from tests.quickly import quickly

MIX = ("object_count", "abs_distance_surface", "anchored_direction_hard", "rel_distance_closest")
Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def made(folder: pathlib.Path, name: str = "vsi", count: int = 24) -> pathlib.Path:
    wanted = tuple(Wanted(each, each) for each in MIX)
    plan = Plan(places=places_in([], ["flats:2"], seed=0), wanted=wanted, count=count, seed=5)
    make_set(plan, folder / name, layout(name))
    return folder / name


def spoilt(folder: pathlib.Path, spoil: Callable[[list[Json]], None], count: int = 24) -> Audit:
    """The audit of a set in VSI-Bench's fields after something was done to its rows."""
    (shard,) = made(folder, count=count).glob("questions-*.jsonl")
    rows = [json.loads(line) for line in shard.read_text().splitlines()]
    for row in rows:
        del row["metadata"]  # as VSI-Bench has none
    spoil(rows)
    shard.write_text("".join(json.dumps(each) + "\n" for each in rows))
    return audit(shard.parent)


def faults(found: Audit) -> Counter[str]:
    return Counter(each.fault for each in found.findings)


@pytest.mark.parametrize("name", [each.name for each in LAYOUTS])
def test_nothing_is_wrong_with_a_set_of_ours_in_any_layout(tmp_path: pathlib.Path, name: str) -> None:
    found = audit(made(tmp_path, name))
    assert found.questions.total() == found.asked.total() == 24
    assert found.findings == ()


@pytest.mark.parametrize("name", ["sharegpt", "messages", "vsi", "trl"])
def test_an_answer_that_is_not_that_of_the_record_beside_it_is_found(
    tmp_path: pathlib.Path, name: str
) -> None:
    """What a model would learn is wrong, though the record is right."""

    def spoil(row: Json) -> None:
        if "conversations" in row:
            row["conversations"][-1]["value"] = "spoilt"
        elif "messages" in row:
            row["messages"][-1]["content"][-1]["text"] = "spoilt"
        else:
            row["ground_truth" if "ground_truth" in row else "solution"] = "spoilt"

    (shard,) = made(tmp_path, name, count=8).glob("questions-*.jsonl")
    first, *rest = (json.loads(line) for line in shard.read_text().splitlines())
    spoil(first)
    shard.write_text("".join(json.dumps(each) + "\n" for each in (first, *rest)))
    (found,) = audit(shard.parent).findings
    assert found.fault == "wrong truth"
    assert found.says.startswith("the row says spoilt")


def test_an_angle_that_is_released_in_degrees_is_compared_in_degrees() -> None:
    flat = makers.make("flat", 0)
    made = next(
        each for each in questions_of(flat, family("object_rotation"), seed=1) if isinstance(each, Question)
    )
    row = {"question": made.words, "scene_name": flat.id, "ground_truth": answer_of(made)}
    assert check_entry(entry_of(row, where="row"), flat).findings == ()
    wrong = {**row, "ground_truth": str(float(answer_of(made)) + 40)}
    (found,) = check_entry(entry_of(wrong, where="row"), flat).findings
    assert found.fault == "wrong truth"


def test_a_wrong_number_and_a_wrong_letter_are_found(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        far = next(each for each in rows if each["question_type"] == "abs_distance_surface")
        far["ground_truth"] = str(float(far["ground_truth"]) + 1)
        side = next(each for each in rows if each["question_type"] == "anchored_direction_hard")
        side["ground_truth"] = "ABCD"["ABCD".index(side["ground_truth"]) - 1]

    found = spoilt(tmp_path, spoil)
    assert faults(found) == {"wrong truth": 2}
    assert all(each.answer is not None and each.answer.result.evidence for each in found.findings)


def test_a_truth_that_is_not_offered_is_found(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        side = next(each for each in rows if each["question_type"] == "anchored_direction_hard")
        right = "ABCD".index(side["ground_truth"])
        side["options"] = [each for row, each in enumerate(side["options"]) if row != right]

    assert faults(spoilt(tmp_path, spoil))["not among the options"] >= 1


def test_an_option_that_stands_twice_is_found(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        side = next(each for each in rows if each["question_type"] == "anchored_direction_hard")
        right = "ABCD".index(side["ground_truth"])
        side["options"][right - 1] = side["options"][right - 1][:3] + side["options"][right][3:]

    assert faults(spoilt(tmp_path, spoil))["two options right"] == 1


def test_duplicates_are_found_and_those_that_contradict_are_told_apart(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        sides = [each for each in rows if each["question_type"] == "anchored_direction_hard"]
        rows += [
            dict(sides[0]),
            {**sides[1], "ground_truth": "ABCD"["ABCD".index(sides[1]["ground_truth"]) - 1]},
        ]

    found = faults(spoilt(tmp_path, spoil))
    assert found["duplicate"] == 1
    assert found["duplicate, other answer"] == 1


def test_a_truth_near_its_border_is_found(tmp_path: pathlib.Path) -> None:
    """The lamp is 1 m from the table, the chair 1.1 m: a tenth of a metre is not clear, a metre is."""
    room = scene_of(
        "room",
        [
            Thing(label="table", name="table"),
            Thing(label="lamp", name="lamp", center=(1.0, 0.0, 0.0)),
            Thing(label="chair", name="chair", center=(0.0, 1.1, 0.0)),
            Thing(label="bed", name="bed", center=(0.0, -2.1, 0.0)),
        ],
        complete=Complete(),
    )
    save(room, tmp_path / "room.json")
    asked = "Which of the lamp and the {} is closest to the table?"
    rows = [
        {
            "id": each,
            "scene": "room",
            "question": asked.format(each),
            "options": ["lamp", each],
            "answer": "A",
        }
        for each in ("chair", "bed")
    ]
    (tmp_path / "set.json").write_text(json.dumps(rows))
    (finding,) = audit(tmp_path / "set.json", tmp_path / "room.json").findings
    assert (finding.fault, finding.id) == ("within the margin", "chair")


def test_letters_that_are_not_even_are_found(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        for each in rows:
            if each["options"]:
                right = "ABCD".index(each["ground_truth"])
                texts = [text[3:] for text in each["options"]]
                texts.insert(0, texts.pop(right))
                each["options"] = [f"{letter}. {text}" for letter, text in zip("ABCD", texts)]
                each["ground_truth"] = "A"

    found = spoilt(tmp_path, spoil, count=84)
    assert faults(found)["letter bias"] >= 1
    assert faults(found)["wrong truth"] == 0


def test_words_that_hold_the_right_option_alone_are_found(tmp_path: pathlib.Path) -> None:
    def spoil(rows: list[Json]) -> None:
        side = next(each for each in rows if each["question_type"] == "rel_distance_closest")
        right = side["options"]["ABCD".index(side["ground_truth"])][3:]
        side["question"] = f"Near which thing, such as the {right}, is the window?"

    assert faults(spoilt(tmp_path, spoil))["leaking wording"] == 1


def test_a_row_without_words_or_answer_says_which_names_it_may_have() -> None:
    with pytest.raises(BadInput, match="no words"):
        entry_of({"id": 1, "answer": "A"}, where="row 1")
    with pytest.raises(BadInput, match="no answer"):
        entry_of({"id": 1, "question": "How many?"}, where="row 1")


def test_the_letter_test_knows_its_table() -> None:
    """Critical values of the chi-squared distribution, as in any table of it."""
    for value, freedom, tail in ((3.841, 1, 0.05), (7.815, 3, 0.05), (11.345, 3, 0.01), (16.266, 3, 0.001)):
        assert chi_squared_tail(value, freedom) == pytest.approx(tail, rel=0.01)


def test_the_page_escapes_what_a_set_says(tmp_path: pathlib.Path) -> None:
    rows = [
        {
            "id": 1,
            "type": "<b>",
            "question": "<script>alert(1)</script>",
            "options": ["a", "a"],
            "answer": "A",
        }
    ]
    (tmp_path / "set.json").write_text(json.dumps(rows))
    page = page_of(audit(tmp_path / "set.json"), "<i>")
    assert "<script>" not in page
    assert "&lt;b&gt;" in page


def test_the_released_vsi_bench_questions_come_out_as_the_docs_say() -> None:
    data = real_data.folder("vsi_bench")
    found = audit(data / "questions_arkitscenes.json", data / "arkitscenes_meta_info_val.json")
    assert found.questions.total() == 139
    assert found.asked.total() == 119
    assert faults(found) == {"cannot be determined": 2, "within the margin": 2}


def test_spatialtext_is_true_and_its_letters_are_not_even() -> None:
    found = audit(real_data.folder("spatialtext") / "data_2D.json")
    assert found.questions.total() == found.asked.total() == 400
    assert faults(found) == {"letter bias": 1}


def test_spatialbench_repeats_itself_and_favours_letters_as_the_docs_say() -> None:
    found = audit(real_data.folder("spatialbench") / "QA.txt")
    assert found.questions.total() == 3193
    assert found.asked.total() == 0
    assert faults(found) == {"duplicate": 360, "letter bias": 11, "leaking wording": 3}
