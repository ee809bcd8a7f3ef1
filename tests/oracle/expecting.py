"""What ought to be made: every unit that is missing something, was asked for, or read what is another now. Nothing else.

Belongs here: the answer by watching alone, held against what was really made. Does not belong here: any of the product's own
reasoning: neither `basis` nor `needs` nor a digest of the registry is looked at.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session, aliased

from aiuteur.craft.world import Key, World
from aiuteur.registry.drafts import Origin
from aiuteur.registry.lanes import lane_row
from aiuteur.registry.tables import Artifact, Version
from aiuteur.stages.makers import MAKERS
from aiuteur.stages.work import Unit
from tests.oracle.traces import Read, Trace, remarked

Units = Mapping[tuple[str, str], Unit]


@dataclass
class Expecting:
    """What each version was made from, by watching; a version that a person wrote stands on what the one before it stood on."""

    traces: dict[UUID, Trace] = field(default_factory=dict[UUID, Trace])

    def made(
        self, session: Session, seen: Mapping[tuple[str, str], Trace], units: Collection[tuple[str, str]], world: World
    ) -> None:
        """Take note of what was just made, and of what was made beside a pin: it may be shown one day."""
        # A take brings its review along, which was watched by itself.
        by = {key: seen[unit] for unit in sorted(units, key=lambda unit: unit[0] == "dailies") for key in seen[unit].own}
        for key, trace in by.items():
            found = world.items.get(key)
            if found is not None and not (found.pinned or found.locked):
                self.traces[found.version_id] = trace
        versions = (
            select(Version.id, Artifact.kind, Artifact.item).join(Artifact, Artifact.id == Version.artifact_id)
            .where(Artifact.branch_id == lane_row(session, world.lane).branch_id, Version.origin == Origin.GENERATED)
            .where(tuple_(Artifact.kind, Artifact.item).in_(list(by)))
        )
        for id_, kind, item in session.execute(versions):
            self.traces.setdefault(id_, by[Key(kind, item)])

    def written(self, session: Session, before: World, world: World, kept: Collection[Key] = ()) -> None:
        """Take note of what people wrote between two worlds: `kept` are items whose present inputs they took as they are."""
        fresh = [found for found in world.items.values() if found.version_id not in self.traces]
        parent = aliased(Version)
        rows = session.execute(
            select(Version.id, Version.parent_id, Version.digest == parent.digest)
            .outerjoin(parent, parent.id == Version.parent_id).where(Version.id.in_([found.version_id for found in fresh]))
        )
        parents = {version: (parent, bool(same)) for version, parent, same in rows}
        for found in fresh:
            stood = self._stood(found.key, *parents[found.version_id], before)
            self.traces[found.version_id] = remarked(stood, world) if found.key in kept else stood

    def _stood(self, key: Key, parent: UUID | None, same: bool, before: World) -> Trace:
        """What a written version stands on: what its parent did, or what was there where the parent was merged into it."""
        shown = before.items.get(key)
        one = parent if same or shown is None else shown.version_id
        found = self.traces.get(one) if one is not None else None
        return found or Trace(frozenset({key}))

    def expected(self, before: World, after: World) -> dict[tuple[str, str], list[str]]:
        """The units that had to be made on the way from one world to the other, each with why."""
        old, found = _units(before), dict[tuple[str, str], list[str]]()
        for name, unit in _units(after).items():
            why = self._why(old.get(name, unit), before, after)
            if why:
                found[name] = why
        for artifact, anchor in list(found):  # a take that is made is reviewed with it
            if artifact in {"frames", "clips"}:
                reviewed = anchor if artifact == "frames" else f"{anchor}/clip"
                found.setdefault(("dailies", reviewed), [f"its take {artifact}/{anchor} was made"])
        return found

    def _why(self, unit: Unit, before: World, after: World) -> list[str]:
        why: list[str] = []
        for key in unit.keys:
            found = before.items.get(key)
            if found is None:
                why.append(f"{key} was missing")
            elif key in before.remakes:
                why.append(f"{key} was asked for")
            elif not (found.pinned or found.locked):
                why += [f"{key} read {_say(read)}" for read in self.traces[found.version_id].changed(after)]
        return why


def _units(world: World) -> Units:
    return {(name, unit.anchor): unit for name, stage in MAKERS.items() for unit in stage.units(world)}


def _say(read: Read) -> str:
    return f"{read.what} {read.key} {read.name} {read.part}".strip()


def differences(made: Sequence[tuple[str, str]], expected: Mapping[tuple[str, str], Sequence[str]]) -> list[str]:
    """Where what was made and what had to be made differ, in sentences; empty where they are the same, each once."""
    twice = sorted({unit for unit in made if made.count(unit) > 1})
    return [
        *(f"{unit} was made twice" for unit in twice),
        *(f"{unit} was made for nothing" for unit in sorted(set(made) - set(expected))),
        *(f"{unit} was forgotten: {'; '.join(why[:3])}" for unit, why in sorted(expected.items()) if unit not in made),
    ]
