"""Many questions: of one scene in one call, or of a file, each with its answer or its error."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

from allocentric.errors import AllocentricError, BadInput
from allocentric.jobs import resumable_lines
from allocentric.query.answer import Answer
from allocentric.query.ask import ask
from allocentric.query.rows import BadRow, Row
from allocentric.scene.derive import at_time
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import Scene
from allocentric.worlds.read import chosen, scenes_in, split_address

KEPT_SCENES: Final = 32
KEPT_FILES: Final = 4
Json = dict[str, Any]
Watch = Callable[[Iterator[Json]], Iterable[Json]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the options that are offered."""

    question: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that could not be read, and why; in the place of its answer."""

    question: str | None
    error: AllocentricError

    def to_json(self) -> Json:
        """The question and its error as one JSON object."""
        error = {"what": self.error.what, "where": self.error.where, "mend": self.error.mend}
        return {"question": self.question, "error": error}


def ask_all(
    scene: Scene,
    questions: Iterable[str | Asked],
    *,
    within: float | None = None,
    proof: bool = True,
) -> list[Answer | Failure]:
    """An answer to each question about one scene, in order; a `Failure` for one that cannot be read.

    `within` and `proof` are as in `ask`: without proof it is a few times faster.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(3, 4, 0))])
    >>> [type(each).__name__ for each in ask_all(room, ['distance(the("sofa"), the("tv"))', "count("])]
    ['Answer', 'Failure']
    """
    return [_answer(scene, each, within=within, proof=proof) for each in questions]


def _answer(
    scene: Scene, asked: str | Asked, *, within: float | None = None, proof: bool = True
) -> Answer | Failure:
    asked = Asked(asked) if isinstance(asked, str) else asked
    try:
        return ask(scene, asked.question, options=asked.options, within=within, proof=proof)
    except AllocentricError as error:
        return Failure(asked.question, error)


@dataclass(frozen=True, slots=True)
class Batch:
    """A file of questions and how they are asked: `scene` is for the rows that name none of their own."""

    rows: tuple[Row | BadRow, ...]
    beside: Path  # the folder in which the rows' own scenes are looked for first
    scene: str | None = None
    format: str | None = None
    within: float | None = None
    time_s: float | None = None

    def answers(self, start: int = 0) -> Iterator[Json]:
        """The rows from `start` on as JSON objects, each with its id: its answer, or its error."""
        opened = lru_cache(KEPT_FILES)(partial(scenes_in, format=self.format))

        @lru_cache(KEPT_SCENES)
        def load(address: str) -> Scene:
            scene = chosen(opened(split_address(address)[0]), address)
            return scene if self.time_s is None else at_time(scene, self.time_s)

        for row in self.rows[start:]:
            yield {"id": row.id, **self._answered(row, load).to_json()}

    def address(self, row: Row) -> str:
        """The scene of a row, as `path` or `path#id`; raises BadInput where there is none, or another."""
        address = self.scene if row.scene is None else _located(row.scene, self.beside)
        if address is None:
            mend = 'give a SCENE, or write "scene": "room.json" in the line'
            raise BadInput("the question names no scene", where=row.where, mend=mend)
        id = split_address(address)[1]
        if row.scene_id in (None, id) or (id is not None and row.scene is not None):
            return address
        if id is None:
            return f"{address}#{row.scene_id}"
        what = f"the question is about scene {row.scene_id!r}, not {id!r}"
        raise BadInput(what, where=row.where, mend=f"give the file without #{id}")

    def fingerprint(self) -> str:
        """What the answers hang on; a file of scenes by its size and date."""
        own = {_located(row.scene, self.beside) for row in self.rows if isinstance(row, Row) and row.scene}
        named = sorted(own | ({self.scene} if self.scene else set()))
        asked = (self.rows, self.scene, self.format, self.within, self.time_s)
        return hashlib.sha256(repr((asked, [(each, _dated(each)) for each in named])).encode()).hexdigest()

    def _answered(self, row: Row | BadRow, load: Callable[[str], Scene]) -> Answer | Failure:
        if isinstance(row, BadRow):
            return Failure(row.question, row.error)
        try:
            scene = load(self.address(row))
        except AllocentricError as error:
            return Failure(row.question, error)
        return _answer(scene, Asked(row.question, row.options), within=self.within)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows have an answer, how many are undetermined, how many could not be read."""

    answered: int
    undetermined: int
    failed: int

    def __str__(self) -> str:
        return f"{self.answered} answered, {self.undetermined} undetermined, {self.failed} not read"


def write_answers(batch: Batch, out: str | Path, *, watch: Watch = iter) -> Tally:
    """Put the answers into the file `out`, a JSON object a line: whole, or not at all.

    A run that is stopped leaves its lines beside `out`, and the same batch goes on from there. `watch` is
    handed the rows still to come, and hands them on: a place for a progress bar.
    """
    kinds = Counter[str]()
    with resumable_lines(out, batch.fingerprint()) as (done, add):
        kinds.update(_kind(decode(line, dict[str, Any], where=str(out))) for line in done)
        for row in watch(batch.answers(len(done))):
            kinds[_kind(row)] += 1
            add(encode(row))
    return Tally(kinds["answered"], kinds["undetermined"], kinds["failed"])


def _kind(row: Json) -> str:
    if "error" in row:
        return "failed"
    return "answered" if row["undetermined"] is None else "undetermined"


def _located(address: str, beside: Path) -> str:
    """A scene's address: relative ones are beside the questions first, then where the command runs."""
    here = str(beside / address)
    return here if split_address(here)[0].exists() else address


def _dated(address: str) -> tuple[int, int] | None:
    path = split_address(address)[0]
    if not path.exists():
        return None
    found = path.stat()
    return found.st_size, found.st_mtime_ns
