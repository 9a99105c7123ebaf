"""Scoring: equal to the authors' own sums, failures apart, the samples named on which the rules differ."""

import json
import math
import pathlib
from collections import defaultdict
from statistics import fmean
from typing import Any, Final

import numpy as np
import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.prompt import Attempt
from allocentric.answers.scored import Scored
from allocentric.answers.statistics import numbers
from allocentric.bench.benchmark import RELEASED, Release, load
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout
from allocentric.bench.published.index import benchmark
from allocentric.bench.report import Mode
from allocentric.bench.sample import Sample
from allocentric.bench.scoring import reports, score, told_beside, with_floors
from allocentric.seeds import stream
from tests import real_data
from tests.bench.released import RELEASED as WRITTEN
from tests.bench.replies import is_close, right

MODES: Final[tuple[Mode, ...]] = ("official", "sound")

GIVEN: Final = ("{}", "{}.", "The answer is {}.", "{} of them", " {}", "({})", "{}\n", "about {}", "")


def messy(samples: list[Sample]) -> dict[str, str]:
    """Replies as people's models give them: some bare, some in a sentence, some right, some empty."""
    draw = stream(5, "messy")
    said = {}
    for each in samples:
        letters = each.prompt.expected.letters
        core = (
            str(draw.choice(letters))
            if letters
            else f"{float(each.fields[RELEASED]) * draw.uniform(0.5, 1.5):.2f}"
        )
        said[each.id] = str(draw.choice(GIVEN)).format(core)
    return said


def vsi_official(samples: list[Sample], replies: dict[str, str]) -> tuple[dict[str, float], float]:
    """VSI-Bench's own score of each sample and its overall one, worked out apart from the code under test.

    The first piece up to a blank without its last dots is the letter, case aside, or the number, else 0;
    bounds are 1 less ten even steps from 0.5 to 0.95; three grades of direction are averaged first.
    """
    scores, types = dict[str, float](), defaultdict[str, list[float]](list)
    bounds = 1 - np.linspace(0.5, 0.95, 10)
    for each in samples:
        token = replies[each.id].split(" ")[0].rstrip(".").strip()
        truth = str(each.fields[RELEASED])
        if each.prompt.expected.letters:
            scores[each.id] = float(token.lower() == truth.lower())
        else:
            try:
                off = abs(float(token) - float(truth)) / float(truth)
            except ValueError:
                off = math.inf
            scores[each.id] = float((off <= bounds).mean())
        types[each.type].append(scores[each.id])
    means = {name: fmean(held) for name, held in types.items()}
    directions = [means.pop(f"object_rel_direction_{grade}") for grade in ("easy", "medium", "hard")]
    return scores, fmean([*means.values(), fmean(directions)])


def test_vsi_scores_are_the_authors_sample_by_sample_and_in_sum() -> None:
    held = benchmark("vsi_bench")
    samples = load(held, real_data.folder("vsi_bench"))
    replies = messy(samples)
    scores, overall = vsi_official(samples, replies)
    report = score(samples, replies, held)
    assert {row.id: row.score for row in report.rows} == scores
    assert is_close(report.overall.value, overall)
    assert len(set(scores.values())) > 5  # the replies are neither all right nor all wrong


def test_where_the_rules_differ_the_samples_are_named() -> None:
    held = benchmark("vsi_bench")
    samples = load(held, real_data.folder("vsi_bench"))
    letter = next(each for each in samples if each.prompt.expected.letters)
    length = next(each for each in samples if each.type == "object_size_estimation")
    replies = {
        letter.id: f"The answer is {letter.truth}.",
        length.id: f"{float(length.fields[RELEASED]) / 100} m",
    }
    official, sound = reports(samples, replies, held)
    found = {each.id: (each.official, each.sound) for each in official.differing}
    # The first piece is "The"; the unit of the reply is read, not taken for centimetres.
    assert found == {letter.id: (0.0, 1.0), length.id: (0.0, 1.0)}
    assert sound.differing == official.differing


