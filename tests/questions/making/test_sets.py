"""The same plan makes the same set of questions, whoever works at it and however often it is stopped."""

from __future__ import annotations

import json
import pathlib
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.questions.audit.entry import entry_of
from allocentric.questions.making.places import places_in, read_looks
from allocentric.questions.making.plan import Plan, Wanted
from allocentric.questions.making.run import END, make_lines
from allocentric.questions.making.set import LOG, make_set
from allocentric.questions.making.shards import read_shards
from allocentric.questions.mixes import kinds
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import LAYOUTS, layout
from allocentric.questions.records.record import from_json
from allocentric.scene.file import save
from allocentric.worlds import makers
from tests.quickly import quickly

MIX = ("object_count", "abs_distance_surface", "anchored_direction_hard", "rel_distance_closest")
JSONL = layout("jsonl")


class Killed(Exception):
    """What stops a run in the middle."""


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def planned(count: int = 120, flats: int = 3, **changed: Any) -> Plan:
    wanted = tuple(Wanted(each, each) for each in MIX)
    held = {"places": places_in([], [f"flats:{flats}"], seed=0), "wanted": wanted, "count": count, "seed": 5}
    return Plan(**{**held, **changed})


def lines(path: pathlib.Path) -> list[bytes]:
    return [each for each in path.read_bytes().splitlines() if not each.startswith(END)]


def test_two_workers_make_the_set_that_one_makes(tmp_path: pathlib.Path) -> None:
    one = make_lines(planned(), tmp_path / "one")
    two = make_lines(planned(), tmp_path / "two", workers=2)
    assert one.sha256.hexdigest() == two.sha256.hexdigest()
    assert lines(tmp_path / "one") == lines(tmp_path / "two")


def test_a_set_that_is_stopped_anywhere_goes_on_without_loss_or_repeat(tmp_path: pathlib.Path) -> None:
    whole = make_lines(planned(), tmp_path / "whole")
    for stop in (1, 2):

        def killed(totals: Iterator[int], stop: int = stop) -> Iterator[int]:
            for number, total in enumerate(totals):
                yield total
                if number == stop:
                    raise Killed

        path = tmp_path / f"stopped {stop}"
        with pytest.raises(Killed):
            make_lines(planned(), path, watch=killed)
        with open(path, "ab") as torn:
            torn.write(b'{"type":"object_count","id":"torn')
        again = make_lines(planned(), path)
        assert again.sha256.hexdigest() == whole.sha256.hexdigest()
        assert again.rejected == whole.rejected
        assert lines(path) == lines(tmp_path / "whole")


def test_as_many_are_made_as_are_asked_for_and_no_question_twice(tmp_path: pathlib.Path) -> None:
    tally = make_lines(planned(count=301), tmp_path / "log")
    ids = [json.loads(each)["id"] for each in lines(tmp_path / "log")]
    assert tally.total == len(ids) == len(set(ids)) == 301


def test_scenes_that_run_dry_leave_their_share_to_the_others(tmp_path: pathlib.Path) -> None:
    counts = (Wanted("object_count", "object_count"),)
    tally = make_lines(planned(count=10_000, wanted=counts), tmp_path / "log")
    most = sum(len(set(makers.make("flat", seed).labels)) for seed in range(3))
    assert 0 < tally.total < most
    assert len(tally.dry) == 3


def test_letters_are_even_within_two_percent(tmp_path: pathlib.Path) -> None:
    hard = (Wanted("hard", "anchored_direction_hard"),)
    make_lines(planned(count=400, flats=2, wanted=hard), tmp_path / "log")
    letters = Counter(json.loads(each)["truth"] for each in lines(tmp_path / "log"))
    assert all(abs(count / 400 - 0.25) <= 0.02 for count in letters.values())
    assert set(letters) == set("ABCD")


def test_a_broken_scene_is_skipped_named_and_counted(tmp_path: pathlib.Path) -> None:
    """Text that stops short, a file of nothing, numbers that are no place: as a folder, or file by file."""
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    save(makers.make("flat", 1), scenes / "good.json")
    whole = (scenes / "good.json").read_text()
    broken = {"short.json": whole[:200], "empty.json": "", "no_number.json": whole.replace("0.", '"x', 1)}
    for name, text in broken.items():
        (scenes / name).write_text(text)
    apart = (Wanted("abs_distance_surface", "abs_distance_surface"),)
    for addresses in ([str(scenes)], sorted(str(each) for each in scenes.iterdir())):
        plan = planned(count=8, places=places_in(addresses, [], seed=0), wanted=apart)
        card = make_set(plan, tmp_path / f"set of {len(addresses)}", JSONL)
        assert card["questions"] == 8
        assert {pathlib.Path(each).name for each in card["skipped"]} == set(broken)
        assert card["scenes"] == 1


def test_files_that_are_all_broken_and_a_file_that_is_missing_are_told_at_once(
    tmp_path: pathlib.Path,
) -> None:
    (tmp_path / "bad.json").write_text('{"allocentric": "broken')
    for address in (tmp_path, tmp_path / "bad.json"):
        with pytest.raises(BadInput, match="stops short"):
            places_in([str(address)], [], seed=0)
    save(makers.make("empty", 1), tmp_path / "good.json")
    with pytest.raises(BadInput, match="no such file"):
        places_in([str(tmp_path / "good.json"), str(tmp_path / "missing.json")], [], seed=0)


