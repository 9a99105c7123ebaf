"""Colours and textures of mesh files: what their own writers put in is what a picture of them shows."""

import pathlib
from typing import Any, Final

import numpy as np
import pytest
import trimesh
from PIL import Image
from trimesh.visual import material as materials
from trimesh.visual import texture as textures

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.paint import Paint, light_on, linear_light
from allocentric.scene.scene import Scene
from allocentric.views.render import render
from allocentric.worlds.read import read
from tests import real_data
from tests.views.looking import down, level

CHECKER: Final = np.array([[[200, 0, 30], [0, 250, 7]], [[1, 2, 3], [255, 128, 64]]], dtype=np.uint8)
CORNERS: Final = np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
FACES: Final = np.array([[0, 1, 2], [0, 2, 3]])
PLACES: Final = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])  # on the picture, from its lower left corner
TWO: Final = Pinhole(2, 2, 2.0, 2.0, 1.0, 1.0)
PBRMaterial: Any = materials.PBRMaterial  # which have no types
SimpleMaterial: Any = materials.SimpleMaterial
TextureVisuals: Any = textures.TextureVisuals
MATERIALS: Final = "newmtl skin\nKd 0.1 0.1 0.1\nmap_Kd -s 1 1 1 skin.png\nnewmtl red\nKd 1 0 0\n"
OBJ: Final = """mtllib room.mtl
o Poster
v -1 -1 0
v 1 -1 0
v 1 1 0
v -1 1 0
vt 0 0
vt 1 0
vt 1 1
vt 0 1
usemtl skin
f 1/1 2/2 3/3 4/4
o Ball
v 0 0 5
v 1 0 5
v 0 1 5
usemtl red
f -3 -2 -1
"""


def paint(scene: Scene, row: int = 0) -> Paint:
    """The paint of a thing."""
    shape = scene.shapes[row]
    assert isinstance(shape, Mesh)
    assert shape.paint is not None
    return shape.paint


def sheet(visual: Any) -> Any:
    """A square of 2 by 2 about the origin as trimesh has it."""
    return trimesh.Trimesh(CORNERS, FACES, visual=visual, process=False)


def written(path: pathlib.Path, *parts: Any) -> pathlib.Path:
    """A file of these meshes, in the format of its suffix."""
    scene: Any = trimesh.Scene()
    for number, part in enumerate(parts):
        scene.add_geometry(part, node_name=f"Sheet_{number}")
    path.write_bytes(scene.export(file_type=path.suffix[1:]))
    return path


def test_the_texture_of_a_glb_is_seen_pixel_by_pixel(tmp_path: pathlib.Path) -> None:
    material = PBRMaterial(baseColorTexture=Image.fromarray(CHECKER))
    scene = read(written(tmp_path / "a.glb", sheet(TextureVisuals(PLACES, material=material))))
    # y up becomes z up: the sheet stands, and is seen along y, its x to the right.
    picture = render(scene, level((0, -2, 0), 90, camera=TWO), light=None)
    np.testing.assert_array_equal(picture.colour, CHECKER)
    assert not scene.source.warnings


def test_base_colours_of_a_glb_are_light_and_multiply_its_texture(tmp_path: pathlib.Path) -> None:
    factor = np.array([255, 51, 0, 255], dtype=np.uint8)
    plain = sheet(TextureVisuals(PLACES, material=PBRMaterial(baseColorFactor=factor)))
    both = PBRMaterial(baseColorFactor=factor, baseColorTexture=Image.fromarray(CHECKER))
    scene = read(written(tmp_path / "a.glb", plain, sheet(TextureVisuals(PLACES, material=both))))
    weights = np.array([[0.25, 0.5, 0.25]])  # the middle of the lower right pixel
    np.testing.assert_allclose(light_on(paint(scene), np.array([0]), weights)[0], [1, 0.2, 0])
    want = linear_light(CHECKER[1, 1]) * [1, 0.2, 0]
    np.testing.assert_allclose(light_on(paint(scene, 1), np.array([0]), weights)[0], want, atol=1e-12)


def test_colours_of_vertices_are_srgb_in_a_ply(tmp_path: pathlib.Path) -> None:
    mesh: Any = trimesh.Trimesh(CORNERS, FACES, process=False)
    mesh.visual.vertex_colors = np.array(
        [[188, 0, 0, 255], [0, 188, 0, 255], [0, 0, 188, 255], [9, 9, 9, 255]]
    )
    (tmp_path / "a.ply").write_bytes(mesh.export(file_type="ply"))
    found = light_on(paint(read(tmp_path / "a.ply")), np.array([0]), np.array([[1.0, 0, 0]]))[0]
    np.testing.assert_allclose(found, linear_light(np.array([188, 0, 0], dtype=np.uint8)))


