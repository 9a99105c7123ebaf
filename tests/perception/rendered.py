"""A room made by hand, looked at all round and rendered; and whether bounds hold what is true."""

import functools
import math
import pathlib
import tempfile

import numpy as np
import shapely
from PIL import Image

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.depth_visibility import DepthNoise
from allocentric.geometry.frames import yaw_of
from allocentric.scene.scene import Scene, Thing, View, scene_of
from allocentric.views.export import write_views
from allocentric.views.paths import looking
from allocentric.worlds.read import read

CAMERA = Pinhole(160, 120, 90.0, 90.0, 80.0, 60.0)
SPOTS = ((0.7, 0.7), (3.3, 0.8), (3.3, 2.4), (0.8, 2.3), (2.0, 0.6))
WALK = shapely.box(0, 0, 4, 3)
_KEEP = tempfile.TemporaryDirectory(prefix="room")
WALLS = (
    ("wall", (2.0, -0.05, 1.25), (4.2, 0.1, 2.5)),
    ("wall", (2.0, 3.05, 1.25), (4.2, 0.1, 2.5)),
    ("wall", (-0.05, 1.5, 1.25), (0.1, 3.0, 2.5)),
    ("wall", (4.05, 1.5, 1.25), (0.1, 3.0, 2.5)),
)


def room() -> Scene:
    """Four metres by three: a table with a box on it, two chairs, a cabinet with its back to a wall."""
    things = [
        Thing(label="table", center=(2.0, 1.5, 0.35), size=(1.0, 0.6, 0.7), yaw_rad=0.3),
        Thing(label="box", center=(2.1, 1.5, 0.8), size=(0.3, 0.2, 0.2), yaw_rad=0.8),
        Thing(label="chair", center=(1.2, 1.5, 0.45), size=(0.4, 0.4, 0.9)),
        Thing(label="chair", center=(2.9, 1.6, 0.45), size=(0.4, 0.4, 0.9), yaw_rad=0.2),
        Thing(label="cabinet", center=(2.0, 2.8, 0.5), size=(1.2, 0.4, 1.0)),
        *(Thing(label=label, kind="structure", center=at, size=size) for label, at, size in WALLS),
    ]
    return scene_of("room", things, floor=WALK)


def views() -> tuple[View, ...]:
    """Eight directions from each of five spots, looking a little down."""
    turns = [math.tau * each / 8 for each in range(8)]
    places = [(x, y, yaw) for x, y in SPOTS for yaw in turns]
    return tuple(
        View(f"v{row:02d}", looking((x, y, 1.5), yaw_rad=yaw, pitch_rad=-0.45), camera=CAMERA)
        for row, (x, y, yaw) in enumerate(places)
    )


@functools.cache
def folder() -> pathlib.Path:
    """Where the pictures of the room are, rendered once a run."""
    made = pathlib.Path(_KEEP.name)
    write_views(room(), views(), made, finer=1)
    return made


@functools.cache
def posed() -> Scene:
    """The views of the room, read back."""
    return read(folder() / "transforms.json")


def made_noisy(to: pathlib.Path, noise: DepthNoise, *, seed: int) -> Scene:
    """The views with a sensor's noise on their depth, kept in a folder."""
    random = np.random.default_rng(seed)
    for name in ("images", "instances", "transforms.json", "things.json"):
        (to / name).symlink_to(folder() / name)
    (to / "depth").mkdir()
    for path in sorted((folder() / "depth").iterdir()):
        depth_m = np.asarray(Image.open(path)) / 1000
        noisy_m = depth_m + noise.sigma_m(depth_m) * random.standard_normal(depth_m.shape)
        counts = np.where(depth_m > 0, np.round(noisy_m.clip(0.001) * 1000), 0).astype(np.uint16)
        Image.fromarray(counts).save(to / "depth" / path.name)
    return read(to / "transforms.json")


def is_held(true: Scene, row: int, found: Scene, other: int) -> bool:
    """Whether a true box lies in the bounds of a recovered one, whichever side counts as its front."""
    off_rad = yaw_of(true.rotations[row]) - yaw_of(found.rotations[other])
    quarters = round(off_rad / (math.pi / 2))
    size = true.sizes[row] if quarters % 2 == 0 else true.sizes[row][[1, 0, 2]]
    center = (true.centers[row] - found.centers[other]) @ found.slack_axes[other]
    return bool(
        (np.abs(size - found.sizes[other]) <= found.size_slacks[other]).all()
        and (np.abs(center) <= found.center_slacks[other]).all()
        and abs(off_rad - quarters * math.pi / 2) <= found.yaw_slacks_rad[other]
    )


def nearest(true: Scene, row: int, found: Scene) -> int:
    """The recovered thing of the same label whose middle is nearest."""
    same = [other for other in range(len(found)) if found.labels[other] == true.labels[row]]
    return min(same, key=lambda other: float(np.linalg.norm(true.centers[row] - found.centers[other])))
