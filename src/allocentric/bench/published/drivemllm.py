"""DriveMLLM: ten tasks on driving frames, from the pixel of a thing to how far apart two are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Convention, Expected, Value
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.prompts import prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

WIDTH_PX, HEIGHT_PX = 1600, 900
IN_FRAME: Final = Convention("pixels", "xy", WIDTH_PX, HEIGHT_PX)
ASK: Final = "{question} Give the answer between the marks of the output format."
METRE: Final = Rule(kind="length", unit="m", ask=ASK, reader="delimited_json", metric="inverse_metre_error")
SIDE: Final = Rule(kind="yes_no", ask=ASK, reader="delimited_json")
RULES: Final = {
    "xy": Rule(kind="point", ask=ASK, reader="delimited_json", metric="inverse_pixel_error"),
    "box": Rule(kind="box", ask=ASK, reader="delimited_json", metric="iou"),
    **dict.fromkeys(("left", "right", "front", "behind"), SIDE),
    **dict.fromkeys(("dA", "dAB", "dx", "dz"), METRE),
}
PLAIN_MEANS: Final = ("box", "left", "right", "front", "behind")
Three = tuple[float, float, float]


class _Frame(msgspec.Struct):
    file_name: str
    location2D: list[tuple[float, float]]
    bboxes2D: list[tuple[float, float, float, float]]
    location3D: list[Three]
    descriptions: list[str]


def read_frames(path: Path) -> Iterator[Sample]:
    """The questions of one file: where a thing is and how far, and of two things their relations.

    Points and boxes are pixels, x first; places are metres, x right, y down, z along the view.
    Raises BadInput with file, row and field.
    """
    for row in rows(path):
        held = typed(row, _Frame)
        if (
            not 1
            <= len(held.descriptions)
            == len(held.location3D)
            == len(held.location2D)
            == len(held.bboxes2D)
        ):
            raise row.wrong("descriptions", "there are not as many as places and boxes")
        asked = _of_one(held) if len(held.descriptions) == 1 else _of_two(held)
        for task, question, truth in asked:
            yield _sample(row, held, task=task, question=question, truth=truth)


def _of_one(held: _Frame) -> list[tuple[str, str, Value]]:
    name = held.descriptions[0]
    return [
        ("xy", f"At which pixel is the centre of the {name}?", held.location2D[0]),
        ("box", f"What is the box of the {name} in pixels?", held.bboxes2D[0]),
        ("dA", f"How many metres is the {name} from the camera?", math.hypot(*held.location3D[0])),
    ]


def _of_two(held: _Frame) -> list[tuple[str, str, Value]]:
    (one, other), (here, there) = held.descriptions[:2], held.location3D[:2]
    return [
        ("left", f"Is the {one} to the left of the {other}?", here[0] < there[0]),
        ("right", f"Is the {one} to the right of the {other}?", here[0] > there[0]),
        ("front", f"Is the {one} in front of the {other}, nearer the camera?", here[2] < there[2]),
        ("behind", f"Is the {one} behind the {other}, farther from the camera?", here[2] > there[2]),
        ("dAB", f"How many metres are the {one} and the {other} apart?", math.dist(here, there)),
        ("dx", f"How many metres are the {one} and the {other} apart sideways?", abs(here[0] - there[0])),
        ("dz", f"How many metres are the {one} and the {other} apart in depth?", abs(here[2] - there[2])),
    ]


def _sample(row: Row, held: _Frame, *, task: str, question: str, truth: Value) -> Sample:
    rule = RULES[task]
    expected = Expected(rule.kind, unit=rule.unit, convention=IN_FRAME)
    picture = str(row.path.parent / held.file_name)
    return Sample(
        prompt=prompt(
            f"{Path(held.file_name).stem}-{task}", rule.ask, question, expected=expected, pictures=(picture,)
        ),
        truth=truth,
        type=task,
        scene=held.file_name,
        fields={RELEASED: truth, "group": "mean" if task in PLAIN_MEANS else "inverse"},
    )


BENCHMARK: Final = told(
    Release(
        name="drivemllm",
        title="DriveMLLM",
        source="github.com/XiandaGuo/Drive-MLLM, November 2024; data: bonbon-rj/DriveMLLM",
        licence="not stated",
        checked="code",
        scorer="XiandaGuo/Drive-MLLM d8f1885, evaluation/eval_from_json.py",
        files=("metadata.jsonl", "*/metadata.jsonl", "*.jsonl"),
        notes="what cannot be read leaves the official means; the share that could stands beside",
    ),
    read_frames,
    RULES,
    official="drivemllm",
    sound="mean_of_types",
)
