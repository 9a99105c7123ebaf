"""A question as it is put to whoever answers: words, options and pictures, and nothing of the truth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allocentric.answers.kinds import CANNOT_TELL, NUMERIC, AnswerKind, Placed, Value
from allocentric.answers.prompt import Picture, Prompt
from allocentric.questions.given import say_given
from allocentric.questions.question import Language, Question
from allocentric.scene.json_text import encode
from allocentric.words import UNITS

ABSTAIN: Final[dict[Language, str]] = {"en": "cannot be determined", "zh": "无法确定"}
_ASKS: Final[dict[AnswerKind, str]] = {
    "choice": "Answer with the letter of the right option.",
    "choices": "Answer with the letters of all right options.",
    "yes_no": "Answer yes or no.",
    "count": "Answer with a whole number.",
    "direction": "Answer with the direction.",
    "point": "Answer with one point, (x, y) in pixels.",
    "points": "Answer with points, (x, y) in pixels.",
    "box": "Answer with one box, [left, top, right, bottom] in pixels.",
    "boxes": "Answer with boxes, [left, top, right, bottom] in pixels.",
    "spherical_box": "Answer with [yaw, pitch, width, height] in degrees, left and up positive.",
    "order": "Answer with the names in order, separated by commas.",
    "route": "Answer with the turns in order, separated by commas.",
    "map": 'Answer with JSON: {"name": {"position": [x, y], "facing": "north"}}.',
    "program": "Answer with a program.",
    "text": "Answer in a few words.",
}
_ASKS_ON_A_MAP: Final[dict[AnswerKind, str]] = {
    "boxes": "Answer with boxes, [least x, least y, greatest x, greatest y] in {unit}.",
}
_ASKS_ZH: Final[dict[AnswerKind, str]] = {
    "choice": "请回答正确选项的字母。",
    "yes_no": "请回答是或否。",
    "count": "请回答一个整数。",
}
_NUMBER: Final = "Answer with a number{unit}."
_NUMBER_ZH: Final = "请回答一个数字{unit}。"
WHOLE: Final = 1000.0  # nobody writes digits behind the point of what is larger
UNIT_WORDS: Final = {
    "m": "metres", "cm": "centimetres", "mm": "millimetres", "km": "kilometres", "m2": "square metres",
    "km2": "square kilometres", "m3": "cubic metres", "deg": "degrees", "rad": "radians", "s": "seconds",
    "m/s": "metres per second", "px": "pixels",
}  # fmt: skip


_UNIT_WORDS_ZH: Final = {
    "m": "米", "cm": "厘米", "mm": "毫米", "km": "千米", "m2": "平方米", "km2": "平方千米", "m3": "立方米",
    "deg": "度", "rad": "弧度", "s": "秒", "m/s": "米每秒", "px": "像素",
}  # fmt: skip


def prompt_of(question: Question, *, pictures: Mapping[str, str] | None = None, scene: str = "") -> Prompt:
    """What is put to whoever answers: the pictures of its views, the words, the options, what to answer with.

    `pictures` are paths by the id of the view; `scene` is the address of the scene, for who asks it itself.
    """
    shown = tuple(Picture(pictures[each], each) for each in question.views if pictures and each in pictures)
    return Prompt(
        question.id, (*shown, text_of(question)), question.expected, scene=scene, program=question.program
    )


def text_of(question: Question) -> str:
    """How the scene is given, the words, the options with their letters, and what to answer with."""
    options = (
        f"{letter}. {text}" for letter, text in zip(question.expected.letters, question.expected.options)
    )
    given = say_given(question.changes)
    return "\n".join((*([given] if given else []), question.words, *options, _ask(question)))


def answer_of(question: Question) -> str:
    """The truth as the shortest right reply."""
    return reply_of(question.truth, question.expected.unit, language=question.language)


def reply_of(value: Value, unit: str | None = None, *, language: Language = "en") -> str:
    """A value as the shortest reply that says it.

    >>> reply_of(True), reply_of(2.0), reply_of(("sofa", "tv")), reply_of(480810.3)
    ('yes', '2', 'sofa, tv', '480810')
    """
    if value is CANNOT_TELL:
        return ABSTAIN[language]
    if isinstance(value, bool):
        return ("yes" if value else "no") if language == "en" else ("是" if value else "否")
    factor = UNITS[unit].factor if unit in UNITS else 1.0
    if isinstance(value, float):
        told = value / factor
        return f"{told:.0f}" if told == round(told) or abs(told) >= WHOLE else f"{told:.4g}"
    if isinstance(value, tuple):
        return _many(value, factor)
    return str(value)


def _many(value: tuple[object, ...], factor: float) -> str:
    if value and isinstance(value[0], Placed):
        held = {
            each.name: {"position": [each.x, each.y], **({"facing": each.facing} if each.facing else {})}
            for each in value
            if isinstance(each, Placed)
        }
        return encode(held).decode()
    if value and isinstance(value[0], tuple):
        return "[" + ", ".join(_many(each, factor) for each in value if isinstance(each, tuple)) + "]"
    if value and isinstance(value[0], float):
        return "(" + ", ".join(f"{each / factor:g}" for each in value if isinstance(each, float)) + ")"
    return ", ".join(str(each) for each in value)


def _ask(question: Question) -> str:
    kind, unit, zh = question.expected.kind, question.expected.unit, question.language == "zh"
    asks = _ASKS_ZH if zh else _ASKS
    if kind in _ASKS_ON_A_MAP and unit is not None:
        asked = _ASKS_ON_A_MAP[kind].format(unit=UNIT_WORDS[unit])
    elif kind in asks:
        asked = asks[kind]
    elif kind in NUMERIC:
        words = (
            ""
            if unit is None
            else f"，单位：{_UNIT_WORDS_ZH.get(unit, unit)}"
            if zh
            else f", in {UNIT_WORDS.get(unit, unit)}"
        )
        asked = (_NUMBER_ZH if zh else _NUMBER).format(unit=words)
    else:
        asked = _ASKS[kind]
    if not question.expected.may_abstain:
        return asked
    return asked + (
        "如果无法确定，请回答：无法确定。"
        if zh
        else " If what is shown does not decide it: cannot be determined."
    )
