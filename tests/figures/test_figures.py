"""Figures as analysts get them: typed frames, Parquet, comparisons; the same from the database and from a file."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from aiuteur import figures
from aiuteur.craft.figures.comparing import GROUPS, Known, Sums, compared, mean, share
from aiuteur.craft.figures.facts import Attempt, planned
from aiuteur.craft.figures.summary import summarised
from aiuteur.craft.figures.trends import Claim
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.erasing import erase
from aiuteur.registry.figure_sums import sums
from tests.craft.figures.references import stats
from tests.figures.filming import listed, reserved, shot, take
from tests.registry.builders import FREE, LANE, PAID, begun

DRIFTING = Lane("drifting")


def filmed(registry: Registry, scores: Sequence[float | None], lane: Lane = LANE) -> Registry:
    """A project whose shots got these scores with the first take, a second take where that failed."""
    begun(registry, lane)
    listed(registry, *(shot(f"s{at}", ("ada", "bo") if at % 2 else ("ada",)) for at in range(len(scores))), lane=lane)
    for at, score in enumerate(scores):
        take(registry, f"s{at}", score, lane=lane, card=FREE if at % 3 == 0 else PAID, in_vain=at % 2,
             cost=Decimal(0) if at % 3 == 0 else Decimal("0.40"))
        if score is None or score < 0.8:
            take(registry, f"s{at}", 0.85, attempt=2, lane=lane)
    return registry


@pytest.fixture
def film(registry: Registry) -> Registry:
    return filmed(registry, [0.9, 0.7, None, 0.95, 0.5])


def test_takes_come_as_typed_columns(film: Registry) -> None:
    frame: Any = figures.load("takes", project="ferry", registry=film)
    assert len(frame) == 8
    kinds = {name: str(frame[name].dtype) for name in ("model", "attempt", "score", "accepted", "at", "shot", "gates_failed")}
    assert kinds == {"model": "category", "attempt": "Int64", "score": "float64", "accepted": "boolean",
                     "at": "datetime64[us, UTC]", "shot": "str", "gates_failed": "Int64"}
    assert frame["accepted"].sum() == 5
    assert frame["score"].isna().sum() == 1
    assert frame.loc[frame["shot"] == "s1", "characters"].tolist() == ["ada, bo", "ada, bo"]
    assert frame["at"].dt.tz is not None


def test_shots_calls_and_curves_come_too(film: Registry) -> None:
    shots: Any = figures.load("shots", registry=film)
    assert shots["ordinal"].tolist() == [1, 2, 3, 4, 5]
    assert shots["attempts"].tolist() == [1, 2, 2, 1, 2]
    calls: Any = figures.load("calls", project="ferry", registry=film)
    assert sorted(calls["state"].unique()) == ["COMPLETED", "FAILED"]
    curves: Any = figures.load("curves", registry=film).set_index("series")
    assert curves.loc["attempts", "n"] == 5
    wanted = stats.linregress(shots["ordinal"].astype(float), shots["score"]).slope
    assert curves.loc["quality", "slope"] == pytest.approx(wanted, rel=1e-9)


def test_nothing_yet_is_an_empty_frame_with_its_columns(registry: Registry) -> None:
    begun(registry)
    frame: Any = figures.load("takes", project="ferry", registry=registry)
    assert len(frame) == 0
    assert str(frame["score"].dtype) == "float64"
    assert {"model", "characters", "technical_quality"} <= set(frame.columns)
    assert figures.compare(frame, figures.load("shots", registry=registry), by="model").empty


def test_what_is_not_there_is_said(registry: Registry) -> None:
    with pytest.raises(InvalidInput, match="takes, shots, calls, curves"):
        figures.load("sums", registry=registry)
    with pytest.raises(NotFound, match="no project nobody"):
        figures.load("takes", project="nobody", registry=registry)
    with pytest.raises(NotFound, match="is not there"):
        figures.load("takes", file=Path("/nowhere/takes.parquet"))
    with pytest.raises(InvalidInput, match="provider, model"):
        figures.compare(pd.DataFrame(), pd.DataFrame(), by="mood")


def test_parquet_gives_the_same_frame_back(film: Registry, tmp_path: Path) -> None:
    path = figures.export("takes", tmp_path / "new" / "takes.parquet", registry=film)
    pd.testing.assert_frame_equal(figures.load("takes", file=path), figures.load("takes", registry=film))
    assert len(figures.load("takes", file=path, project="nobody")) == 0
    path.write_bytes(b"no parquet")
    with pytest.raises(InvalidInput, match="holds no table of takes"):
        figures.load("takes", file=path)
    with pytest.raises(InvalidInput, match="holds no table of takes"):
        figures.load("takes", file=figures.export("shots", tmp_path / "shots.parquet", registry=film))


def test_the_file_and_the_database_add_up_to_the_same(film: Registry) -> None:
    takes, shots = figures.load("takes", registry=film), figures.load("shots", registry=film)
    with film.transaction() as session:
        wanted = sums(session)
    added = figures.added(takes, shots)
    for group in ("", *GROUPS):
        by_pandas = {one.name: one for one in added[group]}
        by_sql = {one.name: one for one in wanted[group]}
        assert {name for name, one in by_sql.items() if one.takes} == set(by_pandas)
        for name, one in by_pandas.items():
            for field in ("takes", "judged", "mean", "variance", "shots", "attempts", "accepted", "good", "seconds", "products"):
                assert getattr(one, field) == pytest.approx(getattr(by_sql[name], field)), (group, name, field)
    assert wanted[""][0].cost == pytest.approx(added[""][0].cost + 0.4)


def test_some_columns_are_enough_for_a_report(film: Registry, tmp_path: Path) -> None:
    for table in ("takes", "shots"):
        figures.export(table, tmp_path / f"{table}.parquet", registry=film)
    wanted = figures.facts_of(figures.load("takes", registry=film), figures.load("shots", registry=film))
    assert figures.facts_in(tmp_path) == wanted
    assert list(figures.load("takes", only=("score", "model"), registry=film).columns) == ["model", "score"]
    with pytest.raises(InvalidInput, match="takes has no column mood"):
        figures.load("takes", only=("mood",), registry=film)


def test_a_comparison_has_its_intervals(film: Registry) -> None:
    found: Any = figures.compare(figures.load("takes", registry=film), figures.load("shots", registry=film), by="model")
    paid = found.set_index("name").loc["lumen-3"]
    assert paid["takes"] == 6
    assert paid["score_low"] < paid["score"] < paid["score_high"]
    assert 0 < paid["accepted_low"] < paid["accepted"] < paid["accepted_high"] < 1
    assert 0 < paid["waste"] < 1


def test_intervals_of_means_and_shares_are_those_of_scipy() -> None:
    values = [0.5, 0.7, 0.9, 0.4]
    wanted = stats.t.interval(0.95, 3, loc=0.625, scale=stats.sem(values))
    found = mean(4, 0.625, stats.tvar(values))
    assert (found.low, found.high) == (pytest.approx(wanted[0]), pytest.approx(wanted[1]))
    wilson = stats.binomtest(3, 10).proportion_ci(method="wilson")
    assert (share(3, 10).low, share(3, 10).high) == (pytest.approx(wilson.low, abs=1e-6), pytest.approx(wilson.high, abs=1e-6))
    assert mean(0, None, None) == share(0, 0) == Known()
    assert mean(1, 0.5, None) == Known(0.5)
    assert mean(3, float("nan"), 1.0) == Known()


def test_the_interval_of_a_price_is_that_of_a_ratio() -> None:
    rng = np.random.default_rng(5)
    seconds = rng.choice([0.0, 4.0, 6.0], 40)
    costs = 0.4 * 5 + rng.normal(0, 0.2, 40)
    rate = costs.sum() / seconds.sum()
    left = costs - rate * seconds
    reach = stats.norm.ppf(0.975) * np.sqrt(40 * left.var(ddof=0) * 40 / 39) / seconds.sum()
    of = Sums("m", 40, 0, None, None, 0, None, None, 0, costs.sum(), 0.0, seconds.sum(), 40, (costs**2).sum(), (seconds**2).sum(),
              (costs * seconds).sum())
    (found,) = compared([of])
    assert found.per_second.value == pytest.approx(rate)
    assert (found.per_second.low, found.per_second.high) == (
        pytest.approx(max(0, rate - reach), rel=1e-6), pytest.approx(rate + reach, rel=1e-6))


def test_a_summary_says_what_is_left(film: Registry) -> None:
    listed(film, *(shot(f"new{at}") for at in range(6)))
    take(film, "new0", 0.3)
    take(film, "new0", 0.4, attempt=2)
    with film.transaction() as session:
        found = figures.facts(session, LANE)
    said = summarised(found)
    assert said.name == "ferry"
    assert said.total is not None
    assert said.total.shots == 5
    assert said.forecast is not None
    assert said.forecast.shots == 6
    assert found.outlook is not None
    assert sorted(left.failures for left in found.outlook.left) == [0, 0, 0, 0, 0, 2]
    assert said.forecast.attempts.low90 >= 6
    assert said.forecast.cost_usd.median > 0
    assert said.trends["quality"].claim is Claim.NONE
    assert said.drift is None


def test_what_failed_counts_for_what_the_shot_is_now(film: Registry) -> None:
    listed(film, shot("new"))
    for attempt in (1, 2):
        take(film, "new", 0.3, attempt=attempt)
    reserved(film, "new", attempt=3)  # under way, and no failure yet

    def failures(**more: Any) -> int:
        with film.transaction() as session:
            ahead = figures.facts(session, LANE, {"new": 4.0}, **more).outlook
        assert ahead is not None
        return ahead.left[0].failures

    assert failures() == 2
    assert failures(moved={"new"}) == 0
    take(film, "new", 0.3, basis="b2")
    assert failures() == 1


def test_a_clock_that_was_set_back_makes_no_time_negative() -> None:
    waits = [Attempt("a", at, 0.4, waited) for at, waited in enumerate((-50.0, 10.0, 20.0))]
    left, _, times, _ = planned({"b": 2.0}, waits, {"a": 1.0, "b": 2.0}, {})
    assert left[0].seconds == 30.0
    assert min(times.seen) > 0


@pytest.mark.parametrize("scores", [[], [0.9], [None, None], [0.1] * 3], ids=["none", "one", "unknown", "failed"])
def test_little_or_nothing_is_summarised_too(registry: Registry, scores: list[float | None]) -> None:
    filmed(registry, scores)
    with registry.transaction() as session:
        said = summarised(figures.facts(session, LANE))
        whole = summarised(figures.facts(session, None))
    assert (said.total is None) == (not scores)
    assert whole.forecast is None
    assert whole.name == figures.STUDIO


def test_a_file_of_one_project_has_a_curve_and_one_of_many_has_none(film: Registry) -> None:
    filmed(film, [0.9, 0.85], DRIFTING)
    takes, shots = figures.load("takes", registry=film), figures.load("shots", registry=film)
    assert figures.facts_of(takes, shots).shots == ()
    one: Any = shots
    alone = figures.facts_of(takes, one[one["project"] == "ferry"])
    with film.transaction() as session:
        wanted = figures.facts(session, LANE)
    assert list(alone.shots) == list(wanted.shots)
    assert alone.states == dict(wanted.states)


def test_a_rebuild_of_what_is_as_recorded_finds_nothing(film: Registry) -> None:
    assert figures.rebuild(registry=film) == figures.rebuild("ferry", registry=film) == []
    with pytest.raises(NotFound):
        figures.rebuild("nobody", registry=film)


def test_clocks_that_go_back_change_no_order(film: Registry) -> None:
    with film.transaction() as session:
        before = figures.facts(session, LANE).shots
    shots: Any = figures.load("shots", registry=film)
    reversed_clock = shots.assign(at=list(shots["at"])[::-1])
    assert figures.facts_of(figures.load("takes", registry=film), reversed_clock).shots == list(before)


def test_a_project_erased_meanwhile_is_not_found_and_its_sums_are_kept(film: Registry) -> None:
    assert len(figures.load("takes", project="ferry", registry=film)) == 8
    with film.transaction() as session:
        (before,) = figures.facts(session, None).sums[""]
        erase(session, "ferry", "it is over")
    with pytest.raises(NotFound, match="no project ferry"):
        figures.load("takes", project="ferry", registry=film)
    with film.transaction() as session, pytest.raises(NotFound):
        figures.facts(session, LANE)
    with film.transaction() as session:
        (after,) = figures.facts(session, None).sums[""]
    assert (after.takes, after.shots, after.seconds) == (before.takes, before.shots, before.seconds)
    assert (after.cost, after.mean) == (pytest.approx(before.cost), pytest.approx(before.mean))
    assert figures.rebuild(registry=film) == []
