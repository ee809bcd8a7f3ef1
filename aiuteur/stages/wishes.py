"""Wishes: which calls a unit of each stage makes, and what is shown and answered in them.

Belongs here: the roles and lengths of every stage's asking. Does not belong here: who is cast and at what price (`asks`), the
tokens of a text (`aiuteur.craft.estimating`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from aiuteur.craft.estimating import filmed, pictured, reviewed, spoken, written
from aiuteur.craft.planning import Planned
from aiuteur.craft.prices import Usage
from aiuteur.craft.timing import content_seconds
from aiuteur.craft.world import Key, World
from aiuteur.film.brief import Brief
from aiuteur.film.crew import Role
from aiuteur.film.shots import Shot
from aiuteur.film.takes import FrameEnd
from aiuteur.registry.outlines import Length
from aiuteur.stages.treatment import is_screenplay

SHOT_SECONDS: Final = 3.0
SCENE_SECONDS: Final = 15.0
"""How long a shot and a scene last, before there are any."""

ENTRIES: Final = 10
CAST: Final = 2
"""Entries of a bible, and characters of a scene, before they are known."""

_PICTURE_WORDS: Final = 900
_VARIANTS: Final = 1800
_BEAT, _SECOND, _ENTRY, _BREAKDOWN, _SHOT, _LOOK, _VERDICT = 90, 14, 450, 350, 320, 150, 500
"""Tokens that a writer answers with for one of each; of a script, for each second of the film."""


Sizes = Callable[[Key], Length]
"""How long the text of an item is."""


class Wish(NamedTuple):
    """One kind of call that a unit makes: how often once through, what each uses, and the seconds of media that is."""

    role: Role
    task: str
    usage: Usage
    times: float = 1
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Room:
    """Where a unit stands: what it is, and how long everything around it is."""

    item: Planned
    world: World
    sizes: Sizes

    def bytes(self, *keys: Key) -> int:
        """Bytes of these items together."""
        return sum(self.sizes(key).bytes for key in keys)

    @property
    def shot(self) -> str:
        """The shot it is about."""
        return self.item.anchor.partition("/")[0]

    @property
    def story(self) -> int:
        """Bytes of what was given."""
        return self.bytes(Key("narrative"), Key("brief"))

    @property
    def film_seconds(self) -> float:
        """Seconds of the film without its cards."""
        return film_seconds(self.world)

    @property
    def scene_share(self) -> int:
        """Bytes of one scene of the script; of a script that is not there yet, what a scene usually is."""
        size = self.sizes(Key("script"))
        return size.bytes // max(1, size.parts) if size.bytes else round(SCENE_SECONDS * _SECOND * 4)

    def shot_seconds(self) -> float:
        """Seconds of its shot."""
        found = self.world.items.get(Key("shot_list", self.shot))
        return found.noun.duration if found is not None and isinstance(found.noun, Shot) else SHOT_SECONDS

    def entries(self) -> int:
        """Entries of the bible, or as many as one usually has."""
        return len(self.world.order("bible")) or ENTRIES


def _treatment(room: Room) -> Iterator[Wish]:
    yield Wish(Role.WRITER, "treatment", written(room.story, _VARIANTS))


def _beats(room: Room) -> Iterator[Wish]:
    count = len(room.world.order("beats")) or max(6, round(room.film_seconds / 6))
    yield Wish(Role.WRITER, "beats", written(room.story + room.bytes(Key("treatment")) // 3, _BEAT * count))


def _script(room: Room) -> Iterator[Wish]:
    if not is_screenplay(room.world):
        beats = (Key("beats", item) for item in room.world.order("beats"))
        yield Wish(Role.WRITER, "script", written(room.story + room.bytes(*beats), round(_SECOND * room.film_seconds)))


def _bible(room: Room) -> Iterator[Wish]:
    """The list, or one entry's key image; of a list that is not written yet, also the images that it will want."""
    if not room.item.anchor:
        entries = room.entries()
        yield Wish(Role.WRITER, "bible", written(room.story + room.bytes(Key("script")), _ENTRY * entries))
    if room.item.anchor or not room.world.order("bible"):
        yield Wish(Role.ILLUSTRATOR, "key_image", pictured(_PICTURE_WORDS, 0), 1 if room.item.anchor else ENTRIES)


