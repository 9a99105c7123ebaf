"""How a question is put: short templates, filled with the question and its lettered options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Picture, Prompt

LETTER: Final = "{question}\n{options}\nAnswer with the letter of the option."
LETTER_GIVEN: Final = "{question}\nAnswer with the letter of the option."
LETTERS: Final = (
    "{question}\n{options}\nAnswer with the letters of all options that hold, with commas between."
)
YES_NO: Final = "{question}\nAnswer yes or no."
NUMBER: Final = "{question}\nAnswer with one number."
NUMBER_IN: Final = "{question}\nAnswer with one number, in {unit}."
SHORT: Final = "{question}\nAnswer with a word or a short phrase."
POINT_PIXELS: Final = "{question}\nAnswer with the pixel as (x, y)."
POINT_FRACTIONS: Final = "{question}\nAnswer with points as [(x, y), ...], in fractions of width and height."
BARE: Final = "{question}"
"""What one is asked for, where a release fixes no words of its own."""

FRAMES: Final = "These are frames of a video.\n"
VSI_LETTER: Final = FRAMES + (
    "{question}\nOptions:\n{options}\nAnswer with the option's letter from the given choices directly."
)
VSI_NUMBER: Final = FRAMES + "{question}\nPlease answer the question using a single word or phrase."
"""The words of VSI-Bench, which the releases drawn from it keep."""


def lettered(options: Sequence[str]) -> str:
    """The options, a line each, behind their letters.

    >>> lettered(["left", "right"])
    'A. left\\nB. right'
    """
    return "\n".join(f"{chr(ord('A') + row)}. {text}" for row, text in enumerate(options))


def put(template: str, question: str, expected: Expected) -> str:
    """The words of a prompt: `template` with question, options and unit in their places.

    A question that has braces of its own is left as it is.

    >>> put(NUMBER_IN, "How long is the sofa?", Expected("length", unit="cm"))
    'How long is the sofa?\\nAnswer with one number, in cm.'
    """
    filled = template.replace("{unit}", expected.unit or "")
    head, _, tail = filled.partition("{question}")
    options = lettered(expected.options)
    return head.replace("{options}", options) + question + tail.replace("{options}", options)


def prompt(id: str, template: str, question: str, *, expected: Expected, pictures: Sequence[str]) -> Prompt:
    """One prompt: the pictures first, as most releases put them, then the words."""
    words = put(template, question, expected)
    return Prompt(id, (*(Picture(each) for each in pictures), words), expected)
