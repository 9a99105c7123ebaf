"""ERQA: what a robot has to understand of what it sees."""

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import without_stops
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN

KIND, IMAGES = "question_type", "images"
BENCHMARK = declared(
    Release(
        name="erqa",
        title="ERQA (Gemini Robotics)",
        source="github.com/embodiedreasoning/ERQA; as a table: FlagEval/ERQA",
        licence="CC-BY-4.0 (data), Apache-2.0 (code)",
        checked="port",
        scorer="three copies of embodiedreasoning/ERQA, eval_harness.py",
        files=("erqa*.parquet", "*.parquet", "*.jsonl", "*.json", "*.tsv"),
        notes="the release's own file is a TFRecord, which is not read: the table of FlagEval is",
    ),
    Layout(id="question_id", options="question", lettered=4, type=KIND, pictures=IMAGES, embedded=True),
    Rule(kind="choice", ask=LETTER_GIVEN, judge=without_stops),
)
