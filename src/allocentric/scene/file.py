"""Our own scene file: one JSON text that holds every field of a scene and of its parents, bit for bit.

`docs/scene.schema.json` is its JSON Schema. The suffix `.allo.json` is usual; any name is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from shapely.errors import ShapelyError

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Arc, Interval
from allocentric.jobs import atomic_write, read_bytes
from allocentric.scene import schema as kept
from allocentric.scene.camera_file import camera_of, keep_camera
from allocentric.scene.ground_file import ground_of, keep_ground
from allocentric.scene.json_text import decode, encode
from allocentric.scene.paint_file import Numbers, keep_paint, keep_picture, paint_of, picture_of, pictures_of
from allocentric.scene.scene import (
    Complete,
    DepthImage,
    Difference,
    Footprint,
    Knowledge,
    Scene,
    Shape,
    Sighting,
    Source,
    Stated,
    Track,
    View,
    Withheld,
)

PER_THING: Final[dict[str, tuple[int, ...]]] = {
    "centers": (3,),
    "sizes": (3,),
    "rotations": (3, 3),
    "fronts": (3,),
    "center_slacks": (3,),
    "slack_axes": (3, 3),
    "size_slacks": (3,),
    "yaw_slacks_rad": (),
}


def save(scene: Scene, path: str | Path) -> None:
    """Put the scene, with all that it is derived from, into the file `path`: whole or not at all."""
    atomic_write(path, to_json(scene))


def load(path: str | Path) -> Scene:
    """The scene of a file that `save` wrote; raises BadInput where it is none, or not whole."""
    return from_json(read_bytes(path), where=str(path))


def to_json(scene: Scene) -> bytes:
    """The scene as the text of our file format.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> from_json(to_json(scene_of("den", [Thing(label="tv", center=(1, 2, 0.5))]))).names
    ('tv',)
    """
    line = [scene]
    while line[0].parent is not None:
        line.insert(0, line[0].parent)
    meshes: dict[int, tuple[int, Mesh]] = {}  # scenes of one line share their meshes
    for each in line:
        for shape in each.shapes:
            if isinstance(shape, Mesh):
                meshes.setdefault(id(shape), (len(meshes), shape))
    pictures = pictures_of(mesh for _, mesh in meshes.values())
    file = kept.SceneFile(
        format=kept.FORMAT,
        version=kept.VERSION,
        meshes=[
            _keep_mesh(mesh, {key: row for row, key in enumerate(pictures)}) for _, mesh in meshes.values()
        ],
        pictures=[keep_picture(each) for each in pictures.values()],
        scenes=[_keep(each, {key: row for key, (row, _) in meshes.items()}) for each in line],
    )
    return encode(file)


def from_json(data: bytes, *, where: str = "a scene file") -> Scene:
    """The scene of a text that `to_json` gave; raises BadInput where it is none."""
    header = decode(data, kept.Header, where=where)
    if header.format != kept.FORMAT:
        what = f"this is no scene file of ours: its format is {header.format!r}"
        raise BadInput(what, where=where, mend=f"read it with allocentric.read, or give {kept.FORMAT!r}")
    if header.version != kept.VERSION:
        what = f"the file is of version {header.version}; this program reads version {kept.VERSION}"
        raise BadInput(what, where=where, mend="use the release of allocentric that wrote it")
    file = decode(data, kept.SceneFile, where=where)
    if not file.scenes:
        raise BadInput("the file holds no scene", where=f"{where}, $.scenes", mend="write one")
    try:
        pictures = [
            picture_of(each, where=f"{where}, $.pictures[{row}]") for row, each in enumerate(file.pictures)
        ]
        meshes = [_mesh(each, pictures, f"{where}, $.meshes[{row}]") for row, each in enumerate(file.meshes)]
        scene: Scene | None = None
        for row, each in enumerate(file.scenes):
            scene = _scene(each, meshes, scene, where=f"{where}, $.scenes[{row}]")
    except (ValueError, ShapelyError) as error:  # an interval from high to low, a ring of two points
        raise BadInput(str(error), where=where, mend="mend that value") from None
    assert scene is not None
    return scene


def json_schema() -> dict[str, Any]:
    """The JSON Schema of our file format, drawn from the layout that writes it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Allocentric scene, version 1",
        **msgspec.json.schema(kept.SceneFile),
    }


def _keep_mesh(mesh: Mesh, pictures: dict[int, int]) -> kept.StoredMesh:
    paint = keep_paint(mesh.paint, pictures)
    return kept.StoredMesh(kept.numbers(mesh.vertices_m), kept.numbers(mesh.faces), paint)


