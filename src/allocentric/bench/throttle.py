"""How many requests are under way together: as many as are allowed, fewer while the other side is crowded."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from typing import Final

LONGEST_PAUSE_S: Final = 300.0


class Throttle:
    """Lets at most `most` in at a time; half as many when the other side is crowded, then slowly more again.

    Of the many that are turned away together only the first halves it: those already under way then tell
    nothing new. From `ends_s` on, by the clock of the loop, nobody is kept waiting for a pause to end.
    """

    def __init__(self, most: int, ends_s: float = math.inf) -> None:
        self.most = most
        self._ends_s = ends_s
        self.allowed = float(most)
        self.busy = 0
        self._waiting = deque[asyncio.Future[None]]()
        self._opens_s = 0.0
        self._halved_s = -1.0

    async def enter(self) -> float:
        """Wait until there is room; gives the time of entry, which `crowded` wants."""
        loop = asyncio.get_running_loop()
        while True:
            now_s = loop.time()
            opens_s = min(self._opens_s, self._ends_s)
            if now_s < opens_s:
                await asyncio.sleep(opens_s - now_s)
            elif self.busy < int(self.allowed):
                self.busy += 1
                return now_s
            else:
                turn = loop.create_future()
                self._waiting.append(turn)
                await turn

    def leave(self) -> None:
        """Make room for others."""
        self.busy -= 1
        free = int(self.allowed) - self.busy
        while self._waiting and free > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    def served(self) -> None:
        """Somebody was served: after as many as are allowed, one more is."""
        if self.allowed < self.most:
            self.allowed = min(float(self.most), self.allowed + 1 / self.allowed)

    def crowded(self, entered_s: float, after_s: float | None) -> None:
        """Somebody who had entered then was turned away, and asked to wait for so long."""
        now_s = asyncio.get_running_loop().time()
        if entered_s > self._halved_s:
            self.allowed = max(1.0, self.allowed / 2)
            self._halved_s = now_s
        if after_s is not None:
            self._opens_s = max(self._opens_s, now_s + min(after_s, LONGEST_PAUSE_S))
