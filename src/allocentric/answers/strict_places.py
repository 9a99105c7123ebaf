"""Points, boxes, boxes on the sphere and maps in a text, by the convention that is declared."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Final

from allocentric.answers.kinds import Box, Convention, Expected, Pixel, Placed
from allocentric.answers.strict_outcome import Outcome, missing
from allocentric.answers.strict_units import KNOWN

_NUMBER: Final = r"[-+]?(?:\d{1,12}(?:\.\d{0,18})?|\.\d{1,18})(?:[eE][-+]?\d{1,3})?"
_VALUE: Final = re.compile(_NUMBER)
_GROUP: Final = re.compile(
    rf"[(\[]\s{{0,9}}({_NUMBER}\s?°?(?:[,;\s]\s{{0,9}}{_NUMBER}\s?°?){{0,7}}),?\s{{0,9}}[)\]]"
)
_BARE: Final = re.compile(rf"[\s*`]*({_NUMBER}\s?°?(?:[\s,;]+{_NUMBER}\s?°?){{1,7}})[\s*.`]*")
_WRAPPED: Final = re.compile(r"</?(?:box|bbox|quad|point|points|loc)>", re.IGNORECASE)
_OPEN: Final = re.compile(r"[(\[{][^)\]}]*$")
_NAMES: Final = """x1 y1 x2 y2 xmin ymin xmax ymax x_min y_min x_max y_max left top right bottom width height
yaw pitch azimuth elevation x y w h"""
_SPELLED: Final = "|".join(sorted(_NAMES.split(), key=len, reverse=True))
_NAMED: Final = re.compile(
    rf"(?<![A-Za-z])({_SPELLED})[\"']?\s{{0,4}}[:=]\s{{0,4}}[\"']?({_NUMBER})\s?°?",
    re.IGNORECASE,
)
_MANY: Final = re.compile(rf"(?<![A-Za-z])([xy])(\d{{1,3}})=\"({_NUMBER})\"", re.IGNORECASE)
_CORNERS: Final = (
    ("x1", "y1", "x2", "y2"),
    ("xmin", "ymin", "xmax", "ymax"),
    ("x_min", "y_min", "x_max", "y_max"),
    ("left", "top", "right", "bottom"),
)
_SIZES: Final = (("x", "y", "width", "height"), ("x", "y", "w", "h"), ("left", "top", "width", "height"))
_SPHERE: Final = (
    ("yaw", "pitch", "width", "height"),
    ("azimuth", "elevation", "width", "height"),
    ("yaw", "pitch", "w", "h"),
)


def _groups(text: str) -> list[tuple[tuple[float, ...], int, int]]:
    """Numbers in brackets, innermost, and where; a bare list of numbers where the text is nothing else."""
    if "<" in text:
        text = _WRAPPED.sub(lambda mark: " " * len(mark[0]), text)
    found = [(tuple(map(float, _VALUE.findall(mark[1]))), *mark.span()) for mark in _GROUP.finditer(text)]
    if not found and (bare := _BARE.fullmatch(text)):
        return [(tuple(map(float, _VALUE.findall(bare[1]))), *bare.span(1))]
    return found


def _named(text: str) -> list[dict[str, float]]:
    """Runs of named numbers; a name that comes again begins the next run."""
    runs = list[dict[str, float]]()
    for mark in _NAMED.finditer(text):
        name = mark[1].lower()
        if not runs or name in runs[-1]:
            runs.append({})
        runs[-1][name] = float(mark[2])
    return runs


def _pixel(x: float, y: float, convention: Convention) -> Pixel | None:
    """A place in pixels; None where it lies outside the picture."""
    width, height = convention.width_px, convention.height_px
    if convention.coordinates != "pixels":
        whole = 1000.0 if convention.coordinates == "thousandths" else 1.0
        x, y = x / whole * (width or 0), y / whole * (height or 0)
    if not (math.isfinite(x) and math.isfinite(y)):
        return None
    inside = 0 <= x <= (width or math.inf) and 0 <= y <= (height or math.inf)
    return (x, y) if inside else None


def _in_order(pair: Sequence[float], convention: Convention) -> tuple[float, float]:
    return (pair[0], pair[1]) if convention.order == "xy" else (pair[1], pair[0])


def points_in(text: str, expected: Expected) -> Outcome:
    """The point, or the points, that a text names, in pixels; `outside` where one is not in the picture."""
    convention, many = expected.convention, dict[int, dict[str, float]]()
    for axis, row, value in _MANY.findall(text):
        many.setdefault(int(row), {})[axis.lower()] = float(value)
    named = [run for run in [*many.values(), *([] if many else _named(text))] if "x" in run and "y" in run]
    if named:
        pairs, start, end = [(run["x"], run["y"]) for run in named], 0, len(text)
    else:
        groups = _groups(text)
        if not groups:
            return _nothing(text)
        if any(len(numbers) != 2 for numbers, _, _ in groups):
            return missing("malformed")
        pairs = [_in_order(numbers, convention) for numbers, _, _ in groups]
        start, end = groups[0][1], groups[-1][2]
    pixels = [_pixel(x, y, convention) for x, y in pairs]
    inside = tuple(pixel for pixel in pixels if pixel is not None)
    if len(inside) < len(pixels):
        return missing("outside")
    if expected.kind == "points":
        return inside, None, start, end
    return (inside[0], None, start, end) if len(set(inside)) == 1 else missing("disagree")


def _nothing(text: str) -> Outcome:
    """Why there are no numbers: the reply stops within brackets, or there never were any."""
    opened = _OPEN.search(text[-400:])
    return missing(
        "cut_off"
        if opened and _VALUE.search(opened[0])
        else "malformed"
        if _lone_group(text)
        else "no_answer"
    )


def _lone_group(text: str) -> bool:
    return bool(re.fullmatch(rf"[(\[]{{0,9}}\s{{0,9}}{_NUMBER}\s{{0,9}}[)\]]{{0,9}}", text.strip()))


def _corners(text: str, convention: Convention) -> tuple[list[Sequence[float]], int, int] | Outcome:
    """Boxes as left, top, right, bottom, as the text gives them."""
    boxes = list[Sequence[float]]()
    for run in _named(text):
        for names in _CORNERS:
            if all(name in run for name in names):
                boxes.append([run[name] for name in names])
                break
        else:
            for x, y, wide, tall in _SIZES:
                if all(name in run for name in (x, y, wide, tall)):
                    boxes.append([run[x], run[y], run[x] + run[wide], run[y] + run[tall]])
                    break
    if boxes:
        return boxes, 0, len(text)
    groups = _groups(text)
    if not groups:
        return _nothing(text)
    sizes = {len(numbers) for numbers, _, _ in groups}
    if sizes == {2} and len(groups) % 2 == 0:
        lists = [[*first[0], *second[0]] for first, second in zip(groups[::2], groups[1::2], strict=True)]
    elif sizes == {4}:
        lists = [list(numbers) for numbers, _, _ in groups]
    else:
        return missing("malformed")
    for a, b, c, d in lists:
        boxes.append((*_in_order((a, b), convention), *_in_order((c, d), convention)))
    return boxes, groups[0][1], groups[-1][2]


def boxes_in(text: str, expected: Expected) -> Outcome:
    """The box, or the boxes, that a text names: left, top, right, bottom in pixels."""
    found = _corners(text, expected.convention)
    if len(found) == 4:
        return found
    boxes, start, end = found
    made = list[Box]()
    for left, top, right, bottom in boxes:
        first, second = _pixel(left, top, expected.convention), _pixel(right, bottom, expected.convention)
        if first is None or second is None:
            return missing("outside")
        if first[0] >= second[0] or first[1] >= second[1]:
            return missing("malformed")
        made.append((*first, *second))
    if expected.kind == "boxes":
        return tuple(made), None, start, end
    return (made[0], None, start, end) if len(set(made)) == 1 else missing("disagree")


def sphere_box_in(text: str, expected: Expected) -> Outcome:
    """The box on the sphere that a text names: yaw, pitch, width and height, in rad."""
    runs = [
        tuple(run[name] for name in names)
        for run in _named(text)
        for names in _SPHERE
        if all(name in run for name in names)
    ]
    groups = [(run, 0, len(text)) for run in runs] or _groups(text)
    if not groups:
        return _nothing(text)
    if any(len(numbers) != 4 for numbers, _, _ in groups):
        return missing("malformed")
    if len({numbers for numbers, _, _ in groups}) > 1:
        return missing("disagree")
    numbers, start, end = groups[0]
    unit = KNOWN.get((expected.unit or "rad").lower(), ("angle", 1.0))[1]
    factor = KNOWN["deg"][1] if "°" in text else unit
    yaw, pitch, wide, tall = (number * factor for number in numbers)
    if not all(map(math.isfinite, (yaw, pitch, wide, tall))) or wide <= 0 or tall <= 0:
        return missing("malformed")
    turn, slack = 2 * math.pi, 1e-9
    if (
        abs(yaw) > turn + slack
        or abs(pitch) > turn / 4 + slack
        or wide > turn + slack
        or tall > turn / 2 + slack
    ):
        return missing("outside")
    return (math.remainder(yaw, turn), pitch, wide, tall), None, start, end


_LINE: Final = re.compile(
    rf"[\s*-]{{0,9}}([^\W\d_][^:=(\n]{{0,60}}?)\s{{0,4}}(?:[:=]"
    rf"|at)\s{{0,4}}[(\[]\s{{0,4}}({_NUMBER})\s{{0,4}},\s{{0,4}}({_NUMBER})\s{{0,4}}[)\]]"
    rf"(?:[\s,;]{{0,4}}(?:facing|faces)\s{{0,4}}:?\s{{0,4}}([+\w-]{{1,12}}))?"
)
_TRAILING: Final = re.compile(r",\s*(?=[}\]])")
_SINGLE: Final = re.compile(r"(?<=[{\[,:\s])'([^'\n]{0,200})'(?=\s{0,9}[:,}\]])|^'([^'\n]{0,200})'")


def loads(text: str) -> object:
    """The JSON value of a text, single quotes and trailing commas forgiven; else raises ValueError."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError:
        if len(text) > 200_000:
            raise
    mended = _SINGLE.sub(
        lambda mark: json.dumps(mark[1] if mark[1] is not None else mark[2]), _TRAILING.sub("", text)
    )
    try:
        return json.loads(mended)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def map_in(text: str, expected: Expected) -> Outcome:
    """The map that a text gives: every entry with its place and facing."""
    start = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    lines = _LINE.findall(text[-10_000:]) if start < 0 or ('"' not in text and "'" not in text) else []
    if lines:
        return _as_map(
            [(name.strip(), [float(x), float(y)], facing or None) for name, x, y, facing in lines],
            expected,
            (0, len(text)),
        )
    if start < 0:
        return missing("no_answer")
    end = max(text.rfind("}"), text.rfind("]")) + 1
    try:
        found = loads(text[start:end])
    except ValueError:
        opened = text.count("{") + text.count("[") > text.count("}") + text.count("]")
        return missing("cut_off" if opened else "malformed")
    return _as_map(_entries(found), expected, (start, end))


