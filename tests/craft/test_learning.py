"""What a project learns: rules and their trials, forecasts of another try, guidance, and whose drift is whose."""

import math
import uuid

import numpy as np
import pytest

from aiuteur.craft.anchors import Drifted, Reading, drift
from aiuteur.craft.figures.attempts import A, B, chance_within
from aiuteur.craft.guidance import Guidance, bare, leanings, mending, seed
from aiuteur.craft.rules import applying, begun, treated
from aiuteur.craft.stopping import UNKNOWN, Tried, learnt, said
from aiuteur.film.dailies import Correction, Department, Issue, Overall, Verdict
from aiuteur.film.rules import Rule, RuleState, Standards


def rule(**more: object) -> Rule:
    return Rule.model_validate({"id": uuid.UUID(int=7), "text": "Hats stay on.", "state": "in_force", **more})


def correction(department: str, text: str = "Mend it.") -> Correction:
    return Correction(department=Department(department), text=text)


def test_a_trial_treats_about_its_share_and_always_the_same_shots() -> None:
    shots = [f"shot{n}" for n in range(2000)]
    one, other = ({shot for shot in shots if treated(uuid.UUID(int=n), shot, 0.5)} for n in (1, 2))
    assert one == {shot for shot in shots if treated(uuid.UUID(int=1), shot, 0.5)}
    assert len(one) == pytest.approx(1000, abs=100)
    assert len(one & other) == pytest.approx(500, abs=80)


def test_rules_speak_to_whom_they_are_about() -> None:
    rules = (
        rule(), rule(scope="character", about="Ada"), rule(scope="department", about="sound"), rule(state="off"),
        rule(state="suggested"),
    )
    assert len(applying(rules, "x1", "clip", {"ADA"})) == 3
    assert len(applying(rules, "x1", "clip", {"Tom"})) == 2
    assert len(applying(rules, "x1", "frame", {"Tom"})) == 1


def test_an_accepted_rule_is_tried_first_where_the_project_agreed() -> None:
    assert begun(rule(state="suggested"), Standards()).state is RuleState.IN_FORCE
    tried = begun(rule(state="suggested"), Standards(trial_share=0.25))
    assert (tried.state, tried.share) == (RuleState.TRIAL, 0.25)


def test_the_chance_of_another_try_is_that_of_a_simulation() -> None:
    assert chance_within(UNKNOWN, 2, 0) == 0.0
    rng = np.random.default_rng(3)
    at = rng.choice(A.size, 400_000, p=UNKNOWN)
    odds = rng.beta(A[at], B[at])
    for failures, tries in ((0, 1), (1, 3), (2, 2)):
        so_far = (1 - odds) ** failures
        wanted = float(np.average(1 - (1 - odds) ** tries, weights=so_far))
        assert chance_within(UNKNOWN, failures, tries) == pytest.approx(wanted, abs=0.006)


def test_a_new_project_may_use_the_attempts_it_has_by_default() -> None:
    least = Standards()
    assert all(chance_within(UNKNOWN, failed, least.clips - failed) >= least.stop_below for failed in range(1, least.clips))


def test_a_project_where_nothing_is_accepted_expects_little() -> None:
    bad = learnt([Tried(4, accepted=False)] * 30)
    good = learnt([Tried(0, accepted=True)] * 30)
    assert chance_within(bad, 1, 3) < 0.15 < chance_within(UNKNOWN, 1, 3) < chance_within(good, 1, 3)
    few = learnt([Tried(4, accepted=False)] * 2)
    assert chance_within(bad, 1, 3) < chance_within(few, 1, 3) < chance_within(UNKNOWN, 1, 3)
    assert learnt([]) == pytest.approx(UNKNOWN)
    assert said(bad, 1, 3) == "Three more tries have a 3% chance of an accepted take."


def test_corrections_of_the_gravest_department_are_carried_over() -> None:
    issues = (
        Issue(department=Department.GAFFER, severity="minor", description="dim"),
        Issue(department=Department.COSTUME, severity="critical", description="no hat"),
    )
    verdict = Verdict(
        take="0" * 64, judge="eyes", gates=(), overall=Overall.REGENERATE_MAJOR, score=0.5, issues=issues,
        corrections=(correction("gaffer"), correction("costume", "She wears the hat.")),
    )
    assert mending(verdict) == (correction("costume", "She wears the hat."),)


def test_guidance_is_said_in_the_prompt_and_in_one_line() -> None:
    guidance = Guidance("darker", (correction("sound", "Less wind."),), (rule(scope="character", about="Ada"),))
    assert guidance.said() == "darker · sound: Less wind. · rule: Hats stay on."
    prompt = guidance.prompt("Ada rows.")
    assert prompt.splitlines()[0] == "Ada rows."
    assert "- sound: Less wind." in prompt
    assert "- Ada: Hats stay on." in prompt
    assert Guidance().prompt("Ada rows.") == "Ada rows."
    assert Guidance().said() is None


def test_words_with_a_department_before_them_keep_it() -> None:
    assert bare(["gaffer: More light.", "Hold still."]) == (
        correction("gaffer", "More light."), correction("technical", "Hold still."),
    )


def test_the_first_attempt_keeps_its_seed_and_no_other_shares_one() -> None:
    assert seed(5, 1) == 5
    assert seed(None, 3) is None
    assert len({seed(5, attempt) for attempt in range(1, 9)}) == 8


def test_words_lean_a_picture_only_by_whole_words() -> None:
    assert leanings("a much darker, warmer room") == {"light": -1, "warmth": 1}
    assert leanings("the disclosure", None) == {}


def readings(kinder: float, noise: float = 0.02) -> list[Reading]:
    rng = np.random.default_rng(8)
    return [Reading(str(n % 5), 4 * n, 0.5 + 0.05 * (n % 5) + kinder * n / 50 + float(rng.normal(0, noise))) for n in range(50)]


def work(rise: float) -> list[tuple[int, float]]:
    rng = np.random.default_rng(9)
    return [(at, 0.7 + rise * at / 200 + float(rng.normal(0, 0.04))) for at in range(200)]


@pytest.mark.parametrize(("kinder", "better", "who"), [
    (0.1, 0.0, Drifted.JUDGE), (0.0, 0.1, Drifted.WORK), (0.0, 0.0, Drifted.NOBODY), (0.1, 0.15, Drifted.BOTH),
])
def test_a_kinder_judge_is_told_from_better_work(kinder: float, better: float, who: Drifted) -> None:
    assert drift(readings(kinder), work(kinder + better)).who is who


def test_few_readings_or_none_that_are_numbers_claim_nothing() -> None:
    assert drift(readings(0.1)[:10], work(0.1)).who is Drifted.NOBODY
    assert drift([Reading("a", at, math.nan) for at in range(50)], []).who is Drifted.NOBODY
