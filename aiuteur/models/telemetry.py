"""Telemetry: a span around each call, by OpenTelemetry's conventions for generative AI.

Belongs here: every name of those conventions, which are still moving, and where spans go. Does not belong here: what is called.

Spans carry names, counts and costs, and neither words nor keys. They are exported where OpenTelemetry is installed (the extra
`traces`) and an endpoint is set (`OTEL_EXPORTER_OTLP_ENDPOINT`); otherwise this costs one comparison a call.
"""

import functools
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from aiuteur.film.crew import ModelCard
from aiuteur.models.means import Fruitless
from aiuteur.models.protocols import Request

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, SpanKind, Tracer

    from aiuteur.models.asked import Asked

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
SCOPE: Final = "aiuteur.models"

_OPERATION: Final = "gen_ai.operation.name"
_PROVIDER: Final = "gen_ai.provider.name"
_MODEL: Final = "gen_ai.request.model"
_SEED: Final = "gen_ai.request.seed"
_ANSWERED: Final = "gen_ai.response.model"
_ID: Final = "gen_ai.response.id"
_OUTPUT: Final = "gen_ai.output.type"
_INPUT_TOKENS: Final = "gen_ai.usage.input_tokens"
_OUTPUT_TOKENS: Final = "gen_ai.usage.output_tokens"
_ERROR: Final = "error.type"
_KINDS: Final = {
    "key_image": "image", "frame": "image", "clip": "video", "line": "speech", "scene_sound": "speech",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """One call's span; None where nobody listens."""

    span: "Span | None" = None

    def done(self, asked: "Asked") -> None:
        """Tell of the answer: which call of the ledger gave it, what it used and cost, and whether it was bought now."""
        if self.span is None:
            return
        usage = asked.usage
        told = {
            _ANSWERED: asked.card.name, _ID: str(asked.generation_id), _INPUT_TOKENS: usage.get("input"),
            _OUTPUT_TOKENS: usage.get("output"), "aiuteur.reused": asked.reused, "aiuteur.attempt": asked.attempt,
            "aiuteur.cost_usd": float(asked.cost_usd) if asked.cost_usd is not None else None, "aiuteur.fallback": asked.fallback,
        }
        for name, value in told.items():
            if isinstance(value, bool | int | float | str):
                self.span.set_attribute(name, value)


@contextmanager
def traced(card: ModelCard, request: Request) -> Generator[Trace]:
    """A span for one call; a failure marks it by its kind alone."""
    teller = tracer()
    if teller is None:
        yield Trace()
        return
    kind = _KINDS.get(request.task, "text")
    operation = "generate_content" if kind == "text" else f"generate_{kind}"
    with teller.start_as_current_span(
        f"{operation} {card.name}", record_exception=False, set_status_on_exception=False, kind=_client(),
        attributes={
            _OPERATION: operation, _PROVIDER: card.provider, _MODEL: card.name, _OUTPUT: kind, "aiuteur.task": request.task,
        },
    ) as span:
        if request.seed is not None:
            span.set_attribute(_SEED, request.seed)
        try:
            yield Trace(span)
        except BaseException as error:
            _failed(span, error)
            raise


def _failed(span: "Span", error: BaseException) -> None:
    from opentelemetry.trace import Status, StatusCode

    why = error.why.value if isinstance(error, Fruitless) else type(error).__name__
    span.set_attribute(_ERROR, why)
    span.set_status(Status(StatusCode.ERROR))


@functools.cache
def tracer() -> "Tracer | None":
    """The tracer, where spans go somewhere: to the endpoint that is set, or to a provider somebody has set up before."""
    if find_spec("opentelemetry") is None or find_spec("opentelemetry.sdk") is None:
        return None
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider

    if isinstance(trace.get_tracer_provider(), TracerProvider):
        return trace.get_tracer(SCOPE)
    if not any(os.environ.get(name) for name in ENDPOINTS):
        return None
    trace.set_tracer_provider(_exporting())
    return trace.get_tracer(SCOPE)


def _exporting() -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "aiuteur"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _client() -> "SpanKind":
    from opentelemetry.trace import SpanKind

    return SpanKind.CLIENT
