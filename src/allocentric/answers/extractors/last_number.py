"""The last number of a reply, as VLMEvalKit and EASI read it."""

import re
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import number
from allocentric.answers.kinds import Expected, Reading
from allocentric.answers.strict_places import loads

_WORDS: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty"""
_VALUES: Final = {word: str(value) for value, word in enumerate(_WORDS.split())}
_WORD: Final = re.compile(rf"\b({'|'.join(_VALUES)})\b", re.IGNORECASE)
_NUMBER: Final = r"[-+]?(?:\d*\.\d+|\d+)(?:[eE][-+]?\d+)?"
_NUMBERS: Final = re.compile(_NUMBER)
_TAGGED: Final = re.compile(
    rf"<\s{{0,9}}answer\b[^>]{{0,200}}>\s{{0,99}}({_NUMBER})(?:[^\d<][^<]{{0,999}})?<\s{{0,9}}/\s{{0,9}}answer\s{{0,9}}>",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile("[\u200b\u200c\u200d\ufeff]")
_THOUGHT: Final = re.compile(r"<(/?)\s{0,9}think\s{0,9}>", re.IGNORECASE)


def read(reply: str, expected: Expected) -> Reading:
    """The number that begins an answer tag, else the last number behind the thoughts, else the last of all.

    >>> read("3.5 m (350 cm)", Expected("length")).value, read("1,200", Expected("count")).value
    (350.0, 200.0)
    """
    text = reply
    if text.strip().startswith("[") and text.strip().endswith("]"):
        try:
            found = loads(text)
        except ValueError:
            return number(None, expected)
        first = found[0] if isinstance(found, list) and found else None
        text = str(first) if isinstance(first, str | int | float) else text
    text = _WORD.sub(lambda mark: _VALUES[mark[1].lower()], _HIDDEN.sub("", text.strip()))
    if tagged := _TAGGED.search(text):
        return number(float(tagged[1]), expected)
    numbers = _NUMBERS.findall(_behind_thoughts(text)) or _NUMBERS.findall(text)
    return number(float(numbers[-1]) if numbers else None, expected)


def _behind_thoughts(text: str) -> str:
    marks = list(_THOUGHT.finditer(text))
    ends = [mark.end() for mark in marks if mark[1]] or [mark.end() for mark in marks]
    return text[ends[-1] :] if ends else text


EXTRACTOR: Final = Extractor(
    name="last_number",
    version=1,
    about="the number that begins an answer tag, else the last one behind the thoughts; words up to twenty",
    source="VLMEvalKit and EASI, vlmeval/dataset/utils/spatial_bench/matching_func.py, can_match_na",
    read=read,
)
