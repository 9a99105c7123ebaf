"""Releases that ask a model where their own code finds no letter; here the strict reader stands in for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allocentric.answers.read import read
from allocentric.bench.benchmark import Judge
from allocentric.bench.sample import Sample

Find = Callable[[str, Sample], str | None]
"""The letter that a release's own code finds; empty where it settles on none, None where it asks a model."""

_LONGEST: Final = 200_000  # characters of a reply that are looked at: no rule may take for ever
_QUOTED: Final = (re.compile(r"``([^`]*)``"), re.compile(r"`([^`]*)`"))
_MMSI: Final = re.compile(r"\b[A-D]\b(?!\s[a-zA-Z])")
_LETTERED: Final = re.compile(r"[A-F][.:]")
_SIGNS: Final = str.maketrans(dict.fromkeys(".()[],:;!*#{}", " "))
_REFUSED: Final = (
    "Sorry, I can't help with images of people yet.",
    "I can't process this file.",
    "I'm sorry, but without the image provided",
    "Cannot determine the answer",
)
_LOST: Final = "Failed to obtain answer via API"


def else_strict(find: Find) -> Judge:
    """1 where the letter found is the truth, else 0; where the release would ask a model, `strict` reads."""

    def judge(reply: str, sample: Sample) -> float:
        found = find(reply[:_LONGEST], sample)
        given = read(reply, sample.prompt.expected).value if found is None else found
        return float(given == sample.truth)

    return judge


def blink(reply: str, sample: Sample) -> str | None:
    """BLINK: a bare letter, or the one option that stands as "(X)" between blanks, in the last part or all.

    A bare letter is one to the character: "B." and " B" are put to the model.
    """
    if reply in tuple("ABCDE"):
        return reply
    if reply in tuple(f"({each})" for each in "ABCDE"):
        return reply[1]
    words, last = set(reply.split()), set(reply.rsplit("\n\n", maxsplit=1)[-1].split())
    letters = sample.prompt.expected.letters
    anywhere = [each for each in letters if f"({each})" in words]
    at_last = [each for each in letters if f"({each})" in last]
    if len(at_last) == 1:
        return at_last[0]
    return anywhere[0] if len(anywhere) == 1 else None


def vlmevalkit(reply: str, sample: Sample) -> str | None:
    """VLMEvalKit, which the authors of 3DSRBench run: the one option that is a word, else the one whose text
    is there.

    Case tells a letter, not a text; four phrases of refusal, and a lone Z, are no option.
    """
    options = dict(zip(sample.prompt.expected.letters, sample.prompt.expected.options))
    if _LOST not in reply:
        if any(each in reply for each in _REFUSED):
            return ""
        words = set(reply.translate(_SIGNS).split())
        alone = [each for each in options if each in words]
        if len(alone) == 1:
            return alone[0]
        if not alone and "Z" in words:
            return ""
    told = [each for each, text in options.items() if text.lower() in reply.lower()]
    return told[0] if len(told) == 1 else None


def isolated(reply: str, _: Sample) -> str | None:
    """MMSI-Bench: what stands in backticks or braces, else all; a letter A to D that no word follows."""
    for pattern in _QUOTED:
        if quoted := pattern.search(reply):
            reply = quoted[1]
    opened = reply.find("{")
    closed = reply.find("}", opened)
    if 0 <= opened < closed:
        reply = reply[opened + 1 : closed]
    found = _MMSI.search(reply)
    return found.group() if found else None


def sibench(reply: str, _: Sample) -> str | None:
    """SIBench: the second character where a bracket is among the first three, else what is before "." or ":".

    So "A chair" is no A. What begins with neither a bracket nor A to F is put to the model.
    """
    bracket = "(" in reply[:3]
    if reply and not (bracket or reply[0] in "ABCDEF" or _LETTERED.match(reply)):
        return None
    return (reply[1:2] if bracket else reply).split(".")[0].split(":")[0]


def sibench_yes_no(reply: str, sample: Sample) -> float:
    """SIBench: the first three characters without signs are "yes" or "no": "no, it is" counts, "nope" not."""
    return float(_three(reply) == ("yes" if sample.truth else "no"))


def _three(text: str) -> str:
    return re.sub(r"[^\w\s]", "", text[:3].strip().lower())
