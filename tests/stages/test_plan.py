"""The plan against the run: what is planned is what is made, on random lanes of toy stages, whatever was edited, held or lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiuteur.craft.planning import Plan
from aiuteur.craft.world import Key, Reading, Selected, World
from aiuteur.film.noun import Noun
from aiuteur.film.remakes import Remake
from aiuteur.film.story import Beat, Turn
from aiuteur.lane import Lane
from aiuteur.registry.versions import Outcome
from aiuteur.stages.needs import need, needs
from aiuteur.stages.plan import plan
from aiuteur.stages.work import Bench, Stage, Unit

LANE = Lane("ferry")
LAYERS, WIDTH = 4, 3
Place = tuple[int, int]
PLACE = st.tuples(st.integers(0, LAYERS - 1), st.integers(0, WIDTH - 1))
READS = st.dictionaries(PLACE, st.sets(PLACE, max_size=3), max_size=LAYERS * WIDTH)
VERBS = st.sampled_from(["edit", "pin", "unpin", "lose", "remake", "reword", "lock"])
STEPS = st.lists(st.tuples(VERBS, PLACE), max_size=12)


def key_of(place: Place) -> Key:
    return Key(f"layer{place[0]}", str(place[1]))


def beat(text: str) -> Beat:
    return Beat(id="-", text=text, turn=Turn.SETUP, emotion=text[:1] or "-", passages=(), seconds=1)


@dataclass
class Toy:
    """A lane of layers: an item says its own word and what it reads of those above it, of which half is lost on the way."""

    reads: Mapping[Place, Sequence[Place]]
    words: dict[Place, int] = field(default_factory=dict[Place, int])
    items: dict[Key, Selected] = field(default_factory=dict[Key, Selected])
    remakes: dict[Key, Remake] = field(default_factory=dict[Key, Remake])
    made: list[Key] = field(default_factory=list[Key])
    count: int = 0

    @property
    def world(self) -> World:
        return World(LANE, "seed", self.count, dict(self.items), {}, dict(self.remakes))

    @property
    def makers(self) -> Mapping[str, Stage]:
        return {f"layer{layer}": ToyStage(f"layer{layer}") for layer in range(LAYERS)}

    def make(self, place: Place) -> None:
        reading = Reading(self.world)
        seen = [reading.maybe(Beat, key_of(up), "emotion" if up[1] % 2 else "text") for up in self.reads.get(place, ())]
        said = "".join((one.emotion if "emotion" in one.model_fields_set else one.text)[:1] for one in seen if one is not None)
        self.select(place, beat(f"{self.words.get(place, 0)}{said}"), reading.basis)
        self.made.append(key_of(place))
        self.remakes.pop(key_of(place), None)

    def select(self, place: Place, noun: Noun, basis: Mapping[str, str], *, pinned: bool = False) -> None:
        self.count += 1
        key = key_of(place)
        version = uuid5(UUID(int=7), str(self.count))
        self.items[key] = Selected(key, version, self.count, noun, noun.digest(), noun.field_digests(), dict(basis), pinned)

    def do(self, verb: str, place: Place) -> None:
        key = key_of(place)
        found = self.items.get(key)
        if verb == "reword":
            self.words[place] = self.words.get(place, 0) + 1
        elif verb == "lose":
            self.items.pop(key, None)
        elif found is None:
            return
        elif verb == "edit":
            self.count += 1
            self.select(place, beat(f"{self.count % 7}edited"), found.basis, pinned=True)
        elif verb == "remake":
            self.remakes[key] = Remake(id=UUID(int=self.count))
        else:
            self.items[key] = replace(found, pinned=verb == "pin", locked=verb == "lock")

    def run(self) -> None:
        """What `run_stage` does, stage by stage."""
        self.made.clear()
        for layer in range(LAYERS):
            for place in ((layer, at) for at in range(WIDTH)):
                why = need(Unit(str(place[1]), (key_of(place),)), self.world)
                if why is not None:
                    kept = self.items.get(key_of(place))
                    self.make(place)
                    if kept is not None and (kept.pinned or kept.locked):
                        self.items[key_of(place)] = kept  # what was made beside it is a proposal


@dataclass
class ToyStage:
    name: str

    def units(self, world: World) -> Sequence[Unit]:
        del world
        return [Unit(str(at), (Key(self.name, str(at)),)) for at in range(WIDTH)]

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        raise NotImplementedError


def toy(reads: Mapping[Place, set[Place]]) -> Toy:
    made = Toy({place: sorted(up for up in ups if up[0] < place[0]) for place, ups in reads.items()})
    made.run()
    return made


def keys(planned: Plan, *, definite: bool) -> set[Key]:
    return {key for item in (planned.definite if definite else planned.items) for key in item.keys}


@settings(max_examples=150, deadline=None)
@given(reads=READS, steps=STEPS)
def test_what_is_planned_is_made_and_then_nothing_is(reads: dict[Place, set[Place]], steps: list[tuple[str, Place]]) -> None:
    lane = toy(reads)
    for verb, place in steps:
        lane.do(verb, place)
        planned = plan(lane.world, makers=lane.makers)
        lane.run()
        made = set(lane.made)
        assert keys(planned, definite=True) <= made <= keys(planned, definite=False)
        assert plan(lane.world, makers=lane.makers).items == []


@settings(max_examples=60, deadline=None)
@given(reads=READS, steps=STEPS)
def test_the_plan_and_its_leaf_give_the_same_reasons(reads: dict[Place, set[Place]], steps: list[tuple[str, Place]]) -> None:
    lane = toy(reads)
    for verb, place in steps:
        lane.do(verb, place)
    world = lane.world
    planned = {item.key: item.why for item in plan(world, makers=lane.makers).items if item.why != UPSTREAM}
    units = [Unit(str(at), (key_of((layer, at)),)) for layer in range(LAYERS) for at in range(WIDTH)]
    assert planned == {unit.keys[0]: why for unit in units if (why := needs(unit, world)) is not None}


@settings(max_examples=60, deadline=None)
@given(reads=READS, steps=STEPS)
def test_what_is_remembered_of_a_lane_changes_no_plan(reads: dict[Place, set[Place]], steps: list[tuple[str, Place]]) -> None:
    lane, memo = toy(reads), dict[str, object]()
    for at, (verb, place) in enumerate(steps):
        lane.do(verb, place)
        remembering = plan(replace(lane.world, memo=memo), makers=lane.makers)
        assert remembering == plan(lane.world, makers=lane.makers)
        if at % 3 == 0:
            lane.run()


UPSTREAM = "something it was made from is to be made first"
CHAIN = {(1, 0): {(0, 0)}, (2, 0): {(1, 0)}, (3, 0): {(2, 0)}}


def test_what_moved_is_named_and_what_only_may_move_says_so() -> None:
    lane = toy(CHAIN)
    lane.do("edit", (0, 0))
    first, *later = plan(lane.world, makers=lane.makers).items
    assert (first.key, first.why, first.upstream) == (Key("layer1", "0"), "stale: layer0 0: text", False)
    assert [(item.key, item.why, item.upstream) for item in later] == [
        (Key("layer2", "0"), UPSTREAM, True), (Key("layer3", "0"), UPSTREAM, True),
    ]


def test_what_moved_under_something_that_is_itself_made_again_may_move_back() -> None:
    lane = toy(CHAIN)
    lane.do("edit", (1, 0))
    lane.do("unpin", (1, 0))
    lane.do("edit", (0, 0))
    found = {item.key: item for item in plan(lane.world, makers=lane.makers).items}
    assert found[Key("layer2", "0")].causes
    assert found[Key("layer2", "0")].upstream


@pytest.mark.parametrize("verb", ["pin", "lock"])
def test_what_a_person_holds_is_shown_stale_and_never_planned(verb: str) -> None:
    lane = toy(CHAIN)
    lane.do(verb, (1, 0))
    lane.do("edit", (0, 0))
    planned = plan(lane.world, makers=lane.makers)
    assert planned.items == []
    assert planned.held == {Key("layer1", "0"): "stale: layer0 0: text"}


def test_a_remake_is_planned_even_beside_a_pin_and_not_beside_a_lock() -> None:
    lane = toy(CHAIN)
    for place, verb in (((1, 0), "pin"), ((2, 0), "lock")):
        lane.do(verb, place)
        lane.do("remake", place)
    assert [(item.key, item.why) for item in plan(lane.world, makers=lane.makers).items] == [
        (Key("layer1", "0"), "remake asked for"),
    ]


def test_a_fingerprint_tells_plans_apart_and_not_their_words() -> None:
    lane = toy(CHAIN)
    lane.do("edit", (0, 0))
    planned = plan(lane.world, makers=lane.makers)
    assert planned.fingerprint == plan(lane.world, makers=lane.makers).fingerprint
    lane.do("edit", (0, 0))
    assert planned.fingerprint != plan(lane.world, makers=lane.makers).fingerprint
    assert planned.fingerprint != plan(toy(CHAIN).world, makers=lane.makers).fingerprint
