"""The built-in writer, task by task, on an original story and on texts that are hard."""

import asyncio
import json
import re
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft.choosing import cited, distance
from aiuteur.craft.outline import LEAST_DIFFERENCE
from aiuteur.craft.pieces import pieces_of
from aiuteur.craft.prose.language import limits
from aiuteur.craft.timing import content_seconds, spoken_seconds
from aiuteur.errors import InvalidInput
from aiuteur.film.bible import ENTRY
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.noun import Passage
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.shots import Facing, Scene, ScreenSide, Shot
from aiuteur.models.animatic.writer import AnimaticWriter
from aiuteur.models.protocols import Request
from benchmarks.attribution import measure

Doc = dict[str, Any]
FIXTURES = Path(__file__).parent.parent / "fixtures"
STORY = (FIXTURES / "story.txt").read_text(encoding="utf-8")


def ask(task: str, **payload: Any) -> Any:  # noqa: ANN401 - a reply is whatever JSON the task answers
    return asyncio.run(AnimaticWriter().make(Request(task, payload))).content


def told(text: str, length: int = 90) -> Doc:
    """Everything up to the bible, as the stages would ask for it."""
    narrative = Narrative(title="A story", text=text, format=SourceFormat.PROSE).document()
    brief = Brief(length_seconds=length).document()
    treatment = ask("treatment", narrative=narrative, brief=brief)
    beats = ask("beats", narrative=narrative, brief=brief, variant=treatment["variants"][0])["beats"]
    beats = [{**beat, "id": f"b{place}"} for place, beat in enumerate(beats)]
    script = ask("script", narrative=narrative, brief=brief, beats=beats)
    scenes = [
        ScriptScene.model_validate({**scene, "id": f"s{place}", "number": str(place)})
        for place, scene in enumerate(script["scenes"], 1)
    ]
    entries = ask(
        "bible", narrative=narrative, brief=brief, script={"title": "A story", "scenes": [scene.document() for scene in scenes]}
    )["entries"]
    return {
        "treatment": treatment,
        "beats": beats,
        "scenes": scenes,
        "entries": [{**entry, "id": f"e{place}"} for place, entry in enumerate(entries)],
    }


def broken_down(made: Mapping[str, Any], script: ScriptScene, language: str = "en") -> tuple[Scene, list[Doc]]:
    views = [
        {name: entry.get(name) for name in ("id", "kind", "name", "aliases", "place", "interior")} for entry in made["entries"]
    ]
    content = ask("breakdown", scene=script.document(), entries=views, narrative_language=language)
    scene = Scene.model_validate({**content, "id": script.id, "number": script.number, "slug": str(script.slug)})
    cast = [
        {"id": entry["id"], "name": entry["name"], "weight": entry["weight"], "sex": entry["traits"]["sex"]}
        for entry in made["entries"]
        if entry["id"] in scene.cast
    ]
    return scene, cast


def covered(scene: Scene, script: ScriptScene, cast: list[Doc], seconds: float, longest: float = 8.0) -> list[Shot]:
    content = ask(
        "shot_list",
        scene=scene.document(),
        script=script.document(),
        cast=cast,
        location=None,
        brief={"aspect_ratio": "16:9", "quality_tier": "standard"},
        seconds=seconds,
        max_seconds=longest,
    )
    return [
        Shot.model_validate({**shot, "id": "x", "scene_id": scene.id, "label": "1A", "continues_from": None})
        for shot in content["shots"]
    ]


def test_cast_and_speakers_are_found() -> None:
    figures = measure(STORY, json.loads((FIXTURES / "story.labels.json").read_text(encoding="utf-8")))
    assert figures.precision >= 0.85, figures.misses
    assert figures.recall >= 0.85
    assert figures.named >= 0.95, figures.misses
    assert figures.all >= 0.8


