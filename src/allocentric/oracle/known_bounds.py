"""The fields of a scene as one observer knows them: bounds of what was seen, nothing of all else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Bool
from shapely.affinity import translate

from allocentric.geometry.meshes import Mesh
from allocentric.oracle.known_bearings import box_of_cones, cone_about
from allocentric.oracle.known_depth import Faces
from allocentric.oracle.known_looks import Look
from allocentric.scene.scene import Footprint, Scene, Shape, Sighting
from allocentric.views.sight import sight
from allocentric.views.surfaces import surface_of


def withholding(scene: Scene, seen: Bool[np.ndarray, " thing"], told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of each thing, as told or else as they are; unknown where it was not seen."""
    unseen = ~seen
    blank: dict[str, Any] = {
        "centers": 0.0,
        "sizes": 0.0,
        "rotations": np.eye(3),
        "fronts": np.nan,
        "center_slacks": np.inf,
        "slack_axes": np.eye(3),
        "size_slacks": np.inf,
        "yaw_slacks_rad": math.pi,
    }
    fields: dict[str, Any] = {}
    for name, value in blank.items():
        fields[name] = np.array(told.get(name, getattr(scene, name)))
        fields[name][unseen] = value
    shapes = told.get("shapes", scene.shapes)
    fields["shapes"] = tuple(shape if seen[row] else None for row, shape in enumerate(shapes))
    return fields


def _copied(scene: Scene, *names: str) -> dict[str, Any]:
    return {each: getattr(scene, each).copy() for each in names}


def bounded_by_depth(scene: Scene, faces: Mapping[int, Faces]) -> dict[str, Any]:
    """Places and sizes as the faces of the boxes bound them."""
    told = _copied(scene, "centers", "center_slacks", "slack_axes", "sizes", "size_slacks")
    shapes: list[Shape | None] = list(scene.shapes)
    for row, each in faces.items():
        shift = scene.rotations[row] @ each.middle()
        told["centers"][row] += shift
        told["center_slacks"][row], told["slack_axes"][row] = each.middle_slack(), scene.rotations[row]
        match scene.shapes[row]:
            case Mesh() as mesh:
                shapes[row] = mesh.moved(np.eye(3), shift)
            case Footprint(polygon, low, high):
                across, up = shift[:2].tolist(), float(shift[2])
                shapes[row] = Footprint(translate(polygon, *across), low + up, high + up)
            case None:
                told["sizes"][row], told["size_slacks"][row] = each.size(), each.size_slack()
    return {**told, "shapes": tuple(shapes)}


def bounded_by_bearings(
    scene: Scene, looks: Sequence[Look], seen: Bool[np.ndarray, " thing"]
) -> dict[str, Any]:
    """Places and sizes as the cones of the pictures that show all of a thing bound them."""
    names = ("centers", "sizes", "rotations", "center_slacks", "slack_axes", "size_slacks", "yaw_slacks_rad")
    told, shapes = _copied(scene, *names), list(scene.shapes)
    for row in np.flatnonzero(seen).tolist():
        if not scene.exact_rows[row]:
            continue
        corners = surface_of(scene, row).vertices_m
        whole = [each for each in looks if each.whole(row)] if scene.shapes[row] is None else []
        cones = [cone_about(corners, each.full.world_from_camera) for each in whole]
        found = box_of_cones([each for each in cones if each is not None])
        upright = scene.rotations[row, 2, 2] > 1 - 1e-12
        told["rotations"][row] = np.eye(3) if upright else scene.rotations[row]
        told["yaw_slacks_rad"][row], told["slack_axes"][row], shapes[row] = math.pi, np.eye(3), None
        if found is None:
            told["centers"][row] = told["sizes"][row] = 0.0
            told["center_slacks"][row] = told["size_slacks"][row] = np.inf
            continue
        low, high = found
        told["centers"][row], told["center_slacks"][row] = (low + high) / 2, (high - low) / 2
        told["sizes"][row] = told["size_slacks"][row] = float(np.linalg.norm(high - low)) / 2
    return {**told, "shapes": tuple(shapes)}


def sightings_of(scene: Scene, looks: Sequence[Look]) -> tuple[Sighting, ...]:
    """Where in each picture a thing is seen: the box of its pixels."""
    found = list[Sighting]()
    for each in looks:
        boxes = sight(scene, each.full).boxes_px
        for row in np.flatnonzero(each.seen & ~np.isnan(boxes[:, 0])).tolist():
            left, top, right, bottom = boxes[row].tolist()
            found.append(Sighting(row, each.full.id, (left, top, right, bottom)))
    return tuple(found)
