"""What may be wrong with a set: each finding names its question and says what is wrong."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import erfc, exp, gamma, pow, sqrt
from typing import Final, Literal

from allocentric.answers.kinds import CANNOT_TELL
from allocentric.errors import AllocentricError
from allocentric.query.answer import Answer
from allocentric.query.ask import ask
from allocentric.query.options import lettered
from allocentric.questions.audit.entry import Entry
from allocentric.questions.change import changed
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.records.told import Told, said
from allocentric.questions.records.told import computed as told_truth
from allocentric.questions.truth import computed
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Measured, Quantity, Undetermined
from allocentric.words import UNITS

Fault = Literal[
    "wrong truth",
    "within the margin",
    "cannot be determined",
    "not among the options",
    "two options right",
    "duplicate",
    "duplicate, other answer",
    "leaking wording",
    "letter bias",
]
FAULTS: Final[tuple[Fault, ...]] = (
    "wrong truth", "within the margin", "cannot be determined", "not among the options", "two options right",
    "duplicate", "duplicate, other answer", "leaking wording", "letter bias",
)  # fmt: skip
ALLOWED: Final = {"length": 0.15, "area": 0.5, "number": 0.0, "angle": 0.02}
"""How far a released number may be off in base units before it is called wrong: as much as reads the same."""
RELATIVE: Final = 0.05
LEAK: Final = 0.75  # of the questions that hold one option: more right ones than this tell the answer
BIAS: Final = 0.001  # how unlikely a skew of letters has to be by chance
_NOT_HELD: Final = ("not_complete", "not_measured", "not_placed")  # a fault of the record, not of the set
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a question, or (id empty) with a whole type; `answer` is what the scene says."""

    fault: Fault
    type: str
    id: str
    scene: str
    says: str
    words: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one question: its findings, or why its truth could not be computed."""

    entry: Entry
    findings: tuple[Finding, ...]
    unasked: str = ""


def check_entry(entry: Entry, scene: Scene) -> Checked:
    """The truth of one question, computed anew from its scene, against what the set says."""
    try:
        if entry.told is not None:
            return _told(entry, entry.told, scene)
        if entry.question is not None:
            return _recorded(entry, entry.question, scene)
        return _asked(entry, scene)
    except AllocentricError as error:
        return Checked(entry, (), unasked=error.what)


def _told(entry: Entry, told: Told, scene: Scene) -> Checked:
    """A question of a story: its programs on the story's scene."""
    truth = told_truth(told, scene)
    says = f"the set says {said(told.released, told.expected)}, the scene {said(truth, told.expected)}"
    fault: Fault = "cannot be determined" if truth is CANNOT_TELL else "wrong truth"
    faults: list[tuple[Fault, str]] = [] if truth == told.released else [(fault, says)]
    return Checked(entry, tuple(_finding(entry, fault, why, answer=None) for fault, why in faults))


def _recorded(entry: Entry, question: Question, scene: Scene) -> Checked:
    """A question of ours: its program again, on the scene after its changes."""
    at = changed(scene, question.changes)
    truth, found = computed(scene, question)
    faults = list[tuple[Fault, str]]()
    if truth != question.truth:
        told = found.value if isinstance(found, Measured) else f"undetermined: {found.reason}"
        faults.append(("wrong truth", f"the set says {entry.answer}, the scene {told}"))
    elif entry.stated is not None and entry.stated != (right := answer_of(question)):
        faults.append(("wrong truth", f"the row says {entry.stated}, the scene {right}"))
    faults += _margin(found)
    faults += _options(entry)
    answer = ask(at, question.program, options=question.expected.options)
    return Checked(entry, tuple(_finding(entry, fault, says, answer=answer) for fault, says in faults))


def _asked(entry: Entry, scene: Scene) -> Checked:
    """A question in words: read, asked, compared."""
    answer = ask(scene, entry.words, options=entry.options)
    faults = list[tuple[Fault, str]]()
    if isinstance(answer.result, Undetermined):
        if answer.result.reason in _NOT_HELD:
            return Checked(entry, (), unasked=f"the scene does not hold it: {answer.result.reason}")
        faults.append(("cannot be determined", f"{answer.result.reason}: {answer.result.detail}"))
    else:
        faults += _compared(entry, answer, answer.result)
        faults += _margin(answer.result)
    faults += _options(entry)
    return Checked(entry, tuple(_finding(entry, fault, says, answer=answer) for fault, says in faults))


def _compared(entry: Entry, answer: Answer, result: Measured) -> Iterator[tuple[Fault, str]]:
    if entry.options:
        if answer.option is None:
            yield (
                "not among the options",
                f"the scene says {answer.text}, the options are {list(entry.options)}",
            )
        elif answer.option != entry.answer:
            yield "wrong truth", f"the set says {entry.answer}, the scene {answer.option} ({answer.text})"
        return
    told = _number(entry.answer)
    if told is None or not isinstance(result.possible, Quantity):
        if entry.answer.strip().lower() != answer.text.strip().lower():
            yield "wrong truth", f"the set says {entry.answer}, the scene {answer.text}"
        return
    kind = answer.to_json()["answer"]["kind"]
    truth, factor = float(result.value), _factor(entry, kind)  # type: ignore[arg-type]
    off = abs(told * factor - truth)
    if off > max(ALLOWED.get(kind, 0.0), RELATIVE * abs(truth) if kind != "number" else 0.0):
        yield "wrong truth", f"the set says {entry.answer}, the scene {truth / factor:.4g}"


