"""What the house forbids: functions from a folder of sources to the sins found there, each named."""

import ast
import graphlib
import pathlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

GROUND: Final = frozenset({"errors", "seeds", "intervals", "words", "jobs"})  # open to all, uses no room
FACE: Final = frozenset({"__init__", "__main__"})  # of the whole package: no room may look at it

# From the lowest floor up. A room may use the rooms below it, and none on its own floor.
FLOORS: Final[tuple[set[str], ...]] = (
    {"geometry"},
    {"scene", "answers", "nn"},
    {"worlds", "views"},
    {"oracle", "perception"},
    {"query"},
    {"questions", "agents", "environments"},
    {"bench", "train"},
    {"serve"},
    {"cli"},
)
NEVER: Final[dict[str, set[str]]] = {"query": {"perception"}}  # below it, and forbidden all the same

Function = ast.FunctionDef | ast.AsyncFunctionDef


def may_import(room: str) -> set[str]:
    """The rooms that `room` may use; none for the ground.

    >>> sorted(may_import("worlds"))
    ['answers', 'geometry', 'nn', 'scene']
    """
    height = next((row for row, rooms in enumerate(FLOORS) if room in rooms), 0)
    return set[str]().union(*FLOORS[:height]) - NEVER.get(room, set())


def trees(folder: pathlib.Path) -> Iterator[tuple[pathlib.Path, ast.Module]]:
    """Every Python file below `folder`, parsed, its path relative to `folder`."""
    for path in sorted(folder.rglob("*.py")):
        yield path.relative_to(folder), parsed(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=2_000)
def parsed(source: str) -> ast.Module:
    """The syntax tree of a source, which no rule changes: each file is read by a dozen of them."""
    return ast.parse(source)


def nodes(folder: pathlib.Path) -> Iterator[tuple[str, ast.AST]]:
    """Every syntax node below `folder`, with its file and line."""
    for path, tree in trees(folder):
        for node in ast.walk(tree):
            yield f"{path}:{getattr(node, 'lineno', 1)}", node


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function below `tree`, methods and inner functions too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def imports(tree: ast.AST) -> set[str]:
    """Dotted names of ours that are imported below `tree`, inside functions and for typing too.

    >>> sorted(imports(ast.parse("from allocentric.geometry import boxes")))
    ['allocentric.geometry', 'allocentric.geometry.boxes']
    """
    names = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {node.module} - {"allocentric"}  # `from allocentric import errors` needs errors only
    return {name for name in names if name.split(".")[0] == "allocentric"}


def room_of(path: pathlib.Path) -> str:
    """The room that a file lies in; for a file at the top, its own name."""
    return path.with_suffix("").parts[0]


def uphill_imports(house: pathlib.Path) -> list[str]:
    """Imports of a room that is not below, or of the package's face, by a room or by the ground."""
    sins = []
    for path, tree in trees(house):
        room = room_of(path)
        if room in FACE:
            continue
        used = {[*name.split("."), "its own face"][1] for name in imports(tree)}
        stray = used - GROUND - {room} - may_import(room)
        sins += [f"{path}: {room} may not use {each}" for each in sorted(stray)]
    return sins


def unplanned_rooms(house: pathlib.Path) -> list[str]:
    """Files and folders at the top that are neither ground, nor face, nor a room of the plan."""
    return sorted({room_of(path) for path, _ in trees(house)} - GROUND - FACE - set[str]().union(*FLOORS))


def relative_imports(house: pathlib.Path) -> list[str]:
    """Imports that are not written in full."""
    return [where for where, node in nodes(house) if isinstance(node, ast.ImportFrom) and node.level]


def hidden_imports(house: pathlib.Path) -> list[str]:
    """Own modules imported inside a function; and imports by string, but for the package's lazy face."""
    hidden = [
        f"{path}: {function.name} hides {name}"
        for path, tree in trees(house)
        for function in functions(tree)
        for name in sorted(imports(function))
    ]
    by_string = [
        f"{where} imports by string"
        for where, node in nodes(house)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}
        and not where.startswith("__init__.py:")
    ]
    return hidden + by_string


