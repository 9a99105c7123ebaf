"""Cameras as they stand in our scene file, and read from it."""

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, Fisheye, Panorama, Pinhole
from allocentric.geometry.distortion import Distortion
from allocentric.geometry.sensor import Sensor
from allocentric.scene.schema import StoredCamera, StoredFisheye, StoredPanorama, StoredPinhole


def keep_camera(camera: Camera) -> StoredCamera:
    """The camera as it stands in JSON, each number Python's own."""
    match camera:
        case Pinhole():
            lens = camera.distortion
            return StoredPinhole(*_sensor(camera), None if lens is None else _floats(lens.coefficients))
        case Fisheye():
            (q, r), (s1, s2, s3, s4) = _floats(camera.tangential), _floats(camera.thin_prism)
            return StoredFisheye(*_sensor(camera), _floats(camera.radial), (q, r), (s1, s2, s3, s4))
        case Panorama(width, height):
            return StoredPanorama(int(width), int(height))


def camera_of(stored: StoredCamera, *, where: str) -> Camera:
    """The camera that `stored` keeps; raises BadInput for numbers that make none."""
    try:
        return _camera_of(stored)
    except ValueError as error:
        raise BadInput(str(error), where=where, mend="mend the numbers of the camera") from None


def _camera_of(stored: StoredCamera) -> Camera:
    if isinstance(stored, StoredPanorama):
        return Panorama(stored.width_px, stored.height_px)
    sensor = stored.width_px, stored.height_px, stored.fx_px, stored.fy_px, stored.cx_px, stored.cy_px
    match stored:
        case StoredPinhole():
            return Pinhole(*sensor, None if stored.distortion is None else Distortion(*stored.distortion))
        case StoredFisheye():
            return Fisheye(*sensor, tuple(stored.radial), stored.tangential, stored.thin_prism)


def _sensor(camera: Sensor) -> tuple[int, int, float, float, float, float]:
    fx, fy, cx, cy = _floats((camera.fx_px, camera.fy_px, camera.cx_px, camera.cy_px))
    return int(camera.width_px), int(camera.height_px), fx, fy, cx, cy


def _floats(numbers: tuple[float, ...]) -> list[float]:
    return [float(each) for each in numbers]
