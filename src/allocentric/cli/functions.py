"""`allo functions`: the words of the language."""

from __future__ import annotations

from typing import Literal

from allocentric.cli.printing import print_json, print_screen
from allocentric.cli.screen import functions_screen
from allocentric.query.cards import cards as tool_cards


def functions(*, cards: Literal["openai", "mcp"] | None = None) -> None:
    """Print the language: each word, how it is written and what one gets.

    Parameters
    ----------
    cards
        Print the words as a JSON list of tools for models that call functions.
    """
    print_screen(functions_screen()) if cards is None else print_json(tool_cards(cards))
