"""ConceptGraphs' objects: places are known, extents only between bounds, for the axes are left out."""

import math
import pathlib
from typing import Any

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.worlds.read import read
from tests.worlds.layouts import put


def told() -> dict[str, dict[str, Any]]:
    return {
        "object_1": {
            "id": 0,
            "object_tag": "wooden_table",
            "object_caption": "a table",
            "bbox_extent": [3.0, 4.0, 0.0],
            "bbox_center": [1, 2, 0.5],
            "bbox_volume": 0.0,
        },
        "object_2": {
            "id": 1,
            "object_tag": ["mug"],
            "bbox_extent": [0.1, 0.1, 0.2],
            "bbox_center": [1, 2, 1],
        },
        "object_3": {"id": 2, "object_tag": "invalid", "bbox_extent": [1, 1, 1], "bbox_center": [0, 0, 0]},
    }


def test_places_are_known_and_extents_bounded(tmp_path: pathlib.Path) -> None:
    scene = read(put(tmp_path / "obj_json_room.json", told()))
    assert (scene.source.format, scene.labels, scene.source.warnings) == (
        "conceptgraphs",
        ("wooden table", "mug"),
        (),
    )
    np.testing.assert_array_equal(scene.centers, [[1, 2, 0.5], [1, 2, 1]])
    # However a box is turned, it reaches at least as far as its least extent and at most as its diagonal.
    np.testing.assert_allclose(scene.sizes[0] + scene.size_slacks[0], 5)
    np.testing.assert_allclose(scene.sizes[1] - scene.size_slacks[1], 0.1)
    np.testing.assert_allclose(scene.sizes[1] + scene.size_slacks[1], math.sqrt(0.06))
    assert [each.bound.low for each in scene.stated] == [0, pytest.approx(0.002)]
    assert "left out as invalid: 1" in scene.source.notes


def test_a_list_is_read_as_well(tmp_path: pathlib.Path) -> None:
    assert len(read(put(tmp_path / "graph.json", list(told().values())))) == 2


def test_what_does_not_fit_is_named(tmp_path: pathlib.Path) -> None:
    objects = told()
    objects["object_2"]["bbox_extent"] = [1, -1, 1]
    with pytest.raises(BadInput, match=r"object 1 \(mug\) has the extents \[1\.0, -1\.0, 1\.0\]"):
        read(put(tmp_path / "a.json", objects))
    objects["object_2"] |= {"bbox_extent": [1, 1, 1], "bbox_volume": 2}
    (warning,) = read(put(tmp_path / "a.json", objects)).source.warnings
    assert warning == "bbox_volume of 1 objects is not that of their extents, first 'mug'"
    objects["object_2"]["bbox_center"] = [1, 2]
    with pytest.raises(BadInput, match="length 3"):
        read(put(tmp_path / "a.json", objects))
