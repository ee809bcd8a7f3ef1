"""Budgets: what is reserved, spent and left is what the calls say, whoever books them and however many at once."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aiuteur.craft.world import Key
from aiuteur.errors import OverBudget
from aiuteur.film.crew import Role
from aiuteur.lane import Lane
from aiuteur.registry import budgets, ledger
from aiuteur.registry.database import Registry
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.ledger import Completion
from aiuteur.registry.states import State
from tests.registry.builders import FREE, LANE, PAID, ask, begun, fork

FRAME = Key("frames", "s1/start")
Sums = tuple[Decimal, Decimal]


def limit(
    registry: Registry, cap: str | None, lane: Lane = LANE, scope: str = "project", shot: str | None = None, **more: str,
) -> None:
    amounts = {name: Decimal(value) for name, value in more.items()}
    with registry.transaction() as session:
        budgets.set_budget(
            session, lane_row(session, lane), scope=scope, shot=shot, cap=Decimal(cap) if cap else None,
            above=amounts.get("above"), unknown=amounts.get("unknown"),
        )


def buy(registry: Registry, price: str | None, lane: Lane = LANE, key: Key = FRAME) -> UUID:
    known = Decimal(price) if price is not None else None
    with registry.transaction() as session:
        return ledger.reserve(
            session, lane, key=key, request_key=str(uuid4()), card=PAID, role=Role.ILLUSTRATOR, task="frame", request={},
            basis_digest="d", attempt=1, price_usd=known, worker="w1",
        ).generation_id


def standing(registry: Registry, lane: Lane = LANE) -> dict[tuple[str, str | None], Sums]:
    with registry.transaction() as session:
        return {(row.scope, row.shot): (row.reserved_usd, row.spent_usd) for row in budgets.budgets(session, lane)}


def settle(registry: Registry, generation_id: UUID, cost: str | None) -> None:
    with registry.transaction() as session:
        ledger.settle(session, Completion(generation_id, cost_usd=Decimal(cost) if cost is not None else None))


def fail(registry: Registry, generation_id: UUID, state: State = State.FAILED, **more: object) -> None:
    with registry.transaction() as session:
        ledger.fail(session, generation_id, "no", state, **more)  # pyright: ignore[reportArgumentType] - a bundle of its own arguments


def test_a_call_reserves_and_settles_in_every_budget_over_it(registry: Registry) -> None:
    begun(registry)
    limit(registry, "10")
    limit(registry, "5", scope="branch")
    limit(registry, "2", scope="shot", shot="s1")
    limit(registry, "2", scope="shot", shot="s2")
    call = buy(registry, "1.5")
    over = dict.fromkeys([("project", None), ("branch", None), ("shot", "s1")], (Decimal("1.5"), Decimal(0)))
    assert standing(registry) == {**over, ("shot", "s2"): (0, 0)}
    settle(registry, call, "1.25")
    assert standing(registry) == {**dict.fromkeys(over, (0, Decimal("1.25"))), ("shot", "s2"): (0, 0)}


@pytest.mark.parametrize(("state", "more", "left"), [
    pytest.param(State.FAILED, {}, (0, 0), id="failed"),
    pytest.param(State.REFUSED, {"cost_usd": Decimal("0.5")}, (0, Decimal("0.5")), id="refused, and charged"),
    pytest.param(State.FAILED, {"suspected": True}, (2, 0), id="perhaps charged"),
    pytest.param(State.AMBIGUOUS, {}, (2, 0), id="ambiguous"),
])
def test_a_call_that_gave_nothing_gives_back_what_it_did_not_cost(
    registry: Registry, state: State, more: Mapping[str, object], left: tuple[object, object],
) -> None:
    begun(registry)
    limit(registry, "10")
    fail(registry, buy(registry, "2"), state, **more)
    assert standing(registry) == {("project", None): left}


def test_what_does_not_fit_is_refused_and_books_nothing(registry: Registry) -> None:
    begun(registry)
    limit(registry, "1")
    settle(registry, buy(registry, "0.75"), "0.75")
    with pytest.raises(OverBudget, match=r"project's budget is \$1\.00, of which \$0\.75 is spent.*\$0\.50 for .*--cap 1\.25"):
        buy(registry, "0.5")
    with registry.transaction() as session:
        assert session.execute(text("SELECT count(*) FROM aiuteur.generations")).scalar_one() == 1
    buy(registry, "0.25")


def test_an_unknown_price_needs_an_allowance_and_counts_as_it_until_it_is_known(registry: Registry) -> None:
    begun(registry)
    limit(registry, "10")
    with pytest.raises(OverBudget, match="Nobody knows what frames/s1/start will cost"):
        buy(registry, None)
    limit(registry, None, unknown="3")
    first, second = buy(registry, None), buy(registry, None)
    assert standing(registry) == {("project", None): (6, 0)}
    settle(registry, first, "0.5")
    settle(registry, second, None)
    assert standing(registry) == {("project", None): (0, Decimal("3.5"))}


def test_what_is_free_or_under_no_budget_is_not_held(registry: Registry) -> None:
    begun(registry)
    buy(registry, "100")
    limit(registry, "0")
    with registry.transaction() as session:
        assert session.execute(text("SELECT reserved_usd FROM aiuteur.budgets")).scalar_one() == 100
    ask(registry, "free", card=FREE, price_usd=Decimal(0))
    with pytest.raises(OverBudget):
        buy(registry, "0.000001")


def test_a_budget_made_later_begins_with_what_was_spent_and_a_changed_one_keeps_its_sums(registry: Registry) -> None:
    begun(registry)
    settle(registry, buy(registry, "2"), "2")
    still_open = buy(registry, "1")
    settle(registry, buy(registry, "4", key=Key("frames", "s2/start")), "4")
    limit(registry, "100")
    limit(registry, "3", scope="shot", shot="s1")
    assert standing(registry) == {("project", None): (1, 6), ("shot", "s1"): (1, 2)}
    limit(registry, "50")
    settle(registry, still_open, "1")
    assert standing(registry) == {("project", None): (0, 7), ("shot", "s1"): (0, 3)}


def test_a_branch_s_spending_is_the_project_s_and_no_other_branch_s(registry: Registry) -> None:
    other = fork(registry, begun(registry), "warmer")
    limit(registry, "10")
    limit(registry, "1", scope="branch")
    buy(registry, "5", lane=other)
    assert standing(registry) == {("project", None): (5, 0), ("branch", None): (0, 0)}
    with pytest.raises(OverBudget, match="branch's budget"):
        buy(registry, "2")


def test_many_at_once_take_exactly_what_there_is(registry: Registry) -> None:
    begun(registry)
    limit(registry, "10")

    def one(_: int) -> bool:
        try:
            buy(registry, "1")
        except OverBudget:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        granted = list(pool.map(one, range(32)))
    assert granted.count(True) == 10
    assert standing(registry) == {("project", None): (10, 0)}


PRICE = st.sampled_from(["0.25", "1", "2.5"])
STEP = st.one_of(
    st.tuples(st.just("buy"), PRICE, st.sampled_from(["s1", "s2"])), st.tuples(st.just("settle"), PRICE, st.integers(0, 5)),
    st.tuples(st.just("fail"), st.sampled_from([State.FAILED, State.REFUSED, State.CANCELLED]), st.integers(0, 5)),
    st.tuples(st.just("cap"), PRICE, st.just("s1")),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_budgets_stand_as_a_simple_model_says(registry: Registry, steps: list[tuple[str, str | State, str | int]]) -> None:
    project = Lane(f"model-{uuid4().hex[:8]}")
    begun(registry, project)
    limit(registry, "6", project)
    shot_cap: Decimal | None = None
    calls: list[tuple[UUID, str, Decimal]] = []
    held = {"project": Decimal(0), "s1": Decimal(0)}
    spent = {"project": Decimal(0), "s1": Decimal(0)}
    for verb, what, where in steps:
        amount = Decimal(what) if verb in {"buy", "settle", "cap"} else Decimal(0)
        scopes = ["project", *(["s1"] if where == "s1" and shot_cap is not None else [])]
        if verb == "buy":
            caps = {"project": Decimal(6), "s1": shot_cap or Decimal(0)}
            fits = all(held[scope] + spent[scope] + amount <= caps[scope] for scope in scopes)
            try:
                call = buy(registry, str(what), project, Key("frames", f"{where}/start"))
            except OverBudget:
                assert not fits
                continue
            assert fits
            calls.append((call, str(where), amount))
            for scope in {"project", str(where)} & set(held):
                held[scope] += amount
        elif verb == "cap":
            shot_cap = amount
            limit(registry, str(what), project, "shot", "s1")
        elif calls:
            call, shot, reserved = calls.pop(int(where) % len(calls))
            if verb == "settle":
                settle(registry, call, str(what))
            else:
                fail(registry, call, State(what))
            for scope in {"project", shot} & set(held):
                held[scope] -= reserved
                spent[scope] += amount if verb == "settle" else 0
        expected: dict[tuple[str, str | None], Sums] = {("project", None): (held["project"], spent["project"])}
        if shot_cap is not None:
            expected["shot", "s1"] = (held["s1"], spent["s1"])
        assert standing(registry, project) == expected
