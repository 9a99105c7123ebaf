"""Stories of blocks and shapes that are named by size, colour and shape are read whole, or refused."""

import pytest

from allocentric.errors import BadInput
from allocentric.query.ask import ask
from allocentric.worlds.readers.stories.spartqa import lies, read_spartqa
from allocentric.worlds.readers.stories.statements import Way

STORY = (
    "There are two blocks called A and B. A is to the left of B. In A, there is a small blue square far "
    "above a big blue circle. The square is near and to the right of a medium black triangle. "
    "In B, there is a small blue square."
)


def test_shapes_are_told_apart_by_their_blocks() -> None:
    scene, shapes = read_spartqa(STORY)
    assert shapes.fitting("small blue thing", None) == [
        "small blue square of block A",
        "small blue square of block B",
    ]
    assert shapes.fitting("large thing", "block A") == ["large blue circle of block A"]
    said = lies("medium black triangle of block A", "small blue square of block B", Way(right=-1))
    assert ask(scene, said).text == "yes"
    said = lies("large blue circle of block A", "small blue square of block A", Way(up=-1))
    assert ask(scene, said).text == "yes"
    said = lies("large blue circle of block A", "medium black triangle of block A", Way(right=1))
    assert ask(scene, said).text.startswith("cannot")


@pytest.mark.parametrize(
    "sentence",
    [
        "The red oval is above the square",
        "In A, there is a nice square",
        "In A, there are many squares",
        "It is blue",
    ],
)
def test_what_is_not_understood_is_refused_with_its_sentence(sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_spartqa(f"There is a block called A. {sentence}.", id="s")
    assert refused.value.where == "s, sentence 2"
