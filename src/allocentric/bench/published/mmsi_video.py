"""MMSI-Video-Bench: spatial questions on one video or several."""

from typing import Final

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import declared
from allocentric.bench.judges.letters import by_letter, mmsi_video
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import LETTER

BENCHMARK: Final = declared(
    Release(
        name="mmsi_video",
        title="MMSI-Video-Bench",
        source="github.com/InternRobotics/MMSI-Video-Bench; data: rbler/MMSI-Video-Bench",
        licence="not stated",
        checked="code",
        scorer="InternRobotics/MMSI-Video-Bench e93aafb, evaluation.py",
        files=("mmsivideo*.json", "*.json", "*.jsonl", "*.parquet"),
    ),
    Layout(
        id="id",
        question="user_prompt",
        answer="ground_truth",
        options="options",
        lettered=6,
        type="type",
        pictures="ref_images",
        keep=("video_list", "frames_list"),
    ),
    Rule(kind="choice", ask=LETTER, judge=by_letter(mmsi_video)),
)
