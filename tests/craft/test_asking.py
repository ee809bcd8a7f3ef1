"""What a model is asked in words, and what its words have to hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from aiuteur.craft import asking, templates
from aiuteur.craft.keyimages import key_words
from aiuteur.film.bible import Character, Entry, Location, Prop, Style
from tests.craft.payloads import ADA, LAMP, NOIR, PAYLOADS, QUAY
from tests.wire import actor

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("task", sorted(PAYLOADS))
def test_a_task_reads_as_filed(task: str) -> None:
    asked = asking.words(task, PAYLOADS[task])
    assert f"{asked.system}\n\n{asked.prompt}" == (GOLDEN / f"ask_{task}.txt").read_text("utf-8").rstrip("\n")


def test_asking_for_a_correction_reads_as_filed() -> None:
    said = asking.correction("beats.0.turn: Input should be 'setup', 'inciting' or 'rising'")
    assert said == (GOLDEN / "ask_correction.txt").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("entry", [ADA, QUAY, LAMP, NOIR], ids=lambda entry: type(entry).__name__.lower())
def test_a_key_image_reads_as_filed(entry: Entry) -> None:
    assert isinstance(entry, Character | Location | Prop | Style)
    filed = (GOLDEN / f"key_{type(entry).__name__.lower()}.txt").read_text("utf-8").rstrip("\n")
    assert key_words(entry, NOIR.only("period", "palette", "grain")) == filed


def test_every_template_is_filed() -> None:
    used = {"system", "judge", "correction", "key_image", "frame", "video"} | asking.TASKS - {"review_frame", "review_clip"}
    assert {one.name for one in templates.every()} >= used


def test_the_same_payload_asks_the_same_and_another_story_asks_under_another_mark() -> None:
    again = asking.words("treatment", PAYLOADS["treatment"])
    assert again == asking.words("treatment", PAYLOADS["treatment"])
    other = {**PAYLOADS["treatment"], "narrative": {"title": "T", "text": "Other.", "format": "prose"}}
    assert asking.words("treatment", other).system != again.system


def test_a_rewritten_list_is_shown_with_its_ids_and_may_give_them_back() -> None:
    previous = [{"id": "b1", "text": "Ada looks for the ferryman."}]
    asked = asking.words("beats", PAYLOADS["beats"], previous)
    assert '"previous":[{"id":"b1"' in asked.prompt
    beat = {"id": "b1", "text": "She looks.", "turn": "setup", "emotion": "unease", "passages": ["p1"], "seconds": 5}
    found = read("beats", {"beats": [beat]})
    assert found["beats"][0]["id"] == "b1"
    assert found["beats"][0]["seconds"] == pytest.approx(27.0, abs=0.1)


def read(task: str, answer: object) -> Any:  # noqa: ANN401 - a content of any task
    return asking.read(task, PAYLOADS[task], json.dumps(answer))


@pytest.mark.parametrize("task", sorted(asking.TASKS - {"review_frame", "review_clip"}))
def test_the_animatic_studios_own_answers_are_readable(task: str) -> None:
    asked = asking.words(task, PAYLOADS[task])
    assert read(task, actor.answer(asked.prompt, asked.schema))


def _shots(count: int, **changes: object) -> dict[str, list[dict[str, object]]]:
    asked = asking.words("shot_list", PAYLOADS["shot_list"])
    one = actor.answer(asked.prompt, asked.schema)["shots"][0]
    return {"shots": [{**one, "blocking": [], "dialogue": [], "props": [], "continues_from": None, **changes}] * count}


@pytest.mark.parametrize(("task", "answer", "because"), [
    pytest.param("treatment", "no JSON at all", "the answer", id="no JSON"),
    pytest.param("beats", {"beats": []}, "beats", id="an empty list"),
    pytest.param("beats", {"beats": [
        {"id": None, "text": "x", "turn": "setup", "emotion": "e", "passages": ["p99"], "seconds": 3}]}, "no passage p99",
                 id="a passage there is none of"),
    pytest.param("script", {"title": "T", "scenes": [
        {"id": None, "beats": ["b9"], "seconds": 3, "fountain": "INT. A - DAY\n\nx"}]}, "no beat with the id b9",
                 id="a beat there is none of"),
    pytest.param("script", {"title": "T", "scenes": [
        {"id": None, "beats": list[str](), "seconds": 3, "fountain": "INT. A - DAY\n\nx"}]},
                 "no scene tells beat b1", id="a beat that nobody tells"),
    pytest.param("script", {"title": "T", "scenes": [{"id": None, "beats": ["b1"], "seconds": 3, "fountain": "A room."}]},
                 "no Fountain", id="a scene without a slug line"),
    pytest.param("breakdown", {
        "location_id": "nowhere", "cast": [], "props": [], "time_of_day": "night", "weather": "rain", "mood": "m", "excerpt": "e",
        "end_state": "s"}, "no location with the id nowhere", id="a place that is not in the bible"),
    pytest.param("shot_list", _shots(2), "write at least 4", id="too few shots for the model's longest clip"),
    pytest.param("shot_list", _shots(5, continues_from=4), "not before it", id="a shot that goes on from a later one"),
    pytest.param("review_frame", {"ratings": [{"dimension": "continuity", "rating": "PASS"}], "issues": [], "suggestion": None},
                 "missing", id="a dimension left out"),
])
def test_an_answer_that_makes_no_sense_is_told_why(task: str, answer: object, because: str) -> None:
    said = answer if isinstance(answer, str) else json.dumps(answer)
    with pytest.raises(asking.Unreadable, match=because):
        asking.read(task, PAYLOADS[task], said)


def test_no_shot_is_longer_than_the_model_makes_one() -> None:
    found = read("shot_list", {"shots": [*_shots(3)["shots"], *_shots(1, duration=40)["shots"]]})
    lasting = [shot["duration"] for shot in found["shots"]]
    assert max(lasting) <= 8.0
    assert sum(lasting) == pytest.approx(27.6, abs=0.01)


def test_a_fence_around_an_answer_is_taken_off() -> None:
    look = {"wardrobe": None, "tags": ["wet"], "carry_forward": True}
    assert asking.read("looks", PAYLOADS["looks"], f"```json\n{json.dumps(look)}\n```") == look
