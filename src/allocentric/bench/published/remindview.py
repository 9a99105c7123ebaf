"""ReMindView-Bench: views around things and rooms, with and without a change of perspective."""

from allocentric.bench.benchmark import Release
from allocentric.bench.declare import choice_benchmark
from allocentric.bench.errata.erratum import TRUTH_NOT_OFFERED
from allocentric.bench.layouts import Layout

LAYOUT = Layout(
    question="query", answer="ground_truth", answers="text", loosely=True, options="choices",
    type="query_type", scene="folder_path", keep=("cross_frame", "perspective_changing", "object_num"),
)  # fmt: skip
BENCHMARK = choice_benchmark(
    Release(
        name="remindview",
        title="ReMindView-Bench",
        source="github.com/pittisl/ReMindView-Bench",
        licence="all rights reserved; research use only",
        checked="code",
        scorer="pittisl/ReMindView-Bench 810f59c, evaluation/eval_qwen_vl.py",
        files=("*.csv",),
    ),
    LAYOUT,
    reader="last_lettered",
    errata=(TRUTH_NOT_OFFERED,),
)
