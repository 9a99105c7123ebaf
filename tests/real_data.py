"""Where the real inputs lie: `ALLOCENTRIC_DATA`, or `shared/data` beside the checkout."""

import os
import pathlib

import pytest

BESIDE = pathlib.Path(__file__).resolve().parents[2] / "shared" / "data"
ROOT = pathlib.Path(os.environ.get("ALLOCENTRIC_DATA", BESIDE))


def folder(name: str) -> pathlib.Path:
    """The folder `name` of real inputs; skips the test, saying so, where it is absent."""
    path = ROOT / name
    if not path.is_dir():
        pytest.skip(f"real input {name!r} is not at {ROOT}: set ALLOCENTRIC_DATA to its folder")
    return path
