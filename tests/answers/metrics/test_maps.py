import json
import math

import pytest

from allocentric.answers.kinds import Expected, Placed
from allocentric.answers.metrics import metric
from allocentric.answers.metrics.maps_mindcube import mindcube_likeness
from tests.real_data import folder

MAP = Expected("map")
Map = tuple[Placed, ...]
TRUTH: Map = (Placed("sofa", 3, 0, "north"), Placed("tv", 0, 4, "east"), Placed("red door", 9, 9, "south"))


def test_a_released_run_comes_out_at_its_published_scores() -> None:
    run = json.loads((folder("theory_of_space") / "cogmap_run.json").read_text())
    drawn, true = (
        tuple(
            Placed(name, float(at["position"][0]), float(at["position"][1]), at["facing"])
            for name, at in run[side].items()
        )
        for side in ("prediction", "ground_truth")
    )
    published = {"direction": 79 / 120, "facing": 1.0, "position": 0.5954843804046489}
    for part, score in published.items():
        assert metric(f"tos_map_{part}").score(drawn, true, MAP) == pytest.approx(score, abs=1e-12)
    assert metric("tos_map").score(drawn, true, MAP) == pytest.approx(0.7512725712459941, abs=1e-12)


def test_the_true_map_is_perfect_in_both_conventions() -> None:
    for name in (
        "tos_map",
        "tos_map_direction",
        "tos_map_facing",
        "tos_map_position",
        "mc_map",
        "mc_map_isomorphic",
    ):
        assert metric(name).score(TRUTH, TRUTH, MAP) == 1.0


def test_a_missing_thing_fails_its_pairs_its_facing_and_lowers_coverage() -> None:
    drawn = TRUTH[:1]  # of six pairs with the origin, one is left; of two fronts, one; of three things, one
    assert metric("tos_map_direction").score(drawn, TRUTH, MAP) == 1 / 6
    assert metric("tos_map_facing").score(drawn, TRUTH, MAP) == 1 / 2
    assert metric("tos_map_position").score(drawn, TRUTH, MAP) == pytest.approx(1 / 3)


def test_positions_fall_off_with_the_error_by_the_size_of_the_map_without_doors() -> None:
    drawn = tuple(Placed(each.name, each.x + 1, each.y, each.facing) for each in TRUTH)
    scale = math.sqrt((9 + 16) / 2)
    assert metric("tos_map_position").score(drawn, TRUTH, MAP) == pytest.approx(math.exp(-1 / scale))


def test_a_turned_map_is_perfect_for_mindcube_and_not_for_theory_of_space() -> None:
    quarter = {"north": "west", "east": "north", "south": "east"}
    drawn = tuple(Placed(each.name, -each.y, each.x, quarter[each.facing or ""]) for each in TRUTH)
    assert metric("mc_map").score(drawn, TRUTH, MAP) == 1.0
    assert metric("tos_map_facing").score(drawn, TRUTH, MAP) == 0.0
    assert metric("tos_map_direction").score(drawn, TRUTH, MAP) < 0.5


def test_a_mirrored_map_is_not_perfect_in_either() -> None:
    drawn = tuple(Placed(each.name, -each.x, each.y, each.facing) for each in TRUTH)
    assert metric("mc_map").score(drawn, TRUTH, MAP) < 1.0
    assert metric("tos_map_direction").score(drawn, TRUTH, MAP) < 1.0


def test_mindcube_leaves_missing_things_to_coverage() -> None:
    drawn = TRUTH[:2]
    assert metric("mc_map").score(drawn, TRUTH, MAP) == 1.0
    assert metric("mc_map_coverage").score(drawn, TRUTH, MAP) == pytest.approx(2 / 3)
    assert metric("mc_map_isomorphic").score(drawn, TRUTH, MAP) == 0.0


def test_mindcube_weighs_relations_and_facings_seven_to_three() -> None:
    drawn = (TRUTH[0], Placed("tv", 0, 4, "west"), TRUTH[2])
    found = mindcube_likeness(*({each.name: each for each in side} for side in (drawn, TRUTH)))
    assert (found.relations, found.facings) == (1.0, 2 / 3)
    assert found.overall == pytest.approx(0.7 + 0.3 * 2 / 3)


def test_mindcube_calls_the_larger_way_and_close_things_inner() -> None:
    places = [("a", 0.0, 0.0), ("b", 3.0, 1.0), ("c", 0.1, 0.1)]
    truth = {name: Placed(name, x, y) for name, x, y in places}
    near = {**truth, "b": Placed("b", 3.0, 2.9)}  # still more right than up
    far = {**truth, "c": Placed("c", 2.0, 2.0)}  # no longer within reach of a
    assert mindcube_likeness(near, truth).relations == 1.0
    assert mindcube_likeness(far, truth).relations < 1.0
    tipped = {**truth, "c": Placed("c", 0.1, 2.0)}  # right once the map is tipped until it is a line
    assert mindcube_likeness(tipped, truth).relations == 1.0
