"""Time: where a thing is then, how fast it moves, when it is first seen.

A thing with a track is where its track says, and is not there before or after it. A thing without one stays
where it is, in a scene where others have tracks; where nothing has, there is no time.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from jaxtyping import Float

from allocentric.intervals import Interval
from allocentric.oracle.places import unplaced
from allocentric.scene.moments import moved_shape, on_track
from allocentric.scene.scene import Scene, Track, derived
from allocentric.scene.truth import Body, Dimension, Quantity, Unknown

SPEED: Final = Dimension(length=1, time=-1)
_NO_TIME: Final = Unknown(
    "not_measured", "nothing here moves: no thing has a track", "give the things tracks"
)


def at(scene: Scene, thing: Body, time: Quantity) -> Body | Unknown:
    """The thing as it is at a time, in seconds: where its track says, in between by interpolation.

    The thing then is a row of its own, which is found in a scene that `with_moment` made.
    """
    time_s = moment_of(scene, thing.row, time)
    if isinstance(time_s, Unknown):
        return time_s
    return Body(moments(scene).get((thing.row, time_s), thing.row))


def speed(scene: Scene, thing: Body, time: Quantity) -> Quantity | Unknown:
    """How fast the centre of a thing moves at a time, in seconds.

    Over the stretch between the two recorded times about it; at a recorded time, from the one before to the
    one after.
    """
    time_s = moment_of(scene, thing.row, time)
    if isinstance(time_s, Unknown):
        return time_s
    track, scaled = track_of(scene, thing.row), 0 if scene.metric else 1
    if track is None:
        return Quantity(Interval(0.0, 0.0), SPEED, scaled)
    before, after = _around(track, time_s)
    lasts_s = float(track.times_s[after] - track.times_s[before])
    if lasts_s == 0:
        what = f"{scene.names[thing.row]!r} is recorded at one time only"
        return Unknown("not_measured", what, "record it at two times")
    slack = 2 * float(np.linalg.norm(scene.center_slacks[thing.row]))
    if math.isinf(slack):
        return unplaced(scene, thing)
    way = float(np.linalg.norm(track.centers[after] - track.centers[before]))
    bound = Interval(max(0.0, way - slack) / lasts_s, (way + slack) / lasts_s)
    return Quantity(bound, SPEED, scaled, doubt=None if bound.exact else unplaced(scene, thing))


def moment_of(scene: Scene, row: int, time: Quantity) -> float | Unknown:
    """The time in seconds at which a thing is asked for; why there is no such time."""
    if not scene.tracks:
        return _NO_TIME
    if not time.bound.exact:
        return time.doubt or Unknown(
            "overlap", "the time is known only roughly", "write the time as a number"
        )
    time_s, track = time.bound.low, track_of(scene, row)
    if track is not None and not track.times_s[0] <= time_s <= track.times_s[-1]:
        span = f"{track.times_s[0]:g} to {track.times_s[-1]:g} s"
        what = f"where {scene.names[row]!r} is at {time_s:g} s, is not recorded: its track is from {span}"
        return Unknown("not_measured", what, f"choose a time from {span}")
    return time_s


def track_of(scene: Scene, row: int) -> Track | None:
    """The track of a thing; None where it stands still."""
    return next((each for each in scene.tracks if each.row == row), None)


def moments(scene: Scene) -> dict[tuple[int, float], int]:
    """The rows of things as they are at other times, by the row of the thing and the time in seconds."""
    held: dict[tuple[int, float], int] = scene.cached("moments", dict)
    return held


def own_rows(scene: Scene) -> dict[int | None, int]:
    """The row of the thing itself, by the row of the thing at another time."""
    return {then: row for (row, _), then in moments(scene).items()}


def with_moment(scene: Scene, row: int, time_s: float) -> Scene:
    """The scene with one row more: a thing as it is at a time. It is a member of no set, and hides nothing.

    The scene itself where the thing stands still, or has that row already.
    """
    track = track_of(scene, row)
    if track is None or (row, time_s) in moments(scene):
        return scene
    center, rotation = on_track(track, time_s)

    def more(values: Float[np.ndarray, "thing ..."], last: Any) -> Float[np.ndarray, "more ..."]:
        return np.concatenate([values, np.asarray(last, dtype=float)[None]])

    own = (scene.sizes, scene.fronts, scene.center_slacks, scene.slack_axes, scene.size_slacks)
    sizes, fronts, center_slacks, slack_axes, size_slacks = (more(each, each[row]) for each in own)
    longer = derived(
        scene,
        f"with {scene.names[row]} at {time_s:g} s",
        names=(*scene.names, f"{scene.names[row]} at {time_s:.9g} s"),
        labels=(*scene.labels, scene.labels[row]),
        kinds=(*scene.kinds, "region"),
        shapes=(*scene.shapes, moved_shape(scene, row, center, rotation=rotation)),
        centers=more(scene.centers, center),
        rotations=more(scene.rotations, rotation),
        sizes=sizes,
        fronts=fronts,
        center_slacks=center_slacks,
        slack_axes=slack_axes,
        size_slacks=size_slacks,
        yaw_slacks_rad=more(scene.yaw_slacks_rad, scene.yaw_slacks_rad[row]),
    )
    moments(longer).update({**moments(scene), (row, time_s): len(scene)})
    return longer


def _around(track: Track, time_s: float) -> tuple[int, int]:
    """The recorded times before and after a time."""
    last = len(track.times_s) - 1
    after = min(int(np.searchsorted(track.times_s, time_s, side="right")), last)
    before = max(int(np.searchsorted(track.times_s, time_s, side="left")) - 1, 0)
    return before, after
