import json

import pytest

from allocentric.errors import BadInput, UnknownName
from allocentric.query.ask import ask, is_program
from allocentric.scene.scene import Complete, Scene, Thing, scene_of

ROOM: Scene = scene_of(
    "room",
    [
        Thing(label="sofa", size=(1, 2, 0.8), front=(1, 0, 0)),
        Thing(label="tv", center=(4, 0, 1), size=(0.1, 1.2, 0.7)),
        Thing(label="chair", center=(2, 2, 0.4), size=(0.5, 0.5, 0.8)),
        Thing(label="chair", center=(2, -2, 0.4), size=(0.5, 0.5, 0.8)),
    ],
    complete=Complete(),
)


def test_english_and_its_program_have_one_answer() -> None:
    english = ask(ROOM, "How far is the sofa from the tv?")
    assert english.program is not None
    program = ask(ROOM, english.program.text)
    assert english.value == program.value == pytest.approx((3.45**2 + 0.25**2) ** 0.5)


def test_the_json_object_has_all_that_was_promised() -> None:
    told = ask(ROOM, "Is chair 1 to my left or right if I stand at the sofa facing the tv?").to_json()
    assert list(told) == [
        "question",
        "program",
        "answer",
        "text",
        "option",
        "margin",
        "evidence",
        "undetermined",
        "seconds",
    ]
    assert told["answer"] == {"kind": "label", "value": "left", "unit": None, "possible": ["left"]}
    assert set(told["margin"]) == {"gap", "unit", "clear", "of"}
    assert {each["thing"] for each in told["evidence"]} == {"sofa", "tv", "chair 1"}
    assert told["undetermined"] is None
    json.dumps(told, allow_nan=False)


def test_a_number_has_its_bounds_in_base_units() -> None:
    told = ask(ROOM, "How wide is the tv, in cm?").to_json()
    assert told["answer"] == {"kind": "length", "value": 1.2, "unit": "m", "low": 1.2, "high": 1.2}
    assert told["text"] == "120 cm"


def test_the_chair_among_two_is_undetermined_and_both_are_named() -> None:
    answer = ask(ROOM, "How far is the chair from the tv?")
    assert answer.undetermined is not None
    assert answer.undetermined.reason == "ambiguous"
    assert "chair 1 and chair 2" in answer.undetermined.detail
    assert answer.value is None


def test_a_sentence_with_several_readings_is_undetermined_and_offers_them() -> None:
    answer = ask(ROOM, "Is the chair left of the sofa?")
    assert answer.undetermined is not None
    assert answer.undetermined.reason == "no_frame"
    assert 'of(the("sofa"))' in answer.undetermined.remedy
    assert answer.program is None
    assert answer.to_json()["program"] is None
    assert answer.needed_facts() == ()
    assert answer.picture().svg().startswith("<svg")


def test_a_sentence_outside_the_grammar_says_what_of_it_was_understood() -> None:
    with pytest.raises(BadInput, match="understood"):
        ask(ROOM, "Is the sofa more comfortable than the chair?")


def test_an_unknown_label_comes_with_its_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'sofa'"):
        ask(ROOM, "How far is the soffa from the tv?")


def test_the_right_option_is_told() -> None:
    answer = ask(ROOM, "Which is closer to the tv, the sofa or chair 1?", options=["A. sofa", "B. chair 1"])
    assert answer.option == "B"


def test_an_interval_wider_than_asked_for_is_undetermined() -> None:
    loose = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center=(4, 0, 0), center_slack=0.3)])
    assert ask(loose, "How far is the sofa from the tv?").value == pytest.approx(4.0, abs=0.1)
    strict = ask(loose, "How far is the sofa from the tv?", within=0.1)
    assert strict.undetermined is not None
    assert strict.undetermined.remedy == "measure the place of 'tv'"


def test_the_remedy_is_found_by_trying() -> None:
    loose = scene_of(
        "room",
        [Thing(label="sofa"), Thing(label="tv", center=(4, 0, 0)), Thing(label="lamp", center_slack=9)],
    )
    answer = ask(loose, "If I stand at the sofa facing the tv, is the lamp to my left or right?")
    assert answer.undetermined is not None
    assert answer.undetermined.remedy == "measure the place of 'lamp'"


def test_without_proof_the_answer_is_the_same_and_the_evidence_is_left_out() -> None:
    question = 'nearest(all("chair"), to=the("sofa"), geometry="centre")'
    bare, proved = ask(ROOM, 'count(all("chair"))', proof=False), ask(ROOM, 'count(all("chair"))')
    assert bare.value == proved.value == 2
    assert bare.result.evidence == ()
    assert ask(ROOM, question).undetermined is not None  # both chairs are as near


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ('distance(the("a"), the("b"))', True),
        ("nearst(all())", True),
        ('{t for t in all("a") if on(t, the("b"))}', True),
        ('t = the("a"); on(t)', True),
        ("not (1 < 2)", True),
        ("How many chair(s) are in this room?", False),
        ("how far is the tv (in metres)?", False),
        ("count the chairs", False),
    ],
)
def test_a_program_is_told_from_a_sentence(text: str, program: bool) -> None:
    assert is_program(text) == program
