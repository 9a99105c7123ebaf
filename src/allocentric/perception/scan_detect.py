"""Where a scan's detections come from: rendered instances, masks and boxes in files, networks."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Bool, Float
from msgspec import Struct
from PIL import Image

from allocentric.errors import BadInput
from allocentric.jobs import read_bytes, resumable_lines
from allocentric.perception.adapters.detection import load_detector
from allocentric.perception.adapters.found import Detection2D
from allocentric.perception.adapters.pictures import read_picture
from allocentric.perception.adapters.segmentation import load_box_segmenter
from allocentric.perception.adapters.weights import Weights
from allocentric.perception.frames import Frame
from allocentric.perception.lifting import Segments, segments_of_boxes, segments_of_masks
from allocentric.perception.recover import Detect, nothing_in
from allocentric.perception.scan_work import fingerprint, make_folder
from allocentric.scene.json_text import decode, encode
from allocentric.scene.scene import View

FORM: Final = 'write [{"label": "chair", "box": [left, top, right, bottom]}, ...] for each picture'
Each = Callable[[Iterator[str]], Iterable[str]]


class _Found(Struct):
    """A thing in a picture: its box in pixels, or a picture of its mask in the same folder."""

    label: str
    box: tuple[float, float, float, float] | None = None
    mask: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Networks:
    """A network that finds things of these words, and one that outlines them."""

    words: tuple[str, ...]
    detector: Weights
    segmenter: Weights | None = None

    def __post_init__(self) -> None:
        if not self.words:
            what = "a detector looks for things by their names, and none is given"
            raise BadInput(what, where="allo scan", mend='name them: --words "chair, table, door"')


def from_files(folder: Path, views: Sequence[View]) -> Detect:
    """Detections as they stand in a folder: for each picture its name with `.json`, a list of `_Found`.

    A picture without a file has none. Raises BadInput where a file is none, names a mask that is missing,
    or belongs to no picture.
    """
    if not folder.is_dir():
        raise BadInput("the folder of masks is missing", where=str(folder), mend="name one that is there")
    listed = {path.stem: path for path in sorted(folder.glob("*.json"))}
    pictures = {Path(view.image).stem for view in views if view.image is not None}
    strange = sorted(set(listed) - pictures)
    if strange or not listed:
        what = f"{listed[strange[0]].name} belongs to no picture" if strange else "it holds no detections"
        raise BadInput(what, where=str(folder), mend=FORM)
    held = {stem: _read_found(path) for stem, path in listed.items()}

    def detect(view: View, frame: Frame) -> Segments:
        found = held.get("" if view.image is None else Path(view.image).stem, [])
        return _segments(found, frame, folder=folder)

    return detect


def _read_found(path: Path) -> list[_Found]:
    found = decode(read_bytes(path), list[_Found], where=str(path))
    for each in found:
        if each.mask is None and each.box is None:
            what = f"{each.label!r} has neither a box nor a mask"
            raise BadInput(what, where=str(path), mend=FORM)
        if each.mask is not None and not (path.parent / each.mask).is_file():
            what = f"the mask of {each.label!r} is missing"
            raise BadInput(what, where=str(path.parent / each.mask), mend="put it there, or give a box")
    return found


def _segments(found: Sequence[_Found], frame: Frame, *, folder: Path) -> Segments:
    masks = [each for each in found if each.mask is not None]
    if masks:
        pixels = [_mask(folder / str(each.mask)) for each in masks]
        return segments_of_masks(pixels, [each.label for each in masks], [each.score for each in masks])
    boxes = [each.box for each in found if each.box is not None]
    return boxes_on(frame, boxes, [each.label for each in found], scores=[each.score for each in found])


def _mask(path: Path) -> Bool[np.ndarray, "height width"]:
    try:
        with Image.open(path) as image:
            mask: Bool[np.ndarray, "height width"] = np.asarray(image.convert("I")) > 0
            return mask
    except (OSError, ValueError, SyntaxError):
        raise BadInput("the mask cannot be read", where=str(path), mend="get it again") from None


def boxes_on(
    frame: Frame,
    boxes_px: Sequence[tuple[float, float, float, float]],
    labels: Sequence[str],
    *,
    scores: Sequence[float],
) -> Segments:
    """Boxes in the lens's picture as segments of what stands in front in each."""
    if not boxes_px:
        return nothing_in(frame)
    if frame.lens == frame.camera:
        return segments_of_boxes(frame, np.array(boxes_px, dtype=float), labels, scores=scores)
    shown = [frame.onto(_filled(each, frame)) for each in boxes_px]
    straight: Float[np.ndarray, "box 4"] = np.array([_bounds(each) for each in shown], dtype=float)
    return segments_of_boxes(frame, straight, labels, scores=scores)