def test_a_failure_is_no_wrong_answer_and_is_counted() -> None:
    held = benchmark("vsi_bench")
    samples = load(held, real_data.folder("vsi_bench"))[:4]
    truth = right(samples[0], held)
    replies: dict[str, str | Attempt] = {
        samples[0].id: truth,
        samples[1].id: Attempt(sample=samples[1].id, state="failed", error="503"),
        samples[2].id: Attempt(sample=samples[2].id, state="refused", reply="I cannot help with that."),
    }
    official, sound = reports(samples, replies, held)
    for report in (official, sound):
        told = report.coverage
        assert (told.samples, told.scored, told.failed, told.missing) == (4, 1, 1, 1)
        assert [row.score for row in report.rows] == [1.0, None, 0.0, None]
        assert report.overall.missing == 2
    assert is_close(sound.overall.value, 0.5)
    assert is_close(official.overall.value, 0.25)  # no directions among the four: 0 by the authors' code
    assert sound.coverage.refused == 1
    assert str(sound.coverage) == "1 of 4 read, 1 refused, 1 failed, 1 missing"


def test_the_blind_floors_of_spatialbench_come_out_as_published() -> None:
    held = benchmark("spatialbench")
    samples = load(held, real_data.folder("spatialbench"))
    assert len(samples) == 3193
    wrong = [Scored(id=each.id, type=each.type, scene=each.scene, score=0.0) for each in samples]
    found = {
        each.name: each.blind
        for each in numbers(with_floors(samples, wrong, held, mode="official"), held.official)
    }
    wanted = {
        "observation": 0.303,
        "topology": 0.476,
        "symbolic": 0.411,
        "causality": 0.406,
        "planning": 0.387,
    }
    for name, floor in {**wanted, "overall": 0.402}.items():
        assert found[name] == pytest.approx(floor, abs=5e-4)


def test_a_released_map_has_its_released_four_scores() -> None:
    folder = real_data.folder("theory_of_space")
    held = benchmark("theory_of_space")
    run = json.loads((folder / "cogmap_run.json").read_text())
    (sample,) = load(held, folder)
    for report in reports([sample], {sample.id: json.dumps(run["prediction"])}, held):
        assert report.overall.value == pytest.approx(run["official_metrics"]["overall"], abs=1e-9)
        for part, name in (("dir", "direction"), ("facing", "facing"), ("pos", "position")):
            assert report.number(f"tos_map_{name}").value == pytest.approx(
                run["official_metrics"][part], abs=1e-9
            )


def test_tasks_are_verified_on_their_final_states() -> None:
    held = benchmark("spatialworld")
    samples = load(held, real_data.folder("spatialworld"))
    assert len(samples) == 602
    kinds = {each.type for sample in samples for each in sample.fields["conditions"]}
    assert len(kinds) == 8
    opened = next(
        each
        for each in samples
        if [one.type for one in each.fields["conditions"]] == ["object_state"]
        and each.fields["conditions"][0].object_type
    )
    (wanted,) = opened.fields["conditions"]
    name = wanted.state or wanted.field
    done = {"objects": [{"objectType": wanted.object_type, name: wanted.value in (True, "true")}]}
    undone = {"objects": [{"objectType": wanted.object_type, name: wanted.value not in (True, "true")}]}
    for state, points in ((done, 1.0), (undone, 0.0)):
        for report in reports([opened], {opened.id: json.dumps(state)}, held):
            assert report.overall.value == points
    per_step = 1 if "dual" in opened.type else 2
    assert opened.fields["budget"] == 10 + per_step * opened.fields["shortest"]


