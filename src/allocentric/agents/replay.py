"""Replies that somebody gave before, given again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from msgspec import Struct

from allocentric.answers.prompt import Attempt, Prompt
from allocentric.errors import BadInput
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode


@dataclass(frozen=True, slots=True)
class Replay:
    """Gives each prompt the reply that a file holds for its id; a prompt without one is a failure."""

    replies: Mapping[str, str]

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:  # noqa: ARG002 (no draws)
        """The reply of the file."""
        reply = self.replies.get(prompt.id)
        if reply is None:
            why = "the file of replies has none for this sample"
            return Attempt(sample=prompt.id, state="failed", error=why, model="replay")
        return Attempt(sample=prompt.id, state="answered", reply=reply, model="replay")


class _Line(Struct):
    id: str | int | None = None
    sample: str | int | None = None
    reply: str = ""
    state: str = "answered"


def read_replies(path: str | Path) -> dict[str, str]:
    """The replies of a file by sample: `{"id", "reply"}` a line, or the log of a run; the last one counts.

    Raises BadInput where a line is no such object.
    """
    found = dict[str, str]()
    for number, text in enumerate(io.BytesIO(read_bytes(path)), 1):
        if not text.strip():
            continue
        where = f"{path}, line {number}"
        line = decode(text, _Line, where=where)
        id = line.id if line.sample is None else line.sample
        if id is None:
            raise BadInput("the line names no sample", where=where, mend='write {"id": "1", "reply": "B"}')
        if line.state == "answered":
            found[str(id)] = line.reply
    return found
