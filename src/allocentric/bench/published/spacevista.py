"""SpaceVista-Bench: from millimetres to kilometres; letters and numbers."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import CHOICE, declared
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, SHORT

LETTER: Final = Rule(kind="choice", ask=LETTER_GIVEN, reader=CHOICE.reader)
NUMERIC: Final = Rule(
    kind="number", ask=NUMBER, reader="last_number", metric="mra_vsi", sound_metric="mra_exact"
)
TEXT: Final = Rule(kind="text", ask=SHORT)
BENCHMARK: Final = declared(
    Release(
        name="spacevista",
        title="SpaceVista-Bench",
        source="github.com/PeiwenSun2000/SpaceVista",
        licence="not stated",
        files=("*.json", "*.jsonl", "*.parquet"),
        notes="letters and numbers by EASI's readers; free texts count only as they are written",
    ),
    Layout(
        id="id",
        answer="ground_truth",
        options="question",
        lettered=4,
        type="original_type",
        rule="answer_type",
        pictures="images",
        keep=("category", "scale", "input_type"),
    ),
    {"mc": LETTER, "numerical": NUMERIC, "text": TEXT},
)
