"""Our own suites as benchmarks: read, put and scored as the published ones are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from allocentric.answers.kinds import KINDS, NUMERIC
from allocentric.answers.prompt import Prompt
from allocentric.bench.benchmark import Benchmark, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.sample import Sample
from allocentric.bench.suites.folder import QUESTIONS, Line, read_lines
from allocentric.bench.suites.suite import SUITES, Suite, suite
from allocentric.questions.prompt import prompt_of
from allocentric.questions.records.record import from_json

MEASURES: Final = NUMERIC - {"count"}
RULES: Final[dict[str, Rule]] = {
    kind: Rule(kind=kind, ask="", metric="mra_exact" if kind in MEASURES else "accuracy", reads_units=True)
    for kind in KINDS
}
"""One rule for each kind of answer: the strict reader; accuracy, and mean relative accuracy of measures."""


def samples_of(path: Path, suite: Suite) -> Iterator[Sample]:
    """The samples of a suite's file, whose scenes and pictures stand beside it."""
    for row, line in enumerate(read_lines(path), 1):
        yield _sample(line, path.parent.resolve(), suite, where=f"{path}, line {row}")


def _sample(line: Line, folder: Path, suite: Suite, *, where: str) -> Sample:
    question = from_json(line.question, where=where)
    shown = replace(question, views=tuple(line.pictures))
    paths = {view: str(folder / path) for view, path in line.pictures.items()}
    prompt = prompt_of(shown, pictures=paths, scene=str(folder / line.scene))
    before = [each for each in (suite.intro, line.told) if each]
    pictures, words = prompt.pictures, "\n".join((*before, prompt.text))
    return Sample(
        prompt=Prompt(
            line.id, (*pictures, words), prompt.expected, scene=prompt.scene, program=prompt.program
        ),
        truth=question.truth,
        type=line.type,
        scene=question.scene,
        pair=line.pair,
        condition=line.condition,
        fields={"rule": question.expected.kind},
    )


def _benchmark(suite: Suite) -> Benchmark:
    release = Release(
        name=suite.name,
        title=f"{suite.title}, version {suite.version}",
        source="made from seeds by allo bench",
        licence="as the package",
        files=(QUESTIONS,),
        notes=suite.about,
    )
    return told(release, lambda path: samples_of(path, suite), RULES, official=suite.aggregation)


BENCHMARKS: Final[tuple[Benchmark, ...]] = tuple(_benchmark(each) for each in SUITES)


def benchmark(name: str) -> Benchmark:
    """Our own benchmark called `name`; raises UnknownName with the near miss.

    >>> benchmark("rooms").name
    'rooms'
    """
    return BENCHMARKS[SUITES.index(suite(name))]
