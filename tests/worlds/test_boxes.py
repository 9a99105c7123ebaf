import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.errors import BadInput
from allocentric.geometry.poses import rotation_from_quaternion
from allocentric.seeds import stream
from allocentric.worlds.readers.boxes import (
    as_bodies,
    checked_axes,
    half_extents,
    label_of_name,
    plain_label,
    plausibility,
)


def turns(seed: int, count: int) -> np.ndarray:
    return np.stack(
        [rotation_from_quaternion(*each) for each in stream(seed, "turns").normal(size=(count, 4))]
    )


def checked(rotations: np.ndarray) -> tuple[np.ndarray, list[str]]:
    count = len(rotations)
    names = [f"thing {row}" for row in range(count)]
    return checked_axes(names, np.zeros((count, 3)), np.ones((count, 3)), rotations=rotations, where="here")


@given(st.integers(0, 2**32))
def test_good_axes_pass_untouched_and_rounded_ones_are_made_good(seed: int) -> None:
    rotations = turns(seed, 5)
    assert checked(rotations)[0].tobytes() == rotations.tobytes()
    mended, warnings = checked(np.round(rotations, 4))
    np.testing.assert_allclose(mended @ mended.transpose(0, 2, 1), np.tile(np.eye(3), (5, 1, 1)), atol=1e-12)
    np.testing.assert_allclose(mended, rotations, atol=2e-4)
    assert len(warnings) == 1


@pytest.mark.parametrize(("spoilt", "says"), [((1, 1), "skewed"), ((0, 0), "mirrored")])
def test_the_first_bad_box_is_named(spoilt: tuple[int, int], says: str) -> None:
    rotations = turns(1, 4)
    if says == "mirrored":
        rotations[2:, :, 0] *= -1
    else:
        rotations[2:, spoilt[0], spoilt[1]] += 0.1
    with pytest.raises(BadInput, match=f"'thing 2' has {says} axes"):
        checked(rotations)


def test_no_boxes_are_no_trouble() -> None:
    none = np.zeros((0, 3))
    rotations, warnings = checked_axes([], none, none, rotations=np.zeros((0, 3, 3)), where="")
    assert (len(rotations), warnings) == (0, [])
    assert plausibility([], none, none, rotations=rotations) == []
    assert as_bodies(rotations, none, ups=none, fronts=none)[0].shape == (0, 3, 3)


@given(st.integers(0, 2**32))
def test_renamed_axes_are_the_same_box_with_its_front_along_x_and_its_up_along_z(seed: int) -> None:
    random = stream(seed, "bodies")
    rotations, sizes = turns(seed, 6), random.uniform(0.1, 2, size=(6, 3))
    axes = np.concatenate([np.eye(3), -np.eye(3)])
    ups = axes[random.integers(6, size=6)]
    fronts = np.roll(ups, 1, axis=1) * random.choice([-1, 1])
    bodies, renamed, turned = as_bodies(rotations, sizes, ups=ups, fronts=fronts)
    np.testing.assert_allclose(half_extents(renamed, bodies), half_extents(sizes, rotations), atol=1e-12)
    np.testing.assert_array_equal(turned, np.tile([1.0, 0, 0], (6, 1)))
    np.testing.assert_array_equal(bodies[:, :, 2], np.einsum("bij,bj->bi", rotations, ups))
    np.testing.assert_allclose(np.linalg.det(bodies), 1)


def test_a_front_between_two_axes_stays_where_it_points() -> None:
    front = np.array([[np.sqrt(0.5), 0, np.sqrt(0.5)]])
    bodies, _, turned = as_bodies(np.eye(3)[None], np.ones((1, 3)), ups=np.array([[0.0, 1, 0]]), fronts=front)
    np.testing.assert_allclose(bodies[0] @ turned[0], front[0], atol=1e-12)
    assert turned[0, 2] == 0


def test_a_room_lying_on_its_side_is_suspected() -> None:
    rotations = turns(3, 9)
    boxes = np.zeros((9, 3)), np.ones((9, 3))
    assert "is z up?" in plausibility(["box"] * 9, *boxes, rotations=rotations)[0]
    assert plausibility(["box"] * 9, *boxes, rotations=np.tile(np.eye(3), (9, 1, 1))) == []


def test_what_lies_below_the_floor_is_suspected_but_not_the_floor_itself() -> None:
    centers = np.array([[0, 0, -1.0], [0, 0, 0.5], [0, 0, -4]])
    sizes = np.array([[9, 9, 2.0], [1, 1, 1], [1, 1, 1]])
    upright = np.tile(np.eye(3), (3, 1, 1))
    assert plausibility(["floor", "tv", "tv"], centers, sizes, rotations=upright) == [
        "1 things reach below the floor by more than 0.5 m"
    ]


def test_labels_are_written_as_people_say_them() -> None:
    assert plain_label("TV_Stand  big") == "tv stand big"
    names = ["Chair_01", "Chair.002", "chair-3", "chair (4)", "Chair", "room7", "2nd_table_3", "7"]
    told = ["chair", "chair", "chair", "chair", "chair", "room7", "2nd table", "7"]
    assert [label_of_name(each) for each in names] == told
