"""The layouts in which a set is written: one row a question, as the tools of the field read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from allocentric.errors import UnknownName
from allocentric.questions.given import say_given
from allocentric.questions.prompt import answer_of, text_of
from allocentric.questions.question import Question
from allocentric.questions.records.record import to_json
from allocentric.scene.json_text import encode

Json = dict[str, Any]
Row = Callable[[str, Question, Sequence[str]], Json]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a set is written: its container, and how a type, a question and its pictures become a row."""

    name: str
    container: Literal["jsonl", "parquet"]
    about: str
    row: Row


def layout(name: str) -> Layout:
    """The layout called `name`; raises UnknownName with the near miss.

    >>> layout("vsi").container
    'jsonl'
    """
    found = [each for each in LAYOUTS if each.name == name]
    if not found:
        raise UnknownName("format of a set", name, [each.name for each in LAYOUTS], where="--format")
    return found[0]


def _canonical(type: str, question: Question, pictures: Sequence[str]) -> Json:
    return {"type": type, **to_json(question), **({"pictures": list(pictures)} if pictures else {})}


def _flat(type: str, question: Question, pictures: Sequence[str]) -> Json:
    """Columns that a table of it needs, and the whole record as JSON beside them."""
    return {
        "id": question.id,
        "type": type,
        "family": question.family,
        "scene": question.scene,
        "question": _told(question),
        "options": list(question.expected.options),
        "answer": answer_of(question),
        "answer_kind": question.expected.kind,
        "unit": question.expected.unit or "",
        "program": question.program,
        "clear": question.margin.clear if question.margin else None,
        "language": question.language,
        "views": list(question.views),
        "pictures": list(pictures),
        "record": encode(to_json(question)).decode(),
    }


def _metadata(type: str, question: Question) -> Json:
    """What makes the truth of a row computable again, beside the row."""
    return {"id": question.id, "type": type, "scene": question.scene, "record": to_json(question)}


def _told(question: Question) -> str:
    """How the scene is given, and the words: a twin from which something is withheld reads otherwise."""
    given = say_given(question.changes)
    return f"{given}\n{question.words}" if given else question.words


def _asked(question: Question, pictures: Sequence[str]) -> str:
    return "<image>\n" * len(pictures) + text_of(question)


def _sharegpt(type: str, question: Question, pictures: Sequence[str]) -> Json:
    turns = [
        {"from": "human", "value": _asked(question, pictures)},
        {"from": "gpt", "value": answer_of(question)},
    ]
    return {"conversations": turns, "images": list(pictures), "metadata": _metadata(type, question)}


def _user(question: Question, pictures: Sequence[str]) -> Json:
    shown = [{"type": "image", "image": each} for each in pictures]
    return {"role": "user", "content": [*shown, {"type": "text", "text": text_of(question)}]}


def _messages(type: str, question: Question, pictures: Sequence[str]) -> Json:
    reply = {"role": "assistant", "content": [{"type": "text", "text": answer_of(question)}]}
    return {"messages": [_user(question, pictures), reply], "metadata": _metadata(type, question)}


def _vsi(type: str, question: Question, pictures: Sequence[str]) -> Json:
    lettered = [
        f"{letter}. {text}" for letter, text in zip(question.expected.letters, question.expected.options)
    ]
    return {
        "id": question.id,
        "dataset": "allocentric",
        "scene_name": question.scene,
        "question_type": type,
        "question": _told(question),
        "options": lettered or None,
        "ground_truth": answer_of(question),
        "pictures": list(pictures),
        "metadata": _metadata(type, question),
    }


def _trl(type: str, question: Question, pictures: Sequence[str]) -> Json:
    return {
        "prompt": [{"role": "user", "content": _asked(question, pictures)}],
        "images": list(pictures),
        "solution": answer_of(question),
        "answer_kind": question.expected.kind,
        "metadata": encode(_metadata(type, question)).decode(),
    }


def _verl(type: str, question: Question, pictures: Sequence[str]) -> Json:
    return {
        "data_source": f"allocentric/{type}",
        "prompt": [{"role": "user", "content": _asked(question, pictures)}],
        "images": [{"image": each} for each in pictures],
        "ability": "spatial",
        "reward_model": {"style": "rule", "ground_truth": answer_of(question)},
        "extra_info": {"id": question.id, "record": encode(to_json(question)).decode()},
    }


LAYOUTS: Final = (
    Layout("parquet", "parquet", "columns for tables, the whole record beside them", _flat),
    Layout("jsonl", "jsonl", "our own, every field of a question", _canonical),
    Layout("sharegpt", "jsonl", "conversations, as trainers of chat models read them", _sharegpt),
    Layout("messages", "jsonl", "messages with typed parts, as chat endpoints take them", _messages),
    Layout("vsi", "jsonl", "the fields of VSI-Bench", _vsi),
    Layout("trl", "jsonl", "prompts and solutions, for TRL's trainers", _trl),
    Layout("verl", "parquet", "prompts with a rule-based reward, for verl", _verl),
)
