"""The answer within a JSON object or list of a text, as words."""

from __future__ import annotations

import re
from typing import Final

from allocentric.answers.strict_places import loads
from allocentric.answers.strict_units import KNOWN

_KEYS: Final[tuple[str, ...]] = (
    "answer",
    "final_answer",
    "final answer",
    "choice",
    "option",
    "selected_option",
    "result",
    "value",
    "prediction",
)
_LIKE: Final = re.compile(
    r"count|number|distance|length|height|width|depth|area|volume|angle|time|speed|direction|order"
    r"|route|letter|size"
)
_OBJECT: Final = re.compile(r"[{\[]\s{0,9}[\"'{\[\d-]")


def said_in_json(text: str) -> tuple[str, int, int] | None:
    """The answer that a JSON value gives, as words, and where the value is; None where there is none."""
    first = _OBJECT.search(text)
    end = max(text.rfind("}"), text.rfind("]")) + 1
    if first is None or end <= first.start() or len(text) > 100_000:
        return None
    try:
        found = loads(text[first.start() : end])
    except ValueError:
        return None
    said = _said(found)
    return None if said is None else (said, first.start(), end)


def _said(found: object) -> str | None:
    if isinstance(found, dict):
        return _in_object({str(key).lower(): value for key, value in found.items()})
    while isinstance(found, list) and len(found) == 1:
        found = found[0]
    return _as_words(found)


def _in_object(entries: dict[str, object]) -> str | None:
    key = next((key for key in _KEYS if key in entries), None)
    key = key or next((each for each in entries if _LIKE.search(each)), None)
    key = key or (next(iter(entries)) if len(entries) == 1 else None)
    if key is None:
        return None
    inner = entries[key]
    if isinstance(inner, dict):  # {"answer": {"value": 3.5, "unit": "m"}}: one floor down, no further
        entries = {str(name).lower(): value for name, value in inner.items()}
        inner = next((entries[name] for name in (*_KEYS, "letter") if name in entries), None)
    said, unit = _as_words(inner), entries.get("unit", entries.get("units"))
    if said is not None and isinstance(unit, str) and unit.lower() in KNOWN:
        return f"{said} {unit}"
    if said is not None and "_" in key and (suffix := key.rsplit("_", 1)[1]) in KNOWN and said[-1:].isdigit():
        return f"{said} {suffix}"
    return said


def _as_words(found: object) -> str | None:
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, str):
        return found
    if isinstance(found, int | float):
        return f"{found:.15g}" if abs(found) < 1e300 else None
    if isinstance(found, list) and found and all(isinstance(each, str | int | float) for each in found):
        return ", ".join(str(each) for each in found)
    return None
