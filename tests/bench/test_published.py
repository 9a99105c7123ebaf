"""Every published benchmark loads, prints its floors, and adds up as its authors add up."""

import pathlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Final

import pytest

from allocentric.agents.pictures import picture_data
from allocentric.answers.prompt import Attempt
from allocentric.bench.benchmark import Benchmark, load
from allocentric.bench.published.index import BENCHMARKS, benchmark
from allocentric.bench.sample import Sample
from allocentric.bench.scoring import Replies, reports
from allocentric.errors import BadInput, UnknownName
from tests import real_data
from tests.bench.released import RELEASED
from tests.bench.replies import is_close, right, wrong

REAL: Final = (
    "vsi_bench", "spatialbench", "spatialtext", "mindcube", "sqa3d", "stepgame", "theory_of_space",
    "spatialworld",
)  # fmt: skip
MOST: Final = 120  # samples of a real release that are scored here
REPEATS: Final = {"spatialgeneval": 5}
NOT_ALL: Final = {"spatialworld", "drivemllm"}  # replies are states; scored apart below

Scores = Sequence[tuple[Sample, float]]


def by(scores: Scores, key: Callable[[Sample], str]) -> dict[str, float]:
    """The mean score of each key."""
    held = dict[str, list[float]]()
    for sample, score in scores:
        held.setdefault(key(sample), []).append(score)
    return {name: fmean(each) for name, each in held.items()}


def mean(scores: Scores) -> float:
    return fmean(score for _, score in scores)


def of_types(scores: Scores) -> float:
    return fmean(by(scores, lambda each: each.type).values())


def grouped(*prefixes: str) -> Callable[[Scores], float]:
    """The mean over types, those that share a prefix averaged first."""

    def overall(scores: Scores) -> float:
        types = by(scores, lambda each: each.type)
        groups = dict[str, list[float]]()
        for name, value in types.items():
            group = next((each for each in prefixes if name.startswith(each)), name)
            groups.setdefault(group, []).append(value)
        return fmean(map(fmean, groups.values()))

    return overall


def all_of(key: Callable[[Sample], str], then: Callable[[Scores], float] = mean) -> Callable[[Scores], float]:
    """Samples of one key count as one, right where all are."""

    def overall(scores: Scores) -> float:
        held = dict[str, tuple[Sample, float]]()
        for sample, score in scores:
            name = key(sample)
            first, before = held.get(name, (sample, 1.0))
            held[name] = (first, before * score)
        return then(list(held.values()))

    return overall


def beyond_chance(scores: Scores) -> float:
    guess = [1 / len(sample.prompt.expected.options) for sample, _ in scores]
    hits = [score for _, score in scores]
    return (sum(hits) - sum(guess)) / (len(guess) - sum(guess))


def cv_bench(scores: Scores) -> float:
    held = by(scores, lambda each: each.fields["group"])
    return ((held["ADE20K"] + held["COCO"]) / 2 + held["Omni3D"]) / 2


def without_graded(scores: Scores) -> float:
    return mean([(each, score) for each, score in scores if each.fields["group"] not in ("NA", "SIZE_LIST")])


def capability(scores: Scores) -> float:
    levels = [
        "object_counting object_size room_size absolute_distance",
        "appearance_order relative_distance relative_direction relative_counting "
        "appearance_order_on_self-defined_route",
        "multi-hop_spatial_reasoning affordance landmark-constrained_pose_localization",
        "spatial_causal_reasoning",
        "visual_based_commands route_plan",
    ]
    weights = (0.0944, 0.1564, 0.1759, 0.2592, 0.3141)
    held = [[score for each, score in scores if each.type in level.split()] for level in levels]
    there = [(weight, fmean(each)) for weight, each in zip(weights, held) if each]
    return sum(weight * each for weight, each in there) / sum(weight for weight, _ in there)


