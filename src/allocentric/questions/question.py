"""A question: its words, the program that decides it, and the truth, side by side."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from allocentric.answers.kinds import CANNOT_TELL, Expected, Value
from allocentric.questions.change import Change
from allocentric.scene.json_text import encode
from allocentric.scene.truth import Fact, Margin

FrameOfReference = Literal["none", "camera", "observer", "object", "map", "geographic"]
Shown = Literal["words", "picture", "pair", "views", "video", "panorama", "map", "scene"]
Condition = Literal["clean", "degraded", "occluded", "ambiguous", "flipped", "circular"]
Language = Literal["en", "zh"]
Twin = Literal["", "withheld", "kept", "mirrored", "polarity", "options", "renamed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question about one scene, with its truth and why it is true.

    `program` is asked of the scene called `scene` after its `changes`, in order; the truth is its value in
    the base unit, of a choice the letter of the option, or CANNOT_TELL with the `reason`. `says` is the truth
    in words. `margin` is by how much it is clear (None: a measure, which has no border to be near to),
    `evidence` the facts that it hangs on. `views` are shown, in order.
    """

    family: str
    scene: str
    words: str
    program: str
    expected: Expected
    truth: Value
    says: str
    reason: str = ""
    margin: Margin | None = None
    evidence: tuple[Fact, ...] = ()
    frame: FrameOfReference = "none"
    shown: Shown = "scene"
    condition: Condition = "clean"
    language: Language = "en"
    views: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    twin_of: str = ""  # the id of the question that this one is made from
    twin: Twin = ""

    @property
    def id(self) -> str:
        """A hash of what is asked and of its truth: the same question, the same id, on any machine."""
        asked = (self.family, self.scene, self.changes, self.words, self.program, self.expected, self.views)
        return hashlib.sha256(encode((asked, _plain(self.truth)))).hexdigest()[:16]

    @property
    def answerable(self) -> bool:
        """Whether what is shown decides it."""
        return self.truth is not CANNOT_TELL


def _plain(truth: Value) -> object:
    return {"cannot": truth.value} if truth is CANNOT_TELL else truth
