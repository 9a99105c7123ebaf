"""Every kind of answerer by name, as a command line says it: who it is, and with what it is made."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from allocentric.agents.answerer import Described
from allocentric.agents.exact import Exact, noisy
from allocentric.agents.floors import Random
from allocentric.agents.local import load_local
from allocentric.agents.model import Model, reached, told_of
from allocentric.agents.person import Person
from allocentric.agents.replay import Replay, read_replies
from allocentric.errors import BadInput, UnknownName
from allocentric.perception.noise import Noise


def _exact(model: Model, _: str) -> Described:
    return Described(Exact(model.scenes), "exact", {})


def _noisy(model: Model, told: str) -> Described:
    noise = noise_of(told)
    held = asdict(noise) | {"seed": model.seed}
    return Described(noisy(noise, model.seed, model.scenes), "noisy", {k: v for k, v in held.items() if v})


def _blind(model: Model, _: str) -> Described:
    return Described(model.blind, "blind", {"fitted": len(model.blind.prior)})


def _random(_: Model, __: str) -> Described:
    return Described(Random(), "random", {})


def _person(_: Model, __: str) -> Described:
    return Described(Person(), "person", {}, sees=True, in_flight=1)


def _replay(_: Model, told: str) -> Described:
    return Described(Replay(read_replies(told)), "replay", {"replies": Path(told).name})


def _local(model: Model, told: str) -> Described:
    local = load_local(told, model.generation, device=model.device)
    return Described(local, local.model, told_of(model.generation), sees=True, in_flight=1)


NAMES: Final[dict[str, tuple[str, Callable[[Model, str], Described]]]] = {
    "exact": ("asks the scene itself", _exact),
    "noisy": ("asks the scene with errors of perception: noisy:missed=0.1,center_m=0.05", _noisy),
    "blind": ("gives the reply that is most often right, whatever is shown", _blind),
    "random": ("answers by chance", _random),
    "person": ("asks you, at the keyboard", _person),
    "replay": ("gives the replies of a file again: replay:FILE", _replay),
    "local": ("runs a vision-language model on this machine: local:FOLDER, local:hub:OWNER/NAME", _local),
}


@contextlib.asynccontextmanager
async def answering(model: Model) -> AsyncIterator[Described]:
    """Whoever is to answer, for as long as the block lasts.

    Raises BadInput for what it cannot be made of, UnknownName for a name that is neither a kind of answerer
    nor goes with a `url`.
    """
    kind, _, told = model.name.partition(":")
    if model.url is None:
        if kind not in NAMES:
            what = UnknownName("model", model.name, list(NAMES), where="--model")
            mend = f"{what.mend}; a model behind an endpoint goes with --url"
            raise BadInput(what.what, where="--model", mend=mend)
        if kind in ("replay", "local") and not told:
            raise BadInput(
                f"{kind} of what?", where="--model", mend=f"write {NAMES[kind][0].split(': ')[-1]}"
            )
        yield NAMES[kind][1](model, told)
        return
    async with reached(model) as described:
        yield described


def noise_of(told: str) -> Noise:
    """The noise that a text tells of; raises BadInput, or UnknownName for an error that is not known.

    >>> noise_of("missed=0.1,center_m=0.05").missed
    0.1
    """
    known = [each.name for each in fields(Noise) if each.name != "confusion"]
    given = dict[str, Any]()
    for part in filter(None, (each.strip() for each in told.split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if name not in known:
            raise UnknownName("error of perception", name, known, where=f"--model noisy:{told}")
        try:
            given[name] = value in ("", "true", "1") if name == "declared" else float(value)
        except ValueError:
            mend = f"write {name}=0.1"
            raise BadInput(f"{value!r} is no number", where=f"--model noisy:{told}", mend=mend) from None
    return Noise(**given)
