"""Webhook events as the provider posts them: signed, and, where that is asked for, twice, late, or by somebody else."""

import contextlib
import json
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.error import URLError
from urllib.request import Request, urlopen
from uuid import uuid4

from pydantic import SecretStr

from aiuteur.models.google.webhook import signature

SECRET: Final = "whsec_c2VjcmV0LW9mLXRoZS1sb29wYmFjaw=="  # noqa: S105 - of the loopback, and of no worth
FORGER: Final = "whsec_YW5vdGhlcg=="
FORGED: Final = "an-operation-of-somebody-else"


def event(intent: str, operation: str, at: float, secret: str = SECRET, item: str = "evt-1") -> tuple[dict[str, str], bytes]:
    """One event: its headers and its body."""
    body = json.dumps({
        "type": "interaction.completed", "data": {"id": operation, "user_metadata": {"aiuteur_intent": intent}},
    }).encode()
    stamp = str(int(at))
    signed = signature(item, stamp, body, SecretStr(secret))
    return {"Webhook-Id": item, "Webhook-Timestamp": stamp, "Webhook-Signature": signed}, body


def told(address: str, found: Mapping[str, Any], after: float) -> None:
    """Post a forged event of an interaction, then the true one, and that one again: all that a webhook has to bear."""
    time.sleep(after)
    intent = str(found["intent"])
    forged = event(intent, FORGED, time.time(), FORGER, uuid4().hex)
    true = event(intent, str(found["id"]), time.time(), item=uuid4().hex)
    for headers, body in (forged, true, true):
        with contextlib.suppress(URLError):  # nobody may listen any more, and a forged one is refused
            urlopen(Request(address, body, headers), timeout=10).close()  # noqa: S310 - as the request asked for it
