"""Keep opinions: what people say of takes beside their judge, and what a judge says of anchors each time it is asked.

A take remembers the trials of rules it was drawn in, whichever way, so that a comparison at random compares those alone. A completed
shot is also told by the median score of its takes, which nobody's choice of the best has flattered.
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import secured

revision: Final = "0010"
down_revision: Final[str | None] = "0009"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_MAKE: Final = """
CREATE TABLE aiuteur.opinions (
    take_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    accepted BOOLEAN NOT NULL,
    ratings JSONB DEFAULT '{}'::jsonb NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_opinions PRIMARY KEY (take_id),
    CONSTRAINT fk_opinions_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_opinions_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);
CREATE INDEX ix_opinions_project_id ON aiuteur.opinions (project_id);

CREATE TABLE aiuteur.anchors (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    item TEXT NOT NULL,
    media TEXT NOT NULL,
    asked JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_anchors PRIMARY KEY (id),
    CONSTRAINT uq_anchors_project_id_media UNIQUE (project_id, media),
    CONSTRAINT fk_anchors_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_anchors_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id)
);

CREATE TABLE aiuteur.anchor_readings (
    generation_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    anchor_id UUID NOT NULL,
    takes INTEGER NOT NULL,
    judge TEXT NOT NULL,
    template TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_anchor_readings PRIMARY KEY (generation_id),
    CONSTRAINT fk_anchor_readings_anchor_id FOREIGN KEY(anchor_id) REFERENCES aiuteur.anchors (id),
    CONSTRAINT fk_anchor_readings_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id)
);
CREATE INDEX ix_anchor_readings_project_id ON aiuteur.anchor_readings (project_id, at);

ALTER TABLE aiuteur.figure_takes ADD COLUMN trials JSONB DEFAULT '{}'::jsonb NOT NULL;
"""

_DIMENSIONS: Final = (
    "narrative_fidelity", "character_consistency", "continuity", "technical_quality", "emotional_authenticity", "composition",
)
_RATINGS: Final = ", ".join(f"(t.ratings ->> '{name}')::float8 AS {name}" for name in _DIMENSIONS)
_THEIRS: Final = ", ".join(f"(o.ratings ->> '{name}')::float8 AS {name}_person" for name in _DIMENSIONS)
_SHOTS: Final = """
CREATE OR REPLACE VIEW figures.shots WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, s.shot,
    (SELECT a.label FROM aiuteur.artifacts a WHERE a.branch_id = s.branch_id AND a.kind = 'shot_list' AND a.item = s.shot) AS label,
    s.ordinal, s.how, s.attempts, t.n AS best_take, s.score, s.seconds, s.cost_usd::float8 AS cost_usd, s.at,
    t.provider, t.model, t.template, array_to_string(t.rules, ', ') AS rules, t.scene, t.shot_type, t.size,
    (SELECT string_agg(coalesce(a.label, c.id), ', ' ORDER BY a.label, c.id) FROM unnest(t.characters) AS c(id)
        LEFT JOIN aiuteur.artifacts a ON a.branch_id = t.branch_id AND a.kind = 'bible' AND a.item = c.id) AS characters,
    {ratings}, s.take_id, s.project_id, s.branch_id{more}
FROM aiuteur.figure_shots s JOIN aiuteur.projects p ON p.id = s.project_id JOIN aiuteur.branches b ON b.id = s.branch_id
LEFT JOIN aiuteur.figure_takes t ON t.take_id = s.take_id;
"""
_MEDIAN: Final = """,
    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f.score) FROM aiuteur.figure_takes f
        WHERE f.branch_id = s.branch_id AND f.shot = s.shot AND f.part = 'clip' AND f.basis = s.basis) AS median_score"""
_VIEWS: Final = """
CREATE VIEW figures.opinions WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, t.shot, t.part, t.n, t.judge, t.template, t.overall, t.score, t.accepted AS accepted,
    o.accepted AS accepted_person, {ratings}, {theirs}, o.at, t.take_id, t.project_id, t.branch_id
FROM aiuteur.opinions o JOIN aiuteur.figure_takes t ON t.take_id = o.take_id
JOIN aiuteur.projects p ON p.id = t.project_id JOIN aiuteur.branches b ON b.id = t.branch_id;
COMMENT ON VIEW figures.opinions IS 'One row a take that a person accepted or rejected, beside what its judge says of it.';
CREATE VIEW figures.anchors WITH (security_invoker = true) AS
SELECT p.name AS project, b.name AS branch, a.item, r.judge, r.template, r.score, r.takes, r.at, r.anchor_id, r.generation_id, r.project_id
FROM aiuteur.anchor_readings r JOIN aiuteur.anchors a ON a.id = r.anchor_id
JOIN aiuteur.projects p ON p.id = r.project_id JOIN aiuteur.branches b ON b.id = a.branch_id;
COMMENT ON VIEW figures.anchors IS 'One row each time that a judge was asked about an anchor; takes is how many clips the project had had by then.';
"""
_READ: Final = {
    "opinions": "(take_id, owner_id, project_id, accepted, ratings, at)", "anchors": "(id, owner_id, project_id, branch_id, item, media, at)",
    "anchor_readings": "",
}


def upgrade() -> None:
    """Make tables and views, and let the analyst read them."""
    op.execute(_MAKE)
    op.execute(secured({"opinions": "accepted, ratings, by, at", "anchors": "", "anchor_readings": ""}))
    op.execute(_SHOTS.format(ratings=_RATINGS, more=_MEDIAN) + _VIEWS.format(ratings=_RATINGS, theirs=_THEIRS))
    for table, columns in _READ.items():
        op.execute(f"GRANT SELECT {columns} ON aiuteur.{table} TO aiuteur_analyst")
        op.execute(f"CREATE POLICY analyst ON aiuteur.{table} FOR SELECT TO aiuteur_analyst USING (true)")
    op.execute("GRANT SELECT ON figures.opinions, figures.anchors TO aiuteur_app, aiuteur_service, aiuteur_analyst")


def downgrade() -> None:
    """Take them away again, with what was said."""
    op.execute("DROP VIEW figures.opinions, figures.anchors, figures.shots")
    op.execute(_SHOTS.format(ratings=_RATINGS, more=""))
    op.execute("GRANT SELECT ON figures.shots TO aiuteur_app, aiuteur_service, aiuteur_analyst")
    op.execute("ALTER TABLE aiuteur.figure_takes DROP COLUMN trials")
    op.execute("DROP TABLE aiuteur.anchor_readings, aiuteur.anchors, aiuteur.opinions")
