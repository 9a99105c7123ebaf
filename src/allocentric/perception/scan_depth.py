"""The road of posed depth: things with bounds, a fused surface, and what checks both; each stage kept."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import trimesh
from msgspec import Raw, Struct

from allocentric.geometry.frames import UP
from allocentric.geometry.meshes import Mesh
from allocentric.perception.frames import deep_views
from allocentric.perception.fusion import fuse
from allocentric.perception.ground import Ground
from allocentric.perception.recover import Detect, rendered_instances, scene_from_depth
from allocentric.perception.scan_checks import (
    Check,
    floor_checks,
    ground_checks,
    house_picture,
    surface_check,
)
from allocentric.perception.scan_detect import from_files, from_networks
from allocentric.perception.scan_wanted import Wanted, Watch
from allocentric.perception.scan_work import Work, digest, files_in, fingerprint
from allocentric.scene.file import from_json, to_json
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import Scene

THINGS: Final = "things.json"
INSTANCES: Final = "instances"


@dataclass(frozen=True, eq=False, slots=True)
class Deep:
    """What posed depth gave: the scene, the fused surface as a PLY file, a picture of it, checks.

    `looked_for` says that things were looked for.
    """

    scene: Scene
    looked_for: bool
    surface_ply: bytes
    house_png: bytes | None
    checks: tuple[Check, ...]


class _Recovered(Struct):
    """The stage's product: the scene as in its own file, and the ground in that scene's world."""

    up: tuple[float, float, float]
    height_m: float
    lean_rad: float
    share: float
    floor_m2: float
    detections: int
    dropped: int
    scene: Raw

    def ground(self) -> Ground:
        return Ground(np.array(self.up), self.height_m, self.lean_rad, self.share, self.floor_m2)


class _Checked(Struct):
    checks: list[Check]
    house: bytes | None


def of_depth(scene: Scene, folder: Path, wanted: Wanted, *, made_of: str, work: Work, watch: Watch) -> Deep:
    """What the views of a scene with depth show; raises BadInput as its stages do.

    `made_of` is the fingerprint of the folder.
    """
    detect, detected_by = _detections(scene, folder, wanted, made_of=made_of, work=work, watch=watch)
    told = (made_of, detected_by, wanted.noise, scene.north, wanted.geo, _digest(wanted.control))
    text = work.once("recovered.json", told, lambda: _recovered(scene, detect, wanted, watch=watch))
    held = decode(text, _Recovered, where="recovered.json")
    found = from_json(bytes(held.scene), where="recovered.json")
    views = deep_views(found)
    ply = work.once(
        "mesh.ply",
        (digest(text), wanted.voxel_m),
        lambda: _ply(
            fuse(
                views,
                voxel_m=wanted.voxel_m,
                watch=lambda items: watch.each("surface", items, len(views)),
            )
        ),
    )

    def check() -> bytes:
        mesh = _mesh(ply)
        checks = [
            *surface_check(mesh, views),
            *ground_checks(held.ground()),
            *floor_checks(mesh, held.ground(), found.floor),
        ]
        return encode(_Checked(checks, house_picture(mesh)))

    checked = decode(work.once("checks.json", (digest(text), digest(ply)), check), _Checked, where="checks")
    return Deep(found, detect is not None, ply, checked.house, tuple(checked.checks))


def _detections(
    scene: Scene, folder: Path, wanted: Wanted, *, made_of: str, work: Work, watch: Watch
) -> tuple[Detect | None, str]:
    """What sees things in a view, None where nothing does, and its fingerprint."""
    views = [view for view in scene.views if view.depth is not None]
    if wanted.masks is not None:
        things = wanted.masks / THINGS
        if things.is_file():
            return rendered_instances(things), fingerprint(files_in(wanted.masks))
        return from_files(wanted.masks, views), fingerprint(files_in(wanted.masks))
    if wanted.networks is not None:
        detect = from_networks(
            wanted.networks,
            views,
            work.folder / "found.jsonl",
            made_of=made_of,
            watch=lambda items: watch.each("pictures looked at", items, len(views)),
        )
        return detect, fingerprint(wanted.networks)
    base = folder if folder.is_dir() else folder.parent
    if (base / THINGS).is_file() and (base / INSTANCES).is_dir():
        return rendered_instances(base / THINGS), "instances"
    return None, ""


def _digest(path: Path | None) -> str:
    return "" if path is None else digest(path.read_bytes())


def _recovered(scene: Scene, detect: Detect | None, wanted: Wanted, *, watch: Watch) -> bytes:
    """The stage's product: things with bounds."""
    looks = iter(("things: what is seen", "things: what may be hidden"))
    count = len(deep_views(scene))

    def watched(items: Iterator[str]) -> Iterable[str]:
        return watch.each(next(looks), items, count)

    made = scene_from_depth(scene, detect, noise=wanted.noise, watch=watched)
    ground, turned = made.ground, made.scene.tilt_rad != 0
    up = UP if turned else ground.up
    told = _Recovered(
        (float(up[0]), float(up[1]), float(up[2])),
        0.0 if turned else ground.height_m,
        ground.lean_rad,
        ground.share,
        ground.floor_m2,
        made.detections,
        made.dropped,
        Raw(to_json(made.scene)),
    )
    return encode(told)


def _ply(mesh: Mesh) -> bytes:
    made = trimesh.Trimesh(mesh.vertices_m, mesh.faces, process=False).export(file_type="ply")
    assert isinstance(made, bytes)
    return made


def _mesh(ply: bytes) -> Mesh:
    """The surface, as it is in the file: coordinates are rounded there."""
    read = trimesh.load_mesh(io.BytesIO(ply), file_type="ply", process=False)
    return Mesh(np.asarray(read.vertices, dtype=float), np.asarray(read.faces, dtype=np.int64))
