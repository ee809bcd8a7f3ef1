"""Paid calls through the official clients to the loopback services: what is booked is what was charged, under every fault."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, update

from aiuteur.errors import AiuteurError, Ambiguous, Refused
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Generation
from tests.models.buying import PAINTER, Shop, clip, picture
from tests.wire.serving import Services


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
    assert shop.states() == ["REFUSED"]


@pytest.mark.parametrize("fault", ["wrong_media", "failed"])
def test_what_was_charged_in_vain_is_not_bought_again(shop: Shop, fault: str) -> None:
    shop.services.fault(fault, route="predictLongRunning")
    with pytest.raises(AiuteurError):
        shop.film()
    posts = len(shop.services.posts("predictLongRunning"))
    if shop.known():
        with pytest.raises(Refused, match="another attempt"):
            shop.film(worker="w2")
        assert len(shop.services.posts("predictLongRunning")) == posts
        assert shop.film(clip(), worker="w3", attempt=2).attempt == 2


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


def test_the_next_attempt_is_counted_in_the_ledger(shop: Shop) -> None:
    first, second = shop.paint(attempt=None), shop.paint(attempt=None)
    assert (first.attempt, second.attempt) == (1, 2)
    assert not second.reused
    assert shop.paint(attempt=2).generation_id == second.generation_id
