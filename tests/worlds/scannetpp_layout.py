"""The walk in ScanNet++'s own layout: scans, the DSLR's and the phone's models."""

import json
import pathlib
import shutil
from typing import Any

import numpy as np
from scipy.spatial.transform import Rotation

from tests.worlds import posed_layouts as layouts
from tests.worlds import walk

NAMES = {"dslr": "DSC0000{}.JPG", "iphone": "video/frame_{:06d}.jpg"}
FOLDERS = {"dslr": "resized_images", "iphone": "rgb"}


def scannetpp(folder: pathlib.Path) -> pathlib.Path:
    """All of it, z up; the chest with a box whose rows are axes, a quarter turn about z."""
    scans(folder)
    for which in NAMES:
        model(folder, which)
    for row, pose in enumerate(walk.poses()):
        layouts.save(folder / f"iphone/depth/frame_{row:06d}.png", walk.counts(pose, 1000, 32, 24))
    return folder


def scans(folder: pathlib.Path) -> None:
    (folder / "scans").mkdir(parents=True)
    layouts.scannet_labels(folder / "scans", np.eye(4))
    (folder / "scans/scene0001_00_vh_clean_2.ply").rename(folder / "scans/mesh_aligned_0.05.ply")
    (folder / "scans/scene0001_00_vh_clean_2.0.010000.segs.json").rename(folder / "scans/segments.json")
    groups = folder / "scans/scene0001_00.aggregation.json"
    told = json.loads(groups.read_text())
    axes = Rotation.from_euler("z", 90, degrees=True).as_matrix().T  # rows are axes
    size = walk.CHEST[1] - walk.CHEST[0]
    told["segGroups"][0]["obb"] = {
        "centroid": walk.CHEST.mean(0).tolist(),
        "axesLengths": [size[1], size[0], size[2]],
        "normalizedAxes": axes.ravel().tolist(),
    }
    (folder / "scans/segments_anno.json").write_text(json.dumps(told))
    groups.unlink()


def model(folder: pathlib.Path, which: str) -> None:
    made = layouts.colmap_text(folder / "made")
    inner = folder / which / "colmap"
    inner.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made / "sparse/0", inner)
    text = (inner / "images.txt").read_text()
    for row in range(walk.FRAMES):
        name = NAMES[which].format(row)
        text = text.replace(f"walk {row}.jpg", name)
        target = folder / which / FOLDERS[which] / pathlib.Path(name).name
        target.parent.mkdir(exist_ok=True)
        shutil.move(made / f"images/walk {row}.jpg", target)
    (inner / "images.txt").write_text(text)
    shutil.rmtree(made)


def transforms(folder: pathlib.Path, *, turned: bool = True) -> None:
    """The DSLR's poses as nerfstudio's converter writes them, in place of the model."""
    shutil.rmtree(folder / "dslr/colmap")
    frames: list[dict[str, Any]] = []
    for row, pose in enumerate(walk.poses()):
        written = pose @ np.diag([1, -1, -1, 1])
        if turned:
            written = written[[1, 0, 2, 3]]
            written[2] *= -1
        frames.append({"file_path": NAMES["dslr"].format(row), "transform_matrix": written.tolist()})
    lens = {"fl_x": walk.FX, "fl_y": walk.FY, "cx": walk.CX + 0.5, "cy": walk.CY + 0.5, "k1": 0.01}
    told = {"w": walk.WIDTH, "h": walk.HEIGHT, **lens, "camera_model": "OPENCV_FISHEYE"}
    path = folder / "dslr/nerfstudio/transforms.json"
    path.parent.mkdir()
    path.write_text(json.dumps({**told, "frames": frames[:3], "test_frames": frames[3:]}))
