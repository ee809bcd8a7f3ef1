"""Small nouns and rows to try the registry with."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from aiuteur.craft.world import Key
from aiuteur.film.brief import Brief, Narrative, SourceFormat
from aiuteur.film.commands import Command
from aiuteur.film.crew import ModelCard, Role
from aiuteur.film.story import Beat, Turn
from aiuteur.lane import Lane
from aiuteur.registry.database import Registry
from aiuteur.registry.handlers.table import perform
from aiuteur.registry.inbox import CommandResult
from aiuteur.registry.ledger import Reservation, reserve
from aiuteur.registry.projects import create_project
from aiuteur.registry.tables import Artifact, Branch
from aiuteur.registry.versions import Draft, Outcome, Recorded, record
from tests.databases import administrator

LANE = Lane("ferry")
NARRATIVE = Narrative(title="The Ferry", text="Ada rowed out at dusk. Nobody waved.", format=SourceFormat.PROSE)
BRIEF = Brief(length_seconds=60)
FREE = ModelCard("animatic", "local", "animatic-1", replayable=True)
PAID = ModelCard("lumen", "rest", "lumen-3")
POINTERS = (
    "owner_id", "kind", "item", "label", "head_n", "head_version_id", "best_version_id", "selected_version_id", "pinned",
    "locked",
)


def begun(registry: Registry, lane: Lane = LANE) -> Lane:
    """A project just made."""
    with registry.transaction() as session:
        create_project(session, lane, NARRATIVE, BRIEF)
    return lane


def beat(text: str = "Ada leaves", item: str = "b1") -> Beat:
    """A beat that says one thing."""
    return Beat(id=item, text=text, turn=Turn.SETUP, emotion="calm", passages=(), seconds=3)


def draft(text: str = "Ada leaves", item: str = "b1", basis: Mapping[str, str] | None = None, **more: Any) -> Draft:
    """A beat about to be recorded; `more` are fields of `Draft`."""
    return replace(Draft(Key("beats", item), beat(text, item), basis or {}), **more)


def put(registry: Registry, *drafts: Draft, lane: Lane = LANE, gone: Sequence[Key] = ()) -> tuple[Recorded, ...]:
    """Record drafts in a transaction of their own."""
    with registry.transaction() as session:
        return record(session, lane, Outcome(drafts, gone))


def command(registry: Registry, given: Command, lane: Lane = LANE) -> CommandResult:
    """Carry a command out in a transaction of its own."""
    with registry.transaction() as session:
        return perform(session, lane, given)


def ask(registry: Registry, key: str = "k1", card: ModelCard = PAID, lane: Lane = LANE, **more: Any) -> Reservation:
    """Reserve a call in a transaction of its own."""
    asked: dict[str, Any] = {
        "key": Key("beats", "b1"), "request_key": key, "card": card, "role": Role.WRITER, "task": "beats",
        "request": {"task": "beats"}, "basis_digest": "d", "attempt": 1, "price_usd": None, "worker": "w1", **more,
    }
    with registry.transaction() as session:
        return reserve(session, lane, **asked)


def new_user(admin_url: str) -> UUID:
    """Another person of the studio."""
    made = uuid.uuid4()
    with administrator(admin_url) as connection:
        connection.execute("INSERT INTO aiuteur.users (id, name) VALUES (%s, 'somebody')", [made])
    return made


def fork(registry: Registry, lane: Lane, branch: str) -> Lane:
    """A branch by pointers alone: the parent's item rows copied, none of its versions."""
    with registry.transaction() as session:
        parent = session.execute(select(Branch).where(Branch.name == lane.branch)).scalar_one()
        made = session.execute(
            insert(Branch).returning(Branch.id),
            {"project_id": parent.project_id, "owner_id": parent.owner_id, "name": branch, "seed": parent.seed,
             "parent_branch_id": parent.id, "forked_at_stage": "film"},
        ).scalar_one()
        for row in session.execute(select(Artifact).where(Artifact.branch_id == parent.id)).scalars():
            copied = {name: getattr(row, name) for name in POINTERS}
            session.execute(insert(Artifact), {**copied, "branch_id": made, "parent_artifact_id": row.id, "forked_n": row.head_n})
    return Lane(lane.project, branch)
