"""Maps: read with what is known of them stated, and set on a plane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.geodesics import shortest
from allocentric.intervals import Arc
from allocentric.scene.facts import Footprint
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers import geo_vector, geojson, geoparquet, geotiff
from allocentric.worlds.readers.geo_things import Declared
from allocentric.worlds.readers.reader import Peek, peek

WIDEST_M: Final = 100_000.0  # of what is set on a plane: beyond it, its distances would be off by a metre

_MAPS: Final[dict[str, Callable[[Peek, Declared], Scene]]] = {
    "geojson": geojson.map_of,
    "geopackage": partial(geo_vector.map_of, format="geopackage"),
    "shapefile": partial(geo_vector.map_of, format="shapefile"),
    "osm": partial(geo_vector.map_of, format="osm"),
    "geoparquet": geoparquet.map_of,
    "geotiff": geotiff.map_of,
}
_READERS: Final = (
    geojson.READER,
    geo_vector.GEOPACKAGE,
    geo_vector.SHAPE,
    geo_vector.OSM,
    geoparquet.READER,
    geotiff.READER,
)


def read_map(
    path: str | Path,
    *,
    name: str | None = None,
    label: str | None = None,
    crs: str | None = None,
    complete: bool = True,
) -> Scene:
    """The scene of a map on the globe, with what its file leaves open stated.

    `name` and `label` are the properties that call things and say what they are; `crs` is the reference
    system, in the stead of the file's own; `complete` is whether the map shows all things of its labels.
    Raises BadInput as the readers do.
    """
    found = peek(Path(path))
    for reader in _READERS:
        if reader.claims(found):
            return _MAPS[reader.name](found, Declared(name, label, crs, complete))
    what = "this is no map in a format that is known"
    raise BadInput(what, where=str(path), mend=f"give one of {', '.join(_MAPS)}")


def on_plane(scene: Scene, *, at: tuple[float, float] | None = None) -> Scene:
    """A part of the globe set on a plane: metres east (x) and north (y) of a place, its middle or `at`.

    Each corner is as far from that place, and in that direction, as along the globe (azimuthal equidistant).
    `at` is longitude and latitude. Raises BadInput for a scene that is not on a globe, or reaches farther
    than 100 km from the place.
    """
    where = f"scene {scene.id!r}"
    if scene.space != "globe":
        raise BadInput("this scene is on no globe", where=where, mend="give one that a map was read into")
    middle = at or (float(scene.centers[:, 0].mean()), float(scene.centers[:, 1].mean()))

    def laid(places: Float[np.ndarray, "place 2"]) -> Float[np.ndarray, "place 2"]:
        ways = shortest(np.tile(np.array(middle, dtype=float), (len(places), 1)), places)
        if len(places) and ways.length_m.max() > WIDEST_M:
            what = f"it reaches {ways.length_m.max() / 1000:.0f} km from {middle}"
            raise BadInput(what, where=where, mend="cut out a part first, or ask along the globe")
        azimuth = np.radians(ways.start_deg)
        return np.stack([ways.length_m * np.sin(azimuth), ways.length_m * np.cos(azimuth)], axis=1)

    things = [_laid(each, laid) for each in scene.things()]
    notes = (*scene.source.notes, f"set on a plane about longitude {middle[0]:.6f}, latitude {middle[1]:.6f}")
    return scene_of(
        scene.id,
        things,
        north=Arc(np.pi / 2),
        complete=scene.complete,
        source=Source(scene.source.format, scene.source.path, notes, scene.source.warnings),
    )


def _laid(thing: Thing, laid: Callable[[np.ndarray], np.ndarray]) -> Thing:
    shape = thing.shape
    if not isinstance(shape, Footprint):
        x, y = laid(np.array([thing.center[:2]], dtype=float))[0].tolist()
        return replace(thing, center=(x, y, float(thing.center[2])))
    ground = shapely.transform(shape.polygon, laid)
    left, low, right, high = ground.bounds
    return replace(
        thing,
        center=((left + right) / 2, (low + high) / 2, (shape.low + shape.high) / 2),
        size=(right - left, high - low, shape.high - shape.low),
        shape=Footprint(ground, shape.low, shape.high),
    )
