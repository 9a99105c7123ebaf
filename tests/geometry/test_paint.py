"""Paint: colours blended between corners, and pictures laid on and repeated, checked by hand."""

from typing import Any, Final

import numpy as np
import pytest

from allocentric.geometry.meshes import Mesh, joined
from allocentric.geometry.paint import Paint, light_on, linear_light, plain_paint

RED: Final = np.array([[[1.0, 0.0, 0.0]]])
CHECKER: Final = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], dtype=np.uint8)
# The two triangles of a square, with the picture just laid on it.
LAID: Final = Paint(
    np.ones((1, 1, 3)),
    np.zeros(2, dtype=int),
    np.array([[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 1], [0, 1.0]]]),
    (CHECKER,),
)
TRIANGLE: Final = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]])


def at(u: float, v: float) -> list[float]:
    """The light of the laid picture at a place of the square, or beyond it."""
    weights = np.array([[1 - u, u - v, v]])  # of the corners (0, 0), (1, 0), (1, 1)
    found: list[float] = light_on(LAID, np.array([0]), weights)[0].tolist()
    return found


@pytest.mark.parametrize(
    ("place", "light"),
    [
        ((0.25, 0.75), [1, 0, 0]),  # the picture's first row is at the top
        ((0.75, 0.75), [0, 1, 0]),
        ((0.25, 0.25), [0, 0, 1]),
        ((0.75, 0.25), [1, 1, 1]),
        ((0.5, 0.75), [0.5, 0.5, 0]),  # half way between two middles, half of each one's light
        ((0.5, 0.5), [0.5, 0.5, 0.5]),
        ((0.35, 0.25), [0.2, 0.2, 1]),
        ((0.0, 0.75), [0.5, 0.5, 0]),  # the picture goes on: left of its first column is its last
        ((1.25, 0.75), [1, 0, 0]),
        ((0.25, -1.25), [1, 0, 0]),
    ],
)
def test_a_picture_is_blended_between_the_middles_of_its_pixels(
    place: tuple[float, float], light: list[float]
) -> None:
    assert at(*place) == pytest.approx(light, abs=1e-12)


def test_grey_is_blended_as_light_and_not_as_numbers() -> None:
    picture = np.array([[[0, 0, 0], [255, 255, 255]]], dtype=np.uint8)
    paint = Paint(LAID.colours, LAID.picture, LAID.uv, (picture,))
    assert light_on(paint, np.array([0]), np.array([[0.5, 0.5, 0]])) == pytest.approx(0.5)


def test_colours_of_corners_are_blended_and_multiply_the_picture() -> None:
    corners = np.tile(np.eye(3), (2, 1, 1))
    assert light_on(plain_paint(corners, 2), np.array([1]), np.array([[0.2, 0.3, 0.5]])).tolist() == [
        [0.2, 0.3, 0.5]
    ]
    both = Paint(corners, LAID.picture, LAID.uv, LAID.pictures)
    weights = np.array([[0.25, 0.5, 0.25]])  # the place (0.75, 0.25), which is white
    assert light_on(both, np.array([0]), weights)[0].tolist() == pytest.approx([0.25, 0.5, 0.25])


def test_linear_light_is_the_formula_of_srgb() -> None:
    numbers = np.arange(256, dtype=np.uint8)
    shares = numbers / 255
    want = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    np.testing.assert_allclose(linear_light(numbers), want, rtol=1e-15)


def test_joined_meshes_keep_their_paint_share_their_pictures_and_are_white_where_they_had_none() -> None:
    first = Mesh(TRIANGLE, np.array([[0, 1, 2]]), plain_paint(RED, 1))
    square = Mesh(
        np.array([[0.0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]), np.array([[0, 1, 2], [0, 2, 3]]), LAID
    )
    bare = Mesh(TRIANGLE, np.array([[2, 1, 0]]))
    whole = joined([first, square, bare, square])
    assert whole.paint is not None
    assert (len(whole.faces), len(whole.paint.pictures)) == (6, 1)
    assert whole.paint.picture.tolist() == [-1, 0, 0, -1, 0, 0]
    weights = np.full((6, 3), 1 / 3)
    light = light_on(whole.paint, np.arange(6), weights)
    assert light[0].tolist() == [1, 0, 0]
    assert light[3].tolist() == [1, 1, 1]
    np.testing.assert_allclose(light[4:], light_on(LAID, np.arange(2), weights[:2]))
    assert whole.corners_m()[5].tolist() == square.corners_m()[1].tolist()
    assert joined([bare, bare]).paint is None


def test_a_mesh_turned_over_or_moved_has_the_same_colour_at_the_same_place() -> None:
    square = Mesh(
        np.array([[0.0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]), np.array([[0, 1, 2], [0, 2, 3]]), LAID
    )
    over = square.turned_over()
    assert over.paint is not None
    weights = np.array([[0.5, 0.3, 0.2]])
    assert over.corners_m()[0, ::-1].tolist() == square.corners_m()[0].tolist()
    back = light_on(over.paint, np.array([0]), weights[:, ::-1])
    np.testing.assert_allclose(back, light_on(LAID, np.array([0]), weights))
    assert square.moved(np.eye(3), np.ones(3)).paint is LAID


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colours": np.ones((3, 1, 3))}, "paint for 2 faces"),
        ({"uv": np.zeros((2, 3, 3))}, "paint for 2 faces"),
        ({"colours": np.full((1, 1, 3), np.nan)}, "not finite"),
        ({"uv": np.full((2, 3, 2), np.inf)}, "not finite"),
        ({"picture": np.array([0, 1])}, "names picture 1; there are 1"),
        ({"pictures": (np.zeros((0, 2, 3), dtype=np.uint8),)}, "height x width x 3"),
    ],
)
def test_paint_that_does_not_fit_is_refused(change: dict[str, Any], says: str) -> None:
    parts = {name: getattr(LAID, name) for name in ("colours", "picture", "uv", "pictures")}
    with pytest.raises((ValueError, TypeError), match=f"{says}|uv"):
        Paint(**(parts | change))


def test_paint_is_for_as_many_faces_as_the_mesh_has() -> None:
    with pytest.raises(ValueError, match="paint for 2 faces; there are 1"):
        Mesh(TRIANGLE, np.array([[0, 1, 2]]), LAID)
