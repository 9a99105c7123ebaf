"""Models whose parts do not belong together are refused by every command: counts, ids, poses, cut-off."""

import json
import pathlib
import struct
from collections.abc import Callable

import numpy as np
import pytest

from tests.worlds import posed_layouts as layouts
from tests.worlds import scannetpp_layout
from tests.worlds.refusal import refused
from tests.worlds.spoiling import Layout, called

Spoil = Callable[[pathlib.Path], None]


def dropping(name: str, *, lines: int = 1) -> Spoil:
    """The last lines of a text are left out."""

    def spoil(folder: pathlib.Path) -> None:
        (path,) = folder.rglob(name)
        path.write_text("\n".join(path.read_text().splitlines()[:-lines]) + "\n")

    return spoil


def cutting(name: str, count: int) -> Spoil:
    """So many bytes are left out at the end of a file."""

    def spoil(folder: pathlib.Path) -> None:
        (path,) = folder.rglob(name)
        path.write_bytes(path.read_bytes()[:-count])

    return spoil


def saying(name: str, old: str, new: str) -> Spoil:
    """One thing in a text is another."""

    def spoil(folder: pathlib.Path) -> None:
        path = next(iter(sorted(folder.rglob(name))))
        text = path.read_text()
        assert old in text, text[:300]
        path.write_text(text.replace(old, new, 1))

    return spoil


def losing(name: str) -> Spoil:
    """A file is not there."""

    def spoil(folder: pathlib.Path) -> None:
        next(iter(sorted(folder.rglob(name)))).unlink()

    return spoil


def stretched(name: str, columns: slice) -> Spoil:
    """The rotation in each line of numbers is twice as long: a quaternion that is none."""

    def spoil(folder: pathlib.Path) -> None:
        (path,) = folder.rglob(name)
        rows = np.loadtxt(path)
        rows[:, columns] *= 2
        layouts.write(path, rows)

    return spoil


def unknown_point(folder: pathlib.Path) -> None:
    (path,) = folder.rglob("points3D.bin")
    data = bytearray(path.read_bytes())
    for place in range(len(data) - 8):
        if data[place : place + 8] == struct.pack("<Q", 14):
            data[place : place + 8] = struct.pack("<Q", 999)
            break
    path.write_bytes(data)


def a_shot_less_of_a_matrix(folder: pathlib.Path) -> None:
    (path,) = folder.rglob("transforms.json")
    told = json.loads(path.read_text())
    told["frames"][2]["transform_matrix"][0][0] = "north"
    path.write_text(json.dumps(told))


def lose_lens(folder: pathlib.Path) -> None:
    sorted(folder.rglob("*.pincam"))[2].unlink()


TABLE: list[tuple[Layout, str, Spoil, str]] = [
    (layouts.hololens, "a pose less", dropping("poses.txt"), "5 pictures and 4 poses"),
    (layouts.hololens, "no camera", losing("K.txt"), "no layout that is known"),
    (layouts.redwood, "a pose less", dropping("trajectory.log", lines=5), "4 poses"),
    (layouts.redwood, "half a pose", dropping("trajectory.log", lines=2), "ends within a pose"),
    (
        layouts.tum,
        "quaternions of length 2",
        stretched("groundtruth.txt", slice(4, 8)),
        "is no unit quaternion",
    ),
    (layouts.tum, "a word", saying("groundtruth.txt", "100.0", "noon"), "groundtruth.txt"),
    (
        layouts.icl,
        "quaternions of length 2",
        stretched("livingRoom0.gt.freiburg", slice(4, 8)),
        "is no unit quaternion",
    ),
    (layouts.transforms, "a word", a_shot_less_of_a_matrix, "frames[2].transform_matrix"),
    (layouts.transforms, "half a file", cutting("transforms.json", 40), "transforms.json"),
    (
        layouts.scannet,
        "a pose less",
        losing("40.txt"),
        "color and pose differ: 5 frames and 4, '40' in one alone",
    ),
    (layouts.scannet, "half a pose", dropping("0.txt"), "3 rows where 4 belong"),
    (layouts.scannet, "half a mesh", cutting("*.ply", 30), "scene0001_00_vh_clean_2.ply"),
    (
        layouts.scannet,
        "an unknown segment",
        saying("*.aggregation.json", "[7, 2]", "[7, 3]"),
        "is of segment 3",
    ),
    (layouts.arkitscenes, "a lens less", lose_lens, "this picture has no .pincam of its time"),
    (layouts.arkitscenes, "half a pose", saying("lowres_wide.traj", " ", "\n"), "lowres_wide.traj"),
    (
        layouts.opensfm,
        "another camera",
        saying("*.json", '"camera": "v2"', '"camera": "v3"'),
        "by camera 'v3', which is not there",
    ),
    (layouts.opensfm, "half a file", cutting("reconstruction.json", 50), "reconstruction.json"),
    (
        layouts.colmap_text,
        "another camera",
        saying("images.txt", " 7 walk 0", " 8 walk 0"),
        "is by camera 8, which is not there",
    ),
    (layouts.colmap_text, "points less", dropping("points3D.txt", lines=9), "which is not there"),
    (
        layouts.colmap_text,
        "an unknown model",
        saying("cameras.txt", "PINHOLE", "PINHOLES"),
        "camera model of COLMAP's is named 'PINHOLES'",
    ),
    (
        layouts.colmap_text,
        "a quaternion of zeros",
        saying("images.txt", "\n1 ", "\n1 0 0 0 0 0 0 0 7 a.jpg\n\n9 "),
        "unit quaternion",
    ),
    (layouts.colmap_text, "no points", losing("points3D.txt"), "which is not there"),
    (layouts.colmap_binary, "half of the cameras", cutting("cameras.bin", 9), "cameras.bin"),
    (layouts.colmap_binary, "half of the images", cutting("images.bin", 30), "images.bin"),
    (layouts.colmap_binary, "half of the points", cutting("points3D.bin", 10), "points3D.bin"),
    (layouts.colmap_binary, "a point of another id", unknown_point, "sees point 14, which is not there"),
    (scannetpp_layout.scannetpp, "half a mesh", cutting("*.ply", 30), "mesh_aligned_0.05.ply"),
    (scannetpp_layout.scannetpp, "no segments", losing("segments.json"), "segments.json"),
    (
        scannetpp_layout.scannetpp,
        "segments less",
        saying("segments.json", ", 11]", "]"),
        "12 segment numbers for 13 vertices",
    ),
    (
        scannetpp_layout.scannetpp,
        "another camera",
        saying("images.txt", " 7 DSC", " 8 DSC"),
        "by camera 8, which is not there",
    ),
]


@pytest.mark.parametrize(
    ("layout", "what", "spoil", "says"), TABLE, ids=[f"{called(each[0])}: {each[1]}" for each in TABLE]
)
def test_parts_that_do_not_belong_together(
    layout: Layout,
    what: str,
    spoil: Spoil,
    says: str,
    spoiled: Callable[[Layout], tuple[pathlib.Path, pathlib.Path]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, named = spoiled(layout)
    spoil(folder)
    refused(named, says, capsys, every=layout in (layouts.hololens, layouts.colmap_binary))
