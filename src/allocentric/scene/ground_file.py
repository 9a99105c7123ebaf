"""What lies on the ground as it stands in a scene file: areas, lines or points, one or several of a kind."""

from __future__ import annotations

import shapely
from shapely.geometry import MultiPolygon

from allocentric.errors import BadInput
from allocentric.scene import schema as kept
from allocentric.scene.facts import Ground


def keep_ground(ground: Ground, low: float, high: float) -> kept.FootprintShape:
    """What lies on the ground as it stands in JSON."""
    low_, high_, several = kept.number(low), kept.number(high), ground.geom_type.startswith("Multi")
    match ground.geom_type:
        case "Polygon":
            return kept.FootprintShape(kept.rings(ground), low_, high_)
        case "MultiPolygon":
            return kept.FootprintShape([], low_, high_, polygons=kept.polygons(ground), several=True)
        case "LineString" | "MultiLineString":
            lines = [kept.numbers(shapely.get_coordinates(each)) for each in shapely.get_parts(ground)]
            return kept.FootprintShape([], low_, high_, lines=lines, several=several)
        case _:
            points = kept.numbers(shapely.get_coordinates(ground))
            return kept.FootprintShape([], low_, high_, points=points, several=several)


def ground_of(stored: kept.FootprintShape, *, where: str) -> Ground:
    """What lies on the ground; raises BadInput for rings, lines or points that are none."""
    try:
        if stored.points is not None:
            points = shapely.points(kept.array_of(stored.points, (-1, 2), where=where))
            return shapely.multipoints(points) if stored.several else points[0]
        if stored.lines:
            lines = [shapely.linestrings(kept.array_of(each, (-1, 2), where=where)) for each in stored.lines]
            return shapely.multilinestrings(lines) if stored.several else lines[0]
    except (ValueError, IndexError, shapely.errors.GEOSException) as error:
        what = f"a line or a point cannot be read: {error}"
        raise BadInput(what, where=where, mend="a line is at least two points of two numbers") from None
    if stored.polygons:
        return MultiPolygon([kept.polygon_of(each, where=where) for each in stored.polygons])
    return kept.polygon_of(stored.polygon, where=where)
