"""Keep calls apart: when each was sent, whether it may have been charged twice, who was cast, and how fast a provider may be asked.

A generation learns when it was sent and when it was lost, whether it was sent again while its first sending may have been charged
(`suspected`), and why this model was asked rather than the one cast before it (`fallback`).
"""

from typing import Final

from alembic import op

from aiuteur.registry.migrations.securing import may_update, secured

revision: Final = "0003"
down_revision: Final[str | None] = "0002"
branch_labels: Final[str | None] = None
depends_on: Final[str | None] = None

_COLUMNS: Final = """
ALTER TABLE aiuteur.generations
    ADD COLUMN sent_at TIMESTAMP WITH TIME ZONE, ADD COLUMN lost_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN suspected BOOLEAN DEFAULT false NOT NULL, ADD COLUMN fallback TEXT;
CREATE INDEX ix_generations_open ON aiuteur.generations (lease_until)
    WHERE state IN ('CREATED', 'SUBMITTING', 'SUBMITTED', 'RUNNING', 'AMBIGUOUS');
"""

_MAKE: Final = """
CREATE TABLE aiuteur.castings (
    id UUID DEFAULT gen_random_uuid() NOT NULL,
    owner_id UUID NOT NULL,
    project_id UUID NOT NULL,
    branch_id UUID,
    item TEXT,
    role TEXT NOT NULL,
    models JSONB NOT NULL,
    by UUID,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_castings PRIMARY KEY (id),
    CONSTRAINT uq_castings_project_id_branch_id_item_role UNIQUE NULLS NOT DISTINCT (project_id, branch_id, item, role),
    CONSTRAINT fk_castings_project_id_owner_id FOREIGN KEY(project_id, owner_id) REFERENCES aiuteur.projects (id, owner_id),
    CONSTRAINT fk_castings_branch_id_owner_id FOREIGN KEY(branch_id, owner_id) REFERENCES aiuteur.branches (id, owner_id),
    CONSTRAINT fk_castings_by FOREIGN KEY(by) REFERENCES aiuteur.users (id)
);

CREATE TABLE aiuteur.rates (
    owner_id UUID NOT NULL,
    scope TEXT NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    cool_until TIMESTAMP WITH TIME ZONE,
    strikes INTEGER DEFAULT 0 NOT NULL,
    struck_at TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    CONSTRAINT pk_rates PRIMARY KEY (owner_id, scope),
    CONSTRAINT fk_rates_owner_id FOREIGN KEY(owner_id) REFERENCES aiuteur.users (id)
);
"""

_MAY_UPDATE: Final = {
    "castings": "models, by, at",
    "rates": "next_at, cool_until, strikes, struck_at, reason",
}
"""The tables made here, and of each the columns that change after a row is written."""


def upgrade() -> None:
    """Add the columns and the tables."""
    columns = may_update("generations", "reserved_usd, sent_at, lost_at, suspected")
    for statements in (_COLUMNS, _MAKE, secured(_MAY_UPDATE), columns):
        op.execute(statements)
    op.execute("GRANT DELETE ON aiuteur.castings TO aiuteur_app, aiuteur_service")


def downgrade() -> None:
    """Take them away again, with what is in them."""
    op.execute("DROP TABLE aiuteur.rates, aiuteur.castings")
    op.execute("DROP INDEX aiuteur.ix_generations_open")
    op.execute("REVOKE UPDATE (reserved_usd) ON aiuteur.generations FROM aiuteur_app, aiuteur_service")
    op.execute("""ALTER TABLE aiuteur.generations
        DROP COLUMN sent_at, DROP COLUMN lost_at, DROP COLUMN suspected, DROP COLUMN fallback""")
