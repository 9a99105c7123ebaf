"""Vision-language models that run on this machine. They need transformers: `allocentric[models]`."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from allocentric.agents.answerer import Request
from allocentric.agents.chat import Generation, Keys
from allocentric.agents.pictures import parts_of, pixels_of
from allocentric.answers.prompt import Attempt, Picture, Prompt, Usage
from allocentric.perception.adapters.weights import Weights, kind_of, libraries, load_network, load_processor

KINDS: Final = ("qwen2_vl", "qwen2_5_vl", "qwen3_vl")


@dataclass(frozen=True, eq=False, slots=True)
class Local:
    """A model in memory, one prompt at a time. Made by `load_local`."""

    model: str
    weights: Weights
    network: Any
    tokenizer: Any
    processor: Any
    generation: Generation
    stamp: str = ""  # of the files of the weights: others may come to lie in the same folder
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def keys(self) -> Keys:
        """What the keys of its requests are made of."""
        return Keys(f"local {self.weights!r} {self.stamp}", self.model, self.generation)

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        """What the model writes; other work goes on meanwhile."""
        async with self.turn:
            return await asyncio.to_thread(self.reply, prompt, seed)

    def request(self, prompt: Prompt, *, seed: int) -> Request:
        """The prompt with a key that holds for these weights: what took seconds is not done twice."""
        _, key = self.keys.request(prompt, seed=seed)
        return Request(key, lambda: self.answer(prompt, seed=seed))

    def reply(self, prompt: Prompt, seed: int) -> Attempt:
        """What the model writes for a prompt, pictures in their places among the words."""
        torch, _ = libraries()
        start = time.perf_counter()
        inputs = self.inputs(prompt)
        length = int(inputs["input_ids"].shape[1])
        torch.manual_seed(seed)
        with torch.inference_mode():
            written = self.network.generate(**inputs, **self._arguments())[0, length:]
        reply = self.tokenizer.decode(written, skip_special_tokens=True).strip()
        usage = Usage(length, len(written), time.perf_counter() - start, 0.0)
        return Attempt(sample=prompt.id, state="answered", reply=reply, model=self.model, usage=usage)

    def inputs(self, prompt: Prompt) -> Any:
        """The numbers that the network takes for a prompt."""
        parts = list(parts_of(prompt))
        content = [
            {"type": "image"} if isinstance(part, Picture) else {"type": "text", "text": part}
            for part in parts
        ]
        said = [{"role": "system", "content": prompt.system}] if prompt.system else []
        turns = [*said, {"role": "user", "content": content}]
        text = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        side_px = self.generation.most_side_px
        pictures = [pixels_of(each.path, side_px) for each in parts if isinstance(each, Picture)]
        made = self.processor(text=[text], images=pictures or None, return_tensors="pt")
        return made.to(self.weights.device)

    def _arguments(self) -> dict[str, Any]:
        generation = self.generation
        told: dict[str, Any] = {"max_new_tokens": generation.max_tokens or 1024, "do_sample": False}
        if generation.temperature:
            told |= {"do_sample": True, "temperature": generation.temperature, "top_p": generation.top_p}
        return {name: value for name, value in told.items() if value is not None}


def load_local(source: str | Path, generation: Generation, *, device: str = "cpu") -> Local:
    """The model of a folder, or of the hub (`hub:OWNER/NAME`); raises BadInput where it cannot be read."""
    _, transformers = libraries()
    weights = Weights(source, device=device)
    kind = kind_of(weights, KINDS)
    network_class, processor_class = _classes(transformers, kind)
    tokenizer = load_processor(weights, transformers.AutoTokenizer)
    images = load_processor(weights, transformers.AutoImageProcessor)
    return Local(
        model=Path(weights.place).name,
        weights=weights,
        network=load_network(weights, network_class),
        tokenizer=tokenizer,
        processor=processor_class(image_processor=images, tokenizer=tokenizer),
        generation=generation,
        stamp=_stamp(weights),
    )


def _stamp(weights: Weights) -> str:
    found = [] if weights.fetched else sorted(Path(weights.place).iterdir())
    return repr([(each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in found])


def _classes(transformers: Any, kind: str) -> tuple[Any, Any]:
    """The classes of a kind's network and processor, the latter without its part for films.

    That part needs torchvision, which is not installed with us: frames are pictures here.
    """
    network, stock = {
        "qwen2_vl": (transformers.Qwen2VLForConditionalGeneration, transformers.Qwen2VLProcessor),
        "qwen2_5_vl": (transformers.Qwen2_5_VLForConditionalGeneration, transformers.Qwen2_5_VLProcessor),
        "qwen3_vl": (transformers.Qwen3VLForConditionalGeneration, transformers.Qwen3VLProcessor),
    }[kind]

    class Pictures(stock):  # type: ignore[misc,valid-type]
        """The stock processor for pictures alone."""

        def __init__(self, image_processor: Any = None, tokenizer: Any = None, **more: Any) -> None:
            transformers.ProcessorMixin.__init__(self, image_processor, tokenizer, **more)
            self.image_token = "<|image_pad|>"
            self.image_token_id = tokenizer.convert_tokens_to_ids(self.image_token)

    return network, Pictures
