"""Where2Place: points where something could be put."""

from allocentric.bench.benchmark import Release, Rule
from allocentric.bench.declare import points_benchmark
from allocentric.bench.judges.points import mask_of, robopoint
from allocentric.bench.layouts import Layout
from allocentric.bench.prompts import POINT_FRACTIONS

BENCHMARK = points_benchmark(
    Release(
        name="where2place",
        title="Where2Place (RoboPoint)",
        source="github.com/wentaoyuan/RoboPoint; data: wentao-yuan/where2place",
        licence="Apache-2.0",
        checked="code",
        scorer="wentaoyuan/RoboPoint 9d54aac, robopoint/eval/summarize_vqa.py",
        files=("point_questions.jsonl", "*.jsonl"),
        notes="the official code takes pictures for 640 by 480; the n-th mask is masks/n.jpg, from 00",
    ),
    Layout(
        id="question_id", question="text", answer="question_id", type="category", pictures="images/{image}"
    ),
    Rule(kind="points", ask=POINT_FRACTIONS, metric="share_inside", judge=robopoint, held=mask_of),
    masks="masks/{row:02d}.jpg",
)
