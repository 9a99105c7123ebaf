"""Stories in plain sentences become bounds, and nothing that is not understood is passed over."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from allocentric.errors import BadInput
from allocentric.query.ask import ask
from allocentric.query.check import check
from allocentric.query.evaluate import evaluate
from allocentric.query.finish import settled
from allocentric.query.parse import parse
from allocentric.query.proof import needed_facts
from allocentric.scene.scene import Scene
from allocentric.scene.truth import Undetermined
from allocentric.worlds.readers.stories.sentences import read_sentence
from allocentric.worlds.readers.stories.statements import Lies, NotRead, Way
from allocentric.worlds.readers.stories.story import read_story
from tests.quickly import quickly

SIDES = {"left of": Way(right=-1), "right of": Way(right=1), "above": Way(up=1), "below": Way(up=-1)}
MIRRORED = {"left of": "right of", "right of": "left of", "above": "above", "below": "below"}


def way(sentence: str) -> tuple[str, str, Way]:
    (said,) = read_sentence(sentence)
    assert isinstance(said, Lies)
    return said.thing, said.to, said.way


def nine(scene: Scene, thing: str, to: str) -> str | None:
    program = check(parse(f'direction(the("{thing}"), world(at=the("{to}")), sectors="nine")'))
    value = settled(scene, evaluate(program, scene)[0])
    return None if value is None else str(value)


def reason(scene: Scene, program: str) -> str | None:
    result = ask(scene, program).result
    return result.reason if isinstance(result, Undetermined) else None


@pytest.mark.parametrize(
    ("sentence", "thing", "to", "said"),
    [
        ("The red square is to the left of the ball", "red square", "ball", Way(right=-1)),
        ("To the right of the chair is the lamp", "lamp", "chair", Way(right=1)),
        ("K is right above M", "K", "M", Way(up=1)),
        ("K is at the 2 o'clock position of M", "K", "M", Way(1, 1)),
        ("K is at M's 9:00", "K", "M", Way(right=-1)),
        ("If M is the center of a clock face, K is located between 4 and 5", "K", "M", Way(1, -1)),
        ("There is M and K is at the bottom-left of it", "K", "M", Way(-1, -1)),
        ("K is above M and is on the same vertical line", "K", "M", Way(0, 1)),
        ("A is northwest of B", "A", "B", Way(-1, 1)),
        ("A box is in front of the table", "box", "table", Way(front=1)),
        ("Ann and Bob are side by side with Bob on the left", "Bob", "Ann", Way(right=-1)),
        ("K and M are over there, and K lies lower and slightly to the right of M", "K", "M", Way(1, -1)),
    ],
)
def test_a_sentence_says_which_way(sentence: str, thing: str, to: str, said: Way) -> None:
    assert way(sentence) == (thing, to, said)


@pytest.mark.parametrize(
    "sentence",
    [
        "K is not above M",
        "K is above or below M",
        "K is never left of M",
        "K is possibly left of M",
        "K is left of M unless N moves",
        "K is to the left and to the right of M",
        "K is above M at 6 o'clock",
        "K is on the same horizontal line directly above M",
        "K is at a 45 degree angle to M, on the left",
        "K likes M",
        "K is near M",
        "K is left of K",
        "K is left of M who never lies",
        "K is less far left than M",
        "Is K left of M and why",
        "K is " + "left of " * 200 + "M",
    ],
)
def test_a_sentence_that_is_not_understood_is_refused(sentence: str) -> None:
    with pytest.raises(NotRead):
        read_sentence(sentence)


def test_a_refusal_names_the_sentence_and_how_to_say_it() -> None:
    with pytest.raises(BadInput, match="likes") as refused:
        read_story("A is above B. B likes C.")
    assert refused.value.where == "story, sentence 2"
    assert "A is above B" in refused.value.mend


def test_what_is_skipped_is_listed() -> None:
    scene = read_story("A is above B. B likes C.", skip=True)
    assert any("B likes C" in each for each in scene.source.warnings)
    assert set(scene.names) == {"A", "B"}


def test_each_way_is_one_step_of_a_grid() -> None:
    scene = read_story("B is right of A. C is right of B. D is above and left of C.", grid=True)
    assert nine(scene, "D", "A") == "upper-right"
    assert nine(scene, "D", "B") == "above"


def test_without_a_grid_only_what_is_stated_is_known() -> None:
    scene = read_story("B is right of A. C is right of B. D is above and left of C.")
    assert reason(scene, 'relation(the("D"), the("A"), world(), axis="right")') == "not_placed"
    assert ask(scene, 'relation(the("C"), the("A"), world(), axis="right")').text == "right"


def test_two_that_no_sentence_joins_are_unconnected() -> None:
    scene = read_story("B is right of A. D is above C.", grid=True)
    assert reason(scene, 'direction(the("D"), world(at=the("A")), sectors="nine")') == "unconnected"


def test_a_story_that_denies_itself_is_told() -> None:
    scene = read_story("A is left of B. B is left of C. C is left of A.")
    assert reason(scene, 'relation(the("A"), the("B"), world(), axis="right")') == "contradiction"
    assert any("cannot all be true" in each for each in scene.source.warnings)


def test_in_front_and_behind_make_a_solid_space() -> None:
    scene = read_story("The lamp is behind the sofa. The sofa is left of the tv. The lamp is above the tv.")
    assert scene.space == "solid"
    assert ask(scene, 'relation(the("lamp"), the("sofa"), world(), axis="forward")').text == "behind"
    assert ask(scene, 'relation(the("tv"), the("sofa"), world(), axis="right")').text == "right"
    assert ask(scene, 'relation(the("tv"), the("lamp"), world(), axis="up")').text == "below"


def test_north_of_a_page_is_up() -> None:
    scene = read_story("B is north-east of A.", grid=True)
    assert ask(scene, 'direction(the("B"), north(at=the("A")), sectors="compass8")').text == "northeast"


@pytest.mark.parametrize("text", ["", " \n ", "A is above B. " * 401, "A" * 200_001, "\x00" * 50])
def test_a_story_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_story(text)


Told = list[tuple[str, str, str]]


@st.composite
def tales(draw: st.DrawFn) -> Told:
    names = "KLMNPQ"
    said = []
    for place in range(1, draw(st.integers(2, len(names)))):
        to = draw(st.integers(0, place - 1))
        said.append((names[place], draw(st.sampled_from(sorted(SIDES))), names[to]))
    return said


def told(said: Told) -> str:
    return " ".join(f"{thing} is {side} {to}." for thing, side, to in said)


@settings(max_examples=20)
@given(tales(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_sentences_does_not_matter(said: Told, random: object, grid: bool) -> None:
    mixed = list(said)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    with quickly():
        first, second = read_story(told(said), grid=grid), read_story(told(mixed), grid=grid)
        for thing in first.names:
            assert nine(first, thing, said[0][2]) == nine(second, thing, said[0][2])


@settings(max_examples=20)
@given(tales())
def test_a_mirror_swaps_left_and_right(said: Told) -> None:
    swap = {"left": "right", "right": "left"}
    with quickly():
        scene = read_story(told(said), grid=True)
        mirror = read_story(told([(thing, MIRRORED[side], to) for thing, side, to in said]), grid=True)
        for thing in scene.names:
            seen = nine(scene, thing, said[0][2])
            assert seen is not None
            swapped = "-".join(swap.get(each, each) for each in seen.split("-"))
            assert nine(mirror, thing, said[0][2]) == swapped


@settings(max_examples=20)
@given(tales(), st.sampled_from(sorted(SIDES)))
def test_one_sentence_more_never_widens(said: Told, side: str) -> None:
    with quickly():
        fewer = read_story(told(said))
        more = read_story(told([*said, (said[0][2], side, said[-1][0])]))
        for thing in fewer.names[1:]:
            was, now = nine(fewer, thing, fewer.names[0]), nine(more, thing, fewer.names[0])
            assert was is None or now in (was, None)  # None: the sentence denied another
            if was is not None and now is None:
                assert more.source.warnings


def test_the_proof_names_the_chain_of_statements_and_no_others() -> None:
    text = "B is right of A. C is above B. D is left of C. E is below A. F is right of E. X is above Y."
    scene = read_story(text, grid=True)
    program = check(parse('direction(the("D"), world(at=the("A")), sectors="nine")'))
    facts = {each.thing: each.value for each in needed_facts(program, scene)}
    assert set(facts) == {"A", "B", "C", "D"}
    assert "1 right of A" in facts["B"]


@pytest.mark.parametrize(
    ("story", "question", "text"),
    [
        (
            "The triangle is above the pink rectangle. The blue square is to the left of the triangle.",
            "Is the pink rectangle to the right of the blue square?",
            "yes",
        ),
        (
            "The garden is west of the bathroom. The bedroom is north of the hallway. "
            "The office is south of the hallway. The bathroom is north of the bedroom.",
            'direction(the("bathroom"), north(at=the("hallway")), sectors="compass8")',
            "north",
        ),
        (
            "Mary went to the kitchen. John moved to the garden. Mary went back to the office.",
            "Where is Mary?",
            "office",
        ),
        ("Mary went to the kitchen. John moved to the garden.", 'inside(the("John"), the("kitchen"))', "no"),
    ],
)
def test_positions_and_places_of_short_stories(story: str, question: str, text: str) -> None:
    assert ask(read_story(story, grid=True), question).text == text
