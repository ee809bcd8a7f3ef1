"""Parts of a merge: what an item that was named brings with it, and a document of which only some parts are taken.

Belongs here: a scene with its place in the script and the order, and its shots when it is new; a script with the order of its
scenes. Does not belong here: deciding what becomes of any of them (`aiuteur.craft.taking`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

from aiuteur.craft import merging, relisting
from aiuteur.craft.documents import noun_of, without_derived
from aiuteur.craft.merging import Document, How, Pair, Settled, placed
from aiuteur.craft.naming import IMAGE
from aiuteur.craft.world import ORDER, Key
from aiuteur.film.screenplay import Script
from aiuteur.film.shots import Order

_SCRIPT: Final = Key("script")
_SCENES: Final = Key(ORDER, "scenes")
_OF_A_SHOT: Final = frozenset({"prompts", "frames", "clips", "dailies"})


def wanted(brought: Mapping[Key, Sequence[tuple[Key, str | None]]]) -> dict[Key, frozenset[str] | None]:
    """Everything that named items bring: whole (None), or only these parts of it by id."""
    found: dict[Key, frozenset[str] | None] = {}
    for parts in brought.values():
        for key, part in parts:
            before = found.get(key, frozenset())
            found[key] = None if part is None or before is None else before | {part}
    return found


def narrowed(pair: Pair, parts: frozenset[str] | None) -> Pair:
    """A pair of which only some parts are wanted: the rest of theirs is as it was when the branches parted."""
    there = _plain(pair, pair.theirs.document if pair.theirs is not None else None)
    if parts is None or pair.theirs is None or there is None:
        return pair
    here = _plain(pair, pair.ours.document if pair.ours is not None else None)
    ours = here if here is not None else _lacking(there, parts)
    base = _plain(pair, pair.base) or _lacking(ours, parts)
    return replace(
        pair, base=base, theirs=replace(pair.theirs, document=_with(base, there, parts)), instead=_with(ours, there, parts),
        ours=replace(pair.ours, document=ours) if pair.ours is not None else None,
    )


def theirs(pair: Pair) -> Settled:
    """Their side of a conflict, or as much of it as is wanted."""
    here, there = (stand.document if stand is not None else None for stand in (pair.ours, pair.theirs))
    if pair.instead is None:
        return merging.settle(here, here, there)
    return Settled(How.BOTH, without_derived(pair.key.artifact, pair.instead), merging.changed(here, there))


def _plain(pair: Pair, document: Document | None) -> Document | None:
    """A document without what follows from its list, which is made anew from the parts."""
    return without_derived(pair.key.artifact, document)


def brought(key: Key, pairs: Mapping[Key, Pair], ours: Mapping[Key, Mapping[str, str]]) -> list[tuple[Key, str | None]]:
    """A named item and what comes with it, of the items that differ, each with the part of it that is meant (None: the whole)."""
    found: list[tuple[Key, str | None]] = [(key, None)]
    if key.artifact == "scenes":
        found += [(_SCRIPT, key.item), (_SCENES, key.item)]
        if f"scenes.{key.item}" not in ours.get(_SCRIPT, {}):
            found.append((Key(ORDER, key.item), None))
            found += [(other, None) for other in pairs if other.artifact == "looks" and other.item.startswith(f"{key.item}/")]
            for shot in _shots_of(key.item, pairs):
                found += _of_shot(shot, key.item, pairs)
    elif key.artifact == "shot_list":
        found += _of_shot(key.item, _scene_of(pairs.get(key)), pairs)
    elif key.artifact in {"bible", "beats"}:
        found += [(Key(ORDER, key.artifact), key.item), (Key(key.artifact, f"{key.item}/{IMAGE}"), None)]
    return [(other, part) for other, part in dict.fromkeys(found) if other in pairs]


def ids(document: Document | None) -> tuple[str, ...]:
    """The items of an order, none where there is none."""
    found = (document or {}).get("ids", ())
    return tuple(str(item) for item in found) if isinstance(found, list | tuple) else ()


def following(order: Document, script: Document) -> Document:
    """The order of scenes beside a script: without those that it does not have, with those it has besides."""
    was, shown = noun_of(ORDER, order), noun_of(_SCRIPT.artifact, script)
    if not isinstance(was, Order) or not isinstance(shown, Script):
        raise TypeError(order)
    return relisting.following(was, shown).document()


def same_parts(one: Document, other: Document) -> bool:
    """Whether two lists are of the same parts, in whatever order."""
    return _elements(one).keys() == _elements(other).keys()


def _of_shot(shot: str, scene: str, pairs: Mapping[Key, Pair]) -> list[tuple[Key, str | None]]:
    takes = [other for other in pairs if other.artifact in _OF_A_SHOT and other.item.partition("/")[0] == shot]
    return [(Key("shot_list", shot), None), (Key(ORDER, scene), shot), *((take, None) for take in takes)]


def _shots_of(scene: str, pairs: Mapping[Key, Pair]) -> list[str]:
    return [key.item for key, pair in pairs.items() if key.artifact == "shot_list" and _scene_of(pair) == scene]


def _scene_of(pair: Pair | None) -> str:
    stand = None if pair is None else pair.theirs or pair.ours
    return str(stand.document.get("scene_id", "")) if stand is not None else ""


def _with(document: Document, theirs: Document, parts: Collection[str]) -> dict[str, Any]:
    """A document with these parts of its list as theirs has them: changed, new in their place, or gone."""
    was, now = _elements(document), _elements(theirs)
    kept = {item: part for item, part in was.items() if item not in parts or item in now}
    kept |= {item: part for item, part in now.items() if item in parts}
    order = placed([item for item in was if item in kept], [item for item in now if item in kept])
    return {**document, _listed(document): [kept[item] for item in order]}


def _lacking(document: Document, parts: Collection[str]) -> dict[str, Any]:
    """A document without these parts of its list: what stands for a common past where there is none."""
    return {**document, _listed(document): [part for item, part in _elements(document).items() if item not in parts]}


def _listed(document: Document) -> str:
    return "ids" if "ids" in document else "scenes"


def _elements(document: Document) -> dict[str, Any]:
    found = cast("Sequence[Any]", document.get(_listed(document), ()))
    return {part if isinstance(part, str) else str(part["id"]): part for part in found}
