"""Pictures as networks want them, and where a pixel of the picture lies in the network's frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Float32
from PIL import Image

from allocentric.perception.adapters.found import Picture
from allocentric.perception.adapters.weights import libraries
from allocentric.scene.pictures import picture_size_px


@dataclass(frozen=True, slots=True)
class Frame:
    """How a picture lies in a network's frame, the rest of which is padding.

    The picture is `width_px` x `height_px`; it fills `inner_width_px` x `inner_height_px` of a frame of
    `frame_width_px` x `frame_height_px`, from `left_px` and `top_px` on.
    """

    width_px: int
    height_px: int
    inner_width_px: int
    inner_height_px: int
    frame_width_px: int
    frame_height_px: int
    left_px: int = 0
    top_px: int = 0

    def into(self, boxes_px: Float[np.ndarray, "box 4"]) -> Float[np.ndarray, "box 4"]:
        """Boxes of the picture as boxes of the frame, both left, top, right, bottom in pixels."""
        across, down = self.inner_width_px / self.width_px, self.inner_height_px / self.height_px
        scaled = boxes_px * np.array([across, down, across, down])
        moved: Float[np.ndarray, "box 4"] = scaled + np.array([self.left_px, self.top_px] * 2)
        return moved


def read_picture(path: str | Path) -> Picture:
    """The pixels of a picture file as they are stored; raises BadInput where it cannot be read."""
    picture_size_px(path)
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


def longest_side(picture: Picture, side_px: int) -> Frame:
    """The frame of a picture whose longer side is scaled to whole pixels, and which is then padded."""
    height, width = picture.shape[:2]
    scale = side_px / max(height, width)
    inner_width, inner_height = int(width * scale + 0.5), int(height * scale + 0.5)
    return Frame(width, height, inner_width, inner_height, side_px, side_px)


def stretched(picture: Picture, width_px: int, height_px: int) -> Frame:
    """The frame of a picture that is scaled to a size, whatever its own shape."""
    height, width = picture.shape[:2]
    return Frame(width, height, width_px, height_px, width_px, height_px)


def centred(picture: Picture, width_px: int, height_px: int) -> Frame:
    """The frame of a picture that is scaled to fit, to whole pixels, and put in the middle."""
    height, width = picture.shape[:2]
    scale = min(width_px / width, height_px / height)
    across, down = int(width * scale), int(height * scale)
    left, top = (width_px - across) // 2, (height_px - down) // 2
    return Frame(width, height, across, down, width_px, height_px, left, top)


def inside(values: Any, frame: Frame) -> Any:
    """The part of tensors (..., height, width), as large as the frame, in which the picture lies."""
    bottom, right = frame.top_px + frame.inner_height_px, frame.left_px + frame.inner_width_px
    return values[..., frame.top_px : bottom, frame.left_px : right]


def normal(picture: Picture, numbers: dict[str, Any]) -> Float32[np.ndarray, "3 height width"]:
    """A picture's colours as the network learnt them: less their mean, over their spread."""
    shares = picture.astype(np.float32) * np.float32(numbers.get("rescale_factor") or 1 / 255)
    mean, spread = (np.array(numbers[name], dtype=np.float32) for name in ("image_mean", "image_std"))
    colours: Float32[np.ndarray, "3 height width"]
    colours = np.ascontiguousarray(((shares - mean) / spread).transpose(2, 0, 1))
    return colours


def resized(values: Any, size_px: tuple[int, int], *, mode: str = "bilinear", smooth: bool = False) -> Any:
    """Tensors (..., height, width) at another size (height, width), pixel middles kept in their places."""
    torch, _ = libraries()
    lead = values.shape[:-2]
    flat = values.reshape(1, -1, *values.shape[-2:])
    scaled = torch.nn.functional.interpolate(
        flat, size=size_px, mode=mode, align_corners=False, antialias=smooth
    )
    return scaled.reshape(*lead, *size_px)


def batches(pictures: Sequence[Picture], most: int) -> Iterator[list[Picture]]:
    """The pictures in order, up to `most` neighbours of one size at a time: no batch needs padding."""
    for _, alike in itertools.groupby(pictures, key=lambda each: each.shape):
        run = list(alike)
        yield from (run[start : start + most] for start in range(0, len(run), most))
