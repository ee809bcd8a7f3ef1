"""The loop of takes: until accepted or out of attempts, each take kept with its verdict and none made twice."""

from pathlib import Path

import pytest

from aiuteur.craft.world import Key
from aiuteur.digest import Json
from aiuteur.errors import OverBudget, Unavailable
from aiuteur.film.commands import Reject, SetPolicy
from aiuteur.film.crew import ModelCard
from aiuteur.film.dailies import Dimension, Overall, Rating, Thresholds, Verdict
from aiuteur.media import gates
from aiuteur.models.protocols import Reply, Request
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.history import VersionRow
from aiuteur.registry.interrupts import InterruptRow, waiting
from aiuteur.registry.versions import Draft
from tests.registry.builders import LANE, command, put
from tests.stages.floor import Player, cinematographer, filmed, illustrator, prompt, run, world


def takes(registry: Registry, artifact: str, item: str) -> list[VersionRow]:
    """An item's versions, the first first."""
    with registry.transaction() as session:
        return versions.history(session, LANE, Key(artifact, item))[::-1]


def verdict(registry: Registry, item: str) -> Verdict:
    found = world(registry).items[Key("dailies", item)].noun
    assert isinstance(found, Verdict)
    return found


def interrupts(registry: Registry) -> list[InterruptRow]:
    with registry.transaction() as session:
        return waiting(session, LANE)


@pytest.fixture
def shot(registry: Registry, tmp_path: Path) -> Registry:
    """Two shots with their frames."""
    filmed(registry)
    assert run(registry, tmp_path, "frames").made == 2
    return registry


def test_takes_with_faults_are_made_again_until_one_is_accepted(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["black", "cut"]})
    report = run(shot, tmp_path, "clips", camera)
    assert len(camera.asked) == 4  # three of the first shot, one of the second: none after acceptance
    first, second = takes(shot, "clips", "x1"), takes(shot, "clips", "x2")
    assert [take.selected for take in first] == [False, False, True]
    assert len(second) == 1
    assert verdict(shot, "x1/clip").overall is Overall.ACCEPT
    assert report.made == 4
    assert interrupts(shot) == []


def test_the_next_prompt_says_what_the_last_take_got_wrong_and_whose_it_is(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["flicker"]})
    run(shot, tmp_path, "clips", camera)
    first, again = takes(shot, "clips", "x1")
    assert first.guidance is None
    assert again.guidance == "gaffer: Keep the light steady from frame to frame."
    assert again.final_prompt is not None
    assert again.final_prompt.startswith("Ada rows out, slowly.")
    assert "- gaffer: Keep the light steady" in again.final_prompt
    assert [request.prompt for request in camera.asked if "gaffer" in request.prompt] == [again.final_prompt]


def test_another_take_rolls_other_dice(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["black", "black"]})
    run(shot, tmp_path, "clips", camera)
    first = prompt(0).motion.document()  # both shots are filmed at once: whose turn comes first is chance
    seeds = [request.seed for request in camera.asked if request.payload["motion"] == first]
    assert len(set(seeds)) == 3
    assert seeds[0] == 0


def test_out_of_attempts_a_person_is_asked_and_the_best_take_is_shown(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["black", "flicker", "cut", "black", "black"]})
    run(shot, tmp_path, "clips", camera)
    made = takes(shot, "clips", "x1")
    assert [take.selected for take in made] == [False, True, False, False]
    shown = verdict(shot, "x1/clip")
    assert (shown.overall, shown.again) == (Overall.REGENERATE_MINOR, False)
    assert [(one.kind, one.item) for one in interrupts(shot)] == [("attempts", "clips/x1")]
    assert "4 takes were made" in interrupts(shot)[0].reason


