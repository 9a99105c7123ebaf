"""Questions by authors who have not seen the grammar: nine of ten are read, and none wrongly.

A row has the programs that a question may mean, or says that it is to be refused. By the even rows of
`fresh_paraphrases.jsonl` the grammar was made broader; of its odd ones only the totals were looked at.
"""

import ast
import collections
import json
import pathlib
from typing import Any

import pytest

from allocentric.query.english import Reading, read_english
from allocentric.query.vocabulary import words

Row = dict[str, Any]
HERE = pathlib.Path(__file__).parent


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


PARAPHRASES, FRESH = rows("paraphrases.jsonl"), rows("fresh_paraphrases.jsonl")
ARGUMENTS = {name: [each.name for each in word.parameters] for name, word in words().items()}
REQUIRED = {name: sum(each.required for each in word.parameters) for name, word in words().items()}


class Plain(ast.NodeTransformer):
    """Lengths in metres, and every binder's name the same."""

    def __init__(self) -> None:
        self.bound: list[str] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        factor = {"cm": 100, "mm": 1000}.get(getattr(node.func, "id", ""))
        if factor and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, int | float):
            return ast.Constant(value=round(node.args[0].value / factor, 9))
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(round(float(node.value), 9)) if isinstance(node.value, int | float) else node

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        self.bound.append(node.elt.id)  # type: ignore[attr-defined]
        made = self.generic_visit(node)
        self.bound.pop()
        return made

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(id=f"bound {self.bound.index(node.id)}" if node.id in self.bound else node.id)


def structure(program: str) -> str:
    """A program without its spelling: arguments by name where no subject is left out."""
    tree = Plain().visit(ast.parse(program, mode="eval"))
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


def two_of_each(kind: str) -> list[str]:
    """A scene in which there are two of each kind, but for what the questions count."""
    several = {"window": 4}.get(kind, 2)
    return [f"{kind} {place + 1}" for place in range(several)]


def outcome(row: Row) -> str:
    """right, wrong, refused (though it means something), or read (though it is to be refused)."""
    reading = read_english(row["question"], options=row.get("options", ()), members=two_of_each)
    if not isinstance(reading, Reading):
        return "right" if row.get("refuse") else "refused"
    if row.get("refuse"):
        return "read"
    return "right" if structure(reading.program) in {structure(each) for each in row["programs"]} else "wrong"


@pytest.mark.parametrize("asked", [PARAPHRASES, FRESH], ids=["paraphrases", "fresh"])
def test_nine_of_ten_paraphrases_are_read_and_none_wrongly(asked: list[Row]) -> None:
    outcomes = collections.Counter(outcome(row) for row in asked)
    assert len(asked) >= 300
    assert outcomes["wrong"] == outcomes["read"] == 0, [
        row for row in asked if outcome(row) in ("wrong", "read")
    ]
    answerable = sum("refuse" not in row for row in asked)
    assert 1 - outcomes["refused"] / answerable >= 0.9, outcomes
