"""Which items of a branch come over, what they bring, and what is left."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from aiuteur.craft.documents import noun_of
from aiuteur.craft.merging import How, Pair, Stand
from aiuteur.craft.screenplay import compose
from aiuteur.craft.taking import Taking, Why, Wish, decide
from aiuteur.craft.world import ORDER, Key
from aiuteur.film.bible import Lighting, TimeOfDay
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.screenplay import Element, ElementKind, Script, ScriptScene, SlugLine
from aiuteur.film.shots import Cinematography, Scene, Shot, ShotSize, ShotType
from aiuteur.film.takes import Clip

Fields = dict[Key, Mapping[str, str]]


def stand(noun: Noun | None, basis: Mapping[str, str] | None = None, **more: Any) -> Stand | None:
    return None if noun is None else Stand(UUID(int=7), 2, noun.digest(), noun.document(), basis or {}, **more)


def pair(key: Key, base: Noun | None, ours: Noun | None, theirs: Noun | None, **more: Any) -> Pair:
    here = {name.removeprefix("our_"): value for name, value in more.items() if name.startswith("our_")}
    there = {name.removeprefix("their_"): value for name, value in more.items() if name.startswith("their_")}
    document = base.document() if base is not None else None
    return Pair(key, str(key), document, stand(ours, **here), stand(theirs, **there))


def fields(nouns: Mapping[Key, Noun]) -> Fields:
    return {key: noun.field_digests() for key, noun in nouns.items()}


def script(**texts: str) -> Script:
    scenes = [
        ScriptScene(
            id=item, number=str(number), slug=SlugLine(int_ext="INT.", place="HALL"), seconds=5,
            elements=(Element(kind=ElementKind.ACTION, text=text),),
        ) for number, (item, text) in enumerate(texts.items(), 1)
    ]
    return compose("Lamp", None, scenes)


def scene(item: str, number: str = "9", mood: str = "calm") -> Scene:
    return Scene(
        id=item, number=number, slug="INT. HALL", location_id=None, cast=(), time_of_day=TimeOfDay.DAY, mood=mood, excerpt="",
        end_state="",
    )


def shot(item: str, scene_id: str, action: str = "Ida waits.") -> Shot:
    how = Cinematography(shot_type=ShotType.MASTER, size=ShotSize.WIDE)
    return Shot(id=item, scene_id=scene_id, label="9A", cinematography=how, lighting=Lighting(), action=action, duration=2.0)


def order(*ids: str) -> Noun:
    return noun_of(ORDER, {"ids": list(ids)})


def clip(mark: str) -> Clip:
    return Clip(shot_id="h1", video=MediaRef(sha256=mark * 64, mime="video/mp4", size=1))


def taken(found: Taking) -> dict[str, How]:
    return {take.label: take.how for take in found.takes}


def test_a_scene_of_a_script_comes_over_without_the_others() -> None:
    was = script(a="one", b="two")
    ours, theirs = script(a="one", b="two, ours"), script(a="one, theirs", b="two, theirs")
    pairs = [pair(Key("script"), was, ours, theirs), pair(Key("scenes", "a"), scene("a"), scene("a"), scene("a", mood="tense"))]
    found = decide(pairs, Wish((Key("scenes", "a"),)), fields({Key("script"): ours, Key("scenes", "a"): scene("a")}))
    merged = noun_of("script", next(take.document for take in found.takes if take.key == Key("script")))
    assert isinstance(merged, Script)
    assert [each.elements[0].text for each in merged.scenes] == ["one, theirs", "two, ours"]
    assert "one, theirs" in merged.fountain
    assert [each.id for each in merged.staging] == ["a", "b"]
    assert found.left == []


def test_a_scene_changed_on_both_sides_is_a_conflict_that_names_it() -> None:
    was, ours, theirs = script(a="one"), script(a="one, ours"), script(a="one, theirs")
    pairs = [pair(Key("script"), was, ours, theirs)]
    here = fields({Key("script"): ours})
    found = decide(pairs, Wish((Key("scenes", "a"),)), here)
    assert [(left.why, left.fields) for left in found.left] == [(Why.CONFLICT, ("scenes.a.elements",))]
    assert found.takes == []
    over = decide(pairs, Wish((Key("scenes", "a"),), theirs=True), here)
    merged = noun_of("script", over.takes[0].document)
    assert isinstance(merged, Script)
    assert merged.scenes[0].elements[0].text == "one, theirs"


def test_a_new_scene_brings_its_place_and_its_shots() -> None:
    was, theirs = script(a="one", b="two"), script(a="one", n="new", b="two")
    pairs = [
        pair(Key(ORDER, "n"), None, None, order("h1")),
        pair(Key(ORDER, "scenes"), order("a", "b"), order("a", "b"), order("a", "n", "b")),
        pair(Key("scenes", "n"), None, None, scene("n")),
        pair(Key("script"), was, was, theirs),
        pair(Key("shot_list", "h1"), None, None, shot("h1", "n")),
    ]
    here = fields({Key("script"): was, Key(ORDER, "scenes"): order("a", "b")})
    found = decide(pairs, Wish((Key("scenes", "n"),)), here)
    assert taken(found) == {
        "script": How.THEIRS, "scenes/n": How.THEIRS, "shot_list/h1": How.THEIRS, "order/n": How.THEIRS, "order/scenes": How.BOTH,
    }
    assert next(take.document for take in found.takes if take.key == Key(ORDER, "scenes")) == {"ids": ["a", "n", "b"]}


def test_a_scene_that_was_deleted_there_leaves_the_script_and_the_order() -> None:
    was, theirs = script(a="one", b="two"), script(a="one")
    pairs = [
        pair(Key(ORDER, "scenes"), order("a", "b"), order("a", "b"), order("a")),
        pair(Key("scenes", "b"), scene("b"), scene("b"), None),
        pair(Key("script"), was, was, theirs),
    ]
    here = fields({Key("script"): was, Key("scenes", "b"): scene("b"), Key(ORDER, "scenes"): order("a", "b")})
    found = decide(pairs, Wish(), here)
    assert [key for key, _ in found.gone] == [Key("scenes", "b")]
    assert next(take.document for take in found.takes if take.key == Key(ORDER, "scenes")) == {"ids": ["a"]}


@pytest.mark.parametrize(
    ("fits", "comes"),
    [(True, {"shot_list/h1": How.THEIRS, "clips/h1": How.THEIRS}), (False, {"shot_list/h1": How.THEIRS})],
    ids=["fits", "made-of-something-else"],
)
def test_a_take_comes_along_where_it_fits(fits: bool, comes: dict[str, How]) -> None:
    theirs = shot("h1", "a", "Ida sings.")
    basis = {"shot_list:h1:action": theirs.field_digests()["action"], "brief::tone": "wry" if fits else "grim"}
    pairs = [
        pair(Key("clips", "h1"), clip("a"), clip("a"), clip("b"), their_basis=basis),
        pair(Key("shot_list", "h1"), shot("h1", "a"), shot("h1", "a"), theirs),
    ]
    here: Fields = fields({Key("shot_list", "h1"): shot("h1", "a"), Key("clips", "h1"): clip("a")})
    here[Key("brief")] = {"tone": "wry"}
    assert taken(decide(pairs, Wish((Key("shot_list", "h1"),)), here)) == comes
    assert taken(decide(pairs, Wish(), here)) == comes


def test_takes_that_both_made_and_both_fit_stay_as_they_are_here() -> None:
    pairs = [pair(Key("clips", "h1"), clip("a"), clip("c"), clip("b"))]
    here = fields({Key("clips", "h1"): clip("c")})
    assert decide(pairs, Wish(), here).takes == []
    assert [left.why for left in decide(pairs, Wish((Key("clips", "h1"),)), here).left] == [Why.CONFLICT]


def test_what_is_named_is_pinned_and_what_comes_along_is_as_it_was_there() -> None:
    basis = {"shot_list:h1:action": shot("h1", "a", "x").field_digests()["action"]}
    pairs = [
        pair(Key("clips", "h1"), clip("a"), clip("a"), clip("b"), their_basis=basis),
        pair(Key("shot_list", "h1"), shot("h1", "a"), shot("h1", "a"), shot("h1", "a", "x")),
    ]
    here = fields({Key("shot_list", "h1"): shot("h1", "a"), Key("clips", "h1"): clip("a")})
    found = decide(pairs, Wish((Key("shot_list", "h1"),)), here)
    assert {take.label: take.pin for take in found.takes} == {"shot_list/h1": True, "clips/h1": False}
    assert {take.label: take.pin for take in decide(pairs, Wish(), here).takes} == {"shot_list/h1": False, "clips/h1": False}


def test_quotes_and_figures_stay_each_lanes_own() -> None:
    pairs = [pair(Key("metrics"), None, None, clip("a")), pair(Key("quote"), clip("a"), clip("a"), clip("b"))]
    assert decide(pairs, Wish(), {}).takes == []


def test_the_story_is_fixed_once_a_film_is_begun() -> None:
    pairs = [pair(Key("brief"), clip("a"), clip("a"), clip("b"))]
    found = decide(pairs, Wish(), {Key("script"): {}, Key("brief"): {}})
    assert [left.why for left in found.left] == [Why.FIXED]


def test_changes_that_do_not_go_together_are_a_conflict() -> None:
    was, ours, theirs = shot("h1", "a"), shot("h1", "a", "Ida sings."), shot("h1", "a")
    wrong = {**theirs.document(), "duration": -1.0}
    torn = Pair(Key("shot_list", "h1"), "shot", was.document(), stand(ours), Stand(UUID(int=3), 2, "x", wrong, {}))
    found = decide([torn], Wish(), fields({Key("shot_list", "h1"): ours}))
    assert [left.why for left in found.left] == [Why.CONFLICT]
