"""Replays, people, and names: replies given before are given again; who sits at the keyboard is asked."""

import asyncio
import pathlib

import pytest

from allocentric.agents.answerer import Answerer, Described
from allocentric.agents.model import Model
from allocentric.agents.person import Person, put
from allocentric.agents.replay import Replay, read_replies
from allocentric.agents.replies import reply_of
from allocentric.agents.table import NAMES, answering, noise_of
from allocentric.answers.kinds import Convention, Expected
from allocentric.answers.prompt import Picture, Prompt
from allocentric.errors import AllocentricError, BadInput, UnknownName

FRACTIONS = Expected("point", convention=Convention("fractions", "xy", 64, 48))
THOUSANDTHS = Expected("point", convention=Convention("thousandths", "yx", 64, 48))
PROMPT = Prompt("7", ("How many\x1b[31m chairs?", Picture("a.png")), Expected("count"), system="Be brief.")


def test_replies_are_given_again_by_their_sample(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text('{"id": 7, "reply": "2"}\n\n{"sample": "8", "reply": "x"}\n{"id": 7, "reply": "3"}\n')
    replay = Replay(read_replies(path))
    assert asyncio.run(replay.answer(PROMPT, seed=0)).reply == "3"


def test_a_sample_without_a_reply_is_a_failure_and_failures_of_a_log_are_no_replies(
    tmp_path: pathlib.Path,
) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text('{"sample": "7", "state": "failed", "reply": "", "error": "status 500"}\n')
    told = asyncio.run(Replay(read_replies(path)).answer(PROMPT, seed=0))
    assert (told.state, told.error) == ("failed", "the file of replies has none for this sample")


@pytest.mark.parametrize("line", ["{", "[]", '{"reply": "A"}', '{"id": "1", "reply": 2}'])
def test_a_line_that_is_no_reply_is_named(tmp_path: pathlib.Path, line: str) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text('{"id": 7, "reply": "2"}\n' + line + "\n")
    with pytest.raises(BadInput, match="line 2"):
        read_replies(path)


def test_a_person_is_shown_words_and_pictures_and_nothing_that_a_terminal_acts_on() -> None:
    seen = list[str]()

    def ask(shown: str) -> str:
        seen.append(shown)
        return " 2 "

    told = asyncio.run(Person(ask).answer(PROMPT, seed=0))
    assert (told.state, told.reply) == ("answered", "2")
    assert seen == ["\nBe brief.\nHow many\\x1b[31m chairs?\n[picture a.png]\n> "]
    assert put(PROMPT) == seen[0]


def test_an_empty_line_of_a_person_is_a_refusal() -> None:
    assert asyncio.run(Person(lambda _: "").answer(PROMPT, seed=0)).state == "refused"


def opened(model: Model) -> Described:
    async def open_() -> Described:
        async with answering(model) as described:
            return described

    return asyncio.run(open_())


@pytest.mark.parametrize("name", ["exact", "noisy:missed=0.1", "blind", "random", "person"])
def test_every_kind_of_answerer_is_found_by_its_name(name: str) -> None:
    described = opened(Model(name=name))
    assert isinstance(described.answerer, Answerer)
    assert described.model == name.partition(":")[0]


def test_an_endpoint_s_card_says_where_and_how_but_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    described = opened(Model(name="qwen", url="http://me:word@host:8000/v1?k=v"))
    assert described.arguments["url"] == "http://host:8000/v1"
    assert described.arguments["pictures"] == "as they are"
    assert not any(secret in repr(described) for secret in ("sk-secret", "word", "k=v"))


@pytest.mark.parametrize(
    ("name", "mend"),
    [("exakt", "did you mean 'exact'"), ("qwen3-vl-8b", "goes with --url"), ("replay", "replay:FILE")],
)
def test_a_name_that_is_not_known_says_what_is(name: str, mend: str) -> None:
    with pytest.raises(AllocentricError, match=mend):
        opened(Model(name=name))


def test_every_name_says_what_it_is() -> None:
    assert all(says for says, _ in NAMES.values())


def test_noise_is_read_from_words() -> None:
    noise = noise_of("missed=0.1, center_m=0.05,declared")
    assert (noise.missed, noise.center_m, noise.declared, noise.split) == (0.1, 0.05, True, 0.0)
    with pytest.raises(UnknownName, match="did you mean 'missed'"):
        noise_of("mised=0.1")
    with pytest.raises(BadInput, match="no number"):
        noise_of("missed=lots")


@pytest.mark.parametrize(
    ("value", "expected", "reply"),
    [
        (True, Expected("yes_no"), "yes"),
        (3.0, Expected("count"), "3"),
        (0.5, Expected("length", unit="cm"), "50.0"),
        (0.5, Expected("length"), "0.5"),
        (1.5, Expected("area", unit="m2"), "1.5"),
        (("a", "b"), Expected("order"), "a, b"),
        ((32.0, 24.0), Expected("point", convention=Convention("fractions", "xy", 64, 48)), "(0.5, 0.5)"),
        (
            (32.0, 12.0),
            Expected("point", convention=Convention("thousandths", "yx", 64, 48)),
            "(250.0, 500.0)",
        ),
        ("left", Expected("direction"), "left"),
    ],
)
def test_values_are_written_as_they_are_asked_for(value: object, expected: Expected, reply: str) -> None:
    assert reply_of(value, expected) == reply
