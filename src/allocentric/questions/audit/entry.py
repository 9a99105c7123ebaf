"""A question as a set states it, with the answer that the set calls right, of any layout in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from allocentric.answers.kinds import CannotTell
from allocentric.errors import BadInput
from allocentric.jobs import read_bytes
from allocentric.questions.making.shards import read_rows
from allocentric.questions.question import Question
from allocentric.questions.records.record import from_json
from allocentric.questions.records.released import released_questions
from allocentric.questions.records.told import Refused, Told, said
from allocentric.scene.json_text import decode

Json = Mapping[str, Any]

# Field names by what they hold, the first that a row has; from the releases, and from the trainers' layouts.
_ID: Final = ("id", "problem_id", "question_id", "index", "uid")
_TYPE: Final = ("question_type", "original_question_type", "type", "task", "category", "data_source")
_SCENE: Final = ("scene_name", "scene", "scene_id", "path", "video_path", "video")
_WORDS: Final = ("question", "problem", "query")
_ANSWER: Final = ("ground_truth", "solution", "answer", "gt_answer", "mc_answer")
_OPTIONS: Final = ("options", "choices", "candidate_answers", "answer_options")
_TAG: Final = re.compile(r"<answer>\s*(.*?)\s*</answer>", re.DOTALL)
_LETTERED: Final = re.compile(r"^\s*\(?([A-Z])[.):：]\s*(.*)$", re.DOTALL)
_OPTION_LINE: Final = re.compile(r"^\(?([A-Z])[.)]\s+(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question of a set: its words, its options without letters, and the answer that the set calls right.

    `scene` is the name of its scene there, empty where it names none. `question` is the whole question where
    the set is ours, or carries our record, `stated` the answer that the row gives beside that record; `told`
    where the set holds the scene itself, as a story, and `unread` why it could not be read.
    """

    id: str
    type: str
    scene: str
    words: str
    options: tuple[str, ...]
    answer: str
    where: str
    question: Question | None = None
    told: Told | None = None
    stated: str | None = None
    unread: str = ""

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters of the options, in order."""
        return tuple(chr(ord("A") + row) for row in range(len(self.options)))


def entries_in(path: Path) -> Iterator[Entry]:
    """Every question of a set: a folder that `allo make` wrote, or a file of JSON, JSON lines or Parquet.

    Raises BadInput with the place of a row that is none, and for a file that holds no question.
    """
    found = False
    released = released_questions(read_bytes(path), path) if path.is_file() else None
    if released is not None:
        yield from (_of_story(each, str(path)) for each in released)
        return
    for where, row in _rows(path):
        found = True
        yield entry_of(row, where=where)
    if not found:
        raise BadInput("it holds no questions", where=str(path), mend="name a file or folder of questions")


def entry_of(row: Json, *, where: str) -> Entry:
    """The question of one row, by the names of its fields; raises BadInput where words or answer lack."""
    row = row["sample"] if isinstance(row.get("sample"), Mapping) else row
    record = _record(row)
    if record is not None:
        return _ours(row, from_json(dict(record), where=where), where=where)
    if isinstance(row.get("conversations"), list):
        row = {**row, **_turns(row["conversations"], "from", "value", where=where)}
    words, answer = _first(row, _WORDS), _first(row, _ANSWER)
    if not isinstance(words, str) or answer is None:
        lacks = "words" if not isinstance(words, str) else "answer"
        mend = f"a row has one of {', '.join(_WORDS if lacks == 'words' else _ANSWER)}"
        raise BadInput(f"the row has no {lacks}", where=where, mend=mend)
    options = tuple(_bare(str(each)) for each in _first(row, _OPTIONS) or ())
    if not options:
        listed = _OPTION_LINE.findall(words)
        options = tuple(text.strip() for _, text in listed)
        words = _OPTION_LINE.sub("", words).strip() if listed else words
    tagged = _TAG.search(str(answer))
    told = tagged[1] if tagged else str(answer).strip()
    return Entry(
        id=str(_first(row, _ID) or where),
        type=str(_first(row, _TYPE) or "untyped"),
        scene=PurePosixPath(str(_first(row, _SCENE) or "")).stem,
        words=words.strip(),
        options=options,
        answer=_letter(told) if options else told,
        where=where,
    )


def _rows(path: Path) -> Iterator[tuple[str, Json]]:
    if path.is_dir():
        files = sorted(path.glob("questions-*.*")) or sorted((*path.glob("*.json*"), *path.glob("*.parquet")))
        for each in files:
            yield from _rows(each)
    elif path.suffix == ".parquet":
        yield from ((f"{path}, row {number}", row) for number, row in enumerate(read_rows(path), 1))
    else:
        data = read_bytes(path)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
            rows: Iterable[Json] = decode(data, list[dict[str, Any]], where=str(path))
            yield from ((f"{path}, row {number}", row) for number, row in enumerate(rows, 1))
        else:
            yield from ((f"{path}, line {number}", row) for number, row in enumerate(read_rows(path), 1))


def _of_story(told: Told | Refused, where: str) -> Entry:
    """A question of a release that tells its scene itself, or one that is not read."""
    if isinstance(told, Refused):
        unread = f"not read: {told.why.what}"
        return Entry(
            id=told.id,
            type=told.type,
            scene=told.id,
            words=told.words,
            options=(),
            answer="",
            where=where,
            unread=unread,
        )
    return Entry(
        id=told.id,
        type=told.type,
        scene=told.id,
        words=told.words,
        options=told.expected.options,
        answer=_released(told),
        where=where,
        told=told,
    )


def _released(told: Told) -> str:
    """The answer as the set gives it: letters where there are options."""
    if told.expected.options and not isinstance(told.released, CannotTell):
        return "".join(str(each) for each in told.released)  # type: ignore[union-attr]
    return said(told.released, told.expected)


def _record(row: Json) -> Json | None:
    """Our own record of a question, wherever a layout of ours carries it."""
    if isinstance(row.get("expected"), Mapping) and "program" in row:
        return row
    for name in ("metadata", "extra_info"):
        held = row.get(name)
        held = decode(held.encode(), dict[str, Any], where=name) if isinstance(held, str) else held
        if isinstance(held, Mapping) and "record" in held:
            return _parsed(held["record"])
    return _parsed(row["record"]) if "record" in row else None


def _parsed(record: Any) -> Json:
    held: Json = (
        decode(record.encode(), dict[str, Any], where="record") if isinstance(record, str) else record
    )
    return held


def _ours(row: Json, question: Question, *, where: str) -> Entry:
    told = str(question.truth) if question.answerable else "cannot be determined"
    return Entry(
        id=question.id,
        type=str(row.get("type") or question.family),
        scene=question.scene,
        words=question.words,
        options=question.expected.options,
        answer=told,
        where=where,
        question=question,
        stated=_stated(row),
    )


def _stated(row: Json) -> str | None:
    """The answer that a row of one of our layouts gives to whoever learns from it, beside the record."""
    graded, turns = row.get("reward_model"), row.get("conversations") or row.get("messages")
    if isinstance(graded, Mapping):
        found = graded.get("ground_truth")
    elif isinstance(turns, list) and turns and isinstance(turns[-1], Mapping):
        found = turns[-1].get("value", turns[-1].get("content"))
        if isinstance(found, list) and found and isinstance(found[-1], Mapping):
            found = found[-1].get("text")
    else:
        found = _first(row, _ANSWER)
    return found if isinstance(found, str) else None


def _turns(turns: list[Any], who: str, what: str, *, where: str) -> Json:
    """The question and the answer of a conversation: its first two turns."""
    if len(turns) < 2 or not all(
        isinstance(each, Mapping) and isinstance(each.get(what), str) for each in turns
    ):
        raise BadInput("the conversation has no question and answer", where=where, mend="give two turns")
    asked = str(turns[0][what]).replace("<image>", "").replace("<video>", "").strip()
    return {"question": asked, "answer": turns[1][what], who: turns[0].get(who)}


def _first(row: Json, names: tuple[str, ...]) -> Any:
    return next((row[each] for each in names if row.get(each) not in (None, "")), None)


def _bare(option: str) -> str:
    found = _LETTERED.match(option)
    return (found[2] if found else option).strip()


def _letter(told: str) -> str:
    found = _LETTERED.match(told)
    return found[1] if found else told.rstrip(".") if len(told.rstrip(".")) == 1 else told
