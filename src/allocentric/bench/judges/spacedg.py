"""How SpaceDG's evaluator takes a reply: what stands in the answer tag, and all of it where there is none."""

from __future__ import annotations

from allocentric.answers.extractors.answer_tag import read as in_tag
from allocentric.answers.extractors.taken import taken
from allocentric.answers.kinds import NUMERIC, Expected
from allocentric.answers.metrics import metric
from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.sample import Sample


def tagged_or_whole(how: str) -> Judge:
    """The score by the metric `how` of what stands in the first answer tag, else of the whole reply."""
    scored = metric(how)

    def judge(reply: str, sample: Sample) -> float:
        expected, truth = sample.prompt.expected, sample.truth
        if expected.kind in NUMERIC:
            expected, truth = Expected(expected.kind), float(sample.fields[RELEASED])
        tagged = "<answer>" in reply.lower()
        reading = in_tag(reply, expected) if tagged else taken(reply, expected)
        return scored.score(reading.value, truth, expected)

    return judge
