"""Every card is a valid tool, and a call of it is the program it stands for."""

import json
from dataclasses import replace
from typing import Any, Final

import jsonschema
import pytest

from allocentric.errors import AllocentricError
from allocentric.query.ask import ask
from allocentric.query.cards import NO_ANSWERS, cards, program_of
from allocentric.query.parse import parse
from allocentric.query.vocabulary import words
from allocentric.scene.scene import Scene, Sighting
from allocentric.worlds.makers import make
from tests.views.looking import WIDE, level

TOOLS: Final = {name for name, each in words().items() if each.gives not in NO_ANSWERS}

# A call of each tool on the flat below, as a model would write it, and the program it stands for.
CALLS: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "the": ({"name": "sofa"}, 'the("sofa")'),
    "all": ({}, "all()"),
    "marked": ({"view": "1", "mark": 2}, 'marked(view("1"), 2)'),
    "shape": (
        {"coordinates": [[0, 0], [2, -1.5]], "frame": "world()"},
        "shape([[0, 0], [2, -1.5]], world())",
    ),
    "count": ({"things": "cup"}, 'count(all("cup"))'),
    "exists": ({"things": 'all("cup") & on(the("table"))'}, 'exists(all("cup") & on(the("table")))'),
    "total": ({"things": "chair", "by": "volume"}, 'total(all("chair"), volume)'),
    "extent": ({"thing": "bed", "along": "longest"}, 'extent(the("bed"), "longest")'),
    "area": ({"things": "bedroom"}, 'area(the("bedroom"))'),
    "volume": ({"thing": 'the("bed")'}, 'volume(the("bed"))'),
    "length": ({"path": 'walk(the("bed"), the("sofa"))'}, 'length(walk(the("bed"), the("sofa")))'),
    "bin": (
        {"quantity": 'distance(the("bed"), the("sofa"))', "edges": [0, "cm(50)", 20]},
        'bin(distance(the("bed"), the("sofa")), [0, cm(50), 20])',
    ),
    "distance": (
        {"place": "bed", "to": 'all("chair")', "geometry": "centre"},
        'distance(the("bed"), all("chair"), geometry="centre")',
    ),
    "offset": (
        {"place": "bed", "frame": 'of(the("sofa"))', "axis": "left"},
        'offset(the("bed"), of(the("sofa")), "left")',
    ),
    "nearest": ({"things": "chair", "to": "bed"}, 'nearest(all("chair"), the("bed"))'),
    "farthest": ({"things": ["bed", "sofa"], "to": "tv"}, 'farthest([the("bed"), the("sofa")], the("tv"))'),
    "least": (
        {"things": "chair", "by": 'distance(to=the("tv"))'},
        'least(all("chair"), distance(to=the("tv")))',
    ),
    "most": ({"things": ["bed", "sofa"], "by": "volume"}, 'most([the("bed"), the("sofa")], volume)'),
    "order": (
        {"things": ["bed", "sofa", "tv"], "by": "volume", "same_within": 0.001},
        'order([the("bed"), the("sofa"), the("tv")], volume, same_within=0.001)',
    ),
    "direction": (
        {"place": "tv", "frame": 'standing(at=the("bed"), facing=the("sofa"))', "sectors": "four"},
        'direction(the("tv"), standing(at=the("bed"), facing=the("sofa")), "four")',
    ),
    "bearing": (
        {"place": "tv", "frame": 'turned(of(the("sofa")), deg(90))', "turning": "left"},
        'bearing(the("tv"), turned(of(the("sofa")), deg(90)), turning="left")',
    ),
    "off_axis": ({"place": "tv", "frame": 'of(the("sofa"))'}, 'off_axis(the("tv"), of(the("sofa")))'),
    "relation": (
        {"place": "tv", "to": "sofa", "frame": "world()", "axis": "up", "same_within": "cm(10)"},
        'relation(the("tv"), the("sofa"), world(), "up", same_within=cm(10))',
    ),
    "turn": (
        {"frame": 'of(the("sofa"))', "other": 'of(the("bed"))'},
        'turn(of(the("sofa")), of(the("bed")))',
    ),
    "facing": ({"thing": "sofa", "place": "tv", "within": 0.5}, 'facing(the("sofa"), the("tv"), within=0.5)'),
    "between": (
        {"thing": "tv", "first": "bed", "second": "sofa"},
        'between(the("tv"), the("bed"), the("sofa"))',
    ),
    "proportion": ({"thing": "tv", "trait": "flatness"}, 'proportion(the("tv"), "flatness")'),
    "tilt": ({"thing": "tv"}, 'tilt(the("tv"))'),
    "winding": (
        {"first": "tv", "second": "bed", "third": "sofa"},
        'winding(the("tv"), the("bed"), the("sofa"))',
    ),
    "in_corner": (
        {"thing": "bed", "room": "bedroom", "within": "cm(40)"},
        'in_corner(the("bed"), the("bedroom"), within=cm(40))',
    ),
    "on": ({"thing": "tv", "other": "tv stand"}, 'on(the("tv"), the("tv stand"))'),
    "under": ({"thing": "rug", "other": "table"}, 'under(the("rug"), the("table"))'),
    "inside": ({"thing": "bed", "other": "bedroom"}, 'inside(the("bed"), the("bedroom"))'),
    "touching": ({"thing": "tv", "other": "tv stand"}, 'touching(the("tv"), the("tv stand"))'),
    "topology": (
        {"thing": "bed", "other": "bedroom", "snap": "cm(5)"},
        'topology(the("bed"), the("bedroom"), snap=cm(5))',
    ),
    "visible_in": ({"thing": "bed", "view": "1"}, 'visible_in(the("bed"), view("1"))'),
    "visible_share": (
        {"thing": "bed", "view": "view(1)", "of": "whole"},
        'visible_share(the("bed"), view(1), of="whole")',
    ),
    "cut_off": ({"thing": "bed", "view": "1"}, 'cut_off(the("bed"), view("1"))'),
    "hidden_by": (
        {"thing": "bed", "view": "turned(camera(view(1)), deg(90))"},
        'hidden_by(the("bed"), turned(camera(view(1)), deg(90)))',
    ),
    "box_in": ({"thing": "bed", "view": "1"}, 'box_in(the("bed"), view("1"))'),
    "cell_in": ({"place": "bed", "view": "1"}, 'cell_in(the("bed"), view("1"))'),
    "pixel_in": ({"place": "bed", "view": "1"}, 'pixel_in(the("bed"), view("1"))'),
    "relation_in": (
        {"thing": "bed", "to": "sofa", "view": "1", "axis": "right"},
        'relation_in(the("bed"), the("sofa"), view("1"), "right")',
    ),
    "first_seen": ({"things": 'all("chair")'}, 'first_seen(all("chair"))'),
    "at": ({"thing": "bed", "time": 2}, 'at(the("bed"), 2)'),
    "speed": ({"thing": "bed", "time": 2}, 'speed(the("bed"), 2)'),
    "walk": (
        {"start": "bed", "goal": "sofa", "clearance": "cm(10)"},
        'walk(the("bed"), the("sofa"), clearance=cm(10))',
    ),
    "turns": (
        {"stops": ["bed", "sofa", "tv"], "facing": "tv"},
        'turns([the("bed"), the("sofa"), the("tv")], the("tv"))',
    ),
    "which": (
        {"cases": {"the tv": 'on(the("tv"), the("rug"))', "the bed": 'on(the("bed"), the("bedroom"))'}},
        'which({"the tv": on(the("tv"), the("rug")), "the bed": on(the("bed"), the("bedroom"))})',
    ),
    "turn_side": (
        {"frame": 'of(the("sofa"))', "other": 'of(the("bed"))'},
        'turn_side(of(the("sofa")), of(the("bed")))',
    ),
    "route": (
        {"start": "bed", "goal": "sofa", "lines": "chair"},
        'route(the("bed"), the("sofa"), all("chair"))',
    ),
    "congruent": ({"things": "chair", "other": "bed"}, 'congruent(all("chair"), all("bed"))'),
    "section": (
        {"thing": "bed", "first": "tv", "second": "sofa", "third": "rug"},
        'section(the("bed"), the("tv"), the("sofa"), the("rug"))',
    ),
    "unfolded": (
        {"thing": "rug", "sheet": "bed", "folds": ["tv"], "holes": "sofa"},
        'unfolded(the("rug"), the("bed"), [the("tv")], the("sofa"))',
    ),
    "opposite": ({"thing": "bed"}, 'opposite(the("bed"))'),
    "meeting": (
        {"left": "bed", "right": "tv", "top": "rug"},
        'meeting(the("bed"), the("tv"), the("rug"))',
    ),
    "tour": (
        {"things": ["bed", "sofa"], "start": "tv"},
        'tour([the("bed"), the("sofa")], the("tv"))',
    ),
}


