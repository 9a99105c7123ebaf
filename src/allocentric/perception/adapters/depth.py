"""Depth in metres from one picture: Depth Anything (metric), ZoeDepth and Depth Pro."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from allocentric.errors import BadInput
from allocentric.geometry.pinhole import Pinhole
from allocentric.perception.adapters.found import DepthEstimate, Picture
from allocentric.perception.adapters.pictures import batches, normal, resized
from allocentric.perception.adapters.weights import (
    Weights,
    kind_of,
    libraries,
    load_network,
    load_processor,
    picture_numbers,
)

Kind = Literal["depth_anything", "zoedepth", "depth_pro"]
KINDS: Final[tuple[Kind, ...]] = ("depth_anything", "zoedepth", "depth_pro")
LEAST_INVERSE: Final = 1e-4  # Depth Pro's inverse depth is held above this: nothing is farther than 10 km


@dataclass(frozen=True, eq=False, slots=True)
class DepthEstimator:
    """A network that tells metric depth from one picture. Made by `load_depth_estimator`."""

    kind: Kind
    weights: Weights
    network: Any
    preparing: Any  # Depth Pro: the numbers of an image processor; the others: one of transformers

    def estimate(
        self, pictures: Sequence[Picture], cameras: Sequence[Pinhole | None] = (), *, batch: int = 4
    ) -> list[DepthEstimate]:
        """The depth of each picture at its own size, metres along the view's z axis.

        `cameras` are the pictures' own where they are known, one each. Depth Pro scales its depth by the
        camera's focal length, and without one by the one that it makes out itself; the others do not look
        at it. Raises BadInput where the cameras are not one a picture, or of another size, and where
        Depth Pro has neither a camera nor the part that makes it out.
        """
        given = list(cameras) or [None] * len(pictures)
        _check_cameras(pictures, given)
        found = list[DepthEstimate]()
        for run in batches(pictures, batch):
            known = given[len(found) : len(found) + len(run)]
            found += self._pro(run, known) if self.kind == "depth_pro" else self._direct(run, known)
        return found

    def _direct(self, pictures: list[Picture], cameras: Sequence[Pinhole | None]) -> list[DepthEstimate]:
        torch, _ = libraries()
        pixels = self.preparing(pictures, return_tensors="pt")["pixel_values"]
        with torch.inference_mode():
            out = self.network(pixel_values=pixels.to(self.weights.device, self.network.dtype))
        depths = out.predicted_depth.float()
        size = pictures[0].shape[:2]
        if self.kind == "zoedepth" and self.preparing.do_pad:
            depths = without_border(depths, size)
        shown = resized(depths, size, mode="bicubic").cpu().numpy().astype(float)
        return [DepthEstimate(depth, camera) for depth, camera in zip(shown, cameras)]

    def _pro(self, pictures: list[Picture], cameras: Sequence[Pinhole | None]) -> list[DepthEstimate]:
        torch, _ = libraries()
        size = self.preparing["size"]
        frame = (int(size["height"]), int(size["width"]))
        pixels = torch.stack(
            [resized(torch.from_numpy(normal(each, self.preparing)), frame) for each in pictures]
        )
        with torch.inference_mode():
            out = self.network(pixel_values=pixels.to(self.weights.device, self.network.dtype))
        angles = [None] * len(pictures)
        if out.field_of_view is not None:
            angles = out.field_of_view.float().reshape(-1).tolist()
        found = list[DepthEstimate]()
        for inverse, angle, picture, camera in zip(out.predicted_depth.float(), angles, pictures, cameras):
            height, width = picture.shape[:2]
            used = camera or _guessed(angle, width, height, weights=self.weights)
            scaled = resized(inverse * (width / used.fx_px), (height, width))
            depth = 1 / scaled.clamp(min=LEAST_INVERSE)
            found.append(DepthEstimate(depth.cpu().numpy().astype(float), used, camera is None))
        return found


def load_depth_estimator(weights: Weights) -> DepthEstimator:
    """The depth network of a folder or of the hub.

    Raises BadInput where none can be read, and for a Depth Anything that was trained for relative depth,
    which has no metres.
    """
    _, transformers = libraries()
    kind: Kind
    match kind_of(weights, KINDS):
        case "depth_pro":
            network = load_network(weights, transformers.DepthProForDepthEstimation)
            return DepthEstimator("depth_pro", weights, network, picture_numbers(weights))
        case "zoedepth":
            kind, network_class = "zoedepth", transformers.ZoeDepthForDepthEstimation
            processor_class = transformers.ZoeDepthImageProcessorPil
        case _:
            kind, network_class = "depth_anything", transformers.DepthAnythingForDepthEstimation
            processor_class = transformers.DPTImageProcessorPil
    network = load_network(weights, network_class)
    if kind == "depth_anything" and network.config.depth_estimation_type != "metric":
        what = "this Depth Anything tells relative depth, which has no metres"
        raise BadInput(what, where=str(weights.source), mend="name the weights of a metric one")
    return DepthEstimator(kind, weights, network, load_processor(weights, processor_class))


def without_border(depths: Any, size_px: tuple[int, int]) -> Any:
    """ZoeDepth's depths (picture, height, width) without the border that was put round the picture.

    The border is as wide as the network's authors chose: three times the root of half the picture's side.
    """
    down, across = (int(math.sqrt(each / 2) * 3) for each in size_px)
    whole = resized(depths, (size_px[0] + 2 * down, size_px[1] + 2 * across), mode="bicubic")
    return whole[..., down : down + size_px[0], across : across + size_px[1]]


def _guessed(angle_deg: float | None, width: int, height: int, *, weights: Weights) -> Pinhole:
    """The camera whose picture is this many degrees wide, its axis through the middle."""
    if angle_deg is None or not 0 < angle_deg < 180:
        seen = "no field of view" if angle_deg is None else f"a field of view of {angle_deg:.1f} degrees"
        what = f"the network makes out {seen}, and no camera was given"
        raise BadInput(what, where=str(weights.source), mend="give the camera of the picture")
    focal_px = width / 2 / math.tan(math.radians(angle_deg) / 2)
    return Pinhole(width, height, focal_px, focal_px, width / 2, height / 2)


def _check_cameras(pictures: Sequence[Picture], cameras: Sequence[Pinhole | None]) -> None:
    if len(cameras) != len(pictures):
        what = f"there are {len(pictures)} pictures and {len(cameras)} cameras"
        raise BadInput(what, where="depth from pictures", mend="give one camera a picture, or none")
    for number, (picture, camera) in enumerate(zip(pictures, cameras)):
        height, width = picture.shape[:2]
        if camera is not None and (camera.width_px, camera.height_px) != (width, height):
            what = (
                f"the picture is {width} x {height} pixels, its camera {camera.width_px} x {camera.height_px}"
            )
            raise BadInput(what, where=f"picture {number}", mend="scale the camera to the picture")
