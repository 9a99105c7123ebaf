"""`allo score`: somebody's predictions on a published benchmark, by the official and the sound rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from allocentric.bench.benchmark import Benchmark, load
from allocentric.bench.predictions import read_predictions
from allocentric.bench.published.index import BENCHMARKS
from allocentric.bench.published.index import benchmark as published
from allocentric.bench.report import Mode
from allocentric.bench.scoring import reports
from allocentric.cli.printing import print_json, print_screen
from allocentric.cli.score_screen import list_screen, score_screen
from allocentric.errors import BadInput


def score(
    predictions: Path | None = None,
    /,
    *,
    benchmark: str = "",
    data: Path | None = None,
    mode: Literal["official", "sound", "both"] = "both",
    errata: tuple[str, ...] = (),
    every: Annotated[bool, Parameter("--list")] = False,
    as_json: Annotated[bool, Parameter("--json")] = False,
) -> None:
    """Score predictions on a published benchmark.

    Parameters
    ----------
    predictions
        JSON lines or JSON: a row has an id (id, sample, question_id, index, ...) and a reply (reply,
        prediction, response, output, ...); a reply of null is a failure, never an answer.
    benchmark
        Its name: see --list.
    data
        The folder of the release's own files.
    mode
        The authors' rule, quirks included; the sound one; or both.
    errata
        A known fault to mend, by its name; may be given again.
    every
        List the benchmarks.
    as_json
        Print one JSON object.
    """
    if every:
        print_json([_described(each) for each in BENCHMARKS]) if as_json else print_screen(
            list_screen(BENCHMARKS)
        )
        return
    if predictions is None or not benchmark or data is None:
        mend = "allo score PREDICTIONS.jsonl --benchmark NAME --data DIR, or allo score --list"
        raise BadInput("predictions, benchmark and data are wanted", where="the command line", mend=mend)
    wanted = published(benchmark)
    samples = load(wanted, data, errata=errata)
    given = read_predictions(predictions, samples)
    modes: tuple[Mode, ...] = ("official", "sound") if mode == "both" else (mode,)
    told = reports(samples, given.replies, wanted, modes=modes, errata=errata)
    if as_json:
        lost = {"missing": given.missing, "twice": given.twice, "unknown": given.unknown}
        print_json({"reports": [each.to_json() for each in told], **lost})
    else:
        print_screen(score_screen(told, given))


def _described(each: Benchmark) -> dict[str, object]:
    """A benchmark as JSON holds it."""
    release = each.release
    return {
        "name": release.name,
        "title": release.title,
        "source": release.source,
        "licence": release.licence,
        "checked": release.checked,
        "scorer": release.scorer,
        "files": release.files,
        "published": dict(release.published),
        "errata": {erratum.name: erratum.says for erratum in each.errata},
        "notes": release.notes,
    }
