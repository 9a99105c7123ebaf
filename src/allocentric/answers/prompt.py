"""What is put to whoever answers, and what comes back: neither knows the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocentric.answers.confidence import Token
from allocentric.answers.kinds import Expected


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by reference: its own bytes are sent, never decoded or written anew."""

    path: str
    name: str = ""  # of the view, as the words speak of it
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sample as it is put: words and pictures in order, and what the answer has to be."""

    id: str
    parts: tuple[str | Picture, ...]
    expected: Expected
    system: str = ""
    scene: str = ""  # the address of the scene, for answerers that look at it instead of pictures
    program: str | None = None  # the question in the language, where it is given; for `exact`

    @property
    def text(self) -> str:
        """All words, the pictures left out.

        >>> Prompt("1", (Picture("a.png"), "How many chairs?"), Expected("count")).text
        'How many chairs?'
        """
        return "\n".join(part for part in self.parts if isinstance(part, str))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures, in order."""
        return tuple(part for part in self.parts if isinstance(part, Picture))


State = Literal["answered", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply took: tokens in and out, seconds, and its price where that is known."""

    prompt_tokens: int = 0
    reply_tokens: int = 0
    seconds: float = 0.0
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try at one sample: a reply, a refusal, or a failure that says why. A failure is never an answer.

    `confidence`, from 0 to 1, is what the answerer said of its own reply; `tokens` are those of the reply,
    each with its chance. Both are there only where they were asked for.
    """

    sample: str
    state: State
    reply: str = ""
    error: str = ""
    variant: str = ""  # of the same sample: "flip", "options:2", ...
    repeat: int = 0
    model: str = ""
    usage: Usage = Usage()
    confidence: float | None = None
    tokens: tuple[Token, ...] = ()
