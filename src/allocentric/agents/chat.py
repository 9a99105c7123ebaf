"""The chat-completions format: a prompt as a request body, a response body as an attempt."""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from allocentric.agents.answerer import Transient
from allocentric.agents.pictures import parts_of, picture_data
from allocentric.answers.confidence import ASKS, Token, without_stated
from allocentric.answers.prompt import Attempt, Picture, Prompt, Usage
from allocentric.errors import BadInput

CUT_OFF: Final = "the reply stops at the most tokens allowed"


Sureness = Literal["logprobs", "stated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """How a reply is to be made; None leaves it to the endpoint.

    With `seeded`, the seed of the run is sent too. `confidence` says how the reply is to tell how sure it is:
    by the chances of its tokens, or in a last line that is asked for. `more` holds further fields of the
    request, as they are. Pictures are sent byte for byte unless `most_side_px` says how long their sides may
    be: longer ones are then scaled down and sent as PNG.
    """

    temperature: float | None = 0.0
    max_tokens: int | None = 1024
    top_p: float | None = None
    seeded: bool = True
    confidence: Sureness | None = None
    most_side_px: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in (("--max-tokens", self.max_tokens), ("--most-side", self.most_side_px)):
            if value is not None and value < 1:
                raise BadInput(f"it is {value}", where=name, mend="give 1 or more")


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, in any one currency: of the prompt, of the reply."""

    prompt: float
    reply: float

    def of(self, prompt_tokens: int, reply_tokens: int) -> float:
        """The price of one reply.

        >>> Price(1.0, 4.0).of(500_000, 250_000)
        1.5
        """
        return (self.prompt * prompt_tokens + self.reply * reply_tokens) / 1e6


@dataclass(frozen=True, slots=True)
class Keys:
    """What the keys of an answerer's requests are made of: known without the model, to a cluster's driver."""

    place: str
    model: str
    generation: Generation

    def request(self, prompt: Prompt, *, seed: int) -> tuple[bytes, str]:
        """The body of a request, and its key: the hash of all that its answer hangs on."""
        body, content = render(self.model, prompt, self.generation, seed=seed)
        return body, hashlib.sha256(f"{self.place}\n{content}".encode()).hexdigest()


def render(model: str, prompt: Prompt, generation: Generation, *, seed: int) -> tuple[bytes, str]:
    """The body of a request, and the hash of all that it says, the bytes of the pictures included.

    Raises BadInput where a picture cannot be read or is of no kind that is sent.
    """
    if generation.confidence == "stated":
        prompt = replace(prompt, parts=(*prompt.parts, ASKS))
    digest = hashlib.sha256()
    pieces = list[bytes]()

    def add(piece: bytes, told: bytes | None = None) -> None:
        """Put a piece into the body; what the hash is told is the piece itself, or less."""
        pieces.append(piece)
        digest.update(piece if told is None else told)

    add(b'{"model":' + _json(model) + b',"messages":[')
    if prompt.system:
        add(b'{"role":"system","content":' + _json(prompt.system) + b"},")
    add(b'{"role":"user","content":')
    if not prompt.pictures:
        add(_json(prompt.text))
    else:
        for number, part in enumerate(parts_of(prompt)):
            add(b"," if number else b"[")
            if isinstance(part, Picture):
                kind, data = picture_data(part.path, generation.most_side_px)
                add(b'{"type":"image_url","image_url":{"url":"data:image/' + kind.encode() + b";base64,")
                add(binascii.b2a_base64(data, newline=False), told=hashlib.sha256(data).digest())
                add(b'"}}')
            else:
                add(b'{"type":"text","text":' + _json(part) + b"}")
        add(b"]")
    add(b"}]" + _arguments(generation, seed) + b"}")
    return b"".join(pieces), digest.hexdigest()


def read_reply(body: bytes, *, sample: str, model: str, price: Price | None, seconds: float) -> Attempt:
    """The attempt that a response body tells of; raises `Transient` where it is no chat completion."""
    try:
        told = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Transient(f"the response is no chat completion: {str(error)[:120]}") from None
    if not told.choices:
        raise Transient("the response holds no choice")
    choice, used = told.choices[0], told.usage or _Used()
    prompt_tokens, reply_tokens = used.prompt_tokens or 0, used.completion_tokens or 0
    cost = None if price is None else price.of(prompt_tokens, reply_tokens)
    usage = Usage(prompt_tokens, reply_tokens, seconds, cost)
    said = choice.message.content
    text = said if isinstance(said, str) else "".join(each.text or "" for each in said or ())
    refusal = choice.message.refusal or ("content filter" if choice.finish_reason == "content_filter" else "")
    if refusal and not text:
        return Attempt(sample=sample, state="refused", error=refusal, model=model, usage=usage)
    if said is None and not refusal and choice.finish_reason != "length":
        raise Transient("the response holds no text")
    cut = CUT_OFF if choice.finish_reason == "length" else ""
    attempt = Attempt(sample=sample, state="answered", reply=text, error=cut, model=model, usage=usage)
    return attempt if choice.logprobs is None else replace(attempt, tokens=_tokens(text, choice.logprobs))


def with_stated(attempt: Attempt) -> Attempt:
    """The attempt with the confidence that its last line states, and without that line."""
    reply, confidence = without_stated(attempt.reply)
    return replace(attempt, reply=reply, confidence=confidence)


def _tokens(reply: str, told: _Chances) -> tuple[Token, ...]:
    """The tokens of a reply, of all that the endpoint tells of; none where they do not spell it."""
    starts, at = list[int](), 0
    for each in told.content or ():
        starts.append(at)
        at += len(each.token)
    whole = "".join(each.token for each in told.content or ())
    start = whole.rfind(reply) if reply else -1
    if start not in starts:
        return ()
    mine = (token for token, at in zip(told.content or (), starts) if start <= at < start + len(reply))
    return tuple((len(each.token), round(each.logprob, 6)) for each in mine)


def _arguments(generation: Generation, seed: int) -> bytes:
    fields: dict[str, Any] = {
        "temperature": generation.temperature,
        "max_tokens": generation.max_tokens,
        "top_p": generation.top_p,
        "seed": seed if generation.seeded else None,
        "logprobs": True if generation.confidence == "logprobs" else None,
        **generation.more,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    return b"".join(b"," + _json(name) + b":" + _json(value) for name, value in given.items())


def _json(value: Any) -> bytes:
    return msgspec.json.encode(value)


class _Part(Struct):
    text: str | None = None


class _Message(Struct):
    content: str | list[_Part] | None = None
    refusal: str | None = None


class _Token(Struct):
    token: str
    logprob: float


class _Chances(Struct):
    content: list[_Token] | None = None


class _Choice(Struct):
    message: _Message
    logprobs: _Chances | None = None
    finish_reason: str | None = None


class _Used(Struct):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0


class _Completion(Struct):
    choices: list[_Choice]
    usage: _Used | None = None


_DECODER: Final = msgspec.json.Decoder(_Completion)
