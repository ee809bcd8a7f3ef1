"""Make the registry: tables, who may do what, and versions that never change.

Row-level security is on and forced from here on. `aiuteur_app` sees and writes the rows of the person set for the transaction,
`aiuteur_service` (sensors) sees all; both roles exist already (`database.prepare`), because they belong to the whole server.
"""

from typing import Final

from alembic import op

revision: Final = "0001"
down_revision: Final[str | None] = None
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_MAKE: Final = """
CREATE TABLE aiuteur.users (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id)
);

CREATE TABLE aiuteur.projects (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    name TEXT NOT NULL,
    seed TEXT,
    series_id UUID,
    episode_number INTEGER,
    settings JSONB DEFAULT '{}'::jsonb NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT uq_projects_name UNIQUE (name),
    CONSTRAINT uq_projects_id_owner_id UNIQUE (id, owner_id),
    CONSTRAINT fk_projects_owner_id FOREIGN KEY(owner_id) REFERENCES aiuteur.users (id)
);

CREATE INDEX ix_projects_owner_id ON aiuteur.projects (owner_id);

CREATE TABLE aiuteur.branches (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    name TEXT NOT NULL,
    parent_branch_id UUID,
    forked_at_stage TEXT,
    message TEXT DEFAULT '' NOT NULL,
    is_main BOOLEAN DEFAULT false NOT NULL,
    seed TEXT NOT NULL,
    revision BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_branches PRIMARY KEY (id),
    CONSTRAINT uq_branches_project_id_name UNIQUE (project_id, name),
    CONSTRAINT uq_branches_id_owner_id UNIQUE (id, owner_id),
    CONSTRAINT fk_branches_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_branches_parent_branch_id_owner_id FOREIGN KEY(parent_branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id)
);

CREATE INDEX ix_branches_owner_id ON aiuteur.branches (owner_id);

CREATE UNIQUE INDEX uq_branches_one_main ON aiuteur.branches (project_id) WHERE is_main;

CREATE TABLE aiuteur.counters (
    branch_id UUID NOT NULL,
    scope TEXT NOT NULL,
    owner_id UUID NOT NULL,
    next INTEGER NOT NULL,
    CONSTRAINT pk_counters PRIMARY KEY (branch_id, scope),
    CONSTRAINT fk_counters_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id)
);

CREATE TABLE aiuteur.artifacts (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    label TEXT,
    head_n INTEGER DEFAULT 0 NOT NULL,
    head_version_id UUID,
    best_version_id UUID,
    selected_version_id UUID,
    pinned BOOLEAN DEFAULT false NOT NULL,
    locked BOOLEAN DEFAULT false NOT NULL,
    parent_artifact_id UUID,
    forked_n INTEGER,
    tombstoned_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_artifacts PRIMARY KEY (id),
    CONSTRAINT uq_artifacts_branch_id_kind_item UNIQUE (branch_id, kind, item),
    CONSTRAINT uq_artifacts_id_owner_id UNIQUE (id, owner_id),
    CONSTRAINT fk_artifacts_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT fk_artifacts_parent_artifact_id_owner_id FOREIGN KEY(parent_artifact_id, owner_id) REFERENCES aiuteur.artifacts (id, owner_id)
)
 WITH (fillfactor = 70);

CREATE TABLE aiuteur.generations (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    artifact TEXT NOT NULL,
    item TEXT NOT NULL,
    basis_digest TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    request_key TEXT NOT NULL,
    state TEXT NOT NULL,
    role TEXT NOT NULL,
    task TEXT NOT NULL,
    provider TEXT NOT NULL,
    api TEXT NOT NULL,
    model TEXT NOT NULL,
    replayable BOOLEAN NOT NULL,
    request JSONB NOT NULL,
    result JSONB,
    media JSONB DEFAULT '[]'::jsonb NOT NULL,
    usage JSONB DEFAULT '{}'::jsonb NOT NULL,
    reserved_usd NUMERIC(12, 6),
    cost_usd NUMERIC(12, 6),
    operation TEXT,
    error TEXT,
    reused INTEGER DEFAULT 0 NOT NULL,
    worker TEXT NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    submitted_at TIMESTAMP WITH TIME ZONE,
    completed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_generations PRIMARY KEY (id),
    CONSTRAINT uq_generations_id_owner_id UNIQUE (id, owner_id),
    CONSTRAINT fk_generations_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT ck_generations_state CHECK (state IN ('CREATED', 'SUBMITTING', 'SUBMITTED', 'RUNNING', 'COMPLETED', 'FAILED', 'REFUSED', 'CANCELLED', 'AMBIGUOUS')),
    CONSTRAINT ck_generations_attempt CHECK (attempt > 0)
);

CREATE INDEX ix_generations_branch ON aiuteur.generations (branch_id, artifact, item);

CREATE UNIQUE INDEX uq_generations_request ON aiuteur.generations (owner_id, request_key) WHERE state IN ('CREATED', 'SUBMITTING', 'SUBMITTED', 'RUNNING', 'COMPLETED', 'AMBIGUOUS');

CREATE TABLE aiuteur.versions (
    id UUID NOT NULL,
    owner_id UUID NOT NULL,
    artifact_id UUID NOT NULL,
    n INTEGER NOT NULL,
    origin TEXT NOT NULL,
    author_id UUID,
    parent_id UUID,
    schema_version INTEGER NOT NULL,
    content JSONB NOT NULL,
    digest TEXT NOT NULL,
    fields JSONB NOT NULL,
    basis JSONB NOT NULL,
    guidance TEXT,
    final_prompt TEXT,
    template TEXT,
    provider TEXT,
    model TEXT,
    parameters JSONB DEFAULT '{}'::jsonb NOT NULL,
    cost_usd NUMERIC(12, 6),
    generation_id UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_versions PRIMARY KEY (id),
    CONSTRAINT uq_versions_artifact_id_n UNIQUE (artifact_id, n),
    CONSTRAINT uq_versions_id_owner_id UNIQUE (id, owner_id),
    CONSTRAINT fk_versions_artifact_id_owner_id FOREIGN KEY(artifact_id, owner_id) REFERENCES aiuteur.artifacts (id, owner_id),
    CONSTRAINT fk_versions_parent_id_owner_id FOREIGN KEY(parent_id, owner_id) REFERENCES aiuteur.versions (id, owner_id),
    CONSTRAINT fk_versions_generation_id_owner_id FOREIGN KEY(generation_id, owner_id) REFERENCES aiuteur.generations (id, owner_id),
    CONSTRAINT ck_versions_origin CHECK (origin IN ('generated', 'edited', 'imported', 'merged')),
    CONSTRAINT ck_versions_n CHECK (n > 0),
    CONSTRAINT fk_versions_author_id FOREIGN KEY(author_id) REFERENCES aiuteur.users (id)
);

CREATE TABLE aiuteur.rejections (
    version_id UUID NOT NULL,
    owner_id UUID NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_rejections PRIMARY KEY (version_id),
    CONSTRAINT fk_rejections_version_id_owner_id FOREIGN KEY(version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id),
    CONSTRAINT fk_rejections_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE TABLE aiuteur.media (
    owner_id UUID NOT NULL,
    sha256 TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    width INTEGER,
    height INTEGER,
    seconds DOUBLE PRECISION,
    measurements JSONB DEFAULT '{}'::jsonb NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_media PRIMARY KEY (owner_id, sha256),
    CONSTRAINT fk_media_owner_id FOREIGN KEY(owner_id) REFERENCES aiuteur.users (id)
);

CREATE TABLE aiuteur.prompt_templates (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    schema JSONB,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_prompt_templates PRIMARY KEY (name, version, digest)
);

CREATE TABLE aiuteur.events (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    owner_id UUID NOT NULL,
    branch_id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB DEFAULT '{}'::jsonb NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (id),
    CONSTRAINT fk_events_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT fk_events_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE INDEX ix_events_branch ON aiuteur.events (branch_id, kind, id);

ALTER TABLE aiuteur.artifacts ADD CONSTRAINT fk_artifacts_best_version_id_owner_id FOREIGN KEY(best_version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id);

ALTER TABLE aiuteur.artifacts ADD CONSTRAINT fk_artifacts_head_version_id_owner_id FOREIGN KEY(head_version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id);

ALTER TABLE aiuteur.artifacts ADD CONSTRAINT fk_artifacts_selected_version_id_owner_id FOREIGN KEY(selected_version_id, owner_id) REFERENCES aiuteur.versions (id, owner_id);
"""