def test_variants_keep_passages_at_least_thirty_per_cent_apart() -> None:
    variants = told(STORY)["treatment"]["variants"]
    assert len({variant["angle"] for variant in variants}) == 3
    kept = [
        frozenset(
            piece.order for piece in cited(pieces_of(STORY), [Passage.model_validate(passage) for passage in variant["passages"]])
        )
        for variant in variants
    ]
    assert all(distance(one, two) >= LEAST_DIFFERENCE for one, two in combinations(kept, 2))


@pytest.mark.parametrize("length", [20, 60, 90, 300, 1200])
def test_beats_and_scenes_share_the_films_content(length: int) -> None:
    made = told(STORY, length)
    assert sum(beat["seconds"] for beat in made["beats"]) == pytest.approx(content_seconds(length), abs=0.01)
    assert sum(scene.seconds for scene in made["scenes"]) == pytest.approx(content_seconds(length), abs=0.05)
    assert made["beats"][-1]["turn"] == "resolution"


def verbatim(line: str, text: str) -> bool:
    """Whether a spoken line is the text's own to the letter, but for a comma before a tag, which becomes a stop."""
    return line in text or any(f"{line.removesuffix('.')},{mark}" in text for mark in "”’\"'")


def test_every_spoken_line_is_the_storys_own() -> None:
    plain = " ".join(STORY.split())
    for scene in told(STORY, 300)["scenes"]:
        for element in scene.elements:
            if element.kind is ElementKind.DIALOGUE:
                assert verbatim(element.text, plain)
            if element.kind is ElementKind.ACTION:
                assert element.text.rstrip(".")[1:] in plain


def test_the_ending_is_always_kept() -> None:
    for length in (20, 90, 300):
        assert "nothing" in told(STORY, length)["scenes"][-1].elements[-1].text


def test_the_bible_holds_people_who_look_different_and_one_style() -> None:
    entries = told(STORY, 300)["entries"]
    for entry in entries:
        ENTRY.validate_python(entry)
    people = [entry for entry in entries if entry["kind"] == "character"]
    assert {"Mr. Finch", "Mrs. Penhallow", "Tobias Reed", "Captain Orme"} <= {person["name"] for person in people}
    looks = {(person["traits"]["hair_colour"], person["traits"]["hair_style"], person["traits"]["face"]) for person in people}
    assert len(looks) == len(people)
    assert len({person["wardrobe"]["colours"][0] for person in people}) == len(people)
    by_name = {person["name"]: person for person in people}
    assert by_name["Mrs. Penhallow"]["traits"]["sex"] == "female"
    assert by_name["Mrs. Penhallow"]["traits"]["hair_colour"] == "grey"
    assert by_name["Tobias Reed"]["traits"]["age"] == "child"
    assert len([entry for entry in entries if entry["kind"] == "style"]) == 1
    assert any(entry["kind"] == "location" and entry["place"] == "office" for entry in entries)


def test_shots_fill_each_scene_and_hold_their_lines() -> None:
    made = told(STORY, 120)
    for script in made["scenes"]:
        scene, cast = broken_down(made, script)
        shots = covered(scene, script, cast, script.seconds)
        assert sum((shot.out_point or 0) - shot.in_point for shot in shots) == pytest.approx(script.seconds, rel=0.05)
        assert all(1.2 <= shot.duration <= 8.0 for shot in shots)
        said = " ".join(line.text for shot in shots for line in shot.dialogue)
        assert (
            said.split() == " ".join(element.text for element in script.elements if element.kind is ElementKind.DIALOGUE).split()
        )
        for shot in shots:
            assert shot.duration >= 0.8 * sum(spoken_seconds(line.text) for line in shot.dialogue)


def test_the_same_request_gets_the_same_reply() -> None:
    assert json.dumps(told(STORY)["treatment"]) == json.dumps(told(STORY)["treatment"])


