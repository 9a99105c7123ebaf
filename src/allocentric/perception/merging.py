"""Detections of one thing over many views, merged; two that one view shows apart are never joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.perception.lifting import Detection
from allocentric.scene.labels import canonical

CELL_M: Final = 0.03  # the finest cells in which surfaces are compared; each level's are twice as wide
LEVELS: Final = 6
SPACED: Final = 1.5  # cells are so much wider than the points of a detection are apart
SHARE: Final = 0.5  # of the smaller surface, that must lie on the other
SHARE_OTHERWISE_CALLED: Final = 0.7  # of both surfaces, where the labels differ
CHUNK: Final = 8192  # cells that are compared at a time
NEIGHBOURS: Final = np.array(list(np.ndindex(3, 3, 3))) - 1
NEIGHBOURS.flags.writeable = False

Shares = Float[np.ndarray, "detection detection"]
Cells = Int[np.ndarray, "cell 3"]


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """One thing, as all detections of it: no two of one view, in the order of their views."""

    label: str
    score: float
    detections: tuple[Detection, ...]

    @property
    def views(self) -> tuple[str, ...]:
        """The views that show it."""
        return tuple(each.view for each in self.detections)

    def points_m(self) -> Float[np.ndarray, "point 3"]:
        """All points of its surface that are kept."""
        return np.concatenate([each.points_m for each in self.detections])


def merge(detections: Iterable[Detection]) -> tuple[Seen, ...]:
    """The things that detections are of, whatever order they come in.

    Two detections may be of one thing where most of the smaller surface lies on the other's and they are
    called the same (synonyms are); where they are not, most of both must. The likeliest are joined first,
    and never two groups of which one view shows both. A thing's label is what most of its pixels say, by
    score.
    """
    held = sorted(detections, key=lambda each: (each.view, each.number))
    shares = surface_shares(held)
    names = np.array([canonical(each.label) for each in held])
    group = _joined(held, shares, names)
    found = [
        _seen([held[row] for row in np.flatnonzero(group == each)]) for each in np.unique(group).tolist()
    ]
    return tuple(sorted(found, key=lambda each: (each.label, each.views, each.detections[0].number)))


def surface_shares(detections: Sequence[Detection]) -> Shares:
    """Entry [a, b]: the share of a's surface that lies on b's, in cells as fine as both are known.

    A cell lies on a surface that has a cell beside it, or itself.
    """
    count = len(detections)
    levels = np.array([_level(each) for each in detections], dtype=int)
    shares = np.zeros((count, count))
    for level in np.unique(levels).tolist():
        rows = np.flatnonzero(levels <= level)
        found = _shares_at([detections[row] for row in rows.tolist()], CELL_M * 2**level)
        at = np.maximum.outer(levels[rows], levels[rows]) == level
        block = shares[np.ix_(rows, rows)]
        block[at] = found[at]
        shares[np.ix_(rows, rows)] = block
    return shares


def _level(detection: Detection) -> int:
    """How coarse the cells of a detection must be so as to leave no holes between its points."""
    spacing_m = SPACED * detection.stride * float(np.median(detection.steps_m))
    return int(np.clip(np.ceil(np.log2(max(spacing_m / CELL_M, 1.0))), 0, LEVELS - 1))


def _shares_at(detections: Sequence[Detection], cell_m: float) -> Shares:
    cells = [np.unique(np.floor(each.points_m / cell_m).astype(np.int64), axis=0) for each in detections]
    low = np.concatenate(cells).min(axis=0) - 1
    size = np.concatenate(cells).max(axis=0) - low + 2
    keys = [_keys(each - low, size) for each in cells]
    known, numbers = np.unique(np.concatenate(keys), return_inverse=True)
    owner = np.repeat(np.arange(len(cells)), [len(each) for each in keys])
    wide = [np.unique(_keys((each[:, None] + NEIGHBOURS).reshape(-1, 3) - low, size)) for each in cells]
    wide_keys = np.concatenate(wide)
    wide_owner = np.repeat(np.arange(len(cells)), [len(each) for each in wide])
    place = np.minimum(np.searchsorted(known, wide_keys), len(known) - 1)
    real = known[place] == wide_keys
    place, wide_owner = place[real], wide_owner[real]
    shared = np.zeros((len(cells), len(cells)), dtype=np.float32)
    for start in range(0, len(known), CHUNK):
        own = _incidence(owner, numbers, start, count=len(cells))
        near = _incidence(wide_owner, place, start, count=len(cells))
        shared += own @ near.T
    counts = np.array([len(each) for each in keys], dtype=float)
    return np.asarray(shared / counts[:, None], dtype=float)


def _keys(cells: Cells, size: Int[np.ndarray, "3"]) -> Int[np.ndarray, " cell"]:
    keys: Int[np.ndarray, " cell"] = (cells[:, 0] * size[1] + cells[:, 1]) * size[2] + cells[:, 2]
    return keys


def _incidence(
    owner: Int[np.ndarray, " entry"], cell: Int[np.ndarray, " entry"], start: int, *, count: int
) -> Float[np.ndarray, "detection chunk"]:
    inside = (cell >= start) & (cell < start + CHUNK)
    matrix = np.zeros((count, CHUNK), dtype=np.float32)
    matrix[owner[inside], cell[inside] - start] = 1
    return matrix


def _joined(
    detections: Sequence[Detection], shares: Shares, names: np.ndarray
) -> Int[np.ndarray, " detection"]:
    """The group of each detection, the likeliest pairs joined first unless a view shows both groups."""
    group = np.arange(len(detections))
    views = [{each.view} for each in detections]
    members = [[row] for row in range(len(detections))]
    for first, second in _likely(shares, names):
        a, b = sorted((int(group[first]), int(group[second])))
        if a == b or views[a] & views[b]:
            continue
        views[a] |= views[b]
        members[a] += members[b]
        group[members[b]] = a
    return group


def _likely(shares: Shares, names: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs that may be one thing, the likeliest first; of equals those of the first views."""
    first, second = np.triu_indices(len(shares), 1)
    there, back = shares[first, second], shares[second, first]
    same: Bool[np.ndarray, " pair"] = names[first] == names[second]
    may = np.where(same, np.maximum(there, back) >= SHARE, np.minimum(there, back) >= SHARE_OTHERWISE_CALLED)
    mean = np.round((there + back) / 2, 6)
    order = np.lexsort((second[may], first[may], ~same[may], -mean[may]))
    yield from zip(first[may][order].tolist(), second[may][order].tolist())


def _seen(detections: Sequence[Detection]) -> Seen:
    votes = dict[str, float]()
    for each in detections:
        votes[each.label] = votes.get(each.label, 0.0) + each.score * each.pixels
    label = min(votes, key=lambda each: (-votes[each], each))
    pixels = sum(each.pixels for each in detections)
    score = sum(each.score * each.pixels for each in detections) / pixels
    return Seen(label, score, tuple(detections))
