"""Checks on the dailies, by hand-made verdicts."""

from dataclasses import replace
from uuid import UUID

import pytest

from aiuteur.craft.review import FAMILIES
from aiuteur.craft.world import Key, Selected, World
from aiuteur.film.bible import Lighting
from aiuteur.film.dailies import Gate, Overall, Verdict
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Cinematography, Shot, ShotSize, ShotType
from aiuteur.lane import Lane
from aiuteur.stages.checks import CHECKS
from aiuteur.stages.reviews import REVIEWS, holds, takes_accepted

FLICKERS = Gate(name="flicker", value=0.61, bound=0.5, passed=False)
BLACK = Gate(name="black", value=2.0, bound=0.07, passed=False)
STEADY = Gate(name="flicker", value=0.1, bound=0.5, passed=True)


def verdict(overall: Overall, score: float | None, *gates: Gate) -> Verdict:
    return Verdict(take="0" * 64, judge="house", gates=gates, score=score, overall=overall)


def world(**verdicts: Verdict) -> World:
    camera = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.CLOSE_UP)
    nouns: dict[Key, Noun] = {}
    for number, (shot, found) in enumerate(verdicts.items()):
        label = f"1{'ABC'[number]}"
        nouns[Key("shot_list", shot)] = Shot(
            id=shot, scene_id="s", label=label, cinematography=camera, lighting=Lighting(), action="-", duration=3.0,
        )
        nouns[Key("dailies", f"{shot}/clip")] = found
    items = {key: Selected(key, UUID(int=1), 1, noun, noun.digest(), noun.field_digests(), {}) for key, noun in nouns.items()}
    return World(Lane("a"), "seed", 1, items)


def test_takes_that_are_accepted_pass_with_their_scores() -> None:
    found = takes_accepted(world(x=verdict(Overall.ACCEPT, 0.95), y=verdict(Overall.ACCEPT_WITH_NOTES, 0.85)))
    assert (found.passed, found.sentence) == (True, "All 2 takes are accepted.")
    assert found.measures == {"takes": 2, "accepted": 2, "lowest_score": 0.85, "mean_score": pytest.approx(0.9)}


def test_a_take_that_is_not_accepted_is_named_and_as_grave_as_its_verdict() -> None:
    minor = takes_accepted(world(x=verdict(Overall.ACCEPT, 0.95), y=verdict(Overall.REGENERATE_MINOR, 0.7)))
    assert (minor.passed, minor.grave) == (False, False)
    assert minor.sentence == "1 of 2 takes are not accepted: 1B clip regenerate minor at 0.70."
    major = takes_accepted(world(x=verdict(Overall.REGENERATE_MAJOR, 0.4)))
    assert (major.passed, major.grave) == (False, True)


def test_a_judge_that_was_silent_is_no_yes_and_no_alarm() -> None:
    found = takes_accepted(world(x=verdict(Overall.UNKNOWN, None)))
    assert (found.passed, found.grave, found.sentence) == (False, False, "1 of 1 takes are not accepted: 1A clip unknown.")


def test_a_take_that_a_person_holds_or_the_project_let_in_is_accepted() -> None:
    lane = world(x=verdict(Overall.REGENERATE_MINOR, 0.7), y=verdict(Overall.ACCEPT_WITH_NOTES, 0.85))
    strict = lane.items[Key("dailies", "y/clip")]
    held = Selected(Key("clips", "x"), UUID(int=2), 1, strict.noun, "", {}, {}, pinned=True)
    hard = replace(strict, noun=strict.noun.model_copy(update={"accepted": False}))
    found = takes_accepted(replace(lane, items={**lane.items, Key("clips", "x"): held, Key("dailies", "y/clip"): hard}))
    assert found.sentence == "1 of 2 takes are not accepted: 1B clip accept with notes at 0.85."


def test_a_family_tells_its_own_gates_only_and_those_that_fail_a_take_alone_are_grave() -> None:
    lane = world(x=verdict(Overall.ACCEPT, 0.9, FLICKERS), y=verdict(Overall.ACCEPT, 0.9, STEADY))
    light, sound = holds("light")(lane), holds("sound")(lane)
    assert (light.passed, light.grave) == (False, False)
    assert light.sentence == "1 of 2 takes fail: 1A clip (flicker 0.61, bound 0.5)."
    assert (sound.passed, sound.measures) == (True, {"measured": 0, "failed": 0})
    assert holds("light")(world(x=verdict(Overall.FAIL, 0.1, BLACK))).grave


def test_there_is_a_check_for_every_family_and_one_for_the_verdicts() -> None:
    assert set(REVIEWS) == {*(f"gates_{family}" for family in FAMILIES), "takes_accepted"}
    assert {name for name, (artifact, _) in CHECKS.items() if artifact == "dailies"} == set(REVIEWS)
