"""Keep figures: a row for each take and each shot completed, the running state of each series, and views for whoever analyses them.

The rows say again what versions, verdicts and the ledger say, in the form in which a million of them can be added up; a nightly
rebuild holds them against their sources. The views are in a schema of their own, `figures`, for the read-only role of the analyst,
who sees numbers and names of every project, and no words and no pictures.
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import secured

revision: Final = "0005"
down_revision: Final[str | None] = "0004"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_MAKE: Final = """
CREATE TABLE aiuteur.figure_takes (
    take_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    shot TEXT NOT NULL,
    part TEXT NOT NULL,
    n INTEGER NOT NULL,
    media TEXT NOT NULL,
    basis TEXT NOT NULL,
    generation_id UUID,
    attempt INTEGER NOT NULL,
    origin TEXT NOT NULL,
    provider TEXT,
    model TEXT,
    template TEXT,
    rules TEXT[] DEFAULT '{}'::text[] NOT NULL,
    scene TEXT,
    shot_type TEXT,
    size TEXT,
    characters TEXT[] DEFAULT '{}'::text[] NOT NULL,
    seconds DOUBLE PRECISION,
    waited DOUBLE PRECISION,
    cost_usd NUMERIC(12, 6),
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    verdict_id UUID,
    judge TEXT,
    score DOUBLE PRECISION,
    overall TEXT,
    accepted BOOLEAN DEFAULT false NOT NULL,
    gates_failed INTEGER,
    ratings JSONB DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT pk_figure_takes PRIMARY KEY (take_id),
    CONSTRAINT fk_figure_takes_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_figure_takes_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id)
);

CREATE INDEX ix_figure_takes_shot ON aiuteur.figure_takes (branch_id, shot, part, n);
CREATE INDEX ix_figure_takes_project ON aiuteur.figure_takes (project_id);
CREATE INDEX ix_figure_takes_generation ON aiuteur.figure_takes (generation_id);

CREATE TABLE aiuteur.figure_shots (
    branch_id UUID NOT NULL,
    shot TEXT NOT NULL,
    basis TEXT NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    ordinal INTEGER NOT NULL,
    take_id UUID NOT NULL,
    how TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    score DOUBLE PRECISION,
    cost_usd NUMERIC(12, 6),
    seconds DOUBLE PRECISION NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_figure_shots PRIMARY KEY (branch_id, shot, basis),
    CONSTRAINT uq_figure_shots_project_id_ordinal UNIQUE (project_id, ordinal),
    CONSTRAINT fk_figure_shots_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_figure_shots_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_figure_shots_how CHECK (how IN ('judged', 'accepted', 'skipped'))
);

CREATE TABLE aiuteur.figure_states (
    project_id UUID NOT NULL,
    series TEXT NOT NULL,
    owner_id UUID NOT NULL,
    n INTEGER NOT NULL,
    mean_x DOUBLE PRECISION NOT NULL,
    mean_y DOUBLE PRECISION NOT NULL,
    mxx DOUBLE PRECISION NOT NULL,
    mxy DOUBLE PRECISION NOT NULL,
    myy DOUBLE PRECISION NOT NULL,
    CONSTRAINT pk_figure_states PRIMARY KEY (project_id, series),
    CONSTRAINT fk_figure_states_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT ck_figure_states_series CHECK (series IN ('attempts', 'cost', 'quality'))
)
 WITH (fillfactor = 50);

CREATE INDEX ix_generations_in_vain ON aiuteur.generations (branch_id, artifact, item) WHERE state <> 'COMPLETED' AND cost_usd > 0;
"""

_VIEWS: Final = """
CREATE SCHEMA figures;
CREATE VIEW figures.takes WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, t.shot,
    (SELECT a.label FROM aiuteur.artifacts a WHERE a.branch_id = t.branch_id AND a.kind = 'shot_list' AND a.item = t.shot) AS label,
    t.part, t.n, t.attempt, t.origin, t.provider, t.model, t.template, array_to_string(t.rules, ', ') AS rules,
    t.scene, t.shot_type, t.size,
    (SELECT string_agg(coalesce(a.label, c.id), ', ' ORDER BY a.label, c.id) FROM unnest(t.characters) AS c(id)
        LEFT JOIN aiuteur.artifacts a ON a.branch_id = t.branch_id AND a.kind = 'bible' AND a.item = c.id) AS characters,
    t.seconds, t.waited, t.cost_usd::float8 AS cost_usd, t.at, t.judge, t.score, t.overall, t.accepted, t.gates_failed,
    {ratings}, t.take_id, t.generation_id, t.project_id, t.branch_id
FROM aiuteur.figure_takes t JOIN aiuteur.projects p ON p.id = t.project_id JOIN aiuteur.branches b ON b.id = t.branch_id;