def _keep(scene: Scene, meshes: dict[int, int]) -> kept.StoredScene:
    source, complete = scene.source, scene.complete
    return kept.StoredScene(
        id=scene.id,
        names=list(scene.names),
        labels=list(scene.labels),
        kinds=list(scene.kinds),
        **{name: kept.numbers(getattr(scene, name)) for name in PER_THING},
        shapes=[_keep_shape(each, meshes) for each in scene.shapes],
        scale=_keep_interval(scene.scale),
        north=kept.StoredArc(kept.number(scene.north.middle_rad), kept.number(scene.north.half_rad)),
        tracks=[_keep_track(each) for each in scene.tracks],
        views=[_keep_view(each) for each in scene.views],
        differences=[
            kept.StoredDifference(each.first, each.second, each.axis, _keep_interval(each.bound))
            for each in scene.differences
        ],
        stated=[
            kept.StoredMeasure(each.row, each.measure, _keep_interval(each.bound)) for each in scene.stated
        ],
        sightings=[_keep_sighting(each) for each in scene.sightings],
        floor=None if scene.floor is None else kept.rings(scene.floor),
        tilt_rad=kept.number(scene.tilt_rad),
        space=scene.space,
        complete=None if complete is None else _keep_complete(complete),
        knowledge=None if scene.knowledge is None else _keep_knowledge(scene.knowledge),
        source=kept.StoredSource(source.format, source.path, list(source.notes), list(source.warnings)),
        change=scene.change,
    )


def _keep_shape(shape: Shape | None, meshes: dict[int, int]) -> kept.MeshShape | kept.FootprintShape | None:
    match shape:
        case None:
            return None
        case Mesh():
            return kept.MeshShape(meshes[id(shape)])
        case Footprint(polygon, low, high):
            return keep_ground(polygon, low, high)


def _keep_interval(bound: Interval) -> kept.StoredInterval:
    low, high = kept.number(bound.low), kept.number(bound.high)
    return kept.StoredInterval(low, high, bound.open_low, bound.open_high)


def _keep_track(track: Track) -> kept.StoredTrack:
    return kept.StoredTrack(track.row, *map(kept.numbers, (track.times_s, track.centers, track.rotations)))


def _keep_view(view: View) -> kept.StoredView:
    pose = view.world_from_camera
    return kept.StoredView(
        id=view.id,
        rotation=kept.numbers(pose.rotation),
        translation=kept.numbers(pose.translation_m),
        time_s=None if view.time_s is None else kept.number(view.time_s),
        image=view.image,
        size_px=view.size_px if view.camera is None else None,
        camera=None if view.camera is None else keep_camera(view.camera),
        depth=None if view.depth is None else _keep_depth(view.depth),
    )


def _keep_depth(depth: DepthImage) -> kept.StoredDepth:
    camera = None if depth.camera is None else keep_camera(depth.camera)
    return kept.StoredDepth(depth.path, depth.metres_per_count, depth.kind, camera)


def _keep_sighting(seen: Sighting) -> kept.StoredSighting:
    box = seen.box_px
    return kept.StoredSighting(
        row=seen.row,
        view=seen.view,
        box_px=None if box is None else [kept.number(each) for each in box],
        share=None if seen.share is None else kept.number(seen.share),
        range=None if seen.range is None else _keep_interval(seen.range),
        mark=seen.mark,
    )


def _keep_complete(complete: Complete) -> kept.StoredComplete:
    return kept.StoredComplete(
        labels=None if complete.labels is None else sorted(complete.labels),
        region=None if complete.region is None else kept.polygons(complete.region),
    )


def _keep_knowledge(knowledge: Knowledge) -> kept.StoredKnowledge:
    withheld = [kept.StoredWithheld(each.row, each.reason, each.detail) for each in knowledge.withheld]
    return kept.StoredKnowledge(list(knowledge.views), knowledge.sensing, withheld)


def _mesh(stored: kept.StoredMesh, pictures: Sequence[Numbers], where: str) -> Mesh:
    vertices = kept.array_of(stored.vertices, (-1, 3), where=f"{where}.vertices")
    faces = kept.array_of(stored.faces, (-1, 3), where=f"{where}.faces", dtype=int)
    return Mesh(vertices, faces, paint_of(stored.paint, len(faces), pictures, where=f"{where}.paint"))


def _scene(stored: kept.StoredScene, meshes: list[Mesh], parent: Scene | None, *, where: str) -> Scene:
    count = len(stored.names)
    for name in ("labels", "kinds", "shapes"):
        if len(getattr(stored, name)) != count:
            what = f"{len(getattr(stored, name))} {name} stand beside {count} names"
            raise BadInput(what, where=f"{where}.{name}", mend="give each thing one")
    _check_rows(stored, len(meshes), where)
    source, complete = stored.source, stored.complete
    arrays: dict[str, Any] = {
        name: kept.array_of(getattr(stored, name), (count, *shape), where=f"{where}.{name}")
        for name, shape in PER_THING.items()
    }
    return Scene(
        id=stored.id,
        names=tuple(stored.names),
        labels=tuple(stored.labels),
        kinds=tuple(stored.kinds),
        **arrays,
        shapes=tuple(_shape(each, meshes, where) for each in stored.shapes),
        tracks=tuple(_track(each, where) for each in stored.tracks),
        views=tuple(_view(each, where) for each in stored.views),
        differences=tuple(
            Difference(each.first, each.second, each.axis, _interval(each.bound))
            for each in stored.differences
        ),
        stated=tuple(Stated(each.row, each.measure, _interval(each.bound)) for each in stored.stated),
        sightings=tuple(_sighting(each) for each in stored.sightings),
        floor=None if stored.floor is None else kept.polygon_of(stored.floor, where=f"{where}.floor"),
        scale=_interval(stored.scale),
        north=Arc(float(stored.north.middle_rad), float(stored.north.half_rad)),
        tilt_rad=float(stored.tilt_rad),
        space=stored.space,
        complete=None if complete is None else _complete(complete, where),
        knowledge=None if stored.knowledge is None else _knowledge(stored.knowledge),
        source=Source(source.format, source.path, tuple(source.notes), tuple(source.warnings)),
        parent=parent,
        change=stored.change,
    )


