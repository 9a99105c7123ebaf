"""One small room, written by hand in the layout of each release: a table, two chairs, one of them turned.

The second chair stands at (4, 1), its own x axis 30 degrees left of the world's, its front along that axis.
"""

import csv
import json
import pathlib
import struct
from typing import Any

import numpy as np

from allocentric.geometry.frames import rotation_about_up

LABELS = ("table", "chair", "chair")
CENTERS = np.array([[2.5, 2.0, 0.375], [2.5, 1.2, 0.45], [4.0, 1.0, 0.45]])
SIZES = np.array([[1.6, 0.8, 0.75], [0.5, 0.5, 0.9], [0.6, 0.5, 0.9]])
YAWS_RAD = np.radians([0, 90, 30])
ROTATIONS = np.stack([rotation_about_up(yaw) for yaw in YAWS_RAD.tolist()])
Y_UP_FROM_Z_UP = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])


def put(path: pathlib.Path, value: Any) -> pathlib.Path:
    """A JSON file."""
    path.write_text(json.dumps(value))
    return path


def vsi_bench() -> dict[str, Any]:
    boxes: dict[str, list[dict[str, Any]]] = {}
    for label, center, size, rotation in zip(LABELS, CENTERS, SIZES, ROTATIONS):
        half = np.abs(rotation) @ size / 2
        boxes.setdefault(label, []).append(
            {
                "centroid": center.tolist(),
                "axesLengths": size.tolist(),
                "normalizedAxes": rotation.T.ravel().tolist(),  # rows are axes
                "min": (center - half).tolist(),
                "max": (center + half).tolist(),
            }
        )
    room = {
        "dataset": "arkitscenes",
        "object_bbox": boxes,
        "object_counts": {"table": 1, "chair": 2},
        "room_size": 20.0,
        "room_center": [2.5, 2, 1],
    }
    return {"41069025": room, "41069043": {"object_bbox": {}, "object_counts": {}}}


def multiscan() -> dict[str, Any]:
    objects: list[dict[str, Any]] = []
    for label, center, size, rotation in zip(LABELS, CENTERS, SIZES, ROTATIONS):
        # As the release does: the box's own y is up, and its z is the front.
        axes = np.stack([rotation[:, 1], rotation[:, 2], rotation[:, 0]])
        obb = {
            "centroid": center.tolist(),
            "axesLengths": size[[1, 2, 0]].tolist(),
            "normalizedAxes": axes.ravel().tolist(),
            "front": rotation[:, 0].tolist(),
            "up": [0, 0, 1],
        }
        number = 1 + sum(each["label"].startswith(label) for each in objects)
        objects.append({"label": f"{label}.{number}", "type": "movable", "obb": obb})
    wall = {"centroid": [0, 2, 1], "axesLengths": [0.1, 4, 2], "normalizedAxes": np.eye(3).ravel().tolist()}
    objects.append({"label": "short_wall.1", "type": "arch", "obb": wall})
    objects.append({"label": "remove", "type": "unknown", "obb": wall})
    return {
        "version": "multiscan@0.0.1",
        "scanId": "scene_00001_00",
        "objects": objects,
        "articulations": {"a": {}},
    }


def embodiedscan() -> list[dict[str, Any]]:
    return [
        {"bbox_3d": [*center, *size, yaw, 0, 0], "bbox_label_3d": label}
        for label, center, size, yaw in zip(LABELS, CENTERS.tolist(), SIZES.tolist(), YAWS_RAD.tolist())
    ]


def boxes_json() -> dict[str, Any]:
    things = [
        {"label": label, "center": center, "size": size, "yaw_deg": float(np.degrees(yaw))}
        for label, center, size, yaw in zip(LABELS, CENTERS.tolist(), SIZES.tolist(), YAWS_RAD.tolist())
    ]
    return {"format": "boxes", "id": "den", "things": things}


def spatiallm() -> str:
    lines = ["wall_0=Wall(0,0,0,5,0,0,2.5,0.1)", "door_0=Door(wall_0,1,0,1,0.9,2)"]
    for row, (label, center, size, yaw) in enumerate(zip(LABELS, CENTERS, SIZES, YAWS_RAD)):
        numbers = ",".join(map(str, [*center.tolist(), float(yaw), *size.tolist()]))
        lines.append(f"bbox_{row}=Bbox({label},{numbers})")
    return "\n".join(lines) + "\n"


def spark_dsg() -> dict[str, Any]:
    nodes: list[dict[str, Any]] = []
    for row, (center, size, yaw) in enumerate(zip(CENTERS.tolist(), SIZES, YAWS_RAD.tolist())):
        turn = {"w": np.cos(yaw / 2), "x": 0, "y": 0, "z": np.sin(yaw / 2)}
        half = (size / 2).tolist()
        box = {"world_P_center": center, "world_R_center": turn, "type": "OBB"}
        old = {"min": [-each for each in half], "max": half}
        nodes.append(
            node(
                "Object", f"O({row})", center, box | ({"dimensions": size.tolist()} if row else old), 7 + row
            )
        )
    invalid = {"type": "INVALID", "min": [0, 0, 0], "max": [0, 0, 0]}
    nodes.append(node("Room", "R(0)", [2, 2, 1], invalid, 0))
    nodes += [node("Place", "", [x, 2, 1], invalid, 0, distance=1.0) for x in (1, 2)]
    agent = {"position": [1, 1, 1], "world_R_body": {"w": 0.5**0.5, "x": 0, "y": 0, "z": 0.5**0.5}}
    nodes.append({"attributes": {"type": "AgentNodeAttributes", **agent}, "timestamp": 2_000_000_000})
    spaces = {"_l2p0": [[7, "table"], [8, "Chair"], [9, "chair"]]}
    return {"nodes": nodes, "edges": [], "layer_ids": [2, 3, 4, 5], "metadata": {"labelspaces": spaces}}