def test_trying_ends_where_the_forecast_says_that_it_is_not_worth_it(shot: Registry, tmp_path: Path) -> None:
    command(shot, SetPolicy(takes={"stop_below": 0.9}))
    camera = cinematographer({0: ["flicker"] * 4})
    run(shot, tmp_path, "clips", camera)
    assert len(takes(shot, "clips", "x1")) == 1
    (waits,) = interrupts(shot)
    assert (waits.kind, waits.item) == ("forecast", "clips/x1")
    assert "Three more tries have a" in waits.reason
    assert verdict(shot, "x1/clip").again is False


def test_money_that_ends_between_takes_leaves_the_best_and_asks_a_person(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["flicker"] * 4})
    once = camera.answer

    def poor(request: Request) -> Reply:
        if request.prompt and "steady" in request.prompt:
            message = "Nothing is left of the budget."
            raise OverBudget(message)
        return once(request)

    camera.answer = poor
    run(shot, tmp_path, "clips", camera)
    assert [take.selected for take in takes(shot, "clips", "x1")] == [True]
    assert [(one.kind, one.item) for one in interrupts(shot)] == [("approval", "clips/x1")]
    assert verdict(shot, "x1/clip").again is False


def test_a_judge_that_nobody_can_pay_is_unknown_and_waits_for_money(shot: Registry, tmp_path: Path) -> None:
    def dear(_: Request) -> Reply:
        message = "Nothing is left of the budget."
        raise OverBudget(message)

    judge = Player(dear, ModelCard("eyes", "test", "dear", replayable=True))
    run(shot, tmp_path, "clips", judge=judge)
    assert len(judge.asked) == 2  # once for each shot: asking again would cost again
    assert {one.kind for one in interrupts(shot)} == {"approval"}
    assert verdict(shot, "x1/clip").overall is Overall.UNKNOWN


@pytest.mark.parametrize("rating", [
    {"dimension": "continuity", "rating": "PASS", "weight": float("nan")}, {"dimension": "mood", "rating": "PASS", "weight": 0.2},
    {"dimension": "continuity", "rating": 0.9, "weight": 0.2},
], ids=["NaN", "no dimension", "no rating"])
def test_what_is_no_review_is_unknown_neither_nought_nor_a_pass(
    shot: Registry, tmp_path: Path, rating: dict[str, Json],
) -> None:
    odd = ModelCard("eyes", "test", "odd", replayable=True)
    judge = Player(lambda _: Reply(content={"ratings": [rating]}, cost_usd=0.0), odd)
    run(shot, tmp_path, "clips", judge=judge)
    assert (verdict(shot, "x1/clip").overall, verdict(shot, "x1/clip").score) == (Overall.UNKNOWN, None)


def test_the_same_lane_run_again_asks_for_nothing_more(shot: Registry, tmp_path: Path) -> None:
    run(shot, tmp_path, "clips", cinematographer({0: ["black"] * 4}))
    camera = cinematographer()
    assert (run(shot, tmp_path, "clips", camera).made, camera.asked) == (0, [])
    judge = Player(lambda _: Reply(), ModelCard("eyes", "test", "one"))
    assert (run(shot, tmp_path, "dailies", judge=judge).made, judge.asked) == (0, [])


def test_a_run_that_ends_between_takes_is_gone_on_with_and_buys_nothing_twice(shot: Registry, tmp_path: Path) -> None:
    camera = cinematographer({0: ["black", "black"]})
    once = camera.answer

    def dying(request: Request) -> Reply:
        if len(camera.asked) == 3:
            message = "The power went."
            raise Unavailable(message)
        return once(request)

    camera.answer = dying
    with pytest.raises(Unavailable):
        run(shot, tmp_path, "clips", camera)
    asked = len([request for request in camera.asked if request.seed == 0])
    assert asked == 1
    again = cinematographer({0: []})
    run(shot, tmp_path, "clips", again)
    assert 0 not in [request.seed for request in again.asked]
    assert verdict(shot, "x1/clip").overall is Overall.ACCEPT
    assert [take.n for take in takes(shot, "clips", "x1") if take.selected] == [len(takes(shot, "clips", "x1"))]


