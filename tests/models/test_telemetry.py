"""Spans: for each call that is made, by the conventions for generative AI, with counts and costs and neither words nor keys."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from aiuteur.craft.world import Key
from aiuteur.errors import Refused
from aiuteur.film.crew import ModelCard, Role
from aiuteur.media.storage import Storage
from aiuteur.models import telemetry
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Made, Reply, Request
from aiuteur.models.routing import Crew
from aiuteur.registry.database import Registry
from tests.fakes import Scripted
from tests.models.buying import Shop
from tests.registry.builders import LANE, begun
from tests.wire.serving import ROOT, Services

CARD = ModelCard("lumen", "rest", "lumen-3")
REQUEST = Request("frame", {"picture": "a harbour"}, prompt="A secret harbour.", seed=7)


def paint(registry: Registry, folder: object, maker: Scripted) -> None:
    crew = Crew(registry, Storage.open(str(folder)), Cast.of({Role.ILLUSTRATOR: maker}), LANE, worker="test")
    asyncio.run(crew.ask(Role.ILLUSTRATOR, REQUEST, Key("frames", "x/start"), {}))


def only(spans: InMemorySpanExporter) -> ReadableSpan:
    (span,) = spans.get_finished_spans()
    return span


def test_a_call_is_a_span_with_its_model_usage_and_cost(
    registry: Registry, tmp_path: object, spans: InMemorySpanExporter
) -> None:
    begun(registry)
    reply = Reply(
        media=(Made("picture", b"oil", "image/png"),), usage={"input": 12, "output": 3}, cost_usd=0.25, operation="resp_7",
    )
    maker = Scripted(lambda _: reply, CARD)
    paint(registry, tmp_path, maker)
    paint(registry, tmp_path, maker)  # answered from the ledger: no call, and no span
    span = only(spans)
    told = dict(span.attributes or {})
    assert span.name == "generate_image lumen-3"
    assert (told["gen_ai.operation.name"], told["gen_ai.output.type"]) == ("generate_image", "image")
    assert (told["gen_ai.provider.name"], told["gen_ai.request.model"]) == ("lumen", "lumen-3")
    assert (told["gen_ai.request.seed"], told["gen_ai.response.id"], told["aiuteur.cost.usd"]) == (7, "resp_7", 0.25)
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == (12, 3)
    assert "secret" not in str(told)


def test_a_call_that_goes_on_is_handed_in_and_ends(
    registry: Registry, tmp_path: Path, serve: Services, spans: InMemorySpanExporter, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", serve.address)
    Shop.opened(registry, tmp_path, serve).film()
    submitted, ended = spans.get_finished_spans()
    assert [span.name.partition(" ")[0] for span in (submitted, ended)] == ["submit_video", "generate_video"]
    told = dict(ended.attributes or {})
    assert told["gen_ai.provider.name"] == "gcp.vertex_ai"
    assert told["gen_ai.response.id"] == (submitted.attributes or {})["gen_ai.response.id"]
    assert told["aiuteur.cost.usd"] == pytest.approx(float(serve.bill().total))
    assert told["aiuteur.media.seconds"] == pytest.approx(4.0)
    assert (ended.start_time or 0) <= (submitted.end_time or 0) <= (ended.end_time or 0)


def test_an_operation_that_is_refused_is_told_so(
    registry: Registry, tmp_path: Path, serve: Services, spans: InMemorySpanExporter,
) -> None:
    serve.fault("refusal", route="predictLongRunning")
    with pytest.raises(Refused):
        Shop.opened(registry, tmp_path, serve).film()
    _, ended = spans.get_finished_spans()
    assert (ended.attributes or {})["error.type"] == "refused"


def test_a_failure_is_told_by_its_kind_alone(registry: Registry, tmp_path: object, spans: InMemorySpanExporter) -> None:
    def refuse(_: Request) -> Reply:
        message = "A secret reason."
        raise Refused(message)

    begun(registry)
    with pytest.raises(Refused):
        paint(registry, tmp_path, Scripted(refuse, CARD))
    span = only(spans)
    assert not span.status.is_ok
    assert (span.attributes or {})["error.type"] == "refused"
    assert "secret" not in span.to_json()


def test_nobody_is_told_where_no_endpoint_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "get_tracer_provider", object)
    for name in telemetry.ENDPOINTS:
        monkeypatch.delenv(name, raising=False)
    telemetry.tracer.cache_clear()
    assert telemetry.tracer() is None
    telemetry.tracer.cache_clear()


class Collector(BaseHTTPRequestHandler):
    """A collector of traces: keeps what is posted, and where."""

    posted: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        self.posted.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's signature
        pass


@pytest.fixture
def collector() -> Generator[str]:
    Collector.posted = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


CALL = """
import uuid
from aiuteur.film.crew import ModelCard
from aiuteur.models.protocols import Reply, Request
from aiuteur.models.telemetry import traced
with traced(ModelCard("openai", "images", "lumen-9"), Request("frame", {}, prompt="A secret harbour."), uuid.uuid4()) as trace:
    trace.answered(Reply(operation="resp_9"), None)
"""


def test_spans_go_to_the_endpoint_that_is_set(collector: str) -> None:
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": collector}
    subprocess.run([sys.executable, "-c", CALL], cwd=ROOT, env=environment, check=True, timeout=60)
    ((path, body),) = Collector.posted
    assert path == "/v1/traces"
    assert all(word in body for word in (b"generate_image lumen-9", b"resp_9", b"aiuteur"))
    assert b"secret" not in body
