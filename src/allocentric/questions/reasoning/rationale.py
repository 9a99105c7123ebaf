"""A rationale: coordinates, vectors, distances and decisions by which an answer is found, a sentence each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from allocentric.query.check import check
from allocentric.query.evaluate import Step, evaluate
from allocentric.query.parse import parse
from allocentric.query.reasons import why
from allocentric.query.saying import say_value
from allocentric.questions.change import changed
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.reasoning.sentences import Sentence, sentence
from allocentric.questions.settle import settled
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body, Measured, Things

MOST_MEMBERS = 12
_SIZED = frozenset({"extent", "area", "volume", "distance", "nearest", "farthest", "on", "under", "inside"})


def rationale_of(scene: Scene, question: Question) -> str:
    """The steps to the answer of a question, a sentence a line; of what cannot be told, what stays open."""
    at = changed(scene, question.changes)
    steps = _steps(at, question.program)
    said = dict.fromkeys(str(each) for each in _sentences(at, question.program, steps))
    return "\n".join((*said, str(sentence("answer", answer=answer_of(question)))))


def _steps(scene: Scene, program: str) -> Sequence[Step]:
    _, run = evaluate(check(parse(program)), scene, proof=True)
    return run.steps


def _sentences(scene: Scene, program: str, steps: Sequence[Step]) -> Iterator[Sentence]:
    for step in steps:
        if step.word == "the" and isinstance(step.gave, Body):
            yield _place(scene, step.gave.row)
        elif step.word in ("all", "those") and isinstance(step.gave, Things):
            yield from _members(scene, step)
        if step.word in _SIZED:
            yield from (_size(scene, row) for row in _rows(step.arguments))
        yield from _worked_out(scene, step)
        reason = why(scene, step)
        if reason is not None:
            yield sentence("why", program=step.text, value=say_value(scene, step.gave), why=reason)
    found = settled(scene, program, evidence=False)
    yield sentence("value", program=program, value=say_value(scene, found.possible))


def _worked_out(scene: Scene, step: Step) -> Iterator[Sentence]:
    """The vectors, angles and distances of one step, where its things are points of the plan."""
    given: dict[str, Any] = dict(step.arguments)
    match step.word:
        case "standing" if _bodies(given["at"], given["facing"]):
            yield _vector(scene, given["at"].row, given["facing"].row)
            yield from _heading(scene, given["at"].row, given["facing"].row)
        case "direction" | "bearing" if _standing(step) is not None and _bodies(given["place"]):
            at, facing = _standing(step) or ("", "")
            yield _vector(scene, scene.row(at), given["place"].row)
            yield from _bearing(scene, at, facing, to=scene.names[given["place"].row])
        case "distance" if _bodies(given["place"], given["to"]):
            yield from _distance(scene, given["place"].row, given["to"].row)
        case "nearest" | "farthest" if _bodies(given["to"]):
            for row in _rows({"things": given["things"]}):
                yield from _distance(scene, row, given["to"].row)


def _bodies(*given: Any) -> bool:
    return all(isinstance(each, Body) for each in given)


def _rows(given: dict[str, Any]) -> list[int]:
    """The rows of all things among the arguments, those of sets and lists too, but no very long list."""
    found = list[int]()
    for value in given.values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Body):
                found.append(each.row)
            elif isinstance(each, Things) and not each.members.open:
                found += each.members.possible
    return list(dict.fromkeys(found))[:MOST_MEMBERS]


def _standing(step: Step) -> tuple[str, str] | None:
    """Whom a frame stands at and faces, where it is of that sort."""
    says = getattr(step.arguments["frame"], "says", "")
    at, comma, facing = says.removeprefix("standing at ").partition(", facing ")
    return (at, facing) if says.startswith("standing at ") and comma and "," not in facing else None


def _place(scene: Scene, row: int) -> Sentence:
    x, y, z = scene.centers[row].tolist()
    return sentence("place", thing=scene.names[row], x=x, y=y, z=z)


def _size(scene: Scene, row: int) -> Sentence:
    x, y, z = scene.sizes[row].tolist()
    return sentence("size", thing=scene.names[row], x=x, y=y, z=z)


def _vector(scene: Scene, at: int, to: int) -> Sentence:
    x, y, z = (scene.centers[to] - scene.centers[at]).tolist()
    return sentence("vector", at=scene.names[at], to=scene.names[to], x=x, y=y, z=z)


def _heading(scene: Scene, at: int, facing: int) -> Iterator[Sentence]:
    x, y, _ = (scene.centers[facing] - scene.centers[at]).tolist()
    length = math.hypot(x, y)
    if length:
        yield sentence("heading", at=scene.names[at], facing=scene.names[facing], x=x / length, y=y / length)


def _bearing(scene: Scene, at: str, facing: str, *, to: str) -> Iterator[Sentence]:
    frame = f'standing(at=the("{at}"), facing=the("{facing}"))'
    found = settled(scene, f'bearing(the("{to}"), {frame})', evidence=False)
    if isinstance(found, Measured):
        deg = math.degrees(float(found.value))  # type: ignore[arg-type]
        side = "left" if deg >= 0 else "right"
        yield sentence("bearing", at=at, facing=facing, to=to, deg=abs(deg), side=side)


def _distance(scene: Scene, at: int, to: int) -> Iterator[Sentence]:
    one, other = scene.names[at], scene.names[to]
    found = settled(scene, f'distance(the("{one}"), the("{other}"))', evidence=False)
    if isinstance(found, Measured):
        yield sentence("distance", at=one, to=other, m=float(found.value))  # type: ignore[arg-type]


def _members(scene: Scene, step: Step) -> Iterator[Sentence]:
    found = settled(scene, step.text, evidence=False)
    if isinstance(found, Measured) and isinstance(found.value, tuple) and len(found.value) <= MOST_MEMBERS:
        names = ", ".join(str(each) for each in found.value) or "none"
        yield sentence("members", program=step.text, count=float(len(found.value)), names=names)
