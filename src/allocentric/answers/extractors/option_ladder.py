"""The letter of a reply by the seven steps of VLMEvalKit and EASI."""

import re
from collections.abc import Sequence
from typing import Final

from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.extractors.taken import letter
from allocentric.answers.kinds import Expected, Reading

TAIL, LINES = 800, 6
_HIDDEN: Final = re.compile("[\u200b\u200c\u200d\ufeff]")
_OPEN, _CLOSE = r"[(\[{（【]?\s{0,99}", r"\s{0,99}[)\]}）】]?"
_TAGGED: Final = re.compile(
    r"<\s{0,9}answer\b[^>]{0,200}>\s{0,999}([A-J])?|<\s{0,9}/\s{0,9}answer\s{0,9}>", re.IGNORECASE
)
_BEFORE_TAG: Final = re.compile(
    rf"(?<![A-Za-z]){_OPEN}([A-F]){_CLOSE}\s{{0,99}}</\s{{0,9}}answer\s{{0,9}}>", re.IGNORECASE
)
_BEFORE_THOUGHT: Final = re.compile(
    rf"(?<![A-Za-z]){_OPEN}([A-F]){_CLOSE}\s{{0,99}}</\s{{0,9}}think\s{{0,9}}>", re.IGNORECASE
)
_THOUGHT: Final = re.compile(r"<(/?)\s{0,9}think\s{0,9}>", re.IGNORECASE)
_OPTION_LINE: Final = re.compile(r"[*_>\-\s]{0,99}(?:option|选项)\s{1,99}[A-J]\s{0,99}[:：]", re.IGNORECASE)
_SINGLE: Final = re.compile(r"[*_`>（）\[\]【】()\s]{0,99}([A-Fa-f])[*_`（）\[\]【】()\s]{0,99}")
_LABELLED: Final = re.compile(r"\s{0,99}([A-F])\s{0,99}[.．:：)\]】、-]\s", re.IGNORECASE)
_INLINE: Final = re.compile(
    r"(?<![A-Za-z])[*_`（\[{(]{0,20}\s{0,99}([A-F])\s{0,99}[*_`）\]})]{0,20}(?=$|[\s.,:;!?)\]】》」』，。；、：）])"
)
_PHRASE: Final = re.compile(
    r"(?:final\s{0,9}answer|the\s{0,9}answer\s{0,9}is|answer(?:\s{0,9}is)?|correct\s{0,9}answer"
    r"|答案|最终答案|结论|所以|因此|我选(?:择)?|选择|选)"
    rf"\s{{0,99}}[:：>＝=]?\s{{0,99}}{_OPEN}([A-F]){_CLOSE}(?:\b|[.)、。])",
    re.IGNORECASE,
)
_ALONE: Final = re.compile(rf"(?<![A-Za-z]){_OPEN}([A-F]){_CLOSE}(?![A-Za-z])")


def read(reply: str, expected: Expected) -> Reading:
    """The letter that the first of the seven steps finds; letters are A to F, whatever was offered.

    >>> read("<answer>chair</answer>", Expected("choice", ("left", "right"))).value
    'C'
    """
    return letter(_ladder(_HIDDEN.sub("", reply.strip())), expected)


def _ladder(text: str) -> str | None:
    tail = text[-TAIL:]
    found = _tagged(text)
    for pattern in (_BEFORE_TAG, _BEFORE_THOUGHT):
        if found is None and (mark := pattern.search(tail)):
            found = mark[1]
    found = found or _of_lines(_behind_thoughts(text).strip().splitlines()[-LINES:])
    found = found or _of_lines(tail.splitlines()[-LINES:])
    if found is None and (phrase := _PHRASE.search(text)):
        found = phrase[1]
    if found is None:
        left = "\n".join(line for line in text.splitlines() if not _OPTION_LINE.match(line))
        alone = set(_ALONE.findall(left))
        found = alone.pop() if len(alone) == 1 else None
    return found


def _tagged(text: str) -> str | None:
    """The letter that an answer tag's content begins with, be it that of a word; the tag must be closed."""
    begun = None
    for mark in _TAGGED.finditer(text):
        if mark[0].lstrip("< \t\n")[:1] == "/":
            if begun:
                return begun
        else:
            begun = begun or mark[1]
    return None


def _behind_thoughts(text: str) -> str:
    marks = list(_THOUGHT.finditer(text))
    ends = [mark.end() for mark in marks if mark[1]] or [mark.end() for mark in marks]
    return text[ends[-1] :] if ends else text


def _of_lines(lines: Sequence[str]) -> str | None:
    """The letter of the last line that has one: alone, as a label, or as its only capital."""
    for line in (each.strip() for each in reversed(lines)):
        if not line or _OPTION_LINE.match(line):
            continue
        if single := _SINGLE.fullmatch(line) or _LABELLED.match(line):
            return str(single[1])
        tokens: set[str] = set(_INLINE.findall(line))
        if len(tokens) == 1:
            return tokens.pop()
    return None


EXTRACTOR: Final = Extractor(
    name="option_ladder",
    version=1,
    about="seven steps: tag, letter before a closing tag, last six lines, a phrase, the only capital; A to F",
    source="VLMEvalKit and EASI, vlmeval/dataset/utils/spatial_bench/matching_func.py, can_match_option",
    read=read,
)
