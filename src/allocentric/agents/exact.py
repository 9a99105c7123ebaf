"""Whoever asks the scene itself: exactly, or as a perception with stated errors would have it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from allocentric.agents.replies import CANNOT, reply_of
from allocentric.answers.prompt import Attempt, Prompt, Usage
from allocentric.errors import AllocentricError, BadInput
from allocentric.perception.noise import Noise, corrupt
from allocentric.query.answer import Answer
from allocentric.query.ask import ask
from allocentric.scene.scene import Scene
from allocentric.worlds.read import chosen, scenes_in, split_address

KEPT_SCENES: Final = 32
KEPT_FILES: Final = 4


class Exact:
    """Answers by asking the prompt's scene: its program, else its words; may say that nothing is decided.

    A prompt without a scene, or with words that cannot be read, is a failure. `scenes` is the folder that
    addresses of scenes are relative to. `changed` is what is done to a scene before it is asked.
    """

    def __init__(
        self,
        scenes: Path | None = None,
        *,
        model: str = "exact",
        changed: Callable[[Scene], Scene] | None = None,
    ) -> None:
        self._scenes, self._model, self._changed = scenes, model, changed
        self._opened = lru_cache(KEPT_FILES)(scenes_in)
        self._scene = lru_cache(KEPT_SCENES)(self._read)

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:  # noqa: ARG002 (no draws)
        """The answer of the scene; where it is undetermined, "cannot be determined"."""
        start = time.perf_counter()
        try:
            if not prompt.scene:
                what = "the prompt names no scene"
                raise BadInput(what, where=f"sample {prompt.id}", mend="ask another model")
            reply = said(_asked(self._scene(prompt.scene), prompt), prompt)
        except AllocentricError as error:
            told = f"{error.what} ({error.where})"
            return Attempt(sample=prompt.id, state="failed", error=told, model=self._model)
        usage = Usage(seconds=time.perf_counter() - start)
        return Attempt(sample=prompt.id, state="answered", reply=reply, model=self._model, usage=usage)

    def _read(self, address: str) -> Scene:
        path = str(self._scenes / address) if self._scenes is not None else address
        path = path if split_address(path)[0].exists() else address
        scene = chosen(self._opened(split_address(path)[0]), path)
        return scene if self._changed is None else self._changed(scene)


def noisy(noise: Noise, seed: int, scenes: Path | None = None) -> Exact:
    """Answers by asking the scene as a perception with these errors would have it."""
    return Exact(scenes, model="noisy", changed=lambda scene: corrupt(scene, noise, seed).scene)


def said(answer: Answer, prompt: Prompt) -> str:
    """An answer as a reply: a letter where options are offered, a number in the unit asked for."""
    if answer.undetermined is not None:
        return CANNOT
    if prompt.expected.options and answer.option is not None:
        return answer.option
    value = answer.value
    if prompt.expected.options or prompt.expected.kind == "text" or value is None:
        return answer.text
    if prompt.expected.kind == "program" and answer.program is not None:
        return answer.program.text
    if isinstance(value, float) and not math.isfinite(value):
        return CANNOT
    return reply_of(value, prompt.expected)


def _asked(scene: Scene, prompt: Prompt) -> Answer:
    """The answer to the program, else to the first of the ways to take the words that can be read."""
    options = prompt.expected.options
    if prompt.program is not None:
        return ask(scene, prompt.program, options=options, proof=False)
    first: BadInput | None = None
    for words in _questions(prompt):
        try:
            return ask(scene, words, options=options, proof=False)
        except BadInput as error:
            first = first or error
    raise first or BadInput("the prompt has no words", where=f"sample {prompt.id}", mend="give a question")


def _questions(prompt: Prompt) -> Iterator[str]:
    """All words as one question; then every part, and every line of it, that ends as a question does."""
    text = prompt.text.strip()
    seen = {""}
    for each in (text, *(part for part in prompt.parts if isinstance(part, str)), *text.splitlines()):
        words = each.strip()
        if words not in seen and (words == text or words.endswith("?")):
            seen.add(words)
            yield words
