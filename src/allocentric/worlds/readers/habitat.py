"""Habitat scenes (HSSD, ReplicaCAD, ...): a dataset config, one scene instance, or a stage alone.

Metres, y up, -z ahead, turned to z up; quaternions are w x y z. An instance is drawn at `translation`,
`rotation` and its scales, of the asset's own origin, or where `translation_origin` says COM of its centre of
mass: the config's, else the middle of the mesh. `up` and `front` in a config say how the asset's file lies;
they are not taken for a thing's front. The stage's named nodes are structure; each object instance is a thing
along the instance's own axes, an articulated one with its joints as they are set at first. A label is the
semantic class where the dataset's lexicon has it, else the name of the template. Regions of the semantic
descriptor are rooms. Lights, navigation meshes and collision shapes are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.frames import Z_UP_FROM_Y_UP
from allocentric.geometry.meshes import Mesh, joined
from allocentric.geometry.poses import rotation_from_quaternion
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import Scene, Source, Thing, scene_of
from allocentric.worlds.readers.boxes import label_of_name, plain_label, plausibility, region
from allocentric.worlds.readers.habitat_dataset import (
    DATASET,
    SUFFIX,
    UNIT,
    Articulated,
    Asset,
    Dataset,
    Kind,
    Template,
    Three,
    dataset_above,
    read_dataset,
)
from allocentric.worlds.readers.mesh_file import nodes_of
from allocentric.worlds.readers.reader import Peek, Reader, Scenes, peek
from allocentric.worlds.readers.urdf import visuals_of

ORIGIN: Final[Three] = (0.0, 0.0, 0.0)
SQUARE_WITHIN: Final = 1e-3
FARTHEST_M: Final = 1e6  # no room is that large
_HASH: Final = re.compile(r"[0-9a-f]{32,}\b.*")  # HSSD's templates are called after their content

_OWN_NAME: Final = "%%CONFIG_NAME_AS_ASSET_FILENAME%%"

Turn = Float[np.ndarray, "3 3"]


class _Instance(Struct):
    template_name: str
    translation: Three = ORIGIN
    rotation: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0)
    uniform_scale: float = 1.0
    non_uniform_scale: Three = UNIT
    translation_origin: str | None = None


class _Articulation(_Instance):
    initial_joint_pose: dict[str, float] | list[float] = {}


class _Instances(Struct):
    stage_instance: _Instance
    object_instances: list[_Instance] = []
    articulated_object_instances: list[_Articulation] = []
    translation_origin: str = "asset_local"
    semantic_scene_instance: str | None = None


class _Region(Struct):
    name: str
    label: str
    poly_loop: list[Three]
    floor_height: float
    extrusion_height: float


class _Class(Struct):
    id: int
    name: str


class _Descriptor(Struct):
    region_annotations: list[_Region] = []
    classes: list[_Class] = []
    semantic_descriptor_filename: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class _Piece:
    """A named node of a mesh, in the axes of its file."""

    name: str
    mesh: Mesh


@dataclass(slots=True)
class _Found:
    """What is read once a scene: meshes by file, classes by number, and what looks wrong."""

    classes: dict[int, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    pieces: dict[Path, list[_Piece]] = field(default_factory=dict)
    units: set[float] = field(default_factory=set)


def _claims(peek: Peek) -> bool:
    dataset = peek.path.name.endswith(DATASET) or {"stages", "scene_instances"} <= peek.keys
    return dataset or "stage_instance" in peek.keys or "render_asset" in peek.keys


def _scenes(peek: Peek) -> Scenes:
    id = peek.path.name.split(".")[0]
    if "render_asset" in peek.keys:
        return {id: partial(_stage_alone, peek, id)}
    if "stage_instance" in peek.keys:
        return {id: partial(_scene_above, peek, id)}
    dataset = read_dataset(peek.path)
    names = sorted(dataset.templates["scene"])
    if not names:
        mend = "name one with scene_instances, a scene instance or a stage config"
        raise BadInput("the dataset lists no scene", where=str(peek.path), mend=mend)
    return {name: partial(_scene, dataset, dataset.templates["scene"][name], name) for name in names}


def _stage_alone(peek: Peek, id: str) -> Scene:
    found, template = _Found(), Template(peek.path.parent, (peek.path,))
    where = str(peek.path)
    things = list(_stage(template, _Instance(id), found, where=where))
    return _made(id, things, found, where=where, notes=["the stage alone"])


def _scene_above(peek: Peek, id: str) -> Scene:
    dataset = dataset_above(peek.path)
    base = dataset.templates["scene"][id].attributes[0]
    return _scene(dataset, Template(peek.path.parent, (base, peek.path)), id)


def _scene(dataset: Dataset, template: Template, id: str) -> Scene:
    where = str(next((each for each in template.attributes[1:] if isinstance(each, Path)), dataset.path))
    told = decode(encode(template.told()), _Instances, where=where)
    found = _Found()
    regions, notes = _regions(dataset, told.semantic_scene_instance, id, found=found)
    _, stage = _named(dataset, "stage", told.stage_instance, found=found, where=where)
    things = list(_stage(stage, told.stage_instance, found, where=f"{where}, stage_instance"))
    for row, instance in enumerate(told.object_instances):
        place = f"{where}, object_instances[{row}]"
        name, template = _named(dataset, "object", instance, found=found, where=place)
        origin = instance.translation_origin or told.translation_origin
        things.append(_object(name, template, instance, found=found, origin=origin, where=place))
    for row, articulation in enumerate(told.articulated_object_instances):
        place = f"{where}, articulated_object_instances[{row}]"
        name, template = _named(dataset, "articulated", articulation, found=found, where=place)
        things.append(_articulated(name, template, articulation, found=found, where=place))
    return _made(id, [*things, *regions], found, where=where, notes=[f"dataset {dataset.path.name}", *notes])


def _made(id: str, things: list[Thing], found: _Found, *, where: str, notes: list[str]) -> Scene:
    notes = ["y up, turned to z up; quaternions w x y z; metres", *notes]
    if found.units - {1.0}:
        told = ", ".join(f"{each:g}" for each in sorted(found.units - {1.0}))
        notes.append(f"units_to_meters of {told} left aside, as the simulator does")
    warnings = found.warnings
    if any(each.kind == "object" for each in things):
        solid = [each for each in things if each.kind != "region"]
        centers, sizes = (np.array([getattr(each, part) for each in solid]) for part in ("center", "size"))
        rotations = np.array([each.world_from_thing() for each in solid])
        warnings += plausibility([each.label for each in solid], centers, sizes, rotations=rotations)
    names = Counter(each.name for each in things)
    return scene_of(
        id,
        [each if names[each.name] == 1 else replace(each, name=None) for each in things],
        source=Source("habitat", where, tuple(notes), tuple(warnings)),
    )


def _named(
    dataset: Dataset, kind: Kind, instance: _Instance, *, found: _Found, where: str
) -> tuple[str, Template]:
    name, template, others = dataset.find(kind, instance.template_name, where=where)
    warning = f"{instance.template_name!r} may be any of {', '.join(others)}: taken to be {name}"
    if others and warning not in found.warnings:
        found.warnings.append(warning)
    return name, template


def _stage(template: Template, instance: _Instance, found: _Found, *, where: str) -> Iterator[Thing]:
    """The named nodes of the stage, each a part of the structure."""
    asset, pieces = _asset(template, found, where=where)
    own_from_asset = _own_from_asset(asset, instance, where)
    rotation, shift = _placed(instance, where)
    for piece in pieces:
        yield Thing(
            label=label_of_name(piece.name),
            name=piece.name,
            kind="structure",
            **_solid(_mapped(piece.mesh, own_from_asset), rotation, shift=shift),
        )


def _object(
    name: str, template: Template, instance: _Instance, *, found: _Found, origin: str, where: str
) -> Thing:
    """An instance of an object template, with all of its mesh."""
    asset, pieces = _asset(template, found, where=where)
    own_from_asset = _own_from_asset(asset, instance, where)
    own = _mapped(joined([piece.mesh for piece in pieces]), own_from_asset)
    if np.linalg.det(own_from_asset) < 0:  # a mirrored mesh is inside out
        own = own.turned_over()
    if origin.lower() == "com":
        middle = (own.vertices_m.min(axis=0) + own.vertices_m.max(axis=0)) / 2
        told = Z_UP_FROM_Y_UP @ (_scales(asset.scale, instance, where) * (asset.COM or ORIGIN))
        own = _mapped(own, np.eye(3), -(middle if asset.COM is None else told))
    elif origin.lower() != "asset_local":
        mend = "it is COM or asset_local"
        raise BadInput(f"there is no translation_origin {origin!r}", where=where, mend=mend)
    rotation, shift = _placed(instance, where)
    label = _label(name, asset.semantic_id, found)
    return Thing(label=label, name=name, **_solid(own, rotation, shift=shift))


def _articulated(
    name: str, template: Template, instance: _Articulation, *, found: _Found, where: str
) -> Thing:
    """An articulated object with all of its links, its joints set as the instance says."""
    told = decode(encode(template.told()), Articulated, where=f"{where}, its template")
    meshes = [
        _mapped(piece.mesh, visual.root_from_mesh[:3, :3], visual.root_from_mesh[:3, 3])
        for visual in visuals_of(template.folder / told.urdf_filepath, instance.initial_joint_pose)
        for piece in _pieces(visual.path, found)
    ]
    if not meshes:
        raise BadInput("its links have no mesh", where=where, mend="name a URDF whose visuals are meshes")
    own = _mapped(joined(meshes), Z_UP_FROM_Y_UP * _scales(UNIT, instance, where))
    rotation, shift = _placed(instance, where)
    label = _label(name, told.semantic_id, found)
    return Thing(label=label, name=name, **_solid(own, rotation, shift=shift))


def _label(name: str, semantic_id: int | None, found: _Found) -> str:
    """The name of its class where the lexicon has it, else that of its template."""
    if semantic_id in found.classes:
        return plain_label(found.classes[semantic_id])
    return "object" if _HASH.fullmatch(name) else label_of_name(name)


def _mapped(mesh: Mesh, linear: Turn, shift: Float[np.ndarray, "3"] | None = None) -> Mesh:
    """The mesh under a linear map and a shift."""
    return Mesh(mesh.vertices_m @ linear.T + (0.0 if shift is None else shift), mesh.faces, mesh.paint)


def _solid(own: Mesh, rotation: Turn, *, shift: Float[np.ndarray, "3"]) -> dict[str, Any]:
    """Where a mesh is that is given in its own axes, z up."""
    low, high = own.vertices_m.min(axis=0), own.vertices_m.max(axis=0)
    return {
        "center": rotation @ ((low + high) / 2) + shift,
        "size": high - low,
        "rotation": rotation,
        "shape": own.moved(rotation, shift),
    }


def _asset(template: Template, found: _Found, *, where: str) -> tuple[Asset, list[_Piece]]:
    """What a template says of its asset, and the asset's mesh in its file's axes."""
    asset = decode(encode(template.told()), Asset, where=f"{where}, its template")
    found.units.add(asset.units_to_meters)
    return asset, _pieces(template.folder / asset.render_asset, found)


def _pieces(path: Path, found: _Found) -> list[_Piece]:
    """The named nodes of a mesh file, read once."""
    if path not in found.pieces:
        nodes, warnings = nodes_of(peek(path))
        found.pieces[path] = [
            _Piece(name, _mapped(mesh, node[:3, :3], node[:3, 3])) for name, node, mesh, _ in nodes
        ]
        found.warnings += [f"{path.name}: {each}" for each in warnings]
    return found.pieces[path]


def _own_from_asset(asset: Asset, instance: _Instance, where: str) -> Turn:
    """From the file's axes to the thing's own, z up: turned as the config says, then scaled."""
    up, front = np.array(asset.up), np.array(asset.front)
    rows = np.stack([np.cross(front, up), up, -front])
    if np.abs(rows @ rows.T - np.eye(3)).max() > SQUARE_WITHIN:
        what = f"up {list(asset.up)} and front {list(asset.front)} are no unit directions at right angles"
        raise BadInput(what, where=where, mend="mend them in the config of its template")
    turned: Turn = Z_UP_FROM_Y_UP @ (_scales(asset.scale, instance, where)[:, None] * rows)
    return turned


def _scales(own: Three, instance: _Instance, where: str) -> Float[np.ndarray, "3"]:
    """A template's scales with those of an instance, along the simulator's axes."""
    scales = np.array(own) * instance.non_uniform_scale * instance.uniform_scale
    if not scales.all() or np.abs(scales).max() > FARTHEST_M:
        mend = "give scales that are not 0, nor beyond all bounds"
        raise BadInput(f"its scale is {scales.tolist()}", where=where, mend=mend)
    return scales


def _placed(instance: _Instance, where: str) -> tuple[Turn, Float[np.ndarray, "3"]]:
    """Rotation and shift from a thing's own axes to the world, both z up."""
    if abs(float(np.linalg.norm(instance.rotation)) - 1) > SQUARE_WITHIN:
        what = f"its rotation {list(instance.rotation)} is no unit quaternion"
        raise BadInput(what, where=where, mend="give w, x, y, z of length 1")
    if np.abs(instance.translation).max() > FARTHEST_M:
        what = f"its translation is {list(instance.translation)}"
        raise BadInput(what, where=where, mend="give metres")
    turn = rotation_from_quaternion(*instance.rotation)
    rotation: Turn = Z_UP_FROM_Y_UP @ turn @ Z_UP_FROM_Y_UP.T
    return rotation, Z_UP_FROM_Y_UP @ np.array(instance.translation)


