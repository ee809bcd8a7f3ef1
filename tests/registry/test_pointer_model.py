"""Pointers against a model that anyone can follow: whatever people and runs do to an item, it shows what the model shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from aiuteur.craft.world import Key
from aiuteur.errors import Conflict, NotFound, Refused
from aiuteur.film import commands as c
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Clip
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.versions import Draft, Origin, history
from tests.registry.builders import begun, command, put

CLIP = Key("clips", "x1")
ITEM = (str(CLIP),)


@dataclass
class Item:
    """One item as the rules of FILM.md §4 have it: its versions' inputs and scores by number, and what people said."""

    versions: list[tuple[str, float | None]] = field(default_factory=list[tuple[str, float | None]])
    rejected: set[int] = field(default_factory=set[int])
    shows: int | None = None
    pinned: bool = False
    locked: bool = False

    def rule(self) -> int | None:
        """The best-scored of those made from what the newest was made from, else the newest; none that is rejected."""
        left = [n for n in range(1, len(self.versions) + 1) if n not in self.rejected]
        basis = self.versions[-1][0]
        scored = [(score, n) for n in left if (score := self.versions[n - 1][1]) is not None and self.versions[n - 1][0] == basis]
        return max(scored)[1] if scored else max(left, default=None)

    def record(self, basis: str, score: float | None) -> None:
        self.versions.append((basis, score))
        if not (self.pinned or self.locked):
            self.shows = self.rule()

    def edit(self) -> None:
        if self.locked:
            raise Refused
        self.versions.append(("edit", None))
        self.shows, self.pinned = len(self.versions), True

    def promote(self, n: int) -> None:
        self._open()
        self._there(n)
        self.rejected.discard(n)
        self.shows, self.pinned = n, True

    def reject(self, n: int | None) -> None:
        self._open()
        if n is None and self.shows is None:
            raise Conflict
        meant = n or self.shows or 0
        self._there(meant)
        self.rejected.add(meant)
        if meant == self.shows:
            self.pinned = False
            self.shows = self.rule()

    def pin(self) -> None:
        self._open()
        self._shown()
        self.pinned = True

    def unpin(self) -> None:
        self._open()
        self._shown()
        if self.pinned:
            self.pinned, self.shows = False, self.rule()

    def deselect(self) -> None:
        self._open()
        self.shows, self.pinned = None, False

    def _open(self) -> None:
        if self.locked:
            raise Refused

    def _shown(self) -> None:
        if self.shows is None:
            raise Refused

    def _there(self, n: int) -> None:
        if not 1 <= n <= len(self.versions):
            raise NotFound


NUMBERS = st.integers(1, 6)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.sampled_from("AB"), st.sampled_from([None, 0.5, 0.8, 0.9])),
        st.tuples(st.just("edit")), st.tuples(st.just("promote"), NUMBERS), st.tuples(st.just("reject"), st.none() | NUMBERS),
        st.tuples(st.just("pin")), st.tuples(st.just("unpin")), st.tuples(st.just("deselect")),
        st.tuples(st.just("lock"), st.booleans()),
    ),
    min_size=1, max_size=12,
)


class Lanes:
    """A fresh lane for every example, in one database."""

    def __init__(self, registry: Registry) -> None:
        self.registry, self.count = registry, 0

    def next(self) -> Lane:
        self.count += 1
        return begun(self.registry, Lane(f"model-{self.count}"))


def _draft(n: int, basis: str, score: float | None) -> Draft:
    video = MediaRef(sha256=f"{n:064x}", mime="video/mp4", size=1)
    return Draft(CLIP, Clip(shot_id="x1", video=video), {"prompts:x1:video": basis}, score=score)


def _do(registry: Registry, lane: Lane, made: int, step: tuple[object, ...]) -> None:
    match step:
        case ("record", str(basis), score):
            put(registry, _draft(made + 1, basis, score if isinstance(score, float) else None), lane=lane)
        case ("edit",):
            put(registry, replace(_draft(made + 1, "edit", None), pin=True, origin=Origin.EDITED), lane=lane)
        case _:
            command(registry, _command(step), lane)


def _command(step: tuple[object, ...]) -> c.Command:
    match step:
        case ("promote", int(n)):
            return c.Promote(item=ITEM[0], version=n)
        case ("reject", n):
            return c.Reject(items=ITEM, version=n if isinstance(n, int) else None)
        case ("lock", locked):
            return c.Lock(items=ITEM) if locked else c.Unlock(items=ITEM)
        case (name, *_):
            simple: Mapping[object, c.Command] = {
                "pin": c.Pin(items=ITEM), "unpin": c.Unpin(items=ITEM), "deselect": c.UpdateSceneAsset(item=ITEM[0]),
            }
            return simple[name]
        case _:
            raise ValueError(step)


def _model(item: Item, step: tuple[object, ...]) -> None:
    name, *values = step
    if name == "lock":
        item.locked = bool(values[0])
    else:
        getattr(item, str(name))(*values)


@pytest.fixture
def lanes(registry: Registry) -> Lanes:
    return Lanes(registry)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
@given(steps=STEPS)
def test_an_item_shows_what_the_model_shows(lanes: Lanes, steps: list[tuple[object, ...]]) -> None:
    lane, item = lanes.next(), Item()
    for step in [("record", "A", None), *steps]:
        refused: type[Exception] | None = None
        try:
            _model(item, step)
        except (Refused, NotFound, Conflict) as error:
            refused = type(error)
        if refused is None:
            _do(lanes.registry, lane, len(item.versions) - (step[0] in {"record", "edit"}), step)
        else:
            with pytest.raises(refused):
                _do(lanes.registry, lane, len(item.versions), step)
        _agree(lanes.registry, lane, item)


def _agree(registry: Registry, lane: Lane, item: Item) -> None:
    with registry.transaction() as session:
        rows = history(session, lane, CLIP)
    assert {row.n for row in rows} == set(range(1, len(item.versions) + 1))
    assert {row.n for row in rows if row.selected} == ({item.shows} if item.shows else set())
    assert {row.n for row in rows if row.rejected} == item.rejected
    assert all(row.best for row in rows if row.selected and item.pinned)
