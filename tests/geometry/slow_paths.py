"""The slow twins of the shortest way: over every vertex and many points of the regions, and over a grid."""

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

# Sixteen steps of a grid: a way over them is at most 2.75 % longer than the straight, 1 / cos(26.6 deg / 2).
STEPS = [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2)]
WORST = 1.0275


def slow_length(free: BaseGeometry, start: BaseGeometry, goal: BaseGeometry, spacing_m: float) -> float:
    """The shortest way over the floor's vertices, between points every `spacing_m` of the regions' edges."""
    ends = [_dots(region.intersection(free), spacing_m) for region in (start, goal)]
    at = np.concatenate([*ends, shapely.get_coordinates(free)])
    first, second = np.triu_indices(len(at), 1)
    lines = shapely.linestrings(np.stack([at[first], at[second]], axis=1))
    wide = free.buffer(1e-6)
    shapely.prepare(wide)
    seen = shapely.covers(wide, lines)
    graph = coo_matrix(
        (np.maximum(shapely.length(lines[seen]), 1e-12), (first[seen], second[seen])), shape=(len(at),) * 2
    )
    begins, goals = np.arange(len(ends[0])), len(ends[0]) + np.arange(len(ends[1]))
    return float(dijkstra(graph.tocsr(), directed=False, indices=begins)[:, goals].min())


def grid_length(free: BaseGeometry, start: shapely.Point, goal: shapely.Point, cell_m: float) -> float:
    """The shortest way over a grid through the start, and on to the goal from a point of it in sight."""
    low_x, low_y, high_x, high_y = free.bounds
    columns = np.arange(np.ceil((low_x - start.x) / cell_m), np.floor((high_x - start.x) / cell_m) + 1)
    rows = np.arange(np.ceil((low_y - start.y) / cell_m), np.floor((high_y - start.y) / cell_m) + 1)
    x, y = np.meshgrid(start.x + columns * cell_m, start.y + rows * cell_m, indexing="ij")
    at = np.stack([x, y], axis=-1)
    number = np.arange(x.size).reshape(x.shape)
    shapely.prepare(free)
    edges = []
    for i, j in STEPS:
        here = (slice(max(0, -i), x.shape[0] - max(0, i)), slice(max(0, -j), x.shape[1] - max(0, j)))
        there = (slice(max(0, i), x.shape[0] + min(0, i)), slice(max(0, j), x.shape[1] + min(0, j)))
        seen = shapely.covers(free, shapely.linestrings(np.stack([at[here], at[there]], axis=-2)))
        edges.append((number[here][seen], number[there][seen], np.full(seen.sum(), np.hypot(i, j) * cell_m)))
    first, second, length = (np.concatenate(each) for each in zip(*edges))
    graph = coo_matrix((length, (first, second)), shape=(x.size, x.size)).tocsr()
    begin = number[np.argmin(np.abs(columns)), np.argmin(np.abs(rows))]
    gone = dijkstra(graph, directed=False, indices=begin)
    to_goal = np.hypot(x - goal.x, y - goal.y).reshape(-1)
    near = np.flatnonzero(to_goal <= 1.5 * cell_m)
    lines = shapely.linestrings(
        np.stack([at.reshape(-1, 2)[near], np.tile([goal.x, goal.y], (len(near), 1))], axis=1)
    )
    near = near[shapely.covers(free, lines)]
    return float((gone + to_goal)[near].min(initial=np.inf))


def _dots(region: BaseGeometry, spacing_m: float) -> np.ndarray:
    """The vertices of a region and points along its edges."""
    return np.unique(shapely.get_coordinates(shapely.segmentize(region, spacing_m)), axis=0)
