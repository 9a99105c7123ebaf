"""SPAR-Bench: twenty tasks on three levels, from depth to imagined positions."""

from typing import Final

from allocentric.answers.aggregate_types import SPAR_LEVELS
from allocentric.bench.benchmark import WHOLE, Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.numbers import spar_first, spar_last
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import BARE, LETTER_GIVEN, SHORT

LETTERS: Final = (
    *SPAR_LEVELS["high"],
    "position_matching",
    "camera_motion_infer",
)
ONE_VIEW: Final = (
    "depth_prediction_oc",
    "depth_prediction_oo",
    "distance_prediction_oc",
    "distance_prediction_oo",
)
LETTER: Final = Rule(
    kind="choice", ask=LETTER_GIVEN, reader=WHOLE, metric="spar_exact_match", sound_metric="accuracy"
)
FIRST: Final = Rule(kind="length", unit="m", ask=SHORT, judge=spar_first, metric="mra_exact")
LAST: Final = Rule(kind="length", unit="m", ask=SHORT, judge=spar_last, metric="mra_exact")
MOVES: Final = Rule(
    kind="text", ask=BARE, reader=WHOLE, metric="view_change_spar", sound_metric="view_change"
)

BENCHMARK: Final = declared(
    Release(
        name="spar_bench",
        title="SPAR-Bench",
        source="github.com/fudan-zvg/spar; data: jasonzhango/SPAR-Bench",
        licence="CC-BY-NC-SA-4.0",
        checked="port",
        scorer="EvolvingLMMs-Lab/lmms-eval a1c6de4, lmms_eval/tasks/sparbench/utils.py",
        files=("test*.parquet", "*.parquet", "*.jsonl"),
        notes="the official code takes an empty reply for right in every question with letters, "
        "and leaves view_change_infer out of the middle level",
    ),
    Layout(
        id="id",
        options="question",
        lettered=4,
        type="task",
        pictures="image",
        embedded=True,
        keep=("img_type",),
    ),
    {
        **dict.fromkeys(LETTERS, LETTER),
        **dict.fromkeys(ONE_VIEW, FIRST),
        **dict.fromkeys([f"{each}_mv" for each in ONE_VIEW], LAST),
        "view_change_infer": MOVES,
    },
    official="spar_released",
    sound="spar",
)
