"""OpenEQA: questions about episodes in rooms, answered in free words."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import SHORT

BENCHMARK: Final = declared(
    Release(
        name="openeqa",
        title="OpenEQA",
        source="github.com/facebookresearch/open-eqa",
        licence="MIT",
        checked="paper",
        files=("open-eqa-v0.json", "*.json", "*.jsonl"),
        published={"human (judged)": 0.868, "GPT-4V (judged)": 0.553},
        notes="officially a model judges from 1 to 5; here the same words are right: a "
        "lower bound, and not the official rule",
    ),
    Layout(id="question_id", type="category", scene="episode_history", pictures="episode_history"),
    Rule(kind="text", ask=SHORT),
)
