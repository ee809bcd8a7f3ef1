"""What people say of takes: interrupts answered, rules let in and applied, variants asked for, chosen and refined."""

from pathlib import Path
from uuid import UUID

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import InvalidInput, NotFound, Refused
from aiuteur.film.commands import ApplyRule, Command, Promote, Remake, ResolveInterrupt, SetPolicy
from aiuteur.film.crew import ModelCard
from aiuteur.film.dailies import RuleSuggestion
from aiuteur.film.rules import Rule, RuleState
from aiuteur.models.protocols import Reply
from aiuteur.registry import rules
from aiuteur.registry.database import Registry
from aiuteur.registry.drafts import Draft
from aiuteur.registry.figure_sums import ended
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.inbox import CommandResult
from aiuteur.registry.lanes import lane_row
from tests.registry.builders import LANE, put
from tests.stages.floor import Player, cinematographer, filmed, illustrator, prompt, run, world
from tests.stages.test_takes import interrupts, seeing, takes, verdict

HAT = RuleSuggestion(text="Ada keeps her hat on.")


def do(registry: Registry, command: Command) -> CommandResult:
    with registry.transaction() as session:
        return perform(session, LANE, command)


def suggested(registry: Registry, suggestion: RuleSuggestion = HAT) -> Rule:
    with registry.transaction() as session:
        return rules.suggest(session, LANE, suggestion, "clips/x1")


def kept(registry: Registry) -> list[Rule]:
    with registry.transaction() as session:
        return rules.rules(session, LANE)


@pytest.fixture
def shot(registry: Registry, tmp_path: Path) -> Registry:
    """Two shots with their frames."""
    filmed(registry)
    run(registry, tmp_path, "frames")
    return registry


@pytest.fixture
def spent(shot: Registry, tmp_path: Path) -> UUID:
    """The interrupt of a shot that had four takes and none accepted."""
    run(shot, tmp_path, "clips", cinematographer({0: ["flicker"] * 4}))
    return interrupts(shot)[0].id


def test_more_attempts_are_made_after_those_there_were(shot: Registry, spent: UUID, tmp_path: Path) -> None:
    do(shot, ResolveInterrupt(interrupt=spent, attempts=2, guidance="closer"))
    camera = cinematographer({0: ["flicker"]})
    run(shot, tmp_path, "clips", camera)
    made = takes(shot, "clips", "x1")
    assert (len(camera.asked), len(made)) == (2, 6)
    assert made[-1].selected
    assert "Asked for in this take: closer" in camera.asked[0].prompt
    assert "gaffer: Keep the light steady" in camera.asked[0].prompt
    assert len({request.seed for request in camera.asked}) == 2
    assert interrupts(shot) == []


def test_a_take_accepted_as_it_is_is_pinned(shot: Registry, spent: UUID, tmp_path: Path) -> None:
    do(shot, ResolveInterrupt(interrupt=spent, action="accept"))
    assert world(shot).items[Key("clips", "x1")].pinned
    camera = cinematographer()
    assert (run(shot, tmp_path, "clips", camera).made, camera.asked, interrupts(shot)) == (0, [], [])


def test_a_skipped_shot_is_left_as_it_is(shot: Registry, spent: UUID, tmp_path: Path) -> None:
    do(shot, ResolveInterrupt(interrupt=spent, action="skip"))
    camera = cinematographer()
    assert (run(shot, tmp_path, "clips", camera).made, interrupts(shot)) == (0, [])
    with shot.transaction() as session:
        assert ended(session, lane_row(session, LANE)) == {"x1", "x2"}
    with pytest.raises(NotFound, match="no open interrupt"):
        do(shot, ResolveInterrupt(interrupt=spent, action="skip"))


def test_a_silent_judge_is_asked_again_where_a_person_says_so(shot: Registry, tmp_path: Path) -> None:
    blind = Player(lambda _: Reply(content={"nonsense": 1}, cost_usd=0.0), ModelCard("eyes", "test", "one", replayable=True))
    run(shot, tmp_path, "clips", judge=blind)
    waiting = next(one.id for one in interrupts(shot) if one.item == "clips/x1")
    do(shot, ResolveInterrupt(interrupt=waiting))
    judge = seeing()
    run(shot, tmp_path, "dailies", judge=judge)
    assert len(judge.asked) == 1
    assert verdict(shot, "x1/clip").score == 1.0


def test_a_project_says_how_often_takes_are_tried(shot: Registry, tmp_path: Path) -> None:
    do(shot, SetPolicy(takes={"clips": 2}, thresholds={"flicker": 1.0}))
    camera = cinematographer({0: ["black", "black", "black"], 1: ["flicker"]})
    run(shot, tmp_path, "clips", camera)
    assert len(camera.asked) == 3
    with pytest.raises(InvalidInput, match="trial_share"):
        do(shot, SetPolicy(takes={"clips": 9}))


def test_a_rule_in_force_is_said_in_every_prompt_and_kept_with_the_take(shot: Registry, tmp_path: Path) -> None:
    rule = suggested(shot)
    assert rule.state is RuleState.SUGGESTED
    do(shot, ApplyRule(rule=str(rule.id), do="accept"))
    camera = cinematographer()
    run(shot, tmp_path, "clips", camera)
    assert all("- Ada keeps her hat on." in request.prompt for request in camera.asked)
    assert takes(shot, "clips", "x1")[0].guidance == "rule: Ada keeps her hat on."
    assert takes(shot, "clips", "x1")[0].parameters["rules"] == [str(rule.id)]


