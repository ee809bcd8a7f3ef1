"""The film: lines spoken, scenes mixed, clips joined without re-encoding, captions and papers made.

Belongs here: what the film reads and in which order its parts are asked for. Does not belong here: joining, mixing or lettering
themselves (`aiuteur.media`).
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from aiuteur.craft.editing import PlacedLine, PlacedScene, fitted, timeline
from aiuteur.craft.prompting import seed
from aiuteur.craft.screenplay import in_order
from aiuteur.craft.world import Key, Reading, World
from aiuteur.film.bible import Character, Location, VoiceProfile
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.crew import Role
from aiuteur.film.noun import MediaRef
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Scene, Shot
from aiuteur.film.takes import Clip, Film, Frame, FrameEnd
from aiuteur.models.protocols import Reference, Request
from aiuteur.models.routing import Asked
from aiuteur.registry.versions import Outcome
from aiuteur.stages.bible import style_of
from aiuteur.stages.work import Bench, Unit, drafted, outcome

if TYPE_CHECKING:  # the editor loads OpenCV and PyAV, which a film that rests does not need
    from aiuteur.stages.editor import Cut

T = TypeVar("T")

name = "film"
_SHOT = ("id", "label", "cinematography", "dialogue", "duration", "in_point", "out_point")
_CREDITS = {
    Role.WRITER: "Screenplay", Role.ILLUSTRATOR: "Pictures", Role.CINEMATOGRAPHER: "Camera", Role.VOICE: "Voices",
    Role.SOUND: "Sound",
}
_SCENE = ("slug", "location_id", "time_of_day", "weather", "mood")


def units(world: World) -> Sequence[Unit]:
    """One unit."""
    del world
    return (Unit("", (Key(name),)),)


async def make(unit: Unit, bench: Bench) -> Outcome:
    """Read the cut, and join it while its lines are spoken and its scenes mixed."""
    from aiuteur.stages.editor import cut

    reading = Reading(bench.world)
    made = _read(reading, _makers(bench))
    voiced = 0 if bench.crew.card(Role.VOICE) is None else sum(len(scene.lines) for scene in made.scenes)
    film = await _meanwhile(
        _sounds(unit.keys[0], reading, bench, made),
        lambda sounds: cut(made, sounds, voiced, bench.storage, _before(bench.world)),
    )
    papers = (film.video, film.captions, film.screenplay, film.storyboard, *(card.video for card in film.cards))
    return replace(outcome([drafted(unit.keys[0], film, reading, bench.world)]), media=papers)


async def _meanwhile(asked: Coroutine[Any, Any, T], work: Callable[[Callable[[], T]], Film]) -> Film:
    """Work in a thread while answers are on their way, of which it may wait for the result.

    Where the work fails the answers are awaited all the same: they may be paid for. An interrupt ends what is asked as well, and
    with it the thread that waits for it; whoever was asked is let go before it goes on.
    """
    answers, there = asyncio.ensure_future(asked), threading.Event()
    answers.add_done_callback(lambda _: there.set())

    def told() -> T:
        there.wait()
        return answers.result()

    try:
        return await asyncio.to_thread(work, told)
    except asyncio.CancelledError:
        answers.cancel()
        raise
    finally:
        await asyncio.gather(answers, return_exceptions=True)


def _before(world: World) -> Film | None:
    """The lane's film until now."""
    found = world.items.get(Key(name))
    return found.noun if found is not None and isinstance(found.noun, Film) else None


def _makers(bench: Bench) -> dict[str, list[str]]:
    """Who made the film by the names of their studios, each with their credits."""
    found: dict[str, list[str]] = {}
    for role, credit in _CREDITS.items():
        card = bench.crew.card(role)
        if card is not None:
            found.setdefault(f"The {card.provider} studio" if card.replayable else card.name, []).append(credit)
    return found


