"""Who is to answer, in the words of a command line; and whoever is behind an endpoint."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from allocentric.agents.answerer import Described
from allocentric.agents.chat import Generation, Price
from allocentric.agents.endpoint import GREEDY, Endpoint, connected
from allocentric.agents.floors import Blind
from allocentric.agents.keys import key_of, shown_url
from allocentric.errors import BadInput

DEFAULT_KEY: Final = "OPENAI_API_KEY"
NOBODY: Final = Blind()


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Who is to answer, in the words of a command line.

    `name` is one of those in `table.NAMES` with what it takes behind a colon, or an endpoint's name of a
    model, which goes with a `url`. `key_env` names the environment variable that holds the key. `scenes` is
    the folder that scenes are looked for in; `blind` is what `blind` knows; `device` is torch's name of one,
    for `local`.
    """

    name: str
    url: str | None = None
    key_env: str | None = None
    generation: Generation = GREEDY
    price: Price | None = None
    timeout_s: float = 120.0
    seed: int = 0
    device: str = "cpu"
    scenes: Path | None = None
    blind: Blind = NOBODY


Opens = Callable[[Model], contextlib.AbstractAsyncContextManager[Described]]
"""Makes whoever is to answer, for as long as a block lasts."""


@contextlib.asynccontextmanager
async def reached(model: Model) -> AsyncIterator[Described]:
    """The model behind an endpoint, for as long as the block lasts; raises BadInput where none is named."""
    if model.url is None:
        mend = "give --url http://HOST:PORT/v1"
        raise BadInput(f"{model.name!r} is behind no endpoint", where="--model", mend=mend)
    endpoint = Endpoint(
        model=model.name,
        url=model.url,
        key=key_of(model.key_env or DEFAULT_KEY, needed=model.key_env is not None),
        generation=model.generation,
        price=model.price,
        timeout_s=model.timeout_s,
    )
    async with connected(endpoint) as chat:
        arguments = {"url": shown_url(model.url), **told_of(model.generation)}
        yield Described(chat, model.name, arguments, sees=True)


def told_of(generation: Generation) -> dict[str, Any]:
    """How replies are made, as it stands in a card; that pictures are untouched is said too."""
    side = generation.most_side_px
    pictures = "as they are" if side is None else f"scaled to at most {side} px, then PNG"
    held = {
        "temperature": generation.temperature,
        "max_tokens": generation.max_tokens,
        "top_p": generation.top_p,
        "seeded": generation.seeded,
        "confidence": generation.confidence,
        **generation.more,
    }
    return {name: value for name, value in held.items() if value is not None} | {"pictures": pictures}
