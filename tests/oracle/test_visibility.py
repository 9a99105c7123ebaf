"""What a view shows of a thing: anchored by hand, its laws, its twins ray by ray and bound by bound."""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pytest

from allocentric.geometry.cameras import Camera, Fisheye, Panorama, rays
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.poses import Pose
from allocentric.intervals import Interval
from allocentric.oracle.visibility_bounds import bounded_look, exact_look
from allocentric.query.ask import ask
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.parse import parse
from allocentric.scene.scene import Complete, Scene, Sighting, Thing, View, scene_of
from allocentric.scene.truth import ImageBox, Measured, Point, Things, Truth, Unknown
from allocentric.seeds import stream
from allocentric.views.sight import sight
from tests.views.looking import HUNDRED, WIDE, level

ROUND: Final = Panorama(120, 60)


def plate(
    label: str, x: float, y: float, width: float, height: float = 1.0, z: float = 0.0, **known: Any
) -> Thing:
    """An upright plate square to the world's x axis, as thin as a sheet."""
    return Thing(label=label, center=(x, y, z), size=(0.0, width, height), **known)


def views() -> tuple[View, ...]:
    """Straight ahead, to the left, and all around; all from the origin."""
    return (
        replace(level(), id="1"),
        replace(level(yaw_deg=90), id="2"),
        replace(level(camera=ROUND), id="3"),
    )


# In view 1 a metre at 2 m is 50 px, at 4 m 25 px, about (50, 50).
ROOM: Final = scene_of(
    "room",
    [
        plate("sofa", 4, 0, 2, 2),  # columns 25 to 75, rows 25 to 75
        plate("screen", 2, 0.5, 1, 2),  # columns 0 to 50, all rows
        plate("lamp", 2, 3, 1),  # columns -125 to -75
        plate("shelf", 2, -1, 1, 0.5, -0.6),  # columns 75 to 125, rows 67.5 to 92.5
        plate("cup", 6, 1, 0.4, 0.4),  # behind the screen
        plate("door", -3, 0, 1),  # behind the camera
    ],
    views=views(),
    complete=Complete(),
)


def value(program: str, scene: Scene = ROOM) -> Any:
    """What a program comes to."""
    result = ask(scene, program, proof=False).result
    return result.value if isinstance(result, Measured) else result.reason


@pytest.mark.parametrize(
    ("program", "wanted"),
    [
        ('visible_in(the("sofa"), view(1))', True),
        ('visible_in(the("cup"), view(1))', False),
        ('visible_in(the("lamp"), view(1))', False),
        ('visible_in(the("lamp"), view(3))', True),
        ('visible_in(the("lamp"), turned(camera(view(1)), deg(60)))', True),
        ('visible_in(the("cup"), moved(camera(view(3)), forward=5))', True),  # past the screen and the sofa
        ('visible_in(the("door"), turned(camera(view(1)), deg(180)))', True),
        ('visible_share(the("sofa"), view(1))', 0.5),  # columns 50 to 75 of 25 to 75
        ('visible_share(the("screen"), view(1))', 1.0),
        ('visible_share(the("lamp"), view(1))', 0.0),
        ('visible_share(the("shelf"), view(1))', 1.0),  # nothing hides what is in the picture
        ('visible_share(the("shelf"), view(1), of="whole")', 0.5),
        ('cut_off(the("shelf"), view(1))', 0.5),
        ('cut_off(the("sofa"), view(1))', 0.0),
        ('cut_off(the("door"), view(1))', 1.0),
        ('cut_off(the("shelf"), view(3))', 0.0),
        ('hidden_by(the("sofa"), view(1))', ("screen",)),
        ('hidden_by(the("screen"), view(1))', ()),
        ('box_in(the("sofa"), view(1))', (50.0, 25.0, 75.0, 75.0)),
        ('pixel_in(the("sofa"), view(1))', (50.0, 50.0)),
        ('pixel_in(the("cup"), view(1))', (50 - 100 / 6, 50.0)),  # hidden or not
        ('box_in(the("cup"), view(1))', "hidden"),
        ('box_in(the("lamp"), view(1))', "never_seen"),
        ('pixel_in(the("lamp"), view(1))', "never_seen"),
        ("count(visible_in(view(1)))", 3),
        ('count(all("lamp") & visible_in(view("3")))', 1),
        (
            'exists(hidden_by(the("cup"), view(1))) and not visible_in(the("cup"), view(1))',
            True,
        ),  # fully hidden
        ('exists(hidden_by(the("sofa"), view(1))) and visible_in(the("sofa"), view(1))', True),  # partly
        ('exists(hidden_by(the("lamp"), view(1)))', False),  # not in the picture at all
        ('first_seen(the("sofa"))', 1),
        ('first_seen(the("lamp"))', 3),
        ('first_seen(all("lamp") | all("sofa"))', 1),
        ('visible_in(the("sofa"), world())', "no_frame"),
    ],
)
def test_what_is_seen_is_what_a_hand_finds(program: str, wanted: Any) -> None:
    each = wanted if isinstance(wanted, tuple) else (wanted,)
    numbers = all(isinstance(number, float) for number in each)
    assert value(program) == (pytest.approx(wanted) if numbers else wanted)


