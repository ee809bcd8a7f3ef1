"""A small film in the registry: two scenes, three shots, a character with her picture, frames, clips, all recorded by hand."""

from collections.abc import Mapping, Sequence

from aiuteur.craft.screenplay import compose
from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.film.bible import Character, KeyImage, Lighting, TimeOfDay, Wardrobe, image_item
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.screenplay import Element, ElementKind, ScriptScene, SlugLine
from aiuteur.film.shots import Cinematography, DialogueLine, Order, Scene, Shot, ShotSize, ShotType
from aiuteur.film.story import Beat, Treatment, TreatmentVariant, Turn
from aiuteur.film.takes import Clip, Frame, FrameEnd
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, world
from tests.registry.builders import LANE, begun, put

CAMERA = Cinematography(shot_type=ShotType.SINGLE, size=ShotSize.MEDIUM)
LINES = tuple(DialogueLine(speaker="ADA", speaker_id="c1", text=text) for text in ("Wait.", "I said wait for me, Tom."))


def written(item: str, number: str, *actions: str) -> ScriptScene:
    """A scene of the script whose elements are actions."""
    elements = tuple(Element(kind=ElementKind.ACTION, text=text) for text in actions)
    slug = SlugLine(int_ext="EXT.", place="RIVER", time="DUSK")
    return ScriptScene(id=item, number=number, slug=slug, elements=elements, seconds=6)


def shot(item: str, scene: str, label: str, **more: object) -> Shot:
    """A shot of three seconds."""
    made = Shot(id=item, scene_id=scene, label=label, cinematography=CAMERA, lighting=Lighting(), action="Ada rows.", duration=3)
    return made.model_copy(update=more)


def picture(seed: str) -> MediaRef:
    """Bytes that nobody has."""
    return MediaRef(sha256=seed * 64, mime="image/png", size=1)


def _scene(item: str, number: str) -> Scene:
    return Scene(
        id=item, number=number, slug="EXT. RIVER - DUSK", location_id=None, cast=("c1",), time_of_day=TimeOfDay.DUSK, mood="calm",
        excerpt="", end_state="",
    )


def _nouns() -> Mapping[Key, Noun]:
    scenes = [written("s1", "1", "Ada rows out.", "Nobody waves.", "It darkens."), written("s2", "2", "Tom waits.")]
    shots = [shot("x1", "s1", "1A", dialogue=LINES), shot("x2", "s1", "1B", requires_end_frame=True),
             shot("x3", "s1", "1C", continues_from="x2")]
    variants = tuple(TreatmentVariant(angle=angle, logline="…", prose="…", passages=()) for angle in ("plain", "bold", "sly"))
    beats = [Beat(id=item, text=item, turn=Turn.SETUP, emotion="calm", passages=(), seconds=6) for item in ("b1", "b2")]
    orders: dict[str, Sequence[str]] = {"beats": ("b1", "b2"), "scenes": ("s1", "s2"), "bible": ("c1",), "s1": ("x1", "x2", "x3")}
    frames = {Key("frames", f"{one.id}/start"): Frame(shot_id=one.id, end=FrameEnd.START, picture=picture("f")) for one in shots}
    return {
        Key("treatment"): Treatment(variants=variants), **{Key("beats", beat.id): beat for beat in beats},
        Key("script"): compose("The Ferry", None, scenes),
        Key("bible", "c1"): Character(id="c1", name="Ada", wardrobe=Wardrobe(garments=("coat",), colours=("#222222",))),
        Key("bible", image_item("c1")): KeyImage(entry_id="c1", name="Ada", picture=picture("a")),
        **{Key("scenes", item): _scene(item, number) for item, number in (("s1", "1"), ("s2", "2"))},
        **{Key("shot_list", one.id): one for one in shots}, **frames,
        **{Key("clips", one.id): Clip(shot_id=one.id, video=picture("c")) for one in shots},
        **{Key(ORDER, scope): Order(ids=tuple(ids)) for scope, ids in orders.items()},
    }


def filmed(registry: Registry) -> Registry:
    """Record the film; the image reads the character, and each frame its shot and the image, as stages do."""
    begun(registry)
    nouns = _nouns()
    basis = _bases(nouns)
    labels = {Key("beats", "b1"): "1", Key("beats", "b2"): "2"}
    put(registry, *(Draft(key, noun, basis.get(key, {}), label=labels.get(key)) for key, noun in nouns.items()))
    return registry


def _bases(nouns: Mapping[Key, Noun]) -> dict[Key, dict[str, str]]:
    found: dict[Key, dict[str, str]] = {}
    reads = {Key("bible", image_item("c1")): (Key("bible", "c1"), ("name", "wardrobe"))}
    reads |= {Key("frames", f"x{n}/start"): (Key("shot_list", f"x{n}"), ("action",)) for n in (1, 2, 3)}
    for key, (source, fields) in reads.items():
        marks = nouns[source].field_digests()
        found[key] = {source.path(name): marks[name] for name in fields}
    return found


def selected(registry: Registry, key: Key) -> Selected:
    """What an item shows."""
    return lane(registry).items[key]


def lane(registry: Registry) -> World:
    """The film's world."""
    with registry.transaction() as session:
        return world(session, LANE)


def stale(registry: Registry, key: Key) -> list[str]:
    """The paths that an item read and that moved since."""
    now = lane(registry).items
    found: list[str] = []
    for path, was in now[key].basis.items():
        artifact, item, name = path.split(":", 2)
        there = now.get(Key(artifact, item))
        if there is None or there.fields.get(name) != was:
            found.append(path)
    return found
