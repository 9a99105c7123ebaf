"""The amounts that a text names: numerals, fractions and number words, each with its unit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from allocentric.answers.kinds import Reason
from allocentric.answers.strict_units import KNOWN, unit_after
from allocentric.words import NUMBER_WORDS

_NUMERAL: Final = re.compile(
    r"(?<![A-Za-z\d.,_])(?:(?<![\w)°'\"])(?P<sign>[-+])\s?)?"
    r"(?P<body>(?P<mixed>\d{1,9}[ ]\d{1,4}/\d{1,4})|(?P<over>\d{1,9}/\d{1,9})|(?P<vulgar>\d{0,9}[½¼¾⅓⅔⅛])"
    r"|(?P<group>\d{1,3}(?:[,' ]\d{3})+(?![\d,])(?:\.\d+)?)|(?P<digits>\d+(?:[.,]\d+)*|\.\d+))"
    r"(?:(?P<exp>[eE][-+]?\d{1,4})(?![A-Za-z])"
    r"|[ ]{0,2}[×x*][ ]{0,2}10[ ]{0,2}\^[ ]?\{?(?P<ten>[-+]?\d{1,4})\}?)?"
)
_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}

_FOREIGN: Final = """eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
- deux trois quatre cinq - sept huit neuf dix onze douze
- dos tres cuatro cinco seis siete ocho nueve diez once doce"""
_SMALL: Final = {
    word: value for word, value in NUMBER_WORDS.items() if word.isalpha() and word not in ("a", "an", "half")
}
_WORDS: Final[dict[str, float]] = (
    _SMALL
    | {
        word: float(n)
        for line in _FOREIGN.splitlines()
        for n, word in enumerate(line.split(), 1)
        if word != "-"
    }
    | {"twice": 2.0, "double": 2.0, "triple": 3.0, "once": 1.0, "single": 1.0}
)
_SCALES: Final = {"hundred": 100.0, "thousand": 1000.0, "dozen": 12.0, "couple": 2.0, "pair": 2.0}
_PARTS: Final = {
    "half": 0.5,
    "halves": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "third": 1 / 3,
    "thirds": 1 / 3,
}
_ANY: Final = "|".join(sorted({*_WORDS, *_SCALES, *_PARTS}, key=len, reverse=True))
_ANY_PART: Final = "|".join(_PARTS)
_WRITTEN: Final = re.compile(
    rf"(?<![^\W_])(?:an?[ ])?(?:{_ANY})(?:[ -](?:an?[ ])?(?:{_ANY})"
    rf"|(?:(?<=hundred)|(?<=thousand))[ -]and[ -](?:{_ANY})|[ ]and[ ](?:an?[ ])?(?:{_ANY_PART}))*(?![^\W_])"
    r"(?:[ ](?:of[ ])?an?(?=[ ]))?"
)
_ONE: Final = re.compile(r"(?<![^\W_])an?[ ]([a-z]{1,12})(?P<more>[ ]and[ ]a[ ]half)?(?![^\W_])")
_HALF_MORE: Final = re.compile(r"[ ]and[ ]a[ ]half(?![^\W_])")
_NOT_A_NUMBER: Final = re.compile(
    r"(?:the|this|that|which|each|no|other|another|any|closest|nearest|first)[ ]$"
)
_HAN: Final = re.compile(
    r"(?<![\u4e00-\u9fff])[约有是共为要大答案一]*?([零〇一二两三四五六七八九十百]+)(?=[个張张把扇只台盏件本棵米厘公毫秒分小度平立张]|\W|$)"
)
_HAN_IN: Final = re.compile(
    r"([零〇一二两三四五六七八九十百]+)(?=[个張张把扇只台盏件本棵米厘公毫秒分小度平立]|\W|$)"
)
_HAN_DIGIT: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MINUS: Final = re.compile(r"\b(?:minus|negative)\s$", re.IGNORECASE)
_PI: Final = re.compile(
    r"(?P<sign>-)?(?P<times>\d{1,4}(?:\.\d{1,4})?)?[ *]{0,2}(?:π|\bpi\b)(?:[ ]{0,2}/[ ]{0,2}(?P<by>\d{1,4}))?"
)
_DIGIT: Final = re.compile(r"[\d½¼¾⅓⅔⅛]")
_POINTED: Final = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}")
_CENTIMETRES: Final = re.compile(r"[0-9]{2}(?![\w.,])")
_CLOCK: Final = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a text, and its unit where one is written; `flaw` where it cannot be told which number."""

    value: float
    kind: str  # of the unit; empty for a bare number
    factor: float
    start: int
    end: int
    number_end: int
    flaw: Reason | None = None

    @property
    def base(self) -> float:
        """The value in base units."""
        return self.value * self.factor


