"""A known length makes metric answers of those that had no scale; the others were answered before."""

import math

import numpy as np
import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.frames import BODY_FROM_CAMERA
from allocentric.geometry.meshes import box_mesh
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval
from allocentric.perception.known_length import read_known, with_known_length, with_known_lengths
from allocentric.query.ask import ask
from allocentric.scene.scene import Footprint, Scene, Thing, View, scene_of
from allocentric.scene.truth import Measured, Quantity, Undetermined

UNIT_M = 2.5  # what a scene unit truly is here
UNKNOWN = Interval(0.0, math.inf, open_low=True)


def view(id: str, *at: float) -> View:
    return View(id, Pose(BODY_FROM_CAMERA, np.array(at)), camera=Pinhole(64, 48, 50, 50, 32, 24))


def room(**shared: object) -> Scene:
    """A room at 2.5 m a unit: the door 2 m high, 0.9 wide; sofa and tv 3 m apart, lamp nearer to the sofa."""
    things = [
        Thing(label="door", center=(0, 3, 0.4), size=(0.36, 0.02, 0.8)),
        Thing(label="sofa", center=(0, 0, 0.16), size=(0.4, 0.8, 0.32), front=(1, 0, 0)),
        Thing(label="tv", center=(1.6, 0, 0.4), size=(0.4, 0.4, 0.2)),
        Thing(label="lamp", center=(-0.6, 0, 0.2), size=(0.1, 0.1, 0.4)),
        Thing(label="chair", name="stool to sit on", center=(0, -2, 0.2), size=(0.2, 0.2, 0.4)),
    ]
    views = [view("hall.jpg", 0, 0, 0.6), view("7", 0.2, 0, 0.6), view("2", 0.2, 0.4, 0.6)]
    return scene_of("room", things, **({"views": tuple(views), "scale": UNKNOWN} | shared))


METRIC = [
    ('distance(the("sofa"), the("tv"))', 3.0),
    ('extent(the("door"), along="height")', 2.0),
    ('distance(view("hall.jpg"), view("7"))', 0.5),
    ('volume(the("sofa"))', 1.0 * 2.0 * 0.8),
]
FREE = [
    ('nearest([the("tv"), the("lamp")], to=the("sofa"))', "lamp"),
    (
        'direction(the("tv"), standing(at=the("sofa"), facing=the("stool to sit on")), sectors="left_right")',
        "left",
    ),
    ('extent(the("door"), along="height") / extent(the("door"), along="width")', 0.8 / 0.36),
]


@pytest.mark.parametrize(("program", "truth"), METRIC)
def test_metres_are_undetermined_without_scale_and_told_within_bounds_with_one(
    program: str, truth: float
) -> None:
    before = ask(room(), program).result
    assert isinstance(before, Undetermined)
    assert before.reason == "no_scale"
    after = ask(with_known_length(room(), "door height 2.00 m"), program).result
    assert isinstance(after, Measured)
    assert isinstance(after.possible, Quantity)
    assert after.possible.bound.holds(truth, 1e-9)
    assert after.possible.bound.high / after.possible.bound.low < 1.02


@pytest.mark.parametrize(("program", "truth"), FREE)
def test_what_is_free_of_scale_is_answered_before_and_after_alike(program: str, truth: object) -> None:
    for scene in (room(), with_known_length(room(), "door height 2.0 m")):
        found = ask(scene, program).result
        assert isinstance(found, Measured)
        assert found.value == (pytest.approx(truth) if isinstance(truth, float) else truth)


@pytest.mark.parametrize(
    "text",
    [
        "door height 2.0 m",
        "the door's height 200 cm",
        "height of the door 2 m ± 1 cm",
        "door height 2 m +/- 1 %",
        "door width 0.90 m",
        "door depth 5 cm",
        "door length 2.00m",
        "sofa width 2.00 m",
        "sofa depth 1.00 m",
        "distance between sofa and tv 3.00 m",
        "the distance from the sofa to the tv 3.00 m",
        "sofa to tv 118.1 in",
        "camera 1 to camera 7 0.50 m",  # a camera's own name goes before its number
        "camera hall.jpg to view 2 1.12 m",
        "hall.jpg to 7 50 cm",
        "stool to sit on to sofa 3.75 m",
        "photo 1 to sofa 0.70 m",
    ],
)
def test_every_way_to_state_a_length_holds_the_true_scale(text: str) -> None:
    known = with_known_length(room(), text)
    assert known.scale.holds(UNIT_M, 1e-9), known.scale
    assert known.scale.high / known.scale.low < 1.25
    assert known.parent is not None
    assert text in known.source.notes[-1]


def test_a_length_is_good_to_half_of_its_last_digit_unless_it_says_otherwise() -> None:
    assert read_known("door height 2 m").metres == Interval(1.5, 2.5)
    assert read_known("door height 2.00 m").metres == Interval(1.995, 2.005)
    assert read_known("door height 2 m ± 10 mm").metres == Interval(1.99, 2.01)
    assert read_known("door height 2 m ± 0").metres == Interval(2.0, 2.0)


