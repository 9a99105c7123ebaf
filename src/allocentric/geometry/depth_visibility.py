"""Is a point seen in a posed depth picture, or hidden behind what was measured?

On a plane 1/z is affine in the pixels of a pinhole camera, and 1/range nearly so in those of a fisheye or a
panorama, so each pixel keeps a small plane of inverse depth: exact on flat surfaces at any slant, and never
mixed across an edge. A pixel whose neighbours do not lie on one smooth
surface with it is an edge: there a point is seen only before all of them, and hidden only behind all of them.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, fields
from typing import Final, Literal

import numpy as np
from jaxtyping import Bool, Float, Float32, Int

from allocentric.errors import BadInput
from allocentric.geometry.cameras import Camera, depth_from_range, range_from_depth
from allocentric.geometry.depth_lenses import pixel_widths, projected, rimmed
from allocentric.geometry.pinhole import Pinhole
from allocentric.geometry.poses import Pose

CHUNK: Final = 16_384  # points whose work arrays stay in the cache
ROWS: Final = 96  # of a picture, likewise
SIGMAS: Final = 3.0
# Noise over that of one pixel, at a corner of the pixel: of its own plane, of one fitted to nine; and of the
# second differences of both.
OF_OWN: Final = math.sqrt(1 + 2 / 8)
OF_FITTED: Final = math.sqrt(1 / 9 + 2 / 24)
OF_BEND: Final = math.sqrt(6)
OF_FITTED_BEND: Final = math.sqrt(6 / 3)
STEEP: Final = 5.0  # a bend of more pixel widths is an edge; a right angle seen evenly bends by 2
ROUNDING: Final = 2e-6  # of inverse depth, in float32
ROUNDING_PX: Final = 1e-6  # of the picture's width, in float32
UNKNOWN: Final = np.array([np.inf, -np.inf, 0, 0], np.float32)  # thresholds: never seen, never hidden
UNKNOWN.flags.writeable = False

Image = Float32[np.ndarray, "height width"]
Rimmed = Float32[np.ndarray, "rimmed_height rimmed_width"]  # with a rim of one pixel more
Numbers = Float32[np.ndarray, "*n"]
Flags = Bool[np.ndarray, " point"]
Along = Literal["z", "range"]
"""What depth is along: the view's z axis, or each pixel's ray."""


@dataclass(frozen=True, slots=True)
class DepthNoise:
    """The error of a measured depth: standard deviation `base_m + per_m2 (z - nearest_m)^2` at depth z.

    That error is each pixel's own. `shared_m` is one that neighbours share (a standard deviation, of the pose
    or of the sensor's smoothing), `lateral_px` how far off in the picture a depth may lie (a standard
    deviation; it tells on slanted surfaces), and `quantum_m` the step to which depth was rounded last, or 0.

    >>> KINECT.sigma_m(np.array([0.4, 2.4]))
    array([0.0012, 0.0088])
    """

    base_m: float = 0.0
    per_m2: float = 0.0
    nearest_m: float = 0.0
    quantum_m: float = 0.0
    lateral_px: float = 0.0
    shared_m: float = 0.0

    def __post_init__(self) -> None:
        if not all(math.isfinite(value) and value >= 0 for value in astuple(self)):
            raise BadInput(f"{self} has no size", where="DepthNoise", mend="give numbers of 0 or more")
        for field in fields(self):  # numpy's own floats would widen all that they touch
            object.__setattr__(self, field.name, float(getattr(self, field.name)))

    def sigma_m(self, depth_m: Float[np.ndarray, "*n"]) -> Float[np.ndarray, "*n"]:
        """Standard deviation of each depth's own error."""
        return self.base_m + self.per_m2 * (depth_m - self.nearest_m) ** 2


EXACT: Final = DepthNoise()
KINECT: Final = DepthNoise(base_m=0.0012, per_m2=0.0019, nearest_m=0.4, quantum_m=0.001)
"""A structured-light sensor as published (Nguyen, Izadi and Lovell, 2012), in whole millimetres."""


@dataclass(frozen=True, eq=False, slots=True)
class PreparedDepth:
    """A posed depth picture made ready for many points.

    `depth_m` is z-depth, of a fisheye or panorama range, at the middles of the pixels: NaN where nothing was
    measured, infinite where nothing is there. `edges` marks the pixels of depth edges. `thresholds` has
    (seen, hidden, by_u, by_v) in 1/m at each row and column: with t = by_u u + by_v v at pixel (u, v), a
    point of inverse depth seen + t or more is seen, below hidden + t it is hidden; from `guesses` + t up it
    is more likely seen than hidden.
    """

    camera: Camera
    world_from_camera: Pose
    depth_m: Image
    edges: Bool[np.ndarray, "height width"]
    thresholds: Float32[np.ndarray, "height width 4"]
    guesses: Image


