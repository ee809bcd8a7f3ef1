"""The film is joined while its sounds are on their way: what is asked is never left half asked, and never waited for in vain."""

import asyncio
import time
from collections.abc import Callable

import pytest

from aiuteur.errors import Corrupt, Refused
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Film
from aiuteur.stages.film import _meanwhile  # pyright: ignore[reportPrivateUsage] - the seam between a film and its sounds

PAPER = MediaRef(sha256="0" * 64, mime="text/plain", size=1)


def film(seconds: float) -> Film:
    return Film(
        video=PAPER, captions=PAPER, screenplay=PAPER, storyboard=PAPER, seconds=seconds, shots=1, lines=0, lines_voiced=0,
    )


async def mixed(told: list[str]) -> float:
    await asyncio.sleep(0.05)
    told.append("mixed")
    return 2.0


def test_the_work_waits_for_the_sounds_when_it_asks_for_them() -> None:
    told: list[str] = []

    def cut(sounds: Callable[[], float]) -> Film:
        told.append("joining")
        return film(sounds())

    assert asyncio.run(_meanwhile(mixed(told), cut)).seconds == 2.0
    assert told == ["joining", "mixed"]


def test_sounds_that_were_asked_for_are_awaited_where_the_film_cannot_be_joined() -> None:
    told: list[str] = []

    def torn(_sounds: Callable[[], float]) -> Film:
        message = "A clip cannot be read."
        raise Corrupt(message)

    with pytest.raises(Corrupt, match="cannot be read"):
        asyncio.run(_meanwhile(mixed(told), torn))
    assert told == ["mixed"]


def test_a_sound_that_is_refused_is_why_there_is_no_film() -> None:
    async def refused() -> float:
        await asyncio.sleep(0)
        message = "Nobody mixes this."
        raise Refused(message)

    with pytest.raises(Refused, match="Nobody mixes this"):
        asyncio.run(_meanwhile(refused(), lambda sounds: film(sounds())))


def test_an_interrupt_lets_go_of_whoever_was_asked_before_it_goes_on() -> None:
    told: list[str] = []

    async def asked() -> float:
        try:
            await asyncio.sleep(3600.0)
        finally:
            await asyncio.to_thread(time.sleep, 0.1)  # as the ledger is told
            told.append("let go")
        return 1.0

    async def interrupted() -> None:
        making = asyncio.ensure_future(_meanwhile(asked(), lambda sounds: film(sounds())))
        await asyncio.sleep(0.05)
        making.cancel()
        with pytest.raises(asyncio.CancelledError):
            await making
        told.append("goes on")

    asyncio.run(asyncio.wait_for(interrupted(), 20))
    assert told == ["let go", "goes on"]


def test_an_interrupt_ends_the_sounds_and_whoever_waits_for_them() -> None:
    async def interrupted() -> None:
        making = asyncio.ensure_future(_meanwhile(asyncio.sleep(3600.0, 1.0), lambda sounds: film(sounds())))
        await asyncio.sleep(0.05)
        making.cancel()
        await making

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(asyncio.wait_for(interrupted(), 20))