def _factor(entry: Entry, kind: str) -> float:
    """Base units in one of the unit that the words ask for."""
    words = entry.words.lower()
    if kind == "angle":
        return 1.0 if "radian" in words else UNITS["deg"].factor
    if "centimeter" in words or "centimetre" in words:
        return UNITS["cm"].factor
    return 1.0


def _margin(found: Measured | Undetermined) -> Iterator[tuple[Fault, str]]:
    if isinstance(found, Measured) and found.margin is not None and found.margin.clear < 1:
        margin = found.margin
        yield (
            "within the margin",
            f"{margin.of}: {margin.gap:.3g} {margin.unit}, {margin.clear:.2f} of what is clear",
        )


def _options(entry: Entry) -> Iterator[tuple[Fault, str]]:
    if not entry.options:
        return
    if len(entry.answer) == 1 and entry.answer.isalpha() and entry.answer not in entry.letters:
        yield (
            "not among the options",
            f"the answer is {entry.answer}, the options end with {entry.letters[-1]}",
        )
    plain = [text.casefold().strip().rstrip(".") for _, text in lettered(entry.options)]
    twice = [each for each, count in Counter(plain).items() if count > 1]
    if entry.answer in entry.letters and plain[entry.letters.index(entry.answer)] in twice:
        yield "two options right", f"{twice[0]!r} is offered twice"


def _finding(entry: Entry, fault: Fault, says: str, *, answer: Answer | None) -> Finding:
    return Finding(fault, entry.type, entry.id, entry.scene, says, entry.words, answer)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


def across(entries: Sequence[Entry]) -> Iterator[Finding]:
    """What is wrong with questions together: duplicates, letters, words that tell the answer."""
    yield from _duplicates(entries)
    by_type = defaultdict[str, list[Entry]](list)
    for each in entries:
        by_type[each.type].append(each)
    for type, held in sorted(by_type.items()):
        yield from _letters(type, held)
        yield from _leaks(held)


def _duplicates(entries: Iterable[Entry]) -> Iterator[Finding]:
    seen = dict[tuple[object, ...], Entry]()
    for each in entries:
        changes = each.question.changes if each.question else ()
        key = (each.scene, " ".join(each.words.casefold().split()), changes, frozenset(each.options))
        first = seen.setdefault(key, each)
        if first is each or (each.question and each.question.twin):
            continue
        same = _text(first) == _text(each)
        fault: Fault = "duplicate" if same else "duplicate, other answer"
        yield _finding(
            each, fault, f"as {first.id}" + ("" if same else f", which says {_text(first)!r}"), answer=None
        )


def _text(entry: Entry) -> str:
    at = entry.letters.index(entry.answer) if entry.answer in entry.letters else None
    return entry.answer if at is None else entry.options[at].casefold()


def _letters(type: str, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Letters that are not even: by the chi-squared test, over questions of as many options each."""
    by_count = defaultdict[int, Counter[str]](Counter)
    for each in entries:
        if each.options and each.answer in each.letters:
            by_count[len(each.options)][each.answer] += 1
    for options, letters in sorted(by_count.items()):
        count, mean = letters.total(), letters.total() / options
        names = [chr(ord("A") + row) for row in range(options)]
        chi2 = sum((letters[each] - mean) ** 2 / mean for each in names)
        if options > 1 and count >= 5 * options and chi_squared_tail(chi2, options - 1) < BIAS:
            shown = ", ".join(f"{each} {letters[each] / count:.0%}" for each in names)
            yield Finding(
                "letter bias", type, "", "", f"of {count} questions with {options} options: {shown}"
            )


def chi_squared_tail(value: float, freedom: int) -> float:
    """The chance that a chi-squared sum of so many degrees of freedom is at least `value`, in closed form.

    >>> round(chi_squared_tail(7.815, 3), 4)
    0.05
    """
    half = value / 2
    if freedom % 2:
        terms = (pow(half, step + 0.5) / gamma(step + 1.5) for step in range((freedom - 1) // 2))
        return erfc(sqrt(half)) + exp(-half) * sum(terms)
    return exp(-half) * sum(pow(half, step) / gamma(step + 1) for step in range(freedom // 2))


def _leaks(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Questions whose own words hold the text of the right option alone, where that is no accident.

    Where as many of a type hold a wrong option alone, the words tell nothing: "front" may be in the question.
    """
    found = [(each, told) for each in entries if (told := _holds_right(each)) is not None]
    telling = [each for each, told in found if told]
    if len(telling) > LEAK * len(found):
        says = "only the right option {!r} is in the question"
        yield from (
            _finding(each, "leaking wording", says.format(_text(each)), answer=None) for each in telling
        )


def _holds_right(entry: Entry) -> bool | None:
    """Whether the one option whose text is in the question is right; None where it is not just one."""
    if entry.answer not in entry.letters:
        return None
    words = set(_WORD.findall(entry.words.casefold()))
    inside = [all(word in words for word in _WORD.findall(text.casefold())) for text in entry.options]
    return inside[entry.letters.index(entry.answer)] if sum(inside) == 1 else None
