"""The gate: a call is written and its line open before its moment, goes at it, and tells where it was late."""

import asyncio
import math
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from httpcore2._backends.auto import AutoBackend

from aiuteur.craft.world import Key
from aiuteur.errors import AiuteurError
from aiuteur.film.crew import Role
from aiuteur.models.catalogue import engage
from aiuteur.models.gate import LATE, Answers, Gate, Missed, standing
from aiuteur.models.limits import MARGIN, leeway, limits
from aiuteur.models.pacing import Due
from aiuteur.models.protocols import Maker, Reply, Request
from aiuteur.models.till import Till
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.limits import Limit, earliest, turn
from tests.models.buying import LANE, PAINTER, Shop, picture
from tests.models.test_one_post import ADAPTERS, paid, settings
from tests.wire.serving import Services

PACED = [adapter for adapter in ADAPTERS if adapter.values[0] != "comfyui"]  # which speaks no paced line, and waits before


class Told:
    """Who is told of arrivals, in seconds after the moment."""

    def __init__(self, moment: float) -> None:
        self.moment, self.late = moment, list[float]()

    async def __call__(self, arrived: float) -> None:
        self.late.append(arrived - self.moment)


def gate(after: float, leeway: float = 0.025, held: float = 0.0, *, placed: bool = True) -> tuple[Gate, Told]:
    """A gate whose moment comes after so many seconds."""
    moment = time.monotonic() + after
    told = Told(moment)
    return Gate(Due(moment, 1000.0 if placed else None, held), Answers(), leeway, told), told


async def came(gate: Gate) -> bool:
    found = await gate.come()
    await gate.closed()
    return found


@pytest.mark.parametrize(("provider", "model", "role", "route"), PACED)
def test_every_adapter_waits_at_the_line_and_goes_at_its_moment(
    provider: str, model: str, role: Role, route: str, serve: Services,
) -> None:
    del route
    maker = engage(provider, model, role, settings(serve))

    async def sent() -> tuple[Gate, Told]:
        await paid(maker, role)  # a first call loads what it needs
        serve.reset()
        door, told = gate(0.7)
        with standing(door):
            await paid(maker, role)
        await door.closed()
        return door, told

    door, told = asyncio.run(sent())
    assert door.left is not None
    assert door.left >= door.due.moment
    assert serve.posts()[0]["at"] - time.time() == pytest.approx(door.left - time.monotonic(), abs=0.15)
    assert len(serve.posts()) == 1
    assert all(late < 0.7 for late in told.late)


@pytest.mark.parametrize(("provider", "model", "role", "route"), PACED)
def test_no_adapter_sends_what_missed_its_moment(provider: str, model: str, role: Role, route: str, serve: Services) -> None:
    del route
    maker = engage(provider, model, role, settings(serve))
    serve.reset()
    door, _ = gate(-1.0)

    async def sent() -> None:
        with standing(door):
            await paid(maker, role)

    with pytest.raises((Missed, AiuteurError), match=r"."):  # as each client has it; the purchase asks the gate
        asyncio.run(sent())
    assert door.missed
    assert serve.posts() == []


def test_whoever_is_held_up_by_another_goes_later_than_its_place() -> None:
    door, told = gate(0.05, held=0.2)
    assert asyncio.run(came(door))
    assert door.left is not None
    assert door.left >= door.due.moment + 0.2
    assert told.late == [pytest.approx(0.2, abs=0.1)]


@pytest.mark.parametrize(("after", "placed", "goes"), [(-LATE / 2, True, True), (-2 * LATE, True, False), (-9.0, False, True)])
def test_only_a_place_among_others_can_be_missed(after: float, placed: bool, goes: bool) -> None:
    door, told = gate(after, placed=placed)
    assert asyncio.run(came(door)) is goes
    assert len(told.late) == (goes and placed)


def test_it_is_told_again_only_where_it_turns_out_later_still() -> None:
    door, told = gate(-0.03)

    async def gone() -> None:
        await door.come()
        await door.traced("http11.send_request_body.complete", {})
        await asyncio.sleep(0.05)
        await door.traced("http11.receive_response_headers.complete", {})
        await door.traced("http11.receive_response_headers.complete", {})
        await door.closed()

    asyncio.run(gone())
    assert told.late == sorted(told.late)
    assert told.late[-1] >= 0.08


def test_a_line_through_a_proxy_is_opened_before_the_moment() -> None:
    door, _ = gate(30.0)

    class Opening:
        method = b"CONNECT"

    asyncio.run(door.traced("http11.send_request_headers.started", {"request": Opening}))
    assert door.left is None


def test_a_missed_moment_stops_the_sending() -> None:
    door, _ = gate(-1.0)

    class Posting:
        method = b"POST"

    with pytest.raises(Missed):
        asyncio.run(door.traced("http11.send_request_headers.started", {"request": Posting}))


