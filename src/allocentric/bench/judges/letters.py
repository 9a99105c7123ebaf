"""How releases find a letter in a reply, each by its own rule, quirks included; none of them is ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from allocentric.answers.extractors.brace import token
from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.sample import Sample

Finder = Callable[[str], str | None]

_LONGEST: Final = 200_000  # characters of a reply that are looked at: no rule may take for ever
_ANSWER_COLON: Final = re.compile(r"answer\s*:\s*([a-d])\b", re.IGNORECASE)
_BOXED: Final = "\\boxed{"
_NUMBER: Final = re.compile(r"[-+]?\d{1,99}(?:\.\d{1,99})?")


def by_letter(find: Finder, *, skips: bool = False) -> Judge:
    """1 where the letter found is the truth, else 0; None for no letter where its release `skips` those."""

    def judge(reply: str, sample: Sample) -> float | None:
        found = find(reply[:_LONGEST])
        return None if skips and found is None else float(found == sample.truth)

    return judge


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


def site(reply: str, sample: Sample) -> float:
    """SITE: "(X)", else " X ", else "X.", else with a colon; of several the last that stands alone.

    What has no letter is answered at random there; here it has what that comes to on average.
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
    return 1 / len(letters)


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


def without_stops(reply: str, sample: Sample) -> float:
    """ERQA: 1 where the reply without its full stops is the answer, without case; a sentence never is."""
    said = reply[:_LONGEST].replace(".", "").strip().lower()
    return float(said == str(sample.fields[RELEASED]).strip().lower())


def cambrian(reply: str, sample: Sample) -> float:
    """CV-Bench: the first character behind the last "answer is" or "answer:", a bracket left out.

    In 3D that character may be an option, too. So "the left" is no option, and "b and a" is B.
    """
    text = reply[:_LONGEST].lower().strip()
    for mark in ("answer is", "answer is:", "answer:"):
        text = text.split(mark)[-1]
    deep = sample.fields.get("group") == "Omni3D"
    said = text.strip().rstrip(".:," if deep else ".").lstrip("(").rstrip(")")[:1]
    expected = sample.prompt.expected
    texts = [text for name, text in zip(expected.letters, expected.options) if name == sample.truth]
    return float(said == str(sample.truth).lower() or (deep and said in texts))


_STI: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        r"\(([A-E])\)",
        r"Ans\s*=\s*['\"]?([A-E])",
        r"Answer\s*[:=]\s*([A-E])",
        r"Option\s+([A-E])",
        r"\b([A-E])\s*(?:is|was)\s*correct",
        r"\b([A-E])[.)]\s*$",
    )
)


def sti(reply: str) -> str | None:
    """STI-Bench: the first of six patterns that is there, also within words; else the last character.

    >>> sti("(a) or (b)"), sti("Option cars"), sti("I say B"), sti("B, surely")
    ('A', 'C', 'B', None)
    """
    for pattern in _STI:
        if found := pattern.search(reply):
            return found[1].upper()
    last = reply.strip()[-1:]
    return last if last in tuple("ABCDE") else None


def tagged(reply: str) -> str:
    """What stands in the first closed answer tags, without blanks around it; else the reply as it is."""
    opened = re.search("<answer>", reply, re.IGNORECASE)
    closed = re.compile("</answer>", re.IGNORECASE).search(reply, opened.end()) if opened else None
    return reply[opened.end() : closed.start()].strip() if opened and closed else reply


def spacevista(reply: str, sample: Sample) -> float:
    """SpaceVista-Bench: the letter A to D with which the tagged answer, or the reply, begins; else it all."""
    said = tagged(reply[:_LONGEST]).strip()
    found = re.match(r"([A-D])\b", said, re.IGNORECASE)
    return float((found[1] if found else said).lower() == str(sample.fields[RELEASED]).strip().lower())


def spacevista_text(reply: str, sample: Sample) -> float:
    """SpaceVista-Bench: 1 where the tagged answer, or the reply, is the truth, without case."""
    said = tagged(tagged(reply[:_LONGEST])).strip().lower()
    return float(said == str(sample.fields[RELEASED]).strip().lower())


def srbench(reply: str, sample: Sample) -> float:
    """srbench: 1 where the letter or word found is the answer, without case; a word stands for no letter."""
    right = str(sample.fields[RELEASED]).strip().upper().split(".")[0]
    return float((token(reply[:_LONGEST]) or "").upper() == right)


def spatialgeneval(reply: str, sample: Sample) -> float:
    """SpatialGenEval: the first character is the answer, as it is written."""
    return float(reply.strip()[:1] == sample.fields[RELEASED])


def revsi(reply: str) -> str | None:
    """ReVSI: what stands before the first blank, blanks before it and full stops behind it cut off.

    >>> revsi(" b. left"), revsi("(B)")
    ('B', '(B)')
    """
    return reply.strip().split(" ")[0].rstrip(".").strip().upper()


def osi(reply: str) -> str | None:
    """OSI-Bench: a capital between blanks, brackets, commas or dots, else the first capital.

    >>> osi("I think (B)"), osi("Because"), osi("nothing")
    ('I', 'B', None)
    """
    found = re.search(r"[\[(\s,.]([A-Z])[\])\s,.]", f" {reply} ") or re.match(r"\s*([A-Z])", reply)
    return found[1] if found else None


def mmsi_video(reply: str) -> str | None:
    """MMSI-Video-Bench: what is boxed, else behind the last mark, else the first sentence: A to F alone.

    >>> mmsi_video("The answer is B, I think"), mmsi_video("C."), mmsi_video("Answer: (B)")
    ('B', 'C', None)
    """
    text = reply.replace("<answer>", "").replace("</answer>", "")
    mark = next((each for each in ('"answer":', "answer is", "Answer: ") if each in text), None)
    if "no answer" in text:
        return None
    if "boxed{" in text:
        said = text.split("boxed{")[1].split("}")[0]
    elif mark:
        said = text.split(mark)[-1].split(",")[0].split(".")[0]
    else:
        said = text.split(".")[0]
    letter = re.sub("[ \"'\n:]", "", said)
    return letter if letter in tuple("ABCDEF") else None


def stare(reply: str) -> str | None:
    """STARE: the letter alone or before ":" or "."; else boxed; else what follows "answer is" or the like.

    >>> stare("B. the cube"), stare("so \\\\boxed{C}"), stare("The final answer is d."), stare("B, maybe")
    ('B', 'C', 'D', '')
    """
    text = reply.strip()
    for each in "ABCDEFGH":
        if text.upper() == each or text.startswith((f"{each}:", f"{each}.")):
            return each
    if _NUMBER.fullmatch(text):
        return text
    if _BOXED in text and (held := _in_braces(text, text.rindex(_BOXED) + len(_BOXED))) is not None:
        inner = re.findall(r"\\text{([^{}]*)}", held)
        return str(inner[-1] if inner else held).strip().upper()
    lower = text.lower()
    for mark in ("final answer is", "correct answer is", "answer should be", "answer is", "answer:"):
        if mark in lower:
            return lower.split(mark)[-1].strip().split("\n")[0].split(".")[0].strip().upper()
    return ""


def stare_or_content(reply: str, sample: Sample) -> float:
    """STARE: what is found is the letter, or what the release says that it stands for, without case."""
    found, content = stare(reply[:_LONGEST]), str(sample.fields.get("gt_content") or "").strip().upper()
    return float(found == sample.truth or (content != "" and found == content))


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
