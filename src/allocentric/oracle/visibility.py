"""What a view shows of a thing: whether, how much of it, behind what, and where in the picture.

A pixel is the ray through its middle; visible is what is nearest in one of them. Pictures know neither metres
nor gravity: all of this is answered on any scale. A frame that comes from a camera (`camera(view)`, turned
and moved) sees with its lens. With tracks, a view sees each thing where it is when the view is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeVar

import numpy as np
from jaxtyping import Int

from allocentric.intervals import Interval, Members
from allocentric.oracle.places import Frame, Place, anchor_of, unplaced
from allocentric.oracle.shots import Shot, shot
from allocentric.oracle.times import own_rows
from allocentric.oracle.visibility_bounds import Look, exactly_seen, is_firm, look
from allocentric.oracle.visibility_boxes import (
    aside,
    box_of_pixels,
    box_somewhere,
    pixel_of,
    uncovered_px,
    way_in_px,
)
from allocentric.scene.scene import Scene, Sighting, View
from allocentric.scene.truth import (
    EITHER,
    NEVER,
    NUMBER,
    SURELY,
    Body,
    ImageBox,
    Margin,
    Point,
    Quantity,
    Things,
    Truth,
    Unknown,
    margin,
)
from allocentric.views.sight import sight

Part = Literal["picture", "whole"]
Found = TypeVar("Found")
MOST_KEPT: Final = 20_000  # things in views, of a scene

_UNLISTED: Final = Unknown(
    "not_complete", "a thing that is not listed may be in between", "say that the list of things is complete"
)
_NONE: Final = np.zeros(0, dtype=bool)
_GONE: Final = Look(np.zeros(0, dtype=np.int64), _NONE, _NONE, _NONE, Members((), ()))


def visible_in(scene: Scene, thing: Body, view: View | Frame) -> Truth | Unknown:
    """True where at least one pixel of the view shows the thing.

    Fully hidden is `exists(hidden_by(T, V)) and not visible_in(T, V)`, partly hidden the same without `not`.
    """
    return _once((scene, thing, view), "visible in", lambda: _visible_in(scene, thing, view))


def _visible_in(scene: Scene, thing: Body, view: View | Frame) -> Truth | Unknown:
    taken = _taken(scene, thing, view)
    if isinstance(taken, Unknown):
        return taken
    seen = _sighted(taken, thing)
    if seen is not None and seen.share != 0:
        says = f"share of {scene.names[thing.row]} that is seen"
        return Truth(SURELY, margin(1.0 if seen.share is None else seen.share, "share", says))
    says = f"pixels that show {scene.names[thing.row]}"
    if _may_be_in(taken, thing.row) and exactly_seen(taken.scene, taken.view, thing.row):
        shown = int(_visible_px(taken)[thing.row])
        if shown:  # no need to ask what hides the rest
            return Truth(SURELY, margin(float(shown), "px", says))
    found = _look(taken, thing)
    if isinstance(found, Unknown):
        return found
    if found.visible.any():
        return Truth(SURELY, margin(float(found.visible.sum()), "px", says))
    if found.hidden.all():
        return Truth(NEVER, _unseen_margin(taken, thing.row, found))
    return Truth(EITHER, doubt=_doubt(taken, thing, found))


def visible_share(
    scene: Scene, thing: Body, view: View | Frame, *, of: Part = "picture"
) -> Quantity | Unknown:
    """The share of a thing's own picture that nothing hides: 0 to 1, and 0 where it is not in the picture.

    Its own picture is what it would fill if it were alone: within the border ("picture"), or as if the
    picture had none ("whole"), where what is cut off counts as not seen.
    """
    taken = _taken(scene, thing, view)
    if isinstance(taken, Unknown):
        return taken
    seen = _sighted(taken, thing)
    if seen is not None and seen.share is not None and scene.knowledge is None and of == "picture":
        return Quantity(Interval.of(seen.share), NUMBER, share=True)
    found = _look(taken, thing)
    if isinstance(found, Unknown):
        return found
    bound = _share(found)
    if of == "whole":
        within = Interval(1.0, 1.0) - _cut_off(taken, thing.row, found)
        bound = bound * Interval(max(0.0, within.low), within.high)
    return _as_share(taken, thing, found, bound=bound)


def cut_off(scene: Scene, thing: Body, view: View | Frame) -> Quantity | Unknown:
    """The share of a thing's own picture, were it alone, that lies beyond the border of the view's: 0 to 1.

    0 where all of it is within, 1 where it is nowhere in the picture; a panorama has no border. A pinhole's
    picture is taken to go on up to 80 degrees off its axis.
    """
    taken = _taken(scene, thing, view)
    if isinstance(taken, Unknown):
        return taken
    found = _look(taken, thing)
    if isinstance(found, Unknown):
        return found
    return _as_share(taken, thing, found, bound=_cut_off(taken, thing.row, found), of_thing=True)


def hidden_by(scene: Scene, thing: Body, view: View | Frame) -> Things | Unknown:
    """The things that hide some of a thing: nearest to the view where the thing, alone, would be seen."""
    taken = _taken(scene, thing, view)
    if isinstance(taken, Unknown):
        return taken
    found = _look(taken, thing)
    if isinstance(found, Unknown):
        return found
    doubt = None if found.hiders.exact else _doubt(taken, thing, found)
    return Things(found.hiders, "thing", doubt=doubt)


def box_in(scene: Scene, thing: Body, view: View | Frame) -> ImageBox | Unknown:
    """The least upright box about what is seen of a thing: left, top, right, bottom.

    In pixels from the top left corner, the first pixel from 0 to 1. Of a panorama in radians: to the left of
    straight ahead, and above the level; a box over the seam goes on beyond half a turn to the right.
    """
    taken = _taken(scene, thing, view)
    if isinstance(taken, Unknown):
        return taken
    seen = _sighted(taken, thing)
    if seen is not None and seen.box_px is not None and scene.knowledge is None:
        left, top, right, bottom = (Interval.of(each) for each in seen.box_px)
        return ImageBox((left, top, right, bottom))
    found = _look(taken, thing)
    if isinstance(found, Unknown):
        return found
    if found.hidden.all():
        return _not_seen(taken, thing, found)
    if not found.visible.any():
        if seen is None or seen.share == 0 or scene.knowledge is not None:
            return _doubt(taken, thing, found)
        return box_somewhere(taken.view, found, doubt=_doubt(taken, thing, found))
    return box_of_pixels(taken.view, found, doubt=lambda: _doubt(taken, thing, found))


def pixel_in(scene: Scene, place: Place, view: View | Frame) -> Point | Unknown:
    """Where the centre of a place is in a picture, hidden or not: to the right and down, in pixels.

    Of a panorama in radians: to the left of straight ahead, and above the level.
    """
    taken = shot(scene, view)
    if isinstance(taken, Unknown):
        return taken
    if taken.view.camera is None:
        return _no_camera(taken.view)
    bound = pixel_of(taken.scene, place, taken.view)
    if isinstance(bound, str):
        name = f"the centre of {_name(scene, place)}"
        what = f"{name} is outside of the picture of {_says(taken.view)}"
        return Unknown("never_seen", what, "ask of a view that looks there")
    return bound or unplaced(scene, anchor_of(place))


def rows_read(scene: Scene, thing: Body, view: View | Frame) -> tuple[int, ...]:
    """The things on which it hangs what a view sees of a thing: its own row first.

    Of a thing outside of the picture, itself; of one that is surely hidden, what hides it; else all that may
    come in between.
    """
    return _once((scene, thing, view), "rows read", lambda: _rows_read(scene, thing, view))


def _rows_read(scene: Scene, thing: Body, view: View | Frame) -> tuple[int, ...]:
    taken = _taken(scene, thing, view)
    found = taken if isinstance(taken, Unknown) else _look(taken, thing)
    if isinstance(found, Unknown) or not len(found.pixels):
        return (thing.row,)
    if found.hidden.all():
        return tuple(dict.fromkeys((thing.row, *found.hiders.possible)))
    others = (row for row, kind in enumerate(scene.kinds) if kind != "region")
    return tuple(dict.fromkeys((thing.row, *others)))


def _once(asked: tuple[Scene, Body, View | Frame], of: str, make: Callable[[], Found]) -> Found:
    """What a view tells of a thing, found once: many questions count what the same views show."""
    scene, thing, view = asked
    if isinstance(view, Frame):
        return make()
    held: dict[tuple[Body, int], tuple[View, Found]] = scene.cached(of, dict)
    key = (thing, id(view))  # the view is kept: while it is, no other has its identity
    if key not in held:
        if len(held) >= MOST_KEPT:
            held.clear()
        held[key] = (view, make())
    return held[key][1]


def _taken(scene: Scene, thing: Body, view: View | Frame) -> Shot | Unknown:
    """The picture in which one looks for a thing: it shows it when it is taken, and at no other time."""
    if thing.row in own_rows(scene):
        what = "a picture shows a thing when it is taken, and at no other time"
        return Unknown("not_measured", what, "ask about the thing itself, in a view of that time")
    return shot(scene, view)


def _visible_px(taken: Shot) -> Int[np.ndarray, " thing"]:
    """How many pixels show each thing; made once a scene and view."""
    held: dict[int, tuple[View, Int[np.ndarray, " thing"]]] = taken.scene.cached("visible px", dict)
    if id(taken.view) not in held:  # the view is kept: while it is, no other has its identity
        held[id(taken.view)] = (taken.view, sight(taken.scene, taken.view).visible_px)
    return held[id(taken.view)][1]


def _sighted(taken: Shot, thing: Body) -> Sighting | None:
    """Where the scene itself says that the view shows the thing."""
    if not taken.stated:
        return None
    sightings = taken.scene.sightings
    return next((each for each in sightings if each.row == thing.row and each.view == taken.view.id), None)


def _look(taken: Shot, thing: Body) -> Look | Unknown:
    """What the view sees of a thing; why there is nothing to see."""
    scene, name = taken.scene, taken.scene.names[thing.row]
    if taken.view.camera is None:
        return _no_camera(taken.view)
    if not taken.there(thing.row):
        return _GONE
    if scene.kinds[thing.row] == "region":
        what = f"{name!r} is a region: it has no surface that a picture could show"
        return Unknown("not_measured", what, "ask about its walls, or what is in it")
    if np.isinf(scene.center_slacks[thing.row]).all():
        return unplaced(scene, thing)
    return look(scene, taken.view, thing.row) if _may_be_in(taken, thing.row) else _GONE


def _may_be_in(taken: Shot, row: int) -> bool:
    """False where it is plain, without a ray cast, that a thing is not in the picture."""
    return taken.view.camera is not None and not aside(taken.scene, taken.view, row)


def _no_camera(view: View) -> Unknown:
    what = f"of {_says(view)} no camera is known: its lens says what it can see"
    return Unknown("not_measured", what, f"give {_says(view)} a camera")


def _says(view: View) -> str:
    return view.id if " " in view.id else f"view {view.id}"


def _name(scene: Scene, place: Place) -> str:
    return scene.names[place.row] if isinstance(place, Body) else "that place"


def _share(found: Look) -> Interval:
    """The visible share of what is within the picture."""
    most = len(found.pixels)
    if not most:
        return Interval(0.0, 0.0)
    hidden, there = int((found.hidden & found.there).sum()), int(found.there.sum())
    shown = min(most - hidden, int((~found.hidden).sum()))
    high = (most - hidden) / most
    if there:
        high = min(high, shown / there)
    elif not shown:
        high = 0.0
    return Interval(int(found.visible.sum()) / most, min(1.0, high))


def _cut_off(taken: Shot, row: int, found: Look) -> Interval:
    """The share beyond the border."""
    if not len(found.pixels):
        return Interval(1.0, 1.0)
    if not is_firm(taken.scene, row):
        return Interval(0.0, 1.0)
    whole = sight(taken.scene, taken.view).whole(row)
    return Interval.of((whole - len(found.pixels)) / whole)


def _as_share(
    taken: Shot, thing: Body, found: Look, *, bound: Interval, of_thing: bool = False
) -> Quantity | Unknown:
    doubt = None if bound.exact else unplaced(taken.scene, thing) if of_thing else _doubt(taken, thing, found)
    if doubt is not None and bound == Interval(0.0, 1.0):
        return doubt
    return Quantity(bound, NUMBER, doubt=doubt, share=True)


def _unseen_margin(taken: Shot, row: int, found: Look) -> Margin | None:
    """How far from being seen: pixels to what does not hide it, or to the border of the picture."""
    scene, name = taken.scene, taken.scene.names[row]
    if not taken.there(row):
        return None
    if not len(found.pixels):
        return margin(way_in_px(scene, taken.view, row), "px", f"{name} to the border of the picture")
    says = f"the edge of {name} to that of what hides it"
    return margin(uncovered_px(scene, taken.view, found), "px", says)


def _not_seen(taken: Shot, thing: Body, found: Look) -> Unknown:
    """Why there is no box: it is outside of the picture, or hidden."""
    name, says = taken.scene.names[thing.row], _says(taken.view)
    if not len(found.pixels):
        small = taken.there(thing.row) and way_in_px(taken.scene, taken.view, thing.row) == 0
        where = "fills no pixel of" if small else "is outside of the picture of"
        return Unknown("never_seen", f"{name!r} {where} {says}", f"ask of a view that looks at {name!r}")
    hiders = [taken.scene.names[row] for row in found.hiders.possible[:4]]
    what = f"{name!r} is hidden in {says} by {' and '.join(map(repr, hiders))}"
    return Unknown("hidden", what, f"ask of a view that looks at {name!r} from another side")


def _doubt(taken: Shot, thing: Body, found: Look) -> Unknown:
    """Why it is not known what is seen."""
    scene = taken.scene
    if not is_firm(scene, thing.row):
        return unplaced(scene, thing)
    if found.may_hide:
        names = " and ".join(repr(scene.names[row]) for row in found.may_hide[:4])
        what = f"{names} may be in between, and is known only roughly"
        return Unknown("hidden", what, f"measure the place of {names}")
    return _UNLISTED
