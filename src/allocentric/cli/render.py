"""`allo render`: pictures of a scene, with depth and cameras."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from allocentric.cli.printable import printable
from allocentric.cli.printing import print_lines
from allocentric.cli.progress import watched
from allocentric.cli.whole import WHOLE
from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.cameras import Panorama, Pinhole
from allocentric.scene.scene import Scene, View
from allocentric.views.export import check_sizes, write_views
from allocentric.views.overlays_export import write_marked
from allocentric.views.paths import STEP_M, SWAY_M, SWAY_RAD, orbit, panoramas, sway, walk_through
from allocentric.views.surfaces import meter_of
from allocentric.views.video import check_rate, check_video, film_of
from allocentric.worlds.read import read

HERE: Final = "the command line, allo render"
KINDS: Final = ("orbit:THING", "walk", "panorama", "scene")
ORBIT: Final = 24
FOV_DEG: Final = 60.0
LARGEST_PX: Final = 8192
MOST_SWAY: Final = 20.0


@Parameter(name="*")
@dataclass(frozen=True)
class Lens:
    """What the pictures are like.

    Attributes
    ----------
    size
        Width x height in pixels; 640x480, and 1024x512 for panoramas.
    fov
        The angle from the left to the right border, in degrees: 60.
    """

    size: str | None = None
    fov: float | None = None


@Parameter(name="*")
@dataclass(frozen=True)
class Motion:
    """How the camera moves.

    Attributes
    ----------
    step
        Metres from view to view on a walk, 0.25; turns are finer with it.
    sway
        How much a hand shakes the camera: 1 is 2 cm and 1.5 degrees, 0 not at all.
    seed
        Of the shaking.
    video
        Make a film of the pictures, video.mp4 in the folder.
    rate
        Pictures a second in the film: 12.
    """

    step: float = STEP_M
    sway: float = 0.0
    seed: Annotated[int, WHOLE] = 0
    video: bool = False
    rate: float = 12.0


def render(
    scene: str,
    /,
    *,
    views: str,
    out: Path,
    count: Annotated[int | None, WHOLE] = None,
    format: str | None = None,
    lens: Lens = Lens(),
    motion: Motion = Motion(),
    marks: bool = False,
) -> None:
    """Write pictures of a scene: colour, 16-bit depth, instances, and cameras that other tools open; a film.

    Parameters
    ----------
    scene
        A file or a folder; path#id where a file holds many scenes.
    views
        orbit:THING around a thing, walk through all rooms, panorama in each room, or scene, the scene's own.
    out
        The folder for images/, depth/, instances/, transforms.json, COLMAP's sparse/0/, and scene.json, of
        which allo ask can ask what a view shows. Pictures that are there already are not made again.
    count
        How many views: around a thing (24), or spread evenly over the others.
    format
        The scene's format, where it is not to be told by the content.
    marks
        Number the things, too: marked/, and marks.json, which says which number is which thing.
    """
    if count is not None and count < 1:
        raise BadInput(f"{count} views", where=HERE, mend="give --count 1 or more")
    if motion.video:
        check_video()
        check_rate(motion.rate)
    held = read(scene, format=format)
    chosen = _shaken(held, _views(held, views, lens=lens, motion=motion, count=count), motion)
    if motion.video:
        check_sizes(chosen, where=f"{HERE} --video")
    try:
        done = write_views(held, chosen, out, watch=lambda ids: watched(ids, len(chosen)))
        if motion.video:
            film = out / "video.mp4"
            film_of(done.pictures, film, rate_hz=motion.rate, watch=lambda each: watched(each, len(chosen)))
        marked_things = write_marked(held, chosen, out) if marks else 0
    except KeyboardInterrupt:
        print_lines("stopped: the same command goes on from here", error=True)
        raise
    there = f", {len(chosen) - done.made} of them there already" if done.made < len(chosen) else ""
    filmed = [f"  video.mp4: {len(chosen) / motion.rate:.1f} s"] if motion.video else []
    numbered = [f"  marked/: {marked_things} marks, named in marks.json"] if marks else []
    notes = [f"  {each}" for each in done.notes]
    print_lines(f"{out}: {len(chosen)} views of {held.id}{there}", *filmed, *numbered, *notes)


def _views(scene: Scene, wanted: str, *, lens: Lens, motion: Motion, count: int | None) -> Sequence[View]:
    kind, _, thing = wanted.partition(":")
    for given, option, own in ((lens.size, "--size", ("scene",)), (lens.fov, "--fov", ("scene", "panorama"))):
        if given is not None and kind in own and not thing:
            what = f"--views {kind} has a {'size' if option == '--size' else 'field of view'} of its own"
            raise BadInput(what, where=f"{HERE} {option}", mend=f"leave {option} out")
    match kind:
        case "orbit" if thing:
            return orbit(scene, scene.row(thing), _pinhole(lens), count=count or ORBIT)
        case "walk" if not thing:
            return _spread(walk_through(scene, _pinhole(lens), step_m=motion.step), count)
        case "panorama" if not thing:
            width_px, height_px = _size(lens.size or "1024x512")
            return _spread(panoramas(scene, camera=Panorama(width_px, height_px)), count)
        case "scene" if not thing:
            return _spread(scene.views, count)
    raise UnknownName("kind of views", printable(wanted), KINDS, where=f"{HERE} --views")


def _shaken(scene: Scene, views: Sequence[View], motion: Motion) -> Sequence[View]:
    """The views as from a hand."""
    if not 0 <= motion.sway <= MOST_SWAY:
        what = f"{motion.sway:g} times the shaking of a hand"
        raise BadInput(what, where=f"{HERE} --sway", mend=f"give 0 to {MOST_SWAY:g}")
    if not motion.sway:
        return views
    amplitude = SWAY_M * motion.sway / meter_of(scene)
    return sway(views, seed=motion.seed, amplitude=amplitude, amplitude_rad=SWAY_RAD * motion.sway)


def _spread(views: Sequence[View], count: int | None) -> Sequence[View]:
    """So many of the views, evenly from the first to the last."""
    if count is None or count >= len(views):
        return views
    return [views[round(place * (len(views) - 1) / max(count - 1, 1))] for place in range(count)]


def _pinhole(lens: Lens) -> Pinhole:
    fov_deg = FOV_DEG if lens.fov is None else lens.fov
    if not 1 <= fov_deg <= 170:
        raise BadInput(f"a field of view of {fov_deg:g} degrees", where=HERE, mend="give 1 to 170 degrees")
    width_px, height_px = _size(lens.size or "640x480")
    focal_px = width_px / 2 / math.tan(math.radians(fov_deg) / 2)
    return Pinhole(width_px, height_px, focal_px, focal_px, width_px / 2, height_px / 2)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    sides = tuple(map(int, found.groups())) if found else (0, 0)
    if not all(1 <= side <= LARGEST_PX for side in sides):
        mend = f"write width x height, such as 640x480, up to {LARGEST_PX} each"
        raise BadInput(f"{printable(text)!r} is no size of a picture", where=f"{HERE} --size", mend=mend)
    return sides[0], sides[1]
