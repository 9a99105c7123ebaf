"""A set is made: piece by piece into a log that outlives a killed run, whoever does the work."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec

from allocentric.errors import BadInput
from allocentric.jobs import Log, in_order, open_log
from allocentric.questions.making.plan import Plan, Unit
from allocentric.questions.making.unit import Piece, make_piece
from allocentric.scene.json_text import decode, encode

END: Final = b'{"end":'
A_UNIT: Final = 20_000  # questions of one scene at the most in a unit: what a killed run loses
Watch = Callable[[Iterator[int]], Iterable[int]]
Json = dict[str, Any]


class _Typed(msgspec.Struct):
    """What is counted of a line; the rest of it is not built."""

    type: str


_TYPE: Final = msgspec.json.Decoder(_Typed)


@dataclass(slots=True)
class Tally:
    """How far a set is: what was made of which type, what was rejected, which scenes were skipped."""

    made: Counter[str] = field(default_factory=Counter)
    rejected: Counter[str] = field(default_factory=Counter)
    lacking: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    captions: dict[str, list[str]] = field(default_factory=dict)  # what is in each scene
    per_place: Counter[int] = field(default_factory=Counter)
    dry: set[int] = field(default_factory=set)
    dealt: tuple[Unit, ...] = ()  # the units of this round
    done: int = 0  # how many of them are there
    sha256: Any = field(default_factory=hashlib.sha256)

    @property
    def total(self) -> int:
        """How many questions there are."""
        return self.made.total()

    def deal(self, plan: Plan) -> bool:
        """Deal out a new round where the last is done: to each scene that has more, an even share.

        False where the set is whole, or no scene has more.
        """
        if self.done == len(self.dealt):
            alive = [row for row in range(len(plan.places)) if row not in self.dry]
            share, over = divmod(plan.count - self.total, max(len(alive), 1))
            counts = [min(share + (place < over), A_UNIT) for place in range(len(alive))]
            units = (Unit(row, self.per_place[row], count) for row, count in zip(alive, counts) if count)
            self.dealt, self.done = tuple(units), 0
        return bool(self.dealt)

    def count(self, line: bytes) -> None:
        """Count the line of a question."""
        self.made[_TYPE.decode(line).type] += 1
        self.sha256.update(line + b"\n")

    def take(self, plan: Plan, line: bytes) -> None:
        """Count a line of the log."""
        if not line.startswith(END):
            self.count(line)
            return
        held = decode(line, Json, where="the log")
        place = self.dealt[self.done].place
        self.done += 1
        self.per_place[place] += held["made"]
        self.rejected.update(held["rejected"])
        name = plan.places[place].name
        for type, missing in held["lacking"].items():
            self.lacking.setdefault(type, f"{missing}, in {name}")
        self.captions[name] = held["labels"]
        if held["broken"]:
            self.broken[name] = held["broken"]
        if not held["more"]:
            self.dry.add(place)


def make_lines(
    plan: Plan, log_path: Path, *, workers: int = 1, ray: str | None = None, watch: Watch = iter
) -> Tally:
    """Put the lines of the set into a log, going on where an earlier run of the same plan stopped.

    `watch` is handed the number of questions after each unit, and hands it on: a place for a progress bar.
    Raises BadInput where the log cannot be written, and where not one question could be made.
    """
    with open_log(log_path, ends=END) as log:
        tally = Tally()
        for line in log.done():
            tally.deal(plan)
            tally.take(plan, line)
        for _ in watch(_work(plan, log, tally, workers=workers, ray=ray)):
            pass
    if not tally.total:
        raise _nothing(tally)
    return tally


def _work(plan: Plan, log: Log, tally: Tally, *, workers: int, ray: str | None) -> Iterator[int]:
    """The number of questions there are, after each unit."""
    yield tally.total
    while tally.deal(plan):
        due = tally.dealt[tally.done :]
        for piece in in_order(partial(make_piece, plan), due, workers=workers, ray=ray):
            lines = (*piece.lines, _end(piece))
            log.add(lines)
            for line in lines:
                tally.take(plan, line)
            yield tally.total


def _end(piece: Piece) -> bytes:
    """What closes a unit in the log."""
    held = {
        "rejected": piece.rejected,
        "lacking": piece.lacking,
        "broken": piece.broken,
        "labels": piece.labels,
    }
    return encode({"end": "of a unit", "made": len(piece.lines), "more": piece.more, **held})


def _nothing(tally: Tally) -> BadInput:
    """Why there is not one question."""
    if tally.broken:
        name, why = next(iter(tally.broken.items()))
        return BadInput(f"no scene could be read: {why}", where=name, mend="see allo show for each")
    if tally.lacking and not tally.rejected:
        kind, missing = next(iter(tally.lacking.items()))
        return BadInput(f"{kind} needs {missing}", where="--kinds", mend="choose other kinds or other scenes")
    why = (
        ", ".join(f"{reason} ({count})" for reason, count in tally.rejected.most_common(3))
        or "nothing to ask"
    )
    return BadInput(f"not one question is fair here: {why}", where="the scenes", mend="give larger scenes")
