"""ViewSpatial-Bench: directions from the camera's and from a person's point of view."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, last_line
from allocentric.bench.layouts import Layout

ASK: Final = "{question}\n{options}\nReply only to the corresponding option.\nAnswer:"
BENCHMARK: Final = declared(
    Release(
        name="viewspatial",
        title="ViewSpatial-Bench",
        source="github.com/ZJU-REAL/ViewSpatial-Bench",
        licence="Apache-2.0",
        checked="code",
        scorer="ZJU-REAL/ViewSpatial-Bench 0e86b63, evaluate.py",
        files=("ViewSpatial-Bench.json", "*.json", "*.jsonl"),
    ),
    Layout(id="id", options="choices", type="question_type", pictures="image_path"),
    Rule(kind="choice", ask=ASK, judge=by_letter(last_line)),
)
