"""One sample of a benchmark: what is put, what is right, and with what it counts together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from allocentric.answers.kinds import Value
from allocentric.answers.prompt import Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A prompt, its truth, and the groups in which it counts.

    `truth` is in the base unit; `type` is the benchmark's own name of the kind of question. Samples of one
    `scene` are not independent: intervals are clustered by it. Samples that share a `pair` are versions of
    one question: rotated, flipped, clean and degraded, answerable and not. `fields` are what else the
    release says of it, untouched, for its own aggregation.
    """

    prompt: Prompt
    truth: Value
    type: str
    scene: str = ""
    pair: str = ""
    condition: str = "clean"
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the sample, unique in its benchmark."""
        return self.prompt.id
