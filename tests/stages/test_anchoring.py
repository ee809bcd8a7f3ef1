"""Anchors: the same takes are judged again, by the same questions, whatever becomes of the shots they were takes of."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from aiuteur.craft.gating import SHUT
from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.film.commands import Reject, SetPolicy
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.dailies import Dimension, Rating
from aiuteur.media.storage import Storage
from aiuteur.models.protocols import Reply, Request
from aiuteur.registry import anchors
from aiuteur.registry.database import Registry
from aiuteur.registry.drafts import Draft
from aiuteur.registry.lanes import lane_row
from aiuteur.stages.anchoring import Anchored, read_anchors
from aiuteur.stages.work import Bench
from tests.registry.builders import LANE, command, put
from tests.stages.floor import Player, crew, filmed, prompt, run, world

EYES = ModelCard("eyes", "test", "one", replayable=True)


def rating(rating: Rating) -> Player:
    """A judge who gives every dimension one rating."""
    ratings: list[Json] = [{"dimension": one.value, "rating": rating.value, "weight": 0.2} for one in Dimension]
    return Player(lambda _: Reply(content={"ratings": ratings}, cost_usd=0.0), EYES)


def read(registry: Registry, home: Path, judge: Player) -> Anchored:
    bench = Bench(world(registry), crew(registry, home, {Role.JUDGE: judge}), Storage.open(str(home)))
    return asyncio.run(read_anchors(bench, registry))


def scores(registry: Registry) -> list[tuple[Any, ...]]:
    with registry.transaction() as session:
        read = "SELECT item, judge, score, takes FROM figures.anchors ORDER BY score DESC, item"
        return [tuple(row) for row in session.execute(text(read))]


def shown(judge: Player) -> list[Any]:
    """What a judge was asked about, in whatever order."""
    return sorted(([request.payload, [one.sha256 for one in request.references]] for request in judge.asked), key=str)


@pytest.fixture
def film(registry: Registry, tmp_path: Path) -> Registry:
    """Three shots with their clips, judged; the project wants two anchors."""
    filmed(registry, shots=3)
    run(registry, tmp_path, "frames")
    run(registry, tmp_path, "clips", judge=rating(Rating.PASS))
    command(registry, SetPolicy(takes={"anchors": 2}))
    return registry


def test_a_project_that_wants_none_asks_nobody(film: Registry, tmp_path: Path) -> None:
    command(film, SetPolicy(takes={"anchors": 0}))
    judge = rating(Rating.PASS)
    assert read(film, tmp_path, judge) == Anchored()
    assert judge.asked == []


def test_the_same_takes_are_judged_afresh_each_time(film: Registry, tmp_path: Path) -> None:
    kind, strict = rating(Rating.PASS), rating(Rating.MINOR_ISSUES)
    assert read(film, tmp_path, kind) == Anchored(2, 2)
    assert read(film, tmp_path, strict) == Anchored(2, 2)
    assert (len(kind.asked), len(strict.asked)) == (2, 2)
    assert shown(kind) == shown(strict)
    assert scores(film) == [
        (item, "one", pytest.approx(score), 3) for score in (1.0, 0.75) for item in ("x1/clip", "x2/clip")
    ]
    verdict = world(film).items[Key("dailies", "x1/clip")]
    assert verdict.n == 1  # nothing becomes of the take that stands


def test_a_take_that_a_person_rejected_becomes_no_anchor(film: Registry, tmp_path: Path) -> None:
    command(film, Reject(items=("clips/x1",)))
    assert read(film, tmp_path, rating(Rating.PASS)) == Anchored(2, 2)
    assert {item for item, *_ in scores(film)} == {"x2/clip", "x3/clip"}


def test_an_anchor_stays_what_it_was_when_its_shot_moves_on(film: Registry, tmp_path: Path) -> None:
    before, after = rating(Rating.PASS), rating(Rating.PASS)
    read(film, tmp_path, before)
    put(film, Draft(Key("prompts", "x1"), prompt(0).model_copy(update={"video": "Ada rows back."}), {}))
    run(film, tmp_path, "clips", judge=rating(Rating.PASS))
    read(film, tmp_path, after)
    assert shown(before) == shown(after)
    assert sorted(takes for *_, takes in scores(film)) == [3, 3, 4, 4]


def test_a_judge_that_says_nothing_gives_no_reading(film: Registry, tmp_path: Path) -> None:
    def answer(_: Request) -> Reply:
        return Reply(content={"ratings": [{"dimension": "continuity", "rating": "PASS", "weight": float("nan")}]}, cost_usd=0.0)

    found = read(film, tmp_path, Player(answer, EYES))
    assert (found.anchors, found.read) == (2, 0)
    assert "ratings.0.weight" in found.silent[0] or "validation error" in found.silent[0]
    assert scores(film) == []
    nobody = Bench(world(film), crew(film, tmp_path, {}), Storage.open(str(tmp_path)))
    assert asyncio.run(read_anchors(nobody, film)).read == 0


def test_a_closed_gate_keeps_anchors_waiting(film: Registry, tmp_path: Path) -> None:
    judge = rating(Rating.PASS)
    shut = Bench(world(film), crew(film, tmp_path, {Role.JUDGE: judge}), Storage.open(str(tmp_path)), gate=SHUT)
    assert asyncio.run(read_anchors(shut, film)) == Anchored(silent=(SHUT.sentence,))
    assert judge.asked == []


def test_only_readings_of_the_judge_asked_last_are_compared(film: Registry, tmp_path: Path) -> None:
    read(film, tmp_path, Player(rating(Rating.PASS).answer, ModelCard("eyes", "test", "older", replayable=True)))
    read(film, tmp_path, rating(Rating.PASS))
    with film.transaction() as session:
        found = anchors.readings(session, lane_row(session, LANE).project_id)
    assert found is not None
    assert (found.judge, len(found.anchors)) == ("one", 2)
    assert found.work == ((3, 1.0),)
