"""Answers that are words: yes and no, directions, orders, routes, and that there is no telling."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from allocentric.answers.strict_choice import Options, choice_in, tidy
from allocentric.answers.strict_outcome import Outcome, missing

_CANNOT: Final = re.compile(
    r"\b(?:can(?:not|'t| not)|could(?: not|n't)|impossible to|unable to|not possible to|hard to"
    r"|difficult to|not enough|insufficient)\b[ ]?"
    r"(?:be )?(?:reliably |accurately |exactly )?(?:determin|tell|be sure|say|know|answer|judge|decide"
    r"|infer|information|see enough|conclu|establish|estimate|made out|evidence)"
    r"|\b(?:undetermin|indetermina|unanswerable|unknown\b|not determinable|no way to tell|not visible"
    r"|do(?:n't| not) know)"
    r"|nicht (?:zu )?bestimm|impossible (?:à|de) déterminer|indéterminable|no se puede determinar"
    r"|imposible (?:de )?determinar"
    r"|无法(?:确定|判断|得知|回答)|不能确定|不确定|判断できません|判断できない|わかりません|알 수 없",
    re.IGNORECASE,
)
_GUESS: Final = re.compile(
    r"\b(?:but|however|best guess|guess|estimate|approximately|about|roughly|likely|still|answer)\b|但",
    re.IGNORECASE,
)


def _has_hint(low: str) -> bool:
    """Whether there may be what the pattern finds in plain English; written out, for speed."""
    return (
        "not" in low
        or "n't" in low
        or "impos" in low
        or "unable" in low
        or "hard to" in low
        or "diffic" in low
        or "insuff" in low
        or "ndeterm" in low
        or "unanswer" in low
        or "unknown" in low
        or "no way" in low
        or "nicht" in low
        or "no se" in low
    )


def cannot_tell(text: str) -> re.Match[str] | None:
    """Where a text says that there is no telling, and offers no guess behind it."""
    if text.isascii():
        low = text.lower()
        if not _has_hint(low):
            return None
    said = list(_CANNOT.finditer(text))
    return said[-1] if said and not _GUESS.search(text, said[-1].end()) else None


_YES_WORDS: Final = "yes true correct y yep yeah ja oui sí si sim да はい 是 是的 对 正确 正しい 有 네 예"
_NO_WORDS: Final = (
    "no false incorrect n nope nein non não нет いいえ 否 不是 不 不对 没有 错误 错 아니요 아니오"
)
_YES: Final = frozenset(_YES_WORDS.split())
_NO: Final = frozenset(_NO_WORDS.split())
_TURNABLE: Final = frozenset(("true", "false", "correct", "incorrect"))
_TRUTH: Final = re.compile(
    r"(?<![^\W_])(?P<word>yes|no|true|false|correct|incorrect|yep|nope|yeah|ja|nein|oui|non|sí|sim|não"
    r"|да|нет)(?![^\W_'-])"
    r"(?P<noun>[ ]+(?!(?:it|the|they|he|she|there|this|that|because|since|as|i|you|we|and|or|in|on"
    r"|from)\b)[a-z])?",
    re.IGNORECASE,
)
_HAN_TRUTH: Final = re.compile(
    r"(?:答案)?(?:是否|否|不是|不对|没有|错误?|いいえ|아니)|(?:是的?|对|正确|正しい|はい|有|네)"
)
_HAN_NO: Final = ("否", "不", "没", "错", "いいえ", "아니")


_AGREED: Final = re.compile(
    r"(?:that(?:'s| is)|this is|it's|it is) (?:right|so|the case|affirmative)|indeed(?:,? it (?:is|does))?"
    r"|(?:yes|it) (?:is|does)|certainly|definitely|absolutely|of course|surely|exactly|affirmative"
    r"|i (?:think|believe) so|the answer is affirmative"
)
_DENIED: Final = re.compile(
    r"(?:that(?:'s| is)|this is|it's|it is)(?:n't| not) (?:right|so|the case)|it (?:is|does)(?:n't| not)"
    r"|not so"
    r"|(?:certainly|definitely|absolutely|of course|surely) not|not at all|negative"
    r"|i (?:do not|don't) (?:think|believe) so|the answer is negative"
)
_TURNED: Final = re.compile(r"(?:\bnot|n't)(?: (?:entirely|quite|really|at all))? $", re.IGNORECASE)


def yes_or_no(text: str) -> Outcome:
    """Whether a text says yes; `disagree` where it says both."""
    bare = text.strip(" \t\r\n.,;:!?*_`~\"'()[]{}<>$#|\\-")
    low = bare.lower()
    if low in _YES or low in _NO:
        return low in _YES, None, 0, len(text)
    if len(low) < 40 and (agreed := bool(_AGREED.fullmatch(low))) != bool(_DENIED.fullmatch(low)):
        return agreed, None, 0, len(text)
    if not bare.isascii() and (han := _HAN_TRUTH.match(bare)):
        no = any(sign in han[0] for sign in _HAN_NO)
        return not no, None, text.find(han[0]), text.find(han[0]) + len(han[0])
    marks = [mark for mark in _TRUTH.finditer(text) if not mark["noun"]]
    said = {_says_yes(text, mark) for mark in marks}
    if not marks:
        return missing("no_answer")
    first, last = marks[0], marks[-1]
    if len(said) > 1:
        joint = text[first.end() : marks[1].start()].strip().lower()
        if joint in ("and", "or", "/", ", but", "but") or text[: first.start()].strip(" *\"'("):
            return missing("disagree")
        last = first
    return _says_yes(text, last), None, last.start("word"), last.end("word")


def _says_yes(text: str, mark: re.Match[str]) -> bool:
    """Whether a word of truth says yes: "true" does, "not true" does not."""
    turned = mark["word"].lower() in _TURNABLE and _TURNED.search(
        text, max(0, mark.start() - 24), mark.start()
    )
    return (mark["word"].lower() in _YES) != bool(turned)


_WAYS: Final = {
    "front": "front forward forwards ahead 前 前方 前面 vorne devant",
    "back": "back behind backward backwards rear 后 后方 后面 後 hinten derrière",
    "left": "left leftward left-hand 左 左边 左侧 左方 左面 links gauche izquierda",
    "right": "right rightward right-hand 右 右边 右侧 右方 右面 rechts droite derecha",
    "up": "up upward upwards above upper over top 上 上方",
    "down": "down downward downwards below lower under beneath bottom 下 下方",
    "north": "north northern northward 北",
    "south": "south southern southward 南",
    "east": "east eastern eastward 东 東",
    "west": "west western westward 西",
}
_WAY_OF: Final = {word: way for way, words in _WAYS.items() for word in words.split()}
_SHORT: Final = {
    "NE": "northeast",
    "NW": "northwest",
    "SE": "southeast",
    "SW": "southwest",
    "N": "north",
    "S": "south",
    "E": "east",
    "W": "west",
}
_ASCII_WAYS: Final = "|".join(sorted((word for word in _WAY_OF if word[0] < "\u0250"), key=len, reverse=True))
_HAN_WAYS: Final = "|".join(sorted((word for word in _WAY_OF if word[0] > "\u0250"), key=len, reverse=True))
_WAY: Final = re.compile(
    rf"(?<![^\W_])(?:{_ASCII_WAYS})(?={_ASCII_WAYS}|[^\w]|_|$|ern)|(?<=north)(?:east"
    rf"|west)(?:ern)?(?![a-z])|(?<=south)(?:east|west)(?:ern)?(?![a-z])|{_HAN_WAYS}",
    re.IGNORECASE,
)
_SAME_WAY: Final = re.compile(
    r"[\s\-_/]*(?:(?:and|,)?\s*(?:slightly\s+)?(?:to\s+(?:the|your|its|my)\s+)?)?", re.IGNORECASE
)
_AXIS: Final = {
    "front": 0,
    "back": 0,
    "north": 0,
    "south": 0,
    "left": 1,
    "right": 1,
    "east": 1,
    "west": 1,
    "up": 2,
    "down": 2,
}


def _ways(text: str) -> list[tuple[str, int, int]]:
    """The directions that a text names, each as `front-left`, `northeast`, `up`, and where."""
    found = list[tuple[dict[int, str], int, int]]()
    for mark in _WAY.finditer(text):
        way = (
            _WAY_OF[mark[0].lower()]
            if mark[0].lower() in _WAY_OF
            else _WAY_OF[mark[0].lower().removesuffix("ern")]
        )
        axis = _AXIS[way]
        if found and _SAME_WAY.fullmatch(text, found[-1][2], mark.start()):
            parts = found[-1][0]
            compass = way in ("north", "south", "east", "west")
            of_compass = any(each in ("north", "south", "east", "west") for each in parts.values())
            if axis not in parts and compass == of_compass:
                found[-1] = ({**parts, axis: way}, found[-1][1], mark.end())
                continue
            if parts.get(axis) == way:
                continue
        found.append(({axis: way}, mark.start(), mark.end()))
    return [(_spelled(parts), start, end) for parts, start, end in found]


def _spelled(parts: dict[int, str]) -> str:
    if 2 in parts and len(parts) == 2 and 1 in parts:
        return f"{'upper' if parts[2] == 'up' else 'lower'}-{parts[1]}"
    words = [parts[axis] for axis in sorted(parts)]
    return "".join(words) if words[0] in ("north", "south") and len(words) == 2 else "-".join(words)


@lru_cache(maxsize=1024)
def offers_cannot_tell(options: tuple[str, ...]) -> bool:
    """Whether one of the options is that there is no telling."""
    return any(cannot_tell(each) for each in options)


@lru_cache(maxsize=256)
def _labels(options: tuple[str, ...]) -> dict[str, str]:
    """Options by the direction that each says."""
    labels = dict[str, str]()
    for option in options:
        ways = _ways(option)
        if ways:
            labels.setdefault(ways[0][0], option)
    return labels


def direction_in(text: str, options: tuple[str, ...], prepared: Options, *, block: bool) -> Outcome:
    """The direction that a text names: the option that says it, else in the words of the sectors."""
    letter = None
    if options:
        head = re.match(r"[\s*_(\"'\[]*([A-Z])(?:[\s*_\"')\]]*$|[\s*)]*[.:)]\s*)", text.strip())
        if head and (row := ord(head[1]) - ord("A")) < len(options):
            letter = options[row]
    bare = text.strip(" \t\n.*\"'()")
    found = [(_SHORT[bare], 0, len(text))] if bare in _SHORT else _ways(text)
    if not found:
        if letter is not None:
            return letter, None, 0, len(text)
        return choice_as_text(text, options, prepared, block=block) if options else missing("no_answer")
    labels = _labels(options)
    named = [labels.get(way) if options else way for way, _, _ in found]
    if len(set(named)) > 1:
        return missing("disagree")
    value = named[-1]
    if value is None:
        return missing("not_an_option")
    if letter is not None and letter != value:
        return missing("disagree")
    return value, None, found[-1][1], found[-1][2]


def choice_as_text(text: str, options: tuple[str, ...], prepared: Options, *, block: bool) -> Outcome:
    """The option that is chosen, by its text instead of its letter."""
    value, reason, start, end = choice_in(text, prepared, block=block)
    if isinstance(value, str):
        return options[ord(value) - ord("A")], reason, start, end
    return value, reason, start, end


@lru_cache(maxsize=1024)
def _names(names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    spelled = {tidy(name): name for name in names if tidy(name)}
    parts = sorted(spelled, key=len, reverse=True)
    joined = "|".join(re.escape(part).replace(r"\ ", r"[\s\-_]+") for part in parts)
    return re.compile(rf"(?<![^\W_])({joined or '(?!)'})(?:e?s)?(?![^\W_])", re.IGNORECASE), spelled


_LISTED: Final = re.compile(r"\s*(?:,|;|->|→|>|\n|\band then\b|\bthen\b)\s*", re.IGNORECASE)


def order_in(text: str, names: Sequence[str]) -> Outcome:
    """The order in which a text names all of the names, each once."""
    if not names:
        items = tuple(
            item for each in _LISTED.split(text.strip(" .*\"'[]()")) if (item := each.strip(" .*\"'[]()"))
        )
        return (items, None, 0, len(text)) if len(items) > 1 else missing("no_answer")
    pattern, spelled = _names(tuple(names))
    marks = list(pattern.finditer(text))
    said = tuple(spelled[tidy(mark[1])] for mark in marks)
    if not said:
        return missing("no_answer")
    if len(said) == len(set(said)) == len(names):
        return said, None, marks[0].start(), marks[-1].end()
    at = len(text)
    for line in reversed(text.split("\n")):
        at -= len(line)
        here = list(pattern.finditer(line))
        alone = tuple(spelled[tidy(mark[1])] for mark in here)
        if len(alone) == len(set(alone)) == len(names):
            return alone, None, at + here[0].start(), at + here[-1].end()
        at -= 1
    parts = [tidy(item) for item in _LISTED.split(text) if item.strip()]
    strange = [item for item in parts if item and not pattern.search(item) and len(item.split()) < 4]
    return missing("not_an_option" if strange and len(parts) >= len(names) else "malformed")


_STEPS: Final = {
    "left": "left 左",
    "right": "right 右",
    "back": "back around backward backwards 后 掉头 u-turn",
    "straight": "straight forward forwards ahead 直 前",
}
_STEP_OF: Final = {word: step for step, words in _STEPS.items() for word in words.split()}
_STEP: Final = re.compile(
    r"(?<![^\W_])(?:left|right|back(?:wards?)?|around|straight(?: ahead| forward)?|forwards?|ahead"
    r"|u-turn)(?![^\W_])|[左右后直前]|掉头",
    re.IGNORECASE,
)


def route_in(text: str, names: Sequence[str]) -> Outcome:
    """The turns, and the names where there are any, in the order in which a text names them."""
    marks = [
        (mark.start(), mark.end(), _STEP_OF[mark[0].lower().split(" ")[0]]) for mark in _STEP.finditer(text)
    ]
    if names:
        pattern, spelled = _names(tuple(names))
        marks += [(mark.start(), mark.end(), spelled[tidy(mark[1])]) for mark in pattern.finditer(text)]
    if not marks:
        return missing("no_answer")
    marks.sort()
    return tuple(step for _, _, step in marks), None, marks[0][0], marks[-1][1]
