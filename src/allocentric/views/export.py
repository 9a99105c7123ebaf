"""Pictures of a scene in a folder that other tools open: colour, depth, instances, cameras."""

from __future__ import annotations

import hashlib
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Float, UInt16
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Panorama, reach_rad
from allocentric.geometry.poses import Pose
from allocentric.jobs import atomic_write
from allocentric.scene.file import to_json
from allocentric.scene.json_text import encode
from allocentric.scene.moments import scene_then
from allocentric.scene.scene import DepthImage, Scene, View
from allocentric.views.camera_files import METRES_PER_COUNT, Shot, colmap_text, transforms_json
from allocentric.views.light import DAYLIGHT, Light
from allocentric.views.render import Picture, camera_of, render
from allocentric.views.surfaces import meter_of, seen_rows

MOST: Final = 65535  # counts of a 16-bit picture
VERSION: Final = "1"  # of what a picture looks like: another one is made anew
MARK: Final = "fingerprint"
SPARSE: Final = "sparse/0"
DEEP: Final[dict[str, Literal["z", "range"]]] = {"depth_file_path": "z", "range_file_path": "range"}
UNSCALED: Final = "no depth was written, and cameras are in scene units: how long one is, is not known"

Watch = Callable[[Iterator[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_views` did: the colour of each view, how many it made, and what it left out, in words."""

    pictures: tuple[Path, ...]
    made: int
    notes: tuple[str, ...]


def write_views(
    scene: Scene,
    views: Sequence[View],
    folder: str | Path,
    *,
    light: Light | None = DAYLIGHT,
    finer: int = 2,
    watch: Watch = iter,
) -> Written:
    """Put pictures of these views into a folder, with their cameras as other tools read them.

    - `images/ID.png`: the colour at the view's time, each pixel the mean of `finer` x `finer`
    - `depth/ID.png`: millimetres along z in 16 bits, 0 for nothing and for what is beyond 65.535 m; in its
      place, for cameras that see sideways (panoramas, wide fisheyes), `range/ID.png`: along the rays
    - `instances/ID.png`: the row of the thing + 1 in 16 bits, 0 for none; `things.json` names them
    - `scene.json`: the scene with these views, their pictures by reference
    - `transforms.json`: OpenGL camera-to-world matrices
    - `sparse/0/`: COLMAP's text model, where it has these cameras

    Lengths are in metres; where the scene's scale is not known, cameras stand in its own units and depth is
    left out, for no count of 16 bits would be a length.

    Each file is there whole or not at all, and pictures that are there already are not made again: who is
    stopped goes on. `watch` is handed the ids as they are done. Raises BadInput before anything is written
    for a view without a camera, a lens that transforms.json lacks, no views, or two views of one id.
    """
    folder, shots, metric = Path(folder), _shots(scene, views), scene.scale.exact
    cameras = {"transforms.json": transforms_json(shots, metric=metric), "things.json": _things_json(scene)}
    cameras["scene.json"] = to_json(_with_pictures(scene, views, shots))
    notes = [] if metric else [UNSCALED]
    try:
        cameras |= {f"{SPARSE}/{name}": data for name, data in colmap_text(shots).items()}
    except BadInput as error:
        notes.append(f"no model of COLMAP's was written: {error.what}")
    for inner in sorted({Path(name).parent for each in shots for name in each.files.values()}):
        _make_folder(folder / inner)
    made = 0

    def done() -> Iterator[str]:
        nonlocal made
        for view, shot in zip(views, shots):
            fingerprint = _fingerprint(scene, view, light, finer=finer)
            if any(_marked(folder / name) != fingerprint for name in shot.files.values()):
                picture = render(scene_then(scene, view.time_s), view, light=light, finer=finer)
                for kind, name in shot.files.items():
                    atomic_write(folder / name, _png(_pixels(picture, kind), fingerprint))
                made += 1
            yield view.id

    for _ in watch(done()):
        pass
    for name, data in cameras.items():
        _make_folder((folder / name).parent)
        atomic_write(folder / name, data)
    return Written(tuple(folder / each.files["file_path"] for each in shots), made, tuple(notes))


def check_sizes(views: Sequence[View], *, where: str) -> None:
    """Raise BadInput for views of several sizes, of which no film can be made."""
    sizes = {(camera.width_px, camera.height_px): view.id for view in views for camera in [camera_of(view)]}
    if len(sizes) > 1:
        ((wide, high), first), ((width, height), second), *_ = sizes.items()
        what = f"view {first!r} is {wide} x {high} pixels, view {second!r} {width} x {height}"
        raise BadInput(what, where=where, mend="leave the film out, or take views of one size")


def depth_counts(lengths_m: Float[np.ndarray, "height width"]) -> UInt16[np.ndarray, "height width"]:
    """Lengths to the nearest millimetre, 0 where there is none or it is beyond 65.535 m.

    >>> depth_counts(np.array([[1.2346, np.inf, 70.0]])).tolist()
    [[1235, 0, 0]]
    """
    counts = np.nan_to_num(lengths_m / METRES_PER_COUNT, nan=0.0, posinf=0.0)
    rounded: UInt16[np.ndarray, "height width"]
    rounded = np.where((counts > 0) & (counts < MOST + 0.5), np.round(counts), 0.0).astype(np.uint16)
    return rounded


def stem_of(id: str) -> str:
    """What the files of a view are called, without a suffix.

    >>> stem_of("walk-7"), stem_of("CAM_FRONT@0")
    ('walk-7', 'CAM_FRONT_0')
    """
    return re.sub(r"[^A-Za-z0-9._-]", "_", id).lstrip(".") or "_"


def _shots(scene: Scene, views: Sequence[View]) -> list[Shot]:
    unit_m, where = meter_of(scene) if scene.scale.exact else None, f"the pictures of scene {scene.id!r}"
    if not views:
        raise BadInput("there is no view to write", where=where, mend="name at least one view")
    if scene.floor is None and not seen_rows(scene).any():
        what = "nothing of it can be seen: no thing has a surface in a known place, and no floor is known"
        raise BadInput(what, where=where, mend="name a scene with things; posed pictures alone have none")
    if len(scene) >= MOST:
        what = f"{len(scene)} things are more than 16 bits can number"
        raise BadInput(what, where=where, mend="take a part of the scene")
    shots, taken = list[Shot](), dict[str, str]()
    for view in views:
        name = f"{stem_of(view.id)}.png"
        if name.lower() in taken:
            what = f"the views {taken[name.lower()]!r} and {view.id!r} would be one file, {name}"
            raise BadInput(what, where=where, mend="give each view its own id")
        taken[name.lower()] = view.id
        camera, pose = camera_of(view), view.world_from_camera
        files = {"file_path": f"images/{name}", "instance_file_path": f"instances/{name}"}
        if unit_m is not None:
            deep = "range" if _sees_sideways(camera) else "depth"
            files[f"{deep}_file_path"] = f"{deep}/{name}"
            pose = Pose(pose.rotation, pose.translation_m * unit_m)
        shots.append(Shot(view.id, camera, pose, files))
    return shots


def _with_pictures(scene: Scene, views: Sequence[View], shots: Sequence[Shot]) -> Scene:
    """The scene with these views beside its own; pictures are named from the folder they are in."""
    taken = {each.id: each for each in scene.views}
    for view, shot in zip(views, shots):
        depth = None
        for key, along in DEEP.items():
            if key in shot.files:
                depth = DepthImage(shot.files[key], METRES_PER_COUNT, along)
        taken[view.id] = replace(view, image=shot.files["file_path"], depth=depth)
    return replace(scene, views=tuple(taken.values()))


def _sees_sideways(camera: Camera) -> bool:
    return isinstance(camera, Panorama) or reach_rad(camera) > math.pi / 2


def _pixels(picture: Picture, kind: str) -> Any:
    match kind:
        case "depth_file_path":
            return depth_counts(picture.depth_m)
        case "range_file_path":
            return depth_counts(picture.range_m)
        case "instance_file_path":
            return (picture.instance + 1).astype(np.uint16)
        case _:
            return picture.colour


def _png(pixels: Any, fingerprint: str) -> bytes:
    file, info = io.BytesIO(), PngInfo()
    info.add_text(MARK, fingerprint)
    Image.fromarray(pixels).save(file, format="PNG", pnginfo=info)
    return file.getvalue()


def _marked(path: Path) -> str | None:
    """The fingerprint of the picture that is there; None where none is."""
    try:
        with Image.open(path) as image:
            return str(image.info.get(MARK))
    except OSError:
        return None


def _fingerprint(scene: Scene, view: View, light: Light | None, *, finer: int) -> str:
    """What a picture hangs on, in short."""
    of_scene: str = scene.cached("digest", lambda: hashlib.sha256(to_json(scene)).hexdigest())
    pose = view.world_from_camera
    told = (VERSION, of_scene, view.camera, pose.rotation.tolist(), pose.translation_m.tolist(), light, finer)
    then = (view.time_s,) if scene.tracks else ()
    return hashlib.sha256(repr((*told, *then)).encode()).hexdigest()


def _things_json(scene: Scene) -> bytes:
    named = zip(scene.names, scene.labels)
    return encode({str(row): {"name": name, "label": label} for row, (name, label) in enumerate(named, 1)})


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"this folder cannot be made: {(error.strerror or type(error).__name__).lower()}"
        mend = "name a folder that may be written to"
        raise BadInput(what, where=str(folder), mend=mend) from None
