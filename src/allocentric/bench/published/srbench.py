"""srbench (Mind the Gap): mental rotation, folding, navigation, orientation, perspective."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.layouts import Layout

BENCHMARK = choice_benchmark(
    Release(
        name="srbench",
        title="srbench (Mind the Gap)",
        source="github.com/stogiannidis/srbench; data: stogian/sr_test",
        licence="MIT",
        files=("*.parquet", "*.jsonl"),
        notes="foldings of more than one crease are unfolded wrongly by the generator",
    ),
    Layout(options="question", lettered=4, type="split", pictures="image", embedded=True),
    reader="brace",
    official="mean_of_types",
)
