"""OpenEQA: questions about episodes in rooms, answered in free words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from allocentric.bench.benchmark import ANY, Benchmark, Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.llm_match import llm_match
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import SHORT

RULE: Final = Rule(kind="text", ask=SHORT)
BENCHMARK: Final = declared(
    Release(
        name="openeqa",
        title="OpenEQA",
        source="github.com/facebookresearch/open-eqa",
        licence="MIT",
        checked="code",
        scorer="facebookresearch/open-eqa a1c54f4, evaluate-predictions.py; "
        "380d964, openeqa/evaluation/llm_match.py",
        files=("open-eqa-v0.json", "*.json", "*.jsonl"),
        published={"human (judged)": 0.868, "GPT-4V (judged)": 0.553},
        notes="officially a model marks from 1 to 5: `openeqa.judged(marks)`, whose marks and means are held "
        "against the code; the words put to the model are ours; without marks the same words are right, "
        "a lower bound",
    ),
    Layout(
        id="question_id",
        type="category",
        scene="episode_history",
        pictures="episode_history",
        keep=("question", "extra_answers"),
    ),
    RULE,
)


def judged(marks: Mapping[str, str]) -> Benchmark:
    """OpenEQA by its own rule; `marks` are what a model replied to `llm_match.questions`, by sample id."""
    return replace(BENCHMARK, rules={ANY: replace(RULE, judge=llm_match(marks))})
