"""What a folder of pictures is: one that a reader knows, with its poses, or photographs alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from allocentric.errors import BadInput
from allocentric.perception.geo_anchor import anchored, ties_from_control_points, ties_from_gps
from allocentric.perception.motion_model import Matching, Stage
from allocentric.perception.structure_from_motion import Motion, points_ply, structure_from_motion
from allocentric.scene.scene import Scene
from allocentric.worlds.read import read
from allocentric.worlds.readers import READERS
from allocentric.worlds.readers.posed import PICTURES, pictures_in
from allocentric.worlds.readers.reader import peek

TRANSFORMS: Final = "transforms.json"
CONTROL: Final = ("ground_control_points.json", "gcp_list.json")
Road = Literal["posed depth", "posed pictures", "photographs"]
Told = Callable[[Stage, int, int], None]


@dataclass(frozen=True, eq=False, slots=True)
class Posed:
    """The views of a folder as a scene; `motion` where structure from motion placed them."""

    scene: Scene
    pictures: int
    motion: Motion | None = None

    @property
    def deep(self) -> bool:
        """Whether depth was measured, in a unit whose length is known."""
        return any(view.depth is not None for view in self.scene.views) and self.scene.scale.exact

    @property
    def road(self) -> Road:
        """Which way leads from what is there to a scene."""
        if self.motion is not None:
            return "photographs"
        return "posed depth" if self.deep else "posed pictures"


def posed_in(folder: Path, format: str | None) -> Scene | None:
    """The scene of a folder (or file) with posed pictures; None for photographs alone.

    Raises BadInput where there is neither, and as readers do.
    """
    if not folder.exists():
        raise BadInput("the folder is missing", where=str(folder), mend="name a folder of pictures")
    if format is not None or folder.is_file():
        return _with_views(read(folder, format=format), folder)
    if (folder / TRANSFORMS).is_file():
        return replace(_with_views(read(folder / TRANSFORMS), folder), id=folder.resolve().name)
    found = peek(folder)
    if any(reader.folder and reader.claims(found) for reader in READERS):
        return _with_views(read(folder), folder)
    if not photographs(folder):
        what = "there are neither posed pictures in a layout that is known nor photographs"
        mend = f"name a folder of pictures ({', '.join(PICTURES[:3])}, ...), or say what it is: --format"
        raise BadInput(what, where=str(folder), mend=mend)
    return None


def _with_views(scene: Scene, folder: Path) -> Scene:
    if not scene.views:
        what = f"this is {scene.source.format}, which has no pictures"
        raise BadInput(what, where=str(folder), mend="name a folder of pictures")
    return scene


def photographs(folder: Path) -> Path | None:
    """The folder itself, or `images` in it, whichever holds pictures; None where neither does."""
    for each in (folder, folder / "images"):
        if each.is_dir() and any(path.suffix.lower() in PICTURES for path in each.iterdir()):
            return each
    return None


def placed_by_motion(folder: Path, work: Path, told: Told) -> Posed:
    """Cameras of photographs by structure from motion; raises as that does."""
    pictures = photographs(folder)
    assert pictures is not None
    motion = structure_from_motion(pictures, work, matching=Matching(), watch=told)
    return Posed(motion.scene, len(pictures_in(pictures)), motion)


def sparse_points(posed: Posed) -> bytes | None:
    """The points of structure from motion as a PLY file, where the scene's cameras now are; None without."""
    if posed.motion is None:
        return None
    old, new = (scene.views[0].world_from_camera for scene in (posed.motion.scene, posed.scene))
    sparse = posed.motion.sparse
    return points_ply(replace(sparse, points=(new @ old.inverse()).apply(sparse.points)))


def on_the_earth(scene: Scene, folder: Path, control: Path | None) -> Scene:
    """The scene tied to the earth by control points, else by where its pictures say that they were taken.

    Raises BadInput where neither is there.
    """
    base = folder if folder.is_dir() else folder.parent
    listed = [base / name for name in CONTROL if (base / name).is_file()]
    path = control or (listed[0] if listed else None)
    if path is not None:
        return anchored(scene, ties_from_control_points(scene, path)).scene
    ties = ties_from_gps(scene)
    if not ties:
        what = "no picture says where on the earth it was taken, and no control points are given"
        raise BadInput(what, where=str(folder), mend="leave --geo out, or give --control FILE")
    return anchored(scene, ties).scene
