"""Asks: whom a unit of work calls on, how often, and what that is likely to cost.

Belongs here: which roles each stage asks for what, and what is shown to them. Does not belong here: tokens and prices
(`aiuteur.craft.estimating`), whether a unit is made at all (`aiuteur.stages.plan`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, NamedTuple

from aiuteur.craft.estimating import Rates, filmed, pictured, reviewed, spoken, written
from aiuteur.craft.planning import Ask, Planned, Price
from aiuteur.craft.prices import Usage, book
from aiuteur.craft.timing import content_seconds
from aiuteur.craft.world import Key, World
from aiuteur.film.brief import Brief
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Shot
from aiuteur.film.takes import FrameEnd
from aiuteur.registry.outlines import Length
from aiuteur.stages.treatment import is_screenplay
from aiuteur.stages.work import Unit

Casting = Callable[[Role, Key, str | None], ModelCard | None]
"""Who is cast for a role on an item, or who was asked for by name; None where nobody is."""

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


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a plan is priced with: prices and tries, and the length of what there is."""

    rates: Rates
    sizes: Sizes


_HELPERS: Final = frozenset({Role.VOICE, Role.SOUND, Role.JUDGE})
"""Roles without which things are made all the same."""


class _Wish(NamedTuple):
    """One kind of call that a unit makes: how often once through, what each uses, and the seconds of media that is."""

    role: Role
    task: str
    usage: Usage
    times: float = 1
    seconds: float = 0.0


def asks(item: Planned, world: World, casting: Casting, pricing: Pricing) -> Planned:
    """A planned unit with whom it asks, and for how much."""
    wishes = _WISHES.get(item.stage)
    if wishes is None:
        return item
    found = [_ask(wish, item, casting, pricing.rates) for wish in wishes(_Room(item, world, pricing.sizes))]
    return replace(item, asks=tuple(ask for ask in found if ask is not None))


def foreseen(world: World) -> list[Planned]:
    """What is sure to follow and cannot be named yet: the items of lists that are not written, counted from the film's length."""
    scenes, seconds = _unwritten(world)
    if not seconds:
        return []
    shots = seconds / SHOT_SECONDS
    counts = {"scenes": scenes, "shot_list": scenes, "looks": scenes * CAST, "prompts": shots, "frames": shots, "clips": shots}
    return [
        Planned(stage, "", (), f"about {max(1, round(count))}", "follows from what is to be written", foreseen=count)
        for stage, count in counts.items() if count
    ]


def costs(stage: str, unit: Unit, world: World, casting: Casting, pricing: Pricing) -> bool:
    """Whether making a unit may cost something."""
    remake = next((world.remakes[key] for key in unit.keys if key in world.remakes), None)
    missing = tuple(key for key in unit.keys if key not in world.items)
    return asks(Planned(stage, unit.anchor, unit.keys, "", "", missing=missing, remake=remake), world, casting, pricing).paid


def todays(world: World, sizes: Sizes | None = None) -> Pricing:
    """Prices of today, for a world with content or one whose lengths are given."""
    return Pricing(Rates(book(), datetime.now(UTC).date()), sizes or measured(world))


def measured(world: World) -> Sizes:
    """The lengths of what is in a world with content."""

    def size(key: Key) -> Length:
        found = world.items.get(key)
        if found is None:
            return Length()
        if isinstance(found.noun, Shot):
            return Length(sum(len(line.text.encode()) for line in found.noun.dialogue), len(found.noun.dialogue))
        parts = len(found.noun.scenes) if isinstance(found.noun, Script) else 1
        return Length(len(str(found.noun.document()).encode()), parts)

    return size


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a unit stands: what it is, and how long everything around it is."""

    item: Planned
    world: World
    sizes: Sizes

    def bytes(self, *keys: Key) -> int:
        return sum(self.sizes(key).bytes for key in keys)

    @property
    def shot(self) -> str:
        return self.item.anchor.partition("/")[0]

    @property
    def story(self) -> int:
        return self.bytes(Key("narrative"), Key("brief"))

    @property
    def film_seconds(self) -> float:
        return _film_seconds(self.world)

    @property
    def scene_share(self) -> int:
        """Bytes of one scene of the script; of a script that is not there yet, what a scene usually is."""
        size = self.sizes(Key("script"))
        return size.bytes // max(1, size.parts) if size.bytes else round(SCENE_SECONDS * _SECOND * 4)

    def shot_seconds(self) -> float:
        found = self.world.items.get(Key("shot_list", self.shot))
        return found.noun.duration if found is not None and isinstance(found.noun, Shot) else SHOT_SECONDS

    def entries(self) -> int:
        return len(self.world.order("bible")) or ENTRIES


def _treatment(room: _Room) -> Iterator[_Wish]:
    yield _Wish(Role.WRITER, "treatment", written(room.story, _VARIANTS))


def _beats(room: _Room) -> Iterator[_Wish]:
    count = len(room.world.order("beats")) or max(6, round(room.film_seconds / 6))
    yield _Wish(Role.WRITER, "beats", written(room.story + room.bytes(Key("treatment")) // 3, _BEAT * count))


def _script(room: _Room) -> Iterator[_Wish]:
    if not is_screenplay(room.world):
        beats = (Key("beats", item) for item in room.world.order("beats"))
        yield _Wish(Role.WRITER, "script", written(room.story + room.bytes(*beats), round(_SECOND * room.film_seconds)))


def _bible(room: _Room) -> Iterator[_Wish]:
    """The list, or one entry's key image; of a list that is not written yet, also the images that it will want."""
    if not room.item.anchor:
        entries = room.entries()
        yield _Wish(Role.WRITER, "bible", written(room.story + room.bytes(Key("script")), _ENTRY * entries))
    if room.item.anchor or not room.world.order("bible"):
        yield _Wish(Role.ILLUSTRATOR, "key_image", pictured(_PICTURE_WORDS, 0), 1 if room.item.anchor else ENTRIES)


