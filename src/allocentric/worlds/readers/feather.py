"""A Feather table as plain columns, or what is wrong with it; reading one takes pyarrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Shaped

from allocentric.errors import BadInput
from allocentric.geometry.poses import Pose, rotation_from_quaternion

Columns = Mapping[str, Shaped[np.ndarray, " row"]]

UNIT_WITHIN = 1e-3
POSE = ("qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m")


def read_feather(path: Path, needed: Sequence[str]) -> Columns:
    """The columns of these names; raises BadInput where one is missing or has holes, and without pyarrow."""
    arrow, feather = _pyarrow(path)
    if not path.is_file():
        raise BadInput("the table is missing", where=str(path), mend="get the whole release")
    try:
        table = feather.read_table(path, memory_map=False)
    except (OSError, ValueError, arrow.ArrowException) as error:
        what = f"this is no Feather table: {str(error).splitlines()[0]}"
        raise BadInput(what, where=str(path), mend="get it again") from None
    for name in needed:
        if name not in table.column_names:
            has = ", ".join(table.column_names)
            raise BadInput(f"the table has no column {name!r}", where=str(path), mend=f"it has {has}")
        if table.column(name).null_count:
            what = f"{table.column(name).null_count} rows have no {name}"
            raise BadInput(what, where=str(path), mend="get the table again")
    return {name: np.asarray(table.column(name).to_pylist()) for name in needed}


def _pyarrow(path: Path) -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415 (of an extra)
        from pyarrow import feather  # noqa: PLC0415
    except ImportError:
        what = "reading Feather tables needs pyarrow, which is not installed"
        raise BadInput(what, where=str(path), mend="pip install allocentric[data]") from None
    return pyarrow, feather


def poses_of(columns: Columns, where: str) -> tuple[Pose, ...]:
    """The poses in the columns `POSE`, quaternions w x y z; raises BadInput with the row of what is none."""
    numbers: Float[np.ndarray, "row 7"] = np.array([columns[name] for name in POSE], dtype=float).T.reshape(
        -1, 7
    )
    off = np.abs(np.linalg.norm(numbers[:, :4], axis=1) - 1)
    bad = ~(off < UNIT_WITHIN) | ~np.isfinite(numbers).all(1)
    if bad.any():
        row = int(bad.argmax())
        what = f"row {row} has no unit quaternion and finite shift: {numbers[row].tolist()}"
        raise BadInput(what, where=where, mend="mend that row")
    return tuple(Pose(rotation_from_quaternion(*each[:4]), each[4:]) for each in numbers)
