"""Accounts: a quote is what is then made, for changes not made yet too; gates, approvals, costs; on the real studio."""

from collections.abc import Generator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import JsonValue

from aiuteur.craft.planning import Plan
from aiuteur.craft.world import Key, World
from aiuteur.errors import Conflict, InvalidInput
from aiuteur.film import commands as c
from aiuteur.film.bible import Character
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.stages import GATES, GRAPH
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.settings import load
from aiuteur.stages.shot_list import shot_of
from aiuteur.studio import Studio

LANE = Lane("ferry")
STORY = """Ada the ferryman rowed out at dusk across the river. "Who is there?" she called. Nobody answered.

In the kitchen of the inn, Tom waited by the fire. "She is late," said Tom. He looked at the clock. The door opened. Ada came in.
"""
NARRATIVE = Narrative(title="The Ferry", text=STORY, format=SourceFormat.PROSE)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Generator[Studio]:
    home = tmp_path_factory.mktemp("home")
    with Studio.open(load(home=home, out=home / "out", processes=2)) as opened:
        opened.create(LANE, NARRATIVE, Brief(length_seconds=8))
        make(opened)
        yield opened
    embedded.stop(home)


def make(studio: Studio) -> None:
    for stage in GRAPH:
        studio.run(stage.name, LANE)


def numbers(world: World) -> Mapping[Key, int]:
    return {key: found.n for key, found in world.items.items() if key.artifact not in GATES}


def shot(studio: Studio, at: int = 0) -> str:
    world = studio.world(LANE)
    return world.order(world.order("scenes")[at])[0]


def planned(plan: Plan, *, definite: bool) -> set[Key]:
    return {key for item in (plan.definite if definite else plan.items) for key in item.keys}


def held_to_the_plan(studio: Studio, change: c.Command) -> None:
    """What-if, then the change itself, then the run: all three agree."""
    foretold = studio.accounts.quote(LANE, change)
    before = studio.world(LANE)
    assert studio.accounts.plan(LANE).items == []
    studio.desk.do(LANE, change)
    quoted = studio.accounts.quote(LANE)
    assert quoted.plan.items
    assert [(item.key, item.why, item.upstream) for item in quoted.plan.items] == [
        (item.key, item.why, item.upstream) for item in foretold.plan.items
    ]
    changed = numbers(studio.world(LANE))
    make(studio)
    after = numbers(studio.world(LANE))
    made = {key for key, n in after.items() if changed.get(key) != n}
    assert planned(quoted.plan, definite=True) <= made <= planned(quoted.plan, definite=False)
    assert studio.accounts.plan(LANE).items == [], "freshly made is never stale"
    assert before.revision < studio.world(LANE).revision


def test_a_changed_action_makes_what_was_quoted(studio: Studio) -> None:
    held_to_the_plan(studio, c.Edit(item=f"shot_list/{shot(studio)}", changes={"action": "She rows harder."}))


def test_a_new_coat_makes_what_was_quoted(studio: Studio) -> None:
    person = next(item for item, found in studio.world(LANE).of("bible").items() if isinstance(found.noun, Character))
    coat: dict[str, JsonValue] = {"wardrobe.garments": ["red coat"], "wardrobe.colours": ["#aa2020"]}
    held_to_the_plan(studio, c.Edit(item=f"bible/{person}", changes=coat))


def test_a_deleted_shot_makes_what_was_quoted(studio: Studio) -> None:
    held_to_the_plan(studio, c.Delete(items=(f"shot_list/{shot(studio, -1)}",)))


def test_a_quote_for_other_models_is_priced_and_writes_nothing(studio: Studio) -> None:
    change = c.Edit(item=f"shot_list/{shot(studio)}", changes={"action": "She stops."})
    revision = studio.world(LANE).revision
    quoted = studio.accounts.quote(LANE, change, models="google")
    clips = [item for item in quoted.plan.items if item.stage == "clips"]
    assert [(item.role, item.model and item.model.provider) for item in clips] == [("cinematographer", "google")]
    assert all(item.price is not None and item.price.low == 0 < item.price.expected < item.price.high for item in clips)
    assert quoted.gate.closed
    assert quoted.gate.sentence.startswith("Needs approval of $")
    assert studio.world(LANE).revision == revision
    assert studio.accounts.quote(LANE).plan.empty


