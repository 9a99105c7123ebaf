"""`allo make`: a scene from a seed; or a set of questions from scenes, with computed truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from allocentric.cli.printing import print_json, print_lines, print_screen
from allocentric.cli.progress import counted
from allocentric.cli.screen import makers_screen
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput, UnknownName
from allocentric.questions.making.places import places_in, read_looks
from allocentric.questions.making.plan import Plan
from allocentric.questions.making.set import make_set
from allocentric.questions.mixes import kinds as mixed
from allocentric.questions.question import Language
from allocentric.questions.reasoning.forms import FORMS
from allocentric.questions.records.layouts import layout
from allocentric.worlds import makers
from allocentric.worlds.write import write

HERE: Final = "the command line, allo make"
_SHORTCUTS: Final = ("chance", "majority", "constant", "wording", "caption", "frame")


@Parameter(name="*")
@dataclass(frozen=True)
class Work:
    """Who does the work.

    Attributes
    ----------
    workers
        How many processes of this machine.
    ray
        The address of a Ray cluster whose workers do it instead; "local" starts one here.
    """

    workers: Annotated[int, WHOLE] = 1
    ray: str | None = None


@Parameter(name="*")
@dataclass(frozen=True)
class Asking:
    """What a set of questions is.

    Attributes
    ----------
    kinds
        Which kinds: all, a benchmark's mix such as vsi, or names with commas between them.
    count
        How many questions.
    worlds
        Scenes made on the spot: flats:500 are the flats of 500 seeds. May be given again.
    views
        How each scene is seen: walk:32, panorama:8, or scene for the views it has; their pictures are
        written.
    language
        en, or zh for those kinds that are asked in Chinese.
    twins
        After each question its twins: what withholds the answer, the mirror image, the opposite, other
        letters, other names.
    reasoning
        Why each answer is right, in this form too: steps, graph, depth or tools. May be given again.
    balance
        Thin the set until answers without looking do no better than guessing; the card says what went.
    format
        parquet, or jsonl, sharegpt, messages, vsi, trl, verl.
    clear
        How clear a truth has to be, in tolerances of its unit.
    """

    kinds: str | None = None
    count: Annotated[int, WHOLE] = 1000
    worlds: tuple[str, ...] = ()
    views: str | None = None
    language: Language = "en"
    twins: bool = False
    reasoning: tuple[str, ...] = ()
    balance: bool = False
    format: str = "parquet"
    clear: float = 1.0


def make(
    *what: str,
    out: Path | None = None,
    seed: Annotated[int, WHOLE] = 0,
    listed: Annotated[bool, Parameter("--list")] = False,
    as_json: Annotated[bool, Parameter("--json")] = False,
    asking: Asking = Asking(),
    work: Work = Work(),
) -> None:
    """Make a scene from a seed, or a set of questions about scenes: the same seed, the same bytes.

    A set: allo make rooms/*.json --kinds vsi --count 10000 --out set/
    A scene: allo make flat flat.json --seed 7

    Parameters
    ----------
    what
        Files or folders of scenes; or, without --kinds, a maker (see --list) and the file to write.
    out
        The folder of the set. A run that was stopped goes on from there.
    seed
        Any whole number.
    listed
        List the makers.
    as_json
        Print the card of the set as JSON.
    """
    if listed:
        print_screen(makers_screen())
    elif asking.kinds is not None or asking.worlds:
        _set(what, asking, work, out=out, seed=seed, as_json=as_json)
    else:
        _scene(what, seed)


def _scene(what: tuple[str, ...], seed: int) -> None:
    if len(what) != 2:
        mend = (
            "write allo make flat flat.json, allo make room.json --kinds vsi --out set/, or allo make --list"
        )
        raise BadInput("it takes a maker and a file, or scenes and --kinds", where=HERE, mend=mend)
    maker, out = what
    scene = makers.make(maker, seed)
    lost = write(scene, Path(out))
    print_lines(f"{out}: {len(scene)} things of {scene.id}", *(f"  {note}" for note in lost))


def _set(
    what: tuple[str, ...], asking: Asking, work: Work, *, out: Path | None, seed: int, as_json: bool
) -> None:
    if out is None:
        raise BadInput("a set needs a folder", where=HERE, mend="give --out set/")
    if asking.count < 1:
        raise BadInput(f"{asking.count} questions", where=f"{HERE} --count", mend="give 1 or more")
    if work.workers < 1:
        raise BadInput(f"{work.workers} workers", where=f"{HERE} --workers", mend="give 1 or more")
    if not 0 <= asking.clear < math.inf:
        mend = "give tolerances: 0 or more; 1 is what a careful person needs"
        raise BadInput(f"{asking.clear} is not how clear a truth is", where=f"{HERE} --clear", mend=mend)
    plan = Plan(
        places=places_in(what, asking.worlds, seed=seed),
        wanted=mixed(asking.kinds or "all"),
        count=asking.count,
        seed=seed,
        clear=asking.clear,
        looks=read_looks(asking.views) if asking.views else None,
        language=asking.language,
        twins=asking.twins,
        reasoning=_forms(asking.reasoning),
    )

    def watch(totals: Iterator[int]) -> Iterable[int]:
        return counted(totals, plan.count, "questions")

    try:
        card = make_set(
            plan,
            out,
            layout(asking.format),
            workers=work.workers,
            ray=work.ray,
            pictures=plan.looks is not None,
            balance=asking.balance,
            watch=watch,
        )
    except KeyboardInterrupt:
        print_lines("stopped: the same command goes on from here", error=True)
        raise
    if as_json:
        print_json(card)
    else:
        print_screen(_card_screen(card, out))


def _forms(wanted: tuple[str, ...]) -> tuple[str, ...]:
    unknown = next((each for each in wanted if each not in FORMS), None)
    if unknown is not None:
        raise UnknownName("form of reasoning", unknown, list(FORMS), where=f"{HERE} --reasoning")
    return wanted


def _card_screen(card: dict[str, Any], out: Path) -> RenderableType:
    """The set at a glance: what was made, what it gives away, what was left out."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for head in ("type", "questions", "chance", "letter", "constant", "wording", "caption", "picture"):
        table.add_column(
            head, justify="left" if head == "type" else "right", style="" if head == "type" else "cyan"
        )
    shortcuts = {each["type"]: each for each in card["shortcuts"]}
    for type, each in card["kinds"].items():
        found = shortcuts.get(type, {})
        numbers = (found.get(name) for name in _SHORTCUTS)
        shown = ("" if number is None else f"{number:.2f}" for number in numbers)
        table.add_row(type, f"{each['questions']:,}", *shown)
    fewer = card["asked_for"] - card["questions"]
    lines = [
        f"{out}: {card['questions']:,} questions about {card['scenes']:,} scenes",
        f"sha256 {card['sha256']}",
    ]
    lines += [f"{fewer:,} fewer than asked for: no scene has more"] if fewer and not card["dropped"] else []
    dropped = sum(card["dropped"].values())
    lines += [f"{dropped:,} dropped to balance it"] if dropped else []
    rejected = sum(card["rejected"].values())
    lines += [f"{rejected:,} not asked: see README.md there"] if rejected else []
    lines += [f"left out: {kind} needs {missing}" for kind, missing in card["lacking"].items()]
    lines += [f"skipped: {scene}: {why}" for scene, why in card["skipped"].items()]
    return Group(table, Text(""), *(Text(each) for each in lines))
