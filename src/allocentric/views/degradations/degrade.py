"""A picture made worse in one of nine ways, on a scale from 0 (the picture itself) to 5."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Camera, range_from_depth
from allocentric.views.degradations.coding import jpeg, low_resolution
from allocentric.views.degradations.exposure import haze, low_light, over_exposure
from allocentric.views.degradations.lens import defocus, fisheye, water_drops
from allocentric.views.degradations.motion import hand_path, motion_blur
from allocentric.views.degradations.pixels import Colour
from allocentric.views.render import Picture, camera_of

Kind = Literal[
    "defocus",
    "fisheye",
    "haze",
    "jpeg",
    "low_light",
    "low_resolution",
    "motion_blur",
    "over_exposure",
    "water_drops",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
DEPTH_AWARE: Final[frozenset[Kind]] = frozenset({"defocus", "haze", "motion_blur"})
WORST: Final = 5
FOCUS_M: Final = 0.5  # an out of focus picture is focused on what is held before the lens

# What the severities 1 to 5 are. The last are about the severe ends of published robustness tests.
SCALES: Final[dict[Kind, tuple[float, ...]]] = {
    "defocus": (0.004, 0.008, 0.014, 0.024, 0.040),  # diameter of the aperture, metres
    "fisheye": (20.0, 30.0, 40.0, 50.0, 60.0),  # from the axis to a corner, degrees
    "haze": (0.06, 0.13, 0.25, 0.45, 0.8),  # share scattered in a metre (beta)
    "jpeg": (40, 20, 10, 5, 2),  # quality
    "low_light": (0.3, 0.1, 0.03, 0.012, 0.004),  # share of the light
    "low_resolution": (1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32),  # pixels kept, each way
    "motion_blur": (1 / 60, 1 / 30, 1 / 15, 1 / 8, 1 / 4),  # exposure, seconds
    "over_exposure": (1.3, 1.8, 2.6, 4.0, 7.0),  # times the light
    "water_drops": (12, 30, 60, 120, 240),  # drops
}


@dataclass(frozen=True, eq=False, slots=True)
class _Deep:
    """How far each pixel is, along the view and along its ray; NaN where the camera's lens shows nothing."""

    depth_m: Float[np.ndarray, "height width"]
    range_m: Float[np.ndarray, "height width"]
    camera: Camera


def degrade(
    picture: Picture | Colour,
    kind: Kind | str,
    severity: int,
    *,
    seed: int = 0,
    depth_m: Float[np.ndarray, "down across"] | None = None,
    camera: Camera | None = None,
) -> Colour:
    """A picture's colours, so much the worse: 0 is the picture itself bit for bit, 5 the worst.

    Defocus, haze and motion blur follow from how far things are: a rendered `Picture` knows it; for mere
    colours give `depth_m` along z (infinite for the sky) and the `camera`. The seed draws noise, drops and
    the way of the hand; the same seed gives the same bytes. Each kind has a function of its own, in physical
    units. `fisheye` moves pixels; `bent_pixels` says where to. Raises BadInput for a severity that is none,
    depth or camera that are needed and missing, or of another size, and UnknownName for a kind.

    >>> grey = np.full((4, 4, 3), 128, dtype=np.uint8)
    >>> degrade(grey, "over_exposure", 5)[0, 0].tolist()
    [255, 255, 255]
    """
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise UnknownName("degradation", kind, KINDS, where="degrade")
    if isinstance(severity, bool) or severity not in range(WORST + 1):
        mend = "give a whole number from 0, the picture itself, to 5"
        raise BadInput(f"a severity of {severity}", where=f"degrade, {kind}", mend=mend)
    colour = picture.colour if isinstance(picture, Picture) else picture
    if known in DEPTH_AWARE:
        deep = _deep(picture, depth_m, camera, where=f"degrade, {kind}")
        return _by_depth(colour, known, severity, deep=deep, seed=seed) if severity else colour
    return _plainly(colour, known, severity, seed=seed) if severity else colour


def _plainly(colour: Colour, kind: Kind, severity: int, *, seed: int) -> Colour:
    """What follows from the numbers of the picture alone."""
    amount = SCALES[kind][severity - 1]
    match kind:
        case "fisheye":
            return fisheye(colour, half_angle_rad=math.radians(amount))
        case "jpeg":
            return jpeg(colour, quality=int(amount))
        case "low_light":
            return low_light(colour, exposure=amount, seed=seed)
        case "low_resolution":
            return low_resolution(colour, factor=amount)
        case "over_exposure":
            return over_exposure(colour, exposure=amount)
        case "water_drops":
            return water_drops(colour, count=int(amount), seed=seed)
        case _:
            raise ValueError(f"{kind} follows from depth")


def _by_depth(colour: Colour, kind: Kind, severity: int, *, deep: _Deep, seed: int) -> Colour:
    """What follows from how far things are."""
    amount = SCALES[kind][severity - 1]
    match kind:
        case "defocus":
            depth_m = _where_shown(deep.depth_m, np.inf)
            return defocus(colour, depth_m, deep.camera, aperture_m=amount, focus_m=FOCUS_M)
        case "haze":
            return haze(colour, _where_shown(deep.range_m, 0.0), beta_per_m=amount)
        case "motion_blur":
            range_m = _where_shown(deep.range_m, np.inf)
            return motion_blur(colour, range_m, deep.camera, path=hand_path(amount, seed=seed))
        case _:
            raise ValueError(f"{kind} does not follow from depth")


def _deep(
    picture: Picture | Colour,
    depth_m: Float[np.ndarray, "down across"] | None,
    camera: Camera | None,
    *,
    where: str,
) -> _Deep:
    if isinstance(picture, Picture):
        if depth_m is not None or camera is not None:
            what = "a rendered picture has its own depth and camera"
            raise BadInput(what, where=where, mend="leave them out, or give its `colour` alone")
        return _Deep(picture.depth_m, picture.range_m, camera_of(picture.view))
    if depth_m is None or camera is None:
        missing = "depth" if depth_m is None else "camera"
        what = f"it follows from how far things are, and no {missing} is given"
        raise BadInput(what, where=where, mend="give `depth_m` along z, and the `camera`")
    sizes = {picture.shape[:2], depth_m.shape, (camera.height_px, camera.width_px)}
    if len(sizes) > 1:
        said = ", ".join(f"{width} x {height}" for height, width in sorted(sizes))
        what = f"picture, depth and camera differ in size: {said}"
        raise BadInput(what, where=where, mend="bring them to one size first")
    unknown = ~(depth_m > 0)
    if unknown.any():
        what = f"{100 * unknown.mean():.3g} % of the pixels have no depth above 0"
        raise BadInput(what, where=where, mend="say how far they are, `np.inf` for the sky")
    return _Deep(depth_m, range_from_depth(camera, depth_m), camera)


def _where_shown(
    lengths_m: Float[np.ndarray, "height width"], missing_m: float
) -> Float[np.ndarray, "height width"]:
    """The lengths, and for what the lens does not show one that changes nothing there."""
    return np.where(np.isnan(lengths_m), missing_m, lengths_m)
