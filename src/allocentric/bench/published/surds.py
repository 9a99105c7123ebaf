"""SURDS: heading, pixel, depth and three relations in driving frames; mirrored questions in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.aggregate import Aggregation
from allocentric.answers.aggregate_types import mean_of_types
from allocentric.answers.aggregate_versions import product, same_pair
from allocentric.answers.kinds import Convention, Expected, Value
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.driving import box_corners, centredness, same_words
from allocentric.bench.prompts import BARE, prompt
from allocentric.bench.records import Row, rows, typed
from allocentric.bench.sample import Sample

PAIRED: Final = ("yaw", "dis", "lr", "fb")
TASKS: Final = (*PAIRED, "depth", "xy2d")
_OPTIONS: Final = re.compile(r"^\s*-\s*(.+)$", re.MULTILINE)
WORDS: Final = Rule(kind="choice", ask=BARE, judge=same_words)
POINT: Final = Rule(kind="point", ask=BARE, judge=centredness, metric="first_inside", held=box_corners)


class _Asked(msgspec.Struct):
    image_path: str
    image_pixel: str
    prompt: str
    answer: str
    obj_bbox: tuple[float, float, float, float] | None = None


def read_tasks(path: Path) -> Iterator[Sample]:
    """The questions of one file `NN_TASK_vqas.json`; boxes and points are pixels, x first.

    Raises BadInput with file, row and field.
    """
    task = path.stem.removesuffix("_vqas").partition("_")[2]
    for row in rows(path):
        if task not in TASKS:
            raise row.wrong(
                "", f"{path.name} is named after no task", mend=f"use NN_TASK_vqas.json: {', '.join(TASKS)}"
            )
        yield _sample(row, typed(row, _Asked), task)


def _sample(row: Row, held: _Asked, task: str) -> Sample:
    width, _, height = held.image_pixel.partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise row.wrong("image_pixel", f"{held.image_pixel!r} is no width and height")
    number = row.number - 1
    truth: Value = held.answer
    if task == "xy2d":
        if held.obj_bbox is None:
            raise row.wrong("obj_bbox", "it is not there")
        expected = Expected("point", convention=Convention("pixels", "xy", int(width), int(height)))
    else:
        options = tuple(each.strip() for each in _OPTIONS.findall(held.prompt.partition("Options:")[2]))
        expected = Expected("choice", options)
        if held.answer not in options:
            raise row.wrong("answer", f"{held.answer[:40]!r} is none of the options {options}")
        truth = expected.letters[options.index(held.answer)]
    return Sample(
        prompt=prompt(f"{task}-{number}", BARE, held.prompt, expected=expected, pictures=(held.image_path,)),
        truth=truth,
        type=task,
        scene=held.image_path,
        pair=f"{task}-{number // 2}" if task in PAIRED else "",
        fields={RELEASED: held.answer, "bbox": held.obj_bbox, "size": (int(width), int(height))},
    )


OVERALL: Final = Aggregation(
    name="surds",
    about="mean of six tasks; a question and its mirror image count as one, right where both are",
    source="SURDS, evaluation/eval_from_json",
    trees=mean_of_types,
    rows=lambda rows: product(rows, same_pair),
)
BENCHMARK: Final = told(
    Release(
        name="surds",
        title="SURDS",
        source="github.com/XiandaGuo/Drive-MLLM",
        licence="not stated",
        checked="paper",
        files=("*_vqas.json",),
        published={"GRPO model": 0.408, "Gemini-2.0-flash": 0.3571, "GPT-4o": 0.133},
        notes="no scoring code was found: words and centredness are scored as the paper tells it",
    ),
    read_tasks,
    {**dict.fromkeys((*PAIRED, "depth"), WORDS), "xy2d": POINT},
    official=OVERALL,
)
