"""What a list is written from: not whether the items of its last answer are there or held."""

from uuid import UUID

import pytest

from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.digest import digest
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.lane import Lane
from aiuteur.stages.lists import identify
from tests.oracle.traces import Trace
from tests.oracle.watching import into, watching


@pytest.mark.parametrize(("held", "kept", "left"), [("item", ["s1", "s2"], []), ("order", ["s1", "s2", "s3"], ["s2", "s3"])])
def test_asking_who_is_held_is_reading_nothing(held: str, kept: list[str], left: list[str]) -> None:
    order, second = Key(ORDER, "scenes"), Key("scenes", "s2")
    items = {
        order: Selected(order, UUID(int=1), 1, Order(ids=("s1", "s2", "s3")), digest("order"), {}, {}, pinned=held == "order"),
        second: Selected(second, UUID(int=2), 1, Noun(), digest("s2"), {}, {}, pinned=held == "item"),
    }
    old, world = [("s1", "one"), ("s2", "two"), ("s3", "three")], World(Lane("ferry"), "seed", 0, items)
    trace = Trace(frozenset({order}))
    with watching(), into(trace):
        found = identify(world, "scenes", "scenes", old, ["one"])
    assert (list(found.order), [key.item for key in found.left]) == (kept, left)
    assert [key.item for key in found.gone] == [item for item, _ in old if item not in kept]
    assert trace.marks == {}