@dataclass(frozen=True, eq=False, slots=True)
class Visibility:
    """What one depth picture says of each point: exactly one of `visible`, `undecided`, `hidden`, `outside`.

    `visible`: nothing measured stands before it, as far as three sigma can tell: it lies on the surface seen,
    or in the open. `hidden`: it lies more than six sigma behind the surface seen. `undecided`: between the
    two, or at a pixel of a depth edge, or where no depth was measured. `outside`: not in the picture, or
    behind the camera. `likely` is the best guess where many points are counted: visible, or undecided and on
    the surface of its pixel, of a pixel beside it where that one has none.

    Sigma is that of the surface: a plane fitted to nine pixels, where they are flat but for their noise, has
    less than half the noise of one pixel. What falls between the middles of pixels (a wire) was not measured.
    """

    visible: Bool[np.ndarray, " point"]
    undecided: Bool[np.ndarray, " point"]
    hidden: Bool[np.ndarray, " point"]
    outside: Bool[np.ndarray, " point"]
    likely: Bool[np.ndarray, " point"]


def prepare_depth(
    depth_m: Float[np.ndarray, "height width"],
    camera: Camera,
    world_from_camera: Pose,
    *,
    noise: DepthNoise = EXACT,
    along: Along | None = None,
) -> PreparedDepth:
    """A posed depth picture made ready: done once a picture, then each point costs a few nanoseconds.

    `depth_m` is in metres along the view's z axis or along each pixel's ray; `along` says which, by default z
    for a pinhole camera and range for others. 0, negative or NaN is no measurement, infinity is nothing
    there. The noise is of z in a pinhole's picture, of range in others'. Raises BadInput for a picture that
    is not of the camera's size.
    """
    if depth_m.shape != (camera.height_px, camera.width_px):
        raise BadInput(
            f"a depth picture of {depth_m.shape[1]} x {depth_m.shape[0]} pixels",
            where=f"prepare_depth, camera of {camera.width_px} x {camera.height_px} pixels",
            mend="resize the depth without mixing its values, or scale the camera to it",
        )
    own: Along = "z" if isinstance(camera, Pinhole) else "range"
    if (along or own) != own:
        depth_m = depth_from_range(camera, depth_m) if own == "z" else range_from_depth(camera, depth_m)
    depth = np.array(depth_m, dtype=np.float32)
    depth[~(depth > 0)] = np.nan
    around, widths = rimmed(np.reciprocal(depth), camera), pixel_widths(camera)
    edges, guesses = np.empty(depth.shape, dtype=bool), np.empty_like(depth)
    thresholds = np.empty((*depth.shape, 4), dtype=np.float32)
    for top in range(0, len(depth), ROWS):
        rows = slice(top, top + ROWS)
        part = _Part(
            around[top : top + ROWS + 2], top, camera.width_px, widths[rows] if len(widths) > 1 else widths
        )
        found = _thresholds(part, noise)
        edges[rows], thresholds[rows], guesses[rows] = found
    for array in (depth, edges, thresholds, guesses):
        array.flags.writeable = False
    return PreparedDepth(camera, world_from_camera, depth, edges, thresholds, guesses)


def visible_points(points_m: Float[np.ndarray, "point 3"], frame: PreparedDepth) -> Visibility:
    """Which points of the world the depth picture sees, which it hides, and which it cannot tell.

    A point on the very surface that a pixel measured is visible; so is one in the open before it. A point
    that is not finite is outside.

    >>> camera = Pinhole(4, 4, fx_px=2, fy_px=2, cx_px=2, cy_px=2)
    >>> wall = prepare_depth(np.full((4, 4), 3.0), camera, Pose(np.eye(3), np.zeros(3)))
    >>> found = visible_points(np.array([[0, 0, 2.0], [0, 0, 3.0], [0, 0, 4.0], [9.0, 0, 3.0]]), wall)
    >>> found.visible.tolist(), found.hidden.tolist(), found.outside.tolist()
    ([True, True, False, False], [False, False, True, False], [False, False, False, True])
    """
    visible, hidden, inside, likely = (np.empty(len(points_m), dtype=bool) for _ in range(4))
    for start in range(0, len(points_m), CHUNK):
        part = slice(start, start + CHUNK)
        inside[part], visible[part], hidden[part], likely[part] = _judged(points_m[part], frame)
    return Visibility(visible, inside & ~(visible | hidden), hidden, ~inside, likely)


