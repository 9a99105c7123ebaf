"""The rules of releases, each on replies worked out by hand from what their authors' code does."""

import json
from typing import Any, Final

import msgspec
import pytest

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.prompt import Prompt
from allocentric.bench.benchmark import RELEASED
from allocentric.bench.judges import conditions, driving, letters, numbers, points, spatialbench
from allocentric.bench.sample import Sample

OPTIONS: Final = ("the red box", "the blue box", "the door", "the lamp")


def sample(
    truth: Value = "B", released: Any = "B", options: tuple[str, ...] = OPTIONS, **fields: Any
) -> Sample:
    """A question with four options."""
    prompt = Prompt("1", ("Which?",), Expected("choice", options))
    return Sample(prompt=prompt, truth=truth, type="t", fields={RELEASED: released, **fields})


LETTERS: Final = [
    # ViewSpatial: the last line alone, and the article counts
    (letters.last_line, "B", "B"),
    (letters.last_line, "B\nI saw a dog", "A"),
    (letters.last_line, "B\n", None),
    # MindCube: the last "X." goes before all else
    (letters.mindcube, "<Answer>C</Answer> but B. was near", "B"),
    (letters.mindcube, "<Answer>My answer is D</Answer>", "D"),
    (letters.mindcube, "Answer: C", "C"),
    (letters.mindcube, "NASA said so", "A"),  # the letter that ends a word
    (letters.mindcube, "(B)", "B"),
    (letters.mindcube, "", None),
    # OmniSpatial: whoever says nothing says A
    (letters.answer_colon, "I refuse", "A"),
    (letters.answer_colon, "Answer: B\nAnswer: C", "C"),
    # STI-Bench: the first of six patterns, within words too; else the last character, a capital
    (letters.sti, "Option cars, so B", "C"),
    (letters.sti, "Answer: b. Not (A)", "A"),
    (letters.sti, "B was correct", "B"),
    (letters.sti, "I choose b", None),
    (letters.sti, "I choose B", "B"),
    # OSI-Bench
    (letters.osi, "The answer is [C].", "C"),
    (letters.osi, "B", "B"),
    # MMSI-Video-Bench
    (letters.mmsi_video, "\\boxed{F}", "F"),
    (letters.mmsi_video, "<answer>C</answer>", "C"),
    (letters.mmsi_video, "Perhaps (D) or (B)", None),  # brackets are no letter
    (letters.mmsi_video, '{"answer": "E"}', None),  # nor is the brace behind it
    (letters.mmsi_video, '{"answer": "E", "why": "A"}', "E"),
    (letters.mmsi_video, "answer: B", None),
    (letters.mmsi_video, "A : the door", None),
    (letters.mmsi_video, "Answer: A. No, Answer: D", "D"),
    (letters.mmsi_video, "I have no answer: B", None),
    # STARE
    (letters.stare, "A: yes", "A"),
    (letters.stare, "\\boxed{\\text{B}}", "B"),
    (letters.stare, "The correct answer is c. Surely", "C"),
    # SpatialViz: one distinct letter, or on to the next way
    (letters.spatialviz, "<think>A or B</think><answer>C</answer>", "C"),
    (letters.spatialviz, "The answer is A or B", "A"),  # two behind the mark, but one behind "is"
    (letters.spatialviz, "option D", "D"),
]


@pytest.mark.parametrize(("find", "reply", "wanted"), LETTERS)
def test_a_release_finds_the_letter_that_its_code_finds(
    find: letters.Finder, reply: str, wanted: str | None
) -> None:
    assert find(reply) == wanted


def test_site_takes_brackets_before_lone_letters_and_earns_for_none_what_a_draw_earns() -> None:
    assert letters.site("(B)", sample()) == 1.0
    assert letters.site("A or B, so B ", sample()) == 1.0  # of several the last that stands alone
    assert letters.site("A.", sample()) == 0.0
    assert letters.site("nothing to say", sample()) == 0.25  # the mean of a letter drawn of four


