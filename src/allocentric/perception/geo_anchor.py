"""A scene tied to the earth: by control points, or by where its pictures say that they were taken.

Each tie is a place in the scene and its place on the earth, good to a stated accuracy. The similarity that
fits them best, weighted by accuracy, gives scale, north and gravity; three standard deviations of the fit are
the bounds within which they are then known. The scene is turned, not stretched: x east, y north, z up,
lengths still in its own unit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.geometry.earth import EarthPoint, enu_m, geodetic
from allocentric.geometry.earth import earth_centred_m as earth_centred
from allocentric.geometry.poses import Pose
from allocentric.geometry.similarity import Similarity, fit_similarity
from allocentric.intervals import FULL_CIRCLE, Arc, Interval
from allocentric.perception.exif_gps import gps_fix
from allocentric.perception.moving import moved
from allocentric.scene.scene import Scene
from allocentric.words import a_list, say_angle, say_length, say_number
from allocentric.worlds.readers.opensfm_control import control_points, triangulated

SIGMAS: Final = 3.0
OPEN_RAD: Final = math.pi / 2  # a vertical that may lean so far is none
UNKNOWNS: Final = {False: 7, True: 5}  # of a similarity; of an upright one


@dataclass(frozen=True, eq=False, slots=True)
class Tie:
    """A place of the scene that is known on the earth.

    `at` is in scene units, in the scene's world. `accuracy_m` is one standard deviation along each axis.
    """

    name: str
    at: Float[np.ndarray, "3"]
    place: EarthPoint
    accuracy_m: float

    def __post_init__(self) -> None:
        if not 0 < self.accuracy_m < math.inf:
            what = f"{self.name!r} is stated to be good to {self.accuracy_m} m"
            raise BadInput(what, where="control points", mend="state metres above 0")


@dataclass(frozen=True, eq=False, slots=True)
class Anchored:
    """A scene on the earth, and how well its ties fit.

    The scene's world is metres by scale, east, north and up of `origin`. `residuals_m` are, for each tie, how
    far east, north and up the scene puts it of where it is stated to be. `beyond` are the ties that are off
    by more than three times what they are stated to be good to. `turned` says that gravity came from the
    ties, and with it north.
    """

    scene: Scene
    origin: EarthPoint
    ties: tuple[Tie, ...]
    residuals_m: Float[np.ndarray, "tie 3"]
    beyond: tuple[str, ...]
    turned: bool


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Three standard deviations: of the scale, of north, of the vertical."""

    scale: float
    north_rad: float
    tilt_rad: float


def anchored(scene: Scene, ties: Sequence[Tie], *, origin: EarthPoint | None = None) -> Anchored:
    """The scene tied to the earth; `origin` is where its new origin lies (default: the middle of the ties).

    A scene of known gravity keeps it: two ties give scale and north. One whose gravity is in doubt takes it
    from three ties or more that are not on a line; where they are so nearly on a line that gravity stays
    open, north does too, and only the scale is known. Where ties miss by more than they should, the bounds
    are as wide as they miss. Raises BadInput for too few ties, ties on a line or in one place, and a scale
    that what is known already excludes.
    """
    where, upright = f"scene {scene.id!r}", scene.tilt_rad == 0
    least = 2 if upright else 3
    if len(ties) < least:
        what = f"{len(ties)} ties to the earth, {least} are needed"
        raise BadInput(what, where=where, mend="give more control points, or pictures with GPS and altitude")
    home = _middle(ties) if origin is None else origin
    at = np.array([each.at for each in ties])
    stated_m = enu_m(np.array([each.place.row() for each in ties]), home)
    weights = np.array([each.accuracy_m**-2 for each in ties])
    try:
        earth_from_scene = fit_similarity(at, stated_m, weights=weights, upright=upright)
    except ValueError as error:
        mend = "give ties that are spread over the place"
        raise BadInput(f"the ties leave open how the scene lies: {error}", where=where, mend=mend) from None
    residuals_m = earth_from_scene.apply(at) - stated_m
    doubt = _doubt(earth_from_scene, at, residuals_m, weights=weights, upright=upright)
    off_m = np.linalg.norm(residuals_m, axis=1)
    beyond = tuple(
        each.name for each, off in zip(ties, off_m.tolist()) if off > SIGMAS * math.sqrt(3) * each.accuracy_m
    )
    held = _placed(scene, earth_from_scene, doubt)
    scale = _scale(scene, earth_from_scene.scale, doubt.scale)
    notes, warnings = _told(home, ties, off_m, beyond=beyond, scale=scale, scene=held)
    source = replace(
        held.source,
        notes=(*held.source.notes, *notes),
        warnings=(*held.source.warnings, *warnings),
    )
    held = replace(held, scale=scale, source=source)
    return Anchored(held, home, tuple(ties), residuals_m, beyond, not upright and doubt.tilt_rad < OPEN_RAD)


def _middle(ties: Sequence[Tie]) -> EarthPoint:
    middle = geodetic(earth_centred(np.array([each.place.row() for each in ties])).mean(0))
    return EarthPoint(*middle.tolist())


