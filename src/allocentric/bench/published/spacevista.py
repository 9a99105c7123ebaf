"""SpaceVista-Bench: from millimetres to kilometres; letters and numbers."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.derived import derived
from allocentric.bench.judges.letters import spacevista, spacevista_text
from allocentric.bench.judges.numbers import spacevista_number
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER_GIVEN, NUMBER, SHORT
from allocentric.bench.records import Row

FRAMES: Final = 16  # of a video that are shown
RULES: Final = {
    "mc": Rule(kind="choice", ask=LETTER_GIVEN, judge=spacevista),
    "numerical": Rule(
        kind="number", ask=NUMBER, judge=spacevista_number, metric="mra_vlmevalkit", sound_metric="mra_exact"
    ),
    "text": Rule(kind="text", ask=SHORT, judge=spacevista_text),
}


def flattened(row: Row) -> Mapping[str, Any]:
    """The fields of a record of the bench, or of a file of results, by one name each.

    How a question is answered is told from the truth: a letter A to E, a number, or a text. Of the frames
    of a video sixteen are taken, from the first to the last.
    """
    held = row.values
    about = held.get("metadata")
    truth = held.get("answer", held.get("ground_truth"))
    return {
        **(about if isinstance(about, Mapping) else {}),
        "answer": truth,
        "answer_type": held.get("answer_type") or _form(truth),
        "pictures": _frames(held.get("videos") or held.get("images") or ()),
    }


def _form(truth: Any) -> str:
    text = str(truth).strip()
    if text.upper() in tuple("ABCDE"):
        return "mc"
    try:
        float(text)
    except ValueError:
        return "text"
    return "numerical"


def _frames(held: Any) -> list[str]:
    """The frames of the videos, of which each is a list of its own, or one file."""
    videos: Sequence[Any] = held if isinstance(held, list | tuple) else [held]
    named = [str(each) for each in chain(*(each if isinstance(each, list) else [each] for each in videos))]
    last = len(named) - 1
    return named if last < FRAMES else [named[row * last // (FRAMES - 1)] for row in range(FRAMES)]


BENCHMARK: Final = derived(
    Release(
        name="spacevista",
        title="SpaceVista-Bench",
        source="github.com/PeiwenSun2000/SpaceVista",
        licence="not stated",
        checked="code",
        scorer="PeiwenSun2000/SpaceVista 920a9b7, eval/metrics/spacevista_bench.py, common.py",
        files=("bench_all*.json", "*.json", "*.jsonl", "*.parquet"),
        notes="the official code takes the article a for 1 where no other number word stands",
    ),
    Layout(
        id="id",
        options="question",
        lettered=5,
        type="original_type",
        rule="answer_type",
        pictures="pictures",
        keep=("category", "scale", "input_type"),
    ),
    RULES,
    derive=flattened,
)
