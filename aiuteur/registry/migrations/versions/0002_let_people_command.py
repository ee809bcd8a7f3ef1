"""Let people command: the inbox, remakes, budgets and approvals, what a change made stale, what waits, and where automation stands.

Versions get the score of their dailies, items the version they were forked from, calls the budgets they were reserved under.
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import may_update, secured

revision: Final = "0002"
down_revision: Final[str | None] = "0001"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_COLUMNS: Final = """
ALTER TABLE aiuteur.versions ADD COLUMN score DOUBLE PRECISION;
ALTER TABLE aiuteur.artifacts ADD COLUMN forked_version_id UUID,
    ADD CONSTRAINT fk_artifacts_forked_version_id_owner_id FOREIGN KEY(forked_version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id);
ALTER TABLE aiuteur.generations ADD COLUMN budget_ids UUID[] DEFAULT '{}'::uuid[] NOT NULL;
"""

_MAKE: Final = """
CREATE TABLE aiuteur.stars (
    version_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_stars PRIMARY KEY (version_id),
    CONSTRAINT fk_stars_version_id_owner_id FOREIGN KEY(version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id),
    CONSTRAINT fk_stars_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE TABLE aiuteur.commands (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    lane TEXT NOT NULL,
    branch_id UUID,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    state TEXT NOT NULL,
    result JSONB,
    reason TEXT,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_commands PRIMARY KEY (id),
    CONSTRAINT uq_commands_owner_id_key UNIQUE (owner_id, key),
    CONSTRAINT fk_commands_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_commands_state CHECK (state IN ('pending', 'done', 'refused')),
    CONSTRAINT fk_commands_owner_id FOREIGN KEY(owner_id) REFERENCES aiuteur.users (id),
    CONSTRAINT fk_commands_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE INDEX ix_commands_pending ON aiuteur.commands (at, id) WHERE state = 'pending';

CREATE TABLE aiuteur.remakes (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    variants INTEGER DEFAULT 1 NOT NULL,
    answered INTEGER DEFAULT 0 NOT NULL,
    model TEXT,
    guidance TEXT,
    parent_version_id UUID,
    corrections JSONB DEFAULT '[]'::jsonb NOT NULL,
    rules JSONB DEFAULT '[]'::jsonb NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    by UUID,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_remakes PRIMARY KEY (id),
    CONSTRAINT fk_remakes_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT fk_remakes_parent_version_id_owner_id FOREIGN KEY(parent_version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id),
    CONSTRAINT ck_remakes_variants CHECK (variants > 0),
    CONSTRAINT fk_remakes_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE UNIQUE INDEX uq_remakes_open ON aiuteur.remakes (branch_id, kind, item) WHERE closed_at IS NULL;

CREATE TABLE aiuteur.budgets (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    branch_id UUID,
    shot TEXT,
    cap_usd NUMERIC(12, 6),
    reserved_usd NUMERIC(12, 6) DEFAULT 0 NOT NULL,
    spent_usd NUMERIC(12, 6) DEFAULT 0 NOT NULL,
    approve_above_usd NUMERIC(12, 6),
    unknown_allowance_usd NUMERIC(12, 6),
    CONSTRAINT pk_budgets PRIMARY KEY (id),
    CONSTRAINT uq_budgets_project_id_branch_id_shot UNIQUE NULLS NOT DISTINCT (project_id, branch_id, shot),
    CONSTRAINT fk_budgets_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_budgets_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_budgets_sums CHECK (reserved_usd >= 0 AND spent_usd >= 0)
);

CREATE TABLE aiuteur.approvals (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    fingerprint TEXT NOT NULL,
    up_to_usd NUMERIC(12, 6) NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    used_usd NUMERIC(12, 6) DEFAULT 0 NOT NULL,
    CONSTRAINT pk_approvals PRIMARY KEY (id),
    CONSTRAINT fk_approvals_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT fk_approvals_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE INDEX ix_approvals_branch ON aiuteur.approvals (branch_id, fingerprint);

CREATE TABLE aiuteur.invalidations (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    cause_event BIGINT NOT NULL,
    scope TEXT NOT NULL,
    paths JSONB DEFAULT '[]'::jsonb NOT NULL,
    items JSONB DEFAULT '[]'::jsonb NOT NULL,
    scenes JSONB DEFAULT '[]'::jsonb NOT NULL,
    cost_low_usd NUMERIC(12, 6),
    cost_expected_usd NUMERIC(12, 6),
    cost_high_usd NUMERIC(12, 6),
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    acknowledged_by UUID,
    acknowledged_at TIMESTAMP WITH TIME ZONE,
    acknowledged_usd NUMERIC(12, 6),
    CONSTRAINT pk_invalidations PRIMARY KEY (id),
    CONSTRAINT fk_invalidations_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_invalidations_scope CHECK (scope IN ('global', 'local_scene', 'local_shot', 'continuity_break')),
    CONSTRAINT fk_invalidations_acknowledged_by FOREIGN KEY(acknowledged_by) REFERENCES aiuteur.users (id)
);

CREATE INDEX ix_invalidations_branch ON aiuteur.invalidations (branch_id, cause_event);

CREATE TABLE aiuteur.interrupts (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    kind TEXT NOT NULL,
    item TEXT,
    fingerprint TEXT NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    resolved_at TIMESTAMP WITH TIME ZONE,
    resolved_by UUID,
    resolution JSONB,
    CONSTRAINT pk_interrupts PRIMARY KEY (id),
    CONSTRAINT fk_interrupts_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_interrupts_kind CHECK (kind IN ('failure', 'approval', 'attempts', 'forecast', 'judge', 'ambiguous')),
    CONSTRAINT fk_interrupts_resolved_by FOREIGN KEY(resolved_by) REFERENCES aiuteur.users (id)
);

CREATE UNIQUE INDEX uq_interrupts_open ON aiuteur.interrupts (branch_id, kind, item, fingerprint) NULLS NOT DISTINCT WHERE resolved_at IS NULL;

CREATE TABLE aiuteur.run_marks (
    branch_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    planned_revision BIGINT,
    plan_empty BOOLEAN DEFAULT false NOT NULL,
    fingerprint TEXT,
    ended_runs INTEGER DEFAULT 0 NOT NULL,
    failures INTEGER DEFAULT 0 NOT NULL,
    reported JSONB DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT pk_run_marks PRIMARY KEY (branch_id),
    CONSTRAINT fk_run_marks_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id)
);
"""

_MAY_UPDATE: Final = {
    "stars": "by, at",
    "commands": "branch_id, state, result, reason, done_at",
    "remakes": "answered, closed_at",
    "budgets": "cap_usd, reserved_usd, spent_usd, approve_above_usd, unknown_allowance_usd",
    "approvals": "used_usd",
    "invalidations": "acknowledged_by, acknowledged_at, acknowledged_usd",
    "interrupts": "resolved_at, resolved_by, resolution",
    "run_marks": "planned_revision, plan_empty, fingerprint, ended_runs, failures, reported",
}
"""The tables made here, and of each the columns that change after a row is written."""


def upgrade() -> None:
    """Add the columns and the tables."""
    for statements in (_COLUMNS, _MAKE, secured(_MAY_UPDATE), may_update("generations", "budget_ids")):
        op.execute(statements)
    op.execute("GRANT DELETE ON aiuteur.stars TO aiuteur_app, aiuteur_service")


def downgrade() -> None:
    """Take them away again, with what is in them."""
    op.execute("DROP TABLE " + ", ".join(f"aiuteur.{table}" for table in reversed(_MAY_UPDATE)))
    op.execute("ALTER TABLE aiuteur.generations DROP COLUMN budget_ids")
    op.execute("ALTER TABLE aiuteur.artifacts DROP COLUMN forked_version_id")
    op.execute("ALTER TABLE aiuteur.versions DROP COLUMN score")