def numeral(body: str, decimal_comma: bool) -> tuple[float, Reason | None]:
    """The value of a numeral; or `separator` where a comma may be decimal, `malformed` where it is none.

    >>> numeral("1,200.5", False), numeral("1.200,5", True), numeral("3,5", False)[1]
    ((1200.5, None), (1200.5, None), 'separator')
    """
    text = body.replace(" ", "").replace("'", "")
    if decimal_comma:
        thousands = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text)
        text = (text.replace(".", "") if thousands else text).replace(",", ".")
    elif "," in text:
        if not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
            return 0.0, "separator"
        text = text.replace(",", "")
    if text.count(".") > 1 or len(text) > 300:
        return 0.0, "malformed"
    return float(text), None


def _value(mark: re.Match[str], decimal_comma: bool) -> tuple[float, Reason | None]:
    if (value := _plainly(mark[0], decimal_comma)) is not None:
        return value, None
    body, flaw = mark["body"], None
    if mark["vulgar"]:
        value = float(body[:-1] or 0) + _VULGAR[body[-1]]
    elif mark["mixed"] or mark["over"]:
        whole, _, over = body.rpartition(" ")
        top, bottom = over.split("/")
        if not int(bottom):
            return 0.0, "malformed"
        value = float(whole or 0) + int(top) / int(bottom)
    else:
        value, flaw = numeral(body, decimal_comma)
    power = mark["exp"][1:] if mark["exp"] else mark["ten"]
    if power and value:
        exponent = int(power)
        value = value * 10.0**exponent if abs(exponent) < 300 else math.inf
    if not math.isfinite(value):
        return 0.0, "malformed"
    return (-value if mark["sign"] == "-" else value), flaw


def _plainly(whole: str, decimal_comma: bool) -> float | None:
    """The value of digits alone, or with a point among them, as most numerals are; None for the others."""
    plain = whole.isascii() and whole.isdecimal() and len(whole) < 300
    return float(whole) if plain or (not decimal_comma and _POINTED.fullmatch(whole)) else None


def _begins(text: str) -> int | None:
    """Where the first numeral may begin: a sign, a blank and a point before the first digit; None without."""
    digit = _DIGIT.search(text)
    return None if digit is None else max(0, digit.start() - 3)


def amounts(text: str, low: str, kind: str, *, decimal_comma: bool = False) -> list[Amount]:
    """Every amount of a text, in order; number words only where the text is short or has no numerals."""
    if kind == "time" and (clocks := [_clock(mark) for mark in _CLOCK.finditer(text)]):
        return clocks
    begins = _begins(text)
    numerals = () if begins is None else _NUMERAL.finditer(text, begins)
    found = [_with_unit(text, mark.span(), _value(mark, decimal_comma)) for mark in numerals]
    if kind == "angle" and ("π" in low or "pi" in low):
        turns = [_pi(mark) for mark in _PI.finditer(low)]
        found = [
            each for each in found if not any(turn.start <= each.start < turn.end for turn in turns)
        ] + turns
        found.sort(key=lambda each: each.start)
    if not found or len(text) < 60:
        written = [_with_unit(low, (start, end), (value, None)) for start, end, value in _written(low)]
        if not text.isascii():
            written += [_with_unit(text, (start, end), (value, None)) for start, end, value in _han(text)]
        if written:
            return sorted([*found, *written], key=lambda each: each.start)
    return found


