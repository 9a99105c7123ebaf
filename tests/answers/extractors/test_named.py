"""Each named extractor reads as its harness does: worked out by hand from the harnesses' rules."""

import pytest

from allocentric.answers.extractors import extractor
from allocentric.answers.kinds import Convention, Expected, Value

LETTER = Expected("choice", ("left", "right", "front", "back"))
LETTERS = Expected("choices", ("a", "b", "c", "d"))
COUNT, METRES, YES = Expected("count"), Expected("length", unit="m"), Expected("yes_no")
POINT = Expected("point", convention=Convention("pixels", "xy", 640, 480))
BOX = Expected("box", convention=Convention("thousandths", "yx", 1000, 500))

CASES: list[tuple[str, Expected, str, Value | None]] = [
    ("first_token", LETTER, "B", "B"),
    ("first_token", LETTER, "b.", "B"),
    ("first_token", LETTER, "B. right", "B"),
    ("first_token", LETTER, "The answer is B", None),
    ("first_token", LETTER, "(B)", None),
    ("first_token", LETTER, "B\nbecause", None),
    ("first_token", METRES, "3.5 m", 3.5),
    ("first_token", METRES, "350 cm", 350.0),
    ("first_token", METRES, "1,200", None),
    ("first_token", METRES, "about 3", None),
    ("answer_tag", LETTER, "<answer> C </answer>", "C"),
    ("answer_tag", LETTER, "<answer>A</answer><answer>B</answer>", "A"),
    ("answer_tag", LETTER, "C", None),
    ("answer_tag", LETTER, "<answer>C. front</answer>", None),
    ("answer_tag", METRES, "<think>2</think><answer>3.5</answer>", 3.5),
    ("answer_tag", YES, "<answer>No</answer>", False),
    ("first_number", COUNT, "There is a row of 5 chairs", 1.0),
    ("first_number", COUNT, "five or 6", 5.0),
    ("first_number", COUNT, "none", None),
    ("last_number", COUNT, "1,200", 200.0),
    ("last_number", METRES, "3.5 m (350 cm)", 350.0),
    ("last_number", METRES, "1/2", 2.0),
    ("last_number", COUNT, "<think>9</think>twelve", 12.0),
    ("last_number", COUNT, "<answer>4 chairs</answer> or 7", 4.0),
    ("last_number", COUNT, "[4, 5]", 4.0),
    ("last_number", COUNT, "many", None),
    ("last_number", COUNT, "<think>9</think>none", 9.0),
    ("option_ladder", LETTER, "<answer>chair</answer>", "C"),
    ("option_ladder", LETTER, "<answer>Based on the view, left</answer>", "B"),
    ("option_ladder", LETTER, "the wooden table", None),
    ("option_ladder", LETTER, "F", "F"),
    ("option_ladder", LETTER, "G", None),
    ("option_ladder", LETTER, "A or B", None),
    ("option_ladder", LETTER, "Option A: left\nThe answer is (B).", "B"),
    ("option_ladder", LETTER, "<think>hm</think>\n**D**", "D"),
    ("option_ladder", LETTER, "<think>so A</think>\n**D**", "A"),
    ("option_ladder", LETTER, "答案：B。", "B"),
    ("option_first", LETTER, "A chair is nearer, so B", "A"),
    ("option_first", LETTER, "Answer: B", "B"),
    ("option_first", LETTER, "It is (C) or (D)", "C"),
    ("option_first", LETTER, "b", None),
    ("option_first", LETTER, "E", None),
    ("brace", LETTER, "I take {B}", "B"),
    ("brace", LETTER, "C. Left", "C"),
    ("brace", LETTER, "{left}", "A"),
    ("brace", LETTER, '{"answer": "D"}', "D"),
    ("brace", LETTER, "It is a lamp", "A"),
    ("brace", YES, "The answer is no", False),
    ("last_lettered", LETTER, "A.left or B.right", "A"),
    ("last_lettered", LETTER, "A.left\nB.right", "B"),
    ("last_lettered", LETTER, "C, not D", "D"),
    ("last_lettered", LETTER, "E", None),
    ("any_letter", LETTER, "c) door", "C"),
    ("any_letter", LETTER, "I say B", "I"),  # a letter that is not offered is an answer
    ("any_letter", LETTER, "The answer is B", "H"),  # T is no letter of an option, the h in it is
    ("any_letter", LETTER, "?!", None),
    ("after_label", LETTERS, "I see.\nAnswer: B, D", ("B", "D")),
    ("after_label", LETTERS, "Answer: D,B", ("D", "B")),
    ("after_label", LETTER, "B", "B"),
    ("after_label", LETTER, "Answer: B.", None),
    ("delimited_json", POINT, "<OUTPUT FORMAT START>[12, 30]<OUTPUT FORMAT END>", (12.0, 30.0)),
    ("delimited_json", POINT, "<OUTPUT FORMAT START>[640, 30]<OUTPUT FORMAT END>", None),
    ("delimited_json", POINT, "[12, 30]", None),
    (
        "delimited_json",
        BOX,
        "<OUTPUT FORMAT START>[100, 200, 300, 400]<OUTPUT FORMAT END>",
        (200.0, 50.0, 400.0, 150.0),
    ),
    ("delimited_json", YES, "<OUTPUT FORMAT START>Yes<OUTPUT FORMAT END>", True),
    ("delimited_json", YES, "<OUTPUT FORMAT START>yes<OUTPUT FORMAT END>", None),
    ("delimited_json", METRES, "<OUTPUT FORMAT START>\n4.5\n<OUTPUT FORMAT END>", 4.5),
    ("boxed", LETTER, "so \\boxed{A} no, \\boxed{\\text{B}}", "B"),
    ("boxed", LETTER, "B: right", "B"),
    ("boxed", LETTER, "the answer is C.", "C"),
    ("boxed", LETTER, "(C)", None),
    ("boxed", METRES, "The answer is 3.5", 3.0),
    ("boxed", METRES, "\\boxed{3.5}", 3.5),
]


@pytest.mark.parametrize(("name", "asked", "reply", "value"), CASES)
def test_a_reply_is_read_as_the_harness_reads_it(
    name: str, asked: Expected, reply: str, value: Value | None
) -> None:
    assert extractor(name).read(reply, asked).value == value


def test_an_empty_reply_has_no_answer_for_any() -> None:
    for name in {case[0] for case in CASES}:
        assert extractor(name).read("", LETTER).value is None


def test_a_stored_failure_is_a_number_for_the_careless_and_none_for_strict() -> None:
    stored = "Error 500: server unavailable after 5 attempts"
    assert extractor("last_number").read(stored, COUNT).value == 5.0
    assert extractor("strict").read(stored, COUNT).reason == "no_answer"
