"""Telemetry: a span for each call that is really made, by OpenTelemetry's conventions for generative AI.

Belongs here: every name of those conventions, which are still moving, and where spans go. Does not belong here: what is called.

A call that is answered at once is one span. One that goes on at the provider is two: the handing in, and, when it has ended, all
of it from its sending on, whoever came to see its end; both bear the provider's id of it. Spans carry names, counts and costs,
and neither words nor keys. They are exported where OpenTelemetry is installed (the extra `traces`) and an endpoint is set
(`OTEL_EXPORTER_OTLP_ENDPOINT`); otherwise this costs one comparison a call.
"""

import functools
import os
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from aiuteur.film.crew import ModelCard
from aiuteur.models.policy import read
from aiuteur.models.protocols import Reply, Request

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, SpanKind, Tracer

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
SCOPE: Final = "aiuteur.models"

_OPERATION: Final = "gen_ai.operation.name"
_PROVIDER: Final = "gen_ai.provider.name"
_MODEL: Final = "gen_ai.request.model"
_SEED: Final = "gen_ai.request.seed"
_ID: Final = "gen_ai.response.id"
_OUTPUT: Final = "gen_ai.output.type"
_INPUT_TOKENS: Final = "gen_ai.usage.input_tokens"
_OUTPUT_TOKENS: Final = "gen_ai.usage.output_tokens"
_ERROR: Final = "error.type"
_COST: Final = "aiuteur.cost.usd"
_SECONDS: Final = "aiuteur.media.seconds"
_KINDS: Final = MappingProxyType({
    "key_image": "image", "frame": "image", "clip": "video", "line": "speech", "scene_sound": "speech",
})
"""What is made for a task; everything else is written, as JSON."""

_PLATFORMS: Final = MappingProxyType({"predict_long_running": "gcp.vertex_ai", "google": "gcp.gemini"})
"""What the conventions call a provider, by the protocol or else by our name for it; others are called as we do."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One call's span; None where nobody listens."""

    span: "Span | None" = None

    def taken(self, operation: str) -> None:
        """Tell the provider's id of a call that it has taken and works on."""
        if self.span is not None:
            self.span.set_attribute(_ID, operation)

    def answered(self, reply: Reply, cost: Decimal | None) -> None:
        """Tell of the answer: the provider's id of it, what it used and cost, how long what was made lasts."""
        if self.span is not None:
            for name, value in _answer(reply, cost).items():
                self.span.set_attribute(name, value)


@contextmanager
def traced(card: ModelCard, request: Request, call: UUID, *, long: bool = False) -> Generator[Trace]:
    """A span for one call that is made now, `long` where it is handed in and goes on; a failure marks it by its kind alone."""
    teller = tracer()
    if teller is None:
        yield Trace()
        return
    name = _operation(request.task, "submit" if long else "generate")
    told = _asked(card, request, call) | {_OPERATION: name}
    with teller.start_as_current_span(
        f"{name} {card.name}", record_exception=False, set_status_on_exception=False, kind=_client(), attributes=told,
    ) as span:
        try:
            yield Trace(span)
        except BaseException as error:
            _failed(span, read(error).value)
            raise


def ended(
    card: ModelCard, request: Request, call: UUID, operation: str, seconds: float, end: tuple[Reply, Decimal | None] | str,
) -> None:
    """A span for a call that has ended at the provider, so many seconds after it was sent: with its answer, or why not."""
    teller = tracer()
    if teller is None:
        return
    name, now = _operation(request.task, "generate"), time.time_ns()
    told = _asked(card, request, call) | {_OPERATION: name, _ID: operation}
    span = teller.start_span(
        f"{name} {card.name}", kind=_client(), attributes=told, start_time=now - round(max(0.0, seconds) * 1e9),
    )
    if isinstance(end, str):
        _failed(span, end)
    else:
        Trace(span).answered(*end)
    span.end(now)


def _operation(task: str, verb: str) -> str:
    kind = _KINDS.get(task)
    return f"{verb}_{kind}" if kind is not None else "generate_content"


def _asked(card: ModelCard, request: Request, call: UUID) -> dict[str, str | int]:
    seed = {_SEED: request.seed} if request.seed is not None else {}
    return {
        _PROVIDER: _PLATFORMS.get(card.api) or _PLATFORMS.get(card.provider, card.provider), _MODEL: card.name,
        _OUTPUT: _KINDS.get(request.task, "json"), "aiuteur.task": request.task, "aiuteur.call": str(call), **seed,
    }


def _answer(reply: Reply, cost: Decimal | None) -> Mapping[str, str | int | float]:
    lasts = max((made.seconds or 0.0 for made in reply.media), default=0.0)
    told = {
        _ID: reply.operation, _INPUT_TOKENS: reply.usage.get("input"), _OUTPUT_TOKENS: reply.usage.get("output"),
        _COST: float(cost) if cost is not None else None, _SECONDS: lasts or None,
    }
    return {name: value for name, value in told.items() if isinstance(value, int | float | str)}


def _failed(span: "Span", why: str) -> None:
    from opentelemetry.trace import Status, StatusCode

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
