"""What a command needs only later, or only sometimes: imported when it is called for."""

from __future__ import annotations

from typing import Any

from cyclopts import App


def called_for(path: str) -> Any:
    """A function whose file is imported only now, as those of the commands are: `allocentric.room.file:name`.

    >>> called_for("allocentric.words:plural")("box")
    'boxes'
    """
    lazy = App()
    lazy.command(path, name="it")
    return lazy["it"].default_command
