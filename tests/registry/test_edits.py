"""Editing items, choosing a variant, keeping what is pinned."""

import pytest

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, InvalidInput, NotFound, Refused
from aiuteur.film.bible import Character
from aiuteur.film.commands import Edit, Insert, Keep, Lock, Pin, SelectVariant
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Shot
from aiuteur.film.story import Treatment
from aiuteur.registry.database import Registry
from aiuteur.registry.sync import Sync, sync
from aiuteur.registry.versions import Draft, digests, history
from tests.registry.builders import LANE, command, put
from tests.registry.filmed import filmed, selected, stale

IMAGE = Key("bible", "c1/image")


@pytest.fixture
def film(registry: Registry) -> Registry:
    return filmed(registry)


def _shot(registry: Registry, item: str) -> Shot:
    noun = selected(registry, Key("shot_list", item)).noun
    assert isinstance(noun, Shot)
    return noun


def test_an_edit_is_a_new_version_pinned_with_its_parent_and_its_reason(film: Registry) -> None:
    result = command(film, Edit(item="shot:1A", changes={"action": "Ada stops rowing."}, guidance="she hears him"))
    found = selected(film, Key("shot_list", "x1"))
    with film.transaction() as session:
        rows = history(session, LANE, found.key)
    assert (result.made[0].n, found.pinned, found.noun.document()["action"]) == (2, True, "Ada stops rowing.")
    assert (rows[0].origin, rows[0].parent_id, rows[0].guidance) == ("edited", rows[1].id, "she hears him")
    assert stale(film, Key("frames", "x1/start")) == ["shot_list:x1:action"]
    assert stale(film, Key("frames", "x2/start")) == []


def test_a_field_inside_another_is_edited_by_its_path(film: Registry) -> None:
    command(film, Edit(item="bible:ada", changes={"wardrobe.headwear": "cap", "wardrobe.garments.0": "oilskin"}))
    noun = selected(film, Key("bible", "c1")).noun
    assert isinstance(noun, Character)
    assert (noun.wardrobe.headwear, noun.wardrobe.garments, noun.wardrobe.colours) == ("cap", ("oilskin",), ("#222222",))


def test_a_changed_wardrobe_leaves_the_key_image_stale_and_not_pinned(film: Registry) -> None:
    command(film, Edit(item="bible:ada", changes={"wardrobe.headwear": "cap"}))
    assert stale(film, IMAGE) == ["bible:c1:wardrobe"]
    assert not selected(film, IMAGE).pinned


def test_a_changed_voice_repaints_nobody(film: Registry) -> None:
    command(film, Edit(item="bible:ada", changes={"voice.pitch": 40}))
    assert stale(film, IMAGE) == []


def test_a_scene_of_the_script_is_edited_with_its_page_in_step(film: Registry) -> None:
    command(film, Edit(item="script:2", changes={"text": "Tom sits on the jetty.\n\nTOM\nCold.", "slug": "EXT. JETTY - NIGHT"}))
    noun = selected(film, Key("script")).noun
    assert isinstance(noun, Script)
    assert [element.text for element in noun.scenes[1].elements] == ["Tom sits on the jetty.", "TOM", "Cold."]
    assert "EXT. JETTY - NIGHT #2#\n\nTom sits on the jetty.\n\nTOM\nCold.\n" in noun.fountain
    assert [element.text for element in noun.staging[1].elements] == ["Tom sits on the jetty.", "TOM"]
    assert (noun.scenes[1].id, noun.scenes[0].document()) == ("s2", noun.staging[0].document())


def test_the_page_is_edited_with_its_scenes_in_step(film: Registry) -> None:
    text = str(selected(film, Key("script")).noun.document()["fountain"]).replace("Tom waits.", "Tom runs.")
    command(film, Edit(item="script", changes={"fountain": text}))
    noun = selected(film, Key("script")).noun
    assert isinstance(noun, Script)
    assert noun.scenes[1].elements[0].text == "Tom runs."


def test_a_shot_that_is_cut_longer_plays_longer(film: Registry) -> None:
    command(film, Edit(item="shot:1A", changes={"duration": 4.01, "out_point": 2}))
    command(film, Edit(item="shot:1A", changes={"duration": 1.5}))
    shot = _shot(film, "x1")
    assert (shot.duration, shot.out_point) == (1.5, 1.5)


def test_a_shot_continues_from_another_by_its_label(film: Registry) -> None:
    command(film, Edit(item="shot:1B", changes={"continues_from": "1A"}))
    assert (_shot(film, "x2").continues_from, _shot(film, "x1").requires_end_frame) == ("x1", True)
    assert not selected(film, Key("shot_list", "x1")).pinned


