"""The page of published benchmarks, drawn from what each of them declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from allocentric.answers.kinds import AnswerKind
from allocentric.bench.benchmark import Benchmark, Checked, Rule
from allocentric.bench.published.index import BENCHMARKS

HEAD = """# Published benchmarks

Each is declared in one file of `src/allocentric/bench/published/`, reads the release's own files from a
folder that you have, and is scored by two rules. The **official** one is what the authors' scorer does,
sample by sample, quirks included. The **sound** one reads replies strictly, with units, keeps one
denominator, and mends what is wrong in the official rule. Where the two differ, the samples are listed.

    allo score --list
    allo score PREDICTIONS.jsonl --benchmark vsi_bench --data DIR
    allo score PREDICTIONS.jsonl --benchmark spatialbench --data DIR --errata damaged_options

A row of predictions has an id (`id`, `sample`, `sample_id`, `question_id`, `problem_id`, `index`, `qid`
or `doc_id`) and a reply (`reply`, `prediction`, `pred`, `response`, `output`, `model_output` or
`generated_text`): the first of these names that a row has is taken. A reply of null, or a `state` of
`failed`, is a failure: it is counted, and is never an answer. A `repeat` tells several replies to one
sample apart.

Eight of them are tested on released records: VSI-Bench, SpatialBench, SpatialText, MindCube, SQA3D,
StepGame, Theory of Space and SpatialWorld; the others on records in the schemas of their code or cards. To
add one, see [Add a benchmark](add_a_benchmark.md).

## What each official rule was held against

**Code** is the authors' own, read at the commit that is named: the rule here is tested on replies worked out
by hand from it. A **port** is a copy of it, or a harness that the authors name. A **run** is scores that the
authors released with the replies. **Not held** says that no code was found: the rule is what is written of
it, and the remarks say what stands in. Where a release asks a model to read what its own code cannot, the
strict reader stands in for that model, in every benchmark.
"""
LETTERS: Final = {
    "by_letter": "the release's own letter",
    "else_strict": "the release's own letter; `strict` where it asks a model",
}
CHECKED: Final[Mapping[Checked, str]] = {
    "own": "ours",
    "code": "code",
    "port": "port",
    "run": "run",
    "paper": "**not held against released code**",
}


def manual() -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *checks(BENCHMARKS), "", *map(_table, BENCHMARKS)])


def checks(benchmarks: Sequence[Benchmark]) -> Iterator[str]:
    """The table that says of each what its official rule was held against, line by line."""
    yield "| benchmark | held against | where |"
    yield "|---|---|---|"
    for each in benchmarks:
        release = each.release
        yield f"| `{release.name}` | {CHECKED[release.checked]} | {release.scorer or '-'} |"


def _table(each: Benchmark) -> str:
    release = each.release
    lines = [
        f"## {release.title}",
        "",
        f"`{release.name}`, from {release.source}; licence: {release.licence}. Files: "
        + ", ".join(f"`{name}`" for name in release.files)
        + ".",
        "",
        "| questions | kind | official rule | sound rule |",
        "|---|---|---|---|",
    ]
    shown = dict[tuple[str, AnswerKind, str, str], list[str]]()
    for name, rule in each.rules.items():
        shown.setdefault(_told(rule), []).append("all" if name == "*" else name)
    for (_, kind, official, sound), names in shown.items():
        lines.append(f"| {', '.join(names)} | {kind} | {official} | {sound} |")
    lines += ["", f"Summed up officially: {each.official.about}."]
    if each.sound is not each.official:
        lines.append(f"Soundly: {each.sound.about}.")
    if each.beside:
        lines.append(f"Told beside: {', '.join(how.name for how in each.beside)}.")
    if release.published:
        lines.append(
            "Published: " + ", ".join(f"{who} {value:.3f}" for who, value in release.published.items()) + "."
        )
    if each.errata:
        lines.append("Errata: " + "; ".join(f"`{one.name}`, {one.says}" for one in each.errata) + ".")
    if release.notes:
        lines.append(f"Remarks: {release.notes}.")
    return "\n".join(lines) + "\n"


def _told(rule: Rule) -> tuple[str, AnswerKind, str, str]:
    """What tells one rule from another, and how it is said."""
    unit = f", in {rule.unit}" if rule.unit else ""
    if rule.judge is not None:
        name = getattr(rule.judge, "__qualname__", "").split(".")[0]
        official = LETTERS.get(name, f"the release's own rule (`{name}`)")
    else:
        reader = rule.reader if isinstance(rule.reader, str) else rule.reader.__name__
        official = f"`{reader}`, `{rule.metric}`{unit}"
    sound = "the same" if rule.sound_judge else f"`strict`, `{rule.sound_metric or rule.metric}`"
    return (rule.ask, rule.kind, official, sound)


if __name__ == "__main__":
    print(manual(), end="")
