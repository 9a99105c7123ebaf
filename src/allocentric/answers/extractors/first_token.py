"""The first token of a reply, as VSI-Bench reads it."""

from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import taken
from allocentric.answers.kinds import Expected, Reading


def read(reply: str, expected: Expected) -> Reading:
    """What stands before the first space, full stops cut off its end.

    >>> read("B. left", Expected("choice")).value, read("The answer is B", Expected("choice")).reason
    ('B', 'no_answer')
    """
    return taken(reply.split(" ", 1)[0].rstrip(".").strip(), expected)


EXTRACTOR: Final = Extractor(
    name="first_token",
    version=1,
    about="all before the first space without full stops; a letter in either case, or what `float` takes",
    source="VSI-Bench, vision-x-nyu/thinking-in-space, lmms_eval/tasks/vsibench/utils.py; ReVSI, VSTI-Bench",
    read=read,
)
