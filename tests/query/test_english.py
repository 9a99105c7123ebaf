"""English questions: each reads to its one program, or is refused with what was understood."""

import json
import pathlib
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.query import grammar as grammars
from allocentric.query.check import check
from allocentric.query.english import Reading, Refusal, grammar, read_english
from allocentric.query.parse import parse
from allocentric.query.phrases import CLASSES
from allocentric.query.program import show
from allocentric.query.rules import TEXTS
from allocentric.scene.labels import SCANNET200
from tests.real_data import folder

QUESTIONS = (pathlib.Path(__file__).parent / "english_questions.txt").read_text(encoding="utf-8")


def by_topic() -> dict[str, list[tuple[str, str]]]:
    """The (question, program) pairs of each topic; a program REFUSE is none."""
    topics = dict[str, list[tuple[str, str]]]()
    for block in QUESTIONS.split("\n## ")[1:]:
        topic, *lines = block.splitlines()
        pairs = [line.rpartition("=>")[::2] for line in lines if "=>" in line]
        topics[topic] = [(question.strip(), program.strip()) for question, program in pairs]
    return topics


TOPICS = by_topic()
PROGRAMS = sorted({program for pairs in TOPICS.values() for _, program in pairs} - {"REFUSE"})


def program_of(question: str, *options: str) -> str | None:
    reading = read_english(question, options=options)
    return reading.program if isinstance(reading, Reading) else None


def refused(question: str, *options: str) -> Refusal:
    reading = read_english(question, options=options)
    assert isinstance(reading, Refusal), reading
    return reading


@pytest.mark.parametrize("topic", TOPICS)
def test_each_question_reads_to_its_one_program_or_is_refused(topic: str) -> None:
    read = [(question, program_of(question) or "REFUSE") for question, _ in TOPICS[topic]]
    assert [pair for pair, wanted in zip(read, TOPICS[topic], strict=True) if pair != wanted] == []


def test_there_are_enough_questions_to_speak_of_a_grammar() -> None:
    assert sum(map(len, TOPICS.values())) > 1000
    assert sum(program == "REFUSE" for pairs in TOPICS.values() for _, program in pairs) > 200


def test_what_is_read_is_a_program_of_the_language_in_its_canonical_spelling() -> None:
    for program in PROGRAMS:
        check(parse(program))
        assert show(parse(program)) == program


def test_every_reading_that_a_refusal_offers_is_a_program_of_the_language() -> None:
    for pairs in TOPICS.values():
        for question, program in pairs:
            if program == "REFUSE":
                for reading in refused(question).readings:
                    check(parse(reading))


def test_the_released_questions_are_all_read() -> None:
    rows = json.loads((folder("vsi_bench") / "questions_arkitscenes.json").read_text(encoding="utf-8"))
    read = {row["problem_id"]: program_of(row["problem"], *(row["options"] or ())) for row in rows}
    assert len(read) == 139
    assert None not in read.values()
    assert read[2] == 'count(all("table"))'
    routes = [program for program in read.values() if program is not None and program.startswith("turns(")]
    assert len(routes) == 22
    assert 'turns([the("bed"), the("door"), the("cabinet")], facing=the("door"))' in routes


def test_a_released_question_of_each_kind_reads_as_its_definition_says() -> None:
    assert program_of(
        "Measuring from the closest point of each object, which of these objects (chair, tv, refrigerator, "
        "sofa) is the closest to the stove?"
    ) == ('nearest([all("chair"), all("tv"), all("refrigerator"), all("sofa")], to=the("stove"))')
    assert program_of(
        "If I am standing by the sofa and facing the stove, is the tv to my left, right, or back?\nAn object "
        "is to my back if I would have to turn at least 135 degrees in order to face it."
    ) == ('direction(the("tv"), standing(at=the("sofa"), facing=the("stove")), sectors="left_right_back")')
    assert read_english(
        "What is the size of this room (in square meters)? \nIf multiple rooms are shown, estimate the size "
        "of the combined space."
    ) == Reading('area(all("room"))', "m²")


