"""Whoever asks the scene answers in the kind, unit and letter that is asked for, or says it cannot."""

import asyncio
import pathlib
from typing import Any

import pytest

from allocentric.agents.exact import Exact, noisy
from allocentric.answers.kinds import AnswerKind, Expected
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.perception.noise import Noise
from allocentric.scene.file import save
from allocentric.scene.scene import Complete, Scene, Thing, scene_of

ROOM = scene_of(
    "room",
    [
        Thing(label="sofa", center=(0.0, 0.0, 0.5), size=(1.0, 1.0, 1.0)),
        Thing(label="tv", center=(3.0, 0.0, 0.5), size=(1.0, 1.0, 1.0)),
        Thing(label="lamp", center=(0.0, 2.0, 0.5), size=(0.2, 0.2, 1.0)),
    ],
    complete=Complete(labels=frozenset({"sofa", "tv", "lamp"})),
)


def asked(tmp_path: pathlib.Path, words: str, kind: AnswerKind, scene: Scene = ROOM, **more: Any) -> Attempt:
    path = tmp_path / "room.json"
    save(scene, path)
    options, unit = tuple(more.get("options", ())), more.get("unit")
    expected = Expected(kind, options=options, unit=unit)
    prompt = Prompt("1", (words,), expected, scene=str(path), program=more.get("program"))
    return asyncio.run(Exact().answer(prompt, seed=0))


@pytest.mark.parametrize(
    ("words", "kind", "more", "reply"),
    [
        ("How many lamps are there?", "count", {}, "1"),
        ("How far is the sofa from the tv?", "length", {"unit": "m"}, "2.0"),
        ("How far is the sofa from the tv?", "length", {"unit": "cm"}, "200.0"),
        ("Which is closer to the sofa, the tv or the lamp?", "choice", {"options": ("tv", "lamp")}, "B"),
        ('on(the("lamp"), the("tv"))', "yes_no", {}, "no"),
    ],
)
def test_the_answer_is_in_the_form_that_is_asked_for(
    tmp_path: pathlib.Path, words: str, kind: AnswerKind, more: dict[str, Any], reply: str
) -> None:
    told = asked(tmp_path, words, kind, **more)
    assert (told.state, told.reply, told.error) == ("answered", reply, "")


def test_the_question_is_found_among_the_words_around_it(tmp_path: pathlib.Path) -> None:
    words = "These are frames of a video.\nHow many lamps are there?\nAnswer with one number."
    assert asked(tmp_path, words, "count").reply == "1"


def test_a_program_goes_before_the_words(tmp_path: pathlib.Path) -> None:
    told = asked(
        tmp_path, "How many lamps are there?", "length", program='distance(the("sofa"), the("lamp"))'
    )
    assert float(told.reply) == pytest.approx(1.4)


def test_what_the_scene_does_not_decide_cannot_be_determined(tmp_path: pathlib.Path) -> None:
    unplaced = scene_of("room", [Thing(label="sofa"), Thing(label="tv", center_slack=float("inf"))])
    told = asked(tmp_path, "How far is the sofa from the tv?", "length", unplaced, unit="m")
    assert (told.state, told.reply) == ("answered", "cannot be determined")


def test_what_cannot_be_read_is_a_failure_not_an_answer(tmp_path: pathlib.Path) -> None:
    told = asked(tmp_path, "Is the weather nice?", "yes_no")
    assert (told.state, told.reply) == ("failed", "")
    assert "weather" in told.error


def test_what_is_not_there_cannot_be_determined(tmp_path: pathlib.Path) -> None:
    told = asked(tmp_path, "How far is the sofa from the fridge?", "length", unit="m")
    assert (told.state, told.reply) == ("answered", "cannot be determined")


def test_a_prompt_without_a_scene_is_a_failure() -> None:
    told = asyncio.run(Exact().answer(Prompt("1", ("How many?",), Expected("count")), seed=0))
    assert (told.state, told.error) == ("failed", "the prompt names no scene (sample 1)")


def test_scenes_are_looked_for_in_their_folder(tmp_path: pathlib.Path) -> None:
    save(ROOM, tmp_path / "room.json")
    prompt = Prompt("1", ("How many lamps are there?",), Expected("count"), scene="room.json")
    assert asyncio.run(Exact(tmp_path).answer(prompt, seed=0)).reply == "1"
    assert asyncio.run(Exact().answer(prompt, seed=0)).state == "failed"


def test_noise_changes_the_answer_as_stated_and_the_same_way_each_time(tmp_path: pathlib.Path) -> None:
    save(ROOM, tmp_path / "room.json")
    words, expected = ("How far is the sofa from the tv?",), Expected("length", unit="m")
    prompt = Prompt("1", words, expected, scene=str(tmp_path / "room.json"))
    told = [asyncio.run(noisy(Noise(center_m=0.1), seed).answer(prompt, seed=0)) for seed in (1, 1, 2)]
    values = [float(each.reply) for each in told]
    assert values[0] == values[1] != values[2]
    assert all(0 < abs(each - 2.0) < 0.4 for each in values)
    missed = asyncio.run(noisy(Noise(missed=1.0), 1).answer(prompt, seed=0))
    assert missed.state == "failed"
