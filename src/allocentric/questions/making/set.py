"""A set of questions in a folder: shards, the card that says what they are, where their scenes are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from allocentric.errors import BadInput
from allocentric.jobs import atomic_write, read_bytes
from allocentric.questions.making.card import card_of, readme_of
from allocentric.questions.making.places import Made, Place
from allocentric.questions.making.plan import Plan
from allocentric.questions.making.run import END, Tally, Watch, make_lines
from allocentric.questions.making.shards import check_container, write_shards
from allocentric.questions.making.shortcuts import shortcuts_of
from allocentric.questions.records.layouts import Layout
from allocentric.scene.json_text import decode, encode

CARD: Final = "card.json"
LOG: Final = "making.log"
SCENES: Final = "scenes"
Json = dict[str, Any]


def make_set(
    plan: Plan,
    out: str | Path,
    layout: Layout,
    *,
    workers: int = 1,
    ray: str | None = None,
    pictures: bool = False,
    watch: Watch = iter,
) -> Json:
    """Put a set of questions into the folder `out`; its card.

    The same plan makes the same set, whoever does the work. A run that is killed goes on from its whole
    pieces when it is started again. Raises BadInput where `out` holds another set, cannot be written, or not
    one question could be made.
    """
    out = Path(out)
    check_container(layout)
    found = card_in(out)
    fingerprint = f"{plan.fingerprint()}-{layout.name}"
    if found is not None and found["fingerprint"] == fingerprint:
        return found
    if found is not None or (out.is_dir() and not _ours(out)):
        what = "the folder holds another set" if found else "the folder is not empty"
        raise BadInput(what, where=str(out), mend="name another folder, or remove this one")
    _make_folder(out)
    if pictures:
        plan = replace(plan, pictures=str(out / SCENES))
    tally = make_lines(plan, out / LOG, workers=workers, ray=ray, watch=watch)
    return _finished(plan, out, layout, tally=tally, fingerprint=fingerprint)


def card_in(folder: Path) -> Json | None:
    """The card of the set in a folder; None where there is no whole set."""
    path = folder / CARD
    return decode(read_bytes(path), Json, where=str(path)) if path.is_file() else None


def _finished(plan: Plan, out: Path, layout: Layout, *, tally: Tally, fingerprint: str) -> Json:
    """Shards, scenes, report and card; the card last, and the log goes when all is there."""
    shown = {each.name: _address(each) for each in plan.places}

    def picture(scene: str, view: str) -> str | None:
        path = Path(SCENES) / scene / "images" / f"{view}.png"
        return str(path) if plan.pictures and (out / path).is_file() else None

    files = write_shards(_lines(out), layout, out, pictures=picture)
    atomic_write(out / "scenes.json", encode(shown) + b"\n")
    report = shortcuts_of(lambda: _lines(out), tally.captions)
    card = card_of(plan, tally, layout=layout.name, files=files, report=report, fingerprint=fingerprint)
    atomic_write(out / "README.md", readme_of(card).encode())
    atomic_write(out / CARD, encode(card) + b"\n")
    with suppress(OSError):
        (out / LOG).unlink()
    return card


def _lines(out: Path) -> Iterator[bytes]:
    """The questions of the log, without what closes its units."""
    with open(out / LOG, "rb") as file:
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