def test_spatialtext_compares_to_the_letter() -> None:
    asked = sample(released="B,D")
    assert letters.to_the_letter("So it is.\nAnswer: B, D", asked) == 1.0
    assert letters.to_the_letter("Answer: D,B", asked) == 0.0  # the same set in another order
    assert letters.to_the_letter("B,D", asked) == 1.0


def test_spatialbench_takes_the_last_letter_even_of_a_word() -> None:
    assert spatialbench.letter("B", sample()) == 1.0
    assert spatialbench.letter("(b).", sample()) == 1.0
    assert spatialbench.letter("I would go to bed", sample(truth="D")) == 1.0  # bed ends with a d
    assert spatialbench.letter("Surely: the lamp!", sample(truth="D")) == 1.0  # by its text
    assert spatialbench.letter("", sample()) is None
    assert spatialbench.number("about 9 of 10", sample(released="9")) == pytest.approx(0.8)  # the last: 10
    assert spatialbench.number("nine", sample(released="9")) == 0.0


def test_spar_reads_numbers_without_signs_and_moves_by_the_number_of_views() -> None:
    asked = sample(released="2.0")
    assert numbers.spar_first("2 or 5", asked) == 1.0
    assert numbers.spar_last("5 or 2", asked) == 1.0
    assert numbers.spar_first("-2", asked) == 1.0
    assert numbers.spar_first("none", asked) == 0.0
    assert numbers.spar_last("none", asked) == 0.0  # counts as -1


def test_osi_reads_the_last_number_with_its_sign_and_takes_small_ones_for_rest() -> None:
    speed = numbers.osi("mra_osi")
    assert speed("1,200 or 0.2", sample(released="0")) == 1.0
    assert speed("-9", sample(released="0")) == 1.0  # below 0.3, however far
    assert speed("5", sample(released="4")) == 0.6
    assert speed("fast", sample(released="4")) == 0.0


def test_robospatial_looks_at_the_first_pair_and_at_how_a_reply_begins() -> None:
    outline = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))
    asked = sample(truth=outline, outline=outline)
    assert points.robospatial("[(0.2, 0.2), (0.9, 0.9)]", asked) == 1.0
    assert points.robospatial("[0.9, 0.2] then (0.2, 0.2)", asked) == 1.0  # round brackets before square ones
    assert points.robospatial("nowhere", asked) == 0.0
    assert points.robospatial("Yes, it fits", sample(truth=True)) == 1.0
    assert points.robospatial("It fits: yes", sample(truth=True)) == 0.0


def test_surds_compares_words_without_articles_and_points_with_the_centre() -> None:
    assert driving.same_words("<answer>The Car.</answer>", sample(released="the car")) == 1.0
    assert driving.same_words("The car", sample(released="the car")) == 0.0
    asked = sample(bbox=(100.0, 100.0, 300.0, 200.0), size=(1600, 900))
    assert driving.centredness("<answer>[200, 150]</answer>", asked) == 1.0
    # a quarter of the way across: 50 by 150, half-way down: the root of a third
    assert driving.centredness("<answer>[150, 150]</answer>", asked) == pytest.approx((1 / 3) ** 0.5)
    assert driving.centredness("<answer>[0.125, 0.16666667]</answer>", asked) == pytest.approx(1.0, abs=1e-6)
    assert driving.centredness("<answer>[500, 150]</answer>", asked) == 0.0
    assert driving.centredness("<answer>[1, 2, 3]</answer>", asked) == 0.0


