"""Inserting, moving, deleting and splitting beats, scenes, shots and bible entries."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import JsonValue

from aiuteur.craft.world import ORDER, Key, World
from aiuteur.errors import Conflict, InvalidInput, NotFound, Refused
from aiuteur.film.commands import Delete, Edit, Insert, Lock, Move, Pin, Promote, RegenerateScene, Reject, Remake, Split
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Shot
from aiuteur.registry.database import Registry
from aiuteur.registry.naming import resolve
from aiuteur.registry.versions import Draft, digests
from tests.registry.builders import LANE, command, draft, put
from tests.registry.filmed import filmed, lane, selected


@pytest.fixture
def film(registry: Registry) -> Registry:
    return filmed(registry)


def _script(world: World) -> Script:
    noun = world.items[Key("script")].noun
    assert isinstance(noun, Script)
    return noun


def _shots(world: World, scene: str = "s1") -> list[Shot]:
    found = [world.items[Key("shot_list", item)].noun for item in world.order(scene)]
    return [noun for noun in found if isinstance(noun, Shot)]


def test_a_scene_put_in_between_gets_a_number_in_between(film: Registry) -> None:
    content: dict[str, JsonValue] = {"slug": "INT. HUT - NIGHT", "text": "Ada dries her hair.\n\nADA\nToo late."}
    command(film, Insert(what="scene", after="scene:1", content=content))
    world = lane(film)
    script = _script(world)
    assert [scene.number for scene in script.scenes] == ["1", "1.1", "2"]
    assert [scene.id for scene in script.scenes] == list(world.order("scenes"))
    assert "INT. HUT - NIGHT #1.1#\n\nAda dries her hair." in script.fountain
    assert script.scenes[1].seconds == 2
    command(film, Insert(what="scene", after="scene:2", content={"slug": "EXT. SEA - DAY"}))
    assert [scene.number for scene in _script(lane(film)).scenes] == ["1", "1.1", "2", "3"]


def test_the_order_of_scenes_follows_the_script_that_is_shown(film: Registry) -> None:
    command(film, Insert(what="scene", after="scene:1", content={"slug": "INT. HUT - NIGHT", "text": "Ada dries her hair."}))
    command(film, Move(item="scene:2", after=None))
    moved, kept = lane(film).order("scenes"), [scene.id for scene in _script(lane(film)).scenes]
    command(film, Promote(item="script", version=1))
    assert lane(film).order("scenes") == tuple(item for item in moved if item != kept[1])
    command(film, Reject(items=("script",)))
    assert lane(film).order("scenes") == moved
    command(film, Promote(item="order/scenes", version=1))
    assert set(lane(film).order("scenes")) == set(kept)


def test_the_order_of_scenes_that_is_locked_keeps_the_script_with_it(film: Registry) -> None:
    command(film, Insert(what="scene", after="scene:1", content={"slug": "INT. HUT - NIGHT"}))
    command(film, Lock(items=("order/scenes",)))
    with pytest.raises(Refused, match="locked"):
        command(film, Promote(item="script", version=1))
    assert len(_script(lane(film)).scenes) == 3


def test_a_shot_put_in_takes_the_next_letter_and_its_neighbours_camera(film: Registry) -> None:
    made = command(film, Insert(what="shot", after="shot:1A", content={"action": "Her hands.", "cinematography.size": "insert"}))
    shots = _shots(lane(film))
    assert [shot.label for shot in shots] == ["1A", "1D", "1B", "1C"]
    new = shots[1]
    assert (new.action, new.cinematography.size, new.duration, new.dialogue) == ("Her hands.", "insert", 3, ())
    assert made.made[0].key == Key("shot_list", shots[1].id)
    with film.transaction() as session:
        assert resolve(session, LANE, "shot:1D").item == shots[1].id


def test_the_first_shot_of_a_scene_needs_a_camera(film: Registry) -> None:
    put(film, Draft(Key(ORDER, "s2"), lane(film).items[Key(ORDER, "s1")].noun.model_copy(update={"ids": ()}), {}))
    with pytest.raises(InvalidInput, match="needs a camera"):
        command(film, Insert(what="shot", within="scene:2", content={"action": "Tom."}))
    camera: dict[str, JsonValue] = {"shot_type": "master", "size": "wide"}
    command(film, Insert(what="shot", within="scene:2", content={"action": "Tom.", "cinematography": camera}))
    assert [shot.label for shot in _shots(lane(film), "s2")] == ["2A"]


def test_an_inserted_beat_renumbers_the_others_by_place_alone(film: Registry) -> None:
    before = selected(film, Key("beats", "b2"))
    command(film, Insert(what="beat", after="beat:1", content={"text": "The rope snaps."}))
    with film.transaction() as session:
        labels = digests(session, LANE).labels
        new = resolve(session, LANE, "beat:2")
    assert labels[Key("beats", "b2")] == "3"
    assert resolve(lane(film), LANE, "beat:2") == new
    assert selected(film, Key("beats", "b2")).version_id == before.version_id


def test_ids_minted_at_once_are_never_the_same(film: Registry) -> None:
    def insert(n: int) -> str:
        return str(command(film, Insert(what="beat", content={"text": f"beat {n}"})).made[0].key)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(insert, range(8)))) == 8
    assert len(lane(film).order("beats")) == 10


def test_moving_changes_the_order_and_nothing_else(film: Registry) -> None:
    before = {key: found.version_id for key, found in lane(film).items.items()}
    command(film, Move(item="scene:2"))
    world = lane(film)
    assert world.order("scenes") == ("s2", "s1")
    assert {key for key, found in world.items.items() if before[key] != found.version_id} == {Key(ORDER, "scenes")}
    assert command(film, Move(item="scene:2")).made == ()


def test_a_deleted_shot_goes_with_all_that_was_made_for_it(film: Registry) -> None:
    command(film, Pin(items=("frames/1B/start",)))
    command(film, Remake(items=("clip:1B",)))
    command(film, Delete(items=("shot:1B",)))
    world = lane(film)
    assert [shot.label for shot in _shots(world)] == ["1A", "1C"]
    assert _shots(world)[1].continues_from is None
    assert not [key for key in world.items if key.item.partition("/")[0] == "x2"]
    assert world.remakes == {}


def test_a_deleted_scene_leaves_the_script_with_its_shots(film: Registry) -> None:
    command(film, Delete(items=("scene:1",)))
    world = lane(film)
    assert ([scene.number for scene in _script(world).scenes], world.order("scenes")) == (["2"], ("s2",))
    assert not [key for key in world.items if key.artifact in {"shot_list", "frames", "clips"}]
    assert Key(ORDER, "s1") not in world.items
    with pytest.raises(InvalidInput, match="this is the last"):
        command(film, Delete(items=("scene:2",)))


def test_an_entry_goes_with_its_picture(film: Registry) -> None:
    command(film, Delete(items=("bible:ada",)))
    assert lane(film).of("bible") == {}


def test_a_film_has_one_style(film: Registry) -> None:
    command(film, Insert(what="entry", content={"kind": "style", "name": "Noir"}))
    with pytest.raises(InvalidInput, match="A film has one style: edit the one it has"):
        command(film, Insert(what="entry", content={"kind": "style", "name": "Naive"}))


def test_nothing_is_deleted_under_a_lock(film: Registry) -> None:
    command(film, Lock(items=("clip:1B",)))
    for item in ("shot:1B", "scene:1"):
        with pytest.raises(Refused, match=r"delete is refused: clips .* is locked: unlock first"):
            command(film, Delete(items=(item,)))
    assert len(_shots(lane(film))) == 3


def test_a_scene_is_split_after_some_of_its_elements(film: Registry) -> None:
    command(film, Split(item="scene:1", at=2))
    script = _script(lane(film))
    assert [(scene.number, len(scene.elements)) for scene in script.scenes] == [("1", 2), ("1.1", 1), ("2", 1)]
    assert script.scenes[0].seconds + script.scenes[1].seconds == pytest.approx(6)
    assert script.scenes[0].id == "s1"
    with pytest.raises(InvalidInput, match=r"Scene 1\.1 has 1 elements"):
        command(film, Split(item="scene:1.1", at=1))


def test_a_shot_is_split_with_its_lines_and_its_followers(film: Registry) -> None:
    command(film, Split(item="shot:1A", at=0.75))
    first, second, *_ = _shots(lane(film))
    assert ([line.text for line in first.dialogue], [line.text for line in second.dialogue]) == (
        ["Wait."], ["I said wait for me, Tom."],
    )
    assert (first.duration, second.duration, second.label, first.id) == (0.75, 2.25, "1D", "x1")
    command(film, Split(item="shot:1B", at=2))
    shots = {shot.label: shot for shot in _shots(lane(film))}
    assert shots["1C"].continues_from == shots["1E"].id
    assert (shots["1E"].requires_end_frame, shots["1B"].requires_end_frame) == (True, False)
    with pytest.raises(InvalidInput, match="Shot 1C is on screen for 3 s: split it within them"):
        command(film, Split(item="shot:1C", at=5))


@pytest.mark.parametrize("given", [
    Insert(what="shot", after="scene:1", content={}), Split(item="bible:ada", at=1), Move(item="clip:1A"),
    Move(item="shot:1A", after="scene:2"), Insert(what="shot", content={}), Move(item="shot:1A", after="1A"),
    Insert(what="entry", content={"kind": "ghost", "name": "Boo"}), Insert(what="scene", content={"text": "…"}),
], ids=lambda given: given.kind)
def test_what_cannot_be_done_to_a_list_is_said(film: Registry, given: Insert | Split | Move) -> None:
    before = lane(film).revision
    with pytest.raises(InvalidInput):
        command(film, given)
    assert lane(film).revision == before


def test_an_ask_is_open_until_as_many_takes_are_there(film: Registry) -> None:
    command(film, Remake(items=("clip:1A", "beat:1"), variants=2, guidance="slower", model="lumen-3", refine_from=1))
    asked = lane(film).remakes
    assert {key: (one.variants, one.left, one.guidance, one.model) for key, one in asked.items()} == dict.fromkeys(
        (Key("clips", "x1"), Key("beats", "b1")), (2, 2, "slower", "lumen-3"),
    )
    assert asked[Key("beats", "b1")].parent_version_id == selected(film, Key("beats", "b1")).version_id
    put(film, draft("other"))
    assert lane(film).remakes[Key("beats", "b1")].left == 1
    put(film, draft("other"))
    assert set(lane(film).remakes) == {Key("clips", "x1")}


def test_an_edit_is_no_answer_to_an_ask(film: Registry) -> None:
    command(film, Remake(items=("beat:1",)))
    command(film, Edit(item="beat:1", changes={"text": "By hand."}))
    assert set(lane(film).remakes) == {Key("beats", "b1")}


def test_asking_twice_is_told_unless_it_is_meant(film: Registry) -> None:
    command(film, Remake(items=("clip:1A",)))
    with pytest.raises(Conflict, match="Already asked for and not made yet: clips/x1"):
        command(film, Remake(items=("clip:1A",), guidance="slower"))
    command(film, Remake(items=("clip:1A",), guidance="slower", force=True))
    assert lane(film).remakes[Key("clips", "x1")].guidance == "slower"


def test_what_is_locked_or_made_by_nobody_is_not_asked_for(film: Registry) -> None:
    command(film, Lock(items=("clip:1A",)))
    with pytest.raises(Refused, match="remake is refused, it is locked"):
        command(film, Remake(items=("clip:1A",)))
    with pytest.raises(InvalidInput, match="nobody makes it"):
        command(film, Remake(items=("order/scenes",)))
    with pytest.raises(NotFound, match="has no version 7 to refine"):
        command(film, Remake(items=("clip:1B",), refine_from=7))


def test_a_scene_is_asked_for_but_what_is_pinned_only_by_force(film: Registry) -> None:
    command(film, Lock(items=("clip:1A",)))
    command(film, Pin(items=("clip:1B",)))
    command(film, RegenerateScene(scene="scene:1", guidance="darker"))
    asked = {f"frames/x{n}/start" for n in (1, 2, 3)} | {"clips/x3"}
    assert {str(key) for key in lane(film).remakes} == asked
    command(film, RegenerateScene(scene="scene:1", force=True))
    assert {str(key) for key in lane(film).remakes} == asked | {"clips/x2"}
