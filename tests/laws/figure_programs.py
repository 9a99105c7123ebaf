"""Random programs of figures, lines, turns, and of statements one of which is so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

MARKED: Final = "drawing"
"""The view on which things are marked."""
FEWEST: Final = 4  # objects of a loose scene


def figure_programs(w: Any) -> Sequence[str]:
    """Programs of shapes, figures, nets, paper and lines; of statements, one of which is so; and of turns."""
    drawn = f"shape([[0, 0], [{w.number(1, 4)}, 0], [1, {w.number(1, 4)}], [0, 0]], {w.frame(0)})"
    return [
        f"topology({w.thing(0)}, {w.thing(0)})",
        f"topology({w.thing(0)}, {w.thing(0)}, snap=cm(20))",
        f"distance({drawn}, {w.thing(0)})",
        f"topology({w.thing(0)}, {drawn})",
        f'which({{"one": {w.contact(0)}, "two": {w.right_label(0)}, "three": {w.contact(0)}}})',
        f'which({{"so": {w.right_label(0)}, "not so": not {w.right_label(0)}}})',
        f'which({{"near": distance({w.thing(0)}, {w.thing(0)}) < 1, "far": {w.truth(1)}}})',
        f"turn_side({w.frame(1)}, {w.frame(1)})",
        f"congruent({w.things(0)}, {w.things(0)})",
        f"section({w.thing(0)}, {w.thing(0)}, {w.place(0)}, {w.thing(0)})",
        f"unfolded({w.thing(0)}, {w.thing(0)}, folds=[{w.thing(0)}], holes={w.thing(0)})",
        f"opposite({w.thing(0)})",
        f"meeting({w.thing(0)}, {w.thing(0)}, {w.thing(0)})",
        f"route({w.thing(0)}, {w.thing(0)}, lines={w.things(0)})",
    ]


def marked_programs(w: Any) -> Sequence[str]:
    """Programs of cells of pictures, and of marks on a drawing: of objects, their rows from one on."""
    one, other = (f'marked(view("{MARKED}"), {1 + int(w.random.integers(FEWEST))})' for _ in range(2))
    return [
        *(f'cell_in({w.place(0)}, view("{each}"))' for each in w.views),
        f"distance({one}, {other})",
        f'direction({w.thing(0)}, standing(at={one}, facing={other}), sectors="four")',
        f"nearest([{one}, {other}], to={w.thing(0)})",
        one,
    ]