def test_a_route_without_a_turn_to_fill_in_at_the_start_walks_the_way_it_faces() -> None:
    route = (
        "You are a robot beginning at the tv facing the lamp. You want to navigate to the 2 seater sofa. You "
        "will perform the following actions (Note: for each [please fill in], choose either 'turn back,' "
        "'turn left,' or 'turn right.'): {} You have reached the final destination."
    )
    first_turned = (
        "1. [please fill in] 2. Go forward until the window 3. [please fill in] 4. Go forward until the bed."
    )
    first_walked = "1. Go forward until the window 2. [please fill in] 3. Go forward until the edge of bed."
    stops = '[the("tv"), the("window"), the("bed")]'
    assert program_of(route.format(first_turned)) == f'turns({stops}, facing=the("lamp"))'
    walked = 'turns([the("tv"), the("window"), the("edge of bed")], facing=the("window"))'
    assert program_of(route.format(first_walked)) == walked
    refused(route.format("1. Go forward until the window 2. Go forward until the bed."))
    refused(route.format("1. Jump until the window 2. [please fill in] 3. Go forward until the bed."))


def test_the_unit_that_is_asked_for_is_told() -> None:
    assert read_english("How tall is the lamp in cm?") == Reading('extent(the("lamp"), along="height")', "cm")
    assert read_english("How many feet is the sofa from the tv?") == Reading(
        'distance(the("sofa"), the("tv"))', "ft"
    )
    assert "do not measure" in refused("How far is the sofa from the tv in degrees?").why


def test_options_choose_the_sectors_of_an_open_question_or_are_its_candidates() -> None:
    standing = "Standing at the bed facing the door, where is the tv?"
    frame = 'standing(at=the("bed"), facing=the("door"))'
    assert (
        program_of(standing, "A. left", "B. right") == f'direction(the("tv"), {frame}, sectors="left_right")'
    )
    quadrants = ("A. front-left", "B. back-right", "C. back-left", "D. front-right")
    assert program_of(standing, *quadrants) == f'direction(the("tv"), {frame}, sectors="quadrants")'
    asked = "Which of these is closest to the bed?"
    assert program_of(asked, "A. lamp", "B. desk") == 'nearest([all("lamp"), all("desk")], to=the("bed"))'
    assert program_of("Which is closest to the bed? A. lamp B. desk") == program_of(asked, "lamp", "desk")
    refused(asked, "12 %", "none")


def test_a_refusal_says_what_it_understood_and_where_it_stopped() -> None:
    refusal = refused("How far is the sofa from the tv if it rains?")
    assert refusal.understood == "How far is the sofa from the tv if"
    assert "rains" in refusal.why
    assert refusal.readings == ()
    assert refused("").why == "there is no question"


def test_left_of_without_an_observer_is_open_and_offers_its_reading() -> None:
    refusal = refused("Is the lamp to the left of the sofa?")
    assert "whose left" in refusal.why
    assert refusal.readings == ('direction(the("lamp"), of(the("sofa")), sectors="left_right") == "left"',)


def test_as_seen_from_a_thing_one_may_face_the_other_or_look_its_own_way() -> None:
    readings = refused("Is the lamp left of the sofa as seen from the tv?").readings
    assert readings == (
        'direction(the("lamp"), standing(at=the("tv"), facing=the("sofa")), sectors="left_right") == "left"',
        'relation(the("lamp"), the("sofa"), of(the("tv")), axis="right") == "left"',
    )


def test_which_way_without_a_heading_offers_the_compass_and_the_thing_itself() -> None:
    assert refused("In which direction is the lamp from the bed?").readings == (
        'direction(the("lamp"), north(at=the("bed")), sectors="compass8")',
        'direction(the("lamp"), of(the("bed")), sectors="four")',
    )


def test_near_is_refused_and_offers_a_distance() -> None:
    near = refused("Are there any chairs near the bed?")
    assert "say within how far" in near.why
    assert near.understood == "Are there any chairs near the bed"
    assert near.readings == ('exists({t for t in all("chair") if distance(t, the("bed")) < 1})',)