def _read(reading: Reading, makers: Mapping[str, Sequence[str]]) -> "Cut":
    """Everything the film is cut from, as selected now."""
    from aiuteur.stages.editor import Cut, head_seconds

    scenes = reading.order("scenes")
    shots = {
        scene: tuple(shot for item in reading.order(scene) if (shot := _shot(reading, item)) is not None) for scene in scenes
    }
    brief = reading.view(Brief, Key("brief"), "length_seconds", "aspect_ratio")
    narrative = reading.view(Narrative, Key("narrative"), "language", "format")
    script = reading.view(Script, Key("script"), "title", "author", "fountain", "scenes")
    every = [shot for scene in scenes for shot in shots[scene]]
    return Cut(
        title=script.title, author=script.author, fountain=in_order(script, scenes), language=narrative.language, makers=makers,
        brief=brief, narrated=narrative.format is SourceFormat.PROSE,
        scenes=timeline(scenes, shots, head_seconds(brief)),
        headings={scene: reading.view(Scene, Key("scenes", scene), *_SCENE) for scene in scenes},
        clips={shot.id: reading.view(Clip, Key("clips", shot.id), "video").video for shot in every},
        frames={shot.id: reading.view(Frame, Key("frames", f"{shot.id}/{FrameEnd.START}"), "picture").picture for shot in every},
    )


def _shot(reading: Reading, item: str) -> Shot | None:
    """A shot as the editor needs it, as long as its clip: where somebody speaks, who is where, and else what is done.

    None for one of which every version was rejected: it is not in the film.
    """
    shot = reading.maybe(Shot, Key("shot_list", item), *_SHOT)
    if shot is None:
        return None
    clip = reading.view(Clip, Key("clips", item), "video").video
    return fitted(reading.view(Shot, Key("shot_list", item), *_SHOT, "blocking" if shot.dialogue else "action"), clip.seconds)


async def _sounds(key: Key, reading: Reading, bench: Bench, made: "Cut") -> list[MediaRef]:
    """The finished sound of every scene, in order; bought scene by scene, so that a changed line remixes its own scene alone."""
    spoken = iter(await _spoken(key, reading, bench, made))
    voices = [[next(spoken) for _ in scene.lines] for scene in made.scenes]
    scenes = [await _mix(reading, bench, made, scene, own) for scene, own in zip(made.scenes, voices, strict=True)]
    mixed = await bench.crew.ask_each(Role.SOUND, scenes, key, reading.basis)
    return [sound.first("sound") for sound in mixed]


async def _spoken(key: Key, reading: Reading, bench: Bench, made: "Cut") -> list[Asked | None]:
    """Every line's speech, in order, None where nobody is cast as voice."""
    lines = [line for scene in made.scenes for line in scene.lines]
    if bench.crew.card(Role.VOICE) is None:
        return [None for _ in lines]
    said = [_said(reading, made.language, line) for line in lines]
    return list(await bench.crew.ask_each(Role.VOICE, said, key, reading.basis))


def _said(reading: Reading, language: str, placed: PlacedLine) -> Request:
    """One line, to be spoken."""
    speaker, text = placed.line.speaker_id, placed.line.text
    known = reading.entry(Character, speaker, "voice") if speaker else None
    voice = known.voice if known is not None else VoiceProfile()
    payload = {"text": text, "voice": voice.document(), "language": language, "seconds": placed.seconds}
    return Request("line", payload, text)


async def _mix(
    reading: Reading, bench: Bench, made: "Cut", scene: PlacedScene, spoken: Sequence[Asked | None]
) -> Request:
    """One scene's sound, to be mixed of what is spoken in it."""
    heading = made.headings[scene.scene_id]
    location = reading.entry(Location, heading.location_id, "place", "interior") if heading.location_id else None
    payload = {
        "seconds": round(scene.seconds, 6), "shots": [{"start": shot.start, "seconds": shot.seconds} for shot in scene.shots],
        "lines": [{"start": line.start, "seconds": line.seconds, "side": line.side.value} for line in scene.lines],
        "place": location.place.value if location else "street", "interior": bool(location and location.interior),
        "time_of_day": heading.time_of_day.value, "weather": heading.weather.value, "mood": heading.mood,
        "period": _period(reading, bench.world), "seed": seed(scene.scene_id),
    }
    references = [
        await _speech(bench, asked.first("speech"), place) for place, asked in enumerate(spoken) if asked is not None
    ]
    return Request("scene_sound", payload, references=tuple(references))


async def _speech(bench: Bench, ref: MediaRef, place: int) -> Reference:
    return await bench.fetch(ref, f"line:{place}")


def _period(reading: Reading, world: World) -> str:
    style = style_of(reading, world, "period")
    return style.period.value if style is not None else "contemporary"
