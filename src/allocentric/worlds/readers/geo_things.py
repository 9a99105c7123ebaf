"""Features of a map as a scene on the globe: shapes, and what their properties call them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from jaxtyping import Float
from shapely.geometry.base import BaseGeometry

from allocentric.errors import BadInput
from allocentric.geometry import globe
from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Footprint, Scene, Source, Thing, View, scene_of
from allocentric.words import singular
from allocentric.worlds.readers.boxes import plain_label
from allocentric.worlds.readers.geo_crs import Reference, checked_degrees

NORTH: Final = Arc(np.pi / 2)  # of a globe: x is east, y is north
NAMES: Final = ("name:en", "name_en", "NAME_EN", "name", "NAME", "Name", "BoroName", "title", "Title")
LABELS: Final = ("label", "class", "category", "featurecla", "LULC_NAME", "kind", "fclass", "type")
# What a key of OpenStreetMap is about where its value says no more than yes, and which values are enough.
TAGGED: Final = {
    "building": "building",
    "highway": "road",
    "railway": "railway",
    "waterway": "waterway",
    "landuse": "land",
    "natural": "natural feature",
    "leisure": "leisure area",
    "amenity": "amenity",
    "shop": "shop",
    "tourism": "sight",
    "place": "place",
    "boundary": "boundary",
}
_ROADS: Final = frozenset(
    re.split(
        " ",
        "motorway trunk primary secondary tertiary unclassified residential service living_street road",
    )
)
_NOUNS: Final = frozenset(
    re.split(
        r"\s+",
        """country city town village place building house road street river stream canal lake park forest
        field parcel island airport port state province region county district borough plane ship vehicle car
        tree footprint aircraft""",
    )
)
_EMPTY: Final = frozenset({"", "no", "none", "null", "nan", "unknown"})


@dataclass(frozen=True, eq=False, slots=True)
class Features:
    """Shapes as a file has them, their properties, and what the file calls them all together."""

    shapes: Sequence[BaseGeometry | None]
    properties: Sequence[Mapping[str, Any]]
    layer: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What whoever reads a map says of it: the properties that name things, its system, if it shows all."""

    name: str | None = None
    label: str | None = None
    crs: str | None = None
    complete: bool = True


def map_scene(
    format: str,
    path: Path,
    layers: Iterable[tuple[Features, Reference]],
    *,
    declared: Declared,
    notes: Sequence[str] = (),
    views: tuple[View, ...] = (),
) -> Scene:
    """The scene of the features of a map: a thing each, in longitude and latitude on WGS84."""
    where, things, told, odd = str(path), list[Thing](), [*notes], list[str]()
    for features, reference in layers:
        told.append(f"{features.layer}: {reference.told}")
        found = [row for row, each in enumerate(features.shapes) if each is not None and not each.is_empty]
        if len(found) < len(features.shapes):
            odd.append(
                f"{features.layer}: {len(features.shapes) - len(found)} features without a shape, left out"
            )
        shapes = [_placed(features.shapes[row], reference, where) for row in found]
        odd += [f"{features.layer}: {each}" for each in _mended(shapes)]
        properties = [features.properties[row] for row in found]
        name_key = _key(properties, declared.name, NAMES, where=where)
        label_key = _key(properties, declared.label, LABELS, where=where)
        told.append(f"{features.layer}: {_said(name_key, label_key)}")
        for shape, held in zip(shapes, properties, strict=True):
            label = _label(held, label_key, features.layer, shape=shape)
            things.append(_thing(shape, label, _text(held, name_key) if name_key else None))
    if not things:
        raise BadInput("no feature has a shape", where=where, mend="get the whole file again")
    labels = frozenset(each.label for each in things)
    if declared.complete:
        told.append("complete of its labels: what is asked is asked of what the map shows")
    return scene_of(
        path.name.split(".")[0],
        _named(things),
        space="globe",
        north=NORTH,
        views=views,
        complete=Complete(labels=labels) if declared.complete else None,
        source=Source(format, where, tuple(told), tuple(odd)),
    )


def _placed(shape: BaseGeometry | None, reference: Reference, where: str) -> BaseGeometry:
    """The shape in degrees, each line and ring without a jump; collections of one kind are several of it."""
    assert shape is not None
    flat = shapely.force_2d(shape)
    if flat.geom_type == "GeometryCollection":
        parts = shapely.get_parts(flat)
        kinds = {shapely.get_dimensions(each) for each in parts}
        if len(kinds) != 1:
            what = "a feature is a collection of areas, lines or points together"
            raise BadInput(what, where=where, mend="make a feature of each kind")
        flat = shapely.union_all(parts)
    if flat.geom_type == "LinearRing":
        flat = shapely.LineString(flat)

    def placed(corners: Float[np.ndarray, "place 2"]) -> Float[np.ndarray, "place 2"]:
        degrees = corners if reference.to_degrees is None else reference.to_degrees(corners)
        return checked_degrees(degrees, reference.declared[:40], where=where)

    return _unbroken(shapely.transform(flat, placed), where)