def _entries(found: object) -> list[tuple[object, object, object]]:
    """Name, place and facing of every entry, in either of the ways in which maps are written."""
    if isinstance(found, dict) and any(
        isinstance(found.get(key), list) and found[key] and isinstance(found[key][0], dict)
        for key in ("objects", "views")
    ):
        found = [*(found.get("objects") or []), *(found.get("views") or [])]
    if isinstance(found, dict) and len(found) == 1 and isinstance(next(iter(found.values())), dict):
        inner = next(iter(found.values()))
        if not {"position", "x", "coordinates"} & set(inner):
            found = inner
    if isinstance(found, dict):
        return [(name, *_place(entry)) for name, entry in found.items()]
    if isinstance(found, list):
        return [
            (each.get("name", each.get("label")), *_place(each))
            if isinstance(each, dict)
            else (None, None, None)
            for each in found
        ]
    return [(None, None, None)]


def _place(entry: object) -> tuple[object, object]:
    if isinstance(entry, dict):
        where = entry.get("position", entry.get("coordinates", [entry.get("x"), entry.get("y")]))
        return where, entry.get("facing", entry.get("orientation"))
    return entry, None


def _as_map(
    entries: list[tuple[object, object, object]], expected: Expected, span: tuple[int, int]
) -> Outcome:
    known = {name.lower().replace("_", " "): name for name in expected.names}
    made = dict[str, Placed]()
    for name, where, facing in entries:
        if not isinstance(name, str) or not isinstance(where, list | tuple) or len(where) != 2:
            return missing("malformed")
        if not all(
            isinstance(each, int | float) and not isinstance(each, bool) and abs(each) < 1e12
            for each in where
        ):
            return missing("malformed")
        own = known.get(name.strip().lower().replace("_", " ")) if known else name.strip()
        if own is None:
            return missing("not_an_option")
        placed = Placed(own, float(where[0]), float(where[1]), facing if isinstance(facing, str) else None)
        if made.setdefault(own, placed) != placed:
            return missing("disagree")
    return (tuple(made.values()), None, *span) if made else missing("malformed")
