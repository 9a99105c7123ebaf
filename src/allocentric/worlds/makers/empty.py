"""An empty room with a door."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import shapely

from allocentric.intervals import Arc
from allocentric.scene.scene import Complete, Scene, Source, scene_of
from allocentric.seeds import stream
from allocentric.worlds.makers.maker import Maker
from allocentric.worlds.makers.walls import CORNER_M, DOOR_M, Opening, outer_walls, room_region


def make(seed: int) -> Scene:
    """Four walls, a shut door in one of them, the floor and the room as a region; metric, north known."""
    random = stream(seed, "empty")
    width_m, depth_m = (round(float(random.uniform(2.5, 7.0)), 2) for _ in range(2))
    walls = list(outer_walls(width_m, depth_m))
    row = int(random.integers(4))
    end = (width_m if walls[row].axis == 1 else depth_m) - CORNER_M - DOOR_M
    start = round(float(random.uniform(CORNER_M, end)), 2)
    walls[row] = replace(walls[row], openings=(Opening(start, start + DOOR_M, "shut door"),))
    return scene_of(
        f"empty-{seed}",
        [
            *(each for wall in walls for each in wall.things()),
            room_region("room", (0.0, 0.0), (width_m, depth_m)),
        ],
        floor=shapely.box(0.0, 0.0, width_m, depth_m),
        north=Arc(float(random.uniform(-math.pi, math.pi))),
        complete=Complete(),
        source=Source(format="made", notes=(f"made by empty from seed {seed}",)),
    )


MAKER: Final = Maker("empty", "an empty room with a door", make)
