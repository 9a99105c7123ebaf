"""What a set gives away is measured, and thinned away: planted shortcuts are found and gone afterwards."""

from __future__ import annotations

import pathlib
import zlib
from collections import Counter
from collections.abc import Iterator

import pytest

from allocentric.answers.kinds import Expected
from allocentric.errors import BadInput
from allocentric.questions.making.balance import TOLERANCE, thinned
from allocentric.questions.making.places import places_in
from allocentric.questions.making.plan import Plan, Wanted
from allocentric.questions.making.set import BALANCED, LOG, make_set
from allocentric.questions.making.shortcuts import Shortcut, shortcuts_of
from allocentric.questions.making.wording import FOLDS
from allocentric.questions.question import Question
from allocentric.questions.records.layouts import layout
from allocentric.questions.records.record import from_json, to_json
from allocentric.scene.json_text import decode, encode
from allocentric.seeds import stream
from tests.quickly import quickly


@pytest.fixture(autouse=True)
def _quickly() -> Iterator[None]:
    with quickly():
        yield


def lines(
    *, skew: float = 0.0, leak: float = 0.0, apart: float = 0.0, count: int = 600, rooms: int = 20
) -> list[bytes]:
    """Questions of left or right: a share `skew` is left, and a share `leak` tells by a word.

    In the rooms of every other fold a share `apart` more are left, in those between as many fewer.
    """
    random, made = stream(3, "shortcuts"), []
    for number in range(count):
        scene = f"room {number % rooms}"
        here = skew + (apart if zlib.crc32(scene.encode()) % FOLDS % 2 else -apart)
        left = bool(random.random() < 0.5 + here / 2)
        told = random.random() < leak
        word = ("quickly" if left else "slowly") if told else str(random.choice(["quickly", "slowly"]))
        expected = Expected("choice", ("left", "right") if number % 2 else ("right", "left"))
        text = "left" if left else "right"
        question = Question(
            family="anchored_direction_easy",
            scene=scene,
            words=f"Going {word}, on which side is thing {number}?",
            program=f'count(all("thing {number}"))',
            expected=expected,
            truth=expected.letters[expected.options.index(text)],
            says=text,
        )
        made.append(encode({"type": "side", **to_json(question)}))
    return made


def measured(held: list[bytes]) -> Shortcut:
    (found,) = shortcuts_of(lambda: iter(held))
    return found


def kept(held: list[bytes]) -> list[bytes]:
    return list(thinned(lambda: iter(held)).kept())


def test_an_even_set_gives_nothing_away_and_loses_little() -> None:
    held = lines()
    found = measured(held)
    assert found.chance == 0.5
    assert abs(found.wording - 0.5) < 0.08
    assert len(kept(held)) > 0.85 * len(held)


def test_a_frequent_answer_is_found_and_made_even() -> None:
    held = lines(skew=0.6)
    assert measured(held).constant == pytest.approx(0.8, abs=0.05)
    after = kept(held)
    answers = Counter(from_json(decode(each, dict, where="here"), where="here").says for each in after)
    assert answers["left"] == pytest.approx(answers["right"], abs=0.12 * len(after))
    assert measured(after).constant <= 0.5 + TOLERANCE + 0.02


def test_a_word_that_tells_the_answer_is_found_and_left_out() -> None:
    held = lines(leak=0.8)
    assert measured(held).wording > 0.85
    after = kept(held)
    assert measured(after).wording <= 0.5 + 2 * TOLERANCE
    assert after


def test_even_answers_are_even_among_the_scenes_that_are_learnt_from_too() -> None:
    """Else what is rare here is frequent there, and whoever goes by other scenes is wrong too often."""
    held = lines(apart=0.2)
    after = kept(held)
    assert abs(measured(after).wording - 0.5) < TOLERANCE
    assert len(after) > 0.7 * len(held)


def test_what_was_dropped_is_counted_with_its_reason() -> None:
    held = lines(skew=0.6)
    thin = thinned(lambda: iter(held))
    after = list(thin.kept())
    assert thin.dropped.total() == len(held) - len(after)
    assert thin.dropped["side: even answers"] > 0


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_disk_that_is_full_when_a_set_is_balanced_is_told_and_the_next_run_goes_on(
    tmp_path: pathlib.Path,
) -> None:
    kinds = (Wanted("count", "object_count"),)
    plan = Plan(places=places_in([], ["tabletops:3"], seed=0), wanted=kinds, count=9)
    whole = make_set(plan, tmp_path / "whole", layout("jsonl"), balance=True)
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / BALANCED).symlink_to("/dev/full")
    (tmp_path / "set" / LOG).touch()
    with pytest.raises(BadInput, match="no space left on device"):
        make_set(plan, tmp_path / "set", layout("jsonl"), balance=True)
    (tmp_path / "set" / BALANCED).unlink()
    assert make_set(plan, tmp_path / "set", layout("jsonl"), balance=True)["sha256"] == whole["sha256"]


def test_thinning_keeps_the_order_and_hangs_on_nothing_else(tmp_path: pathlib.Path) -> None:
    held = lines(skew=0.4, leak=0.3)
    after = kept(held)
    assert after == kept(held)
    places = [held.index(each) for each in after]
    assert places == sorted(places)
