"""Things found by their names in pictures: Grounding DINO and OWLv2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from jaxtyping import Float

from allocentric.errors import BadInput
from allocentric.perception.adapters.found import Detection2D, Picture, corners_px, detections
from allocentric.perception.adapters.pictures import batches, normal, resized
from allocentric.perception.adapters.weights import (
    Weights,
    kind_of,
    libraries,
    load_network,
    load_processor,
    picture_numbers,
)

Kind = Literal["grounding-dino", "mm-grounding-dino", "owlv2"]
KINDS: Final[tuple[Kind, ...]] = ("grounding-dino", "mm-grounding-dino", "owlv2")
SURE: Final = 0.25
OVERLAP: Final = 0.7

Found = tuple[Float[np.ndarray, "query label"], Float[np.ndarray, "query 4"]]
"""Of each query of a network: how sure each label is, and the box in pixels of the picture."""


@dataclass(frozen=True, eq=False, slots=True)
class Detector:
    """A network that finds the things of given names. Made by `load_detector`."""

    kind: Kind
    weights: Weights
    network: Any
    tokenizer: Any
    preparing: Any  # Grounding DINO: transformers' image processor; OWLv2: the numbers of one

    def detect(
        self,
        pictures: Sequence[Picture],
        labels: Sequence[str],
        *,
        least_score: float = SURE,
        most_overlap: float = OVERLAP,
        batch: int = 4,
    ) -> list[tuple[Detection2D, ...]]:
        """What was found in each picture, the surest first; every label is one of `labels`.

        Of boxes of one label that share more than `most_overlap` of their union, the surest stays. `batch`
        pictures of one size are run at a time. Raises BadInput where there are no labels, one is empty or
        holds a full stop, or they are more words than the network reads.
        """
        _check_labels(labels)
        found = list[tuple[Detection2D, ...]]()
        for run in batches(pictures, batch):
            raw = self._owl(run, labels) if self.kind == "owlv2" else self._dino(run, labels)
            found += [
                detections(
                    scores,
                    boxes_px,
                    labels,
                    size_px=(picture.shape[1], picture.shape[0]),
                    least_score=least_score,
                    most_overlap=most_overlap,
                )
                for picture, (scores, boxes_px) in zip(run, raw)
            ]
        return found

    def _dino(self, pictures: list[Picture], labels: Sequence[str]) -> list[Found]:
        torch, _ = libraries()
        text, spans = prompt(labels)
        words = self.tokenizer(text, return_offsets_mapping=True, return_tensors="pt")
        offsets = words.pop("offset_mapping")[0].tolist()
        _check_length(len(offsets), self.network.config.max_text_len)
        words = words.to(self.weights.device)
        pixels = self.preparing(pictures, return_tensors="pt").to(self.weights.device)
        count = len(pictures)
        with torch.inference_mode():
            out = self.network(
                pixel_values=pixels["pixel_values"].to(self.network.dtype),
                pixel_mask=pixels["pixel_mask"],
                **{name: value.expand(count, -1) for name, value in words.items()},
            )
        sure = out.logits.float().sigmoid().cpu().numpy().astype(float)
        boxes = out.pred_boxes.float().cpu().numpy().astype(float)
        columns = [columns_of(span, offsets) for span in spans]
        height, width = pictures[0].shape[:2]
        return [
            (label_scores(each, columns), corners_px(shares, width_px=width, height_px=height))
            for each, shares in zip(sure, boxes)
        ]

    def _owl(self, pictures: list[Picture], labels: Sequence[str]) -> list[Found]:
        torch, _ = libraries()
        room = int(self.network.config.text_config.max_position_embeddings)
        words = self.tokenizer(list(labels), padding="max_length", max_length=room, return_tensors="pt")
        _check_length(int(words["input_ids"].shape[1]), room)
        words = words.to(self.weights.device)
        pixels = torch.stack([square_pixels(each, self.preparing) for each in pictures])
        with torch.inference_mode():
            out = self.network(
                input_ids=words["input_ids"].repeat(len(pictures), 1),
                attention_mask=words["attention_mask"].repeat(len(pictures), 1),
                pixel_values=pixels.to(self.weights.device, self.network.dtype),
            )
        sure = out.logits.float().sigmoid().cpu().numpy().astype(float)
        boxes = out.pred_boxes.float().cpu().numpy().astype(float)
        side = max(pictures[0].shape[:2])  # boxes are shares of the square that the picture was padded to
        return [
            (each, corners_px(shares, width_px=side, height_px=side)) for each, shares in zip(sure, boxes)
        ]


def load_detector(weights: Weights) -> Detector:
    """The detector of a folder or of the hub; raises BadInput where there is none that can be read."""
    _, transformers = libraries()
    kind: Kind
    match kind_of(weights, KINDS):
        case "owlv2":
            kind, network_class = "owlv2", transformers.Owlv2ForObjectDetection
            tokenizer_class, preparing = transformers.CLIPTokenizer, picture_numbers(weights)
        case "mm-grounding-dino":
            kind, network_class = "mm-grounding-dino", transformers.MMGroundingDinoForObjectDetection
            tokenizer_class = transformers.BertTokenizer
            preparing = load_processor(weights, transformers.GroundingDinoImageProcessorPil)
        case _:
            kind, network_class = "grounding-dino", transformers.GroundingDinoForObjectDetection
            tokenizer_class = transformers.BertTokenizer
            preparing = load_processor(weights, transformers.GroundingDinoImageProcessorPil)
    return Detector(
        kind=kind,
        weights=weights,
        network=load_network(weights, network_class),
        tokenizer=load_processor(weights, tokenizer_class),
        preparing=preparing,
    )


def prompt(labels: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence that Grounding DINO reads, and from where to where in it each label stands.

    >>> prompt(["Chair", "tv stand"])
    ('chair. tv stand.', [(0, 5), (7, 15)])
    """
    spans, text = list[tuple[int, int]](), ""
    for label in labels:
        word = label.strip().lower()
        text += " " if text else ""
        spans.append((len(text), len(text) + len(word)))
        text += f"{word}."
    return text, spans


