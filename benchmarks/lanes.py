"""A finished lane of any length, recorded without making anything: what planning, forking and comparing are measured on.

Belongs here: items with the content and the read paths that the stages give them. Does not belong here: what is measured.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from aiuteur.craft.continuity import shot_label
from aiuteur.craft.world import ORDER, Key, Reading, Selected, World
from aiuteur.digest import digest
from aiuteur.film.bible import (
    Character,
    KeyImage,
    Lighting,
    Location,
    Period,
    PlaceKind,
    Prop,
    Style,
    TimeOfDay,
    Weather,
    image_item,
)
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.dailies import Overall, Verdict
from aiuteur.film.noun import MediaRef, Noun
from aiuteur.film.screenplay import Element, ElementKind, Script, ScriptScene, SlugLine
from aiuteur.film.shots import (
    Blocking,
    CameraAngle,
    CameraMovement,
    Cinematography,
    DialogueLine,
    Facing,
    Look,
    Order,
    Scene,
    ScreenSide,
    Shot,
    ShotSize,
    ShotType,
)
from aiuteur.film.story import Beat, Treatment, TreatmentVariant, Turn
from aiuteur.film.takes import Clip, Film, Frame, FrameEnd, Motion, Picture, Prompt
from aiuteur.lane import Lane
from aiuteur.registry import projects, versions
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, Outcome

SHOTS_A_SCENE: Final = 16
PEOPLE: Final = 12
_STORY: Final = ("title", "author", "text", "format", "language")
_BRIEF: Final = ("length_seconds", "project_type", "input_mode", "rating", "audience", "genres", "tone", "language")
_SHOT: Final = ("id", "scene_id", "label", "cinematography", "lighting", "action", "dialogue", "blocking", "props", "duration",
                "requires_end_frame")


def fill(registry: Registry, lane: Lane, shots: int) -> int:
    """A project with a finished film of so many shots of three seconds on its main branch; returns how many items it has."""
    story = Narrative(title=f"The Ferry of {lane.project}", text="Ada rowed out. Nobody waved. " * 40, format=SourceFormat.PROSE)
    brief = Brief(length_seconds=max(5, shots * 3))
    with registry.transaction() as session:
        projects.create_project(session, lane, story, brief)
        world = versions.world(session, lane)
    growing = _Growing(dict(world.items), lane)
    for _ in _items(growing, shots):
        pass
    with registry.transaction() as session:
        versions.record(session, lane, Outcome(drafts=growing.drafts))
    return len(growing.items)


@dataclass
class _Growing:
    """A lane as it grows, in memory."""

    items: dict[Key, Selected]
    lane: Lane
    drafts: list[Draft] = field(default_factory=list[Draft])

    def reading(self) -> Reading:
        return Reading(World(self.lane, "seed", 0, self.items))

    def put(self, key: Key, noun: Noun, reading: Reading, label: str | None = None) -> None:
        basis = dict(reading.basis)
        self.drafts.append(Draft(key, noun, basis, label=label))
        version = UUID(int=len(self.drafts))
        self.items[key] = Selected(key, version, 1, noun, digest(str(key)), noun.field_digests(), basis)


def _items(lane: _Growing, shots: int) -> Iterator[None]:
    """Every stage in turn."""
    scenes = [f"scene{n:04d}" for n in range(-(-shots // SHOTS_A_SCENE))]
    yield _develop(lane, scenes)
    yield _bible(lane)
    for number, scene in enumerate(scenes, 1):
        listed = [f"shot{n:06d}" for n in range((number - 1) * SHOTS_A_SCENE, min(number * SHOTS_A_SCENE, shots))]
        yield _scene(lane, scene, number, listed)
        for at, shot in enumerate(listed):
            yield _shoot(lane, shot, scene)
            del at
    yield _film(lane, scenes)


def _develop(lane: _Growing, scenes: Sequence[str]) -> None:
    reading = lane.reading()
    reading.view(Narrative, Key("narrative"), *_STORY)
    reading.view(Brief, Key("brief"), *_BRIEF)
    variant = TreatmentVariant(angle="plain", logline="A ferry.", prose="She rows.", passages=())
    lane.put(Key("treatment"), Treatment(variants=(variant,) * 3), reading)
    reading.view(Treatment, Key("treatment"), "variants", "selected")
    beats = [f"beat{n:04d}" for n in range(len(scenes))]
    lane.put(Key(ORDER, "beats"), Order(ids=tuple(beats)), reading)
    for number, item in enumerate(beats, 1):
        beat = Beat(id=item, text=f"She rows {number} times.", turn=Turn.RISING, emotion="calm", passages=(), seconds=48)
        lane.put(Key("beats", item), beat, reading, f"beat {number}")
    reading = lane.reading()
    for item in reading.order("beats"):
        reading.view(Beat, Key("beats", item), *Beat.model_fields)
    written = tuple(_script_scene(item, number) for number, item in enumerate(scenes, 1))
    script = Script(title="The Ferry", author=None, scenes=written, staging=written, fountain="INT. FERRY - DAY\n\nShe rows.\n")
    lane.put(Key("script"), script, reading)
    lane.put(Key(ORDER, "scenes"), Order(ids=tuple(scenes)), reading)


def _script_scene(item: str, number: int) -> ScriptScene:
    said = Element(kind=ElementKind.ACTION, text=f"She rows for the {number}th time.")
    return ScriptScene(id=item, number=str(number), slug=SlugLine(int_ext="INT.", place="FERRY"), elements=(said,), seconds=48)


def _bible(lane: _Growing) -> None:
    reading = lane.reading()
    reading.view(Brief, Key("brief"), *_BRIEF)
    reading.view(Script, Key("script"), "title", "staging")
    entries: list[Character | Location | Prop | Style] = [
        *(Character(id=f"person{n:03d}", name=f"Person {n}") for n in range(PEOPLE)),
        *(Location(id=f"place{n:03d}", name=f"Place {n}") for n in range(4)),
        *(Prop(id=f"thing{n:03d}", name=f"Thing {n}") for n in range(4)), Style(id="style", name="Plain"),
    ]
    lane.put(Key(ORDER, "bible"), Order(ids=tuple(entry.id for entry in entries)), reading)
    for entry in entries:
        lane.put(Key("bible", entry.id), entry, reading, entry.name)
    for entry in entries:
        seen = lane.reading()
        seen.view(Noun, Key("bible", entry.id), "name")
        made = KeyImage(entry_id=entry.id, name=entry.name, picture=_media(entry.id, "image/png"))
        lane.put(Key("bible", image_item(entry.id)), made, seen, entry.name)


def _scene(lane: _Growing, scene: str, number: int, listed: Sequence[str]) -> None:
    reading = lane.reading()
    reading.part(Key("script"), "scenes", scene)
    for item in reading.order("bible"):
        reading.maybe(Noun, Key("bible", item), "id", "kind", "name")
    cast = tuple(f"person{(number + step) % PEOPLE:03d}" for step in range(2))
    made = Scene(
        id=scene, number=str(number), slug="INT. FERRY", location_id=f"place{number % 4:03d}", cast=cast,
        time_of_day=TimeOfDay.DAY, mood="calm", excerpt="She rows.", end_state="She rests.",
    )
    lane.put(Key("scenes", scene), made, reading, f"scene {number}")
    for person in cast:
        reading = lane.reading()
        reading.view(Scene, Key("scenes", scene), "excerpt", "end_state")
        reading.view(Character, Key("bible", person), "id", "kind", "name", "aliases", "wardrobe")
        lane.put(Key("looks", f"{scene}/{person}"), Look(scene_id=scene, entry_id=person), reading)
    reading = lane.reading()
    reading.view(Scene, Key("scenes", scene), *Scene.model_fields)
    reading.part(Key("script"), "scenes", scene)
    lane.put(Key(ORDER, scene), Order(ids=tuple(listed)), reading)
    for at, shot in enumerate(listed):
        label = shot_label(str(number), at)
        lane.put(Key("shot_list", shot), _shot(shot, scene, label, cast, ends=at % 8 == 0), reading, f"shot {label}")


def _shot(item: str, scene: str, label: str, cast: Sequence[str], *, ends: bool) -> Shot:
    how = Cinematography(shot_type=ShotType.MASTER, size=ShotSize.WIDE)
    line = DialogueLine(speaker="PERSON", speaker_id=cast[0], text="Row on.")
    blocking = tuple(Blocking(character_id=person, side=ScreenSide.LEFT, facing=Facing.RIGHT) for person in cast)
    return Shot(
        id=item, scene_id=scene, label=label, cinematography=how, lighting=Lighting(), action="They row.", dialogue=(line,),
        blocking=blocking, duration=3.0, requires_end_frame=ends,
    )


def _shoot(lane: _Growing, shot: str, scene: str) -> None:
    """A shot's prompt, frames, clip and their reviews."""
    reading = lane.reading()
    listed = reading.view(Shot, Key("shot_list", shot), *_SHOT)
    reading.view(Scene, Key("scenes", scene), "id", "location_id", "time_of_day", "weather", "mood", "excerpt")
    people = [block.character_id for block in listed.blocking]
    for person in people:
        reading.view(Character, Key("bible", person), "id", "name", "traits", "wardrobe", "state")
        reading.maybe(Look, Key("looks", f"{scene}/{person}"), "wardrobe", "tags")
    reading.view(Style, Key("bible", "style"), "period", "palette", "grain", "description")
    reading.view(Brief, Key("brief"), "aspect_ratio")
    lane.put(Key("prompts", shot), _prompt(), reading, f"shot {listed.label}")
    ends = [FrameEnd.START, *([FrameEnd.END] if listed.requires_end_frame else [])]
    for end in ends:
        reading = lane.reading()
        reading.view(Prompt, Key("prompts", shot), "frame", "picture")
        for person in people:
            reading.view(KeyImage, Key("bible", image_item(person)), "picture")
        frame = Frame(shot_id=shot, end=end, picture=_media(f"{shot}/{end}", "image/png"))
        lane.put(Key("frames", f"{shot}/{end}"), frame, reading)
    reading = lane.reading()
    reading.view(Prompt, Key("prompts", shot), "video", "motion")
    reading.view(Frame, Key("frames", f"{shot}/start"), "picture", "layers")
    reading.maybe(Frame, Key("frames", f"{shot}/end"), "picture", "layers")
    lane.put(Key("clips", shot), Clip(shot_id=shot, video=_media(shot, "video/mp4")), reading)
    for part, key in [*((str(end), Key("frames", f"{shot}/{end}")) for end in ends), ("clip", Key("clips", shot))]:
        reading = lane.reading()
        reading.maybe(Noun, key, "video" if part == "clip" else "picture")
        verdict = Verdict(take="0" * 64, judge="bench", gates=(), overall=Overall.ACCEPT)
        lane.put(Key("dailies", f"{shot}/{part}"), verdict, reading)


