"""A provider on the loopback: routes, faults on demand, a rate limit, and the bill it keeps.

What a protocol's module does is: check a request as the real service would (the client's own types, no unknown field), charge
for it, and answer. What every provider has in common is here: whoever asks without a key is refused, whoever asks too often is
told so, and a fault that was asked for happens before the call is taken, after it was charged, or in the answer.
"""

import json
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlsplit

from aiuteur.craft.prices import Usage, book

BEFORE: Final = frozenset({"429", "500_before", "503", "drop_before", "refused_key", "html"})
"""Faults before the call is taken: nothing is charged."""

AFTER: Final = frozenset({"500_after", "drop_after", "timeout", "late"})
"""Faults after it was taken and charged: the answer is lost, or comes too late."""

UNPAID: Final = frozenset({"failed", "refusal"})
"""Ends of an operation that no service charges for: nothing was made."""

IN_ANSWER: Final = frozenset({
    "refusal", "malformed", "wrong_schema", "cut_off", "truncated", "wrong_media", "endless", "never_ends", "lost", "failed",
    "garbled", "garbled_nan", "garbled_endless", "garbled_negative", "garbled_absurd",
})
"""Faults that a protocol's module brings about itself."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    fault: str | None = None

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object; raises `Wrong` where it is none."""
        try:
            found: object = json.loads(self.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            message = "The body is no JSON object."
            raise Wrong(message)
        return cast("dict[str, Any]", found)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back: JSON from an object, or bytes as they are; `promised` is a length other than the true one."""

    content: Any = None
    status: int = 200
    mime: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    promised: int | None = None
    endless: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of the body."""
        return self.content if isinstance(self.content, bytes) else json.dumps(self.content).encode()


class Wrong(Exception):
    """The request is not what the service takes: answered with 400 and this sentence."""


class Gone(Exception):
    """There is no such thing: answered with 404."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the bill."""

    at: float
    route: str
    model: str
    task: str
    usage: Mapping[str, Any]
    usd: str | None
    intent: str | None = None
    fault: str | None = None


@dataclass(slots=True)
class Rule:
    """A fault that was asked for: on which routes (a pattern), how many times, in what share of calls; `seconds` of delay."""

    fault: str
    route: str = ""
    model: str = ""
    times: int = 1
    share: float = 1.0
    seconds: float = 0.0
    retry_after: float | None = None
    charged: bool = False


Route = Callable[[Call], Answer]


@dataclass(slots=True)
class House:
    """The state that all calls share: faults, bill, log, limit, and each protocol's own things by name."""

    paces: Mapping[str, float] = field(default_factory=dict[str, float])
    seed: int = 0
    limit: float | None = None
    rules: list[Rule] = field(default_factory=list[Rule])
    bill: list[Charge] = field(default_factory=list[Charge])
    log: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    things: dict[str, Any] = field(default_factory=dict[str, Any])
    lock: threading.RLock = field(default_factory=threading.RLock)
    stamps: deque[float] = field(default_factory=deque[float])
    dice: Random = field(default_factory=Random)  # noqa: S311 - it rolls faults

    def pace(self, kind: str) -> float:
        """Seconds a kind of work (text, picture, clip, speech) is made to take."""
        return self.paces.get(kind, 0.0)

    def charge(self, call: Call, provider: str, model: str, task: str, usage: Usage, intent: str | None = None) -> None:
        """Put a call on the bill, at the price book's price of today; what has no price is billed without a sum."""
        price = book().price(provider, model, usage, datetime.now(UTC).date())
        usd = str(price.usd) if price is not None and price.usd is not None else None
        with self.lock:
            self.bill.append(Charge(time.time(), call.path, model, task, usage.document(), usd, intent, call.fault))

    def total(self) -> Decimal:
        """The sum of the bill, as far as it is priced."""
        with self.lock:
            return sum((Decimal(line.usd) for line in self.bill if line.usd is not None), Decimal(0))

    def fault(self, method: str, path: str, body: bytes) -> Rule | None:
        """The rule that this call falls under, counted off."""
        with self.lock:
            for rule in self.rules:
                named = rule.times != 0 and rule.model.encode() in body + path.encode()
                if named and re.search(rule.route or "POST", f"{method} {path}") and self.dice.random() < rule.share:
                    rule.times -= 1
                    return rule
        return None

    def over(self) -> bool:
        """Whether one more call would be over the limit of calls a second, as a window of one second counts them."""
        if self.limit is None:
            return False
        with self.lock:
            now = time.monotonic()
            while self.stamps and now - self.stamps[0] >= 1.0:
                self.stamps.popleft()
            if len(self.stamps) >= self.limit:
                return True
            self.stamps.append(now)
            return False


def serve(house: House, routes: list[tuple[str, str, Route]], port: int = 0) -> ThreadingHTTPServer:
    """A server on 127.0.0.1 with these routes (method, pattern of the path, what answers); start it with `serve_forever`."""

    class Handler(_Handler):
        pass

    Handler.house, Handler.routes = house, routes
    server = _Server(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


class _Server(ThreadingHTTPServer):
    """A server whose callers may be killed in the midst of a word."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's signature
        """Say what went wrong, unless it is only that nobody is there any more."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    house: House
    routes: list[tuple[str, str, Route]]

    def do_GET(self) -> None:
        self._answered()

    def do_POST(self) -> None:
        self._answered()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        pass

    def _answered(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b"".join(self._chunks())
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, parts.path, dict(parse_qsl(parts.query)), headers, body)
        if parts.path.startswith("/_"):
            self._send(self._found(call)(call))
            return
        self._under_rules(call)

    def _under_rules(self, call: Call) -> None:
        rule = self.house.fault(call.method, call.path, call.body)
        with self.house.lock:
            self.house.log.append({
                "method": call.method, "path": call.path, "fault": rule.fault if rule else None, "at": time.time(),
                "bytes": len(call.body), "headers": sorted(call.headers),
            })
        if call.method == "POST" and self.house.over():
            self._send(error(429, "Too many requests.", {"Retry-After": "1"}))
            return
        if rule is not None and rule.fault in BEFORE:
            self._before(rule)
            return
        answer = self._taken(Call(call.method, call.path, call.query, call.headers, call.body, rule.fault if rule else None))
        if rule is not None and rule.fault in AFTER and answer.status < 400:
            self._after(rule, answer)
            return
        self._send(answer)

    def _taken(self, call: Call) -> Answer:
        try:
            key = call.headers.get("authorization") or call.headers.get("x-goog-api-key")
            if not key and not call.path.startswith(_KEYLESS):
                return error(401, "No key was given.")
            return self._found(call)(call)
        except Wrong as wrong:
            return error(400, str(wrong))
        except Gone as gone:
            return error(404, str(gone))

    def _found(self, call: Call) -> Route:
        for method, pattern, route in self.routes:
            if method == call.method and re.fullmatch(pattern, call.path):
                return route
        message = f"There is no {call.method} {call.path} here."
        raise Gone(message)

    def _before(self, rule: Rule) -> None:
        match rule.fault:
            case "429":
                wait = {"Retry-After": f"{rule.retry_after:g}"} if rule.retry_after is not None else {}
                self._send(error(429, "Too many requests.", wait))
            case "drop_before":
                self._drop()
            case "html":
                self._send(Answer(b"<html><body>Please sign in to the network.</body></html>", mime="text/html"))
            case "refused_key":
                self._send(error(401, f"Incorrect API key provided: {_key(self.headers)}"))
            case _:
                self._send(error(503 if rule.fault == "503" else 500, "The service is overloaded."))

    def _after(self, rule: Rule, answer: Answer) -> None:
        if rule.fault == "500_after":
            self._send(error(500, f"Internal error. (key {_key(self.headers)})"))
        elif rule.fault == "timeout":
            time.sleep(rule.seconds)
            self._send(answer)
        else:
            self._drop()

    def _drop(self) -> None:
        """Close the line without a word."""
        self.close_connection = True
        self.connection.close()

    def _send(self, answer: Answer) -> None:
        data = answer.data
        try:
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.mime)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not answer.endless:
                self.send_header("Content-Length", str(answer.promised if answer.promised is not None else len(data)))
            if answer.endless or answer.promised is not None:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            self.wfile.write(data)
            while answer.endless:
                self.wfile.write(data[-65536:])
        except (BrokenPipeError, ConnectionResetError, ValueError, OSError):
            self.close_connection = True

    def _chunks(self) -> Iterator[bytes]:
        """A body without a length."""
        if "chunked" not in (self.headers.get("Transfer-Encoding") or ""):
            return
        while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()


_KEYLESS: Final = ("/prompt", "/history", "/view", "/queue", "/upload", "/interrupt", "/storage/")


def _key(headers: Message) -> str:
    """The key a request carried: a careless service repeats it."""
    return str(headers.get("x-goog-api-key") or headers.get("Authorization") or "").removeprefix("Bearer ")


def error(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An error that both providers' clients can read."""
    content = {"error": {"code": status, "message": message, "status": "ERROR", "type": "error", "param": None}}
    return Answer(content, status, headers=headers or {})
