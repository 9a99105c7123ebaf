"""MindCube: what is where, after turns and moves, from a few views."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, mindcube
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

COPIED: Final = Layout(
    id="problem_id",
    question="problem",
    answer="solution",
    tagged=True,
    options="options",
    type="original_question_type",
    pictures="path",
)
RELEASED: Final = Layout(
    id="id",
    question="question",
    answer="gt_answer",
    options="question",
    type="type",
    pictures="images",
    keep=("category", "meta_info"),
)
BENCHMARK: Final = declared(
    Release(
        name="mindcube",
        title="MindCube",
        source="github.com/mll-lab-nu/MindCube; data: MLL-Lab/MindCube",
        licence="not stated",
        files=("MindCube_tinybench.jsonl", "MindCube*.jsonl", "*.jsonl", "*mindcube*.json"),
    ),
    (RELEASED, COPIED),
    Rule(kind="choice", ask=LETTER, judge=by_letter(mindcube)),
)
