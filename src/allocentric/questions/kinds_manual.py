"""The page of the kinds of questions, drawn from the families and the mixes.

`python -m allocentric.questions.kinds_manual > docs/question_kinds.md` writes it anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from allocentric.questions.families import FAMILIES
from allocentric.questions.family import Family
from allocentric.questions.mixes import DESCRIBED, MIXES, TITLES

INTRO: Final = """\
# Kinds of questions

Every kind is a family: its words, where its programs come from, what makes it fair. `--kinds` takes names of
families, or of a benchmark's mix, with commas between them; or `all`.

A question is asked only where the answer is clear: by 15 cm, 10 degrees, 1 second, 5 % of a picture, or more
where a published filter is stricter. What is rejected is counted, by reason. Yes and no are right in turn,
and so is every letter. Kinds marked *ours* have no published formula: their definition is the one given here.
"""
GROUPS: Final = {
    "A": "Quantity and size",
    "B": "Distance and depth",
    "C": "Direction and relation",
    "D": "Orientation",
    "E": "Viewpoint and several views",
    "F": "Memory, time and routes",
    "G": "Visibility and knowing",
    "H": "Maps",
    "I": "Localisation",
    "J": "Earth imagery and maps",
    "K": "Visualisation",
    "L": "Words only",
}
BENCHMARKS: Final = """\

## Mixes of benchmarks

The types of a benchmark, and the family that asks the same. Shares are those of the released questions where
they are known, else equal. Where a benchmark's own names of its types are not published, its types are named
by what they ask; that is said beside its name.

| `--kinds` | benchmark | type | family | share |
|---|---|---|---|---|
"""


def manual() -> str:
    """The whole page."""
    return "\n".join((INTRO, *_families(), BENCHMARKS.rstrip("\n"), *_mixes(), ""))


def _families() -> Iterator[str]:
    ordered = sorted(FAMILIES, key=lambda each: (each.code[0], int(each.code[1:]), each.name))
    for letter, held in groupby(ordered, key=lambda each: each.code[0]):
        yield f"## {letter}. {GROUPS[letter]}\n"
        yield "| kind | row | what it asks | answer | needs | for example |"
        yield "|---|---|---|---|---|---|"
        yield from (_family_row(each) for each in held)
        yield ""


def _family_row(each: Family) -> str:
    unit = f", {each.unit}" if each.unit else ""
    about = each.about + (" *(ours)*" if each.human else "")
    example = re.sub(r"{\w+}", "…", each.templates[-1]).replace("|", "\\|")
    return (
        f"| `{each.name}` | {each.code} | {about} | {each.kind.replace('_', ' ')}{unit} "
        f"| {', '.join(each.needs)} | {example} |"
    )


def _mixes() -> Iterator[str]:
    for key, mix in MIXES.items():
        title = TITLES[key].removesuffix(DESCRIBED)
        title += " (by what they ask)" if TITLES[key].endswith(DESCRIBED) else ""
        whole = sum(each.weight for each in mix)
        for each in mix:
            yield f"| `{key}` | {title} | {each.type} | `{each.family}` | {100 * each.weight / whole:.1f} % |"


if __name__ == "__main__":
    print(manual(), end="")