def test_one_set_is_made_once_and_never_over_another(tmp_path: pathlib.Path) -> None:
    first = make_set(planned(count=12), tmp_path / "set", JSONL)
    assert make_set(planned(count=12), tmp_path / "set", JSONL) == first
    with pytest.raises(BadInput, match="holds another set"):
        make_set(planned(count=13), tmp_path / "set", JSONL)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(BadInput, match="not empty"):
        make_set(planned(count=12), tmp_path / "other", JSONL)
    assert not (tmp_path / "set" / LOG).exists()


def test_a_kind_that_no_scene_has_the_parts_for_says_which_part(tmp_path: pathlib.Path) -> None:
    save(makers.make("empty", 1), tmp_path / "empty.json")
    places = places_in([str(tmp_path / "empty.json")], [], seed=0)
    wanted = (Wanted("abs_distance_surface", "abs_distance_surface"),)
    with pytest.raises(BadInput, match=r"needs things"):
        make_lines(planned(places=places, wanted=wanted), tmp_path / "log")


def test_an_unknown_kind_is_told_with_its_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'object_count'"):
        kinds("object_cuont")


def test_views_and_worlds_that_are_none_are_told() -> None:
    for text in ("walk:0", "run:3", "walk:x"):
        with pytest.raises(BadInput, match="no views"):
            read_looks(text)
    with pytest.raises(BadInput, match="no worlds"):
        places_in([], ["flats"], seed=0)
    with pytest.raises(UnknownName, match="flat"):
        places_in([], ["flts:3"], seed=0)


def test_two_scenes_of_one_name_are_told(tmp_path: pathlib.Path) -> None:
    for name in ("one", "two"):
        save(makers.make("flat", 1), tmp_path / f"{name}.json")
    with pytest.raises(BadInput, match="two scenes are called 'flat-1'"):
        places_in([str(tmp_path)], [], seed=0)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    folder = tmp_path_factory.mktemp("ours") / "set"
    with quickly():
        make_set(planned(count=24, flats=1, twins=True), folder, JSONL)
        return [from_json(each, where="ours") for each in read_shards(folder)]


@pytest.mark.parametrize("name", [each.name for each in LAYOUTS])
def test_every_layout_holds_what_makes_the_question_again(
    tmp_path: pathlib.Path, ours: list[Question], name: str
) -> None:
    make_set(planned(count=24, flats=1, twins=True), tmp_path / name, layout(name))
    rows = list(read_shards(tmp_path / name))
    assert len(rows) == len(ours) == 24
    for row, question in zip(rows, ours):
        entry = entry_of(row, where=name)
        assert question.words in json.dumps(row, ensure_ascii=False)
        assert entry.question == question
        assert entry.stated in (None if name == "jsonl" else answer_of(question),)


@pytest.mark.parametrize("name", ["parquet", "vsi"])
def test_a_row_says_what_is_withheld(ours: list[Question], name: str) -> None:
    """A twin whose answer is withheld does not read as the question that it is a twin of."""
    told = dict[str, str]()
    for question in ours:
        if question.twin in ("", "withheld"):
            row = layout(name).row("type", question, ())
            truth = str(row.get("ground_truth", row.get("answer")))
            assert told.setdefault(str(row["question"]), truth) == truth
    assert "cannot be determined" in told.values()


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path: pathlib.Path) -> None:
    """A file may grow to 50 kB only, as on a disk that is full."""
    command = [sys.executable, "-m", "allocentric", "make", "--worlds", "flats:3", "--kinds", ",".join(MIX)]
    command += ["--count", "120", "--seed", "5", "--format", "jsonl", "--out", str(tmp_path / "set")]

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    full = subprocess.run(command, preexec_fn=small, capture_output=True, text=True, check=False)
    assert full.returncode == 2
    assert "mend:  free some space, and run it again" in full.stderr
    assert "Traceback" not in full.stderr
    whole = subprocess.run(command, capture_output=True, text=True, check=False)
    assert whole.returncode == 0, whole.stderr
    assert len(list(read_shards(tmp_path / "set"))) == 120


def test_a_record_that_is_no_question_says_which_field() -> None:
    with pytest.raises(BadInput, match="lacks 'expected'"):
        from_json({"id": "1"}, where="line 1")


def test_what_two_kinds_ask_alike_is_asked_once(tmp_path: pathlib.Path) -> None:
    """Whichever unit or words it is in: how many chairs there are, how tall the shelf is."""
    twins = ("object_count", "scaled_count", "object_height", "scaled_height")
    wanted = tuple(Wanted(each, each) for each in twins)
    tally = make_lines(planned(count=400, wanted=wanted, flats=1), tmp_path / "log")
    made = [json.loads(each) for each in lines(tmp_path / "log")]
    asked = Counter((each["program"], each["expected"]["kind"]) for each in made)
    assert max(asked.values()) == 1
    assert {each["type"] for each in made} == set(twins)
    assert sum(times for why, times in tally.rejected.items() if "asked by another kind" in why) > 0


def test_kinds_that_ask_the_same_program_for_another_answer_stay(tmp_path: pathlib.Path) -> None:
    apart = ("abs_distance_surface", "abs_distance_options")
    wanted = tuple(Wanted(each, each) for each in apart)
    make_lines(planned(count=200, wanted=wanted, flats=1), tmp_path / "log")
    made = [json.loads(each) for each in lines(tmp_path / "log")]
    assert set(Counter(each["type"] for each in made).values()) == {100}
