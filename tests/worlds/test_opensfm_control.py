"""Ground control points of OpenSfM: where shots see them against where they are stated to be."""

import json
import pathlib
from typing import Any

import numpy as np
import pytest
from scipy.optimize import least_squares
from scipy.spatial.transform import Rotation

from allocentric.errors import BadInput
from allocentric.geometry.cameras import unproject
from allocentric.geometry.earth import enu_m, from_degrees
from allocentric.worlds.read import read
from allocentric.worlds.readers.opensfm_control import CONTROL, SEEN_WITHIN, control_points, triangulated
from tests.real_data import folder
from tests.worlds import posed_layouts as layouts
from tests.worlds import walk

GPS_M = 5.0  # what the photographs' `gps_dop` states


def written(folder: pathlib.Path, **changes: Any) -> pathlib.Path:
    """The walk with a corner of its chest as a control point, and one that only one shot saw."""
    path = layouts.opensfm(folder)
    corner = walk.CHEST[0] * [1, 1, 0] + [0, 0, walk.CHEST[1, 2]]
    sine, cosine = np.sin(np.radians(52.5)), np.cos(np.radians(52.5))
    a, b = 6378137.0, 6356752.314245
    across, along = a * a / np.hypot(a * cosine, b * sine), (a * b) ** 2 / np.hypot(a * cosine, b * sine) ** 3
    position = {
        "latitude": 52.5 + np.degrees(corner[1] / (along + 34)),
        "longitude": 13.4 + np.degrees(corner[0] / ((across + 34) * cosine)),
        "altitude": 34 + corner[2],
    }
    seen = []
    for row, pose in enumerate(walk.poses()):
        flat, inside = walk.pixels(pose, corner[None])
        pixel = (flat[0] + 0.5 - [walk.WIDTH / 2, walk.HEIGHT / 2]) / max(walk.WIDTH, walk.HEIGHT)
        seen += [{"shot_id": f"{row}.jpg", "projection": pixel.tolist()}] * bool(inside[0])
    assert len(seen) > 2
    points = [
        {
            "id": "corner",
            "position": position,
            "observations": [*seen, {"shot_id": "away", "projection": [0, 0]}],
        },
        {"id": "once", "observations": seen[:1]},
    ]
    (folder / CONTROL).write_text(json.dumps({"points": points} | changes))
    return path


def test_a_corner_that_shots_see_is_found_where_it_is_stated_to_be(tmp_path: pathlib.Path) -> None:
    scene = read(written(tmp_path))
    (corner,) = (each for each in scene.source.notes if "'corner'" in each)
    assert corner.startswith("control point 'corner': ")
    assert "shots see it to 0 px" in corner
    views = {each.id: each for each in scene.views}
    point, once = control_points(tmp_path / CONTROL, views)
    found = triangulated(point, views)
    assert found is not None
    assert point.stated is not None
    stated_m = enu_m(point.stated.row(), from_degrees(52.5, 13.4, 34.0))
    np.testing.assert_allclose(found[0], stated_m, atol=1e-5)
    assert triangulated(once, views) is None
    assert "control point 'once': seen in 1 shot, too few to place it" in scene.source.notes
    assert scene.source.warnings == ()


def test_a_point_that_the_shots_do_not_see_in_one_place_is_warned_of(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path)
    text = json.loads((tmp_path / CONTROL).read_text())
    text["points"][0]["observations"][0]["projection"][0] += 0.3
    (tmp_path / CONTROL).write_text(json.dumps(text))
    (said,) = read(path).source.warnings
    assert said == "control point 'corner' is not seen in one place by the shots: are the poses right?"


def test_two_points_of_one_name_are_refused(tmp_path: pathlib.Path) -> None:
    path = written(tmp_path)
    text = json.loads((tmp_path / CONTROL).read_text())
    text["points"][1]["id"] = "corner"
    (tmp_path / CONTROL).write_text(json.dumps(text))
    with pytest.raises(BadInput, match="two control points are called 'corner'"):
        read(path)


def test_the_released_shots_see_the_control_points_in_one_place_to_three_pixels_of_thirteen() -> None:
    scene = read(folder("opensfm_berlin") / "reconstruction_example.json")
    notes = [each for each in scene.source.notes if each.startswith("control point")]
    assert notes == [
        "control point '0': 2 shots see it to 3.03 px, 31.7 m from where it is stated to be, "
        "as the GPS aligned the shots",
        "control point '1': 2 shots see it to 0.768 px",
        "control point '3': seen in 1 shot, too few to place it",
    ]
    assert scene.source.warnings == ()
    assert SEEN_WITHIN * 3264 == pytest.approx(13.056)


def test_aligned_to_them_too_the_control_points_are_met_as_well_as_they_are_marked() -> None:
    """The release aligned its shots by GPS alone, three nearly in a line, good to 5 m: it leans.

    One similarity must bring the shots to their GPS and the control points to where they are marked.
    """
    path = folder("opensfm_berlin")
    scene = read(path / "reconstruction_example.json")
    views = {each.id: each for each in scene.views}
    (told,) = json.loads((path / "reconstruction_example.json").read_text())
    origin = from_degrees(*(told["reference_lla"][each] for each in ("latitude", "longitude", "altitude")))
    points = [each for each in control_points(path / CONTROL, views) if each.stated is not None]
    stated_m = {each.id: enu_m(each.stated.row(), origin) for each in points if each.stated is not None}
    gps_m = np.array([told["shots"][each]["gps_position"] for each in views])
    built = np.array([each.world_from_camera.translation_m for each in views.values()])

    def moved(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        turn = Rotation.from_rotvec(numbers[:3]).as_matrix()
        return turn, numbers[3], numbers[4:]

    def off(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How far the shots are from their GPS, metres; the sines of what control points miss."""
        turn, size, shift = moved(numbers)
        missed = []
        for point in points:
            for id, pixel in point.seen_px.items():
                pose = views[id].world_from_camera
                ray = turn @ pose.rotation @ unproject(views[id].camera, pixel)  # type: ignore[arg-type]
                to = stated_m[point.id] - (size * turn @ pose.translation_m + shift)
                missed.append(np.cross(to, ray) / np.linalg.norm(to))
        return size * built @ turn.T + shift - gps_m, np.array(missed)

    def weighed(numbers: np.ndarray) -> np.ndarray:
        from_gps_m, missed = off(numbers)
        return np.concatenate([from_gps_m.ravel() / GPS_M, missed.ravel() / SEEN_WITHIN])

    start = np.array([0.0, 0, 0, 1, 0, 0, 0])
    fitted = least_squares(weighed, start, x_scale=[1, 1, 1, 1, 10, 10, 10], max_nfev=500)
    from_gps_m, missed = off(fitted.x)
    turn, size, shift = moved(fitted.x)
    assert np.linalg.norm(missed, axis=1).max() < 1.2 * SEEN_WITHIN, "13.3 px of 13"
    assert np.abs(from_gps_m[:, :2]).max() < 2 * GPS_M
    assert np.abs(from_gps_m[:, 2]).max() == pytest.approx(17.3, abs=0.1), "a telephone's height, of one shot"
    assert size == pytest.approx(1.57, abs=0.01)
    assert scene.scale.low < size < scene.scale.high, "the bound that the reader gave"
    found = triangulated(points[0], views)
    assert found is not None
    apart_m = np.linalg.norm(size * turn @ found[0] + shift - stated_m[points[0].id])
    # Two rays, 5.6 degrees apart, 40 m long, each marked to 0.004 of the picture: good to 2 m along.
    assert apart_m == pytest.approx(0.84, abs=0.05)
