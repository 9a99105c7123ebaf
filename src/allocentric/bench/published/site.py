"""SITE: six categories of pictures and videos, scored beyond chance."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import site
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

BENCHMARK: Final = declared(
    Release(
        name="site",
        title="SITE-Bench",
        source="github.com/wenqi-wang20/SITE-Bench; data: franky-veteran/SITE-Bench",
        licence="not stated",
        checked="code",
        scorer="wenqi-wang20/SITE-Bench 36295bb, eval_scripts/sitebench/utils.py",
        files=("site*.json", "*.json", "*.jsonl", "*.parquet"),
        notes="officially a random letter stands for a reply without one; here it earns the mean of that",
    ),
    Layout(id="question_id", options="options", type="category", pictures="visual", keep=("dataset",)),
    Rule(kind="choice", ask=LETTER, judge=site),
    official="chance_adjusted",
    beside=("mean",),
)
