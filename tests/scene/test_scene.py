import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval
from allocentric.scene.scene import Difference, Scene, Stated, Thing, View, name_things, scene_of

SKEWED = np.array([[1.0, 0.1, 0], [0, 1, 0], [0, 0, 1]])
MIRRORED = np.diag([1.0, 1, -1])


def test_repeated_labels_get_stable_numbers_and_given_names_stay() -> None:
    named = [(None, "chair"), ("chair 1", "chair"), (None, "chair"), (None, "tv"), ("tv", "screen")]
    assert name_things(named) == ("chair 2", "chair 1", "chair 3", "tv 1", "tv")


def test_a_scene_never_changes() -> None:
    scene = scene_of("room", [Thing(label="tv")])
    with pytest.raises(ValueError, match="read-only"):
        scene.centers[0, 0] = 1
    with pytest.raises(AttributeError):
        scene.id = "other"  # type: ignore[misc]


def test_a_scene_does_not_share_the_arrays_that_it_was_made_of() -> None:
    center = np.zeros(3)
    scene = scene_of("room", [Thing(label="tv", center=center)])
    center[0] = 5
    assert scene.centers[0, 0] == 0


@pytest.mark.parametrize(
    ("thing", "what"),
    [
        (Thing(label="tv", center=(np.nan, 0, 0)), "not a finite number"),
        (Thing(label="tv", size=(1, np.inf, 1)), "not a finite number"),
        (Thing(label="tv", size=(1, -1, 1)), "size below 0"),
        (Thing(label="tv", rotation=SKEWED), "skewed axes"),
        (Thing(label="tv", rotation=MIRRORED), "left-handed axes"),
        (Thing(label="tv", rotation=np.full((3, 3), np.nan)), "skewed axes"),
        (Thing(label="tv", front=(2, 0, 0)), "not a unit direction"),
        (Thing(label="tv", center_slack=-1), "slack below 0"),
        (Thing(label="tv", yaw_slack_rad=float("nan")), "slack below 0"),
    ],
)
def test_a_thing_that_cannot_be_is_refused_by_name(thing: Thing, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        scene_of("room", [Thing(label="bed"), thing])
    assert "'tv'" in str(refused.value)


def test_two_things_of_one_name_and_two_views_of_one_id_are_refused() -> None:
    with pytest.raises(BadInput, match="two things are called 'a'"):
        scene_of("room", [Thing(label="tv", name="a"), Thing(label="bed", name="a")])
    view = View("0", Pose(np.eye(3), np.zeros(3)))
    with pytest.raises(BadInput, match="two views"):
        scene_of("room", [], views=(view, view))


def test_a_negative_stated_area_and_a_scale_of_nothing_are_refused() -> None:
    with pytest.raises(BadInput, match="area below 0"):
        scene_of("room", [Thing(label="room")], stated=(Stated(0, "area", Interval(-2, -1)),))
    with pytest.raises(BadInput, match="scale"):
        scene_of("room", [], scale=Interval(0, 0))


def test_a_name_that_is_not_there_comes_with_the_near_miss() -> None:
    scene = scene_of("room", [Thing(label="sofa")])
    assert scene.row("sofa") == 0
    with pytest.raises(UnknownName, match="did you mean 'sofa'"):
        scene.row("soffa")
    with pytest.raises(UnknownName, match="view"):
        scene.view("3")


def test_exactness_is_told_thing_by_thing() -> None:
    things = [Thing(label="tv"), Thing(label="bed", center_slack=0.1), Thing(label="rug", yaw_slack_rad=0.1)]
    scene = scene_of("room", things)
    assert scene.exact_rows == (True, False, False)
    assert not scene.exact
    paired = scene_of("room", things[:1] * 2, differences=(Difference(0, 1, 0, Interval(0, 1)),))
    assert paired.exact_rows == (True, True)  # what is a point stays one, whatever is said of the pair


def test_things_read_back_make_the_same_scene() -> None:
    scene = scene_of(
        "room", [Thing(label="tv", yaw_rad=0.3, front=(0, 1, 0)), Thing(label="tv", size=(1, 2, 3))]
    )
    again: Scene = scene_of("room", scene.things())
    assert again.names == scene.names
    for field in (
        "centers",
        "sizes",
        "rotations",
        "fronts",
        "center_slacks",
        "size_slacks",
        "yaw_slacks_rad",
    ):
        np.testing.assert_array_equal(getattr(again, field), getattr(scene, field))
