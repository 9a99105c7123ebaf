"""From text to a program: Python's own grammar, of which a small part is let through.

A program has no loops, attributes, imports or definitions: it always ends, and its cost is
bounded by its size, which is bounded here.
"""

from __future__ import annotations

import ast
import math
import warnings
from functools import lru_cache
from typing import Final, NoReturn

from allocentric.errors import BadInput
from allocentric.query.program import (
    Binary,
    Call,
    Joined,
    Listed,
    Minus,
    Name,
    Node,
    Not,
    Number,
    Operator,
    Program,
    Text,
    Those,
)

LONGEST: Final = 4000  # characters
DEEPEST: Final = 40  # brackets within brackets
NESTED_SETS: Final = 2  # a set within a set costs things times things

_OPERATORS: Final[dict[type[ast.operator | ast.cmpop], Operator]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


@lru_cache(maxsize=4096)
def parse(text: str) -> Program:
    """The program that `text` spells. Raises BadInput, saying where, for anything outside the language.

    >>> parse('distance(the("sofa"), the("tv"))').answer.function
    'distance'
    """
    if len(text) > LONGEST:
        raise BadInput(f"a program of {len(text)} characters", where="program", mend=f"at most {LONGEST}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice on the text is not the user's concern
            tree = ast.parse(text.strip(), mode="exec")
    except SyntaxError as error:
        where = f"program, line {error.lineno or 1}, column {error.offset or 1}"
        raise BadInput(f"not a program: {error.msg}", where=where, mend=_example(text)) from None
    except (ValueError, RecursionError, MemoryError):
        raise BadInput("not a program that can be read", where="program", mend=_example(text)) from None
    if not tree.body:
        raise BadInput("an empty program", where="program", mend='ask for something: count(all("chair"))')
    assigned = tuple(_assignment(each, text) for each in tree.body[:-1])
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        _refuse(last, text, "a program ends with the expression to answer")
    return Program(assigned, _Reader(text).node(last.value, 0))


def _assignment(statement: ast.stmt, text: str) -> tuple[str, Node]:
    if (
        isinstance(statement, ast.Assign)
        and len(statement.targets) == 1
        and isinstance(statement.targets[0], ast.Name)
    ):
        return statement.targets[0].id, _Reader(text).node(statement.value, 0)
    _refuse(statement, text, 'before the last expression a program only assigns: t = the("table")')


class _Reader:
    """Reads one expression of `text`, keeping count of how deep it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sets = 0

    def node(self, tree: ast.expr, depth: int) -> Node:
        """The node that a piece of Python's tree stands for."""
        if depth > DEEPEST:
            _refuse(tree, self.text, f"brackets more than {DEEPEST} deep")
        deeper = depth + 1
        match tree:
            case ast.Constant(value=bool()):
                _refuse(tree, self.text, "True and False are answers, not words of the language")
            case ast.Constant(value=int() | float() as value):
                return self._number(tree, value)
            case ast.Constant(value=str() as value):
                return Text(value)
            case ast.Name(id=id):
                return Name(id)
            case ast.List(elts=entries):
                return Listed(tuple(self.node(each, deeper) for each in entries))
            case ast.Dict():
                return self._called(tree, deeper)
            case ast.Call():
                return self._call(tree, deeper)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return Binary(_OPERATORS[type(op)], self.node(left, deeper), self.node(right, deeper))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _OPERATORS:
                return Binary(_OPERATORS[type(op)], self.node(left, deeper), self.node(right, deeper))
            case ast.Compare(ops=[_, _, *_]):
                _refuse(tree, self.text, "comparisons are not chained: write a < b and b < c")
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Minus(self.node(operand, deeper))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.node(operand, deeper))
            case ast.BoolOp(op=op, values=values):
                operands = tuple(self.node(each, deeper) for each in values)
                return Joined("and" if isinstance(op, ast.And) else "or", operands)
            case ast.SetComp():
                return self._those(tree, deeper)
            case _:
                _refuse(tree, self.text, f"{type(tree).__name__} is no part of the language")

    def _number(self, tree: ast.expr, value: float) -> Number:
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            _refuse(tree, self.text, "a number that is not finite")
        return Number(number)

    def _called(self, tree: ast.Dict, depth: int) -> Listed:
        names = [each.value for each in tree.keys if isinstance(each, ast.Constant)]
        told = tuple(each for each in names if isinstance(each, str) and each.strip())
        if not told or len(set(told)) < len(tree.keys):
            _refuse(tree, self.text, 'a list with names is written {"one": ..., "two": ...}, each name once')
        return Listed(tuple(self.node(each, depth) for each in tree.values), told)

    def _call(self, tree: ast.Call, depth: int) -> Call:
        if not isinstance(tree.func, ast.Name):
            _refuse(tree, self.text, "only functions of the vocabulary are called")
        if any(isinstance(each, ast.Starred) for each in tree.args):
            _refuse(tree, self.text, "arguments are written out one by one")
        named = list[tuple[str, Node]]()
        for each in tree.keywords:
            if each.arg is None or each.arg in dict(named):
                _refuse(tree, self.text, "arguments are written out, each once")
            named.append((each.arg, self.node(each.value, depth)))
        return Call(tree.func.id, tuple(self.node(each, depth) for each in tree.args), tuple(named))

    def _those(self, tree: ast.SetComp, depth: int) -> Those:
        match tree:
            case ast.SetComp(
                elt=ast.Name(id=kept),
                generators=[
                    ast.comprehension(target=ast.Name(id=variable), iter=members, ifs=[condition], is_async=0)
                ],
            ) if kept == variable:
                self.sets += 1
                if self.sets > NESTED_SETS:
                    _refuse(
                        tree, self.text, f"more than {NESTED_SETS} sets with a condition in one expression"
                    )
                return Those(variable, self.node(members, depth), self.node(condition, depth))
        _refuse(tree, self.text, "a set is written {t for t in SET if CONDITION}")


def _refuse(tree: ast.AST, text: str, why: str) -> NoReturn:
    line, column = getattr(tree, "lineno", 1), getattr(tree, "col_offset", 0) + 1
    raise BadInput(
        f"not a program: {why}", where=f"program, line {line}, column {column}", mend=_example(text)
    )


def _example(text: str) -> str:
    if text.count("(") != text.count(")"):
        return "close every bracket that is opened"
    return 'write it like distance(the("sofa"), the("tv"))'
