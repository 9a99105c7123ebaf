"""Builders of benchmarks that are declared, not coded: fields, prompt, extractor, metric, aggregation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from allocentric.answers.aggregate import Aggregation
from allocentric.answers.aggregates import aggregation
from allocentric.bench.benchmark import ANY, Benchmark, Release, Rule
from allocentric.bench.errata.erratum import Erratum
from allocentric.bench.layouts import Layout, read_layouts
from allocentric.bench.masked import read_masked
from allocentric.bench.prompts import LETTER, NUMBER, VSI_LETTER, VSI_NUMBER, YES_NO
from allocentric.bench.sample import Sample

CHOICE: Final = Rule(kind="choice", ask=LETTER, reader="option_ladder")
YES_OR_NO: Final = Rule(kind="yes_no", ask=YES_NO, reader="strict")
NUMBER_MRA: Final = Rule(
    kind="number", ask=NUMBER, reader="last_number", metric="mra_vsi", sound_metric="mra_exact"
)


def declared(
    release: Release,
    layouts: Layout | tuple[Layout, ...],
    rules: Mapping[str, Rule] | Rule,
    *,
    official: str | Aggregation = "mean",
    sound: str | Aggregation = "",
    beside: tuple[str, ...] = (),
    errata: tuple[Erratum, ...] = (),
) -> Benchmark:
    """A benchmark of one or several layouts, with a rule for each type of question, or one for all.

    Aggregations are named; the sound one is the official one unless it is named.
    """
    held = layouts if isinstance(layouts, tuple) else (layouts,)
    by_type = {ANY: rules} if isinstance(rules, Rule) else rules
    read = partial(read_layouts, layouts=held, rules=by_type)
    return told(release, read, by_type, official=official, sound=sound, beside=beside, errata=errata)


def told(
    release: Release,
    read: Callable[[Path], Iterator[Sample]],
    rules: Mapping[str, Rule] | Rule,
    *,
    official: str | Aggregation = "mean",
    sound: str | Aggregation = "",
    beside: tuple[str, ...] = (),
    errata: tuple[Erratum, ...] = (),
) -> Benchmark:
    """A benchmark whose records want a reader of their own: `read` makes samples of one of its files."""
    return Benchmark(
        release=release,
        read=read,
        rules={ANY: rules} if isinstance(rules, Rule) else rules,
        official=_named(official),
        sound=_named(sound or official),
        beside=tuple(aggregation(name) for name in beside),
        errata=errata,
    )


def _named(how: str | Aggregation) -> Aggregation:
    return aggregation(how) if isinstance(how, str) else how


def choice_benchmark(
    release: Release,
    layout: Layout,
    *,
    reader: str = "option_ladder",
    ask: str = LETTER,
    official: str = "mean",
    beside: tuple[str, ...] = (),
    errata: tuple[Erratum, ...] = (),
) -> Benchmark:
    """A benchmark of questions with lettered options, scored by accuracy."""
    rule = Rule(kind="choice", ask=ask, reader=reader)
    return declared(release, layout, rule, official=official, beside=beside, errata=errata)


def number_benchmark(
    release: Release,
    layout: Layout,
    *,
    unit: str | None = None,
    reader: str = "last_number",
    metric: str = NUMBER_MRA.metric,
    ask: str = NUMBER,
    official: str = "mean",
) -> Benchmark:
    """A benchmark of questions after a number."""
    rule = Rule(kind="number", ask=ask, reader=reader, metric=metric, unit=unit)
    return declared(release, layout, rule, official=official)


def points_benchmark(
    release: Release, layout: Layout, rule: Rule, *, masks: str = "", official: str = "mean"
) -> Benchmark:
    """A benchmark of points that have to lie in a mask; `answer` of the layout is the file of the mask.

    Where no field names it, `masks` does, of the row, from 0.
    """
    read = partial(read_masked, layout=layout, rule=rule, masks=masks)
    return told(release, read, rule, official=official)


def vsi_rules(
    *,
    choices: tuple[str, ...],
    counts: tuple[str, ...] = (),
    lengths_m: tuple[str, ...] = (),
    lengths_cm: tuple[str, ...] = (),
    areas_m2: tuple[str, ...] = (),
    ask_number: str = VSI_NUMBER,
    reader_of_letters: str = "first_token",
    reader_of_numbers: str = "first_token",
) -> dict[str, Rule]:
    """The rules of VSI-Bench for the types of a release drawn from it: accuracy, mean relative accuracy."""
    number = Rule(
        kind="count", ask=ask_number, reader=reader_of_numbers, metric="mra_vsi", sound_metric="mra_exact"
    )
    return {
        **dict.fromkeys(choices, Rule(kind="choice", ask=VSI_LETTER, reader=reader_of_letters)),
        **dict.fromkeys(counts, number),
        **dict.fromkeys(lengths_m, replace(number, kind="length", unit="m")),
        **dict.fromkeys(lengths_cm, replace(number, kind="length", unit="cm")),
        **dict.fromkeys(areas_m2, replace(number, kind="area", unit="m2")),
    }
