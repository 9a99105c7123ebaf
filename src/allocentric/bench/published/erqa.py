"""ERQA: what a robot has to understand of what it sees."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from allocentric.agents.tfrecord import SLASH, examples
from allocentric.bench.benchmark import ANY, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.letters import without_stops
from allocentric.bench.layouts import Layout, read_layouts, sample_of
from allocentric.bench.prompts import LETTER_GIVEN
from allocentric.bench.records import Row
from allocentric.bench.sample import Sample

RULES: Final = {ANY: Rule(kind="choice", ask=LETTER_GIVEN, judge=without_stops)}
LAYOUT: Final = Layout(
    id="question_id", options="question", lettered=4, type="question_type", pictures="images", embedded=True
)
PICTURES: Final = "image/encoded"
TEXTS: Final = ("question", "answer", "question_type")


def read_questions(path: Path) -> Iterator[Sample]:
    """The questions of the release's own TFRecord, which have no ids, or of a table of them.

    Raises BadInput with file, row and field.
    """
    if path.suffix != ".tfrecord":
        yield from read_layouts(path, layouts=(LAYOUT,), rules=RULES)
        return
    column = PICTURES.replace("/", SLASH)
    for number, held in enumerate(examples(path), 1):
        pictures = {column: True} if held.get(PICTURES) else {}
        texts = {name: _text(held[name][0]) for name in TEXTS if held.get(name)}
        yield sample_of(Row({**texts, **pictures}, path, number), replace(LAYOUT, pictures=column), RULES)


def _text(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


BENCHMARK: Final = told(
    Release(
        name="erqa",
        title="ERQA (Gemini Robotics)",
        source="github.com/embodiedreasoning/ERQA; as a table: FlagEval/ERQA",
        licence="CC-BY-4.0 (data), Apache-2.0 (code)",
        checked="port",
        scorer="three copies of embodiedreasoning/ERQA, eval_harness.py",
        files=("**/erqa*.tfrecord", "erqa*.parquet", "*.parquet", "*.jsonl", "*.json", "*.tsv"),
        notes="pictures go before the words, which the authors' code puts between where a question says so",
    ),
    read_questions,
    RULES,
)