def _scenes(room: Room) -> Iterator[Wish]:
    yield Wish(Role.WRITER, "breakdown", written(room.scene_share + 160 * room.entries(), _BREAKDOWN))


def _shot_list(room: Room) -> Iterator[Wish]:
    count = len(room.world.order(room.item.anchor)) or SCENE_SECONDS / SHOT_SECONDS
    yield Wish(Role.WRITER, "shot_list", written(2 * room.scene_share, round(_SHOT * count)))


def _looks(room: Room) -> Iterator[Wish]:
    yield Wish(Role.WRITER, "looks", written(room.scene_share, _LOOK))


def _frames(room: Room) -> Iterator[Wish]:
    refined = room.item.remake is not None and room.item.remake.parent_version_id is not None
    yield Wish(Role.ILLUSTRATOR, "frame", pictured(_PICTURE_WORDS, CAST + refined))
    yield Wish(Role.JUDGE, "review_frame", reviewed(0, 1 + CAST, _VERDICT))


def _clips(room: Room) -> Iterator[Wish]:
    seconds = room.shot_seconds()
    yield Wish(Role.CINEMATOGRAPHER, "clip", filmed(seconds), seconds=seconds)
    yield Wish(Role.JUDGE, "review_clip", reviewed(seconds, 2, _VERDICT))


def _dailies(room: Room) -> Iterator[Wish]:
    """A take that is itself to be made is reviewed with its making."""
    if room.item.upstream:
        return
    clip = room.item.anchor.rpartition("/")[2] not in {FrameEnd.START, FrameEnd.END}
    seconds = room.shot_seconds() if clip else 0
    yield Wish(Role.JUDGE, "review_clip" if clip else "review_frame", reviewed(seconds, 2, _VERDICT))


def _film(room: Room) -> Iterator[Wish]:
    """The lines and scenes that what moved has touched; the others are in the ledger."""
    scenes = [(scene, _spoken_in(room, scene)) for scene in room.world.order("scenes")]
    touched = [(scene, lines) for scene, lines in scenes if room.item.missing or _touches(room.item, room.world, scene)]
    lines = sum(size.parts for _, size in touched)
    if lines:
        yield Wish(Role.VOICE, "line", spoken(sum(size.bytes for _, size in touched) // lines), lines)
    if touched or not scenes:
        yield Wish(Role.SOUND, "scene_sound", Usage(seconds=SCENE_SECONDS), len(touched) or room.film_seconds / SCENE_SECONDS)


WISHES: Final = {
    "treatment": _treatment, "beats": _beats, "script": _script, "bible": _bible, "scenes": _scenes, "shot_list": _shot_list,
    "looks": _looks, "frames": _frames, "clips": _clips, "dailies": _dailies, "film": _film,
}


def _spoken_in(room: Room, scene: str) -> Length:
    sizes = [room.sizes(Key("shot_list", shot)) for shot in room.world.order(scene)]
    return Length(sum(size.bytes for size in sizes), sum(size.parts for size in sizes))


def _touches(item: Planned, world: World, scene: str) -> bool:
    """Whether what a film read and is another now has to do with a scene's sound."""
    heads = {f"shot_list:{shot}" for shot in world.order(scene)} | {f"scenes:{scene}", f"order:{scene}"}
    return any(cause.path.rpartition(":")[0] in heads for cause in item.causes)


def film_seconds(world: World) -> float:
    """Seconds of a film without its cards, by its brief."""
    brief = world.items.get(Key("brief"))
    return content_seconds(brief.noun.length_seconds) if brief is not None and isinstance(brief.noun, Brief) else 0.0
