"""Names: from what people write (`shot:7B`, `bible:sue`, `frames/7B/start`) to keys, and back.

Belongs here: the grammar and the sentences for what it cannot read. Does not belong here: where the names are looked up
(`aiuteur.registry.naming` asks the tables, `WorldNames` a snapshot).
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from aiuteur.craft.world import ORDER, Key, World
from aiuteur.errors import InvalidInput, NotFound
from aiuteur.film.bible import IMAGE, Character, Location, Prop, Style, image_item
from aiuteur.film.noun import Noun
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Scene, Shot
from aiuteur.film.stages import LANE_ITEM, STAGES
from aiuteur.lane import Lane

NAMED: Final = ("shot_list", "scenes", "beats", "bible")
"""The artifacts whose items people name; all others are called after these."""

_CALLED: Final = MappingProxyType({
    "shot": "shot_list", "shots": "shot_list", "scene": "scenes", "beat": "beats", "entry": "bible", "character": "bible",
    "location": "bible", "prop": "bible", "style": "bible", "frame": "frames", "clip": "clips", "look": "looks",
    "prompt": "prompts", "daily": "dailies", "review": "dailies", "image": "bible",
})
_OF_SHOT: Final = ("prompts", "frames", "clips", "dailies")
_ENDS: Final = MappingProxyType({"frames": ("start", "end"), "dailies": ("start", "end", "clip")})
_NICK: Final = MappingProxyType({"shot_list": "shot", "scenes": "scene", "beats": "beat", "bible": "bible"})


class Place(NamedTuple):
    """What a name stands for: an item, and where that is the script, which of its scenes (by id)."""

    key: Key
    part: str | None = None


class Called(NamedTuple):
    """An item and what people call it: `7B`, `4`, `Sue`; `also` are other names it answers to."""

    item: str
    name: str
    also: tuple[str, ...] = ()


class Names(Protocol):
    """Where names are looked up."""

    @property
    def lane(self) -> Lane:
        """Whose names these are."""
        ...

    def find(self, artifact: str, name: str) -> Sequence[Called]:
        """The items of an artifact that bear an id or a name, whatever its case."""
        ...

    def every(self, artifact: str) -> Sequence[Called]:
        """All items of an artifact that have names."""
        ...

    def has(self, key: Key) -> bool:
        """Whether there is such an item, by its ids."""
        ...


def locate(names: Names, text: str) -> Place:
    """What a person means by a name; raises `InvalidInput` (ambiguous, or nothing that could be a name) and `NotFound`."""
    head, sign, rest = _parted(text.strip())
    artifact = _CALLED.get(head.lower(), head.lower())
    if not sign:
        return Place(Key(artifact)) if artifact in STAGES and STAGES[artifact].item == "lane" else _bare(names, head)
    if artifact == "script":
        return Place(Key("script"), _item(names, "scenes", rest))
    try:
        return Place(_of(names, artifact, rest, image=head.lower() == IMAGE))
    except NotFound:
        if names.has(Key(artifact, rest)):  # by its ids, of a shot or scene that is gone
            return Place(Key(artifact, rest))
        raise


def resolve(names: Names, text: str) -> Key:
    """The item a person means by a name; raises as `locate` does."""
    return locate(names, text).key


def _parted(text: str) -> tuple[str, str, str]:
    if not text or len(text) > 300:  # noqa: PLR2004 - longer than any name can be
        message = f"{text[:40]!r} is no item: write it as shot:7B, scene:4, bible:sue, frames/7B/start or script."
        raise InvalidInput(message)
    found = re.match(r"([A-Za-z_]+)([:/])(.+)$", text)
    return (found[1], found[2], found[3].strip()) if found else (text, "", "")


def _of(names: Names, artifact: str, rest: str, *, image: bool = False) -> Key:
    if artifact == ORDER:
        return Key(ORDER, rest if rest in {"beats", "scenes", "bible"} else _item(names, "scenes", rest.removeprefix("scene:")))
    if artifact == "bible":
        name, slash, part = rest.rpartition("/")
        image = image or (bool(slash) and part == IMAGE)
        item = _item(names, "bible", name if slash and part == IMAGE else rest)
        return Key("bible", image_item(item) if image else item)
    if artifact in NAMED:
        return Key(artifact, _item(names, artifact, rest))
    if artifact in _OF_SHOT:
        return _of_shot(names, artifact, rest)
    if artifact == "looks":
        scene, slash, entry = rest.partition("/")
        if not slash:
            message = f"looks/{rest} says only half: write looks/SCENE/WHO, for instance looks/4/sue."
            raise InvalidInput(message)
        return Key(artifact, f"{_item(names, 'scenes', scene)}/{_item(names, 'bible', entry)}")
    message = f"There is no artifact called {artifact!r}: there are {', '.join(STAGES)}."
    raise InvalidInput(message)


def _of_shot(names: Names, artifact: str, rest: str) -> Key:
    ends = _ENDS.get(artifact, ())
    shot, slash, end = rest.rpartition("/")
    if not ends:
        return Key(artifact, _item(names, "shot_list", rest))
    if not slash or end not in ends:
        message = f"{artifact}/{rest} may be several: write {' or '.join(f'{artifact}/{shot or rest}/{one}' for one in ends)}."
        raise InvalidInput(message)
    return Key(artifact, f"{_item(names, 'shot_list', shot)}/{end}")


def _item(names: Names, artifact: str, name: str) -> str:
    found = names.find(artifact, name)
    if len(found) == 1:
        return found[0].item
    nick = _NICK[artifact]
    if found:
        ids = " or ".join(f"{nick}:{one.item}" for one in found)
        message = f"{nick}:{name} is ambiguous in {names.lane}: write {ids}."
        raise InvalidInput(message)
    raise _unknown(names, (artifact,), f"{nick} {name!r}", name)


def _bare(names: Names, name: str) -> Place:
    found = [(artifact, one) for artifact in NAMED for one in names.find(artifact, name)]
    if len(found) == 1:
        return Place(Key(found[0][0], found[0][1].item))
    if found:
        said = " or ".join(_written(artifact, one) for artifact, one in found)
        message = f"{name!r} may be several things in {names.lane}: write {said}."
        raise InvalidInput(message)
    raise _unknown(names, NAMED, f"item {name!r}", name)


def _unknown(names: Names, artifacts: Sequence[str], what: str, name: str) -> NotFound:
    known = {one.name: _written(artifact, one) for artifact in artifacts for one in names.every(artifact)}
    near = get_close_matches(name, known, n=3, cutoff=0.5) or list(known)[:3]
    hint = f"did you mean {' or '.join(known[one] for one in near)}?" if near else "it has none yet."
    return NotFound(f"{names.lane} has no {what}: {hint} `aiuteur status {names.lane}` lists what it has.")


def _written(artifact: str, one: Called) -> str:
    """What a person writes for an item: labels and numbers as they are, an entry's name as a slug."""
    return f"{_NICK[artifact]}:{slug(one.name) if artifact == 'bible' else one.name}"


