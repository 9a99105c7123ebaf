import numpy as np
import pytest
from shapely.geometry import Polygon

from allocentric.geometry.mesh_gaps import inside_mesh
from allocentric.geometry.meshes import build_tree
from allocentric.geometry.prisms import prism_mesh

L_SHAPE = Polygon([(0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (0, 3)])
WITH_HOLE = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (3, 1), (3, 3), (1, 3)]])


@pytest.mark.parametrize("polygon", [L_SHAPE, WITH_HOLE, Polygon(L_SHAPE.exterior.coords[::-1])])
def test_a_prism_is_closed_faces_outward_and_has_the_volume_of_its_floor(polygon: Polygon) -> None:
    mesh = prism_mesh(polygon, 0.5, 2.5)
    a, b, c = np.moveaxis(mesh.vertices_m[mesh.faces], 1, 0)
    signed = float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)
    assert signed == pytest.approx(2 * polygon.area)  # a face turned inward would count against it


def test_what_stands_in_the_bend_or_in_the_hole_is_outside() -> None:
    points = np.array([[0.5, 2, 1], [2, 2, 1], [3.5, 0.5, 1], [0.5, 0.5, 3]])
    assert inside_mesh(build_tree(prism_mesh(L_SHAPE, 0.5, 2.5)), points).tolist() == [
        True,
        False,
        True,
        False,
    ]
    assert not inside_mesh(build_tree(prism_mesh(WITH_HOLE, 0.5, 2.5)), points)[1]
