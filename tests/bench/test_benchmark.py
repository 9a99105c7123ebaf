"""Loading a release: typed, in order, once each; what is wrong is named by file, row and field."""

import json
import pathlib
from typing import Any, Final

import pytest

from allocentric.bench.benchmark import Benchmark, Release, load
from allocentric.bench.declare import choice_benchmark, number_benchmark
from allocentric.bench.layouts import Layout, inline_options, without_letters
from allocentric.bench.published.index import BENCHMARKS, benchmark
from allocentric.bench.records import rows
from allocentric.errors import BadInput, UnknownName
from tests.bench.release_files import array, jsonl, parquet, table

PUBLISHED: Final = pathlib.Path(__file__).resolve().parents[2] / "src" / "allocentric" / "bench" / "published"
SIMPLE: Final = ("choice_benchmark(", "number_benchmark(", "points_benchmark(")
MOST_LINES: Final = 25

RECORDS: Final = [
    {
        "id": 7,
        "question": "Which?",
        "options": ["A. left", "B. right"],
        "answer": "B",
        "kind": "side",
        "extra": 1,
    },
    {
        "id": 8,
        "question": "Which?",
        "options": ["A. up", "B. down", "C. level"],
        "answer": "(C)",
        "kind": "height",
    },
]


def small(**fields: Any) -> Benchmark:
    """A benchmark of choices, its fields as given."""
    release = Release(
        name="small", title="Small", source="here", licence="none", files=("*.json*", "*.[ct]sv", "*.parquet")
    )
    return choice_benchmark(release, Layout(id="id", options="options", type="kind", **fields))


def wrong_at(folder: pathlib.Path, held: Benchmark) -> BadInput:
    with pytest.raises(BadInput) as error:
        load(held, folder)
    return error.value


def test_a_record_becomes_a_sample_with_its_truth_apart(tmp_path: pathlib.Path) -> None:
    array("a.json", RECORDS)(tmp_path)
    one, other = load(small(keep=("extra",)), tmp_path)
    assert (one.id, one.type, one.truth, one.prompt.expected.options) == ("7", "side", "B", ("left", "right"))
    assert (other.truth, other.prompt.expected.letters) == ("C", ("A", "B", "C"))
    assert one.prompt.text == "Which?\nA. left\nB. right\nAnswer with the letter of the option."
    assert one.fields["extra"] == 1


@pytest.mark.parametrize("container", ["a.json", "a.jsonl", "a.parquet"])
def test_each_container_holds_the_same_samples(tmp_path: pathlib.Path, container: str) -> None:
    same = [{**each, "extra": 1} for each in RECORDS]
    {"a.json": array, "a.jsonl": jsonl, "a.parquet": parquet}[container](container, same)(tmp_path)
    assert [each.truth for each in load(small(), tmp_path)] == ["B", "C"]


@pytest.mark.parametrize("container", ["a.csv", "a.tsv"])
def test_tables_of_text_hold_lists_as_json_or_as_python_writes_them(
    tmp_path: pathlib.Path, container: str
) -> None:
    made = [
        {
            "id": 1,
            "question": 'Say "which", please',
            "options": json.dumps(["left", "right"]),
            "answer": "A",
            "kind": "k",
        },
        {
            "id": 2,
            "question": "Which?",
            "options": repr(["the dog's", "the cat's"]),
            "answer": "B",
            "kind": "k",
        },
    ]
    table(container, made)(tmp_path)
    assert [each.prompt.expected.options for each in load(small(), tmp_path)] == [
        ("left", "right"),
        ("the dog's", "the cat's"),
    ]


BROKEN: Final = [
    ({"options": None}, "options", "there are no two options to choose from"),
    ({"answer": "right"}, "answer", "'right' is no letter of an option"),
    ({"answer": None}, "answer", "there is no answer"),
    ({"question": 5}, "question", "expected `str`, got `int`"),
    ({"options": 5}, "options", "expected `str | object | array | null`, got `int`"),
    ({"options": ["left", None]}, "options[1]", "expected `int | float | str`, got `null`"),
]


@pytest.mark.parametrize(("change", "field", "what"), BROKEN)
def test_a_broken_record_is_named_by_file_row_and_field(
    tmp_path: pathlib.Path, change: dict[str, Any], field: str, what: str
) -> None:
    jsonl("bench.jsonl", [RECORDS[0], {**RECORDS[1], **change}])(tmp_path)
    error = wrong_at(tmp_path, small())
    assert error.what == what
    assert error.where == f"{tmp_path / 'bench.jsonl'}, row 2, field {field!r}"


def test_a_field_that_is_not_there_is_named_with_those_that_are(tmp_path: pathlib.Path) -> None:
    without = {name: value for name, value in RECORDS[1].items() if name != "answer"}
    jsonl("bench.jsonl", [RECORDS[0], without])(tmp_path)
    error = wrong_at(tmp_path, small())
    assert (error.what, error.where) == (
        "it is not there",
        f"{tmp_path / 'bench.jsonl'}, row 2, field 'answer'",
    )
    assert error.mend == "the record has the fields id, question, options, kind"