@pytest.mark.parametrize(
    ("question", "program"),
    [
        ("How far apart are the two sinks?", 'distance(the("sink 1"), the("sink 2"))'),
        ("Are both sinks in the kitchen?", 'inside({0}, the("kitchen")) and inside({1}, the("kitchen"))'),
        ("Which of the two sinks is wider?", 'most(all("sink"), by=extent(along="width"))'),
        ("What is between the two sinks?", "between({0}, {1})"),
    ],
)
def test_two_of_a_kind_are_the_two_of_the_scene_and_no_others(question: str, program: str) -> None:
    sinks = ['the("sink 1")', 'the("sink 2")']
    two = read_english(question, members=lambda kind: [f"{kind} 1", f"{kind} 2"])
    assert isinstance(two, Reading)
    assert two.program == program.format(*sinks)
    three = read_english(question, members=lambda kind: [f"{kind} {place}" for place in range(3)])
    assert isinstance(three, Refusal)
    assert three.why == "there are 3 sinks, not 2"


def test_shorter_may_be_said_of_height_and_of_length() -> None:
    assert len(refused("Which is shorter, the stool or the chair?").readings) == 2


@pytest.mark.parametrize("question", [question for question, _ in TOPICS["distance"]])
def test_case_courtesy_quotes_and_space_change_nothing(question: str) -> None:
    said = program_of(question)
    assert program_of(question.upper()) == said
    assert program_of(f"  Hey,  could you please tell me:  {question}  Thanks! ") == said
    assert program_of(question.replace("'", "\u2019")) == said


@given(st.sampled_from(SCANNET200), st.sampled_from(SCANNET200))
def test_any_label_of_the_vocabularies_can_be_asked_about(one: str, other: str) -> None:
    if "object" not in (one, other):
        assert (
            program_of(f"How far is the {one} from the {other}?") == f'distance(the("{one}"), the("{other}"))'
        )


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_english(text), Reading | Refusal)


WORDS = sorted({word for pairs in TOPICS.values() for question, _ in pairs for word in question.split()})


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_no_heap_of_words_breaks_the_reader_and_what_it_reads_is_a_program(words: list[str]) -> None:
    program = program_of(" ".join(words))
    if program is not None:
        check(parse(program))


def test_a_word_put_into_a_question_is_never_overlooked() -> None:
    """A word that means nothing to the grammar makes it another question, or none."""
    draw = random.Random(7)
    for pairs in TOPICS.values():
        for question, program in draw.sample(pairs, min(12, len(pairs))):
            words = question.split()
            at = draw.randrange(1, len(words)) if len(words) > 1 else 0
            said = program_of(" ".join([*words[:at], "wobbles", *words[at:]]))
            assert said is None or program == "REFUSE", (question, at)


def patterns() -> list[tuple[str, str]]:
    """Every (pattern, meaning as written) of the rules."""
    made = list[tuple[str, str]]()
    for text in TEXTS:
        waiting = list[str]()
        for line in (each.strip() for each in text.replace("\\\n", " ").splitlines()):
            if line.startswith("="):
                made += [(pattern, line) for pattern in waiting]
                waiting = []
            elif line and not line.startswith(("[", "#")):
                waiting.append(line)
    return made


def slots_in(pattern: str) -> set[str]:
    """The slots of a pattern, those of its classes too."""
    classes = re.findall(r"(?<![:A-Z_])[A-Z][A-Z_]*", re.sub(r"\w:[A-Z_]+", "", pattern))
    inner = [slots_in(form) for name in classes for form in CLASSES[name] if form != pattern]
    return set(re.findall(r"(\w):[A-Z]", pattern)).union(*inner)


def test_every_meaning_asks_only_for_slots_of_its_pattern() -> None:
    lacking = [(p, meaning) for p, meaning in patterns() if set(re.findall(r"\$(\w)", meaning)) - slots_in(p)]
    assert lacking == []


def test_every_class_and_symbol_of_the_rules_is_there() -> None:
    made = grammar()
    for name in CLASSES:  # raises where a form names what is not there
        made.starts["START"].patterns.forms(name, grammars._Node())
    used = {symbol for pattern, _ in patterns() for symbol in re.findall(r"\w:([A-Z_]+)", pattern)}
    assert used <= set(made.starts) | set(made.leaves)
    assert set(made.starts) - used <= {"START"} | {
        symbol for forms in CLASSES.values() for form in forms for symbol in re.findall(r"\w:([A-Z_]+)", form)
    }
