"""How releases find a number in a reply where no named reader does it."""

from __future__ import annotations

import ast
import re
from contextlib import suppress
from statistics import fmean
from typing import Final

from allocentric.answers.extractors.first_token import read as first_token
from allocentric.answers.kinds import Expected
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_vlmevalkit
from allocentric.answers.metrics.relative_accuracy import (
    mean_relative_accuracy_strict,
    mean_relative_accuracy_vsi,
)
from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.judges.letters import tagged
from allocentric.bench.sample import Sample

_LONGEST: Final = 200_000
_SIGNED: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_UNSIGNED: Final = re.compile(r"(?<!\^)\d+\.\d+|(?<!\^)\d+")


def spar_first(reply: str, sample: Sample) -> float:
    """SPAR-Bench, one view: the first number without its sign; none scores 0."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[0]), sample) if found else 0.0


def spar_last(reply: str, sample: Sample) -> float:
    """SPAR-Bench, several views: the last number without its sign; none counts as -1."""
    found = _UNSIGNED.findall(reply[:_LONGEST])
    return _relative(float(found[-1]) if found else -1.0, sample)


def osi(how: str) -> Judge:
    """OSI-Bench: the last number, commas left out, scored by the metric of that name; none scores 0."""
    scored = metric(how)

    def judge(reply: str, sample: Sample) -> float:
        found = _SIGNED.findall(reply[:_LONGEST].replace(",", ""))
        given = float(found[-1]) if found else None
        return scored.score(given, float(sample.fields[RELEASED]), Expected("number"))

    return judge


_WORDS: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety a an"""
_VALUES: Final = dict(zip(_WORDS.split(), (*range(21), *range(30, 100, 10), 1, 1)))
_FIRST: Final = re.compile(r"-?\d+(?:\.\d+)?")


def spacevista_number(reply: str, sample: Sample) -> float:
    """SpaceVista-Bench: of the tagged answer, or the reply, the least number word, else the first number.

    A word goes before every numeral and "a" counts as 1, after all other words; no number scores 0.
    """
    text = tagged(reply[:_LONGEST]).strip().lower()
    words = set(re.findall(r"\w+", text))
    said = next((float(value) for word, value in _VALUES.items() if word in words), None)
    if said is None and (found := _FIRST.search(text)):
        said = float(found.group())
    return 0.0 if said is None else _relative(said, sample)


def revsi(reply: str, sample: Sample) -> float:
    """ReVSI: what stands before the first blank, outer blanks cut off; nothing is right at a truth of 0."""
    truth = float(sample.fields[RELEASED])
    given = first_token(reply[:_LONGEST].strip(), Expected("number")).value
    return mean_relative_accuracy_vsi(given, truth) if isinstance(given, float) and truth else 0.0


_SCALAR: Final = re.compile(r"scalar\{([^}]{0,200})\}")
_UNIT: Final = re.compile(r"distance_unit\{([^}]{0,200})\}")
_PLAIN: Final = re.compile(r"\d+\.?\d*")
_CM: Final = {
    **dict.fromkeys(("meters", "meter", "m", "metre", "metres"), 100.0),
    **dict.fromkeys(("feet", "foot", "ft"), 30.48),
    **dict.fromkeys(("inch", "inches", "in"), 2.54),
    "mm": 0.1,
}


def scalar_m(reply: str) -> float | None:
    """Q-Spatial Bench: the mean of the numbers in the last scalar{}, by the last distance_unit{}, in metres.

    A unit that the code does not know counts as centimetres.

    >>> scalar_m(r"\\scalar{1} \\distance_unit{Meter}"), scalar_m("scalar{1 to 2} distance_unit{yd}")
    (1.0, 0.015)
    """
    text = reply[:_LONGEST]
    boxes, units = _SCALAR.findall(text), _UNIT.findall(text)
    values = [float(each) for each in _PLAIN.findall(boxes[-1])] if boxes else []
    return fmean(values) * _CM.get(units[-1].lower(), 1.0) / 100 if values and units else None


_SUM: Final = re.compile(r"[\d.eE+\-*/() ]{1,100}")
_NONE: Final = -1.0  # what a reply counts as that is no number


def sibench_number(reply: str, sample: Sample) -> float:
    """SIBench: the whole reply has to be a number or a sum; the error has to be below the bound.

    At a truth of 0 nothing is right; below it everything is, since the error is taken by the truth with its
    sign.
    """
    given, truth = _evaluated(reply), float(sample.fields[RELEASED])
    if truth <= 0:
        return float(truth < 0)
    return mean_relative_accuracy_strict(given, truth)


def sibench_count(reply: str, sample: Sample) -> float:
    """SIBench: 1 where the whole reply is the number, or a sum that comes to it; no number counts as -1."""
    return float(_evaluated(reply) == float(sample.fields[RELEASED]))


def _evaluated(reply: str) -> float:
    """The value of a reply that is nothing but numbers and the four operations, -1 for any other."""
    text = reply[:_LONGEST].strip()
    if _SUM.fullmatch(text):
        with suppress(SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
            return _value(ast.parse(text, mode="eval").body)
    return _NONE


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=inner):
            return -_value(inner) if isinstance(sign, ast.USub) else _value(inner)
        case ast.BinOp(left=one, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as way, right=other):
            left, right = _value(one), _value(other)
            if isinstance(way, ast.Add | ast.Sub):
                return left + right if isinstance(way, ast.Add) else left - right
            return left * right if isinstance(way, ast.Mult) else left / right
    raise ValueError(type(node).__name__)


def _relative(given: float, sample: Sample) -> float:
    return mean_relative_accuracy_vlmevalkit(given, float(sample.fields[RELEASED]))