def _prompt() -> Prompt:
    picture = Picture(
        width=1280, height=720, place=PlaceKind.ROOM, place_name="A ferry", interior=True, period=Period.CONTEMPORARY,
        time_of_day=TimeOfDay.DAY, weather=Weather.CLEAR, mood="calm", lighting=Lighting(), shot_type=ShotType.MASTER,
        size=ShotSize.WIDE, angle=CameraAngle.EYE_LEVEL, lens_mm=35, seed=1,
    )
    motion = Motion(movement=CameraMovement.STATIC, seconds=3, seed=1)
    return Prompt(frame="They row.", picture=picture, video="They row.", motion=motion)


def _media(name: str, mime: str) -> MediaRef:
    return MediaRef(sha256=digest(name), mime=mime, size=1, width=1280, height=720)


def _film(lane: _Growing, scenes: Sequence[str]) -> None:
    reading = lane.reading()
    reading.order("scenes")
    for scene in scenes:
        reading.view(Scene, Key("scenes", scene), "slug", "location_id", "time_of_day", "weather", "mood")
        for shot in reading.order(scene):
            reading.view(Shot, Key("shot_list", shot), "id", "label", "dialogue", "duration", "in_point", "out_point", "blocking")
            reading.view(Clip, Key("clips", shot), "video")
            reading.view(Frame, Key("frames", f"{shot}/start"), "picture")
    paper = _media("film", "video/mp4")
    made = Film(video=paper, captions=paper, screenplay=paper, storyboard=paper, seconds=3, shots=1, lines=1, lines_voiced=0)
    lane.put(Key("film"), made, reading)
