"""Cameras of every model, from mild to hardly usable."""

import pytest

from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion

# Aria's RGB camera, as its own calibration states it.
ARIA_RADIAL = (
    0.4060356696288849,
    -0.489948419647729,
    0.1745652818132035,
    1.132983686620576,
    -1.701635218233742,
    0.6511555293441647,
)
ARIA_ASIDE = (
    (0.0006211469747214578, 1.932200015697112e-05),
    (-1.485525650871087e-05, 0.0002601225712292815, -0.0006582109778598294, 3.761395141407565e-05),
)


def pinhole(*coefficients: float) -> Pinhole:
    return Pinhole(640, 480, 500.0, 480.0, 330.0, 235.0, Distortion(*coefficients) if coefficients else None)


CAMERAS: dict[str, Camera] = {
    "pinhole": pinhole(),
    "simple radial": pinhole(-0.2),
    "pincushion": pinhole(0.4, 0.2),
    "opencv": pinhole(-0.28, 0.07, 1e-3, -5e-4),
    "strongly tangential": pinhole(-0.1, 0.02, 0.03, -0.04),
    "full opencv": pinhole(0.9, -0.3, 2e-3, 1e-3, 0.05, 1.1, -0.2, 0.1),
    "thin prism": pinhole(-0.2, 0.05, 1e-3, 1e-3, 0.0, 0.0, 0.0, 0.0, 0.01, -0.02, 0.015, 0.01),
    "equidistant": Fisheye(640, 480, 200.0, 200.0, 320.0, 240.0),
    "kannala brandt": Fisheye(640, 480, 250.0, 240.0, 325.0, 236.0, (0.01, -0.02, 0.003, -0.001)),
    "fisheye624": Fisheye(1408, 1408, 597.36, 597.36, 714.86, 716.42, ARIA_RADIAL, *ARIA_ASIDE),
    "strongly bent fisheye": Fisheye(
        640, 480, 300.0, 300.0, 320.0, 240.0, (-0.05,), (0.02, -0.03), (0.01, -0.01, -0.02, 0.005)
    ),
    "panorama": Panorama(1000, 500),
    "oblong panorama": Panorama(640, 480),
}
LENSES = {name: camera for name, camera in CAMERAS.items() if not isinstance(camera, Panorama)}
each_camera = pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
each_lens = pytest.mark.parametrize("camera", LENSES.values(), ids=LENSES)
