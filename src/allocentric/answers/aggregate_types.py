"""Aggregations by type: plain, over types, and the groupings that single benchmarks report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from allocentric.answers.aggregate import (
    Aggregation,
    Blend,
    Rows,
    Share,
    Tree,
    by_group,
    by_type,
    of_types,
    share,
)
from allocentric.answers.metrics.boxes import as_box, overlap_and_union

Groups = Mapping[str, tuple[str, ...]]

VSI: Final[Groups] = {
    "object_rel_direction": tuple(f"object_rel_direction_{grade}" for grade in ("easy", "medium", "hard"))
}
REVSI: Final[Groups] = {
    "object_rel_direction": tuple(
        f"object_rel_direction_{way}_{grade}" for way in ("forward", "backward") for grade in ("easy", "hard")
    ),
    "object_rel_distance": ("object_rel_distance_closest", "object_rel_distance_farthest"),
    "object_counting": ("object_counting_single", "object_counting_multiple"),
    "room_size_estimation": ("room_size_estimation_single", "room_size_estimation_multiple"),
}
_SEEN: Final = ("oc", "oo", "oc_mv", "oo_mv")
SPAR_LEVELS: Final[Groups] = {
    "low": tuple(f"{what}_prediction_{how}" for what in ("depth", "distance") for how in _SEEN),
    "middle": ("view_change_infer", "position_matching", "camera_motion_infer"),
    "high": (
        "obj_spatial_relation_oo",
        "obj_spatial_relation_oc_mv",
        "obj_spatial_relation_oo_mv",
        *(f"spatial_imagination_{how}" for how in _SEEN),
        "distance_infer_center_oo",
        "distance_infer_center_oo_mv",
    ),
}
SPAR_MOVES: Final = "view_change_infer"
SPATIALBENCH_LEVELS: Final[Groups] = {
    "observation": ("object_counting", "object_size", "room_size", "absolute_distance"),
    "topology": (
        "appearance_order",
        "relative_distance",
        "relative_direction",
        "appearance_order_on_self-defined_route",
        "relative_counting",
    ),
    "symbolic": ("multi-hop_spatial_reasoning", "affordance", "landmark-constrained_pose_localization"),
    "causality": ("spatial_causal_reasoning",),
    "planning": ("visual_based_commands", "route_plan"),
}
SPATIALBENCH_WEIGHTS: Final = (0.0944, 0.1564, 0.1759, 0.2592, 0.3141)
CV_BENCH_2D: Final = ("ADE20K", "COCO")
CV_BENCH_3D: Final = "Omni3D"
GRADED_ONLY: Final = frozenset({"NA", "SIZE_LIST"})

NIL: Final = 1e-200  # a score below it counts as none in a harmonic mean, whose parts would overflow


def plain_mean(rows: Rows) -> tuple[Tree, ...]:
    """The mean of all rows, and of each type."""
    return (share("overall", rows), *by_type(rows))


def mean_of_types(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the types' means."""
    return (Blend("overall", by_type(rows)),)


