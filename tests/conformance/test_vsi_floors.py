"""Prior-only floors of the shared VSI-Bench records: the best one reply to each type, computed from the file.

Of the 400 questions of the published table (counting .652 by the constant 2, hard directions .37) 139 are
here.
"""

import json
from collections import Counter, defaultdict

import numpy as np
import pytest

from allocentric.bench.benchmark import load
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner_tasks import fitted
from allocentric.bench.scoring import score
from tests.real_data import folder

NUMERIC = ("object_counting", "object_size_estimation", "room_size_estimation", "object_abs_distance")


def by_type() -> dict[str, list[str]]:
    """The released answers as they stand in the file."""
    found = defaultdict[str, list[str]](list)
    for each in json.loads((folder("vsi_bench") / "questions_arkitscenes.json").read_text()):
        answer = str(each["solution"]).removeprefix("<answer>").removesuffix("</answer>").strip()
        found[each["original_question_type"]].append(answer)
    return found


def mean_relative_accuracy(given: float, truth: float) -> float:
    """The share of the thresholds .50, .55 ... .95 that an error keeps to, in the release's floats."""
    error = abs(given - truth) / truth
    return float(np.mean(error <= 1 - np.linspace(0.5, 0.95, 10)))


def floor_of(kind: str, answers: list[str]) -> float:
    """What the best of the answers themselves comes to where it is given to all."""
    if kind not in NUMERIC:
        return Counter(answers).most_common(1)[0][1] / len(answers)
    truths = [float(each) for each in answers]
    return max(sum(mean_relative_accuracy(one, each) for each in truths) / len(truths) for one in truths)


def test_the_blind_floors_are_those_that_the_file_itself_gives() -> None:
    held = benchmark("vsi_bench")
    samples = load(held, folder("vsi_bench"))
    report = score(samples, {each.id: "" for each in samples}, held)
    found = defaultdict[str, list[float]](list)
    for row in report.rows:
        found[row.type].append(row.blind or 0.0)
    wanted = {kind: floor_of(kind, answers) for kind, answers in by_type().items()}
    assert {kind: sum(each) / len(each) for kind, each in found.items()} == pytest.approx(wanted, abs=1e-9)


def test_two_is_the_best_blind_count_and_hard_directions_are_guessed_as_in_the_table() -> None:
    held = benchmark("vsi_bench")
    prior = fitted(load(held, folder("vsi_bench")), held).prior
    assert prior["object_counting|count|mra_vsi"] == "2"
    answers = by_type()
    assert floor_of("object_counting", answers["object_counting"]) == pytest.approx(0.652, abs=0.05)
    hard = "object_rel_direction_hard"
    assert floor_of(hard, answers[hard]) == pytest.approx(0.37, abs=0.01)


def test_an_erratum_changes_the_one_truth_that_it_names() -> None:
    held = benchmark("vsi_bench")
    plain = load(held, folder("vsi_bench"))
    mended = load(held, folder("vsi_bench"), errata=("stool_and_chair",))
    changed = [(one, other) for one, other in zip(plain, mended, strict=True) if one != other]
    assert [(one.truth, other.truth, other.scene) for one, other in changed] == [
        (0.4, 0.26, "VSIBench/arkitscenes/47333441.mp4")
    ]
    right = score(mended, {each.id: "0.26" for each in mended}, held).rows
    assert [row.score for row in right if row.id == changed[0][0].id] == [1.0]
