"""OpenSfM's ground control points: where they are stated to be, and where the shots see them.

`ground_control_points.json` lies beside the reconstruction: WGS84 degrees and metres of a point, which may be
left out, and where it falls in shots, in units of the picture's longer side from its middle. OpenSfM takes an
observation to be good to 0.004 of that side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float
from msgspec import Struct

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Panorama, project, unproject
from allocentric.geometry.earth import EarthPoint, enu_m, from_degrees
from allocentric.geometry.triangulation import meeting_point
from allocentric.jobs import read_bytes
from allocentric.scene.json_text import decode
from allocentric.scene.scene import View
from allocentric.words import say_length, say_number

CONTROL: Final = "ground_control_points.json"
SEEN_WITHIN: Final = (
    0.004  # of the longer side: how well a point is marked in a picture, by OpenSfM's default
)

Pixel = Float[np.ndarray, "2"]
Place = Float[np.ndarray, "3"]


class _Position(Struct):
    latitude: float
    longitude: float
    altitude: float = 0.0


class _Observation(Struct):
    shot_id: str
    projection: tuple[float, float]


class _Point(Struct):
    id: str
    observations: list[_Observation] = []
    position: _Position | None = None


class _Points(Struct):
    points: list[_Point]


@dataclass(frozen=True, eq=False, slots=True)
class ControlPoint:
    """One point: where on the earth it is stated to be, and the pixel in each shot that sees it."""

    id: str
    stated: EarthPoint | None
    seen_px: Mapping[str, Pixel]


def control_points(path: Path, views: Mapping[str, View]) -> tuple[ControlPoint, ...]:
    """The control points of a file; observations of shots that are no views are left out.

    Raises BadInput where the file is none, and where a view has no camera in which a point could be marked.
    """
    held = decode(read_bytes(path), _Points, where=str(path)).points
    ids = [each.id for each in held]
    twice = next((id for id in ids if ids.count(id) > 1), None)
    if twice is not None:
        raise BadInput(f"two control points are called {twice!r}", where=str(path), mend="name each once")
    return tuple(
        ControlPoint(
            each.id,
            None if each.position is None else _stated(each.position, where=str(path)),
            {
                seen.shot_id: _pixel(views[seen.shot_id], seen.projection, where=str(path))
                for seen in each.observations
                if seen.shot_id in views
            },
        )
        for each in held
    )


def _stated(told: _Position, *, where: str) -> EarthPoint:
    try:
        return from_degrees(told.latitude, told.longitude, told.altitude)
    except ValueError as error:
        raise BadInput(str(error), where=where, mend="state degrees, latitudes up to 90") from None


def _pixel(view: View, projection: tuple[float, float], *, where: str) -> Pixel:
    camera = view.camera
    if camera is None or isinstance(camera, Panorama):
        what = f"view {view.id!r} has no camera in which a point could be marked"
        raise BadInput(what, where=where, mend="leave its marks out")
    size_px = np.array([camera.width_px, camera.height_px])
    pixel: Pixel = size_px / 2 + size_px.max() * np.array(projection)
    if not np.isfinite(unproject(camera, pixel)).all():
        what = f"a mark of view {view.id!r} lies where its lens shows nothing"
        raise BadInput(what, where=where, mend="mend the mark")
    return pixel


def triangulated(point: ControlPoint, views: Mapping[str, View]) -> tuple[Place, float] | None:
    """The place nearest to all rays of a point, in the views' world, and how far off it is seen at most, px.

    None where fewer than two shots see it, or along one line.
    """
    starts, rays = list[Place](), list[Place]()
    for id, pixel in point.seen_px.items():
        view = views[id]
        assert view.camera is not None
        starts.append(view.world_from_camera.translation_m)
        rays.append(view.world_from_camera.rotation @ unproject(view.camera, pixel))
    try:
        place, _ = meeting_point(np.array(starts).reshape(-1, 3), np.array(rays).reshape(-1, 3))
    except ValueError:  # one ray, or parallel ones
        return None
    off_px = max(
        float(np.linalg.norm(_seen(views[id], place) - pixel)) for id, pixel in point.seen_px.items()
    )
    return place, off_px


def _seen(view: View, place: Place) -> Pixel:
    assert view.camera is not None
    pixel: Pixel = project(view.camera, view.world_from_camera.inverse().apply(place[None]))[0][0]
    return pixel


def control_notes(
    points: tuple[ControlPoint, ...], views: Mapping[str, View], reference: EarthPoint
) -> tuple[list[str], list[str]]:
    """What the control points say of a reconstruction in metres east, north and up of a reference.

    Notes, and warnings where shots do not agree.
    """
    notes, warnings = list[str](), list[str]()
    for point in points:
        found = triangulated(point, views)
        if found is None:
            shots = f"{len(point.seen_px)} shot" + "s" * (len(point.seen_px) != 1)
            notes.append(f"control point {point.id!r}: seen in {shots}, too few to place it")
            continue
        place, off_px = found
        shots = f"{len(point.seen_px)} shots see it"
        told = f"control point {point.id!r}: {shots} to {say_number(round(off_px, 3))} px"
        if point.stated is not None:
            apart_m = np.linalg.norm(place - enu_m(point.stated.row(), reference))
            apart = say_length(round(float(apart_m), 3))
            told += f", {apart} from where it is stated to be, as the GPS aligned the shots"
        notes.append(told)
        longer = max(max(views[id].size_px or (0,)) for id in point.seen_px)
        if not off_px <= 3 * SEEN_WITHIN * longer:  # NaN too: behind a camera
            warnings.append(
                f"control point {point.id!r} is not seen in one place by the shots: are the poses right?"
            )
    return notes, warnings