def test_the_slack_of_the_measured_side_stays_in_the_scale() -> None:
    loose = scene_of("r", [Thing(label="door", size=(0.4, 0.02, 0.8), size_slack=0.1)], scale=UNKNOWN)
    scale = with_known_length(loose, "door height 2 m ± 0").scale
    np.testing.assert_allclose((scale.low, scale.high), (2 / 0.9, 2 / 0.7))


def test_the_slack_of_places_stays_in_a_distance() -> None:
    things = [
        Thing(label="sofa", size=(1, 1, 1), center_slack=(0.1, 0, 0)),
        Thing(label="tv", center=(3, 0, 0), size=(1, 1, 1), yaw_slack_rad=0.1),
    ]
    scale = with_known_length(scene_of("r", things, scale=UNKNOWN), "sofa to tv 2 m ± 0").scale
    assert scale.low < 2 / 2.12 < 2 / 1.88 < scale.high
    assert scale.high < 1.3


def test_where_gravity_is_in_doubt_a_height_is_along_each_axis_that_may_be_up() -> None:
    scale = with_known_length(room(tilt_rad=math.radians(10)), "door height 2.00 m").scale
    assert scale.high < 2.51, "ten degrees do not lay a door on its side"
    scale = with_known_length(room(tilt_rad=math.pi), "door height 2.00 m").scale
    assert scale.high > 90, "nothing says that the door does not lie on the floor"
    assert scale.holds(UNIT_M)
    scale = with_known_length(room(tilt_rad=math.pi), "door length 2.00 m").scale
    assert scale.high < 2.51, "the longest side is what it is"


def test_meshes_and_regions_are_measured_by_their_surfaces() -> None:
    from shapely.geometry import box

    mesh = box_mesh(np.array([1.0, 1, 1])).moved(np.eye(3), np.array([3.0, 0, 0.5]))
    things = [
        Thing(label="statue", center=(3, 0, 0.5), size=(1, 1, 1), shape=mesh),
        Thing(
            label="rug", center=(0, 0, 0.005), size=(2, 2, 0.01), shape=Footprint(box(-1, -1, 1, 1), 0, 0.01)
        ),
    ]
    scene = scene_of("r", things, scale=UNKNOWN)
    assert with_known_length(scene, "rug to statue 3 m ± 0").scale == Interval(2.0, 2.0)
    assert with_known_length(scene, "rug height 2.0 cm").scale.holds(2.0)


def test_lengths_add_up_and_one_that_does_not_fit_is_refused() -> None:
    both = with_known_lengths(room(), ["door height 2 m", "sofa to tv 3.00 m"])
    assert both.scale.high / both.scale.low < 1.01
    with pytest.raises(BadInput, match=r"by what is known already it is 2\.\d+ to 2\.\d+ m") as caught:
        with_known_lengths(room(), ["sofa to tv 3.00 m", "door height 3.00 m"])
    assert caught.value.where == "'door height 3.00 m'"
    metric = room(scale=Interval.of(UNIT_M))
    assert with_known_length(metric, "door height 2.0 m").scale == Interval.of(UNIT_M)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "states no length"),
        ("door height", "states no length"),
        ("door height 2.0", "states no length"),
        ("door height two metres", "states no length"),
        ("door height 2.0 kg", "'kg' is no unit of length"),
        ("door height 2.0 m2", "states no length"),
        ("door height 0 m", "tells no scale"),
        ("door height 2 m ± 3 m", "tells no scale"),
        ("door 2.0 m", "neither a side nor a distance"),
        ("camera 1 height 2.0 m", "a camera has no size"),
        ("tv to tv 1.0 m", "no length in this scene"),
        ("wardrobe height 2.0 m", "size of 'wardrobe' is not known"),
        ("wardrobe to sofa 2.0 m", "where one of the two is"),
        ("plank width 20 cm", "'plank' is tilted: it has no width"),
        ("stool height 40 cm", "'stool' is said of several"),
    ],
)
def test_a_statement_that_tells_nothing_is_refused_with_what_to_write(text: str, says: str) -> None:
    more = [
        Thing(label="wardrobe", size_slack=math.inf, center_slack=math.inf),
        Thing(label="plank", rotation=np.array([[1, 0, 0], [0, 0.6, -0.8], [0, 0.8, 0.6]]), size=(1, 1, 1)),
        Thing(label="stool", size=(1, 1, 1)),
        Thing(label="stool", size=(1, 1, 1)),
    ]
    scene = scene_of("r", [*room().things(), *more], views=room().views, scale=UNKNOWN)
    with pytest.raises(BadInput, match=says):
        with_known_length(scene, text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("sofaa height 2.0 m", "did you mean 'sofa'"),
        ("camera 9 to camera 1 2.0 m", "did you mean 'camera 7'"),
        ("distance between sofa and telly-stand 2.0 m", "use one of"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_near_miss(text: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        with_known_length(room(), text)
    assert near in caught.value.mend
