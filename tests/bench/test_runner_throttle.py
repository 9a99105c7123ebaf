"""How many are let in together: half as many when the other side is crowded, then slowly more."""

import asyncio

import pytest

from allocentric.bench.throttle import Throttle


def test_of_those_turned_away_together_only_the_first_halves_what_is_allowed() -> None:
    async def turned_away() -> Throttle:
        throttle = Throttle(64)
        entered = [await throttle.enter() for _ in range(64)]
        for each in entered:
            throttle.crowded(each, None)
            throttle.leave()
        return throttle

    assert asyncio.run(turned_away()).allowed == 32


def test_it_never_closes_for_good() -> None:
    async def turned_away() -> Throttle:
        throttle = Throttle(4)
        for _ in range(10):
            await asyncio.sleep(0.001)
            throttle.crowded(await throttle.enter(), None)
            throttle.leave()
        return throttle

    assert asyncio.run(turned_away()).allowed == 1


def test_after_a_round_of_served_ones_one_more_is_let_in() -> None:
    async def served() -> float:
        throttle = Throttle(8)
        throttle.crowded(await throttle.enter(), None)
        throttle.leave()
        before = throttle.allowed
        for _ in range(5):
            throttle.served()
        return throttle.allowed - before

    assert asyncio.run(served()) == pytest.approx(1.0, abs=0.2)


def test_whoever_comes_waits_as_long_as_the_other_side_asked() -> None:
    async def waited() -> float:
        throttle, loop = Throttle(2), asyncio.get_running_loop()
        throttle.crowded(await throttle.enter(), 0.05)
        throttle.leave()
        start = loop.time()
        await throttle.enter()
        return loop.time() - start

    assert asyncio.run(waited()) >= 0.045


def test_those_who_wait_are_let_in_as_others_leave() -> None:
    async def all_in() -> int:
        throttle, most = Throttle(3), 0

        async def one() -> None:
            nonlocal most
            await throttle.enter()
            most = max(most, throttle.busy)
            await asyncio.sleep(0)
            throttle.leave()

        await asyncio.gather(*(one() for _ in range(50)))
        assert throttle.busy == 0
        return most

    assert asyncio.run(all_in()) == 3
