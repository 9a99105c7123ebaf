from fractions import Fraction

import pytest

from allocentric.geometry.sections import Corner, edges, faces, section
from allocentric.worlds.makers.papers import SOLIDS

CUBE = SOLIDS["cube"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("cube", (8, 12, 6)),
        ("triangular prism", (6, 9, 5)),
        ("pyramid", (5, 8, 5)),
        ("tetrahedron", (4, 6, 4)),
        ("octahedron", (6, 12, 8)),
    ],
)
def test_a_solid_has_its_corners_edges_and_faces(name: str, count: tuple[int, int, int]) -> None:
    corners = SOLIDS[name]
    assert (len(corners), len(edges(corners)), len(faces(corners))) == count


@pytest.mark.parametrize(
    ("plane", "sides"),
    [
        (((4, 0, 0), (0, 4, 0), (0, 0, 4)), 3),  # a corner is cut off
        (((0, 0, 4), (8, 0, 4), (0, 8, 4)), 4),  # level, at half its height
        (((8, 0, 0), (0, 8, 0), (0, 0, 8)), 3),  # through three corners
        (((4, 0, 0), (0, 4, 0), (0, 8, 4)), 6),  # through the middles of six edges
        (((0, 0, 0), (8, 8, 0), (0, 0, 8)), 4),  # through two opposite edges
        (((4, 0, 0), (0, 4, 0), (8, 8, 8)), 5),  # through four edges and the far corner
    ],
)  # fmt: skip
def test_cuts_of_a_cube_by_hand(plane: tuple[Corner, Corner, Corner], sides: int) -> None:
    assert len(section(CUBE, plane)) == sides


@pytest.mark.parametrize("plane", [((0, 0, 0), (8, 0, 0), (0, 8, 0)), ((-8, 8, 0), (8, -8, 0), (0, 0, 8))])
def test_a_plane_that_only_touches_cuts_nothing(plane: tuple[Corner, Corner, Corner]) -> None:
    assert section(CUBE, plane) == ()


@pytest.mark.parametrize("name", SOLIDS)
def test_each_corner_of_a_cut_lies_in_the_plane_and_two_in_turn_on_one_face(name: str) -> None:
    corners = SOLIDS[name]
    plane = ((0, 1, 2), (8, 3, 1), (3, 8, 4))
    cut = section(corners, plane)
    p, q, r = plane
    for each in cut:
        a, b, c = ([Fraction(one[axis]) - p[axis] for axis in range(3)] for one in (q, r, each))
        volume = (
            c[0] * (a[1] * b[2] - a[2] * b[1])
            + c[1] * (a[2] * b[0] - a[0] * b[2])
            + c[2] * (a[0] * b[1] - a[1] * b[0])
        )
        assert volume == 0
    assert 3 <= len(cut) <= len(faces(corners))
