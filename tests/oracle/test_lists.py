"""What a list is written from: not whether the items of its last answer are there or held."""

from uuid import UUID

from aiuteur.craft.world import ORDER, Key, Selected, World
from aiuteur.digest import digest
from aiuteur.film.noun import Noun
from aiuteur.film.shots import Order
from aiuteur.lane import Lane
from aiuteur.stages.lists import identify
from tests.oracle.traces import Trace
from tests.oracle.watching import into, watching


def test_asking_who_is_held_is_reading_nothing() -> None:
    order, kept = Key(ORDER, "scenes"), Key("scenes", "s2")
    items = {
        order: Selected(order, UUID(int=1), 1, Order(ids=("s1", "s2", "s3")), digest("order"), {}, {}),
        kept: Selected(kept, UUID(int=2), 1, Noun(), digest("s2"), {}, {}, pinned=True),
    }
    old, world = [("s1", "one"), ("s2", "two"), ("s3", "three")], World(Lane("ferry"), "seed", 0, items)
    trace = Trace(frozenset())
    with watching(), into(trace):
        found = identify(world, "scenes", "scenes", old, ["one"])
        whole = identify(world, "scenes", "scenes", old, ["one"], staying=["s3"])
    assert (found.order, [key.item for key in found.gone]) == (("s1", "s2"), ["s3"])
    assert (whole.order, whole.gone) == (("s1", "s2", "s3"), ())
    assert trace.marks == {}
