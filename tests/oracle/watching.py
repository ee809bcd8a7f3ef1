"""Watching a stage at work: every field of every noun that a unit reads while it is made, with the value it had.

Belongs here: the watching, and whether what was read has changed since. Does not belong here: any basis, any list of read paths:
the product declares those, and this is what they are held against.

Whoever asks the ledger reads which takes the lane shows, since those are what it is asked about; its sums are no content.

Three things are no inputs: what a unit answers for itself (its own last answer keeps identity, it does not say what to make),
an id (it finds things), and a label looked up in the world at large (it names things to people; one in a view is drawn).
"""

from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast
from unittest import mock

from aiuteur.craft.world import Key, Selected, World
from aiuteur.film.noun import Noun
from aiuteur.models.routing import Crew
from aiuteur.registry.versions import Outcome
from aiuteur.stages import takes, variants
from aiuteur.stages.reviewing import Reviewed
from aiuteur.stages.shooting import guided
from aiuteur.stages.work import Bench, Stage, Unit
from tests.oracle.looking import WatchedItems, WatchedOrder
from tests.oracle.traces import Read, Trace, asked_about, document_of, has_parts, plain, whole_lists

T = TypeVar("T")
P = ParamSpec("P")

_WATCHED: ContextVar[Trace | None] = ContextVar("watched", default=None)


@dataclass
class WatchedStage:
    """A stage whose every making is watched: `made` in order, `traces` the last of each unit."""

    stage: Stage
    traces: dict[tuple[str, str], Trace]
    made: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return self.stage.name

    def units(self, world: World) -> Sequence[Unit]:
        return self.stage.units(world)

    async def make(self, unit: Unit, bench: Bench) -> Outcome:
        if self.name == "dailies":  # the review is watched wherever it happens, here or beside the take
            return await self.stage.make(unit, bench)
        trace = Trace(frozenset(unit.keys))
        with into(trace):
            made = await self.stage.make(unit, bench)
        whole_lists(trace, bench.world)
        asked_about(trace, bench.world)
        trace.forget(frozenset(draft.key for draft in made.drafts))
        if made.drafts:  # else the list that was written just before it has nobody by that name any more
            self.made.append((self.name, unit.anchor))
            self.traces[self.name, unit.anchor] = trace
        return made


def watched_review(
    review: Callable[..., Awaitable[Reviewed]], traces: dict[tuple[str, str], Trace], made: list[tuple[str, str]]
) -> Callable[..., Awaitable[Reviewed]]:
    """A review that is watched by itself: what it reads, the take it is about need not have been made from."""

    async def watched(anchor: str, bench: Bench, world: World, attempt: int = 1) -> Reviewed:
        trace = Trace(frozenset({Key("dailies", anchor)}))
        with into(trace):
            found = await review(anchor, bench, world, attempt)
        made.append(("dailies", anchor))
        traces["dailies", anchor] = trace
        return found

    return watched


@contextmanager
def into(trace: Trace) -> Generator[None]:
    """Write what is read in the block into a trace."""
    token = _WATCHED.set(trace)
    try:
        yield
    finally:
        _WATCHED.reset(token)


@contextmanager
def _unwatched() -> Generator[None]:
    """Read for the watching's own sake."""
    token = _WATCHED.set(None)
    try:
        yield
    finally:
        _WATCHED.reset(token)


@contextmanager
def watching() -> Generator[None]:
    """See every read of a noun, of a world and of an order, until the block ends."""
    with ExitStack() as stack:
        for patch in (
            mock.patch.object(Noun, "__getattribute__", _seen_field), mock.patch.object(Noun, "document", _seen_document),
            mock.patch.object(Noun, "only", _seen_view), mock.patch.object(Noun, "model_copy", _seen_copy),
            mock.patch.object(World, "order", _seen_order),
            *(mock.patch.object(stage, "guided", _unseen(guided)) for stage in (takes, variants)),
            *(mock.patch.object(Crew, name, _seen_ledger(getattr(Crew, name))) for name in ("sums", "facts", "ended")),
            mock.patch.object(World, "items", _seen_items(World.items)),
            mock.patch.object(Selected, "noun", _seen_noun(Selected.noun)),
        ):
            stack.enter_context(patch)
        yield


_attribute, _only, _copy, _order = Noun.__getattribute__, Noun.only, Noun.model_copy, World.order


def _seen_field(noun: Noun, name: str) -> Any:  # noqa: ANN401 - any field of any noun
    value = _attribute(noun, name)
    trace = _WATCHED.get()
    if trace is None or name.startswith("_") or name not in type(noun).model_fields:
        return value
    found = trace.where(noun)
    if found is None:
        return value
    key, whole, part = found
    if part:
        if name != "id":
            trace.note(Read("part", key, whole, part), plain(noun))
    elif has_parts(value):
        for one in cast("tuple[Noun, ...]", value):
            trace.tag(one, key, name, str(_attribute(one, "id")))
    elif trace.is_input(noun, name):
        trace.note(Read("field", key, name), plain(value))
    return value


def _seen_document(noun: Noun) -> dict[str, Any]:
    document = document_of(noun)
    trace = _WATCHED.get()
    found = trace.where(noun) if trace is not None else None
    if trace is not None and found is not None:
        key, whole, part = found
        if part:
            trace.note(Read("part", key, whole, part), document)
        else:
            for name, value in document.items():
                if trace.is_input(noun, name):
                    trace.note(Read("field", key, name), value)
    return document


def _seen_view(noun: Noun, *fields: str) -> Noun:
    trace = _WATCHED.get()
    with _unwatched():
        view = _only(noun, *fields)
    found = trace.where(noun) if trace is not None else None
    if trace is not None and found is not None:
        trace.tag_view(view, *found)
    return view


def _seen_copy(noun: Noun, **changes: Any) -> Noun:
    """A copy is still of the same item; what was changed in it was worked out from what was read."""
    trace = _WATCHED.get()
    with _unwatched():
        copy = _copy(noun, **changes)
    found = trace.where(noun) if trace is not None else None
    if trace is not None and found is not None:
        trace.tag_view(copy, *found, but=frozenset(changes.get("update") or ()))
    return copy


def _seen_order(world: World, scope: str) -> tuple[str, ...]:
    trace = _WATCHED.get()
    with _unwatched():
        ids = _order(world, scope)
    return ids if trace is None else WatchedOrder.of(ids, trace, Key("order", scope))


def _unseen(look_up: Callable[P, T]) -> Callable[P, T]:
    """Rules are no inputs, and so is nothing that is read to find those that apply."""
    def looked_up(*args: P.args, **kwargs: P.kwargs) -> T:
        with _unwatched():
            return look_up(*args, **kwargs)

    return looked_up


def _seen_ledger(ask: Callable[P, T]) -> Callable[P, T]:
    def seen(*args: P.args, **kwargs: P.kwargs) -> T:
        trace = _WATCHED.get()
        if trace is not None:
            trace.booked = True
        return ask(*args, **kwargs)

    return seen


def _seen_noun(member: Any) -> property:  # noqa: ANN401 - a slot's descriptor
    def read(selected: Selected) -> Noun:
        noun = member.__get__(selected)
        trace = _WATCHED.get()
        if trace is not None:
            trace.tag(noun, selected.key)
        return noun

    return property(read, member.__set__)


def _seen_items(member: Any) -> property:  # noqa: ANN401 - a slot's descriptor
    def read(world: World) -> Mapping[Key, Selected]:
        items = member.__get__(world)
        trace = _WATCHED.get()
        return items if trace is None or isinstance(items, WatchedItems) else WatchedItems(items, trace)

    return property(read, member.__set__)
