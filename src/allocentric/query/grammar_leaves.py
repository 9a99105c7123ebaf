"""The open words of the grammar: names of things, numbers, quantities with units, views."""

from __future__ import annotations

import re
from typing import Final

from allocentric.query import grammar_choices, grammar_directions, grammar_quantities, grammar_things
from allocentric.query.grammar import SEPARATORS, Leaf, Sentence
from allocentric.query.meanings import sectors_for
from allocentric.query.phrases import CLASSES, COMPASS, CONTACTS, MEASURES, SIDES, SIDES_OF
from allocentric.scene.labels import head, in_vocabulary, is_known
from allocentric.words import UNITS, read_number, say_number, singular

# Words that are no part of a name, beside those of the rules: the closed classes, and what is said of things.
_CLOSED: Final = """
the a an this that these those my our your his her their its it he she they him them us we you i me myself them who
is are was were be been being am do does did done doing have has had having can could will would shall should may
might must not no nor never of to from in into onto at by with without and or but than then as so if when while whether
where which what whom whose why how there here some any each every all both either neither none nothing anywhere
everywhere nowhere something anything everything everyone more most less least much many few several enough very too
also only just still again ever always often sometimes else same such because since until unless though although about
against along among around behind beside besides between beyond beneath underneath under over above below before after
during inside outside within near nearby next opposite across through throughout toward towards upon atop up down off
out away apart ahead forward backward for on per via versus vs one ones two three four five six seven eight nine ten
eleven twelve zero half dozen now today yesterday tomorrow ago currently recently usually probably maybe perhaps later
please thanks whole entire entirely completely wholly fully totally partly mostly yes true false relatively longer heavier older newer lighter brighter darker cheaper nicer better best
worse worst comfortable heavy expensive beautiful nice good bad pretty ugly clean dirty broken empty full visible hidden
available ready present missing gone safe dangerous useful important real correct possible warm hot cold wet dry loud
quiet buy bought sell sold cost costs weigh weighs sleep slept eat ate drink drank sat stood went came sees seen
think thinks feel feels like likes want wants need needs own owns use used uses wear wears made make makes built build
broke break burn burned opened closed put puts take takes took bring brought give gives gave keep keeps kept say says
said told asked know knows knew show shows happen happens happened works belong belongs carry carries surround surrounds
reach reached wobble wobbles match matches matched fit fits exist exists allow allows blocks blocked share shares
"""

# Words of the rules, and others, that a name may hold, but not end with: "front door", "standing lamp".
_INNER: Final = frozenset(
    """left right front back rear top bottom side middle center centre north south east west upper lower inner outer
    standing sitting seated hanging leaning reading swivel rocking folding folded mounted parked stored covered filled
    high low long tall short big large small little huge bulky great wide broad deep narrow round new old other another
    red green blue white black brown grey gray yellow purple pink silver gold golden beige dark wooden metal plastic
    leather seater main single double twin close straight thick thin first second third fourth last object objects thing
    things item items vertical horizontal optical direct actual base only dead free facing? cardboard northern southern
    eastern western living dining""".replace("facing?", "").split()
)

# Words of the rules that are names of things, too.
_NAMES: Final = frozenset(
    """apartment bin bins bracket camera compass edge edges flat floor frame furniture ground hand head home house image
    photo picture person piece pieces place robot room scene set spot stand step steps surface system table view viewer
    class bear line remote""".split()
)

_PARTS: Final = frozenset("edge head foot corner rim arm leg end".split())
_HOLDERS: Final = frozenset(
    """chest set jar vase bag pile box bottle glass bowl pair stack roll case cup pot basket bunch can bucket tray piece
    sheet bin crate bouquet""".split()
)
_CANS: Final = frozenset("trash garbage waste watering tin paint oil soda beer spray rubbish".split())
_SEATS: Final = frozenset(
    "seater seat seats door drawer drawers person burner tier way piece legged shelf".split()
)
_VIEWS: Final = frozenset("view camera frame image photo viewpoint shot".split())
_PLURAL_FIRST: Final = frozenset("clothes stairs drawers shelves glasses books dishes seats bottles".split())
_LONGEST: Final = 5  # words of one name