@pytest.mark.parametrize(("item", "changes", "said"), [
    ("shot:1A", {"duration": -1}, "That does not fit a Shot: duration: Input should be greater than 0."),
    ("shot:1A", {"duration": 2, "in_point": 2}, "in 2 s and out 2 s do not lie within its 2 s."),
    ("shot:1A", {"id": "y"}, "id says which item this is, and is never edited."),
    ("shot:1A", {"colour": "red"}, "That does not fit a Shot: colour: there is no such field."),
    ("shot:1A", {"acton": "She waits."}, "That does not fit a Shot: acton: there is no such field, did you mean action?"),
    ("bible:ada", {"wardrobe.hedwear": "a cap"}, "wardrobe.hedwear: there is no such field, did you mean headwear?"),
    ("shot:1A", {"action.x": "red"}, "There is nothing called action.x"),
    ("shot:1A", {"continues_from": "1A"}, "Shot 1A cannot continue from 1A: name another shot of its scene."),
    ("frames/1A/start", {"end": "end"}, "A frame is made, not written: promote another take"),
    ("order/scenes", {"ids": []}, "The order of a list is changed by insert, delete and move."),
    ("scene:1", {"number": "7"}, "A scene's number and heading are the script's: edit script:1."),
    ("script:2", {"number": "1"}, "There is a scene 1 already"),
    ("script:2", {"text": "One.\n\nINT. HUT - DAY\n\nTwo."}, "That is more than one scene"),
    ("script", {"fountain": "no heading"}, "no scene heading was found"),
])
def test_what_does_not_fit_is_refused_by_name(film: Registry, item: str, changes: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        command(film, Edit.model_validate({"item": item, "changes": changes}))
    assert said in str(raised.value)


def test_two_shots_do_not_bear_one_label(film: Registry) -> None:
    with pytest.raises(Conflict, match="There is a shot 1B already"):
        command(film, Edit(item="shot:1A", changes={"label": "1B"}))
    command(film, Edit(item="shot:1A", changes={"label": "1K"}))
    with film.transaction() as session:
        assert digests(session, LANE).labels[Key("shot_list", "x1")] == "1K"


def test_the_story_and_what_is_locked_are_not_edited(film: Registry) -> None:
    with pytest.raises(Refused, match="narrative: edit is refused, it is fixed since a treatment or script was made"):
        command(film, Edit(item="narrative", changes={"title": "Other"}))
    command(film, Lock(items=("shot:1A",)))
    with pytest.raises(Refused, match="shot_list 1A: edit is refused, it is locked: unlock it first"):
        command(film, Edit(item="shot:1A", changes={"action": "No."}))


def test_an_item_that_is_not_there_cannot_be_edited(film: Registry) -> None:
    with pytest.raises(NotFound, match="There is no prompts/x1 on this branch"):
        command(film, Edit(item="prompts/1A", changes={"frame": "…"}))


def test_a_variant_is_selected_by_its_number(film: Registry) -> None:
    command(film, SelectVariant(variant=3))
    noun = selected(film, Key("treatment")).noun
    assert isinstance(noun, Treatment)
    assert noun.variants[noun.selected].angle == "sly"
    with pytest.raises(InvalidInput, match="The treatment has no variant 4: it has 1 to 3"):
        command(film, SelectVariant(variant=4))


def test_beats_and_script_tell_whether_they_are_in_step(film: Registry) -> None:
    def now() -> Sync:
        with film.transaction() as session:
            return sync(session, LANE)

    assert now() == Sync(None, None)
    beats = selected(film, Key("beats", "b1"))
    put(film, Draft(Key("script"), selected(film, Key("script")).noun, {beats.key.path("text"): beats.fields["text"]}))
    assert now() == Sync(script_follows=True, beats_follow=True)
    command(film, Edit(item="script:2", changes={"text": "Tom runs."}))
    assert now() == Sync(script_follows=True, beats_follow=False)
    command(film, Edit(item="beat:1", changes={"text": "Ada waits."}))
    assert now() == Sync(script_follows=False, beats_follow=False)


def test_keeping_is_a_new_version_of_the_same_on_the_present_inputs(film: Registry) -> None:
    command(film, Pin(items=("image:ada",)))
    command(film, Edit(item="bible:ada", changes={"wardrobe.headwear": "cap"}))
    before = selected(film, IMAGE)
    command(film, Keep(items=("image:ada",)))
    kept = selected(film, IMAGE)
    assert (kept.n, kept.digest, kept.pinned, stale(film, IMAGE)) == (before.n + 1, before.digest, True, [])
    assert command(film, Keep(items=("image:ada",))).made == ()


def test_what_no_item_can_hold_is_refused_in_a_sentence(film: Registry) -> None:
    with pytest.raises(InvalidInput, match=r"The change has 5\.0 MB, the limit is 4 MB: give a part of it"):
        command(film, Edit(item="shot:1A", changes={"action": "x" * 5_000_000}))
    with pytest.raises(InvalidInput, match="cannot be stored"):
        command(film, Insert(what="shot", content={"action": "a\ud800b"}, after="shot:1A"))
