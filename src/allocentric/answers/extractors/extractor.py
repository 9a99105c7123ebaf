"""What an extractor is: a named, versioned way to read an answer from a reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocentric.answers.kinds import Expected, Reading


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to read replies.

    Its version changes whenever any reply is read otherwise; `source` says whose it is.
    """

    name: str
    version: int
    about: str
    source: str
    read: Callable[[str, Expected], Reading]
