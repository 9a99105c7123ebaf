"""Replies by what was asked, kept between runs and shared by those that run together."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from types import TracebackType
from typing import Final

import msgspec

from allocentric.agents.answerer import Hopeless
from allocentric.answers.prompt import Attempt

PATIENCE_S: Final = 20.0
FILE: Final = "replies.sqlite"


class Cache:
    """Replies by the key of their request; for `with`. Several runs may use one file at the same time.

    Raises Hopeless where the file is no such cache or cannot be written to.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)

    def __enter__(self) -> Cache:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self._path, timeout=PATIENCE_S, isolation_level=None)
            self._begin()
        except (sqlite3.Error, OSError) as error:
            raise self._cannot(error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def get(self, key: str) -> Attempt | None:
        """The attempt that such a request led to; None where there was none."""
        try:
            found = self._base.execute("SELECT attempt FROM replies WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise self._cannot(error) from None
        return None if found is None else _DECODER.decode(found[0])

    def put(self, key: str, attempt: Attempt) -> None:
        """Keep the attempt that a request led to; of two, the first stays."""
        row = (key, _ENCODER.encode(attempt))
        try:
            self._base.execute("INSERT OR IGNORE INTO replies VALUES (?, ?)", row)
        except sqlite3.Error as error:
            raise self._cannot(error) from None

    def _begin(self) -> None:
        """Readers and a writer at the same time: two runs that begin together wait for one another."""
        until_s = time.monotonic() + PATIENCE_S
        while True:
            try:
                self._base.execute("PRAGMA journal_mode = WAL")
                self._base.execute("PRAGMA synchronous = NORMAL")
                self._base.execute(
                    "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, attempt BLOB) WITHOUT ROWID"
                )
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until_s:
                    raise
                time.sleep(0.01)

    def _cannot(self, error: Exception) -> Hopeless:
        what = f"the cache cannot be used: {str(error) or type(error).__name__}"
        return Hopeless(what, where=str(self._path), mend="name another file, --cache, or give --no-cache")


def cache_file() -> Path:
    """Where replies are kept unless a file is named: the user's folder for such things."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "allocentric" / FILE


_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder(Attempt)
