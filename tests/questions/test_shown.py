"""What pictures show is found once, and by short ways: each agrees with the long one."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from allocentric.oracle.known import known_from
from allocentric.oracle.known_looks import LEAST_PX, LEAST_SHARE, look
from allocentric.oracle.visibility import rows_read, visible_in
from allocentric.query.check import check
from allocentric.query.parse import parse
from allocentric.query.proof import settling_views
from allocentric.questions.families import family
from allocentric.questions.family import Rejection
from allocentric.questions.generate import questions_of
from allocentric.questions.making.film import filmed, unfilmed
from allocentric.questions.question import Question
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Body
from tests.questions.small_room import ring, small_room
from tests.questions.walked import walked
from tests.quickly import quickly


@pytest.mark.parametrize(
    "scene", [ring(), replace(walked(1), views=walked(1).views[::5])], ids=lambda each: each.id
)
def test_enough_is_seen_of_a_thing_by_the_short_way_where_it_is_by_the_long_one(scene: Scene) -> None:
    with quickly():
        for view in scene.views:
            seen = look(scene, view)
            for row in np.flatnonzero(seen.sight.visible_px).tolist():
                whole, visible = seen.sight.whole(row), int(seen.sight.visible_px[row])
                assert seen.sight.whole_at_most(row) >= whole
                assert seen.knows(row) is (visible >= LEAST_PX and visible >= LEAST_SHARE * whole)


def test_what_is_known_from_the_same_views_is_the_same_scene() -> None:
    first, second, third = small_room().views[:3]
    with quickly():
        assert known_from(small_room(), [first, second]) is known_from(small_room(), [first, second])
        assert known_from(small_room(), [first, second]) is not known_from(small_room(), [first, third])
        whole = known_from(replace(small_room()), [first, second])
        assert known_from(small_room(), [first, second]).knowledge == whole.knowledge


def test_where_not_all_is_shown_no_way_on_the_floor_is_asked_for_and_none_would_be_fair() -> None:
    walk, blind = family("shortest_path"), replace(small_room(), views=small_room().views[1:2])
    made = [each for each in islice(questions_of(blind, walk, seed=1), 6) if isinstance(each, Question)]
    assert made
    assert unfilmed(blind, walk) == "pictures of all that stands on the floor"
    assert all(isinstance(filmed(blind, each), Rejection) for each in made)


def test_where_all_is_shown_ways_are_asked_for() -> None:
    walk = family("shortest_path")
    question = next(each for each in questions_of(small_room(), walk, seed=1) if isinstance(each, Question))
    assert unfilmed(small_room(), walk) is None
    assert isinstance(filmed(small_room(), question), Question)
    assert unfilmed(small_room(), family("axis_offset")) is None


def test_what_a_view_tells_of_a_thing_is_found_once_and_is_what_a_scene_without_memory_tells() -> None:
    for view in ring().views[:4]:
        for thing in (Body(row) for row in range(4)):
            assert visible_in(ring(), thing, view) is visible_in(ring(), thing, view)
            assert visible_in(ring(), thing, view) == visible_in(replace(ring()), thing, view)
            assert rows_read(ring(), thing, view) == rows_read(replace(ring()), thing, view)


@pytest.mark.parametrize("scene", [ring(), pytest.param(walked(1), marks=pytest.mark.slow)])
def test_the_one_picture_that_settles_is_found_among_all_by_knowing_from_each(scene: Scene) -> None:
    with quickly():
        made = questions_of(scene, family("next_best_view"), seed=1)
        for each in islice((each for each in made if isinstance(each, Question)), 2):
            view, *others = each.views
            known = known_from(scene, [view])
            settling = settling_views(check(parse(each.program)), known, others)
            assert [f"picture {id}" for id in settling] == [_told(each)]


def _told(question: Question) -> str:
    return question.expected.options[question.expected.letters.index(str(question.truth))]