def test_a_rule_let_in_makes_nothing_stale_and_applied_asks_for_what_was_made_without_it(shot: Registry, tmp_path: Path) -> None:
    run(shot, tmp_path, "clips")
    rule = suggested(shot)
    do(shot, ApplyRule(rule=str(rule.id), do="accept"))
    assert run(shot, tmp_path, "clips").made == 0
    do(shot, ApplyRule(rule=str(rule.id), items=("clips/x2",)))
    assert list(world(shot).remakes) == [Key("clips", "x2")]
    camera = cinematographer()
    run(shot, tmp_path, "clips", camera)
    assert len(camera.asked) == 1
    with pytest.raises(Refused, match="no take left"):
        do(shot, ApplyRule(rule=str(rule.id), items=("clips/x2",)))


def test_a_rule_on_trial_is_given_to_part_of_the_shots(registry: Registry, tmp_path: Path) -> None:
    filmed(registry, shots=8)
    run(registry, tmp_path, "frames")
    do(registry, SetPolicy(takes={"trial_share": 0.5, "accept_rules": True}))
    assert suggested(registry).state is RuleState.TRIAL
    camera = cinematographer()
    run(registry, tmp_path, "clips", camera)
    under = [request for request in camera.asked if "hat on" in request.prompt]
    assert 0 < len(under) < 8
    drawn = [take.parameters["trials"] for n in range(8) for take in takes(registry, "clips", f"x{n + 1}")]
    rule = str(kept(registry)[0].id)
    assert sum(one == {rule: True} for one in drawn) == len(under)
    assert sum(one == {rule: False} for one in drawn) == 8 - len(under)


def test_a_rule_switched_off_is_said_no_more_and_a_suggestion_is_kept_once(shot: Registry, tmp_path: Path) -> None:
    rule = suggested(shot)
    assert suggested(shot).id == rule.id
    do(shot, ApplyRule(rule=str(rule.id), do="accept"))
    do(shot, ApplyRule(rule=str(rule.id), do="off"))
    assert [one.state for one in kept(shot)] == [RuleState.OFF]
    camera = cinematographer()
    run(shot, tmp_path, "clips", camera)
    assert not any("hat" in request.prompt for request in camera.asked)
    with pytest.raises(InvalidInput, match="no rule's id"):
        do(shot, ApplyRule(rule="hat"))


def test_a_judges_suggestion_waits_for_a_person(shot: Registry, tmp_path: Path) -> None:
    judge = seeing()
    answered = judge.answer
    judge.answer = lambda request: Reply(
        content={**(found if isinstance(found := answered(request).content, dict) else {}), "suggestion": HAT.document()},
        cost_usd=0.0,
    )
    run(shot, tmp_path, "clips", judge=judge)
    assert [(one.text, one.state, one.origin) for one in kept(shot)] == [(HAT.text, RuleState.SUGGESTED, "clips/x1")] or (
        kept(shot)[0].origin == "clips/x2"
    )


def test_variants_are_proposals_of_which_the_sound_ones_are_judged(shot: Registry, tmp_path: Path) -> None:
    run(shot, tmp_path, "clips", judge=seeing())
    do(shot, Remake(items=("clips/x1",), variants=4))
    judge, camera = seeing(), cinematographer({0: ["black"]})
    run(shot, tmp_path, "clips", camera, judge=judge)
    made = takes(shot, "clips", "x1")
    assert (len(camera.asked), len(made)) == (4, 5)
    assert [take.selected for take in made] == [True, False, False, False, False]
    assert len({request.seed for request in camera.asked}) == 4
    assert len({request.references[0].sha256 for request in judge.asked}) == 3  # the black one was never shown
    assert len(judge.asked) == 4  # the winner is judged afresh: picking the best flatters it
    assert world(shot).remakes == {}


def test_of_variants_asked_for_in_place_of_a_stale_take_the_best_is_selected(shot: Registry, tmp_path: Path) -> None:
    run(shot, tmp_path, "clips")
    put(shot, Draft(Key("prompts", "x1"), prompt(0).model_copy(update={"video": "Ada rows back."}), {}))
    do(shot, Remake(items=("clips/x1",), variants=3))
    run(shot, tmp_path, "clips", cinematographer({0: ["black"]}))
    made = takes(shot, "clips", "x1")
    assert len(made) == 4
    assert not made[0].selected
    assert not made[1].selected  # the black one
    assert any(take.selected for take in made[2:])
    camera = cinematographer()
    assert (run(shot, tmp_path, "clips", camera).made, camera.asked) == (0, [])


def test_a_favourite_is_promoted_and_refined_with_its_parent_on_record(shot: Registry, tmp_path: Path) -> None:
    do(shot, Remake(items=("frames/x1/start",), variants=2))
    run(shot, tmp_path, "frames")
    do(shot, Promote(item="frames/x1/start", version=2))
    do(shot, Remake(items=("frames/x1/start",), refine_from=2, guidance="darker", force=True))
    easel = illustrator()
    run(shot, tmp_path, "frames", easel=easel)
    parent, child = takes(shot, "frames", "x1/start")[1], takes(shot, "frames", "x1/start")[-1]
    assert child.parent_id == parent.id
    assert [reference.role for reference in easel.asked[0].references] == ["refine"]
    assert child.parameters["composition"] == parent.parameters["seed"]
    assert child.parameters["seed"] != parent.parameters["seed"]
    assert not child.selected  # beside a pin, automation only proposes