def test_the_whole_film_can_be_priced_although_it_is_made(studio: Studio) -> None:
    whole = studio.accounts.quote(LANE, models="google", whole=True)
    assert {item.stage for item in whole.plan.items} >= {"treatment", "script", "frames", "clips", "film"}
    assert whole.plan.known.expected > Decimal("0.5")


def test_an_unknown_command_or_model_is_told(studio: Studio) -> None:
    with pytest.raises(InvalidInput, match="nobody"):
        studio.accounts.quote(LANE, models="nobody")
    with pytest.raises(Conflict, match=r"Nothing on ferry@main waits for approval\. Nothing here costs anything"):
        studio.accounts.approve(LANE)


def test_what_a_change_reached_is_logged_once_and_acknowledged(studio: Studio) -> None:
    studio.accounts.invalidations(LANE)
    studio.desk.do(LANE, c.Edit(item=f"shot_list/{shot(studio)}", changes={"action": "She lifts the lantern."}))
    new = studio.accounts.invalidations(LANE, only_open=True)[-1]
    assert (new.scope, new.cost_expected_usd, len(new.scenes)) == ("local_shot", 0, 1)
    assert f"prompts/{shot(studio)}" in new.items
    assert len(studio.accounts.invalidations(LANE)) == len(studio.accounts.invalidations(LANE))
    studio.accounts.acknowledge(LANE)
    assert studio.accounts.invalidations(LANE, only_open=True) == []
    make(studio)


def test_what_a_change_reached_is_logged_although_a_run_answers_it_at_once(studio: Studio) -> None:
    studio.desk.do(LANE, c.Edit(item=f"shot_list/{shot(studio)}", changes={"action": "She hides the lantern."}))
    make(studio)
    (new,) = studio.accounts.invalidations(LANE, only_open=True)
    assert new.scope == "local_shot"
    assert f"prompts/{shot(studio)}" in new.items
    studio.accounts.acknowledge(LANE)


def test_a_closed_gate_keeps_back_what_costs_and_lets_the_film_go_on(studio: Studio) -> None:
    item = shot(studio)
    film = studio.world(LANE).items[Key("film")].n
    studio.desk.do(LANE, c.Edit(item=f"shot_list/{item}", changes={"action": "She waves.", "duration": 2.0}))
    studio.desk.do(LANE, c.CastModel(role=Role.CINEMATOGRAPHER, model="google", scope="branch"))
    gate = studio.accounts.gate(LANE)
    assert gate.closed
    reports = [studio.run(stage.name, LANE) for stage in GRAPH]
    waits = [report.waits for report in reports if report.waits]
    assert len(waits) == 1
    assert waits[0][0].startswith("Needs approval of $")
    assert waits[0][0].endswith(f". {shot_of(studio.world(LANE), item).label} waits.")
    assert studio.world(LANE).items[Key("film")].n > film
    assert (studio.accounts.to_come(LANE)["clips"] or 0) > 0
    studio.accounts.approve(LANE)
    assert not studio.accounts.gate(LANE).closed
    studio.desk.do(LANE, c.CastModel(role=Role.CINEMATOGRAPHER, model=None, scope="branch"))
    make(studio)


def test_costs_of_a_film_of_the_built_in_studio_are_nought(studio: Studio) -> None:
    found = studio.accounts.costs(LANE)
    assert found.total.cost_usd == 0
    assert found.by["provider"]["animatic"].calls == found.total.calls > 20
    assert set(found.by["stage"]) >= {"script", "frames", "clips", "film"}


def test_what_may_be_spent_is_told(studio: Studio, tmp_path: Path) -> None:
    studio.accounts.set_budget(LANE, c.SetBudget(scope="branch", cap_usd=Decimal(5)))
    studio.accounts.set_budget(LANE, c.SetBudget(scope="shot", shot=f"shot_list/{shot(studio)}", cap_usd=Decimal(1)))
    assert [(row.scope, row.left_usd) for row in studio.accounts.budgets(LANE)] == [("branch", 5), ("shot", 1)]
    with pytest.raises(InvalidInput, match="needs a sum"):
        studio.accounts.set_budget(LANE, c.SetBudget())