def _regions(
    dataset: Dataset, handle: str | None, id: str, *, found: _Found
) -> tuple[list[Thing], list[str]]:
    """The rooms of a scene's semantic descriptor, whose classes go to `found`; and what was told of them."""
    if not handle:
        return [], []
    handle = handle.replace(_OWN_NAME, id)
    path = dataset.path.parent / dataset.descriptors.get(handle, "")
    if path.is_file():
        template = Template(path.parent, (path,))
    else:
        try:
            named = dataset.descriptors.get(handle, handle)
            template = dataset.find("semantic", named, where=str(dataset.path))[1]
        except UnknownName:
            found.warnings.append(f"the semantic descriptor {handle!r} is missing: no rooms, no classes")
            return [], []
    told = decode(encode(template.told()), _Descriptor, where=f"semantic descriptor {handle}")
    lexicon = told.semantic_descriptor_filename
    if lexicon is not None:
        place = template.folder / lexicon
        told.classes += decode(read_bytes(place), _Descriptor, where=str(place)).classes
    found.classes.update((each.id, each.name) for each in told.classes)
    notes = [
        f"semantic descriptor {handle}: {len(told.region_annotations)} regions, {len(told.classes)} classes"
    ]
    return [_region(each, handle) for each in told.region_annotations], notes


def _region(told: _Region, handle: str) -> Thing:
    corners = (np.array(told.poly_loop, dtype=float).reshape(-1, 3) @ Z_UP_FROM_Y_UP.T)[:, :2]
    low, high = told.floor_height, told.floor_height + told.extrusion_height
    where = f"semantic descriptor {handle}, region {told.name!r}"
    return region(plain_label(told.label), told.name, corners, low=low, high=high, where=where)


READER: Final = Reader("habitat", (DATASET, *SUFFIX.values()), _claims, _scenes)
