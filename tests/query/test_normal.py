"""Questions in plain form."""

import pytest

from allocentric.query.grammar import Sentence
from allocentric.query.normal import plain_question
from allocentric.query.nouns import name
from allocentric.scene.labels import NYU40, SCANNET200


def tokens(question: str) -> str:
    return " ".join(plain_question(question).sentence.tokens).strip(" ,")


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Hey, could you please tell me how far the sofa is from the tv?", "how far the sofa is from the tv"),
        ("What\u2019s on the table, thanks", "what is on the table"),
        ("Is it true that the bed is longer than the sofa?", "the bed is longer than the sofa"),
        ("How many chair(s) are in this room?", "how many chairs are ⌂"),
        ("The chair's left", "the chair 's left"),
        ("Is it front-left or front left?", "is it front-left or front-left"),
        ("to the north-east", "to the northeast"),
        ("chair number 2 and chair #3", "chair 2 and chair 3"),
        ("is it 40cm or 2m", "is it 40 cm or 2 m"),
        ("the the single sofa", "the single sofa"),
        ("Is the desk on the plant?", "is the desk on the plant"),
        ("Is the desk on the floor planter?", "is the desk on the floor planter"),
    ],
)
def test_spelling_courtesy_and_contractions_are_made_plain(question: str, plain: str) -> None:
    assert tokens(question) == plain


def test_the_unit_is_set_aside() -> None:
    plain = plain_question("How tall is the lamp (in centimeters)?")
    assert plain.sentence.unit == "centimeters"
    assert tokens("How tall is the lamp (in centimeters)?") == "how tall is the lamp"
    assert tokens("How many square metres is the room?") == "how-many-area is the room"
    assert tokens("How wide is it, rounded to the nearest cm?") == "how wide is it"


@pytest.mark.parametrize(
    ("question", "geometry"),
    [
        ("Measuring from the closest point of each object, how far is it?", "surface"),
        ("How far apart are they, centre to centre?", "centre"),
        ("How far is it from the center of the bed to the middle of the rug?", "centre"),
        ("How far is it along the floor?", "floor"),
        ("What is the horizontal distance?", "floor"),
    ],
)
def test_the_geometry_is_set_aside(question: str, geometry: str) -> None:
    assert plain_question(question).geometries == (geometry,)


def test_one_centre_alone_is_no_geometry_and_two_geometries_are_both_told() -> None:
    assert plain_question("How far is the centre of the bed from the rug?").geometries == ()
    assert len(plain_question("How far is it centre to centre, along the floor?").geometries) == 2


def test_lettered_options_in_the_question_are_set_aside() -> None:
    sentence = plain_question("Which is nearest to the bed? A. lamp B. desk").sentence
    assert sentence.options == ("lamp", "desk")
    assert sentence.tokens[:3] == ("which", "is", "nearest")
    assert "lamp" not in sentence.tokens
    assert plain_question("Is A. or C. nearer?").sentence.options == ()


@pytest.mark.parametrize("label", sorted({*NYU40, *SCANNET200} - {"object"}))
def test_every_label_of_the_vocabularies_is_a_name(label: str) -> None:
    words = tuple(label.split())
    assert len(words) in [end for end, _ in name(Sentence(words, words), 0)]


def names(text: str) -> list[str]:
    words = tuple(text.split())
    return [each for _, each in name(Sentence(tuple(w.lower() for w in words), words), 0)]


def test_a_name_ends_before_what_is_said_of_it() -> None:
    assert names("coffee table is") == ["coffee table"]
    assert names("chairs look comfortable") == ["chairs"]
    assert names("chairs sofa") == []
    assert names("lamp left of") == ["lamp"]
    assert names("tv stand touches") == ["tv", "tv stand"]
    assert names("2 seater sofa") == ["2 seater sofa"]
    assert names("chair 2") == ["chair", "chair 2"]
    assert names("edge of the bed") == ["edge of the bed"]
    assert names("view 3") == []
    assert names("the sofa") == []
    assert names("A is") == ["a"]
    assert names("door I turn") == ["door"]
