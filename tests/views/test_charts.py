"""A map of the globe is drawn as it lies: east to the right, north up, in metres of its middle parallel."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
import shapely

from allocentric.scene.facts import Footprint
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.views.charts import laid_flat
from allocentric.views.ink import Area, Disc
from allocentric.views.marks import Mark, Observer, Polyline, Segment, Spot, Wedge
from allocentric.views.plan import draw_plan


@cache
def town(middle_deg: float = 60.0) -> Scene:
    """A lake of two parts, a road and a church, within 0.02 degrees about a place on a parallel."""
    west, north = 11.0, middle_deg
    lake = shapely.MultiPolygon(
        [
            shapely.box(west - 0.01, north - 0.01, west, north),
            shapely.box(west, north, west + 0.002, north + 0.01),
        ]
    )
    road = shapely.LineString([(west - 0.01, north), (west + 0.01, north)])
    shapes = {"lake": lake, "road": road, "church": shapely.Point(west + 0.01, north + 0.01)}
    things = [
        Thing(label=name, center=(*each.centroid.coords[0], 0.0), size=(0.0, 0.0, 0.0), shape=Footprint(each))
        for name, each in shapes.items()
    ]
    return scene_of("town", things, space="globe")


@pytest.mark.parametrize("middle_deg", [0.0, 60.0, -60.0])
def test_a_hundredth_of_a_degree_is_as_long_as_on_the_ground(middle_deg: float) -> None:
    flat, marks = laid_flat(town(middle_deg), [Segment((11.0, middle_deg), (11.01, middle_deg + 0.01))])
    (segment,) = marks
    assert isinstance(segment, Segment)
    across, up = np.subtract(segment.end, segment.start)
    assert up == pytest.approx(1112, rel=0.01)
    assert across == pytest.approx(1112 * math.cos(math.radians(middle_deg)), rel=0.01)
    assert flat.space == "solid"
    assert np.allclose(flat.centers[2, :2], segment.end)


def test_every_mark_moves_with_the_map_and_what_is_flat_stays() -> None:
    at = (11.0, 60.0)
    marks: list[Mark] = [Observer(at, 1.0), Spot(at), Polyline([at, at]), Wedge(at, 0.0, 1.0, 0.01)]
    _, laid = laid_flat(town(), marks)
    places = [laid[0].at, laid[1].at, *laid[2].points, laid[3].origin]  # type: ignore[union-attr]
    assert np.ptp(np.array(places), axis=0).max() == 0
    assert np.abs(places).max() < 10  # the middle of the scene, in metres
    room = scene_of("room", [Thing(label="sofa", size=(1, 2, 0.8))])
    assert laid_flat(room, marks) == (room, tuple(marks))


def test_areas_lines_and_points_are_drawn_all_and_smaller_ones_on_top() -> None:
    plan = draw_plan(town())
    areas = [each for each in plan.items if isinstance(each, Area)]
    discs = [each for each in plan.items if isinstance(each, Disc)]
    assert len(areas) >= 3  # two parts of the lake, then the road
    assert len(discs) == 1
    assert plan.items.index(discs[0]) > plan.items.index(areas[2])
    assert "1 km" in plan.svg() or "500 m" in plan.svg() or "200 m" in plan.svg()
    assert plan.png()[1:4] == b"PNG"