def behind_m(points_m: Float[np.ndarray, "point 3"], frame: PreparedDepth) -> Float[np.ndarray, " point"]:
    """How far behind the measured surface each point lies, along the view's z; below 0 before it.

    Of a fisheye or panorama, along the ray. NaN outside the picture, at edges and where nothing was measured.
    """
    u, v, inverse = projected(points_m, frame.camera, frame.world_from_camera.inverse())
    inside, pixel = _pixels(u, v, inverse, camera=frame.camera)
    by_u, by_v = frame.thresholds.reshape(-1, 4)[pixel, 2:].T
    row, column = np.divmod(pixel, frame.camera.width_px)
    surface = 1 / frame.depth_m[row, column] + by_u * (u - column - 0.5) + by_v * (v - row - 0.5)
    told = inside & ~frame.edges[row, column] & (surface > 0)
    gap = np.full(len(points_m), np.nan)
    gap[told] = 1 / inverse[told].astype(float) - 1 / surface[told]
    return gap


@dataclass(frozen=True, eq=False, slots=True)
class _Part:
    """Some rows of inverse depth from `top` on, with their rim; the picture's width; the widths of pixels."""

    around: Rimmed
    top: int
    width_px: int
    widths: Float32[np.ndarray, "#height #width"]


def _thresholds(
    part: _Part, noise: DepthNoise
) -> tuple[Bool[np.ndarray, "height width"], Float32[np.ndarray, "height width 4"], Image]:
    """The edges, thresholds and guesses of `PreparedDepth`, of some rows."""
    around, inverse = part.around, part.around[1:-1, 1:-1]
    by_u, by_v, bend = _own_plane(around)
    sigma, rounding = _noise(inverse, noise)
    bend = np.maximum(bend - (SIGMAS * OF_BEND * sigma + 2 * rounding), 0)
    footprint = inverse * part.widths  # the width of a pixel, in inverse depth
    edges = bend > STEEP * footprint
    if (
        part.widths.size > 1
    ):  # the lens bends what is flat; where a neighbour is missing, nobody saw by how much
        bend = np.fmax(bend, 2 * np.hypot(np.hypot(by_u, by_v), footprint) * part.widths)
    fitted, fitted_by_u, fitted_by_v, fitted_bend = _fitted_plane(around)
    flat = ~edges & (fitted_bend <= SIGMAS * OF_FITTED_BEND * sigma + 2 * rounding)
    by_u, by_v = np.where(flat, fitted_by_u, by_u), np.where(flat, fitted_by_v, by_v)
    level = np.where(flat, fitted, inverse)
    row, column = (np.arange(size, dtype=np.float32)[:, None] for size in inverse.shape)
    level -= by_u * (column.T + 0.5) + by_v * (row + (part.top + 0.5))
    astray_px = SIGMAS * noise.lateral_px + ROUNDING_PX * part.width_px
    sigma *= np.where(flat, OF_FITTED, OF_OWN).astype(np.float32)
    sigma += noise.shared_m * inverse * inverse
    band = SIGMAS * sigma + rounding + astray_px * (np.abs(by_u) + np.abs(by_v))
    # Half a pixel off, a crease lies within a quarter of the bend from the plane, a step within all of it.
    bend[flat] = 0
    seen, hidden = level - band - bend / 4, level - 2 * band - bend
    thresholds, guesses = np.stack([seen, hidden, by_u, by_v], axis=-1), (seen + hidden) / 2
    thresholds[edges] = _edge_thresholds(around, edges, noise)
    own = (inverse - band - footprint)[edges]
    guesses[edges] = np.clip(own, thresholds[edges, 1], thresholds[edges, 0])
    unknown = np.isnan(seen)
    thresholds[unknown], guesses[unknown] = UNKNOWN, _hole_guesses(part, unknown, noise)
    return edges, thresholds, guesses


def _own_plane(around: Rimmed) -> tuple[Image, Image, Image]:
    """Slopes of inverse depth by u and v at each pixel, and the largest second difference of four directions.

    A neighbour that is missing is taken to carry on straight from the other; a slope is NaN where both are.
    """
    inner, slopes, bends = around[1:-1, 1:-1], [], []
    height, width = around.shape
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        onward = around[1 + down : height - 1 + down, 1 + right : width - 1 + right] - inner
        back = inner - around[1 - down : height - 1 - down, 1 - right : width - 1 - right]
        np.copyto(onward, back, where=np.isnan(onward))
        np.copyto(back, onward, where=np.isnan(back))
        slopes.append((onward + back) / 2)
        bends.append(np.abs(onward - back))
    bend: Image = np.fmax(np.fmax(bends[0], bends[1]), np.fmax(bends[2], bends[3]))
    return slopes[0], slopes[1], bend


