"""What of a reply may hold the answer: plain characters, without thoughts, and the blocks that are marked."""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]


def _plain_table() -> dict[int, str]:
    """Characters that stand for others, one for one, so that places in the text stay what they are."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
    table |= dict.fromkeys(map(ord, "〜∼～"), "~")
    table |= dict.fromkeys(map(ord, "‘’′ʼ"), "'") | dict.fromkeys(map(ord, "“”″"), '"')
    table |= dict.fromkeys(map(ord, "。｡"), ".") | dict.fromkeys(map(ord, "，、"), ",")
    table |= dict.fromkeys(map(ord, "（【「『〔"), "(") | dict.fromkeys(map(ord, "）】」』〕"), ")")
    table |= {ord("："): ":", ord("；"): ";"}
    table |= dict.fromkeys([*range(0xD800, 0xE000), 0, *range(0x200B, 0x2010), 0xFEFF, 0x2060], " ")
    table |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    for first in (0x0660, 0x06F0, 0x0966, 0x2460 - 1):
        table |= {
            first + digit: str(digit)
            for digit in range(10)
            if unicodedata.digit(chr(first + digit), -1) == digit
        }
    return table


PLAIN: Final = _plain_table()
_THOUGHT: Final = re.compile(
    r"<(/?)\s{0,9}(?:think|thinking|thought|reasoning)\s{0,9}>|◁(/?)think▷", re.IGNORECASE
)
_TOKEN: Final = re.compile(r"<\|[^|<>\s]{1,40}\|>|</?s>")
_TAG: Final = re.compile(r"<\s{0,9}(/?)\s{0,9}answer\b[^<>]{0,80}>", re.IGNORECASE)
_BRACES: Final = re.compile(r"\\(?:boxed|fbox)\s{0,9}\{|[{}]")


def plain(reply: str) -> str:
    """The reply in plain characters: as long as it was, each character where it was.

    >>> plain("（Ｂ）—３")
    '(B)-3'
    """
    if reply.isascii():
        return reply.replace("\0", " ")
    return reply.translate(PLAIN)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said aloud: the text, where its parts begin in the reply, and whether a thought never ends."""

    text: str
    starts: tuple[Span, ...]  # (in the text, in the reply)
    cut_off: bool = False

    def place(self, at: int) -> int:
        """Where a place of the text is in the reply."""
        here, there = self.starts[bisect.bisect_right(self.starts, (at, len(self.text) << 40)) - 1]
        return there + at - here


def without_thoughts(text: str) -> Said:
    """The parts of a text outside its thoughts; a close without an opening closes all before it."""
    parts, at, inside = list[Span](), 0, False
    for mark in _THOUGHT.finditer(text):
        if mark[1] or mark[2]:
            if not inside:
                parts.clear()
            inside, at = False, mark.end()
        elif not inside:
            parts.append((at, mark.start()))
            inside = True
    if not inside:
        parts.append((at, len(text)))
    kept = [(start, end) for start, end in parts if text[start:end].strip()] or [(0, 0)]
    starts, length = [], 0
    for start, end in kept:
        starts.append((length, start))
        length += end - start + 1
    said = "\n".join(text[start:end] for start, end in kept)
    return Said(said, tuple(starts), inside)


def without_tokens(text: str) -> str:
    """The text with a model's control tokens blanked out."""
    return _TOKEN.sub(lambda mark: " " * len(mark[0]), text)


def tag_blocks(text: str) -> list[Span]:
    """Where the contents of answer tags lie; the last may lack its closing tag."""
    blocks, start = list[Span](), -1
    for mark in _TAG.finditer(text):
        if not mark[1]:
            start = mark.end()
        elif start >= 0:
            blocks.append((start, mark.start()))
            start = -1
    return [*blocks, (start, len(text))] if start >= 0 and text[start:].strip() else blocks


def boxed_blocks(text: str) -> list[Span]:
    r"""Where the contents of \boxed{...} lie, the innermost of nested ones; the last may lack its brace."""
    blocks, open_at = list[Span](), list[int]()
    for mark in _BRACES.finditer(text):
        if mark[0] == "{":
            open_at.append(-1)
        elif mark[0] != "}":
            open_at.append(mark.end())
        elif open_at and (start := open_at.pop()) >= 0 and not (blocks and blocks[-1][0] > start):
            blocks.append((start, mark.start()))
    left = [start for start in open_at if start >= 0]
    if left and not (blocks and blocks[-1][0] > left[-1]) and text[left[-1] :].strip():
        blocks.append((left[-1], len(text)))
    return blocks


