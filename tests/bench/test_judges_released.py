"""Official rules held against released code: replies on which another reading would come out otherwise.

Each expected value is worked out by hand from the rule of the repository that the declaration names.
"""

import pathlib
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image

from allocentric.answers.kinds import Expected, Value
from allocentric.answers.prompt import Prompt
from allocentric.bench.benchmark import RELEASED, Judge
from allocentric.bench.judges import letters, matching, numbers, points, spacedg
from allocentric.bench.sample import Sample

OPTIONS: Final = ("the red box", "the blue box", "the door", "the lamp")


def sample(
    truth: Value = "B", released: Any = "B", options: tuple[str, ...] = OPTIONS, **fields: Any
) -> Sample:
    """A question with four options."""
    prompt = Prompt("1", ("Which?",), Expected("choice", options))
    return Sample(prompt=prompt, truth=truth, type="t", fields={RELEASED: released, **fields})


BLINK: Final = matching.else_strict(matching.blink)
VLMEVALKIT: Final = matching.else_strict(matching.vlmevalkit)
MMSI: Final = matching.else_strict(matching.isolated)
SIBENCH: Final = matching.else_strict(matching.sibench)
DEEP: Final = sample(group="Omni3D", options=("b box", "a lamp"))

LETTERS: Final[list[tuple[Judge, str, Sample, float]]] = [
    # BLINK: a letter alone, or the one "(X)" between blanks; the last part goes first
    (BLINK, "B", sample(), 1.0),
    (BLINK, "It is (A) or (B)\n\n(B) then", sample(), 1.0),
    (BLINK, "(A) I say, not (B)", sample(), 0.0),  # two stand there: put to a model, strict reads none
    (BLINK, "I would say (A) and B.", sample(), 0.0),  # one in brackets is settled, whatever else is said
    (BLINK, "(B).", sample(), 1.0),  # no word "(B)": put to a model; strict reads B
    # CV-Bench: the first character behind the last mark
    (letters.cambrian, "The answer is (B) the blue box", sample(), 1.0),
    (letters.cambrian, "Answer: the blue box", sample(), 0.0),
    (letters.cambrian, "bed", sample(), 1.0),  # any word that begins with it
    (letters.cambrian, "B, since A is far", sample(), 1.0),
    (letters.cambrian, "**B**", sample(), 0.0),
    (letters.cambrian, "((B)", sample(), 1.0),
    # 3DSRBench by VLMEvalKit: a letter that is a word, signs left out; else the text of one option
    (VLMEVALKIT, "B.", sample(), 1.0),
    (VLMEVALKIT, "The door", sample(truth="C"), 1.0),
    (VLMEVALKIT, "A or B", sample(), 0.0),  # two words of letters, no text: put to a model, strict reads none
    (VLMEVALKIT, "b", sample(), 1.0),  # no word of a letter: strict reads it
    (VLMEVALKIT, "Cannot determine the answer, B", sample(), 0.0),  # a phrase of refusal ends it
    (VLMEVALKIT, "Z", sample(), 0.0),
    (VLMEVALKIT, "not the door, the lamp: D", sample(truth="D"), 1.0),  # letters go before texts
    # ERQA: the reply without full stops is the letter
    (letters.without_stops, "b.", sample(), 1.0),
    (letters.without_stops, " B ", sample(), 1.0),
    (letters.without_stops, "(B)", sample(), 0.0),
    (letters.without_stops, "Answer: B", sample(), 0.0),
    # MMSI-Bench: quotes first; a letter that a word follows is none
    (MMSI, "``B``", sample(), 1.0),
    (MMSI, "A dog, so (B)", sample(), 1.0),
    (MMSI, "`A` or ``B``", sample(), 1.0),  # two backticks go before one
    (MMSI, "A, {so {B}}", sample(), 1.0),
    (MMSI, "A. B", sample(), 0.0),
    (MMSI, "b", sample(), 1.0),  # put to a model: strict reads it
    # SIBench: what is before "." or ":", or the second character behind a bracket
    (SIBENCH, "B. the blue box", sample(), 1.0),
    (SIBENCH, "(B) the blue box", sample(), 1.0),
    (SIBENCH, "B the blue box", sample(), 0.0),  # all of it is taken, since it begins with a letter
    (SIBENCH, "a(B)", sample(), 0.0),  # a bracket among the first three: the second character is "("
    (SIBENCH, "The answer is B", sample(), 1.0),  # begins with none: put to a model, strict reads it
    # SpaceVista: only the beginning counts, and the tags
    (letters.spacevista, "<answer>b) blue</answer>", sample(), 1.0),
    (letters.spacevista, "I say B", sample(), 0.0),
    (letters.spacevista, "<think>A</think><answer>B</answer>", sample(), 1.0),
    (letters.spacevista, "E", sample(truth="E", released="E"), 1.0),  # all of the reply, without case
    (letters.spacevista_text, "<answer> Kettle </answer>", sample(truth="kettle", released="kettle"), 1.0),
    (letters.spacevista_text, "a kettle", sample(truth="kettle", released="kettle"), 0.0),
    # srbench: a word is no letter; the last phrase goes before the first lone letter
    (letters.srbench, "{B}", sample(), 1.0),
    (letters.srbench, '{"answer": "B"}, or A', sample(), 0.0),  # no JSON is read: A comes alone first
    (letters.srbench, "{left}", sample(options=("right", "left")), 0.0),
    (letters.srbench, "{left}", sample(released="Left"), 1.0),
    (letters.srbench, "The answer is A, or the answer is B", sample(released="B. left"), 1.0),
    (letters.srbench, "The answer is A. No, the answer is B", sample(released="B. left"), 0.0),  # "A. No"
    (letters.srbench, "", sample(), 0.0),
    # ReVSI: before the first blank; SpatialGenEval: the first character, of its case
    (letters.by_letter(letters.revsi), " b. left", sample(), 1.0),
    (letters.by_letter(letters.revsi), "(B)", sample(), 0.0),
    (letters.spatialgeneval, " B: blue", sample(), 1.0),
    (letters.spatialgeneval, "Bears", sample(), 1.0),
    (letters.spatialgeneval, "b", sample(), 0.0),
    # STARE: the letter, or what it stands for
    (letters.stare_or_content, "\\boxed{yes}", sample(gt_content="Yes"), 1.0),
    (letters.stare_or_content, "12", sample(gt_content="12"), 1.0),
    (letters.stare_or_content, "12 of them", sample(gt_content="12"), 0.0),
    (letters.stare_or_content, "B.", sample(), 1.0),
    (letters.stare_or_content, "", sample(), 0.0),
    # SpaceDG: the first tags that are closed, then EASI's ladder
    (spacedg.letter, "A <Answer > B </ANSWER>", sample(), 1.0),
    (spacedg.letter, "<answer>A</answer> or <answer>B</answer>", sample(), 0.0),
    (spacedg.letter, "The answer is B", sample(), 1.0),
    (spacedg.letter, "", sample(), 0.0),
]


