"""Fits, effects of rules, agreement of judges, bottlenecks."""

import math
from fractions import Fraction

import numpy as np
import pytest

from aiuteur.craft.figures.agreement import Opinions, agreement, agreements
from aiuteur.craft.figures.bottleneck import Finished, bottleneck
from aiuteur.craft.figures.effects import FirstTake, effect, observational, randomised
from aiuteur.craft.figures.fits import growth, line
from tests.craft.figures.references import counts, models, stats


def test_a_line_is_that_of_least_squares() -> None:
    values = (0.7 + 0.01 * np.arange(30) + np.random.default_rng(3).normal(0, 0.05, 30)).tolist()
    found = line([*values, math.nan])
    wanted = models.OLS(values, models.add_constant(np.arange(1, 31))).fit()
    assert found is not None
    assert (found.method, found.n) == ("OLS", 30)
    assert (found.slope, found.p) == (pytest.approx(wanted.params[1]), pytest.approx(wanted.pvalues[1]))
    assert [found.low, found.high] == pytest.approx(wanted.conf_int()[1].tolist())


def test_a_line_through_values_that_remember_is_less_sure() -> None:
    rng = np.random.default_rng(2)
    noise = np.zeros(60)
    for at in range(1, 60):
        noise[at] = 0.7 * noise[at - 1] + rng.normal()
    found = line(noise.tolist())
    plain = models.OLS(noise, models.add_constant(np.arange(1, 61))).fit()
    assert found is not None
    assert found.method == "GLSAR"
    assert found.high - found.low > 1.4 * (plain.conf_int()[1][1] - plain.conf_int()[1][0])


def test_growth_of_failures_is_that_of_the_negative_binomial() -> None:
    rng = np.random.default_rng(6)
    x = np.arange(1, 201)
    failures = rng.negative_binomial(1.5, 1.5 / (1.5 + np.exp(-0.5 + 0.008 * x)))
    found = growth((failures + 1).tolist())
    with np.errstate(all="ignore"):
        wanted = counts.NegativeBinomial(failures, models.add_constant(x)).fit(disp=False, maxiter=200)
    assert found is not None
    assert found.method == "negative binomial"
    assert found.slope == pytest.approx(wanted.params[1], rel=1e-3)
    assert found.low < 0.008 < found.high


@pytest.mark.parametrize("attempts", [[], [1, 2, 1], [1] * 40], ids=["none", "few", "no failure"])
def test_nothing_is_fitted_to_nothing(attempts: list[int]) -> None:
    assert growth(attempts) is None


def test_counts_without_over_dispersion_are_fitted_all_the_same() -> None:
    found = growth([1, 2] * 30)
    assert found is not None
    assert abs(found.slope) < 0.02
    assert line([0.8] * 10) is not None
    assert line([0.8] * 4) is None


def test_a_trial_is_compared_at_random_and_anything_else_before_and_after() -> None:
    rng = np.random.default_rng(21)
    before = [FirstTake(None, had=False, score=float(score)) for score in rng.normal(0.7, 0.05, 12)]
    trial = [FirstTake(drawn, drawn, float(0.7 + 0.2 * drawn + rng.normal(0, 0.05))) for drawn in [True, False] * 12]
    after = [FirstTake(None, had=True, score=0.5)] * 40
    found = effect([*before, *trial, *after])
    assert (found.design, found.claim, found.with_rule, found.without) == ("randomised", "helped", 12, 12)
    plain = effect([*before, *after])
    assert (plain.design, plain.claim, plain.without) == ("observational", "harmed", 9)
    assert effect([]).claim == "no claim"
    assert effect(before).with_rule == 0


def test_a_rule_that_was_switched_off_was_not_drawn_at_random() -> None:
    before, under, off = ([FirstTake(None, had, score)] * 12 for had, score in ((False, 0.8), (True, 0.8), (False, 0.2)))
    found = effect([*before, *under, *off])
    assert (found.design, found.claim, found.with_rule, found.without) == ("observational", "no claim", 12, 9)


def test_a_rule_without_effect_is_seldom_said_to_have_one() -> None:
    rng = np.random.default_rng(12)
    false = {"randomised": 0, "observational": 0}
    for _ in range(400):
        scores = rng.beta(8, 2, 40)
        drawn = rng.random(40) < 0.5
        false["randomised"] += randomised(scores[drawn].tolist(), scores[~drawn].tolist()).claim != "no claim"
        spell = next((at for at in range(8, 30) if np.mean(scores[at - 3:at]) < 0.72), 20)
        false["observational"] += observational(scores.tolist(), spell).claim != "no claim"
    assert false["randomised"] / 400 <= 0.08
    assert false["observational"] / 400 <= 0.08


