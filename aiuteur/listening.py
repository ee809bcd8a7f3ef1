"""Listening: an address on this machine at which providers' webhooks arrive, by way of whatever faces the network.

Belongs here: receiving an event, and answering whoever sent it. Does not belong here: whether it is believed
(`aiuteur.models.google.webhook`), or what follows from it (`aiuteur.purchases`).

An event is a hint and no more: it names an operation, which is then asked after as any other is. So a stranger who comes past the
signature could make the studio ask its own provider a question, and nothing else.
"""

import logging
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from pydantic import SecretStr

from aiuteur.errors import AiuteurError, Conflict, InvalidInput, Refused
from aiuteur.models.google import webhook

HOST: Final = "127.0.0.1"
PATH: Final = "/google"

_MOST: Final = 1 << 20
_DIGITS: Final = 9
_SECONDS: Final = 10.0
_LOG: Final = logging.getLogger(__name__)

Heard = Callable[[str, str], bool]


def server(secret: SecretStr | None, heard: Heard, port: int) -> ThreadingHTTPServer:
    """A server at `PATH` on a port of 127.0.0.1, 0 for any; `heard` is told each event's intent and operation.

    Raises `Refused` where no secret is set, and `Conflict` where the port is taken.
    """
    if secret is None:
        message = "Events are believed by their signature alone: set AIUTEUR_GOOGLE_WEBHOOK_SECRET to the webhook's secret."
        raise Refused(message)

    class Handler(_Handler):
        pass

    Handler.taken = lambda headers, body: _taken(headers, body, secret, heard)
    try:
        return ThreadingHTTPServer((HOST, port), Handler)
    except OSError as error:
        message = f"Port {port} on {HOST} cannot be had ({error.strerror}): give another --port."
        raise Conflict(message) from error


def _taken(headers: Mapping[str, str], body: bytes, secret: SecretStr, heard: Heard) -> int:
    """Take one event in; the status that whoever sent it is answered with, 503 where it should be sent again."""
    try:
        told = webhook.read(headers, body, secret, time.time())
        if told is not None and heard(told.intent, told.operation):
            _LOG.info("A webhook told what became of call %s.", told.intent)
    except Refused:
        return 401
    except InvalidInput:
        return 400
    except AiuteurError as error:
        _LOG.warning("A webhook event could not be booked, and will be sent again: %s", error)
        return 503
    return 204


class _Handler(BaseHTTPRequestHandler):
    """One request: a POST to the path, of a bounded size, within seconds; nothing of it is ever sent back."""

    timeout = _SECONDS
    taken: Callable[[Mapping[str, str], bytes], int]

    def do_POST(self) -> None:
        """Take an event in."""
        length = self.headers.get("Content-Length") or ""
        size = int(length) if length.isascii() and length.isdigit() and len(length) <= _DIGITS else _MOST + 1
        if self.path != PATH:
            self._answer(404)
        elif size > _MOST:
            self._answer(413)
        else:
            self._answer(type(self).taken(dict(self.headers.items()), self.rfile.read(size)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        """Say nothing of requests: anybody may send them."""

    def _answer(self, status: int) -> None:
        self.close_connection = True
        self.send_response_only(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
