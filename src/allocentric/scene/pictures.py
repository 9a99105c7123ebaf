"""The pixels that views refer to: sizes told from headers, cut-off files from whole ones, depth in metres."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float
from PIL import Image

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, depth_from_range
from allocentric.scene.scene import DepthImage, View

Size = tuple[int, int]
"""Width and height in pixels."""

# What a picture ends with where it is whole; of other kinds all pixels are looked at.
_END: Final = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_TAIL_BYTES: Final = 16
# A depth image of a real scene keeps more bytes than this share of its pixels', however well it is packed.
_PACKED_AT_LEAST: Final = 0.02
_SMALL_BYTES: Final = 1 << 16  # below this a file's own heading is a share of it
# What Pillow raises on a file that is broken, or larger than any picture should be.
_BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError)


def picture_size_px(path: str | Path) -> Size:
    """The size of a picture by its header; raises BadInput where it is missing, is none, or stops short."""
    path = Path(path)
    try:
        with Image.open(path) as image:
            end = _END.get(image.format or "")
            if end is None or end not in _tail(path):
                image.load()  # raises where pixels are missing
            return image.size
    except _BROKEN as error:
        raise _refused(path, error) from None


def depth_size_px(path: str | Path) -> Size:
    """The size of a depth image; raises BadInput as `picture_size_px` does, and where every pixel is 0."""
    path = Path(path)
    size = picture_size_px(path)
    whole = 2 * size[0] * size[1]
    share = path.stat().st_size / whole
    # Only a picture of next to nothing is packed so well; and one that is not packed at all tells nothing.
    if (whole < _SMALL_BYTES or not _PACKED_AT_LEAST < share < 1) and not _counts(path).any():
        raise BadInput("every depth in it is 0", where=str(path), mend="leave the frame out, or get it again")
    return size


def depth_m(view: View) -> Float[np.ndarray, "height width"]:
    """The depth image of a view in metres along its z axis; NaN where nothing was measured.

    `depth_camera(view)` is the camera that it was taken with. Raises BadInput where the view has no depth or
    no camera, or the image cannot be read or is not of its camera's size.
    """
    depth, camera = _of(view)
    counts = _counts(Path(depth.path))
    check_depth_size(view, (counts.shape[1], counts.shape[0]))
    measured_m = np.where(np.isfinite(counts) & (counts > 0), counts * depth.metres_per_count, np.nan)
    return measured_m if depth.kind == "z" else depth_from_range(camera, measured_m)


def depth_camera(view: View) -> Camera:
    """The camera that a view's depth image was taken with; raises BadInput where there is none."""
    return _of(view)[1]


def check_depth_size(view: View, size: Size) -> None:
    """Raise BadInput where a depth image of this size is not one of the view's."""
    depth, camera = _of(view)
    if size != (camera.width_px, camera.height_px):
        of_view = f"{camera.width_px} x {camera.height_px}"
        what = f"the depth image is {size[0]} x {size[1]} pixels, its camera {of_view}"
        raise BadInput(what, where=depth.path, mend="get the depth image that belongs to the picture")


def _of(view: View) -> tuple[DepthImage, Camera]:
    depth = view.depth
    camera = view.camera if depth is None or depth.camera is None else depth.camera
    if depth is None or camera is None:
        missing = "depth image" if depth is None else "camera"
        raise BadInput(f"view {view.id!r} has no {missing}", where="views", mend="name a view that has one")
    return depth, camera


def _counts(path: Path) -> Float[np.ndarray, "height width"]:
    """The numbers in a depth image of one channel."""
    try:
        with Image.open(path) as image:
            if len(image.getbands()) != 1 or image.mode in ("P", "1"):
                what = f"a depth image has one channel of numbers, this one is {image.mode}"
                raise BadInput(what, where=str(path), mend="name the depth image, not the picture")
            return np.asarray(image, dtype=np.float64)
    except _BROKEN as error:
        raise _refused(path, error) from None


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(file.tell() - _TAIL_BYTES, 0))
        return file.read()


def _refused(path: Path, error: BaseException) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput(
            "the picture is missing", where=str(path), mend="put it there, or leave its frame out"
        )
    reason = getattr(error, "strerror", None) or str(error).split(" '/")[0] or type(error).__name__
    return BadInput(f"the picture cannot be read: {reason.lower()}", where=str(path), mend="get it again")
