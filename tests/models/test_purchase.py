"""Paid calls through the official clients to the loopback services: what is booked is what was charged, under every fault."""

import asyncio
import traceback
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from aiuteur.errors import AiuteurError, Ambiguous, Conflict, Corrupt, RateLimited, Refused
from aiuteur.film.crew import Role
from aiuteur.models.adoption import adopt
from aiuteur.models.casting import Cast
from aiuteur.purchases import Purchases
from aiuteur.registry.database import Registry
from aiuteur.registry.leases import left
from aiuteur.registry.ledger_rows import open_calls
from aiuteur.registry.reconciling import cancel_by_hand, heard, settle_by_hand
from aiuteur.registry.tables import Generation
from tests.models.buying import CLIP, LANE, PAINTER, Shop, clip, picture
from tests.wire.serving import Services, serving


@pytest.fixture
def shop(registry: Registry, tmp_path: Path, serve: Services, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", serve.address)
    return Shop.opened(registry, tmp_path, serve)


def test_a_clip_is_bought_once_and_booked_at_what_it_cost(shop: Shop) -> None:
    bought = shop.film()
    again = shop.film(worker="w2")
    assert (bought.bought, again.reused) == (True, True)
    assert bought.first("video") == again.first("video")
    assert shop.known() == shop.services.bill().total > 0
    assert len(shop.services.posts("predictLongRunning")) == 1


def test_a_picture_is_bought_once_and_booked_at_what_it_cost(shop: Shop) -> None:
    assert shop.paint().first("picture") == shop.paint(worker="w2").first("picture")
    assert shop.known() == shop.services.bill().total > 0


@pytest.mark.parametrize("fault", ["429", "503", "drop_before", "500_before", "500_after", "drop_after"])
def test_a_clip_that_can_be_looked_for_is_paid_once_under_every_fault(shop: Shop, fault: str) -> None:
    shop.services.fault(fault, route="predictLongRunning")
    shop.film()
    assert len(shop.services.bill().lines) == 1
    assert shop.known() == shop.services.bill().total
    assert shop.states()[-1] == "COMPLETED"
    assert "AMBIGUOUS" not in shop.states()


@pytest.mark.parametrize(("grace", "posts"), [(8.0, 1), (0.3, 2)], ids=["within the grace", "later than the grace"])
def test_a_call_that_is_registered_late_is_paid_once_as_far_as_the_grace_reaches(
    grace: float, posts: int, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(pace={"late": 2.0}) as services:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", services.address)
        shop = Shop.opened(registry, tmp_path, services)
        services.fault("late", route="predictLongRunning")
        assert shop.film(grace=grace).bought
        assert len(services.posts("predictLongRunning")) == len(services.bill().lines) == posts


@pytest.mark.parametrize(("fault", "billed"), [("500_after", 1), ("drop_after", 1), ("503", 0)])
def test_a_lost_picture_that_is_dear_waits_for_a_person(shop: Shop, fault: str, billed: int) -> None:
    shop.settings = shop.settings.model_copy(update={"resend_under": Decimal(0)})
    shop.policy = shop.policy.__class__(resend_under=Decimal(0), first_wait=0.02)
    shop.services.fault(fault, route="images")
    with pytest.raises(Ambiguous, match="may have been made and paid"):
        shop.paint()
    with pytest.raises(Ambiguous, match="not repeated"):
        shop.paint(worker="w2")
    assert shop.booked() == [("AMBIGUOUS", None)]
    assert len(shop.services.bill().lines) == billed
    assert len(shop.services.posts("images")) == 1


def test_a_lost_picture_that_is_cheap_is_sent_again_once_and_suspected(shop: Shop) -> None:
    shop.policy = shop.policy.__class__(resend_under=Decimal(1), first_wait=0.02)
    shop.services.fault("500_after", route="images")
    shop.paint()
    with shop.registry.transaction() as session:
        rows = session.execute(
            select(Generation.state, Generation.suspected, Generation.reserved_usd).order_by(Generation.created_at),
        ).all()
    assert [(state, suspected) for state, suspected, _ in rows] == [("FAILED", True), ("COMPLETED", False)]
    total = shop.services.bill().total
    assert shop.known() < total <= shop.known() + (rows[0].reserved_usd or 0)


def test_a_wait_that_is_asked_for_is_kept(shop: Shop) -> None:
    shop.services.fault("429", route="images", retry_after=0.4)
    shop.paint()
    first, second = (post["at"] for post in shop.services.posts("images"))
    assert second - first >= 0.4
    assert shop.states() == ["FAILED", "COMPLETED"]


@pytest.mark.parametrize("seconds", [86_400, 1e300], ids=["a day", "for ever"])
def test_a_wait_that_is_too_long_is_not_sat_out(seconds: float, shop: Shop) -> None:
    shop.services.fault("429", route="images", retry_after=seconds, times=-1)
    with pytest.raises(RateLimited):
        shop.paint()
    assert shop.paint(picture(), PAINTER, "google/gemini-nano-banana-2.1", worker="w2").card.provider == "google"
    assert len(shop.services.posts("images")) == 1


def test_the_next_in_the_casting_is_asked_and_told_why(shop: Shop) -> None:
    shop.services.fault("429", route="images", times=-1)
    bought = shop.paint(picture(), PAINTER, "google/gemini-nano-banana-2.1")
    assert bought.card.provider == "google"
    assert bought.fallback is not None
    assert "429" in bought.fallback
    shop.services.reset()
    again = shop.paint(picture(), PAINTER, "google/gemini-nano-banana-2.1", worker="w2")
    assert again.reused
    assert shop.services.log() == []


def test_a_refusal_costs_nothing_and_is_told_to_whoever_asked(shop: Shop) -> None:
    shop.services.fault("refusal", route="predictLongRunning")
    with pytest.raises(Refused, match="will not film"):
        shop.film()
    assert shop.booked() == [("REFUSED", Decimal(0))]
    assert shop.services.bill().lines == []


def test_a_picture_that_was_charged_in_vain_is_booked_at_what_it_cost_and_not_bought_again(shop: Shop) -> None:
    shop.services.fault("wrong_media", route="images")
    with pytest.raises(Corrupt, match="no picture"):
        shop.paint()
    assert shop.states() == ["FAILED"]
    assert shop.known() == shop.services.bill().total > 0
    with pytest.raises(Refused, match="another attempt"):
        shop.paint(worker="w2")
    assert len(shop.services.posts("images")) == 1
    assert shop.paint(worker="w3", attempt=2).attempt == 2


def test_a_clip_that_may_have_been_charged_in_vain_keeps_its_reservation(shop: Shop) -> None:
    shop.services.fault("wrong_media", route="predictLongRunning")
    with pytest.raises(Corrupt, match="no clip"):
        shop.film()
    with shop.registry.transaction() as session:
        row = session.execute(select(Generation.cost_usd, Generation.suspected, Generation.reserved_usd)).one()
    assert (row.cost_usd, row.suspected) == (None, True)
    assert row.reserved_usd >= shop.services.bill().total > 0
    with pytest.raises(Refused, match="another attempt"):
        shop.film(worker="w2")
    assert len(shop.services.posts("predictLongRunning")) == 1
    assert shop.film(clip(), worker="w3", attempt=2).attempt == 2


def test_a_clip_that_failed_there_costs_nothing_and_may_be_made_again(shop: Shop) -> None:
    shop.services.fault("failed", route="predictLongRunning")
    with pytest.raises(AiuteurError, match="could not be made"):
        shop.film()
    assert shop.booked() == [("FAILED", Decimal(0))]
    assert shop.film(worker="w2").bought
    assert shop.known() == shop.services.bill().total > 0


def test_a_key_that_is_refused_while_a_clip_is_made_loses_nothing(shop: Shop) -> None:
    shop.services.fault("refused_key", route="fetchPredictOperation")
    with pytest.raises(Ambiguous, match="Check the key"):
        shop.film()
    assert shop.states() == ["SUBMITTED"]
    assert shop.film(worker="w2").bought
    assert (shop.states(), len(shop.services.posts("predictLongRunning"))) == (["COMPLETED"], 1)


def test_an_operation_that_is_lost_waits_for_a_person(shop: Shop) -> None:
    shop.services.fault("lost", route="predictLongRunning")
    with pytest.raises(Ambiguous, match="may have been made"):
        shop.film()
    assert shop.states() == ["AMBIGUOUS"]


def test_an_operation_of_a_dead_worker_is_taken_up(shop: Shop) -> None:
    shop.film()
    with shop.registry.transaction() as session:  # as it was left by somebody who died after the provider had taken it
        session.execute(update(Generation).values(state="SUBMITTED", result=None, lease_until=Generation.created_at))
    assert shop.film(worker="w2").bought
    assert len(shop.services.posts("predictLongRunning")) == 1


def test_what_nobody_asks_after_is_brought_home_and_found_by_the_next(shop: Shop) -> None:
    shop.film()
    with shop.registry.transaction() as session:
        session.execute(update(Generation).values(state="RUNNING", result=None, media=[], lease_until=Generation.created_at))
    purchases = Purchases(shop.registry, shop.storage, shop.settings)
    with shop.registry.transaction() as session:
        assert left(session) == 1
    assert [purchases.adopt("sweeper"), purchases.adopt("sweeper")] == [1, 0]
    with shop.registry.transaction() as session:
        assert left(session) == 0
    found = shop.film(worker="w2")
    assert found.reused
    assert found.first("video").seconds == 4.0


def test_who_fetches_what_was_left_and_is_ended_stops_nobodys_work(shop: Shop) -> None:
    shop.services.fault("never_ends", route="predictLongRunning")
    shop.policy = replace(shop.policy, deadline=0.5)
    with pytest.raises(AiuteurError):
        shop.film()
    with shop.registry.transaction() as session:
        session.execute(update(Generation).values(state="RUNNING", lease_until=Generation.created_at))
    maker = shop.maker("google/veo-3.1-generate-001", Role.CINEMATOGRAPHER)
    stopped: list[str] = []

    async def cancel(operation: str) -> bool:
        stopped.append(operation)
        return True

    maker.cancel = cancel  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
    cast = Cast.of({Role.CINEMATOGRAPHER: maker}, 4, maker, settings=shop.settings)

    async def ended() -> None:
        async with asyncio.timeout(1.0):
            await adopt(shop.registry, shop.storage, cast, worker="sweeper", policy=replace(shop.policy, deadline=9e9))

    with pytest.raises(TimeoutError):
        asyncio.run(ended())
    assert (stopped, shop.states()) == ([], ["RUNNING"])


def test_a_webhook_tells_of_a_call_whose_answer_was_lost(shop: Shop) -> None:
    shop.services.fault("drop_after", route="predictLongRunning")
    shop.settings = shop.settings.model_copy(update={"google_output": None})
    with pytest.raises(Ambiguous):
        shop.film(grace=0.2)
    with shop.registry.transaction() as session:
        lost = session.execute(select(Generation.id)).scalar_one()
        assert not heard(session, "no intent of ours", "op")
        assert heard(session, str(lost), "publishers/google/models/veo-3.1-generate-001/operations/none")
        assert not heard(session, str(lost), "a second time")
    assert shop.states() == ["SUBMITTED"]


def test_a_person_settles_or_cancels_what_waits(shop: Shop) -> None:
    shop.policy = shop.policy.__class__(resend_under=Decimal(0), first_wait=0.02)
    shop.services.fault("500_after", route="images", times=2)
    for words in ("One.", "Two."):
        with pytest.raises(Ambiguous):
            shop.paint(picture(words))
    with shop.registry.transaction() as session:
        one, two = (call.generation_id for call in open_calls(session, LANE))
        settle_by_hand(session, LANE, one, cost_usd=Decimal("0.05"), reason="it is on the bill")
        cancel_by_hand(session, LANE, two, reason="it is not on the bill")
        with pytest.raises(Conflict, match="waits for nobody"):
            cancel_by_hand(session, LANE, two, reason="again")
    assert shop.booked() == [("FAILED", Decimal("0.05")), ("CANCELLED", Decimal(0))]
    with pytest.raises(Refused, match="another attempt"):
        shop.paint(picture("One."))
    assert shop.paint(picture("Two.")).bought


def test_a_run_that_is_ended_cancels_what_it_can_and_books_the_rest(shop: Shop) -> None:
    shop.services.fault("never_ends", route="predictLongRunning")
    crew = shop.crew(shop.maker("google/veo-3.1-generate-001", Role.CINEMATOGRAPHER), role=Role.CINEMATOGRAPHER)

    async def ended() -> None:
        asking = asyncio.ensure_future(crew.ask(Role.CINEMATOGRAPHER, clip(), CLIP, {}))
        while "RUNNING" not in await asyncio.to_thread(shop.states):  # noqa: ASYNC110 - the state is a row, not an event
            await asyncio.sleep(0.05)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await crew.close()

    asyncio.run(ended())
    assert shop.states() == ["RUNNING"]  # Veo cannot be stopped: whoever comes next takes it up


def test_no_failure_tells_the_key(shop: Shop) -> None:
    canary = "sk-canary0123456789abcdef"
    shop.settings = shop.services.settings(canary, google_enterprise=True)
    for fault in ("refused_key", "500_after", "429", "html"):
        shop.services.reset()
        shop.services.fault(fault, route="images", times=-1)
        shop.policy = shop.policy.__class__(tries=2, first_wait=0.01)
        with pytest.raises(AiuteurError) as told:
            shop.paint(picture(fault))
        assert canary not in "".join(traceback.format_exception(told.value))
    with shop.registry.transaction() as session:
        for row in session.execute(text("SELECT g::text FROM aiuteur.generations g")):
            assert canary not in row[0]


def test_the_next_attempt_is_counted_in_the_ledger(shop: Shop) -> None:
    first, second = shop.paint(attempt=None), shop.paint(attempt=None)
    assert (first.attempt, second.attempt) == (1, 2)
    assert not second.reused
    assert shop.paint(attempt=2).generation_id == second.generation_id
