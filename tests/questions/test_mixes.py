"""The names of kinds: every mix is of families, and a wrong name is told with the near miss."""

import pathlib

import pytest

from allocentric.errors import UnknownName
from allocentric.questions.families import FAMILIES
from allocentric.questions.kinds_manual import manual
from allocentric.questions.mixes import MIXES, TITLES, kinds

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "question_kinds.md"


def test_every_kind_of_a_mix_is_a_family_and_stands_once() -> None:
    names = {each.name for each in FAMILIES}
    for key, mix in MIXES.items():
        assert {each.family for each in mix} <= names, key
        assert len({each.type for each in mix}) == len(mix), key
        assert all(each.weight > 0 for each in mix), key
    assert set(TITLES) == set(MIXES)


def test_no_two_families_have_one_name() -> None:
    assert len({each.name for each in FAMILIES}) == len(FAMILIES)


def test_a_benchmark_is_its_own_types() -> None:
    assert {each.type for each in kinds("vsi")} >= {"object_counting", "object_rel_direction_hard"}
    assert len(kinds("revsi")) == 13
    hard = next(each for each in kinds("revsi") if each.type == "object_rel_direction_backward_hard")
    assert hard.family == "anchored_direction_hard_backward"


def test_all_are_all_families_and_names_are_taken_one_by_one() -> None:
    assert [each.family for each in kinds("all")] == [each.name for each in FAMILIES]
    both = kinds("object_count, rel_distance_closest")
    assert [each.family for each in both] == ["object_count", "rel_distance_closest"]
    assert kinds("object_count,object_count") == kinds("object_count")


@pytest.mark.parametrize(("typed", "meant"), [("object_cuont", "object_count"), ("vsii", "vsi")])
def test_an_unknown_kind_is_told_with_its_near_miss(typed: str, meant: str) -> None:
    with pytest.raises(UnknownName) as caught:
        kinds(typed)
    assert meant in caught.value.mend or meant in caught.value.what


def test_the_page_in_docs_is_the_one_that_is_drawn() -> None:
    told = "run: python -m allocentric.questions.kinds_manual > docs/question_kinds.md"
    assert PAGE.read_text(encoding="utf-8") == manual(), told
