"""The walk of `walk`, written by hand in the layout of each release of posed pictures."""

import json
import pathlib
import struct
from typing import Any

import numpy as np
from PIL import Image
from scipy.spatial.transform import Rotation

from tests.worlds import walk

# World axes of a file in ours, z up: HoloLens is y up, ICL-NUIM is y up and left-handed.
Y_UP_FROM_Z_UP = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])
FLIP = np.diag([1.0, -1, -1, 1])
MIRROR_Y = np.diag([1.0, -1, 1, 1])
COLMAP_NUMBERS = [walk.FX, walk.FY, walk.CX + 0.5, walk.CY + 0.5]


def save(path: pathlib.Path, values: Any) -> pathlib.Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path)
    return path


def write(path: pathlib.Path, rows: Any) -> pathlib.Path:
    """Rows of numbers as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(" ".join(map(str, np.ravel(row).tolist())) for row in rows) + "\n")
    return path


def frames(folder: pathlib.Path, colour: str, depth: str, *, per_metre: float = 1000) -> None:
    """The pictures and depth images, their names with holes between the numbers."""
    for row, pose in enumerate(walk.poses()):
        save(folder / colour / f"{3 * row:05d}.png", walk.picture(row))
        save(folder / depth / f"{3 * row:05d}.png", walk.counts(pose, per_metre))


def hololens(folder: pathlib.Path) -> pathlib.Path:
    frames(folder, "images", "depth")
    write(folder / "K.txt", walk.MATRIX)
    write(folder / "poses.txt", [Y_UP_FROM_Z_UP @ pose for pose in walk.poses()])
    return folder


def redwood(folder: pathlib.Path) -> pathlib.Path:
    frames(folder, "color", "depth")
    lines = [
        f"{row} {row} {row + 1}\n" + "\n".join(" ".join(map(str, line)) for line in pose.tolist())
        for row, pose in enumerate(walk.poses())
    ]
    (folder / "trajectory.log").write_text("\n".join(lines) + "\n")
    columns = walk.MATRIX.T.ravel().tolist()
    told = {"width": walk.WIDTH, "height": walk.HEIGHT, "intrinsic_matrix": columns}
    (folder / "camera.json").write_text(json.dumps(told))
    return folder


def tum(folder: pathlib.Path) -> pathlib.Path:
    """Pictures and poses every tenth of a second, depth a hundredth later; one picture alone."""
    frames(folder, "rgb", "depth", per_metre=5000)
    times = [100 + row / 10 for row in range(walk.FRAMES)]
    names = [f"{3 * row:05d}.png" for row in range(walk.FRAMES)]
    listed = "".join(f"{time} rgb/{name}\n" for time, name in zip(times, names))
    (folder / "rgb.txt").write_text(f"# color images\n{listed}200.0 rgb/00000.png\n")
    listed = "".join(f"{time + 0.01} depth/{name}\n" for time, name in zip(times, names))
    (folder / "depth.txt").write_text(f"# depth maps\n{listed}")
    rows = []
    for time, pose in zip(times, walk.poses()):
        turn = Rotation.from_matrix(pose[:3, :3])
        rows += [[time, *pose[:3, 3], *turn.as_quat()]]
    write(folder / "groundtruth.txt", rows)
    write(folder / "calibration.txt", [[walk.FX, walk.FY, walk.CX, walk.CY]])
    return folder


def icl(folder: pathlib.Path) -> pathlib.Path:
    """ICL-NUIM: frames are counted; the world is y up and left-handed, the mirror image of y down."""
    frames(folder, "rgb", "depth", per_metre=5000)
    names = [f"{3 * row:05d}.png" for row in range(walk.FRAMES)]
    (folder / "associations.txt").write_text(
        "".join(f"{row} depth/{name} {row} rgb/{name}\n" for row, name in enumerate(names))
    )
    rows = []
    for row, pose in enumerate(walk.poses()):
        mirrored = MIRROR_Y @ np.linalg.inv(Y_DOWN_TO_Z_UP) @ pose @ MIRROR_Y
        rows.append([row, *mirrored[:3, 3], *Rotation.from_matrix(mirrored[:3, :3]).as_quat()])
    write(folder / "livingRoom0.gt.freiburg", rows)
    write(folder / "calibration.txt", [[walk.FX, walk.FY, walk.CX, walk.CY]])
    return folder


Y_DOWN_TO_Z_UP = np.array([[1.0, 0, 0, 0], [0, 0, 1, 0], [0, -1, 0, 0], [0, 0, 0, 1]])


def transforms(folder: pathlib.Path, **more: Any) -> pathlib.Path:
    """OpenGL cameras; depth of half the size."""
    told = []
    for row, pose in enumerate(walk.poses()):
        save(folder / f"images/{row}.png", walk.picture(row))
        save(folder / f"depth/{row}.png", walk.counts(pose, 1000, walk.WIDTH // 2, walk.HEIGHT // 2))
        matrix = (pose @ FLIP).tolist()
        told.append(
            {
                "file_path": f"images/{row}.png",
                "depth_file_path": f"depth/{row}.png",
                "transform_matrix": matrix,
            }
        )
    fx, fy, cx, cy = COLMAP_NUMBERS
    camera = {"w": walk.WIDTH, "h": walk.HEIGHT, "fl_x": fx, "fl_y": fy, "cx": cx, "cy": cy}
    path = folder / "transforms.json"
    path.write_text(json.dumps({**camera, "camera_model": "OPENCV", "frames": told} | more))
    return path


def scannet(folder: pathlib.Path) -> pathlib.Path:
    """Frames whose third was lost, and a labelled mesh; the file's walls are 30 degrees off the axes."""
    file_from_world = np.linalg.inv(AXIS_ALIGNMENT)
    for row, pose in enumerate(walk.poses()):
        save(folder / f"color/{10 * row}.jpg", walk.picture(row, 2 * walk.WIDTH, 2 * walk.HEIGHT))
        save(folder / f"depth/{10 * row}.png", walk.counts(pose, 1000))
        lost = np.full((4, 4), -np.inf)
        write(folder / f"pose/{10 * row}.txt", lost if row == 2 else file_from_world @ pose)
    double = np.diag([2.0, 2, 1]) @ walk.MATRIX + [[0, 0, 0.5], [0, 0, 0.5], [0, 0, 0]]
    for kind, matrix in (("color", double), ("depth", walk.MATRIX)):
        whole = np.eye(4)
        whole[:3, :3] = matrix
        write(folder / f"intrinsic/intrinsic_{kind}.txt", whole)
    numbers = " ".join(map(str, AXIS_ALIGNMENT.ravel().tolist()))
    (folder / "scene0001_00.txt").write_text(f"axisAlignment = {numbers}\ncolorWidth = 128\n")
    scannet_labels(folder, file_from_world)
    return folder