def node(
    kind: str, name: str, position: list[float], box: dict[str, Any], label: int, **more: Any
) -> dict[str, Any]:
    told = {"position": position, "name": name, "bounding_box": box, "semantic_label": label, **more}
    return {"id": 1, "layer": 2, "attributes": {"type": f"{kind}NodeAttributes", **told}}


def aria(folder: pathlib.Path, *, calibrated: bool = True) -> pathlib.Path:
    """A folder of tables: y up, each object's origin at the foot of its box, the second chair pushed."""
    folder.mkdir()
    boxes, poses, instances = [], [], {}
    for row, (label, center, size, yaw) in enumerate(zip(LABELS, CENTERS, SIZES, YAWS_RAD.tolist())):
        wide, tall, deep = size[1] / 2, size[2], size[0] / 2  # own x is left, y up, z the front
        boxes.append([row, -1, -wide, wide, 0, tall, -deep, deep])
        foot = Y_UP_FROM_Z_UP @ (center - [0, 0, size[2] / 2])
        # The object's z must point along the body's x: a quarter turn about y beyond the yaw.
        turn = yaw + np.pi / 2
        quaternion = [np.cos(turn / 2), 0, np.sin(turn / 2), 0]
        times = [-1] if row < 2 else [10_000_000_000, 11_000_000_000]
        poses += [[row, time, *(foot - np.array([0, 0, at])), *quaternion] for at, time in enumerate(times)]
        symmetry = (
            {"is_annotated": True, "axes": [{"axis": [0, 1, 0], "angle_degree": 180}]} if not row else {}
        )
        instances[str(row)] = {
            "instance_name": f"{label.title()}_{row}",
            "category": label,
            "rotational_symmetry": symmetry,
            "canonical_pose": {"up_vector": [0, 1, 0], "front_vector": [0, 0, 1]},
        }
    axes = [f"p_local_obj_{axis}{end}[m]" for axis in "xyz" for end in ("min", "max")]
    table(folder / "3d_bounding_box.csv", ["object_uid", "timestamp[ns]", *axes], boxes)
    pose = ["t_wo_x[m]", "t_wo_y[m]", "t_wo_z[m]", "q_wo_w", "q_wo_x", "q_wo_y", "q_wo_z"]
    table(folder / "scene_objects.csv", ["object_uid", "timestamp[ns]", *pose], poses)
    put(folder / "instances.json", instances)
    names = [f"{part}_world_device" for part in ("tx", "ty", "tz", "qx", "qy", "qz", "qw")]
    gravity = [f"gravity_{axis}_world" for axis in "xyz"]
    # The device's z looks along the world's x (a quarter turn about y); its x points down (a roll about z).
    walk = [[at * 1_000_000, 1, 1.6, -at / 10, *LOOKING_ALONG_X, 0, -9.81, 0] for at in (10, 11)]
    table(folder / "aria_trajectory.csv", ["tracking_timestamp_us", *names, *gravity], walk)
    edges = ["x_min[pixel]", "x_max[pixel]", "y_min[pixel]", "y_max[pixel]", "visibility_ratio[%]"]
    seen = [
        ["214-1", 2, 10_000_000_000, 100, 200, 300, 400, 0.75],
        ["1201-1", 2, 11_000_000_000, 10, 20, 30, 40, 0.5],
        ["214-1", 1, 15_000_000_000, 1, 2, 3, 4, 1],
    ]
    table(folder / "2d_bounding_box.csv", ["stream_id", "object_uid", "timestamp[ns]", *edges], seen)
    if calibrated:
        place = {"Translation": [0, 0, 0.1], "UnitQuaternion": [1, [0, 0, 0]]}
        text = json.dumps(
            {"CameraCalibrations": [{"Label": "camera-rgb", "T_Device_Camera": place}]}
        ).encode()
        (folder / "video.vrs").write_bytes(
            b"VRS\0calib_json" + struct.pack("<I", len(text)) + text + b"\xff" * 9
        )
    return folder


def _looking_along_x() -> list[float]:
    """x y z w of the turn whose columns are down, across and along the world's x, y up."""
    ahead, down = np.array([1.0, 0, 0]), np.array([0.0, -1, 0])
    columns = np.stack([down, np.cross(ahead, down), ahead], axis=1)
    w = np.sqrt(1 + np.trace(columns)) / 2
    parts = np.array(
        [columns[2, 1] - columns[1, 2], columns[0, 2] - columns[2, 0], columns[1, 0] - columns[0, 1]]
    )
    return [*(parts / (4 * w)).tolist(), float(w)]


LOOKING_ALONG_X = _looking_along_x()


def table(path: pathlib.Path, heading: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([heading, *rows])
