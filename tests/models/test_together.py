"""Calls asked for at once: all of them end before whoever asked goes on, and let go of what they hold."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, select

from aiuteur.craft.world import Key
from aiuteur.errors import Refused
from aiuteur.film.crew import Role
from aiuteur.models.protocols import Reply, Request
from aiuteur.models.together import together
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Generation
from tests.models.buying import PAINTER, Shop, picture
from tests.wire.serving import Services


def test_a_failure_is_told_when_the_others_have_come() -> None:
    told: list[str] = []

    async def refused() -> None:
        message = "Nobody paints this."
        raise Refused(message)

    async def painted() -> None:
        await asyncio.sleep(0.05)
        told.append("painted")

    with pytest.raises(Refused, match="Nobody paints this"):
        asyncio.run(together([refused(), painted()]))
    assert told == ["painted"]


def test_a_run_that_is_ended_lets_go_of_every_call(
    registry: Registry, tmp_path: Path, serve: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop.opened(registry, tmp_path, serve)
    maker, asked = shop.maker(PAINTER, Role.ILLUSTRATOR), asyncio.Semaphore(0)

    async def painting(_request: Request) -> Reply:
        asked.release()
        await asyncio.sleep(3600.0)
        return Reply()

    monkeypatch.setattr(maker, "make", painting)
    crew = shop.crew(maker, role=Role.ILLUSTRATOR)

    async def ended() -> None:
        calls = (crew.ask(Role.ILLUSTRATOR, picture(f"Boat {n}."), Key("frames", f"s{n}/start"), {}) for n in range(8))
        making = asyncio.ensure_future(together(calls))
        for _ in range(8):
            await asyncio.wait_for(asked.acquire(), 20)
        making.cancel()
        await asyncio.wait({making})

    asyncio.run(ended())
    with registry.transaction() as session:
        held = session.execute(select(func.count()).where(Generation.lease_until > func.now())).scalar_one()
    assert (shop.states(), held) == (["AMBIGUOUS"] * 8, 0)
