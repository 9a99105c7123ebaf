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
from allocentric.questions.making.places import InFile, places_in, read_looks
from allocentric.questions.making.plan import Plan, Wanted
from allocentric.questions.making.run import END, make_lines
from allocentric.questions.making.set import LOG, make_set
from allocentric.questions.making.shards import read_shards
from allocentric.questions.mixes import kinds
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
    for stop in (1, 2, 3):

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
    make_lines(planned(count=1_000, wanted=hard), tmp_path / "log")
    letters = Counter(json.loads(each)["truth"] for each in lines(tmp_path / "log"))
    assert all(abs(count / 1_000 - 0.25) <= 0.02 for count in letters.values())
    assert set(letters) == set("ABCD")


def test_a_broken_scene_is_skipped_named_and_counted(tmp_path: pathlib.Path) -> None:
    save(makers.make("flat", 1), tmp_path / "good.json")
    (tmp_path / "bad.json").write_text('{"allocentric": "broken')
    places = (InFile(str(tmp_path / "bad.json"), "bad"), InFile(str(tmp_path / "good.json"), "good"))
    card = make_set(planned(count=20, places=places), tmp_path / "set", JSONL)
    assert card["questions"] == 20
    assert list(card["skipped"]) == ["bad"]
    assert card["scenes"] == 1


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


@pytest.mark.parametrize("name", [each.name for each in LAYOUTS])
def test_every_layout_holds_what_makes_the_question_again(tmp_path: pathlib.Path, name: str) -> None:
    make_set(planned(count=30), tmp_path / "ours", JSONL)
    make_set(planned(count=30), tmp_path / name, layout(name))
    ours = [from_json(each, where="ours") for each in read_shards(tmp_path / "ours")]
    rows = list(read_shards(tmp_path / name))
    assert len(rows) == len(ours) == 30
    for row, question in zip(rows, ours):
        assert question.words in json.dumps(row, ensure_ascii=False)
        assert question.id in json.dumps(row)


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
