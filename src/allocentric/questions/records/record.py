"""A question as one canonical JSON line, and back: the same question, the same bytes, on any machine."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any, Final, get_args

import msgspec

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC, AnswerKind, Convention, Expected, Placed, Value
from allocentric.errors import BadInput
from allocentric.questions.change import AtTime, Change, Forgotten, Known, Mirrored, Numbered, Renamed
from allocentric.questions.question import Question
from allocentric.scene.json_text import decode, encode
from allocentric.scene.truth import Fact, Margin

_CHANGES: Final = {
    "known": Known,
    "forgotten": Forgotten,
    "at time": AtTime,
    "mirrored": Mirrored,
    "renamed": Renamed,
    "numbered": Numbered,
}
_NAMES: Final = {kind: name for name, kind in _CHANGES.items()}
Json = dict[str, Any]


def to_json(question: Question) -> Json:
    """A question as a JSON object, its `id` first; what is empty is left out."""
    held = {each.name: getattr(question, each.name) for each in fields(question)}
    held["expected"] = _expected_json(question.expected)
    held["truth"] = {"cannot": "be determined"} if question.truth is CANNOT_TELL else question.truth
    held["margin"] = _margin_json(question.margin)
    held["evidence"] = [[each.thing, each.property, each.value] for each in question.evidence]
    held["changes"] = [{"do": _NAMES[type(each)], **_fields(each)} for each in question.changes]
    kept = {name: each for name, each in held.items() if each not in ("", (), [], None)}
    return {"id": question.id, **kept}


def to_line(question: Question) -> bytes:
    """A question as one line of JSON, without its end."""
    return encode(to_json(question))


def from_json(record: Json, *, where: str) -> Question:
    """The question that a JSON object holds; raises BadInput with the field that is wrong.

    >>> from allocentric.questions.question import Question
    >>> asked = Question(family="object_count", scene="a", words="How many chairs are there?",
    ...     program='count(all("chair"))', expected=Expected("count"), truth=2.0, says="2")
    >>> from_json(to_json(asked), where="here") == asked
    True
    """
    known = {each.name for each in fields(Question)}
    held = {name: value for name, value in record.items() if name in known}
    try:
        expected = _expected(held.pop("expected"))
        return Question(
            expected=expected,
            truth=_truth(held.pop("truth"), expected.kind),
            margin=_margin(held.pop("margin", None)),
            evidence=tuple(Fact(*each) for each in held.pop("evidence", ())),
            changes=tuple(_change(each) for each in held.pop("changes", ())),
            views=tuple(held.pop("views", ())),
            **held,
        )
    except (KeyError, TypeError, ValueError, AttributeError, msgspec.ValidationError) as error:
        what = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise BadInput(
            f"this is no question: {what}", where=where, mend="give a line of a question set"
        ) from None


def from_line(line: bytes, *, where: str) -> Question:
    """The question that a line holds; raises BadInput."""
    return from_json(decode(line, Json, where=where), where=where)


def _fields(value: Any) -> Json:
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _expected_json(expected: Expected) -> Json:
    kept = _fields(expected)
    kept["convention"] = None if expected.convention == Convention() else _fields(expected.convention)
    return {name: each for name, each in kept.items() if each not in ("", (), None, False)}


def _expected(record: Json) -> Expected:
    if record["kind"] not in get_args(AnswerKind):
        raise ValueError(f"no kind of answer is called {record['kind']!r}")
    held: Json = {name: _tupled(each) for name, each in record.items()}
    held["convention"] = Convention(**held["convention"]) if "convention" in held else Convention()
    return Expected(**held)


def _truth(held: Any, kind: str) -> Value:
    if isinstance(held, dict):
        return CANNOT_TELL
    if kind in NUMERIC:
        return float(held)
    if kind == "map":
        return tuple(Placed(**each) for each in held)
    value: Value = _tupled(held)
    return value


def _tupled(held: Any) -> Any:
    return tuple(_tupled(each) for each in held) if isinstance(held, list) else held


def _margin_json(margin: Margin | None) -> Json | None:
    """JSON has no infinity: null stands for no border at all."""
    if margin is None:
        return None
    return {
        "gap": margin.gap if math.isfinite(margin.gap) else None,
        "unit": margin.unit,
        "clear": margin.clear if math.isfinite(margin.clear) else None,
        "of": margin.of,
    }


def _margin(record: Json | None) -> Margin | None:
    if record is None:
        return None
    gap, clear = (math.inf if record[name] is None else record[name] for name in ("gap", "clear"))
    return Margin(gap, record["unit"], clear, record["of"])


def _change(record: Json) -> Change:
    held: Json = {name: _tupled(each) for name, each in record.items()}
    made: Change = _CHANGES[held.pop("do")](**held)
    return made
