import json
import pathlib
import struct
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import trimesh

from allocentric.errors import BadInput
from allocentric.geometry.frames import Z_UP_FROM_Y_UP, rotation_about_up
from allocentric.geometry.meshes import Mesh
from allocentric.worlds.read import read

OBJ = """
o Chair_01
v 0 0 0
v 1 0 0
v 1 1 0
v 0 1 0
f 1/1 2/2 3/3 4/4
o Table
v 0 0 1
v 2 0 1
v 0 3 2
f -3 -2 -1
"""


def exported(path: pathlib.Path, matrix: np.ndarray) -> pathlib.Path:
    """A GLB of one box, 1 wide, 2 tall, 3 deep, under this matrix."""
    scene: Any = trimesh.Scene()
    scene.add_geometry(trimesh.creation.box(extents=[1, 2, 3]), node_name="Chair_01", transform=matrix)
    path.write_bytes(scene.export(file_type="glb"))
    return path


def test_a_gltf_is_turned_from_y_up_to_z_up(tmp_path: pathlib.Path) -> None:
    matrix = np.eye(4)
    matrix[:3, 3] = [10, 20, 30]
    scene = read(exported(tmp_path / "room.glb", matrix))
    assert (scene.names, scene.labels) == (("Chair_01",), ("chair",))
    np.testing.assert_allclose(scene.centers, [[10, -30, 20]])
    np.testing.assert_allclose(scene.sizes, [[1, 3, 2]])
    shape = scene.shapes[0]
    assert isinstance(shape, Mesh)
    np.testing.assert_allclose(shape.bounds_m(), [[9.5, -31.5, 19], [10.5, -28.5, 21]])
    assert scene.source.notes[0] == "y up, turned to z up"


def test_a_turned_and_scaled_node_has_a_box_along_its_own_axes(tmp_path: pathlib.Path) -> None:
    turn = rotation_about_up(0.5)
    matrix = np.eye(4)
    matrix[:3, :3] = Z_UP_FROM_Y_UP.T @ turn @ Z_UP_FROM_Y_UP @ np.diag([2, 3, -4])
    scene = read(exported(tmp_path / "room.glb", matrix))
    np.testing.assert_allclose(scene.sizes, [[2, 12, 6]], atol=1e-6)
    agree = np.abs(turn.T @ scene.rotations[0])
    np.testing.assert_allclose(agree, np.eye(3), atol=1e-6)
    assert np.linalg.det(scene.rotations[0]) == pytest.approx(1)


def test_a_skewed_node_has_a_box_along_the_worlds_axes_and_a_note(tmp_path: pathlib.Path) -> None:
    matrix = np.eye(4)
    matrix[0, 1] = 0.5
    scene = read(exported(tmp_path / "room.glb", matrix))
    assert (scene.rotations[0] == np.eye(3)).all()
    np.testing.assert_allclose(scene.sizes, [[2, 3, 2]])
    assert "nodes that are skewed, with boxes along the world's axes: 1" in scene.source.notes


def test_the_objects_of_an_obj_are_things(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.obj").write_text(OBJ)
    scene = read(tmp_path / "room.obj")
    assert (scene.names, scene.labels) == (("Chair_01", "Table"), ("chair", "table"))
    np.testing.assert_allclose(scene.sizes, [[1, 1, 0], [2, 3, 1]])
    chair = scene.shapes[0]
    assert isinstance(chair, Mesh)
    assert chair.faces.shape == (2, 3)
    assert "taken to be z up" in scene.source.notes[0]


def test_a_ply_is_one_thing_called_after_the_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "Sofa_2.ply").write_bytes(trimesh.creation.box(extents=[1, 2, 3]).export(file_type="ply"))
    scene = read(tmp_path / "Sofa_2.ply")
    assert (scene.names, scene.labels, scene.sizes.tolist()) == (("Sofa_2",), ("sofa",), [[1, 2, 3]])


def test_a_gltf_with_its_buffer_beside_it_is_read(tmp_path: pathlib.Path) -> None:
    box: Any = trimesh.Scene(trimesh.creation.box(extents=[1, 2, 3]))
    for name, data in box.export(file_type="gltf").items():
        (tmp_path / name).write_bytes(data)
    assert read(tmp_path / "model.gltf").sizes.tolist() == [[1, 3, 2]]


def gltf(text: bytes) -> bytes:
    return struct.pack("<4sIIII", b"glTF", 2, 20 + len(text), len(text), 0x4E4F534A) + text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.glb", b"glTF"),
        ("a.glb", b"glTF" + b"\xff" * 60),
        ("a.glb", gltf(b'{"asset": {')),
        ("a.glb", gltf(b'{"asset": {"version": "2.0"}}')),
        (
            "a.glb",
            gltf(b'{"meshes": [{"primitives": [{"attributes": {"POSITION": 7}}]}], "nodes": [{"mesh": 0}]}'),
        ),
        ("a.glb", gltf(b"[" * 100_000)),
        (
            "a.gltf",
            b'{"asset": {"version": "2.0"}, "meshes": [], "buffers": [{"uri": "gone.bin", "byteLength": 4}]}',
        ),
        ("a.ply", b"ply\n"),
        ("a.ply", b"ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nend_header\n"),
        (
            "a.ply",
            b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float y\nproperty float z\n"
            b"end_header\n0 0 0\n",
        ),
        ("a.obj", b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\n"),
        ("a.obj", b"v 0 0 0\nf 1 2 three\n"),
        ("a.obj", b"v 0 0 nan\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"),
        ("a.obj", b"v 0 0 0\n"),
    ],
)
def test_a_broken_mesh_is_refused(name: str, data: bytes, tmp_path: pathlib.Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=r"cannot be read|no node has a face"):
        read(tmp_path / name)


BARE = """
import json, sys
for name in ("scipy", "networkx", "rtree"):
    sys.modules[name] = None
from allocentric.worlds.read import read
print(json.dumps([read(path).names for path in sys.argv[1:]]))
"""


def test_meshes_are_read_where_only_the_core_is_installed(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.obj").write_text(OBJ)
    (tmp_path / "sofa.ply").write_bytes(trimesh.creation.box().export(file_type="ply"))
    paths = [exported(tmp_path / "a.glb", np.eye(4)), tmp_path / "room.obj", tmp_path / "sofa.ply"]
    told = subprocess.run([sys.executable, "-c", BARE, *paths], capture_output=True, text=True, check=True)
    assert json.loads(told.stdout) == [["Chair_01"], ["Chair_01", "Table"], ["sofa"]]
