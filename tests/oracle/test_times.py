"""Time: where a thing is then, how fast it moves, when it is first seen."""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pytest

from allocentric.geometry.frames import rotation_about_up
from allocentric.intervals import Interval
from allocentric.query.ask import ask
from allocentric.scene.moments import scene_then
from allocentric.scene.scene import Complete, Scene, Thing, Track, scene_of
from allocentric.scene.truth import Measured
from tests.views.looking import level

# It stands at x = 4 for 2 s, then goes 6 m to the left in 1 s, turning by a quarter.
TURNS: Final = np.stack([np.eye(3), np.eye(3), rotation_about_up(math.pi / 2)])
TRACK: Final = Track(0, np.array([0.0, 2, 3]), np.array([[4.0, 0, 0], [4, 0, 0], [4, 6, 0]]), TURNS)
STREET: Final = scene_of(
    "street",
    [
        Thing(label="car", center=(4, 0, 0), size=(2, 1, 1), front=(1, 0, 0)),
        Thing(label="hut", center=(0, 4, 0), size=(1, 1, 1)),
    ],
    tracks=(TRACK,),
    views=tuple(replace(level(), id=str(time), time_s=float(time)) for time in (3, 1, 9)),
    complete=Complete(),
)


def value(program: str, scene: Scene = STREET) -> Any:
    """What a program comes to."""
    result = ask(scene, program).result
    return result.value if isinstance(result, Measured) else result.reason


@pytest.mark.parametrize(
    ("program", "wanted"),
    [
        ('speed(the("car"), 1)', 0.0),
        ('speed(the("car"), 2.5)', 6.0),
        ('speed(the("car"), 2)', 2.0),  # from 0 to 3 s
        ('speed(the("hut"), 2)', 0.0),
        ('speed(the("car"), 4)', "not_measured"),
        ('distance(at(the("car"), 0), at(the("car"), 3), geometry="centre")', 6.0),
        ('distance(at(the("car"), 0), at(the("car"), 2.1))', 0.0),  # they overlap
        ('distance(at(the("car"), 3), the("hut"))', math.hypot(3.0, 0.5)),
        ('turn(of(at(the("car"), 0)), of(at(the("car"), 3)))', math.pi / 2),
        ('direction(at(the("car"), 3), of(at(the("car"), 0)), sectors="four")', "left"),
        ('at(the("hut"), 1)', "hut"),
        ('distance(at(the("car"), 9), the("hut"))', "not_measured"),
        ("count(all())", 2),
        ('c = at(the("car"), 3); count({t for t in all() if distance(t, c) < 0.1})', 0),
        ('visible_in(the("car"), view(1))', True),
        ('visible_in(the("car"), view(3))', False),  # it has gone to the left
        ('visible_in(the("car"), view(9))', False),  # and is not recorded any more
        ('first_seen(the("car"))', 1.0),
        ('first_seen(the("hut"))', "never_seen"),
        ('visible_in(at(the("car"), 1), view(1))', "not_measured"),
    ],
)
def test_time_is_told_as_a_hand_finds_it(program: str, wanted: Any) -> None:
    assert value(program) == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


def test_where_nothing_has_a_track_there_is_no_time() -> None:
    still = replace(STREET, tracks=())
    assert value('at(the("car"), 1)', still) == "not_measured"
    assert value('speed(the("car"), 1)', still) == "not_measured"


def test_views_without_times_are_counted_in_their_order() -> None:
    untimed = replace(STREET, views=tuple(replace(each, time_s=None) for each in STREET.views))
    answer = ask(untimed, 'first_seen(the("car"))')
    assert (answer.value, answer.text, answer.to_json()["answer"]["kind"]) == (1, "1", "count")
    assert ask(STREET, 'first_seen(the("car"))').to_json()["answer"]["unit"] == "s"


def test_a_place_that_is_known_roughly_bounds_the_speed() -> None:
    loose = replace(STREET, center_slacks=np.full((2, 3), 0.1))
    bound = ask(loose, 'speed(the("car"), 2.5)').result.possible.bound  # type: ignore[union-attr]
    assert bound.low < 6.0 < bound.high
    assert bound.high == pytest.approx(6 + 2 * math.sqrt(0.03))


def test_what_an_answer_of_another_time_hangs_on_is_the_thing_itself() -> None:
    answer = ask(STREET, 'distance(at(the("car"), 3), the("hut"))')
    assert {fact.thing for fact in answer.result.evidence} == {"car", "hut"}
    assert {fact.thing for fact in answer.needed_facts()} == {"car", "hut"}
    assert "car at 3 s" in str(ask(STREET, 'at(the("car"), 3)').value)
    assert answer.picture() is not None


def test_a_scene_then_has_what_is_recorded_where_it_is_then() -> None:
    then = scene_then(STREET, 2.5)
    assert then.centers[0].tolist() == [4, 3, 0]
    assert scene_then(STREET, None) is STREET
    assert scene_then(STREET, 2.5) is then


def test_a_speed_on_an_unknown_scale_is_undetermined() -> None:
    free = replace(STREET, scale=Interval(0.0, math.inf))
    assert value('speed(the("car"), 2.5)', free) == "no_scale"
