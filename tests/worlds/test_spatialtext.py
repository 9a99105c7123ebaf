"""SpatialText's development questions come out right, by its words and by its coordinates alike."""

import json

import pytest

from allocentric.errors import BadInput
from allocentric.query.ask import ask
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Undetermined
from allocentric.worlds.read import read, scene_ids
from allocentric.worlds.readers.stories.spatialtext import SpatialTextRecord, spatialtext_records
from allocentric.worlds.readers.stories.story import read_story
from tests.real_data import folder

THREE_AXES = (
    "在区块0中，有一个红球、一个蓝球。在区块1中，有一个白球。其中红球位于蓝球的左上前；白球位于红球的左后。"
)


def record(**changed: object) -> SpatialTextRecord:
    objects = [
        {"name": name, "coordinate": at, "block": block}
        for name, at, block in (("甲", [0, 5, 1], 0), ("乙", [2, 3, 1], 0), ("丙", [4, 9, 7], 1))
    ]
    made = {"id": "made", "scene": {"objects": objects, "desc": changed}, "questions": [], "description": ""}
    return spatialtext_records(json.dumps([made]).encode())[0]


def relation(scene: Scene, thing: str, to: str, axis: str) -> str:
    asked = ask(scene, f'relation(the("{thing}"), the("{to}"), world(), axis="{axis}")')
    return "open" if isinstance(asked.result, Undetermined) else asked.text


def test_three_axes_are_read() -> None:
    scene = read_story(THREE_AXES)
    assert scene.space == "solid"
    said = [relation(scene, "红球", "蓝球", axis) for axis in ("right", "up", "forward")]
    assert said == ["left", "above", "in front"]
    assert relation(scene, "白球", "蓝球", "right") == "left"
    assert relation(scene, "白球", "蓝球", "forward") == "open"
    assert ask(scene, 'inside(the("红球"), the("区块0"))').text == "yes"


def test_a_breakpoint_leaves_open_what_lies_across_it() -> None:
    whole, broken = record().ordered(), record(breakpoints_x=[2]).ordered()
    assert relation(whole, "甲", "丙", "right") == "left"
    assert relation(broken, "甲", "丙", "right") == "open"
    assert relation(broken, "乙", "丙", "right") == "open"  # low <= b
    assert relation(broken, "甲", "乙", "right") == "left"  # b < high does not hold
    assert relation(broken, "甲", "丙", "up") == "below"
    assert relation(whole, "甲", "乙", "forward") == "overlapping"  # they stand level


def test_real_records_are_scenes_of_their_file() -> None:
    path = folder("spatialtext") / "data_2D.json"
    assert len(scene_ids(path)) == 20
    scene = read(f"{path}#Spatial_0")
    assert len([kind for kind in scene.kinds if kind == "region"]) == 2
    assert scene.space == "page"


@pytest.mark.parametrize(
    "sentence",
    [
        "红球不位于蓝球的左上",
        "红球位于蓝球的左右",
        "红球或白球位于蓝球的左侧",
        "红球喜欢蓝球",
        "在区块0中，没有一个红球",
    ],
)
def test_a_sentence_that_is_not_understood_is_refused(sentence: str) -> None:
    with pytest.raises(BadInput):
        read_story(sentence)
