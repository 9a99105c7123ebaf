"""A trajectory: the calls of tools by which an answer is found, each with what it gives back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from allocentric.errors import AllocentricError
from allocentric.query.cards import cards, program_of
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.parse import parse
from allocentric.query.program import Call, Listed, Node, Number, Text, show
from allocentric.query.saying import say_value
from allocentric.query.vocabulary import word
from allocentric.questions.change import changed
from allocentric.questions.prompt import answer_of
from allocentric.questions.question import Question
from allocentric.questions.settle import settled
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import Scene

TOOLS: Final = frozenset(each["name"] for each in cards("mcp"))
Json = dict[str, Any]


def trajectory_of(scene: Scene, question: Question) -> str:
    """The calls from the inside out, a JSON object a line, and the answer last."""
    at = changed(scene, question.changes)
    _, run = evaluate(check(parse(question.program)), at, proof=True)
    lines = list[str]()
    for text in dict.fromkeys(step.text for step in run.steps):
        call = _call(text)
        if call is not None:
            found = settled(at, program_of(call["tool"], call["arguments"]), evidence=False)
            lines.append(encode({**call, "result": say_value(at, found.possible)}).decode())
    return "\n".join((*lines, encode({"answer": answer_of(question)}).decode()))


def trajectory_faults(scene: Scene, text: str, answer: str) -> Iterator[str]:
    """The calls that do not give what is told, those that are none, and a wrong answer."""
    told = ""
    for line in text.splitlines():
        try:
            held = decode(line.encode(), Json, where="the trajectory")
            if "answer" in held:
                told = held["answer"]
                continue
            found = settled(scene, program_of(held["tool"], held["arguments"]), evidence=False)
            if say_value(scene, found.possible) != held["result"]:
                yield f"{held['tool']} does not give {held['result']!r}"
        except AllocentricError as error:
            yield error.what
        except (KeyError, TypeError, AttributeError) as error:
            yield f"this is no call: it lacks {error}"
    if told != answer:
        yield f"the answer is {answer!r}, not {told!r}"


def _call(text: str) -> Json | None:
    """A step as a call of a tool; None where its word is none, or where its subject is left out."""
    node = parse(text).answer
    if not isinstance(node, Call) or node.function not in TOOLS:
        return None
    known = word(node.function).parameters
    given = dict(zip((each.name for each in known), node.arguments)) | dict(node.named)
    if any(each.required and each.name not in given for each in known):
        return None
    return {"tool": node.function, "arguments": {name: _argument(each) for name, each in given.items()}}


def _argument(node: Node) -> Any:
    """An argument as JSON: lists, texts and numbers as such, all else as the program that it is."""
    match node:
        case Listed(entries):
            return [_argument(each) for each in entries]
        case Text(value) | Number(value):
            return value
        case _:
            return show(node)