@pytest.mark.parametrize(("judge", "reply", "asked", "wanted"), LETTERS)
def test_a_letter_earns_what_released_code_gives_it(
    judge: Judge, reply: str, asked: Sample, wanted: float
) -> None:
    assert judge(reply, asked) == wanted


YES: Final = sample(truth=True, released="yes")
NUMBERS: Final[list[tuple[Judge, str, Sample, float]]] = [
    # SIBench, yes and no: of the first three characters
    (matching.sibench_yes_no, "Yes, it is", YES, 1.0),
    (matching.sibench_yes_no, "Yesterday", YES, 1.0),
    (matching.sibench_yes_no, "no.", sample(truth=False), 1.0),
    (matching.sibench_yes_no, "nope", sample(truth=False), 0.0),
    (matching.sibench_yes_no, "It is: yes", YES, 0.0),
    # SIBench, numbers: the whole reply; an error of 1/10 is below the bounds .5 to .15, not below .1
    (numbers.sibench_number, "11", sample(released="10"), 0.8),
    (numbers.sibench_number, "2 * 5", sample(released="10"), 1.0),
    (numbers.sibench_number, "10 m", sample(released="10"), 0.0),
    (numbers.sibench_number, "0", sample(released="0"), 0.0),
    (numbers.sibench_number, "9", sample(released="-1"), 1.0),  # an error by a truth below 0 is below all
    (numbers.sibench_count, "3.0", sample(released="3"), 1.0),
    (numbers.sibench_count, "three", sample(released="-1"), 1.0),  # what is no number counts as -1
    (numbers.sibench_count, "3 chairs", sample(released="3"), 0.0),
    # ReVSI: an error of 1/10 is within the bounds .5 to .1; no number but float takes
    (numbers.revsi, " 9. or so", sample(released="10"), 0.9),
    (numbers.revsi, "9m", sample(released="10"), 0.0),
    (numbers.revsi, "0", sample(released="0"), 0.0),
    # SpaceVista: words go before numerals, the least of them first, "a" last of all
    (numbers.spacevista_number, "<answer>5</answer>", sample(released=5.0), 1.0),
    (numbers.spacevista_number, "2 or 5", sample(released=2.0), 1.0),
    (numbers.spacevista_number, "ten, not 5", sample(released=10.0), 1.0),
    (numbers.spacevista_number, "a room of 5", sample(released=1.0), 1.0),
    (numbers.spacevista_number, "deep", sample(released=1.0), 0.0),
    # SpaceDG: the last number; sizes by the list of the right length, else the first numbers
    (spacedg.count, "about 2.5", sample(released="2"), 1.0),  # a half is rounded to the even number
    (spacedg.count, "none", sample(released="0"), 0.0),
    (spacedg.metres, "<answer>2.5 m</answer>", sample(released="2.5 meters"), 1.0),
    (spacedg.metres, "2 or 3", sample(released="3 m"), 1.0),
    (spacedg.sizes, "[1, 2]", sample(released="[1.0, 2.0]"), 1.0),
    (spacedg.sizes, "[2, 1] 2", sample(released="[1.0, 1.0]"), 0.5),
    (spacedg.sizes, "1. 1.0 m\n2. 2.0 m", sample(released="[1.0, 2.0]"), 1.0),  # the lines' numbers are cut
    (spacedg.sizes, "[1, 2, 9]", sample(released="[1.0, 2.0]"), 1.0),  # not of its length: the first two
    (spacedg.sizes, "1.0", sample(released="[1.0, 2.0]"), 0.0),
    (spacedg.yes_no, "yes? " + "x" * 800, YES, 0.0),  # before the last 800 characters
    (spacedg.yes_no, "No. Well, yes", YES, 1.0),
]


