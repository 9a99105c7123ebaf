"""Questions about puzzles of the mind's eye, ways along lines, units of a page, and cells of a picture.

A grammar of its own: what is called figure, sheet, net or cell here may be part of any name elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from allocentric.query.grammar import Chart, Grammar, Meaning, Sentence, Slots, compile_grammar, read_rules
from allocentric.query.grammar_leaves import LEAVES
from allocentric.query.nouns import CLOSED
from allocentric.words import singular

RULES: Final = r"""
[ASK]
which of the figures a to d is the target turned a mirror image does not count
one of the figures a to d can be turned so that it looks like the target which one
which figure is the same as the target only turned in space and not mirrored
    = @figure_of_four
is the? a:WHAT the same as the? b:WHAT only turned
can the? a:WHAT be turned into the? b:WHAT
    = congruent(all("$a"), all("$b"))

the net is folded into a cube the colours outside which of the cubes a to d can it be
which of the cubes a to d is made from this net coloured side out
which cube can be folded from the net with its colours on the outside
    = @cube_of_four
which face is opposite to the? a:WHAT ( one/face )? when the net is folded
    = opposite(the("$a"))
when the net is folded do a:WHAT b:WHAT and c:WHAT meet on the left on the right and on top
    = meeting(the("$a"), the("$b"), the("$c"))

is the? a:WHAT the unfolded b:WHAT folded by f:FOLDS and punched at the h:WHAT
    = unfolded(the("$a"), the("$b"), folds=[$f], holes=the("$h"))

the s:WHAT is cut by the plane through p q and r what shape is the cut
what polygon does the plane through the points p q and r cut out of the s:WHAT
a saw follows the plane through p q and r what is the shape of the cut face of the s:WHAT
    = section(the("$s"), the("P"), the("Q"), the("R"))

how many cubes is this stack made of every cube that cannot be seen is there only to hold up one that can
count the cubes of the stack hidden ones too a cube that is not seen is there only where it holds up one \
    that is seen
how many cubes are there in all a hidden cube is there only if one that is seen rests on it
    = count(all("cube"))

picture v:VIEW is cut into 3 rows and 3 columns in which cell is the middle of the a:WHAT
in a 3 x 3 grid over picture v:VIEW which cell holds the middle of the a:WHAT
lay a 3 x 3 grid over picture v:VIEW in which of its cells is the middle of the a:WHAT
    = cell_in(the("$a"), $v)
on the page how many units apart are the a:WHAT and the b:WHAT
what is the straight-line distance between the a:WHAT and the b:WHAT in units of the page
how many units of the grid is it from the a:WHAT to the b:WHAT in a straight line
    = distance(the("$a"), the("$b"), geometry="centre")
which is the shortest way along the k:WHAT from the a:WHAT to the b:WHAT
    = @route_along

[FOLDS]
a:WHAT
    = the("$a")
a:WHAT then b:FOLDS
    = the("$a"), $b
"""

MOST_LETTERS: Final = 300
_LONGEST: Final = 4  # words of one name
_SPEAKS: Final = re.compile(r"\b(?:net|cubes?|units|plane|turned|unfolded|shortest|cells?)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"\"[^\"\\]*\"|[^\W_][\w'-]*")


def read_figure(text: str) -> str | None:
    """The program of a question about a puzzle; None for any other text.

    >>> read_figure("Which face is opposite to the red one when the net is folded?")
    'opposite(the("red"))'
    """
    if len(text) > MOST_LETTERS or not _SPEAKS.search(text):
        return None
    typed = tuple(_WORD.findall(text))
    sentence = Sentence(tuple(each.lower() for each in typed), typed)
    found = {each for each in Chart(_grammar(), sentence).readings("ASK") if isinstance(each, str)}
    return found.pop() if len(found) == 1 else None


@cache
def _grammar() -> Grammar:
    return compile_grammar(read_rules(RULES, _MEANINGS), {"WHAT": _name, "VIEW": LEAVES["ID"]}, {})


def _name(sentence: Sentence, at: int) -> list[tuple[int, str]]:
    """A few words, as they are typed, that can be part of a name; a letter may stand behind."""
    found = list[tuple[int, str]]()
    for end, typed in enumerate(sentence.typed[at : at + _LONGEST], at + 1):
        letter = end > at + 1 and len(typed) == 1 and typed.isupper()
        if typed.lower() in CLOSED and not letter:
            break
        found.append((end, " ".join(sentence.typed[at:end])))
    return found


def of_four(kind: str, statement: str) -> str:
    """Which of four things, A to D, a statement is true of; `@` stands for the letter.

    >>> of_four("cup", 'on(the("cup @"))')[:40]
    'which({"cup A": on(the("cup A")), "cup B'
    """
    cases = (f'"{kind} {letter}": {statement.replace("@", letter)}' for letter in "ABCD")
    return f"which({{{', '.join(cases)}}})"


TURNED: Final = of_four("figure", 'congruent(all("figure @"), all("target"))')
"""Which of the figures A to D is the target, turned."""

FOLDED: Final = of_four("cube", 'meeting(the("cube @ left"), the("cube @ right"), the("cube @ top"))')
"""Which of the cubes A to D, each seen from a corner, a net folds into."""


def _route_along(slots: Slots) -> str:
    return f'route(the("{slots["a"]}"), the("{slots["b"]}"), lines=all("{singular(slots["k"])}"))'


_MEANINGS: Final[Mapping[str, Meaning]] = {
    "figure_of_four": lambda _: TURNED,
    "cube_of_four": lambda _: FOLDED,
    "route_along": _route_along,
}
