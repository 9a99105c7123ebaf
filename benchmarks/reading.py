"""Strict readings per CPU second over the public suite, beside the named extractors on it, in one run.

    python benchmarks/reading.py [--json]

One pass reads every reply of the suite once; the best of several passes counts. Nothing is remembered of a
reply: only what is expected is prepared once, as a benchmark prepares it for all replies to its question.
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence

from allocentric.answers.extractors import EXTRACTORS
from allocentric.answers.kinds import Expected, Reading
from allocentric.answers.suite import Sample, suite

PASSES, BAR = 12, 50_000


def rate(read: Callable[[str, Expected], Reading], samples: Sequence[Sample]) -> float:
    """Readings per CPU second, in the best pass."""
    best = 0.0
    for _ in range(PASSES):
        start = time.process_time()
        for each in samples:
            read(each.reply, each.expected)
        best = max(best, len(samples) / (time.process_time() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    samples = suite()
    found = {each.name: rate(each.read, samples) for each in EXTRACTORS}
    found["strict to its bar"] = found["strict"] / BAR
    if parser.parse_args().json:
        print(json.dumps(found))
        return
    length = sum(len(each.reply) for each in samples) / len(samples)
    print(f"{len(samples)} replies of {length:.0f} characters on average")
    for name, number in found.items():
        unit = f"times {BAR:,}" if " " in name else "readings per CPU second"
        print(f"{name:18s} {number:12,.2f} {unit}" if " " in name else f"{name:18s} {number:12,.0f} {unit}")


if __name__ == "__main__":
    main()
