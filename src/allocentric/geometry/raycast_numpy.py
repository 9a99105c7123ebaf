"""Which triangle a ray meets first, in double precision, by numpy: packets of rays down a tree of boxes.

Rays that lie close together are cast as one packet: a box that none of them can meet is dropped for all. A
ray without such neighbours is a packet of its own. A packet's triangles are tried nearest first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Bool, Float, Int

from allocentric.geometry.raycast_triangles import Triangles
from allocentric.geometry.rays import LocalRays

PACKET: Final = 32  # rays of a packet
BLOCK: Final = 1024  # packets that go down the tree together
BATCH: Final = 1 << 14  # pairs of ray and triangle that are tried together: what the processor's cache holds
WAVES: Final = (0, 4, 16, 64, 256, 1 << 62)  # triangles of a packet tried before and after each wave
FAN: Final = 0.25  # a packet keeps together while its slopes differ by no more than this
SPREAD_SHARE: Final = 0.1  # and its origins by no more than this share of the scene's radius
FAR: Final = 1e30  # of an empty box; finite, so that 0 times it is 0

BITS: Final = 10
SPREAD: Final = np.array(
    [sum((number >> bit & 1) << 5 * bit for bit in range(BITS)) for number in range(1 << BITS)]
)
"""The bits of a number with four zeros between them, so that five numbers can be interleaved."""
SPREAD.flags.writeable = False

Axes = Float[np.ndarray, "3 ray"]
Lanes = Float[np.ndarray, "3 packet lane"]


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """Packets and triangles that may meet, and how far ahead along the packet's main axis."""

    packet: Int[np.ndarray, " pair"]
    slot: Int[np.ndarray, " pair"]
    entry_m: Float[np.ndarray, " pair"]


