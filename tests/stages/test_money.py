"""A run and its money: a closed gate keeps back what costs and nothing else, a cap says what is left would cost."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from aiuteur.craft.gating import Gate
from aiuteur.craft.world import World
from aiuteur.errors import OverBudget
from aiuteur.film.commands import SetBudget
from aiuteur.film.crew import ModelCard, Role
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Reply
from aiuteur.models.routing import Crew
from aiuteur.registry import budgets, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.stages.run import StageReport, run_stage
from aiuteur.stages.work import Bench
from tests.fakes import Scripted, saying
from tests.stages.test_run import LANE, Beats, lane

__all__ = ["lane"]

PAID = ModelCard("google", "generate_content", "gemini-3.8-flash", reads_words=False)
CLOSED = Gate("Needs approval of $0.02: $0.02 expected.", "print", closed=True, needs_usd=Decimal("0.02"))


def world(registry: Registry) -> World:
    with registry.transaction() as session:
        return versions.world(session, LANE)


def run(registry: Registry, writer: Scripted, tmp_path: Path, gate: Gate | None = None) -> StageReport:
    storage = Storage.open(str(tmp_path))
    crew = Crew(registry, storage, Cast.of({Role.WRITER: writer}, 1), LANE, worker="test")
    bench = Bench(world(registry), crew, storage, gate=gate)
    return asyncio.run(run_stage(Beats("abc"), bench, registry))


def paid() -> Scripted:
    return Scripted(lambda _: Reply(content={"text": "t"}, cost_usd=0.03), card=PAID)


def test_a_closed_gate_keeps_back_what_costs_and_says_what_would_open_it(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    writer = paid()
    report = run(registry, writer, tmp_path, CLOSED)
    assert (report.made, writer.asked) == (0, [])
    assert report.waits == ("Needs approval of $0.02: $0.02 expected. a, b, c wait.",)
    assert run(registry, Scripted(saying({"text": "t"})), tmp_path, CLOSED).made == 3


def test_an_open_gate_lets_it_go_on(registry: Registry, lane: Lane, tmp_path: Path) -> None:
    report = run(registry, paid(), tmp_path, replace(CLOSED, closed=False))
    assert (report.made, report.waits) == (3, ())


def test_a_cap_ends_the_stage_with_what_is_left_and_the_command_that_would_let_it_go_on(
    registry: Registry, lane: Lane, tmp_path: Path,
) -> None:
    with registry.transaction() as session:
        perform(session, lane, SetBudget(cap_usd=Decimal("0.07")))
    writer = paid()
    with pytest.raises(OverBudget, match=r"`aiuteur budget lamplighter@main --scope project --cap .*What is left of beats"):
        run(registry, writer, tmp_path)
    with registry.transaction() as session:
        (row,) = budgets.budgets(session, lane)
    assert (len(writer.asked), row.spent_usd, row.reserved_usd) == (2, Decimal("0.06"), 0)
    assert {key.item for key in world(registry).items if key.artifact == "beats"} == {"a", "b"}
