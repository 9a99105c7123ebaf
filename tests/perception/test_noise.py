"""Noise: as much of each error as was asked for, each written down, and nothing else touched."""

import dataclasses
import itertools
import math
from typing import Any, Final

import numpy as np
import pytest
from shapely.geometry import box

from allocentric.errors import BadInput
from allocentric.geometry.boxes import SIGNS
from allocentric.geometry.frames import rotation_about_up
from allocentric.geometry.meshes import box_mesh
from allocentric.intervals import Interval
from allocentric.perception.noise import Corrupted, Noise, corrupt
from allocentric.scene.scene import (
    Complete,
    Footprint,
    Scene,
    Sighting,
    Stated,
    Thing,
    Track,
    scene_of,
)
from tests.perception.hall import HALL, LABELS

SEEDS: Final = range(6)
SHARES: Final = ("relabelled", "missed", "merged", "split")
STRENGTHS: Final[dict[str, Any]] = {
    "relabelled": 0.3,
    "missed": 0.3,
    "merged": 0.3,
    "split": 0.3,
    "center_m": 0.1,
    "size_share": 0.1,
    "yaw_rad": 0.2,
    "scale_share": 0.1,
    "drift_m": 0.05,
    "drift_rad": 0.02,
}


def noise_of(**strengths: Any) -> Noise:
    return Noise(**strengths)


def amounts(results: list[Corrupted], kind: str) -> np.ndarray:
    return np.array([fault.amount for each in results for fault in each.log if fault.kind == kind])


def same(first: Scene, second: Scene, *leave: str) -> None:
    """Hold every array and view of two scenes to be equal, but for the fields left out."""
    for each in dataclasses.fields(Scene):
        if each.name in ("id", "parent", "change", "_memo", "shapes", "views", "complete", *leave):
            continue
        one, other = getattr(first, each.name), getattr(second, each.name)
        if isinstance(one, np.ndarray):
            assert np.array_equal(one, other, equal_nan=True), each.name
        else:
            assert one == other, each.name
    if "views" not in leave:
        for mine, yours in zip(first.views, second.views, strict=True):
            assert np.array_equal(mine.world_from_camera.rotation, yours.world_from_camera.rotation)
            assert np.array_equal(mine.world_from_camera.translation_m, yours.world_from_camera.translation_m)


def test_no_noise_is_the_scene_itself() -> None:
    for noise in (Noise(), Noise(declared=True), Noise(confusion={"chair": {"table": 1.0}})):
        result = corrupt(HALL, noise, seed=1)
        assert result.scene is HALL
        assert result.log == ()
        assert result.came_from == tuple((name,) for name in HALL.names)


@pytest.mark.parametrize("error", STRENGTHS)
def test_the_same_seed_makes_the_same_errors_and_another_others(error: str) -> None:
    noise = noise_of(**{error: STRENGTHS[error]})
    first, again, other = corrupt(HALL, noise, 1), corrupt(HALL, noise, 1), corrupt(HALL, noise, 2)
    same(first.scene, again.scene)
    assert first.log == again.log != other.log
    assert first.log


@pytest.mark.parametrize("error", SHARES)
def test_errors_happen_to_the_share_of_objects_that_was_asked_for(error: str) -> None:
    share = STRENGTHS[error]
    results = [corrupt(HALL, noise_of(**{error: share}), seed) for seed in SEEDS]
    count = 100 * len(SEEDS)
    happened = sum(fault.kind == error for each in results for fault in each.log)
    assert abs(happened / count - share) < 4 * math.sqrt(share * (1 - share) / count)


@pytest.mark.parametrize(
    ("error", "kind", "exact"),
    [
        ("center_m", "moved", 0.0),
        ("size_share", "resized", 1.0),
        ("yaw_rad", "turned", 0.0),
    ],
)
def test_the_root_mean_square_of_what_is_off_is_the_strength(error: str, kind: str, exact: float) -> None:
    strength = STRENGTHS[error]
    results = [corrupt(HALL, noise_of(**{error: strength}), seed) for seed in SEEDS]
    off = (amounts(results, kind) - exact).ravel()
    assert off.size >= 600
    # An even draw's square has a spread of 2 / sqrt(5) of its mean.
    assert abs((off**2).mean() / strength**2 - 1) < 4 * 0.9 / math.sqrt(off.size)
    assert abs(off.mean()) < 4 * strength / math.sqrt(off.size)
    assert np.abs(off).max() <= math.sqrt(3) * strength


