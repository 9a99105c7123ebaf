"""English questions to programs: read whole, or refused with what was understood; never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from allocentric.query import grammar_choices, grammar_directions, grammar_quantities, grammar_things
from allocentric.query.grammar import (
    SEPARATORS,
    Chart,
    Grammar,
    Meaning,
    Sentence,
    Unclear,
    compile_grammar,
    read_rules,
    says,
)
from allocentric.query.grammar_leaves import LEAVES
from allocentric.query.meanings import GEOMETRY, MEANINGS, kind_of, settled
from allocentric.query.normal import Plain, plain_question
from allocentric.query.phrases import CLASSES, COMPASS, CONTACTS, MEASURES, SIDES, SIDES_OF
from allocentric.query.route_text import read_route
from allocentric.words import UNITS


@dataclass(frozen=True, slots=True)
class Reading:
    """The one program that a question means, and the unit it asks for ("cm"; None: any)."""

    program: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a question was not read: what was understood, and the programs that it may stand for."""

    understood: str
    why: str
    readings: tuple[str, ...] = ()


# The word table as rules: what each form means is its key.
_TABLES: Final = {"CONTACT": CONTACTS, "SIDE": SIDES, "SIDEOF": SIDES_OF, "POINT": COMPASS}
_MEASURED: Final = {"NOUN": "nouns", "ADJ": "adjectives", "COMP >": "more", "COMP <": "less"}
_MEASURED_MOST: Final = {"SUP most": "most", "SUP least": "least"}

_WHOLE: Final = """
[START]
q:ASK
    = $q
f:F q:ASK
q:ASK f:F
    = @seen_from
"""


def _word_rules() -> dict[str, list[tuple[str, Meaning]]]:
    made: dict[str, list[tuple[str, Meaning]]] = {
        symbol: [(form, says(key)) for key, forms in table.items() for form in forms]
        for symbol, table in _TABLES.items()
    }
    for name, words in (_MEASURED | _MEASURED_MOST).items():
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
    """The compiled grammar of questions: `ASK` asks, of an observer or not; `START` is a whole sentence."""
    rows = _word_rules()
    tight = frozenset(rows)
    for module in (grammar_things, grammar_quantities, grammar_choices, grammar_directions):
        rows |= {
            symbol: [*rows.get(symbol, ()), *given]
            for symbol, given in read_rules(module.RULES, MEANINGS).items()
        }
    return compile_grammar(rows | read_rules(_WHOLE, MEANINGS), LEAVES, CLASSES, tight=tight)


def read_english(question: str, *, options: Sequence[str] = ()) -> Reading | Refusal:
    """The program that an English question means, or a refusal that says what was understood.

    `options` are the answers offered, with or without letters: they choose the sectors of an open
    question about direction, and are the candidates where a question names none.

    >>> read_english("How far is the sofa from the tv?").program
    'distance(the("sofa"), the("tv"))'
    """
    route = read_route(question)
    if route is not None:
        return Reading(route)
    plain = plain_question(question, options)
    chart = Chart(grammar(), plain.sentence)
    meant = list(dict.fromkeys(_finished(value, plain) for value in chart.readings("START")))
    programs = [each for each in meant if isinstance(each, str)]
    unclear = [each for each in meant if isinstance(each, Unclear)]
    if len(programs) == 1 and not unclear:
        return _in_unit(programs[0], plain)
    understood = _understood(chart, plain.sentence)
    in_unit = [
        one
        for each in unclear
        for one in each.readings
        if plain.sentence.unit and kind_of(one) == UNITS[plain.sentence.unit].kind
    ]
    if not programs and len(set(in_unit)) == 1:  # the unit says which is meant
        return _in_unit(in_unit[0], plain)
    if meant:
        readings = tuple(dict.fromkeys([*programs, *(one for each in unclear for one in each.readings)]))
        why = unclear[0].why if unclear else "it can be read in several ways"
        return Refusal(understood, why, readings)
    return Refusal(understood, _what_stopped(chart, plain.sentence))


def _finished(value: str | Unclear, plain: Plain) -> str | Unclear:
    """A meaning with its geometry written in, and whatever it leaves open found."""
    if isinstance(value, Unclear):
        return Unclear(value.why, tuple(each.replace(GEOMETRY, "") for each in value.readings))
    geometry = plain.geometry if plain.geometry != "surface" else None
    if plain.mixed or (geometry is not None and GEOMETRY not in value):
        return Unclear("it does not say of which distance the geometry is")
    return settled(value.replace(GEOMETRY, f', geometry="{geometry}"' if geometry else ""))


def _in_unit(program: str, plain: Plain) -> Reading | Refusal:
    unit = plain.sentence.unit
    if unit is None:
        return Reading(program)
    kind = kind_of(program)
    if kind != UNITS[unit].kind:
        what = f"a {kind}" if kind else "what it asks"
        return Refusal(" ".join(plain.sentence.tokens), f"{unit} do not measure {what}", (program,))
    return Reading(program, UNITS[unit].symbol)


def _understood(chart: Chart, sentence: Sentence) -> str:
    words = [each for each in sentence.typed[: chart.farthest] if each not in SEPARATORS]
    return " ".join(words)


def _what_stopped(chart: Chart, sentence: Sentence) -> str:
    rest = " ".join(each for each in sentence.typed[chart.farthest :] if each not in SEPARATORS)
    if not sentence.tokens:
        return "there is no question"
    return (
        f"no question that is known goes on with {rest!r}" if rest else "no question that is known ends here"
    )
