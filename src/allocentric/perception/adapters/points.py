"""The points of a picture's surfaces, told in one pass: Sapiens 2's point maps, which are of people.

transformers 5.23 has no network that reconstructs a scene from several pictures at once; the points, depths
and cameras that others write are read by `worlds.readers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float
from PIL import Image

from allocentric.perception.adapters.found import Picture
from allocentric.perception.adapters.pictures import Frame, batches, centred, inside, normal, resized
from allocentric.perception.adapters.weights import (
    Weights,
    kind_of,
    libraries,
    load_network,
    picture_numbers,
)


@dataclass(frozen=True, eq=False, slots=True)
class PointMap:
    """The point that each pixel shows, in the camera's frame (x right, y down, z ahead); never changes.

    In metres where the network tells the scale (`metric`), else in a unit of its own.
    """

    points: Float[np.ndarray, "height width 3"]
    metric: bool

    def __post_init__(self) -> None:
        points = self.points.copy()
        points.flags.writeable = False
        object.__setattr__(self, "points", points)


@dataclass(frozen=True, eq=False, slots=True)
class PointMapper:
    """A network that tells where the surfaces in a picture are. Made by `load_point_mapper`."""

    weights: Weights
    network: Any
    numbers: dict[str, Any]

    def map(self, pictures: Sequence[Picture], *, batch: int = 4) -> list[PointMap]:
        """The point map of each picture, at the picture's own size."""
        torch, _ = libraries()
        found = list[PointMap]()
        for run in batches(pictures, batch):
            size = self.numbers["size"]
            frame = centred(run[0], int(size["width"]), int(size["height"]))
            pixels = torch.stack([framed(each, frame, self.numbers) for each in run])
            with torch.inference_mode():
                out = self.network(pixel_values=pixels.to(self.weights.device, self.network.dtype))
            points = out.pointmaps.float()
            if out.scales is not None:
                points = points / out.scales.float()[:, :, None, None]
            shown = resized(inside(points, frame), run[0].shape[:2]).cpu().numpy().astype(float)
            found += [PointMap(each.transpose(1, 2, 0), out.scales is not None) for each in shown]
        return found


def load_point_mapper(weights: Weights) -> PointMapper:
    """The Sapiens 2 for point maps of a folder or of the hub; raises BadInput where none can be read."""
    _, transformers = libraries()
    kind_of(weights, ("sapiens2",))
    network = load_network(weights, transformers.Sapiens2ForPointmapEstimation)
    return PointMapper(weights, network, picture_numbers(weights))


def framed(picture: Picture, frame: Frame, numbers: dict[str, Any]) -> Any:
    """A picture scaled into the middle of the network's frame, black around it."""
    torch, _ = libraries()
    inner = frame.inner_width_px, frame.inner_height_px
    canvas = Image.new("RGB", (frame.frame_width_px, frame.frame_height_px))
    scaled = Image.fromarray(picture).resize(inner, Image.Resampling.BILINEAR)
    canvas.paste(scaled, (frame.left_px, frame.top_px))
    return torch.from_numpy(normal(np.array(canvas), numbers))
