"""Webhook events: a lost call found by one, told once however often it comes, and forged ones not believed."""

import json
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from aiuteur.errors import Conflict, InvalidInput, Refused, Unavailable
from aiuteur.film.crew import Role
from aiuteur.listening import PATH, Heard, server
from aiuteur.models.google.webhook import Told, read, signature
from aiuteur.models.recovery import Grace
from aiuteur.purchases import Purchases
from aiuteur.registry.database import Registry
from aiuteur.registry.tables import Generation
from tests.models.buying import CLIP, OMNI, Shop, clip, run
from tests.wire.hooks import FORGED, FORGER, SECRET, event
from tests.wire.serving import Services, serving

NOW = 1_795_000_000.0
KEY = SecretStr(SECRET)


@contextmanager
def listening(heard: Heard) -> Generator[str]:
    """An address at which events are taken in."""
    with server(KEY, heard, 0) as open_:
        threading.Thread(target=open_.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{open_.server_port}{PATH}"
        open_.shutdown()


def sent(address: str, headers: dict[str, str], body: bytes) -> int:
    """The status an event is answered with."""
    try:
        with urlopen(Request(address, body, headers), timeout=10) as answer:  # noqa: S310 - an address of our own
            return answer.status
    except HTTPError as refused:
        with refused:
            return refused.code


def promised(address: str, size: int | str) -> int:
    """The status that a body of so many bytes, or of what is no number, is answered with, before any of it is sent."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.putrequest("POST", parts.path)
    connection.putheader("Content-Length", str(size).encode("latin-1"))
    connection.endheaders()
    with connection.getresponse() as answer:
        return answer.status


def test_an_event_tells_the_intent_and_the_operation() -> None:
    headers, body = event("i-1", "op-1", NOW)
    assert read(headers, body, KEY, NOW + 5) == Told("evt-1", "i-1", "op-1")


@pytest.mark.parametrize("forge", ["secret", "body", "id", "unsigned", "old"])
def test_a_forged_event_is_not_believed(forge: str) -> None:
    headers, body = event("i-1", "op-1", NOW, FORGER if forge == "secret" else SECRET)
    body = body.replace(b"op-1", b"op-2") if forge == "body" else body
    headers |= {"Webhook-Id": "evt-2"} if forge == "id" else {"Webhook-Signature": ""} if forge == "unsigned" else {}
    with pytest.raises(Refused, match="not believed"):
        read(headers, body, KEY, NOW + (3600 if forge == "old" else 0))


def test_an_event_of_something_else_tells_nothing() -> None:
    body = json.dumps({"type": "batch.succeeded", "data": {"id": "b"}}).encode()
    at = str(int(NOW))
    headers = {"webhook-id": "e", "webhook-timestamp": at, "webhook-signature": signature("e", at, body, KEY)}
    assert read(headers, body, KEY, NOW) is None
    with pytest.raises(InvalidInput):
        read({**headers, "webhook-signature": signature("e", at, b"{", KEY)}, b"{", KEY, NOW)


def test_what_is_sent_to_the_address_is_taken_in_or_refused() -> None:
    heard: list[tuple[str, str]] = []
    with listening(lambda intent, operation: not heard.append((intent, operation))) as address:
        assert sent(address, *event("i-1", "op-1", time.time())) == 204
        assert sent(address, *event("i-1", FORGED, time.time(), FORGER)) == 401
        assert sent(address, *event("i-1", "op-1", time.time() - 3600)) == 401
        assert sent(f"{address}/elsewhere", *event("i-1", "op-1", time.time())) == 404
        assert [promised(address, size) for size in ((1 << 20) + 1, "9" * 5000, "²", "-1", "many")] == [413] * 5
    assert heard == [("i-1", "op-1")]


def test_an_event_that_cannot_be_booked_is_asked_for_again() -> None:
    def away(intent: str, operation: str) -> bool:
        message = f"Postgres is away: {intent}, {operation}."
        raise Unavailable(message)

    with listening(away) as address:
        assert sent(address, *event("i-1", "op-1", time.time())) == 503


def deaf(intent: str, operation: str) -> bool:
    return not (intent or operation)


def test_nobody_listens_without_a_secret_or_on_a_port_that_is_taken() -> None:
    with pytest.raises(Refused, match="AIUTEUR_GOOGLE_WEBHOOK_SECRET"):
        server(None, deaf, 0)
    with server(KEY, deaf, 0) as open_, pytest.raises(Conflict, match="another --port"):
        server(KEY, deaf, open_.server_port)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["drop_after", "500_after"])
def test_a_call_whose_answer_was_lost_is_found_by_its_event_and_paid_once(
    registry: Registry, tmp_path: Path, fault: str,
) -> None:
    with serving(pace={"webhook": 0.5}) as services:
        shop = Shop.opened(registry, tmp_path, services)
        heard: list[bool] = []
        purchases = Purchases(registry, shop.storage, shop.settings)

        def told(intent: str, operation: str) -> bool:
            heard.append(purchases.heard(intent, operation))
            return heard[-1]

        with listening(told) as address:
            shop.settings = shop.settings.model_copy(update={"google_webhook_url": address})
            services.fault(fault, route="POST .*interactions")
            maker = shop.maker(OMNI, Role.CINEMATOGRAPHER)
            maker.grace = Grace(20.0, sure=False)  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
            crew = shop.crew(maker, role=Role.CINEMATOGRAPHER)
            bought = run(lambda: crew.ask(Role.CINEMATOGRAPHER, clip(), CLIP, {}), crew)
        assert bought.bought
        assert shop.states() == ["COMPLETED"]
        assert (len(services.posts("interactions")), len(services.bill().lines)) == (1, 1)
        assert shop.known() == services.bill().total
        assert heard == [True, False]  # the forged one never came so far, and the second of the two told nothing new
        with registry.transaction() as session:
            assert session.execute(select(Generation.operation)).scalar_one() != FORGED


def test_a_call_that_nobody_lost_is_not_disturbed_by_its_events(registry: Registry, tmp_path: Path, serve: Services) -> None:
    shop = Shop.opened(registry, tmp_path, serve)
    purchases = Purchases(registry, shop.storage, shop.settings)
    with listening(purchases.heard) as address:
        shop.settings = shop.settings.model_copy(update={"google_webhook_url": address})
        crew = shop.crew(shop.maker(OMNI, Role.CINEMATOGRAPHER), role=Role.CINEMATOGRAPHER)
        assert run(lambda: crew.ask(Role.CINEMATOGRAPHER, clip(), CLIP, {}), crew).bought
    assert (shop.states(), len(serve.bill().lines)) == (["COMPLETED"], 1)
