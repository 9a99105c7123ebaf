"""Articulated models: joints move what hangs on them, and what does not fit is named."""

import math
import pathlib

import numpy as np
import pytest

from allocentric.errors import BadInput
from allocentric.worlds.readers.mesh_file import nodes_of
from allocentric.worlds.readers.reader import peek
from allocentric.worlds.readers.urdf import visuals_of
from tests.real_data import folder

VISUAL = "<visual><geometry><mesh filename='{0}.obj'/></geometry></visual>"
LINKS = "".join(f"<link name='{name}'>{VISUAL.format(name)}</link>" for name in ("body", "door", "knob"))
HINGE = (
    "<joint name='hinge' type='revolute'><parent link='body'/><child link='door'/>"
    "<origin xyz='1 0 0' rpy='0 0 1.5707963267948966'/><axis xyz='0 0 1'/></joint>"
)
HELD = (
    "<joint name='held' type='fixed'><parent link='door'/><child link='knob'/>"
    "<origin xyz='0.8 0 0.5'/></joint>"
)


def put(path: pathlib.Path, inside: str) -> pathlib.Path:
    path.write_text(f"<robot name='cupboard'>{inside}</robot>")
    return path


def spots(path: pathlib.Path, **set_to: float) -> dict[str, list[float]]:
    return {each.path.stem: each.root_from_mesh[:3, 3].round(9).tolist() for each in visuals_of(path, set_to)}


def test_what_hangs_on_a_joint_moves_with_it(tmp_path: pathlib.Path) -> None:
    path = put(tmp_path / "a.urdf", LINKS + HELD + HINGE)
    assert spots(path) == {"body": [0, 0, 0], "door": [1, 0, 0], "knob": [1, 0.8, 0.5]}
    assert spots(path, hinge=math.pi / 2)["knob"] == [0.2, 0, 0.5]
    (knob,) = (each for each in visuals_of(path, [math.pi / 2]) if each.path.stem == "knob")
    np.testing.assert_allclose(knob.root_from_mesh[:3, 3], [0.2, 0, 0.5], atol=1e-12)


def test_rpy_turns_about_x_then_y_then_z(tmp_path: pathlib.Path) -> None:
    turned = HELD.replace(
        "<origin xyz='0.8 0 0.5'/>", "<origin rpy='1.5707963267948966 0 1.5707963267948966'/>"
    )
    (knob,) = (
        each
        for each in visuals_of(put(tmp_path / "a.urdf", LINKS + turned + HINGE.replace("rpy", "no")), {})
        if each.path.stem == "knob"
    )
    # y is first raised to z, and stays there; z falls to -y, and is then turned to x.
    np.testing.assert_allclose(knob.root_from_mesh[:3, :3] @ [0, 1, 0], [0, 0, 1], atol=1e-12)
    np.testing.assert_allclose(knob.root_from_mesh[:3, :3] @ [0, 0, 1], [1, 0, 0], atol=1e-12)


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        (LINKS + HINGE, "2 links hang on none"),
        (
            LINKS + HELD + HINGE.replace("'body'", "'wall'"),
            "'hinge' names the link 'wall', which is not there",
        ),
        (LINKS + HELD + HINGE.replace("0 0 1'/>", "0 0 0'/>"), "its axis has no direction"),
        (LINKS + HELD.replace("0.8 0 0.5", "0.8 0"), "'0.8 0' is not three finite numbers"),
        (LINKS + HELD.replace("0.8 0 0.5", "a b c"), "could not convert string to float: 'a'"),
        (LINKS + "<joint name='j'/>", "it has no parent or no child"),
        ("", "0 links hang on none"),
        ("<link>", "this is no XML"),
    ],
)
def test_a_model_that_does_not_hang_together_is_refused(
    inside: str, says: str, tmp_path: pathlib.Path
) -> None:
    with pytest.raises(BadInput, match=says):
        visuals_of(put(tmp_path / "a.urdf", inside), {})


def test_links_in_a_circle_are_refused(tmp_path: pathlib.Path) -> None:
    circle = HELD.replace("'door'", "'knob'").replace("<child link='knob'/>", "<child link='door'/>")
    back = HELD.replace("held", "back")
    path = put(tmp_path / "a.urdf", LINKS + circle + back)
    with pytest.raises(BadInput, match="does not hang on the root"):
        visuals_of(path, {})


def test_a_real_fridge_has_one_door_over_the_other_and_they_swing_out() -> None:
    path = folder("habitat_test_dataset") / "urdf" / "fridge" / "fridge.urdf"

    def extents(**set_to: float) -> dict[str, np.ndarray]:
        found = dict[str, np.ndarray]()
        for visual in visuals_of(path, set_to):
            for _, node, mesh, _ in nodes_of(peek(visual.path))[0]:
                spots = (
                    np.c_[mesh.vertices_m, np.ones(len(mesh.vertices_m))] @ (visual.root_from_mesh @ node).T
                )
                held = found.get(visual.path.stem, spots[:, :3])
                found[visual.path.stem] = np.concatenate([held, spots[:, :3]])
        return {name: np.stack([each.min(0), each.max(0)]) for name, each in found.items()}

    shut, open_ = extents(), extents(top_door_hinge=1.5)
    assert shut["top_door"][0, 1] == pytest.approx(shut["bottom_door"][1, 1], abs=0.01), "y is up"
    assert shut["body"][1, 1] == pytest.approx(shut["top_door"][1, 1], abs=0.01)
    assert open_["top_door"][1, 0] - shut["top_door"][1, 0] > 0.5
    np.testing.assert_array_equal(open_["bottom_door"], shut["bottom_door"])
