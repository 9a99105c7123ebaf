"""The card of a run: all that its numbers hang on, so that two runs can be held against each other."""

from __future__ import annotations

import hashlib
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from allocentric.answers.metrics import metric
from allocentric.bench.benchmark import Benchmark
from allocentric.bench.runner import Tally
from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes
from allocentric.scene.json_text import decode, encode

FILE: Final = "card.json"
ASKED: Final = (
    "benchmark",
    "data_sha256",
    "prompts",
    "errata",
    "model",
    "arguments",
    "scenes",
    "frames",
    "seed",
)
"""The settings that replies hang on: a run goes on with the same only; variants and samples may be added."""


class Card(Struct, kw_only=True):
    """What a run was made with, and what it came to.

    `settings` are by name: the benchmark with the hash of its data, prompts, extractors, metrics and how it
    is summed up, each with its version; the model with its arguments; frames, variants, repeats, seed.
    """

    settings: dict[str, Any]
    software: dict[str, str]
    started: str
    ended: str = ""
    tally: dict[str, Any] = {}

    def write(self, folder: Path) -> None:
        """Put the card into the folder of its run."""
        atomic_write(folder / FILE, encode(self) + b"\n")


def new_card(settings: dict[str, Any]) -> Card:
    """A card with these settings, begun now."""
    software = {"allocentric": version("allocentric"), "python": platform.python_version()}
    return Card(settings=settings, software=software, started=_now())


def ended(card: Card, tally: Tally) -> Card:
    """The card with what the run has come to."""
    return Card(
        settings=card.settings,
        software=card.software,
        started=card.started,
        ended=_now(),
        tally=asdict(tally),
    )


def read_card(folder: str | Path) -> Card:
    """The card of a run; raises BadInput where the folder has none."""
    path = Path(folder) / FILE
    if not path.is_file():
        what = "there is no card of a run in this folder"
        raise BadInput(what, where=str(folder), mend="name a folder that allo bench --out has written")
    return decode(read_bytes(path), Card, where=str(path))


def differing(first: Card, second: Card, names: Sequence[str] | None = None) -> list[str]:
    """What two runs were made with differently: each setting with both values, in a line.

    >>> one, two = (Card(settings={"seed": n}, software={}, started="") for n in (1, 2))
    >>> differing(one, two)
    ['seed: 1 and 2']
    """
    known = names if names is not None else list(dict.fromkeys([*first.settings, *second.settings]))
    pairs = [(name, first.settings.get(name), second.settings.get(name)) for name in known]
    return [
        f"{name}: {_short(one)} and {_short(two)}" for name, one, two in pairs if encode(one) != encode(two)
    ]


def benchmark_settings(benchmark: Benchmark, files: Sequence[Path], errata: Sequence[str]) -> dict[str, Any]:
    """The settings that say which benchmark, and by which rules."""
    rules = benchmark.rules.items()
    asked = "\n".join(f"{name}\t{rule.ask}" for name, rule in sorted(rules))
    return {
        "benchmark": benchmark.name,
        "data_sha256": files_hash(files),
        "prompts": hashlib.sha256(asked.encode()).hexdigest()[:16],
        "extractors": {name: rule.reader for name, rule in rules},
        "metrics": {name: f"{rule.metric}@{metric(rule.metric).version}" for name, rule in rules},
        "aggregation": f"{benchmark.official.name}@{benchmark.official.version}",
        "errata": list(errata),
    }


def files_hash(files: Sequence[Path]) -> str:
    """One hash of the content of files, in order."""
    whole = hashlib.sha256()
    for path in files:
        with open(path, "rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def _short(value: Any) -> str:
    text = encode(value).decode()
    return text if len(text) <= 80 else text[:77] + "..."


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
