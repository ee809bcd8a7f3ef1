"""Downloads: only from whom they are said to come, however the line breaks, and only what was promised."""

import asyncio
import hashlib
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aiuteur.errors import AiuteurError, Corrupt, NotFound, Refused, Unavailable
from aiuteur.models.downloads import Source, fetch

FILM = bytes(range(256)) * 4000


class Shelf(BaseHTTPRequestHandler):
    """A film on a shelf: `/resumes` breaks off twice and goes on, `/anew` breaks off once and knows no ranges."""

    asked: list[tuple[str, str | None, str | None]]

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("Range"), self.headers.get("X-Key")))
        broken = sum(path == self.path for path, *_ in self.asked)
        if self.path == "/gone":
            self.send_error(404)
        elif self.path == "/away":
            self._to("http://169.254.169.254/latest")
        elif self.path == "/round":
            self._to("/whole")
        elif self.path == "/resumes":
            self._send(int((self.headers.get("Range") or "bytes=0-")[6:-1]), 300_000 if broken < 3 else None)
        else:
            self._send(0, 300_000 if self.path == "/anew" and broken < 2 else None)

    def _to(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.end_headers()

    def _send(self, first: int, most: int | None) -> None:
        self.send_response(206 if first else 200)
        self.send_header("Content-Length", str(len(FILM) - first))
        self.end_headers()
        self.wfile.write(FILM[first:][:most])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        pass


@pytest.fixture
def shelf() -> Generator[str]:
    Shelf.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def take(url: str, base: str | None = None, **more: object) -> bytes:
    source = Source(url, "lumen", ("films.example", ".cdn.example"), base, {"X-Key": "secret"}, **more)  # pyright: ignore[reportArgumentType] - a test's own keywords
    return asyncio.run(fetch(source, 5.0))


@pytest.mark.parametrize(("path", "times"), [("whole", 1), ("resumes", 3), ("anew", 2), ("round", 2)])
def test_all_bytes_arrive_however_the_line_breaks(shelf: str, path: str, times: int) -> None:
    assert take(f"{shelf}/{path}", shelf, size=len(FILM), sha256=hashlib.sha256(FILM).hexdigest()) == FILM
    assert len(Shelf.asked) == times


def test_what_broke_off_goes_on_where_it_stopped(shelf: str) -> None:
    take(f"{shelf}/resumes", shelf)
    assert [asked for _, asked, _ in Shelf.asked] == [None, "bytes=300000-", "bytes=600000-"]


@pytest.mark.parametrize("promised", [{"size": 5}, {"sha256": "0" * 64}, {"max_bytes": 1000}], ids=str)
def test_other_than_was_promised_is_not_kept(shelf: str, promised: dict[str, object]) -> None:
    with pytest.raises(Corrupt):
        take(f"{shelf}/whole", shelf, **promised)


@pytest.mark.parametrize("url", [
    "http://films.example/a.mp4", "https://films.example.evil/a.mp4", "https://evil.example/a.mp4", "https://cdn.example/a.mp4",
    "https://user@films.example/a.mp4", "https://films.example:8443/a.mp4", "file:///etc/passwd", "https://169.254.169.254/a",
    "ftp://films.example/a", "//films.example/a",
])
def test_an_address_that_is_not_its_own_is_not_asked(url: str) -> None:
    with pytest.raises(Refused, match="not its own"):
        take(url)


def test_a_redirect_is_looked_at_again(shelf: str) -> None:
    with pytest.raises(Refused, match="not its own"):
        take(f"{shelf}/away", shelf)
    assert len(Shelf.asked) == 1


def test_a_host_that_leads_into_a_private_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async def private(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("10.0.0.8", 443))]

    monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", private)
    with pytest.raises(Refused, match="private network"):
        take("https://a.cdn.example/a.mp4")


def test_what_is_gone_or_away_is_told(shelf: str) -> None:
    with pytest.raises(NotFound):
        take(f"{shelf}/gone", shelf)
    with pytest.raises(AiuteurError) as told:
        take("http://127.0.0.1:1/x", "http://127.0.0.1:1")
    assert isinstance(told.value, Unavailable)
