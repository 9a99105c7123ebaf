"""Every test runs with shapes and types executed, and with the same random draws each time."""

import pathlib
from collections.abc import Callable
from typing import Final

import hypothesis
import jaxtyping
import pytest

# Before anything imports the package: each of its functions and dataclasses is then checked as it is used.
# The numeric tower lets 1 pass for a float, as the static checker does.
jaxtyping.install_import_hook(
    "allocentric", "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))"
)

# The machine's speed must not decide a test: no deadline, no health check that holds a clock.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")

GOLDEN: Final = pathlib.Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden texts anew, then read the diff"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Holds a text to the file of that name in tests/golden, to the letter."""

    def hold(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            path.write_text(text, encoding="utf-8")
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return hold
