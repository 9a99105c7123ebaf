"""Networks' weights and the numbers that came with them, read from a folder or from the hub.

Nothing is fetched unless a source says `hub:`. Weights are read as safetensors, which hold numbers only; a
pickle can run any code and is refused unless it is asked for. No code that comes with weights is ever run.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from allocentric.errors import BadInput

HUB: Final = "hub:"
DType = Literal["float32", "float16", "bfloat16"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Which network, and how to run it.

    `source` is a folder with `config.json`, `model.safetensors` and the processor's files, or
    `hub:OWNER/NAME` (at `revision`, a branch, tag or commit). `device` is torch's name of one: "cpu",
    "cuda:0". `pickled` says that weights in pickles may be read, by torch's reader of mere tensors.
    """

    source: str | Path
    device: str = "cpu"
    dtype: DType = "float32"
    pickled: bool = False
    revision: str | None = None

    @property
    def fetched(self) -> bool:
        """True where the source is on the hub."""
        return str(self.source).startswith(HUB)

    @property
    def place(self) -> str:
        """The folder, or the hub's OWNER/NAME."""
        return str(self.source).removeprefix(HUB)

    @property
    def reading(self) -> dict[str, Any]:
        """What every reader of transformers is told."""
        told: dict[str, Any] = {"local_files_only": not self.fetched, "trust_remote_code": False}
        return told if self.revision is None else told | {"revision": self.revision}


def libraries() -> tuple[Any, Any]:
    """The modules torch and transformers; raises BadInput that names the extra where one is missing."""
    try:
        import torch  # noqa: PLC0415 (seconds and 700 MB, and only networks need it)
        import transformers  # noqa: PLC0415
    except ImportError as error:
        what = f"networks need {error.name}, which is not installed"
        raise BadInput(what, where="perception.adapters", mend="pip install 'allocentric[models]'") from None
    return torch, transformers


def kind_of(weights: Weights, known: Sequence[str]) -> str:
    """The kind of network (`model_type`) that a source holds, one of `known`; raises BadInput for others."""
    _check_folder(weights)
    _, transformers = libraries()
    with readable(weights, "config.json"):
        config, _ = transformers.PretrainedConfig.get_config_dict(weights.place, **weights.reading)
        kind = str(config.get("model_type", "none"))
    if kind not in known:
        what = f"this is a network of kind {kind!r}, which is not read here"
        raise BadInput(what, where=_where(weights), mend=f"name weights of kind {', '.join(known)}")
    return kind


def load_network(weights: Weights, network_class: Any) -> Any:
    """The network, ready to run: all of its weights read, on its device, in its dtype, not training.

    Raises BadInput where a file is missing or broken, where weights are pickled and that was not asked for,
    and where the weights leave out a part of the network, which would then run on random numbers.
    """
    torch, _ = libraries()
    with readable(weights, "the weights"):
        network, found = network_class.from_pretrained(
            weights.place,
            dtype=getattr(torch, weights.dtype),
            use_safetensors=None if weights.pickled else True,
            output_loading_info=True,
            **weights.reading,
        )
        network = network.to(weights.device).eval().requires_grad_(False)
    if missing := sorted(found["missing_keys"]):
        what = f"the weights leave out {len(missing)} parts of the network, such as {missing[0]}"
        raise BadInput(what, where=_where(weights), mend="get the whole set of weights again")
    return network


def load_processor(weights: Weights, processor_class: Any) -> Any:
    """A tokenizer or an image processor of transformers; raises BadInput where it cannot be read."""
    with readable(weights, f"the files of {processor_class.__name__}"):
        return processor_class.from_pretrained(weights.place, **weights.reading)


def picture_numbers(weights: Weights) -> dict[str, Any]:
    """What the source says of how pictures are to be prepared: size, mean, spread; raises BadInput."""
    _, transformers = libraries()
    with readable(weights, "preprocessor_config.json"):
        numbers, _ = transformers.ImageProcessingMixin.get_image_processor_dict(
            weights.place, local_files_only=not weights.fetched, revision=weights.revision
        )
    return dict(numbers)


@contextmanager
def readable(weights: Weights, part: str) -> Iterator[None]:
    """Turn what a library raises while it reads a part of a source into a BadInput that names both."""
    from safetensors import SafetensorError  # noqa: PLC0415 (comes with transformers)

    broken = (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, ImportError)
    try:
        yield
    except pickle.UnpicklingError:
        what = f"{part} cannot be read: the pickle holds more than tensors"
        raise BadInput(what, where=_where(weights), mend="get model.safetensors") from None
    except (*broken, SafetensorError, json.JSONDecodeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        what = f"{part} cannot be read: {reason}"
        mend = "give a folder as save_pretrained writes it, or hub:OWNER/NAME"
        raise BadInput(what, where=_where(weights), mend=mend) from None


def _check_folder(weights: Weights) -> None:
    """Raise BadInput where a source that is not on the hub is no folder of a network."""
    if weights.fetched:
        return
    folder = Path(weights.place)
    if not folder.is_dir():
        what = "there is no such folder of weights"
        raise BadInput(what, where=str(folder), mend="give the folder, or hub:OWNER/NAME to fetch them")
    if not (folder / "config.json").is_file():
        what = "the folder has no config.json, so it holds no network"
        raise BadInput(what, where=str(folder), mend="give the folder that save_pretrained wrote")
    if not any(folder.glob("*.safetensors")) and not weights.pickled:
        pickles = [*folder.glob("*.bin"), *folder.glob("*.pt"), *folder.glob("*.pth")]
        what = "the weights are pickled, and a pickle can run any code" if pickles else "it holds no weights"
        mend = "get model.safetensors" + (", or say pickled=True if you trust the maker" if pickles else "")
        raise BadInput(what, where=str(folder), mend=mend)


def _where(weights: Weights) -> str:
    return f"{HUB}{weights.place}" if weights.fetched else weights.place
