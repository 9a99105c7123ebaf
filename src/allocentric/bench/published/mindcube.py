"""MindCube: what is where, after turns and moves, from a few views."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from allocentric.answers.aggregate import Aggregation, Rows, Tree, by_type, share
from allocentric.bench.benchmark import ANY, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.letters import by_letter, mindcube
from allocentric.bench.layouts import Layout, read_layouts
from allocentric.bench.prompts import LETTER
from allocentric.bench.sample import Sample

SETTINGS: Final = ("around", "rotation", "translation", "among")  # the first that an id has in it
UNCOUNTED: Final = "translation"
RULE: Final = Rule(kind="choice", ask=LETTER, judge=by_letter(mindcube))
COPIED: Final = Layout(
    id="problem_id", question="problem", answer="solution", tagged=True, options="options", pictures="path"
)
RELEASED: Final = Layout(
    id="id", answer="gt_answer", options="question", pictures="images", keep=("category", "meta_info")
)


def read_settings(path: Path) -> Iterator[Sample]:
    """The questions of one file; their type is the setting that stands in the id."""
    for sample in read_layouts(path, layouts=(RELEASED, COPIED), rules={ANY: RULE}):
        setting = next((each for each in SETTINGS if each in sample.id.lower()), "other")
        yield replace(sample, type=setting)


def counted(rows: Rows) -> tuple[Tree, ...]:
    """The mean of all samples but translations; each setting beside."""
    return (share("overall", rows, lambda row: row.type != UNCOUNTED), *by_type(rows))


BENCHMARK: Final = told(
    Release(
        name="mindcube",
        title="MindCube",
        source="github.com/mll-lab-nu/MindCube; data: MLL-Lab/MindCube",
        licence="not stated",
        checked="code",
        scorer="mll-lab-nu/MindCube 8650074, src/evaluation/core/extractors.py",
        files=("MindCube_tinybench.jsonl", "MindCube*.jsonl", "*.jsonl", "*mindcube*.json"),
        notes="translations are left out of the official overall number",
    ),
    read_settings,
    RULE,
    official=Aggregation(
        name="mindcube", about="mean of all but translations", source="MindCube", trees=counted, official=True
    ),
    sound="mean",
)