def test_a_rule_that_helps_is_found_with_its_shift() -> None:
    rng = np.random.default_rng(1)
    without, with_rule = rng.normal(0.7, 0.08, 30), rng.normal(0.8, 0.08, 30)
    found = randomised(with_rule.tolist(), without.tolist())
    assert found.claim == "helped"
    assert found.p == pytest.approx(stats.mannwhitneyu(with_rule, without).pvalue)
    assert found.shift == pytest.approx(np.median(np.subtract.outer(with_rule, without)))
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.1 < found.high
    assert randomised((3 - with_rule).tolist(), (3 - without).tolist(), better=-1).claim == "helped"
    assert randomised(without.tolist(), with_rule.tolist()).claim == "harmed"


def test_the_interval_of_a_shift_holds_it_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(17)
    held = 0
    for _ in range(400):
        found = randomised((rng.beta(8, 2, 18) + 0.1).tolist(), rng.beta(8, 2, 15).tolist())
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.1 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_before_and_after_says_what_it_is_and_leaves_the_trigger_out() -> None:
    values = [*[0.9] * 6, 0.1, 0.1, 0.1, *[0.9] * 8]
    found = observational(values, 9)
    assert (found.design, found.claim, found.with_rule, found.without) == ("observational", "no claim", 8, 6)
    few = observational([0.9, 0.8, math.nan], 2)
    assert (few.claim, few.shift, few.with_rule) == ("no claim", None, 0)


def test_kappa_is_that_of_exact_fractions() -> None:
    judge = ["yes"] * 25 + ["no"] * 25
    person = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = agreement(judge, person)
    agreed, chance = Fraction(35, 50), Fraction(25 * 30 + 25 * 20, 2500)
    assert found.kappa == pytest.approx(float((agreed - chance) / (1 - chance)))
    assert found.agreed == 0.7
    assert found.kappa is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.kappa < found.high
    assert found.confusion == {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15}


@pytest.mark.parametrize("takes", [0, 1, 9])
def test_few_takes_are_no_agreement(takes: int) -> None:
    assert agreement(["a"] * takes, ["a"] * takes).kappa is None


def test_judges_who_always_say_the_same_have_no_kappa() -> None:
    found = agreement(["a"] * 30, ["a"] * 30)
    assert (found.agreed, found.kappa) == (1.0, None)


def shots(rising: bool) -> list[Finished]:
    """Sixty shots: those of Bo take more and more attempts, those of Ada as many as ever."""
    rng = np.random.default_rng(4)
    made: list[Finished] = []
    for at in range(60):
        who = "Bo" if at % 2 else "Ada"
        attempts = 1 + rng.integers(0, 2) + (at / 12 if rising and who == "Bo" else 0)
        made.append(Finished(float(attempts), {"model": ("veo",), "character": (who,)}))
    return made


def test_the_bottleneck_is_named() -> None:
    found = bottleneck(shots(rising=True))
    assert found is not None
    assert (found.kind, found.name) == ("character", "Bo")
    assert found.sentence.startswith("Clips take more and more attempts")
    assert "character Bo" in found.sentence


def test_frames_that_take_more_and_more_attempts_are_a_bottleneck_of_their_own() -> None:
    found = bottleneck(shots(rising=False), [1 + at / 10 for at in range(30)])
    assert found is not None
    assert (found.stage, found.own) == ("frames", None)
    assert found.sentence.startswith("Frames take more and more attempts (+10.00 over a hundred shots); no single")
    assert bottleneck(shots(rising=False), [1.0] * 30) is None


def test_there_is_no_bottleneck_where_nothing_rises() -> None:
    assert bottleneck(shots(rising=False)) is None
    assert bottleneck([]) is None


def test_a_rise_shared_by_all_is_the_models() -> None:
    found = bottleneck([Finished(1 + at / 10, {"model": ("veo",)}) for at in range(30)])
    assert found is not None
    assert (found.kind, found.name) == ("model", "veo")
    nobody = bottleneck([Finished(1 + at / 10, {}) for at in range(30)])
    assert nobody is not None
    assert "no single" in nobody.sentence


def test_judge_and_person_are_compared_on_what_both_have_rated() -> None:
    takes = [
        Opinions(judge=at < 12, person=at < 10, judge_ratings={"continuity": 1.0, "composition": 0.4},
                 person_ratings={"continuity": 1.0 if at < 15 else 0.4} if at % 2 else {}) for at in range(30)
    ]
    found = agreements(takes)
    assert list(found) == ["accepted", "continuity"]
    assert found["accepted"].confusion == {
        ("accepted", "accepted"): 10, ("accepted", "rejected"): 2, ("rejected", "rejected"): 18,
    }
    assert found["accepted"].kappa == pytest.approx(float((Fraction(28, 30) - Fraction(12 * 10 + 18 * 20, 900)) / (
        1 - Fraction(12 * 10 + 18 * 20, 900))))
    assert found["continuity"].confusion == {("pass", "pass"): 7, ("pass", "major issues"): 8}
    assert agreements([]) == {}