def test_a_rejected_take_is_not_offered_again(shot: Registry, tmp_path: Path) -> None:
    run(shot, tmp_path, "clips")
    with shot.transaction() as session:
        perform(session, LANE, Reject(items=("clips/x1",), version=1))
    camera = cinematographer()
    run(shot, tmp_path, "clips", camera)
    assert [request.seed for request in camera.asked] != [0]
    assert len(camera.asked) == 1
    assert [take.selected for take in takes(shot, "clips", "x1")] == [False, True]


def test_frames_are_tried_three_times(registry: Registry, tmp_path: Path) -> None:
    filmed(registry, shots=1)
    easel = illustrator("black", "black", "black", "black")
    run(registry, tmp_path, "frames", easel=easel)
    assert len(easel.asked) == 3
    assert [(one.kind, one.item) for one in interrupts(registry)] == [("attempts", "frames/x1/start")]


def test_a_take_that_fails_a_gate_alone_costs_no_judging(shot: Registry, tmp_path: Path) -> None:
    judge = seeing()
    run(shot, tmp_path, "clips", cinematographer({0: ["black"]}), judge=judge)
    assert len(judge.asked) == 2  # one sound take of each shot
    assert [reference.role for reference in judge.asked[0].references][:2] == ["take", "start_frame"]


def test_a_judge_that_says_nothing_is_asked_once_more_and_then_a_person(shot: Registry, tmp_path: Path) -> None:
    judge = Player(lambda _: Reply(content={"nonsense": 1}, cost_usd=0.0), ModelCard("eyes", "test", "blind", replayable=True))
    camera = cinematographer()
    run(shot, tmp_path, "clips", camera, judge=judge)
    assert (len(camera.asked), len(judge.asked)) == (2, 4)
    found = verdict(shot, "x1/clip")
    assert (found.overall, found.score) == (Overall.UNKNOWN, None)
    assert {(one.kind, one.item) for one in interrupts(shot)} == {("judge", "clips/x1"), ("judge", "clips/x2")}


def test_the_same_take_is_judged_once(shot: Registry, tmp_path: Path) -> None:
    judge = seeing()
    run(shot, tmp_path, "clips", judge=judge)
    assert len(judge.asked) == 2
    run(shot, tmp_path, "dailies", judge=judge)
    assert [request.task for request in judge.asked].count("review_clip") == 2


def seeing() -> Player:
    """A judge that reads words and finds nothing wrong."""
    ratings = [{"dimension": dimension.value, "rating": Rating.PASS.value, "weight": 0.2} for dimension in Dimension]
    card = ModelCard("eyes", "test", "one", replayable=True)
    return Player(lambda _: Reply(content={"ratings": ratings}, cost_usd=0.0), card)


def test_the_same_bytes_held_against_the_same_are_measured_once(
    shot: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(shot, tmp_path, "clips")
    before = verdict(shot, "x1/clip")
    watched: list[Thresholds] = []
    watch = gates.watch_clip

    def seen(data: bytes, asked: gates.Asked, bounds: Thresholds, **shown: bytes | None) -> gates.Watched:
        watched.append(bounds)
        return watch(data, asked, bounds, **shown)

    monkeypatch.setattr(gates, "watch_clip", seen)
    put(shot, Draft(Key("prompts", "x1"), prompt(0).model_copy(update={"video": "Ada rows out, singing."}), {}))
    assert run(shot, tmp_path, "clips").made == 1
    assert watched == []
    assert verdict(shot, "x1/clip") == before
    command(shot, SetPolicy(thresholds={"frozen": 0.5}))
    put(shot, Draft(Key("prompts", "x1"), prompt(0).model_copy(update={"video": "Ada rows out, laughing."}), {}))
    run(shot, tmp_path, "clips")
    assert watched == [Thresholds(frozen=0.5)]
