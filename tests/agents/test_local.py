"""Models on this machine: pictures stand in their places among the words; the same prompt says the same."""

import asyncio
import dataclasses
import pathlib
import sys

import numpy as np
import pytest
from PIL import Image

from allocentric.agents.answerer import Buys
from allocentric.agents.chat import Generation
from allocentric.agents.local import Local, load_local
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Picture, Prompt
from allocentric.errors import BadInput
from tests.agents import tiny_models as tiny


@pytest.fixture(scope="module", params=["qwen2_5_vl", "qwen3_vl"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tiny.qwen(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def model(folder: pathlib.Path) -> Local:
    return load_local(folder, Generation(max_tokens=6))


def prompt(folder: pathlib.Path) -> Prompt:
    names = []
    for name, size in (("a", (60, 40)), ("b", (100, 100))):
        pixels = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{name}.png")
        names.append(Picture(str(folder / f"{name}.png")))
    parts = ("First:", names[0], "then:", names[1], "How many?")
    return Prompt("1", parts, Expected("count"), system="Brief.")


def test_a_model_answers_with_pictures_and_without(model: Local, tmp_path: pathlib.Path) -> None:
    asked = prompt(tmp_path)
    told = asyncio.run(model.answer(asked, seed=0))
    assert (told.state, told.model) == ("answered", model.model)
    assert told.usage.prompt_tokens == model.inputs(asked)["input_ids"].shape[1]
    assert 1 <= told.usage.reply_tokens <= 6
    words = dataclasses.replace(asked, parts=("How many?",))
    assert asyncio.run(model.answer(words, seed=0)).state == "answered"


def test_each_picture_of_a_cell_of_a_table_has_its_own_place(model: Local, tmp_path: pathlib.Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    alone = prompt(tmp_path)
    cell = [{"bytes": pathlib.Path(each.path).read_bytes(), "path": None} for each in alone.pictures]
    parquet.write_table(pyarrow.table({"image": [cell]}), tmp_path / "t.parquet")
    first, second = alone.pictures
    apart = dataclasses.replace(alone, parts=(first, second, "How many?"))
    held = dataclasses.replace(alone, parts=(Picture(f"{tmp_path}/t.parquet#1/image"), "How many?"))
    inputs, same = model.inputs(held), model.inputs(apart)
    assert inputs["image_grid_thw"].shape[0] == 2
    assert inputs["input_ids"].tolist() == same["input_ids"].tolist()
    assert bool((inputs["pixel_values"] == same["pixel_values"]).all())


def test_the_same_prompt_says_the_same_and_other_pictures_count(model: Local, tmp_path: pathlib.Path) -> None:
    asked = prompt(tmp_path)
    assert model.reply(asked, 0).reply == model.reply(asked, 1).reply
    ids = model.inputs(asked)["input_ids"][0].tolist()
    per_picture = [int(each.prod()) // 4 for each in model.inputs(asked)["image_grid_thw"]]
    pad = model.tokenizer.convert_tokens_to_ids("<|image_pad|>")
    runs = "".join("p" if each == pad else "." for each in ids).split(".")
    assert [len(each) for each in runs if each] == per_picture
    said = model.tokenizer.decode(ids)
    assert said.index("Brief.") < said.index("First:") < said.index("then:") < said.index("How many?")


def test_a_reply_by_chance_hangs_on_the_seed_alone(model: Local, tmp_path: pathlib.Path) -> None:
    warm = dataclasses.replace(model, generation=Generation(temperature=5.0, max_tokens=6))
    asked = dataclasses.replace(prompt(tmp_path), parts=("How many?",))
    assert warm.reply(asked, 1).reply == warm.reply(asked, 1).reply
    assert len({warm.reply(asked, seed).reply for seed in range(4)}) > 1


def test_its_key_holds_for_these_weights_only(model: Local, tmp_path: pathlib.Path) -> None:
    asked = prompt(tmp_path)
    assert isinstance(model, Buys)
    others = (dataclasses.replace(model, stamp="other"), model)
    assert [each.request(asked, seed=0).key == model.request(asked, seed=0).key for each in others] == [
        False,
        True,
    ]


def test_films_are_not_needed_and_so_torchvision_is_not(model: Local) -> None:
    assert "torchvision" not in sys.modules
    assert not hasattr(model.processor, "video_processor")


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_what_cannot_be_read_is_refused_by_name(
    folder: pathlib.Path, tmp_path: pathlib.Path, missing: str
) -> None:
    for each in folder.iterdir():
        if each.name != missing and each.is_file():
            (tmp_path / each.name).write_bytes(each.read_bytes())
    with pytest.raises(BadInput, match=missing.removeprefix("model.").replace("safetensors", "weights")):
        load_local(tmp_path, Generation())


def test_other_kinds_of_network_are_refused(tmp_path: pathlib.Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(BadInput, match="of kind 'bert'"):
        load_local(tmp_path, Generation())
