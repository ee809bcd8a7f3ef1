"""Google's webhook events: which call of the ledger an interaction belongs to, told by the provider itself.

Belongs here: believing an event, or not, and reading it. Does not belong here: receiving it (`aiuteur.listening`), or what
follows (`aiuteur.purchases.Purchases.heard`, which takes each event for no more than a hint).

The events are signed as Standard Webhooks are: HMAC-SHA-256 over id, time and body, with the secret of the webhook.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import SecretStr

from aiuteur.errors import InvalidInput, Refused
from aiuteur.models.google.omni import INTENT

TOLERANCE: Final = 300.0
"""Seconds by which an event's time may differ from ours: an old one may be somebody's recording."""

_PREFIX: Final = "whsec_"


@dataclass(frozen=True, slots=True)
class Told:
    """What an event tells: its own id, the intent it was handed in under, and the operation it became."""

    event: str
    intent: str
    operation: str


def read(headers: Mapping[str, str], body: bytes, secret: SecretStr, now: float) -> Told | None:
    """What a signed event tells; None where it is of something else. `now` is in seconds since 1970.

    Raises `Refused` for one that is unsigned, forged or too old, and `InvalidInput` for a body that is no event.
    """
    given = {name.lower(): value for name, value in headers.items()}
    item, at, signatures = (given.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    if not _signed(item, at, signatures, body, secret):
        message = "A webhook event is not signed with the webhook's secret: it is not believed."
        raise Refused(message)
    if abs(now - float(at)) > TOLERANCE:
        message = f"A webhook event is of another time ({at}): it is not believed."
        raise Refused(message)
    return _told(item, body)


def signature(item: str, at: str, body: bytes, secret: SecretStr) -> str:
    """The signature of an event, as `v1,…` in base64."""
    key = base64.b64decode(secret.get_secret_value().removeprefix(_PREFIX))
    made = hmac.new(key, f"{item}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def _signed(item: str, at: str, signatures: str, body: bytes, secret: SecretStr) -> bool:
    if not item or not at.isdigit():
        return False
    wanted = signature(item, at, body, secret)
    return any(hmac.compare_digest(wanted, one) for one in signatures.split())


def _told(item: str, body: bytes) -> Told | None:
    try:
        found: object = json.loads(body)
    except ValueError as error:
        message = "A webhook event is no JSON."
        raise InvalidInput(message) from error
    event = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    data: dict[str, Any] = event.get("data") or {}
    carried: dict[str, Any] = data.get("user_metadata") or event.get("user_metadata") or {}
    intent, operation = carried.get(INTENT), data.get("id")
    if not str(event.get("type", "")).startswith("interaction.") or not intent or not operation:
        return None
    return Told(item, str(intent), str(operation))
