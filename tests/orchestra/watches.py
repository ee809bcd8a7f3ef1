"""A watch that is told what to say and remembers what it was told: it fits wherever the real one does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import dagster as dg

from aiuteur.craft.world import World
from aiuteur.errors import AiuteurError, NotFound
from aiuteur.film.noun import MediaRef
from aiuteur.film.watch import Changed, Drained, Due, Failed, Mark, Noted, Permitted, Policy, Standing, Swept, Work
from aiuteur.lane import Lane
from aiuteur_dagster.definitions import build

FILM = ("clips", "film")


def due(name: str, *, most: int = 3, changed: float | None = None, held: str | None = None) -> Due:
    when = datetime.fromtimestamp(changed, UTC) if changed is not None else None
    return Due(Lane.parse(name), 7, moved=True, fingerprint="", policy=Policy(max_failures=most), changed_at=when, held=held)


def work(name: str, plan: str = "p1", world: str = "w1", stages: tuple[str, ...] = FILM, waiting: tuple[str, ...] = ()) -> Work:
    reasons = ("clips: stale: shot 3A: action",) if stages else ()
    return Work(Lane.parse(name), 7, plan, world, stages, reasons, len(stages), waiting)


def standing(**versions: str) -> dict[str, Standing]:
    return {name: Standing(version, 2, 1) for name, version in versions.items()}


@dataclass
class FakeWatch:
    dues: list[Due] = field(default_factory=list[Due])
    works: dict[str, Work | AiuteurError] = field(default_factory=dict[str, Work | AiuteurError])
    changes: list[Changed] = field(default_factory=list[Changed])
    swept: Swept = field(default_factory=lambda: Swept(0, (), None))
    inbox: list[Drained] = field(default_factory=list[Drained])
    noted: list[str] = field(default_factory=list[str])
    answered: list[Permitted] = field(default_factory=list[Permitted])
    broken: AiuteurError | None = None
    marks: list[Mark] = field(default_factory=list[Mark])
    told: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    failures: list[Failed] = field(default_factory=list[Failed])
    after: list[Lane | None] = field(default_factory=list[Lane | None])
    permanent: bool = False
    orphans: int = 0
    worlds: dict[str, World] = field(default_factory=dict[str, World])
    picture: bytes | None = None

    def _answer(self) -> None:
        if self.broken is not None:
            raise self.broken

    def due(self, most: int, after: Lane | None = None) -> Sequence[Due]:
        self._answer()
        self.after.append(after)
        return self.dues[:most]

    def plan(self, due: Due) -> Work:
        found = self.works[str(due.lane)]
        if isinstance(found, AiuteurError):
            raise found
        return found

    def mark(self, stood: Sequence[Mark]) -> None:
        self.marks += stood

    def sweep(self, seconds: float, after: Lane | None = None) -> Swept:
        self._answer()
        self.after.append(after)
        return self.swept

    def changed(self, most: int, after: Lane | None = None) -> Sequence[Changed]:
        self._answer()
        return self.changes[:most]

    def world(self, lane: Lane) -> World:
        if str(lane) not in self.worlds:
            message = f"There is no {lane}."
            raise NotFound(message)
        return self.worlds[str(lane)]

    def media(self, ref: MediaRef) -> bytes:
        if self.picture is None:
            message = f"There is no object {ref.sha256}."
            raise NotFound(message)
        return self.picture

    def reported(self, lane: Lane, revision: int, told: Mapping[str, str]) -> None:
        self.told[str(lane)] = told

    def note_invalidations(self, most: int) -> Sequence[str]:
        return self.noted

    def permitted(self, since: datetime, most: int) -> Sequence[Permitted]:
        self._answer()
        return [one for one in self.answered if one.at > since][:most]

    def left(self) -> int:
        self._answer()
        return self.orphans

    def drain(self, most: int) -> Sequence[Drained]:
        self._answer()
        return self.inbox[:most]

    def failed(self, failure: Failed) -> Noted:
        self._answer()
        self.failures.append(failure)
        return Noted(self.permanent, f"{failure.lane}: {failure.reason}")


def tick(name: str, watch: FakeWatch, instance: dg.DagsterInstance, cursor: str | None = None) -> dg.SensorResult:
    """One tick of a sensor, as the daemon would have it evaluated."""
    sensor = build(resources={"watch": watch}).resolve_sensor_def(name)
    context = dg.build_sensor_context(instance=instance, resources={"watch": watch}, cursor=cursor)
    result = sensor(context)
    if isinstance(result, dg.SkipReason):
        return dg.SensorResult(skip_reason=result, cursor=cursor)
    assert isinstance(result, dg.SensorResult)
    return result


def said(result: dg.SensorResult) -> str:
    return result.skip_reason.skip_message or "" if result.skip_reason else ""
