"""An endpoint that answers "A" to every chat request, at once, late, or wrongly: for benchmarks and tests.

Asked how sure it is, it is surer of every fourth sample: .9, of the others .4.

python benchmarks/mock_endpoint.py [--latency 0.05] [--faults 0.3] [--served FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FAULTS: Final = ("429", "500", "half", "json", "type", "stall", "reset")
SAMPLE: Final = re.compile(rb"sample (\w+)")
GOOD: Final = (
    b'{"id":"1","object":"chat.completion","model":"mock","choices":[{"index":0,"message":{"role":"assistant",'
    b'"content":"A"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":1,"total_tokens":101}}'
)
BODIES: Final = {
    "429": (b"429 Too Many Requests", b'{"error":{"message":"slow down"}}', b"Retry-After: 0.01\r\n"),
    "500": (b"500 Internal Server Error", b"oh no", b""),
    "json": (b"200 OK", b'{"choices":[{"message":{"content":"A"', b""),
    "type": (b"200 OK", b'{"choices":{"message":"A"}}', b""),
}


def good(body: bytes) -> bytes:
    """The reply to a request, with the chance of its token, or its own word, where that is asked for."""
    logprobs, stated = b'"logprobs":true' in body, b"Confidence: 70" in body
    sample = SAMPLE.search(body)
    if sample is None or not (logprobs or stated):
        return GOOD
    sure = 0.9 if int(sample[1]) % 4 == 0 else 0.4
    if stated:
        return GOOD.replace(b'"A"', b'"A\\nConfidence: %d"' % round(100 * sure))
    token = b'"logprobs":{"content":[{"token":"A","logprob":%.6f}]},' % math.log(sure)
    return GOOD.replace(b'"finish_reason"', token + b'"finish_reason"')


class Endpoint(asyncio.Protocol):
    """One connection."""

    def __init__(self, latency_s: float, faults: float, *, draws: random.Random, served: Path | None) -> None:
        self.latency_s, self.faults, self.draws, self.served = latency_s, faults, draws, served
        self.held, self.pieces, self.missing = b"", list[bytes](), 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Gather a request; when it is whole, reply after the latency."""
        if self.missing:
            self.pieces.append(data)
            self.missing -= len(data)
        else:
            self.held += data
            head, found, rest = self.held.partition(b"\r\n\r\n")
            if not found:
                return
            length = re.search(rb"(?i)content-length: *(\d+)", head)
            self.held, self.pieces = b"", [rest]
            self.missing = (int(length[1]) if length else 0) - len(rest)
        if self.missing <= 0:
            self.missing = 0
            asyncio.get_running_loop().call_later(self.latency_s, self.reply, b"".join(self.pieces))

    def reply(self, body: bytes) -> None:
        """Write a good reply, or one of the faults."""
        if self.transport.is_closing():
            return
        fault = self.draws.choice(FAULTS) if self.draws.random() < self.faults else ""
        if fault == "stall":
            return
        if fault == "reset":
            self.transport.abort()
            return
        if fault == "half":
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + GOOD[:60])
            self.transport.close()
            return
        status, told, more = BODIES.get(fault, (b"200 OK", good(body), b""))
        if not fault and self.served is not None and (sample := SAMPLE.search(body)):
            with open(self.served, "ab") as file:
                file.write(sample[1] + b"\n")
        head = b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\n" + more
        self.transport.write(head + b"Content-Length: %d\r\n\r\n" % len(told) + told)


async def serve(latency_s: float, faults: float, seed: int, *, served: Path | None) -> None:
    """Serve until the process is ended; the port is the first line of the output."""
    draws = random.Random(seed)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Endpoint(latency_s, faults, draws=draws, served=served), "127.0.0.1", 0, backlog=512
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def endpoint(
    latency_s: float = 0.0, faults: float = 0.0, seed: int = 0, *, served: Path | None = None
) -> Iterator[str]:
    """The address of an endpoint in a process of its own, for as long as the block lasts."""
    command = [sys.executable, __file__, "--latency", str(latency_s), "--faults", str(faults)]
    command += ["--seed", str(seed)] + ([] if served is None else ["--served", str(served)])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()
            process.stdout.close()


def served_by(path: Path) -> Counter[str]:
    """How many good answers each sample was given."""
    return Counter(path.read_text().split()) if path.exists() else Counter()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--served", type=Path)
    told = parser.parse_args()
    asyncio.run(serve(told.latency, told.faults, told.seed, served=told.served))


if __name__ == "__main__":
    main()
