"""A change touches just the pixels of its mask: each has a cause, and no other pixel differs by a bit."""

import dataclasses
from typing import Final

import numpy as np
import pytest
import shapely
from jaxtyping import Bool

from allocentric.errors import UnknownName
from allocentric.geometry.cameras import Fisheye, Panorama, Pinhole, pixel_centres, unproject
from allocentric.geometry.raycast import EngineName
from allocentric.geometry.raycast_embree import HAS_EMBREE
from allocentric.scene.edits import moved, turned, without
from allocentric.scene.scene import Scene, Thing, View, derived, scene_of
from allocentric.views.counterfactual import Pair, counterfactual
from allocentric.views.light import Lamp, Light
from allocentric.views.mirrors import render_mirrored
from allocentric.views.paths import looking_at, orbit
from allocentric.views.render import camera_of, render
from allocentric.worlds.makers import make
from tests.views.looking import HUNDRED, WIDE, level
from tests.views.slow_light import Met, bounced, meet, reached_by

ENGINES: Final[tuple[EngineName, ...]] = ("embree", "float64") if HAS_EMBREE else ("float64",)
FLAT: Final = make("flat", 7)
ROOM: Final = scene_of(
    "room",
    [
        Thing(label="floor", center=(0, 0, -0.05), size=(6, 6, 0.1)),
        Thing(label="wall", kind="structure", center=(3, 0, 1.5), size=(0.1, 6, 3)),
        Thing(label="mirror", center=(2.9, 0, 1.2), size=(0.04, 3, 1.8)),
        Thing(label="table", center=(1.4, 0.3, 0.4), size=(0.8, 1.2, 0.8)),
        Thing(label="vase", center=(1.4, 0.1, 1.0), size=(0.25, 0.25, 0.4)),
        Thing(label="box", center=(1.2, -1.3, 0.25), size=(0.5, 0.5, 0.5)),
    ],
)
LIGHT: Final = Light(lamps=(Lamp((0.2, 1.53, 2.47), 1.2),), sun_strength=0.35, sky_strength=0.35)
SMALL: Final = dataclasses.replace(WIDE, width_px=64, height_px=48, fx_px=50, fy_px=50, cx_px=32, cy_px=24)
VIEW: Final = View("v", looking_at((-2.23, -0.61, 1.93), (1.8, 0.03, 0.8)), camera=SMALL)
CHANGES: Final = {
    "without": without(ROOM, ROOM.row("table")),
    "moved": moved(ROOM, ROOM.row("table"), (-0.51, -0.43, 0)),
    "one of a shelf": moved(ROOM, ROOM.row("vase"), (0.02, 0.37, 0)),
    "a mirror gone": without(ROOM, ROOM.row("mirror")),
}


def causes(before: Scene, after: Scene, off_px: tuple[float, float]) -> dict[str, Bool[np.ndarray, "48 64"]]:
    """By cause the pixels that a change touches, ray by ray."""
    directions = unproject(camera_of(VIEW), pixel_centres(SMALL) + np.array(off_px))
    ways = directions.reshape(-1, 3) @ VIEW.world_from_camera.rotation.T
    changed = {
        name
        for scene, other in ((before, after), (after, before))
        for name in scene.names
        if name not in other.names
        or not np.array_equal(scene.centers[scene.row(name)], other.centers[other.row(name)])
    }
    eye = VIEW.world_from_camera.translation_m

    def touched(first: Met | None, second: Met | None) -> str:
        if any(met is not None and met.name in changed for met in (first, second)):
            return "thing"
        if first is None or second is None:
            return ""
        lit = [reached_by(scene, met, LIGHT) for scene, met in ((before, first), (after, second))]
        return "shadow" if lit[0] != lit[1] else ""

    found = {name: np.zeros(len(ways), dtype=bool) for name in ("thing", "shadow", "reflection")}
    for row, way in enumerate(ways):
        first, second = meet(before, eye, way), meet(after, eye, way)
        cause = touched(first, second)
        if cause:
            found[cause][row] = True
        if cause != "thing" and first is not None and second is not None and first.name == "mirror":
            found["reflection"][row] = bool(touched(bounced(before, first, way), bounced(after, second, way)))
    return {name: flags.reshape(48, 64) for name, flags in found.items()}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("engine", ENGINES)
