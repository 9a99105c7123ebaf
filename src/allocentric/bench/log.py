"""The log of a run: a line an attempt, appended at once, whole after any crash, read while it grows."""

from __future__ import annotations

import contextlib
import io
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec
from msgspec import Struct

from allocentric.answers.confidence import Token
from allocentric.answers.prompt import Attempt, State, Usage
from allocentric.errors import BadInput
from allocentric.jobs import hold

SETTLE_S: Final = 1.0
"""How often the disk is waited for: a crash of the program loses no line, one of the machine this much."""

Key = tuple[str, str, int]
"""Sample, variant, repeat: what a row is of."""


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a log: what became of one sample, after how many tries, and when.

    `bought` is False where the reply was not paid for by this run: it was in the cache, or costs nothing.
    """

    sample: str
    state: State
    reply: str  # written even where it is empty: other readers want one in each row
    error: str = ""
    variant: str = ""
    repeat: int = 0
    model: str = ""
    usage: Usage = Usage()
    tries: int = 1
    bought: bool = True
    at_s: float = 0.0
    confidence: float | None = None
    tokens: tuple[Token, ...] = ()

    @property
    def key(self) -> Key:
        """What the row is of."""
        return (self.sample, self.variant, self.repeat)

    @property
    def attempt(self) -> Attempt:
        """The row as whoever scores it wants it."""
        return Attempt(
            sample=self.sample,
            state=self.state,
            reply=self.reply,
            error=self.error,
            variant=self.variant,
            repeat=self.repeat,
            model=self.model,
            usage=self.usage,
            confidence=self.confidence,
            tokens=self.tokens,
        )


def row_of(attempt: Attempt, key: Key, *, tries: int = 1, bought: bool = True) -> Row:
    """The row of an attempt, made now."""
    sample, variant, repeat = key
    return Row(
        sample=sample,
        state=attempt.state,
        reply=attempt.reply,
        error=attempt.error,
        variant=variant,
        repeat=repeat,
        model=attempt.model,
        usage=attempt.usage,
        tries=tries,
        bought=bought,
        at_s=round(time.time(), 3),
        confidence=attempt.confidence,
        tokens=attempt.tokens,
    )


class Log:
    """A log that rows are added to; for `with`. Only one run at a time can hold it.

    A line that a crash has left torn is cut off. Raises BadInput where the file cannot be written to, is
    held by another run, or is no log.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        try:
            self._file = open(path, "a+b", buffering=0)  # noqa: SIM115 - closed by __exit__
        except OSError as error:
            raise self._cannot(error) from None
        self._settled_s = time.monotonic()

    def __enter__(self) -> Log:
        with contextlib.ExitStack() as unless_held:
            unless_held.callback(self._file.close)
            hold(self._file, self._path)
            self._cut_torn_line()
            unless_held.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.fsync(self._file.fileno())
        self._file.close()

    def rows(self) -> Iterator[Row]:
        """The rows that it holds."""
        return read_rows(self._path)

    def add(self, row: Row) -> None:
        """Append a row: it is there, whole, when this returns, whatever becomes of the program."""
        line = _ENCODER.encode(row) + b"\n"
        try:
            written = self._file.write(line)
            if written != len(line):  # the disk is full: half a line would spoil the next one
                os.ftruncate(self._file.fileno(), self._file.seek(0, os.SEEK_END) - written)
                raise OSError("there is no room left")
            now_s = time.monotonic()
            if now_s - self._settled_s > SETTLE_S:
                os.fsync(self._file.fileno())
                self._settled_s = now_s
        except OSError as error:
            raise self._cannot(error) from None

    def _cut_torn_line(self) -> None:
        end = self._file.seek(0, os.SEEK_END)
        at = end
        while at:  # from the end back to the last line's end, a block at a time
            start = max(0, at - _BLOCK)
            self._file.seek(start)
            found = self._file.read(at - start).rfind(b"\n")
            if found >= 0:
                at = start + found + 1
                break
            at = start
        if at != end:
            os.ftruncate(self._file.fileno(), at)

    def _cannot(self, error: OSError) -> BadInput:
        reason = (error.strerror or str(error) or type(error).__name__).lower()
        mend = "free some space or name another folder; the same command goes on from here"
        return BadInput(f"the log cannot be written: {reason}", where=str(self._path), mend=mend)


def read_rows(path: str | Path) -> Iterator[Row]:
    """The rows of a log, one after the other, in the order of writing; a torn last line is left out.

    Raises BadInput with the line that is no row.
    """
    try:
        with open(path, "rb", buffering=_BLOCK) as file:
            for number, line in enumerate(file, 1):
                if line.endswith(b"\n"):
                    yield _row(line, f"{path}, line {number}")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        mend = "name the folder of a run"
        raise BadInput(f"the log cannot be read: {reason}", where=str(path), mend=mend) from None


def latest(rows: Iterable[Row]) -> dict[Key, Row]:
    """What became of each sample, in the order in which they were first tried: the last row of each counts.

    A failure never takes the place of a reply.
    """
    held = dict[Key, Row]()
    for row in rows:
        if row.state != "failed" or held.get(row.key, row).state == "failed":
            held[row.key] = row
    return held


def settled(rows: Iterable[Row]) -> set[Key]:
    """What needs no further try: all that was answered or refused."""
    return {row.key for row in rows if row.state != "failed"}


def _row(line: bytes, where: str) -> Row:
    try:
        return _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        mend = "name the log of a run, or take the line out"
        raise BadInput(f"the line is no attempt: {str(error)[:120]}", where=where, mend=mend) from None


_BLOCK: Final = io.DEFAULT_BUFFER_SIZE * 8
_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Row)
