"""CityJSON 1.0 to 2.0, and sequences of it (`.city.jsonl`): buildings, bridges, roads as meshes.

Coordinates are x east, y north, z up in the unit of the reference system, stored as whole numbers under a
scale and a shift. A world far from its origin is brought near by a whole number of units, noted, so that no
digit is lost. Each object with surfaces is a thing, called after its id; of several levels of detail the
highest is taken, and of it the solids where there are any. A building is all of its parts; they are things
too. A box lies along the least rectangle about an object (parts: about their building). What covers the
ground is structure. North is grid north where a reference system is named; degrees are refused, the foot of
the US state planes is the unit where their codes are named, else the metre. Declared extents and heights are
checked. Textures, materials and attributes are not read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Final

import numpy as np
import shapely
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.surfaces import cut, is_closed
from allocentric.intervals import FULL_CIRCLE, ONE, Arc, Interval
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import camel_label
from allocentric.worlds.readers.cityjson_model import CityObject, Model, Surfaces, Transform, take_in
from allocentric.worlds.readers.reader import Peek, Reader, Scenes

VERSIONS: Final = ("1.0", "1.1", "2.0")
FAR: Final = 10_000.0  # scene units: what is farther from the origin is brought near
FARTHEST: Final = 1e9  # scene units: no city is that large
DECLARED_WITHIN: Final = 1.0  # scene units, of declared extents and heights
FLAT_WITHIN: Final = 0.01  # scene units, of a surface's corners
GROUND: Final = frozenset(
    {
        "LandUse",
        "PlantCover",
        "Railway",
        "Road",
        "TINRelief",
        "TransportSquare",
        "TransportationComplex",
        "WaterBody",
        "Waterway",
    }
)
DEGREES: Final = frozenset(
    {"4258", "4267", "4269", "4283", "4326", "4612", "4937", "4979", "6668", "7844", "CRS84", "CRS84h"}
)
US_FEET: Final = range(2222, 2290)  # the state planes of NAD83, some in feet, some in survey feet
FOOT: Final = Interval(0.3048, 1200 / 3937)
_CODE: Final = re.compile(r"(\w+)/*$")


def _claims(peek: Peek) -> bool:
    return {"CityObjects", "vertices"} <= peek.keys


def _scenes(peek: Peek) -> Scenes:
    id = re.sub(r"(\.city)?\.jsonl?$", "", peek.path.name)
    return {id: partial(_scene, peek, id)}


def _scene(peek: Peek, id: str) -> Scene:
    where = str(peek.path)
    models = list(_models(peek))
    head = models[0][1]
    warnings = _checked_head(head, where)
    scale, north, told = _reference(head.metadata.referenceSystem, where)
    transform, shifted = _brought_near(head.transform or Transform(), [model for _, model in models])
    found = Surfaces()
    objects = dict[str, CityObject]()
    for place, model in models:
        take_in(found, model, transform, shared=head.shared, where=place)
        objects |= model.CityObjects
    meshes, odd = _meshes(objects, found, where)
    taken = np.subtract((head.transform or Transform()).translate, transform.translate)
    warnings += odd + _disagreements(objects, meshes, taken)
    notes = [f"CityJSON {head.version}, z up", told, *shifted, *_about(objects, found, meshes)]
    things = list(_things(objects, meshes))
    source = Source("cityjson", where, tuple(notes), tuple(warnings))
    return scene_of(id, things, scale=scale, north=north, source=source)


def _models(peek: Peek) -> Iterator[tuple[str, Model]]:
    """The file, or each line of a sequence, with its place."""
    if peek.path.suffix != ".jsonl":
        yield str(peek.path), decode(peek.data, Model, where=str(peek.path))
        return
    for number, line in enumerate(peek.data.splitlines(), start=1):
        if line.strip():
            place = f"{peek.path}, line {number}"
            yield place, decode(line, Model, where=place)


def _checked_head(head: Model, where: str) -> list[str]:
    """What is odd about the version and the transform; raises BadInput where they cannot be read."""
    if head.version not in VERSIONS:
        what = f"this is CityJSON {head.version or 'of no version'}"
        raise BadInput(what, where=where, mend=f"bring it to one of {', '.join(VERSIONS)}: cjio upgrades")
    if head.transform is not None or head.version == "1.0":
        return []
    stored = np.array(head.vertices, dtype=float)
    what = f"CityJSON {head.version} has a transform, and this has none"
    if (stored == np.round(stored)).all():
        raise BadInput(what, where=where, mend="get the whole file again: its whole numbers need a scale")
    return [f"{what}: its coordinates are taken as they stand"]


def _reference(system: str | None, where: str) -> tuple[Interval, Arc, str]:
    """Metres a scene unit, north, and what was told of them."""
    if system is None:
        return ONE, FULL_CIRCLE, "no reference system is named: taken to be metres, north unknown"
    ending = _CODE.search(system.replace(":", "/"))
    code = ending.group(1) if ending else ""
    if code in DEGREES:
        what = f"its reference system {system} counts in degrees"
        raise BadInput(what, where=where, mend="project it first: cjio's crs_reproject, to metres")
    told = f"reference system {system}: y is grid north"
    if code.isdigit() and int(code) in US_FEET:
        return FOOT, Arc(math.pi / 2), f"{told}, in feet"
    return ONE, Arc(math.pi / 2), f"{told}, taken to be metres"


def _brought_near(transform: Transform, models: list[Model]) -> tuple[Transform, list[str]]:
    """The transform with whole numbers taken off x and y where the world is far away; and the note of it."""
    corners = [
        np.array(model.vertices, dtype=float).reshape(-1, 3).min(axis=0) * transform.scale
        for model in models
        if model.vertices
    ]
    if not corners:
        return transform, []
    low = np.min(corners, axis=0) + transform.translate
    if np.abs(low[:2]).max() <= FAR:
        return transform, []
    taken = [math.floor(low[0]), math.floor(low[1]), 0]
    # In decimals: what a file writes as 84616.468 is 0.468 after the shift, to the last digit.
    near = [float(Decimal(repr(each)) - off) for each, off in zip(transform.translate, taken)]
    note = f"brought near its origin: x is less by {taken[0]}, y by {taken[1]}, z as it was"
    return Transform(transform.scale, (near[0], near[1], near[2])), [note]


def _meshes(
    objects: Mapping[str, CityObject], found: Surfaces, where: str
) -> tuple[dict[str, Mesh], list[str]]:
    """The mesh of each object that has surfaces, its parts included; and what looks wrong with them."""
    vertices = np.concatenate([np.zeros((0, 3)), *found.vertices])
    beyond = ~(np.abs(vertices) < FARTHEST).all(axis=1)
    if beyond.any():
        what = f"a vertex lies at {vertices[int(beyond.argmax())].tolist()}"
        raise BadInput(what, where=where, mend="mend the transform, the vertex or the copy of a template")
    ids = list(found.of)
    pieces = cut(vertices, [each for id in ids for each in found.of[id]])
    ends = np.cumsum([len(found.of[id]) for id in ids])
    bounds = np.searchsorted(pieces.surface, [0, *ends])
    own = {id: pieces.faces[bounds[at] : bounds[at + 1]] for at, id in enumerate(ids)}
    meshes = dict[str, Mesh]()
    for id in ids:
        faces = np.concatenate([own[each] for each in _with_parts(id, objects, where)])
        if len(faces):
            used, renumbered = np.unique(faces, return_inverse=True)
            meshes[id] = Mesh(vertices[used], renumbered.reshape(-1, 3))
    warnings = list[str]()
    uneven = pieces.off_plane[pieces.off_plane > FLAT_WITHIN]
    if len(uneven):
        warnings.append(
            f"surfaces that are not flat within {FLAT_WITHIN}: {len(uneven)}, by up to {max(uneven):.2g}"
        )
    if len(pieces.crossing):
        first = ids[int(np.searchsorted(ends, pieces.crossing[0], side="right"))]
        warnings.append(
            f"surfaces whose lines cross, cut as fans: {len(pieces.crossing)}, the first of {first!r}"
        )
    gaping = [id for id in found.solids if not is_closed(meshes[id])]
    if gaping:
        count = f"{len(gaping)} of {len(found.solids)}"
        warnings.append(f"solids that are not closed, so without an inside: {count}, the first {gaping[0]!r}")
    return meshes, warnings


def _about(objects: Mapping[str, CityObject], found: Surfaces, meshes: Mapping[str, Mesh]) -> Iterator[str]:
    """How the surfaces were come by."""
    passed = f"; passed over: {_counted(found.passed_over)}" if found.passed_over else ""
    if found.lods:
        yield f"level of detail: {_counted(found.lods)}{passed}"
    if found.semantics:
        yield f"semantic surfaces: {_counted(found.semantics)}"
    if found.without_surface:
        yield f"geometries of points and lines, left out: {_counted(found.without_surface)}"
    left_out = Counter(told.type for id, told in objects.items() if id not in meshes)
    if left_out:
        yield f"objects left out, without surfaces: {_counted(left_out)}"


def _with_parts(id: str, objects: Mapping[str, CityObject], where: str) -> Iterator[str]:
    """An object and the parts it is made of, theirs too; raises BadInput for a part that is not there."""
    waiting, met = [id], {id}
    while waiting:
        each = waiting.pop()
        yield each
        for child in objects[each].children:
            if child not in objects:
                what = f"{each!r} has the child {child!r}, which is not there"
                raise BadInput(what, where=where, mend="get the whole file again")
            if objects[child].type.endswith("Part"):
                if child in met:
                    what = f"{child!r} is a part of itself, or twice of {id!r}"
                    raise BadInput(what, where=where, mend="name each part once, by its parent")
                met.add(child)
                waiting.append(child)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


def _things(objects: Mapping[str, CityObject], meshes: Mapping[str, Mesh]) -> Iterator[Thing]:
    whole = {child: id for id, told in objects.items() for child in told.children}
    yaws = dict[str, float]()
    for id, mesh in meshes.items():
        root = id
        while root in whole and whole[root] in meshes:
            root = whole[root]
        if root not in yaws:
            yaws[root] = _yaw_of(meshes[root])
        rotation = rotation_about_up(yaws[root])
        own = mesh.vertices_m @ rotation
        low, high = own.min(axis=0), own.max(axis=0)
        kind = objects[id].type
        yield Thing(
            label=camel_label(kind.lstrip("+")),
            name=id,
            kind="structure" if kind in GROUND else "object",
            center=rotation @ ((low + high) / 2),
            size=high - low,
            rotation=rotation,
            shape=mesh,
        )


def _yaw_of(mesh: Mesh) -> float:
    """How the least rectangle about the mesh, seen from above, is turned: within 45 degrees."""
    around = shapely.oriented_envelope(shapely.multipoints(mesh.vertices_m[:, :2]))
    corners = shapely.get_coordinates(around)
    if len(corners) < 2:
        return 0.0
    along = corners[1] - corners[0]
    turned = math.remainder(math.atan2(along[1], along[0]), math.pi / 2)
    return 0.0 if abs(turned) < 1e-9 else turned


def _disagreements(
    objects: Mapping[str, CityObject], meshes: Mapping[str, Mesh], shift: Float[np.ndarray, "3"]
) -> list[str]:
    """What is amiss where objects declare an extent or a height that is not that of their mesh."""
    outside, other = list[str](), list[str]()
    for id, mesh in meshes.items():
        told = objects[id]
        low, high = mesh.bounds_m()
        if told.geographicalExtent is not None:
            declared = np.array(told.geographicalExtent).reshape(2, 3) - shift
            if np.abs(declared - [low, high]).max() > DECLARED_WITHIN:
                outside.append(id)
        height = (told.attributes or {}).get("measuredHeight")
        if isinstance(height, int | float) and abs(height - (high[2] - low[2])) > DECLARED_WITHIN:
            other.append(id)
    return [
        f"{what} of {len(ids)} objects is more than {DECLARED_WITHIN:g} off their mesh, first of {ids[0]!r}"
        for what, ids in (("the declared extent", outside), ("measuredHeight", other))
        if ids
    ]


READER: Final = Reader("cityjson", (".city.json", ".city.jsonl", ".json"), _claims, _scenes)