_OWNED: Final = ("projects", "branches", "counters", "artifacts", "generations", "versions", "rejections", "media", "events")
_TABLES: Final = ("users", *_OWNED, "prompt_templates")
_PERSON: Final = "(SELECT nullif(current_setting('app.user_id', true), '')::uuid)"
"""The person of the transaction, worked out once a statement; after a first `SET LOCAL` an unset one is '' and not null."""

_POLICIES: Final = f"""
CREATE POLICY owner ON aiuteur.users USING (id = {_PERSON}) WITH CHECK (id = {_PERSON});
CREATE POLICY readable ON aiuteur.prompt_templates FOR SELECT USING (true);
CREATE POLICY addable ON aiuteur.prompt_templates FOR INSERT WITH CHECK (true);
""" + "".join(f"CREATE POLICY owner ON aiuteur.{table} USING (owner_id = {_PERSON}) WITH CHECK (owner_id = {_PERSON});\n" for table in _OWNED)

_EVERY_TABLE: Final = """
ALTER TABLE aiuteur.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE aiuteur.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY service ON aiuteur.{table} TO aiuteur_service USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON aiuteur.{table} TO aiuteur_app, aiuteur_service;
"""

_GRANTS: Final = """
GRANT USAGE ON SCHEMA aiuteur TO aiuteur_app, aiuteur_service;
REVOKE INSERT ON aiuteur.users FROM aiuteur_app, aiuteur_service;
GRANT UPDATE (settings, seed, series_id, episode_number) ON aiuteur.projects TO aiuteur_app, aiuteur_service;
GRANT UPDATE (message, is_main, revision, archived_at) ON aiuteur.branches TO aiuteur_app, aiuteur_service;
GRANT UPDATE (next) ON aiuteur.counters TO aiuteur_app, aiuteur_service;
GRANT UPDATE (label, head_n, head_version_id, best_version_id, selected_version_id, pinned, locked, tombstoned_at)
    ON aiuteur.artifacts TO aiuteur_app, aiuteur_service;
GRANT UPDATE (state, result, media, usage, cost_usd, operation, error, reused, worker, lease_until, submitted_at, completed_at)
    ON aiuteur.generations TO aiuteur_app, aiuteur_service;
GRANT UPDATE (measurements) ON aiuteur.media TO aiuteur_app, aiuteur_service;
GRANT UPDATE (by, at, reason), DELETE ON aiuteur.rejections TO aiuteur_app, aiuteur_service;
"""

_APPEND_ONLY: Final = """
CREATE FUNCTION aiuteur.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version never changes: % on aiuteur.% is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON aiuteur.versions
    FOR EACH STATEMENT EXECUTE FUNCTION aiuteur.refuse_change();
"""

_UNMAKE: Final = "ALTER TABLE aiuteur.artifacts {}; DROP TABLE {}; DROP FUNCTION aiuteur.refuse_change();".format(
    ", ".join(f"DROP CONSTRAINT fk_artifacts_{pointer}_version_id_owner_id" for pointer in ("head", "best", "selected")),
    ", ".join(f"aiuteur.{table}" for table in _TABLES),
)


def upgrade() -> None:
    """Make everything."""
    for statements in (_MAKE, *(_EVERY_TABLE.format(table=table) for table in _TABLES), _POLICIES, _GRANTS, _APPEND_ONLY):
        op.execute(statements)


def downgrade() -> None:
    """Drop everything; the schema and the roles stay, other databases of the server may use the roles."""
    op.execute(_UNMAKE)
    op.execute("REVOKE USAGE ON SCHEMA aiuteur FROM aiuteur_app, aiuteur_service")
