"""Count what is spent: a call's reservation and cost reach its budgets in the statement that books them, whoever books.

An approval learns which items it covers. For analysts there are views of what was spent, by lane, stage, scene, shot and model, of
what an accepted second cost, and of what went into takes that nobody wanted.
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import may_update

revision: Final = "0006"
down_revision: Final[str | None] = "0005"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_OPEN: Final = "('CREATED', 'SUBMITTING', 'SUBMITTED', 'RUNNING', 'AMBIGUOUS')"

# While it is open a call holds what was reserved for it. Ended, it counts for what it cost; completed without a known cost, for what
# was reserved; and one that may have been charged in vain (suspected) goes on holding its reservation until somebody knows.
_SUMS: Final = f"""
CREATE FUNCTION aiuteur.held_usd(state text, reserved numeric, cost numeric, suspected boolean) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN state IN {_OPEN} OR suspected AND cost IS NULL AND state <> 'COMPLETED' THEN coalesce(reserved, 0) ELSE 0 END
$$;
CREATE FUNCTION aiuteur.spent_usd(state text, reserved numeric, cost numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN state IN {_OPEN} THEN 0 WHEN state = 'COMPLETED' THEN coalesce(cost, reserved, 0) ELSE coalesce(cost, 0) END
$$;
"""
_MOVED: Final = """
    SELECT {what}, sum(reserved) AS reserved, sum(spent) AS spent FROM (
        SELECT {unnested}, aiuteur.held_usd(state, reserved_usd, cost_usd, suspected) AS reserved,
            aiuteur.spent_usd(state, reserved_usd, cost_usd) AS spent FROM after_rows
        UNION ALL
        SELECT {unnested}, -aiuteur.held_usd(state, reserved_usd, cost_usd, suspected),
            -aiuteur.spent_usd(state, reserved_usd, cost_usd) FROM before_rows) moved GROUP BY {what}
"""
_COUNT: Final = """
CREATE FUNCTION aiuteur.count_spending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM after_rows WHERE budget_ids <> '{}' OR cost_usd > 0) THEN
        RETURN NULL;
    END IF;
    -- In one order, so that two who settle cannot wait for each other.
    PERFORM FROM aiuteur.budgets WHERE id IN (SELECT unnest(budget_ids) FROM after_rows) ORDER BY id FOR UPDATE;
    UPDATE aiuteur.budgets b SET reserved_usd = b.reserved_usd + m.reserved, spent_usd = b.spent_usd + m.spent
    FROM (""" + _MOVED.format(what="budget", unnested="unnest(budget_ids) AS budget") + """) m
    WHERE b.id = m.budget AND (m.reserved <> 0 OR m.spent <> 0);
    UPDATE aiuteur.approvals a SET used_usd = a.used_usd + m.spent
    FROM (""" + _MOVED.format(what="branch_id", unnested="branch_id") + """) m
    WHERE m.spent <> 0
        AND a.id = (SELECT n.id FROM aiuteur.approvals n WHERE n.branch_id = m.branch_id ORDER BY n.at DESC, n.id LIMIT 1);
    RETURN NULL;
END $$;
CREATE TRIGGER count_spending AFTER UPDATE ON aiuteur.generations REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION aiuteur.count_spending();
ALTER TABLE aiuteur.approvals ADD COLUMN covers JSONB DEFAULT '[]'::jsonb NOT NULL;
"""
_SPENT: Final = "sum(cost_usd) AS cost_usd, sum(held_usd) AS reserved_usd, count(*) AS calls, sum(unpriced) AS unpriced"
_BY: Final = {
    "lane": "project, branch", "stage": "project, branch, stage", "scene": "project, branch, scene", "shot": "project, branch, scene, shot",
    "provider": "project, branch, provider", "model": "project, branch, provider, model",
}
"""What spending is added up by, one view for each: `figures.spent_by_lane` and so on."""

_VIEWS: Final = """
CREATE VIEW figures.spending WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, g.artifact AS stage,
    CASE WHEN g.artifact IN ('shot_list', 'scenes', 'looks') THEN split_part(g.item, '/', 1) ELSE t.scene END AS scene,
    CASE WHEN g.artifact IN ('prompts', 'frames', 'clips', 'dailies') THEN split_part(g.item, '/', 1) END AS shot,
    g.item, g.role, g.task, g.provider, g.model, g.attempt, g.state,
    aiuteur.spent_usd(g.state, g.reserved_usd, g.cost_usd)::float8 AS cost_usd,
    aiuteur.held_usd(g.state, g.reserved_usd, g.cost_usd, g.suspected)::float8 AS held_usd,
    (g.state = 'COMPLETED' AND g.cost_usd IS NULL)::int AS unpriced, g.created_at AS at, g.id AS generation_id, g.branch_id
FROM aiuteur.generations g JOIN aiuteur.branches b ON b.id = g.branch_id JOIN aiuteur.projects p ON p.id = b.project_id
LEFT JOIN LATERAL (SELECT f.scene FROM aiuteur.figure_takes f WHERE f.branch_id = g.branch_id
    AND f.shot = split_part(g.item, '/', 1) AND g.artifact IN ('prompts', 'frames', 'clips', 'dailies') LIMIT 1) t ON true;
COMMENT ON VIEW figures.spending IS
    'One row a call: what it cost and what is still held for it, in dollars. unpriced is 1 where a call was answered and nobody told its cost: then cost_usd is what was reserved.';
""" + "".join(
    f"""
