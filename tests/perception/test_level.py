import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.perception.level import level_up
from allocentric.seeds import stream


def rights_of(seed: int, count: int, roll_rad: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A true up, pictures' rights that are within an angle of level to it, and their ups."""
    draw = stream(seed, "level")
    up = draw.normal(size=3)
    up /= np.linalg.norm(up)
    level = np.cross(up, draw.normal(size=(count, 3)))
    level /= np.linalg.norm(level, axis=1)[:, None]
    rolls = draw.uniform(-roll_rad, roll_rad, count)[:, None]
    rights = np.cos(rolls) * level + np.sin(rolls) * up
    ups = np.cos(rolls) * up - np.sin(rolls) * level
    return up, rights, ups


@given(st.integers(0, 10_000), st.integers(1, 9), st.floats(0, 0.2))
def test_the_true_up_lies_within_the_bound(seed: int, count: int, roll_rad: float) -> None:
    up, rights, ups = rights_of(seed, count, roll_rad)
    found, tilt_rad = level_up(rights, ups, within_rad=roll_rad)
    assert np.arccos(min(1.0, float(found @ up))) <= tilt_rad + 1e-6


@given(st.integers(0, 10_000), st.floats(0, 0.2), st.floats(0, 0.2))
def test_held_more_level_gravity_is_known_no_worse(seed: int, roll_rad: float, more_rad: float) -> None:
    _, rights, ups = rights_of(seed, 6, roll_rad)
    narrow = level_up(rights, ups, within_rad=roll_rad)[1]
    assert narrow <= level_up(rights, ups, within_rad=roll_rad + more_rad)[1] + 1e-12


def test_pictures_that_look_one_way_leave_gravity_open() -> None:
    rights = np.tile([[1.0, 0, 0]], (4, 1))
    assert level_up(rights, np.tile([[0, 0, 1.0]], (4, 1)), within_rad=0.01)[1] == np.pi


def test_pictures_that_are_not_level_as_stated_are_refused() -> None:
    rights = np.eye(3)
    with pytest.raises(BadInput, match=r"not all level within 5\.7°: 35° at the least"):
        level_up(rights, np.roll(rights, 1, axis=0), within_rad=0.1)
