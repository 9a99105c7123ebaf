"""Checked programs as values: every name known, every argument bound and of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from allocentric.oracle.shapes import Coordinates
from allocentric.query.program import Operator
from allocentric.query.vocabulary import Kind, Word
from allocentric.scene.truth import Dimension, Quantity


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is; of a quantity its dimension (None: a bare number, fits any), and if it counts."""

    kind: Kind
    dimension: Dimension | None = None
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """A quantity as written."""

    type: Type
    value: Quantity


@dataclass(frozen=True, slots=True)
class Quoted:
    """A word as written."""

    type: Type
    value: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """Coordinates as written."""

    type: Type
    value: Coordinates


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that was assigned, or the member at hand."""

    type: Type
    id: str


@dataclass(frozen=True, slots=True)
class Apply:
    """A word with all its arguments; `subject` is the one left out, where it is a function of it."""

    type: Type
    word: Word
    arguments: tuple[tuple[str, Checked], ...]
    text: str
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """A list, each entry with what it was called."""

    type: Type
    entries: tuple[tuple[str, Checked], ...]


@dataclass(frozen=True, slots=True)
class Combine:
    """Two values joined by an operator."""

    type: Type
    operator: Operator
    left: Checked
    right: Checked


@dataclass(frozen=True, slots=True)
class Opposite:
    """`not` of a truth, or the negative of a quantity."""

    type: Type
    operand: Checked


@dataclass(frozen=True, slots=True)
class Every:
    """Truths joined by `and` or `or`."""

    type: Type
    word: str
    operands: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """The members for which a condition holds; without members, of everything there is."""

    type: Type
    variable: str
    members: Checked | None
    condition: Checked
    text: str


Checked = Literal | Quoted | Drawn | Variable | Apply | Entries | Combine | Opposite | Every | Where


@dataclass(frozen=True, slots=True)
class CheckedProgram:
    """A program that is sure to run: its assignments, its answer, its canonical spelling."""

    assigned: tuple[tuple[str, Checked], ...]
    answer: Checked
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"CheckedProgram({self.text!r})"


TRUTH: Final = Type("truth")
THINGS: Final = Type("things")
