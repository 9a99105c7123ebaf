"""The page of published benchmarks, drawn from what each of them declares."""

from __future__ import annotations

from allocentric.answers.kinds import AnswerKind
from allocentric.bench.benchmark import Benchmark, Rule
from allocentric.bench.published.index import BENCHMARKS

HEAD = """# Published benchmarks

Each is declared in one file of `src/allocentric/bench/published/`, reads the release's own files from a
folder that you have, and is scored by two rules. The **official** one is what the authors' scorer does,
sample by sample, quirks included; where none was published, the remarks say what stands in. The
**sound** one reads replies strictly, with units, keeps one denominator, and mends what is wrong in the
official rule. Where the two differ, the samples are listed.

    allo score --list
    allo score PREDICTIONS.jsonl --benchmark vsi_bench --data DIR
    allo score PREDICTIONS.jsonl --benchmark spatialbench --data DIR --errata damaged_options

A row of predictions has an id (`id`, `sample`, `sample_id`, `question_id`, `problem_id`, `index`, `qid`
or `doc_id`) and a reply (`reply`, `prediction`, `pred`, `response`, `output`, `model_output` or
`generated_text`): the first of these names that a row has is taken. A reply of null, or a `state` of
`failed`, is a failure: it is counted, and is never an answer. A `repeat` tells several replies to one
sample apart.

Eight of them are tested on released records: VSI-Bench, SpatialBench, SpatialText, MindCube, SQA3D,
StepGame, Theory of Space and SpatialWorld; the others on records in their documented schemas. To add
one, see [Add a benchmark](add_a_benchmark.md).
"""


def manual() -> str:
    """The page, as Markdown."""
    return "\n".join([HEAD, *map(_table, BENCHMARKS)])


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
        official = f"the release's own code (`{name}`)" if name != "by_letter" else "the release's own letter"
    else:
        reader = rule.reader if isinstance(rule.reader, str) else rule.reader.__name__
        official = f"`{reader}`, `{rule.metric}`{unit}"
    sound = "the same" if rule.sound_judge else f"`strict`, `{rule.sound_metric or rule.metric}`"
    return (rule.ask, rule.kind, official, sound)


if __name__ == "__main__":
    print(manual(), end="")
