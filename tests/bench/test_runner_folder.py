"""A run in its folder: the same numbers from stored replies, nothing asked twice, no secret kept."""

import asyncio
import dataclasses
import json
import pathlib
from typing import Any

import pytest
from benchmarks.mock_endpoint import endpoint

from allocentric.agents.model import Model
from allocentric.agents.table import answering
from allocentric.bench.card import differing, read_card
from allocentric.bench.log import read_rows
from allocentric.bench.log_tables import COLUMNS, read_table
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner import Limits
from allocentric.bench.runner_asked import LOG, Wanted
from allocentric.bench.runner_folder import Ran, ran, rescored
from allocentric.bench.runner_tasks import tasks_of
from allocentric.bench.variants import Variants
from allocentric.errors import BadInput
from allocentric.scene.file import save
from allocentric.scene.scene import Complete, Thing, scene_of
from tests.real_data import folder as real

CHOICES = [("left", "right"), ("front", "back"), ("left", "back")]


def release(folder: pathlib.Path, count: int = 12) -> pathlib.Path:
    """Records in the layout of VSI-Bench: choices and counts of one room."""
    folder.mkdir(exist_ok=True)
    records: list[dict[str, Any]] = []
    for number in range(count):
        first, second = CHOICES[number % 3]
        is_choice = number % 2 == 0
        records.append(
            {
                "id": number,
                "dataset": "scannet",
                "scene_name": f"scene{number % 4}",
                "question_type": "object_rel_distance" if is_choice else "object_counting",
                "question": "Which is closer to the sofa?" if is_choice else "How many lamps are there?",
                "options": [f"A. {first}", f"B. {second}"] if is_choice else None,
                "ground_truth": "AB"[number % 4 // 2] if is_choice else str(1 + number % 3),
            }
        )
    (folder / "test.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    return folder


@pytest.fixture(autouse=True)
def _apart(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cached"))


def wanted(data: pathlib.Path, name: str = "random", **more: Any) -> Wanted:
    return Wanted(
        benchmark=benchmark("vsi_bench"), data=data, model=Model(name=name), opened=answering, **more
    )


def put(asked: Wanted, folder: pathlib.Path) -> Ran:
    return asyncio.run(ran(asked, folder))


def test_a_run_leaves_card_log_table_and_json(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("pyarrow")
    done = put(wanted(release(tmp_path / "data"), seed=3), tmp_path / "run")
    names = {each.name for each in (tmp_path / "run").iterdir()}
    assert names == {"card.json", "log.jsonl", "results.json", "results.parquet"}
    rows = list(read_table(tmp_path / "run"))
    assert [row["id"] for row in rows] == [str(number) for number in range(12)]
    assert list(rows[0]) == list(COLUMNS)
    scores = [row["score"] for row in rows if row["type"] == "object_rel_distance"]
    assert sum(scores) / 6 == pytest.approx(done.report.number("object_rel_distance").value)
    told = json.loads((tmp_path / "run" / "results.json").read_text())
    assert told["reports"][0]["overall"]["value"] == done.report.overall.value
    settings = read_card(tmp_path / "run").settings
    assert settings["seed"] == 3
    assert settings["extractors"]["object_counting"] == "first_token"
    assert settings["metrics"]["object_counting"] == "mra_vsi@1"
    assert len(settings["data_sha256"]) == 64


def test_the_same_run_again_asks_nothing_and_says_the_same(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data")
    first, again = (put(wanted(data), tmp_path / "run") for _ in range(2))
    assert (first.card.tally["requests"], again.card.tally["requests"]) == (12, 0)
    assert again.card.tally["before"] == 12
    assert again.report.overall == first.report.overall
    assert len(list(read_rows(tmp_path / "run" / LOG))) == 12


def test_a_limited_run_is_gone_on_with_to_the_numbers_of_a_whole_one(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data")
    put(wanted(data, limit=5), tmp_path / "run")
    put(wanted(data, limits=Limits(most_requests=3)), tmp_path / "run")
    done = put(wanted(data), tmp_path / "run")
    whole = put(wanted(data), tmp_path / "whole")
    assert done.card.tally["requests"] == 12 - 5 - 3
    assert done.report.overall == whole.report.overall


@pytest.mark.parametrize(
    ("changed", "says"), [({"seed": 1}, "seed: 0 and 1"), ({"name": "blind"}, 'model: "random" and "blind"')]
)
def test_a_folder_is_not_shared_by_runs_with_other_settings(
    tmp_path: pathlib.Path, changed: dict[str, Any], says: str
) -> None:
    data = release(tmp_path / "data")
    put(wanted(data), tmp_path / "run")
    with pytest.raises(BadInput, match=f"another run: {says}"):
        put(wanted(data, **changed), tmp_path / "run")


def test_stored_replies_are_scored_anew_without_a_model(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data")
    done = put(wanted(data, variants=Variants(circular=True, repeats=2)), tmp_path / "run")
    again = rescored(tmp_path / "run", benchmark)
    assert {name: each.overall for name, each in again.reports.items()} == {
        name: each.overall for name, each in done.reports.items()
    }
    assert again.together == done.together
    (data / "test.jsonl").write_text((data / "test.jsonl").read_text().replace("sofa", "tv"))
    with pytest.raises(BadInput, match="are not those that the run was made with"):
        rescored(tmp_path / "run", benchmark)
    with pytest.raises(BadInput, match="no card of a run"):
        rescored(tmp_path, benchmark)


def test_variants_are_scored_from_one_log_and_all_together(tmp_path: pathlib.Path) -> None:
    """A model that always says A is right in one of two rotations, and never in both."""
    data = release(tmp_path / "data")
    (tmp_path / "replies.jsonl").write_text(
        "".join(f'{{"id": {n}, "reply": "A"}}\n' for n in range(0, 12, 2))
    )
    name = f"replay:{tmp_path / 'replies.jsonl'}"
    done = put(wanted(data, name, variants=Variants(circular=True, repeats=3)), tmp_path / "run")
    base, turned = (
        done.reports[variant, 0].number("object_rel_distance").value for variant in ("", "options:1")
    )
    assert base is not None
    assert turned is not None
    assert base + turned == 1.0
    assert (done.together["circular"].value, done.together["consistency"].value) == (0.0, 1.0)


def test_failures_are_counted_and_never_wrong_answers(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data")
    truths = [json.loads(line)["ground_truth"] for line in (data / "test.jsonl").read_text().splitlines()]
    replies = "".join(f'{{"id": {number}, "reply": "{truths[number]}"}}\n' for number in range(8))
    (tmp_path / "replies.jsonl").write_text(replies)
    done = put(wanted(data, f"replay:{tmp_path / 'replies.jsonl'}"), tmp_path / "run")
    assert done.report.overall.value == pytest.approx(
        2 / 3
    )  # the authors' code counts directions, which nobody asked, as 0
    assert (done.report.coverage.scored, done.report.coverage.failed) == (8, 4)
    assert sum(row.state == "failed" for row in read_rows(tmp_path / "run" / LOG)) == 4


def test_who_asks_the_scene_answers_every_question_right(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data", 0)
    things = [Thing(label="sofa"), Thing(label="bed", center=(3, 0, 0)), Thing(label="tv", center=(0, 5, 0))]
    room = scene_of("room", things, complete=Complete(labels=frozenset({"sofa", "bed", "tv"})))
    save(room, data / "scene1.json")
    asked = {"dataset": "x", "scene_name": "scene1.json"}
    rows: list[dict[str, Any]] = [
        {"question_type": "object_counting", "question": "How many beds are there?", "ground_truth": "1"},
        {
            "question_type": "object_rel_distance",
            "question": "Which is closer to the sofa, the tv or the bed?",
            "options": ["A. tv", "B. bed"],
            "ground_truth": "B",
        },
    ]
    lines = [json.dumps({"id": number, "options": None, **asked, **each}) for number, each in enumerate(rows)]
    (data / "test.jsonl").write_text("\n".join(lines))
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    save(room, scenes / "scene1")
    done = put(wanted(data, "exact", scenes=str(scenes)), tmp_path / "run")
    assert [row.error for row in read_rows(tmp_path / "run" / LOG)] == ["", ""]
    assert [row.score for row in done.report.rows] == [1.0, 1.0]


def test_the_blind_reach_the_blind_floor_on_every_type_of_the_real_questions(tmp_path: pathlib.Path) -> None:
    done = put(wanted(real("vsi_bench"), "blind"), tmp_path / "run")
    assert len(done.report.parts) >= 7
    for each in (done.report.overall, *done.report.parts):
        assert each.value == pytest.approx(each.blind)


def test_the_real_questions_are_answered_exactly_from_the_real_scenes(tmp_path: pathlib.Path) -> None:
    data = real("vsi_bench")
    asked = wanted(data, "exact", scenes=str(data / "arkitscenes_meta_info_val.json"))
    done = put(asked, tmp_path / "run")
    for name in ("object_counting", "object_size_estimation", "room_size_estimation", "object_rel_distance"):
        assert done.report.number(name).value == 1.0
    assert done.report.coverage.failed == 22  # routes through a room whose floor is not known
    failed = {row.sample for row in read_rows(tmp_path / "run" / LOG) if row.state == "failed"}
    kinds = {row.type for row in done.report.rows if row.id in failed}
    assert kinds == {"route_planning"}


def test_no_file_of_a_run_holds_the_key(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sk-very-secret")
    data = release(tmp_path / "data")
    cache = (
        tmp_path / "cache.sqlite"
    )  # the films are missing: as they are, all samples fail, blind ones do not
    with endpoint(faults=0.3, seed=2) as url:
        model = Model(name="mock", url=f"{url}?k=pass-word", key_env="MY_KEY", timeout_s=0.2)
        asked = dataclasses.replace(wanted(data, cache=cache, variants=Variants(blind=True)), model=model)
        asked = dataclasses.replace(asked, limits=Limits(tries=8, wait_s=0.001))
        done = put(asked, tmp_path / "run")
    assert done.report.coverage.failed == 12
    assert done.reports["blind", 0].coverage.failed == 0
    for path in (*(tmp_path / "run").iterdir(), *tmp_path.glob("cache.sqlite*")):
        assert b"sk-very-secret" not in path.read_bytes()
        assert b"pass-word" not in path.read_bytes()


def test_two_cards_are_held_against_each_other_setting_by_setting(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data")
    one, two = (put(wanted(data, seed=seed), tmp_path / f"run{seed}").card for seed in (0, 1))
    assert differing(one, two) == ["seed: 0 and 1"]


def test_tasks_come_sample_by_sample_in_every_variant(tmp_path: pathlib.Path) -> None:
    from tests.bench.put import samples

    made = list(tasks_of(samples(3), Variants(circular=True, repeats=2), 0, limit=2))
    assert [task.key for task in made[:4]] == [
        ("0", "", 0),
        ("0", "", 1),
        ("0", "options:1", 0),
        ("0", "options:1", 1),
    ]
    assert len(made) == 2 * 4 * 2


@pytest.mark.parametrize("limit", [0, -3])
def test_a_run_of_no_samples_is_refused(tmp_path: pathlib.Path, limit: int) -> None:
    wanted = Wanted(
        benchmark=benchmark("vsi_bench"), data=tmp_path, model=Model(name="random"), opened=answering
    )
    with pytest.raises(BadInput, match="1 or more"):
        dataclasses.replace(wanted, limit=limit)
