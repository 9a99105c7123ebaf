"""One length that is known gives a scene its scale: "door height 2.0 m", "camera 1 to camera 2 0.5 m".

A statement is a measure, then a length: NAME height, width, depth or length (its longest side); or a distance
between two things or cameras, of the surfaces as `distance` measures it. The length is good to half of its
last digit as it is written ("2.0 m" is 1.95 to 2.05 m), unless it says how good it is: "2 m ± 1 cm". What is
not known of the measured side, and of the length, stays in the scale: it is an interval.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final, Literal, cast

import numpy as np

from allocentric.errors import BadInput, UnknownName
from allocentric.geometry.box_distance import gaps_m
from allocentric.geometry.boxes import Boxes
from allocentric.geometry.mesh_gaps import mesh_gap
from allocentric.geometry.meshes import Mesh, MeshTree, box_mesh, build_tree
from allocentric.geometry.prisms import prism_mesh
from allocentric.intervals import Interval, greatest, least
from allocentric.scene.labels import rows_called
from allocentric.scene.placement import Box3, size_of
from allocentric.scene.scene import Footprint, Scene, View, derived
from allocentric.words import UNITS, a_list, say_length, say_number

Side = Literal["height", "width", "depth", "length"]
Place = int | View
"""A thing, by its row, or a camera."""

UPRIGHT_RAD: Final = math.radians(30)
"""What leans more than this has neither width nor depth."""
FORM: Final = (
    'write it as "door height 2.0 m", "distance between sofa and tv 3.2 m" or "camera 1 to camera 2 0.5 m"'
)

_NUMBER: Final = r"(\d+(?:\.\d*)?|\.\d+)"
_LENGTH: Final = re.compile(
    rf"(?P<of>.+?)\s+{_NUMBER}\s*(?P<unit>[a-z]+)(?:\s*(?:±|\+/?-)\s*{_NUMBER}\s*(?P<doubt_unit>[a-z]*|%))?",
    re.IGNORECASE,
)
_SIDE: Final = re.compile(r"(?:the\s+)?(?P<name>.+?)(?:'s)?\s+(?P<side>height|width|depth|length)", re.I)
_SIDE_OF: Final = re.compile(
    r"(?:the\s+)?(?P<side>height|width|depth|length)\s+of\s+(?:the\s+)?(?P<name>.+)", re.I
)
_APART: Final = re.compile(r"(?:the\s+)?(?:distance\s+)?(?:(?:between|from)\s+)?(?P<pair>.+)", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s+(?:and|to)\s+", re.IGNORECASE)
_CAMERA: Final = re.compile(r"(?:camera|view|picture|photo)\s+(?P<id>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownLength:
    """A statement as it was read: what is measured, in words, and the metres that it may be."""

    text: str
    measure: str
    metres: Interval


def read_known(text: str) -> KnownLength:
    """The statement in a text, not yet looked up in a scene; raises BadInput where it states no length.

    >>> read_known("door height 2.0 m").metres
    Interval(low=1.95, high=2.05, open_low=False, open_high=False)
    >>> read_known("the distance between sofa and tv 320 cm ± 5 mm").measure
    'the distance between sofa and tv'
    """
    found = _LENGTH.fullmatch(" ".join(text.split()))
    if found is None:
        raise BadInput("this states no length", where=repr(text), mend=FORM)
    written, doubt, doubt_unit = found[2], found[4], found["doubt_unit"]
    metre = _metres_in(found["unit"], text)
    value_m = float(written) * metre
    if doubt is None:
        half_m = 0.5 * 10.0 ** -len(written.partition(".")[2]) * metre
    elif doubt_unit == "%":
        half_m = float(doubt) / 100 * value_m
    else:
        half_m = float(doubt) * (_metres_in(doubt_unit, text) if doubt_unit else metre)
    if not value_m > half_m:
        what = f"a length of {say_length(value_m)}, give or take {say_length(half_m)}, tells no scale"
        raise BadInput(what, where=repr(text), mend="state a length above 0, with more digits")
    low_m, high_m = (round(each, 12) for each in (value_m - half_m, value_m + half_m))
    return KnownLength(text, found["of"], Interval(low_m, high_m))


def with_known_lengths(scene: Scene, texts: Sequence[str]) -> Scene:
    """The scene with the scale that all of these statements leave; raises as `with_known_length` does."""
    return reduce(with_known_length, texts, scene)


def with_known_length(scene: Scene, text: str) -> Scene:
    """The scene with the scale that a known length gives it: an interval, within what it was before.

    Raises BadInput for a text that states no length, a side that is not measured, and a length that what is
    known already excludes; UnknownName for a thing or a camera that is not there.

    >>> from allocentric.scene.scene import Thing, scene_of
    >>> room = scene_of("room", [Thing(label="door", size=(0.4, 0.02, 1.0))], scale=Interval(0, math.inf))
    >>> with_known_length(room, "door height 2.00 m").scale
    Interval(low=1.995, high=2.005, open_low=False, open_high=False)
    """
    stated = read_known(text)
    units = _measured(scene, stated)
    if units.high <= 0:
        what = "what is measured has no length in this scene"
        raise BadInput(what, where=repr(text), mend="state a side or a distance above 0")
    high = stated.metres.high / units.low if units.low > 0 else math.inf
    fitting = Interval(stated.metres.low / units.high, high)
    scale = scene.scale.meet(fitting)
    told = f"{say_number(fitting.low, 4)} to {say_number(fitting.high, 4)} m"
    if scale is None:
        known = f"{say_number(scene.scale.low, 4)} to {say_number(scene.scale.high, 4)} m"
        what = f"so a scene unit is {told}; by what is known already it is {known}"
        raise BadInput(what, where=repr(text), mend="mend the statement that is wrong")
    note = f"by {text!r} ({_span(stated.metres)}) a scene unit is {told}"
    source = replace(scene.source, notes=(*scene.source.notes, note))
    return derived(scene, f"knowing {text!r}", scale=scale, source=source)


def _span(metres: Interval) -> str:
    return f"{say_number(metres.low, 4)} to {say_number(metres.high, 4)} m"


def _metres_in(unit: str, text: str) -> float:
    held = UNITS.get(unit.lower())
    if held is None or held.kind != "length":
        raise BadInput(f"{unit!r} is no unit of length", where=repr(text), mend="write m, cm, mm, ft or in")
    return held.factor


def _measured(scene: Scene, stated: KnownLength) -> Interval:
    """What is measured, in scene units."""
    sided = _SIDE_OF.fullmatch(stated.measure) or _SIDE.fullmatch(stated.measure)
    if sided is not None:
        place = _place(scene, sided["name"], stated)
        if not isinstance(place, int):
            raise BadInput("a camera has no size", where=repr(stated.text), mend=FORM)
        return _side(scene, place, cast(Side, sided["side"].lower()), where=repr(stated.text))
    pair = _pair(scene, stated)
    if pair is None:
        raise BadInput("this says neither a side nor a distance", where=repr(stated.text), mend=FORM)
    return _gap(scene, *pair, where=repr(stated.text))


# Names


def _place(scene: Scene, name: str, stated: KnownLength) -> Place:
    """The thing or camera of that name; raises UnknownName, and BadInput where several are called so."""
    found = _looked_up(scene, name)
    if len(found) > 1:
        held = a_list([repr(scene.names[each]) for each in found if isinstance(each, int)], last="or")
        raise BadInput(f"{name!r} is said of several", where=repr(stated.text), mend=f"name one: {held}")
    if not found:
        known = [*scene.names, *(f"camera {each.id}" for each in scene.views)]
        raise UnknownName("thing or camera", name, known, where=repr(stated.text))
    return found[0]


def _looked_up(scene: Scene, name: str) -> tuple[Place, ...]:
    """A thing by name or label; a camera by its id, or by its number in their order, the first being 1."""
    name = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    rows = rows_called(scene, name)
    if rows:
        return rows
    camera = _CAMERA.fullmatch(name)
    id = name if camera is None else camera["id"]
    views = {each.id: each for each in scene.views}
    if id in views:
        return (views[id],)
    if camera is not None and id.isdecimal() and 1 <= int(id) <= len(scene.views):
        return (scene.views[int(id) - 1],)
    return ()


def _pair(scene: Scene, stated: KnownLength) -> tuple[Place, Place] | None:
    """The two places of a distance; None where the words join none. A name may hold "and" or "to" itself."""
    found = _APART.fullmatch(stated.measure)
    words = stated.measure if found is None else found["pair"]
    splits = [(words[: each.start()], words[each.end() :]) for each in _JOINT.finditer(words)]
    if not splits:
        return None
    known = [split for split in splits if all(_looked_up(scene, name) for name in split)]
    first, second = known[0] if known else splits[0]
    return _place(scene, first, stated), _place(scene, second, stated)


# Sides


def _side(scene: Scene, row: int, side: Side, *, where: str) -> Interval:
    """How long a side of a thing is: as `extent` measures it, where gravity is known.

    Where it is not, a thing's height is along its own axis that is nearest to the vertical: each that may be.
    """
    sizes = size_of(scene, row)
    if not all(each.finite for each in sizes):
        what = f"the size of {scene.names[row]!r} is not known in this scene"
        raise BadInput(what, where=where, mend="state the length of a thing that has a size")
    shape = scene.shapes[row]
    if side == "length":
        return greatest(sizes)
    if isinstance(shape, Footprint) and side == "height":
        return Interval.of(shape.high - shape.low)
    if side == "height" and not scene.tilt_rad:
        parts = [
            size * Interval.of(abs(float(scene.rotations[row, 2, each]))) for each, size in enumerate(sizes)
        ]
        return parts[0] + parts[1] + parts[2]
    upward = [axis for axis in range(3) if _may_be_up(scene, row, axis)]
    if side == "height":
        found = [sizes[axis] for axis in upward]
    else:
        lean_rad = math.acos(min(1.0, float(np.abs(scene.rotations[row, 2]).max())))
        if lean_rad > UPRIGHT_RAD + scene.tilt_rad:
            what = f"{scene.names[row]!r} is tilted: it has no {side}"
            raise BadInput(what, where=where, mend='state its longest side: "NAME length 2.0 m"')
        found = [_across(scene, row, sizes, up=axis)[side == "depth"] for axis in upward]
    return reduce(Interval.hull, found)


def _may_be_up(scene: Scene, row: int, axis: int) -> bool:
    """Whether a thing's own axis may be its nearest to the vertical, however the world leans."""
    off_rad = np.arccos(np.abs(scene.rotations[row, 2]).clip(0, 1))
    return bool(off_rad[axis] - scene.tilt_rad <= off_rad.min() + scene.tilt_rad)


