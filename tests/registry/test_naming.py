"""Names that people write, looked up in the tables and in a snapshot alike."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest
from sqlalchemy.orm import Session

from aiuteur.craft.screenplay import compose
from aiuteur.craft.world import ORDER, Key, World
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.bible import Character, Lighting, Prop, TimeOfDay
from aiuteur.film.screenplay import ScriptScene, SlugLine
from aiuteur.film.shots import Cinematography, Order, Scene, Shot, ShotSize, ShotType
from aiuteur.registry.database import Registry
from aiuteur.registry.naming import locate, name_of, resolve
from aiuteur.registry.versions import Draft, digests, world
from tests.registry.builders import LANE, beat, begun, put

CAMERA = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM)
Source = Callable[[Registry], "Generator[World | Session]"]


def _shot(item: str, label: str) -> Draft:
    shot = Shot(id=item, scene_id="s1", label=label, cinematography=CAMERA, lighting=Lighting(), action="…", duration=2)
    return Draft(Key("shot_list", item), shot, {})


def _scene(item: str, number: str) -> Draft:
    scene = Scene(
        id=item, number=number, slug="INT. HUT", location_id=None, cast=(), time_of_day=TimeOfDay.DAY, mood="calm", excerpt="",
        end_state="",
    )
    return Draft(Key("scenes", item), scene, {})


def _written(item: str, number: str) -> ScriptScene:
    return ScriptScene(id=item, number=number, slug=SlugLine(int_ext="INT.", place="HUT"), elements=(), seconds=3)


@pytest.fixture
def studio(registry: Registry) -> Registry:
    begun(registry)
    script = compose("The Ferry", None, [_written("s1", "12"), _written("s2", "12A"), _written("s3", "13")])
    put(
        registry, Draft(Key("script"), script, {}), _scene("s1", "12"), _scene("s2", "12A"), _shot("x1", "12A"),
        _shot("x2", "12B"), _shot("x3", "12AA"), Draft(Key("beats", "b1"), beat(item="b1"), {}, label="1"),
        Draft(Key(ORDER, "beats"), Order(ids=("b1",)), {}),
        Draft(Key("bible", "c1"), Character(id="c1", name="Élodie Marsh", aliases=("the ferrywoman",)), {}),
        Draft(Key("bible", "c2"), Character(id="c2", name="Tom"), {}), Draft(Key("bible", "p1"), Prop(id="p1", name="tom"), {}),
    )
    return registry


@contextmanager
def _tables(registry: Registry) -> Generator[Session]:
    with registry.transaction() as session:
        yield session


@contextmanager
def _snapshot(registry: Registry) -> Generator[World]:
    with registry.transaction() as session:
        found = world(session, LANE)
    yield found


@pytest.fixture(params=[_tables, _snapshot], ids=["tables", "snapshot"])
def source(request: pytest.FixtureRequest, studio: Registry) -> Generator[World | Session]:
    with request.param(studio) as found:
        yield found


@pytest.mark.parametrize(("text", "key"), [
    ("script", Key("script")), ("shot:12B", Key("shot_list", "x2")), ("SHOT:12b", Key("shot_list", "x2")),
    ("shot:x2", Key("shot_list", "x2")), ("shot_list/x2", Key("shot_list", "x2")), ("scene:12", Key("scenes", "s1")),
    ("scene:13", Key("scenes", "s3")), ("beat:1", Key("beats", "b1")), ("bible:elodie-marsh", Key("bible", "c1")),
    ("character:the ferrywoman", Key("bible", "c1")), ("image:c2", Key("bible", "c2/image")),
    ("bible/c2/image", Key("bible", "c2/image")), ("frames/12B/start", Key("frames", "x2/start")),
    ("clip:12B", Key("clips", "x2")), ("dailies/x2/clip", Key("dailies", "x2/clip")), ("12AA", Key("shot_list", "x3")),
    ("looks/12/elodie-marsh", Key("looks", "s1/c1")), ("order/scenes", Key(ORDER, "scenes")), ("order/12", Key(ORDER, "s1")),
    ("scene:12A", Key("scenes", "s2")), ("shot:12A", Key("shot_list", "x1")), ("Élodie Marsh", Key("bible", "c1")),
])
def test_an_item_is_found_by_what_people_call_it(source: World | Session, text: str, key: Key) -> None:
    assert resolve(source, LANE, text) == key


def test_a_scene_of_the_script_is_a_part_of_it(source: World | Session) -> None:
    assert locate(source, LANE, "script:12A") == (Key("script"), "s2")


@pytest.mark.parametrize(("text", "said"), [
    ("12A", "'12A' may be several things in ferry@main: write shot:12A or scene:12A."),
    ("bible:tom", "bible:tom is ambiguous in ferry@main: write bible:c2 or bible:p1."),
    ("frames/12B", "frames/12B may be several: write frames/12B/start or frames/12B/end."),
    ("looks/12", "looks/12 says only half"),
    ("music:12", "There is no artifact called 'music': there are narrative, brief"),
    ("", "'' is no item: write it as shot:7B"),
])
def test_what_may_be_several_things_is_told_apart(source: World | Session, text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        resolve(source, LANE, text)
    assert said in str(raised.value)


def test_an_unknown_name_is_answered_with_the_nearest(source: World | Session) -> None:
    with pytest.raises(NotFound, match=r"ferry@main has no shot '12BB': did you mean .*shot:12B.*\? `aiuteur status ferry@main`"):
        resolve(source, LANE, "shot:12BB")


def test_every_name_that_is_given_is_read_back(studio: Registry, source: World | Session) -> None:
    with studio.transaction() as session:
        traces = digests(session, LANE)
    more = [Key("frames", "x2/start"), Key("looks", "s1/c1"), Key("bible", "c1/image"), Key("clips", "x1"), Key(ORDER, "s2")]
    for key in [*traces.items, *more]:
        if key.item not in {"c2", "p1"}:  # two that share a name
            assert resolve(source, LANE, name_of(key, traces.labels)) == key
