"""Scopes: how far a change reaches, from the items it touches.

Belongs here: the rule. Does not belong here: finding those items (`aiuteur.stages.invalidating`), or writing them down
(`aiuteur.registry.invalidations`).

    local_shot         one shot: its prompt, frames, clip and their reviews
    local_scene        one scene: its breakdown, shots, looks and what is made of them
    continuity_break   also what follows from it in later scenes or shots: a look that carries forward, a frame that goes on
    global             what belongs to no scene: the story, the script, the bible, or every scene of the film

The film, its figures and the order of scenes follow from everything and say nothing of how far a change reaches.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from aiuteur.craft.world import Key

_EVERYWHERE: Final = frozenset({"narrative", "brief", "treatment", "beats", "script", "bible"})
_NOWHERE: Final = frozenset({"film", "metrics", "forecast", "quote", "order"})


class Scope(StrEnum):
    """How far a change reaches."""

    GLOBAL = "global"
    LOCAL_SCENE = "local_scene"
    LOCAL_SHOT = "local_shot"
    CONTINUITY_BREAK = "continuity_break"


def scope(changed: Collection[Key], affected: Collection[Key], scene_of: Mapping[str, str], scenes: Sequence[str]) -> Scope:
    """How far a change of some items reaches that affects others; `scene_of` is the scene of each shot, `scenes` their order."""
    if any(key.artifact in _EVERYWHERE for key in changed):
        return Scope.GLOBAL
    places = {key: place for key in {*changed, *affected} if (place := _place(key, scene_of)) is not None}
    touched = {scene for scene, _ in places.values()}
    if len(touched) > 1:
        begun = any(key in places for key in changed)
        return Scope.CONTINUITY_BREAK if begun or touched != set(scenes) else Scope.GLOBAL
    shots = {shot for _, shot in places.values()}
    if len(shots) == 1 and None not in shots:
        return Scope.LOCAL_SHOT
    return Scope.CONTINUITY_BREAK if _goes_on(changed, affected, places) else Scope.LOCAL_SCENE


def touched_scenes(keys: Collection[Key], scene_of: Mapping[str, str], scenes: Sequence[str]) -> list[str]:
    """The scenes that items belong to, in the order of the film."""
    found = {place[0] for key in keys if (place := _place(key, scene_of)) is not None}
    return [scene for scene in scenes if scene in found]


def _goes_on(changed: Collection[Key], affected: Collection[Key], places: Mapping[Key, tuple[str, str | None]]) -> bool:
    """Whether, within one scene, a changed shot's frames are gone on from by another shot's."""
    begun = {places[key][1] for key in changed if key in places}
    frames = [places[key][1] for key in affected if key.artifact == "frames" and key in places]
    return bool(begun) and None not in begun and any(shot not in begun for shot in frames)


def _place(key: Key, scene_of: Mapping[str, str]) -> tuple[str, str | None] | None:
    """The scene and shot that an item belongs to; no shot for what is the scene's, nothing for what is everybody's."""
    first = key.item.partition("/")[0]
    if key.artifact in _EVERYWHERE:
        return None
    if key.artifact == "order":
        return (first, None) if first in set(scene_of.values()) else None
    if key.artifact in _NOWHERE:
        return None
    return (scene_of[first], first) if first in scene_of else (first, None)
