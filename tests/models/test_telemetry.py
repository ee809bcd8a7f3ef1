"""Spans: one a call, by the conventions for generative AI, with counts and costs and neither words nor keys."""

import asyncio
from collections.abc import Generator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
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
from tests.registry.builders import LANE, begun

CARD = ModelCard("lumen", "rest", "lumen-3")
REQUEST = Request("frame", {"picture": "a harbour"}, prompt="A secret harbour.", seed=7)


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    found = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(found))
    trace.set_tracer_provider(provider)
    return found


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> Generator[InMemorySpanExporter]:
    telemetry.tracer.cache_clear()
    exporter.clear()
    yield exporter
    telemetry.tracer.cache_clear()


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
    reply = Reply(media=(Made("picture", b"oil", "image/png"),), usage={"input": 12, "output": 3}, cost_usd=0.25)
    paint(registry, tmp_path, Scripted(lambda _: reply, CARD))
    span = only(spans)
    told = dict(span.attributes or {})
    assert span.name == "generate_image lumen-3"
    assert told["gen_ai.provider.name"] == "lumen"
    assert told["gen_ai.request.model"] == "lumen-3"
    assert (told["aiuteur.cost_usd"], told["aiuteur.reused"]) == (0.25, False)
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == (12, 3)
    assert "secret" not in str(told)


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
