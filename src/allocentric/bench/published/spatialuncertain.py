"""SpatialUncertain: the same questions with things in sight, partly hidden, fully hidden, or seen askew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from allocentric.answers.kinds import Expected
from allocentric.bench.benchmark import ABSTAINS, RELEASED, Release, Rule
from allocentric.bench.declare import told
from allocentric.bench.layouts import without_letters
from allocentric.bench.prompts import LETTER, prompt
from allocentric.bench.records import Row, rows, typed, whole
from allocentric.bench.sample import Sample
from allocentric.errors import BadInput

RULE: Final = Rule(kind="choice", ask=LETTER, reader="any_letter")
NO_TELLING: Final = re.compile(
    r"can(?:no|')?t be determined|cannot determine|can not|uncertain|unknown", re.IGNORECASE
)
DEEPEST: Final = 12
CONDITIONS: Final = ("clean", "distorted", "partial_occlusion", "full_occlusion")
ORACLE: Final = ("image_retrieval", "oracle_frame", "image_path")


class _Question(msgspec.Struct):
    question_id: str | int
    question: str
    question_type: str
    answer_options: list[str]
    gt_answer: str


@dataclass(frozen=True, slots=True)
class _View:
    """What the questions below a place of the file have in common.

    `picture` is the frame that shows the most; `block` tells this view from the others of the thing.
    """

    anchor: Path
    scene: str
    thing: str = ""
    condition: str = "clean"
    picture: str = ""
    block: str = ""


def read_questions(path: Path) -> Iterator[Sample]:
    """The questions of one file, however deep they stand: scenes, their targets, clean and each occlusion.

    Questions of one type on one target are a pair. Raises BadInput with file, row and field.
    """
    anchor = path.parent / _anchor(path)
    for row in rows(path, inside="scenes"):
        scene = str(row.values.get("scene_id") or row.name or row.number)
        yield from _found(row, row.values, (), view=_View(anchor, scene))


def _anchor(path: Path) -> str:
    """From where pictures are named, seen from the file; a file that is a bare list does not say it."""
    with suppress(BadInput):
        about = whole(path).values.get("meta") if path.suffix == ".json" else None
        return str(about.get("path_anchor") or "") if isinstance(about, Mapping) else ""
    return ""


def _found(row: Row, held: Any, path: tuple[str, ...], *, view: _View) -> Iterator[Sample]:
    if len(path) > DEEPEST:
        raise row.wrong(".".join(path), "it is nested too deeply")
    if isinstance(held, Mapping):
        if "question_id" in held:
            yield _sample(Row(held, row.path, row.number, row.name), view)
            return
        seen = _seen(held, path, view)
        for name, each in held.items():
            yield from _found(row, each, (*path, str(name)), view=seen)
    elif isinstance(held, list):
        for number, each in enumerate(held):
            yield from _found(row, each, (*path, str(number)), view=view)


def _seen(held: Mapping[str, Any], path: tuple[str, ...], view: _View) -> _View:
    """The view of a record inside one: what it says itself goes before what the one around it says."""
    condition = held.get("occlusion_type") or held.get("scene_type")
    if condition not in CONDITIONS:
        condition = "clean" if path[-1:] == ("clean",) else view.condition
    frame: Any = held
    for name in ORACLE:
        frame = frame.get(name) if isinstance(frame, Mapping) else None
    frame = frame or held.get("image_path")
    return replace(
        view,
        thing="/".join(path) if path[-2:-1] == ("targets",) else view.thing,
        condition=condition,
        picture=frame if isinstance(frame, str) else view.picture,
        block="/".join(path) if "questions" in held else view.block,
    )


def _sample(row: Row, view: _View) -> Sample:
    held = typed(row, _Question)
    options = without_letters(held.answer_options)
    expected = Expected("choice", options, may_abstain=True)
    letter = held.gt_answer.strip()[:1].upper()
    if letter not in expected.letters:
        raise row.wrong("gt_answer", f"{held.gt_answer[:40]!r} is no letter of an option")
    abstains = [each for each, text in zip(expected.letters, options) if NO_TELLING.search(text)]
    pictures = (str(view.anchor / view.picture),) if view.picture else ()
    return Sample(
        prompt=prompt(str(held.question_id), RULE.ask, held.question, expected=expected, pictures=pictures),
        truth=letter,
        type=held.question_type,
        scene=view.scene,
        pair=f"{view.scene}/{view.thing}/{held.question_type}",
        condition=view.condition,
        fields={
            RELEASED: held.gt_answer,
            ABSTAINS: abstains[0] if abstains else None,
            "group": f"{view.scene}/{view.block}",
        },
    )


BENCHMARK: Final = told(
    Release(
        name="spatialuncertain",
        title="SpatialUncertain",
        source="github.com/zhangyuejoslin/SpatialUncertain_code; data: Yuezhangjoslin/spatialuncertain",
        licence="not stated",
        checked="code",
        scorer="zhangyuejoslin/SpatialUncertain_code 093f7b7, eval_gpt5.py",
        files=("*.json", "*.jsonl"),
        notes="officially the letter of no telling counts as an answer; one picture is put, the one that "
        "shows the thing best, of the several that the authors put too",
    ),
    read_questions,
    RULE,
    official="spatialuncertain",
    sound="abstention",
)