def _fitted_plane(around: Rimmed) -> tuple[Image, Image, Image, Image]:
    """The least-squares plane of nine pixels: its middle, its slopes by u and v, and the bend along them.

    NaN where one of the nine is missing.
    """
    columns = around[:-2] + around[1:-1] + around[2:]
    rows = around[:, :-2] + around[:, 1:-1] + around[:, 2:]
    left, middle, right = columns[:, :-2], columns[:, 1:-1], columns[:, 2:]
    top, centre, bottom = rows[:-2], rows[1:-1], rows[2:]
    bend = np.maximum(np.abs(left - 2 * middle + right), np.abs(top - 2 * centre + bottom)) / 3
    return (left + middle + right) / 9, (right - left) / 6, (bottom - top) / 6, bend


def _noise(inverse: Numbers, noise: DepthNoise) -> tuple[Numbers, Numbers]:
    """The standard deviation of inverse depth, and how far rounding moves a pixel's plane at its corner."""
    squared = inverse * inverse
    sigma = noise.base_m * squared + noise.per_m2 * (1 - noise.nearest_m * inverse) ** 2
    return sigma, noise.quantum_m * squared + ROUNDING * inverse


def _band(inverse: Numbers, noise: DepthNoise) -> Numbers:
    """How far the inverse depth of one pixel may be off: three sigma."""
    sigma, rounding = _noise(inverse, noise)
    band: Numbers = SIGMAS * (sigma + noise.shared_m * inverse * inverse) + rounding
    return band


def _edge_thresholds(
    around: Rimmed, edges: Bool[np.ndarray, "height width"], noise: DepthNoise
) -> Float32[np.ndarray, "edge 4"]:
    """Seen before all nine pixels about an edge, hidden behind all of them."""
    near, far = _nearest_and_farthest(around, edges)
    seen, hidden = near - _band(near, noise), far - 2 * _band(far, noise)
    level = np.zeros_like(seen)
    return np.stack([seen, hidden, level, level], axis=1)


def _hole_guesses(
    part: _Part, holes: Bool[np.ndarray, "height width"], noise: DepthNoise
) -> Float32[np.ndarray, " hole"]:
    """Likely seen before the farthest pixel about a hole; infinite where nothing about it was measured."""
    _, far = _nearest_and_farthest(part.around, holes)
    guesses: Numbers = far - _band(far, noise) - far * np.broadcast_to(part.widths, holes.shape)[holes]
    guesses[np.isnan(guesses)] = np.inf
    return guesses


def _nearest_and_farthest(
    around: Rimmed, where: Bool[np.ndarray, "height width"]
) -> tuple[Float32[np.ndarray, " pixel"], Float32[np.ndarray, " pixel"]]:
    """The largest and the least inverse depth of the nine pixels about each marked one."""
    rows, columns = np.nonzero(where)
    near: Numbers = around[rows + 1, columns + 1]
    far: Numbers = near
    for down, right in np.ndindex(3, 3):
        other = around[rows + down, columns + right]
        near, far = np.fmax(near, other), np.fmin(far, other)
    return near, far


def _judged(
    points_m: Float[np.ndarray, "point 3"], frame: PreparedDepth
) -> tuple[Flags, Flags, Flags, Flags]:
    """Inside the picture, visible, hidden, likely."""
    u, v, inverse = projected(points_m, frame.camera, frame.world_from_camera.inverse())
    inside, pixel = _pixels(u, v, inverse, camera=frame.camera)
    # One fetch of 16 bytes a point: the four thresholds of its pixel.
    fetched = frame.thresholds.view(np.complex128).reshape(-1).take(pixel, mode="clip")
    seen, hidden, by_u, by_v = fetched.view(np.float32).reshape(-1, 4).T
    guess = frame.guesses.reshape(-1).take(pixel, mode="clip")
    with np.errstate(over="ignore", invalid="ignore"):  # of points far out of the picture
        inverse -= by_u * u
        inverse -= by_v * v
    return inside, inside & (inverse >= seen), inside & (inverse < hidden), inside & (inverse >= guess)


def _pixels(
    u: Numbers, v: Numbers, inverse: Numbers, *, camera: Camera
) -> tuple[Flags, Int[np.ndarray, " point"]]:
    """Which points lie in the picture, and the number of the pixel of each, row by row; any for the rest."""
    width, height = camera.width_px, camera.height_px
    inside = (u >= 0) & (u < width) & (v >= 0) & (v < height) & (inverse > 0)
    column = np.fmin(np.fmax(u, 0), width - 1).astype(np.int32)
    row = np.fmin(np.fmax(v, 0), height - 1).astype(np.int32)
    return inside, row * np.int32(width) + column
