"""Endpoints: statuses become waits, failures or the end of a run, and no key is ever written."""

import asyncio
import pathlib
import traceback
from collections.abc import Awaitable, Callable
from typing import Final

import pytest

from allocentric.agents.answerer import Buys, Hopeless, Transient
from allocentric.agents.endpoint import Chat, Endpoint, connected
from allocentric.agents.keys import Key, endpoint_url, key_of, shown_url
from allocentric.answers.kinds import Expected
from allocentric.answers.prompt import Attempt, Picture, Prompt
from allocentric.errors import BadInput

SECRET: Final = "sk-very-secret-0123456789"
PROMPT: Final = Prompt("1", ("How many chairs?",), Expected("count"))
GOOD: Final = b'{"choices":[{"message":{"content":"2"},"finish_reason":"stop"}]}'

Use = Callable[[Chat], Awaitable[Attempt]]


def asked(
    status: str,
    body: bytes,
    headers: str = "",
    *,
    prompt: Prompt = PROMPT,
    user: str = "",
    timeout_s: float = 5.0,
) -> tuple[Attempt, bytes]:
    """The attempt at a prompt by an endpoint that replies so, and what the endpoint was sent."""
    seen, serving = list[bytes](), list[asyncio.Task[None]]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())  # type: ignore[arg-type]
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
        )
        seen.append(head + await reader.readexactly(length))
        if status:
            writer.write(f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        else:
            await reader.read()  # say nothing until the other side has gone
        writer.close()
        await writer.wait_closed()

    async def ask() -> Attempt:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=1 << 26)
        port = server.sockets[0].getsockname()[1]
        url = f"http://{user}127.0.0.1:{port}/v1?api-version=hidden-query"
        endpoint = Endpoint(model="m", url=url, key=Key("MY_KEY", SECRET), timeout_s=timeout_s)
        async with server:
            try:
                async with connected(endpoint) as chat:
                    assert SECRET not in f"{chat!r}{endpoint!r}"
                    return await chat.answer(prompt, seed=3)
            finally:
                await asyncio.gather(*serving)

    return asyncio.run(ask()), b"".join(seen)


def test_a_question_is_asked_with_the_key_and_answered() -> None:
    told, seen = asked("200 OK", GOOD)
    assert (told.state, told.reply, told.model) == ("answered", "2", "m")
    assert f"authorization: Bearer {SECRET}".lower() in seen.decode().lower()
    assert b"POST /v1/chat/completions?api-version=hidden-query" in seen


@pytest.mark.parametrize(
    "status", ["429 Too Many", "500 Oh", "502 Bad", "503 Busy", "529 Overloaded", "408 Timeout"]
)
def test_what_may_pass_may_be_asked_again_when_the_endpoint_says(status: str) -> None:
    with pytest.raises(Transient, match=f"status {status[:3]}") as caught:
        asked(status, b"slow down", "Retry-After: 7\r\n")
    assert caught.value.after_s == 7.0
    assert caught.value.crowded == (status[:3] != "408")


@pytest.mark.parametrize("status", ["401 No", "404 What"])
def test_a_key_or_a_model_that_is_not_accepted_is_hopeless(status: str) -> None:
    with pytest.raises(Hopeless, match="status 40"):
        asked(status, f"wrong key {SECRET}".encode())


@pytest.mark.parametrize("status", ["400 Bad", "413 Large", "422 What", "403 No", "301 Moved"])
def test_a_request_that_is_refused_is_a_failure_of_its_sample(status: str) -> None:
    told, _ = asked(status, b"the prompt is too long", "Location: http://elsewhere/\r\n")
    assert (told.state, told.error) == ("failed", f"status {status[:3]}: the prompt is too long")


def test_no_answer_in_time_may_be_asked_for_again() -> None:
    with pytest.raises(Transient, match=r"no answer within 0.05 s"):
        asked("", b"", timeout_s=0.05)


def test_an_endpoint_that_is_not_there_is_crowded() -> None:
    async def ask() -> None:
        async with connected(Endpoint(model="m", url="http://127.0.0.1:9/v1")) as chat:
            await chat.answer(PROMPT, seed=0)

    with pytest.raises(Transient) as caught:
        asyncio.run(ask())
    assert caught.value.crowded


def test_neither_key_nor_password_nor_query_is_in_any_error() -> None:
    echo = f"no access: {SECRET}, user me:pass-word, api-version=hidden-query".encode()
    texts = list[str]()
    for status in ("400 Bad", "401 No", "500 Oh", ""):
        try:
            told, _ = asked(status, echo, user="me:pass-word@", timeout_s=0.2)
            texts.append(repr(told))
        except (Transient, Hopeless) as error:
            texts.append(repr(error) + "".join(traceback.format_exception(error)))
    assert len(texts) == 4
    for secret in (SECRET, "pass-word", "hidden-query"):
        shown = [
            line for each in texts for line in each.splitlines() if secret in line and "asked(" not in line
        ]
        assert not shown


def test_large_pictures_are_sent_whole(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG" + bytes(range(256)) * 12_000)
    told, seen = asked("200 OK", GOOD, prompt=Prompt("1", (Picture(str(path)), "?"), Expected("count")))
    assert told.reply == "2"
    assert len(seen) > 4_000_000


def test_the_request_s_key_holds_for_one_model_at_one_address() -> None:
    async def keys() -> list[str]:
        found = []
        for model, url in (
            ("m", "http://a/v1"),
            ("n", "http://a/v1"),
            ("m", "http://b/v1"),
            ("m", "http://u:p@a/v1"),
        ):
            async with connected(Endpoint(model=model, url=url)) as chat:
                assert isinstance(chat, Buys)
                found.append(chat.request(PROMPT, seed=0).key)
        return found

    first, *others = asyncio.run(keys())
    assert others[2] == first, "who asks makes no difference"
    assert len({first, *others[:2]}) == 3


def test_a_key_comes_from_the_environment_and_shows_its_variable_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MY_KEY", f" {SECRET}\n")
    key = key_of("MY_KEY", needed=True)
    assert key.value == SECRET
    assert repr(key) == "Key(variable='MY_KEY')"
    monkeypatch.delenv("MY_KEY")
    assert key_of("MY_KEY").value == ""
    with pytest.raises(BadInput, match="the environment has no MY_KEY"):
        key_of("MY_KEY", needed=True)
    monkeypatch.setenv("MY_KEY", "one two")
    with pytest.raises(BadInput, match="no key") as caught:
        key_of("MY_KEY")
    assert "one two" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host/v1", "http://", "file:///etc/passwd", "http://h:x/v1"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="no address of an endpoint"):
        endpoint_url(url)


def test_addresses_are_shown_without_secrets() -> None:
    assert shown_url("http://me:secret@h:1/v1?key=2#x") == "http://h:1/v1"
    assert endpoint_url("http://h/v1/chat/completions") == "http://h/v1/chat/completions"
