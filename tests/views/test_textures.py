"""Painted meshes in pictures: the very numbers of a texture, and the colours of corners between them."""

from dataclasses import replace
from typing import Final

import numpy as np
import pytest

from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.meshes import Mesh
from allocentric.geometry.paint import Paint, linear_light, plain_paint
from allocentric.geometry.raycast import EngineName
from allocentric.geometry.raycast_embree import HAS_EMBREE
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.views.light import DAYLIGHT, thing_colours
from allocentric.views.render import render
from tests.views.looking import down

ENGINES: Final[tuple[EngineName, ...]] = ("embree", "float64") if HAS_EMBREE else ("float64",)
CORNERS: Final = np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
FACES: Final = np.array([[0, 1, 2], [0, 2, 3]])
PLACES: Final = np.array([[[0, 0], [1, 0], [1, 1]], [[0, 0], [1, 1], [0, 1.0]]])
CHECKER: Final = np.array([[[200, 0, 30], [0, 250, 7]], [[1, 2, 3], [255, 128, 64]]], dtype=np.uint8)
FOUR: Final = Pinhole(4, 4, 4.0, 4.0, 2.0, 2.0)  # from 2 above: the square, its pixels at eighths


def square(paint: Paint | None) -> Scene:
    """A square of 2 by 2 about the origin, level, with this paint."""
    mesh = Mesh(CORNERS, FACES, paint)
    return scene_of("s", [Thing(label="sheet", size=(2, 2, 0), shape=mesh)])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_texture_of_four_pixels_on_a_square_has_their_numbers_at_their_middles(engine: EngineName) -> None:
    paint = Paint(np.ones((1, 1, 3)), np.zeros(2, dtype=int), PLACES, (CHECKER,))
    two = Pinhole(2, 2, 2.0, 2.0, 1.0, 1.0)
    picture = render(square(paint), down((0, 0, 2), camera=two), engine=engine, light=None)
    np.testing.assert_array_equal(picture.colour, CHECKER)  # x to the right, y up, seen from above


@pytest.mark.parametrize("engine", ENGINES)
def test_between_the_middles_light_is_blended(engine: EngineName) -> None:
    paint = Paint(np.ones((1, 1, 3)), np.zeros(2, dtype=int), PLACES, (CHECKER,))
    picture = render(square(paint), down((0, 0, 2), camera=FOUR), engine=engine, light=None)
    light = linear_light(CHECKER)
    # Pixel (1, 1) is an eighth off the square's middle: 3/4 of the nearest, 1/4 of the next each way.
    want = 0.75 * (0.75 * light[0, 0] + 0.25 * light[0, 1]) + 0.25 * (0.75 * light[1, 0] + 0.25 * light[1, 1])
    np.testing.assert_allclose(linear_light(picture.colour[1, 1]), want, atol=0.004)


def test_every_number_of_a_texture_comes_out_as_it_is() -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    paint = Paint(np.ones((1, 1, 3)), np.zeros(2, dtype=int), PLACES, (greys,))
    camera = Pinhole(16, 16, 16.0, 16.0, 8.0, 8.0)
    picture = render(square(paint), down((0, 0, 2), camera=camera), light=None)
    np.testing.assert_array_equal(picture.colour, greys)


def test_colours_of_corners_are_seen_blended_and_one_colour_plainly() -> None:
    shades = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])  # red is x, green is y
    picture = render(square(plain_paint(shades[FACES], 2)), down((0, 0, 2), camera=FOUR), light=None)
    light = linear_light(picture.colour)
    np.testing.assert_allclose(light[..., 0], np.tile([0.125, 0.375, 0.625, 0.875], (4, 1)), atol=0.004)
    np.testing.assert_allclose(light[..., 1], np.tile([[0.875], [0.625], [0.375], [0.125]], 4), atol=0.004)
    red = render(square(plain_paint(np.array([[[1.0, 0, 0]]]), 2)), down((0, 0, 2), camera=FOUR), light=None)
    assert (red.colour == [255, 0, 0]).all()


def test_a_mesh_without_paint_has_the_colour_of_its_label() -> None:
    scene = square(None)
    picture = render(scene, down((0, 0, 2), camera=FOUR), light=None)
    assert (picture.colour == thing_colours(scene)[0]).all()


def test_each_of_several_painted_things_has_its_own_colour_and_light_falls_on_it() -> None:
    mesh = Mesh(CORNERS / 4, FACES)
    shades = np.eye(3)
    things = [
        Thing(
            label="tile",
            center=(x, 0, 0),
            size=(0.5, 0.5, 0),
            shape=replace(
                mesh.moved(np.eye(3), np.array([x, 0, 0])), paint=plain_paint(shade[None, None], 2)
            ),
        )
        for x, shade in zip((-0.6, 0.0, 0.6), shades)
    ]
    view = down((0, 0, 2), camera=Pinhole(100, 100, 100.0, 100.0, 50.0, 50.0))
    plain, lit = (render(scene_of("s", things), view, light=light) for light in (None, DAYLIGHT))
    for row, shade in enumerate(shades):
        assert (plain.colour[plain.instance == row] == (255 * shade)).all()
        shown = lit.colour[lit.instance == row]
        assert (shown[:, shade == 0] == 0).all()
        assert (shown[:, shade == 1] > 150).all()
