"""What all who answer have in common: a prompt in, an attempt out; and what they raise to be asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from allocentric.answers.prompt import Attempt, Prompt
from allocentric.errors import BadInput


class Transient(Exception):
    """A try that failed for a reason that may pass: too many requests, a server's error, half a reply.

    `after_s` is how long the other side asks to be left alone; `crowded` says that it has too much to do.
    """

    def __init__(self, why: str, *, after_s: float | None = None, crowded: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.after_s = after_s
        self.crowded = crowded


class Hopeless(BadInput):
    """What keeps every prompt from being answered: a wrong key, no such model. It ends a run."""


@runtime_checkable
class Answerer(Protocol):
    """Whoever answers: a model, a program, a person."""

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        """One try. Raises `Transient` where another may succeed; any other failure is an attempt too."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is ready to be sent, as often as need be.

    `key` names all that its answer hangs on: the words, the bytes of the pictures, the model, its arguments.
    """

    key: str
    send: Callable[[], Awaitable[Attempt]]


@runtime_checkable
class Buys(Protocol):
    """An answerer whose replies cost something: the same request is never to be sent twice."""

    def request(self, prompt: Prompt, *, seed: int) -> Request:
        """The request for a prompt; raises BadInput where a picture cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Described:
    """An answerer under the name and the arguments that stand in a run's card.

    `sees` says that it looks at the pictures, so that films have to be cut into frames for it; `in_flight`
    is the most prompts that it can work at together.
    """

    answerer: Answerer
    model: str
    arguments: dict[str, Any]
    sees: bool = False
    in_flight: int | None = None
