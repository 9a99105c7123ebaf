"""`allo audit`: what is wrong with a set of questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from allocentric.cli.printing import print_json, print_lines, print_screen
from allocentric.cli.progress import watched
from allocentric.jobs import atomic_write
from allocentric.questions.audit.audit import Audit
from allocentric.questions.audit.audit import audit as audited
from allocentric.questions.audit.entry import entries_in
from allocentric.questions.audit.findings import FAULTS
from allocentric.questions.audit.page import page_of

SHOWN = 12


def audit(
    questions: Path,
    /,
    *,
    scenes: Path | None = None,
    out: Path | None = None,
    as_json: Annotated[bool, Parameter("--json")] = False,
) -> None:
    """Compute the truth of every question anew, and list what is wrong: by type, with evidence.

    Wrong truths, truths within the margin, options without the truth or with two, duplicates, words that tell
    the answer, letters that are not even.

    Parameters
    ----------
    questions
        A set that allo make wrote; or a file of questions, in the layouts of releases and trainers.
    scenes
        The file or folder of the scenes that the questions name, where the set does not know them.
    out
        Write all findings to this page (.html), with their pictures.
    as_json
        Print the whole audit as JSON.
    """
    count = sum(1 for _ in entries_in(questions)) if not as_json else 0
    found = audited(questions, scenes, watch=(lambda each: watched(each, count)) if count else iter)
    if out is not None:
        atomic_write(out, page_of(found, f"Audit of {questions.name}").encode())
    if as_json:
        print_json(found.to_json())
        return
    print_screen(_screen(found))
    if out is not None:
        print_lines(f"{out}: every finding, with its picture")


def _screen(found: Audit) -> RenderableType:
    counts = found.counts()
    used = [fault for fault in FAULTS if any(each[fault] for each in counts.values())]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("type", "questions", "computed", *used):
        table.add_column(head, justify="left" if head == "type" else "right")
    for type, each in counts.items():
        cells = (found.questions[type], found.asked[type], *(each[fault] or "" for fault in used))
        table.add_row(type, *(str(cell) for cell in cells))
    lines = [f"{each.fault}: {each.type} {each.id}: {each.says}" for each in found.findings[:SHOWN]]
    more = len(found.findings) - SHOWN
    lines += [f"and {more:,} more: give --out audit.html, or --json"] if more > 0 else []
    lines += [f"not computed ({count}): {why}" for why, count in found.unasked.most_common(5)]
    lines += [] if found.findings else ["nothing was found wrong"]
    return Group(table, Text(""), *(Text(each) for each in lines))
