"""Webhooks: telling an address that a lane waits for a person.

Belongs here: which addresses may be told, what they are told, and telling them without making anybody wait. Does not belong here:
when there is something to tell (`aiuteur.watch`).
"""

import ipaddress
import logging
import threading
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from aiuteur.digest import Json
from aiuteur.errors import InvalidInput

SECONDS: Final = 5.0
"""How long an address may take to answer."""

_LOG: Final = logging.getLogger(__name__)


def check(address: str) -> str:
    """The address, where it may be told: https, or http on this machine; raises `InvalidInput`."""
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in {"https", "http"} or (parts.scheme == "http" and not _here(parts.hostname)):
        message = "A webhook is an https:// address, or http:// on this machine (127.0.0.1, localhost): give another one, or ''."
        raise InvalidInput(message)
    return address


def tell(address: str, message: Mapping[str, Json]) -> threading.Thread:
    """Post a message from a thread of its own, once; a failure is logged and costs nothing. Raises `InvalidInput`."""
    check(address)
    thread = threading.Thread(target=_post, args=(address, dict(message)), name="webhook", daemon=True)
    thread.start()
    return thread


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _post(address: str, message: Mapping[str, Json]) -> None:
    import httpx2

    try:
        httpx2.post(address, json=message, timeout=SECONDS, follow_redirects=False).raise_for_status()
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        where = urlsplit(address).hostname  # the rest of the address may be a secret
        _LOG.warning("The webhook at %s was not told: %s.", where, type(error).__name__)