def test_numbers_that_are_none_are_named(tmp_path: pathlib.Path) -> None:
    release = Release(name="far", title="Far", source="here", licence="none", files=("*.csv",))
    held = number_benchmark(release, Layout(id="id"), unit="cm")
    table("far.csv", [{"id": 1, "question": "How far?", "answer": "250"}])(tmp_path)
    (only,) = load(held, tmp_path)
    assert only.truth == 2.5  # in metres
    table("far.csv", [{"id": 1, "question": "How far?", "answer": "far"}])(tmp_path)
    error = wrong_at(tmp_path, held)
    assert (error.what, error.where) == (
        "'far' is no number",
        f"{tmp_path / 'far.csv'}, row 1, field 'answer'",
    )


def test_files_that_are_not_what_they_claim_are_refused(tmp_path: pathlib.Path) -> None:
    for name, data in (
        ("a.json", b"[{"),
        ("a.jsonl", b'{"id": 1'),
        ("a.parquet", b"PAR"),
        ("a.csv", b"\xff\xfe\x00"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_bytes(data)
        error = wrong_at(folder, small())
        assert name in error.where
        assert error.mend


def test_a_folder_without_the_release_says_what_to_put_there(tmp_path: pathlib.Path) -> None:
    error = wrong_at(tmp_path, benchmark("erqa"))
    assert error.what == "none of the files of erqa is here"
    assert "erqa*.parquet" in error.mend
    assert wrong_at(tmp_path / "nowhere", benchmark("erqa")).what == "there is no such folder"


def test_one_id_twice_is_refused(tmp_path: pathlib.Path) -> None:
    jsonl("a.jsonl", [RECORDS[0], RECORDS[0]])(tmp_path)
    assert wrong_at(tmp_path, small()).what == "two samples have the id '7'"


def test_an_erratum_that_is_none_has_a_near_miss(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UnknownName) as error:
        load(benchmark("spatialbench"), tmp_path, errata=("damaged_option",))
    assert error.value.mend == "did you mean 'damaged_options'?"


def test_a_type_without_a_rule_is_named(tmp_path: pathlib.Path) -> None:
    record = {
        "id": 1, "question": "?", "ground_truth": "2", "options": None, "question_type": "object_countin",
        "dataset": "d", "scene_name": "s",
    }  # fmt: skip
    jsonl("test.jsonl", [record])(tmp_path)
    error = wrong_at(tmp_path, benchmark("vsi_bench"))
    assert error.what == "no type of question is named 'object_countin'"
    assert error.where.endswith("row 1, field 'question_type'")


def test_options_lose_their_letters_only_where_each_has_its_own() -> None:
    assert without_letters(["(A) left", "(B) right"]) == ("left", "right")
    assert without_letters(["A: left", "B: right"]) == ("left", "right")
    assert without_letters(["B. left", "A. right"]) == ("B. left", "A. right")
    assert without_letters(["A lamp", "B movie"]) == ("A lamp", "B movie")
    assert inline_options("Choices: A. yes. B. no.") == ["A. yes.", "B. no."]
    assert inline_options("Is A. Smith near?\nA: yes\nB: no") == ["A. yes", "B. no"]
    assert inline_options("no options") == []


def test_rows_are_numbered_as_they_stand(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1}\n\n{"id": 2}\n')
    assert [each.number for each in rows(tmp_path / "a.jsonl")] == [1, 3]


@pytest.mark.parametrize(
    "path",
    [each for each in sorted(PUBLISHED.glob("*.py")) if any(mark in each.read_text() for mark in SIMPLE)],
    ids=str,
)
def test_a_simple_benchmark_is_one_file_of_at_most_twenty_five_lines(path: pathlib.Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    assert "def " not in text  # declared, not coded


def test_every_file_declares_one_benchmark_that_is_listed() -> None:
    files = [each for each in PUBLISHED.glob("*.py") if each.stem not in ("__init__", "index")]
    assert len(files) == len(BENCHMARKS) == len({each.name for each in BENCHMARKS})


def test_every_release_says_whose_it_is() -> None:
    for each in BENCHMARKS:
        told = each.release
        assert told.title
        assert told.source
        assert told.licence
        assert told.files
        assert all(0 < value <= 1 for value in told.published.values()), each.name


def test_a_picture_that_stands_in_its_cell_is_found_there(tmp_path: pathlib.Path) -> None:
    long = "iVBO" * 2000
    (tmp_path / "it.tsv").write_text(
        f"qid\tq\tA\tB\tanswer\timage\n1\tb?\tl\tr\tA\t{long}\n2\tc?\tl\tr\tB\ta.png\n"
    )
    release = Release(name="it", title="it", source="it", licence="it", files=("*.tsv",))
    held = choice_benchmark(release, Layout(id="qid", question="q", options=("A", "B"), pictures="image"))
    asked = [each.prompt.pictures[0].path for each in load(held, tmp_path)]
    assert asked == [f"{tmp_path}/it.tsv#1/image", f"{tmp_path}/a.png"]
