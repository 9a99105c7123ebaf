"""Runs for tests: records in the layout of VSI-Bench, put to a replay of given replies."""

import asyncio
import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from allocentric.agents.model import Model
from allocentric.agents.table import answering
from allocentric.bench.opened import OpenRun, open_run
from allocentric.bench.published.index import benchmark
from allocentric.bench.runner_asked import Wanted
from allocentric.bench.runner_folder import ran

Record = dict[str, Any]


def choice(id: int, truth: str = "A", *, scene: str = "", words: str = "Which is closer?") -> Record:
    """A question with two options."""
    return {
        "id": id,
        "dataset": "scannet",
        "scene_name": scene or f"scene{id}",
        "question_type": "object_rel_distance",
        "question": words,
        "options": ["A. lamp", "B. sofa"],
        "ground_truth": truth,
    }


def count(id: int, truth: int, *, scene: str = "") -> Record:
    """A question after a number of things."""
    return {
        "id": id,
        "dataset": "scannet",
        "scene_name": scene or f"scene{id}",
        "question_type": "object_counting",
        "question": "How many lamps are there?",
        "options": None,
        "ground_truth": str(truth),
    }


def release(folder: pathlib.Path, records: Sequence[Record]) -> pathlib.Path:
    """A folder with these records, as the release has them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "test.jsonl").write_text("".join(json.dumps(each) + "\n" for each in records))
    return folder


def run_of(
    folder: pathlib.Path,
    data: pathlib.Path,
    replies: Mapping[int, str],
    *,
    name: str = "vsi_bench",
    seed: int = 0,
    **more: Any,
) -> OpenRun:
    """A run in which each sample got the reply of its id, and those without one failed."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({"id": str(id), "reply": reply}) + "\n" for id, reply in replies.items())
    (folder / "replies.jsonl").write_text("".join(lines))
    wanted = Wanted(
        benchmark=benchmark(name),
        data=data,
        model=Model(name=f"replay:{folder / 'replies.jsonl'}"),
        opened=answering,
        seed=seed,
        **more,
    )
    asyncio.run(ran(wanted, folder))
    return open_run(folder, benchmark)