class WorldNames:
    """The names of a snapshot."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def lane(self) -> Lane:
        """Whose names these are."""
        return self._world.lane

    def find(self, artifact: str, name: str) -> Sequence[Called]:
        """The items of an artifact that bear an id or a name, whatever its case."""
        return matching(self.every(artifact), name)

    def every(self, artifact: str) -> Sequence[Called]:
        """All items of an artifact that have names."""
        world = self._world
        if artifact == "beats":
            return [Called(item, str(number)) for number, item in enumerate(world.order("beats"), 1)]
        nouns = [(item, found.noun) for item, found in world.of(artifact).items()]
        found = [Called(item, name, _also(noun)) for item, noun in nouns if (name := name_in(noun))]
        return found + (self._unbroken({item for item, _ in nouns}) if artifact == "scenes" else [])

    def has(self, key: Key) -> bool:
        """Whether there is such an item, by its ids."""
        return key in self._world.items

    def _unbroken(self, known: set[str]) -> list[Called]:
        """The script's scenes that are not broken down yet."""
        script = self._world.items.get(Key("script"))
        scenes = script.noun.scenes if script is not None and isinstance(script.noun, Script) else ()
        return [Called(scene.id, scene.number) for scene in scenes if scene.id not in known]


def matching(called: Sequence[Called], name: str) -> list[Called]:
    """Those that bear a name: by id first, then by the name as written, then by any of their names as a slug."""
    by_id = [one for one in called if one.item == name]
    exact = [one for one in called if name.casefold() == one.name.casefold()]
    loose = [one for one in called if slug(name) in {slug(one.name), *map(slug, one.also)}]
    return by_id or exact or loose


def name_in(noun: Noun) -> str | None:
    """What people call an item by what it says itself: a shot's label, a scene's number, an entry's name; None for the rest."""
    match noun:
        case Shot():
            return noun.label
        case Scene():
            return noun.number
        case Character() | Location() | Prop() | Style():
            return noun.name
        case _:
            return None


def _also(noun: Noun) -> tuple[str, ...]:
    return noun.aliases if isinstance(noun, Character | Location) else ()


def slug(name: str) -> str:
    """A name as people type it: without accents and case, its words joined by `-`; signs of numbers (3.1) stay."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return re.sub(r"[^\w.]+", "-", plain.casefold()).strip("-")


def key_of(text: str) -> Key:
    """The key of `str(key)`: an artifact and an item by their ids."""
    artifact, _, item = text.partition("/")
    return Key(artifact, item or LANE_ITEM)
