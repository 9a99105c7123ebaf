"""Names of things as they stand in a sentence: which words may be part of one, and where it ends."""

from __future__ import annotations

import re
from typing import Final

from allocentric.query.grammar import SEPARATORS, Sentence
from allocentric.query.phrases import CLASSES, COMPASS, CONTACTS, MEASURES, SIDES, SIDES_OF
from allocentric.query.rules import TEXTS
from allocentric.scene.labels import head, in_vocabulary, is_known
from allocentric.words import UNITS, read_number, singular


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# No part of a name, beside the words of the rules: the closed classes, and what is said of things.
CLOSED: Final = _words("""
the a an this that these those my our your his her their its it he she they him them us we you i me myself
who is are was were be been being am do does did done doing have has had having can could will would shall
should may might must not no nor never of to from in into onto at by with without and or but than then as
so if when while whether where which what whom whose why how there here some any each every all both
either neither none nothing anywhere everywhere nowhere something anything everything everyone more most
less least much many few several enough very too also only just still again ever always often sometimes
else same such because since until unless though although about against along among around behind beside
besides between beyond beneath underneath under over above below before after during inside outside within
near nearby next opposite across through throughout toward towards upon atop up down off out away apart
ahead forward backward for on per via versus vs one ones two three four five six seven eight nine ten
eleven twelve zero half dozen now today yesterday tomorrow ago currently recently usually probably maybe
perhaps later please thanks whole entire entirely completely wholly fully totally partly mostly yes true
false relatively longer heavier older newer lighter brighter darker cheaper nicer better best worse worst
other another comfortable heavy expensive beautiful nice good bad pretty ugly clean dirty broken empty
full visible hidden available ready present missing gone safe dangerous useful important real correct
possible warm hot cold wet dry loud quiet buy bought sell sold cost costs weigh weighs sleep slept eat ate
drink drank sat stood went came sees seen think thinks feel feels like likes want wants need needs own
owns use used uses wear wears made make makes built build broke break burn burned opened closed put puts
take takes took bring brought give gives gave keep keeps kept say says said told asked know knows knew
show shows happen happens happened works belong belongs carry carries surround surrounds reach reached
wobble wobbles match matches matched fit fits exist exists view views viewpoint viewpoints viewer allow
allows blocks blocked share shares
""")

# Words of the rules, and others, that a name may hold, but not end with: "front door", "standing lamp".
_INNER: Final = _words("""
left right front back rear top bottom side middle center centre north south east west upper lower inner
outer standing sitting seated hanging leaning reading swivel rocking folding folded mounted parked stored
covered filled high low long tall short big large small little huge bulky great wide broad deep narrow
round new old red green blue white black brown grey gray yellow purple pink silver gold golden beige dark
wooden metal plastic leather seater main single double twin close straight thick thin first second third
fourth last object objects thing things item items vertical horizontal optical direct actual base only
dead free cardboard northern southern eastern western living dining
""")

# Words of the rules that are names of things, too.
_NAMES: Final = _words("""
apartment bin bins block box bracket camera compass edge edges flat floor frame furniture ground
hand head home house image photo picture person piece pieces place robot room rooms scene set spot stand step
steps surface system table class bear line remote mirror plan cube corner wall walls
""")

_PARTS: Final = _words("edge head foot corner rim arm leg end")  # of a thing: "the edge of the bed"
_HOLDERS: Final = _words("""
chest set jar vase bag pile box bottle glass bowl pair stack roll case cup pot basket bunch can bucket tray
piece sheet bin crate bouquet
""")  # of things: "a vase of flowers"
_CANS: Final = _words("trash garbage waste watering tin paint oil soda beer spray rubbish")
_SEATS: Final = _words("seater seat seats door drawer drawers person burner tier way piece legged shelf")
_VIEWS: Final = _words("view camera frame image photo picture viewpoint shot")
_PLURAL_FIRST: Final = _words("clothes stairs drawers shelves glasses books dishes seats bottles")
_ALONE: Final = _words("camera set foot corner edge head end line")  # no thing by themselves
_RESTS: Final = re.compile(r"(rest|chest|nest|vest|west|test|quest|guest|forest|harvest|priest)s?$")
_UNITS: Final = frozenset(UNITS) - {"foot", "yard", "yards"}
_LONGEST: Final = 5  # words of one name


def _never() -> frozenset[str]:
    lines = [line.strip() for text in TEXTS for line in text.splitlines()]
    patterns = [line for line in lines if not line.startswith(("=", "#", "["))]
    for table in (CLASSES, CONTACTS, SIDES, SIDES_OF):
        patterns += [form for forms in table.values() for form in forms]
    for each in MEASURES.values():
        for forms in (each.nouns, each.adjectives, each.more, each.less, each.most, each.least):
            patterns += forms
    words = {word for each in patterns for word in re.findall(r"(?<![:\w])[a-z][a-z-]*(?!\w*:)", each)}
    return (frozenset(words) | CLOSED | frozenset(SIDES)) - _INNER - _NAMES


_NEVER: Final = _never()


def name(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """Every name that begins here: nouns with what stands before them, a number or letter behind."""
    tokens = sentence.tokens
    if at >= len(tokens):
        return []
    if tokens[at].startswith('"'):
        named = tokens[at].strip('" ')
        return [(at + 1, named)] if named else []
    if tokens[at] in _HOLDERS and tokens[at + 1 : at + 2] == ("of",):
        return [(end, f"{tokens[at]} of {rest}") for end, rest in name(sentence, at + 2)]
    if tokens[at] in _PARTS and tokens[at + 1 : at + 2] == ("of",):
        start = at + 3 if tokens[at + 2 : at + 3] in (("the",), ("a",)) else at + 2
        before = " ".join(tokens[at:start])
        return [(end, f"{before} {rest}") for end, rest in name(sentence, start)]
    stops = dict.fromkeys(_ends(sentence, at, _first_stop(sentence, at)))
    for stop in range(at + 2, min(at + _LONGEST, len(tokens)) + 1):
        # a label may hold words that names may not
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
        lone = at == start and (following in _NEVER or following in SEPARATORS or not following)
        return sentence.typed[at].isupper() and (word not in "ai" or lone)
    if word == "can":
        return at > start and sentence.tokens[at - 1] in _CANS
    if word.endswith("est") and not _RESTS.search(word):  # what is the nicest is no name
        return False
    if word in _VIEWS and at == start and following[:1].isdigit():
        return False
    return word not in _NEVER and word not in SEPARATORS and word[0].isalnum()


def _ends(sentence: Sentence, at: int, end: int) -> list[int]:
    """Where a name may end: before what is no part of it, or before a word that it need not hold."""
    tokens = sentence.tokens
    stops = [stop for stop in range(at + 1, end + 1) if stop == end or _may_follow(tokens[stop])]
    return [stop for stop in stops if _whole(tokens[at:stop])]


def _may_follow(word: str) -> bool:
    return word in _INNER or word in COMPASS or word == "stand" or word.isdigit()


def _whole(words: tuple[str, ...]) -> bool:
    last = words[-1]
    if len(words) == 1 and last in _UNITS:
        return False
    if len(words) > _LONGEST or last in _INNER or last in COMPASS or (len(words) == 1 and last in _ALONE):
        return False
    if last.isdigit():
        return len(words) > 1 and _whole(words[:-1])
    if last == "stand" and len(words) > 1 and head(" ".join(words)) == last:
        return False
    before = [word for word in words[:-1] if word not in _PLURAL_FIRST]
    return not any(singular(word) != word and is_known(word) for word in before)  # "chairs look" is no name