def _check_rows(stored: kept.StoredScene, meshes: int, where: str) -> None:
    """No fact is about a thing, a mesh or a view that is not there."""
    things = [each.row for each in stored.tracks]
    things += [each.row for each in stored.stated]
    things += [each.row for each in stored.sightings]
    things += [] if stored.knowledge is None else [each.row for each in stored.knowledge.withheld]
    things += [row for each in stored.differences for row in (each.first, each.second)]
    used = [each.mesh for each in stored.shapes if isinstance(each, kept.MeshShape)]
    for kind, rows, count in (("thing", things, len(stored.names)), ("mesh", used, meshes)):
        stray = [row for row in rows if not 0 <= row < count]
        if stray:
            what = f"{kind} {stray[0]} is spoken of; there are {count}, counted from 0"
            raise BadInput(what, where=where, mend="name a row that is there")
    views = {each.id for each in stored.views}
    known_from = [] if stored.knowledge is None else stored.knowledge.views
    for part, named in (("sightings", [each.view for each in stored.sightings]), ("knowledge", known_from)):
        unknown = set(named) - views
        if unknown:
            what = f"the {part} name view {min(unknown)!r}, which is not there"
            raise BadInput(what, where=f"{where}.{part}", mend="name a view of the scene")


def _shape(
    stored: kept.MeshShape | kept.FootprintShape | None, meshes: list[Mesh], where: str
) -> Shape | None:
    match stored:
        case None:
            return None
        case kept.MeshShape():
            return meshes[stored.mesh]
        case kept.FootprintShape():
            polygon = ground_of(stored, where=f"{where}.shapes")
            return Footprint(polygon, float(stored.low), float(stored.high))


def _interval(stored: kept.StoredInterval) -> Interval:
    return Interval(float(stored.low), float(stored.high), stored.open_low, stored.open_high)


def _track(stored: kept.StoredTrack, where: str) -> Track:
    where = f"{where}.tracks"
    times_s = kept.array_of(stored.times_s, (-1,), where=where)
    if not (np.diff(times_s) > 0).all():
        raise BadInput("the times of a track do not rise", where=where, mend="sort them, each once")
    centers = kept.array_of(stored.centers, (len(times_s), 3), where=where)
    return Track(stored.row, times_s, centers, kept.array_of(stored.rotations, (-1, 3, 3), where=where))


def _view(stored: kept.StoredView, where: str) -> View:
    rotation = kept.array_of(stored.rotation, (3, 3), where=f"{where}.views")
    return View(
        id=stored.id,
        world_from_camera=Pose(rotation, kept.array_of(stored.translation, (3,), where=f"{where}.views")),
        time_s=None if stored.time_s is None else float(stored.time_s),
        image=stored.image,
        size_px=stored.size_px,
        camera=None if stored.camera is None else camera_of(stored.camera, where=f"{where}.views"),
        depth=None if stored.depth is None else _depth(stored.depth, where),
    )


def _depth(stored: kept.StoredDepth, where: str) -> DepthImage:
    camera = None if stored.camera is None else camera_of(stored.camera, where=f"{where}.views")
    return DepthImage(stored.path, stored.metres_per_count, stored.kind, camera)


def _sighting(stored: kept.StoredSighting) -> Sighting:
    box = stored.box_px
    return Sighting(
        row=stored.row,
        view=stored.view,
        box_px=None if box is None else (float(box[0]), float(box[1]), float(box[2]), float(box[3])),
        share=None if stored.share is None else float(stored.share),
        range=None if stored.range is None else _interval(stored.range),
        mark=stored.mark,
    )


def _complete(stored: kept.StoredComplete, where: str) -> Complete:
    return Complete(
        labels=None if stored.labels is None else frozenset(stored.labels),
        region=None if stored.region is None else kept.polygons_of(stored.region, where=f"{where}.complete"),
    )


def _knowledge(stored: kept.StoredKnowledge) -> Knowledge:
    withheld = tuple(Withheld(each.row, each.reason, each.detail) for each in stored.withheld)
    return Knowledge(tuple(stored.views), stored.sensing, withheld)
