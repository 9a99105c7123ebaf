"""You, at the keyboard: the first who should try any benchmark."""

from __future__ import annotations

import time
from collections.abc import Callable

from allocentric.answers.prompt import Attempt, Prompt, Usage


class Person:
    """Puts each prompt on the screen and waits for a line; an empty line is a refusal."""

    def __init__(self, ask: Callable[[str], str] = input) -> None:
        self._ask = ask

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:  # noqa: ARG002 (no draws)
        """What was typed. Nobody else is asked meanwhile."""
        start = time.perf_counter()
        typed = self._ask(put(prompt)).strip()
        usage = Usage(seconds=time.perf_counter() - start)
        if not typed:
            return Attempt(sample=prompt.id, state="refused", model="person", usage=usage)
        return Attempt(sample=prompt.id, state="answered", reply=typed, model="person", usage=usage)


def put(prompt: Prompt) -> str:
    """A prompt as it stands on a screen: its words, where its pictures are, and a mark to type behind.

    Whatever a terminal would act on is shown instead.
    """
    lines = [part if isinstance(part, str) else f"[picture {part.path}]" for part in prompt.parts]
    text = "\n".join(([prompt.system] if prompt.system else []) + lines)
    shown = "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)
    return f"\n{shown}\n> "