AXIS_ALIGNMENT = np.eye(4)
AXIS_ALIGNMENT[:3, :3] = Rotation.from_euler("z", 30, degrees=True).as_matrix()
AXIS_ALIGNMENT[:3, 3] = [1, 2, 0.5]


def scannet_labels(folder: pathlib.Path, file_from_world: Any) -> None:
    """A chest of two segments, a floor of one, and a segment without a label."""
    chest, floor = walk.corners()[8:], walk.corners()[:8:2]
    vertices = (
        np.concatenate([chest, floor, [[9.0, 9, 9]]]) @ file_from_world[:3, :3].T + file_from_world[:3, 3]
    )
    head = f"ply\nformat binary_little_endian 1.0\nelement vertex {len(vertices)}\n"
    head += "property float x\nproperty float y\nproperty float z\nelement face 1\n"
    head += "property list uchar int vertex_indices\nend_header\n"
    body = vertices.astype("<f4").tobytes() + struct.pack("<B3i", 3, 0, 1, 2)
    (folder / "scene0001_00_vh_clean_2.ply").write_bytes(head.encode() + body)
    segments = [7] * 4 + [2] * 4 + [5] * 4 + [11]
    segs = {"params": {}, "sceneId": "scene0001_00", "segIndices": segments}
    (folder / "scene0001_00_vh_clean_2.0.010000.segs.json").write_text(json.dumps(segs))
    groups = [
        {"id": 0, "objectId": 0, "segments": [7, 2], "label": "Chest"},
        {"id": 1, "objectId": 1, "segments": [5], "label": "floor"},
    ]
    told = {"sceneId": "scene0001_00", "segGroups": groups}
    (folder / "scene0001_00.aggregation.json").write_text(json.dumps(told))


def arkitscenes(folder: pathlib.Path) -> pathlib.Path:
    """World-to-camera by angle-axis; a pincam a frame, one of them named a millisecond late."""
    frames = folder / "41048190_frames"
    rows = []
    for row, pose in enumerate(walk.poses()):
        name = f"41048190_{100 + row / 10:.3f}"
        save(frames / f"lowres_wide/{name}.png", walk.picture(row))
        save(frames / f"lowres_depth/{name}.png", walk.counts(pose, 1000))
        late = f"41048190_{100 + row / 10 + 0.001 * (row == 1):.3f}"
        numbers = [walk.WIDTH, walk.HEIGHT, walk.FX, walk.FY, walk.CX, walk.CY]
        write(frames / f"lowres_wide_intrinsics/{late}.pincam", [numbers])
        inverse = np.linalg.inv(pose)
        rows.append([100 + row / 10, *Rotation.from_matrix(inverse[:3, :3]).as_rotvec(), *inverse[:3, 3]])
    write(frames / "lowres_wide.traj", rows)
    axes = Rotation.from_euler("z", 20, degrees=True).as_matrix().T  # rows are axes
    box = {
        "centroid": [3, 2.2, 0.45],
        "axesLengths": [0.8, 0.6, 0.9],
        "normalizedAxes": axes.ravel().tolist(),
    }
    thing = {"uid": "a", "label": "cabinet", "segments": {"obb": box, "obbAligned": box}}
    path = folder / "41048190_3dod_annotation.json"
    path.write_text(json.dumps({"skipped": False, "data": [thing]}))
    return path


