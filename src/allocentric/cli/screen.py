"""How things look on a terminal: an answer with its proof, a scene at a glance, the words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocentric.cli.printable import printable
from allocentric.query.answer import Answer
from allocentric.query.cards import described
from allocentric.query.check import spelling
from allocentric.query.proof import explain
from allocentric.query.saying import say_margin, say_why_not
from allocentric.query.vocabulary import GROUPS, Word
from allocentric.scene.truth import Fact
from allocentric.words import a_list, say_angle, say_area, say_number
from allocentric.worlds.makers import MAKERS
from allocentric.worlds.overview import DEGREES, Overview, ThingFacts

MOST_FACTS: Final = 12
MOST_THINGS: Final = 40


def answer_screen(answer: Answer, *, explained: bool = False) -> RenderableType:
    """An answer: what it is, the program, by how much it is clear, the facts; or why there is none."""
    told = answer.undetermined
    head = say_why_not(answer.scene, told) if told else answer.text
    rows: list[tuple[str, RenderableType]] = []
    if answer.option is not None:
        rows.append(("option", _text(answer.option)))
    if told is not None:
        rows += [("reason", _text(told.reason)), ("remedy", _text(told.remedy))]
    if answer.program is not None:
        rows.append(("program", _text(answer.program.text)))
    if answer.margin is not None:
        rows.append(
            ("margin", _text(say_margin(answer.margin), "" if answer.margin.clear >= 1 else "yellow"))
        )
    if explained:
        steps = explain(answer.scene, answer.steps).steps
        rows.append(("steps", _grid([(text, f"->  {gave}") for text, gave in steps])))
    if answer.result.evidence:
        about = f"{answer.text} {answer.margin.of if answer.margin else ''}"
        rows.append(("facts", _facts(answer.result.evidence, about)))
    return Group(_text(head, "bold yellow" if told else "bold green"), _fields(rows))


def overview_screen(found: Overview, *, everything: bool = False) -> RenderableType:
    """A scene at a glance; of many things each label in a line, unless `everything` is wanted."""
    rows: list[tuple[str, RenderableType]] = [
        ("read from", _text(", ".join(filter(None, (found.format, found.path))))),
        ("unit", _text(found.unit)),
        ("north", _text(found.north)),
        ("things", _text(f"{len(found.things)}, of {len(found.labels)} labels")),
    ]
    if found.views.count:
        rows.append(("views", _text(_views(found))))
    if found.moving:
        rows.append(("moving", _text(_some(found.moving))))
    for title, lines, style in (
        ("detected", found.detected, ""),
        ("unknown", found.unknown, ""),
        ("looks wrong", found.wrong, "yellow"),
    ):
        if lines:
            rows.append((title, Group(*(_text(each, style) for each in lines))))
    parts: list[RenderableType] = [_text(found.id, "bold"), _fields(rows)]
    if found.rooms:
        parts.append(_rooms(found))
    if found.things:
        few = everything or len(found.things) <= MOST_THINGS
        unit = {"metre": " (m)", DEGREES: " (°)"}.get(found.unit, "")
        parts.append(_each_thing(found.things, unit) if few else _each_label(found.things, unit))
    return Group(*parts)


def ids_screen(path: str, ids: Sequence[str], *, most: int = 20) -> RenderableType:
    """What a file of many scenes holds, and how to choose one."""
    shown = list(ids[:most])
    more = f"and {len(ids) - most} more" if len(ids) > most else ""
    return Group(
        _text(f"{path} holds {len(ids)} scenes", "bold"),
        Padding(Group(*(_text(each) for each in (*shown, more) if each)), (0, 0, 0, 2)),
        _text(f"name one: {path}#{ids[0]}"),
    )


def functions_screen() -> RenderableType:
    """Every word of the language: how it is written, and what one gets."""
    parts: list[RenderableType] = []
    for group in GROUPS:
        parts.append(_text(f"{group.name}: {group.says}", "bold"))
        parts.append(Padding(_grid([(spelling(each), _gist(each)) for each in group.words]), (0, 0, 1, 2)))
    return Group(*parts)


def makers_screen() -> RenderableType:
    """What can be made from a seed."""
    return _grid([(each.name, each.says) for each in MAKERS])


def _gist(called: Word) -> str:
    return described(called).partition("\n")[0]


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style)


def _grid(rows: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan")
    for first, second in rows:
        table.add_row(_text(first), _text(second))
    return table


def _fields(rows: Sequence[tuple[str, RenderableType]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    for name, value in rows:
        table.add_row(name, value)
    return Padding(table, (0, 0, 0, 2))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_edge=False)
    for each in columns:
        table.add_column(
            each, justify="right" if each in ("how many", "area", "height", "heading") else "left"
        )
    return table


def _facts(facts: Sequence[Fact], about: str) -> RenderableType:
    """A row a thing, what the answer speaks of first; a column a property; what all share stands below."""
    named = dict.fromkeys(each.thing for each in facts if each.thing is not None)
    things = sorted(named, key=lambda name: re.search(rf"\b{re.escape(name)}\b", about) is None)
    properties = list(dict.fromkeys(each.property for each in facts if each.thing is not None))
    known = {(each.thing, each.property): each.value for each in facts}
    table = _table("thing", *properties)
    for name in things[:MOST_FACTS]:
        table.add_row(_text(name), *(_text(known.get((name, each), "")) for each in properties))
    shared = [_text(f"{each.property}: {each.value}") for each in facts if each.thing is None]
    more = [_text(f"and {len(things) - MOST_FACTS} things more: --json lists all", "dim")] * (
        len(things) > MOST_FACTS
    )
    return Group(*([table] if things else []), *more, *shared)


def _rooms(found: Overview) -> RenderableType:
    table = _table("room", "area", "")
    for each in found.rooms:
        area = "unknown" if each.area_m2 is None else say_area(each.area_m2)
        table.add_row(_text(each.name), area, "stated" if each.stated else "")
    return Padding(table, (1, 0, 0, 2))


def _each_thing(things: Sequence[ThingFacts], unit: str) -> RenderableType:
    table = _table("label", "name", f"size{unit}", f"centre{unit}", "heading", "front")
    for label, held in groupby(things, key=lambda each: each.label):
        for place, each in enumerate(held):
            table.add_row(
                _text(label if place == 0 else ""),
                _text(each.name),
                "unknown" if each.size is None else " x ".join(_numbers(each.size, unit)),
                _place(each, unit),
                say_angle(each.yaw_rad),
                "" if each.front is None else _front(each),
            )
    return Padding(table, (1, 0, 0, 2))


def _each_label(things: Sequence[ThingFacts], unit: str) -> RenderableType:
    table = _table("label", "how many", f"largest side{unit}", "names")
    for label, group in groupby(things, key=lambda each: each.label):
        held = list(group)
        longest = sorted(max(each.size) for each in held if each.size is not None)
        span = [
            _number(each, unit) for each in dict.fromkeys((longest[:1] + longest[-1:]) if longest else [])
        ]
        table.add_row(
            _text(label),
            str(len(held)),
            " to ".join(dict.fromkeys(span)),
            _text(_some([each.name for each in held], 3)),
        )
    return Group(Padding(table, (1, 0, 0, 2)), _text("  --all lists each thing", "dim"))


def _place(thing: ThingFacts, unit: str) -> str:
    if thing.center is None:
        return "unknown"
    return ", ".join(_numbers(thing.center, unit)) + (f" ± {thing.slack:.2g}" if thing.slack else "")


def _numbers(held: Sequence[float], unit: str) -> list[str]:
    """Of degrees on a globe the first two: the third is a height."""
    return [_number(each, unit) for each in (held[:2] if "°" in unit else held)]


def _number(value: float, unit: str) -> str:
    return f"{value:.{4 if '°' in unit else 2}f}"  # of a degree: ten metres


def _front(thing: ThingFacts) -> str:
    """Which of its own axes the front is, or the direction."""
    assert thing.front is not None
    for axis, value in zip("xyz", thing.front, strict=True):
        if abs(value) > 1 - 1e-9:
            return f"{'+' if value > 0 else '-'}{axis}"
    return ", ".join(f"{each:.2f}" for each in thing.front)


def _views(found: Overview) -> str:
    told = (
        f"{found.views.count}: {_some([*found.views.first], more=found.views.count - len(found.views.first))}"
    )
    if found.views.times_s is None:
        return told
    first, last = (say_number(each) for each in found.views.times_s)
    return f"{told}; from {first} to {last} s"


def _some(names: Sequence[str], most: int = 6, *, more: int = 0) -> str:
    more += max(0, len(names) - most)
    return f"{', '.join(names[:most])} and {more} more" if more else a_list(names)