def _scenes(room: _Room) -> Iterator[_Wish]:
    yield _Wish(Role.WRITER, "breakdown", written(room.scene_share + 160 * room.entries(), _BREAKDOWN))


def _shot_list(room: _Room) -> Iterator[_Wish]:
    count = len(room.world.order(room.item.anchor)) or SCENE_SECONDS / SHOT_SECONDS
    yield _Wish(Role.WRITER, "shot_list", written(2 * room.scene_share, round(_SHOT * count)))


def _looks(room: _Room) -> Iterator[_Wish]:
    yield _Wish(Role.WRITER, "looks", written(room.scene_share, _LOOK))


def _frames(room: _Room) -> Iterator[_Wish]:
    refined = room.item.remake is not None and room.item.remake.parent_version_id is not None
    yield _Wish(Role.ILLUSTRATOR, "frame", pictured(_PICTURE_WORDS, CAST + refined))
    yield _Wish(Role.JUDGE, "review_frame", reviewed(0, 1 + CAST, _VERDICT))


def _clips(room: _Room) -> Iterator[_Wish]:
    seconds = room.shot_seconds()
    yield _Wish(Role.CINEMATOGRAPHER, "clip", filmed(seconds), seconds=seconds)
    yield _Wish(Role.JUDGE, "review_clip", reviewed(seconds, 2, _VERDICT))


def _dailies(room: _Room) -> Iterator[_Wish]:
    """A take that is itself to be made is reviewed with its making."""
    if room.item.upstream:
        return
    clip = room.item.anchor.rpartition("/")[2] not in {FrameEnd.START, FrameEnd.END}
    seconds = room.shot_seconds() if clip else 0
    yield _Wish(Role.JUDGE, "review_clip" if clip else "review_frame", reviewed(seconds, 2, _VERDICT))


def _film(room: _Room) -> Iterator[_Wish]:
    """The lines and scenes that what moved has touched; the others are in the ledger."""
    scenes = [(scene, _spoken_in(room, scene)) for scene in room.world.order("scenes")]
    touched = [(scene, lines) for scene, lines in scenes if room.item.missing or _touches(room.item, room.world, scene)]
    lines = sum(size.parts for _, size in touched)
    if lines:
        yield _Wish(Role.VOICE, "line", spoken(sum(size.bytes for _, size in touched) // lines), lines)
    if touched or not scenes:
        yield _Wish(Role.SOUND, "scene_sound", Usage(seconds=SCENE_SECONDS), len(touched) or room.film_seconds / SCENE_SECONDS)


_WISHES: Final = {
    "treatment": _treatment, "beats": _beats, "script": _script, "bible": _bible, "scenes": _scenes, "shot_list": _shot_list,
    "looks": _looks, "frames": _frames, "clips": _clips, "dailies": _dailies, "film": _film,
}


def _spoken_in(room: _Room, scene: str) -> Length:
    sizes = [room.sizes(Key("shot_list", shot)) for shot in room.world.order(scene)]
    return Length(sum(size.bytes for size in sizes), sum(size.parts for size in sizes))


def _touches(item: Planned, world: World, scene: str) -> bool:
    """Whether what a film read and is another now has to do with a scene's sound."""
    heads = {f"shot_list:{shot}" for shot in world.order(scene)} | {f"scenes:{scene}", f"order:{scene}"}
    return any(cause.path.rpartition(":")[0] in heads for cause in item.causes)


def _ask(wish: _Wish, item: Planned, casting: Casting, rates: Rates) -> Ask | None:
    named = item.remake.model if item.remake is not None and wish.role not in _HELPERS else None
    card = casting(wish.role, item.key, named)
    if card is None and wish.role in _HELPERS:
        return None
    takes = item.remake.left if item.remake is not None else 1
    calls = rates.calls(wish.task, card).times(wish.times * item.foreseen * max(1, takes))
    price = rates.price(card, wish.usage, calls)
    if item.upstream:
        calls, price = replace(calls, low=0.0), replace(price, low=Price().low) if price is not None else None
    return Ask(wish.role, wish.task, card, calls, wish.seconds * item.foreseen * max(1, takes), price)


def _film_seconds(world: World) -> float:
    brief = world.items.get(Key("brief"))
    return content_seconds(brief.noun.length_seconds) if brief is not None and isinstance(brief.noun, Brief) else 0.0


def _unwritten(world: World) -> tuple[float, float]:
    """Scenes and seconds of film for which no shots are listed yet."""
    scenes = world.order("scenes")
    if not scenes:
        seconds = _film_seconds(world)
        return (max(1.0, seconds / SCENE_SECONDS), seconds)
    bare = [scene for scene in scenes if not world.order(scene)]
    return 0.0, len(bare) * _film_seconds(world) / len(scenes)
