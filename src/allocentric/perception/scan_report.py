"""What a scan tells of itself: what was detected, checks with numbers, what is unknown, what was found."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any, Final

import numpy as np

from allocentric.perception.scan_checks import Check
from allocentric.perception.scan_input import Posed, Road
from allocentric.scene.json_text import encode
from allocentric.scene.scene import Scene
from allocentric.words import plural, say_angle, say_number
from allocentric.worlds.overview import overview

# How what is unknown begins, as `overview` says it, and what would settle it.
REMEDIES: Final = (
    ("no exact scale", 'state a length: --known "door height 2.0 m"'),
    ("no north", "tie it to the earth: --geo, with control points or GPS in the pictures"),
    ("no front", "say which way things face: allocentric.scene.derive.learn"),
    ("nothing says", "say where the list is complete, or ask what is open: no picture shows what is hidden"),
    ("no exact place", "take pictures of what is hidden: from the other side, from nearer"),
    ("no outline", "take pictures with depth"),
    ("no exact vertical", "hold the camera level, or take pictures with depth that see the floor and walls"),
    ("no size", "take pictures from around it"),
)
NO_DETECTIONS: Final = (
    "nothing was looked for, so there are no things: a floor and a surface only",
    "give masks (--masks FOLDER) or a network (--detector FOLDER --words NAMES)",
)
NO_DEPTH: Final = (
    "no depth was measured: no surface, no floor, no things",
    "take pictures with depth",
)


@dataclass(frozen=True, slots=True)
class Open:
    """What is not known, and what would settle it."""

    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class FoundThing:
    """A thing: sizes along its own axes and the centre, in scene units, each give or take its slack.

    `views` is how many pictures show it.
    """

    name: str
    label: str
    kind: str
    size: tuple[float, float, float]
    size_slack: tuple[float, float, float]
    center: tuple[float, float, float]
    center_slack: tuple[float, float, float]
    yaw_rad: float
    yaw_slack_rad: float
    views: int


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a scan found, in the order in which one reads it."""

    scene: str
    folder: str
    road: Road
    pictures: int
    placed: int
    unit: str
    detected: tuple[str, ...]
    checks: tuple[Check, ...]
    warnings: tuple[str, ...]
    unknown: tuple[Open, ...]
    things: tuple[FoundThing, ...]
    files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return asdict(self)

    def json(self) -> bytes:
        """The report as the text of its JSON file."""
        return encode(self.to_json()) + b"\n"


def report_of(
    scene: Scene,
    posed: Posed,
    *,
    folder: str,
    checks: Sequence[Check],
    looked_for: bool,
    files: Sequence[str],
) -> ScanReport:
    """The report on a scene that was made of a folder's views; `looked_for` says that things were."""
    seen = overview(scene)
    unknown = [*_missing(posed, looked_for), *map(_open, seen.unknown)]
    return ScanReport(
        scene=scene.id,
        folder=folder,
        road=posed.road,
        pictures=posed.pictures,
        placed=len(posed.scene.views),
        unit=seen.unit,
        detected=scene.source.notes,
        checks=(*_motion_checks(posed), *checks),
        warnings=seen.wrong,
        unknown=tuple(unknown),
        things=tuple(_things(scene)),
        files=tuple(files),
    )


def _missing(posed: Posed, looked_for: bool) -> Iterator[Open]:
    if not posed.deep:
        yield Open(*NO_DEPTH)
    elif not looked_for:
        yield Open(*NO_DETECTIONS)


def _open(what: str) -> Open:
    return Open(what, next((mend for begins, mend in REMEDIES if what.startswith(begins)), ""))


def _motion_checks(posed: Posed) -> Iterator[Check]:
    placed = len(posed.scene.views)
    share = placed / posed.pictures
    says = f"{placed} of {posed.pictures} pictures have a place"
    yield Check("pictures placed", share, "share", says)
    motion = posed.motion
    if motion is None:
        return
    off_px = motion.reprojection_px
    says = f"points fall {off_px:.2f} px (mean) from where they were seen"
    yield Check("reprojection", off_px, "px", says)
    says = f"a point was seen in {say_number(motion.track)} pictures (mean)"
    yield Check("pictures of a point", motion.track, "count", says)


def _things(scene: Scene) -> Iterator[FoundThing]:
    seen = [each.row for each in scene.sightings]
    for row in sorted(range(len(scene)), key=lambda row: (scene.labels[row], row)):
        if not np.isfinite(scene.center_slacks[row]).all() or not np.isfinite(scene.size_slacks[row]).all():
            continue
        yield FoundThing(
            scene.names[row],
            scene.labels[row],
            scene.kinds[row],
            _three(scene.sizes[row]),
            _three(scene.size_slacks[row]),
            _three(scene.centers[row]),
            _three(scene.center_slacks[row]),
            math.atan2(scene.rotations[row, 1, 0], scene.rotations[row, 0, 0]),
            float(scene.yaw_slacks_rad[row]),
            seen.count(row),
        )


