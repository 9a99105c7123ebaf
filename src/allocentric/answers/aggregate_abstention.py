"""Aggregations of answerers that may say they cannot tell, and of numbers that have to be ranked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from jaxtyping import Float

from allocentric.answers.aggregate import Aggregation, Rows, Share, Slow, Tree, by_type, share
from allocentric.answers.aggregate_versions import CLEAN, paired_drop
from allocentric.answers.kinds import CANNOT_TELL
from allocentric.answers.metrics.metric import as_number
from allocentric.answers.scored import Scored


def answered(row: Scored) -> bool:
    """Whether a value was given that is more than "cannot be determined"."""
    return row.state == "scored" and row.value is not CANNOT_TELL


def abstention(rows: Rows) -> tuple[Tree, ...]:
    """Accuracy on all and on answered rows, coverage, and the paired drop from clean.

    An abstention is right where the truth is that there is no telling.
    """
    replied = np.array([row.score is not None for row in rows], dtype=float)
    gave = np.array([answered(row) for row in rows], dtype=float)
    return (
        share("acc_all", rows),
        Share("coverage", replied * gave, replied, of_scores=False),
        share("acc_answered", rows, answered),
        paired_drop("paired_drop", rows, worse=lambda _: True),
        *by_type(rows),
    )


def spatialuncertain(rows: Rows) -> tuple[Tree, ...]:
    """Accuracy on all rows and on those with a letter, their share; the drop from clean to each condition.

    A drop is that of one hidden view of a thing, over one type of question, where both have a letter; such
    a view is a `group`. Conditions and types are of rows with a letter.
    """
    replied = np.array([row.score is not None for row in rows], dtype=float)
    gave = np.array([row.state == "scored" for row in rows], dtype=float)
    conditions = sorted({row.condition for row in rows})
    return (
        share("acc_all", rows),
        Share("coverage", replied * gave, replied, of_scores=False),
        share("acc_answered", rows, _has_letter),
        *(_of(name, rows, lambda row: row.condition) for name in conditions),
        *(_drop(name, rows) for name in conditions if name != CLEAN),
        *(_of(name, rows, lambda row: row.type) for name in sorted({row.type for row in rows})),
    )


def _has_letter(row: Scored) -> bool:
    return row.state == "scored"


def _of(name: str, rows: Rows, key: Callable[[Scored], str]) -> Share:
    return share(name, rows, lambda row: _has_letter(row) and key(row) == name)


def _drop(condition: str, rows: Rows) -> Share:
    """What has no letter counts on neither side."""
    held = [row if _has_letter(row) else replace(row, pair="") for row in rows]
    return paired_drop(
        f"drop_{condition}",
        held,
        worse=lambda row: row.condition == condition,
        block=lambda row: row.group,
    )


def risk_coverage(rows: Rows) -> tuple[Float[np.ndarray, " row"], Float[np.ndarray, " row"]]:
    """Coverage and risk when rows are answered in the order of falling confidence.

    Risk is 1 less the mean score of those answered; rows of equal confidence come in at once, each with
    their mean. Rows without a score or a confidence are left out.
    """
    held = sorted(
        (-row.confidence, row.score) for row in rows if row.confidence is not None and row.score is not None
    )
    if not held:
        return np.zeros(0), np.zeros(0)
    sureness, scores = (np.array(column) for column in zip(*held))
    _, tie, size = np.unique(sureness, return_inverse=True, return_counts=True)
    losses = (np.bincount(tie, weights=1 - scores) / size)[tie]
    count = np.arange(1, len(held) + 1)
    return count / len(held), np.cumsum(losses) / count


def area_under_risk_coverage(rows: Rows) -> float | None:
    """The mean risk over all coverages (Geifman and El-Yaniv 2017): 0 is best; None without confidences."""
    _, risk = risk_coverage(rows)
    return float(risk.mean()) if len(risk) else None


def spearman(rows: Rows) -> float | None:
    """The correlation of the ranks of values and truths, ties shared; None where either is constant."""
    held = [(as_number(row.value), as_number(row.truth)) for row in rows if row.state == "scored"]
    pairs = [(given, right) for given, right in held if given is not None and right is not None]
    if len(pairs) < 2:
        return None
    given, right = (_ranks(np.array(column)) for column in zip(*pairs))
    spread = float(np.sqrt((given @ given) * (right @ right)))
    return max(-1.0, min(1.0, float(given @ right) / spread)) if spread > 0 else None


def _ranks(values: Float[np.ndarray, " row"]) -> Float[np.ndarray, " row"]:
    """The rank of each, ties sharing the mean of theirs, about a mean of 0."""
    _, tie, size = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(size) - (size - 1) / 2)[tie]
    middle: np.ndarray = ranks - ranks.mean()
    return middle


def coverage_of_numbers(rows: Rows) -> tuple[Tree, ...]:
    """The share of rows whose value could be read, and the mean score."""
    replied = np.array([row.state != "failed" for row in rows], dtype=float)
    read = np.array([row.state == "scored" for row in rows], dtype=float)
    return (share("overall", rows), Share("read", read * replied, replied, of_scores=False))


AGGREGATIONS: Final = (
    Aggregation(
        name="abstention",
        about="accuracy on all and on answered rows, coverage, paired drop; area under risk and coverage",
        source="SpatialUncertain; Geifman and El-Yaniv 2017",
        trees=abstention,
        slow=(Slow("aurc", area_under_risk_coverage),),
    ),
    Aggregation(
        name="spatialuncertain",
        about="accuracy on all rows, on those with a letter, coverage, drops from clean; keeps that the "
        "letter of no telling counts as an answer",
        source="SpatialUncertain, eval_gpt5.py",
        trees=spatialuncertain,
        official=True,
    ),
    Aggregation(
        name="ranks",
        about="Spearman's correlation of values and truths, over what could be read; the share of it",
        source="GeoLLM, GeoSR",
        trees=coverage_of_numbers,
        slow=(Slow("spearman", spearman),),
    ),
)
