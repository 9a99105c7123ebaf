"""What a scan is told beside its folder, and who looks on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import KINECT, DepthNoise
from allocentric.perception.fusion import VOXEL_M
from allocentric.perception.motion_model import Stage
from allocentric.perception.scan_detect import Networks

LARGEST_M: Final = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a scan is told beside its folder.

    `noise` is that of the depth. Detections are those of `masks`, else of `networks`, else the instances that
    stand beside rendered pictures. `known` are lengths in words; `geo` ties the scene to the earth, by the
    points of `control` where a file is named.
    """

    format: str | None = None
    masks: Path | None = None
    networks: Networks | None = None
    known: tuple[str, ...] = ()
    geo: bool = False
    control: Path | None = None
    noise: DepthNoise = KINECT
    voxel_m: float = VOXEL_M

    def __post_init__(self) -> None:
        if not 0 < self.voxel_m <= LARGEST_M:
            mend = f"give metres above 0, up to {LARGEST_M:g}"
            raise BadInput(f"voxels of {self.voxel_m:g} m", where="the voxels of a scan", mend=mend)


def _unwatched(_: str, items: Iterator[str], __: int) -> Iterable[str]:
    return items


def _untold(_: Stage, __: int, ___: int) -> None:
    """Nobody looks on."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: `each` is handed a stage's name, its items as they are done, and of how many.

    `told` is told the same of structure from motion, which counts by itself.
    """

    each: Callable[[str, Iterator[str], int], Iterable[str]] = _unwatched
    told: Callable[[Stage, int, int], None] = _untold


UNWATCHED: Final = Watch()
NOTHING_MORE: Final = Wanted()
