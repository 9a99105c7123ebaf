"""Scores of a move of the camera told on five axes, as SPAR-Bench asks for it.

A move is written as `move_right:0.3,rotate_left:10`: two names for each axis, of opposite sign. What an
axis has that is not named is 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.metrics.metric import Metric, Truth, no_truth
from allocentric.answers.metrics.official_relative_accuracy import mean_relative_accuracy_vlmevalkit
from allocentric.answers.metrics.relative_accuracy import mean_relative_accuracy_vsi

AXES: Final = (
    ("move_right", "move_left"),
    ("move_up", "move_down"),
    ("move_forward", "move_backward"),
    ("rotate_right", "rotate_left"),
    ("rotate_up", "rotate_down"),
)
LONGEST: Final = 10_000  # letters of a move


def read_moves(text: object, *, leniently: bool = False) -> Mapping[str, float] | None:
    """The amounts by name of a move; None for what is not written so.

    Read leniently, pieces that are not `name:number` are passed over, and none is left unread.

    >>> read_moves("move_right:0.3, rotate_left:10"), read_moves("left 3")
    ({'move_right': 0.3, ' rotate_left': 10.0}, None)
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        return {} if leniently else None
    moves = dict[str, float]()
    for piece in text.split(","):
        name, colon, amount = piece.partition(":")
        try:
            number = float(amount) if colon and (leniently or ":" not in amount) else math.nan
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            moves[name.strip() if leniently else name] = number
        elif not leniently:
            return None
    return moves


def along_axes(moves: Mapping[str, float]) -> list[float]:
    """The signed amount of each axis: right, up and forward are positive.

    >>> along_axes({"move_left": 2.0, "rotate_up": 5.0})
    [-2.0, 0.0, 0.0, 0.0, 5.0]
    """
    return [moves.get(plus, 0.0) - moves.get(minus, 0.0) for plus, minus in AXES]


def view_change(value: Value | None, truth: Truth, _: Expected) -> float:
    """The mean relative accuracy over the axes along which there is, or is said to be, any move.

    >>> view_change("move_left:2", "move_left:2,rotate_up:5", Expected("text"))
    0.5
    """
    right, given = _moves(truth, "view_change"), read_moves(value, leniently=True) or {}
    pairs = [pair for pair in zip(along_axes(given), along_axes(right)) if pair != (0.0, 0.0)]
    if not pairs:
        return float(value is not None)
    return sum(mean_relative_accuracy_vsi(said, true) for said, true in pairs) / len(pairs)


def view_change_spar(value: Value | None, truth: Truth, _: Expected) -> float:
    """The mean over all five axes, the error relative to the reply; SPAR-Bench's own rule.

    >>> view_change_spar("move_left:0", "move_left:2", Expected("text"))
    0.8
    """
    given, right = read_moves(value), _moves(truth, "view_change_spar")
    if given is None:
        return 0.0
    pairs = zip(along_axes(given), along_axes(right))
    return sum(mean_relative_accuracy_vlmevalkit(true, said) for said, true in pairs) / len(AXES)


def view_change_easi(value: Value | None, truth: Truth, _: Expected) -> float:
    """The mean over all five axes, the error relative to the truth; EASI's port, which reads leniently.

    >>> view_change_easi("move_left:4", "move_left:2", Expected("text"))
    0.8
    """
    given, right = read_moves(value, leniently=True) or {}, _moves(truth, "view_change_easi")
    pairs = zip(along_axes(given), along_axes(right))
    return sum(mean_relative_accuracy_vlmevalkit(said, true) for said, true in pairs) / len(AXES)


def _moves(truth: Truth, name: str) -> Mapping[str, float]:
    """The true move."""
    moves = read_moves(truth, leniently=True)
    if not moves:
        raise no_truth(truth, name, "a move such as move_right:0.3,rotate_left:10")
    return moves


METRICS: Final = (
    Metric(
        name="view_change",
        about="mean relative accuracy over the axes that move; an axis at rest on both sides earns nothing",
        source="SPAR-Bench, mended",
        score=view_change,
        kinds=frozenset({"text"}),
    ),
    Metric(
        name="view_change_spar",
        about="over five axes; keeps the error relative to the reply and full marks for axes at rest",
        source="SPAR-Bench, compute_vci_metric",
        score=view_change_spar,
        kinds=frozenset({"text"}),
        official=True,
    ),
    Metric(
        name="view_change_easi",
        about="over five axes; keeps full marks for axes at rest, so that no move at all may earn most",
        source="SPAR-Bench in EASI",
        score=view_change_easi,
        kinds=frozenset({"text"}),
        official=True,
    ),
)