def test_in_a_panorama_places_are_angles_left_and_up() -> None:
    around = scene_of(
        "s",
        [
            Thing(label="left", center=(0, 2, 0), size=(0.6, 0, 0.6)),
            Thing(label="up left", center=(0, 2, 2), size=(0.1, 0.1, 0.1)),
            Thing(label="behind", center=(-2, 0, 0), size=(0, 1.0, 1.0)),
        ],
        views=views(),
        complete=Complete(),
    )
    assert value('pixel_in(the("left"), view(3))', around) == pytest.approx((math.pi / 2, 0.0))
    assert value('pixel_in(the("up left"), view(3))', around) == pytest.approx((math.pi / 2, math.pi / 4))
    left, top, right, bottom = value('box_in(the("behind"), view(3))', around)
    half = math.atan(0.25)
    assert (left, right) == pytest.approx((half - math.pi, -math.pi - half), abs=0.06)  # on over the seam
    assert (top, bottom) == pytest.approx((half, -half), abs=0.06)


def test_the_margin_is_in_pixels_to_being_seen_and_the_evidence_is_what_hides() -> None:
    beside = ask(ROOM, 'visible_in(the("lamp"), view(1))')
    assert beside.margin is not None
    assert beside.margin.unit == "px"
    assert beside.margin.gap == pytest.approx(75)
    assert {fact.thing for fact in beside.result.evidence} == {"lamp", "view 1"}
    behind = ask(ROOM, 'visible_in(the("cup"), view(1))')
    assert {fact.thing for fact in behind.result.evidence} == {"cup", "screen", "view 1", None}
    assert {fact.thing for fact in behind.needed_facts()} == {"cup", "screen"}
    seen = ask(ROOM, 'visible_in(the("sofa"), view(1))')
    assert seen.margin is not None
    assert seen.margin.gap == 25 * 50
    assert {"sofa", "screen", "cup", None} <= {fact.thing for fact in seen.result.evidence}


def test_a_share_is_told_in_percent_and_its_comparison_has_a_margin_in_shares() -> None:
    assert ask(ROOM, 'visible_share(the("sofa"), view(1))').text == "50 %"
    over = ask(ROOM, 'visible_share(the("sofa"), view(1)) > 0.1').margin
    assert over is not None
    assert over.unit == "share"
    assert over.gap == pytest.approx(0.4)


def test_a_view_without_a_camera_is_a_reason() -> None:
    bare = replace(views()[0], camera=None, size_px=None)
    found = ask(replace(ROOM, views=(bare,)), 'visible_in(the("sofa"), view(1))').undetermined
    assert found is not None
    assert found.reason == "not_measured"
    assert "view 1" in found.detail
    assert "camera" in found.remedy


def test_what_the_scene_says_to_be_seen_is_seen_without_a_camera_or_a_place() -> None:
    bare = replace(views()[0], camera=None, size_px=None)
    lost = plate("sofa", 0, 0, 1, center_slack=math.inf)
    stated = scene_of("s", [lost], views=(bare,), sightings=(Sighting(0, "1", (1.0, 2.0, 3.0, 4.0), 0.25),))
    assert value('visible_in(the("sofa"), view(1))', stated) is True
    assert value('visible_share(the("sofa"), view(1))', stated) == 0.25
    assert value('box_in(the("sofa"), view(1))', stated) == (1, 2, 3, 4)


def test_what_is_not_listed_may_be_in_between_but_brings_nothing_into_the_picture() -> None:
    partial = replace(ROOM, complete=None)
    found = ask(partial, 'visible_in(the("sofa"), view(1))').undetermined
    assert found is not None
    assert found.reason == "not_complete"
    assert value('visible_in(the("cup"), view(1))', partial) is False
    assert value('visible_in(the("lamp"), view(1))', partial) is False