@pytest.mark.parametrize(("judge", "reply", "asked", "wanted"), NUMBERS)
def test_a_number_earns_what_released_code_gives_it(
    judge: Judge, reply: str, asked: Sample, wanted: float
) -> None:
    assert judge(reply, asked) == pytest.approx(wanted)


def test_cv_bench_takes_the_text_of_an_option_for_it_only_in_three_dimensions() -> None:
    one = sample(truth="A", options=("b", "c"), group="Omni3D")
    assert letters.cambrian("b", one) == 1.0  # the text of A
    assert letters.cambrian("b", sample(truth="A", options=("b", "c"), group="COCO")) == 0.0
    assert letters.cambrian("a,", one) == 1.0


@pytest.fixture(scope="module")
def mask(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A picture of 10 by 10 whose left half is in, at a grey of 1."""
    path: pathlib.Path = tmp_path_factory.mktemp("masks") / "m.png"
    held = np.zeros((10, 10), dtype=np.uint8)
    held[:, :5] = 1
    Image.fromarray(held).save(path)
    return sample(mask=str(path))


POINTS: Final = [
    ("[(0.2, 0.5)]", 1.0),
    ("[(2, 5), (7, 5)]", 0.5),  # whole numbers are pixels
    ("[(1, 0.5)]", 0.0),  # one dot makes both fractions: beyond the right edge
    ("[(0.25, 0.0, 0.75, 1.0)]", 0.6),  # columns 2 to 6: three of five are in
    ("[(0, 0, 1, 1), (0.9, 0.9)]", 50 / 101),  # four numbers are fractions without a dot, too
    ("[(0.7, 0.0, 0.2, 1.0)]", 0.0),  # a box that is turned about
    ("nothing", 0.0),
]


@pytest.mark.parametrize(("reply", "wanted"), POINTS)
def test_refspatial_takes_pairs_for_pixels_or_fractions_and_fours_for_boxes(
    mask: Sample, reply: str, wanted: float
) -> None:
    assert points.refspatial(reply, mask) == pytest.approx(wanted)


HOSTILE: Final = (
    "", "\n", "(" * 20_000, "1" * 20_000, "9" * 90 + "*" + "9e9", "-" * 90 + "1", "((((((1" * 9, "1/0",
    "answer is" * 5_000, "<answer>" * 5_000, "`" * 9_999, "{" * 9_999, "1e999", "[" + "1," * 9_000 + "]",
    "(1e9, 1e9, 9e99, 9e99)", "\ud800" * 99,
)  # fmt: skip
JUDGES: Final = [*{each for each, _, _, _ in (*LETTERS, *NUMBERS)}]


@pytest.mark.parametrize("reply", HOSTILE)
def test_no_reply_makes_a_released_rule_fall(reply: str, mask: Sample) -> None:
    for judge in JUDGES:
        points_earned = judge(reply, sample(truth="B", released="2"))
        assert points_earned is not None
        assert 0.0 <= points_earned <= 1.0
    assert 0.0 <= points.refspatial(reply, mask) <= 1.0
