"""Scenes of which more is known: every bound within the old one, around one scene that is possible."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import Arc, Interval
from allocentric.scene.scene import Complete, Difference, Scene
from tests.laws.loose_scenes import Random, centers_within, inner, moved_shape


def narrower_scene(scene: Scene, random: Random) -> Scene:
    """The scene with more known of it: every bound within the old one, around one scene that is possible."""
    hidden = centers_within(scene, random, inner)
    local = np.einsum("nji,nj->ni", scene.slack_axes, hidden - scene.centers)
    middle, half = _within_old(local, scene.center_slacks, random)
    low = np.maximum(0.0, scene.sizes - scene.size_slacks)
    span = np.where(np.isinf(scene.size_slacks), 0.0, scene.sizes + scene.size_slacks - low)
    ends = np.sort(random.uniform(0, 1, size=(2, *span.shape)) ** random.choice([0.3, 1.0]), axis=0)
    kept = np.isinf(scene.size_slacks) & (random.random(span.shape) < 0.5)
    turn, swing = _within_old(np.zeros(len(scene)), np.minimum(scene.yaw_slacks_rad, math.pi), random)
    turns = np.array([rotation_about_up(each) for each in turn]).reshape(-1, 3, 3)
    placed = scene.centers + np.einsum("nij,nj->ni", scene.slack_axes, middle)
    north = scene.north
    if north.full and random.random() < 0.5:
        north = Arc(random.uniform(-3, 3), random.uniform(0, 2))
    elif not north.full:
        shift, arc = _within_old(np.zeros(1), np.array([north.half_rad]), random)
        north = Arc(north.middle_rad + float(shift[0]), float(arc[0]))
    return replace(
        scene,
        centers=placed,
        center_slacks=half,
        sizes=np.where(kept, scene.sizes, low + span * (ends[0] + ends[1]) / 2),
        size_slacks=np.where(kept, np.inf, span * (ends[1] - ends[0]) / 2),
        rotations=turns @ scene.rotations,
        yaw_slacks_rad=swing,
        shapes=tuple(
            moved_shape(shape, each, before, after, np.eye(3), 1.0)
            for shape, each, before, after in zip(scene.shapes, turns, scene.centers, placed, strict=True)
        ),
        differences=tuple(_closer(each, hidden, random) for each in scene.differences),
        stated=tuple(replace(each, bound=_part(each.bound, random)) for each in scene.stated),
        scale=_part(scene.scale, random),
        north=north,
        tilt_rad=scene.tilt_rad * float(random.choice([0.0, 0.5, 1.0])),
        complete=scene.complete if random.random() < 0.5 else Complete(),
    )


def _within_old(inside: np.ndarray, slack: np.ndarray, random: Random) -> tuple[np.ndarray, np.ndarray]:
    """Middles and half widths within `slack` around 0, each holding its number of `inside`."""
    endless = np.isinf(slack)
    reach = np.where(endless, np.abs(inside) + 3.0, slack)
    shares = np.where(random.random((2, *slack.shape)) < 0.3, 1.0, random.uniform(0, 1, (2, *slack.shape)))
    low, high = inside - shares[0] * (inside + reach), inside + shares[1] * (reach - inside)
    unknown = endless & (random.random(slack.shape) < 0.5)
    middle = np.where(slack == 0, 0.0, (low + high) / 2)
    half = np.where(slack == 0, 0.0, np.maximum(high - low, 0.0) / 2)
    return np.where(unknown, 0.0, middle), np.where(unknown, np.inf, half)


def _closer(pair: Difference, hidden: np.ndarray, random: Random) -> Difference:
    apart = float(hidden[pair.second, pair.axis] - hidden[pair.first, pair.axis])
    low = max(pair.bound.low, apart - random.exponential())
    high = min(pair.bound.high, apart + random.exponential())
    if random.random() < 0.5:
        low, high = pair.bound.low, pair.bound.high
    return replace(
        pair,
        bound=Interval(
            low,
            high,
            pair.bound.open_low and low == pair.bound.low,
            pair.bound.open_high and high == pair.bound.high,
        ),
    )


def _part(bound: Interval, random: Random) -> Interval:
    """An interval within another."""
    if random.random() < 0.3:
        return bound
    high = bound.high if math.isfinite(bound.high) else max(bound.low, 0.1) + random.exponential()
    low, top = sorted(random.uniform(max(bound.low, 1e-3 if bound.open_low else 0.0), high, size=2).tolist())
    return Interval(low, bound.high if random.random() < 0.2 else top)
