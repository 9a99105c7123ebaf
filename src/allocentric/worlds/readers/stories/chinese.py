"""Chinese sentences about what lies where, as SpatialText writes its descriptions."""

from __future__ import annotations

import re
from typing import Final

from allocentric.worlds.readers.stories.statements import Lies, NotRead, Statement, There, Way, Within

_SIGNS: Final = {
    "左": Way(right=-1),
    "右": Way(right=1),
    "上": Way(up=1),
    "下": Way(up=-1),
    "前": Way(front=1),
    "后": Way(front=-1),
}
SIDE: Final = r"[正偏]?([左右上下前后]{1,3})(?:方|侧|边|面|部)*"
_LIES: Final = re.compile(rf"(?:其中|而)?[，,]?(.{{1,40}}?)(?:位于|在|处于)(.{{1,40}}?)的{SIDE}")
_ARE_THERE: Final = re.compile(r"在?(.{1,20}?)(?:中|里|内|里面)[，,]?有(.{1,400})")
_COUNTED: Final = re.compile(r"^[一1][个只块枚]")
_END: Final = re.compile(r"[。；;\n\r！]+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


def is_chinese(text: str) -> bool:
    """True for a text with Chinese letters."""
    return _HAN.search(text) is not None


def chinese_sentences(text: str) -> list[str]:
    """The sentences of a text: what full stops and semicolons part."""
    return [each.strip() for each in _END.split(text) if each.strip()]


def way_of(side: str) -> Way:
    """The way of sides such as 左上 (up and to the left). Raises NotRead where they deny each other.

    >>> way_of("左上")
    Way(right=-1, up=1, front=None)
    """
    way = Way()
    for each in side:
        joined = way.joined(_SIGNS[each])
        if joined is None:
            raise NotRead(f"{side} 自相矛盾: its sides deny each other")
        way = joined
    return way


def read_chinese(sentence: str) -> tuple[Statement, ...]:
    """What one Chinese sentence says; raises NotRead where that is not all understood."""
    lies = _LIES.fullmatch(sentence)
    if lies is not None and "有" not in lies[1]:
        if any(each in lies[1] + lies[2] for each in ("不", "没", "或", "，", "、")):
            raise NotRead("it denies, or names several")
        return (Lies(lies[1], lies[2], way_of(lies[3])),)
    there = _ARE_THERE.fullmatch(sentence)
    if there is None:
        raise NotRead("no way from one thing to another is named")
    if any(each in sentence for each in ("没", "不", "或")):
        raise NotRead("it denies, or leaves open which")
    region = there[1]
    found: list[Statement] = [There(region, "block", region=True)]
    for each in re.split("[、，,和]", there[2]):
        name = _COUNTED.sub("", each)
        if name == each:
            raise NotRead(f"{each!r} is not one thing")
        found += [There(name), Within(name, region)]
    return tuple(found)
