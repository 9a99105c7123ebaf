"""Long laws run quickly: what they call is checked, shapes and types, in shorter tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import jaxtyping


@contextmanager
def quickly() -> Iterator[None]:
    """Shapes and types are not executed within."""
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    try:
        yield
    finally:
        jaxtyping.config.update("jaxtyping_disable", before)
