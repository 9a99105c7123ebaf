"""An answer: what was asked, what it came to, why, and how sure. It draws itself in a notebook."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from allocentric.query.checked import CheckedProgram, Type
from allocentric.query.evaluate import Step
from allocentric.query.finish import kind_of
from allocentric.query.picture import picture_of
from allocentric.query.proof import Explanation, explain, needed_facts
from allocentric.scene.scene import Scene
from allocentric.scene.truth import (
    Angle,
    Bound,
    Fact,
    ImageBox,
    Label,
    Margin,
    Measured,
    Order,
    Path,
    Pick,
    Point,
    Quantity,
    Things,
    Truth,
    Turns,
    Undetermined,
    Unknown,
)
from allocentric.views.plan import Plan


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """The answer to one question about one scene.

    `value` is None where the scene does not decide it: `undetermined` then says why, and what would.
    """

    question: str
    program: CheckedProgram | None  # None where the question leaves open which one it means
    type: Type
    scene: Scene
    result: Measured | Undetermined
    text: str
    option: str | None
    seconds: float
    steps: tuple[Step, ...] = ()

    @property
    def value(self) -> Any:
        """The value in base units (metres, square metres, radians, a count, a label, names), or None."""
        return self.result.value if isinstance(self.result, Measured) else None

    @property
    def undetermined(self) -> Undetermined | None:
        """Why there is no value, and what would settle it."""
        return self.result if isinstance(self.result, Undetermined) else None

    @property
    def margin(self) -> Margin | None:
        """By how much the critical comparison is clear."""
        return self.result.margin if isinstance(self.result, Measured) else None

    def needed_facts(self) -> tuple[Fact, ...]:
        """A least set of facts that is enough for the answer: not one of them can be dropped."""
        return needed_facts(self.program, self.scene) if self.program is not None else ()

    def explain(self) -> Explanation:
        """How it was found: each word that was applied and what it gave, from the inside out."""
        return explain(self.scene, self.steps)

    def picture(self) -> Plan:
        """The proof from above: the things, the observer, the gap, the sector or the route."""
        return picture_of(self.scene, self.question, self.text, steps=self.steps)

    def save_picture(self, path: str | FilePath) -> None:
        """Write the picture, as PNG or SVG by the suffix."""
        self.picture().save(path)

    def to_json(self) -> dict[str, Any]:
        """The answer as one JSON object."""
        kind, unit = kind_of(self.type, self.result.possible)
        margin, undetermined = self.margin, self.undetermined
        return {
            "question": self.question,
            "program": self.program.text if self.program is not None else None,
            "answer": {
                "kind": kind,
                "value": _plain(self.value),
                "unit": unit,
                **_bounds(self.scene, self.result.possible),
            },
            "text": self.text,
            "option": self.option,
            "margin": None
            if margin is None
            else {
                "gap": _finite(margin.gap),
                "unit": margin.unit,
                "clear": _finite(margin.clear),
                "of": margin.of,
            },
            "evidence": [
                {"thing": fact.thing, "property": fact.property, "value": fact.value}
                for fact in self.result.evidence
            ],
            "undetermined": None
            if undetermined is None
            else {
                "reason": undetermined.reason,
                "detail": undetermined.detail,
                "remedy": undetermined.remedy,
            },
            "seconds": self.seconds,
        }

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Answer({self.question!r}, {self.text!r}, scene={self.scene.id!r})"

    def _repr_html_(self) -> str:
        return f"<p><b>{html.escape(self.text)}</b></p>{self.picture().svg()}"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _finite(number: float) -> float | None:
    """JSON has no infinity: null stands for no bound."""
    return number if math.isfinite(number) else None


def _bounds(scene: Scene, bound: Bound) -> dict[str, Any]:
    """`low` and `high` of a number, `possible` of all else; null where nothing is known."""
    match bound:
        case Quantity(interval):
            return {"low": _finite(interval.low), "high": _finite(interval.high)}
        case Angle(arc):
            return {"low": arc.middle_rad - arc.half_rad, "high": arc.middle_rad + arc.half_rad}
        case Path(points, length):
            points_m = [list(each) for each in points]
            return {"low": _finite(length.low), "high": _finite(length.high), "points": points_m}
        case Truth(possible):
            return {"possible": sorted(possible, reverse=True)}
        case Label(possible):
            return {"possible": list(possible)}
        case Pick(choices, open):
            return {"possible": [each.says for each in choices] + (["..."] if open else [])}
        case Things(members):
            return {"possible": [scene.names[row] for row in members.possible], "open": members.open}
        case Order(says):
            return {"possible": list(says)}
        case Turns(possible):
            return {"possible": [list(each) for each in possible]}
        case Point(x, y):
            return {"low": [_finite(x.low), _finite(y.low)], "high": [_finite(x.high), _finite(y.high)]}
        case ImageBox(edges):
            low, high = [_finite(each.low) for each in edges], [_finite(each.high) for each in edges]
            return {"low": low, "high": high}
        case Unknown():
            return {"possible": None}
