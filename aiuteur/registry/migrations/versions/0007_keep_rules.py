"""Keep rules: what a project has learnt about its takes, with where it comes from and how far it counts.

An ask to make something again may say how often it may be tried.
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import secured

revision: Final = "0007"
down_revision: Final[str | None] = "0006"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_MAKE: Final = """
CREATE TABLE aiuteur.rules (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    text TEXT NOT NULL,
    scope TEXT NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    state TEXT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    origin TEXT,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    since TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_rules PRIMARY KEY (id),
    CONSTRAINT uq_rules_project_id_scope_about_text UNIQUE (project_id, scope, about, text),
    CONSTRAINT fk_rules_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT ck_rules_scope CHECK (scope IN ('project', 'character', 'department')),
    CONSTRAINT ck_rules_state CHECK (state IN ('suggested', 'trial', 'in_force', 'off')),
    CONSTRAINT ck_rules_share CHECK (share > 0 AND share <= 1),
    CONSTRAINT fk_rules_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(_MAKE)
    op.execute("ALTER TABLE aiuteur.remakes ADD COLUMN attempts INTEGER")
    op.execute(secured({"rules": "state, share, since"}))


def downgrade() -> None:
    """Drop it, with what was learnt."""
    op.execute("DROP TABLE aiuteur.rules")
    op.execute("ALTER TABLE aiuteur.remakes DROP COLUMN attempts")