def test_each_pixel_of_the_mask_has_the_cause_that_rays_one_by_one_find(
    change: str, engine: EngineName
) -> None:
    pair = counterfactual(ROOM, CHANGES[change], VIEW, light=LIGHT, engine=engine)
    for name, flags in causes(ROOM, CHANGES[change], (0, 0)).items():
        assert np.array_equal(getattr(pair, name), flags), name


def test_a_pixel_of_several_rays_is_touched_where_one_of_them_is() -> None:
    pair = counterfactual(ROOM, CHANGES["moved"], VIEW, light=LIGHT, finer=2)
    parts = [causes(ROOM, CHANGES["moved"], (x, y)) for x in (-0.25, 0.25) for y in (-0.25, 0.25)]
    for name in ("thing", "shadow", "reflection"):
        assert np.array_equal(getattr(pair, name), np.any([part[name] for part in parts], axis=0)), name


@pytest.mark.parametrize("finer", [1, 2])
@pytest.mark.parametrize("change", CHANGES)
def test_outside_of_the_mask_two_pictures_rendered_apart_are_one_bit_for_bit(change: str, finer: int) -> None:
    pair = counterfactual(ROOM, CHANGES[change], VIEW, light=LIGHT, finer=finer)
    apart = [render_mirrored(scene, VIEW, light=LIGHT, finer=finer) for scene in (ROOM, CHANGES[change])]
    assert np.array_equal(apart[0].colour, pair.before.colour)
    assert np.array_equal(apart[1].colour, pair.after.colour)
    assert np.array_equal(pair.before.colour[~pair.mask], pair.after.colour[~pair.mask])
    assert np.array_equal(pair.before.depth[~pair.thing], pair.after.depth[~pair.thing])


def flat_pairs() -> list[tuple[Scene, Pair]]:
    """Changes of a furnished flat, seen from around."""
    row = FLAT.row("coffee table")
    changes = [
        without(FLAT, row),
        moved(FLAT, row, (0.4, 0.1, 0)),
        turned(FLAT, row, 0.7),
        turned(FLAT, row, -2, alone=True),
    ]
    views = orbit(FLAT, row, WIDE, count=4)
    return [(after, counterfactual(FLAT, after, view, finer=2)) for after, view in zip(changes, views)]


def test_in_a_furnished_flat_all_outside_of_the_mask_is_bit_identical_and_most_within_is_not() -> None:
    for after, pair in flat_pairs():
        apart = render(after, pair.before.view, finer=2)
        assert np.array_equal(apart.colour[~pair.mask], pair.before.colour[~pair.mask])
        assert np.array_equal(apart.colour, pair.after.colour)
        differs = (pair.before.colour != pair.after.colour).any(axis=2)
        assert 0 < pair.mask.sum() < pair.mask.size / 2
        assert differs[pair.mask].mean() > 0.6
        assert pair.thing.any()
        assert pair.shadow.any()
        assert not pair.reflection.any()


def test_what_rests_upon_the_thing_is_named_among_what_changed() -> None:
    pair = counterfactual(ROOM, CHANGES["moved"], VIEW)
    assert pair.changed == ("table", "vase")


def test_nothing_changed_touches_nothing() -> None:
    pair = counterfactual(ROOM, derived(ROOM, "as it was"), VIEW, light=LIGHT)
    assert (pair.changed, bool(pair.mask.any())) == ((), False)


def test_without_shadows_only_the_thing_and_its_reflection_count() -> None:
    pair = counterfactual(ROOM, CHANGES["without"], VIEW, light=Light(shadows=False))
    assert not pair.shadow.any()
    assert pair.thing.any()
    assert pair.reflection.any()
    assert not counterfactual(ROOM, CHANGES["without"], VIEW, light=None).shadow.any()


