"""The gate: what is free is never held back; what costs needs a budget that allows it or a yes to the very plan."""

from decimal import Decimal
from uuid import UUID

import pytest

from aiuteur.craft.gating import FREE, Allowance, Assent, gate
from aiuteur.craft.planning import Ask, Calls, Plan, Planned, Price
from aiuteur.craft.world import Key
from aiuteur.film.crew import ModelCard, Role

OMNI = ModelCard("google", "interactions", "omni")
ID = UUID(int=1)


def clip(shot: str, expected: str | None) -> Planned:
    price = None if expected is None else Price(Decimal(expected) / 2, Decimal(expected), Decimal(expected) * 2)
    ask = Ask(Role.CINEMATOGRAPHER, "clip", OMNI, Calls(1, 1, 1), 4, price)
    return Planned("clips", shot, (Key("clips", shot),), shot, "there was none", missing=(Key("clips", shot),), asks=(ask,))


def plan(*prices: str | None) -> Plan:
    return Plan([clip(f"s{at}", price) for at, price in enumerate(prices)])


def dollars(cap: str | None = None, above: str | None = None, unknown: str | None = None) -> Allowance:
    left, ask, allow = (Decimal(text) if text is not None else None for text in (cap, above, unknown))
    return Allowance(left, ask, allow)


def yes(found: Plan, left: str, *covers: str, made: tuple[str, ...] = ()) -> Allowance:
    return Allowance(assents=[Assent(ID, found.fingerprint, frozenset(covers), Decimal(left), frozenset(made))])


def test_what_is_free_is_not_gated() -> None:
    assert gate(Plan([Planned("prompts", "s1", (Key("prompts", "s1"),), "3A", "there was none")]), Allowance()) is FREE
    assert gate(plan("0"), Allowance()) is FREE


@pytest.mark.parametrize(("allowed", "said"), [
    pytest.param(dollars(), "Needs approval of $2.00: $2.00 expected, $1.00 to $4.00.", id="nobody said anything"),
    pytest.param(dollars(cap="9", above="1"), "Needs approval of $2.00: $2.00 expected, $1.00 to $4.00.", id="above a sum"),
    pytest.param(dollars(cap="0.5"), "Only $0.50 is left of the budget: $2.00 expected, $1.00 to $4.00.", id="not enough left"),
    pytest.param(dollars(cap="1.9"), "Only $1.90 is left of the budget: $2.00 expected, $1.00 to $4.00.", id="enough at best"),
])
def test_a_closed_gate_says_what_it_needs(allowed: Allowance, said: str) -> None:
    found = gate(plan("1.5", "0.5"), allowed)
    assert (found.closed, found.needs_usd, found.sentence, found.up_to_usd) == (True, 2, said, 4)
    assert found.covers == ("clips/s0", "clips/s1")
    assert found.short == said.startswith("Only")


@pytest.mark.parametrize("allowed", [
    pytest.param(dollars(cap="9"), id="a cap is a yes"),
    pytest.param(dollars(cap="2"), id="what is expected is left"),
    pytest.param(dollars(cap="9", above="2"), id="no more than what was said"),
    pytest.param(yes(plan("1.5", "0.5"), "2"), id="this very plan was approved"),
])
def test_a_gate_that_is_open(allowed: Allowance) -> None:
    assert not gate(plan("1.5", "0.5"), allowed).closed


def test_an_unknown_price_is_no_price_and_needs_its_own_yes() -> None:
    found = gate(plan("1", None), dollars(cap="9"))
    assert (found.closed, found.needs_usd) == (True, None)
    assert found.sentence == "Needs approval: at least $0.50, and nobody knows the price of google/omni."
    assert not gate(plan("1", None), dollars(cap="9", unknown="0.5")).closed
    assert not gate(plan("1", None), yes(plan("1", None), "3")).closed


def test_a_yes_holds_for_what_is_left_of_its_plan_and_for_nothing_else() -> None:
    whole, rest, other = plan("1", "1"), Plan([clip("s1", "1")]), Plan([clip("s9", "1")])
    given = yes(whole, "1.5", "clips/s0", "clips/s1")
    assert gate(rest, given).opened_by == ID
    assert gate(other, given).closed
    assert gate(rest, yes(whole, "1.5", "clips/s0", "clips/s1", made=("clips/s1",))).closed, "once for each item"
    assert gate(rest, yes(whole, "0.5", "clips/s0", "clips/s1")).closed, "up to its sum"


def test_a_yes_to_what_had_no_name_yet_holds_for_its_stage() -> None:
    assert not gate(Plan([clip("s7", "1")]), yes(plan("9"), "5", "clips/*")).closed


def test_what_is_foreseen_counts_for_the_sum_that_is_asked_about() -> None:
    early = Plan([clip("s0", "1")], [Planned("clips", "", (), "about 9", "follows", asks=clip("x", "8").asks, foreseen=9)])
    found = gate(early, Allowance())
    assert (found.needs_usd, found.covers) == (9, ("clips/*", "clips/s0"))
