"""Which addresses may be told, and telling one on this machine."""

import http.server
import json
import threading
from collections.abc import Generator

import pytest

from aiuteur import webhooks
from aiuteur.errors import InvalidInput

HEARD: list[dict[str, str]] = []


class _Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        HEARD.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(500 if self.path == "/broken" else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the library's name


@pytest.fixture
def address() -> Generator[str]:
    HEARD.clear()
    with http.server.HTTPServer(("127.0.0.1", 0), _Listener) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("given", ["https://example.org/hook", "http://127.0.0.1:8000/", "http://localhost/x", "http://[::1]:9/"])
def test_https_anywhere_and_http_on_this_machine_may_be_told(given: str) -> None:
    assert webhooks.check(given) == given


@pytest.mark.parametrize(
    "given",
    ["http://example.org", "http://10.0.0.1/", "ftp://127.0.0.1/", "file:///etc/passwd", "https://", "hook",
     "http://127.0.0.1.example.org/"],
)
def test_nothing_else_may(given: str) -> None:
    with pytest.raises(InvalidInput, match="A webhook is an https://"):
        webhooks.check(given)


def test_an_address_is_told_from_a_thread_of_its_own(address: str) -> None:
    webhooks.tell(address, {"lane": "a@main"}).join(10)
    assert HEARD == [{"lane": "a@main"}]


def test_a_failing_address_costs_nothing_and_its_path_is_not_logged(address: str, caplog: pytest.LogCaptureFixture) -> None:
    webhooks.tell(f"{address}/broken?token=hush", {"lane": "a@main"}).join(10)
    webhooks.tell("http://127.0.0.1:9/gone?token=hush", {"lane": "a@main"}).join(10)
    assert "127.0.0.1 was not told" in caplog.text
    assert "hush" not in caplog.text
