"""How releases find a letter in a reply, each by its own rule, quirks included; none of them is ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.sample import Sample

Finder = Callable[[str], str | None]

_LONGEST: Final = 200_000  # characters of a reply that are looked at: no rule may take for ever
_MMSI: Final = re.compile(r"\b[A-D]\b(?!\s[a-zA-Z])")
_ANSWER_COLON: Final = re.compile(r"answer\s*:\s*([a-d])\b", re.IGNORECASE)
_BOXED: Final = "\\boxed{"


def by_letter(find: Finder, *, skips: bool = False) -> Judge:
    """1 where the letter found is the truth, else 0; None for no letter where its release `skips` those."""

    def judge(reply: str, sample: Sample) -> float | None:
        found = find(reply[:_LONGEST])
        return None if skips and found is None else float(found == sample.truth)

    return judge


def isolated(reply: str) -> str | None:
    """MMSI-Bench: what stands in backticks or braces, else all; a letter A to D that no word follows.

    >>> isolated("A chair, so ``B``"), isolated("A chair"), isolated("It is {C}.")
    ('B', None, 'C')
    """
    for opened, closed in (("``", "``"), ("`", "`"), ("{", "}")):
        start = reply.find(opened)
        end = reply.find(closed, start + len(opened)) if start >= 0 else -1
        if end > 0:
            reply = reply[start + len(opened) : end]
    found = _MMSI.search(reply)
    return found.group() if found else None


def last_line(reply: str) -> str | None:
    """ViewSpatial-Bench: the first lone a to d of the last line, so that the article "a" counts.

    >>> last_line("First this.\\nIt is a door: B"), last_line("B\\n")
    ('A', None)
    """
    found = re.search(r"\b([A-D])\b", reply.rsplit("\n", maxsplit=1)[-1], re.IGNORECASE)
    return found[1].upper() if found else None


def mindcube(reply: str) -> str | None:
    """MindCube: the last "X.", else in what follows <Answer>, else the last letter that ends a word ...

    >>> mindcube("A. no, B. yes"), mindcube("The answer is C"), mindcube('so "D"'), mindcube("none")
    ('B', 'C', 'D', None)
    """
    if dotted := re.findall(r"([A-E])\.", reply):
        return str(dotted[-1])
    tagged = re.search(r"<Answer>([^<]*)", reply)
    if tagged:
        for pattern in (r"[Mm]y answer is ([A-E])", r"[Tt]he answer is ([A-E])", r"\b([A-E])\b"):
            if held := re.findall(pattern, tagged[1]):
                return str(held[-1])
    spoken = (r"([A-E])(?:$|\s)", r"[*\"]([A-E])[*\"]", r"\bAnswer:?\s*([A-E])\b", r"answer is ([A-E])")
    for pattern in spoken:
        if held := re.findall(pattern, reply):
            return str(held[-1])
    for line in reversed(reply.split("\n")):
        if found := re.search(r"\b([A-E])\b", line):
            return found[1]
    return None


def site(reply: str, sample: Sample) -> float | None:
    """SITE: "(X)", else " X ", else "X.", else with a colon; of several the last that stands alone.

    What has no letter is answered at random there, and is left out of the mean here.
    """
    text = f" {reply[:_LONGEST].strip()} "
    letters = sample.prompt.expected.letters
    ways: tuple[Callable[[str], tuple[str, ...]], ...] = (
        lambda x: (f"({x})",),
        lambda x: (f" {x} ",),
        lambda x: (f"{x}.",),
        lambda x: (f"{x}:", f":{x}", f": {x}"),
    )
    for forms in ways:
        found = [each for each in letters if any(form in text for form in forms(each))]
        if found:
            given = max(found, key=lambda each: text.rfind(f" {each} "))
            return float(given == sample.truth)
    return None


def to_the_letter(reply: str, sample: Sample) -> float:
    """SpatialText: what follows the last "Answer:", without spaces, has to be the answer as written."""
    said = reply[:_LONGEST].strip().split("Answer:")[-1].strip()
    return float(said.replace(" ", "") == str(sample.fields[RELEASED]).replace(" ", ""))


def answer_colon(reply: str) -> str | None:
    """OmniSpatial: the last "Answer: X", as it is written; without one it is "A".

    >>> answer_colon("Answer: C"), answer_colon("It is C."), answer_colon("answer: c")
    ('C', 'A', 'c')
    """
    found = _ANSWER_COLON.findall(reply)
    return str(found[-1]) if found else "A"


def first_letter(reply: str) -> str | None:
    """CV-Bench and EmbSpatial in lmms-eval: the first letter of the reply, also of a word.

    >>> first_letter("(B) the left one"), first_letter("The answer is B")
    ('B', 'T')
    """
    found = re.match(r"[(\s]*([A-Za-z])", reply)
    return found[1].upper() if found else None


def osi(reply: str) -> str | None:
    """OSI-Bench: a capital between blanks, brackets, commas or dots, else the first capital.

    >>> osi("I think (B)"), osi("Because"), osi("nothing")
    ('I', 'B', None)
    """
    found = re.search(r"[\[(\s,.]([A-Z])[\])\s,.]", f" {reply} ") or re.match(r"\s*([A-Z])", reply)
    return found[1] if found else None


def mmsi_video(reply: str) -> str | None:
    """MMSI-Video-Bench: boxed; else after "answer is" or the like; else the first sentence; else a capital.

    >>> mmsi_video("The answer is B, I think"), mmsi_video("C."), mmsi_video("no answer")
    ('B', 'C', None)
    """
    if "no answer" in reply.lower():
        return None
    text = reply.replace("<answer>", "").replace("</answer>", "")
    tries = [text.split("boxed{")[1].split("}")[0]] if "boxed{" in text else []
    for mark in ('"answer":', "answer is", "answer:", '"Answer":', "Answer is", "Answer:"):
        if mark in text:
            tries.append(text.split(mark)[-1].split(",")[0].split(".")[0])
    for each in (*tries, text.split(".")[0]):
        if re.fullmatch(r"[A-F]", re.sub(r"[ \"'\n:]", "", each)):
            return re.sub(r"[ \"'\n:]", "", each)
    padded = f" {text} "
    held = [each for each in "ABCDEF" if f"({each})" in text or f" {each} " in padded or f"{each}." in text]
    return held[0] if held else None


def stare(reply: str) -> str | None:
    """STARE: the letter alone or before ":" or "."; else boxed; else what follows "answer is" or the like.

    >>> stare("B. the cube"), stare("so \\\\boxed{C}"), stare("The final answer is d."), stare("B, maybe")
    ('B', 'C', 'D', '')
    """
    text = reply.strip()
    for each in "ABCDEFGH":
        if text.upper() == each or text.startswith((f"{each}:", f"{each}.")):
            return each
    if _BOXED in text and (held := _in_braces(text, text.rindex(_BOXED) + len(_BOXED))) is not None:
        inner = re.findall(r"\\text{([^{}]*)}", held)
        return str(inner[-1] if inner else held).strip().upper()
    lower = text.lower()
    for mark in ("final answer is", "correct answer is", "answer should be", "answer is", "answer:"):
        if mark in lower:
            return lower.split(mark)[-1].strip().split("\n")[0].split(".")[0].strip().upper()
    return ""


def _in_braces(text: str, start: int) -> str | None:
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth < 0:
            return text[start:place]
    return None


_MARKS: Final = (
    "<answer>", "Answer:", "Final answer", "final answer", "Final Answer", "the answer is", "The answer is",
    "correct answer", "Correct answer", "Correct Answer", "correct path",
)  # fmt: skip
_SAID: Final = (
    r"<answer>(.*?)</answer>",
    r"</answer>\s*([A-D])\b",
    r"answer\s*(?:is|:)\s*(?:option\s*)?([A-D])\b",
    r"correct\s+path\s*(?:is|:)?\s*(?:option\s*)?([A-D])\b",
    r"correct\s+choice\s*(?:is|:)?\s*(?:option\s*)?([A-D])\b",
    r"option\s+([A-D])\b",
    r"choose\s+([A-D])\b",
    r"\\boxed{(?:\\text{)?([A-D])",
)


def spatialviz(reply: str) -> str | None:
    """SpatialViz-Bench: one distinct letter behind a mark, else in a phrase, else the last one near the end.

    >>> spatialviz("<answer>B</answer>"), spatialviz("It is B or C"), spatialviz("option C")
    ('B', 'C', 'C')
    """
    text = reply.strip()
    behind = list[str]()
    if len(text) == 1:
        behind = re.findall("[A-D]", text)
    for mark in _MARKS if len(text) > 1 else ():
        if mark in text and (behind := _lone(text.split(mark)[-1].strip().split(".")[0])):
            break
    if len(set(behind)) == 1:
        return behind[0]
    for pattern in _SAID:
        held = [_lone(each) for each in re.findall(pattern, reply, re.IGNORECASE | re.DOTALL)]
        if single := {each[0] for each in held if len(each) == 1}:
            return single.pop() if len(single) == 1 else None
    tail = re.findall(r"\b([A-D])\b", "\n".join(text.splitlines()[-3:]), re.IGNORECASE)
    return str(tail[-1]).upper() if tail else None


def _lone(text: str) -> list[str]:
    return re.findall(r"\b([A-D])\b", text)