CREATE VIEW figures.shots WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, s.shot,
    (SELECT a.label FROM aiuteur.artifacts a WHERE a.branch_id = s.branch_id AND a.kind = 'shot_list' AND a.item = s.shot) AS label,
    s.ordinal, s.how, s.attempts, t.n AS best_take, s.score, s.seconds, s.cost_usd::float8 AS cost_usd, s.at,
    t.provider, t.model, t.template, array_to_string(t.rules, ', ') AS rules, t.scene, t.shot_type, t.size,
    (SELECT string_agg(coalesce(a.label, c.id), ', ' ORDER BY a.label, c.id) FROM unnest(t.characters) AS c(id)
        LEFT JOIN aiuteur.artifacts a ON a.branch_id = t.branch_id AND a.kind = 'bible' AND a.item = c.id) AS characters,
    {ratings}, s.take_id, s.project_id, s.branch_id
FROM aiuteur.figure_shots s JOIN aiuteur.projects p ON p.id = s.project_id JOIN aiuteur.branches b ON b.id = s.branch_id
LEFT JOIN aiuteur.figure_takes t ON t.take_id = s.take_id;

CREATE VIEW figures.calls WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, g.artifact, g.item, g.role, g.task, g.provider, g.model, g.attempt, g.state,
    g.reused, g.reserved_usd::float8 AS reserved_usd, g.cost_usd::float8 AS cost_usd,
    extract(epoch FROM g.completed_at - g.submitted_at)::float8 AS waited, g.created_at AS at, g.id AS generation_id,
    b.project_id, g.branch_id
FROM aiuteur.generations g JOIN aiuteur.branches b ON b.id = g.branch_id JOIN aiuteur.projects p ON p.id = b.project_id;

CREATE VIEW figures.curves WITH (security_invoker = true) AS
SELECT p.name AS project, s.series, s.n, s.mean_y AS mean, CASE WHEN s.mxx > 0 THEN s.mxy / s.mxx END AS slope,
    CASE WHEN s.n > 1 THEN sqrt(s.myy / (s.n - 1)) END AS sd, s.mean_x, s.mxx, s.mxy, s.myy, s.project_id
FROM aiuteur.figure_states s JOIN aiuteur.projects p ON p.id = s.project_id;
"""

_DIMENSIONS: Final = (
    "narrative_fidelity", "character_consistency", "continuity", "technical_quality", "emotional_authenticity", "composition",
)
_RATINGS: Final = ", ".join(f"(t.ratings ->> '{name}')::float8 AS {name}" for name in _DIMENSIONS)

_MAY_UPDATE: Final = {
    "figure_takes": "verdict_id, judge, score, overall, accepted, gates_failed, ratings, cost_usd, attempt",
    "figure_shots": "attempts, cost_usd, score",
    "figure_states": "n, mean_x, mean_y, mxx, mxy, myy",
}
_READ: Final = {
    "figure_takes": "", "figure_shots": "", "figure_states": "",
    "projects": "(id, owner_id, name, created_at)",
    "branches": "(id, owner_id, project_id, name, created_at, archived_at)",
    "artifacts": "(branch_id, kind, item, label)",
    "generations": "(id, branch_id, artifact, item, role, task, provider, model, attempt, state, reused, reserved_usd, cost_usd,"
                   " created_at, submitted_at, completed_at)",
}
"""What the analyst may read, and of tables that hold words, which columns."""


def upgrade() -> None:
    """Make tables and views, and let the analyst read them."""
    for statements in (_MAKE, secured(_MAY_UPDATE), _VIEWS.format(ratings=_RATINGS)):
        op.execute(statements)
    op.execute("GRANT DELETE ON aiuteur.figure_states TO aiuteur_app, aiuteur_service")
    for table, columns in _READ.items():
        op.execute(f"GRANT SELECT {columns} ON aiuteur.{table} TO aiuteur_analyst")
        op.execute(f"CREATE POLICY analyst ON aiuteur.{table} FOR SELECT TO aiuteur_analyst USING (true)")
    op.execute("GRANT USAGE ON SCHEMA aiuteur TO aiuteur_analyst")
    op.execute("GRANT USAGE ON SCHEMA figures TO aiuteur_app, aiuteur_service, aiuteur_analyst")
    op.execute("GRANT SELECT ON ALL TABLES IN SCHEMA figures TO aiuteur_app, aiuteur_service, aiuteur_analyst")


def downgrade() -> None:
    """Take them away again; the role stays, other databases of the server may use it."""
    op.execute("DROP SCHEMA figures CASCADE")
    for table, columns in _READ.items():
        op.execute(f"DROP POLICY analyst ON aiuteur.{table}")
        op.execute(f"REVOKE SELECT {columns} ON aiuteur.{table} FROM aiuteur_analyst")
    op.execute("REVOKE USAGE ON SCHEMA aiuteur FROM aiuteur_analyst")
    op.execute("DROP INDEX aiuteur.ix_generations_in_vain")
    op.execute("DROP TABLE " + ", ".join(f"aiuteur.{table}" for table in reversed(_MAY_UPDATE)))
