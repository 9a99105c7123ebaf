import pytest

from allocentric.errors import AllocentricError, BadInput, UnknownName
from allocentric.query.check import check, spelling
from allocentric.query.checked import Type
from allocentric.query.parse import parse
from allocentric.query.vocabulary import word, words
from allocentric.scene.truth import ANGLE, AREA, LENGTH, NUMBER, Dimension


def type_of(text: str) -> Type:
    return check(parse(text)).answer.type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('distance(the("a"), the("b"))', Type("quantity", LENGTH)),
        ('count(all("a"))', Type("quantity", NUMBER, counts=True)),
        ('area(all("room")) / area(the("rug"))', Type("quantity", NUMBER)),
        ('distance(the("a"), the("b")) * 2', Type("quantity", LENGTH)),
        ('extent(the("a"), along="width") * extent(the("a"), along="depth")', Type("quantity", AREA)),
        ('total(all("a"), by=volume)', Type("quantity", Dimension(3))),
        ('bearing(the("a"), world())', Type("angle", ANGLE)),
        ('bearing(the("a"), world(), turning="left")', Type("quantity", ANGLE)),
        ('nearest(all("a"), to=the("b"))', Type("thing")),
        ('on(the("table"))', Type("things")),
        ('on(the("cup"), the("table"))', Type("truth")),
        ('all("cup") & on(the("table"))', Type("things")),
        ('direction(the("a"), world(), sectors="four") == "left"', Type("truth")),
        ('walk(the("a"), the("b"))', Type("path")),
        ('count(all("a")) == 2', Type("truth")),
    ],
)
def test_every_expression_has_one_type(text: str, expected: Type) -> None:
    assert type_of(text) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('distance(the("a"))', "distance of what?"),
        ('distance("a", the("b"))', "not a text"),
        ('distance(the("a"), the("b")) < deg(3)', "a length and an angle do not go together"),
        ('distance(the("a"), the("b")) + area(the("c"))', "a length and an area"),
        ('distance(the("a"), the("b")) == 2', "never exactly equal"),
        ('count(the("a"))', "'things' is a things, not a thing"),
        ('nearest(the("a"), to=the("b"))', "not a thing"),
        ('direction(the("a"), the("b"), sectors="four")', "'frame' is a frame, not a thing"),
        ('direction(the("a"), world(), sectors="fuor")', "no sectors is named 'fuor'"),
        ('direction(the("a"), world(), sectors="four") == "front-left"', "no sector of 'four' is named"),
        ('distence(the("a"), the("b"))', "no function is named 'distence'"),
        ('distance(the("a"), two=the("b"))', "no argument of distance is named 'two'"),
        ("x", "no variable or function is named 'x'"),
        ('the("a") and the("b")', "neither true nor false"),
        ('most(all("a"), by=distance)', "takes other arguments"),
        ('most(all("a"), by=on(the("b")))', "gives a quantity, not a truth"),
        ('most(all("a"), by=3)', "a function of its subject"),
        ('count([the("a")])', "not a list"),
        ('[the("a")]', "a list stands alone"),
        ('all("a") & the("b")', "joins sets"),
        ("-all()", "has no negative"),
        ('count = all("a"); exists(all("b"))', "is a word of the language"),
        ('{count for count in all() if on(count, the("b"))}', "is a word of the language"),
        ('deg(the("a"))', "takes one number"),
        ('turns([the("a")], facing=the("b"))', "at least two stops"),
        ('extent(the("a"), along=the("b"))', "a word in quotes"),
        ("turned(world(), cm(3))", "'angle' is an angle, not a length"),
        ('on(the("a"), the("b"), the("c"))', "'snap' is a quantity, not a thing"),
    ],
)
def test_what_cannot_run_is_refused_before_it_does(text: str, what: str) -> None:
    with pytest.raises(AllocentricError) as refused:
        check(parse(text))
    assert what in str(refused.value)
    assert refused.value.mend


def test_a_function_of_the_missing_subject_is_a_measure_or_a_set() -> None:
    assert type_of('most([the("a"), the("b")], by=volume)') == Type("thing")
    assert type_of('order([the("a"), the("b")], by=distance(to=the("c")))') == Type("order")
    assert type_of('count(inside(the("kitchen")))') == Type("quantity", NUMBER, counts=True)


def test_every_word_has_a_spelling_and_a_line_of_help() -> None:
    assert spelling(word("nearest")) == "nearest(things, to, [geometry])"
    assert all(each.says.endswith((".", ":")) or each.says for each in words().values())
    assert len(words()) >= 35


def test_a_misspelt_word_comes_with_the_near_miss() -> None:
    with pytest.raises(UnknownName, match="did you mean 'distance'"):
        check(parse('distence(the("a"), the("b"))'))


def test_the_error_of_a_missing_frame_says_how_to_write_one() -> None:
    with pytest.raises(BadInput) as refused:
        check(parse('direction(the("tv"), sectors="four")'))
    assert 'standing(at=the("..."), facing=the("..."))' in refused.value.mend
