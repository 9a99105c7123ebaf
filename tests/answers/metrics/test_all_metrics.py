"""Laws that every metric obeys, whatever a model says."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocentric.answers.kinds import CANNOT_TELL, AnswerKind, Expected, Placed, Value
from allocentric.answers.metrics import METRICS
from allocentric.answers.metrics.metric import Metric

number = st.floats() | st.sampled_from([0.0, -0.0, 1e308, -1e308, 5e-324])
words = st.text(max_size=12)
said = st.one_of(
    st.none(),
    st.booleans(),
    number,
    words,
    st.just(CANNOT_TELL),
    st.tuples(number, number),
    st.tuples(number, number, number, number),
    st.lists(words, max_size=4).map(tuple),
    st.lists(st.tuples(number, number), max_size=4).map(tuple),
    st.lists(st.tuples(number, number, number, number), max_size=4).map(tuple),
    st.lists(st.builds(Placed, words, number, number, st.none() | words), max_size=4).map(tuple),
)
TRUTHS: dict[AnswerKind, list[Value]] = {
    "choice": ["B"],
    "choices": [("A", "C"), ()],
    "yes_no": [True, False],
    "count": [3.0, 0.0],
    "number": [-2.5, 0.0],
    "length": [1.2, 0.0, 1e308, 5e-324],
    "angle": [0.0, -3.1],
    "point": [(3.0, 4.0), (0.0, 0.0)],
    "points": [((0.0, 0.0), (4.0, 0.0), (4.0, 4.0))],
    "box": [(0.0, 0.0, 2.0, 2.0), (1.0, 1.0, 1.0, 1.0)],
    "boxes": [((0.0, 0.0, 2.0, 2.0), (5.0, 5.0, 6.0, 7.0)), ()],
    "spherical_box": [(3.1, 1.5, 1.0, 1.0)],
    "order": [("north", "near")],
    "map": [(Placed("sofa", 0.0, 0.0, "north"), Placed("agent", 0.0, 0.0)), (Placed("tv", 3.0, 1.0),)],
    "text": ["move_right:0.5"],
}
# What a metric is held to where the kind alone does not say it.
OWN: dict[str, tuple[AnswerKind, list[Value]]] = {
    "size_list": ("text", ["1, 2, 3"]),
    "share_inside": ("points", TRUTHS["points"]),
    "first_inside": ("points", TRUTHS["points"]),
    "set_f1": ("choices", TRUTHS["choices"]),
    "pair_score": ("order", TRUTHS["order"]),
    "accuracy": ("length", [1.2, "B", ("a", "b"), True, CANNOT_TELL]),
    "matched_iou": ("boxes", TRUTHS["boxes"]),
    "found_f1": ("boxes", TRUTHS["boxes"]),
    "mc_map": ("map", TRUTHS["map"][:1]),  # its release has no relations to score in a map of one thing
    "mc_map_direction": ("map", TRUTHS["map"][:1]),
}


def cases(each: Metric) -> list[tuple[Expected, Value]]:
    kinds = sorted(kind for kind in TRUTHS if kind in each.kinds)
    kind, truths = OWN.get(each.name, (kinds[0], TRUTHS[kinds[0]]))
    return [(Expected(kind), truth) for truth in truths]


@pytest.mark.parametrize("each", METRICS, ids=lambda each: each.name)
def test_a_score_is_finite_whatever_was_said(each: Metric) -> None:
    @given(said)
    @settings(max_examples=40)
    def holds(value: Value | None) -> None:
        for expected, truth in cases(each):
            score = each.score(value, truth, expected)
            assert isinstance(score, float)
            assert math.isfinite(score)
            assert each.lower_is_better or score <= 1 + 1e-12

    holds()


ANSWERS = [each for each in METRICS if each.name not in ("share_inside", "first_inside")]  # a region is none


@pytest.mark.parametrize("each", ANSWERS, ids=lambda each: each.name)
def test_the_truth_itself_is_perfect_and_nothing_is_not(each: Metric) -> None:
    for expected, truth in cases(each):
        if each.name == "task_success" and truth is False:
            continue
        best = 0.0 if each.lower_is_better else 1.0
        assert each.score(truth, truth, expected) == pytest.approx(best, abs=1e-6)
        if each.name != "spar_exact_match":  # its flaw: an empty reply is right
            assert each.score(None, truth, expected) != pytest.approx(best, abs=1e-6)
