"""Truths that a person measured by hand in twelve small rooms: the oracle must find every one."""

import json
import math
import pathlib
from functools import cache
from typing import Any

import pytest

from allocentric.intervals import Interval, wrap
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import finish, kind_of
from allocentric.query.parse import parse
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Angle, Bound, Measured, Path, Quantity, Undetermined
from allocentric.worlds.read import read

HERE = pathlib.Path(__file__).parent
TRUTHS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "truths.jsonl").read_text(encoding="utf-8").splitlines()
]
BY_HAND = 1e-6  # what a person's arithmetic may be off by, in the unit of the answer


@cache
def room(name: str) -> Scene:
    return read(HERE / f"{name}.json")


def result_of(truth: dict[str, Any]) -> tuple[Measured | Undetermined, str, str | None]:
    scene = room(truth["room"])
    program = check(parse(truth["program"]))
    bound, run = evaluate(program, scene, proof=True)
    return finish(scene, bound, run.cells), *kind_of(program.answer.type)


def interval_of(bound: Bound) -> Interval:
    match bound:
        case Quantity(interval) | Path(length=interval):
            return interval
        case Angle(arc):
            return Interval(arc.middle_rad - arc.half_rad, arc.middle_rad + arc.half_rad)
    raise AssertionError(f"{bound} is no number")


def agrees(value: Any, truth: dict[str, Any]) -> bool:
    match truth["kind"]:
        case "angle":
            return abs(wrap(value - truth["value"])) < BY_HAND
        case "length" | "area" | "volume" | "path":
            return math.isclose(value, truth["value"], rel_tol=BY_HAND, abs_tol=BY_HAND)
        case "things":
            return set(value) == set(truth["value"])
        case "order" | "turns":
            return bool(value == tuple(truth["value"]))
        case _:
            return bool(value == truth["value"])


def test_there_are_twelve_rooms_and_a_truth_of_every_kind() -> None:
    assert len({each["room"] for each in TRUTHS}) == 12
    assert len(TRUTHS) >= 270
    kinds = {each["kind"] for each in TRUTHS}
    assert kinds >= {"length", "area", "volume", "count", "angle", "boolean", "label", "thing", "things"}
    assert kinds >= {"order", "turns", "path", "undetermined"}


@pytest.mark.parametrize("truth", TRUTHS, ids=[f"{each['room']} {each['program']}" for each in TRUTHS])
def test_the_oracle_finds_what_was_measured_by_hand(truth: dict[str, Any]) -> None:
    result, kind, unit = result_of(truth)
    if truth["kind"] == "undetermined":
        assert isinstance(result, Undetermined), f"{result.value}, though {truth['why']}"
        assert result.reason == truth["value"]
        assert result.remedy
        return
    assert isinstance(result, Measured), f"{result}, though {truth['why']}"
    assert (kind, unit) == (truth["kind"], truth["unit"])
    assert agrees(result.value, truth), f"{result.value} instead of {truth['value']}: {truth['why']}"
    if "low" in truth:
        assert Interval(truth["low"], truth["high"]).within(interval_of(result.possible), BY_HAND)


def test_distances_between_centres_would_fail_most_anchored_distances() -> None:
    """Surfaces decide: an oracle that measured centres would not pass for one that measures gaps."""
    gaps = [
        each
        for each in TRUTHS
        if each["kind"] == "length"
        and each["program"].startswith("distance(")
        and "geometry" not in each["program"]
    ]
    wrong = 0
    for truth in gaps:
        scene = room(truth["room"])
        text = truth["program"][:-1] + ', geometry="centre")'
        bound, _ = evaluate(check(parse(text)), scene)
        result = finish(scene, bound)
        wrong += isinstance(result, Undetermined) or not agrees(result.value, truth)
    assert len(gaps) >= 10
    assert wrong >= 0.9 * len(gaps)
