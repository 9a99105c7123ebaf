"""The families of maps hold before the public checker: on a made map, and on real ones."""

from itertools import islice

import pytest

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.questions.change import changed
from allocentric.questions.checker import faults, faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.families.geo_things import said_name
from allocentric.questions.family import Family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.questions.settle import settled
from allocentric.questions.twins import twins_of
from allocentric.worlds.read import read
from tests.questions.drawn import town
from tests.real_data import folder

EARTH = [each for each in FAMILIES if each.code.startswith("J")]


TOWN = town(0)


@pytest.mark.parametrize("family", EARTH, ids=lambda each: each.name)
def test_a_family_of_maps_is_sound_on_a_made_town(family: Family) -> None:
    assert list(faults_of(family, [TOWN], each=3)) == []


def test_every_family_of_maps_asks_something_of_a_town_but_what_is_larger_than_it() -> None:
    silent = [
        each.name
        for each in EARTH
        if not any(isinstance(one, Question) for one in islice(questions_of(TOWN, each, seed=2), 12))
    ]
    assert set(silent) <= {"geo_length_km"}


@pytest.mark.parametrize("family", EARTH, ids=lambda each: each.name)
def test_what_a_map_withholds_of_what_is_asked_cannot_be_told_and_of_others_it_can(family: Family) -> None:
    made = islice(questions_of(TOWN, family, seed=2), 12)
    question = next((each for each in made if isinstance(each, Question)), None)
    if question is None:
        assert family.name == "geo_length_km"  # what is larger than a town
        return
    twins = {each.twin: each for each in twins_of(TOWN, question, seed=1)}
    withheld, kept = twins["withheld"], twins["kept"]
    assert withheld.truth is CANNOT_TELL
    assert withheld.reason in ("not_placed", "not_measured", "not_complete")
    assert settled(changed(TOWN, withheld.changes), withheld.program).reason == withheld.reason  # type: ignore[union-attr]
    assert kept.truth == question.truth
    for each in (withheld, kept):
        assert (each.words, each.program) == (question.words, question.program)
        assert list(faults(TOWN, each, family)) == []


def test_one_thing_is_meant_by_name_by_mark_and_by_coordinates_with_one_truth() -> None:
    family = next(each for each in EARTH if each.name == "geo_reference")
    asked = [each for each in islice(questions_of(TOWN, family, seed=3), 30) if isinstance(each, Question)]
    by_mark = [each for each in asked if "marked(" in each.program]
    by_corners = [each for each in asked if "shape(" in each.program]
    assert by_mark
    assert by_corners
    for each in by_mark:
        after = asked[asked.index(each) - 1], asked[asked.index(each) + 1]
        assert each.truth == after[0].truth
        assert after[1].truth == pytest.approx(each.truth, abs=0.3)  # corners in millionths of a degree


def test_topology_asks_for_several_words_in_turn() -> None:
    family = next(each for each in EARTH if each.name == "topology")
    asked = [each for each in islice(questions_of(TOWN, family, seed=4), 8) if isinstance(each, Question)]
    said = {each.says for each in asked}
    assert len(said) >= 3
    assert all(each.margin is not None and each.margin.clear >= 1 for each in asked)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Vienna", "Vienna"),
        ("house 3", "house 3"),
        ("Nice", '"Nice"'),
        ("S. Sudan", '"S. Sudan"'),
        ("Saint George's", None),
        ('a "b"', None),
        ("Washington,  D.C.", None),
    ],
)
def test_a_name_is_said_as_it_is_read_or_not_at_all(name: str, said: str | None) -> None:
    assert said_name(name) == said


@pytest.mark.slow
@pytest.mark.parametrize("family", EARTH, ids=lambda each: each.name)
def test_a_family_of_maps_is_sound_on_real_maps(family: Family) -> None:
    pytest.importorskip("pyogrio")
    earth, tile = folder("geo_natural_earth"), folder("geo_spacenet")
    maps = [
        read(earth / "naturalearth_cities" / "naturalearth_cities.shp"),
        read(earth / "naturalearth_lowres" / "naturalearth_lowres.shp"),
        read(tile / "geotiff_labels.geojson"),
        read(folder("geo_eopatch") / "TestEOPatch" / "vector_timeless" / "LULC.gpkg"),
    ]
    assert list(faults_of(family, maps, each=4)) == []