HERE: Final = {"x": 1.0, "y": 0.0, "z": 0.0}
STATE: Final = {
    "objects": [
        {
            "objectType": "AppleSliced",
            "parentReceptacles": ["Fridge|1|2"],
            "isSliced": True,
            "room": "Kitchen",
        },
        {"objectType": "Fridge", "isOpen": False, "room": "Kitchen", "position": HERE},
        {"objectType": "Mug", "isFilledWithLiquid": True, "fillLiquid": "Coffee", "parentReceptacles": None},
    ],
    "agent": {"position": {"x": 0.0, "y": 0.0, "z": 0.0}, "room": "Kitchen"},
}
NEAR: Final = ((2.0, 2.0, 0.0), (6.0, 2.0, 0.0), (6.0, 6.0, 0.0), (2.0, 6.0, 0.0))
FILLED: Final = "isFilledWithLiquid"
NO: Final = False
GOAL: Final = (3.0, 4.0, 0.0)
FAR: Final = ((9.0, 9.0), (12.0, 9.0), (12.0, 12.0))
CONDITIONS: Final[list[tuple[dict[str, Any], bool]]] = [
    ({"type": "object_state", "object_type": "Fridge", "state": "isOpen", "value": False}, True),
    ({"type": "object_state", "object_type": "Fridge", "state": "isOpen", "value": "true"}, False),
    ({"type": "object_state", "object_type": "Apple", "field": "isSliced", "value": "true"}, True),
    ({"type": "object_state", "object_type": "Mug", "field": "isFilledWithLiquid", "liquid": "coffee"}, True),
    ({"type": "object_state", "object_type": "Mug", "state": FILLED, "liquid": "water"}, False),
    ({"type": "object_in_receptacle", "object_type": "Apple", "receptacle_type": "Fridge"}, True),
    (
        {"type": "object_in_receptacle", "object_type": "Apple", "receptacle_type": "Fridge", "value": False},
        False,
    ),
    ({"type": "object_in_receptacle", "object_type": "Mug", "receptacle_type": "Fridge"}, False),
    ({"type": "object_in_room", "object_type": "Apple", "room_type": "Kitchen"}, True),
    ({"type": "object_in_room", "object_type": "Apple", "room_type": "Bedroom"}, False),
    ({"type": "object_not_in_room", "object_type": "Apple", "room_type": "Bedroom"}, True),
    ({"type": "object_not_in_room", "object_type": "Apple", "room_type": "Kitchen"}, False),
    ({"type": "agent_in_room", "room_type": "Kitchen"}, True),
    ({"type": "agent_in_room", "room_type": "Bedroom"}, False),
    ({"type": "agent_near_object", "object_type": "Fridge", "distance": 1.5}, True),
    ({"type": "agent_near_object", "object_type": "Fridge", "distance": 0.5}, False),
    ({"type": "polygon_area", "target_polygon": NEAR, "threshold_label": "strict"}, True),  # 2.83 m off
    (
        {"type": "polygon_area", "target_polygon": FAR, "threshold_label": "strict"},
        False,
    ),
    ({"type": "distance_to_waypoint", "target_location": GOAL, "threshold_label": "medium"}, True),
    (
        {"type": "distance_to_waypoint", "target_location": GOAL, "threshold_label": "strict"},
        False,
    ),
]


@pytest.mark.parametrize(("asked", "wanted"), CONDITIONS)
def test_a_condition_of_a_task_is_decided_on_a_final_state(asked: dict[str, Any], wanted: bool) -> None:
    held = msgspec.convert(asked, conditions.Condition)
    state = msgspec.convert(STATE, conditions.State)
    assert conditions.fulfilled(held, state) is wanted


def test_conditions_are_joined_by_the_logic_of_the_task_in_any_case() -> None:
    closed = conditions.Condition("object_state", "Fridge", state="isOpen", value=False)
    absent = conditions.Condition("agent_in_room", room_type="Bedroom")
    reply = json.dumps(STATE)
    for logic, wanted in (("AND", 0.0), ("and", 0.0), ("OR", 1.0), ("or", 1.0)):
        assert conditions.verified(reply, sample(conditions=(closed, absent), logic=logic)) == wanted
    assert conditions.verified("I did it", sample(conditions=(closed,), logic="AND")) is None


def test_no_reply_makes_a_judge_fall_or_think_for_long() -> None:
    finders = [each for each, _, _ in LETTERS]
    for reply in (
        "",
        "\n",
        "(" * 20_000,
        "1" * 20_000,
        "answer " * 5_000,
        "{" * 20_000,
        "\\boxed{" * 5_000,
        "``" * 9_999,
    ):
        for find in finders:
            assert find(reply) in (None, *"ABCDEF", "") or isinstance(find(reply), str)
        assert points.numbers_in_brackets(reply) == []
        assert driving.same_words(reply, sample()) == 0.0
