"""Long stories in parts: what each part holds, and that together they are the whole."""

import json
from typing import Any

import pytest

from aiuteur.craft import asking
from aiuteur.craft.parts import joined, parts
from aiuteur.craft.passages import cited, naming, pieces
from aiuteur.digest import Json
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.story import Beat, Turn
from tests.wire import actor

LONG = "\n\n".join(
    f"On day {day} Nell Brandt walked along Harbour Street. “The boats are out,” she said. Her father did not answer her at all."
    for day in range(1, 61)
)
NARRATIVE = Narrative(title="Sixty Days", text=LONG, format=SourceFormat.PROSE)
STORY: dict[str, Json] = {"narrative": NARRATIVE.document(), "brief": Brief(length_seconds=240).document()}


def ask(task: str, payload: Any) -> Any:  # noqa: ANN401 - any task's content
    asked = asking.words(task, payload)
    return asking.read(task, payload, json.dumps(actor.answer(asked.prompt, asked.schema)))


def beat(number: int) -> Beat:
    told = cited(LONG, [f"p{number}"])
    return Beat(id=f"b{number}", text="She walks.", turn=Turn.RISING, emotion="unease", seconds=4, passages=told)


def whole(task: str, payload: dict[str, Json], room: int) -> tuple[int, Any]:
    cut = parts(task, payload, room, asking.size)
    assert all(asking.size(task, part) <= room for part in cut)
    return len(cut), joined(task, payload, [ask(task, part) for part in cut])


def test_what_fits_is_asked_whole() -> None:
    assert parts("treatment", STORY, 1_000_000, asking.size) == [STORY]


def test_a_long_story_is_treated_and_broken_into_beats_part_by_part() -> None:
    count, treatment = whole("treatment", STORY, 900)
    assert count > 2
    assert len(treatment["variants"]) == 3
    count, found = whole("beats", {**STORY, "variant": {**treatment["variants"][0], "prose": "She walks."}}, 1600)
    assert count > 1
    starts = [beat["passages"][0]["start"] for beat in found["beats"] if beat["passages"]]
    assert starts == sorted(starts)
    assert starts[-1] > len(LONG) / 2
    assert sum(beat["seconds"] for beat in found["beats"]) == pytest.approx(232, abs=0.5)


def test_a_part_shows_what_comes_just_before_it_and_keeps_the_numbers_of_the_whole() -> None:
    second = parts("beats", {**STORY, "variant": ask("treatment", STORY)["variants"][0]}, 1200, asking.size)[1]
    shown = json.loads(asking.words("beats", second).prompt.split("\n")[-2])
    assert int(shown["before"][0]["id"][1:]) + 1 == int(shown["passages"][0]["id"][1:])
    assert shown["passages"][0]["text"] == next(piece.text for piece in pieces(LONG) if piece.id == shown["passages"][0]["id"])


def test_every_beat_of_a_long_script_is_told_once_under_its_own_id() -> None:
    beats = [beat(number) for number in range(1, 61)]
    count, found = whole("script", {**STORY, "beats": [one.document() for one in beats]}, 3500)
    assert count > 1
    told = [item for scene in found["scenes"] for item in scene["beats"]]
    assert told == [one.id for one in beats]
    assert sum(scene["seconds"] for scene in found["scenes"]) == pytest.approx(240, abs=0.5)


def test_a_bible_in_parts_has_everybody_once() -> None:
    scripts = [ask("script", {**STORY, "beats": [beat(number).document()]}) for number in range(1, 31)]
    told = [scene for script in scripts for scene in script["scenes"]]
    scenes: list[Json] = [{**scene, "id": f"s{n}", "number": str(n)} for n, scene in enumerate(told, 1)]
    count, found = whole("bible", {**STORY, "script": {"title": "T", "scenes": scenes}}, 1500)
    assert count > 1
    names = [(entry["kind"], entry["name"]) for entry in found["entries"]]
    assert len(names) == len(set(names))
    assert [kind for kind, _ in names].count("style") == 1


@pytest.mark.parametrize(
    "text", [LONG, "One.\r\n\r\nTwo.\n\n\n  Three.  ", "だ。" * 900, "x" * 3000], ids=["prose", "blanks", "cjk", "one word"],
)
def test_pieces_hold_every_word_once_in_order(text: str) -> None:
    found = pieces(text)
    assert "".join("".join(piece.text.split()) for piece in found) == "".join(text.split())
    assert [text[piece.start:piece.end] for piece in found] == [piece.text for piece in found]
    assert all(naming(text, cited(text, [piece.id])) == [piece.id] for piece in found)
