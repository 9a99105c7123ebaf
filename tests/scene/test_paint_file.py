"""Paint in the scene file: back bit for bit, each picture once; what does not fit is named."""

import json
from typing import Any, Final

import jsonschema
import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.geometry.meshes import Mesh, box_mesh
from allocentric.geometry.paint import Paint, plain_paint
from allocentric.scene.file import from_json, json_schema, to_json
from allocentric.scene.scene import Scene, Thing, derived, scene_of

RANDOM: Final = np.random.default_rng(5)
PICTURE: Final = RANDOM.integers(0, 256, (9, 7, 3), dtype=np.uint8)
BOX: Final = box_mesh(np.ones(3))
LAID: Final = Mesh(
    BOX.vertices_m,
    BOX.faces,
    Paint(RANDOM.random((12, 3, 3)), RANDOM.integers(-1, 1, 12), RANDOM.normal(size=(12, 3, 2)), (PICTURE,)),
)
PLAIN: Final = Mesh(BOX.vertices_m, BOX.faces, plain_paint(RANDOM.random((1, 1, 3)), 12))


def painted() -> Scene:
    """A scene of four boxes: two of one picture, one plain, one without paint; and its parent."""
    meshes = (LAID, PLAIN, BOX, LAID.moved(np.eye(3), np.ones(3)))
    scene = scene_of("s", [Thing(label="box", size=(1, 1, 1), shape=each) for each in meshes])
    return derived(scene, "the same")


def test_paint_comes_back_bit_for_bit_and_each_picture_is_written_once() -> None:
    scene = painted()
    text = to_json(scene)
    assert len(json.loads(text)["pictures"]) == 1
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(text))
    back = from_json(text)
    for mine, theirs in zip(scene.shapes, back.shapes):
        assert isinstance(mine, Mesh)
        assert isinstance(theirs, Mesh)
        if mine.paint is None:
            assert theirs.paint is None
            continue
        assert theirs.paint is not None
        for name in ("colours", "picture", "uv"):
            np.testing.assert_array_equal(getattr(theirs.paint, name), getattr(mine.paint, name))
        for one, other in zip(mine.paint.pictures, theirs.paint.pictures, strict=True):
            np.testing.assert_array_equal(one, other)
    assert to_json(back) == text


def broken(path: list[Any], value: Any) -> bytes:
    """The text of the scene with one value changed."""
    text = json.loads(to_json(painted()))
    inner = text
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(text).encode()


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (["pictures", 0], "AAAA", "picture cannot be decoded"),
        (["pictures", 0], "***", "picture cannot be decoded"),
        (["meshes", 0, "paint", "pictures"], [3], "picture 3 is spoken of; there are 1"),
        (["meshes", 0, "paint", "picture"], [0, 0], "12 whole numbers belong here"),
        (["meshes", 0, "paint", "picture"], [7] * 12, "names picture 7"),
        (
            ["meshes", 1, "paint", "colours"],
            [[[1, 1, 1]], [[1, 1, 1]]],
            "2 x 1 colours are told for 12 faces",
        ),
    ],
)
def test_paint_that_does_not_fit_is_named(path: list[Any], value: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        from_json(broken(path, value))