@pytest.fixture(scope="module")
def flat() -> Scene:
    made = make("flat", 7)
    x, y, z = made.centers[made.row("bed")].tolist()
    seen = replace(level((x - 2, y, z + 1), camera=WIDE), id="1")
    marks = (Sighting(made.row("bed"), "1", mark="2"),)
    return replace(made, views=(seen,), sightings=marks)


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a tool's arguments."""
    (card,) = [each for each in cards("mcp") if each["name"] == name]
    schema: dict[str, Any] = card["inputSchema"]
    return schema


def test_there_is_a_card_for_each_word_that_answers() -> None:
    assert {each["name"] for each in cards("mcp")} == {each["function"]["name"] for each in cards("openai")}
    assert {each["name"] for each in cards("mcp")} == TOOLS == set(CALLS)


def test_both_styles_hold_the_same_and_are_json() -> None:
    for openai, mcp in zip(cards("openai"), cards("mcp"), strict=True):
        assert openai["type"] == "function"
        assert openai["function"]["parameters"] == mcp["inputSchema"]
        assert openai["function"]["description"] == mcp["description"] != ""
        assert mcp["annotations"] == {"readOnlyHint": True}
        assert json.loads(json.dumps(openai)) == openai


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_card_is_valid_json_schema_and_its_call_fits(name: str) -> None:
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(CALLS[name][0], schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"no_such_argument": 1}, schema)
    required = [each.name for each in words()[name].parameters if each.required]
    assert schema["required"] == required


