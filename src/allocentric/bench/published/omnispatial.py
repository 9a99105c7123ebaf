"""OmniSpatial: motion, traffic, paper folding, perspective, in fifty kinds."""

from collections.abc import Mapping
from typing import Any, Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.derived import derived
from allocentric.bench.judges.letters import answer_colon, by_letter
from allocentric.bench.layouts import Layout
from allocentric.bench.records import Row

ASK: Final = "{question}\n{options}\nEnd your answer with a separate line: Answer: X, where X is a letter."


def lettered(row: Row) -> Mapping[str, Any]:
    """The letter of the option that the release gives by its place, from 0, and the file of the picture.

    The first part of an id is that of the picture.
    """
    held = row.values
    made = dict[str, str]()
    if "image_path" not in held:
        made["image_path"] = f"{held.get('task_type', '')}/{str(held.get('id', '')).split('_')[0]}.png"
    place = held.get("answer")
    if "gt" not in held and isinstance(place, int) and 0 <= place < 26:
        made["gt"] = chr(ord("A") + place)
    return made


BENCHMARK: Final = derived(
    Release(
        name="omnispatial",
        title="OmniSpatial",
        source="github.com/qizekun/OmniSpatial; data: qizekun/OmniSpatial",
        licence="Apache-2.0",
        checked="code",
        scorer="qizekun/OmniSpatial 972f6ed, vlms_eval/qwenvl_eval.py, api_eval.py",
        files=("data.json", "*.json", "*.parquet", "*.jsonl"),
        notes="the official reader takes a reply without an answer for A",
    ),
    Layout(
        id="{task_type}-{sub_task_type}-{id}",
        answer="gt",
        options="options",
        type="sub_task_type",
        pictures="image_path",
        keep=("task_type",),
    ),
    Rule(kind="choice", ask=ASK, judge=by_letter(answer_colon)),
    derive=lettered,
)