def test_a_thing_that_may_or_may_not_be_in_between_leaves_it_open_and_says_so() -> None:
    screen = replace(ROOM.things()[1], center_slack=(0, 3.0, 0))
    loose = replace(scene_of("s", [ROOM.things()[0], screen]), views=views(), complete=Complete())
    found = ask(loose, 'visible_in(the("sofa"), view(1))').undetermined
    assert found is not None
    assert "screen" in found.remedy
    near = replace(screen, center_slack=(0, 0.1, 0))  # it covers between 45 and 55 columns from the left
    told = replace(scene_of("s", [ROOM.things()[0], near]), views=views(), complete=Complete())
    assert value('visible_in(the("sofa"), view(1))', told) is True
    bound = evaluate(check(parse('visible_share(the("sofa"), view(1))')), told)[0]
    assert bound.bound.low == pytest.approx(0.4, abs=0.03)  # type: ignore[union-attr]
    aside = replace(screen, center=(2, 9, 0), center_slack=1.0)
    far = replace(scene_of("s", [ROOM.things()[0], aside]), views=views(), complete=Complete())
    assert value('visible_share(the("sofa"), view(1))', far) == 1.0


def test_a_loose_thing_that_is_surely_covered_is_not_seen() -> None:
    things = [plate("wall", 2, 0, 3, 3), plate("cup", 5, 0, 0.2, 0.2, center_slack=0.3)]
    scene = scene_of("s", things, views=views(), complete=Complete())
    assert value('visible_in(the("cup"), view(1))', scene) is False
    assert value('hidden_by(the("wall"), view(1))', scene) == ()
    assert value('visible_in(the("cup"), view(2))', scene) is False


# Laws.


def drawn(seed: int, count: int = 12, *, camera: Camera = WIDE) -> Scene:
    """Boxes around two views."""
    random = stream(seed, "seen")
    things = [
        Thing(
            label="box",
            center=random.uniform(-4, 4, 3) * [1, 1, 0.3],
            size=random.uniform(0.2, 1.5, 3),
            yaw_rad=float(random.uniform(0, 6)),
        )
        for _ in range(count)
    ]
    seen = [replace(level((0.1, 0.2, 0.1), yaw, camera=camera), id=str(yaw)) for yaw in (0, 130)]
    return scene_of("drawn", things, views=tuple(seen), complete=Complete())


def shares(scene: Scene) -> list[float]:
    """The visible share of each thing in the first view."""
    names = [f'visible_share(the("{name}"), view(0))' for name in scene.names]
    return [float(value(each, scene)) for each in names]


def test_moving_turning_and_scaling_the_world_changes_no_share() -> None:
    scene = drawn(1)
    turn, shift, size = rotation_about_up(0.7), np.array([100.0, -40, 3]), 2.5
    moved = replace(
        scene,
        centers=size * scene.centers @ turn.T + shift,
        sizes=size * scene.sizes,
        rotations=turn @ scene.rotations,
        scale=Interval(0.0, math.inf),  # and of the scale nothing is known
        views=tuple(
            replace(
                each,
                world_from_camera=Pose(
                    turn @ each.world_from_camera.rotation,
                    size * turn @ each.world_from_camera.translation_m + shift,
                ),
            )
            for each in scene.views
        ),
    )
    assert shares(moved) == pytest.approx(shares(scene), abs=0.01)  # a ray may graze an edge
    assert sum(a == b for a, b in zip(shares(moved), shares(scene), strict=True)) >= len(scene) - 1


def test_one_thing_more_never_raises_a_share() -> None:
    for seed in range(4):
        scene = drawn(seed)
        others = [
            replace(each, name=f"other {row}") for row, each in enumerate(drawn(seed + 100, 3).things())
        ]
        more = scene_of("more", [*scene.things(), *others])
        more = replace(more, views=scene.views, complete=Complete())
        assert all(a <= b for a, b in zip(shares(more), shares(scene), strict=False))


def test_shares_are_those_of_rays_followed_one_by_one() -> None:
    scene = drawn(2, 6, camera=replace(WIDE, width_px=40, height_px=30, cx_px=20.0, cy_px=15.0))
    view = scene.views[0]
    directions = rays(view.camera).reshape(-1, 3) @ view.world_from_camera.rotation.T  # type: ignore[arg-type]
    ranges = np.array([[hit(scene, row, view, way) for way in directions] for row in range(len(scene))])
    nearest = np.where(np.isfinite(ranges.min(axis=0)), ranges.argmin(axis=0), -1)
    for row, share in enumerate(shares(scene)):
        alone = np.isfinite(ranges[row])
        expected = (nearest[alone] == row).mean() if alone.any() else 0.0
        assert share == pytest.approx(expected, abs=1e-12)


