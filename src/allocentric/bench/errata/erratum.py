"""One known fault of a release: whom it concerns, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from allocentric.answers.kinds import Value
from allocentric.bench.sample import Sample


@dataclass(frozen=True, slots=True)
class Erratum:
    """A named switch: `mended` gives the sample as it should be, or None where it should not count."""

    name: str
    says: str
    mended: Callable[[Sample], Sample | None]


def dropped(name: str, says: str, wrong: Callable[[Sample], bool]) -> Erratum:
    """An erratum that leaves out the samples for which `wrong` holds."""
    return Erratum(name, says, lambda sample: None if wrong(sample) else sample)


def dropped_ids(name: str, says: str, *ids: str) -> Erratum:
    """An erratum that leaves out the samples of these ids."""
    return dropped(name, says, lambda sample: sample.id in ids)


def corrected_where(name: str, says: str, wrong: Callable[[Sample], bool], *, truth: float) -> Erratum:
    """An erratum that gives another number to some samples, of a release in base units."""

    def mended(sample: Sample) -> Sample:
        if not wrong(sample):
            return sample
        return replace(sample, truth=truth, fields={**sample.fields, "released": str(truth)})

    return Erratum(name, says, mended)


def corrected(name: str, says: str, truths: Mapping[str, Value]) -> Erratum:
    """An erratum that gives other truths, by id, in base units."""

    def mended(sample: Sample) -> Sample:
        if sample.id not in truths:
            return sample
        fields = {**sample.fields, "released": truths[sample.id]}
        return replace(sample, truth=truths[sample.id], fields=fields)

    return Erratum(name, says, mended)


def truth_not_offered(sample: Sample) -> bool:
    """Whether the truth of a choice is none of its letters."""
    expected = sample.prompt.expected
    return expected.kind == "choice" and sample.truth not in expected.letters


def damaged_options(sample: Sample) -> bool:
    """Whether an option has a question mark where a letter was lost: `Citro?n`."""
    held = sample.prompt.expected.options
    return any(
        a.isalpha() and b.isalpha()
        for text in held
        for a, mark, b in zip(text, text[1:], text[2:])
        if mark == "?"
    )


def alike_options(sample: Sample) -> bool:
    """Whether two options read the same."""
    held = [text.strip().lower() for text in sample.prompt.expected.options]
    return len(set(held)) < len(held)


TRUTH_NOT_OFFERED: Final = dropped("truth_not_offered", "the truth is none of the choices", truth_not_offered)
DAMAGED_OPTIONS: Final = dropped(
    "damaged_options", "letters of an option were lost, as in Citro?n", damaged_options
)
ALIKE_OPTIONS: Final = dropped("alike_options", "two options read the same", alike_options)