def _filled(box_px: tuple[float, float, float, float], frame: Frame) -> Bool[np.ndarray, "height width"]:
    left, top, right, bottom = (max(0, round(each)) for each in box_px)
    mask = np.zeros((frame.lens.height_px, frame.lens.width_px), dtype=bool)
    mask[top:bottom, left:right] = True
    return mask


def _bounds(mask: Any) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return 0, 0, 0, 0
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


class _Line(Struct):
    """What networks found in one picture; a mask is a PNG in base64."""

    view: str
    found: list[dict[str, Any]]


def from_networks(
    networks: Networks, views: Sequence[View], path: Path, *, made_of: str, watch: Each = iter
) -> Detect:
    """What networks see in the pictures of the views, kept in a file of a line a picture.

    A run that is stopped goes on from the pictures that are done. Raises BadInput where weights or pictures
    cannot be read.
    """
    wanted = fingerprint(made_of, networks, [view.id for view in views])
    kept = path.with_name(f"{path.stem}.{wanted[:12]}{path.suffix}")
    if not kept.exists():
        _look(networks, views, kept, wanted=wanted, watch=watch)
    lines = (decode(each, _Line, where=str(kept)) for each in kept.read_bytes().splitlines())
    held = {each.view: each.found for each in lines}

    def detect(view: View, frame: Frame) -> Segments:
        found = held[view.id]
        labels, scores = [each["label"] for each in found], [each["score"] for each in found]
        masks = [_unpacked(each["mask"]) for each in found if "mask" in each]
        if masks:
            return segments_of_masks(masks, labels, scores)
        return boxes_on(frame, [tuple(each["box"]) for each in found], labels, scores=scores)

    return detect


def _look(networks: Networks, views: Sequence[View], kept: Path, *, wanted: str, watch: Each) -> None:
    """Run the networks over the pictures that are left, a line each."""
    bare = [view.id for view in views if view.image is None]
    if bare:
        raise BadInput(f"view {bare[0]!r} has no picture", where="networks", mend="give views with pictures")
    detector = load_detector(networks.detector)
    segmenter = None if networks.segmenter is None else load_box_segmenter(networks.segmenter)
    make_folder(kept.parent)
    with resumable_lines(kept, wanted) as (done, add):

        def looked() -> Iterator[str]:
            yield from (view.id for view in views[: len(done)])
            for view in views[len(done) :]:
                picture = read_picture(str(view.image))
                (found,) = detector.detect([picture], networks.words)
                found = found if segmenter is None else segmenter.fill(picture, found)
                add(encode(_Line(view.id, [_packed(each) for each in found])))
                yield view.id

        for _ in watch(looked()):
            pass


def _packed(found: Detection2D) -> dict[str, Any]:
    told: dict[str, Any] = {"label": found.label, "score": found.score, "box": list(found.box_px)}
    if found.mask is not None:
        file = io.BytesIO()
        Image.fromarray(found.mask).save(file, format="PNG")
        told["mask"] = base64.b64encode(file.getvalue()).decode()
    return told


def _unpacked(text: str) -> Bool[np.ndarray, "height width"]:
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        mask: Bool[np.ndarray, "height width"] = np.asarray(image, dtype=bool)
        return mask
