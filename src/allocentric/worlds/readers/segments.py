"""Labelled groups of a mesh's segments as things: the layout of ScanNet, ScanNet++ and MultiScan.

`segIndices` has a segment number for each vertex; a group has segments, a label, perhaps an oriented box. The
axes of that box are the rows of `normalizedAxes`: it is taken where the vertices of the group lie in it so,
else the box along the world's axes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.scene import Kind, Thing
from allocentric.worlds.readers.boxes import ROUNDED_WITHIN, plain_label
from allocentric.worlds.readers.mesh_file import nodes_of
from allocentric.worlds.readers.reader import peek
from allocentric.worlds.readers.vsi_bench import Nine, Three

STRUCTURE: Final = frozenset({"wall", "floor", "ceiling"})
HELD_WITHIN_M: Final = 0.05
HELD_SHARE: Final = 0.95  # of a group's vertices, for its stated box to be the group's

Vertices = Float[np.ndarray, "vertex 3"]


class _Box(Struct):
    centroid: Three
    axesLengths: Three
    normalizedAxes: Nine


class _Group(Struct):
    objectId: int
    segments: list[int]
    label: str
    obb: _Box | None = None


class _Groups(Struct):
    segGroups: list[_Group]


class _Segments(Struct):
    segIndices: list[int]


def mesh_vertices_m(mesh: Path) -> Vertices:
    """The vertices of a mesh file in its own axes; raises BadInput where it cannot be read."""
    ((_, _, held, _), *_), _ = nodes_of(peek(mesh))
    return held.vertices_m


def segmented(groups_path: Path, segments_path: Path, mesh: Path, *, world_from_file: Pose) -> list[Thing]:
    """Each labelled group as the box of its vertices, in ours; raises BadInput where ids do not match."""
    groups = decode(read_bytes(groups_path), _Groups, where=str(groups_path)).segGroups
    segments = np.array(decode(read_bytes(segments_path), _Segments, where=str(segments_path)).segIndices)
    vertices_m = mesh_vertices_m(mesh)
    if len(segments) != len(vertices_m):
        what = f"{len(segments)} segment numbers for {len(vertices_m)} vertices"
        raise BadInput(what, where=str(segments_path), mend="get mesh and segments of one release")
    if len({each.objectId for each in groups}) < len(groups):
        raise BadInput("two things have one objectId", where=str(groups_path), mend="get the file again")
    order = np.argsort(segments, kind="stable")
    things = list[Thing]()
    for group in groups:
        wanted = np.array(group.segments, dtype=np.int64)
        spans = np.searchsorted(segments, np.stack([wanted, wanted + 1]), sorter=order).T
        rows = [order[start:end] for start, end in spans]
        empty = next((each for each, held in zip(group.segments, rows) if not len(held)), None)
        if empty is not None or not rows:
            what = f"{group.label!r} (objectId {group.objectId}) is of segment {empty}, which is not there"
            raise BadInput(what, where=str(groups_path), mend="get groups and segments of one release")
        things.append(_thing(group, vertices_m[np.concatenate(rows)], world_from_file))
    return things


def _thing(group: _Group, held_m: Vertices, world_from_file: Pose) -> Thing:
    label = plain_label(group.label)
    kind: Kind = "structure" if label in STRUCTURE else "object"
    if group.obb is not None and _holds(group.obb, held_m):
        axes = np.array(group.obb.normalizedAxes).reshape(3, 3).T
        left, _, right = np.linalg.svd(world_from_file.rotation @ axes)
        center = world_from_file.apply(np.array(group.obb.centroid))
        return Thing(label=label, kind=kind, center=center, size=group.obb.axesLengths, rotation=left @ right)
    own_m = world_from_file.apply(held_m)
    low, high = own_m.min(0), own_m.max(0)
    return Thing(label=label, kind=kind, center=(low + high) / 2, size=high - low)


def _holds(box: _Box, held_m: Vertices) -> bool:
    """Whether a stated box, its rows read as axes, holds the vertices of its group."""
    rows = np.array(box.normalizedAxes).reshape(3, 3)
    if not np.abs(rows @ rows.T - np.eye(3)).max() < ROUNDED_WITHIN or np.linalg.det(rows) < 0:
        return False
    own_m = np.abs((held_m - box.centroid) @ rows.T)
    return bool((own_m <= np.array(box.axesLengths) / 2 + HELD_WITHIN_M).all(1).mean() >= HELD_SHARE)
