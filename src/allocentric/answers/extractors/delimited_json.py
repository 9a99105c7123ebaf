"""What stands between output markers, as DriveMLLM reads it."""

from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import NOTHING, taken
from allocentric.answers.kinds import Expected, Reading

START, END = "<OUTPUT FORMAT START>", "<OUTPUT FORMAT END>"


def read(reply: str, expected: Expected) -> Reading:
    """A list, a number, Yes or No, or a description between the markers; nothing without them.

    >>> read("<OUTPUT FORMAT START>4.5<OUTPUT FORMAT END>", Expected("length")).value
    4.5
    """
    start = reply.find(START)
    end = reply.find(END, start + len(START)) if start >= 0 else -1
    if end < 0:
        return NOTHING
    content = reply[start + len(START) : end].strip()
    if expected.kind == "yes_no" and content not in ("Yes", "No"):
        return NOTHING
    return taken(content, expected)


EXTRACTOR: Final = Extractor(
    name="delimited_json",
    version=1,
    about="a list, number, Yes or No, or description between output markers; nothing without them",
    source="DriveMLLM, XiandaGuo/Drive-MLLM, evaluation/eval_from_json.py of November 2024",
    read=read,
)
