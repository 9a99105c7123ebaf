"""Two implementations of each core relation agree on 10,000 random scenes, outside the margin."""

import json
import pathlib
import subprocess
import sys
from typing import Any

import pytest

from tests.oracle.agree import RELATIONS

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compared() -> dict[str, Any]:
    """What `tests.oracle.agree` found, in a process without run-time type checks."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.oracle.agree"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("relation", [each.__name__ for each in RELATIONS])
def test_both_agree_that(relation: str, compared: dict[str, Any]) -> None:
    assert compared["scenes"] == 10_000
    assert compared["relations"][relation] == ""