def test_the_scale_is_off_by_its_strength() -> None:
    one = scene_of("one", [Thing(label="chair")])
    results = [corrupt(one, Noise(scale_share=0.1), seed) for seed in range(200)]
    off = amounts(results, "rescaled") - 1
    assert off.size == 200
    assert abs((off**2).mean() / 0.01 - 1) < 4 * 0.9 / math.sqrt(200)


def test_views_walk_off_by_the_strength_at_each_step_and_by_its_root_over_all() -> None:
    results = [corrupt(HALL, Noise(drift_m=0.05, drift_rad=0.02), seed) for seed in SEEDS]
    steps_m, steps_rad, last_rad = [], [], []
    for each in results:
        off = [
            exact.world_from_camera.inverse() @ noisy.world_from_camera
            for exact, noisy in zip(HALL.views, each.scene.views)
        ]
        assert np.allclose(off[0].translation_m, 0)
        ways = [
            (exact[0].world_from_camera.inverse() @ exact[1].world_from_camera).inverse()
            @ (noisy[0].world_from_camera.inverse() @ noisy[1].world_from_camera)
            for exact, noisy in zip(itertools.pairwise(HALL.views), itertools.pairwise(each.scene.views))
        ]
        steps_m += [np.linalg.norm(way.translation_m) for way in ways]
        steps_rad += [np.arccos(np.clip((np.trace(way.rotation) - 1) / 2, -1, 1)) for way in ways]
        written = [fault.amount for fault in each.log]
        assert np.allclose(
            [np.linalg.norm(pose.translation_m) for pose in off[1:]], [row[0] for row in written]
        )
        last_rad.append(written[-1][1])
    count = len(steps_m)
    assert count == 59 * len(SEEDS)
    assert abs(np.mean(np.square(steps_m)) / 0.05**2 - 1) < 4 / math.sqrt(count)
    assert abs(np.mean(np.square(steps_rad)) / 0.02**2 - 1) < 4 / math.sqrt(count)
    assert 0.5 < np.mean(np.square(last_rad)) / (59 * 0.02**2) < 2


def test_a_missed_thing_is_gone_and_the_others_are_as_they_were() -> None:
    result = corrupt(HALL, Noise(missed=0.3), 1)
    gone = {fault.name for fault in result.log}
    left = [thing for thing in HALL.things() if thing.name not in gone]
    same(result.scene, scene_of("x", left, floor=HALL.floor, views=HALL.views))


def test_things_that_are_merged_are_in_one_box_under_the_largest_one_s_name() -> None:
    result = corrupt(HALL, Noise(merged=0.3), 1)
    assert len(result.scene) == len(HALL) - len(result.log)
    for fault in result.log:
        (name,) = fault.became
        row = result.scene.row(name)
        assert {name, fault.name} <= set(result.came_from[row])
        volumes = {each: HALL.sizes[HALL.row(each)].prod() for each in result.came_from[row]}
        assert volumes[name] == max(volumes.values())
        assert result.scene.labels[row] == HALL.labels[HALL.row(name)]
        for each in result.came_from[row]:
            old = HALL.row(each)
            corners = (SIGNS * HALL.sizes[old] / 2) @ HALL.rotations[old].T + HALL.centers[old]
            own = (corners - result.scene.centers[row]) @ result.scene.rotations[row]
            assert (np.abs(own) <= result.scene.sizes[row] / 2 + 1e-9).all()


def test_a_thing_is_merged_with_the_nearest_that_is_left() -> None:
    row_of_three = [
        Thing(label=name, center=(x, 0, 0), size=(1, 1, 1)) for name, x in (("a", 0), ("b", 2), ("c", 5))
    ]
    scene = scene_of("row", row_of_three)
    pairs = {
        frozenset(each.came_from[0])
        for seed in range(60)
        for each in [corrupt(scene, Noise(merged=0.3), seed)]
    }
    assert frozenset({"a", "b"}) in pairs
    assert frozenset({"a", "c"}) not in pairs, "b is nearer to both"


def test_where_all_would_be_swallowed_none_is() -> None:
    same(corrupt(HALL, Noise(merged=1.0), 1).scene, HALL)


