"""Variants: the truth goes where its option goes, the words say so, and nothing else changes."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocentric.answers.kinds import AnswerKind, Expected, Value
from allocentric.answers.prompt import Picture, Prompt
from allocentric.bench.published.index import benchmark
from allocentric.bench.sample import Sample
from allocentric.bench.variants import (
    Variants,
    check_mirrors,
    mirrored,
    reordered,
    swapped_sides,
    variants_of,
    without_pictures,
)
from allocentric.errors import BadInput
from tests.bench.put import OPTIONS, sample

ALL = Variants(blind=True, shuffled=True, circular=True, flip=True)


def of(words: str, kind: AnswerKind, truth: Value, *options: str, pictures: int = 1) -> Sample:
    parts: tuple[str | Picture, ...] = (*(Picture(f"{row}.png") for row in range(pictures)), words)
    prompt = Prompt("1", parts, Expected(kind, options))
    return Sample(prompt=prompt, truth=truth, type="t", fields={"released": truth})


def option_of(held: Sample) -> str:
    """The text of the true option, as the words write it behind the true letter."""
    line = next(each for each in held.prompt.text.splitlines() if each.startswith(f"{held.truth}. "))
    return line[3:]


@given(order=st.permutations(range(4)), truth=st.sampled_from("ABCD"))
def test_the_true_option_stays_true_in_any_order(order: list[int], truth: str) -> None:
    before = sample(1, "a.png", truth=truth)
    after = reordered(before, order)
    assert after is not None
    assert option_of(after) == option_of(before)
    assert after.prompt.expected.options == tuple(OPTIONS[row] for row in order)
    assert after.prompt.expected.options["ABCD".index(str(after.truth))] == option_of(before)
    assert sorted(after.prompt.text.split()) == sorted(before.prompt.text.split())
    back = reordered(after, [order.index(row) for row in range(4)])
    assert back == before


def test_all_rotations_bring_the_truth_to_every_letter_once() -> None:
    made = dict(variants_of(sample(1, truth="B"), Variants(circular=True), seed=0))
    assert list(made) == ["", "options:1", "options:2", "options:3"]
    assert sorted(str(each.truth) for each in made.values()) == ["A", "B", "C", "D"]
    assert {option_of(each) for each in made.values()} == {"right"}
    first = [each.prompt.expected.options[0] for each in made.values()]
    assert first == list(OPTIONS)


def test_an_anchored_rotation() -> None:
    turned = dict(variants_of(sample(7, truth="A"), Variants(circular=True), seed=0))["options:1"]
    assert turned.prompt.text.splitlines()[2:6] == ["A. right", "B. front", "C. back", "D. left"]
    assert turned.truth == "D"
    assert turned.id == "7"


def test_shuffled_options_hang_on_the_seed_and_the_sample() -> None:
    def orders(seed: int) -> list[tuple[str, ...]]:
        made = [dict(variants_of(sample(n), Variants(shuffled=True), seed)) for n in range(30)]
        return [each["shuffled"].prompt.expected.options for each in made]

    assert orders(1) == orders(1)
    assert orders(1) != orders(2)
    assert len(set(orders(1))) > 5


def test_options_within_a_line_and_in_other_brackets_are_moved_too() -> None:
    held = of(
        "Which is nearer? (A) the bed (B) the lamp\nA. the bed\nB. the lamp",
        "choice",
        "B",
        "the bed",
        "the lamp",
    )
    after = reordered(held, [1, 0])
    assert after is not None
    assert after.prompt.text == "Which is nearer? (A) the lamp (B) the bed\nA. the lamp\nB. the bed"
    assert (after.truth, after.fields["released"]) == ("A", "A")


def test_several_true_letters_move_together() -> None:
    held = of("Which?\nA. a\nB. b\nC. c", "choices", ("A", "C"), "a", "b", "c")
    after = reordered(held, [2, 0, 1])
    assert after is not None
    assert after.truth == ("A", "B")


def test_options_that_do_not_stand_in_the_words_are_left_alone() -> None:
    held = of("Which is nearer, the bed or the lamp?", "choice", "B", "the bed", "the lamp")
    assert reordered(held, [1, 0]) is None
    assert [name for name, _ in variants_of(held, Variants(circular=True, shuffled=True), 0)] == [""]


def test_the_blind_see_the_same_words_and_no_picture() -> None:
    held = sample(1, "a.png", "b.png")
    blind = without_pictures(held)
    assert blind is not None
    assert (blind.prompt.pictures, blind.prompt.text, blind.truth) == ((), held.prompt.text, held.truth)
    assert without_pictures(sample(1)) is None


def test_in_a_mirror_the_side_that_is_asked_for_changes_and_the_options_stay() -> None:
    words = "On which side of the left chair is the lamp?\nA. left\nB. right\nC. front"
    flipped = mirrored(of(words, "choice", "A", "left", "right", "front"))
    assert flipped is not None
    assert flipped.prompt.text == "On which side of the right chair is the lamp?\nA. left\nB. right\nC. front"
    assert (flipped.truth, flipped.fields["released"]) == ("B", "B")


def test_a_truth_that_has_no_side_is_the_same_in_a_mirror() -> None:
    words = "Where is it?\nA. left\nB. right\nC. front"
    flipped = mirrored(of(words, "choice", "C", "left", "right", "front"))
    assert flipped is not None
    assert flipped.truth == "C"


def test_options_without_their_mirror_image_are_mirrored_themselves() -> None:
    words = "Which is nearer?\nA. the left chair\nB. the table"
    flipped = mirrored(of(words, "choice", "A", "the left chair", "the table"))
    assert flipped is not None
    assert flipped.prompt.text == "Which is nearer?\nA. the right chair\nB. the table"
    assert flipped.truth == "A"


def test_counts_and_lengths_are_the_same_in_a_mirror_and_words_are_swapped() -> None:
    for kind, truth in (("count", 3.0), ("length", 2.5), ("yes_no", True)):
        flipped = mirrored(of("How is it left of the sofa?", kind, truth))  # type: ignore[arg-type]
        assert flipped is not None
        assert (flipped.truth, flipped.prompt.text) == (truth, "How is it right of the sofa?")
    told = mirrored(of("Which way?", "direction", "front-left"))
    assert told is not None
    assert told.truth == "front-right"


@pytest.mark.parametrize("kind", ["point", "box", "map", "angle"])
def test_places_in_a_picture_are_not_mirrored(kind: AnswerKind) -> None:
    assert mirrored(of("Where?", kind, (1.0, 2.0))) is None


@pytest.mark.parametrize(
    "text",
    [
        "left",
        "Turn Left, then clockwise",
        "the leftmost of the right-hand chairs",
        "bright, upright, leftover",
    ],
)
def test_a_mirror_of_a_mirror_is_as_it_was(text: str) -> None:
    assert swapped_sides(swapped_sides(text)) == text


def test_words_that_only_hold_a_side_are_not_swapped() -> None:
    assert swapped_sides("bright leftovers") == "bright leftovers"
    assert swapped_sides("counter-clockwise") == "clockwise"


def test_every_variant_that_there_is_comes_once_and_the_sample_first() -> None:
    names = [name for name, _ in variants_of(sample(1, "a.png"), ALL, seed=0)]
    assert names == ["", "blind", "shuffled", "options:1", "options:2", "options:3", "flip"]
    assert [name for name, _ in variants_of(sample(1), ALL, seed=0)] == [*names[:1], *names[2:-1]]


def test_every_variant_is_a_version_of_the_same_sample() -> None:
    held = dataclasses.replace(sample(1, "a.png"), scene="s", pair="p")
    for _, each in variants_of(held, ALL, seed=0):
        assert (each.id, each.scene, each.pair, each.type) == (held.id, "s", "p", held.type)


def test_pictures_that_may_not_be_mirrored_are_not() -> None:
    check_mirrors(Variants(), benchmark("erqa").release)
    check_mirrors(Variants(flip=True), benchmark("vsi_bench").release)
    with pytest.raises(BadInput, match="the pictures of erqa are not known to bear mirroring"):
        check_mirrors(Variants(flip=True), benchmark("erqa").release)
    with pytest.raises(BadInput, match="0 repeats"):
        Variants(repeats=0)