def _with_unit(text: str, span: tuple[int, int], said: tuple[float, Reason | None]) -> Amount:
    (start, end), (value, flaw) = span, said
    if (
        value > 0
        and text[start - 2 : start - 1] in ("s", "e", "S", "E")
        and _MINUS.search(text, max(0, start - 12), start)
    ):
        value = -value
    unit = unit_after(text, end)
    if unit is None:
        unit = _mark_after(text, end)
    if unit is None:
        return Amount(value, "", 1.0, start, end, end, flaw)
    if (
        text[unit[2] : unit[2] + 1].isdecimal()
        and unit[:2] == ("length", 1.0)
        and value.is_integer()
        and (more := _CENTIMETRES.match(text, unit[2]))
    ):  # 2m50
        return Amount(value + int(more[0]) / 100, *unit[:2], start, more.end(), end, flaw)
    return Amount(value, unit[0], unit[1], start, unit[2], end, flaw)


def _mark_after(text: str, end: int) -> tuple[str, float, int] | None:
    """Feet and inches written as marks: an inch only behind feet."""
    mark = text[end : end + 1]
    if mark == "'" and text[:1] != "'":
        return "length", 0.3048, end + 1
    if mark == '"' and "'" in text[max(0, end - 8) : end]:
        return "length", 0.0254, end + 1
    return None


def _clock(mark: re.Match[str]) -> Amount:
    first, second, third = int(mark[1]), int(mark[2]), mark[3]
    seconds = first * 3600 + second * 60 + int(third) if third else first * 60 + second
    return Amount(float(seconds), "time", 1.0, mark.start(), mark.end(), mark.end())


def _pi(mark: re.Match[str]) -> Amount:
    value = float(mark["times"] or 1) * math.pi / max(int(mark["by"] or 1), 1)
    return Amount(-value if mark["sign"] else value, "angle", 1.0, mark.start(), mark.end(), mark.end())


def _written(low: str) -> list[tuple[int, int, float]]:
    """Number words: where they stand and what they say."""
    found = [
        (mark.start(), mark.start(1) - 1, 1.5)
        for mark in _ONE.finditer(low)
        if mark["more"] and mark[1] in KNOWN
    ]
    if found:
        return found
    for mark in _WRITTEN.finditer(low):
        if mark[0] == "one" and _NOT_A_NUMBER.search(low, max(0, mark.start() - 9), mark.start()):
            continue
        value, end = _said(mark[0]), mark.end()
        unit = unit_after(low, end)
        if unit and (more := _HALF_MORE.match(low, unit[2])):
            found.append((mark.start(), end, value + 0.5))
            end = more.end()
            continue
        if value is not None:
            found.append((mark.start(), end, value))
    if not found:
        for mark in _ONE.finditer(low):
            if mark[1] in KNOWN and KNOWN[mark[1]][0] not in ("other", "ratio"):
                found.append((mark.start(), mark.start(1) - 1, 1.0))
    return found


def _said(words: str) -> float:
    """The number that a run of number words says.

    >>> _said("twenty-three"), _said("two and a half"), _said("one hundred and five"), _said("half a dozen")
    (23.0, 2.5, 105.0, 6.0)
    """
    total, part = 0.0, None
    run = re.split(r"[ -]", words)
    for row, word in enumerate(run):
        if word in _SCALES:
            head = total % 1000 if word != "thousand" else total
            head = (head or 1.0) if part is None else part
            total, part = (total - total % 1000 if word != "thousand" else 0.0) + head * _SCALES[word], None
        elif word in _PARTS:
            if "and" in run[:row] or total == 0:
                part = _PARTS[word]
            else:
                total *= _PARTS[word]
        elif word in _WORDS:
            total += _WORDS[word]
    return total + (part or 0.0)


def _han(text: str) -> list[tuple[int, int, float]]:
    found = []
    for mark in _HAN_IN.finditer(text):
        start, word = mark.start(), mark[1]
        if len(word) > 1 and word[0] == "一" and word[1] not in "十百":
            start, word = start + 1, word[1:]
        found.append((start, mark.end(), _han_value(word)))
    return found


def _han_value(word: str) -> float:
    total, digit = 0, 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _HAN_DIGIT[char]
    return float(total + digit)
