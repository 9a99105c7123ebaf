"""Words about things and numbers: plurals, lists, number words, units, and quantities as people read them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

UnitKind = Literal["length", "area", "volume", "angle"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, how many base units it has, how it is written behind a number."""

    kind: UnitKind
    factor: float
    symbol: str


# Kind, base units in one, symbol: every name.
_UNIT_TABLE: Final = """
length 1 m: m, metre, metres, meter, meters
length 0.01 cm: cm, cms, centimetre, centimetres, centimeter, centimeters
length 0.001 mm: mm, millimetre, millimetres, millimeter, millimeters
length 1000 km: km, kilometre, kilometres, kilometer, kilometers
length 1609.344 mi: mi, mile, miles
length 1852 nmi: nmi, nautical mile, nautical miles
length 0.0254 in: in, inch, inches
length 0.3048 ft: ft, foot, feet
length 0.9144 yd: yd, yard, yards
area 1 m²: m2, m^2, m², sqm, sq m, square metre, square metres, square meter, square meters
area 0.0001 cm²: cm2, cm^2, cm², square centimetre, square centimetres, square centimeter, square centimeters
area 0.09290304 ft²: ft2, ft^2, ft², sqft, sq ft, square foot, square feet
area 1000000 km²: km2, km^2, km², sqkm, sq km, square kilometre, square kilometres, square kilometer
area 1000000 km²: square kilometers
area 10000 ha: ha, hectare, hectares
area 4046.8564224 acres: acre, acres
area 2589988.110336 mi²: mi2, mi^2, mi², sq mi, square mile, square miles
volume 1 m³: m3, m^3, m³, cubic metre, cubic metres, cubic meter, cubic meters
volume 0.000001 cm³: cm3, cm^3, cm³, cubic centimetre, cubic centimetres, cubic centimeter, cubic centimeters
volume 0.028316846592 ft³: ft3, ft^3, ft³, cubic foot, cubic feet
volume 0.001 l: l, litre, litres, liter, liters
angle 0.017453292519943295 °: deg, degree, degrees, °
angle 1 rad: rad, radian, radians
"""


def _units() -> dict[str, Unit]:
    made = dict[str, Unit]()
    for line in _UNIT_TABLE.strip().splitlines():
        (kind, factor, symbol), names = line.split(":")[0].split(), line.split(": ")[1].split(", ")
        unit = Unit(cast(UnitKind, kind), float(factor), symbol)
        made |= dict.fromkeys(names, unit)
    return made


UNITS: Final[dict[str, Unit]] = _units()
"""Every name of a unit that is read; base units are metres, square and cubic metres, radians."""

_COUNTED: Final = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen twenty"""
_TENS: Final = "thirty forty fifty sixty seventy eighty ninety hundred"

NUMBER_WORDS: Final[dict[str, float]] = (
    {word: float(number) for number, word in enumerate(_COUNTED.split())}
    | {word: 10.0 * number for number, word in enumerate(_TENS.split(), 3)}
    | {"a": 1.0, "an": 1.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "a quarter": 0.25}
    | {"one and a half": 1.5, "two and a half": 2.5, "forty five": 45.0}
    | {"a couple": 2.0, "a couple of": 2.0, "a dozen": 12.0, "half a dozen": 6.0}
    | {"a hundred": 100.0, "one hundred": 100.0}
)
"""Numbers that are written out."""

# Last words whose plural no rule gives.
_PAIRS: Final = """people person, men man, women woman, children child, mice mouse, feet foot, teeth tooth,
knives knife, wives wife, lives life, shelves shelf, bookshelves bookshelf, leaves leaf, loaves loaf,
halves half, scarves scarf, potatoes potato, tomatoes tomato, buses bus, lenses lens, irises iris,
cacti cactus, axes axis, quizzes quiz"""
_IRREGULAR: Final = {pair.split()[0]: pair.split()[1] for pair in _PAIRS.split(",")}
_PLURAL_OF: Final = {one: many for many, one in _IRREGULAR.items()}
_SAME: Final = "scissors pants trousers headphones clothes luggage furniture series sheep fish"
_ENDS_IN_S: Final = "gas canvas atlas christmas bus lens iris cactus chess tennis glass"
_IE: Final = "cookie movie tie pie selfie hoodie brownie smoothie doggie"
_UNCOUNTED: Final = frozenset(_SAME.split())
_STAYS: Final = _UNCOUNTED | frozenset(_ENDS_IN_S.split())
_IN_IE: Final = frozenset(_IE.split())


def singular(noun: str) -> str:
    """The noun as one of its kind; only its last word changes.

    >>> singular("coffee tables"), singular("shelves"), singular("glass"), singular("benches")
    ('coffee table', 'shelf', 'glass', 'bench')
    """
    head, space, last = noun.rpartition(" ")
    return head + space + _one(last)


def _one(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 3 or word in _STAYS or not word.endswith("s"):
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and word[:-1] not in _IN_IE and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def plural(noun: str) -> str:
    """The noun as several of its kind; only its last word changes.

    >>> plural("dining table"), plural("shelf"), plural("box"), plural("battery")
    ('dining tables', 'shelves', 'boxes', 'batteries')
    """
    head, space, last = noun.rpartition(" ")
    return head + space + _many(last)


def _many(word: str) -> str:
    if word.isdigit() or (len(word) == 1 and word.isupper()):  # "chair 2" is one thing's name
        return word
    if word in _PLURAL_OF:
        return _PLURAL_OF[word]
    if word in _UNCOUNTED:
        return word
    if word.endswith("y") and word[-2:-1] not in ("", *"aeiou"):
        return word[:-1] + "ies"
    if word.endswith(("ch", "sh", "x", "s")):
        return word + "es"
    return word + "s"


def a_list(names: Sequence[str], *, last: str = "and") -> str:
    """The names as one phrase.

    >>> a_list(["a", "b", "c"]), a_list(["a", "b"], last="or"), a_list(["a"])
    ('a, b and c', 'a or b', 'a')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def ordinal(number: int) -> str:
    """The place in a row: 1st, 2nd, 3rd, 4th, 11th.

    >>> ordinal(1), ordinal(12), ordinal(23)
    ('1st', '12th', '23rd')
    """
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"


