"""STARE: transformations of figures in 2D and 3D, nets, tangrams, perspective and time."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, stare
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\nAnswer with the letter of the option, in one \\boxed{}."
BENCHMARK: Final = declared(
    Release(
        name="stare",
        title="STARE",
        source="github.com/STARE-bench/STARE; data: kuvvi/STARE",
        licence="MIT",
        checked="code",
        scorer="STARE-bench/STARE 0dcab8c, evaluation/evaluate.py, calculate_acc.py",
        files=("*.parquet", "*.jsonl", "*.json"),
        notes="yes and no are letters A and B of some families",
    ),
    Layout(id="qid", options="question", lettered=4, type="category", pictures="images", embedded=True),
    Rule(kind="choice", ask=ASK, judge=by_letter(stare)),
)