def test_a_split_thing_s_parts_fill_its_box_and_are_cut_across_its_longer_side() -> None:
    result = corrupt(HALL, Noise(split=0.3), 1)
    for fault in result.log:
        old = HALL.row(fault.name)
        first, second = (result.scene.row(name) for name in fault.became)
        assert result.came_from[first] == result.came_from[second] == (fault.name,)
        assert result.scene.labels[first] == result.scene.labels[second] == HALL.labels[old]
        sizes = result.scene.sizes[[first, second]]
        along = int(HALL.sizes[old][:2].argmax())
        assert sizes[:, along].sum() == pytest.approx(HALL.sizes[old][along])
        assert np.allclose(np.delete(sizes, along, axis=1), np.delete(HALL.sizes[old], along))
        volumes = sizes.prod(axis=1, keepdims=True)
        middle = (volumes * result.scene.centers[[first, second]]).sum(axis=0) / volumes.sum()
        assert np.allclose(middle, HALL.centers[old])


def test_a_thing_is_taken_for_what_is_most_alike_in_size_and_named_after_it() -> None:
    result = corrupt(HALL, Noise(relabelled=0.3), 1)
    taken_for = {(HALL.labels[HALL.row(each.name)], *each.became) for each in result.log}
    assert taken_for == {("chair", "lamp"), ("lamp", "chair"), ("table", "sofa"), ("sofa", "table")}
    for row, (name,) in enumerate(result.came_from):
        label = result.scene.labels[row]
        assert result.scene.names[row].startswith(label), "the name does not betray the label"
        assert (label == HALL.labels[HALL.row(name)]) == (name not in {each.name for each in result.log})


def test_a_confusion_s_weights_are_the_shares_of_what_a_label_is_taken_for() -> None:
    table = {label: {"stool": 3.0, "bench": 1.0, label: 50.0} for label in LABELS}
    results = [corrupt(HALL, Noise(relabelled=1.0, confusion=table), seed) for seed in SEEDS]
    became = [fault.became[0] for each in results for fault in each.log]
    assert len(became) == 100 * len(SEEDS)
    assert abs(became.count("stool") / len(became) - 0.75) < 4 * math.sqrt(0.75 * 0.25 / len(became))
    assert set(became) == {"stool", "bench"}


@pytest.mark.parametrize("row", [{}, {"chair": 1.0}, {"stool": 0.0}, {"stool": -1.0, "bench": 2.0}])
def test_a_confusion_that_says_nothing_of_a_label_is_refused(row: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="no weights of the labels that 'chair' is taken for"):
        corrupt(HALL, Noise(relabelled=1.0, confusion={"chair": row}), 1)


def test_what_is_no_object_stays_where_it_is() -> None:
    everything = {name: value for name, value in STRENGTHS.items() if name != "scale_share"}
    result = corrupt(HALL, noise_of(**everything), 1)
    for name in ("wall", "hall"):
        mine, yours = result.scene.row(name), HALL.row(name)
        assert np.array_equal(result.scene.centers[mine], HALL.centers[yours])
        assert np.array_equal(result.scene.rotations[mine], HALL.rotations[yours])
        assert result.scene.shapes[mine] is HALL.shapes[yours]
    assert result.scene.floor is HALL.floor


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(SHARES, 2)))
def test_more_of_one_error_leaves_another_s_draws_as_they_were(first: str, second: str) -> None:
    some = noise_of(**{first: 0.2, "center_m": 0.1})
    more = noise_of(**{first: 0.2, second: 0.2, "center_m": 0.1})
    before, after = (
        {fault.became[0]: fault.amount for fault in corrupt(HALL, noise, 3).log if fault.kind == "moved"}
        for noise in (some, more)
    )
    shared = set(before) & set(after)
    assert len(shared) > 40
    assert all(before[name] == after[name] for name in shared)


def test_a_greater_strength_only_adds_to_what_a_smaller_one_did() -> None:
    for error in ("relabelled", "missed", "split"):
        few, many = (corrupt(HALL, noise_of(**{error: share}), 4).log for share in (0.1, 0.4))
        assert {fault.name for fault in few} < {fault.name for fault in many}
    small, large = (corrupt(HALL, Noise(center_m=strength), 4) for strength in (0.1, 0.3))
    assert np.allclose(3 * (small.scene.centers - HALL.centers), large.scene.centers - HALL.centers)


