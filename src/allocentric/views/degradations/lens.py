"""What a lens does to a picture: out of focus, bent like a fisheye's, with drops of water on it."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from jaxtyping import Float, Float32

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera
from allocentric.geometry.panorama import Panorama
from allocentric.seeds import stream
from allocentric.views.degradations.pixels import Colour, Linear, between, light_of, numbers_of

LAYERS: Final = 10  # at most so many depths, each of one blur, where that is over a pixel apart
SMALLEST: Final = 0.5  # a circle of so many pixels blurs nothing
DROPS: Final = 400  # on a lens, at most
RADII: Final = (0.012, 0.055)  # of drops, in heights of the picture
WIDER: Final = 4.0  # how many times a drop's own width it shows, upside down
REDUCED: Final = 4  # a drop is out of focus: it shows the mean of so many pixels each way

Soft = Float32[np.ndarray, "down across 3"]


def circles_px(
    depth_m: Float[np.ndarray, "height width"], *, focal_px: float, aperture_m: float, focus_m: float
) -> Float[np.ndarray, "height width"]:
    """The diameter of each point's circle of confusion, below 0 for what is nearer than the focus.

    Thin lens: f A (1/s - 1/z), where f is the distance from lens to sensor in pixels, A the diameter of the
    aperture, s the depth in focus.

    >>> circles_px(np.array([[1.0, 2.0, 4.0]]), focal_px=500, aperture_m=0.01, focus_m=2.0).tolist()
    [[-2.5, 0.0, 1.25]]
    """
    circles: Float[np.ndarray, "height width"] = focal_px * aperture_m * (1 / focus_m - 1 / depth_m)
    return circles


def defocus(
    picture: Colour,
    depth_m: Float[np.ndarray, "height width"],
    camera: Camera,
    *,
    aperture_m: float,
    focus_m: float,
) -> Colour:
    """The picture through an aperture of this diameter, in focus at this depth; depths may be infinite.

    Every point is spread over its own circle, in layers of like depth that are laid over each other from far
    to near: what is sharp spreads over nothing, what is near and blurred lies over what is behind it.
    Raises BadInput for a panorama, whose pixels look along no one axis, and for depths not above 0.
    """
    if isinstance(camera, Panorama):
        raise BadInput("a panorama has no focal plane", where="defocus", mend="take a view that looks ahead")
    if not (depth_m > 0).all():
        raise BadInput("some depths are not above 0", where="defocus", mend="say how far these pixels are")
    circles = circles_px(depth_m, focal_px=camera.fx_px, aperture_m=aperture_m, focus_m=focus_m)
    step_px = max(1.0, float(circles.max() - circles.min()) / LAYERS)
    layers = np.rint(circles / step_px).astype(np.int32)
    light = np.dstack([light_of(picture), np.ones(picture.shape[:2], dtype=np.float32)])
    laid = np.zeros_like(light)
    for layer in np.unique(layers)[::-1].tolist():  # the farthest has the greatest circle's number
        own = layers == layer
        over = spread(np.where(own[..., None], light, 0), abs(float(circles[own].mean())))
        laid *= 1 - over[..., 3:]
        laid += over
    return numbers_of(laid[..., :3] / laid[..., 3:])


def spread(
    light: Float32[np.ndarray, "height width c"], circle_px: float
) -> Float32[np.ndarray, "height width c"]:
    """Each pixel's light spread evenly over a disc of this diameter; what falls off the picture is lost."""
    if circle_px < SMALLEST:
        return light
    rows, columns = np.flatnonzero(light.any((1, 2))), np.flatnonzero(light.any((0, 2)))
    kernel, (height, width) = _disc(circle_px), light.shape[:2]
    reach = len(kernel) // 2
    part = light[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].transpose(2, 0, 1)
    size = (_smooth(part.shape[1] + 2 * reach), _smooth(part.shape[2] + 2 * reach))
    product = np.fft.rfft2(part, size) * np.fft.rfft2(kernel, size)
    found = np.fft.irfft2(product, size)[:, : part.shape[1] + 2 * reach, : part.shape[2] + 2 * reach]
    top, left = int(rows[0]) - reach, int(columns[0]) - reach
    held = np.zeros((height + 2 * reach, width + 2 * reach, light.shape[2]), dtype=np.float32)
    held[top + reach : top + reach + found.shape[1], left + reach : left + reach + found.shape[2]] = (
        found.transpose(1, 2, 0)
    )
    inner: Float32[np.ndarray, "height width c"] = held[reach : reach + height, reach : reach + width]
    return inner.clip(min=0)


