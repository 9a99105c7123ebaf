"""A CityJSON file taken apart: its objects, its vertices, and the flat surfaces of each object."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from msgspec import Raw, Struct

from allocentric.errors import BadInput
from allocentric.geometry.surfaces import Surface
from allocentric.scene.json_text import decode

Three = tuple[float, float, float]
ORIGIN: Final[Three] = (0.0, 0.0, 0.0)
UNIT: Final[Three] = (1.0, 1.0, 1.0)
NO_LOD: Final = -1.0

# How many lists of shells and solids lie about the list of surfaces.
_AROUND: Final = {"MultiSurface": 0, "CompositeSurface": 0, "Solid": 1, "MultiSolid": 2, "CompositeSolid": 2}
_NESTED: Final[tuple[Any, ...]] = (
    list[list[list[int]]],
    list[list[list[list[int]]]],
    list[list[list[list[list[int]]]]],
)
_NO_SURFACE: Final = frozenset({"MultiPoint", "MultiLineString"})


class _Semantics(Struct, frozen=True):
    surfaces: list[dict[str, Any]] = []
    values: Any = None


class Geometry(Struct):
    """One representation of an object, or (with a template) a copy of a shared one."""

    type: str
    boundaries: Raw
    lod: str | float | None = None
    semantics: _Semantics | None = None
    template: int | None = None
    transformationMatrix: list[float] = []


class CityObject(Struct):
    """One object of a city, as the file tells it."""

    type: str
    geometry: list[Geometry] = []
    children: list[str] = []
    attributes: dict[str, Any] | None = None
    geographicalExtent: tuple[float, float, float, float, float, float] | None = None


class Transform(Struct, frozen=True):
    """Real coordinates are the stored ones times `scale`, then shifted by `translate`."""

    scale: Three = UNIT
    translate: Three = ORIGIN


class _Templates(Struct, frozen=True, rename={"vertices": "vertices-templates"}):
    templates: list[Geometry] = []
    vertices: list[Three] = []


class _Metadata(Struct, frozen=True):
    referenceSystem: str | None = None


class Model(Struct, rename={"shared": "geometry-templates"}):
    """A whole file, or one line of a sequence: a line has no version and no transform of its own."""

    CityObjects: dict[str, CityObject]
    vertices: list[Three]
    type: str = "CityJSON"
    version: str = ""
    transform: Transform | None = None
    metadata: _Metadata = _Metadata()
    shared: _Templates = _Templates()


@dataclass(slots=True)
class Surfaces:
    """The chosen surfaces of each object, as rows of `vertices`, and what was met on the way."""

    vertices: list[Float[np.ndarray, "_ 3"]] = field(default_factory=list)
    count: int = 0
    of: dict[str, list[Surface]] = field(default_factory=dict)
    solids: list[str] = field(default_factory=list)
    lods: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    without_surface: Counter[str] = field(default_factory=Counter)
    semantics: Counter[str] = field(default_factory=Counter)

    def add(self, vertices: Float[np.ndarray, "vertex 3"]) -> int:
        """Take in vertices; gives the row of the first."""
        first = self.count
        self.vertices.append(vertices)
        self.count += len(vertices)
        return first


def real(transform: Transform, stored: list[Three]) -> Float[np.ndarray, "vertex 3"]:
    """Stored vertices in real coordinates."""
    found: Float[np.ndarray, "vertex 3"] = (
        np.array(stored, dtype=float).reshape(-1, 3) * transform.scale + transform.translate
    )
    return found


def take_in(found: Surfaces, model: Model, transform: Transform, *, shared: _Templates, where: str) -> None:
    """Add the surfaces of a model's objects to `found`; raises BadInput with the object that is at fault."""
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is refused by whoever reads on
        spots = real(transform, model.vertices)
    first = found.add(spots)
    for id, told in model.CityObjects.items():
        if id in found.of:
            raise BadInput(f"two objects are called {id!r}", where=where, mend="give each its own id")
        own = found.of[id] = []
        solid = False
        for at, geometry, shape in _chosen(told, shared, found, where=f"{where}, {id}"):
            place = f"{where}, {id}, geometry {at}"
            solid |= bool(_AROUND[shape.type])
            if shape is geometry:
                own += _rows(shape, len(spots), first, where=place)
            else:
                placed = _placed(geometry, spots, shared.vertices, where=place)
                own += _rows(shape, len(placed), found.add(placed), where=place)
        if solid and own:
            found.solids.append(id)


