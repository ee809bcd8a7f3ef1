"""Figures are kept with what they tell of: takes, verdicts, completions, states; and a rebuild finds no difference."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from aiuteur.craft.figures.running import running
from aiuteur.craft.stopping import Tried
from aiuteur.errors import InvalidInput
from aiuteur.film.commands import Approve, Promote, Reject
from aiuteur.film.dailies import Dimension, Rating, RuleSuggestion
from aiuteur.lane import Lane
from aiuteur.registry.attempted import tried
from aiuteur.registry.database import Registry
from aiuteur.registry.figure_rebuild import Difference, rebuild
from aiuteur.registry.figure_rows import finish
from aiuteur.registry.figure_sums import attempts, ended, failed, frames, records, rule_takes, shots, states, sums
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.rules import accept, suggest
from tests.databases import administrator
from tests.figures.filming import listed, shot, take
from tests.registry.builders import FREE, LANE, begun, command, fork


@pytest.fixture
def film(registry: Registry) -> Registry:
    """A project with a shot list of four."""
    begun(registry)
    listed(registry, *(shot(item, who) for item, who in (("s1", ("ada",)), ("s2", ("ada", "bo")), ("s3", ()), ("s4", ("bo",)))))
    return registry


def rows(registry: Registry, statement: str) -> list[tuple[Any, ...]]:
    with registry.transaction() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def series(registry: Registry) -> dict[str, Any]:
    with registry.transaction() as session:
        return states(session, lane_row(session, LANE).project_id)


def differences(registry: Registry) -> list[Difference]:
    with registry.transaction() as session:
        return rebuild(session)


def test_a_take_is_kept_with_its_verdict_and_its_shot(film: Registry) -> None:
    take(film, "s2", 0.7, rules=("keep the hat on",))
    found = rows(film, """SELECT label, part, n, attempt, provider, model, template, rules, shot_type, size, characters, seconds,
        cost_usd, judge, score, overall, accepted, continuity, composition FROM figures.takes""")
    assert found == [("S2", "clip", 1, 1, "lumen", "lumen-3", "clip.v1", "keep the hat on", "single", "medium", "ada, bo", 4.0,
                      0.4, "judge-1", 0.7, "REGENERATE_MINOR", False, 0.75, None)]
    assert rows(film, "SELECT count(*) FROM figures.shots") == [(0,)]
    assert series(film) == {}


def test_an_accepted_take_completes_its_shot_once(film: Registry) -> None:
    take(film, "s1", 0.6)
    take(film, "s1", 0.95, attempt=2, in_vain=1)
    take(film, "s1", 0.99, attempt=3)
    found = rows(film, "SELECT label, ordinal, how, attempts, best_take, score, seconds, cost_usd FROM figures.shots")
    assert found == [("S1", 1, "judged", 2, 2, 0.95, 4.0, pytest.approx(1.2))]


def test_a_shot_is_told_by_the_median_of_its_takes_too(film: Registry) -> None:
    for attempt, score in enumerate((0.5, 0.7, 0.9), 1):
        take(film, "s1", score, attempt=attempt)
    take(film, "s1", 0.1, basis="b2")
    assert rows(film, "SELECT score, median_score FROM figures.shots") == [(0.9, 0.7)]
    with film.transaction() as session:
        (found,) = shots(session, lane_row(session, LANE).project_id)
    assert (found.score, found.median, found.quality) == (0.9, 0.7, 0.7)


def test_frames_are_told_by_the_attempts_they_took(film: Registry, database_url: str) -> None:
    for item, scores in (("s1", (0.9,)), ("s2", (0.5, 0.6, 0.9, 0.95)), ("s3", (0.5,))):
        for attempt, score in enumerate(scores, 1):
            take(film, item, score, attempt=attempt)
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.figure_takes SET part = 'start'")
    with film.transaction() as session:
        assert frames(session, lane_row(session, LANE).project_id) == [1.0, 3.0]


def test_another_basis_is_another_completion(film: Registry) -> None:
    take(film, "s1", 0.9)
    take(film, "s1", 0.92, basis="b2")
    assert rows(film, "SELECT shot, ordinal, attempts FROM figures.shots ORDER BY 2") == [("s1", 1, 1), ("s1", 2, 1)]


def test_the_running_state_is_that_of_the_completions_in_order(film: Registry) -> None:
    scores = {"s3": 0.8, "s1": 0.95, "s2": 0.85}
    for item, score in scores.items():
        take(film, item, 0.5)
        take(film, item, score, attempt=2)
    found = series(film)
    assert found["quality"] == running(scores.values())
    assert found["attempts"] == running([2.0, 2.0, 2.0])
    assert found["cost"].mean_y == pytest.approx(0.8)
    assert rows(film, "SELECT series, n FROM figures.curves ORDER BY 1") == [("attempts", 3), ("cost", 3), ("quality", 3)]


def test_what_a_judge_could_not_say_is_neither_a_pass_nor_a_point(film: Registry) -> None:
    take(film, "s1", None)
    assert rows(film, "SELECT accepted, overall, score FROM figures.takes") == [(False, "UNKNOWN", None)]
    with film.transaction() as session:
        assert finish(session, lane_row(session, LANE), "s1", "accepted")
        assert not finish(session, lane_row(session, LANE), "s1", "accepted")
        assert not finish(session, lane_row(session, LANE), "s4", "skipped")
    assert rows(film, "SELECT how, score FROM figures.shots") == [("accepted", None)]
    take(film, "s2", 0.9)
    found = series(film)
    assert (found["attempts"].n, found["quality"].n) == (2, 1)
    assert found["quality"].mean_x == 2.0
    assert differences(film) == []


def test_a_person_who_approves_a_clip_completes_its_shot(film: Registry) -> None:
    take(film, "s1", 0.5)
    command(film, Approve(items=("clips/s1",)))
    command(film, Approve(items=("clips/s1", "shot_list/s2")))
    assert rows(film, "SELECT shot, how, score FROM figures.shots") == [("s1", "accepted", 0.5)]
    assert differences(film) == []


@pytest.mark.parametrize(("score", "accepted"), [(0.75, True), (0.85, False)])
def test_a_take_counts_as_accepted_where_its_project_let_it_in(film: Registry, score: float, accepted: bool) -> None:
    take(film, "s1", score, accepted=accepted)
    assert rows(film, "SELECT accepted FROM figures.takes") == [(accepted,)]
    assert rows(film, "SELECT count(*) FROM figures.shots") == [(int(accepted),)]
    with film.transaction() as session:
        assert tried(session, LANE) == {"clips": (Tried(int(not accepted), accepted),)}
    assert differences(film) == []


def completed(registry: Registry, lane: Lane = LANE) -> set[str]:
    with registry.transaction() as session:
        return set(ended(session, lane_row(session, lane)))


def test_what_is_selected_completes_a_shot_by_its_verdict_or_by_a_person(film: Registry) -> None:
    take(film, "s1", 0.9)
    take(film, "s2", 0.5)
    take(film, "s3", 0.5)
    assert completed(film) == {"s1"}
    command(film, Promote(item="clips/s2", version=1))
    assert completed(film) == {"s1", "s2"}
    assert completed(film, fork(film, LANE, "noir")) == {"s1", "s2"}
    command(film, Reject(items=("clips/s1",)))
    assert completed(film) == {"s2"}
    assert rows(film, "SELECT shot, how FROM figures.shots ORDER BY 1") == [("s1", "judged"), ("s2", "accepted")]
    with film.transaction() as session:
        assert finish(session, lane_row(session, LANE), "s3", "skipped")
    assert completed(film) == {"s2", "s3"}


def test_a_basis_that_moved_on_is_to_be_completed_again(film: Registry) -> None:
    take(film, "s1", 0.9)
    take(film, "s1", 0.5, basis="b2")
    assert completed(film) == set()


def test_what_people_say_of_takes_is_kept_beside_their_judge(film: Registry) -> None:
    take(film, "s1", 0.9)
    take(film, "s2", 0.5)
    hard = {Dimension.CONTINUITY: Rating.FAIL}
    command(film, Approve(items=("clips/s1",), ratings=hard))
    command(film, Reject(items=("clips/s2",)))
    command(film, Promote(item="clips/s2", version=1))
    found = "SELECT shot, accepted, accepted_person, continuity, continuity_person FROM figures.opinions ORDER BY 1"
    assert rows(film, found) == [("s1", True, True, 0.75, 0.0), ("s2", False, True, 0.75, None)]
    with pytest.raises(InvalidInput, match="only takes of frames and clips"):
        command(film, Approve(items=("shot_list/s3",), ratings=hard))


def test_a_rule_is_followed_by_the_first_takes_of_whom_it_speaks_to(film: Registry) -> None:
    with film.transaction() as session:
        hat = accept(session, LANE, suggest(session, LANE, RuleSuggestion(text="keep the hat on")).id)
        oars = accept(session, LANE, suggest(session, LANE, RuleSuggestion(text="wet oars", scope="character", about="Ada")).id)
        suggest(session, LANE, RuleSuggestion(text="not accepted"))
        session.execute(text("INSERT INTO aiuteur.artifacts (owner_id, branch_id, kind, item, label) "
                             "SELECT owner_id, id, 'bible', 'ada', 'ada' FROM aiuteur.branches"))
    take(film, "s1", 0.5)
    take(film, "s1", 0.9, attempt=2, rules=(str(hat.id),))
    take(film, "s2", 0.8, rules=(str(hat.id), str(oars.id)))
    take(film, "s3", 0.7, trials={str(hat.id): False})
    take(film, "s3", 0.6, basis="b2", rules=(str(hat.id),))
    take(film, "s1", 0.6, basis="b2", rules=(str(hat.id),), trials={str(hat.id): True})
    with film.transaction() as session:
        found = rule_takes(session, lane_row(session, LANE).project_id)
    assert found == {  # each shot once, by the take that a trial drew where one did
        "keep the hat on": [(None, True, 0.8), (False, False, 0.7), (True, True, 0.6)],
        "wet oars": [(None, False, 0.5), (None, True, 0.8)],
    }


def test_a_price_nobody_knows_is_no_point_of_the_cost(film: Registry) -> None:
    take(film, "s1", 0.9, cost=None)
    take(film, "s2", 0.9, card=FREE, cost=Decimal(0))
    assert series(film)["cost"].n == 1
    assert series(film)["attempts"].n == 2


def test_a_take_that_a_fork_reuses_costs_nothing_there(film: Registry) -> None:
    take(film, "s1", 0.9)
    other = fork(film, LANE, "noir")
    assert rows(film, "SELECT sum(cost_usd) FROM figures.takes") == [(0.4,)]
    with film.transaction() as session:
        assert attempts(session, lane_row(session, other)) == []


def test_a_rebuild_finds_no_difference(film: Registry) -> None:
    for at, item in enumerate(("s2", "s4", "s1")):
        take(film, item, 0.61 + at / 100)
        take(film, item, 0.8123456789 + at / 30, attempt=2, in_vain=at % 2)
    assert differences(film) == []


def test_a_rebuild_makes_good_what_is_missing_or_wrong(film: Registry, database_url: str) -> None:
    for item in ("s1", "s2", "s3"):
        take(film, item, 0.5)
        take(film, item, 0.9, attempt=2)
    wanted, kept = series(film), rows(film, "SELECT * FROM aiuteur.figure_takes ORDER BY take_id")
    with administrator(database_url) as connection:
        connection.execute("SET row_security = off")
        connection.execute("DELETE FROM aiuteur.figure_takes WHERE shot = 's2'")
        connection.execute("DELETE FROM aiuteur.figure_shots")
        connection.execute("UPDATE aiuteur.figure_states SET n = 0, mean_x = 0, mean_y = 0, mxx = 0, mxy = 0, myy = 0")
    found = {(one.project, one.kind) for one in differences(film)}
    assert found == {("ferry", "take"), ("ferry", "verdict"), ("ferry", "completion")}
    assert differences(film) == []
    assert rows(film, "SELECT * FROM aiuteur.figure_takes ORDER BY take_id") == kept
    assert series(film)["quality"].n == wanted["quality"].n
    assert series(film)["quality"].mean_y == pytest.approx(wanted["quality"].mean_y)
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.figure_states SET mxy = mxy + 1e-12 WHERE series = 'quality'")
    assert differences(film) == [Difference("ferry", "state", "quality")]
    assert differences(film) == []


def test_a_cost_that_was_settled_late_is_found(film: Registry, database_url: str) -> None:
    take(film, "s1", 0.9)
    with administrator(database_url) as connection:
        connection.execute("UPDATE aiuteur.generations SET cost_usd = 0.55")
    assert [(one.kind, one.what) for one in differences(film)] == [
        ("cost of a take", "s1"), ("cost of a shot", "s1"), ("state", "cost")]
    assert differences(film) == []
    assert series(film)["cost"].mean_y == 0.55


def test_shots_completed_at_once_each_get_a_place(film: Registry) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, [film] * 4, ("s1", "s2", "s3", "s4"), [0.9] * 4))
    assert sorted(rows(film, "SELECT ordinal FROM figures.shots")) == [(1,), (2,), (3,), (4,)]
    assert differences(film) == []


def test_takes_are_added_up_by_what_they_belong_to(film: Registry) -> None:
    take(film, "s1", 0.6)
    take(film, "s1", 0.9, attempt=2, in_vain=2)
    take(film, "s2", 0.8, card=FREE, cost=Decimal(0))
    with film.transaction() as session:
        found = sums(session, lane_row(session, LANE).project_id)
        assert sums(session)[""] == found[""]
    by_model = {one.name: one for one in found["model"]}
    paid = by_model["lumen-3"]
    assert (paid.takes, paid.judged, paid.shots, paid.accepted, paid.bills) == (2, 2, 1, 1, 4)
    assert (paid.cost, paid.good, paid.seconds) == (pytest.approx(1.6), pytest.approx(0.4), 4.0)
    assert paid.mean == pytest.approx(0.75)
    assert paid.attempts == 2
    assert by_model["animatic-1"].cost == 0
    assert {one.name: one.takes for one in found["character"]} == {"ada": 3, "bo": 1}
    assert {one.name: one.takes for one in found["shot_type"]} == {"single": 3}
    assert found[""][0].takes == 3


def test_the_ledger_tells_attempts_and_the_past_tells_projects(film: Registry) -> None:
    take(film, "s1", 0.6)
    take(film, "s1", 0.9, attempt=2, in_vain=1)
    elsewhere = begun(film, Lane("harbour"))
    listed(film, shot("s1"), lane=elsewhere)
    take(film, "s1", 0.9, lane=elsewhere)
    with film.transaction() as session:
        here = lane_row(session, LANE)
        assert [(one.shot, one.attempt, one.cost_usd) for one in attempts(session, here)] == [
            ("s1", 1, pytest.approx(0.4)), ("s1", 2, pytest.approx(0.8))]
        assert failed(session, here) == {"s1": 2}
        found = records(session)
        assert (list(found.pop(here.project_id).accepted), [list(one.accepted) for one in found.values()]) == ([2], [[1]])
        assert [(one.ordinal, one.attempts, one.characters) for one in shots(session, here.project_id)] == [(1, 2, ["ada"])]


def test_the_analyst_reads_numbers_and_no_words(film: Registry, database_url: str) -> None:
    take(film, "s1", 0.9)
    analyst = Registry.connect(database_url, role="analyst")
    try:
        for view in ("figures.takes", "figures.shots", "figures.calls", "figures.curves"):
            assert rows(analyst, f"TABLE {view}")
        for view in ("figures.opinions", "figures.anchors"):
            assert rows(analyst, f"TABLE {view}") == []
        for words in ("SELECT asked FROM aiuteur.anchors", "SELECT by FROM aiuteur.opinions",
                      "SELECT content FROM aiuteur.versions", "SELECT request FROM aiuteur.generations",
                      "SELECT settings FROM aiuteur.projects", "DELETE FROM aiuteur.figure_takes",
                      "SELECT * FROM aiuteur.commands"):
            with pytest.raises(Exception, match="permission denied"):
                rows(analyst, words)
    finally:
        analyst.close()