def mean_of_groups(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the groups' means; each type beside."""
    return (Blend("overall", by_group(rows)), *by_type(rows))


def grouped(rows: Rows, groups: Groups) -> Blend:
    """The mean over groups of types, each the mean of its types' means; other types stand for themselves."""
    shares = {each.name: each for each in by_type(rows)}
    inside = {name for names in groups.values() for name in names}
    blends = [
        Blend(group, tuple(shares[name] for name in names if name in shares))
        for group, names in groups.items()
    ]
    alone = [each for name, each in shares.items() if name not in inside]
    return Blend(
        "overall", tuple(sorted([*(b for b in blends if b.parts), *alone], key=lambda part: part.name))
    )


def vsi(rows: Rows) -> tuple[Tree, ...]:
    """The mean of eight tasks; the three grades of relative direction are averaged first."""
    return (grouped(rows, VSI),)


def vsi_released(rows: Rows) -> tuple[Tree, ...]:
    """As `vsi`; a grade of relative direction that is not asked is 0 in their mean, and so are all three."""
    if not rows:
        return vsi(rows)
    asked = {row.type for row in rows}
    nobody = np.zeros(len(rows), dtype=bool)
    scored = np.array([row.score is not None for row in rows], dtype=float)
    absent = [
        Share(name, np.zeros(len(rows)), scored, nobody)
        for name in VSI["object_rel_direction"]
        if name not in asked
    ]
    whole = grouped(rows, VSI)
    here = [part for part in whole.parts if part.name == "object_rel_direction" and isinstance(part, Blend)]
    others = [part for part in whole.parts if part not in here]
    graded = Blend("object_rel_direction", (*(here[0].parts if here else ()), *absent))
    return (Blend("overall", tuple(sorted([*others, graded], key=lambda part: part.name))),)


def revsi(rows: Rows) -> tuple[Tree, ...]:
    """The mean over groups; directions, distances, counts and rooms are averaged first."""
    return (grouped(rows, REVSI),)


def spar(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the tasks' means; low, middle and high are each the mean of theirs."""
    shares = {each.name: each for each in by_type(rows)}
    levels = (
        Blend(level, tuple(shares[name] for name in sorted(names) if name in shares))
        for level, names in SPAR_LEVELS.items()
    )
    return (Blend("overall", tuple(shares.values())), *levels)


def spar_released(rows: Rows) -> tuple[Tree, ...]:
    """As `spar`; the task of moves, whose name the code misses, does not count in middle."""
    overall, low, middle, high = (tree for tree in spar(rows) if isinstance(tree, Blend))
    counted = tuple(part for part in middle.parts if part.name != SPAR_MOVES)
    return (overall, low, Blend(middle.name, counted), high)


def capability(rows: Rows, levels: Groups, weights: tuple[float, ...]) -> tuple[Tree, ...]:
    """The weighted mean of levels, each the mean over all its rows; each type beside."""
    parts = tuple(of_types(level, rows, names) for level, names in levels.items())
    return (Blend("overall", parts, weights), *by_type(rows))


def spatialbench(rows: Rows) -> tuple[Tree, ...]:
    """SpatialBench's capability-oriented score over five levels."""
    return capability(rows, SPATIALBENCH_LEVELS, SPATIALBENCH_WEIGHTS)


def cv_bench(rows: Rows) -> tuple[Tree, ...]:
    """The mean of 2D and 3D, 2D being the mean of its two sources; a row's group is its source."""
    two = tuple(share(name, rows, lambda row, name=name: row.group == name) for name in CV_BENCH_2D)  # type: ignore[misc]
    three = share("3D", rows, lambda row: row.group == CV_BENCH_3D)
    return (Blend("overall", (Blend("2D", two), three)), *by_type(rows))


def chance_adjusted(rows: Rows) -> tuple[Tree, ...]:
    """What is above chance by what could be: the sum of score less chance by the sum of 1 less chance."""
    known = np.array([row.chance is not None for row in rows], dtype=bool)
    guess = np.array([row.chance or 0.0 for row in rows], dtype=float)
    return tuple(
        Share(
            each.name,
            np.where(known, each.top - guess * each.bottom, 0.0),
            np.where(known, (1 - guess) * each.bottom, 0.0),
            known if each.asked is None else known & each.asked,
        )
        for each in (share("overall", rows), *by_type(rows))
    )


def spacedg(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the rows that are right or wrong; those that are graded (NA, SIZE_LIST) stand beside."""
    hits = share("overall", rows, lambda row: row.group not in GRADED_ONLY)
    graded = share("graded", rows, lambda row: row.group in GRADED_ONLY)
    return (hits, graded, *by_type(rows))


def drivemllm(rows: Rows) -> tuple[Tree, ...]:
    """The mean over tasks of 1 / (1 + a x mean error), over replies that could be read; the share of these.

    1 / (1 + a x mean error) is the harmonic mean of the single scores; tasks whose rows say `mean` as
    their group (overlaps, hits) have the plain mean.
    """
    read = [row.state == "scored" for row in rows]
    tasks = list[Share]()
    for each in by_type(rows):
        held = each.bottom * np.array(read, dtype=float)
        harmonic = np.array([row.group != "mean" and (row.score or 0.0) > NIL for row in rows])
        below = np.divide(1.0, each.top, out=np.ones_like(held), where=harmonic & (held > 0))
        top = np.where(harmonic, held, each.top * held)
        tasks.append(Share(each.name, top, held * below, each.asked))
    asked = np.array([row.state != "failed" for row in rows], dtype=float)
    return (
        Blend("overall", tuple(tasks)),
        Share("effective_ratio", asked * np.array(read, dtype=float), asked, of_scores=False),
    )


def stare(rows: Rows) -> tuple[Tree, ...]:
    """The mean of the types' scores: F1 of "yes" where the truths are yes and no, else the mean.

    A reply that was not read counts against yes and no alike.
    """
    return (Blend("overall", tuple(_f1(each.name, rows) or each for each in by_type(rows))),)


def _f1(name: str, rows: Rows) -> Share | None:
    """Twice the true yeses by them and both kinds of wrong answers; None of a type that is not yes or no."""
    asked = np.array([row.type == name for row in rows])
    mine = [row for row in rows if row.type == name]
    if not all(isinstance(row.truth, bool) for row in mine):
        return None
    counts = asked & np.array([row.score is not None for row in rows])
    right = np.array([row.truth is True and row.value is True for row in rows])
    wrong = np.array([row.value is not row.truth for row in rows])
    return Share(name, 2.0 * (counts & right), 2.0 * (counts & right) + (counts & wrong), asked)


def cumulative_iou(rows: Rows) -> tuple[Tree, ...]:
    """The sum of all overlaps by the sum of all unions (cIoU); the mean of the single ones (gIoU) beside."""
    tops, bottoms = list[float](), list[float]()
    for row in rows:
        right, given = as_box(row.truth), as_box(row.value) or (0.0, 0.0, 0.0, 0.0)
        counts = row.score is not None and right is not None
        overlap, union = overlap_and_union(given, right) if counts and right is not None else (0.0, 0.0)
        tops.append(overlap)
        bottoms.append(union)
    return (Share("ciou", np.array(tops), np.array(bottoms)), share("giou", rows))


AGGREGATIONS: Final = (
    Aggregation(name="mean", about="mean of all rows", source="most benchmarks", trees=plain_mean),
    Aggregation(
        name="mean_of_types",
        about="unweighted mean of the types' means",
        source="STARE and others",
        trees=mean_of_types,
    ),
    Aggregation(
        name="mean_of_groups",
        about="unweighted mean of the groups' means (subsets, sources, benchmarks)",
        source="the overall column of EASI's table",
        trees=mean_of_groups,
    ),
    Aggregation(
        name="vsi",
        about="mean of eight tasks, the three direction tasks averaged first",
        source="VSI-Bench; SPBench re-uses it",
        trees=vsi,
    ),
    Aggregation(
        name="vsi_released",
        about="mean of eight tasks, directions averaged first; keeps that a grade not asked counts as 0",
        source="VSI-Bench, vsibench_aggregate_results",
        trees=vsi_released,
        official=True,
    ),
    Aggregation(
        name="revsi",
        about="mean over groups: four directions, two distances, two counts, two rooms averaged first",
        source="ReVSI",
        trees=revsi,
    ),
    Aggregation(
        name="spar", about="mean of tasks; low, middle and high beside", source="SPAR-Bench", trees=spar
    ),
    Aggregation(
        name="spar_released",
        about="mean of tasks; low, middle and high beside; keeps that view_change_infer is not in middle",
        source="SPAR-Bench in lmms-eval",
        trees=spar_released,
        official=True,
    ),
    Aggregation(
        name="spatialbench",
        about="capability-oriented: five levels weighted .0944, .1564, .1759, .2592, .3141; "
        "the release leaves empty replies out: give those no score",
        source="SpatialBench, evaluate_benchmark_results.py",
        trees=spatialbench,
    ),
    Aggregation(
        name="blink", about="mean of the fourteen sub-tasks", source="BLINK_Benchmark", trees=mean_of_types
    ),
    Aggregation(
        name="cv_bench",
        about="((ADE20K + COCO) / 2 + Omni3D) / 2, by the rows' groups",
        source="CV-Bench data card",
        trees=cv_bench,
    ),
    Aggregation(
        name="chance_adjusted",
        about="sum of (score - chance) by sum of (1 - chance), over rows that have a chance level",
        source="SITE (CAA)",
        trees=chance_adjusted,
    ),
    Aggregation(
        name="spacedg",
        about="mean of hits; keeps that rows with a graded score (groups NA, SIZE_LIST) do not count",
        source="SpaceDG",
        trees=spacedg,
        official=True,
    ),
    Aggregation(
        name="drivemllm",
        about="harmonic mean of inverse-error scores by task; keeps that unread replies do not count",
        source="DriveMLLM",
        trees=drivemllm,
        official=True,
    ),
    Aggregation(
        name="stare",
        about='mean of types; F1 of "yes" for those that ask for yes or no',
        source="STARE",
        trees=stare,
    ),
    Aggregation(
        name="cumulative_iou",
        about="sum of overlaps by sum of unions (cIoU), and the mean of single overlaps by union (gIoU)",
        source="referring segmentation; EarthReason",
        trees=cumulative_iou,
    ),
)
