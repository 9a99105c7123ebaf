"""Statements and questions about a page, where right and up are one for all: boxes of shapes, and stories."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from allocentric.query import grammar_boxes, grammar_stories
from allocentric.query.grammar import Chart, Grammar, Sentence, compile_grammar, read_rules
from allocentric.query.grammar_leaves import LEAVES

_HOISTED: Final = re.compile("{0}([^{0}{1}]*){1}".format(*grammar_boxes.HOIST))
_SPELLING: Final = {
    "squere": "square",
    "cirlce": "circle",
    "blccks": "blocks",
    "tocuhing": "touching",
    "atleast": "at least",
    "ablue": "a blue",
    "colours": "colors",
}
"""As statements about such pages are spelled at times."""
_CUT_OFF: Final = {"ll": "all", "t": "at", "tleast": "at least"}  # a first letter that was lost
_WORD: Final = re.compile(r"[^\W_][\w'-]*|,")
MOST_LETTERS: Final = 300


@cache
def _grammar() -> Grammar:
    rows = read_rules(grammar_boxes.RULES, grammar_boxes.MEANINGS)
    for symbol, given in read_rules(grammar_stories.RULES, grammar_stories.MEANINGS).items():
        rows.setdefault(symbol, []).extend(given)
    return compile_grammar(rows, {"NUM": LEAVES["NUM"], "WHO": grammar_stories.who}, {})


def read_page(text: str) -> tuple[str, ...]:
    """The programs that a statement about a page may stand for; none where it is not of this grammar.

    >>> read_page("Is K above M?")
    ('relation(the("K"), the("M"), world(), axis="up") == "above"',)
    """
    if len(text) > MOST_LETTERS:
        return ()
    typed = [_SPELLING.get(each.lower(), each) for each in _WORD.findall(text)]
    typed[:1] = [_CUT_OFF.get(each, each) for each in typed[:1]]
    words = tuple(" ".join(typed).split())
    sentence = Sentence(tuple(each.lower() for each in words), words)
    found = Chart(_grammar(), sentence).readings("START")
    return tuple(dict.fromkeys(_hoisted(each) for each in found if isinstance(each, str)))


def _hoisted(program: str) -> str:
    """The program with its marked sets assigned first, those within others before them."""
    names = dict[str, str]()
    while (found := _HOISTED.search(program)) is not None:
        variable = names.setdefault(found[1], f"s{len(names) + 1}")
        program = program.replace(found[0], variable)
    return "; ".join([*(f"{variable} = {set_}" for set_, variable in names.items()), program])