def columns_of(span: tuple[int, int], offsets: Sequence[Sequence[int]]) -> list[int]:
    """The tokens that lie in a span of the text; `offsets` is from where to where each one stands.

    >>> columns_of((7, 15), [(0, 0), (0, 5), (5, 6), (7, 9), (10, 15), (15, 16), (0, 0)])
    [3, 4]
    """
    return [column for column, (start, end) in enumerate(offsets) if span[0] <= start < end <= span[1]]


def label_scores(
    token_scores: Float[np.ndarray, "query token"], columns: Sequence[Sequence[int]]
) -> Float[np.ndarray, "query label"]:
    """How sure each query is of each label: as sure as of the surest of the label's tokens."""
    return np.stack([token_scores[:, list(each)].max(axis=1, initial=0.0) for each in columns], axis=1)


def square_pixels(picture: Picture, numbers: dict[str, Any]) -> Any:
    """A picture as OWLv2 reads it: padded with black on its right or bottom to a square, then scaled."""
    torch, _ = libraries()
    height, width = picture.shape[:2]
    side = max(height, width)
    padded = np.zeros((side, side, 3), dtype=np.uint8)
    padded[:height, :width] = picture
    size = numbers["size"]
    pixels = torch.from_numpy(normal(padded, numbers))
    return resized(pixels, (int(size["height"]), int(size["width"])), smooth=True)


def _check_labels(labels: Sequence[str]) -> None:
    where = "the labels to look for"
    if not labels:
        raise BadInput("there are none", where=where, mend="name what is to be found")
    for label in labels:
        if not label.strip() or "." in label:
            raise BadInput(f"{label!r} is no name", where=where, mend="use words without a full stop")


def _check_length(count: int, most: int) -> None:
    if count > most:
        what = f"they are {count} tokens, and the network reads {most}"
        raise BadInput(what, where="the labels to look for", mend="ask for fewer, or shorter ones")