def test_a_quick_answer_says_when_a_call_arrived_and_a_slow_one_only_how_long_the_work_took() -> None:
    answers = Answers()
    assert [answers.arrived(0.0, 0.01) for _ in range(4)] == [0.01] * 4
    assert answers.arrived(0.0, 0.3) == 0.3
    assert answers.arrived(0.0, 2.0) is None
    working = Answers()
    for _ in range(4):
        working.arrived(0.0, 0.3)
    assert working.arrived(0.0, 0.35) == pytest.approx(0.35 - 0.28)


def test_the_leeway_is_what_places_are_kept_apart_beyond_the_limit(serve: Services) -> None:
    paced = serve.settings(limits={"openai": {"per_second": 5}, PAINTER: {"per_minute": 120}})
    found = limits(engage("openai", "gpt-image-2", Role.ILLUSTRATOR, paced).card, paced)
    assert [(limit.every, limit.span) for limit in found] == [(MARGIN / 5, 1.0), (MARGIN / 2, 60.0)]
    assert leeway(found) == pytest.approx(MARGIN - 1)
    assert leeway([Limit("lumen")]) == math.inf


def test_a_late_call_makes_the_one_a_window_later_wait(registry: Registry, tmp_path: Path, serve: Services) -> None:
    serve.reset()
    shop = Shop.opened(registry, tmp_path, serve, limits={"openai": {"per_second": 1}})
    maker = shop.maker(PAINTER, Role.ILLUSTRATOR)
    late = _late_at_first(maker)
    crew = shop.crew(late, role=Role.ILLUSTRATOR)

    async def painted() -> None:
        asked = [crew.ask(Role.ILLUSTRATOR, picture(f"A boat, {n}."), Key("frames", f"s{n}/start"), {}) for n in range(2)]
        await asyncio.gather(*asked)
        await crew.close()

    asyncio.run(painted())
    first, second = (post["at"] for post in serve.posts("images"))
    assert second - first >= 1.0
    assert shop.states() == ["COMPLETED"] * 2


def test_an_arrival_that_is_told_is_known_a_window_later(registry: Registry, tmp_path: Path, serve: Services) -> None:
    shop = Shop.opened(registry, tmp_path, serve, limits={"openai": {"per_second": 1}})
    card = shop.maker(PAINTER, Role.ILLUSTRATOR).card
    under, till = limits(card, shop.settings), Till(registry, LANE, "w1")
    with registry.transaction() as session:
        row = lane_row(session, LANE)
        turn(session, row, card.provider, card.name, under, 60.0)
    asyncio.run(till.gate(card, Due(50.0, 1000.0), under).tell(50.3))
    with registry.transaction() as session:
        assert earliest(session, row, under, 1000.5) is None
        assert earliest(session, row, under, 1001.025) == pytest.approx(1001.3, abs=0.01)


@pytest.mark.parametrize("opens", [0.25, 0.6])
def test_a_line_that_opens_slowly_waits_open_for_another_moment_and_the_next_is_opened_sooner(
    opens: float, registry: Registry, tmp_path: Path, serve: Services, monkeypatch: pytest.MonkeyPatch,
) -> None:
    serve.reset()
    connect, lines = AutoBackend.connect_tcp, list[float]()

    async def slowly(self: AutoBackend, *where: Any, **how: Any) -> Any:  # noqa: ANN401 - the client's own
        lines.append(time.monotonic())
        await asyncio.sleep(opens)
        return await connect(self, *where, **how)

    monkeypatch.setattr(AutoBackend, "connect_tcp", slowly)
    shop = Shop.opened(registry, tmp_path, serve, limits={"openai": {"per_second": 5}})
    crew = shop.crew(shop.maker(PAINTER, Role.ILLUSTRATOR), role=Role.ILLUSTRATOR)

    async def painted() -> None:
        for n in range(2):
            await crew.ask(Role.ILLUSTRATOR, picture(f"A boat, {n}."), Key("frames", f"s{n}/start"), {})
        await crew.close()

    asyncio.run(asyncio.wait_for(painted(), 30))
    assert shop.states() == ["COMPLETED"] * 2
    assert len(lines) == len(serve.posts("images")) == 2


def test_a_call_that_missed_its_moment_is_not_kept_out_by_itself(registry: Registry, tmp_path: Path, serve: Services) -> None:
    serve.reset()
    shop = Shop.opened(registry, tmp_path, serve, limits={"openai": {"per_second": 5, "at_once": 1}})
    late = _late_at_first(shop.maker(PAINTER, Role.ILLUSTRATOR), 3 * LATE)
    crew = shop.crew(late, role=Role.ILLUSTRATOR)

    async def painted() -> None:
        await crew.ask(Role.ILLUSTRATOR, picture("A boat."), Key("frames", "s1/start"), {})
        await crew.close()

    asyncio.run(asyncio.wait_for(painted(), 30))
    assert shop.states() == ["COMPLETED"]
    assert len(serve.posts("images")) == 1


def _late_at_first(maker: Maker, seconds: float = 0.15) -> Maker:
    """A maker that is held up between the booking of its first sending and the gate."""
    make, calls = maker.make, count()

    async def held_up(request: Request) -> Reply:
        await asyncio.sleep(0.0 if next(calls) else seconds)
        return await make(request)

    maker.make = held_up  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
    return maker
