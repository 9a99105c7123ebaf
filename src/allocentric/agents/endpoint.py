"""Models behind an endpoint of chat completions. They need aiohttp: `allocentric[endpoints]`."""

from __future__ import annotations

import contextlib
import email.utils
import math
import time
import warnings
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any, Final
from urllib.parse import urlsplit

from allocentric.agents.answerer import Hopeless, Request, Transient
from allocentric.agents.chat import Generation, Keys, Price, read_reply, with_stated
from allocentric.agents.keys import HIDDEN, Key, endpoint_url, shown_url
from allocentric.answers.prompt import Attempt, Prompt
from allocentric.errors import BadInput

LARGEST_REPLY: Final = 32_000_000  # bytes
LARGE_BODY: Final = 1 << 20  # from here on aiohttp warns of bodies in one piece
PASSING: Final = frozenset({408, 409, 425, 429})  # and every 5xx
NO_KEY: Final = Key("")
GREEDY: Final = Generation()
HOPELESS: Final = {401: "the key is not accepted", 404: "there is no such model or address"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model at an address, how its replies are made, what they cost, how long one may take."""

    model: str
    url: str
    key: Key = NO_KEY
    generation: Generation = GREEDY
    price: Price | None = None
    timeout_s: float = 120.0

    def __post_init__(self) -> None:
        endpoint_url(self.url)
        if not self.timeout_s > 0:
            raise BadInput(f"{self.timeout_s:g} s", where="--timeout", mend="give more than 0")

    def __repr__(self) -> str:
        return f"Endpoint(model={self.model!r}, url={shown_url(self.url)!r}, key={self.key!r})"


class Chat:
    """Answers by asking a model behind an endpoint. Made by `connected`."""

    def __init__(self, endpoint: Endpoint, post: Callable[..., Any], aiohttp: ModuleType) -> None:
        self._endpoint, self._post, self._aiohttp = endpoint, post, aiohttp
        self._url = endpoint_url(endpoint.url)
        self.keys = Keys(shown_url(self._url), endpoint.model, endpoint.generation)

    def __repr__(self) -> str:
        return f"Chat({self._endpoint!r})"

    async def answer(self, prompt: Prompt, *, seed: int) -> Attempt:
        """One request and its reply; raises `Transient` where another try may help, else `Hopeless`."""
        return await self.request(prompt, seed=seed).send()

    def request(self, prompt: Prompt, *, seed: int) -> Request:
        """The request for a prompt, pictures read; its key holds for one model at one address."""
        body, key = self.keys.request(prompt, seed=seed)
        return Request(key, partial(self._send, body, prompt.id))

    async def _send(self, body: bytes, sample: str) -> Attempt:
        start, aiohttp = time.perf_counter(), self._aiohttp
        try:
            async with self._post(self._url, data=self._payload(body), allow_redirects=False) as response:
                status, headers = response.status, response.headers
                held = await _all_of(response)
        except TimeoutError:
            raise Transient(f"no answer within {self._endpoint.timeout_s:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            crowded = isinstance(error, aiohttp.ClientConnectorError)
            raise Transient(self._hidden(f"{type(error).__name__}: {error}"), crowded=crowded) from None
        if status != 200:
            return self._refused(status, headers, held, sample=sample)
        endpoint, seconds = self._endpoint, time.perf_counter() - start
        attempt = read_reply(held, sample=sample, model=endpoint.model, price=endpoint.price, seconds=seconds)
        return with_stated(attempt) if endpoint.generation.confidence == "stated" else attempt

    def _payload(self, body: bytes) -> Any:
        if len(body) < LARGE_BODY:
            return body
        with warnings.catch_warnings():  # it is in memory anyway
            warnings.simplefilter("ignore", ResourceWarning)
            return self._aiohttp.BytesPayload(body)

    def _refused(self, status: int, headers: Any, body: bytes, *, sample: str) -> Attempt:
        """The failure that a status tells of; raised where it may pass, or where it will never."""
        said = " ".join(body[:2000].decode(errors="replace").split())
        why = self._hidden(f"status {status}: {said}" if said else f"status {status}")[:400]
        if status in PASSING or status >= 500:
            after_s = wait_asked(headers.get("Retry-After"), now_s=time.time())
            raise Transient(why, after_s=after_s, crowded=status == 429 or status >= 500)
        if status in HOPELESS:
            where = f"{self._endpoint.model} at {shown_url(self._endpoint.url)}"
            mend = "check --model, --url and the variable that --key-env names"
            raise Hopeless(f"{HOPELESS[status]} ({why})", where=where, mend=mend)
        return Attempt(sample=sample, state="failed", error=why, model=self._endpoint.model)

    def _hidden(self, text: str) -> str:
        """The text without the key, and without what the address may hold of secrets."""
        parts = urlsplit(self._url)
        text = self._endpoint.key.hide(text.replace(self._url, shown_url(self._url)))
        for secret in (parts.password, parts.username, parts.query):
            text = text.replace(secret, HIDDEN) if secret else text
        return text


@contextlib.asynccontextmanager
async def connected(endpoint: Endpoint) -> AsyncIterator[Chat]:
    """An answerer for as long as the block lasts, its connections kept open meanwhile.

    Raises BadInput where aiohttp is not installed.
    """
    aiohttp = _aiohttp()
    headers = {"Content-Type": "application/json"}
    if endpoint.key.value and urlsplit(endpoint.url).username is None:  # else the address says who asks
        headers["Authorization"] = f"Bearer {endpoint.key.value}"
    # Whoever asks bounds how many are under way; connections stay open between requests.
    async with aiohttp.TCPConnector(limit=0) as connector:
        timeout = aiohttp.ClientTimeout(total=endpoint.timeout_s)
        post = partial(aiohttp.request, "POST", connector=connector, timeout=timeout, headers=headers)
        yield Chat(endpoint, post, aiohttp)


def wait_asked(header: str | None, *, now_s: float) -> float | None:
    """The seconds that a Retry-After header asks for, given as such or as a date; None where it says nothing.

    >>> wait_asked("7", now_s=0.0), wait_asked("soon", now_s=0.0)
    (7.0, None)
    >>> wait_asked("Thu, 01 Jan 1970 00:01:00 GMT", now_s=50.0)
    10.0
    """
    if header is None:
        return None
    with contextlib.suppress(ValueError):
        seconds = float(header)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - now_s)
    except (ValueError, TypeError, OverflowError):
        return None


async def _all_of(response: Any) -> bytes:
    """The body of a response; raises ValueError for one that is too large to be a reply."""
    chunks, size = list[bytes](), 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > LARGEST_REPLY:
            raise ValueError(f"the response is longer than {LARGEST_REPLY} bytes")
        chunks.append(chunk)
    return b"".join(chunks)


def _aiohttp() -> ModuleType:
    try:
        import aiohttp  # noqa: PLC0415 (an extra, which only endpoints need)
    except ImportError:
        what = "endpoints need aiohttp, which is not installed"
        raise BadInput(what, where="--url", mend="pip install 'allocentric[endpoints]'") from None
    module: ModuleType = aiohttp
    return module
