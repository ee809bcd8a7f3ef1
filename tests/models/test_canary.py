"""A key that is looked for everywhere: sent through every failure, then sought in the database, the logs and the errors."""

import asyncio
import logging
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import text

from aiuteur.craft.world import Key
from aiuteur.errors import AiuteurError
from aiuteur.film.crew import Role
from aiuteur.models import catalogue
from aiuteur.models.recovery import Grace
from aiuteur.registry.database import Registry
from aiuteur.settings import load
from tests.models.asked import GATEWAY, REQUESTS
from tests.models.buying import Shop
from tests.wire.serving import Services

CANARY = "sk-canary-4f1c9e77b2d84a5d9a3e"
ADAPTERS = [
    ("google/gemini-3.8-flash", Role.WRITER), ("google/gemini-nano-banana-2.1", Role.ILLUSTRATOR),
    ("google/gemini-3.8-flash-tts", Role.VOICE), ("google/gemini-omni-1.2-flash", Role.CINEMATOGRAPHER),
    ("google/veo-3.1-generate-001", Role.CINEMATOGRAPHER), ("openai/gpt-6.1-terra", Role.WRITER),
    ("openai/gpt-image-2.5-flare", Role.ILLUSTRATOR), ("openai/gpt-4o-mini-tts", Role.VOICE),
    ("compatible/words-1", Role.WRITER), ("compatible/clips-1", Role.CINEMATOGRAPHER),
]
FAULTS = ["refused_key", "429", "500_before", "500_after", "503", "drop_before", "drop_after", "html", "refusal", "malformed",
          "wrong_media"]


def everything_written(registry: Registry) -> str:
    """Every row of every table of ours, as text."""
    with registry.transaction() as session:
        readable = "has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'SELECT')"
        listed = text(f"SELECT tablename FROM pg_tables WHERE schemaname = 'aiuteur' AND {readable}")  # noqa: S608 - constants
        names = session.execute(listed).scalars().all()
        assert {"generations", "events", "versions", "artifacts"} <= set(names)
        rows = "SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM aiuteur.\"{}\" t"
        return "\n".join(str(session.execute(text(rows.format(name))).scalar()) for name in names)


@pytest.mark.slow
def test_a_key_is_nowhere_after_every_failure(
    registry: Registry, tmp_path: Path, serve: Services, caplog: pytest.LogCaptureFixture, spans: InMemorySpanExporter,
) -> None:
    caplog.set_level(logging.DEBUG)
    shop = Shop.opened(registry, tmp_path, serve)
    shop.settings = serve.settings(CANARY, google_enterprise=True, call_seconds=5.0, models_file=GATEWAY)
    shop.policy = replace(shop.policy, tries=2, deadline=2.0, gone_polls=2)
    said: list[str] = []

    async def tried(name: str, role: Role, fault: str) -> None:
        provider, _, model = name.partition("/")
        maker = catalogue.engage(provider, model, role, shop.settings)
        if role is Role.CINEMATOGRAPHER:
            maker.grace = Grace(0.3, sure=False)  # pyright: ignore[reportAttributeAccessIssue] - the adapters are plain classes
        crew = shop.crew(maker, role=role)
        try:
            key, attempt = Key("frames", model), FAULTS.index(fault) + 1  # each fault meets a call of its own
            await asyncio.wait_for(crew.ask(role, REQUESTS[role](), key, {}, attempt), 30)
        except (AiuteurError, TimeoutError) as error:
            said.append("".join(traceback.format_exception(error)))
        finally:
            await crew.close()

    async def all_of_them(fault: str) -> None:
        serve.reset()
        serve.fault(fault, route="POST", times=-1)
        await asyncio.gather(*(tried(name, role, fault) for name, role in ADAPTERS))
        asked = {post["path"] for post in serve.posts()}
        assert len(asked) >= len({name for name, _ in ADAPTERS}), f"{fault} met only {asked}"

    for fault in FAULTS:
        asyncio.run(all_of_them(fault))
    assert len(said) > len(ADAPTERS) * 8
    traces = "".join(span.to_json() for span in spans.get_finished_spans())
    assert traces.count("gen_ai.request.model") > len(ADAPTERS) * 8
    for place in (everything_written(registry), caplog.text, "\n".join(said), repr(shop.settings), str(shop.settings), traces):
        assert CANARY not in place


def test_a_key_is_in_no_sentence_about_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEMINI_API_KEY", CANARY)
    settings = load()
    assert settings.google_api_key is not None
    assert settings.google_api_key.get_secret_value() == CANARY
    assert CANARY not in repr(settings) + str(settings) + settings.model_dump_json()
