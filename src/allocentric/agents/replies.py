"""Values as replies: what a program that knows the answer writes."""

from __future__ import annotations

import math
from typing import Any, Final

from allocentric.answers.kinds import BASE_UNIT, CANNOT_TELL, NUMERIC, Convention, Expected
from allocentric.words import UNITS

SECONDS: Final = {"s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0, "min": 60.0, "minutes": 60.0}
SPEEDS: Final = {"m/s": 1.0, "km/h": 1 / 3.6}
CANNOT: Final = str(CANNOT_TELL.value)


def reply_of(value: Any, expected: Expected) -> str:
    """A value in base units as a reply: a bare number in the unit that is asked for, a word, a list.

    >>> reply_of(0.4, Expected("length", unit="cm")), reply_of(2.0, Expected("count"))
    ('40.0', '2')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(float(value), expected)
    if expected.kind in ("point", "box") and isinstance(value, tuple):
        return f"({', '.join(repr(each) for each in _written(value, expected.convention))})"
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    return str(value)


def unit_factor(unit: str) -> float | None:
    """How many base units are in a unit; None for one that is not known.

    >>> unit_factor("cm"), unit_factor("km/h")
    (0.01, 0.2777777777777778)
    """
    known = UNITS.get(unit.strip().lower())
    return known.factor if known is not None else (SECONDS | SPEEDS).get(unit.strip().lower())


def _number(value: float, expected: Expected) -> str:
    unit = expected.unit or BASE_UNIT.get(expected.kind, "")
    factor = unit_factor(unit) if unit and expected.kind in NUMERIC else None
    told = value if factor is None or factor == 1 else value / factor
    if math.isfinite(told) and (expected.kind == "count" or expected.kind not in NUMERIC) and told % 1 == 0:
        return str(int(told))
    return repr(told)


def _written(value: tuple[float, ...], convention: Convention) -> tuple[float, ...]:
    """Pixels as the convention wants them: of what they are parts, which comes first."""
    per = {"pixels": None, "thousandths": 1000.0, "fractions": 1.0}[convention.coordinates]
    sides = (convention.width_px or 1, convention.height_px or 1)
    told = [each if per is None else per * each / sides[at % 2] for at, each in enumerate(value)]
    if convention.order == "yx":
        told = [told[at ^ 1] for at in range(len(told))]
    return tuple(told)
