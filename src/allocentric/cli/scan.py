"""`allo scan`: pictures in, a scene and a report out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter

from allocentric.cli.printing import print_json, print_screen
from allocentric.cli.progress import Bars
from allocentric.cli.scan_screen import scan_screen
from allocentric.errors import BadInput
from allocentric.geometry.depth_visibility import EXACT, KINECT, DepthNoise
from allocentric.perception.adapters.weights import Weights
from allocentric.perception.scan import scan as scan_folder
from allocentric.perception.scan_detect import Networks
from allocentric.perception.scan_wanted import Wanted, Watch

HERE: Final = "the command line, allo scan"
SENSORS: Final[dict[str, DepthNoise]] = {"kinect": KINECT, "exact": EXACT}


@Parameter(name="*")
@dataclass(frozen=True)
class Detections:
    """What says where things are in the pictures.

    Attributes
    ----------
    masks
        A folder: instances as allo render writes them with their things.json, or for each picture its name
        with .json: [{"label": "chair", "box": [left, top, right, bottom], "mask": "a.png"}, ...].
    detector
        A network that finds things of given names: a folder of weights, or hub:OWNER/NAME.
    segmenter
        A network that outlines what was found, likewise.
    words
        The names to look for, with commas between.
    device
        Where networks run, as torch names it: cpu, cuda:0.
    """

    masks: Path | None = None
    detector: str | None = None
    segmenter: str | None = None
    words: str = ""
    device: str = "cpu"


@Parameter(name="*")
@dataclass(frozen=True)
class Knowing:
    """What is known beside the pictures.

    Attributes
    ----------
    known
        A length, such as "door height 2.0 m"; once for each.
    geo
        Tie the scene to the earth, by control points in the folder or GPS in the pictures.
    control
        The file of control points.
    sensor
        What measured the depth: kinect, with its noise, or exact.
    """

    known: tuple[str, ...] = ()
    geo: bool = False
    control: Path | None = None
    sensor: Literal["kinect", "exact"] = "kinect"


def scan(
    folder: Path,
    out: Path,
    /,
    *,
    detections: Detections = Detections(),
    knowing: Knowing = Knowing(),
    voxel: float = 0.02,
    format: str | None = None,
    as_json: Annotated[bool, Parameter("--json")] = False,
) -> None:
    """Make a scene of pictures, posed or not, with a plan and a report on what was found and what is unknown.

    Parameters
    ----------
    folder
        Posed pictures in any layout that is known, with depth or without, or photographs alone.
    out
        The folder for scene.json, report.html, report.json, plan.png and mesh.ply. A scan that was stopped
        goes on from there.
    voxel
        Metres along the edge of the cells in which depth is fused.
    format
        The layout, where it is not to be told by the content.
    as_json
        Print the report as one JSON object.
    """
    wanted = Wanted(
        format=format,
        masks=detections.masks,
        networks=_networks(detections),
        known=knowing.known,
        geo=knowing.geo,
        control=knowing.control,
        noise=SENSORS[knowing.sensor],
        voxel_m=voxel,
    )
    with Bars() as bars:
        told = scan_folder(folder, out, wanted, watch=Watch(bars.each, bars.tell))
    print_json(told.to_json()) if as_json else print_screen(scan_screen(told, str(out)))


def _networks(given: Detections) -> Networks | None:
    """The networks that are named; raises BadInput where one lacks what it needs."""
    if given.detector is None:
        for name, value in (("--words", given.words), ("--segmenter", given.segmenter)):
            if value:
                raise BadInput(f"{name} goes with --detector", where=HERE, mend="name a detector's weights")
        return None
    if given.masks is not None:
        what = "both --masks and --detector say where things are"
        raise BadInput(what, where=HERE, mend="give one of them")
    words = tuple(each.strip() for each in given.words.split(",") if each.strip())
    segmenter = None if given.segmenter is None else Weights(given.segmenter, device=given.device)
    return Networks(words, Weights(given.detector, device=given.device), segmenter)