def _across(scene: Scene, row: int, sizes: Box3, *, up: int) -> tuple[Interval, Interval]:
    """Width and depth, where one of its own axes is up: by its front, else the longer and the shorter."""
    level = [axis for axis in range(3) if axis != up]
    first, second = (sizes[axis] for axis in level)
    front = scene.fronts[row]
    if not np.isnan(front[0]) and max(abs(front[axis]) for axis in level) > math.cos(math.radians(1)):
        return (second, first) if abs(front[level[0]]) > abs(front[level[1]]) else (first, second)
    return greatest((first, second)), least((first, second))


# Distances


def _gap(scene: Scene, first: Place, second: Place, *, where: str) -> Interval:
    """The distance of two surfaces, of what is not known widened: places, sizes and headings."""
    one, other = _solid(scene, first), _solid(scene, second)
    if isinstance(one, Boxes) and isinstance(other, Boxes):
        middle = float(gaps_m(one, other)[0])
    else:
        middle = float(mesh_gap(_tree(one), _tree(other)).gap_m)
    doubt = _doubt(scene, first) + _doubt(scene, second)
    if not math.isfinite(doubt):
        what = "where one of the two is, or how large, is not known in this scene"
        raise BadInput(what, where=where, mend="state the distance of things that are placed")
    return Interval(max(0.0, middle - doubt), middle + doubt)


