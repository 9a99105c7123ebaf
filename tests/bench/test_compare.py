"""Runs are held against each other sample by sample: differences, what changed, which setting differs."""

import json
import pathlib

import pytest

from allocentric.bench.card import Card
from allocentric.bench.compare import Comparison, Moved, Setting, compare, settings_differing
from allocentric.bench.opened import open_run
from allocentric.bench.published.index import benchmark
from allocentric.cli.main import run
from allocentric.errors import BadInput
from tests.bench.runs import choice, count, release, run_of


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    """Four choices, whose truth is A, and two counts, of 2 and 4."""
    records = [*(choice(id) for id in range(4)), count(4, 2), count(5, 4)]
    return release(tmp_path / "data", records)


def distance(found: Comparison) -> Moved:
    """The number of the choices."""
    return next(each for each in found.numbers if each.name == "object_rel_distance")


def test_a_difference_is_of_the_samples_that_both_runs_have(
    tmp_path: pathlib.Path, data: pathlib.Path
) -> None:
    before = run_of(tmp_path / "one", data, {0: "A", 1: "A", 2: "B", 3: "B", 4: "2", 5: "4"})
    after = run_of(tmp_path / "two", data, {0: "A", 1: "B", 2: "A", 4: "2"})
    found = compare([before, after])[0]
    assert found.paired == 4
    assert found.unpaired == {"only before": 0, "only after": 0, "without a score": 2}
    # of the three choices that both answered, two were right before and two are now
    kind = distance(found)
    assert (kind.before, kind.after) == pytest.approx((2 / 3, 2 / 3))
    assert kind.change.value == pytest.approx(0)
    assert [(each.id, each.turned) for each in found.changed] == [
        ("2", "became right"),
        ("1", "became wrong"),
    ]
    assert found.agreeing == 2


def test_what_changed_shows_both_replies_and_how_they_were_read(
    tmp_path: pathlib.Path, data: pathlib.Path
) -> None:
    before = run_of(tmp_path / "one", data, {0: "A", 5: "2"})
    after = run_of(tmp_path / "two", data, {0: "I would say B", 5: "4"})
    found = {each.id: each for each in compare([before, after])[0].changed}
    assert (found["0"].reply_before, found["0"].reply_after) == ("A", "I would say B")
    assert found["0"].read_after == "I"  # the official rule takes the first token, whatever it is
    # 2 of 4 is half off: right at one of ten thresholds
    assert (found["5"].before, found["5"].after) == pytest.approx((0.1, 1.0))
    assert (found["5"].read_before, found["5"].truth) == (2.0, 4.0)


def test_a_change_is_sure_where_every_scene_changed_alike(tmp_path: pathlib.Path) -> None:
    data = release(tmp_path / "data", [choice(id) for id in range(20)])
    wrong = run_of(tmp_path / "one", data, dict.fromkeys(range(20), "B"))
    mixed = run_of(tmp_path / "two", data, {id: "AB"[id % 2] for id in range(20)})
    kind = distance(compare([wrong, mixed])[0])
    assert kind.change.value == pytest.approx(0.5)
    assert kind.change.low is not None
    assert kind.change.low > 0.2
    assert kind.is_sure
    same = distance(compare([mixed, mixed])[0])
    assert same.change.value == 0
    assert not same.is_sure


def test_each_run_is_held_against_the_first(tmp_path: pathlib.Path, data: pathlib.Path) -> None:
    runs = [run_of(tmp_path / f"run{row}", data, {0: "AB"[row % 2]}) for row in range(3)]
    found = compare(runs)
    assert [(each.before, each.after) for each in found] == [
        (str(runs[0].folder), str(runs[1].folder)),
        (str(runs[0].folder), str(runs[2].folder)),
    ]
    assert [len(each.changed) for each in found] == [1, 0]


