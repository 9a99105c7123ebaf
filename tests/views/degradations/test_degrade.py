"""Severity 0 is the picture itself; from there on quality falls, whatever the picture; needs are told."""

import itertools
from typing import Any

import numpy as np
import pytest
from PIL import Image

from allocentric.errors import AllocentricError
from allocentric.geometry.cameras import Fisheye, Panorama, Pinhole
from allocentric.scene.scene import View
from allocentric.views.degradations.degrade import DEPTH_AWARE, KINDS, Kind, degrade
from allocentric.views.paths import looking
from allocentric.views.render import render
from allocentric.worlds.makers import make
from tests import real_data
from tests.views.degradations.seen import CAMERA, pictures, psnr, ssim

STRUCTURAL: frozenset[Kind] = frozenset(KINDS) - {"fisheye"}  # which moves edges: like no like window


@pytest.mark.parametrize("kind", KINDS)
def test_severity_0_is_the_picture_bit_for_bit(kind: Kind) -> None:
    picture = pictures()[0]
    assert np.array_equal(degrade(picture, kind, 0, seed=5), picture.colour)


@pytest.mark.parametrize("kind", KINDS)
def test_quality_falls_with_each_step_of_severity_on_every_picture(kind: Kind) -> None:
    for picture in pictures():
        worse = [degrade(picture, kind, severity, seed=3) for severity in range(6)]
        decibels = [psnr(picture.colour, each) for each in worse]
        assert all(lower < higher for higher, lower in itertools.pairwise(decibels)), decibels
        if kind in STRUCTURAL:
            alike = [ssim(picture.colour, each) for each in worse]
            assert all(lower < higher + 0.01 for higher, lower in itertools.pairwise(alike)), alike
            assert alike[-1] < alike[1]


@pytest.mark.parametrize("kind", KINDS)
def test_quality_falls_with_each_step_of_severity_on_a_photograph(kind: Kind) -> None:
    photographs = sorted((real_data.folder("gtsfm_lund_door") / "images").iterdir())
    with Image.open(photographs[0]) as image:
        colour = np.array(image.convert("RGB").resize((320, 240)))
    # Of a photograph without depth: a floor that rises to a wall, which is enough for blur and haze to vary.
    depth_m = np.tile(np.linspace(4.0, 1.5, 240)[:, None], (1, 320))
    given: dict[str, Any] = {"depth_m": depth_m, "camera": CAMERA} if kind in DEPTH_AWARE else {}
    worse = [degrade(colour, kind, severity, **given) for severity in range(6)]
    decibels = [psnr(colour, each) for each in worse]
    assert all(lower < higher for higher, lower in itertools.pairwise(decibels)), decibels


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_bytes_and_the_size_stays(kind: Kind) -> None:
    picture = pictures()[1]
    once, again = (degrade(picture, kind, 3, seed=9) for _ in range(2))
    assert np.array_equal(once, again)
    assert once.shape == picture.colour.shape


@pytest.mark.parametrize("kind", ["low_light", "motion_blur", "water_drops"])
def test_another_seed_draws_other_noise_drops_and_ways(kind: Kind) -> None:
    picture = pictures()[1]
    assert not np.array_equal(degrade(picture, kind, 3, seed=1), degrade(picture, kind, 3, seed=2))


def test_depth_and_camera_given_apart_give_what_the_rendered_picture_gives() -> None:
    picture = pictures()[0]
    for kind in sorted(DEPTH_AWARE):
        apart = degrade(picture.colour, kind, 3, depth_m=picture.depth_m, camera=CAMERA)
        assert psnr(apart, degrade(picture, kind, 3)) > 60


@pytest.mark.parametrize("kind", sorted(DEPTH_AWARE - {"defocus"}))
def test_panoramas_and_fisheyes_get_hazy_and_move_as_well(kind: Kind) -> None:
    flat = make("flat", 7)
    for camera in (Panorama(120, 60), Fisheye(100, 80, 12.0, 12.0, 50.0, 40.0)):
        picture = render(flat, View("v", looking((2, 3, 1.6), yaw_rad=1.0), camera=camera))
        worse = degrade(picture, kind, 5)
        assert psnr(worse, picture.colour) < 50
        dark = np.isnan(picture.range_m)
        assert np.array_equal(worse[dark], picture.colour[dark])


GREY = np.full((4, 6, 3), 128, dtype=np.uint8)
SMALL = Pinhole(6, 4, 5.0, 5.0, 3.0, 2.0)


@pytest.mark.parametrize(
    ("kind", "severity", "given", "says"),
    [
        ("fog", 1, {}, "no degradation is named 'fog'"),
        ("hase", 1, {}, "did you mean 'haze'"),
        ("jpeg", 6, {}, "a severity of 6"),
        ("jpeg", -1, {}, "a severity of -1"),
        ("haze", 1, {}, "no depth is given"),
        ("haze", 0, {}, "no depth is given"),
        ("defocus", 1, {"depth_m": np.ones((4, 6))}, "no camera is given"),
        ("motion_blur", 1, {"camera": SMALL}, "no depth is given"),
        ("haze", 1, {"depth_m": np.ones((5, 6)), "camera": SMALL}, "differ in size: 6 x 4, 6 x 5"),
        ("haze", 1, {"depth_m": np.zeros((4, 6)), "camera": SMALL}, "100 % of the pixels have no depth"),
        ("haze", 1, {"depth_m": np.full((4, 6), np.nan), "camera": SMALL}, "have no depth above 0"),
    ],
)
def test_what_cannot_be_is_told_and_never_guessed(
    kind: Any, severity: int, given: dict[str, Any], says: str
) -> None:
    with pytest.raises(AllocentricError) as error:
        degrade(GREY, kind, severity, **given)
    assert says in str(error.value)


def test_a_rendered_picture_takes_no_other_depth() -> None:
    picture = pictures()[0]
    with pytest.raises(AllocentricError, match="its own depth"):
        degrade(picture, "haze", 1, depth_m=picture.depth_m, camera=CAMERA)
