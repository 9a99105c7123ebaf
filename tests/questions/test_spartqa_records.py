"""SpartQA's questions on such a story: answered where it follows, refused where the words may mean two."""

import msgspec
import pytest

from allocentric.answers.kinds import CANNOT_TELL, Value
from allocentric.questions.records.spartqa import spartqa_questions
from allocentric.questions.records.told import Refused, Told, computed, said

STORY = (
    "There are three blocks called A, B, and C. A is to the left of B. B is to the left of C. "
    "In A, there is a small red oval near and above a large blue square. "
    "The square is touching the bottom edge of A. "
    "There is a medium red oval far to the right of the square. "
    "In B, there is a small green circle touching the left side of a large blue oval. "
    "In C, there is a small green circle."
)
BLOCKS = ["A", "B", "C"]


def read(kind: str, words: str, *, options: object = "", answer: object = None) -> Told | Refused:
    given = {"YN": ["DK"], "FR": [7], "CO": [3], "FB": []}[kind] if answer is None else answer
    question = {"q_id": 1, "q_type": kind, "question": words, "answer": given, "candidate_answers": options}
    file = {"name": "x", "data": [{"story": [STORY], "questions": [question]}]}
    return next(iter(spartqa_questions(msgspec.json.encode(file), where="f")))


def came_to(kind: str, words: str, options: object = "") -> Value | None:
    told = read(kind, words, options=options)
    assert isinstance(told, Told), told.why.what
    return computed(told, told.scene())


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Is the small red thing near and above a blue thing?", True),
        ("Is the small red thing far from the blue square?", False),
        ("Is the medium red thing above the blue square?", CANNOT_TELL),
        ("Are all red things to the left of the blue oval?", True),
        ("Are all green circles to the right of a red thing?", True),
        ("Are all ovals to the right of the blue square?", CANNOT_TELL),
        ("Is the green circle in B touching the blue oval?", True),
        ("Is the green circle in C touching the blue oval?", False),
        ("Is there any red thing to the right of the green circle in C?", False),
        ("Is the small red oval not below the square?", True),
        ("Is the green circle in C far from the green circle in B?", True),
        ("Are the green circles near each other?", False),
        ("Is the green cicrle in C to the rigth of the other green circle?", True),
    ],
)
def test_yes_or_no(words: str, answer: Value) -> None:
    assert came_to("YN", words) == answer


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("What is the relation between the small red oval and the square?", ("C", "E")),
        ("What is the relation between the medium red oval and the square?", ("B", "F")),
        ("What is the relation between the green circle in B and the blue oval?", ("A", "G")),
        ("What is the relation between the red things and the green circle in C?", ("A", "F")),
        ("What is the relation between the medium red oval and the small red oval?", ("B",)),
        ("Where is the small red oval regarding the green circles?", ("A", "F")),
    ],
)
def test_every_relation_that_follows(words: str, letters: tuple[str, ...]) -> None:
    relations = ["left", "right", "above", "below", "near to", "far from", "touching", "DK"]
    assert came_to("FR", words, relations) == letters


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("What block does not have any green objects inside of it?", "A"),
        ("Which block has a green circle?", "B, C"),
        ("What block has all of the red ovals inside of it?", "A"),
        ("What block has all circles?", "none"),
        ("Which block has no oval?", "C"),
        ("What block does not have any objects touching the edge of it?", "B, C"),
        ("Which block has an object touching a blue oval?", "B"),
        ("Which block doesn't have a medium oval above a square?", "cannot be determined"),
        ("Which block has an oval to the right of a red oval?", "A, B"),
    ],
)
def test_blocks(words: str, held: str) -> None:
    told = read("FB", words, options=BLOCKS)
    assert isinstance(told, Told), told.why.what
    assert said(computed(told, told.scene()), told.expected) == held


@pytest.mark.parametrize(
    ("words", "first", "second", "chosen"),
    [
        ("What object is to the right of the square", "the blue oval", "the small red oval", "the blue oval"),
        (
            "What object is not near the square",
            "the small red oval",
            "the medium red oval",
            "the medium red oval",
        ),
        ("Which object is to the left of a circle", "the square", "the blue oval", "both of them"),
        ("Which object is touching the square", "the small red oval", "the blue oval", "none of them"),
        (
            "What object is above the medium red oval",
            "the square",
            "the small red oval",
            "cannot be determined",
        ),
    ],
)
def test_which_of_two(words: str, first: str, second: str, chosen: str) -> None:
    told = read(
        "CO", f"{words}, {first} or {second}?", options=[first, second, "both of them", "none of them"]
    )
    assert isinstance(told, Told), told.why.what
    assert said(computed(told, told.scene()), told.expected) == chosen


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("YN", "Is the red oval above the square?"),  # which of two
        ("YN", "Is the yellow oval above the square?"),
        ("YN", "Is the square happy?"),
        ("YN", "Are the green circles to the right of the oval in B?"),  # which circles
        ("YN", "Is the square to the left and to the right of the blue oval?"),
        ("FR", "Who is the square?"),
        ("FB", "Which block has a yellow oval?"),
        ("CO", "What is the square?"),
    ],
)
def test_what_is_not_sure_to_be_understood_is_refused(kind: str, words: str) -> None:
    refused = read(kind, words, options=["a", "b", "c", "d"] if kind == "CO" else BLOCKS)
    assert isinstance(refused, Refused)
    assert refused.why.where.startswith("f#0")
    assert (refused.words, bool(refused.why.mend)) == (words, True)


@pytest.mark.parametrize(("kind", "answer"), [("YN", ["Maybe"]), ("YN", []), ("CO", [9]), ("FR", ["left"])])
def test_an_answer_that_is_none_is_refused(kind: str, answer: object) -> None:
    words = {
        "YN": "Is the square below the small red oval?",
        "CO": "What object is below the small red oval, the square or the blue oval?",
        "FR": "What is the relation between the square and the blue oval?",
    }[kind]
    options = ["the square", "the blue oval", "both of them", "none of them"]
    assert isinstance(read(kind, words, options=options, answer=answer), Refused)