def bent_pixels(
    width_px: int, height_px: int, *, half_angle_rad: float
) -> tuple[Float[np.ndarray, "height width"], Float[np.ndarray, "height width"]]:
    """Where each pixel of a bent picture comes from in the straight one, x and y: for masks and depth, too.

    As if the straight picture's corners were so far off the axis, and an equidistant lens had taken it: what
    is a share s of the way to a corner shows what is tan(s a) / tan(a) of the way. The corners stay.
    """
    across = np.arange(width_px) + 0.5 - width_px / 2
    down = (np.arange(height_px) + 0.5 - height_px / 2)[:, None]
    radius = np.sqrt(across**2 + down**2) / (math.hypot(width_px, height_px) / 2)
    pull = np.tan(radius * half_angle_rad) / np.maximum(radius, 1e-12) / math.tan(half_angle_rad)
    pull = np.where(radius > 0, pull, half_angle_rad / math.tan(half_angle_rad))
    return across * pull + width_px / 2, down * pull + height_px / 2


def fisheye(picture: Colour, *, half_angle_rad: float) -> Colour:
    """The picture bent as by a fisheye lens whose corners are so far off the axis: below a right angle."""
    height_px, width_px = picture.shape[:2]
    x, y = bent_pixels(width_px, height_px, half_angle_rad=half_angle_rad)
    return numbers_of(between(light_of(picture), x, y))


def water_drops(picture: Colour, *, count: int, seed: int) -> Colour:
    """The picture through a lens with so many drops on it: each shows the scene small, upside down, blurred.

    The same seed gives the same drops, and more of them add to fewer: each hides those after it.
    """
    random = stream(seed, "views", "water drops")
    height_px, width_px = picture.shape[:2]
    light, soft = light_of(picture), _reduced(light_of(picture))
    places = random.random((DROPS, 3))
    for right, down, size in places[:count][::-1]:  # the first comes last, on top
        radius = height_px * (RADII[0] + (RADII[1] - RADII[0]) * size**2)
        _drop(light, soft, at_px=(right * width_px, down * height_px), radius=radius)
    return numbers_of(light)


def _drop(light: Linear, soft: Soft, *, at_px: tuple[float, float], radius: float) -> None:
    """Put one drop into the light, its rim darker."""
    height_px, width_px = light.shape[:2]
    left, right = (int(np.clip(at_px[0] + side * radius, 0, width_px)) for side in (-1, 1))
    top, bottom = (int(np.clip(at_px[1] + side * radius, 0, height_px)) for side in (-1, 1))
    x, y = np.meshgrid(
        np.arange(left, right + 1) + 0.5 - at_px[0], np.arange(top, bottom + 1) + 0.5 - at_px[1]
    )
    inside = (np.arange(left, right + 1) < width_px) & (np.arange(top, bottom + 1) < height_px)[:, None]
    share = np.hypot(x, y) / radius
    cover = (np.clip((1 - share) * radius, 0, 1) * inside).astype(np.float32)[..., None]
    shown = between(soft, (at_px[0] - WIDER * x) / REDUCED, (at_px[1] - WIDER * y) / REDUCED)
    shown *= (1 - 0.45 * np.minimum(share, 1) ** 4).astype(np.float32)[..., None]
    rows, columns = slice(top, top + len(cover)), slice(left, left + cover.shape[1])
    kept = light[rows, columns]
    cover, shown = cover[: kept.shape[0], : kept.shape[1]], shown[: kept.shape[0], : kept.shape[1]]
    light[rows, columns] = kept * (1 - cover) + shown * cover


def _reduced(light: Linear) -> Soft:
    """The mean of each square of pixels; the border's repeated where the picture ends within a square."""
    height, width = light.shape[:2]
    padded = np.pad(light, ((0, -height % REDUCED), (0, -width % REDUCED), (0, 0)), mode="edge")
    squares = padded.reshape(padded.shape[0] // REDUCED, REDUCED, padded.shape[1] // REDUCED, REDUCED, 3)
    means: Soft = squares.mean(axis=(1, 3), dtype=np.float32)
    return means


def _disc(circle_px: float) -> Float32[np.ndarray, "side side"]:
    """The weights of a disc, which sum to 1; a pixel on its rim counts as far as it is within."""
    reach = math.ceil(circle_px / 2)
    along = np.arange(-reach, reach + 1)
    weights = np.clip(circle_px / 2 + 0.5 - np.hypot(along, along[:, None]), 0, 1)
    kernel: Float32[np.ndarray, "side side"] = (weights / weights.sum()).astype(np.float32)
    return kernel


def _smooth(length: int) -> int:
    """The least length from here up whose factors are 2, 3 and 5: quick to transform."""
    while True:
        rest = length
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return length
        length += 1