_VERB: Final = (
    r"(?:(?:is|was|would be|should be|must be|will be|ist|lautet|est|es|é|è)(?![^\W_]))?"
    r"(?:\s+(?:therefore|thus|then|clearly))?"
)
_NOUN: Final = (
    r"(?:answer|(?:correct|best|right|selected|chosen|my|final)\s+(?:option|choice)"
    r"|antwort|r[ée]ponse|respuesta|resposta|risposta|ответ)"
)
_CUE: Final = re.compile(
    rf"(?P<final>final\s+)?\b{_NOUN}\b(?P<link>[\s*_\"']*{_VERB}[\s*_\"']*[:=→>-]*)"
    r"|(?P<far>最终)?(?:答案|正解|答え|정답)(?:应该|應該)?(?:是|为|為|は|은|:)?|故选|应选|(?:应该|應該|我|所以)?选择?(?!项)",
    re.IGNORECASE,
)
_OTHER_NOUNS: Final = ("ntwort", "ponse", "respuesta", "resposta", "risposta")
_LONGEST_HEAD: Final = 24  # "final selected " and the like
_HAN_HINTS: Final = ("答", "选", "正解", "정답")
_LINKED: Final = re.compile(r"[:=→\n>-]|\s(?:is|was|be|ist|lautet|est|es|é|è)\b", re.IGNORECASE)
_CONTENT: Final = re.compile(r"[\s*_#:>$-]{0,40}([^\n]{0,400})")
MOST_CUES: Final = 8  # the last ones; a reply that repeats itself is not read without end
_MEND: Final = re.compile(
    r"\b(?:wait|actually|correction|sorry|mistake|let me re|on second thought|hmm|no,)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Where the text behind "the answer is" lies, whether it is final, and where the cue itself begins."""

    start: int
    end: int
    at: int
    final: bool


def _has_hint(low: str) -> bool:
    """Whether one of the nouns of a cue may be there; written out, for it is asked of every reply."""
    return (
        "answer" in low
        or "option" in low
        or "choice" in low
        or "ntwort" in low
        or "ponse" in low
        or "respuesta" in low
        or "resposta" in low
        or "risposta" in low
        or "ответ" in low
    )


def _near_first_noun(low: str) -> int:
    """Where in a plain text the first cue may begin: the reasoning before it is not looked through."""
    places = (low.find("answer"), low.find("option"), low.find("choice"))
    if any(noun in low for noun in _OTHER_NOUNS):
        return 0
    first = min(place for place in places if place >= 0)
    before = low[max(0, first - _LONGEST_HEAD) : first]
    return 0 if "  " in before or "\n" in before or "\t" in before else max(0, first - _LONGEST_HEAD)


def cue_blocks(text: str, low: str) -> list[Cue]:
    """What follows "answer:", "the answer is" and their like, to the end of the line."""
    if not _has_hint(low) and (text.isascii() or not any(hint in low for hint in _HAN_HINTS)):
        return []
    begin = _near_first_noun(low) if text.isascii() else 0
    linked = [
        mark for mark in _CUE.finditer(text, begin) if mark["link"] is None or _LINKED.search(mark["link"])
    ]
    cues, end = list[Cue](), len(text)
    for mark in reversed(linked[-MOST_CUES:]):
        content = _CONTENT.match(text, mark.end(), max(end, mark.end()))
        if content:
            cues.append(Cue(*content.span(1), mark.start(), bool(mark["final"] or mark["far"])))
        end = mark.start()
    return cues[::-1]


def mended(text: str, first: Cue, second: Cue) -> bool:
    """Whether the second cue takes the first back: it is the final one, or a change of mind lies between."""
    return (second.final and not first.final) or bool(_MEND.search(text, first.end, second.at + 1))


_LATEX: Final = re.compile(
    r"\\[dt]?frac\s{0,3}\{([^{}]{1,20})\}\s{0,3}\{([^{}]{1,20})\}|\^?\s?\{?\s?\\(?:circ|degree)\b\s?\}?"
    r"|\\(?:text|mathrm|textbf|mathbf|mathit|operatorname|rm|bf|textit|boxed|fbox)\s{0,3}\{?|\\(approx"
    r"|sim)\b|\\times\b"
    r"|\\(?:left|right)(?=[()\[\]|.])|\\pi\b|\\[,;:!\s()\[\]%]|\\quad|[${}]"
)


def without_latex(text: str) -> str:
    r"""The text with its mathematical markup blanked out, as long as it was.

    >>> " ".join(without_latex(r"$\frac{1}{2}\,\text{m}$").split())
    '1/2 m'
    """
    return _LATEX.sub(_said_plainly, text)


def _said_plainly(mark: re.Match[str]) -> str:
    whole = mark[0]
    if mark[1]:
        said = f"{mark[1].strip()}/{mark[2].strip()}"
    elif "circ" in whole or "degree" in whole:
        said = "°"
    elif mark[3]:
        said = "~"
    else:
        said = "×" if whole == "\\times" else "π" if whole == "\\pi" else "%" if whole == "\\%" else ""
    return said.ljust(len(whole))
