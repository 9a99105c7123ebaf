"""A drawing as SVG, written by hand: shapes, lines, words."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from allocentric.views.ink import BASELINE, Area, Colour, Disc, Item, Line, Pixel, Text, text_width

FONT = "Aileron, Helvetica, Arial, sans-serif"


def svg_of(items: Sequence[Item], width: int, height: int, *, title: str = "") -> str:
    """An SVG document of `width` by `height` pixels on white; `title` is what a screen reader says."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}" stroke-linejoin="round" stroke-linecap="round">'
    )
    named = [f"<title>{escape(_printable(title))}</title>"] if title else []
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, *named, paper, *(_element(each) for each in items), "</svg>"]) + "\n"


def _element(item: Item) -> str:
    match item:
        case Area(rings, fill, edge, width, dash):
            data = " ".join(f"M{_points(ring)}Z" for ring in rings)
            return f'<path d="{data}" fill-rule="evenodd"{_paint(fill, edge, width)}{_dashed(dash)}/>'
        case Line(points, colour, width, dash):
            return f'<path d="M{_points(points)}"{_paint(None, colour, width)}{_dashed(dash)}/>'
        case Disc((x, y), radius, fill, edge, width):
            return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}"{_paint(fill, edge, width)}/>'
        case Text((x, y), text, size, colour, halo):
            under = "" if halo is None else f' paint-order="stroke" stroke="{_hex(halo)}" stroke-width="3.5"'
            # The width is stated, so that another font leaves the layout as it is.
            return (
                f'<text x="{x:.2f}" y="{y + BASELINE * size:.2f}" font-size="{size:g}" text-anchor="middle" '
                f'textLength="{text_width(text, size):.1f}" lengthAdjust="spacingAndGlyphs" '
                f'fill="{_hex(colour)}"{under}>{escape(_printable(text))}</text>'
            )


def _points(points: Sequence[Pixel]) -> str:
    return "L".join(f"{x:.2f} {y:.2f}" for x, y in points)


def _paint(fill: Colour | None, edge: Colour | None, width: float) -> str:
    filled = 'fill="none"' if fill is None else f'fill="{_hex(fill)}"{_opacity("fill", fill)}'
    if edge is None:
        return f" {filled}"
    return f' {filled} stroke="{_hex(edge)}"{_opacity("stroke", edge)} stroke-width="{width:g}"'


def _opacity(what: str, colour: Colour) -> str:
    return "" if colour[3] == 255 else f' {what}-opacity="{colour[3] / 255:.3f}"'


def _dashed(dash: float) -> str:
    return f' stroke-dasharray="{dash:g} {dash:g}" stroke-linecap="butt"' if dash else ""


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour[:3])


def _printable(text: str) -> str:
    """The text without the control characters that XML has no way to write."""
    return "".join(each if each.isprintable() else " " for each in text)