def opensfm(folder: pathlib.Path, **gps: Any) -> pathlib.Path:
    shots = {}
    for row, pose in enumerate(walk.poses()):
        save(folder / f"images/{row}.jpg", walk.picture(row))
        inverse = np.linalg.inv(pose)
        shots[f"{row}.jpg"] = {
            "rotation": Rotation.from_matrix(inverse[:3, :3]).as_rotvec().tolist(),
            "translation": inverse[:3, 3].tolist(),
            "camera": "v2",
            "capture_time": 1000.5 + row,
            **{name: value(row, pose) for name, value in gps.items()},
        }
    longer = max(walk.WIDTH, walk.HEIGHT)
    camera = {
        "projection_type": "brown",
        "width": walk.WIDTH,
        "height": walk.HEIGHT,
        "focal_x": walk.FX / longer,
        "focal_y": walk.FY / longer,
        "c_x": (walk.CX + 0.5 - walk.WIDTH / 2) / longer,
        "c_y": (walk.CY + 0.5 - walk.HEIGHT / 2) / longer,
    }
    points = {str(row): {"color": [0, 0, 0], "coordinates": each} for row, each in enumerate(seen_points())}
    reference = {"latitude": 52.5, "longitude": 13.4, "altitude": 34.0}
    told = {"cameras": {"v2": camera}, "shots": shots, "points": points, "reference_lla": reference}
    path = folder / "reconstruction.json"
    path.write_text(json.dumps([told]))
    return path


def seen_points() -> list[list[float]]:
    """The corners that are in some picture."""
    shown = np.any([walk.pixels(pose, walk.corners())[1] for pose in walk.poses()], axis=0)
    points: list[list[float]] = walk.corners()[shown].tolist()
    return points


def colmap_text(folder: pathlib.Path) -> pathlib.Path:
    """World-to-camera, with a header as the release writes it, one image that saw nothing."""
    model = folder / "sparse" / "0"
    model.mkdir(parents=True)
    numbers = " ".join(map(str, COLMAP_NUMBERS))
    (model / "cameras.txt").write_text(f"# Camera list\n7 PINHOLE {walk.WIDTH} {walk.HEIGHT} {numbers}\n")
    lines = ["# Image list with two lines of data per image:"]
    for id, name, wxyz, shift, seen in images():
        lines.append(" ".join(map(str, [id, *wxyz, *shift, 7, name])))
        lines.append(" ".join(f"{x} {y} {point}" for x, y, point in seen))
    (model / "images.txt").write_text("\n".join(lines) + "\n")
    points = [
        f"{10 + row} {x} {y} {z} 1 2 3 0.5 1 0" for row, (x, y, z) in enumerate(walk.corners().tolist())
    ]
    (model / "points3D.txt").write_text("# 3D point list\n" + "\n".join(points) + "\n")
    for row in range(walk.FRAMES):
        save(folder / f"images/walk {row}.jpg", walk.picture(row))
    return folder


def colmap_binary(folder: pathlib.Path) -> pathlib.Path:
    colmap_text(folder)
    model = folder / "sparse" / "0"
    camera = struct.pack("<QiiQQ4d", 1, 7, 1, walk.WIDTH, walk.HEIGHT, *COLMAP_NUMBERS)
    (model / "cameras.bin").write_bytes(camera)
    data = struct.pack("<Q", walk.FRAMES)
    for id, name, wxyz, shift, seen in images():
        data += struct.pack("<i7di", id, *wxyz, *shift, 7) + name.encode() + b"\0"
        data += struct.pack("<Q", len(seen)) + b"".join(struct.pack("<ddq", *each) for each in seen)
    (model / "images.bin").write_bytes(data)
    data = struct.pack("<Q", len(walk.corners()))
    for row, place in enumerate(walk.corners().tolist()):
        data += struct.pack("<Q3d3BdQ", 10 + row, *place, 1, 2, 3, 0.5, 1) + struct.pack("<ii", 1, 0)
    (model / "points3D.bin").write_bytes(data)
    for name in ("cameras", "images", "points3D"):
        (model / f"{name}.txt").unlink()
    (model / "rigs.bin").write_bytes(struct.pack("<Q", 0))
    return folder


def images() -> list[tuple[int, str, list[float], list[float], list[tuple[float, float, int]]]]:
    """Id, name, quaternion w x y z, shift and observations of each image; the last saw nothing."""
    made = []
    for row, pose in enumerate(walk.poses()):
        inverse = np.linalg.inv(pose)
        x, y, z, w = Rotation.from_matrix(inverse[:3, :3]).as_quat().tolist()
        flat, inside = walk.pixels(pose, walk.corners())
        seen = [(*(flat[each] + 0.5).tolist(), 10 + int(each)) for each in np.flatnonzero(inside)]
        seen.append((1.5, 2.5, -1))
        made.append((row + 1, f"walk {row}.jpg", [w, x, y, z], inverse[:3, 3].tolist(), seen * (row < 4)))
    return made
