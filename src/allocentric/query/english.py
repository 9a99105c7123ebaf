"""English questions to programs: read whole, or refused with what was understood; never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from allocentric.query.amounts import kind_of
from allocentric.query.counted import Members, counted, paired
from allocentric.query.earth import EARTH_MEANINGS
from allocentric.query.grammar import (
    SEPARATORS,
    Chart,
    Grammar,
    Meaning,
    Unclear,
    Value,
    compile_grammar,
    read_rules,
    says,
)
from allocentric.query.grammar_figures import read_figure
from allocentric.query.grammar_leaves import LEAVES
from allocentric.query.meanings import MEANINGS
from allocentric.query.normal import plain_question
from allocentric.query.observer import GEOMETRY, settled
from allocentric.query.phrases import CLASSES, COMPASS, CONTACTS, MEASURES, SIDES, SIDES_OF
from allocentric.query.route_text import read_route
from allocentric.query.rules import TEXTS
from allocentric.words import UNITS


@dataclass(frozen=True, slots=True)
class Reading:
    """The one program that a question means, and the unit it asks for ("cm"; None: any)."""

    program: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question was not read: what was understood, and the programs that it may stand for.

    With `readings` the sentence is of the grammar and open; without, it is outside of it.
    """

    understood: str
    why: str
    readings: tuple[str, ...] = ()


# The word table as rules: what each form means is its key, with a sign behind it where one compares.
_TABLES: Final = {"CONTACT": CONTACTS, "SIDE": SIDES, "SIDEOF": SIDES_OF, "POINT": COMPASS}
_NAMED: Final = {"NOUN": "nouns", "ADJ": "adjectives"}
_COMPARED: Final = {"COMP >": "more", "COMP <": "less", "SUP most": "most", "SUP least": "least"}


def _word_rules() -> dict[str, list[tuple[str, Meaning]]]:
    made: dict[str, list[tuple[str, Meaning]]] = {
        symbol: [(form, says(key)) for key, forms in table.items() for form in forms]
        for symbol, table in _TABLES.items()
    }
    for name, words in (_NAMED | _COMPARED).items():
        symbol, _, sign = name.partition(" ")
        for key, measure in MEASURES.items():
            meaning = says(f"{key} {sign}".strip())
            made.setdefault(symbol, []).extend((form, meaning) for form in getattr(measure, words))
    plurals = [
        (f"{noun}s", says(key)) for key, each in MEASURES.items() for noun in each.nouns if " " not in noun
    ]
    return made | {"NOUNS": plurals}


@cache
def grammar() -> Grammar:
    """The compiled grammar of questions, made once."""
    rows = _word_rules()
    tight = frozenset(rows)
    for text in TEXTS:
        for symbol, given in read_rules(text, MEANINGS | EARTH_MEANINGS).items():
            rows.setdefault(symbol, []).extend(given)
    return compile_grammar(rows, LEAVES, CLASSES, tight=tight)


def read_english(
    question: str, *, options: Sequence[str] = (), members: Members | None = None
) -> Reading | Refusal:
    """The program that an English question means, or a refusal that says what was understood.

    `options` are the answers offered, with or without letters: they choose the sectors of an open
    question about direction, and are the candidates where a question names none. `members` names
    the things of a kind: it tells which two "the two chairs" are, and whether there are two.

    >>> read_english("How far is the sofa from the tv?").program
    'distance(the("sofa"), the("tv"))'
    """
    route = read_route(question)
    if route is not None:
        return Reading(route)
    figure = read_figure(question)
    if figure is not None:
        return Reading(figure)
    plain = plain_question(question, options)
    chart = Chart(grammar(), plain.sentence)
    values = chart.readings("START") or [
        value for each in paired(plain.sentence) for value in Chart(grammar(), each).readings("START")
    ]
    meant = list(dict.fromkeys(_finished(value, plain.geometries, members) for value in values))
    programs = [each for each in meant if isinstance(each, str)]
    unclear = [each for each in meant if isinstance(each, Unclear)]
    readings = dict.fromkeys([*programs, *(one for each in unclear for one in each.readings)])
    unit = plain.sentence.unit
    if unit is not None and len(readings) > 1:  # the unit may say which is meant
        fitting = [each for each in readings if kind_of(each) == UNITS[unit].kind]
        programs, unclear = (fitting, []) if len(fitting) == 1 else (programs, unclear)
    if len(programs) == 1 and not unclear:
        return _in_unit(programs[0], unit, chart)
    why = unclear[0].why if unclear else "it can be read in several ways" if meant else _what_stopped(chart)
    return Refusal(_understood(chart), why, tuple(readings))


def _finished(value: Value, geometries: tuple[str, ...], members: Members | None) -> Value:
    """A meaning with its geometry written in, and whatever it leaves open found."""
    if isinstance(value, str):
        written = _with_geometry(value, geometries)
        value = settled(written) if written else Unclear("it does not say of which distance the geometry is")
        return counted(value, members) if isinstance(value, str) else _closed(value, members)
    readings = (_with_geometry(each, geometries) for each in value.readings)
    return _closed(Unclear(value.why, tuple(each for each in readings if each)), members)


def _closed(open_: Unclear, members: Members | None) -> Unclear:
    """What stays open, with those of its readings that leave nothing else open."""
    closed = (settled(each) for each in open_.readings)
    there = (counted(each, members) for each in closed if isinstance(each, str))
    return Unclear(open_.why, tuple(each for each in there if isinstance(each, str)))


def _with_geometry(program: str, geometries: tuple[str, ...]) -> str | None:
    """The program with the one geometry that was named; None where there is no place for it."""
    if program.startswith("winding("):  # which is told from above as it is
        geometries = tuple(each for each in geometries if each != "floor")
    if len(geometries) > 1 or (geometries not in ((), ("surface",)) and GEOMETRY not in program):
        return None
    named = f', geometry="{geometries[0]}"' if geometries not in ((), ("surface",)) else ""
    return program.replace(GEOMETRY, named)


def _in_unit(program: str, unit: str | None, chart: Chart) -> Reading | Refusal:
    if unit is None:
        return Reading(program)
    kind = kind_of(program)
    if program.startswith("walk(") and UNITS[unit].kind == "length":
        return Reading(f"length({program})", UNITS[unit].symbol)
    if kind != UNITS[unit].kind:
        what = f"a {kind}" if kind else "what it asks"
        return Refusal(_understood(chart), f"{unit} do not measure {what}: leave the unit out of {program}")
    return Reading(program, UNITS[unit].symbol)


def _understood(chart: Chart) -> str:
    return " ".join(each for each in chart.sentence.typed[: chart.farthest] if each not in SEPARATORS)


def _what_stopped(chart: Chart) -> str:
    rest = " ".join(each for each in chart.sentence.typed[chart.farthest :] if each not in SEPARATORS)
    if rest:
        return f"no question that is known goes on with {rest!r}"
    return "no question that is known ends here" if chart.sentence.tokens else "there is no question"
