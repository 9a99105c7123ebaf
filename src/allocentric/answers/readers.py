"""The page of readers: what each extractor makes of the public suite, drawn from running them.

python -m allocentric.answers.readers > docs/readers.md
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from allocentric.answers.extractors import EXTRACTORS
from allocentric.answers.extractors.extractor import Extractor
from allocentric.answers.kinds import NUMERIC, Expected, Reading, Value
from allocentric.answers.read import read
from allocentric.answers.suite import Sample, same, suite

Mark = Literal["right", "missed", "wrong", "invented"]
MARKS: Final[tuple[Mark, ...]] = ("right", "missed", "wrong", "invented")
GROUPS: Final = ("choice", "number", "other")

INTRO: Final = """\
# Reading a reply

A reply becomes a value, or the reason why it has none. Which reader does it is named, and every benchmark's
own is here, quirks included, beside `strict`, which is ours.

```python
from allocentric.answers.kinds import Expected
from allocentric.answers.read import read

read("The two chairs are about 3.5 m apart.", Expected("length", unit="m")).value       # 3.5
read("3,5 m", Expected("length", unit="m")).reason                                      # 'separator'
read("Answer: B", Expected("choice", ("left", "right")), extractor="first_token")       # no answer
```
"""
STRICT: Final = """\
## What strict does

- Thoughts (`<think>`, `<thinking>`, `◁think▷`) never count; a thought that never ends is `cut_off`.
- Answer tags and `\\boxed{}` go before what follows "answer:" and its like in many languages, that before
  a first or last line that is nothing but an answer, and that before the rest. The last answer is taken;
  blocks that differ are refused (`disagree`), unless the later one is final or takes the earlier back.
- A letter against its option's text is refused; so is a letter that was not offered (`not_an_option`), a
  range or a bound (`range`), a unit of another kind (`unit`), and a comma that may be decimal
  (`separator`), unless `decimal_comma=True`. `1,200` is twelve hundred.