def test_drivemllm_leaves_out_what_cannot_be_read_and_says_how_much_that_is(tmp_path: Any) -> None:
    held = benchmark("drivemllm")
    WRITTEN["drivemllm"](tmp_path)
    samples = load(held, tmp_path)
    assert [each.type for each in samples] == [
        "xy",
        "box",
        "dA",
        "left",
        "right",
        "front",
        "behind",
        "dAB",
        "dx",
        "dz",
    ]
    truths = {each.type: each.truth for each in samples}
    assert (truths["dA"], truths["dAB"], truths["dx"], truths["dz"]) == (5.0, 5.0, 4.0, 3.0)
    assert (truths["left"], truths["right"], truths["front"], truths["behind"]) == (True, False, True, False)
    of = {each.type: each for each in samples}
    report = score([of["dA"], of["dx"]], {of["dA"].id: "no idea", of["dx"].id: "no idea"}, held, mode="sound")
    assert report.overall.value == 0.0
    official = score([of["dA"], of["dx"]], {of["dA"].id: "no idea", of["dx"].id: "no idea"}, held)
    assert official.overall.value is None
    assert official.number("effective_ratio").value == 0.0


def test_an_option_that_says_there_is_no_telling_is_an_abstention(tmp_path: Any) -> None:
    held = benchmark("spatialuncertain")
    WRITTEN["spatialuncertain"](tmp_path)
    samples = load(held, tmp_path)
    never = score(samples, {each.id: "A" for each in samples}, held, mode="sound")
    always = score(samples, {each.id: "C" for each in samples}, held, mode="sound")
    hidden = [each for each in samples if each.truth == "C"]
    assert {each.condition for each in hidden} == {"full_occlusion"}
    assert never.number("coverage").value == 1.0
    assert always.number("coverage").value == 0.0
    assert is_close(always.overall.value, len(hidden) / len(samples))
    assert all(row.value is CANNOT_TELL for row in always.rows)


def test_spatialuncertain_counts_letters_as_answers_and_drops_by_hidden_view(tmp_path: Any) -> None:
    held = benchmark("spatialuncertain")
    WRITTEN["spatialuncertain"](tmp_path)
    replies = {
        "0-clean": "A", "0-part": "?", "0-full": "C) none",  # right; no letter; right
        "1-clean": "B", "1-part": "I think B", "1-full": "A",  # right; an I, so wrong; wrong
        "9-clean": "surely",  # an E, so wrong, and answered
    }  # fmt: skip
    found = score(load(held, tmp_path), replies, held)
    assert is_close(found.overall.value, 3 / 7)
    assert is_close(found.number("coverage").value, 6 / 7)
    assert is_close(found.number("acc_answered").value, 3 / 6)
    assert is_close(found.number("drop_full_occlusion").value, ((1 - 1) + (1 - 0)) / 2)
    assert is_close(found.number("drop_partial_occlusion").value, 1.0)  # of the second thing alone


def test_spar_leaves_moves_out_of_the_middle_level_as_its_code_does(tmp_path: Any) -> None:
    held = benchmark("spar_bench")
    WRITTEN["spar_bench"](tmp_path)
    samples = load(held, tmp_path)
    replies = {each.id: "none" if each.type == "view_change_infer" else right(each, held) for each in samples}
    official, sound = (score(samples, replies, held, mode=mode) for mode in MODES)
    assert is_close(official.number("middle").value, 1.0)  # position_matching alone
    assert is_close(sound.number("middle").value, 1 / 2)


def test_four_of_five_votes_make_a_question_right(tmp_path: Any) -> None:
    held = benchmark("spatialgeneval")
    WRITTEN["spatialgeneval"](tmp_path)
    first = load(held, tmp_path)[0]
    other = "A" if first.truth != "A" else "B"
    for hits, wanted in ((4, 1.0), (3, 0.0)):
        votes = [str(first.truth)] * hits + [other] * (5 - hits)
        replies = {
            first.id: [
                Attempt(sample=first.id, state="answered", reply=each, repeat=k)
                for k, each in enumerate(votes)
            ]
        }
        assert score([first], replies, held).overall.value == wanted


def test_errata_are_applied_by_name_and_change_the_count(tmp_path: Any) -> None:
    held = benchmark("remindview")
    WRITTEN["remindview"](tmp_path)
    assert len(load(held, tmp_path)) == 6
    assert len(load(held, tmp_path, errata=("truth_not_offered",))) == 5
    bench = benchmark("spatialbench")
    folder = real_data.folder("spatialbench")
    assert len(load(bench, folder)) - len(load(bench, folder, errata=("damaged_options",))) > 0


