"""Weights: numbers only, all of them, from where one said; else three lines on what is wrong."""

import builtins
import json
import pathlib
import pickle
import shutil
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

pytest.importorskip("transformers")
pytest.importorskip("torch")

import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from allocentric.errors import BadInput
from allocentric.perception.adapters.depth import load_depth_estimator
from allocentric.perception.adapters.detection import load_detector
from allocentric.perception.adapters.found import Detection2D
from allocentric.perception.adapters.pictures import read_picture
from allocentric.perception.adapters.weights import Weights
from tests.perception import tiny_networks as tiny


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tiny.saved(tmp_path_factory.mktemp("whole"), tiny.depth_anything)


@pytest.fixture
def folder(whole: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """A copy to break."""
    return pathlib.Path(shutil.copytree(whole, tmp_path / "weights"))


def no_folder(folder: pathlib.Path) -> None:
    shutil.rmtree(folder)


def no_config(folder: pathlib.Path) -> None:
    (folder / "config.json").unlink()


def no_weights(folder: pathlib.Path) -> None:
    (folder / "model.safetensors").unlink()


def only_pickled(folder: pathlib.Path) -> None:
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    no_weights(folder)


def cut_off(folder: pathlib.Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[: len(whole) // 2])


def a_part_left_out(folder: pathlib.Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    del tensors["head.conv1.weight"]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def another_shape(folder: pathlib.Path) -> None:
    tensors = load_file(folder / "model.safetensors")
    tensors["head.conv1.weight"] = torch.zeros(3, 3)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def another_kind(folder: pathlib.Path) -> None:
    changed(folder, model_type="bert")


def no_kind_at_all(folder: pathlib.Path) -> None:
    (folder / "config.json").write_text("{}", encoding="utf-8")


def no_json(folder: pathlib.Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")


def no_processor(folder: pathlib.Path) -> None:
    (folder / "preprocessor_config.json").unlink()


def changed(folder: pathlib.Path, **entries: Any) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | entries), encoding="utf-8")


BROKEN = [
    (no_folder, "there is no such folder of weights"),
    (no_config, "has no config.json"),
    (no_weights, "holds no weights"),
    (only_pickled, "a pickle can run any code"),
    (cut_off, "the weights cannot be read"),
    (a_part_left_out, "leave out 1 parts of the network, such as head.conv1.weight"),
    (another_shape, "the weights cannot be read"),
    (another_kind, "kind 'bert', which is not read here"),
    (no_kind_at_all, "kind 'none', which is not read here"),
    (no_json, "config.json cannot be read"),
    (no_processor, "the files of DPTImageProcessorPil cannot be read"),
]


@pytest.mark.parametrize(("spoil", "said"), BROKEN, ids=[each.__name__ for each, _ in BROKEN])
def test_a_folder_that_holds_no_whole_network_is_refused_in_three_lines(
    spoil: Callable[[pathlib.Path], None], said: str, folder: pathlib.Path
) -> None:
    spoil(folder)
    with pytest.raises(BadInput) as refused:
        load_depth_estimator(Weights(folder))
    assert said in refused.value.what
    assert refused.value.where == str(folder)
    assert len(str(refused.value).splitlines()) == 3


def test_pickled_weights_are_read_when_asked_for(folder: pathlib.Path, whole: pathlib.Path) -> None:
    only_pickled(folder)
    picture = np.random.default_rng(5).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    (first,) = load_depth_estimator(Weights(folder, pickled=True)).estimate([picture])
    (second,) = load_depth_estimator(Weights(whole)).estimate([picture])
    assert np.array_equal(first.depth_m, second.depth_m, equal_nan=True)


class Trap:
    """What runs when it is unpickled."""

    def __reduce__(self) -> Any:
        return builtins.exec, ("raise SystemExit('the trap sprang')",)


def test_a_pickle_that_would_run_code_does_not_even_where_pickles_are_asked_for(
    folder: pathlib.Path,
) -> None:
    no_weights(folder)
    torch.save({"head.conv1.weight": Trap()}, folder / "pytorch_model.bin")
    with pytest.raises(BadInput, match="the weights cannot be read"):
        load_depth_estimator(Weights(folder, pickled=True))
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(), protocol=2))
    with pytest.raises(BadInput, match="the weights cannot be read"):
        load_depth_estimator(Weights(folder, pickled=True))


def test_code_that_comes_with_weights_is_not_run(folder: pathlib.Path) -> None:
    (folder / "evil.py").write_text("raise SystemExit('it ran')", encoding="utf-8")
    changed(folder, auto_map={"AutoConfig": "evil.Config", "AutoModel": "evil.Model"})
    assert load_depth_estimator(Weights(folder)).kind == "depth_anything"


def test_a_folder_is_never_taken_for_a_name_on_the_hub() -> None:
    with pytest.raises(BadInput, match="there is no such folder"):
        load_detector(Weights("google/owlv2-base-patch16"))
    assert Weights("hub:google/owlv2-base-patch16").reading["local_files_only"] is False
    assert Weights("google/owlv2-base-patch16").reading["local_files_only"] is True


def test_what_cannot_be_fetched_is_said_in_three_lines() -> None:
    with pytest.raises(BadInput) as refused:  # the hub is switched off
        load_detector(Weights("hub:google/owlv2-base-patch16"))
    assert refused.value.where == "hub:google/owlv2-base-patch16"
    assert len(str(refused.value).splitlines()) == 3


def test_a_missing_library_names_the_extra(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(BadInput, match="transformers, which is not installed") as refused:
        load_depth_estimator(Weights(folder))
    assert refused.value.mend == "pip install 'allocentric[models]'"


def test_a_picture_is_read_as_its_file_stores_it(tmp_path: pathlib.Path) -> None:
    grey = np.arange(12, dtype=np.uint8).reshape(3, 4)
    Image.fromarray(grey).save(tmp_path / "grey.png")
    assert np.array_equal(read_picture(tmp_path / "grey.png"), np.repeat(grey[..., None], 3, axis=2))
    (tmp_path / "none.png").write_bytes(b"no picture")
    with pytest.raises(BadInput, match="the picture cannot be read"):
        read_picture(tmp_path / "none.png")


def test_a_detection_without_an_inside_or_a_true_score_is_refused() -> None:
    with pytest.raises(BadInput, match="has no inside"):
        Detection2D("chair", 0.5, (3.0, 0.0, 3.0, 5.0))
    with pytest.raises(BadInput, match=r"a score of 1\.5"):
        Detection2D("chair", 1.5, (0.0, 0.0, 3.0, 5.0))
