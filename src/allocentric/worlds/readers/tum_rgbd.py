"""TUM's RGB-D benchmark, and ICL-NUIM in its layout: lists of pictures, depth images and poses by time.

`rgb.txt` and `depth.txt` name a file for each time, `groundtruth.txt` has `time x y z qx qy qz qw`,
camera-to-world, OpenCV's camera axes, metres. Pictures and depth are matched by time; the pose is the one
between the two around it. Depth is registered to the picture, 5000 counts a metre, 0 where nothing was
measured. The layout keeps no camera: one is taken from `calibration.txt` (fx fy cx cy, then distortion as
OpenCV has it), else from the name of the sequence, else it is PrimeSense's, which is warned of. Gravity is
unknown: the world is that of the motion capture.

ICL-NUIM has `associations.txt` and a `.gt.freiburg` file instead, counted in frames. Its poses are those of
a renderer whose world is left-handed with y up, so they are reflected, y to -y, on both sides.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import rotation_from_quaternion
from allocentric.scene.pictures import Size, picture_size_px
from allocentric.scene.scene import DepthImage, Scene, Source, View
from allocentric.worlds.readers.convention import Convention
from allocentric.worlds.readers.posed import (
    World,
    matrices,
    opencv_pinhole,
    posed_scene,
    read_numbers,
    read_text,
)
from allocentric.worlds.readers.reader import Peek, Reader, Scenes
from allocentric.worlds.readers.trajectory import BETWEEN_S, SAME_TIME_S, Trajectory, trajectory

PICTURES, DEPTH, POSES, BOTH, CAMERA = (
    "rgb.txt",
    "depth.txt",
    "groundtruth.txt",
    "associations.txt",
    "calibration.txt",
)
ICL_POSES: Final = ".gt.freiburg"
METRES_PER_COUNT: Final = 1 / 5000
ROUNDED: Final = 1e-2  # quaternions are written with four decimals
DECLARED: Final = Convention(to_world=True, opencv=True)
MIRROR_Y: Final = np.diag([1.0, -1.0, 1.0, 1.0])

# fx fy cx cy, then distortion, as the benchmark publishes them for its three cameras; and the renderer's.
CAMERAS: Final = {
    "freiburg1": (517.3, 516.5, 318.6, 255.3, 0.2624, -0.9531, -0.0054, 0.0026, 1.1633),
    "freiburg2": (520.9, 521.0, 325.1, 249.7, 0.2312, -0.7849, -0.0033, -0.0001, 0.9172),
    "freiburg3": (535.4, 539.2, 320.1, 247.6),
    "ICL-NUIM": (481.2, 480.0, 319.5, 239.5),
    "PrimeSense": (525.0, 525.0, 319.5, 239.5),
}


def _claims(peek: Peek) -> bool:
    return {PICTURES, POSES} <= peek.entries or (BOTH in peek.entries and _icl_file(peek.entries) is not None)


def _icl_file(entries: frozenset[str]) -> str | None:
    return min((each for each in entries if each.endswith(ICL_POSES)), default=None)


def _scenes(peek: Peek) -> Scenes:
    return {peek.path.resolve().name: partial(_scene, peek)}


def _scene(peek: Peek) -> Scene:
    folder, icl = peek.path, _icl_file(peek.entries)
    frames, alone = _frames(folder)
    way = _way(folder / (icl or POSES), mirrored=icl is not None)
    posed = [(time_s, image, depth, pose) for time_s, image, depth in frames if (pose := way.at(time_s))]
    if not posed:
        what = f"no picture has a depth image within {SAME_TIME_S} s and a pose within {BETWEEN_S} s"
        raise BadInput(what, where=str(folder), mend="give lists and poses of one clock")
    camera, told, doubt = _camera(folder, picture_size_px(posed[0][1]), icl is not None)
    views = [
        View(
            image.stem,
            pose,
            time_s - posed[0][0],
            str(image),
            camera=camera,
            depth=None if depth is None else DepthImage(str(depth), METRES_PER_COUNT),
        )
        for time_s, image, depth, pose in posed
    ]
    left_out = alone + len(frames) - len(posed)
    notes = ["depth in 5000 counts a metre", told]
    notes.append(
        f"times count from {posed[0][0]} s" if icl is None else "reflected, y to -y: left-handed world"
    )
    notes += [f"pictures left out, without depth or pose at their time: {left_out}"] * bool(left_out)
    source = Source("tum_rgbd", str(folder), tuple(notes), (*way.rounded, *doubt))
    world = World(DECLARED, None if icl is None else "-y")
    return posed_scene(folder.resolve().name, views, world=world, source=source)


def _frames(folder: Path) -> tuple[list[tuple[float, Path, Path | None]], int]:
    """Time, picture and depth image of each frame; and how many pictures have no depth at their time."""
    if not (folder / PICTURES).exists():
        return sorted(_associated(folder)), 0
    pictures = _listed(folder / PICTURES)
    depths = _listed(folder / DEPTH) if (folder / DEPTH).exists() else []
    if not depths:
        return [(time_s, image, None) for time_s, image in pictures], 0
    times_s = np.array([each for each, _ in depths])
    nearest = [int(np.abs(times_s - time_s).argmin()) for time_s, _ in pictures]
    frames = list[tuple[float, Path, Path | None]]()
    for (time_s, image), row in zip(pictures, nearest):
        if abs(times_s[row] - time_s) <= SAME_TIME_S:
            frames.append((time_s, image, depths[row][1]))
    return frames, len(pictures) - len(frames)


def _listed(path: Path) -> list[tuple[float, Path]]:
    """Times and files of a list, in the order of time; raises BadInput for a line that is none."""
    lines = enumerate(read_text(path).splitlines(), start=1)
    told = ((number, line.split()) for number, line in lines if line.strip() and line[0] != "#")
    return sorted(_timed(words, path, number) for number, words in told)


def _timed(words: list[str], path: Path, number: int) -> tuple[float, Path]:
    try:
        time_s, name = words
        return float(time_s), path.parent / name
    except ValueError:
        what = f"this is no time and file: {' '.join(words)[:60]!r}"
        raise BadInput(what, where=f"{path}, line {number}", mend="write a time, a space, a file") from None


def _associated(folder: Path) -> list[tuple[float, Path, Path | None]]:
    """The frames of a list of times and files in pairs, whichever of the two comes first."""
    frames = list[tuple[float, Path, Path | None]]()
    for number, line in enumerate(read_text(folder / BOTH).splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        first, second = (_timed(each, folder / BOTH, number) for each in (words[:2], words[2:]))
        depth, picture = (first, second) if "depth" in first[1].parts else (second, first)
        frames.append((picture[0], picture[1], depth[1]))
    return frames


def _way(path: Path, *, mirrored: bool) -> Trajectory:
    """The poses of a file, reflected where its world is left-handed."""
    rows = read_numbers(path, 8)
    lengths = np.linalg.norm(rows[:, 4:], axis=1)
    if (np.abs(lengths - 1) > ROUNDED).any():
        bad = int(np.abs(lengths - 1).argmax())
        what = f"{rows[bad, 4:].tolist()} is no unit quaternion"
        raise BadInput(what, where=f"{path}, pose {bad + 1}", mend="write x y z w of length 1")
    turns = [rotation_from_quaternion(w, x, y, z) for x, y, z, w in rows[:, 4:].tolist()]
    written = matrices(turns, rows[:, 1:4])
    written = MIRROR_Y @ written @ MIRROR_Y if mirrored else written
    return trajectory(rows[:, 0], written, declared=DECLARED, path=path)


def _camera(folder: Path, size: Size, icl: bool) -> tuple[Pinhole, str, tuple[str, ...]]:
    """The camera, where it is from, and the doubt in it."""
    name = re.search(r"(?:freiburg|fr)([123])(?!\d)", folder.resolve().name)
    where = "ICL-NUIM" if icl else f"freiburg{name[1]}" if name else "PrimeSense"
    known = list(CAMERAS[where])
    if (folder / CAMERA).exists():
        where = str(folder / CAMERA)
        known = read_numbers(folder / CAMERA, len(read_text(folder / CAMERA).split()))[0].tolist()
    if len(known) not in (4, 8, 9, 12):
        raise BadInput(
            "this is no camera", where=where, mend="write fx fy cx cy, then k1 k2 p1 p2 k3 or none"
        )
    fx, fy, cx, cy, *distortion = known
    matrix = np.array([[fx, 0, cx], [0, fy, cy], [0, 0, 1]])
    camera = opencv_pinhole(matrix, size, distortion=distortion, where=where)
    doubt = f"no camera is told: {where}'s default is taken, put fx fy cx cy into {CAMERA}"
    return camera, f"camera: {Path(where).name}", (doubt,) * (where == "PrimeSense")


READER: Final = Reader("tum_rgbd", (), _claims, _scenes, folder=True)