def test_lengths_are_right_in_any_unit_within_a_factor_of_two(tmp_path: Any) -> None:
    held = benchmark("q_spatial")
    WRITTEN["q_spatial"](tmp_path)
    metres = load(held, tmp_path)[0]
    assert metres.truth == 2.0
    for reply, ours, ported in (
        ("250 cm", 1.0, 1.0),
        ("4 m", 0.0, 1.0),
        ("250", 0.0, 0.0),
        ("2.5", 1.0, 1.0),
        (r"9 m? No: \scalar{250} \distance_unit{cm}", 1.0, 1.0),
        (r"\scalar{8.25} \distance_unit{feet}", 1.0, 1.0),  # 2.51 m
        (r"\scalar{1 to 4} \distance_unit{m}", 1.0, 1.0),  # their mean
        (r"\scalar{2} \distance_unit{yards}", 0.0, 0.0),  # a unit that is not known is cm
    ):
        official = score([metres], {metres.id: reply}, held)
        assert official.overall.value == ours, reply
        assert official.number("within_factor_2_vlmevalkit").value == ported, reply


def test_translations_are_left_out_of_mindcube_officially_and_counted_soundly(tmp_path: Any) -> None:
    held = benchmark("mindcube")
    record = {"question": "Which? A. Left B. Right", "gt_answer": "B", "images": ["a.png"], "category": []}
    rows = [{**record, "id": f"{each}_q1"} for each in ("among_1", "translation_2")]
    (tmp_path / "MindCube_tinybench.jsonl").write_text("\n".join(map(json.dumps, rows)))
    samples = load(held, tmp_path)
    assert [each.type for each in samples] == ["among", "translation"]
    official, sound = reports(samples, {samples[0].id: "B.", samples[1].id: "A."}, held)
    assert (official.overall.value, sound.overall.value) == (1.0, 0.5)


def test_a_report_is_json_there_and_back() -> None:
    held = benchmark("vsi_bench")
    samples = load(held, real_data.folder("vsi_bench"))[:6]
    report = score(samples, messy(samples), held)
    told = json.loads(json.dumps(report.to_json()))
    assert told["overall"]["value"] == report.overall.value
    assert told["coverage"]["samples"] == 6
    assert [each["score"] for each in told["rows"]] == [row.score for row in report.rows]


def test_an_option_that_says_there_is_no_telling_brings_coverage_with_it(tmp_path: pathlib.Path) -> None:
    options = ["A. left", "B. right", "C. It cannot be determined"]
    records = [
        {"qid": str(row), "question": "Where?", "choices": options, "label": right}
        for row, right in enumerate("ABCC")
    ]
    (tmp_path / "it.jsonl").write_text("\n".join(map(json.dumps, records)))
    release = Release(name="it", title="it", source="it", licence="it", files=("*.jsonl",))
    held = choice_benchmark(release, Layout(id="qid", options="choices", answer="label"))
    samples = load(held, tmp_path)
    report = reports(samples, {"0": "A", "1": "C", "2": "C", "3": "A"}, held)[1]
    told = {each.name: each.value for each in report.parts}
    assert (told["coverage"], told["acc_answered"], report.overall.value) == (0.5, 0.5, 0.5)
    assert [row.value is CANNOT_TELL for row in report.rows] == [False, True, True, False]


def test_the_drop_under_degradation_is_told_beside() -> None:
    held = benchmark("spacedg")
    rows = [
        Scored(id="1", type="a", pair="p", score=1.0),
        Scored(id="2", type="a", pair="p", condition="haze", score=0.25),
    ]
    told = {each.name: each.value for each in told_beside(rows, held.beside[0])}
    assert told["drop"] == told["drop_haze"] == 0.75
    assert (told["clean"], told["haze"]) == (1.0, 0.25)
