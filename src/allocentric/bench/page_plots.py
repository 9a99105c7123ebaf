"""Plots of a report as inline SVG: bars with intervals and floors, and curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from allocentric.answers.statistics import Number

WIDTH: Final = 360
HEIGHT: Final = 220
LEFT: Final = 38
BOTTOM: Final = 30
TOP: Final = 12
MOST_TICKS: Final = 8
APART: Final = 2.5  # between the intervals of curves at one place
COLOURS: Final = ("#2f6fed", "#d9622b", "#1f9d6b", "#a24bc4", "#b58900", "#d33682", "#0f9bb0", "#6c757d")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve, with the bounds of its interval where it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A named curve, its points from left to right."""

    name: str
    points: tuple[Point, ...]


def bar(number: Number) -> str:
    """A bar from 0 to 1 as wide as its cell: value, interval as a line, chance and blind floor as marks.

    What lies beyond 0 and 1 is drawn at the end; nothing is drawn of what has no value.
    """
    if number.value is None:
        return ""
    told = f"{number.name}: {number.value:.3f}"
    parts = [f'<rect class="value" x="0" y="3" width="{_part(number.value)}" height="14"/>']
    if number.low is not None and number.high is not None:
        told += f", {number.low:.3f} to {number.high:.3f}"
        low, high = _part(number.low), _part(number.high)
        parts.append(f'<line class="interval" x1="{low}" x2="{high}" y1="10" y2="10"/>')
    for kind, floor in (("chance", number.chance), ("blind", number.blind)):
        if floor is not None:
            told += f", {kind} {floor:.3f}"
            parts.append(f'<line class="{kind}" x1="{_part(floor)}" x2="{_part(floor)}" y1="0" y2="20"/>')
    inner = "".join(parts)
    frame = 'class="bar" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img"'
    return f"<svg {frame} aria-label={_quoted(told)}><title>{escape(told)}</title>{inner}</svg>"


def curves(held: Sequence[Curve], *, across: str, up: str, ticks: Sequence[str] | None = None) -> str:
    """Curves over one pair of axes, up from 0 to 1, with what they are called beneath.

    `ticks` name the whole numbers across from 0 on; without them the axis goes from the least to the most.
    """
    xs = [point.x for curve in held for point in curve.points]
    if not xs:
        return ""
    low, high = (0.0, float(max(len(ticks) - 1, 1))) if ticks is not None else (min(xs), max(xs))
    frame = _Frame(low, high if high > low else low + 1.0)
    parts = [
        *_axes(frame, set(xs), ticks),
        *(part for row, curve in enumerate(held) for part in _curve(frame, curve, row)),
    ]
    label = f"{up} by {across}"
    middle = (LEFT + WIDTH) / 2
    parts.append(f'<text x="{middle:g}" y="{HEIGHT - 4}" text-anchor="middle">{escape(across)}</text>')
    svg = f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label={_quoted(label)}>'
    keys = "".join(
        f'<span><i style="background:{_colour(row)}"></i>{escape(each.name)}</span>'
        for row, each in enumerate(held)
    )
    head = f"<figure><figcaption>{escape(label)}</figcaption>{svg}"
    return f'{head}{"".join(parts)}</svg><p class="keys">{keys}</p></figure>'


@dataclass(frozen=True, slots=True)
class _Frame:
    """What lies between the left and the right end of the axis."""

    low: float
    high: float

    def across(self, x: float) -> float:
        """Where on the paper."""
        return LEFT + (x - self.low) / (self.high - self.low) * (WIDTH - LEFT - 28)

    def up(self, y: float) -> float:
        """Where on the paper; beyond 0 and 1 it is at the end."""
        return HEIGHT - BOTTOM - min(max(y, 0.0), 1.0) * (HEIGHT - BOTTOM - TOP)


def _axes(frame: _Frame, xs: set[float], ticks: Sequence[str] | None) -> Iterator[str]:
    for tenth in range(0, 11, 2):
        y = frame.up(tenth / 10)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - 12}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 5}" y="{y + 4:.1f}" text-anchor="end">{tenth / 10:g}</text>'
    if ticks is None:
        quarters = [(frame.low + (frame.high - frame.low) * part / 4) for part in range(5)]
        named = sorted(xs) if len(xs) <= MOST_TICKS else quarters
        marks = [(each, f"{each:.3g}") for each in named]
    else:
        marks = [(float(row), name) for row, name in enumerate(ticks)]
    for x, name in marks:
        y = HEIGHT - BOTTOM + 13
        yield f'<text x="{frame.across(x):.1f}" y="{y}" text-anchor="middle">{escape(name)}</text>'


def _curve(frame: _Frame, curve: Curve, row: int) -> Iterator[str]:
    colour, shift = _colour(row), APART * (row % MOST_TICKS)
    path = " ".join(f"{frame.across(each.x) + shift:.1f},{frame.up(each.y):.1f}" for each in curve.points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    if len(curve.points) > 40:
        return
    for each in curve.points:
        x = frame.across(each.x) + shift
        if each.low is not None and each.high is not None:
            low, high = frame.up(each.low), frame.up(each.high)
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{low:.1f}" y2="{high:.1f}" stroke="{colour}"/>'
        told = f"<title>{escape(curve.name)}: {each.y:.3f}</title>"
        yield f'<circle cx="{x:.1f}" cy="{frame.up(each.y):.1f}" r="3" fill="{colour}">{told}</circle>'


def _colour(row: int) -> str:
    return COLOURS[row % len(COLOURS)]


def _part(value: float) -> str:
    """A share as thousandths of the bar.

    >>> _part(0.25), _part(7.0), _part(-1.0)
    ('250', '1000', '0')
    """
    return f"{1000 * min(max(value, 0.0), 1.0):.4g}"


def _quoted(text: str) -> str:
    return f'"{escape(text, quote=True)}"'