@dataclass(frozen=True, eq=False, slots=True)
class PacketEngine:
    """A tree, four children a node, over triangles in the order of a space-filling curve: slot by slot.

    `levels` go from the root's children down to the triangles: for every node of the level above the bounds
    (low xyz, high xyz) of its children. `edges` are the Plücker coordinates of each triangle's three edges.
    """

    triangles: Triangles
    rows: Int[np.ndarray, " slot"]
    levels: tuple[Float[np.ndarray, "6 _ 4"], ...]
    edges: Float[np.ndarray, "18 slot"]

    def nearest(self, rays: LocalRays) -> Int[np.ndarray, " ray"]:
        """The row of the first triangle on each ray, -1 where there is none; of equals the lowest row."""
        rows = np.full(len(rays), -1)
        if not len(self.rows) or not len(rows):
            return rows
        origins_m = np.broadcast_to(rays.origins_m, rays.units.shape)
        # Scaled so that the largest part is 1 or -1: then lengths along rays are lengths along that axis.
        directions = rays.units / np.abs(rays.units).max(axis=0)
        for main, packets in _packets(origins_m, directions, self.triangles.radius_m):
            rows[packets] = self._first(origins_m[:, packets], directions[:, packets], main)
        return rows

    def blocked(self, rays: LocalRays, within_m: Float[np.ndarray, " ray"]) -> Bool[np.ndarray, " ray"]:
        """Whether any triangle lies on each ray nearer than its bound."""
        hit: Bool[np.ndarray, " ray"] = self.triangles.ranges_m(self.nearest(rays), rays) < within_m
        return hit

    def _first(self, origins_m: Lanes, directions: Lanes, main: int) -> Int[np.ndarray, "packet lane"]:
        """The row of the first triangle on each ray of packets that share a main direction."""
        pairs, rank = _nearest_first(self._met(origins_m, directions, main))
        moments_m = np.cross(origins_m, directions, axis=0)
        plucker = np.concatenate([moments_m, directions])
        lanes = directions.shape[2]
        nearest_m = np.full(directions.shape[1:], np.inf)
        rows = np.full(nearest_m.shape, len(self.rows))
        for start, stop in itertools.pairwise(WAVES):
            worst_m = nearest_m.max(axis=1)
            wave = np.flatnonzero((rank >= start) & (rank < stop) & (pairs.entry_m <= worst_m[pairs.packet]))
            for batch in np.split(wave, range(BATCH // lanes, len(wave), BATCH // lanes)):
                packet, slot = pairs.packet[batch], pairs.slot[batch]
                pair, lane = np.nonzero(_pierced(self.edges.take(slot, axis=1), plucker.take(packet, axis=1)))
                row, ray = self.rows[slot[pair]], (packet[pair], lane)
                ranges_m = _to_planes(self.triangles.planes[:, row], origins_m[:, *ray], directions[:, *ray])
                _keep_nearest((nearest_m, rows), ray, (ranges_m, row))
        return np.where(nearest_m < np.inf, rows, -1)

    def _met(self, origins_m: Lanes, directions: Lanes, main: int) -> Pairs:
        """The triangles whose boxes a packet can meet: each packet is a beam along its main axis."""
        axis, backward = main % 3, main >= 3
        sides = ((axis + 1) % 3, (axis + 2) % 3)
        starts_m = -origins_m[axis] if backward else origins_m[axis]
        beam = [starts_m.min(axis=1), starts_m.max(axis=1)]
        for side in sides:
            for bundle in (origins_m[side], directions[side]):
                beam += [bundle.min(axis=1), bundle.max(axis=1)]
        beams = np.stack(beam)[..., None]
        packet, node = np.arange(len(starts_m)), np.zeros(len(starts_m), dtype=np.int64)
        entry_m = np.zeros(len(starts_m))
        for level in self.levels:
            box, (first_m, last_m, *bundles) = level.take(node, axis=1), beams.take(packet, axis=1)
            near_m, far_m = (-box[axis + 3], -box[axis]) if backward else (box[axis], box[axis + 3])
            near_m, far_m = np.maximum(near_m - last_m, 0), far_m - first_m
            met = far_m >= 0
            for side, (low_m, high_m, least, most) in zip(sides, (bundles[:4], bundles[4:])):
                met &= low_m + np.minimum(least * near_m, least * far_m) <= box[side + 3]
                met &= high_m + np.maximum(most * near_m, most * far_m) >= box[side]
            above, child = np.nonzero(met)
            packet, node, entry_m = packet[above], node[above] * 4 + child, near_m[above, child]
        return Pairs(packet, node, entry_m)


def packet_engine(triangles: Triangles) -> PacketEngine:
    """The tree of the triangles."""
    corners_m = triangles.corners_m
    low_m, high_m = corners_m.min(axis=1), corners_m.max(axis=1)
    order = np.argsort(_along_curve((low_m + high_m).T / (4 * triangles.radius_m or 1) + 0.5), kind="stable")
    slack_m = 1e-12 * triangles.radius_m  # boxes a hair too large, so that rounding drops no hit
    bounds_m = np.concatenate([low_m[order].T - slack_m, high_m[order].T + slack_m])
    levels = list[Float[np.ndarray, "6 node 4"]]()
    while not levels or levels[-1].shape[1] > 1:
        nodes = -(-bounds_m.shape[1] // 4)
        level = np.repeat([FAR, -FAR], 3 * 4 * nodes).reshape(6, -1)
        level[:, : bounds_m.shape[1]] = bounds_m
        levels.append(level.reshape(6, nodes, 4))
        bounds_m = np.concatenate([levels[-1][:3].min(axis=2), levels[-1][3:].max(axis=2)])
    starts_m = corners_m[order]
    ends_m = np.roll(starts_m, -1, axis=1)
    edges = np.concatenate([ends_m - starts_m, np.cross(starts_m, ends_m)], axis=2)
    return PacketEngine(triangles, order, tuple(levels[::-1]), np.ascontiguousarray(edges.reshape(-1, 18).T))


def _along_curve(shares: Float[np.ndarray, "axis point"]) -> Int[np.ndarray, " point"]:
    """The place of each point along a curve that fills the unit box and keeps neighbours together."""
    cells = np.clip(shares * (1 << BITS), 0, (1 << BITS) - 1).astype(np.int64)
    places = np.zeros(shares.shape[1], dtype=np.int64)
    for axis, cell in enumerate(cells):
        places |= SPREAD[cell] << axis
    return places


def _packets(
    origins_m: Axes, directions: Axes, radius_m: float
) -> Iterator[tuple[int, Int[np.ndarray, "packet lane"]]]:
    """Rays in packets that share a main direction: 0 to 2 along x, y, z, 3 to 5 against them."""
    axis = np.abs(directions).argmax(axis=0)
    main = axis + 3 * (np.take_along_axis(directions, axis[None], axis=0)[0] < 0)
    slopes = np.take_along_axis(directions, (axis + np.array([[1], [2]])) % 3, axis=0)
    shares = np.concatenate([slopes, origins_m / (2 * radius_m)]) / 2 + 0.5
    order = np.argsort(_along_curve(shares) | main << 5 * BITS, kind="stable")
    packets = np.append(order, np.repeat(order[-1:], -len(order) % PACKET)).reshape(-1, PACKET)
    alike = (main[packets] == main[packets[:, :1]]).all(axis=1)
    alike &= (np.ptp(slopes[:, packets], axis=2) < FAN).all(axis=0)
    alike &= (np.ptp(origins_m[:, packets], axis=2) <= SPREAD_SHARE * radius_m).all(axis=0)
    for bundle in (packets[alike], packets[~alike].reshape(-1, 1)):
        for which in range(6):
            mine = bundle[main[bundle[:, 0]] == which]
            for start in range(0, len(mine), BLOCK):
                yield which, mine[start : start + BLOCK]


def _nearest_first(pairs: Pairs) -> tuple[Pairs, Int[np.ndarray, " pair"]]:
    """The pairs packet by packet, the nearest box first, and the rank of each pair in its packet."""
    order = np.lexsort((pairs.entry_m, pairs.packet))
    packet = pairs.packet[order]
    rank = np.arange(len(packet)) - np.searchsorted(packet, packet)
    return Pairs(packet, pairs.slot[order], pairs.entry_m[order]), rank


def _pierced(
    edges: Float[np.ndarray, "18 pair"], rays: Float[np.ndarray, "6 pair lane"]
) -> Bool[np.ndarray, "pair lane"]:
    """Whether the line of a ray passes all three edges of a triangle on the same side.

    An edge that two triangles share gives the same number in both, to the last bit and but for its sign: no
    ray slips between them.
    """
    sides = []
    for edge in edges.reshape(3, 6, -1, 1):
        side = edge[0] * rays[0]
        for part in range(1, 6):
            side += edge[part] * rays[part]
        sides.append(side)
    first, second, third = sides
    least, most = np.minimum(first, second), np.maximum(first, second)
    pierced: Bool[np.ndarray, "pair lane"] = (np.minimum(least, third) >= 0) | (np.maximum(most, third) <= 0)
    return pierced


def _to_planes(
    planes: Float[np.ndarray, "4 ray"], origins_m: Axes, directions: Axes
) -> Float[np.ndarray, " ray"]:
    """How far along each ray its plane lies; infinite behind it, and for a ray within the plane."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ranges_m = (planes[3] - (planes[:3] * origins_m).sum(axis=0)) / (planes[:3] * directions).sum(axis=0)
    return np.where(ranges_m >= 0, ranges_m, np.inf)


def _keep_nearest(
    kept: tuple[Float[np.ndarray, "packet lane"], Int[np.ndarray, "packet lane"]],
    ray: tuple[Int[np.ndarray, " hit"], Int[np.ndarray, " hit"]],
    found: tuple[Float[np.ndarray, " hit"], Int[np.ndarray, " hit"]],
) -> None:
    """Write into `kept` (ranges, rows) what was found nearer, or as near with a lower row."""
    (nearest_m, rows), (ranges_m, row) = kept, found
    before_m = nearest_m[ray]
    np.minimum.at(nearest_m, ray, ranges_m)
    after_m = nearest_m[ray]
    rows[ray[0][after_m < before_m], ray[1][after_m < before_m]] = np.iinfo(rows.dtype).max
    best = ranges_m == after_m
    np.minimum.at(rows, (ray[0][best], ray[1][best]), row[best])
