"""Costs: what a lane has cost, in every sum an analyst asks for, read from the views by the analyst's own role."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from aiuteur.craft.world import Key
from aiuteur.film.crew import ModelCard, Role
from aiuteur.registry import costs, ledger
from aiuteur.registry.costs import Spent
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion
from aiuteur.registry.states import State
from tests.registry.builders import LANE, begun

OMNI, FLASH = ModelCard("google", "interactions", "omni"), ModelCard("google", "generate", "flash")


def begin(registry: Registry, key: Key, card: ModelCard, reserved: str) -> UUID:
    role = Role.CINEMATOGRAPHER if card is OMNI else Role.WRITER
    with registry.transaction() as session:
        return ledger.reserve(
            session, LANE, key=key, request_key=str(uuid4()), card=card, role=role, task="-", request={}, basis_digest="-",
            attempt=1, price_usd=Decimal(reserved), worker="w1",
        ).generation_id


def answer(registry: Registry, key: Key, card: ModelCard, reserved: str, cost: str | None) -> None:
    made = begin(registry, key, card, reserved)
    with registry.transaction() as session:
        ledger.settle(session, Completion(made, cost_usd=Decimal(cost) if cost is not None else None))


@pytest.fixture
def spent(registry: Registry) -> Registry:
    begun(registry)
    answer(registry, Key("clips", "s1"), OMNI, "0.5", "0.4")
    answer(registry, Key("clips", "s2"), OMNI, "0.5", None)
    answer(registry, Key("scenes", "x1"), FLASH, "0.03", "0.02")
    charged = begin(registry, Key("clips", "s1"), OMNI, "0.5")
    with registry.transaction() as session:
        ledger.fail(session, charged, "no", State.FAILED, cost_usd=Decimal("0.1"))
    begin(registry, Key("clips", "s3"), OMNI, "0.5")
    return registry


def test_a_lane_s_costs_are_its_calls_in_every_sum(spent: Registry) -> None:
    with spent.transaction() as session:
        found = costs.costs(session, LANE)
    assert found.total == Spent(Decimal("1.02"), Decimal("0.5"), 5, 1)
    assert {name: one.cost_usd for name, one in found.by["stage"].items()} == {"clips": 1, "scenes": Decimal("0.02")}
    assert {name: one.cost_usd for name, one in found.by["shot"].items()} == {"s1": Decimal("0.5"), "s2": Decimal("0.5"), "s3": 0}
    assert {name: one.cost_usd for name, one in found.by["scene"].items()} == {"x1": Decimal("0.02")}
    assert set(found.by["model"]) == {"google/omni", "google/flash"}
    assert found.by["provider"]["google"].calls == 5
    assert (found.accepted_seconds, found.per_accepted_second) == (0, None)


def test_what_gave_no_take_was_wasted(spent: Registry) -> None:
    with spent.transaction() as session:
        found = costs.costs(session, LANE)
    assert (found.wasted_usd, found.wasted_calls) == (1, 3)


def test_sums_are_as_exact_as_the_ledger(registry: Registry) -> None:
    begun(registry)
    for shot in range(1, 11):
        answer(registry, Key("clips", f"s{shot}"), OMNI, "0.5", "0.1")
    with registry.transaction() as session:
        found = costs.costs(session, LANE)
    assert float(found.total.cost_usd) == float(found.by["model"]["google/omni"].cost_usd) == 1.0


def test_a_lane_that_cost_nothing_yet_says_nought(registry: Registry) -> None:
    begun(registry)
    with registry.transaction() as session:
        assert costs.costs(session, LANE).total == Spent(Decimal(0), Decimal(0), 0, 0)


def test_the_views_tell_what_they_are_and_the_analyst_may_read_them(spent: Registry, database_url: str) -> None:
    analyst = Registry.connect(database_url, role="analyst")
    sums = [f"spent_by_{one}" for one in ("lane", "stage", "scene", "shot", "provider", "model")]
    with analyst.transaction() as session:
        for name in ("spending", "accepted_seconds", "waste", "budgets", *sums):
            session.execute(text(f"SELECT * FROM figures.{name}")).all()  # noqa: S608 - names of this test
            told = text("SELECT obj_description(to_regclass(:name))")
            assert session.execute(told, {"name": f"figures.{name}"}).scalar_one()
    analyst.close()