_PEOPLE = [{"id": name.lower(), "name": name, "weight": "lead", "sex": "unknown"} for name in ("Ann", "Ben", "Cal", "Dot")]
_ACTIONS = st.sampled_from(
    ["Ann walked to the door.", "Ben and Cal sat down.", "Rain fell.", "She took the letter.", "Dot knelt and wept."]
)
_LINES = st.sampled_from(
    ["No!", "Who is there?", "I have been waiting here for twenty years, and nobody came.", "Give me the gun."]
)


@st.composite
def _scenes(draw: st.DrawFn) -> ScriptScene:
    elements: list[Element] = []
    for _ in range(draw(st.integers(1, 14))):
        if draw(st.booleans()):
            elements.append(Element(kind=ElementKind.ACTION, text=draw(_ACTIONS)))
        else:
            elements += [
                Element(kind=ElementKind.CHARACTER, text=draw(st.sampled_from(["ANN", "BEN", "CAL", "DOT"]))),
                Element(kind=ElementKind.DIALOGUE, text=draw(_LINES)),
            ]
    return ScriptScene(id="s", number="1", slug=SlugLine(int_ext="INT.", place="ROOM"), elements=tuple(elements), seconds=30)


@settings(max_examples=120, deadline=None)
@given(_scenes(), st.floats(8, 120))
def test_nobody_crosses_the_line(script: ScriptScene, seconds: float) -> None:
    scene = Scene(
        id="s",
        number="1",
        slug="INT. ROOM",
        location_id=None,
        cast=tuple(str(person["id"]) for person in _PEOPLE),
        time_of_day="day",  # pyright: ignore[reportArgumentType] - as JSON has it
        mood="tense",
        excerpt="",
        end_state="",
    )
    shots = covered(scene, script, _PEOPLE, seconds)
    sides: dict[str, ScreenSide] = {}
    for shot in shots:
        for block in shot.blocking:
            assert sides.setdefault(block.character_id, block.side) is block.side
            assert block.facing is (Facing.RIGHT if block.side is ScreenSide.LEFT else Facing.LEFT)
        if shot.cinematography.shot_type.value == "over_shoulder":
            speaker, partner = shot.blocking
            assert speaker.side is not partner.side
            assert partner.foreground
    assert sum(shot.duration for shot in shots) == pytest.approx(seconds, rel=0.05)


def test_states_carry_on_until_the_words_end_them() -> None:
    entry = {
        "id": "e",
        "kind": "character",
        "name": "Ann",
        "wardrobe": {"garments": ["coat"], "colours": ["#112233"], "headwear": "none", "accessories": []},
    }
    wet = ask("looks", scene={"excerpt": "Ann stood in the rain. Ben watched.", "end_state": ""}, entry=entry, previous=None)
    assert wet["tags"] == ["wet"]
    later = ask(
        "looks",
        scene={"excerpt": "Ann sat in the train.", "end_state": ""},
        entry=entry,
        previous={**wet, "scene_id": "s", "entry_id": "e"},
    )
    assert later["tags"] == ["wet"]
    dry = ask(
        "looks",
        scene={"excerpt": "Ann dried her hair by the fire.", "end_state": ""},
        entry=entry,
        previous={**later, "scene_id": "s", "entry_id": "e"},
    )
    assert dry["tags"] == []


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("The lamp went out.", "no quotation marks"),
        ("Hello", "no quotation marks"),
        ("😀😀 🚀", "no language"),
        ("... !!! ???", "no language"),
        ("老人走进房间。“你是谁？”他问。“我是你的儿子。”年轻人说。外面下着雨。", "Chinese"),
        ("夜だった。「誰だ？」と男が言った。「私です」と女は答えた。", "Japanese"),
        ("دخل الرجل الغرفة. «من أنت؟» سأل. «أنا ابنك»، قال الشاب.", "Arabic"),
        ("Старик вошёл.\n\n— Кто ты? — спросил он.\n\n— Я твой сын, — ответил юноша.", "Cyrillic"),
        (
            "„Wer bist du?“, fragte der Mann. „Ich bin es“, sagte der Junge. Es war Nacht, und der Wind und die See war kalt.",
            "German",
        ),
        ("THE OLD MAN SAT DOWN. “WHO IS THERE?” HE ASKED. MARY CAME IN FROM THE RAIN.", "capitals"),
        ("The sun went down\nUpon the town\nAnd all the birds were still\n\nA lonely cow\nCame anyhow\n", "no quotation marks"),
    ],
    ids=["sentence", "word", "emoji", "signs", "chinese", "japanese", "arabic", "russian", "german", "capitals", "verse"],
)
@pytest.mark.parametrize("length", [5, 60])
def test_any_text_gives_a_film_and_says_what_is_beyond_the_writer(text: str, note: str, length: int) -> None:
    made = told(text, length)
    assert any(note in sentence for sentence in limits(text))
    total = 0.0
    for script in made["scenes"]:
        scene, cast = broken_down(made, script)
        total += sum(shot.duration for shot in covered(scene, script, cast, script.seconds))
    assert total == pytest.approx(content_seconds(length), rel=0.05)