def test_choices_are_enumerations() -> None:
    assert schema_of("distance")["properties"]["geometry"]["enum"] == ["surface", "centre", "floor"]


def test_a_description_leaves_out_what_python_raises() -> None:
    assert not any("Raises" in each["description"] for each in cards("mcp"))


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_a_call_gives_the_same_answer_as_the_program(name: str, flat: Scene) -> None:
    arguments, program = CALLS[name]
    assert program_of(name, arguments) == program
    assert ask(flat, program_of(name, arguments)).result == ask(flat, program).result


def test_an_argument_of_null_is_left_out() -> None:
    assert (
        program_of("distance", {"place": "a", "to": "b", "geometry": None}) == 'distance(the("a"), the("b"))'
    )


def test_negative_numbers_and_whole_numbers_are_numbers() -> None:
    assert program_of("bin", {"quantity": -1, "edges": [-2, 0.5]}) == "bin(-1, [-2, 0.5])"


@pytest.mark.parametrize(
    "text", ['x"); count(all()) #', "tv (large)", "it's", "a\\", "chair 2", "the", "lambda: 1"]
)
def test_a_plain_name_can_be_nothing_but_a_name(text: str) -> None:
    program = parse(program_of("volume", {"thing": text}))
    assert not program.assigned
    assert repr(program.answer) == f"Call(function='volume', arguments=({named(text)},), named=())"


def named(text: str) -> str:
    """The tree of `the(text)`, as Python shows it."""
    return f"Call(function='the', arguments=(Text(value={text!r}),), named=())"


@pytest.mark.parametrize(
    ("name", "arguments", "what"),
    [
        ("distanc", {}, "no function is named 'distanc'"),
        ("distance", {"place": "a", "too": "b"}, "no argument of distance is named 'too'"),
        ("distance", {"place": "a"}, "distance lacks 'to'"),
        ("distance", {"place": "a", "to": None}, "distance lacks 'to'"),
        ("distance", {"place": "a", "to": True}, "True is none of what may stand here"),
        ("distance", {"place": "a", "to": ["b"]}, "\\['b'\\] is none of what may stand here"),
        ("distance", {"place": "a", "to": " "}, "' ' is none of what may stand here"),
        ("distance", {"place": "a", "to": "b", "geometry": "air"}, "no geometry is named 'air'"),
        ("distance", {"place": "a", "to": 'the("b")[0]'}, "Subscript is no part of the language"),
        ("distance", {"place": "a", "to": 'the("b"); the("c")'}, "a program only assigns"),
        ("distance", {"place": "a", "to": 'the("b"'}, "never closed"),
        ("distance", {"place": "a", "to": "count(all())"}, "'to' is a .*, not a quantity"),
        ("direction", {"place": "a", "frame": "b", "sectors": "four"}, "'b' is no frame of reference"),
        ("turns", {"stops": "a", "facing": "b"}, "'a' cannot be 'stops'"),
        ("turns", {"stops": ["a"], "facing": "b"}, "a route has at least two stops"),
        ("nearest", {"things": [], "to": "b"}, "\\[\\] is none of what may stand here"),
        ("bin", {"quantity": 1, "edges": [float("inf")]}, "inf is none of what may stand here"),
        ("most", {"things": "a", "by": "count(all())"}, "'by' is a function of its subject"),
        ("exists", {"things": 'the("a")'}, "'things' is a things, not a thing"),
    ],
)
def test_a_wrong_call_is_refused_with_its_reason(name: str, arguments: dict[str, Any], what: str) -> None:
    with pytest.raises(AllocentricError, match=what):
        program_of(name, arguments)
