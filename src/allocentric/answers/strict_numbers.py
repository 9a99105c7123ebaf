"""One number out of a text: which of its amounts is the answer, in base units, or why none is."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import Final

from allocentric.answers.kinds import Expected, Reason, Value
from allocentric.answers.strict_amounts import Amount, amounts
from allocentric.answers.strict_outcome import Outcome, missing
from allocentric.answers.strict_units import KNOWN, in_base

MOST_AMOUNTS: Final = 100
_JOINS: Final = re.compile(r"[\s*]*(?:-|~|to|or|bis|à|至|到|und|and)[\s*]*(?:about |around )?", re.IGNORECASE)
_BOUNDED: Final = re.compile(
    r"(?:at least|at most|more than|less than|fewer than|greater than|up to|over|under|above|below"
    r"|no more than|[<>≥≤]|至少|超过|不到|mindestens|höchstens)"
    r"[\s*]*(?:about |around )?$",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?:between|from|zwischen|entre|de|von)[\s*]*(?:about )?$", re.IGNORECASE)
_TOLERANCE: Final = re.compile(r"[\s*]*(?:±|\+/-|\+-)[\s*]*$")
_NEGATED: Final = re.compile(r"\b(?:not|isn't|rather than|instead of|nicht)[\s*]*(?:about )?$", re.IGNORECASE)
_FUNCTION: Final = re.compile(r"(?:sqrt|√|log|ln|sin|cos|tan)\s?[({]?\s?$")
_ENDS: Final = frozenset(("-", "~", "to", "bis", "à", "至", "到"))
_ITEM: Final = re.compile(r"(?:^|\n)[\s*]*$")
_STEP: Final = re.compile(
    r"\b(?:step|frame|view|image|picture|figure|option|part|room|object)s?[\s#]*$", re.IGNORECASE
)
_FREE: Final = """away apart long wide high tall deep in at for with approx approximately and or on to into
total which the it from between but not"""
_FREE_WORDS: Final = frozenset(_FREE.split())
_FOLLOWED: Final = re.compile(r"[ \t*]{0,3}([A-Za-z]{1,20})")
_CONCLUDES: Final = (  # the stronger first
    re.compile(
        r"\b(?:so|thus|therefore|hence|total|altogether|overall|in all|finally|result)\b|=", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:i (?:can )?(?:count|see|identify)|there (?:is|are|appear to be|seem to be)(?: only)?)\b",
        re.IGNORECASE,
    ),
)
_SENTENCE_END: Final = re.compile(r"[.!?](?:\s|$)|\n|[.!?;](?=[A-Z])")
_TOTAL_AFTER: Final = re.compile(r"[\s\w*]{0,24}?\b(?:in total|in all|altogether|total)\b", re.IGNORECASE)
_SUBJECTS: Final = {
    "length": "distance|gap|length|height|width|depth|apart|separation|size|dimension|距离|abstand",
    "count": "total|count|number|altogether|数量|总共|一共",
    "area": "area|floor|面积",
    "volume": "volume|capacity|体积",
    "angle": "angle|rotation|bearing|heading|角",
    "time": "time|duration|moment",
    "speed": "speed|velocity|速度",
    "number": "ratio|share|value|number|factor",
}
_SUBJECT: Final = {
    kind: re.compile(
        rf"(?:{words})[^.;!?\n]{{0,80}}?(?:\bis\b|\bof\b|\bwas\b|=|:|是|为|\babout\b)[^.;!?\n,]{{0,30}}$",
        re.IGNORECASE,
    )
    for kind, words in _SUBJECTS.items()
}
_NONE: Final = re.compile(
    r"\b(?:there (?:is|are) (?:no|none)\b|no [a-z ]{1,30} (?:is|are|can be) (?:visible|seen|present"
    r"|there)|^none\b|^no \w+s?\W*$|^kein)",
    re.IGNORECASE,
)
_A_SINGLE: Final = re.compile(
    r"(?:yes, )?there(?:'s| is) (?:only |just )?an? (?!few|lot|couple|number|pair|group|row|set|bunch|great)"
    r"[a-z]{2,20}(?: [a-z]{2,20})?"
)
_FAR: Final = 0.05  # two amounts in different units are one rounded conversion within it


def read_number(text: str, expected: Expected, *, decimal_comma: bool) -> Outcome:
    """The number that a text gives as its answer: in base units, with where it stands; or why none."""
    kind, low = expected.kind, text.lower()
    found = amounts(text, low, kind, decimal_comma=decimal_comma)[-MOST_AMOUNTS:]
    if not found:
        if kind == "count" and (none := _NONE.search(text.strip())):
            return 0.0, None, none.start(), none.end()
        if kind == "count" and _A_SINGLE.fullmatch(low.strip(" \t\n.!*")):
            return 1.0, None, 0, len(text)
        return missing("no_answer")
    if _has_function(low):
        found = [each for each in found if not _FUNCTION.search(text, max(0, each.start - 8), each.start)]
    if not found:
        return missing("malformed")
    found = _meant(text, low, [each for each in found if not _is_label(text, each)] or found)
    fitting, reason = _fitting(text, found, kind)
    if not fitting:
        return missing(reason)
    chosen = _chosen(text, _joined(text, fitting), kind)
    if isinstance(chosen, str):
        ranged = any(_is_range(text, each, found) for each in fitting)
        return missing("range" if ranged else chosen)
    if _is_range(text, chosen, found):
        return missing("range")
    return _checked(text, chosen, expected, found=found)


def _is_label(text: str, amount: Amount) -> bool:
    """Whether a number numbers a step, an item of a list or a picture, and counts nothing."""
    after = text[amount.number_end : amount.number_end + 2]
    before = text[max(0, amount.start - 12) : amount.start]
    if after[:1] in (".", ")") and after[1:2].isspace() and _ITEM.search(before or "\n"):
        return bool(text[amount.number_end + 1 :].strip())
    return bool(_STEP.search(before))


def _has_function(low: str) -> bool:
    """Whether a function may be named; written out, for speed."""
    return (
        "sqrt" in low
        or "√" in low
        or "log" in low
        or "ln" in low
        or "sin" in low
        or "cos" in low
        or "tan" in low
    )


def _has_no(low: str) -> bool:
    """Whether something may be negated or have a tolerance; written out, for speed."""
    return (
        "not" in low
        or "isn't" in low
        or "rather" in low
        or "instead" in low
        or "nicht" in low
        or "±" in low
        or "+" in low
    )


def _meant(text: str, low: str, found: list[Amount]) -> list[Amount]:
    """Without what is negated, and without tolerances; all of them where nothing would be left."""
    if not _has_no(low):
        return found
    kept = []
    for each in found:
        before = text[max(0, each.start - 16) : each.start]
        if not (_NEGATED.search(before) or _TOLERANCE.search(before)):
            kept.append(each)
    return kept or found


def _fitting(text: str, found: Sequence[Amount], kind: str) -> tuple[list[Amount], Reason]:
    """The amounts in a unit of the kind, else the bare ones; and why there are none."""
    if kind in ("count", "number"):
        own = ("", "ratio", "share") if kind == "number" else ("",)
        fit = [each for each in found if each.kind in own]
        return fit, "unit" if not fit else "no_answer"
    fit = [each for each in found if each.kind == kind]
    if fit:
        return fit, "no_answer"
    bare = [each for each in found if not each.kind]
    if any(each.kind for each in found):
        return [], "unit"
    return [each for each in bare if _stands_free(text, each)], "no_answer"


def _stands_free(text: str, amount: Amount) -> bool:
    """Whether no noun follows that the number would count."""
    word = _FOLLOWED.match(text, amount.number_end)
    return word is None or word[1].lower() in _FREE_WORDS


def _joined(text: str, found: list[Amount]) -> list[Amount]:
    """Amounts with "5 ft 3 in" and "1 min 20 s" made one."""
    made = list[Amount]()
    for each in found:
        last = made[-1] if made else None
        if (
            last
            and last.kind == each.kind
            and each.kind
            and each.factor < last.factor
            and 0 <= each.value < last.factor / each.factor + 1e-9
        ):
            gap = text[last.end : each.start].strip(" *").lower()
            if gap in ("", ",", "and", "und", "et"):
                made[-1] = Amount(
                    last.value + each.base / last.factor,
                    last.kind,
                    last.factor,
                    last.start,
                    each.end,
                    each.end,
                    last.flaw,
                )
                continue
        made.append(each)
    return made


def _chosen(text: str, found: list[Amount], kind: str) -> Amount | Reason:
    """The amount that is the answer: all agree, or one is concluded; else `range` or `disagree`."""
    if len(found) > 1 and not _agree(found):
        outside = [each for each in found if not _in_brackets(text, each)]
        if outside and (len(outside) == 1 or _agree(outside)):
            if _converts(text, outside[0], [each for each in found if each not in outside]):
                found = outside[:1]
            else:
                return "disagree"
        else:
            picked = _concluded(text, outside or found, kind)
            if picked is None:
                return "disagree"
            found = [picked]
    return found[0]


def _is_range(text: str, chosen: Amount, found: Sequence[Amount]) -> bool:
    """Whether an amount is a bound, or an end of a range."""
    if _BOUNDED.search(text, max(0, chosen.start - 24), chosen.start):
        return True
    for before, after in itertools.pairwise(found):
        if chosen not in (before, after) or (before.kind and before.kind != after.kind):
            continue
        gap = _JOINS.fullmatch(text, before.end, after.start)
        word = gap[0].strip(" *").lower() if gap else ""
        if word in _ENDS or (word and _BETWEEN.search(text, max(0, before.start - 14), before.start)):
            return True
    return False


def _agree(found: Sequence[Amount]) -> bool:
    first = found[0]
    for each in found[1:]:
        far = 1e-9 if each.factor == first.factor else _FAR
        if not math.isclose(each.base, first.base, rel_tol=far, abs_tol=1e-12):
            return False
    return True


def _converts(text: str, main: Amount, others: Sequence[Amount]) -> bool:
    """Whether what stands alone in brackets says the same again; with words beside it, it may not."""
    return all(_agree([main, each]) for each in others if _alone(text, each))


def _alone(text: str, amount: Amount) -> bool:
    """Whether brackets hold this amount and nothing else."""
    opened = text.rfind("(", 0, amount.start)
    head = text[opened + 1 : amount.start].strip().lower()
    return (
        head in ("", "~", "≈", "about", "approximately", "approx.", "or", "i.e.")
        and text[amount.end :].lstrip()[:1] == ")"
    )


def _in_brackets(text: str, amount: Amount) -> bool:
    return (
        text.rfind("(", 0, amount.start) > text.rfind(")", 0, amount.start)
        and text.find(")", amount.end) >= 0
    )


def _concluded(text: str, found: Sequence[Amount], kind: str) -> Amount | None:
    """The amount that the text concludes with: behind "so", "total", "=", or the subject of the question."""
    whole, *parts = found
    parted = kind == "count" and len(parts) > 1 and ":" in text[whole.end : parts[0].start]
    if parted and whole.value == sum(each.value for each in parts):  # "four chairs: two here, two there"
        return whole
    for each in reversed(found):
        if _TOTAL_AFTER.match(text, each.end):
            return each
    for cues in _CONCLUDES:
        for cue in list(cues.finditer(text))[-MOST_AMOUNTS:][::-1]:
            first = next((each for each in found if each.start >= cue.end()), None)
            if first is not None and not _SENTENCE_END.search(text, cue.end(), first.start):
                return first
    subject = _SUBJECT.get(kind)
    for each in reversed(found):
        if subject and subject.search(text[max(0, each.start - 160) : each.start]):
            return each
    return None


def _checked(text: str, chosen: Amount, expected: Expected, *, found: Sequence[Amount]) -> Outcome:
    """The amount as a value of its kind; or why it is none."""
    if chosen.flaw:
        return missing(chosen.flaw)
    if chosen.kind and any(
        not each.kind and not text[chosen.end : each.start].strip()
        for each in found
        if each.start >= chosen.end
    ):
        return missing("malformed")
    value: Value = chosen.base if chosen.kind else in_base(chosen.value, expected.unit, expected.kind)
    assert isinstance(value, float | int)
    if not math.isfinite(value):
        return missing("malformed")
    if expected.kind == "count" and (value < 0 or value != int(value)):
        return missing("malformed")
    if expected.kind in ("length", "area", "volume") and value < 0:
        return missing("malformed")
    return float(value), None, chosen.start, chosen.end


_PLAIN: Final = re.compile(r"[\s*`(\[]*(-?\d{1,15}(?:\.\d{1,15})?)[\s*]*([A-Za-z]{1,12})?[\s*`)\].!]*")


def quick_number(text: str, expected: Expected, decimal_comma: bool) -> float | None:
    """The number where a text is nothing but a plain one; None where a closer look is due."""
    mark = _PLAIN.fullmatch(text)
    if mark is None or (decimal_comma and "." in mark[1]):
        return None
    value, kind, unit = float(mark[1]), expected.kind, mark[2]
    if value < 0 and kind in ("count", "length", "area", "volume"):
        return None
    if unit is None:
        if kind == "count" and not value.is_integer():
            return None
        return in_base(value, expected.unit, kind)
    found = KNOWN.get(unit.lower())
    return value * found[1] if found and found[0] == kind else None
