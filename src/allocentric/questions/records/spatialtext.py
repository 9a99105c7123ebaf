"""SpatialText's questions: full relation, yes or no, which of two, which block; letters of what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.errors import BadInput
from allocentric.questions.records.told import Decide, Told
from allocentric.scene.scene import Scene
from allocentric.worlds.readers.stories.chinese import SIDE, way_of
from allocentric.worlds.readers.stories.spatialtext import (
    SpatialTextQuestion,
    SpatialTextRecord,
    spatialtext_records,
)

_FULL: Final = re.compile(r"(.{1,40})相对于?(.{1,40})的空间关系是什么.{0,40}")
_YES_NO: Final = re.compile(rf"(.{{1,40}})是否位于(.{{1,40}})的{SIDE}[？?].{{0,20}}")
_WHICH: Final = re.compile(rf"哪个物体位于(.{{1,40}})的{SIDE}[？?].{{0,20}}")
_BLOCK: Final = re.compile(r"(.{1,40})位于哪个区块[？?].{0,20}")
_OPTION: Final = re.compile(r"\s*([A-Z])\s*[.．、:：]\s*(.{1,60})")
_UNKNOWN: Final = re.compile("未知|无法|不确定|不能|未定")
_AXIS: Final = {"right": ("right", "左右水平横"), "up": ("up", "上下垂直竖"), "front": ("forward", "前后深")}
_LABELS: Final = {"right": ("left", "right"), "up": ("below", "above"), "front": ("behind", "in front")}

Reading = Callable[[SpatialTextRecord], Scene]


def spatialtext_questions(
    data: bytes, *, where: str = "spatialtext", reading: Reading = SpatialTextRecord.story
) -> Iterator[Told]:
    """The questions of a file, about the scenes that `reading` makes of its records.

    `SpatialTextRecord.story` reads the description; `SpatialTextRecord.ordered` the coordinates and
    breakpoints. Raises BadInput for a question of another form.
    """
    for record in spatialtext_records(data, where=where):
        scene = cache(lambda record=record: reading(record))
        for number, question in enumerate(record.questions):
            yield _told(question, scene, id=f"{record.id}-{number}", where=where)


def _told(question: SpatialTextQuestion, scene: Callable[[], Scene], *, id: str, where: str) -> Told:
    options = [_OPTION.fullmatch(each) for each in question.candidate_answers]
    letters = [each[1] for each in options if each]
    if len(letters) != len(options) or letters != [chr(ord("A") + row) for row in range(len(letters))]:
        raise BadInput(
            "its options are not lettered A, B, ...", where=f"{where}, {id}", mend="mend the record"
        )
    texts = tuple(each[2] for each in options if each)
    programs, decide = _asked(question, texts, where=f"{where}, {id}")
    several = question.question_type == "FR"
    answer = tuple(each.strip() for each in question.answer.split(","))
    return Told(
        id=id,
        type=question.question_type,
        scene=scene,
        words=question.question,
        programs=programs,
        expected=Expected("choices" if several else "choice", texts),
        released=answer if several else answer[0],
        decide=decide,
    )


def _asked(
    question: SpatialTextQuestion, texts: Sequence[str], *, where: str
) -> tuple[tuple[str, ...], Decide]:
    """The programs of a question, and how their truths make its letters."""
    text = question.question.strip()
    if found := _FULL.fullmatch(text):
        return _full(found[1], found[2], texts)
    if found := _YES_NO.fullmatch(text):
        return (_lies(found[1], found[2], found[3]),), lambda held: _yes_no(held[0], texts)
    if found := _WHICH.fullmatch(text):
        return tuple(_lies(each, found[1], found[2]) for each in texts[:2]), _which
    if found := _BLOCK.fullmatch(text):
        inside = tuple(f'inside(the("{found[1]}"), the("{each}"))' for each in texts)
        return inside, lambda held: _letter(held.index(True)) if held.count(True) == 1 else ""
    mend = "give questions of types FR, YN, CO and FB"
    raise BadInput(f"this question has no known form: {text[:60]!r}", where=where, mend=mend)


def _full(thing: str, to: str, texts: Sequence[str]) -> tuple[tuple[str, ...], Decide]:
    """Each option that names sides holds where they follow; one that names none, where an axis is open."""
    axes = tuple(_AXIS) if any(each in "前后" for text in texts for each in text) else ("right", "up")
    programs = [f'{_relation(thing, to, axis)} == "{side}"' for axis in axes for side in _LABELS[axis]]

    def decide(held: tuple[bool | None, ...]) -> Value:
        open_axes = [axis for row, axis in enumerate(axes) if None in held[2 * row : 2 * row + 2]]
        chosen = []
        for row, text in enumerate(texts):
            if _UNKNOWN.search(text):
                meant = [axis for axis in axes if any(each in text for each in _AXIS[axis][1])] or list(axes)
                holds = any(axis in open_axes for axis in meant)
            else:
                truths = (
                    held[2 * axes.index(axis) + (sign > 0)]
                    for axis, sign in way_of(text.strip("方侧边面"))._asdict().items()
                    if sign is not None
                )
                holds = all(each is True for each in truths)
            chosen += [_letter(row)] if holds else []
        return tuple(chosen)

    return tuple(programs), decide


def _yes_no(held: bool | None, texts: Sequence[str]) -> str:
    """Yes where it is entailed; no where its opposite is, and where no option says that it is open."""
    unknown = [row for row, text in enumerate(texts) if _UNKNOWN.search(text)]
    if held is None and unknown:
        return _letter(unknown[0])
    return _letter(next(row for row, text in enumerate(texts) if (text[0] == "是") is bool(held)))


def _which(held: tuple[bool | None, ...]) -> str:
    """The first, the second, both or neither: what is open counts as not."""
    first, second = (each is True for each in held)
    return "C" if first and second else "A" if first else "B" if second else "D"


def _relation(thing: str, to: str, axis: str) -> str:
    return f'relation(the("{thing}"), the("{to}"), world(), axis="{_AXIS[axis][0]}")'


def _lies(thing: str, to: str, side: str) -> str:
    """That a thing lies to all of these sides of another."""
    parts = [
        f'{_relation(thing, to, axis)} == "{_LABELS[axis][sign > 0]}"'
        for axis, sign in way_of(side)._asdict().items()
        if sign is not None
    ]
    return " and ".join(parts)


def _letter(row: int) -> str:
    return chr(ord("A") + row)
