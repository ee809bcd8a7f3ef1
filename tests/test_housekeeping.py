"""What leaves the studio: a project that a person erases, with its bytes, and bytes that nothing refers to."""

import os
import time
from collections.abc import Generator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import delete, exc, text

from aiuteur.craft.world import Key
from aiuteur.digest import digest_bytes
from aiuteur.errors import Conflict, NotFound, Refused, Unavailable
from aiuteur.film.commands import Fork, Reject, SetBudget, Star
from aiuteur.film.noun import MediaRef
from aiuteur.film.takes import Clip
from aiuteur.housekeeping import Housekeeping, Swept
from aiuteur.lane import Lane
from aiuteur.media.storage import Storage
from aiuteur.registry import media_rows
from aiuteur.registry.database import Registry
from aiuteur.registry.ledger import Completion, StoredMedia, settle
from aiuteur.registry.locks import live_run
from aiuteur.registry.media_rows import remember
from aiuteur.registry.projects import lanes
from aiuteur.registry.tables import Version
from aiuteur.registry.versions import Draft
from tests.databases import administrator
from tests.registry.builders import LANE, ask, begun, command, draft, new_user, put

OTHER = Lane("punt")
MINE, SHARED, THEIRS = b"only the ferry shows this", b"both films show this", b"only the punt shows this"
WORDS = "Ada leaves"


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage.open(str(tmp_path / "media"))


def shown(storage: Storage, data: bytes) -> MediaRef:
    """Stored bytes, as an item points at them."""
    return MediaRef(sha256=storage.put(data, "video/mp4"), mime="video/mp4", size=len(data))


@pytest.fixture
def keeping(registry: Registry, database_url: str, storage: Storage) -> Generator[Housekeeping]:
    """Two projects, one picture in both; the ferry has a branch, a paid call and a person's words on its takes."""
    service = Registry.connect(database_url, role="service")
    for lane, clips in ((LANE, (MINE, SHARED)), (OTHER, (SHARED, THEIRS))):
        begun(registry, lane)
        for n, data in enumerate(clips):
            video = shown(storage, data)
            with registry.transaction() as session:
                remember(session, [video])
            put(registry, Draft(Key("clips", f"x{n}"), Clip(shot_id=f"x{n}", video=video), {}), draft(WORDS), lane=lane)
    command(registry, SetBudget(cap_usd=Decimal(9)))
    call = ask(registry, price_usd=Decimal(2))
    with registry.transaction() as session:
        media = [StoredMedia("picture", shown(storage, MINE))]
        settle(session, Completion(call.generation_id, {"said": WORDS}, media, cost_usd=Decimal("1.50")))
    command(registry, Star(items=("clips/x0",)))
    command(registry, Reject(items=("clips/x1",), version=1, reason=WORDS))
    command(registry, Fork(branch="dark"))
    yield Housekeeping(registry, service, storage)
    service.close()


def everything(database_url: str) -> dict[str, str]:
    """All that is in the registry, table by table, as text."""
    with administrator(database_url) as connection:
        tables = connection.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'aiuteur'").fetchall()
        rows = sql.SQL("SELECT * FROM aiuteur.{}")
        return {str(name): str(connection.execute(rows.format(sql.Identifier(str(name)))).fetchall()) for (name,) in tables}


def test_an_erased_project_leaves_its_sums_and_nothing_else(
    keeping: Housekeeping, registry: Registry, storage: Storage, database_url: str,
) -> None:
    assert keeping.lanes_of("ferry") == [Lane("ferry", "dark"), LANE]
    gone = keeping.erase("ferry", "the author asked")
    assert gone.versions == 5, "narrative, brief, a beat and two clips"
    assert (gone.media, gone.bytes) == ((digest_bytes(MINE),), len(MINE))
    assert [info.lane for info in _lanes(registry)] == [OTHER]
    assert [storage.has(digest_bytes(data)) for data in (MINE, SHARED, THEIRS)] == [False, True, True]
    left = _of_ferry(database_url)
    assert left["calls"] == [("{}", None, "[]", Decimal("1.500000"))]
    assert left["spent"] == [(Decimal("1.500000"),)]
    ((event,),) = left["events"]
    assert (event["project"], event["reason"], event["versions"]) == ("ferry", "the author asked", 5)
    told = everything(database_url)
    assert told["versions"].count(WORDS) == 1, "the punt's beat is still there"
    assert {name for name, rows in told.items() if WORDS in rows} == {"versions"}


def _lanes(registry: Registry) -> list[Any]:
    with registry.transaction() as session:
        return lanes(session)


