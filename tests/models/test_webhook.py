"""Webhook events: a lost call found by one, told once however often it comes, and forged ones not believed."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput, Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.models.catalogue import engage
from aiuteur.models.google.webhook import Told, read, signature
from aiuteur.models.protocols import Submitting
from aiuteur.registry import ledger, reconciling
from aiuteur.registry.database import Registry
from tests.models.asked import clip
from tests.models.buying import LANE, Shop
from tests.wire.serving import Services

SECRET = SecretStr("whsec_c2VjcmV0LW9mLXRoZS1sb29wYmFjaw==")
NOW = 1_795_000_000.0


def event(intent: str, operation: str, *, at: float = NOW, secret: SecretStr = SECRET) -> tuple[dict[str, str], bytes]:
    """A signed event as the provider posts it."""
    body = json.dumps({
        "type": "interaction.completed", "data": {"id": operation, "user_metadata": {"aiuteur_intent": intent}},
    }).encode()
    stamp = str(int(at))
    headers = {"Webhook-Id": "evt-1", "Webhook-Timestamp": stamp, "Webhook-Signature": signature("evt-1", stamp, body, secret)}
    return headers, body


def test_an_event_tells_the_intent_and_the_operation() -> None:
    headers, body = event("i-1", "op-1")
    assert read(headers, body, SECRET, NOW + 5) == Told("evt-1", "i-1", "op-1")


@pytest.mark.parametrize("forge", ["secret", "body", "id", "unsigned", "old"])
def test_a_forged_event_is_not_believed(forge: str) -> None:
    headers, body = event("i-1", "op-1", secret=SecretStr("whsec_YW5vdGhlcg==") if forge == "secret" else SECRET)
    body = body.replace(b"op-1", b"op-2") if forge == "body" else body
    headers |= {"Webhook-Id": "evt-2"} if forge == "id" else {"Webhook-Signature": ""} if forge == "unsigned" else {}
    with pytest.raises(Refused, match="not believed"):
        read(headers, body, SECRET, NOW + (3600 if forge == "old" else 0))


def test_an_event_of_something_else_tells_nothing() -> None:
    body = json.dumps({"type": "batch.succeeded", "data": {"id": "b"}}).encode()
    at = str(int(NOW))
    headers = {"webhook-id": "e", "webhook-timestamp": at, "webhook-signature": signature("e", at, body, SECRET)}
    assert read(headers, body, SECRET, NOW) is None
    with pytest.raises(InvalidInput):
        read({**headers, "webhook-signature": signature("e", at, b"{", SECRET)}, b"{", SECRET, NOW)


def test_a_lost_call_is_found_by_its_event_and_told_once_however_often_it_comes(
    registry: Registry, tmp_path: Path, serve: Services,
) -> None:
    Shop.opened(registry, tmp_path, serve)
    maker = engage("google", "gemini-omni-1.2-flash", Role.CINEMATOGRAPHER, serve.settings())
    assert isinstance(maker, Submitting)
    with registry.transaction() as session:
        held = ledger.reserve(
            session, LANE, key=Key("clips", "s1"), request_key="k" * 64, card=ModelCard("google", "interactions", "omni"),
            role=Role.CINEMATOGRAPHER, task="clip", request={}, basis_digest="b", attempt=1, price_usd=None, worker="w",
        )
    intent = str(held.generation_id)
    serve.fault("drop_after", route="interactions")
    with pytest.raises(Exception, match="cut off"):
        asyncio.run(maker.submit(clip(), intent))
    assert serve.bill().lines[0]["intent"] == intent
    headers, body = event(intent, "op-of-the-provider", at=time.time())
    heard: list[bool] = []
    for _ in range(3):
        told = read(headers, body, SECRET, time.time())
        assert told is not None
        with registry.transaction() as session:
            heard.append(reconciling.heard(session, told.intent, told.operation))
    assert heard == [True, False, False]
    with registry.transaction() as session:
        assert reconciling.operation_of(session, held.generation_id) == "op-of-the-provider"
