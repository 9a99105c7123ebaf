"""Random numbers with an address: same path, same numbers, on any machine."""

import hashlib

import numpy as np


def stream(root_seed: int, *path: str | int) -> np.random.Generator:
    """Random numbers for one place in the program: same path, same numbers.

    A new path never shifts an old one, so what was made before stays as it was
    when something new is made beside it. A seed may be negative.

    >>> stream(7, "room", 3).random() == stream(7, "room", 3).random()
    True
    """
    digest = hashlib.sha256(repr(path).encode()).digest()
    negative = [1] if root_seed < 0 else []  # beside those of a seed of 0 or more, which stay as they were
    return np.random.default_rng([abs(root_seed), *digest, *negative])
