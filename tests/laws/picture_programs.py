"""Random programs of the words of views and time, and of those of forms and arrangements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def picture_programs(w: Any) -> Sequence[str]:
    """Programs for the words of views and time."""
    seen = f'camera(view("{w.one(w.views)}"))'
    views = (
        f'view("{w.one(w.views)}")',
        f'view("{w.one(w.views)}")',
        f"turned({seen}, deg({w.number(0, 360)}))",
    )
    made = [f"first_seen({w.thing(0)})", f"first_seen({w.things(0)})", f"at({w.thing(0)}, 1)"]
    made += [f"speed({w.thing(0)}, {w.number(0, 2)})", f"order({w.candidates(0)}, by=first_seen)"]
    for view in views:
        made += [
            f"visible_in({w.thing(0)}, {view})",
            f"visible_in({w.thing(0)}, {view})",
            f"visible_share({w.thing(0)}, {view})",
            f'visible_share({w.thing(0)}, {view}, of="whole") {w.one(("<", ">"))} {w.number(0, 1)}',
            f"cut_off({w.thing(0)}, {view})",
            f"hidden_by({w.thing(0)}, {view})",
            f"box_in({w.thing(0)}, {view})",
            f"pixel_in({w.place(0)}, {view})",
            f"count({w.things(0)} & visible_in({view}))",
            f"visible_in({view}) - {w.things(0)}",
            f"most({w.candidates(0)}, by=visible_share(view={view}))",
        ]
    for view in views:
        axis = w.one(("left", "right", "up", "down"))
        made.append(f'relation_in({w.thing(0)}, {w.thing(0)}, {view}, axis="{axis}")')
    return made


def form_programs(w: Any) -> Sequence[str]:
    """Programs of proportions, of what leans, of which way round, and of corners of rooms."""
    rooms = (w.names[-1], w.one(w.names))
    return (
        *(f'proportion({w.thing(0)}, trait="{each}")' for each in ("elongation", "flatness", "evenness")),
        f'most({w.candidates(0)}, by=proportion(trait="flatness"))',
        f"tilt({w.thing(0)})",
        f"winding({w.thing(0)}, {w.place(1)}, {w.thing(0)})",
        *(f'in_corner({w.thing(0)}, the("{each}"), within={w.length(0)})' for each in rooms),
    )
