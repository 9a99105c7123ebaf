"""`allo degrade`: a picture made worse, on a scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import numpy as np
from cyclopts import Parameter

from allocentric.cli.printable import printable
from allocentric.cli.printing import print_lines
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Pinhole
from allocentric.geometry.poses import Pose
from allocentric.scene.pictures import depth_m
from allocentric.scene.scene import DepthImage, View
from allocentric.views.degradations.degrade import DEPTH_AWARE, KINDS, Kind
from allocentric.views.degradations.degrade import degrade as worse
from allocentric.views.picture_files import check_suffix, read_colour, write_colour

HERE: Final = "the command line, allo degrade"


@Parameter(name="*")
@dataclass(frozen=True)
class Depth:
    """How far things are, which defocus, haze and motion blur follow from.

    Attributes
    ----------
    depth
        The picture's depth along the view: an image of counts, as `allo render` writes it.
    depth_scale
        Metres a count: 0.001, as `allo render` writes it.
    fov
        The camera's angle from the left to the right border, in degrees: that of `allo render` is 60.
    far
        Pixels without depth, which are refused otherwise, are infinitely far: the sky.
    """

    depth: Path | None = None
    depth_scale: float = 0.001
    fov: float | None = None
    far: bool = False


def degrade(
    picture: Path,
    out: Path,
    /,
    *,
    kind: str,
    severity: Annotated[int, WHOLE],
    seed: Annotated[int, WHOLE] = 0,
    depth: Depth = Depth(),
) -> None:
    """Make a picture worse: out of focus, hazy, dark, coded, moved, wet.

    Parameters
    ----------
    picture
        The picture to start from.
    out
        The file to write: .png, .bmp or .tiff, which keep every number.
    kind
        defocus, fisheye, haze, jpeg, low_light, low_resolution, motion_blur, over_exposure or water_drops.
    severity
        From 0, the picture itself, to 5.
    seed
        Draws noise, drops and the way of the hand: the same seed, the same picture.
    """
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise UnknownName("degradation", printable(kind), KINDS, where=f"{HERE} --kind")
    check_suffix(out)
    colour = read_colour(picture)
    given = _given(known, colour.shape[1], colour.shape[0], depth=depth)
    write_colour(out, worse(colour, known, severity, seed=seed, **given))
    print_lines(f"{out}: {kind.replace('_', ' ')} of severity {severity}")


def _given(kind: Kind, width_px: int, height_px: int, *, depth: Depth) -> dict[str, Any]:
    """The depth and the camera of a kind that needs them."""
    if kind not in DEPTH_AWARE:
        if depth.depth is not None:
            what = f"{kind} does not follow from depth"
            raise BadInput(what, where=f"{HERE} --depth", mend="leave --depth out")
        return {}
    if depth.depth is None or depth.fov is None:
        missing = "--depth" if depth.depth is None else "--fov"
        what = f"{kind} follows from how far things are, and no {missing} is given"
        raise BadInput(what, where=HERE, mend="give --depth DEPTH.png and --fov DEGREES")
    if not 1 <= depth.fov <= 170:
        raise BadInput(f"a field of view of {depth.fov:g} degrees", where=HERE, mend="give 1 to 170 degrees")
    focal_px = width_px / 2 / math.tan(math.radians(depth.fov) / 2)
    camera = Pinhole(width_px, height_px, focal_px, focal_px, width_px / 2, height_px / 2)
    image = DepthImage(str(depth.depth), depth.depth_scale)
    measured_m = depth_m(View("the picture", Pose(np.eye(3), np.zeros(3)), camera=camera, depth=image))
    holes = np.isnan(measured_m)
    if holes.any() and not depth.far:
        what = f"{100 * holes.mean():.3g} % of the pixels have no depth"
        raise BadInput(what, where=str(depth.depth), mend="give --far where that is the sky, or fill them in")
    return {"depth_m": np.where(holes, np.inf, measured_m), "camera": camera}
