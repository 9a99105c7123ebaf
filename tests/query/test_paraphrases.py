"""Questions by an author who has not seen the grammar: nine of ten are read, and none wrongly.

A row of `paraphrases.jsonl` has the programs that a question may mean, or says that it is to be refused.
"""

import ast
import collections
import json
import pathlib
from typing import Any

from allocentric.query.english import Reading, read_english
from allocentric.query.vocabulary import words

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (pathlib.Path(__file__).parent / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines()
]
ARGUMENTS = {name: [each.name for each in word.parameters] for name, word in words().items()}
REQUIRED = {name: sum(each.required for each in word.parameters) for name, word in words().items()}


def structure(program: str) -> str:
    """A program without its spelling: arguments by name where no subject is left out."""
    tree = ast.parse(program, mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        names = ARGUMENTS.get(node.func.id, [])
        required = REQUIRED.get(node.func.id, 0)
        if names and len(node.args) + len(node.keywords) >= required:
            given = dict(zip(names, node.args)) | {each.arg: each.value for each in node.keywords if each.arg}
            node.args, node.keywords = (
                [],
                [ast.keyword(arg=name, value=given[name]) for name in sorted(given)],
            )
    return ast.dump(tree)


def outcome(row: dict[str, Any]) -> str:
    """right, wrong, refused (though it means something), or read (though it is to be refused)."""
    reading = read_english(row["question"], options=row.get("options", ()))
    if not isinstance(reading, Reading):
        return "right" if row.get("refuse") else "refused"
    if row.get("refuse"):
        return "read"
    return "right" if structure(reading.program) in {structure(each) for each in row["programs"]} else "wrong"


def test_nine_of_ten_paraphrases_are_read_and_none_wrongly() -> None:
    outcomes = collections.Counter(outcome(row) for row in ROWS)
    assert len(ROWS) >= 300
    assert outcomes["right"] / len(ROWS) >= 0.9, outcomes
    assert outcomes["wrong"] == outcomes["read"] == 0, [
        row for row in ROWS if outcome(row) in ("wrong", "read")
    ]
