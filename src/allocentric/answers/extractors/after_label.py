"""What follows "Answer:", as SpatialText reads it."""

from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import taken
from allocentric.answers.kinds import Expected, Reading


def read(reply: str, expected: Expected) -> Reading:
    """All behind the last "Answer:" without its spaces, all of the reply where there is none; to the letter.

    >>> read("So it is.\\nAnswer: B, D", Expected("choices")).value
    ('B', 'D')
    """
    return taken(reply.strip().split("Answer:")[-1].strip().replace(" ", ""), expected)


EXTRACTOR: Final = Extractor(
    name="after_label",
    version=1,
    about='all behind the last "Answer:" (else the whole reply) without spaces, compared to the letter',
    source="SpatialText, moon0222/SpatialText, evaluate.py",
    read=read,
)
