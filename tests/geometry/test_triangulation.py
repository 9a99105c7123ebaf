import numpy as np
import pytest

from allocentric.geometry.triangulation import meeting_point
from allocentric.seeds import stream


def test_rays_through_one_point_meet_there() -> None:
    draw = stream(5, "rays")
    point, origins = draw.normal(size=3), draw.normal(size=(6, 3)) * 4
    directions = point - origins
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    met, off = meeting_point(origins, directions)
    np.testing.assert_allclose(met, point, atol=1e-12)
    np.testing.assert_allclose(off, 0, atol=1e-12)


def test_of_two_rays_that_miss_each_other_the_point_half_way_is_nearest() -> None:
    met, off = meeting_point(np.array([[0.0, 0, 0], [3, -1, 2]]), np.array([[1.0, 0, 0], [0, 1, 0]]))
    np.testing.assert_allclose(met, [3, 0, 1], atol=1e-12)
    np.testing.assert_allclose(off, [1, 1], atol=1e-12)


@pytest.mark.parametrize(
    ("directions", "says"), [([[0.0, 0, 1]], "two rays or more"), ([[0.0, 0, 1], [0, 0, -1]], "parallel")]
)
def test_rays_that_tell_no_distance_are_refused(directions: list[list[float]], says: str) -> None:
    rays = np.array(directions)
    with pytest.raises(ValueError, match=says):
        meeting_point(np.zeros_like(rays) + np.arange(len(rays))[:, None], rays)