DIRECTION: Final = "object_rel_direction"
OVERALL: Final[Mapping[str, Callable[[Scores], float]]] = {
    "vsi_bench": grouped(DIRECTION),
    "vsi_bench_debiased": grouped(DIRECTION),
    "revsi": grouped(DIRECTION, "object_rel_distance", "object_counting", "room_size_estimation"),
    "vsti_bench": grouped("camera_obj_rel_dist", "obj_obj_relative_pos"),
    "spbench": of_types,
    "spar_bench": of_types,
    "surds": all_of(lambda each: each.pair or each.id, of_types),
    "spatialbench": capability,
    "spacedg": without_graded,
    "3dsrbench": all_of(lambda each: each.id.removesuffix("-1")),
    "stepgame": of_types,
    "site": beyond_chance,
    "osi_bench": of_types,
    "cv_bench": cv_bench,
    "blink": of_types,
    "sat": of_types,
}


@cache
def real_samples(name: str) -> list[Sample]:
    """The samples of a real release."""
    return load(benchmark(name), real_data.folder(name))


def samples_of(name: str, tmp_path: pathlib.Path, *, most: int = MOST) -> tuple[Benchmark, list[Sample]]:
    """The samples of a release, real or written here."""
    held = benchmark(name)
    if name in REAL:
        found = real_samples(name)
        return held, found[:: max(1, len(found) // most)]
    RELEASED[name](tmp_path)
    return held, load(held, tmp_path)


def asked_often(name: str, replies: Mapping[str, str]) -> Replies:
    """The same reply as often as a benchmark asks, where it votes."""
    return {
        id: [
            Attempt(sample=id, state="answered", reply=reply, repeat=each)
            for each in range(REPEATS.get(name, 1))
        ]
        for id, reply in replies.items()
    }


def test_every_benchmark_has_records_to_run_on() -> None:
    assert {each.name for each in BENCHMARKS} == {*RELEASED, *REAL}


SCORED: Final = [each.name for each in BENCHMARKS if each.name not in NOT_ALL]


@pytest.mark.parametrize("name", SCORED)
def test_who_is_always_right_earns_one(name: str, tmp_path: pathlib.Path) -> None:
    held, samples = samples_of(name, tmp_path)
    replies = {each.id: right(each, held) for each in samples if each.id != "bench-6"}  # has no right choice
    for report in reports(samples, asked_often(name, replies), held):
        assert is_close(report.overall.value, 1.0), [each for each in report.rows if each.score != 1.0][:2]
        assert report.coverage.scored == len(replies) * REPEATS.get(name, 1)


@pytest.mark.parametrize("name", SCORED)
def test_who_is_always_wrong_earns_nothing(name: str, tmp_path: pathlib.Path) -> None:
    held, samples = samples_of(name, tmp_path)
    replies = {each.id: wrong(each, held) for each in samples}
    for report in reports(samples, replies, held):
        least = -1.0 if name == "site" else 0.0
        assert report.overall.value is not None
        assert least <= report.overall.value <= 1e-9, [each for each in report.rows if each.score][:2]


@pytest.mark.parametrize("name", [each for each in SCORED if each != "earthreason"])  # the next test has it
def test_a_fixed_file_of_predictions_adds_up_as_the_authors_add_up(name: str, tmp_path: pathlib.Path) -> None:
    held, samples = samples_of(name, tmp_path)
    hits = [row % 3 != 1 for row in range(len(samples))]
    replies = {each.id: (right if hit else wrong)(each, held) for each, hit in zip(samples, hits)}
    scores = [(each, float(hit and each.id != "bench-6")) for each, hit in zip(samples, hits)]
    wanted = OVERALL.get(name, mean)(scores)
    official, _ = reports(samples, asked_often(name, replies), held)
    assert is_close(official.overall.value, wanted)
    assert official.overall.count > 0


def test_boxes_add_up_as_the_sum_of_overlaps_by_the_sum_of_unions(tmp_path: pathlib.Path) -> None:
    held, samples = samples_of("earthreason", tmp_path)
    replies = {each.id: "[10, 10, 20, 20]" for each in samples} | {samples[0].id: "[10, 10, 30, 20]"}
    official, _ = reports(samples, replies, held)
    # The true box has 200 square pixels; half of it is given three times, all of it once.
    assert is_close(official.overall.value, (200 + 3 * 100) / (4 * 200))
    assert is_close(official.number("giou").value, (1 + 3 * 0.5) / 4)


@pytest.mark.parametrize("name", [each.name for each in BENCHMARKS])
def test_floors_stand_beside_the_number(name: str, tmp_path: pathlib.Path) -> None:
    held, samples = samples_of(name, tmp_path, most=120)
    official, _ = reports(samples, {}, held)
    assert official.coverage.missing == len(samples)
    assert official.overall.value is None
    kinds = {each.prompt.expected.kind for each in samples}
    if kinds <= {"choice", "yes_no"}:
        rows = official.rows
        assert all(row.chance is not None and 0 < row.chance <= 0.5 for row in rows)
        assert all(row.blind is not None for row in rows)


@pytest.mark.parametrize("name", ["vsi_bench", "3dsrbench", "surds", "site"])
def test_the_order_of_samples_changes_nothing(name: str, tmp_path: pathlib.Path) -> None:
    held, samples = samples_of(name, tmp_path)
    replies = {each.id: (right if row % 2 else wrong)(each, held) for row, each in enumerate(samples)}
    one, other = (reports(each, replies, held)[0] for each in (samples, samples[::-1]))
    for each in (one.overall, *one.parts):
        again = other.number(each.name)
        assert is_close(each.value, again.value)
        assert (each.low, each.high, each.count) == (again.low, again.high, again.count)


def test_a_picture_in_a_table_is_found_under_its_address(tmp_path: pathlib.Path) -> None:
    _, samples = samples_of("blink", tmp_path)
    (first, *_) = samples[0].prompt.pictures
    assert picture_data(first.path) == ("png", b"\x89PNG")


def test_pictures_of_3dsrbench_stand_in_its_table_in_base64_once_each(tmp_path: pathlib.Path) -> None:
    _, samples = samples_of("3dsrbench", tmp_path)
    held = [picture_data(each.prompt.pictures[0].path) for each in samples]
    assert set(held) == {("png", b"\x89PNG" + bytes(range(256)))}  # the bytes, untouched
    rows = [each.prompt.pictures[0].path.rpartition("#")[2] for each in samples[:8]]
    assert rows == ["1/image"] * 4 + ["5/image"] * 4  # a short cell is the index of the row that has it


def test_a_picture_that_is_neither_base64_nor_an_earlier_row_is_told_by_its_place(
    tmp_path: pathlib.Path,
) -> None:
    _, (first, *_) = samples_of("3dsrbench", tmp_path)
    (path,) = tmp_path.glob("*.tsv")
    whole = path.read_text()
    path.write_text(whole.replace("iVBO", "!" * 4).replace("iVBO", ""), encoding="utf-8")
    with pytest.raises(BadInput, match="picture") as error:
        picture_data(first.prompt.pictures[0].path)
    assert "#1/image" in str(error.value)
    path.write_text(whole.replace("\n1\t0\t", "\n1\t77\t"), encoding="utf-8")
    with pytest.raises(BadInput, match="earlier row") as error:
        load(benchmark("3dsrbench"), tmp_path)
    assert "row 2, field 'image'" in str(error.value)


def test_every_official_rule_says_what_it_was_held_against() -> None:
    for each in BENCHMARKS:
        release = each.release
        assert release.checked != "own", each.name
        assert bool(release.scorer) == (release.checked != "paper"), each.name
        if release.checked == "paper":
            assert release.notes, each.name  # which say what stands in


def test_a_name_that_is_no_benchmark_has_a_near_miss() -> None:
    with pytest.raises(UnknownName) as error:
        benchmark("vsi_bnch")
    assert error.value.mend == "did you mean 'vsi_bench'?"


def test_prompts_hold_their_questions_and_options_and_no_template_marks(tmp_path: pathlib.Path) -> None:
    for each in BENCHMARKS:
        if each.name in REAL:
            continue
        folder = tmp_path / each.name
        folder.mkdir()
        RELEASED[each.name](folder)
        for sample in load(each, folder):
            words = sample.prompt.text
            assert not any(mark in words for mark in ("{question}", "{options}", "{unit}"))
            assert words.strip()
