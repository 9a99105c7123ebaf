"""The families of maps hold before the public checker: on a made map, and on real ones."""

from itertools import islice

import numpy as np
import pytest
import shapely

from allocentric.geometry import globe
from allocentric.geometry.poses import Pose
from allocentric.questions.checker import faults_of
from allocentric.questions.families import FAMILIES
from allocentric.questions.families.geo_things import said_name
from allocentric.questions.family import Family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Complete, Footprint, Scene, Sighting, Thing, View, scene_of
from allocentric.worlds.read import read
from allocentric.worlds.readers.geo_things import NORTH
from tests.real_data import folder

EARTH = [each for each in FAMILIES if each.code.startswith("J")]


def _placed(label: str, shape: shapely.Geometry, name: str | None = None) -> Thing:
    left, low, right, high = shape.bounds
    return Thing(
        label=label,
        name=name,
        center=(*globe.centre(shape), 0.0),
        size=(right - left, high - low, 0.0),
        shape=Footprint(shape),
    )


def town() -> Scene:
    """Blocks of houses, parks with ponds, roads that cross them, and trees; some 20 km wide."""
    draw, things = np.random.default_rng(5), list[Thing]()
    for row in range(4):
        x, y = 7.0 + 0.08 * row, 50.0 + 0.01 * (row % 2)
        things.append(
            _placed(
                "park", shapely.box(x, y, x + 0.02, y + 0.02), ["Ost Park", "Hain", "St. Anne", "Aue"][row]
            )
        )
        things.append(_placed("pond", shapely.Point(x + 0.01, y + 0.01).buffer(0.003, quad_segs=2)))
        things.append(_placed("meadow", shapely.box(x + 0.02, y, x + 0.03, y + 0.02)))
        things.append(_placed("road", shapely.LineString([(x - 0.01, y + 0.004), (x + 0.034, y + 0.015)])))
        things.append(_placed("court", shapely.box(x + 0.015, y + 0.015, x + 0.025, y + 0.025)))
    for _ in range(12):
        x, y = draw.uniform((7.0, 50.0), (7.3, 50.04))
        things.append(_placed("house", shapely.box(x, y, x + 0.0003, y + 0.0002)))
        things.append(_placed("tree", shapely.Point(x + 0.001, y)))
    marks = tuple(Sighting(row, "aerial", mark=str(row + 1)) for row in range(len(things)))
    return scene_of(
        "town",
        things,
        space="globe",
        north=NORTH,
        complete=Complete(),
        views=(View("aerial", Pose(np.eye(3), np.zeros(3))),),
        sightings=marks,
    )


TOWN = town()


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
