"""One scored row: what became of one attempt at one sample, and the groups in which it counts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from allocentric.answers.kinds import Value

Outcome = Literal["scored", "unread", "refused", "failed"]
"""How a sample ended: a value was read and scored; there was a reply without a value; the model refused;
there was no reply at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The score of one attempt at one sample.

    `score` is None where nothing can be scored: a failure is never a wrong answer. What could not be read
    and what was refused has the score that the metric gives to no value. `scene` is what intervals are
    clustered by; `pair` joins versions of one question (flipped, clean and degraded, answerable and not);
    `condition` and `variant` say which version it is; `group` is what a release sorts by besides the type
    (a source, a level, a subset). `chance` is the score of guessing and `blind` that of the best answer
    without looking, None where there is none. `confidence` orders answers for risk and coverage.
    """

    id: str
    type: str = ""
    scene: str = ""
    pair: str = ""
    condition: str = "clean"
    variant: str = ""
    repeat: int = 0
    group: str = ""
    state: Outcome = "scored"
    value: Value | None = None
    truth: Value | None = None
    score: float | None = None
    chance: float | None = None
    blind: float | None = None
    confidence: float | None = None

    def __post_init__(self) -> None:
        for held in (self.score, self.chance, self.blind, self.confidence):
            if held is not None and not math.isfinite(held):
                raise ValueError(f"sample {self.id}: a score is finite or None, not {held}")
        if self.state == "failed" and self.score is not None:
            raise ValueError(f"sample {self.id}: what failed has no score")

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells this row from all others of a run: sample, variant and repeat."""
        return (self.id, self.variant, self.repeat)

    @property
    def cluster(self) -> str:
        """What it is resampled with: its scene, else its pair, else itself.

        >>> Scored(id="7", pair="p").cluster, Scored(id="7", scene="s", pair="p").cluster
        ('pair p', 'scene s')
        """
        for kind, name in (("scene", self.scene), ("pair", self.pair)):
            if name:
                return f"{kind} {name}"
        return f"id {self.id}"