def test_the_settings_that_differ_are_named_by_their_paths(
    tmp_path: pathlib.Path, data: pathlib.Path
) -> None:
    before = run_of(tmp_path / "one", data, {0: "A"}, seed=1)
    after = run_of(tmp_path / "two", data, {0: "A"}, seed=2)
    assert compare([before, after])[0].settings == (Setting("seed", "1", "2"),)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("prompts", {"prompts": "a"}, {"prompts": "b"}),
        ("extractors.count", {"extractors": {"count": "strict"}}, {"extractors": {"count": "last_number"}}),
        ("metrics.count", {"metrics": {"count": "mra_vsi@1"}}, {"metrics": {"count": "mra_vsi@2"}}),
        ("data_sha256", {"data_sha256": "0"}, {"data_sha256": "1"}),
        ("frames.count", {"frames": {"count": 16}}, {"frames": {"count": 32}}),
        ("arguments.temperature", {"arguments": {"temperature": 0}}, {"arguments": {"temperature": 1}}),
        ("arguments.top_p", {"arguments": {}}, {"arguments": {"top_p": 0.9}}),
    ],
)  # fmt: skip
def test_a_setting_that_differs_alone_is_told_alone(
    name: str, one: dict[str, object], other: dict[str, object]
) -> None:
    cards = [Card(settings=each, software={"allocentric": "1"}, started="") for each in (one, other)]
    assert [each.name for each in settings_differing(*cards)] == [name]


def test_a_sample_whose_words_changed_is_counted_as_put_otherwise(tmp_path: pathlib.Path) -> None:
    first = release(tmp_path / "first", [choice(0), choice(1)])
    second = release(tmp_path / "second", [choice(0), choice(1, words="Which is nearer?")])
    runs = [
        run_of(tmp_path / name, data, {0: "A", 1: "A"}) for name, data in (("one", first), ("two", second))
    ]
    found = compare(runs)[0]
    assert (found.paired, found.altered) == (2, 1)
    assert {"data_sha256", "data"} <= {each.name for each in found.settings}


def test_runs_of_different_benchmarks_are_refused(tmp_path: pathlib.Path, data: pathlib.Path) -> None:
    one = run_of(tmp_path / "one", data, {0: "A"})
    other = run_of(tmp_path / "two", data, {0: "A"})
    renamed = benchmark("spbench")
    other.__dict__["benchmark"] = renamed
    with pytest.raises(BadInput, match="different benchmarks: vsi_bench and spbench"):
        compare([one, other])
    with pytest.raises(BadInput, match="two runs"):
        compare([one])


def test_a_run_whose_data_have_changed_is_not_opened(tmp_path: pathlib.Path, data: pathlib.Path) -> None:
    run_of(tmp_path / "one", data, {0: "A"})
    release(data, [choice(0, "B")])
    with pytest.raises(BadInput, match="not those that the run was made with"):
        open_run(tmp_path / "one", benchmark)


def test_the_command_shows_the_difference_the_settings_and_the_samples(
    tmp_path: pathlib.Path, data: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_of(tmp_path / "one", data, {0: "A", 1: "A"}, seed=1)
    run_of(tmp_path / "two", data, {0: "A", 1: "\x1b[31mB"}, seed=2)
    assert run(["compare", str(tmp_path / "one"), str(tmp_path / "two")]) == 0
    shown = capsys.readouterr().out
    for wanted in ("-0.500", "2 samples paired", "seed", "became wrong: 1 (object_rel_distance), truth A"):
        assert wanted in shown
    assert "\x1b" not in shown
    assert run(["compare", str(tmp_path / "one"), str(tmp_path / "two"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["comparisons"][0]
    assert told["turned"]["became wrong"] == 1
    changes = {each["name"]: each["change"]["value"] for each in told["numbers"]}
    assert changes["object_rel_distance"] == -0.5


def test_the_command_says_what_is_no_run(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", str(tmp_path), str(tmp_path)]) == 2
    assert "no card of a run" in capsys.readouterr().err
