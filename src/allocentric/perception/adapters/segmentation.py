"""The outlines of things: SAM and SAM 2 from boxes, Mask2Former from nothing but the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Bool, Float
from PIL import Image

from allocentric.errors import BadInput
from allocentric.perception.adapters.found import Box, Detection2D, Picture, box_of_mask
from allocentric.perception.adapters.pictures import (
    Frame,
    batches,
    inside,
    longest_side,
    normal,
    resized,
    stretched,
)
from allocentric.perception.adapters.weights import (
    Weights,
    kind_of,
    libraries,
    load_network,
    load_processor,
    picture_numbers,
)

Kind = Literal["sam", "sam2"]
SURE: Final = 0.5


@dataclass(frozen=True, eq=False, slots=True)
class BoxSegmenter:
    """A network that outlines the thing in a box. Made by `load_box_segmenter`."""

    kind: Kind
    weights: Weights
    network: Any
    numbers: dict[str, Any]

    def outline(
        self, picture: Picture, boxes_px: Sequence[Box], *, batch: int = 64
    ) -> Bool[np.ndarray, "box height width"]:
        """The mask of the thing in each box, as large as the picture. The picture is looked at once."""
        height, width = picture.shape[:2]
        if not boxes_px:
            return np.zeros((0, height, width), dtype=bool)
        torch, _ = libraries()
        frame, pixels = self._prepared(picture)
        inner = frame.into(np.array(boxes_px, dtype=float))
        masks = list[Any]()
        with torch.inference_mode():
            kind = self.network.dtype
            seen = self.network.get_image_embeddings(pixels[None].to(self.weights.device, kind))
            for start in range(0, len(inner), batch):
                boxes = torch.from_numpy(inner[start : start + batch]).float().to(self.weights.device)
                out = self.network(image_embeddings=seen, input_boxes=boxes[None], multimask_output=False)
                logits = out.pred_masks[0, :, 0].float()
                masks.append((masks_in_picture(logits, frame) > 0).cpu().numpy())
        found: Bool[np.ndarray, "box height width"] = np.concatenate(masks)
        return found

    def fill(self, picture: Picture, found: Sequence[Detection2D]) -> tuple[Detection2D, ...]:
        """The detections of a picture, each with the mask of the thing in its box."""
        masks = self.outline(picture, [each.box_px for each in found])
        return tuple(replace(each, mask=mask) for each, mask in zip(found, masks))

    def _prepared(self, picture: Picture) -> tuple[Frame, Any]:
        """Where the picture lies in the network's frame, and its pixels there."""
        torch, _ = libraries()
        size = self.numbers["size"]
        if self.kind == "sam2":
            frame = stretched(picture, int(size["width"]), int(size["height"]))
            pixels = torch.from_numpy(normal(picture, self.numbers))
            return frame, resized(pixels, (frame.frame_height_px, frame.frame_width_px), smooth=True)
        frame = longest_side(picture, int(size["longest_edge"]))
        inner = frame.inner_width_px, frame.inner_height_px
        scaled = np.array(Image.fromarray(picture).resize(inner, Image.Resampling.BILINEAR))
        pixels = np.zeros((3, frame.frame_height_px, frame.frame_width_px), dtype=np.float32)
        pixels[:, : inner[1], : inner[0]] = normal(scaled, self.numbers)
        return frame, torch.from_numpy(pixels)


def load_box_segmenter(weights: Weights) -> BoxSegmenter:
    """The segmenter of a folder or of the hub: SAM or SAM 2; raises BadInput where none can be read."""
    _, transformers = libraries()
    # SAM 2 is released as the network for video, of which the one for pictures is a part.
    first = kind_of(weights, ("sam", "sam2", "sam2_video")) == "sam"
    network_class = transformers.SamModel if first else transformers.Sam2Model
    return BoxSegmenter(
        kind="sam" if first else "sam2",
        weights=weights,
        network=load_network(weights, network_class),
        numbers=picture_numbers(weights),
    )


def masks_in_picture(logits: Any, frame: Frame) -> Any:
    """A network's masks (mask, height, width) at the size of the picture: padding cut off, both tensors."""
    whole = resized(logits, (frame.frame_height_px, frame.frame_width_px))
    return resized(inside(whole, frame), (frame.height_px, frame.width_px))


@dataclass(frozen=True, eq=False, slots=True)
class InstanceSegmenter:
    """A network that outlines things of the labels it was taught. Made by `load_instance_segmenter`."""

    weights: Weights
    network: Any
    preparing: Any
    labels: tuple[str, ...]

    def segment(
        self, pictures: Sequence[Picture], *, least_score: float = SURE, batch: int = 4
    ) -> list[tuple[Detection2D, ...]]:
        """The things in each picture with their masks, the surest first; the box is the mask's."""
        torch, _ = libraries()
        found = list[tuple[Detection2D, ...]]()
        for run in batches(pictures, batch):
            pixels = self.preparing(run, return_tensors="pt")["pixel_values"]
            with torch.inference_mode():
                out = self.network(pixel_values=pixels.to(self.weights.device, self.network.dtype))
            sizes = [each.shape[:2] for each in run]
            for classes, masks, size in zip(out.class_queries_logits, out.masks_queries_logits, sizes):
                shown = resized(masks.float(), size).cpu().numpy()
                found.append(
                    instances(classes.float().cpu().numpy(), shown, self.labels, least_score=least_score)
                )
        return found


def load_instance_segmenter(weights: Weights) -> InstanceSegmenter:
    """The Mask2Former of a folder or of the hub; raises BadInput where none can be read.

    transformers makes the network with its training loss, for which scipy has to be installed.
    """
    _, transformers = libraries()
    kind_of(weights, ("mask2former",))
    if not transformers.utils.is_scipy_available():
        what = "transformers makes a Mask2Former only where scipy is installed"
        raise BadInput(what, where="perception.adapters", mend="pip install scipy")
    network = load_network(weights, transformers.Mask2FormerForUniversalSegmentation)
    return InstanceSegmenter(
        weights=weights,
        network=network,
        preparing=load_processor(weights, transformers.Mask2FormerImageProcessorPil),
        labels=tuple(name for _, name in sorted(network.config.id2label.items())),
    )


def instances(
    classes: Float[np.ndarray, "query kind"],
    masks: Float[np.ndarray, "query height width"],
    labels: Sequence[str],
    *,
    least_score: float,
) -> tuple[Detection2D, ...]:
    """The things that queries found, the surest first, by their logits of each label (the last: none).

    A thing's score is how sure its label is, times how sure the pixels of its mask are, as in the
    network's own evaluation.
    """
    shares = np.exp(classes - classes.max(axis=1, keepdims=True))
    shares = (shares / shares.sum(axis=1, keepdims=True))[:, :-1]
    found = list[Detection2D]()
    for query, label in enumerate(shares.argmax(axis=1).tolist()):
        mask = masks[query] > 0
        box_px = box_of_mask(mask)
        if box_px is None:
            continue
        pixels = float((1 / (1 + np.exp(-masks[query][mask].astype(float)))).mean())
        score = float(shares[query, label]) * pixels
        if score >= least_score:
            found.append(Detection2D(labels[label], score, box_px, mask))
    return tuple(sorted(found, key=lambda each: -each.score))