def _three(values: np.ndarray) -> tuple[float, float, float]:
    x, y, z = (float(each) for each in values)
    return x, y, z


def head(report: ScanReport) -> str:
    """The scan in one line."""
    count = len(report.things)
    things = f"{count} {'thing' if count == 1 else plural('thing')}"
    return f"{report.scene}: {things} from {report.placed} of {report.pictures} pictures ({report.road})"


# The page

STYLE: Final = """
body { font: 15px/1.45 system-ui, sans-serif; color: #222 }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.1rem; margin: 1.8rem 0 .4rem }
p.under { color: #666; margin-top: .2rem } table { border-collapse: collapse; width: 100% }
td, th { padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top }
td, th { border-bottom: 1px solid #e4e4e4 }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
th { color: #666; font-weight: 500 } ul { margin: .2rem 0; padding-left: 1.2rem } .mend { color: #666 }
.wrong { color: #9a5b00 } img, svg { max-width: 100%; height: auto }
"""


def html(report: ScanReport, *, plan_svg: str, house_png: bytes | None) -> bytes:
    """The report as one page that needs no other file."""
    house = "" if house_png is None else f"<h2>Surface</h2>{_picture(house_png)}"
    parts = [
        f"<h1>{escape(report.scene)}</h1><p class=under>{escape(head(report))}</p>",
        _section("Detected", _list(report.detected)),
        _section("Checks", _checks(report.checks)),
        _section("Looks wrong", _list(report.warnings, "wrong")),
        _section("Unknown, and what would settle it", _opens(report.unknown)),
        f"<h2>Plan</h2>{plan_svg}",
        house,
        _section("Things", _table(report)),
    ]
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(report.scene)}</title>"
    return f"{page}<style>{STYLE}</style><body>{''.join(parts)}</body></html>\n".encode()


def _section(title: str, inner: str) -> str:
    return f"<h2>{escape(title)}</h2>{inner}" if inner else ""


def _list(lines: Sequence[str], style: str = "") -> str:
    items = "".join(f"<li>{escape(each)}</li>" for each in lines)
    return f"<ul class='{style}'>{items}</ul>" if items else ""


def _checks(checks: Sequence[Check]) -> str:
    rows = "".join(f"<tr><td>{escape(each.name)}</td><td>{escape(each.says)}</td></tr>" for each in checks)
    return f"<table>{rows}</table>" if rows else ""


def _opens(unknown: Sequence[Open]) -> str:
    items = "".join(
        f"<li>{escape(each.what)}<br><span class=mend>{escape(each.mend)}</span></li>" for each in unknown
    )
    return f"<ul>{items}</ul>" if items else ""


def _picture(png: bytes) -> str:
    return f"<img alt='the fused surface' src='data:image/png;base64,{base64.b64encode(png).decode()}'>"


def _table(report: ScanReport) -> str:
    if not report.things:
        return ""
    metric = report.unit == "metre"
    columns = ("name", "label"), ("size", "centre", "heading", "pictures")
    heads = "".join(f"<th>{each}</th>" for each in columns[0])
    heads += "".join(f"<th class=n>{each}</th>" for each in columns[1])
    rows = "".join(_row(each, metric=metric) for each in report.things)
    unit = "metres" if metric else "scene units"
    return (
        f"<p class=under>{unit}, give or take what stands behind ±</p><table><tr>{heads}</tr>{rows}</table>"
    )


def _row(thing: FoundThing, *, metric: bool) -> str:
    digits = 2 if metric else 3
    size = " × ".join(_loose(*each, digits) for each in zip(thing.size, thing.size_slack))
    center = ", ".join(_loose(*each, digits) for each in zip(thing.center, thing.center_slack))
    known = thing.yaw_slack_rad < math.pi / 2
    turn = f"{say_angle(thing.yaw_rad)} ± {say_angle(thing.yaw_slack_rad)}" if known else "any"
    cells = "".join(f"<td class=n>{each}</td>" for each in (size, center, turn, thing.views))
    return f"<tr><td>{escape(thing.name)}</td><td>{escape(thing.label)}</td>{cells}</tr>"


def _loose(value: float, slack: float, digits: int) -> str:
    return f"{value:.{digits}f} ± {slack:.{digits}f}" if slack else f"{value:.{digits}f}"