def test_any_thing_can_be_named_a_mirror_and_none_need_be() -> None:
    none = counterfactual(ROOM, CHANGES["without"], VIEW, mirrors=[])
    assert not none.reflection.any()
    wall = counterfactual(ROOM, CHANGES["without"], VIEW, mirrors=["floor"])
    assert wall.reflection.any()
    assert not np.array_equal(wall.reflection, none.reflection)
    gone = counterfactual(ROOM, CHANGES["a mirror gone"], VIEW, mirrors=["mirror"])
    assert gone.thing.any()
    with pytest.raises(UnknownName, match="did you mean 'mirror'"):
        counterfactual(ROOM, CHANGES["without"], VIEW, mirrors=["miror"])


def test_the_lowest_thing_gone_takes_the_floor_s_outline_down_or_up_with_it() -> None:
    flat = scene_of(
        "s",
        [
            Thing(label="a", center=(3, 1, 0.5), size=(1, 1, 1)),
            Thing(label="b", center=(3, -1, 0.1), size=(1, 1, 1)),
        ],
        floor=shapely.box(0, -4, 9, 4),
    )
    pair = counterfactual(flat, without(flat, 1), level((-1, 0, 1.5), camera=WIDE))
    assert pair.changed == ("b", "the floor")


# Mirrors.


def mirrored() -> tuple[Scene, View]:
    """A mirror that fills the view, facing it, and a cube behind the camera."""
    things = [
        Thing(label="mirror", center=(2.1, 0, 0), size=(0.2, 9, 9)),
        Thing(label="cube", center=(-1, 0.5, 0), size=(1, 1, 1)),
    ]
    return scene_of("s", things), level(camera=HUNDRED)


def test_in_a_mirror_what_is_behind_is_where_its_image_would_be() -> None:
    """The mirror's face is at x = 2: the cube from -1.5 to -0.5, y from 0 to 1, looks as if from 4.5 on."""
    scene, view = mirrored()
    shown = render_mirrored(scene, view, light=None)
    plain = render(scene, view, light=None)
    image = scene_of("image", [Thing(label="cube", center=(5, 0.5, 0), size=(1, 1, 1))])
    there = render(image, view).instance == 0
    colours = [np.unique(shown.colour[flags].reshape(-1, 3), axis=0) for flags in (there, ~there)]
    assert 400 < there.sum() < 700  # a metre of 4.5 is 22 of 100 pixels
    assert len(colours[0]) == 1
    assert not np.array_equal(shown.colour[there][0], plain.colour[there][0])
    assert colours[0][0].tolist() not in colours[1].tolist()
    assert np.array_equal(shown.depth, plain.depth)


def test_a_mirror_that_reflects_nothing_is_a_surface_and_no_mirror_leaves_the_picture_alone() -> None:
    scene, view = mirrored()
    plain = render(scene, view, finer=2)
    assert np.array_equal(render_mirrored(scene, view, reflectance=0.0, finer=2).colour, plain.colour)
    assert np.array_equal(render_mirrored(scene, view, mirrors=[], finer=2).colour, plain.colour)


def test_a_mirror_out_of_sight_changes_nothing_and_a_fisheye_and_a_panorama_see_mirrors_too() -> None:
    scene, _view = mirrored()
    behind = level(yaw_deg=180, camera=Pinhole(50, 50, 200.0, 200.0, 25.0, 25.0))
    assert np.array_equal(render_mirrored(scene, behind).colour, render(scene, behind).colour)
    for camera in (Fisheye(60, 50, 14.0, 14.0, 30.0, 25.0), Panorama(80, 40)):
        seen = level((0.01, 0.02, 0.03), camera=camera)
        plain, shown = render(scene, seen), render_mirrored(scene, seen)
        differs = (plain.colour != shown.colour).any(axis=2)
        assert differs.any()
        assert not differs[plain.instance != 0].any()
        pair = counterfactual(scene, without(scene, 1), seen)
        assert (pair.reflection & (plain.instance == 0)).any()
        assert not (pair.reflection & (plain.instance != 0)).any()
