"""The ledger in the terminal: what waits for a person is listed, and goes on by their word."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.crew import ModelCard, Role
from aiuteur.registry import ledger
from aiuteur.registry.database import Registry
from aiuteur.registry.states import State
from aiuteur.registry.tables import Generation
from aiuteur_dagster.terminal.menu import command
from tests.registry.builders import LANE, begun

CARD = ModelCard("openai", "images", "gpt-image-2")


@pytest.fixture
def lost(registry: Registry, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A call that may have been made and paid for, in the studio that the terminal opens."""
    monkeypatch.setenv("AIUTEUR_DATABASE_URL", database_url)
    monkeypatch.setenv("AIUTEUR_HOME", str(tmp_path))
    begun(registry)
    return _lost(registry, "a")


def _lost(registry: Registry, name: str) -> UUID:
    with registry.transaction() as session:
        held = ledger.reserve(
            session, LANE, key=Key("frames", f"{name}/start"), request_key=name * 64, card=CARD, role=Role.ILLUSTRATOR,
            task="frame", request={}, basis_digest="b", attempt=1, price_usd=Decimal("0.04"), worker="w",
        )
        ledger.fail(session, held.generation_id, "the line was cut", State.AMBIGUOUS)
    return held.generation_id


def said(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    command("ledger").main([str(LANE), *words, "--json"], standalone_mode=False)
    return json.loads(capsys.readouterr().out)


def booked(registry: Registry) -> list[tuple[str, Decimal | None, str | None]]:
    with registry.transaction() as session:
        rows = session.execute(select(Generation.state, Generation.cost_usd, Generation.operation))
        return [(str(state), cost, operation) for state, cost, operation in rows]


def test_what_waits_is_listed_with_what_is_reserved_for_it(lost: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    found = said(capsys)
    (call,) = found["calls"]
    assert (call["call"], call["state"], call["model"]) == (str(lost), "AMBIGUOUS", "openai/gpt-image-2")
    assert (call["reserved_usd"], call["why"]) == (0.04, "the line was cut")
    assert found["usd"] == {"known": 0.0, "reserved": 0.04, "suspected": 0.0}


def test_a_call_that_was_charged_is_settled_at_what_the_bill_says(
    lost: UUID, registry: Registry, capsys: pytest.CaptureFixture[str],
) -> None:
    found = said(capsys, "--settle", str(lost)[:6], "--cost", "0.05", "--reason", "line 12")
    assert (found["calls"], found["usd"]["known"]) == ([], 0.05)
    assert booked(registry) == [("FAILED", Decimal("0.05"), None)]


def test_a_call_whose_operation_is_known_is_asked_after(
    lost: UUID, registry: Registry, capsys: pytest.CaptureFixture[str],
) -> None:
    said(capsys, "--settle", str(lost)[:6], "--cost", "0.05", "--operation", "op-7")
    assert booked(registry) == [("SUBMITTED", None, "op-7")]
    assert [call["operation"] for call in said(capsys, "--all")["calls"]] == ["op-7"]


def test_a_call_that_came_to_nothing_is_cancelled(lost: UUID, registry: Registry, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--cancel", str(lost)[:6])["usd"] == {"known": 0.0, "reserved": 0.0, "suspected": 0.0}
    assert booked(registry) == [("CANCELLED", Decimal(0), None)]


@pytest.mark.parametrize(("words", "says"), [
    (("--settle", ""), "with --cost"), (("--settle", "", "--cancel", ""), "not both"), (("--cancel", "zzz"), "begins with 'zzz'"),
], ids=["no cost", "both", "unknown"])
def test_what_cannot_be_done_changes_nothing(words: tuple[str, ...], says: str, lost: UUID, registry: Registry) -> None:
    with pytest.raises((InvalidInput, NotFound), match=says):
        command("ledger").main([str(LANE), *words], standalone_mode=False)
    assert booked(registry) == [("AMBIGUOUS", None, None)]


def test_too_short_an_id_is_not_guessed_at(lost: UUID, registry: Registry) -> None:
    _lost(registry, "b")
    with pytest.raises(InvalidInput, match="2 calls"):
        command("ledger").main([str(LANE), "--cancel", ""], standalone_mode=False)