def _chosen(
    told: CityObject, shared: _Templates, found: Surfaces, *, where: str
) -> Iterator[tuple[int, Geometry, Geometry]]:
    """The geometries of the highest level of detail (solids alone where there are any) with their shapes."""
    levels = dict[float, list[tuple[int, Geometry, Geometry]]]()
    for at, geometry in enumerate(told.geometry):
        shape = geometry
        if geometry.type == "GeometryInstance":
            if geometry.template is None or not 0 <= geometry.template < len(shared.templates):
                what = f"geometry {at} is of template {geometry.template}; there are {len(shared.templates)}"
                raise BadInput(what, where=where, mend="name a template of the file, counted from 0")
            shape = shared.templates[geometry.template]
        if shape.type in _NO_SURFACE:
            found.without_surface[shape.type] += 1
        elif shape.type not in _AROUND:
            mend = f"it is one of {', '.join([*_AROUND, *sorted(_NO_SURFACE), 'GeometryInstance'])}"
            raise BadInput(f"there is no geometry of type {shape.type!r}", where=where, mend=mend)
        else:
            levels.setdefault(_lod(shape, where), []).append((at, geometry, shape))
    if not levels:
        return
    highest = levels.pop(max(levels))
    found.passed_over.update(_said(shape) for each in levels.values() for _, _, shape in each)
    solids = [each for each in highest if _AROUND[each[2].type]]
    for at, geometry, shape in solids or highest:
        found.lods[_said(shape)] += 1
        _count_semantics(shape, found, where)
        yield at, geometry, shape


def _lod(shape: Geometry, where: str) -> float:
    try:
        return NO_LOD if shape.lod is None else float(shape.lod)
    except ValueError:
        mend = "write it as a number, such as 2.2"
        raise BadInput(f"{shape.lod!r} is no level of detail", where=where, mend=mend) from None


def _said(shape: Geometry) -> str:
    return "unstated" if shape.lod is None else f"{float(shape.lod):g}"


def _count_semantics(shape: Geometry, found: Surfaces, where: str) -> None:
    if shape.semantics is None:
        return
    kinds = [str(each.get("type", "")) for each in shape.semantics.surfaces]
    for row in _leaves(shape.semantics.values):
        if not 0 <= row < len(kinds):
            what = f"the semantics name surface {row}; there are {len(kinds)}"
            raise BadInput(what, where=where, mend="count them from 0")
        found.semantics[kinds[row]] += 1


def _leaves(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, int):
        yield value


def _rows(geometry: Geometry, count: int, first: int, *, where: str) -> list[Surface]:
    """The surfaces of a geometry, as rows of all vertices."""
    around = _AROUND[geometry.type]
    held: list[Any] = decode(bytes(geometry.boundaries), _NESTED[around], where=where)
    for _ in range(around):
        held = list(itertools.chain.from_iterable(held))
    named = list(itertools.chain.from_iterable(itertools.chain.from_iterable(held)))
    low, high = min(named, default=0), max(named, default=-1)
    if low < 0 or high >= count:
        what = f"a surface names vertex {low if low < 0 else high}; there are {count}"
        raise BadInput(what, where=where, mend="count vertices from 0, or get the whole file again")
    if first == 0:
        return held
    return [[[row + first for row in ring] for ring in surface] for surface in held]


def _placed(
    geometry: Geometry, spots: Float[np.ndarray, "vertex 3"], stored: list[Three], *, where: str
) -> Float[np.ndarray, "template 3"]:
    """A template's vertices, set by the matrix about the one vertex that the copy names."""
    at = decode(bytes(geometry.boundaries), list[int], where=where)
    if len(at) != 1 or not 0 <= at[0] < len(spots):
        what = f"a copy of a template stands on one of {len(spots)} vertices, not on {at}"
        raise BadInput(what, where=where, mend="name one vertex, counted from 0")
    numbers = geometry.transformationMatrix
    if len(numbers) != 16 or numbers[12:] != [0, 0, 0, 1]:
        what = f"its transformationMatrix is no move: {len(numbers)} numbers, the last {numbers[12:]}"
        raise BadInput(what, where=where, mend="give 16 numbers row by row, the last row 0 0 0 1")
    matrix = np.array(numbers, dtype=float).reshape(4, 4)
    own = np.array(stored, dtype=float).reshape(-1, 3)
    with np.errstate(over="ignore", invalid="ignore"):
        placed: Float[np.ndarray, "template 3"] = own @ matrix[:3, :3].T + matrix[:3, 3] + spots[at[0]]
    return placed