def test_a_mesh_and_a_footprint_go_along_with_their_box() -> None:
    turn = rotation_about_up(0.4)
    mesh = box_mesh(np.array([1.0, 0.6, 0.8])).moved(turn, np.array([2.0, 1.0, 0.4]))
    plot = Footprint(box(3.5, 4.7, 4.5, 5.3), 0.0, 1.0)
    scene = scene_of(
        "two",
        [
            Thing(label="crate", center=(2, 1, 0.4), size=(1.0, 0.6, 0.8), rotation=turn, shape=mesh),
            Thing(label="plot", center=(4, 5, 0.5), size=(1.0, 0.6, 1.0), shape=plot),
        ],
    )
    noisy = corrupt(scene, Noise(center_m=0.3, size_share=0.2, yaw_rad=0.3, scale_share=0.1), 5).scene
    crate, plot_ = noisy.shapes
    own = (crate.vertices_m - noisy.centers[0]) @ noisy.rotations[0]  # type: ignore[union-attr]
    assert np.allclose(np.ptp(own, axis=0), noisy.sizes[0])
    assert np.allclose(own.max(axis=0), noisy.sizes[0] / 2)
    assert isinstance(plot_, Footprint)
    assert plot_.polygon.area == pytest.approx(noisy.sizes[1][:2].prod())
    assert np.allclose(plot_.polygon.centroid.coords[0], noisy.centers[1][:2])
    assert (plot_.low + plot_.high) / 2 == pytest.approx(noisy.centers[1][2])
    assert plot_.high - plot_.low == pytest.approx(noisy.sizes[1][2])


def test_a_wrong_scale_is_in_every_length() -> None:
    seen = Sighting(0, "view 0", range=Interval(2.0, 3.0))
    scene = dataclasses.replace(
        HALL,
        sightings=(seen,),
        stated=(Stated(0, "area", Interval(1.0, 1.0)),),
        complete=Complete(region=box(0, 0, 9, 9)),
    )
    result = corrupt(scene, Noise(scale_share=0.2), 1)
    (factor,) = result.log[0].amount
    noisy = result.scene
    assert np.allclose(noisy.centers, factor * HALL.centers)
    assert np.allclose(noisy.sizes, factor * HALL.sizes)
    assert noisy.floor is not None
    assert noisy.complete is not None
    assert noisy.complete.region is not None
    assert noisy.floor.area == pytest.approx(factor**2 * 34**2)
    assert noisy.complete.region.area == pytest.approx(factor**2 * 81)
    assert np.allclose(noisy.views[9].world_from_camera.translation_m, factor * np.array([9, 0, 1.6]))
    assert noisy.sightings[0].range == Interval(2.0 * factor, 3.0 * factor)
    assert noisy.stated == scene.stated, "a stated measure is in metres"
    assert noisy.scale == scene.scale


def test_what_is_known_of_a_thing_goes_with_it_to_its_new_row_and_is_lost_with_it() -> None:
    stated = tuple(Stated(row, "volume", Interval.of(row)) for row in range(100))
    sightings = tuple(Sighting(row, "view 0", share=row / 100) for row in range(100))
    scene = dataclasses.replace(HALL, stated=stated, sightings=sightings)
    result = corrupt(scene, Noise(missed=0.2, split=0.2, merged=0.2, relabelled=0.2), 1)
    assert 20 < len(result.scene.stated) < 70
    for fact, sighting in zip(result.scene.stated, result.scene.sightings):
        assert result.came_from[fact.row] == (HALL.names[int(fact.bound.low)],)
        assert sighting.row == fact.row


def test_the_noisy_scene_knows_no_truth_and_no_parent() -> None:
    result = corrupt(HALL, Noise(missed=0.2), 1)
    assert result.scene.parent is None
    assert result.scene.root is result.scene
    assert result.scene.id == "hall-noisy"


def moving() -> Scene:
    track = Track(0, np.array([0.0, 1.0]), np.zeros((2, 3)), np.stack([np.eye(3)] * 2))
    return dataclasses.replace(HALL, tracks=(track,))


@pytest.mark.parametrize(
    ("scene", "what"),
    [
        (scene_of("s", [Thing(label="a", center_slack=0.1)]), "is not exact"),
        (scene_of("s", [Thing(label="a")], tilt_rad=0.1), "is not exact"),
        (moving(), "has things that move"),
        (scene_of("s", [Thing(label="a")], scale=Interval(1.0, 2.0)), "how long a unit"),
    ],
)
def test_a_scene_that_is_no_exact_truth_is_refused(scene: Scene, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        corrupt(scene, Noise(missed=0.1), 1)


@pytest.mark.parametrize("name", STRENGTHS)
def test_a_strength_that_is_none_is_refused(name: str) -> None:
    for value in (-0.1, math.nan, math.inf if name.startswith(("drift", "center")) else 2.5):
        with pytest.raises(BadInput, match=f"{name} is"):
            noise_of(**{name: value})
