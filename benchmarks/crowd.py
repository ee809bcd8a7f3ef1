"""Ten thousand finished lanes, in the registry and in Dagster, copied by SQL from one that is real.

Belongs here: copying rows. Does not belong here: what is measured on them (`benchmarks.tick`). Copies are what a fork of
everything would have made: pointers at the same versions, and one materialization of each asset with its data version.
"""

from typing import Final

import dagster as dg
import psycopg

from aiuteur.lane import Lane
from aiuteur.registry.addresses import conninfo, parse
from aiuteur_dagster.partitions import LANES as PARTITIONS

BRANCHES: Final = 100
"""Branches of a project."""

_PROJECTS: Final = """
INSERT INTO aiuteur.projects (owner_id, name) SELECT p.owner_id, 'crowd' || lpad(n::text, 3, '0')
FROM aiuteur.projects p, generate_series(1, %(projects)s) n WHERE p.name = %(first)s
"""
_BRANCHES: Final = """
INSERT INTO aiuteur.branches (owner_id, project_id, name, seed, revision, is_main)
SELECT p.owner_id, p.id, CASE n WHEN 0 THEN 'main' ELSE 'b' || n END, b.seed, b.revision, n = 0
FROM aiuteur.projects p, generate_series(0, %(branches)s - 1) n, aiuteur.branches b
JOIN aiuteur.projects f ON f.id = b.project_id WHERE p.name LIKE 'crowd%%' AND f.name = %(first)s
"""
_ITEMS: Final = """
INSERT INTO aiuteur.artifacts (owner_id, branch_id, kind, item, label, head_n, head_version_id, selected_version_id,
    parent_artifact_id, forked_n)
SELECT a.owner_id, b.id, a.kind, a.item, a.label, a.head_n, a.head_version_id, a.selected_version_id, a.id, a.head_n
FROM aiuteur.artifacts a JOIN aiuteur.branches f ON f.id = a.branch_id JOIN aiuteur.projects p ON p.id = f.project_id,
    aiuteur.branches b JOIN aiuteur.projects q ON q.id = b.project_id
WHERE p.name = %(first)s AND q.name LIKE 'crowd%%'
"""
_MARKS: Final = """
INSERT INTO aiuteur.run_marks (branch_id, owner_id, planned_revision, plan_empty, fingerprint)
SELECT id, owner_id, revision, true, '' FROM aiuteur.branches ON CONFLICT (branch_id) DO UPDATE SET
    planned_revision = excluded.planned_revision, plan_empty = true
"""
_EVENTS: Final = """
INSERT INTO dagster.event_logs (run_id, event, dagster_event_type, timestamp, step_key, asset_key, partition)
SELECT e.run_id, replace(e.event, %(first)s, lanes.name), e.dagster_event_type, e.timestamp, e.step_key, e.asset_key, lanes.name
FROM dagster.event_logs e, unnest(%(lanes)s::text[]) AS lanes(name) WHERE e.partition = %(first)s ORDER BY e.id
"""
_TAGS: Final = """
INSERT INTO dagster.asset_event_tags (event_id, asset_key, key, value, event_timestamp)
SELECT copy.id, t.asset_key, t.key, t.value, t.event_timestamp
FROM dagster.asset_event_tags t JOIN dagster.event_logs e ON e.id = t.event_id
JOIN dagster.event_logs copy ON copy.asset_key = e.asset_key AND copy.partition = ANY(%(lanes)s) WHERE e.partition = %(first)s
"""


def registered(url: str, first: Lane, lanes: int) -> list[Lane]:
    """Copy a finished lane so that there are so many more; returns the copies. All stand as planned and current."""
    projects = max(1, lanes // BRANCHES)
    with psycopg.connect(conninfo(parse(url)), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # rows copied from sound ones need no second look
        for statement in (_PROJECTS, _BRANCHES, _ITEMS, _MARKS):
            connection.execute(statement, {"first": first.project, "projects": projects, "branches": min(lanes, BRANCHES)})
        for table in ("branches", "artifacts", "run_marks"):
            connection.execute(f"ANALYZE aiuteur.{table}")
        rows = connection.execute("""
            SELECT p.name, b.name FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
            WHERE p.name LIKE 'crowd%' ORDER BY 1, 2""").fetchall()
    return [Lane(*row) for row in rows]


def materialized(url: str, instance: dg.DagsterInstance, first: Lane, lanes: list[Lane], assets: list[str]) -> None:
    """Give every lane its partition and one materialization of each asset."""
    names = [str(lane) for lane in lanes]
    for start in range(0, len(names), 500):
        instance.add_dynamic_partitions(PARTITIONS, names[start:start + 500])
    instance.add_dynamic_partitions(PARTITIONS, [str(first)])
    for asset in assets:
        event = dg.AssetMaterialization(asset, partition=str(first), tags={"dagster/data_version": "v1"})
        instance.report_runless_asset_event(event)
    with psycopg.connect(conninfo(parse(url)), autocommit=True) as connection:
        for statement in (_EVENTS, _TAGS, "ANALYZE dagster.event_logs", "ANALYZE dagster.asset_event_tags"):
            connection.execute(statement, {"first": str(first), "lanes": names} if "%(" in statement else None)
