"""Exact closest distance and closest points of solid oriented boxes, many pairs at a time.

Every pair is proved as it is measured. A step from a point of one box to a point of the other bounds their
gap from above; the room between their shadows on any axis bounds it from below; where the two meet, the gap
is found. First tried are the 16 corners, then one edge along the widest of the nine crossed axes. What these
leave open (faces that cross like planks, near-parallel edges) goes through all 24 edges: solids that meet
share a point of some edge, and of solids apart some edge leads to the other by the shortest way.

All arithmetic is in the frame of the first box, from its centre, so nothing is lost far from the origin.
Arrays are columns with the pair as last index, in chunks that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.boxes import Boxes

CHUNK: Final = 2048  # pairs at a time: the largest array (8 corners) then takes 400 kB
ROUNDING: Final = 4e-15  # of the size of a pair: what rounding may leave between boxes that touch
PROVED: Final = 1e-13  # of the size of a pair: bounds this close have met
PARALLEL: Final = 1e-13  # radians: the third axes of two boxes count as one
STILL: Final = 1e-30  # a direction this small moves nothing; it only keeps a division finite

AXES: Final = np.arange(3)[:, None]
NEXT: Final = np.array([1, 2, 0])
LAST: Final = np.array([2, 0, 1])
EDGES: Final = np.array(  # middles of a box's twelve edges in half sizes, 0 along the edge: axis edge pair
    [np.roll([0.0, one, two], axis) for axis in range(3) for one in (-1, 1) for two in (-1, 1)]
).T[:, :, None]

Rows = Int[np.ndarray, " pair"]
Numbers = Float[np.ndarray, " pair"]
Vectors = Float[np.ndarray, "axis pair"]
Steps = tuple[Vectors, Vectors]  # a point of the first box, and the step from it to a point of the second
Columns = Float[np.ndarray, "row ..."]
Edges = Float[np.ndarray, "axis #edge #pair"]


def gaps_m(first: Boxes, second: Boxes) -> Float[np.ndarray, " pair"]:
    """Closest distance of the solids in each pair of rows, metres; 0 where they touch or overlap.

    >>> cubes = Boxes(np.array([[0.0, 0, 0], [4.0, 5, 1]]), np.ones((2, 3)), np.tile(np.eye(3), (2, 1, 1)))
    >>> gaps_m(cubes.take(np.array([0, 0])), cubes).tolist()
    [0.0, 5.0]
    """
    rows = _rows(first, second)
    return _gaps_of_rows(first, rows, second, second_rows=rows)


def gap_row_m(boxes: Boxes, row: int) -> Float[np.ndarray, " box"]:
    """Distance of one box to every box, metres; 0 to itself."""
    return _gaps_of_rows(boxes, np.full(len(boxes), row), boxes, second_rows=np.arange(len(boxes)))


def gap_matrix_m(boxes: Boxes) -> Float[np.ndarray, "box box"]:
    """Distance of every box to every box, metres: symmetric, 0 on the diagonal."""
    matrix = np.zeros((len(boxes), len(boxes)))
    first, second = np.triu_indices(len(boxes), k=1)
    matrix[first, second] = matrix[second, first] = _gaps_of_rows(boxes, first, boxes, second_rows=second)
    return matrix


def closest_points(
    first: Boxes, second: Boxes
) -> tuple[Float[np.ndarray, " pair"], Float[np.ndarray, "pair 3"], Float[np.ndarray, "pair 3"]]:
    """The gap of each pair of rows, a closest point of the first box and of the second, world metres.

    Where they touch or overlap the gap is 0 and both points are one point of both. Where many pairs of points
    are equally close, one of them is given. The gap is exact; the points are rounded as all coordinates of
    their size are (1e-9 m at the northings of a city).
    """
    rows = _rows(first, second)
    gaps, first_m, second_m = np.empty(len(rows)), np.empty((len(rows), 3)), np.empty((len(rows), 3))
    for chunk in _chunks(len(rows)):
        pairs = _pairs(first, rows[chunk], second, second_rows=rows[chunk])
        near, step = _closest(pairs, _lower_bounds(pairs))
        gaps[chunk] = np.sqrt(_squared(step))
        turns, centers_m = first.rotations[chunk], first.centers_m[chunk]
        first_m[chunk] = centers_m + np.einsum("pij,jp->pi", turns, near)
        second_m[chunk] = centers_m + np.einsum("pij,jp->pi", turns, near + step)
    return gaps, first_m, second_m


@dataclass(frozen=True, eq=False, slots=True)
class _Pairs:
    """Pairs of boxes in the frame of the first. For footprints, of rectangles: an axis is then one of two."""

    turn: Float[np.ndarray, "axis axis pair"]  # first_from_second
    offset: Float[np.ndarray, "axis pair"]  # the centre of the second
    half: Float[np.ndarray, "axis pair"]  # half sizes of the first
    other: Float[np.ndarray, "axis pair"]  # half sizes of the second

    def take(self, rows: Rows) -> _Pairs:
        """Some of the pairs."""
        return _Pairs(self.turn[..., rows], self.offset[:, rows], self.half[:, rows], self.other[:, rows])

    def swapped(self) -> _Pairs:
        """The same pairs in the frame of the second."""
        back = self.turn.swapaxes(0, 1)
        return _Pairs(back, -_turned(back, self.offset), self.other, self.half)

    def footprint(self) -> _Pairs:
        """The rectangles which pairs with one common third axis are when seen along it."""
        return _Pairs(self.turn[:2, :2], self.offset[:2], self.half[:2], self.other[:2])

    def size(self) -> Numbers:
        """How large a pair is: the scale of its rounding."""
        size: Numbers = np.abs(self.offset).sum(0) + self.half.sum(0) + self.other.sum(0)
        return size


def _rows(first: Boxes, second: Boxes) -> Rows:
    if len(first) != len(second):
        raise ValueError(f"{len(first)} first boxes and {len(second)} second ones do not pair up")
    return np.arange(len(first))


def _chunks(count: int) -> Iterator[slice]:
    return (slice(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _pairs(first: Boxes, first_rows: Rows, second: Boxes, *, second_rows: Rows) -> _Pairs:
    """Columns of the named rows, recentred before they are turned."""
    back = np.ascontiguousarray(first.rotations[first_rows].transpose(2, 1, 0))
    axes = np.ascontiguousarray(second.rotations[second_rows].transpose(1, 2, 0))
    apart = np.ascontiguousarray((second.centers_m[second_rows] - first.centers_m[first_rows]).T)
    half = np.ascontiguousarray(first.sizes_m[first_rows].T) / 2
    other = np.ascontiguousarray(second.sizes_m[second_rows].T) / 2
    return _Pairs(_turned(back[:, :, None], axes), _turned(back, apart), half, other)


def _turned(turn: Float[np.ndarray, "row axis ..."], vectors: Float[np.ndarray, "axis ..."]) -> Columns:
    """A matrix times vectors, in each pair. Written out: numpy is slow at sums over three."""
    turned: Columns = turn[:, 0] * vectors[0]
    for axis in range(1, len(vectors)):
        turned = turned + turn[:, axis] * vectors[axis]
    return turned


def _squared(vectors: Float[np.ndarray, "axis ..."]) -> Float[np.ndarray, "..."]:
    """Squared length of each column."""
    squared: Float[np.ndarray, "..."] = vectors[0] * vectors[0]
    for row in vectors[1:]:
        squared = squared + row * row
    return squared


def _gaps_of_rows(first: Boxes, first_rows: Rows, second: Boxes, *, second_rows: Rows) -> Numbers:
    gaps = np.empty(len(first_rows))
    for chunk in _chunks(len(gaps)):
        gaps[chunk] = _gaps(_pairs(first, first_rows[chunk], second, second_rows=second_rows[chunk]))
    return gaps


def _gaps(pairs: _Pairs) -> Numbers:
    """Gap of each pair, without points: upright ones in the plane, no search for those that meet."""
    lean = np.maximum(np.abs(pairs.turn[2, :2]).max(0), np.abs(pairs.turn[:2, 2]).max(0))
    upright = np.flatnonzero(lean <= PARALLEL)
    if len(upright) == len(lean):
        return _upright_gaps(pairs)
    gaps = np.zeros(len(lean))
    if len(upright):
        gaps[upright] = _upright_gaps(pairs.take(upright))
        rest = np.flatnonzero(lean > PARALLEL)
        gaps[rest] = _gaps(pairs.take(rest))
        return gaps
    lower = _lower_bounds(pairs)
    apart = np.flatnonzero(lower > 0)
    _, step = _closest(pairs.take(apart), lower[apart])
    gaps[apart] = np.sqrt(_squared(step))
    return gaps


def _upright_gaps(pairs: _Pairs) -> Numbers:
    """Gaps of boxes with one common third axis: of the footprints and along the axis, by Pythagoras.

    Rectangles of the plane that are apart are closest at a corner of one of them.
    """
    flat, touch = pairs.footprint(), ROUNDING * pairs.size()
    squared = np.minimum(_corners(flat)[1].min(0), _corners(flat.swapped())[1].min(0))
    squared = np.where(_face_rooms(flat).max(0) > touch, squared, 0.0)
    along = np.abs(pairs.offset[2]) - pairs.half[2] - pairs.other[2]
    gaps: Numbers = np.sqrt(squared + np.where(along > touch, along, 0.0) ** 2)
    return gaps


def _lower_bounds(pairs: _Pairs) -> Numbers:
    """The widest room between shadows on the fifteen separating axes; 0 where the solids touch or overlap."""
    lower = np.maximum(_face_rooms(pairs).max(0), _crossed_rooms(pairs).max(0))
    return np.where(lower > ROUNDING * pairs.size(), lower, 0.0)


def _face_rooms(pairs: _Pairs) -> Columns:
    """Room between the shadows on the axes of both boxes; negative where the shadows overlap."""
    turn, back = pairs.turn, pairs.turn.swapaxes(0, 1)
    first = np.abs(pairs.offset) - pairs.half - _turned(np.abs(turn), pairs.other)
    second = np.abs(_turned(back, pairs.offset)) - pairs.other - _turned(np.abs(back), pairs.half)
    return np.concatenate([first, second])


def _crossed_rooms(pairs: _Pairs) -> Float[np.ndarray, "9 pair"]:
    """Room between the shadows on axis i of the first box crossed with axis j of the second, in row 3 i + j.

    All shadows are cast on the axis as computed, never by an identity of rotations, so they are true however
    near to parallel the two axes are.
    """
    turn, offset, half, other = pairs.turn, pairs.offset, pairs.half, pairs.other
    ahead, behind = turn[NEXT], turn[LAST]  # the crossed axis: -behind along axis i + 1, ahead along i + 2
    rooms = np.abs(ahead * offset[LAST][:, None] - behind * offset[NEXT][:, None])
    rooms -= np.abs(behind) * half[NEXT][:, None] + np.abs(ahead) * half[LAST][:, None]
    shadows = np.abs(ahead * behind[:, NEXT] - behind * ahead[:, NEXT])  # of the second's axis j + 1
    rooms -= shadows * other[NEXT] + shadows[:, LAST] * other[LAST]
    rooms /= np.sqrt(np.maximum(ahead * ahead + behind * behind, 1e-300))
    by_axis: Float[np.ndarray, "9 pair"] = rooms.reshape(9, -1)
    return by_axis


def _closest(pairs: _Pairs, lower: Numbers) -> Steps:
    """The shortest step from the first box to the second: each search goes on with what is not yet proved."""
    near, step = _both_ways(pairs, _from_corner)
    left = np.flatnonzero(~_proved(pairs, lower, step))
    for search in (_to_crossed_edge, _to_any_edge):
        if not len(left):
            break
        some = pairs.take(left)
        tried_near, tried_step = search(some)
        shorter = _squared(tried_step) < _squared(step[:, left])
        near[:, left] = np.where(shorter, tried_near, near[:, left])
        step[:, left] = np.where(shorter, tried_step, step[:, left])
        left = left[~_proved(some, lower[left], step[:, left])]
    step[:, lower == 0] = 0
    return near, step


def _proved(pairs: _Pairs, lower: Numbers, step: Vectors) -> Bool[np.ndarray, " pair"]:
    """True where no step can be shorter: it is as short as a lower bound, be it the room along itself."""
    length = np.sqrt(_squared(step))
    axis = step / np.maximum(length, 1e-300)
    shadow = np.abs(_turned(pairs.turn.swapaxes(0, 1), axis)) * pairs.other
    room = (axis * pairs.offset - np.abs(axis) * pairs.half - shadow).sum(0)
    proved: Bool[np.ndarray, " pair"] = np.maximum(lower, room) >= length - PROVED * pairs.size()
    return proved


def _both_ways(pairs: _Pairs, search: Callable[[_Pairs], Steps]) -> Steps:
    """The shorter step of a search that treats the two boxes differently, tried from either side."""
    near, step = search(pairs)
    back_near, back_step = search(pairs.swapped())
    shorter = _squared(back_step) < _squared(step)
    swapped_near = pairs.offset + _turned(pairs.turn, back_near + back_step)
    swapped_step = -_turned(pairs.turn, back_step)
    return np.where(shorter, swapped_near, near), np.where(shorter, swapped_step, step)


def _corners(pairs: _Pairs) -> tuple[Float[np.ndarray, "corner axis pair"], Float[np.ndarray, "corner pair"]]:
    """The corners of the second box, and their squared distances to the solid first one."""
    corners = pairs.offset[None]
    for spoke in (pairs.turn * pairs.other).swapaxes(0, 1):
        corners = np.concatenate([corners - spoke, corners + spoke])
    beyond = np.abs(corners)
    beyond -= pairs.half
    np.maximum(beyond, 0, out=beyond)
    return corners, _squared(beyond.swapaxes(0, 1))


def _from_corner(pairs: _Pairs) -> Steps:
    """From the solid first box to the closest corner of the second."""
    corners, squared = _corners(pairs)
    corner = corners[squared.argmin(0), AXES, np.arange(corners.shape[2])]
    near = np.clip(corner, -pairs.half, pairs.half)
    return near, corner - near


def _to_crossed_edge(pairs: _Pairs) -> Steps:
    """From the edge of the first box that faces the second along the widest crossed axis, to the second."""
    own, others = np.divmod(_crossed_rooms(pairs).argmax(0), 3)
    along = (own == AXES).astype(float)
    axis = pairs.turn[:, others, np.arange(len(own))]
    normal = along[NEXT] * axis[LAST] - along[LAST] * axis[NEXT]
    facing = np.sign(normal) * np.sign((normal * pairs.offset).sum(0))
    return _from_edges(pairs, facing[:, None], along[:, None])


def _to_any_edge(pairs: _Pairs) -> Steps:
    """The shortest step between an edge of either box and the solid other one: slow, and always right."""
    return _both_ways(pairs, lambda some: _from_edges(some, EDGES, (EDGES == 0).astype(float)))


def _from_edges(pairs: _Pairs, sides: Edges, along: Edges) -> Steps:
    """From the closest of some edges of the first box to the solid second.

    `sides` are the middles of the edges in half sizes; `along` is 1 in the axis an edge runs along, else 0.
    """
    back, half, other = pairs.turn.swapaxes(0, 1)[:, :, None], pairs.half[:, None], pairs.other[:, None]
    middles = sides * half
    starts, directions = _turned(back, middles - pairs.offset[:, None]), _turned(back, along)
    travel = _closest_travel(starts, directions, (along * half).sum(0), half=other)
    points = starts + travel * directions
    beyond = points - np.clip(points, -other, other)
    best = _squared(beyond).argmin(0), np.arange(middles.shape[2])
    return (middles + travel * along)[:, *best], -_turned(pairs.turn, beyond[:, *best])


def _closest_travel(starts: Edges, directions: Edges, reach: Columns, *, half: Edges) -> Columns:
    """How far along each segment, at most `reach` either way, its closest point to a solid box at 0 lies.

    Between the two face planes of an axis a segment is within the box as far as that axis goes; outside of
    them it drifts off at the rate of its direction. So the slope of the squared distance rises in straight
    pieces that break where a plane is crossed, and the stops next to its zero give the zero exactly. Written
    in travel, not in metres, a slope has no rounding at its own breaks: that decides near-parallel edges.
    """
    rates = np.where(np.abs(directions) < STILL, STILL, directions)
    planes = np.stack([-half - starts, half - starts]) / rates
    enter, leave, weights = planes.min(0), planes.max(0), rates * rates

    def slopes(travel: Columns) -> Columns:
        at = travel[:, None]
        rising: Columns = (weights * (at - np.clip(at, enter, leave))).sum(1)
        return rising

    stops = np.concatenate([np.clip(np.concatenate([enter, leave]), -reach, reach), [-reach, reach]])
    rising = slopes(stops)
    low = np.where(rising <= 0, stops, -reach).max(0)
    high = np.where(rising >= 0, stops, reach).min(0)
    at_low, at_high = slopes(np.stack([low, high]))
    flat = at_high <= at_low  # a stretch of equally close points
    share = np.where(flat, 0.5, -at_low / np.where(flat, 1.0, at_high - at_low))
    travel: Columns = low + np.clip(share, 0, 1) * (high - low)
    return travel
