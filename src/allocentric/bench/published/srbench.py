"""srbench (Mind the Gap): mental rotation, folding, navigation, orientation, perspective."""

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import srbench
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN

BENCHMARK = declared(
    Release(
        name="srbench",
        title="srbench (Mind the Gap)",
        source="github.com/stogiannidis/srbench; data: stogian/sr_test",
        licence="MIT",
        checked="code",
        scorer="stogiannidis/srbench 0ee7ca2, src/eval/acc.py",
        files=("*.parquet", "*.jsonl"),
        notes="foldings of more than one crease are unfolded wrongly by the generator; the overall number is "
        "the mean of all rows, the means of the splits stand beside",
    ),
    Layout(options="question", lettered=4, type="split", pictures="image", embedded=True),
    Rule(kind="choice", ask=LETTER_GIVEN, judge=srbench),
)