def _doubt(
    earth_from_scene: Similarity,
    at: Float[np.ndarray, "tie 3"],
    residuals_m: Float[np.ndarray, "tie 3"],
    *,
    weights: Float[np.ndarray, " tie"],
    upright: bool,
) -> _Doubt:
    """What the stated accuracies leave open, and more where the ties miss by more than those say."""
    spare = 3 * len(at) - UNKNOWNS[upright]
    missed = math.sqrt(float(weights @ np.square(residuals_m).sum(1)) / spare) if spare > 0 else 1.0
    sigmas = SIGMAS * max(1.0, missed)
    share = weights / weights.sum()
    arms_m = (at - share @ at) @ earth_from_scene.rotation.T * earth_from_scene.scale
    squares = float(weights @ np.square(arms_m).sum(1))
    scale = sigmas * earth_from_scene.scale / math.sqrt(squares)
    # What the fit knows of a small turn about each axis of the earth: the inverse is its covariance.
    known = squares * np.eye(3) - (arms_m * weights[:, None]).T @ arms_m
    if upright:
        return _Doubt(scale, sigmas / math.sqrt(float(known[2, 2])), 0.0)
    spread = np.linalg.inv(known)
    level = float(np.linalg.eigvalsh(spread[:2, :2])[-1])
    return _Doubt(scale, sigmas * math.sqrt(float(spread[2, 2])), sigmas * math.sqrt(level))


def _placed(scene: Scene, earth_from_scene: Similarity, doubt: _Doubt) -> Scene:
    """The scene turned to east, north and up; as it was, where the ties leave gravity open."""
    if doubt.tilt_rad >= OPEN_RAD:
        return moved(scene, Pose(np.eye(3), np.zeros(3)), change="scaled by places on the earth")
    shift = earth_from_scene.shift / earth_from_scene.scale
    held = moved(scene, Pose(earth_from_scene.rotation, shift), change="tied to the earth")
    # The world's y axis is north, as far as the fit knows.
    north = Arc(math.pi / 2, doubt.north_rad) if doubt.north_rad < math.pi else FULL_CIRCLE
    return replace(held, north=north, tilt_rad=doubt.tilt_rad)


def _scale(scene: Scene, fitted: float, off: float) -> Interval:
    found = Interval(max(fitted - off, 0.0), fitted + off, open_low=off >= fitted)
    scale = scene.scale.meet(found)
    if scale is None:
        known = f"{say_number(scene.scale.low, 4)} to {say_number(scene.scale.high, 4)} m"
        what = (
            f"a scene unit is {say_number(found.low, 4)} to {say_number(found.high, 4)} m by the ties to the"
        )
        mend = "mend the accuracy or the places of the ties, or the length that was stated"
        raise BadInput(f"{what} earth, {known} by what is known", where=f"scene {scene.id!r}", mend=mend)
    return scale


def _told(
    home: EarthPoint,
    ties: Sequence[Tie],
    off_m: Float[np.ndarray, " tie"],
    *,
    beyond: Sequence[str],
    scale: Interval,
    scene: Scene,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    latitude, longitude = math.degrees(home.latitude_rad), math.degrees(home.longitude_rad)
    rms_m = math.sqrt(float(np.mean(np.square(off_m))))
    told = f"{len(ties)} ties to the earth, off by {say_length(rms_m)} (root mean square)"
    told += f": a scene unit is {say_number(scale.low, 4)} to {say_number(scale.high, 4)} m"
    if scene.north.full:
        return (f"{told}; they lie too nearly on a line to tell north and gravity",), _missed(
            ties, beyond, off_m
        )
    told += f", north is good to {say_angle(scene.north.half_rad)}"
    told += f", gravity to {say_angle(scene.tilt_rad)}" * bool(scene.tilt_rad)
    place = (
        f"x east, y north of latitude {latitude:.7f}, longitude {longitude:.7f}, height {home.height_m:.2f} m"
    )
    return (told, place), _missed(ties, beyond, off_m)


def _missed(ties: Sequence[Tie], beyond: Sequence[str], off_m: Float[np.ndarray, " tie"]) -> tuple[str, ...]:
    offs = [
        f"{each.name!r} is off by {say_length(off)}, stated to be good to {say_length(each.accuracy_m)}"
        for each, off in zip(ties, off_m.tolist())
        if each.name in beyond
    ]
    return (f"ties beyond their accuracy: {a_list(offs)}",) if offs else ()


# Where ties come from


def ties_from_gps(scene: Scene, *, accuracy_m: float = 10.0) -> tuple[Tie, ...]:
    """A tie for each view whose picture has a GPS fix with an altitude, at its camera.

    `accuracy_m` holds where the picture does not say how good its fix is. Raises as `gps_fix` does.
    """
    fixes = [(view, None if view.image is None else gps_fix(view.image)) for view in scene.views]
    return tuple(
        Tie(view.id, view.world_from_camera.translation_m, fix.place, fix.accuracy_m or accuracy_m)
        for view, fix in fixes
        if fix is not None
    )


def ties_from_control_points(scene: Scene, path: str | Path, *, accuracy_m: float = 0.05) -> tuple[Tie, ...]:
    """A tie for each control point in a file of OpenSfM's `ground_control_points.json`, where its rays meet.

    A point is used where it has a position on the earth and two views of the scene or more see it.
    `accuracy_m` is what the positions are good to; the file does not say. Raises BadInput where the file
    cannot be read, or a point's rays do not meet.
    """
    views = {each.id: each for each in scene.views}
    ties = list[Tie]()
    for point in control_points(Path(path), views):
        if point.stated is None or len(point.seen_px) < 2:
            continue
        found = triangulated(point, views)
        if found is None:
            what = f"point {point.id!r} has no place in the scene: its rays are parallel"
            raise BadInput(what, where=str(path), mend="mark it in pictures from other places")
        ties.append(Tie(point.id, found[0], point.stated, accuracy_m))
    return tuple(ties)
