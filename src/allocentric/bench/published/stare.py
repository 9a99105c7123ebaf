"""STARE: transformations of figures in 2D and 3D, nets, tangrams, perspective and time."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import stare_or_content
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\nAnswer with the letter of the option, in one \\boxed{}."
KEPT: Final = ("gt_content",)
BENCHMARK: Final = declared(
    Release(
        name="stare",
        title="STARE",
        source="github.com/STARE-bench/STARE; data: kuvvi/STARE",
        licence="MIT",
        checked="code",
        scorer="STARE-bench/STARE 0dcab8c, evaluation/evaluate.py, calculate_acc.py",
        files=("*.parquet", "*.jsonl", "*.json"),
        notes="yes and no are letters A and B of some families; how the code compares two texts is in a file "
        "that was not found: here without case",
    ),
    Layout(
        id="qid", options="question", lettered=4, type="category", pictures="images", embedded=True, keep=KEPT
    ),
    Rule(kind="choice", ask=ASK, judge=stare_or_content),
)
