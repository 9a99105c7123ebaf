"""A number that is known only roughly is not asked for."""

from __future__ import annotations

import pytest

from allocentric.questions.families import family
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Complete, Thing, scene_of


def asked(slack_m: float) -> tuple[list[Question], set[str]]:
    """What is asked about two things 4 m apart, one of which may be off by so much."""
    things = [Thing(label="sofa"), Thing(label="tv", center=(4, 0, 0), center_slack=(slack_m, 0, 0))]
    made = list(
        questions_of(scene_of("room", things, complete=Complete()), family("abs_distance_centre"), seed=1)
    )
    reasons = {each.reason for each in made if not isinstance(each, Question)}
    return [each for each in made if isinstance(each, Question)], reasons


@pytest.mark.parametrize("slack_m", [0.0, 0.19])
def test_what_is_known_to_a_twentieth_is_asked_for(slack_m: float) -> None:
    made, _ = asked(slack_m)
    assert made


def test_what_may_be_a_tenth_off_is_not() -> None:
    made, reasons = asked(0.4)
    assert not made
    assert "known only roughly" in reasons
