import pytest

from aiuteur.craft.screenplay import compose, natural_length, natural_seconds, revised, shares
from aiuteur.craft.timing import spoken_seconds
from aiuteur.errors import InvalidInput
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine

LINE = "The harbour is closed to every boat tonight, and you know it."


def scene(*elements: tuple[ElementKind, str], item: str = "s1") -> ScriptScene:
    made = tuple(Element(kind=kind, text=text) for kind, text in elements)
    return ScriptScene(id=item, number="1", slug=SlugLine(int_ext="EXT.", place="QUAY", time="NIGHT"), elements=made, seconds=1)


TALK = scene((ElementKind.CHARACTER, "ADA"), (ElementKind.DIALOGUE, LINE))
WALK = scene((ElementKind.ACTION, "Ada walks along the quay and looks at every boat that lies there."))


def test_the_staging_of_a_script_holds_everything_but_the_spoken_words() -> None:
    both = scene((ElementKind.ACTION, "She waits."), (ElementKind.CHARACTER, "ADA"), (ElementKind.DIALOGUE, LINE))
    script = compose("Boats", None, [both])
    assert [element.kind for element in script.staging[0].elements] == [ElementKind.ACTION, ElementKind.CHARACTER]


def test_a_changed_line_leaves_the_staging_as_it_was() -> None:
    other = scene((ElementKind.CHARACTER, "ADA"), (ElementKind.DIALOGUE, "Go home."))
    one, two = (compose("Boats", None, [made]).field_digests() for made in (TALK, other))
    assert one["staging"] == two["staging"]
    assert one["scenes.s1"] != two["scenes.s1"]


def test_dialogue_plays_as_long_as_it_is_spoken_and_silence_has_a_least_length() -> None:
    assert natural_seconds(TALK.elements) == pytest.approx(spoken_seconds(LINE))
    assert natural_seconds(()) == 2.0


def test_scenes_share_a_length_by_how_long_they_play() -> None:
    timed = shares([TALK, WALK], 30.0)
    assert sum(part.seconds for part in timed) == pytest.approx(30.0, abs=0.01)
    talk, walk = natural_seconds(TALK.elements), natural_seconds(WALK.elements)
    assert timed[0].seconds / timed[1].seconds == pytest.approx(talk / walk, rel=1e-3)


def test_a_screenplay_s_natural_length_is_its_scenes_and_the_cards() -> None:
    content = natural_seconds(TALK.elements) + natural_seconds(WALK.elements)
    assert content < natural_length([TALK, WALK]) <= content + 8
    assert natural_length([]) == 5


SCRIPT = compose("Boats", None, [TALK, WALK.model_copy(update={"id": "s2", "number": "2"})])


def test_an_edited_scene_brings_its_fountain_and_its_staging_with_it() -> None:
    scenes = [scene.document() for scene in SCRIPT.scenes]
    scenes[0]["elements"][1]["text"] = "Go home."  # pyright: ignore[reportArgumentType, reportIndexIssue, reportOptionalSubscript, reportCallIssue] - plain JSON
    made = revised(SCRIPT, {"scenes": scenes})
    assert "Go home." in made.fountain
    assert LINE not in made.fountain
    assert made.staging == SCRIPT.staging


def test_edited_fountain_brings_the_scenes_with_it_and_they_stay_who_they_are() -> None:
    made = revised(SCRIPT, {"fountain": SCRIPT.fountain.replace(LINE, "Go home.")})
    assert [scene.id for scene in made.scenes] == ["s1", "s2"]
    assert made.scenes[0].elements[1].text == "Go home."
    assert made.scenes[0].seconds == SCRIPT.scenes[0].seconds


@pytest.mark.parametrize("changes", [
    {"scenes": []}, {"fountain": "INT. ELSEWHERE - DAY #9#\n\nNobody comes.\n"},
    {"fountain": f"{SCRIPT.fountain}\n\nINT. ELSEWHERE - DAY\n\nSomebody comes.\n"}, {"fountain": "x", "scenes": []},
], ids=["scenes gone", "another scene", "a scene more", "both at once"])
def test_an_edit_that_would_lose_a_scene_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        revised(SCRIPT, changes)
