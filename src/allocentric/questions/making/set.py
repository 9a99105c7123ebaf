"""A set of questions in a folder: shards, the card that says what they are, where their scenes are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes
from allocentric.questions.making.balance import thinned
from allocentric.questions.making.card import card_of, readme_of
from allocentric.questions.making.pictures import picture_of
from allocentric.questions.making.places import Made, Place, scene_at
from allocentric.questions.making.plan import Plan
from allocentric.questions.making.run import END, Tally, Watch, make_lines
from allocentric.questions.making.shards import check_container, write_shards
from allocentric.questions.making.shortcuts import shortcuts_of
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import Layout
from allocentric.scene.json_text import decode, encode
from allocentric.worlds.makers import MAKERS, PUZZLES

CARD: Final = "card.json"
LOG: Final = "making.log"
BALANCED: Final = "balanced.log"
SCENES: Final = "scenes"
Json = dict[str, Any]
_DRAWN: Final = frozenset(each.name for each in PUZZLES)  # what needs no views to be shown


def make_set(
    plan: Plan,
    out: str | Path,
    layout: Layout,
    *,
    workers: int = 1,
    ray: str | None = None,
    pictures: bool = False,
    balance: bool = False,
    watch: Watch = iter,
) -> Json:
    """Put a set of questions into the folder `out`; its card.

    The same plan makes the same set, whoever does the work. A run that is killed goes on from its whole
    pieces when it is started again. With `balance` it is thinned: see `thinned`. Raises BadInput where `out`
    holds another set, cannot be written, or not one question could be made.
    """
    out = Path(out)
    check_container(layout)
    found = card_in(out)
    fingerprint = f"{plan.fingerprint()}-{layout.name}{'-balanced' if balance else ''}"
    if found is not None and found["fingerprint"] == fingerprint:
        return found
    if found is not None or (out.is_dir() and not _ours(out)):
        what = "the folder holds another set" if found else "the folder is not empty"
        raise BadInput(what, where=str(out), mend="name another folder, or remove this one")
    _make_folder(out)
    shown = _DRAWN if plan.looks is None else {each.name for each in MAKERS}
    if pictures or any(isinstance(each, Made) and each.maker in shown for each in plan.places):
        plan = replace(plan, pictures=str(out / SCENES))
    tally = make_lines(plan, out / LOG, workers=workers, ray=ray, watch=watch)
    dropped = _balance(out, tally) if balance else {}
    return _finished(plan, out, layout, tally=tally, dropped=dropped, fingerprint=fingerprint)


def card_in(folder: Path) -> Json | None:
    """The card of the set in a folder; None where there is no whole set."""
    path = folder / CARD
    return decode(read_bytes(path), Json, where=str(path)) if path.is_file() else None


def _balance(out: Path, tally: Tally) -> dict[str, int]:
    """Put the lines that are kept beside the log, count them anew, and tell what was dropped."""
    thin = thinned(lambda: _lines(out / LOG))
    tally.made.clear()
    tally.sha256 = hashlib.sha256()
    try:
        with open(out / BALANCED, "wb") as file:
            for line in thin.kept():
                file.write(line + b"\n")
                tally.count(line)
    except OSError as error:
        what = f"this cannot be written: {(error.strerror or 'no').lower()}"
        raise BadInput(what, where=str(out / BALANCED), mend="free some space, and run it again") from None
    return dict(thin.dropped)


def _finished(
    plan: Plan, out: Path, layout: Layout, *, tally: Tally, dropped: dict[str, int], fingerprint: str
) -> Json:
    """Shards, scenes, report and card; the card last, and the log goes when all is there."""
    shown = {each.name: _address(each) for each in plan.places}
    held = out / BALANCED if (out / BALANCED).is_file() else out / LOG

    def picture(question: Question, view: str) -> str | None:
        path = picture_of(question, view, out / SCENES / question.scene) if plan.pictures else None
        return None if path is None else path.relative_to(out).as_posix()

    files = write_shards(_lines(held), layout, out, pictures=picture)
    atomic_write(out / "scenes.json", encode(shown) + b"\n")
    at = {each.name: each for each in plan.places}
    scenes = (lambda name: scene_at(at[name], plan.looks)) if plan.looks else None
    report = shortcuts_of(lambda: _lines(held), tally.captions, scenes)
    card = card_of(plan, tally, files=files, report=report, dropped=dropped)
    card = {"fingerprint": fingerprint, "format": layout.name, **card}
    atomic_write(out / "README.md", readme_of(card).encode())
    atomic_write(out / CARD, encode(card) + b"\n")
    for each in (LOG, BALANCED):
        with suppress(OSError):
            (out / each).unlink()
    return card


def _lines(log: Path) -> Iterator[bytes]:
    """The questions of a log, without what closes its units."""
    with open(log, "rb") as file:
        for line in file:
            if not line.startswith(END):
                yield line.rstrip(b"\n")


def _address(place: Place) -> str:
    return f"{place.maker}:{place.seed}" if isinstance(place, Made) else place.address


def _ours(out: Path) -> bool:
    """Whether a folder is empty, or holds a set under way."""
    names: Iterable[str] = {each.name for each in out.iterdir()}
    return not names or LOG in names


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made: {(error.strerror or 'no').lower()}"
        raise BadInput(what, where=str(out), mend="name a folder that may be written to") from None
