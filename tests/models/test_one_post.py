"""One POST for each call of an adapter, whatever goes wrong, with the installed release of each client.

The clients repeat calls of their own accord (three to five times, by default), and would pay each time.
"""

import asyncio
from collections.abc import Awaitable

import pytest

from aiuteur.errors import AiuteurError, Ambiguous, RateLimited, Refused, Unavailable
from aiuteur.film.crew import Role
from aiuteur.models.calling import wait_asked
from aiuteur.models.catalogue import engage
from aiuteur.models.protocols import Maker, Submitting
from aiuteur.settings import Settings
from tests.models.asked import GATEWAY, REQUESTS
from tests.wire.serving import KEY, Services

ADAPTERS = [
    pytest.param("google", "gemini-3.8-flash", Role.WRITER, "generateContent", id="gemini words"),
    pytest.param("google", "gemini-nano-banana-2.1", Role.ILLUSTRATOR, "generateContent", id="gemini pictures"),
    pytest.param("google", "gemini-3.8-flash-tts", Role.VOICE, "generateContent", id="gemini speech"),
    pytest.param("google", "gemini-omni-1.2-flash", Role.CINEMATOGRAPHER, "interactions", id="omni"),
    pytest.param("google", "veo-3.1-generate-001", Role.CINEMATOGRAPHER, "predictLongRunning", id="veo"),
    pytest.param("openai", "gpt-6.1-terra", Role.WRITER, "responses", id="openai words"),
    pytest.param("openai", "gpt-image-2.5-flare", Role.ILLUSTRATOR, "images", id="openai pictures"),
    pytest.param("openai", "gpt-4o-mini-tts", Role.VOICE, "speech", id="openai speech"),
    pytest.param("compatible", "words-1", Role.WRITER, "chat/completions", id="compatible words"),
    pytest.param("compatible", "clips-1", Role.CINEMATOGRAPHER, "videos", id="compatible clips"),
    pytest.param("comfyui", "picture", Role.ILLUSTRATOR, "prompt", id="comfyui"),
]
FAULTS = [
    pytest.param("429", RateLimited, id="429"),
    pytest.param("500_before", Ambiguous, id="500 before it was charged"),
    pytest.param("500_after", Ambiguous, id="500 after it was charged"),
    pytest.param("503", Ambiguous, id="503"),
    pytest.param("drop_before", Ambiguous, id="dropped before it was charged"),
    pytest.param("drop_after", Ambiguous, id="dropped after it was charged"),
    pytest.param("refused_key", Refused, id="wrong key"),
]


def settings(serve: Services, call_seconds: float = 300.0) -> Settings:
    return serve.settings(google_enterprise=True, call_seconds=call_seconds, models_file=GATEWAY)


def paid(maker: Maker, role: Role) -> Awaitable[object]:
    """The paid part of a call: handing in, for what takes long."""
    request = REQUESTS[role]()
    return maker.submit(request, "intent-1") if isinstance(maker, Submitting) else maker.make(request)


def told(maker: Maker, role: Role) -> AiuteurError:
    with pytest.raises(AiuteurError) as caught:
        asyncio.run(_awaited(paid(maker, role)))
    return caught.value


async def _awaited(call: Awaitable[object]) -> object:
    return await call


@pytest.mark.parametrize(("fault", "means"), FAULTS)
@pytest.mark.parametrize(("provider", "name", "role", "route"), ADAPTERS)
def test_a_call_is_posted_once_whatever_goes_wrong(
    provider: str, name: str, role: Role, route: str, fault: str, means: type[AiuteurError], serve: Services,
) -> None:
    serve.fault(fault, route=route, times=-1)
    error = told(engage(provider, name, role, settings(serve)), role)
    assert type(error) is means
    assert len(serve.posts(route)) == 1
    assert KEY not in str(error)
    assert error.__cause__ is None


@pytest.mark.parametrize(("provider", "name", "role", "route"), ADAPTERS)
def test_a_call_that_takes_too_long_is_posted_once_and_ambiguous(
    provider: str, name: str, role: Role, route: str, serve: Services,
) -> None:
    serve.fault("timeout", route=route, seconds=1.0)
    error = told(engage(provider, name, role, settings(serve, call_seconds=0.4)), role)
    assert isinstance(error, Ambiguous)
    assert (len(serve.posts(route)), len(serve.bill().lines)) == (1, 1)


@pytest.mark.parametrize(("provider", "name", "role", "route"), ADAPTERS)
def test_a_page_of_html_is_no_answer(provider: str, name: str, role: Role, route: str, serve: Services) -> None:
    serve.fault("html", route=route)
    error = told(engage(provider, name, role, settings(serve)), role)
    assert len(serve.posts(route)) == 1
    assert KEY not in str(error)


@pytest.mark.parametrize(("provider", "name", "role", "route"), ADAPTERS)
def test_nobody_at_the_address_has_taken_nothing(provider: str, name: str, role: Role, route: str) -> None:
    assert isinstance(told(engage(provider, name, role, settings(Services(9))), role), Unavailable)


@pytest.mark.parametrize(("provider", "name", "role", "route"), ADAPTERS)
def test_the_time_a_provider_asks_to_wait_is_kept(provider: str, name: str, role: Role, route: str, serve: Services) -> None:
    serve.fault("429", route=route, retry_after=7)
    error = told(engage(provider, name, role, settings(serve)), role)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 7


@pytest.mark.parametrize(("headers", "seconds"), [
    ({"retry-after": "7"}, 7.0), ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
    ({}, None), ({"retry-after": "soon"}, None), ({"retry-after": "nan"}, None), ({"retry-after": "inf"}, 365 * 86_400),
    ({"retry-after": "Tue, 01 Dec 2026 10:00:30 GMT", "date": "Tue, 01 Dec 2026 10:00:00 GMT"}, 30.0),
    ({"retry-after": "Tue, 01 Dec 2026 09:00:00 GMT", "date": "Tue, 01 Dec 2026 10:00:00 GMT"}, 0.0),
], ids=["seconds", "milliseconds", "nothing", "words", "no number", "for ever", "a date", "a date that is past"])
def test_a_wait_is_told_in_seconds_or_as_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert wait_asked(headers) == seconds