def test_english_words_of_places_hours_and_weather_are_not_read_in_another_language() -> None:
    text = (
        "„Wohin gehst du?“, fragte der Mann. Er ging in den Wald und sah die Sonne nicht.\n\n„In den Garten“, sagte der Junge. "
        "Es war Tag, der Wind war kalt, und er stieg in den Nebel. „Mist“, rief der Mann, und sie gingen mit den anderen."
    )
    made = told(text, 60)
    scene, _ = broken_down(made, made["scenes"][0], "de")
    assert {str(script.slug) for script in made["scenes"]} == {"INT. ROOM - DAY"}
    assert (scene.time_of_day.value, scene.weather.value) == ("day", "clear")


def test_an_english_story_has_no_limits_to_tell() -> None:
    assert limits(STORY) == ()


def test_a_very_long_novel_is_read_at_its_ends_and_between() -> None:
    text = "\n\n".join(f"{STORY}\n\nChapter {number}" for number in range(80)) + "\n\nAnd the river ran on as before."
    made = told(text, 60)
    assert made["scenes"][-1].elements[-1].text == "And the river ran on as before."
    assert any("very long" in sentence for sentence in limits(text))


def test_what_a_narrator_tells_in_the_first_person_is_heard_over_the_picture() -> None:
    text = "I came to the mill at dusk. The wheel stood still.\n\n“Who is there?” cried Nora.\n\n“I am,” said I."
    script = told(text)
    assert [(element.kind, element.text, element.extension) for scene in script["scenes"] for element in scene.elements] == [
        (ElementKind.CHARACTER, "NARRATOR", "V.O."),
        (ElementKind.DIALOGUE, "I came to the mill at dusk.", None),
        (ElementKind.ACTION, "The wheel stood still.", None),
        (ElementKind.CHARACTER, "NORA", None),
        (ElementKind.DIALOGUE, "Who is there?", None),
        (ElementKind.CHARACTER, "NARRATOR", None),
        (ElementKind.DIALOGUE, "I am.", None),
    ]


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no task 'clip'"):
        ask("clip")


SHARED = Path(__file__).parents[3] / "shared" / "stories"


@pytest.mark.parametrize("name", ["after-twenty-years", "the-gift-of-the-magi", "the-last-leaf", "the-red-headed-league"])
def test_stories_of_others_keep_their_words(name: str) -> None:
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("the shared stories are not here")
    text = path.read_text(encoding="utf-8")
    plain = " ".join(text.replace("⁠", "").split())
    for scene in told(text)["scenes"]:
        assert [one.text for one in scene.elements if one.kind is ElementKind.DIALOGUE and not verbatim(one.text, plain)] == []
        assert not any(re.match(r"[“\"]", element.text) for element in scene.elements)