def _never() -> frozenset[str]:
    texts = [grammar_things.RULES, grammar_quantities.RULES, grammar_choices.RULES, grammar_directions.RULES]
    patterns = [
        line for text in texts for line in text.splitlines() if not line.strip().startswith(("=", "#", "["))
    ]
    for table in (CLASSES, CONTACTS, SIDES, SIDES_OF):
        patterns += [form for forms in table.values() for form in forms]
    for each in MEASURES.values():
        for forms in (each.nouns, each.adjectives, each.more, each.less, each.most, each.least):
            patterns += forms
    words = {word for each in patterns for word in re.findall(r"(?<![:\w])[a-z][a-z-]*(?!\w*:)", each)}
    return frozenset(words | set(_CLOSED.split()) | set(SIDES)) - _INNER - _NAMES


_NEVER: Final = _never()


def name(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Every name that begins here: nouns with what stands before them, a number or letter behind."""
    tokens = sentence.tokens
    if at >= len(tokens):
        return []
    if tokens[at].startswith('"'):
        return [(at + 1, tokens[at].strip('"'))]
    if tokens[at] in _HOLDERS and tokens[at + 1 : at + 2] == ("of",):
        return [(end, f"{tokens[at]} of {rest}") for end, rest in name(sentence, at + 2)]
    if tokens[at] in _PARTS and tokens[at + 1 : at + 2] == ("of",):
        start = at + 3 if tokens[at + 2 : at + 3] in (("the",), ("a",)) else at + 2
        before = " ".join(tokens[at:start])
        return [(end, f"{before} {rest}") for end, rest in name(sentence, start)]
    stops = dict.fromkeys(_ends(sentence, at, _first_stop(sentence, at)))
    for stop in range(
        at + 2, min(at + _LONGEST, len(tokens)) + 1
    ):  # a label may hold words that names may not
        if tokens[stop - 1] not in SEPARATORS and in_vocabulary(" ".join(tokens[at:stop])):
            stops[stop] = None
    return [(stop, " ".join(tokens[at:stop])) for stop in stops]


def _first_stop(sentence: Sentence, at: int) -> int:
    tokens = sentence.tokens
    end = at
    while end < len(tokens) and end - at <= _LONGEST and _may_belong(sentence, at, end):
        end += 1
    return end


def _may_belong(sentence: Sentence, start: int, at: int) -> bool:
    word = sentence.tokens[at]
    following = sentence.tokens[at + 1] if at + 1 < len(sentence.tokens) else ""
    if read_number(word) is not None and word not in ("a", "an"):
        return following in _SEATS if at == start else word.isdigit() or following in _SEATS
    if len(word) == 1 and word.isalpha():
        return sentence.typed[at].isupper() and (word not in "ai" or following in _NEVER | SEPARATORS | {""})
    if word == "can":
        return at > start and sentence.tokens[at - 1] in _CANS
    if word in _VIEWS and at == start and following[:1].isdigit():
        return False
    return word not in _NEVER and word not in SEPARATORS and word[0].isalnum()


def _ends(sentence: Sentence, at: int, end: int) -> list[int]:
    """Where a name may end: before what is no part of it, or before a word that it need not hold."""
    tokens = sentence.tokens
    stops = [
        stop
        for stop in range(at + 1, end + 1)
        if stop == end
        or tokens[stop] in _INNER
        or tokens[stop] in COMPASS
        or tokens[stop] == "stand"
        or tokens[stop].isdigit()
    ]
    return [stop for stop in stops if _whole(tokens[at:stop])]


def _whole(words: tuple[str, ...]) -> bool:
    last = words[-1]
    if (
        len(words) > _LONGEST
        or last in _INNER
        or last in COMPASS
        or words in (("camera",), ("set",), ("foot",))
    ):
        return False
    if last.isdigit():
        return len(words) > 1 and _whole(words[:-1])
    if last == "stand" and len(words) > 1 and head(" ".join(words)) == last:
        return False
    return not any(
        singular(word) != word and is_known(word) for word in words[:-1] if word not in _PLURAL_FIRST
    )


def number(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A whole number, as a numeral."""
    word = sentence.tokens[at] if at < len(sentence.tokens) else ""
    value = None if word in ("a", "an", "half") else read_number(word)
    return [] if value is None or value != int(value) else [(at + 1, str(int(value)))]


def quantity(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A number with its unit, as "kind: program text": `length: cm(40)`."""
    tokens = sentence.tokens
    for end in range(min(len(tokens), at + 6), at + 1, -1):
        for cut in range(at + 1, end):
            unit = UNITS.get(" ".join(tokens[cut:end]))
            value = read_number(" ".join(tokens[at:cut])) if unit else None
            if unit is not None and value is not None:
                return [(end, f"{unit.kind}: {_literal(value, unit.symbol, unit.factor)}")]
    return []


def _literal(value: float, symbol: str, factor: float) -> str:
    shown = say_number(value, 12)
    if symbol in ("cm", "mm"):
        return f"{symbol}({shown})"
    return f"deg({shown})" if symbol == "°" else say_number(value * factor, 12)


def view(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The id of a view: a numeral, or a word with a digit or an underscore in it, as typed."""
    if at >= len(sentence.tokens):
        return []
    typed = sentence.typed[at]
    if typed.isdigit():
        return [(at + 1, f"view({int(typed)})")]
    ordinal = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", sentence.tokens[at])
    if ordinal:
        return []
    value = read_number(sentence.tokens[at])
    if value is not None and sentence.tokens[at] not in ("a", "an", "half"):
        return [(at + 1, f"view({int(value)})")]
    if re.search(r"[\d_]", typed) or (len(typed) == 1 and typed.isupper()):
        return [(at + 1, f'view("{typed}")')]
    return []


def options(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The options as names in quotes, where all are names, else nothing; takes up no words."""
    named = list[str]()
    for option in sentence.options:
        words = tuple(option.lower().removeprefix("the ").split())
        there = name(Sentence(words, words), 0) if words else []
        named += [f'"{each}"' for end, each in there if end == len(words)][:1]
    if len(named) < len(sentence.options):
        return []
    return [(at, ", ".join(named))]


def sectors(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The sectors in which an open question is answered, by its options; none where it asks for degrees."""
    if _asks_for_angle(sentence):
        return []
    labels = [option.lower().replace(" ", "-") for option in sentence.options]
    labels = ["back" if label in ("behind", "rear") else label for label in labels]
    labels = ["front" if label in ("in-front", "ahead", "forward") else label for label in labels]
    offered = sectors_for(labels) if labels else None
    return [(at, offered or "four")]


def degrees(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Nothing, where the question asks for degrees; takes up no words."""
    return [(at, "")] if _asks_for_angle(sentence) else []


def _asks_for_angle(sentence: Sentence) -> bool:
    return sentence.unit is not None and UNITS[sentence.unit].kind == "angle"


def edges(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """The edges of "0, 1 and 2 m" or of "0 to 1 m, 1 to 2 m": each in the last unit, a line each."""
    tokens, numbers, unit = sentence.tokens, list[str](), ""
    end, stop = at, at
    while end < len(tokens):
        if read_number(tokens[end]) is not None and tokens[end] not in ("a", "an"):
            numbers.append(tokens[end])
        elif tokens[end] in UNITS and numbers:
            unit, stop = tokens[end], end + 1
        elif tokens[end] not in (",", "and", "or", "to", "-", "between"):
            break
        end += 1
    chained = list(dict.fromkeys(numbers))
    if len(chained) < 2 or not unit or chained != sorted(chained, key=lambda each: read_number(each) or 0):
        return []
    stated = [quantity(Sentence((each, unit), ()), 0) for each in chained]
    return [(stop, "\n".join(each[0][1] for each in stated))]


def number_or_quantity(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A quantity with its unit, or a bare number."""
    return quantity(sentence, at) + [(end, f"number: {value}") for end, value in number(sentence, at)]


LEAVES: Final[dict[str, Leaf]] = {
    "NAME": name,
    "NUM": number,
    "QTY": quantity,
    "QTYN": number_or_quantity,
    "EDGES": edges,
    "ID": view,
    "OPTIONS": options,
    "SECTORS": sectors,
    "DEGREES": degrees,
}
"""The symbols that code reads."""
