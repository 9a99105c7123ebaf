"""A CSV table with the columns a reader needs, as numbers or text, or what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Rows of text under named columns; a unit in brackets is no part of a column's name."""

    path: Path
    columns: dict[str, tuple[str, ...]]
    count: int

    def text(self, name: str) -> tuple[str, ...]:
        """A column as text; raises BadInput naming it where it is missing."""
        if name not in self.columns:
            has = ", ".join(self.columns) or "none"
            raise BadInput(f"the table has no column {name!r}", where=str(self.path), mend=f"it has {has}")
        return self.columns[name]

    def floats(self, *names: str) -> Float[np.ndarray, "row column"]:
        """Columns as finite numbers; raises BadInput with the line of one that is none."""
        found = [self._numbers(name) for name in names]
        return np.stack(found, axis=1) if found else np.zeros((self.count, 0))

    def integers(self, name: str) -> Int[np.ndarray, " row"]:
        """A column as whole numbers, nanoseconds and ids kept to the last digit."""
        try:
            return np.array([int(each) for each in self.text(name)], dtype=np.int64)
        except (ValueError, OverflowError) as error:
            raise BadInput(str(error), where=f"{self.path}, column {name}", mend="mend that number") from None

    def _numbers(self, name: str) -> Float[np.ndarray, " row"]:
        values = np.empty(self.count)
        for row, text in enumerate(self.text(name)):
            try:
                values[row] = float(text)
            except ValueError:
                values[row] = np.nan
        if not np.isfinite(values).all():
            row = int(np.isfinite(values).argmin())
            what = f"{name} is {self.text(name)[row]!r}, no finite number"
            raise BadInput(what, where=f"{self.path}, line {row + 2}", mend="mend that number")
        return values


def read_table(path: Path, needed: Sequence[str] = ()) -> Table:
    """The table of a CSV file with a heading; raises BadInput for an odd line or a missing column."""
    try:
        lines = list(csv.reader(io.StringIO(read_bytes(path).decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(f"this is no CSV table: {error}", where=str(path), mend="get it again") from None
    heading = [each.split("[")[0].strip() for each in lines[0]] if lines else []
    rows = [line for line in lines[1:] if line]
    odd = next((row for row, line in enumerate(rows) if len(line) != len(heading)), None)
    if odd is not None:
        what = f"a line has {len(rows[odd])} fields under {len(heading)} columns"
        raise BadInput(what, where=f"{path}, line {odd + 2}", mend="get the whole file again")
    columns = {name: tuple(line[at] for line in rows) for at, name in enumerate(heading)}
    table = Table(path, columns, len(rows))
    for name in needed:
        table.text(name)
    return table
