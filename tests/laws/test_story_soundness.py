"""Whatever shapes a story may be about, what is answered of them from its words is so."""

from itertools import permutations

import hypothesis.strategies as st
from hypothesis import given, settings

from allocentric.questions.records.spartqa_programs import Lying
from allocentric.questions.settle import settled
from allocentric.scene.truth import Measured
from allocentric.worlds.readers.stories.build import NEAR, TOUCHING, scene_from
from allocentric.worlds.readers.stories.routes import ways_between
from allocentric.worlds.readers.stories.spartqa import Shapes
from allocentric.worlds.readers.stories.statements import Apart, Lies, There, Way, Within
from allocentric.worlds.readers.stories.story import read_story
from tests.quickly import quickly

NAMES = ("oval", "square", "circle", "triangle")
HOME = "block A"
# In blocks: steps that are near, steps that are far, and none.
STEPS = st.sampled_from((0.0, 0.004, -0.004, 0.008, 0.03, -0.03, 0.1))
PLACES = st.lists(st.tuples(STEPS, STEPS), min_size=3, max_size=4)
WORDS = ("left of", "right of", "above", "below", "near", "far from", "near and above", "far and left of")


def lies(first: tuple[float, float], second: tuple[float, float], words: str) -> bool:
    """Whether the second lies so from the first: the meaning of the words on exact places."""
    right, up = second[0] - first[0], second[1] - first[1]
    sides = {"left of": right < 0, "right of": right > 0, "above": up > 0, "below": up < 0}
    near = max(abs(right), abs(up)) < NEAR
    parts = {**sides, "near": near, "far": not near, "far from": not near}
    return all(parts[each] for each in words.split(" and "))


def stated(first: tuple[float, float], second: tuple[float, float], axis: int) -> tuple[Way, Apart] | None:
    """What may be stated of two exact places along an axis, as closely as the words allow."""
    part, across = second[axis] - first[axis], second[1 - axis] - first[1 - axis]
    if abs(part) < 1e-9:
        return None
    way = (Way(right=1), Way(up=1))[axis] if part > 0 else (Way(right=-1), Way(up=-1))[axis]
    beside = TOUCHING < abs(part) < 0.9 * NEAR and abs(across) < 0.9 * NEAR
    return way, "near" if beside else "far" if abs(part) > 1.1 * NEAR else ""


@settings(max_examples=12, deadline=None)
@given(places=PLACES, told=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 1)), min_size=2, max_size=5))
def test_what_follows_of_near_far_and_ways_is_so_of_every_place_that_fits(
    places: list[tuple[float, float]], told: list[tuple[int, int]]
) -> None:
    names = NAMES[: len(places)]
    pairs = list(permutations(range(len(places)), 2))
    statements: list[There | Within | Lies] = [There(HOME, "block", region=True)]
    statements += [part for each in names for part in (There(each), Within(each, HOME))]
    for row, axis in told:
        to, thing = pairs[row % len(pairs)]
        said = stated(places[to], places[thing], axis)
        if said is not None:
            statements.append(Lies(names[thing], names[to], said[0], apart=said[1]))
    shapes = Shapes({each: ("", "", each) for each in names}, dict.fromkeys(names, HOME), tells_far=True)
    with quickly():
        scene = scene_from("story", statements)
        for each in [part for part in statements if isinstance(part, Lies)]:
            found = settled(
                scene, Lying(each.way, each.apart).program(each.thing, each.to, shapes), evidence=False
            )
            assert isinstance(found, Measured)
            assert found.value is True
        for to, thing in pairs:
            for words in WORDS:
                found = settled(
                    scene, Lying.of(words).program(names[thing], names[to], shapes), evidence=False
                )
                if isinstance(found, Measured):
                    assert found.value is lies(places[to], places[thing], words), words


@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=7, unique=True),
    skipped=st.sets(st.integers(0, 11)),
)
def test_the_ways_found_are_as_short_as_any(cells: list[tuple[int, int]], skipped: set[int]) -> None:
    names = {cell: f"{NAMES[cell[0]]} {NAMES[cell[1]]}" for cell in cells}
    beside = [(a, b) for a in cells for b in cells if (b[0] - a[0], b[1] - a[1]) in ((1, 0), (0, 1))]
    joined = [pair for row, pair in enumerate(beside) if row not in skipped]
    told = [
        f"The {names[b]} is {'east' if b[0] > a[0] else 'north'} of the {names[a]}." for a, b in joined
    ] or ["The moon is north of the sun."]
    scene = read_story(" ".join(told), grid=True)
    start, goal = cells[0], cells[-1]
    if not {names[start], names[goal]} <= set(scene.names):
        return
    walks: list[tuple[tuple[int, int], ...]] = [(start,)]
    while walks and all(each[-1] != goal for each in walks):
        walks = [
            (*w, c) for w in walks for c in cells if c not in w and {(w[-1], c), (c, w[-1])} & set(joined)
        ]
    shortest = [each for each in walks if each[-1] == goal]
    found = ways_between(scene, names[start], names[goal])
    assert len(found) == min(len(shortest), 2)
    assert {tuple(leg.end for leg in way) for way in found} <= {
        tuple(names[c] for c in walk[1:]) for walk in shortest
    }
