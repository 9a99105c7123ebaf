"""Replies that are right, and replies that are wrong, in the form that each benchmark asks for."""

import json
import math
from typing import Any, Final

from allocentric.answers.kinds import NUMERIC
from allocentric.bench.benchmark import RELEASED, Benchmark
from allocentric.bench.sample import Sample

FORMS: Final = {
    "answer_tag": "<answer>{}</answer>",
    "brace": "{{{}}}",
    "after_label": "Answer: {}",
    "last_lettered": "{}.",
    "delimited_json": "{}",
}
BY_NAME: Final = {
    "omnispatial": "Answer: {}",
    "surds": "<answer>{}</answer>",
    "spatialviz": "<answer>{}</answer>",
    "stare": "\\boxed{{{}}}",
}


def right(sample: Sample, benchmark: Benchmark) -> str:
    """A reply that both rules take for right."""
    return _form(benchmark, sample).format(_said(sample, benchmark, sample.truth))


def wrong(sample: Sample, benchmark: Benchmark) -> str:
    """A reply that both rules take for wrong, and can read."""
    return _form(benchmark, sample).format(_wrong(sample, benchmark))


def _form(benchmark: Benchmark, sample: Sample) -> str:
    rule = benchmark.rule(sample)
    return BY_NAME.get(benchmark.name) or FORMS.get(str(rule.reader), "{}")


def _said(sample: Sample, benchmark: Benchmark, truth: Any) -> str:
    expected = sample.prompt.expected
    if benchmark.name == "surds":
        return "[200, 150]" if sample.type == "xy2d" else str(sample.fields[RELEASED])
    if "mask" in sample.fields:
        return "[(0.25, 0.5)]"
    if expected.kind in NUMERIC:
        return str(sample.fields[RELEASED])
    if isinstance(truth, bool):
        return "yes" if truth else "no"
    if expected.kind == "choices":
        return ",".join(truth)
    if expected.kind == "map":
        return json.dumps(
            {each.name: {"position": [each.x, each.y], "facing": each.facing} for each in truth}
        )
    if expected.kind == "points":
        return "[(0.3, 0.3)]"
    if expected.kind == "point":
        return "({}, {})".format(*truth)
    if expected.kind == "box":
        return "[{}, {}, {}, {}]".format(*truth)
    return str(truth)


def _wrong(sample: Sample, benchmark: Benchmark) -> str:
    expected, truth = sample.prompt.expected, sample.truth
    if expected.kind == "choice":
        other = next(each for each in expected.letters if each != truth)
        if benchmark.name == "surds":
            return expected.options[expected.letters.index(other)]
        return other
    if "mask" in sample.fields:
        return "[(0.75, 0.5)]"
    if benchmark.name == "surds":
        return "[1500, 800]"
    if expected.kind in NUMERIC:
        return str(float(sample.fields[RELEASED]) * 50 + 100)
    if isinstance(truth, bool):
        return "no" if truth else "yes"
    if expected.kind == "choices":
        assert isinstance(truth, tuple)
        return next(each for each in expected.letters if (each,) != truth)
    if expected.kind == "map":
        return json.dumps({"nothing of this": {"position": [0, 0]}})
    if expected.kind == "points":
        return "[(0.9, 0.9)]"
    if expected.kind == "point":
        return "(0, -160)"
    if expected.kind == "box":
        return "[0, 0, 1, 1]"
    return "something else"


def is_close(given: float | None, wanted: float | None) -> bool:
    """Whether two scores are one, to 1e-9."""
    return given is not None and wanted is not None and math.isclose(given, wanted, abs_tol=1e-9)
