"""Records in the schemas of released code become the samples that the code makes of them."""

import pathlib
from typing import Any

import pytest

from allocentric.bench.benchmark import load
from allocentric.bench.published import sibench, spacedg, spacevista, sti_bench
from allocentric.bench.published.index import benchmark
from allocentric.bench.records import Row
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput
from tests.bench.released import RELEASED

HERE = pathlib.Path("folder/Setting.tsv")


def row(**values: Any) -> Row:
    return Row(values, HERE, 1)


def samples(name: str, folder: pathlib.Path) -> list[Sample]:
    RELEASED[name](folder)
    return load(benchmark(name), folder)


def names(sample: Sample, folder: pathlib.Path) -> list[str]:
    """The pictures of a sample, seen from the release."""
    return [str(pathlib.Path(each.path).relative_to(folder)) for each in sample.prompt.pictures]


@pytest.mark.parametrize(
    ("kind", "inner", "task"),
    [
        ("distance_estimation", "", "NA"),
        ("distance_estimation", "distance_threshold", "YN"),
        ("distance_estimation", "inter_object_distance", "NA"),
        ("distance_estimation", "nearer_or_farther", "MCQ"),
        ("object_existence_estimation", "", "MCQ"),
        ("object_counting", "", "COUNT"),
        ("object_bounding_size_estimation", None, "SIZE_LIST"),
        ("never_heard_of", "any", "MCQ"),
    ],
)
def test_spacedg_infers_the_task_from_the_two_types_of_a_question(
    kind: str, inner: str | None, task: str
) -> None:
    told = spacedg.told_apart(row(question_type=kind, sub_question_type=inner, answer="2 m"))
    assert told["task"] == task
    assert told["answer"] == ("2" if task == "NA" else "2 m")


def test_spacedg_has_no_task_for_a_type_that_its_code_does_not_know() -> None:
    with pytest.raises(BadInput, match="'never_heard_of' has no task"):
        spacedg.told_apart(row(question_type="never_heard_of", sub_question_type="", answer="B"))


def test_spacedg_takes_original_pictures_for_clean(tmp_path: pathlib.Path) -> None:
    held = samples("spacedg", tmp_path)
    assert [each.condition for each in held[:3]] == ["clean", "haze", "clean"]
    assert held[0].pair == held[1].pair
    assert [each.fields["group"] for each in held] == ["MCQ", "MCQ", "YN", "COUNT", "NA", "NA", "SIZE_LIST"]


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("b", "mc"),
        ("F", "text"),
        ("2.50", "numerical"),
        (3, "numerical"),
        ("3 m", "text"),
        ("kettle", "text"),
    ],
)
def test_spacevista_tells_from_the_truth_how_a_question_is_answered(answer: Any, form: str) -> None:
    assert spacevista.flattened(row(answer=answer))["answer_type"] == form
    assert spacevista.flattened(row(ground_truth=answer))["answer"] == answer  # in a file of results


def test_spacevista_shows_sixteen_frames_from_the_first_to_the_last(tmp_path: pathlib.Path) -> None:
    first = samples("spacevista", tmp_path)[0]
    assert first.type == "SPATIAL_RELATION"
    assert first.fields["scale"] == "m"
    # 31 frames: every second one, since 30 / 15 is 2
    assert names(first, tmp_path) == [f"0/{each:03d}.png" for each in range(0, 31, 2)]
    few = spacevista.flattened(row(answer="B", videos=[["a", "b"], ["c"]]))
    assert few["pictures"] == ["a", "b", "c"]


def test_sti_bench_puts_the_span_of_time_before_its_question(tmp_path: pathlib.Path) -> None:
    first, second, *_ = samples("sti_bench", tmp_path)
    assert (first.id, second.id) == ("v.mp4|0|0|3.5", "v.mp4|0|1|3.5")  # one id, two questions
    assert first.prompt.text.startswith("From 0 seconds to 3.5 seconds. Which?\nA. red box 0\n")
    assert names(first, tmp_path) == ["video/v.mp4"]
    listed = sti_bench.as_table(row(Question="?", Candidates='{"A": "up", "B": "down"}', Answer="A"))
    assert listed["options"] == {"A": "up", "B": "down"}


def test_sibench_is_told_apart_by_its_files(tmp_path: pathlib.Path) -> None:
    held = {each.id: each for each in samples("sibench", tmp_path)}
    assert {each.split("-")[0] for each in held} == {
        "Relative_Direction",
        "Existence",
        "Distance",
        "Counting",
    }
    assert names(held["Counting-0"], tmp_path) == ["v.mp4"]
    assert names(held["Counting-1"], tmp_path) == ["a.jpg", "b.jpg"]
    assert sibench.placed(row(image_path="['a.jpg', 'b.jpg']"))["pictures"] == ["a.jpg", "b.jpg"]


def test_omnispatial_names_its_picture_by_the_first_part_of_an_id(tmp_path: pathlib.Path) -> None:
    held = samples("omnispatial", tmp_path)
    assert names(held[3], tmp_path) == ["Dynamic/1.png"]
    assert [each.truth for each in held[:2]] == ["B", "A"]  # the places 1 and 0


def test_spatialuncertain_knows_the_condition_and_the_frame_of_each_view(tmp_path: pathlib.Path) -> None:
    held = {each.id: each for each in samples("spatialuncertain", tmp_path)}
    assert {each.condition for each in held.values()} == {"clean", "partial_occlusion", "full_occlusion"}
    assert held["0-clean"].pair == held["0-part"].pair == held["0-full"].pair
    assert len({each.pair for each in held.values()}) == 3
    assert names(held["1-part"], tmp_path) == ["views/1-part.png"]
