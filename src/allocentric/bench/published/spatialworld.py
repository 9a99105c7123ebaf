"""SpatialWorld: tasks in eight simulators, done where the final state fulfils their conditions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.judges.conditions import Condition, verified
from allocentric.bench.prompts import BARE, prompt
from allocentric.bench.records import Row, rows, typed, whole
from allocentric.bench.sample import Sample

RULE: Final = Rule(kind="program", ask=BARE, judge=verified, sound_judge=verified)
TYPES: Final = (
    "object_state", "object_in_receptacle", "object_in_room", "object_not_in_room", "agent_in_room",
    "agent_near_object", "polygon_area", "distance_to_waypoint",
)  # fmt: skip
STEPS, STEPS_OF_TWO, SPARE = 2, 1, 10


class _Golden(msgspec.Struct):
    steps: int


class _Task(msgspec.Struct):
    task_id: str
    instruction: str
    success_conditions: list[Condition] | Condition
    golden_actions: _Golden
    success_logic: str | None = None
    scene: str | int | None = None
    scene_index: str | int | None = None
    path: str = ""


def read_tasks(path: Path) -> Iterator[Sample]:
    """The tasks of one file: a task, or a list of tasks; raises BadInput with file, row and field."""
    if path.name == "task.json":
        yield _sample(whole(path))
        return
    for row in rows(path):
        yield _sample(row)


def _sample(row: Row) -> Sample:
    held = typed(row, _Task)
    several = held.success_conditions
    conditions = [several] if isinstance(several, Condition) else several
    for each in conditions:
        if each.type not in TYPES:
            raise row.wrong(
                "success_conditions", f"no condition is of type {each.type!r}", mend=f"use {', '.join(TYPES)}"
            )
    parts = Path(held.path or str(row.path)).parts
    environment = parts[parts.index("data") + 1] if "data" in parts[:-1] else "all"
    dual = "dual" in parts
    budget = SPARE + (STEPS_OF_TWO if dual else STEPS) * held.golden_actions.steps
    scene = held.scene if held.scene is not None else held.scene_index
    return Sample(
        prompt=prompt(
            held.path or held.task_id, BARE, held.instruction, expected=Expected("program"), pictures=()
        ),
        truth="done",
        type=f"{environment} dual" if dual else environment,
        scene="" if scene is None else f"{environment}/{scene}",
        fields={
            RELEASED: held.task_id,
            "conditions": tuple(conditions),
            "logic": held.success_logic or "AND",
            "budget": budget,
            "shortest": held.golden_actions.steps,
        },
    )


BENCHMARK: Final = told(
    Release(
        name="spatialworld",
        title="SpatialWorld, tasks and terminal verifier",
        source="github.com/Hongcheng-Gao/SpatialWorld",
        licence="not stated",
        checked="paper",
        files=("tasks.json", "**/task.json"),
        published={"GPT-5": 0.174, "Qwen-3.5-397B": 0.141},
        notes="a reply is the final state as JSON, with the rooms in it that the authors' code infers in the "
        "simulator; case of the logic and texts for truth values are mended",
    ),
    read_tasks,
    RULE,
)
