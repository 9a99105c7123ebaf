"""Questions about things that move, on a scene of tracks."""

import numpy as np
import pytest

from allocentric.geometry.frames import rotation_about_up
from allocentric.questions.checker import faults_of
from allocentric.questions.families import family
from allocentric.questions.families.motion import FAMILIES
from allocentric.questions.generate import questions_of
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene, Thing, Track, scene_of

TIMES_S = np.array([0.0, 1.0, 2.0, 3.0, 4.0])


def crossing() -> Scene:
    """A car that drives along x at 2 m/s, facing that way, a van that backs away, and a tree."""
    things = [
        Thing(label="car", center=(0, 0, 0.7), size=(4, 2, 1.4), front=(1, 0, 0)),
        Thing(label="van", center=(20, 5, 1), size=(5, 2, 2), front=(1, 0, 0)),
        Thing(label="tree", center=(5, 9, 2), size=(1, 1, 4)),
    ]

    def track(row: int, start: tuple[float, float, float], speed_m_s: float) -> Track:
        centers = np.array([(start[0] + speed_m_s * each, *start[1:]) for each in TIMES_S])
        return Track(row, TIMES_S, centers, np.stack([rotation_about_up(0.0)] * len(TIMES_S)))

    return scene_of("crossing", things, tracks=(track(0, (0, 0, 0.7), 2.0), track(1, (20, 5, 1), -3.0)))


@pytest.mark.parametrize("name", [each.name for each in FAMILIES])
def test_the_public_checker_finds_no_fault_on_tracks(name: str) -> None:
    assert list(faults_of(family(name), [crossing()], each=8)) == []


def test_speed_and_way_are_those_of_the_track() -> None:
    for question in questions_of(crossing(), family("object_speed"), seed=1):
        if isinstance(question, Question):
            assert question.truth == pytest.approx(2.0 if "car" in question.words else 3.0)
    ways = set[tuple[str, str]]()
    for question in questions_of(crossing(), family("object_motion_direction"), seed=1):
        if isinstance(question, Question):
            right = question.expected.options[question.expected.letters.index(str(question.truth))]
            ways.add(("car" if "car" in question.words else "van", right))
    assert ways == {("car", "front"), ("van", "back")}
