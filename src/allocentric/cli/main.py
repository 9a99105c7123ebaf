"""The command `allo`: which commands there are, and what becomes of an error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Final

from cyclopts import App, CycloptsError, Parameter

from allocentric.cli.printable import printable
from allocentric.errors import AllocentricError, BadInput

BAD_INPUT: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141  # as of any command whose reader has gone

COMMANDS: Final = {
    "ask": "Answer a question about a scene, or a file of questions.",
    "show": "Show what is in a scene, what was detected, what is unknown, what looks wrong.",
    "convert": "Write a scene in another format.",
    "make": "Make a scene from a seed, or a set of questions with computed truth.",
    "audit": "Compute the truth of a set of questions anew, and list what is wrong with it.",
    "render": "Write pictures of a scene: colour, depth, instances, cameras.",
    "scan": "Make a scene of pictures, posed or not, with a plan and a report.",
    "bench": "Put a benchmark to a model and score it; a killed run goes on where it stopped.",
    "score": "Score predictions on a published benchmark, by its official rule and by a sound one.",
    "compare": "Compare runs of one benchmark, sample by sample; which setting differs.",
    "report": "Write runs as one page: numbers, plots, every sample with its pictures and proof.",
    "degrade": "Make a picture worse, in one of nine ways, on a scale.",
    "functions": "Print the language: its words, or its cards for tool-calling models.",
}


def app() -> App:
    """The command line; a command's own file is imported when it is called."""
    made = App(
        name="allo",
        help="Ask a scene, get an answer with its proof.",
        version=lambda: f"allocentric {version('allocentric')}",
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
        default_parameter=Parameter(negative=(), show_default=False),
    )
    for place, (name, says) in enumerate(COMMANDS.items()):
        made.command(f"allocentric.cli.{name}:{name}", name=name, help=says, sort_key=place)
    return made


def run(arguments: Sequence[str] | None = None) -> int:
    """The exit status of the command: 0, or 2 with three lines on stderr for whatever a user can mend."""
    try:
        app()(arguments)
        sys.stdout.flush()
    except AllocentricError as error:
        return complain(error)
    except CycloptsError as error:
        chain = " ".join(("allo", *(error.command_chain or ())))
        return complain(BadInput(str(error), where=f"the command line, {chain}", mend=f"see {chain} --help"))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that leaving writes nothing more
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        what = (error.strerror or type(error).__name__).lower()
        where = str(error.filename or "what the command writes")
        return complain(BadInput(what, where=where, mend="check the disk and the permissions"))
    return 0


def complain(error: AllocentricError) -> int:
    """Say what is wrong, where, and how to mend it, a line each; gives the exit status."""
    sys.stdout.flush()
    for label, text in (("", error.what), ("  where: ", error.where), ("  mend:  ", error.mend)):
        print(label + printable(text), file=sys.stderr)
    return BAD_INPUT


def main() -> None:
    """Run the command line that this process was started with, and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run())