def test_the_primitives_of_a_node_are_one_thing_each_part_with_its_own_colour(tmp_path: pathlib.Path) -> None:
    path = real_data.folder("habitat_test_dataset") / "urdf/fridge/body.glb"
    scene = read(path)
    assert len(scene) == 1
    found = paint(scene)
    assert (len(found), len(found.pictures)) == (746 + 866 + 40 + 864, 1)
    assert (found.picture == 0).sum() == 746
    greys = light_on(found, np.arange(746 + 866 + 40, len(found)), np.full((864, 3), 1 / 3))
    np.testing.assert_allclose(greys, 128 / 255)


def test_a_real_chair_shows_the_leather_and_steel_of_its_texture() -> None:
    scene = read(real_data.folder("habitat_test_dataset") / "objects/chair.glb")
    picture = render(scene, level((0.0, -1.5, 0.4), 90), light=None)
    seen = picture.colour[picture.instance == 0].astype(int)
    brown = (seen[:, 0] > seen[:, 2] + 40).mean()
    assert 0.5 < brown < 0.98
    assert [158, 109, 69] in seen.tolist()


def test_materials_of_an_obj_are_its_objects_colours_and_pictures(tmp_path: pathlib.Path) -> None:
    (tmp_path / "room.obj").write_text(OBJ)
    (tmp_path / "room.mtl").write_text(MATERIALS)
    Image.fromarray(CHECKER).save(tmp_path / "skin.png")
    scene = read(tmp_path / "room.obj")
    picture = render(scene, down((0, 0, 2), camera=TWO), light=None)
    np.testing.assert_array_equal(picture.colour, CHECKER)
    assert light_on(paint(scene, 1), np.array([0]), np.full((1, 3), 1 / 3)).tolist() == [[1, 0, 0]]
    assert not scene.source.warnings


def test_colours_behind_the_vertices_of_an_obj_are_seen(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a.obj").write_text("v 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 0 1 0 0 0 1\nf 1 2 3\n")
    found = light_on(paint(read(tmp_path / "a.obj")), np.array([0]), np.array([[0.5, 0.25, 0.25]]))
    assert found.tolist() == [[0.5, 0.25, 0.25]]


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("room.mtl", "the material library room.mtl cannot be read: colours are plain"),
        ("skin.png", "the texture skin.png cannot be read: its colour is plain"),
    ],
)
def test_what_an_obj_names_and_is_not_there_is_told(tmp_path: pathlib.Path, missing: str, says: str) -> None:
    (tmp_path / "room.obj").write_text(OBJ)
    (tmp_path / "room.mtl").write_text(MATERIALS)
    Image.fromarray(CHECKER).save(tmp_path / "skin.png")
    (tmp_path / missing).unlink()
    assert says in read(tmp_path / "room.obj").source.warnings


def test_a_torn_texture_in_a_glb_is_named(tmp_path: pathlib.Path) -> None:
    material = PBRMaterial(name="skin", baseColorTexture=Image.fromarray(np.repeat(CHECKER, 90, axis=0)))
    path = written(tmp_path / "a.glb", sheet(TextureVisuals(PLACES, material=material)))
    data = path.read_bytes()
    start = data.index(b"IDAT")
    path.write_bytes(data[:start] + b"\0" * 40 + data[start + 40 :])
    try:
        warnings = read(path).source.warnings
    except BadInput as error:
        warnings = (error.what,)
    assert any("cannot be read" in each for each in warnings)


def test_a_mesh_that_says_nothing_of_colours_has_no_paint(tmp_path: pathlib.Path) -> None:
    shape = read(written(tmp_path / "a.glb", trimesh.creation.box())).shapes[0]
    assert isinstance(shape, Mesh)
    assert shape.paint is None


def test_a_simple_material_s_picture_is_read_from_a_gltf_as_well(tmp_path: pathlib.Path) -> None:
    visual = TextureVisuals(PLACES, material=SimpleMaterial(image=Image.fromarray(CHECKER)))
    scene = read(written(tmp_path / "a.glb", sheet(visual)))
    np.testing.assert_array_equal(paint(scene).pictures[0], CHECKER)
