"""Calling a provider over HTTP: one connection a call, no redirects, and every failure said in our own words.

Belongs here: what all providers' makers share on the way out and back. Does not belong here: any provider's own errors
(`aiuteur.models.google.failures`, `aiuteur.models.openai.failures`).

Nothing here repeats a call: whether one is repeated is the ledger's decision.
"""

import functools
import json
import math
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import SecretStr

from aiuteur.errors import AiuteurError, Ambiguous, InvalidInput, RateLimited, Refused, Unavailable
from aiuteur.models.gate import stand

if TYPE_CHECKING:
    import httpx2

CONNECT_SECONDS: Final = 10.0
MAX_BYTES: Final = 512 * 1024 * 1024
"""The largest answer or file that is taken from a provider."""

_LONGEST: Final = 300
_YEAR: Final = 365 * 86_400.0
_WORD: Final = re.compile(r"\s+")
_SAFETY: Final = re.compile(r"moderation|content_policy|safety|prohibited|blocked", re.IGNORECASE)
_BROKE: Final = re.compile(r"insufficient_quota|billing", re.IGNORECASE)


class _Lined(Protocol):
    @property
    def client(self) -> object:
        """The official client, made when first looked at."""
        ...


class Ready:
    """A maker at the end of a `paced` client: made ready before its turn comes, so that a first call is not late."""

    def ready(self) -> None:
        """Load the provider's library and make its client; takes a second the first time, and nothing after that."""
        line: _Lined = vars(self)["_line"]
        _ = line.client


def client(seconds: float, headers: Mapping[str, str] | None = None, *, paced: bool = False) -> "httpx2.AsyncClient":
    """A client whose calls take at most `seconds` to answer; those of a `paced` one go when their place in time comes.

    It keeps no connection open, so that it may be used by one event loop after another, and it follows no redirect, so that a
    key goes nowhere else.
    """
    import httpx2  # loaded by who calls, not by who looks at a lane

    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds)), verify=_trusted(), headers=dict(headers or {}),
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0), follow_redirects=False,
        event_hooks={"request": [stand]} if paced else {},
    )


def idle() -> "httpx2.Client":
    """A client that is never used, for a library that would otherwise make one of its own, and read all authorities again."""
    import httpx2

    return httpx2.Client(verify=_trusted())


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The system's authorities, read once: a context takes longer to make than a call's bookkeeping."""
    import httpx2

    return httpx2.create_ssl_context()


def cut(error: BaseException, who: str, *, paid: bool = True) -> AiuteurError:
    """What a failure of the line means: nothing was sent, or, where it was sent and is `paid`, nobody knows."""
    import httpx2

    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout | httpx2.ProxyError):
        return Unavailable(f"{who} cannot be reached ({type(error).__name__}): check the network and the address that is set.")
    how = "did not answer in time" if isinstance(error, httpx2.TimeoutException) else "was cut off"
    if paid:
        return Ambiguous(f"The call to {who} {how} ({type(error).__name__}): it may have been taken and charged.")
    return Unavailable(f"The call to {who} {how} ({type(error).__name__}): ask again.")


def told(code: int, message: str, who: str, retry_after: float | None = None, *, paid: bool = True) -> AiuteurError:
    """What an HTTP status other than success means; `message` is the provider's sentence, without keys."""
    said = f"{who} answered {code}: {message}" if message else f"{who} answered {code}"
    match code:
        case 429 if _BROKE.search(message):
            return Refused(f"{said}. The account has no credit left: mend that with the provider.")
        case 429:
            return RateLimited(f"{said}. It asks to wait.", retry_after)
        case 401 | 403:
            return Refused(f"{said}. Check the key that is set for it.")
        case 400 | 422 if _SAFETY.search(message):
            return Refused(f"{said}. Its filter said no: reword the item, or cast another model.")
        case _ if 300 <= code < 500 and code not in {408, 409}:  # noqa: PLR2004 - the classes of HTTP
            return InvalidInput(f"{said}. The same call would fail again.")
        case _ if paid:
            return Ambiguous(f"{said}. The call may have been taken and charged.")
        case _:
            return Unavailable(f"{said}. Ask again later.")


def wait_asked(headers: Mapping[str, str], body: object = None) -> float | None:
    """The seconds a provider asks to wait: from its headers, or from the `retryDelay` of Google's error details."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            return _bounded(float(headers[name]) / unit)
    with suppress(KeyError, ValueError, TypeError):  # the other form: a date, which counts from the answer's own
        now = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return _bounded((parsedate_to_datetime(headers["retry-after"]) - now).total_seconds())
    found = re.search(r'"retryDelay"\s*:\s*"([\d.]+)s"', json.dumps(body, default=str)) if body is not None else None
    with suppress(ValueError):
        return _bounded(float(found[1])) if found else None
    return None


def _bounded(seconds: float) -> float:
    """A wait that a clock can be set by; raises `ValueError` for what is no number."""
    if math.isnan(seconds):
        raise ValueError(seconds)
    return min(max(0.0, seconds), _YEAR)


def clean(text: object, *secrets: SecretStr | None) -> str:
    """A provider's words on one line, short, and without any key they may repeat."""
    said = str(text)
    for secret in secrets:
        if secret is not None and secret.get_secret_value():
            said = said.replace(secret.get_secret_value(), "***")
    said = _WORD.sub(" ", said).strip().rstrip(".")
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST - 1]}…"
