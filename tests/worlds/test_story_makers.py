"""Made stories, told in sentences, read back to the same bounds."""

import pytest

from allocentric.errors import BadInput
from allocentric.scene.placement import difference
from allocentric.scene.scene import Scene, Thing, scene_of
from allocentric.worlds import makers
from allocentric.worlds.readers.stories.story import read_story
from allocentric.worlds.writers.story import story_text

SEEDS = range(6)


def bounds(scene: Scene) -> dict[tuple[str, str, int], object]:
    return {
        (first, second, axis): difference(scene, scene.row(first), scene.row(second))[axis]
        for first in scene.names
        for second in scene.names
        for axis in (0, 1)
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("maker", ["grid_story", "block_story"])
def test_a_made_story_reads_back_to_the_same_bounds(maker: str, seed: int) -> None:
    scene = makers.make(maker, seed)
    again = read_story(story_text(scene), grid=maker == "grid_story")
    assert sorted(zip(again.names, again.kinds)) == sorted(zip(scene.names, scene.kinds))
    assert bounds(again) == bounds(scene)


@pytest.mark.parametrize("maker", ["grid_story", "block_story"])
def test_the_same_seed_tells_the_same_story(maker: str) -> None:
    assert story_text(makers.make(maker, 3)) == story_text(makers.make(maker, 3))
    assert story_text(makers.make(maker, 3)) != story_text(makers.make(maker, 4))


def test_level_and_same_place_are_told() -> None:
    text = "K is on the same horizontal line as M. M is on the same vertical line as P."
    scene = read_story(f"{text} Q is at the same place as P.")
    assert bounds(read_story(story_text(scene))) == bounds(scene)


def test_what_is_no_story_is_not_told() -> None:
    with pytest.raises(BadInput, match="page"):
        story_text(scene_of("room", [Thing(label="sofa")]))


def test_blocks_are_read() -> None:
    told = "There are two blocks called A and B. Block A is to the left of block B."
    told += " In block A, there is a red square."
    scene = read_story(f"{told} The blue circle is in block B. Block B has a ball and a cup.")
    assert [name for name, kind in zip(scene.names, scene.kinds) if kind == "region"] == [
        "block A",
        "block B",
    ]
    apart = difference(scene, scene.row("red square"), scene.row("cup"))[0]
    assert (apart.low, apart.open_low) == (0, True)  # all of A is left of all of B
    assert not difference(scene, scene.row("red square"), scene.row("cup"))[1].finite