def read_number(words: str) -> float | None:
    """The number that a numeral or number words say; None where they say none.

    >>> read_number("three"), read_number("half a"), read_number("a dozen"), read_number("2.5")
    (3.0, 0.5, 12.0, 2.5)
    """
    text = words.strip().lower()
    if re.fullmatch(r"\d+(\.\d+)?|\.\d+", text):
        return float(text)
    return NUMBER_WORDS.get(text.replace("-", " "))


def read_quantity(text: str) -> tuple[float, UnitKind] | None:
    """A number with its unit, in base units: "40 cm" is 0.4 and a length; None where it is none.

    >>> read_quantity("40 cm"), read_quantity("half a metre"), read_quantity("2 sofas")
    ((0.4, 'length'), (0.5, 'length'), None)
    """
    words = re.sub(r"(?<=\d)(?=[a-z°])", " ", text.strip().lower()).split()
    for cut in range(1, len(words)):
        number, unit = read_number(" ".join(words[:cut])), UNITS.get(" ".join(words[cut:]))
        if number is not None and unit is not None:
            return number * unit.factor, unit.kind
    return None


def say_number(value: float, digits: int = 3) -> str:
    """A number with so many digits that carry meaning, without an exponent or trailing zeros.

    >>> say_number(1.27049), say_number(250.0), say_number(0.0), say_number(12345.6)
    ('1.27', '250', '0', '12346')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def say_length(metres: float, unit: str | None = None) -> str:
    """A length as people read it; below a metre in centimetres, from ten kilometres on in these.

    In a unit that is named.

    >>> say_length(1.2704), say_length(0.38), say_length(1.2704, "cm"), say_length(56246.0)
    ('1.27 m', '38 cm', '127 cm', '56.2 km')
    """
    if unit is None:
        unit = "cm" if 0 < abs(metres) < 0.995 else "km" if abs(metres) >= 10_000 else "m"
    return _say(metres, unit, "length")


def say_area(square_metres: float, unit: str | None = None) -> str:
    """An area as people read it; from a square kilometre on in these, unless a unit is named.

    >>> say_area(24.71), say_area(8.5064e10), say_area(24.71e4, "ha")
    ('24.7 m²', '85064 km²', '24.7 ha')
    """
    return _say(square_metres, unit or ("km2" if abs(square_metres) >= 1e6 else "m2"), "area")


def say_volume(cubic_metres: float, unit: str | None = None) -> str:
    """A volume as people read it; in litres below a tenth of a cubic metre unless a unit is named.

    >>> say_volume(1.5), say_volume(0.0125)
    ('1.5 m³', '12.5 l')
    """
    return _say(cubic_metres, unit or ("l" if 0 < abs(cubic_metres) < 0.1 else "m3"), "volume")


def say_angle(rad: float, unit: str | None = None) -> str:
    """An angle as people read it: whole degrees, below ten with one decimal.

    >>> say_angle(1.1), say_angle(0.05), say_angle(1.1, "rad")
    ('63°', '2.9°', '1.1 rad')
    """
    if unit is not None and UNITS[unit] is not UNITS["deg"]:
        return _say(rad, unit, "angle")
    degrees = math.degrees(rad)
    text = f"{degrees:.1f}" if abs(degrees) < 9.95 else f"{degrees:.0f}"
    return f"{'0' if float(text) == 0 else text.removesuffix('.0')}°"


def _say(value: float, unit: str, kind: UnitKind) -> str:
    named = UNITS[unit]
    if named.kind != kind:
        raise ValueError(f"{unit!r} measures no {kind}")
    return f"{say_number(value / named.factor)} {named.symbol}"
