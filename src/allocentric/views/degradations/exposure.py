"""Too little light, too much of it, and air that scatters it."""

from __future__ import annotations

from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.seeds import stream
from allocentric.views.degradations.pixels import Colour, light_of, numbers_of

FULL_WELL_E: Final = 4000.0  # electrons of a white pixel at full exposure: a small sensor
READ_NOISE_E: Final = 4.0  # electrons, root mean square: of reading a pixel out
AIRLIGHT: Final = (0.62, 0.65, 0.68)  # what endless haze looks like, as light


def low_light(picture: Colour, *, exposure: float, seed: int) -> Colour:
    """The picture with this share of its light, and the noise of so few photons; not brightened again.

    A white pixel holds 4000 electrons at exposure 1. Their number is a Poisson's, and reading them out adds
    4 electrons root mean square. The same seed gives the same noise.
    """
    random = stream(seed, "views", "low light")
    electrons = light_of(picture) * (exposure * FULL_WELL_E)
    read = random.standard_normal(electrons.shape) * READ_NOISE_E
    return numbers_of(((random.poisson(electrons) + read) / FULL_WELL_E).astype(np.float32))


def over_exposure(picture: Colour, *, exposure: float) -> Colour:
    """The picture with so many times its light; what comes out brighter than white is lost.

    >>> over_exposure(np.array([[[10, 120, 250]]], dtype=np.uint8), exposure=4.0).tolist()
    [[[29, 225, 255]]]
    """
    return numbers_of(light_of(picture) * np.float32(exposure))


def haze(picture: Colour, range_m: Float[np.ndarray, "height width"], *, beta_per_m: float) -> Colour:
    """The picture through air that scatters `beta_per_m` of the light a metre (Koschmieder).

    Along a ray of r metres the share exp(-beta r) of the light comes through; the rest is the air's own.
    What stands out by 5 % is seen up to 3 / beta metres. At an infinite range there is the air alone.
    """
    through = np.exp(-beta_per_m * range_m).astype(np.float32)[..., None]
    return numbers_of(light_of(picture) * through + np.array(AIRLIGHT, dtype=np.float32) * (1 - through))