def _unbroken(shape: BaseGeometry, where: str) -> BaseGeometry:
    """The shape with the sides that jump over the chart's edge led on beyond it."""
    starts, ends = globe.sides(shape)
    jumps = (np.abs(starts[:, 0] - ends[:, 0]) > 180) & ~(
        (np.abs(starts[:, 1]) == 90) & (starts[:, 1] == ends[:, 1])
    )
    if not jumps.any():
        return shape

    def led(corners: Float[np.ndarray, "place 2"]) -> Float[np.ndarray, "place 2"]:
        steps = np.diff(corners[:, 0])
        at_pole = (np.abs(corners[1:, 1]) == 90) & (np.abs(corners[:-1, 1]) == 90)
        turns = np.where(at_pole, 0.0, -360 * np.round(steps / 360))
        return np.stack([corners[:, 0] + np.concatenate([[0.0], np.cumsum(turns)]), corners[:, 1]], axis=1)

    made = list[BaseGeometry]()
    for part in shapely.get_parts(shape):
        if part.geom_type != "Polygon":
            made.append(shapely.LineString(led(shapely.get_coordinates(part))))
            continue
        rings = [led(shapely.get_coordinates(ring)) for ring in (part.exterior, *part.interiors)]
        if any(ring[0, 0] != ring[-1, 0] for ring in rings):
            what = "an area goes round a pole without touching it on the chart"
            raise BadInput(
                what, where=where, mend="lead its outline along longitude 180 to the pole and back"
            )
        made.append(shapely.Polygon(rings[0], rings[1:]))
    several = shapely.multipolygons if made[0].geom_type == "Polygon" else shapely.multilinestrings
    return made[0] if len(made) == 1 else several(made)


def _mended(shapes: list[BaseGeometry]) -> list[str]:
    """Areas whose sides cross are made of what they enclose, in place; and the warning of it."""
    bad = [row for row, each in enumerate(shapes) if not each.is_valid]
    for row in bad:
        dimension = shapely.get_dimensions(shapes[row])
        parts = [
            each
            for each in shapely.get_parts(shapely.make_valid(shapes[row]))
            if shapely.get_dimensions(each) == dimension
        ]
        shapes[row] = shapely.union_all(parts) if parts else shapes[row]
    return [f"{len(bad)} areas whose sides cross or touch: taken for what they enclose"] if bad else []


def _key(
    properties: Sequence[Mapping[str, Any]],
    declared: str | None,
    known: Sequence[str],
    *,
    where: str,
) -> str | None:
    """The property that names or labels things: as declared, else the first known one that is filled."""
    keys = dict.fromkeys(key for each in properties for key in each)
    if declared is not None:
        if keys and declared not in keys:
            has = ", ".join(list(keys)[:20])
            raise BadInput(f"no feature has the property {declared!r}", where=where, mend=f"they have {has}")
        return declared
    return next((key for key in known if key in keys and any(_text(each, key) for each in properties)), None)


def _said(name: str | None, label: str | None) -> str:
    names = f"named by {name!r}" if name else "without names"
    return f"{names}, labelled by {label!r}" if label else f"{names}, labelled by its tags or its own name"


def _text(held: Mapping[str, Any], key: str | None) -> str | None:
    value = held.get(key) if key is not None else None
    if value is None or isinstance(value, dict | list):
        return None
    text = f"{value:g}" if isinstance(value, float) else str(value).strip()
    return None if text.lower() in _EMPTY else text


def _label(held: Mapping[str, Any], key: str | None, layer: str, *, shape: BaseGeometry) -> str:
    own = _text(held, key)
    if own is not None:
        return plain_label(own)
    for tag, says in TAGGED.items():
        value = _text(held, tag)
        if value is None:
            continue
        if tag == "highway":
            return "road" if value.removesuffix("_link") in _ROADS else plain_label(value)
        return says if value == "yes" or tag in ("building", "boundary") else plain_label(value)
    if {"iso_a3", "ISO_A3", "ADM0_A3"} & held.keys():
        return "country"
    for word in reversed(re.split(r"[\W_\d]+", layer.lower())):
        if singular(word) in _NOUNS:
            return singular(word)
    return ("place", "line", "area")[shapely.get_dimensions(shape)]


def _thing(shape: BaseGeometry, label: str, name: str | None) -> Thing:
    left, low, right, high = shape.bounds
    return Thing(
        label=label,
        name=name,
        center=(*globe.centre(shape), 0.0),
        size=(right - left, high - low, 0.0),
        shape=Footprint(shape),
    )


def _named(things: Sequence[Thing]) -> list[Thing]:
    """The things, those of one name numbered; a name that is a label of others too says what it is of."""
    counts, met = Counter(each.name for each in things), Counter[str]()
    taken = {each.name for each in things}
    made = list[Thing]()
    for each in things:
        if each.name is not None and counts[each.name] > 1:
            name = each.name
            while name in taken:
                met[each.name] += 1
                name = f"{each.name} {met[each.name]}"
            taken.add(name)
            made.append(
                Thing(label=each.label, name=name, center=each.center, size=each.size, shape=each.shape)
            )
        else:
            made.append(each)
    return made