def _of_ferry(database_url: str) -> dict[str, list[Any]]:
    """What is left of the ferry under the name that it was kept by."""
    of = """SELECT {columns} FROM aiuteur.{table} t JOIN aiuteur.branches b ON b.{key} = t.{key_of_row}
        JOIN aiuteur.projects p ON p.id = b.project_id WHERE b.is_main AND p.name LIKE 'ferry~%%'"""
    asked = {
        "calls": ("t.request::text, t.result, t.media::text, t.cost_usd", "generations", "id", "branch_id"),
        "events": ("t.payload", "events", "id", "branch_id"),
        "spent": ("t.spent_usd", "budgets", "project_id", "project_id"),
    }
    with administrator(database_url) as connection:
        return {
            name: connection.execute(of.format(columns=columns, table=table, key=key, key_of_row=row).encode()).fetchall()
            for name, (columns, table, key, row) in asked.items()
        }


def test_the_name_is_free_again_and_begins_a_project_of_its_own(keeping: Housekeeping, registry: Registry) -> None:
    keeping.erase("ferry")
    begun(registry, LANE)
    assert {info.lane for info in _lanes(registry)} == {LANE, OTHER}
    keeping.erase("ferry")
    assert [info.lane for info in _lanes(registry)] == [OTHER]


def test_what_is_under_way_is_not_erased(keeping: Housekeeping, registry: Registry) -> None:
    with live_run(registry, LANE), pytest.raises(Conflict, match="A run is making ferry@main"):
        keeping.erase("ferry")
    ask(registry, "k2", price_usd=Decimal(1))
    with pytest.raises(Refused, match="1 calls of ferry may have been paid for"):
        keeping.erase("ferry")
    with pytest.raises(NotFound, match="no project barge"):
        keeping.erase("barge")
    assert {info.lane for info in _lanes(registry)} == {LANE, Lane("ferry", "dark"), OTHER}


def test_nobody_erases_what_is_anothers(keeping: Housekeeping, database_url: str) -> None:
    stranger = Registry.connect(database_url, new_user(database_url))
    with administrator(database_url) as connection:
        row = connection.execute("SELECT id FROM aiuteur.projects WHERE name = 'ferry'").fetchone()
    assert row is not None
    with stranger.transaction() as session:
        erase = text("SELECT aiuteur.erase_project(:project, 'mine now')")
        assert session.execute(erase, {"project": row[0]}).scalar_one() is None
    stranger.close()
    assert keeping.lanes_of("ferry")


def test_bytes_that_cannot_be_removed_now_are_swept_later(
    keeping: Housekeeping, registry: Registry, storage: Storage, monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(sha256: str, _older: timedelta | None) -> None:
        message = f"Could not remove {sha256}: the file system is read-only."
        raise Unavailable(message)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "remove", away)
        with pytest.raises(Unavailable, match=r"ferry is erased, .* read-only\. The nightly sweep"):
            keeping.erase("ferry")
    assert [info.lane for info in _lanes(registry)] == [OTHER]
    age(storage, digest_bytes(MINE))
    assert keeping.sweep() == Swept(1, len(MINE))


def test_versions_are_as_fixed_as_ever(keeping: Housekeeping, registry: Registry) -> None:
    keeping.erase("ferry")
    with registry.transaction() as session:
        session.execute(text("SET LOCAL aiuteur.erasing = 'on'"))
        with pytest.raises(exc.ProgrammingError, match="permission denied"):
            session.execute(delete(Version))
        session.rollback()


def age(storage: Storage, sha: str) -> None:
    """Make an object eight days old."""
    path = storage.local_path(sha)
    assert path is not None
    then = time.time() - 8 * 86_400
    os.utime(path, (then, then))


def test_a_sweep_takes_what_is_old_and_belongs_to_nobody(keeping: Housekeeping, storage: Storage) -> None:
    lost = storage.put(b"nobody knows this", "video/mp4")
    young = storage.put(b"nobody knows this yet", "video/mp4")
    for old in (lost, digest_bytes(MINE)):
        age(storage, old)
    assert keeping.sweep() == Swept(1, len(b"nobody knows this"))
    assert [storage.has(sha) for sha in (lost, young, digest_bytes(MINE))] == [False, True, True]
    assert keeping.sweep() == Swept(0, 0)


def test_what_is_put_again_is_young_again(keeping: Housekeeping, storage: Storage) -> None:
    sha = storage.put(b"nobody knows this", "video/mp4")
    age(storage, sha)
    storage.put(b"nobody knows this", "video/mp4")
    assert list(storage.older(timedelta(days=1))) == []
    assert keeping.sweep() == Swept(0, 0)


def test_what_is_put_again_while_a_sweep_looks_for_its_row_stays(
    keeping: Housekeeping, storage: Storage, monkeypatch: pytest.MonkeyPatch,
) -> None:
    sha = storage.put(b"nobody knows this", "video/mp4")
    age(storage, sha)

    def put_meanwhile(_session: object, _shas: object) -> set[str]:
        storage.put(b"nobody knows this", "video/mp4")
        return set()

    monkeypatch.setattr(media_rows, "known", put_meanwhile)
    assert keeping.sweep() == Swept(0, 0)
    assert storage.has(sha)