def _solid(scene: Scene, place: Place) -> Boxes | MeshTree:
    if isinstance(place, View):
        return Boxes(place.world_from_camera.translation_m[None], np.zeros((1, 3)), np.eye(3)[None])
    match scene.shapes[place]:
        case Mesh() as mesh:
            return build_tree(mesh)
        case Footprint() as region:
            return build_tree(prism_mesh(region.polygon, region.low, region.high))
        case None:
            rows = slice(place, place + 1)
            return Boxes(scene.centers[rows], scene.sizes[rows], scene.rotations[rows])


def _tree(solid: Boxes | MeshTree) -> MeshTree:
    if isinstance(solid, MeshTree):
        return solid
    return build_tree(box_mesh(solid.sizes_m[0]).moved(solid.rotations[0], solid.centers_m[0]))


def _doubt(scene: Scene, place: Place) -> float:
    """How far the surface of a thing may lie from where it stands in the middle of its bounds."""
    if isinstance(place, View):
        return 0.0
    shift, growth = (float(np.linalg.norm(each[place])) for each in (scene.center_slacks, scene.size_slacks))
    radius = (float(np.linalg.norm(scene.sizes[place])) + growth) / 2
    swing = 2 * math.sin(min(float(scene.yaw_slacks_rad[place]), math.pi) / 2) * radius
    return shift + growth / 2 + swing
