"""Who has left the bible: what a person holds still names them, is shown without them, and is made again when they are back."""

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from aiuteur.craft.world import ABSENT, ORDER, Blocked, Key, Selected, World
from aiuteur.film.bible import Character, Location, PlaceKind, Prop, Style, TimeOfDay
from aiuteur.film.crew import Role
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Blocking, Facing, Order, Scene, ScreenSide
from aiuteur.film.takes import Prompt
from aiuteur.media.storage import Storage
from aiuteur.models.casting import Cast
from aiuteur.models.protocols import Reply
from aiuteur.models.routing import Crew
from aiuteur.registry import versions
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft
from aiuteur.stages import looks, prompts, shot_list
from aiuteur.stages.needs import need
from aiuteur.stages.work import Bench, Unit
from tests.fakes import Scripted
from tests.registry.builders import LANE
from tests.registry.filmed import filmed, shot

ADA, TOM = Character(id="c1", name="Ada"), Character(id="c2", name="Tom")
LANTERN = Prop(id="p1", name="lantern")
QUAY = Location(id="l1", name="QUAY", place=PlaceKind.STREET, interior=False)
PLAIN = Style(id="st", name="plain")
ALL = (ADA, TOM, LANTERN, QUAY)
SCENE = Scene(
    id="s1", number="1", slug="EXT. RIVER - DUSK", location_id="l1", cast=("c1", "c2"), props=("p1",), time_of_day=TimeOfDay.DUSK,
    mood="calm", excerpt="", end_state="",
)


def _standing(who: str, side: ScreenSide) -> Blocking:
    return Blocking(character_id=who, side=side, facing=Facing.CAMERA)


SHOT = shot(
    "x1", "s1", "1A", blocking=(_standing("c1", ScreenSide.LEFT), _standing("c2", ScreenSide.RIGHT)), props=("p1",),
)


@pytest.fixture
def writer() -> Scripted:
    """A writer who cuts a scene into no shot at all."""
    return Scripted(lambda _: Reply(content={"shots": []}, cost_usd=0.0))


@pytest.fixture
def bench(registry: Registry, tmp_path: Path, writer: Scripted) -> Bench:
    """A film in whose first scene two people, a thing and a place are named."""
    filmed(registry)
    storage = Storage.open(str(tmp_path))
    with registry.transaction() as session:
        world = versions.world(session, LANE)
    return Bench(world, Crew(registry, storage, Cast.of({Role.WRITER: writer}), LANE, worker="test"), storage)


def _selected(key: Key, noun: Noun) -> Selected:
    return Selected(key, UUID(int=1), 1, noun, noun.digest(), noun.field_digests(), {})


def _with(world: World, *entries: Noun, listed: tuple[str, ...] | None = None) -> World:
    """The world with these entries in its bible; the scene and its shot name all of them, whoever is there."""
    entries = (*entries, PLAIN)
    ids = tuple(str(entry.document()["id"]) for entry in entries)
    nouns: dict[Key, Noun] = {Key("bible", item): entry for item, entry in zip(ids, entries, strict=True)}
    nouns |= {Key(ORDER, "bible"): Order(ids=listed or ids), Key("scenes", "s1"): SCENE, Key("shot_list", "x1"): SHOT}
    kept = {key: found for key, found in world.items.items() if key.artifact != "bible"}
    return replace(world, items=kept | {key: _selected(key, noun) for key, noun in nouns.items()})


def _prompt(bench: Bench, *entries: Noun) -> Draft:
    made = asyncio.run(prompts.make(Unit("x1", (Key("prompts", "x1"),)), replace(bench, world=_with(bench.world, *entries))))
    return made.drafts[0]


def _names(draft: Draft) -> tuple[list[str], tuple[str, ...], str]:
    assert isinstance(draft.noun, Prompt)
    picture = draft.noun.picture
    return [figure.name for figure in picture.figures], picture.props, picture.place_name


def test_a_shot_is_shown_without_those_who_have_left_the_bible(bench: Bench) -> None:
    assert _names(_prompt(bench, *ALL)) == (["Ada", "Tom"], ("lantern",), "QUAY")
    assert _names(_prompt(bench, ADA, QUAY)) == (["Ada"], (), "QUAY")
    assert _names(_prompt(bench, TOM, LANTERN)) == (["Tom"], ("lantern",), "EXT. RIVER - DUSK")


def test_it_is_made_again_when_they_are_back(bench: Bench) -> None:
    draft = _prompt(bench, ADA, QUAY)
    assert (draft.basis["bible:p1:name"], draft.basis["bible:c2:name"]) == (ABSENT, ABSENT)
    made = Selected(draft.key, UUID(int=2), 1, draft.noun, draft.noun.digest(), draft.noun.field_digests(), draft.basis)
    unit = Unit("x1", (draft.key,))
    as_it_was, back = _with(bench.world, ADA, QUAY), _with(bench.world, ADA, QUAY, LANTERN)
    assert need(unit, replace(as_it_was, items={**as_it_was.items, made.key: made})) is None
    found = need(unit, replace(back, items={**back.items, made.key: made}))
    assert found is not None
    assert [(cause.path, cause.was) for cause in found.causes] == [("bible:p1:name", ABSENT)]


def test_who_is_listed_and_every_version_of_whom_was_rejected_is_waited_for(bench: Bench) -> None:
    world = _with(bench.world, ADA, LANTERN, QUAY, listed=("c1", "c2", "p1", "l1", "st"))
    world = replace(world, past={Key("bible", "c2"): TOM})
    with pytest.raises(Blocked, match=r"ferry@main: every version of Tom was rejected: promote one, or delete Tom from"):
        asyncio.run(prompts.make(Unit("x1", (Key("prompts", "x1"),)), replace(bench, world=world)))


def test_nobody_has_a_look_who_has_left(bench: Bench) -> None:
    assert [unit.anchor for unit in looks.units(_with(bench.world, *ALL))][:2] == ["s1/c1", "s1/c2"]
    assert [unit.anchor for unit in looks.units(_with(bench.world, TOM, QUAY))] == ["s1/c2"]


def test_a_scene_is_cut_into_shots_without_them(bench: Bench, writer: Scripted) -> None:
    world = _with(bench.world, TOM, LANTERN)
    unit = next(unit for unit in shot_list.units(world) if unit.anchor == "s1")
    made = asyncio.run(shot_list.make(unit, replace(bench, world=world)))
    (request,) = writer.asked
    scene, cast, props = (request.payload[name] for name in ("scene", "cast", "props"))
    assert isinstance(scene, dict)
    assert (scene["cast"], scene["props"], scene["location_id"], request.payload["location"]) == (["c2"], ["p1"], None, None)
    assert [one["name"] for listed in (cast, props) if isinstance(listed, list) for one in listed if isinstance(one, dict)] == [
        "Tom", "lantern",
    ]
    assert made.drafts[0].basis["bible:c1:name"] == made.drafts[0].basis["bible:l1:place"] == ABSENT