def circles(house: pathlib.Path) -> list[str]:
    """A loop of files that need each other, written as a chain; empty when there is none."""
    graph = dict[str, set[str]]()
    for path, tree in trees(house):
        name = ".".join(("allocentric", *path.with_suffix("").parts)).removesuffix(".__init__")
        graph[name] = imports(tree) - {name}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return [" -> ".join(error.args[1])]
    return []


def body_lines(function: Function) -> int:
    """Lines of the body, its docstring not counted."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def parameters(function: Function) -> tuple[int, int]:
    """How many parameters, and how many of them may be given by position; `self` and `cls` not counted."""
    by_place = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    count = len(by_place) - (by_place[:1] in (["self"], ["cls"]))
    return count + len(function.args.kwonlyargs), count


def long_files(folder: pathlib.Path) -> list[str]:
    """Files over the budget of 400 lines."""
    lengths = {
        path: len((folder / path).read_text(encoding="utf-8").splitlines()) for path, _ in trees(folder)
    }
    return [f"{path} has {lines} lines, 400 are allowed" for path, lines in lengths.items() if lines > 400]


def oversized_functions(house: pathlib.Path) -> list[str]:
    """Functions over the budgets: body, parameters, parameters by position."""
    sins = []
    for where, node in nodes(house):
        if isinstance(node, Function):
            (count, by_place), lines = parameters(node), body_lines(node)
            if lines > 60:
                sins.append(f"{where}: {node.name} has a body of {lines} lines, 60 are allowed")
            if count > 8:
                sins.append(f"{where}: {node.name} has {count} parameters, 8 are allowed")
            if by_place > 3:
                sins.append(
                    f"{where}: {node.name} takes {by_place} by position: keyword-only after the third"
                )
    return sins


def share_of_long_functions(house: pathlib.Path) -> float:
    """The share of functions whose body has more than 30 lines."""
    lengths = [body_lines(each) for _, tree in trees(house) for each in functions(tree)]
    return sum(length > 30 for length in lengths) / max(len(lengths), 1)


def oversized_classes(house: pathlib.Path) -> list[str]:
    """Classes over the budgets: lines, public methods."""
    sins = []
    for where, node in nodes(house):
        if isinstance(node, ast.ClassDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            methods = sum(isinstance(each, Function) and not each.name.startswith("_") for each in node.body)
            if lines > 200:
                sins.append(f"{where}: {node.name} has {lines} lines, 200 are allowed")
            if methods > 10:
                sins.append(f"{where}: {node.name} has {methods} public methods, 10 are allowed")
    return sins


def blanket_excepts(house: pathlib.Path) -> list[str]:
    """Places that catch every exception."""
    return [
        where
        for where, node in nodes(house)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & _words(node.type))
    ]


def _words(expression: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(expression) if isinstance(each, ast.Name)}


def global_statements(house: pathlib.Path) -> list[str]:
    """Places where a function rebinds a name of its module."""
    return [where for where, node in nodes(house) if isinstance(node, ast.Global)]


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | Function]:
    """The public classes, functions and methods; inner functions are left out."""
    for each in node.body:
        if isinstance(each, ast.ClassDef | Function) and not each.name.startswith("_"):
            yield each
            if isinstance(each, ast.ClassDef):
                yield from public(each)


def undocumented(house: pathlib.Path) -> list[str]:
    """Public classes and functions without a docstring, or with a type left out."""
    sins = []
    for path, tree in trees(house):
        for each in public(tree):
            where = f"{path}:{each.lineno}: {each.name}"
            if ast.get_docstring(each) is None:
                sins.append(f"{where} has no docstring")
            if isinstance(each, Function) and (left_out := untyped(each)):
                sins.append(f"{where} leaves out the type of {', '.join(left_out)}")
    return sins


def untyped(function: Function) -> list[str]:
    """The parameters without an annotation, and "return" where that is missing."""
    args = function.args
    every = (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg)
    bare = [each.arg for each in every if each and not each.annotation and each.arg not in ("self", "cls")]
    return bare + ["return"] * (function.returns is None)
