"""How fast figures are where there are a million takes: the report, the running state, frames and files.

Belongs here: a scratch database filled by SQL, and what is timed in it. Does not belong here: whether figures are true
(`benchmarks.statistics`).
"""

import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Final
from uuid import UUID

import psycopg
from sqlalchemy import text

from aiuteur import figures
from aiuteur.craft.figures.summary import Summary, summarised
from aiuteur.exports.report import page
from aiuteur.lane import Lane
from aiuteur.registry import embedded
from aiuteur.registry.addresses import conninfo, parse
from aiuteur.registry.database import Registry, local_user, prepare
from aiuteur.registry.figure_rows import complete
from benchmarks.place import Place
from benchmarks.table import Found, group

TAKES: Final = round(1_000_000 * float(os.environ.get("AIUTEUR_FIGURES", "1")))
PROJECTS: Final = 400
UPDATES: Final = 400
LANE: Final = Lane("film-1")

_FILL: Final = """
SET session_replication_role = replica;
INSERT INTO aiuteur.projects (id, owner_id, name)
    SELECT md5('p' || p)::uuid, %(owner)s, 'film-' || p FROM generate_series(1, %(projects)s) p;
INSERT INTO aiuteur.branches (id, owner_id, project_id, name, is_main, seed)
    SELECT md5('b' || p)::uuid, %(owner)s, md5('p' || p)::uuid, 'main', true, 's' FROM generate_series(1, %(projects)s) p;
INSERT INTO aiuteur.figure_takes (take_id, owner_id, project_id, branch_id, shot, part, n, media, basis, attempt, origin,
    provider, model, template, scene, shot_type, size, characters, seconds, waited, cost_usd, at, verdict_id, judge, score,
    overall, accepted, gates_failed)
SELECT md5('t' || i)::uuid, %(owner)s, md5('p' || p)::uuid, md5('b' || p)::uuid, 's' || at / 4, 'clip', 1 + at %% 4,
    md5(i::text), 'b', 1 + at %% 4, 'generated', (ARRAY['google', 'openai', 'animatic'])[1 + i %% 3], 'model-' || i %% 7,
    'clip.v' || i %% 3, 'scene' || i %% 40, (ARRAY['single', 'master', 'insert', 'reaction'])[1 + i %% 4], 'medium',
    ARRAY['c' || i %% 5, 'd' || i %% 3], 3 + i %% 5, 60 + i %% 90, 0.4 * (3 + i %% 5), now(), md5('v' || i)::uuid, 'judge-1',
    0.5 + (hashint4(i) & 1023) / 2048.0, CASE WHEN at %% 4 = 3 THEN 'ACCEPT' ELSE 'REGENERATE_MINOR' END, at %% 4 = 3, 0
FROM generate_series(0, %(takes)s - 1) i, LATERAL (SELECT 1 + i %% %(projects)s AS p, i / %(projects)s AS at) x;
INSERT INTO aiuteur.figure_shots
    (branch_id, shot, basis, owner_id, project_id, ordinal, take_id, how, attempts, score, cost_usd, seconds)
SELECT branch_id, shot, basis, owner_id, project_id, row_number() OVER (PARTITION BY project_id ORDER BY shot), take_id,
    'judged', n, score, cost_usd * n, seconds FROM aiuteur.figure_takes WHERE accepted AND shot NOT IN ('s0', 's1');
INSERT INTO aiuteur.figure_states (project_id, series, owner_id, n, mean_x, mean_y, mxx, mxy, myy)
SELECT project_id, series, owner_id, count(*), avg(ordinal), 1, 1, 1, 1
FROM aiuteur.figure_shots, unnest(ARRAY['attempts', 'cost', 'quality']) series GROUP BY 1, 2, 3;
SET session_replication_role = origin;
VACUUM ANALYZE aiuteur.figure_takes; VACUUM ANALYZE aiuteur.figure_shots; ANALYZE aiuteur.projects; ANALYZE aiuteur.branches
"""
_OPEN: Final = text("""
SELECT take_id FROM aiuteur.figure_takes WHERE accepted AND shot IN ('s0', 's1') ORDER BY take_id LIMIT :most
""")


@group("figures", f"Figures over {TAKES:,} takes of {PROJECTS} projects, in a database filled for the purpose.")
def measure() -> Iterator[Found]:
    """The report of the studio and of a project, the running state, frames out of the database and out of Parquet."""
    with _filled() as registry:
        yield Found("report of the studio", _timed(lambda: page(_said(registry, None))), "s", 5)
        yield Found("report of one project", _timed(lambda: page(_said(registry, LANE))), "s", 5)
        took = _updates(registry)
        yield Found("state update, median", 1000 * median(took), "ms", 2)
        yield Found("state update, 95th of 100", 1000 * sorted(took)[int(0.95 * len(took))], "ms")
        folder = Place("figures").folder
        yield Found("takes and shots to Parquet", _timed(lambda: [
            figures.export(table, folder / f"{table}.parquet", registry=registry) for table in ("takes", "shots")]), "s")
        yield Found("takes as a frame, from the database", _timed(lambda: figures.load("takes", registry=registry)), "s")
        yield Found("report from Parquet", _timed(lambda: page(summarised(figures.facts_in(folder)))), "s", 5)


def _said(registry: Registry, lane: Lane | None) -> Summary:
    with figures.reading(registry) as session:
        found = figures.facts(session, lane)
    return summarised(found)


def _updates(registry: Registry) -> list[float]:
    """Seconds that the completion of a shot adds to the transaction that records its verdict."""
    with registry.transaction() as session:
        takes: list[UUID] = list(session.execute(_OPEN, {"most": UPDATES}).scalars())
    took: list[float] = []
    for take in takes:
        with registry.transaction() as session:
            session.execute(text("SELECT 1"))
            started = time.perf_counter()
            complete(session, take, "judged")
            took.append(time.perf_counter() - started)
    return took


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _filled() -> Generator[Registry]:
    place = Place("figures").fresh()
    url = embedded.start(place.folder / "home")
    prepare(url)
    owner = local_user(url)
    asked = {"owner": owner, "projects": PROJECTS, "takes": TAKES}
    with psycopg.connect(conninfo(parse(url)), autocommit=True) as connection:
        for statement in _FILL.split(";"):
            psycopg.ClientCursor(connection).execute(statement.encode(), asked)
    registry = Registry.connect(url, owner)
    try:
        yield registry
    finally:
        registry.close()
        place.leave()
