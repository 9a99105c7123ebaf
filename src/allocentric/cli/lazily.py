"""What a command needs only later, or only sometimes: imported when it is called for."""

from __future__ import annotations

from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Any


def called_for(path: str) -> Any:
    """What a file holds under a name, `allocentric.room.file:name`; the file is imported only now.

    >>> called_for("allocentric.words:plural")("box")
    'boxes'
    """
    return resolve_name(path)


def is_file(path: str) -> bool:
    """Whether there is such a file, `allocentric.room.file`; it is not imported, the room is.

    >>> is_file("allocentric.words"), is_file("allocentric.wrods"), is_file("allocentric.not a name")
    (True, False, False)
    """
    return all(part.isidentifier() for part in path.split(".")) and find_spec(path) is not None
