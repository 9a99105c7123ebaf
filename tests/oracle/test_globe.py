"""Truth on the globe, by hand, against PROJ's, and where little is known."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from allocentric.geometry import globe
from allocentric.geometry.geodesics import EARTH_M2
from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc
from allocentric.query.ask import ask
from allocentric.scene.scene import Complete, Footprint, Scene, Sighting, Thing, View, scene_of
from allocentric.scene.truth import Label, Measured, Quantity, Truth, Undetermined

QUARTER_M = 10_001_965.729  # of a meridian
DEGREE_M = 6378137 * math.pi / 180  # along the equator


def placed(label: str, shape: BaseGeometry, name: str | None = None) -> Thing:
    left, low, right, high = shape.bounds
    return Thing(
        label=label,
        name=name,
        center=(*globe.centre(shape), 0.0),
        size=(right - left, high - low, 0.0),
        shape=Footprint(shape),
    )


EARTH = scene_of(
    "earth",
    [
        placed("field", shapely.box(0, 0, 1, 1)),
        placed("lake", shapely.box(0.4, 0.4, 0.6, 0.6)),
        placed("park", shapely.box(1, 0, 2, 1)),
        placed("isle", shapely.box(179, -1, 180, 1).union(shapely.box(-180, -1, -179, 1)), "isle"),
        placed("buoy", shapely.Point(179.5, 0)),
        placed("raft", shapely.Point(-178, 0)),
        placed("pole", shapely.Point(0, 90)),
        placed("antipode", shapely.Point(-179.5, -0.5), "far one"),
        placed("river", shapely.LineString([(0.5, -1), (0.5, 0.2), (0.5, 2)])),
        placed("city", shapely.Point(0.5, 0.5), "mid"),
        placed("city", shapely.Point(1.5, 0.5), "east"),
        placed("city", shapely.Point(0.5, 3.5), "up"),
    ],
    space="globe",
    north=Arc(math.pi / 2),
    complete=Complete(),
)


def value(program: str, scene: Scene = EARTH) -> object:
    result = ask(scene, program).result
    return result.value if isinstance(result, Measured) else result.reason


@pytest.mark.parametrize(
    ("program", "metres"),
    [
        ('distance(the("mid"), the("east"))', math.cos(math.radians(0.5)) * DEGREE_M),
        ('distance(the("mid"), the("pole"))', QUARTER_M - 0.5 * 110574.2727),
        ('distance(the("buoy"), the("raft"))', 2.5 * DEGREE_M),
        ('distance(the("isle"), the("raft"))', DEGREE_M),  # over longitude 180
        ('distance(the("field"), the("mid"))', 0.0),
        ('distance(the("east"), the("field"))', 0.5 * DEGREE_M * math.cos(math.radians(0.5))),
        ('distance(the("field"), the("park"))', 0.0),
        ("distance(shape([[0, 0]], world()), shape([[0, 1]], world()))", 110574.2727),
        ('distance(all("city"), the("park"))', 0.0),
        ('length(the("river"))', 3 * 110580.0),
        ('extent(the("river"), along="longest")', 3 * 110580.0),
    ],
)
def test_lengths_are_along_the_globe(program: str, metres: float) -> None:
    assert value(program) == pytest.approx(metres, rel=2e-4, abs=1e-3)


@pytest.mark.parametrize(
    ("program", "wanted"),
    [
        ('topology(the("lake"), the("field"))', "inside"),
        ('topology(the("field"), the("park"))', "touches"),
        ('topology(the("river"), the("field"))', "crosses"),
        ('topology(the("buoy"), the("isle"))', "inside"),
        ('topology(the("raft"), the("isle"))', "disjoint"),
        ('topology(shape([[180, 0]], world()), the("isle"))', "inside"),  # on the chart's own edge
        ('topology(shape([[0.2, 0.2], [0.3, 0.3]], world()), the("field"))', "inside"),
        ('topology(marked(view("map"), 1), marked(view("map"), "B"), snap=5)', "inside"),
        ('direction(the("east"), north(at=the("mid")), sectors="compass8")', "east"),
        ('direction(the("up"), north(at=the("mid")), sectors="compass8")', "north"),
        ('direction(the("raft"), north(at=the("buoy")), sectors="compass4")', "east"),
        ('direction(the("buoy"), north(at=the("raft")), sectors="compass4")', "west"),
        ('direction(the("east"), standing(at=the("mid"), facing=the("up")), sectors="left_right")', "right"),
        ('nearest(all("city"), to=the("lake"))', "mid"),
        ('count({c for c in all("city") if distance(c, the("mid")) < 200000})', 2),
        ('inside(the("mid"), the("lake"))', True),
        ('inside(the("east"), the("field"))', False),
        ('{t for t in all("field") | all("park") if inside(the("east"), t)}', ("park",)),
        ('touching(the("field"), the("park"))', True),
    ],
)
def test_what_lies_where_is_told_by_hand(program: str, wanted: object) -> None:
    seen = (Sighting(EARTH.row("lake"), "map", mark="1"), Sighting(EARTH.row("field"), "map", mark="B"))
    view = View("map", Pose(np.eye(3), np.zeros(3)))
    assert value(program, replace(EARTH, views=(view,), sightings=seen)) == wanted


def test_a_mirrored_earth_swaps_east_and_west_and_nothing_else() -> None:
    """A mirror keeps every distance and every word: so the sides are held by the cases above."""
    things = [
        replace(each, center=(-each.center[0], each.center[1], 0.0), shape=_mirrored(each))
        for each in EARTH.things()
    ]
    other = scene_of("mirrored", things, space="globe", north=Arc(math.pi / 2), complete=Complete())
    for one, two in (("mid", "east"), ("east", "up"), ("field", "raft")):
        program = f'distance(the("{one}"), the("{two}"))'
        assert value(program, other) == pytest.approx(value(program), rel=1e-9)
        program = f'direction(the("{one}"), north(at=the("{two}")), sectors="compass4")'
        swapped = {"east": "west", "west": "east"}
        told = value(program)
        assert value(program, other) == swapped.get(str(told), told)


def _mirrored(thing: Thing) -> Footprint:
    assert isinstance(thing.shape, Footprint)
    return Footprint(shapely.transform(thing.shape.polygon, lambda at: at * (-1, 1)))


def test_an_azimuth_is_told_clockwise_from_north() -> None:
    program = 'bearing(the("{}"), north(at=the("mid")), turning="right")'
    assert value(program.format("east")) == pytest.approx(math.radians(89.9956), abs=1e-5)
    assert value(program.format("up")) == pytest.approx(0.0, abs=1e-12)


def test_areas_are_on_the_ellipsoid_holes_left_out_and_what_overlaps_counts_once() -> None:
    whole, hole = shapely.box(0, 0, 1, 1), shapely.box(0.4, 0.4, 0.6, 0.6)
    assert globe.area_m2(whole) == pytest.approx(12308778361.469, rel=1e-9)  # GeographicLib's square degree
    assert globe.area_m2(whole.difference(hole)) == pytest.approx(
        globe.area_m2(whole) - globe.area_m2(hole), rel=1e-12
    )
    both = 'area(all("field") | all("park"))'
    assert value(both) == pytest.approx(2 * 12308778361.469, rel=1e-6)
    assert value('area(all("field") | all("lake"))') == pytest.approx(12308778361.469, rel=1e-6)
    assert value('area(the("isle"))') == pytest.approx(4 * 12308778361.469, rel=1e-3)
    cap = shapely.Polygon([(-180, -60), (-90, -60), (0, -60), (90, -60), (180, -60), (180, -90), (-180, -90)])
    assert 0 < globe.area_m2(cap) < EARTH_M2 * (1 - math.sin(math.radians(60))) / 2


def test_what_is_told_along_straight_axes_is_not_told_on_a_globe() -> None:
    for program in (
        'offset(the("mid"), world(), axis="up")',
        'volume(the("field"))',
        'on(the("mid"), the("field"))',
    ):
        result = ask(EARTH, program).result
        assert isinstance(result, Undetermined), program
        assert "globe" in result.detail
    assert value('extent(the("field"), along="width")') == "no_frame"
    assert value('length(the("field"))') == "not_measured"
    assert value('direction(the("far one"), north(at=the("mid")), sectors="compass8")') == "overlap"
    assert value('direction(the("mid"), north(at=the("lake")), sectors="compass8")') == "overlap"


def test_of_a_place_that_is_not_known_nothing_follows_and_all_stays_possible() -> None:
    slacks = np.zeros((len(EARTH), 3))
    slacks[EARTH.row("mid")] = np.inf
    loose = replace(EARTH, center_slacks=slacks)
    for program in (
        'distance(the("mid"), the("east"))',
        'topology(the("mid"), the("field"))',
        'inside(the("mid"), the("field"))',
        'direction(the("mid"), north(at=the("east")), sectors="compass4")',
        'direction(the("mid"), north(at=the("east")), sectors="compass8")',
    ):
        known, open_ = ask(EARTH, program).result, ask(loose, program).result
        assert isinstance(open_, Undetermined), program
        assert isinstance(known, Measured)
        match open_.possible, known.possible:
            case Quantity(wide), Quantity(exact):
                assert wide.low <= exact.middle <= wide.high
            case Label(wide), Label(exact):
                assert set(exact) <= set(wide)
            case Truth(wide), Truth(exact):
                assert exact <= wide


def test_the_nearest_point_of_a_side_is_found_as_finely_sampled_and_as_by_proj() -> None:
    proj = pytest.importorskip("pyproj").Geod(ellps="WGS84")
    draw = np.random.default_rng(2)
    for _ in range(12):
        ends = np.stack([draw.uniform(-60, 60, 2), draw.uniform(-70, 70, 2)], axis=1)
        spot = np.array([draw.uniform(-60, 60), draw.uniform(-80, 80)])
        own = globe.gap_m(shapely.Point(spot), shapely.LineString(ends))
        steps = proj.npts(*ends[0], *ends[1], 4000)
        along = np.array([tuple(ends[0]), *steps, tuple(ends[1])])
        sampled = proj.inv(along[:, 0], along[:, 1], *np.tile(spot, (len(along), 1)).T)[2].min()
        length = proj.inv(*ends[0], *ends[1])[2]
        assert own <= sampled + 1e-6
        assert sampled - own < (length / 4000) ** 2 / max(own, 1.0) + 1e-3


def test_sides_that_two_shapes_share_stay_shared_on_the_chart() -> None:
    west = shapely.Polygon([(0, 40), (10, 50), (12, 60), (-5, 55)])
    east = shapely.Polygon([(12, 60), (10, 50), (0, 40), (30, 45)])
    charted = [globe.charted(each) for each in (west, east)]
    assert len(shapely.get_coordinates(charted[0])) > 500
    assert charted[0].touches(charted[1])
    shared = charted[0].intersection(charted[1])
    assert globe.length_m(shared) == pytest.approx(
        globe.length_m(shapely.LineString([(0, 40), (10, 50), (12, 60)])), rel=1e-9
    )