CREATE VIEW figures.spent_by_{name} WITH (security_invoker = true) AS
SELECT {columns}, {_SPENT} FROM figures.spending GROUP BY {columns};
COMMENT ON VIEW figures.spent_by_{name} IS 'Dollars spent and held, calls made, and calls of unknown cost, by {columns}.';
""" for name, columns in _BY.items()
) + """
CREATE VIEW figures.accepted_seconds WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, coalesce(s.seconds, 0) AS accepted_seconds, coalesce(l.cost_usd, 0) AS cost_usd,
    CASE WHEN s.seconds > 0 THEN coalesce(l.cost_usd, 0) / s.seconds END AS cost_per_accepted_second
FROM aiuteur.branches b JOIN aiuteur.projects p ON p.id = b.project_id
LEFT JOIN (SELECT branch_id, sum(seconds) AS seconds FROM (
        SELECT DISTINCT ON (f.branch_id, f.shot) f.branch_id, f.seconds FROM aiuteur.figure_shots f
        JOIN aiuteur.artifacts a ON a.branch_id = f.branch_id AND a.kind = 'shot_list' AND a.item = f.shot AND a.tombstoned_at IS NULL
        ORDER BY f.branch_id, f.shot, f.ordinal DESC) newest GROUP BY branch_id) s ON s.branch_id = b.id
LEFT JOIN (SELECT branch_id, sum(cost_usd) AS cost_usd FROM figures.spending GROUP BY branch_id) l ON l.branch_id = b.id;
COMMENT ON VIEW figures.accepted_seconds IS
    'By lane: seconds of film whose shot is completed, dollars spent on everything, and the one by the other; null while no second is accepted.';
CREATE VIEW figures.waste WITH (security_invoker = true) AS
SELECT project, branch, stage, provider, model, sum(cost_usd) AS cost_usd, sum(wasted_usd) AS wasted_usd, sum(wasted) AS calls_wasted FROM (
    SELECT s.*, CASE WHEN t.take_id IS NULL OR t.take_id <> n.newest AND NOT t.accepted THEN s.cost_usd ELSE 0 END AS wasted_usd,
        CASE WHEN s.cost_usd > 0 AND (t.take_id IS NULL OR t.take_id <> n.newest AND NOT t.accepted) THEN 1 ELSE 0 END AS wasted
    FROM figures.spending s LEFT JOIN aiuteur.figure_takes t ON t.generation_id = s.generation_id
    LEFT JOIN LATERAL (SELECT f.take_id AS newest FROM aiuteur.figure_takes f WHERE f.branch_id = t.branch_id AND f.shot = t.shot
        AND f.part = t.part ORDER BY f.n DESC LIMIT 1) n ON true
    WHERE s.stage IN ('frames', 'clips') AND s.role IN ('illustrator', 'cinematographer')) takes
GROUP BY project, branch, stage, provider, model;
COMMENT ON VIEW figures.waste IS
    'Dollars that went into takes of frames and clips that were neither accepted nor are the newest, and into calls that gave no take.';
CREATE VIEW figures.budgets WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, g.shot, g.cap_usd::float8 AS cap_usd, g.reserved_usd::float8 AS reserved_usd,
    g.spent_usd::float8 AS spent_usd, (g.cap_usd - g.reserved_usd - g.spent_usd)::float8 AS left_usd,
    g.approve_above_usd::float8 AS approve_above_usd, g.unknown_allowance_usd::float8 AS unknown_allowance_usd
FROM aiuteur.budgets g JOIN aiuteur.projects p ON p.id = g.project_id LEFT JOIN aiuteur.branches b ON b.id = g.branch_id;
COMMENT ON VIEW figures.budgets IS 'Each budget as it stands, in dollars: a null branch is the project''s, a null cap is no cap.';
"""
_NAMES: Final = ("budgets", "waste", "accepted_seconds", *(f"spent_by_{name}" for name in _BY), "spending")


def upgrade() -> None:
    """Add the trigger, the column and the views."""
    for statements in (_SUMS, _COUNT, _VIEWS, may_update("approvals", "covers")):
        op.execute(statements)
    for name in _NAMES:
        op.execute(f"GRANT SELECT ON figures.{name} TO aiuteur_app, aiuteur_service, aiuteur_analyst")
    op.execute("GRANT SELECT (suspected) ON aiuteur.generations TO aiuteur_analyst")
    op.execute("GRANT SELECT (tombstoned_at) ON aiuteur.artifacts TO aiuteur_analyst")
    op.execute("GRANT SELECT ON aiuteur.budgets TO aiuteur_analyst")
    op.execute("CREATE POLICY analyst ON aiuteur.budgets FOR SELECT TO aiuteur_analyst USING (true)")


def downgrade() -> None:
    """Take them away again; what budgets have counted stays."""
    op.execute("DROP POLICY analyst ON aiuteur.budgets")
    op.execute("REVOKE SELECT ON aiuteur.budgets FROM aiuteur_analyst")
    op.execute("REVOKE SELECT (suspected) ON aiuteur.generations FROM aiuteur_analyst")
    op.execute("REVOKE SELECT (tombstoned_at) ON aiuteur.artifacts FROM aiuteur_analyst")
    op.execute("DROP VIEW " + ", ".join(f"figures.{name}" for name in _NAMES))
    op.execute("DROP TRIGGER count_spending ON aiuteur.generations")
    op.execute("DROP FUNCTION aiuteur.count_spending, aiuteur.spent_usd, aiuteur.held_usd")
    op.execute("ALTER TABLE aiuteur.approvals DROP COLUMN covers")
