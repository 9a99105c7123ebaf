"""Every text of rules, in one place."""

from typing import Final

from allocentric.query import (
    grammar_cameras,
    grammar_choices,
    grammar_directions,
    grammar_earth,
    grammar_forms,
    grammar_frames,
    grammar_orders,
    grammar_quantities,
    grammar_rooms,
    grammar_things,
    grammar_tours,
    grammar_views,
)

WHOLE: Final = """
# A whole sentence asks; or an observer is named, before or after what is asked.
[START]
q:ASK
    = $q
f:F q:ASK
q:ASK f:F
    = @seen_from
"""

TEXTS: Final = (
    grammar_things.RULES,
    grammar_frames.RULES,
    grammar_quantities.RULES,
    grammar_choices.RULES,
    grammar_orders.RULES,
    grammar_directions.RULES,
    grammar_earth.RULES,
    grammar_tours.RULES,
    grammar_views.RULES,
    grammar_cameras.RULES,
    grammar_forms.RULES,
    grammar_rooms.RULES,
    WHOLE,
)
"""The rules of the grammar: `ASK` asks, of an observer or not; `START` is a whole sentence."""
