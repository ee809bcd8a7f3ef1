"""Turns: no more at once than there are, the furthest along first, and none lost with who gave up waiting."""

import asyncio

from aiuteur.models.turns import Turns


def test_no_more_at_once_than_there_are() -> None:
    async def scene() -> int:
        turns, now, most = Turns(3), 0, 0

        async def one() -> None:
            nonlocal now, most
            async with turns.turn():
                now += 1
                most = max(most, now)
                await asyncio.sleep(0)
                now -= 1

        await asyncio.gather(*(one() for _ in range(20)))
        return most

    assert asyncio.run(scene()) == 3


def test_another_take_goes_before_the_first_of_another_shot() -> None:
    async def scene() -> list[str]:
        turns, order = Turns(1), list[str]()

        async def one(name: str, attempt: int) -> None:
            async with turns.turn(attempt):
                order.append(name)
                await asyncio.sleep(0)

        await asyncio.gather(one("held", 1), one("first", 1), one("second", 1), one("third take", 3), one("retake", 2))
        return order

    assert asyncio.run(scene()) == ["held", "third take", "retake", "first", "second"]


def test_who_gives_up_waiting_takes_no_turn_away() -> None:
    async def scene() -> bool:
        turns = Turns(1)
        async with turns.turn():
            waiting = [asyncio.ensure_future(turns.turn(attempt).__aenter__()) for attempt in (1, 2)]
            await asyncio.sleep(0)
            waiting[1].cancel()
        await asyncio.sleep(0)
        return waiting[0].done()

    assert asyncio.run(scene())