- A bare number is in the unit that the prompt asks for; where none is told, in the base unit.
- Points and boxes follow the convention that is declared; a place outside the picture is `outside`.
- "Cannot be determined" is an answer where it may be one, an option where one says so, and else `no_answer`.
"""
TABLE: Final = """\
{} replies with the reading that a careful person gives, written before any reader was run on them.
*Missed*: there is an answer and none is read. *Wrong*: another one is read. *Invented*: there is none and
one is read. A dash: the extractor reads nothing of the group. The counts show kinds of failure, not their
frequency in real replies.
"""


def mark_of(sample: Sample, reading: Reading) -> Mark:
    """Whether a reading is right; else whether it misses the answer, is another one, or makes one up."""
    if sample.value is None:
        return "right" if reading.value is None else "invented"
    if reading.value is None:
        return "missed"
    return "right" if same(reading.value, sample.value) else "wrong"


def group_of(sample: Sample) -> str:
    """The group that a sample is counted in: letters, numbers, or the rest."""
    kind = sample.expected.kind
    return "choice" if kind in ("choice", "choices") else "number" if kind in NUMERIC else "other"


def counts(extractor: Extractor, samples: Sequence[Sample]) -> Counter[Mark | Literal["read"]]:
    """How often an extractor is right, misses, is wrong and invents; and how often it reads anything."""
    found = Counter[Mark | Literal["read"]]()
    for each in samples:
        reading = _reading(extractor, each)
        found[mark_of(each, reading)] += 1
        found["read"] += reading.value is not None
    return found


def _reading(extractor: Extractor, sample: Sample) -> Reading:
    if extractor.name == "strict":
        return read(sample.reply, sample.expected, decimal_comma=sample.decimal_comma)
    return extractor.read(sample.reply, sample.expected)


def page() -> str:
    """The whole page, as it stands in docs/readers.md."""
    samples = suite()
    return (
        "\n".join([INTRO, STRICT, *_extractors(), "", *_tables(samples), *_unread(), *_examples(samples)])
        + "\n"
    )


def _extractors() -> Iterator[str]:
    yield "## The extractors\n"
    for each in EXTRACTORS:
        yield f"- `{each.name}` (version {each.version}): {each.about}. Source: {each.source}."


def _tables(samples: Sequence[Sample]) -> Iterator[str]:
    sizes = Counter(group_of(each) for each in samples)
    yield "## On the public suite\n"
    yield TABLE.format(len(samples))
    heads = "".join(f" {name} ({sizes[name]}): {' / '.join(MARKS)} |" for name in GROUPS)
    yield f"| extractor |{heads}"
    yield "|---|" + "---|" * len(GROUPS)
    groups = {name: [each for each in samples if group_of(each) == name] for name in GROUPS}
    for each in EXTRACTORS:
        yield f"| `{each.name}` |" + "".join(f" {_cell(each, groups[name])} |" for name in GROUPS)
    yield ""


def _cell(extractor: Extractor, group: Sequence[Sample]) -> str:
    """The four counts of an extractor on a group; a dash where it reads nothing there."""
    found = counts(extractor, group)
    return " / ".join(str(found[mark]) for mark in MARKS) if found["read"] else "-"


UNREAD: Final[tuple[tuple[Expected, str, Value | None, str], ...]] = (
    (
        Expected("choice", ("sofa", "lamp", "tv", "table")),
        "The television",
        "C",
        "another name for what an option says",
    ),
    (
        Expected("length", unit="m"),
        "about 1.2 metres, maybe 1.3",
        None,
        "that a second number takes the first back",
    ),
    (
        Expected("count"),
        "1) by the door 2) by the window, 3) under the table - so three.",
        3.0,
        "that numbers within a line number a list",
    ),
    (Expected("angle", unit="rad"), "a right angle", math.pi / 2, "an angle by its name"),
)
"""What of the plain replies strict reads otherwise than a careful person, and what it does not see."""


def _unread() -> Iterator[str]:
    yield "## What strict does not read\n"
    yield "Of 160 plain replies written later, the others being in `tests/answers/plain_replies.jsonl`:\n"
    yield "| asked | reply | a careful person | `strict` | it does not see |"
    yield "|---|---|---|---|---|"
    for expected, reply, value, why in UNREAD:
        wanted = "-" if value is None else _said(Reading(value))
        yield f"| {expected.kind} | `{reply}` | {wanted} | {_said(read(reply, expected))} | {why} |"
    yield ""


SHOWN: Final = (
    "B. right",
    "The answer is B.",
    "The correct answer is (B).",
    "<answer>chair</answer>",
    "<answer>Based on the view, it is left</answer>",
    "Because the lamp is nearer to the sofa.",
    "The wooden table.",
    "B. left",
    "A or B",
    "1,200",
    "3.5 m (350 cm)",
    "350 cm",
    "1/2",
    "3-4 m",
    "There are 5 chairs: 2 at the table and 3 by the wall.",
    "Error 500: server unavailable after 5 attempts",
)


def _examples(samples: Sequence[Sample]) -> Iterator[str]:
    yield "## Some of the replies\n"
    yield "A dash: no answer.\n"
    yield "| reply | a careful person | " + " | ".join(f"`{each.name}`" for each in EXTRACTORS) + " |"
    yield "|---|---|" + "---|" * len(EXTRACTORS)
    for text in SHOWN:
        sample = next(each for each in samples if each.reply == text)
        cells = [_said(_reading(each, sample)) for each in EXTRACTORS]
        wanted = _said(
            Reading(sample.value) if sample.value is not None else Reading(None, sample.reasons[0])
        )
        yield f"| `{text}` | {wanted} | " + " | ".join(cells) + " |"


def _said(reading: Reading) -> str:
    value = reading.value
    if value is None:
        return "-" if reading.reason == "no_answer" else f"*{reading.reason}*"
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    print(page(), end="")
