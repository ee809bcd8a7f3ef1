"""Lists that a model writes: their items keep identity across rewrites, new ones are minted, vanished ones tombstoned.

Belongs here: turning a rewritten list into drafts. Does not belong here: how texts are matched (`aiuteur.craft.continuity`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiuteur.craft.continuity import align, claimed, woven
from aiuteur.craft.world import ORDER, Key, Reading, World
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.registry.versions import Draft
from aiuteur.stages.work import drafted


@dataclass(frozen=True, slots=True)
class Identified:
    """The ids of a rewritten list, the keys of what vanished, and the counter after minting.

    `ids` are those of what was written; `order` has also what the writer left out and a person holds, where it was. `left` are
    those of them of which only the place is held, with their order.
    """

    ids: tuple[str, ...]
    order: tuple[str, ...]
    left: tuple[Key, ...]
    gone: tuple[Key, ...]
    counters: dict[str, int]


def identify(
    world: World, artifact: str, scope: str, old: Sequence[tuple[str, str]], new: Sequence[str],
    given_back: Sequence[object] = (),
) -> Identified:
    """Give each new text the id of the item it rewrites, or a fresh one; `old` is (id, text) in order.

    `given_back` are the ids that the writer itself put to the new texts, None where it made one up; who gives none back at all
    is aligned by order and similarity. What a person holds stays in the list; who holds its order, holds all that is in it.
    """
    carried = claimed(old, given_back) if any(given_back) else align(old, new)
    minted = iter(world.mint(f"{artifact}/{scope}", carried.count(None)))
    ids = tuple(found if found is not None else next(minted) for found in carried)
    # Who is held is no input: a pin says what stays in the list, not what is written.
    held = {key.item for key, found in world.items.items() if key.artifact == artifact and (found.pinned or found.locked)}
    staying = world.order(scope) if is_held(world, Key(ORDER, scope)) else ()
    order = woven(ids, [item for item, _ in old], held.union(staying))
    left = tuple(Key(artifact, item) for item in order if item not in ids and item not in held)
    gone = tuple(Key(artifact, item) for item, _ in old if item not in order)
    counter = f"{artifact}/{scope}"
    return Identified(ids, order, left, gone, {counter: world.counters.get(counter, 0) + carried.count(None)})


def is_held(world: World, key: Key) -> bool:
    """Whether a person has pinned or locked an item."""
    found = world.items.get(key)
    return found is not None and (found.pinned or found.locked)


def as_they_were(identified: Identified, reading: Reading, world: World) -> list[Draft]:
    """What a writer left out of a list whose order is held: the same content, on what the list is made from now."""
    return [drafted(key, world.items[key].noun, reading, world) for key in identified.left if key in world.items]


def listed(world: World, artifact: str, scope: str, words: Callable[[Noun], str]) -> list[tuple[str, str]]:
    """A list as it is on the lane: (id, text) in order; an item of which no version is selected as it was last known."""
    nouns = ((item, _known(world, Key(artifact, item))) for item in world.order(scope))
    return [(item, words(noun)) for item, noun in nouns if noun is not None]


def _known(world: World, key: Key) -> Noun | None:
    return world.items[key].noun if key in world.items else world.past.get(key)


def recalled(world: World, artifact: str, scope: str, words: Callable[[Noun], str]) -> list[tuple[str, str]]:
    """A list as the lane's parent had it when the lane was forked before it: (id, text) in order; empty for any other."""
    found = world.past.get(Key(ORDER, scope))
    ids = found.ids if isinstance(found, Order) else ()
    return [(item, words(world.past[Key(artifact, item)])) for item in ids if Key(artifact, item) in world.past]


def list_keys(world: World, artifact: str, scope: str) -> tuple[Key, ...]:
    """The keys a list's unit answers for: its order, and every item in it of which a version is selected.

    One that a person rejected without another to take its place is out of the list, and no reason to have it written anew.
    """
    items = (Key(artifact, item) for item in world.order(scope))
    return (Key(ORDER, scope), *(key for key in items if key in world.items))
