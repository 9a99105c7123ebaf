"""What commands print: a screen, plain lines, one JSON text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from allocentric.cli.printable import printable
from allocentric.scene.json_text import encode

if TYPE_CHECKING:
    from rich.console import RenderableType

UNBROKEN: Final = 2000  # columns where no terminal breaks lines: whoever reads a pipe wants whole ones


def print_screen(screen: RenderableType) -> None:
    """Print to standard output, as wide as the terminal is; lines that nobody breaks where it is none."""
    from rich.console import Console  # noqa: PLC0415 (a run asks before it prints)

    if sys.stdout.isatty():
        Console(highlight=False, markup=False, emoji=False).print(screen)
        return
    console = Console(width=UNBROKEN, highlight=False, markup=False, emoji=False, no_color=True)
    with console.capture() as captured:
        console.print(screen)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def print_lines(*lines: str, error: bool = False) -> None:
    """Print plain lines, to standard error where they are not what was asked for."""
    for line in lines:
        print(
            line[: len(line) - len(line.lstrip())] + printable(line), file=sys.stderr if error else sys.stdout
        )


def print_json(value: Any) -> None:
    """Print one JSON text in one line."""
    print(encode(value).decode())