def hit(scene: Scene, row: int, view: View, way: np.ndarray) -> float:
    """How far along a ray a box begins, by its six faces one after the other."""
    turn = scene.rotations[row]
    start = (view.world_from_camera.translation_m - scene.centers[row]) @ turn
    along, half, found = way @ turn, scene.sizes[row] / 2, math.inf
    for axis in range(3):
        for side in (-half[axis], half[axis]):
            if along[axis] == 0:
                continue
            far = (side - start[axis]) / along[axis]
            others = [other for other in range(3) if other != axis]
            if 0 < far < found and all(abs(start[o] + far * along[o]) <= half[o] for o in others):
                found = far
    return found


@pytest.mark.parametrize("camera", [WIDE, ROUND, Fisheye(100, 80, 30.0, 30.0, 50.0, 40.0)])
def test_the_bounds_of_what_is_known_exactly_are_the_exact_picture(camera: Camera) -> None:
    scene = drawn(3, camera=camera)
    for row in range(len(scene)):
        exact = exact_look(scene, scene.views[0], row)
        bounded = bounded_look(scene, scene.views[0], row)
        assert np.array_equal(exact.pixels, bounded.pixels)
        assert np.array_equal(exact.visible, bounded.visible)
        assert np.array_equal(exact.hidden, bounded.hidden)
        assert exact.hiders == bounded.hiders


@pytest.mark.parametrize("seed", range(6))
def test_whatever_scene_lies_within_the_bounds_its_picture_is_possible(seed: int) -> None:
    random = stream(seed, "loose boxes")
    exact = drawn(seed, 8)
    slack = random.choice([0.0, 0.0, 0.05, 0.4], size=(8, 3))
    yaws = random.choice([0.0, 0.0, 0.2], size=8)
    loose = replace(exact, center_slacks=slack, yaw_slacks_rad=yaws, size_slacks=slack / 4)
    within = [
        replace(
            exact,
            centers=exact.centers + slack * random.uniform(-1, 1, (8, 3)),
            sizes=exact.sizes + np.minimum(slack / 4, exact.sizes) * random.uniform(-1, 1, (8, 3)),
            rotations=np.array([rotation_about_up(each) for each in yaws * random.uniform(-1, 1, 8)])
            @ exact.rotations,
        )
        for _ in range(5)
    ]
    said = 0
    for row, view in [(row, view) for row in range(8) for view in exact.views]:
        bound = bounded_look(loose, view, row)
        surely, never = set(bound.pixels[bound.visible].tolist()), bound.pixels[bound.hidden]
        possible = set(bound.pixels.tolist()) - set(never.tolist())
        said += len(surely) + len(never)
        for each in within:
            seen = exact_look(each, view, row)
            shown = set(seen.pixels[seen.visible].tolist())
            assert surely <= shown <= possible
            assert set(seen.hiders.possible) <= set(bound.hiders.possible)
            assert set(bound.hiders.sure) <= set(seen.hiders.sure)
    assert said > 200  # the bounds say something


def test_bounds_of_boxes_and_points_in_a_picture_hold_what_is_drawn_within_them() -> None:
    sizes = np.maximum(ROOM.sizes, 0.3)
    solid = replace(ROOM, sizes=sizes)
    loose = replace(solid, center_slacks=np.full((6, 3), 0.05))
    box = evaluate(check(parse('box_in(the("sofa"), view(1))')), loose)[0]
    point = evaluate(check(parse('pixel_in(the("sofa"), view(1))')), loose)[0]
    assert isinstance(box, ImageBox)
    assert isinstance(point, Point)
    random = stream(0, "boxes")
    for _ in range(10):
        exact = replace(solid, centers=ROOM.centers + random.uniform(-0.05, 0.05, (6, 3)))
        edges, pixel = (
            value('box_in(the("sofa"), view(1))', exact),
            value('pixel_in(the("sofa"), view(1))', exact),
        )
        assert all(bound.holds(each, 1e-9) for bound, each in zip(box.edges, edges, strict=True))
        assert point.x.holds(pixel[0], 1e-9)
        assert point.y.holds(pixel[1], 1e-9)


def test_a_set_of_which_some_are_surely_seen_is_counted_with_bounds() -> None:
    screen = replace(ROOM.things()[1], center_slack=(0, 0.9, 0))
    loose = replace(scene_of("s", [ROOM.things()[0], screen, plate("box", 2, -0.9, 0.1)]), views=views())
    loose = replace(loose, complete=Complete())
    seen = evaluate(check(parse("visible_in(view(1))")), loose)[0]
    assert isinstance(seen, Things)
    assert set(seen.members.sure) <= set(seen.members.possible)
    assert 2 in seen.members.sure
    truth = evaluate(check(parse('visible_in(the("sofa"), view(1))')), loose)[0]
    assert isinstance(truth, Truth | Unknown)


def test_pictures_are_those_of_the_camera_of_the_view() -> None:
    assert sight(ROOM, ROOM.view("1")).view.camera == HUNDRED
